"""A refresh in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from kaltimtui import apart, i18n, organising, subscriptions
from kaltimtui.apart import Apart
from kaltimtui.config import Config
from kaltimtui.demo.site import BROKEN, SLOW
from kaltimtui.errors import KaltimtuiError, StoreError
from kaltimtui.library import Library
from kaltimtui.models import Progress, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.rule import RuleAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaltimtui.demo.portal import Portal


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")))
    kept = subscriptions.of(opened)
    for source in kept.all():
        kept.remove(source.id)
    yield opened
    opened.close()


def add(library: Library, portal: Portal, **paths: str) -> None:
    kept = subscriptions.of(library)
    for name, path in paths.items():
        kept.add(SourceData(name, "feed", portal.at(path)), private=True)


def children() -> set[str]:
    """The processes that the main thread has begun, as the event loop does, and that still run."""
    begun = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(begun.read_text().split())


async def test_it_does_what_a_refresh_does(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    add(library, demo_portal(), Umpan="/rss.xml", Rusak=BROKEN)
    told: list[Progress] = []
    found = await Apart(library, Config()).refresh(report=told.append)
    done = {one.source: one for one in found.sources}
    assert done["Umpan"].new == len(library.rows(View(), limit=500)) > 0
    assert (done["Rusak"].status, done["Rusak"].http_status) == ("failed", 500)
    assert not found.lost
    assert [progress.done for progress in told] == [0, 1, 2]
    assert {progress.last.source for progress in told if progress.last} == {"Umpan", "Rusak"}


async def test_what_rules_have_to_tell_comes_back(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    add(library, demo_portal(), Umpan="/rss.xml")
    organising.of(library).add_rule("Semua", "umur:<9000hari", [RuleAction("notify")])
    found = await Apart(library, Config()).refresh()
    (notice,) = found.notices
    assert (notice.rule, notice.count) == ("Semua", found.sources[0].new)
    assert set(notice.titles) <= {row.title for row in library.rows(View(), limit=500)}


async def test_failures_are_told_in_the_language_that_is_spoken(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    add(library, demo_portal(), Rusak=BROKEN)
    said = []
    for language in ("id", "en"):
        i18n.set_language(language)
        found = await Apart(library, Config()).refresh(everything=True)
        said.append(found.sources[0].error)
    assert said[0] != said[1]


async def test_only_what_is_named_is_asked(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    add(library, portal, Umpan="/rss.xml", Atom="/atom.xml")
    wanted = subscriptions.of(library).find("Atom").id
    found = await Apart(library, Config()).refresh([wanted])
    assert [one.source for one in found.sources] == ["Atom"]


@pytest.mark.parametrize("budget", [200, 0])
async def test_the_pictures_of_what_one_reads_come_from_there_too(
    library: Library, demo_portal: Callable[..., Portal], budget: int
) -> None:
    portal = demo_portal()
    subscriptions.of(library).add(portal.sources[0], private=True)
    library.store_articles(portal.sources[0], portal.articles)
    article = next(
        found
        for found in (library.article(row.id) for row in library.rows(View(), limit=500))
        if found.image
    )
    came: list[int] = []
    fetching = Apart(library, Config(images_megabytes=budget))
    missing = await fetching.pictures_of(article.id, lambda: came.append(1))
    assert missing == 0
    files = library.pictures(article.id)
    assert len(came) == len(files) == (1 if budget else 0)
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files.values())


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
async def test_stopping_ends_the_process(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    add(library, demo_portal(), Umpan="/rss.xml", Lambat=SLOW)
    told = asyncio.Event()

    def report(progress: Progress) -> None:
        if progress.done:
            told.set()

    before = children()
    work = asyncio.create_task(Apart(library, Config()).refresh(report=report))
    await told.wait()
    assert children() - before
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not children() - before
    assert library.rows(View())


async def test_stopping_keeps_what_was_read(
    library: Library, demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    folder = library.paths.config / "sites"
    folder.mkdir(parents=True)
    (folder / "demo.toml").write_text(portal.profile)
    subscriptions.of(library).add(portal.sources[0], private=True)
    stopped = next(article for article in reversed(portal.articles) if article.url)
    portal.fault(urlsplit(str(stopped.url)).path, "silence")
    read = asyncio.Event()

    def report(progress: Progress) -> None:
        if progress.pages >= 10:
            read.set()

    work = asyncio.create_task(Apart(library, Config()).refresh(report=report))
    await read.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert len(library.rows(View(), limit=500)) >= 5


async def test_a_library_in_memory_is_refreshed_here(
    tmp_path: Path, demo_portal: Callable[..., Portal]
) -> None:
    trouble = StoreError("No home.")
    library = Library.in_memory(Paths.find(str(tmp_path)), trouble)
    kept = subscriptions.of(library)
    for source in kept.all():
        kept.remove(source.id)
    add(library, demo_portal(), Umpan="/rss.xml")
    await Apart(library, Config()).refresh()
    assert library.rows(View())


async def test_a_process_that_dies_is_told_of(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", ("/bin/sh", "-c", "read line; exit 3"))
    i18n.set_language("en")
    with pytest.raises(KaltimtuiError, match="broke off"):
        await Apart(library, Config()).refresh()


def test_a_store_that_is_of_no_use_is_told_of(tmp_path: Path) -> None:
    paths = Paths.find(str(tmp_path))
    paths.data.mkdir()
    paths.store.write_bytes(b"no store at all")
    places = [str(path) for path in (paths.config, paths.data, paths.cache, paths.state)]
    asked = {"paths": places, "language": "en", "ids": [], "everything": True, "backfill": 0}
    with subprocess.Popen(
        (sys.executable, "-m", "kaltimtui.apart"), stdin=PIPE, stdout=PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        process.stdin.close()
    assert told["failed"] == "store"
    assert "not a database" in told["message"]


def test_it_ends_with_whoever_asked(tmp_path: Path, demo_portal: Callable[..., Portal]) -> None:
    paths = Paths.find(str(tmp_path))
    library = Library.open(paths)
    add(library, demo_portal(), Lambat=SLOW)
    library.close()
    places = [str(path) for path in (paths.config, paths.data, paths.cache, paths.state)]
    asked = {"paths": places, "language": "en", "ids": [], "everything": True, "backfill": 0}
    with subprocess.Popen(
        (sys.executable, "-m", "kaltimtui.apart"), stdin=PIPE, stdout=PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        assert "progress" in json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(timeout=10) == 0
