from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import NOW

from kaltimtui import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_a_sound_store(run: Run, news: dict[str, str], home: Path) -> None:
    run("mark", news["Posko Dibuka"], "--read")
    said = run("doctor", "--json")
    (report,) = said.objects()
    assert (said.status, said.err, report["ok"]) == (0, "", True)
    store = report["store"]
    assert (store["articles"], store["unread"], store["sources"]) == (5, 4, 1)
    assert store["path"] == report["paths"]["store"] == str(home / "data" / "kaltimtui.db")
    assert store["bytes"] > 0
    assert report["versions"]["kaltimtui"] == __version__
    assert report["versions"]["textual"]
    assert all(check["ok"] for check in report["checks"])
    assert report["repairs"] == []


@pytest.mark.usefixtures("news")
def test_the_report_for_a_person(run: Run, home: Path) -> None:
    said = run("doctor")
    assert said.status == 0
    assert "5 articles, 5 unread, 1 source" in said.out
    assert str(home / "data" / "kaltimtui.db") in said.out
    assert "✓ integrity" in said.out


@pytest.mark.usefixtures("news")
def test_a_damaged_store_is_told_and_never_overwritten(run: Run, home: Path) -> None:
    store = home / "data" / "kaltimtui.db"
    store.write_bytes(b"this is no store at all" * 400)
    before = store.read_bytes()
    for words in (("list",), ("show", "abcd"), ("mark", "abcd", "--star"), ("undo",), ("doctor",)):
        said = run(*words)
        assert said.status == 1, words
        assert str(store) in said.err
        assert said.err.count("Traceback") == 0
    assert store.read_bytes() == before


@pytest.mark.usefixtures("news")
def test_a_damaged_store_is_moved_aside_when_asked(run: Run, home: Path) -> None:
    store = home / "data" / "kaltimtui.db"
    store.write_bytes(b"this is no store at all" * 400)
    said = run("doctor", "--repair", "--json")
    (report,) = said.objects()
    assert (said.status, report["ok"]) == (0, True)
    assert report["repairs"]
    assert run("list").status == 0


@pytest.mark.usefixtures("news")
def test_repairs_are_told_to_a_person(run: Run, home: Path) -> None:
    store = home / "data" / "kaltimtui.db"
    store.write_bytes(b"this is no store at all" * 400)
    said = run("doctor", "--repair")
    assert said.status == 0
    assert "The damaged store is now" in said.out


def test_a_store_of_a_newer_version_is_told_and_left_alone(
    run: Run, news: dict[str, str], home: Path
) -> None:
    store = home / "data" / "kaltimtui.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA user_version = 999")
    for words in (("list",), ("mark", news["Posko Dibuka"], "--star"), ("doctor",)):
        said = run(*words)
        assert said.status == 1
        assert "999" in said.err
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (999,)
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (0,)


