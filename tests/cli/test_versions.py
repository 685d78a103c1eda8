"""The commands for the earlier texts of an article."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import NOW, Run

from kaltimtui import versions
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FEED = SourceData("Warta", "feed", "https://warta.example/rss")
SAME = [f"Alinea {word} tetap sama." for word in ("pertama", "kedua", "ketiga", "keempat")]
FIRST = ArticleData(
    title="Banjir di Berau",
    url="https://warta.example/1",
    published=Stamp(NOW - timedelta(hours=5), "time"),
    document=Document(tuple(map(paragraph, ["Ada 120 keluarga.", *SAME]))),
)


@pytest.fixture
def article(home: Path) -> str:
    """An article that was read in its second text and has a third; its id."""
    times = iter(NOW - timedelta(hours=hours) for hours in (4, 4, 2, 2, 2, 1, 1))
    last = [NOW]

    def clock() -> datetime:
        last[0] = next(times, last[0])
        return last[0]

    library = Library.open(Paths.find(str(home)), clock=clock)
    changed = tuple(map(paragraph, ["Ada 150 keluarga.", *SAME]))
    second = replace(FIRST, title="Banjir besar di Berau", document=Document(changed))
    library.store_articles(FEED, [FIRST])
    library.store_articles(FEED, [second])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("read", True)])
    more = Document((*changed, paragraph("Bantuan datang."), paragraph("[-Ini-] teks asli.")))
    library.store_articles(FEED, [replace(second, document=more, byline="jay")])
    library.close()
    return row.id


def test_versions_are_listed_with_their_times(run: Run, article: str) -> None:
    said = run("versions", article[:8])
    assert (said.status, said.err) == (0, "")
    rows = [line.split("\t") for line in said.out.splitlines()]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("1", "", "Banjir di Berau"),
        ("2", "known", "Banjir besar di Berau"),
        ("3", "", "Banjir besar di Berau"),
    ]
    assert all(row[1].endswith("+08:00") for row in rows)


@pytest.mark.usefixtures("terminal")
def test_versions_for_a_person(run: Run, article: str) -> None:
    lines = run("versions", article).out.splitlines()
    assert lines[0].startswith("Version 1 of 3 · ")
    assert "hours ago" in lines[0]
    assert "the one you know" in lines[2]


def test_versions_as_json(run: Run, article: str) -> None:
    said = run("versions", article, "--json").objects()
    assert [(one["version"], one["known"], one["current"]) for one in said] == [
        (1, False, False),
        (2, True, False),
        (3, False, True),
    ]
    assert {one["article"] for one in said} == {article}


def test_diff_says_what_changed_since_it_was_read(run: Run, article: str) -> None:
    said = run("diff", article)
    assert (said.status, said.err) == (0, "")
    head, _blank, body = said.out.partition("\n\n")
    assert [line.partition(" · ")[0] for line in head.splitlines()] == [
        *("Version 2 of 3", "Version 3 of 3", "0 words removed"),
    ]
    assert body == (
        "Banjir besar di Berau\n"
        "{+jay+}\n"
        "\n"
        "… 4 paragraphs the same …\n"
        "\n"
        "Alinea keempat tetap sama.\n"
        "\n"
        "{+Bantuan datang.+}\n"
        "\n"
        "{+[-Ini-] teks asli.+}\n"
    )
    assert "\x1b" not in said.out


def test_diff_of_two_that_are_named(run: Run, article: str) -> None:
    out = run("diff", article, "--from", "1", "--to", "2", "--whole").out
    assert "Banjir {+besar +}di Berau".replace("{+besar +}", "{+besar+} ") in out
    assert "Ada [-120-]{+150+} keluarga." in out
    assert all(said in out for said in SAME)
    back = run("diff", article, "--from", "2", "--to", "1").out
    assert "Ada [-150-]{+120+} keluarga." in back
    assert run("diff", article, "--to", "2", "--whole").out == out
    assert "Version 1 of 3" in run("diff", article, "--from", "1").out


def test_diff_as_json(run: Run, article: str) -> None:
    (said,) = run("diff", article, "--from", "1", "--to", "2", "--json").objects()
    assert (said["article"], said["from"]["version"], said["to"]["version"]) == (article, 1, 2)
    assert (said["removed"], said["added"]) == (1, 2)
    (first, *_rest) = [one for one in said["passages"] if one["kind"] == "paragraph"]
    assert first == {
        "kind": "paragraph",
        "changed": True,
        "parts": [
            {"text": "Ada ", "change": "same"},
            {"text": "120", "change": "removed"},
            {"text": "150", "change": "added"},
            {"text": " keluarga.", "change": "same"},
        ],
    }


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_what_changed_has_a_colour_too(run: Run, article: str) -> None:
    out = run("diff", article, "--from", "1", "--to", "2").out
    assert "\x1b[31m[-\x1b[0m\x1b[31m120\x1b[0m\x1b[31m-]\x1b[0m" in out
    assert "\x1b[36m150\x1b[0m" in out


def test_who_knows_the_last_text_is_told_so(run: Run, article: str, home: Path) -> None:
    library = Library.open(Paths.find(str(home)))
    kept = versions.of(library)
    kept.set_seen(article, kept.history(article).versions[-1])
    library.close()
    rows = [line.split("\t") for line in run("versions", article).out.splitlines()]
    assert [row[2] for row in rows] == ["", "", "known"]
    said = run("diff", article)
    assert said.err == "Nothing has changed since you read it; this is what changed last.\n"
    assert "{+Bantuan datang.+}" in said.out
    assert run("diff", article, "--from", "1").err == ""


def test_to_look_at_it_by_a_command_leaves_its_mark(run: Run, article: str, home: Path) -> None:
    run("diff", article)
    library = Library.open(Paths.find(str(home)))
    assert library.row(article).edited
    library.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "ID", "--from", "4"), "There is no version 4; the article has 3."),
        (("diff", "ID", "--to", "9"), "There is no version 9; the article has 3."),
        (("diff", "ID", "--to", "0"), "--to"),
        (("diff", "tidakada"), "There is no article “tidakada”."),
        (("versions", "tidakada"), "There is no article “tidakada”."),
    ],
)
def test_what_cannot_be_is_said(run: Run, article: str, words: tuple[str, ...], said: str) -> None:
    done = run(*(article if word == "ID" else word for word in words))
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_an_article_of_one_text_has_no_change(run: Run, home: Path) -> None:
    library = Library.open(Paths.find(str(home)), clock=lambda: NOW)
    library.store_articles(FEED, [FIRST])
    (row,) = library.rows(View())
    library.close()
    assert run("versions", row.id).out.startswith("1\t")
    said = run("diff", row.id)
    assert (said.status, said.out) == (0, "")
    assert "No other text" in said.err
    (told,) = run("diff", row.id, "--json").objects()
    assert (told["from"], told["removed"], told["added"]) == (told["to"], 0, 0)


def test_the_program_itself_does_it(article: str, home: Path) -> None:
    def program(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kaltimtui", "--home", str(home), "--lang", "id", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    listed = program("versions", article, "--json")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [json.loads(line)["version"] for line in listed.stdout.splitlines()] == [1, 2, 3]
    printed = program("diff", article)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert "{+Bantuan datang.+}" in printed.stdout
    wrong = program("diff", article, "--from", "7")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr
