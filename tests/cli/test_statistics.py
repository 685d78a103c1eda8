"""``stats``: as JSON, as lines for a pipe and as bars on a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_json_is_one_object(run: Run, news: dict[str, str]) -> None:
    run("mark", news["Jembatan Selesai"], "--read")
    done = run("stats", "--json")
    assert (done.status, done.err) == (0, "")
    (told,) = done.objects()
    days = [(one["date"], one["articles"], one["read"]) for one in told.pop("days")]
    assert days == [("2020-05-20", 1, 0), ("2020-06-01", 1, 0), ("2020-06-02", 1, 1)]
    hours = told.pop("hours")
    assert (len(hours), hours[8], hours[10], sum(hours)) == (24, 1, 1, 2)
    assert told == {
        "since": "2020-05-04",
        "until": "2020-06-02",
        "source": None,
        "articles": 3,
        "read": 1,
        "sources": [{"source": "Portal Kaltim", "articles": 3}],
        "categories": [
            {"category": "Ekonomi", "articles": 1},
            {"category": "Pembangunan", "articles": 1},
            {"category": "Sosial", "articles": 1},
        ],
        "unread": {"today": 1, "week": 1, "month": 0, "year": 0, "older": 2},
        "weekdays": [1, 1, 1, 0, 0, 0, 0],
        "places": [{"place": "Samarinda", "articles": 1}],
        "offices": [],
        "offices_of": {"headlines": 3, "texts": 3},
    }


def test_days_and_all_say_how_far_back(run: Run, news: dict[str, str]) -> None:
    assert news
    (one,) = run("stats", "--days", "1", "--json").objects()
    assert (one["since"], one["until"], one["articles"]) == ("2020-06-02", "2020-06-02", 1)
    (whole,) = run("stats", "--all", "--json").objects()
    assert (whole["since"], whole["articles"]) == ("2015-03-05", 5)


def test_a_source_is_counted_alone(run: Run, news: dict[str, str]) -> None:
    assert news
    (told,) = run("stats", "--source", "portal", "--all", "--json").objects()
    assert (told["source"], told["articles"]) == ("Portal Kaltim", 5)
    done = run("stats", "--source", "nobody")
    assert done.status == 2
    assert "There is no source “nobody”." in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--days", "0"], "--days: 0 is no whole number from 1."),
        (["--days", "many"], "--days: many is no whole number from 1."),
        (["--days", "3", "--all"], "exclude each other"),
        (["banjir"], "Too much: banjir."),
    ],
)
def test_wrong_use_is_told(run: Run, words: list[str], said: str) -> None:
    done = run("stats", *words)
    assert done.status == 2
    assert said in done.err


def test_more_days_than_there_ever_were_are_all_there_were(run: Run, news: dict[str, str]) -> None:
    assert news
    (told,) = run("stats", "--days", "999999999999", "--json").objects()
    assert (told["since"], told["articles"]) == ("0001-01-01", 5)


def test_a_pipe_gets_a_number_a_line(run: Run, news: dict[str, str]) -> None:
    run("mark", news["Jembatan Selesai"], "--read")
    rows = [line.split("\t") for line in run("stats").out.splitlines()]
    assert all(len(row) == 3 and row[2].isdigit() for row in rows)
    assert ["day", "2020-06-01", "1"] in rows
    assert ["read", "2020-06-02", "1"] in rows
    assert ["unread", "older", "2"] in rows
    assert ["hour", "10", "1"] in rows
    assert ["weekday", "1", "1"] in rows
    assert ["source", "Portal Kaltim", "3"] in rows
    assert ["category", "Sosial", "1"] in rows
    assert ["place", "Samarinda", "1"] in rows


@pytest.mark.usefixtures("terminal")
def test_a_person_gets_bars(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert news
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run("stats").out.splitlines()
    assert lines[:2] == [
        "All sources",
        "4 May – 2 Jun 2020 · 3 articles · 0.1 a day · 0 marked read",
    ]
    place = lines.index("ARTICLES OVER TIME")
    assert lines[place - 1] == ""
    assert lines[place + 29 : place + 31] == [
        "  1 Jun 2020          1  " + "█" * 35,
        "  2 Jun 2020          1  " + "█" * 35,
    ]
    assert "BY PLACE" in lines
    assert "BY OFFICE" not in lines
    assert max(map(len, lines)) <= 60


@pytest.mark.usefixtures("terminal")
def test_a_narrow_terminal_gets_narrow_lines(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert news
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "34")
    lines = run("stats", "--days", "365").out.splitlines()
    assert max(map(len, lines[3:])) <= 34


def test_an_empty_home_has_nothing(run: Run) -> None:
    (told,) = run("stats", "--all", "--json").objects()
    assert (told["articles"], told["days"], told["sources"]) == (0, [], [])
    assert told["since"] == told["until"] == "2020-06-02"


def test_the_program_prints_it(home: Path, news: dict[str, str]) -> None:
    assert news
    words = ["stats", "--home", str(home), "--days", "40000", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "kaltimtui", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["articles"] == 5


def test_it_loads_no_screen_and_no_parser(home: Path, news: dict[str, str]) -> None:
    assert news
    heavy = ("textual", "httpx", "lxml", "feedparser", "readability")
    script = (
        "import sys; from kaltimtui import cli; cli.main(sys.argv[1:]);"
        f" print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "stats", "--home", str(home), "--days", "40000"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