def test_reading_goes_on_where_nothing_can_be_written(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.store.connection._writable", lambda _path: False)
    said = run("list", "--quiet")
    assert (said.status, len(said.out.splitlines())) == (0, 5)
    assert said.err.startswith("kaltimtui: ")
    said = run("mark", news["Posko Dibuka"], "--star")
    assert (said.status, said.out) == (1, "")
    assert said.err.count("kaltimtui: ") == 1


def test_a_home_that_cannot_be_made_is_told(run: Run, home: Path, tmp_path: Path) -> None:
    home.write_text("a file where the folder should be")
    (tmp_path / "berita.txt").write_text("Judul\nSAMARINDA - Isi berita.")
    said = run("list")
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("kaltimtui: ")
    said = run("import", str(tmp_path / "berita.txt"))
    assert said.status == 1
    assert home.read_text() == "a file where the folder should be"


@pytest.mark.usefixtures("terminal")
def test_paths_stand_in_columns_on_a_terminal(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("paths").out.splitlines()[0] == f"  config  {home / 'config'}"


def test_what_is_not_installed_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaltimtui.cli.health._INSTALLED", ("no-such-distribution",))
    assert "no-such-distribution  missing" in run("doctor").out
    assert run("doctor", "--json").objects()[0]["versions"]["no-such-distribution"] is None


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("days", "told", "gone"),
    [
        (1, "From Monday, 8 June 2020 on --compact removes that copy.", False),
        (10, "--compact removes that copy.", True),
    ],
)
def test_a_copy_from_before_an_upgrade_is_told_and_removed_when_asked(
    run: Run, home: Path, days: int, told: str, gone: bool
) -> None:
    copy = home / "data" / "kaltimtui.db.format-1"
    copy.write_bytes(bytes(5_000))
    made = (NOW - timedelta(days=days)).timestamp()
    os.utime(copy, (made, made))
    said = run("doctor").out
    assert "Before an upgrade it was of format 1: 5 KiB in kaltimtui.db.format-1, kept" in said
    assert told in said
    (report,) = run("doctor", "--json").objects()
    (found,) = report["copies"]
    assert (found["path"], found["format"], found["bytes"]) == (str(copy), 1, 5_000)
    assert datetime.fromisoformat(found["kept"]) == NOW - timedelta(days=days - 7)
    assert datetime.fromisoformat(found["until"]) == NOW - timedelta(days=days - 30)
    (compacted,) = run("doctor", "--compact", "--json").objects()
    freed = "The copy of the store in format 1 was removed: 5 KiB freed."
    assert (freed in compacted["repairs"], copy.exists()) == (gone, not gone)
    assert len(compacted["copies"]) == (not gone)


def _break(home: Path) -> None:
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "config.toml").write_text("[refresh]\nminutes = 'often'\non_start = 5\n")


@pytest.mark.usefixtures("news")
def test_broken_settings_are_a_check(run: Run, home: Path) -> None:
    (check,) = (
        c for c in run("doctor", "--json").objects()[0]["checks"] if c["name"] == "settings"
    )
    assert check == {"name": "settings", "ok": True, "detail": "right"}
    _break(home)
    said = run("doctor", "--json")
    (report,) = said.objects()
    wrong = [check for check in report["checks"] if not check["ok"]]
    assert (said.status, report["ok"]) == (1, False)
    assert [check["name"] for check in wrong] == ["settings", "settings"]
    assert [check["detail"].partition(" ")[0] for check in wrong] == [
        "config.toml:2:",
        "config.toml:3:",
    ]
    assert [line.partition(" “")[0] for line in said.err.splitlines()] == [
        "kaltimtui: settings: config.toml:2:",
        "kaltimtui: settings: config.toml:3:",
    ]


@pytest.mark.parametrize("words", [("list",), ("paths",), ("undo",), ("sources", "list")])
def test_every_command_tells_of_broken_settings_in_one_line(
    run: Run, home: Path, words: tuple[str, ...]
) -> None:
    before = run(*words, "--quiet")
    _break(home)
    said = run(*words, "--quiet")
    assert (said.status, said.out) == (before.status, before.out)
    (line,) = said.err.removesuffix(before.err).splitlines()
    assert line == (
        "kaltimtui: config.toml:2: “refresh.minutes” takes a whole number from 0 to 10080."
        " (1 more: “kaltimtui doctor” tells all.)"
    )


def test_a_script_for_the_shell_has_nothing_to_do_with_settings(run: Run, home: Path) -> None:
    _break(home)
    assert run("completion", "bash").err == ""


def test_the_home_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    said = run("--home", "~nobody-of-this-name/x", "paths")
    assert (said.status, "~nobody-of-this-name/x names the home of nobody." in said.err) == (
        2,
        True,
    )
    monkeypatch.setenv("KALTIMTUI_HOME", "~nobody-of-this-name/y")
    said = run("--home", "", "paths")
    assert (said.status, "~nobody-of-this-name/y names the home of nobody." in said.err) == (
        2,
        True,
    )
