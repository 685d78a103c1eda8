from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

_NONE = "0" * 13


def _shown(run: Run, id_: str) -> dict[str, Any]:
    return run("show", id_, "--json").objects()[0]


def test_every_mark_and_its_opposite(run: Run, news: dict[str, str]) -> None:
    flood, market, *_others = news.values()
    said = run("mark", flood, market[:8], "--read", "--star", "--later", "--tag", "a", "--tag", "b")
    assert (said.status, said.out) == (0, "")
    assert said.err.endswith("\n")
    for id_ in (flood, market):
        shown = _shown(run, id_)
        assert (shown["read"], shown["starred"], shown["later"]) == (True, True, True)
        assert sorted(shown["tags"]) == ["a", "b"]
    run("mark", flood, "--unread", "--unstar", "--unlater", "--untag", "a", "--note", "satu")
    shown = _shown(run, flood)
    assert (shown["read"], shown["starred"], shown["later"]) == (False, False, False)
    assert (shown["tags"], shown["note"]) == (["b"], "satu")
    run("mark", flood, "--note", "")
    assert _shown(run, flood)["note"] is None


def test_a_change_is_one_step_back_and_forth(run: Run, news: dict[str, str]) -> None:
    flood, market, *_others = news.values()
    made = run("mark", flood, market, "--star", "--json").objects()[0]
    assert set(made) == {"description", "articles", "changed", "failed"}
    assert (made["changed"], sorted(made["articles"]), made["failed"]) == (
        2,
        sorted([flood, market]),
        [],
    )
    undone = run("undo", "--json").objects()[0]
    assert (undone["changed"], undone["description"]) == (2, made["description"])
    assert not _shown(run, flood)["starred"]
    assert run("redo").err.startswith("Done again: ")
    assert _shown(run, market)["starred"]
    assert run("undo", "--quiet").err == ""


@pytest.mark.usefixtures("news")
def test_nothing_to_undo_is_no_failure(run: Run) -> None:
    said = run("undo")
    assert (said.status, said.out, said.err) == (0, "", "There is nothing to undo.\n")
    said = run("redo", "--json")
    assert said.status == 0
    assert said.objects() == [{"description": None, "articles": [], "changed": 0}]


