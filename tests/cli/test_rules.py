from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def rules(run: Run) -> list[dict[str, object]]:
    return run("rules", "list", "--json").objects()


def test_a_rule_is_made_and_tells_what_it_would_have_found(run: Run, news: dict[str, str]) -> None:
    said = run(
        *("rules", "add", " Air ", "banjir", "--star", "--tag", "kota/air", "--notify"),
        *("--tag", "b", "--full-text", "--json"),
    )
    (made,) = said.objects()
    trial = made.pop("trial")
    assert made == {
        "name": "Air",
        "query": "banjir",
        "actions": ["star", "tag:kota/air", "tag:b", "notify", "full_text"],
        "enabled": True,
        "error": None,
        "description": "rule added",
        "changed": 1,
    }
    (sample,) = trial.pop("samples")
    assert trial == {"count": 1, "days": 30}
    assert sample["id"] == news["Banjir Surut di Samarinda"]
    assert not run("list", "is:starred").out


def test_a_rule_is_tried_before_it_is_made(run: Run, news: dict[str, str]) -> None:
    said = run("rules", "try", "banjir", "-is:starred")
    (line,) = said.out.splitlines()
    assert line.startswith(news["Banjir Surut di Samarinda"])
    assert "30 days: 1 article" in said.err
    (all_days,) = run("rules", "try", "banjir", "--days", "9000", "--json").objects()
    assert all_days["count"] == len(run("list", "banjir").out.splitlines())
    assert all_days["days"] == 9000
    assert rules(run) == []


def test_what_is_there_is_done_only_when_asked_for(run: Run, news: dict[str, str]) -> None:
    run("rules", "add", "Air", "banjir", "--star", "--tag", "air")
    (done,) = run("rules", "apply", "air", "--json").objects()
    assert done["changed"] == len(run("list", "banjir").out.splitlines())
    assert run("list", "is:starred").out == run("list", "banjir").out == run("list", "tag:air").out
    assert "Air" in run("undo").err
    assert not run("list", "is:starred").out


def test_a_file_that_comes_in_goes_through_the_rules(run: Run, tmp_path: Path) -> None:
    run("rules", "add", "Air", "banjir", "--read", "--hide")
    run("rules", "add", "Lain", "pasar", "--later")
    run("rules", "disable", "Lain")
    file = tmp_path / "warta.xml"
    items = "".join(
        f"<item><title>{word} di kota</title><link>https://warta.example/{word}</link></item>"
        for word in ("Banjir", "Pasar")
    )
    file.write_text(f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>")
    run("import", str(file))
    (one,) = run("list", "--json").objects()
    assert (one["title"], one["later"]) == ("Pasar di kota", False)
    (hidden,) = run("list", "is:hidden", "--json").objects()
    assert (hidden["title"], hidden["read"]) == ("Banjir di kota", True)


def test_rules_are_changed_moved_and_removed(run: Run) -> None:
    run("rules", "add", "Air", "banjir", "--star")
    run("rules", "add", "Pasar", "pasar", "--read")
    run("rules", "edit", "air", "--name", "Bah", "--query", "rob", "--later", "--tag", "x")
    run("rules", "move", "Bah", "--down", "1")
    run("rules", "disable", "bah")
    one, other = rules(run)
    assert (one["name"], one["actions"]) == ("Pasar", ["read"])
    assert (other["name"], other["query"], other["enabled"]) == ("Bah", "rob", False)
    assert other["actions"] == ["later", "tag:x"]
    run("rules", "edit", "Bah", "--query", "-rob")
    run("rules", "enable", "Bah")
    assert rules(run)[1] == other | {"query": "-rob", "enabled": True}
    assert run("rules", "list").out == "Pasar\ton\tread\tpasar\nBah\ton\tlater,tag:x\t-rob\n"
    run("rules", "remove", "Pasar")
    assert [rule["name"] for rule in rules(run)] == ["Bah"]


def test_a_person_sees_what_rules_do(run: Run, terminal: None) -> None:
    actions = ("--read", "--star", "--later", "--tag", "air", "--hide", "--notify", "--full-text")
    assert run("rules", "list").err == "No rules.\n"
    run("rules", "add", "Air", "banjir", *actions)
    run("rules", "disable", "Air")
    said = run("rules", "list").out
    for words in ("Air", "off", "mark read", "star", "#air", "hide", "tell of it", "whole text"):
        assert words in said


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Air"),
        ("add", "Air", "banjir"),
        ("add", "", "banjir", "--read"),
        ("add", "Air", "", "--read"),
        ("add", "Air", "(banjir", "--read"),
        ("add", "Air", "banjir", "--tag", ""),
        ("try", "is:apa"),
        ("try", "banjir", "--days", "0"),
        ("apply", "Tidak Ada"),
        ("edit", "Tidak Ada", "--read"),
        ("move", "Tidak Ada", "--up", "1"),
        ("enable", "Tidak Ada"),
        ("remove", "Tidak Ada"),
    ],
)
def test_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    said = run("rules", *words)
    assert said.status == 2
    assert said.err.startswith("kaltimtui: ")
    assert rules(run) == []


def test_a_rule_that_cannot_be_read_is_told_of(run: Run, home: Path, terminal: None) -> None:
    run("rules", "add", "Air", "banjir", "--read")
    library = Library.open(Paths.find(str(home)))
    with library.database.writing() as connection:
        connection.execute("UPDATE rule SET query = 'is:apa'")
    library.store_articles(SourceData("W", "feed", "https://w.example/"), [ArticleData("Banjir")])
    library.close()
    assert "Air: " in run("rules", "list").out
    assert "apa" in str(rules(run)[0]["error"])
