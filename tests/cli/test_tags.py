"""The commands for tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def tagged(run: Run, news: dict[str, str]) -> dict[str, str]:
    """Two articles tagged ``rapat/dprd``, one of them read, and one ``Rapat``."""
    run("mark", news["Posko Dibuka"], "--tag", "rapat/dprd", "--read")
    run("mark", news["Pasar Murah Dibuka"], "--tag", "rapat/dprd")
    run("mark", news["Jembatan Selesai"], "--tag", "jalan")
    return news


def names(run: Run) -> list[str]:
    return [tag["name"] for tag in run("tags", "list", "--json").objects()]


def test_tags_are_listed_with_what_is_below_them(run: Run, tagged: dict[str, str]) -> None:
    run("tags", "colour", "rapat", "red")
    assert run("tags", "list", "--json").objects() == [
        {"name": "jalan", "colour": None, "total": 1, "unread": 1},
        {"name": "rapat", "colour": "red", "total": 2, "unread": 1},
        {"name": "rapat/dprd", "colour": None, "total": 2, "unread": 1},
    ]
    assert run("tags", "list").out.splitlines()[1] == "rapat\tred\t2\t1"


def test_on_a_terminal_they_are_a_table(run: Run, tagged: dict[str, str], terminal: None) -> None:
    run("tags", "colour", "rapat", "#AABBCC")
    told = run("--lang", "id", "tags", "list").out
    lines = [line.split() for line in told.replace("\x1b", "").splitlines()]
    assert [line[0].endswith(name) for line, name in zip(lines, names(run), strict=True)]
    assert "2 artikel" in told
    assert "#aabbcc" in told


def test_no_tags_is_no_failure(run: Run) -> None:
    assert run("tags", "list") == (0, "", "No tags.\n")


def test_each_change_is_one_step(run: Run, tagged: dict[str, str]) -> None:
    before = run("tags", "list", "--json").out
    said = run("tags", "rename", "rapat", "sidang", "--json")
    assert said.err == "rapat: tag of 2 articles renamed\n"
    assert said.objects() == [
        {"tag": "rapat", "description": "tag of 2 articles renamed", "changed": 2}
    ]
    assert names(run) == ["jalan", "sidang", "sidang/dprd"]
    assert "tag of 2 articles removed" in run("tags", "remove", "sidang").err
    assert names(run) == ["jalan"]
    run("undo")
    run("undo")
    assert run("tags", "list", "--json").out == before


@pytest.mark.parametrize(
    ("said", "kept"),
    [("red", "red"), ("Merah", "red"), ("#ABCDEF", "#abcdef"), ("none", None)],
)
def test_a_colour_is_said_in_ones_own_words(
    run: Run, tagged: dict[str, str], said: str, kept: str | None
) -> None:
    run("tags", "colour", "jalan", "blue")
    assert run("--lang", "id", "tags", "colour", "jalan", said).status == 0
    assert run("tags", "list", "--json").objects()[0]["colour"] == kept


@pytest.mark.parametrize("said", ["rde", "#12", "navy", "", "\x1b[31m"])
def test_what_is_no_colour_is_told_with_those_there_are(
    run: Run, tagged: dict[str, str], said: str
) -> None:
    told = run("tags", "colour", "jalan", said)
    assert told.status == 2
    assert "is no colour" in told.err
    assert "orange" in told.err
    assert "\x1b" not in told.err
    assert ("Did you mean red?" in told.err) == (said == "rde")


@pytest.mark.parametrize(
    "words", [("rename", "Rapat", "x"), ("remove", "raapt"), ("colour", "RAPAT", "red")]
)
def test_an_unknown_tag_is_told_with_the_one_that_was_meant(
    run: Run, tagged: dict[str, str], words: tuple[str, ...]
) -> None:
    told = run("tags", *words)
    assert told.status == 2
    assert "Did you mean rapat?" in told.err
    assert "Did you" not in run("tags", "remove", "\x1b]0;xyz\x07").err


def test_a_name_that_cannot_be_is_told(run: Run, tagged: dict[str, str]) -> None:
    assert "empty" in run("tags", "rename", "jalan", " / ").err
    assert "100" in run("tags", "rename", "jalan", "x" * 101).err
    assert names(run) == ["jalan", "rapat", "rapat/dprd"]
