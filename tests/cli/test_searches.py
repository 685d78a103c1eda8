from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def own(run: Run) -> list[dict[str, object]]:
    return [one for one in run("searches", "list", "--json").objects() if not one["place"]]


def test_a_search_is_saved_and_listed_with_what_is_unread(run: Run, news: dict[str, str]) -> None:
    said = run("searches", "add", " Air ", "banjir", "-is:starred", "--folder", "Cuaca")
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("Air: ")
    (one,) = own(run)
    assert one == {
        "name": "Air",
        "query": "banjir -is:starred",
        "folder": "Cuaca",
        "place": False,
        "unread": len(run("list", "banjir", "-is:starred", "is:unread").out.splitlines()),
        "error": None,
    }
    assert one["unread"]
    run("mark", "--query", "banjir", "--read")
    assert own(run)[0]["unread"] == 0


def test_places_come_with_the_program(run: Run, news: dict[str, str]) -> None:
    lines = run("searches", "list").out.splitlines()
    assert len(lines) == 10
    name, unread, folder, query = lines[0].split("\t")
    assert (name, folder) == ("Samarinda", "")
    assert int(unread) == len(run("list", query, "is:unread").out.splitlines()) > 0


def test_a_person_sees_a_table(run: Run, news: dict[str, str], terminal: None) -> None:
    said = run("searches", "list")
    assert "Samarinda" in said.out
    assert "unread" in said.out


def test_a_search_is_changed_moved_and_removed(run: Run) -> None:
    run("searches", "add", "Air", "banjir")
    run("searches", "add", "Pasar", "pasar", "--folder", "Ekonomi")
    (changed,) = run(
        *("searches", "edit", "air", "--name", "Bah", "--query", "-banjir", "--json"),
        *("--folder", "Ekonomi"),
    ).objects()
    assert (changed["name"], changed["query"], changed["folder"]) == ("Bah", "-banjir", "Ekonomi")
    assert changed["changed"] == 1
    assert [one["name"] for one in own(run)] == ["Bah", "Pasar"]
    assert run("searches", "move", "Bah", "--down", "1").status == 0
    assert [one["name"] for one in own(run)] == ["Pasar", "Bah"]
    run("searches", "move", "Bah", "--up", "5")
    assert [one["name"] for one in own(run)] == ["Bah", "Pasar"]
    run("searches", "edit", "Pasar", "--folder", "")
    assert {one["name"]: one["folder"] for one in own(run)} == {"Bah": "Ekonomi", "Pasar": None}
    run("searches", "remove", "Bah")
    assert [one["name"] for one in own(run)] == ["Pasar"]
    run("undo")
    assert [one["name"] for one in own(run)] == ["Pasar", "Bah"]


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Air"),
        ("add", "", "banjir"),
        ("add", "samarinda", "banjir"),
        ("add", "Air", ""),
        ("add", "Air", "(banjir"),
        ("edit", "Tidak Ada", "--name", "x"),
        ("move", "Samarinda"),
        ("move", "Samarinda", "--up", "1", "--down", "1"),
        ("move", "Samarinda", "--up", "0"),
        ("remove", "Tidak Ada"),
        ("remove", "Kutai"),
    ],
)
def test_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    said = run("searches", *words)
    assert said.status == 2
    assert said.err.startswith("kaltimtui: ")
    assert len(run("searches", "list").out.splitlines()) == 10


def test_where_a_search_makes_no_sense_is_shown(run: Run) -> None:
    said = run("searches", "add", "Air", "  jdul:banjir", "--json")
    assert said.objects()[0]["position"] == 2


def test_what_a_saved_search_finds_is_listed(run: Run, news: dict[str, str]) -> None:
    run("searches", "add", "Air", "banjir", "sort:oldest")
    wanted = [one["id"] for one in run("list", "banjir", "--json", "--sort", "oldest").objects()]
    assert [one["id"] for one in run("list", "--saved", "air", "--json").objects()] == wanted
    run("mark", wanted[0], "--star")
    starred = run("list", "is:starred", "--saved", "Air", "--json").objects()
    assert [one["id"] for one in starred] == wanted[:1]
    assert run("list", "--saved", "Tidak Ada").status == 2
