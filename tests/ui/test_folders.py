"""Folders of sources in the tree, and the lists of what is in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import i18n, subscriptions
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.ui.conftest import FakeFetching, Opens, Reader

    from kaltimtui.ui.network import Network

FOLDERS = {"Satu": "Daerah", "Dua": "Daerah/Pesisir", "Tiga": None, "Empat": "Daerahku"}
DAERAH = View(ViewKind.FOLDER, folder="Daerah")
PESISIR = View(ViewKind.FOLDER, folder="Daerah/Pesisir")


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return Paths.find(str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def library(paths: Paths, now: datetime) -> Iterator[Library]:
    opened = Library.open(paths, clock=lambda: now)
    for place, (name, folder) in enumerate(FOLDERS.items()):
        data = SourceData(name, "feed", f"https://{name.lower()}.example/rss", folder)
        subscriptions.of(opened).add(data)
        opened.store_articles(
            data,
            [
                ArticleData(
                    title=f"{name} {n}",
                    guid=f"{n}",
                    published=Stamp(now - timedelta(hours=4 * n + place), "time"),
                    document=Document((paragraph("Isi."),)),
                )
                for n in range(1, 4)
            ],
        )
    yield opened
    opened.close()


def tree(reader: Reader) -> list[str]:
    lines = [line[:26].rstrip()[1:] for line in reader.lines()[2:]]
    return [line for line in lines if any(word in line for word in ("Daerah", "Pesisir", "Satu"))]


def titles(library: Library, **given: Any) -> list[str]:
    return [row.title for row in library.rows(DAERAH, **given)]


def test_the_list_of_a_folder_holds_what_its_sources_hold_newest_first(library: Library) -> None:
    whole = ["Satu 1", "Dua 1", "Satu 2", "Dua 2", "Satu 3", "Dua 3"]
    rows = library.rows(DAERAH)
    assert [row.title for row in rows] == whole
    assert titles(library, skip=1, limit=2) == whole[1:3]
    assert titles(library, after=rows[1].key, limit=2) == whole[2:4]
    assert titles(library, after=rows[1].key, skip=1) == whole[3:]
    assert titles(library, before=rows[4].key, limit=2) == whole[2:4]
    assert titles(library, before=rows[4].key, skip=1, limit=2) == whole[1:3]
    assert [library.position(DAERAH, row.key) for row in rows] == list(range(6))
    assert library.position(PESISIR, rows[0].key) is None
    assert (library.count(DAERAH).total, library.count(PESISIR).total) == (6, 3)


def test_a_whole_folder_is_marked_and_a_removed_source_is_in_none(library: Library) -> None:
    library.mark([row.id for row in library.rows(PESISIR)[:1]], [Marking("read", True)])
    assert [row.title for row in library.rows(DAERAH, unread=True)][:2] == ["Satu 1", "Satu 2"]
    assert library.mark_view(DAERAH, Marking("read", True)).count == 5
    assert library.count(DAERAH).unread == 0
    assert library.count(View()).unread == 6
    known = subscriptions.of(library)
    known.remove(known.find("Dua").id)
    assert titles(library) == ["Satu 1", "Satu 2", "Satu 3"]
    assert library.rows(PESISIR) == []


async def test_folders_stand_in_the_tree_and_are_folded_and_remembered(
    reading: Opens, library: Library, paths: Paths
) -> None:
    unfolded = [["▾", "Daerah", "6"], ["Satu", "3"], ["▾", "Pesisir", "3"]]
    async with reading(library, state_file=paths.screen_state) as reader:
        assert [line.split() for line in tree(reader)][:3] == unfolded
        reader.screen.open_view(DAERAH)
        await reader.until(lambda: reader.screen.list_pane.view == DAERAH)
        assert reader.screen.list_pane.heading.detail.startswith("6 unread")
        await reader.press("h", "space")
        await reader.until(lambda: len(tree(reader)) == 2)
        assert "▸ Daerah" in tree(reader)[0]
        await reader.press("ctrl+q")
    async with reading(library, state_file=paths.screen_state) as reader:
        assert reader.screen.list_pane.view == DAERAH
        assert "▸ Daerah" in tree(reader)[0]
        await reader.press("h", "space")
        await reader.until(lambda: len(tree(reader)) == 4)


async def test_a_list_within_a_folded_folder_is_unfolded_to(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        reader.screen.open_view(DAERAH)
        await reader.until(lambda: reader.screen.list_pane.view == DAERAH)
        await reader.press("h", "space")
        await reader.until(lambda: len(tree(reader)) == 2)
        reader.screen.open_view(PESISIR)
        await reader.until(lambda: reader.screen.list_pane.view == PESISIR)
        assert reader.screen.categories.view == PESISIR
        await reader.pilot.pause()
        assert any("Pesisir" in line for line in tree(reader))
        assert reader.screen.top.path == ("Daerah", "Pesisir")


async def test_a_refresh_in_a_folder_is_of_its_sources(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    known = subscriptions.of(library)
    async with reading(library, network=network) as reader:
        reader.screen.open_view(DAERAH)
        await reader.press("r")
        await reader.until(lambda: bool(fetching.asked))
        wanted = {known.find(name).id for name in ("Satu", "Dua")}
        assert {*fetching.asked[0][0]} == wanted


async def test_a_source_that_moves_to_a_folder_moves_in_the_tree(
    reading: Opens, library: Library
) -> None:
    known = subscriptions.of(library)
    async with reading(library) as reader:
        known.move(known.find("Empat").id, "Daerah/Pesisir")
        reader.screen.refresh_counts()
        await reader.until(lambda: not any("Daerahku" in line for line in tree(reader)))
        entry = reader.screen.categories.entry(PESISIR)
        assert entry is not None
        assert entry.number == 6


async def test_a_list_of_a_folder_that_is_gone_makes_way_for_all(
    reading: Opens, library: Library
) -> None:
    known = subscriptions.of(library)
    async with reading(library) as reader:
        reader.screen.open_view(PESISIR)
        await reader.until(lambda: reader.screen.list_pane.view == PESISIR)
        known.move(known.find("Dua").id, None)
        reader.screen.show_news()
        await reader.until(lambda: reader.screen.list_pane.view == View())


async def test_the_next_unread_list_is_no_folder(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        seen = set()
        for _time in range(4):
            await reader.press("N")
            seen.add(reader.screen.list_pane.wanted.kind)
        assert seen == {ViewKind.SOURCE}
