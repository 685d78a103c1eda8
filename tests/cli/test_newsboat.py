"""Coming over from newsboat, with a cache that newsboat itself made."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

    from kaltimtui.demo.portal import Portal

PROGRAM = shutil.which("newsboat")
needs_newsboat = pytest.mark.skipif(PROGRAM is None, reason="needs newsboat")


@pytest.fixture
def folder(tmp_path: Path, demo_portal: Callable[..., Portal]) -> Path:
    """Newsboat's own home after it fetched two feeds; four articles of one are read, two flagged.

    It keeps its things in the folder ``.newsboat`` of it.
    """
    portal = demo_portal()
    folder = tmp_path / "newsboat" / ".newsboat"
    folder.mkdir(parents=True)
    rss, atom = portal.at("/rss.xml"), portal.at("/atom.xml")
    (folder / "urls").write_text(
        f'{rss} kaltim "~Kabar contoh"\n{atom}\n"query:Q:unread = \\"yes\\""\n'
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "LC_ALL": "C.UTF-8"}
    assert PROGRAM is not None
    subprocess.run(
        [PROGRAM, "-x", "reload"], check=True, capture_output=True, timeout=60, env=environment
    )
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as cache:
        some = "WHERE id IN (SELECT id FROM rss_item WHERE feedurl = ? ORDER BY id LIMIT ?)"
        cache.execute(f"UPDATE rss_item SET unread = 0 {some}", (rss, 4))
        cache.execute(f"UPDATE rss_item SET flags = 'sT' {some}", (rss, 2))
    return folder


@needs_newsboat
def test_feeds_articles_and_marks_come_over(run: Run, folder: Path) -> None:
    said = run("import", "--newsboat", str(folder), "--json")
    feeds, first, second = said.objects()
    assert said.status == 1
    assert len(feeds["sources"]) == 2
    assert feeds["sources"][0] == "Kabar contoh"
    assert [line.partition(":")[0] for line in feeds["refused"]] == ["query"]
    assert first["tags"] == ["newsboat/s", "newsboat/shift-t"]
    assert (first["new"], second["new"]) == (len(first["articles"]), len(second["articles"]))
    total = first["new"] + second["new"]
    assert said.err.splitlines()[-1] == (
        f"{total} articles found, {total} new, 2 sources added, 2 tags."
    )
    listed = run("list", "--json", "--limit", "200").objects()
    assert len(listed) == total
    assert sum(article["read"] for article in listed) == 4
    tags = run("tags", "list", "--json").objects()
    assert [(tag["name"], tag["total"], tag["unread"]) for tag in tags] == [
        ("newsboat", 2, 0),
        ("newsboat/s", 2, 0),
        ("newsboat/shift-t", 2, 0),
    ]
    again = run("import", "--newsboat", str(folder))
    assert again.err.splitlines()[-1] == f"{total} articles found, 0 new."


@needs_newsboat
def test_a_dry_run_tells_what_there_is_and_keeps_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder.parent))
    said = run("import", "--newsboat", "--dry-run")
    assert "2 sources found, 2 tags; nothing was kept." in said.err
    assert "Kabar contoh\n" in said.out
    assert (run("list").out, run("tags", "list").out) == ("", "")


def test_where_there_is_no_newsboat_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for words in ((), (str(tmp_path),)):
        said = run("import", "--newsboat", *words)
        assert said.status == 2
        assert "There is no newsboat in" in said.err


@pytest.mark.parametrize(
    "words", [("a", "b"), ("--source", "x"), ("--url", "https://warta.example/")]
)
def test_it_is_one_folder_and_nothing_else(run: Run, words: tuple[str, ...]) -> None:
    said = run("import", "--newsboat", *words)
    assert said.status == 2
    assert "takes one folder at most" in said.err


def test_without_it_a_path_is_needed(run: Run) -> None:
    said = run("import")
    assert said.status == 2
    assert "Missing: PATH." in said.err