def test_an_unknown_id_is_told_and_the_others_are_marked(run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    said = run("mark", _NONE, flood, "--star", "--json")
    assert said.status == 1
    assert said.err.startswith(f"kaltimtui: {_NONE}: ")
    (failure,) = said.objects()[0]["failed"]
    assert failure["id"] == _NONE
    assert _shown(run, flood)["starred"]


@pytest.mark.usefixtures("news")
def test_only_unknown_ids_are_wrong_use(run: Run) -> None:
    assert run("mark", _NONE, "--star").status == 2
    assert run("undo").err == "There is nothing to undo.\n"


def test_a_mark_is_needed(run: Run, news: dict[str, str]) -> None:
    said = run("mark", *news.values())
    assert said.status == 2
    assert "No mark was given." in said.err


def test_hostile_tags_and_notes_are_cleaned(run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    assert run("mark", flood, "--tag", "\x1b[31mme\u202erah", "--note", "a\x07b\nc\x9b").status == 0
    shown = _shown(run, flood)
    assert shown["tags"] == ["[31mmerah"]
    assert shown["note"] == "ab\nc"
    said = run("show", flood)
    assert "\x1b" not in said.out
    assert "\x9b" not in said.out


def test_undo_works_in_another_process(home: Path, run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    for words in (("mark", flood, "--star"), ("mark", flood, "--later"), ("undo",)):
        subprocess.run(
            [sys.executable, "-m", "kaltimtui", *words, "--home", str(home), "--quiet"],
            env=os.environ,
            check=True,
        )
    shown = _shown(run, flood)
    assert (shown["starred"], shown["later"]) == (True, False)
    assert run("redo").status == 0
    assert _shown(run, flood)["later"]


# --- by a query ----------------------------------------------------------------------------------


def _titles(run: Run, *query: str) -> set[str]:
    return {found["title"] for found in run("list", "--json", *query).objects()}


def test_all_that_a_query_finds_is_marked_as_one_step(run: Run, news: dict[str, str]) -> None:
    run("mark", news["Posko Dibuka"], "--read")
    said = run("mark", "--query", "is:unread", "--read", "--star", "--tag", "lama")
    assert (said.status, said.out, said.err) == (0, "", "4 articles marked\n")
    unread = set(news) - {"Posko Dibuka"}
    assert _titles(run, "is:starred", "is:read", "tag:lama") == unread
    assert run("undo").err == "Undone: 4 articles marked\n"
    assert _titles(run, "is:unread") == unread
    assert _titles(run, "is:starred") == set()
    assert run("redo").status == 0
    assert _titles(run, "is:starred") == unread


def test_marking_what_is_marked_already_loses_nothing(run: Run, news: dict[str, str]) -> None:
    run("mark", news["Posko Dibuka"], "--read")
    said = run("mark", "--query", "kategori:sosial", "--read", "--later", "--json")
    (told,) = said.objects()
    assert (told["changed"], told["failed"]) == (2, [])
    assert _titles(run, "is:later") == {"Posko Dibuka", "Banjir Surut di Samarinda"}


def test_what_is_hidden_can_be_brought_back(run: Run, news: dict[str, str]) -> None:
    assert run("mark", "--query", "tahun:2020", "--hide").err == "3 articles hidden\n"
    assert _titles(run) == {"Posko Dibuka", "Hutan Kota Ditanami"}
    assert run("mark", news["Jembatan Selesai"], "--unhide").status == 0
    said = run("mark", "--query", "is:hidden", "--unhide", "--read")
    assert said.err == "2 articles marked\n"
    assert _titles(run) == set(news)


def test_a_dry_run_tells_how_many_and_marks_nothing(run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    said = run("mark", "--query", "is:unread", "--read", "--dry-run", "--json")
    (told,) = said.objects()
    assert said.err == "Nothing is marked; it would be: 5 articles read\n"
    assert (told["changed"], set(told["articles"])) == (5, set(news.values()))
    said = run("mark", flood, _NONE, "--hide", "--dry-run")
    assert said.status == 1
    assert "it would be: 1 article hidden" in said.err
    assert _titles(run, "is:unread") == set(news)
    assert run("undo").err == "There is nothing to undo.\n"
    assert run("mark", _NONE, "--hide", "--dry-run").status == 2


def test_a_query_that_finds_nothing_is_no_failure(run: Run, news: dict[str, str]) -> None:
    for query in ("tiada", "*", "is:read"):
        said = run("mark", "--query", query, "--star")
        assert (said.status, said.err) == (0, "nothing to change\n")
    assert news
    assert run("undo").err == "There is nothing to undo.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--star"], "Missing: ID | --query."),
        (["--query", "banjir"], "No mark was given."),
        (["--query", " ", "--star"], "There is nothing to search for."),
        (["--query", "banjir", "samarinda", "--star"], "--query and ID exclude each other."),
        (["--query", "(banjir", "--star"], "This bracket is not closed."),
        (["--query", "is:unread or", "--star", "--dry-run"], "Words are missing here."),
        (["--query", "banjir", "--read", "--tag", " "], "The name of the tag is empty."),
        (["--query", "banjir", "--hide", "--unhide"], "--unhide and --hide exclude each other."),
        (["--query", "x" * 100_000, "--star"], "The search is longer than 10000 characters."),
    ],
    ids=range(9),
)
@pytest.mark.usefixtures("news")
def test_marking_by_query_refuses_before_it_marks(run: Run, words: list[str], told: str) -> None:
    said = run("mark", *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert run("undo").err == "There is nothing to undo.\n"
    assert _titles(run, "is:read") == set()


def test_what_denies_may_begin_the_query(run: Run, news: dict[str, str]) -> None:
    assert run("mark", "--query", "-kategori:sosial", "--star").err == "3 articles starred\n"
    assert run("mark", "--query=-kategori:sosial", "--unstar").err == "3 stars removed\n"
    assert run("mark", "--query", "not kategori:sosial", "--star", "--quiet").err == ""
    assert len(_titles(run, "is:starred")) == 3 == len(news) - 2
