"""The same story of several sources in the reader: once in a list, opened, read together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.config import Config
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
WIRE = " ".join(f"kata{n} yang ke{n * 7 % 100}" for n in range(60))
OWN = " ".join(f"lain{n} pula ia{n * 3 % 100}" for n in range(60))
TITLE = "Bantuan Pangan Tiba"


def article(number: int, title: str, said: str) -> ArticleData:
    return ArticleData(
        title,
        guid=str(number),
        published=Stamp(NOW - timedelta(hours=number + 2), "time"),
        dateline="SAMARINDA",
        document=Document((paragraph(said),)),
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three papers that print the same release, and one that has a story of its own."""
    moment = NOW
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: moment)
    for number in range(3):
        said = f"{WIRE} ({number})"
        source = SourceData(f"Warta {number}", "feed", f"https://w{number}.example/rss")
        opened.store_articles(source, [article(number, TITLE, said)])
        moment += timedelta(minutes=1)
    opened.store_articles(SourceData("Kabar", "feed"), [article(9, "Jalan Baru", OWN)])
    i18n.set_language("en")
    yield opened
    opened.close()


async def shown(reader: Reader, *titles: str) -> None:
    window = reader.screen.list_pane.articles
    await reader.until(lambda: [row.title for _place, row in window.window] == list(titles))


def read(library: Library) -> int:
    return sum(row.read for row in library.rows(View(ViewKind.SEARCH, query="kata1")))


async def test_a_story_is_one_row_that_tells_how_many_more_sources_have_it(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await shown(reader, TITLE, "Jalan Baru")
        assert reader.current().source == "Warta 0"
        assert any("· +2 sources" in line for line in reader.lines())
        assert any("All" in line and "2" in line for line in reader.lines())
        assert reader.screen.categories.entry(View()) is not None
        entry = reader.screen.categories.entry(View(ViewKind.UNREAD))
        assert entry is not None
        assert entry.number == 2
        await reader.press("slash", *"kata1", "enter")
        await shown(reader, TITLE, TITLE, TITLE)


async def test_each_article_is_a_row_where_the_user_wants_it(
    reading: Opens, library: Library
) -> None:
    config = Config(stories_together=False)
    async with reading(library, config=config) as reader:
        await shown(reader, TITLE, TITLE, TITLE, "Jalan Baru")
        assert any("· +2 sources" in line for line in reader.lines())


@pytest.mark.parametrize(("height", "said"), [(30, " · +2 sources"), (20, " +2")])
async def test_a_story_is_told_within_forty_columns(
    reading: Opens, library: Library, height: int, said: str
) -> None:
    async with reading(library, size=(40, height)) as reader:
        await shown(reader, TITLE, "Jalan Baru")
        assert any(line.rstrip().endswith(said) for line in reader.lines())
        assert {len(line) for line in reader.lines()} == {40}


@pytest.mark.parametrize("start", [(), ("slash", *"kata1", "enter"), ("enter",)])
async def test_a_story_is_opened_and_left(
    reading: Opens, library: Library, start: tuple[str, ...]
) -> None:
    async with reading(library) as reader:
        await reader.press(*start)
        pane = reader.screen.list_pane
        if "slash" in start:
            await shown(reader, TITLE, TITLE, TITLE)
        before, stood = pane.wanted, reader.current().id
        await reader.press("M")
        await reader.until(lambda: pane.view == View(ViewKind.STORY, story=stood))
        await shown(reader, TITLE, TITLE, TITLE)
        assert reader.at() is Pane.LIST
        assert reader.current().id == stood
        assert any("SAME STORY: BANTUAN PANGAN TIBA" in line for line in reader.lines())
        rows = [line for line in reader.lines() if "hours ago · Warta" in line]
        assert len(rows) == 3
        await reader.press("M")  # one is there already
        await reader.press("equals_sign", *"kata1", "enter")
        await reader.until(lambda: pane.view.query != "")
        await reader.press("escape")
        await reader.until(lambda: pane.view == View(ViewKind.STORY, story=stood))
        await reader.press("escape")
        await reader.until(lambda: pane.view == before)
        assert reader.current().id == stood


async def test_what_one_source_alone_tells_opens_no_story(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "M")
        await reader.until(lambda: "No other source" in reader.screen.bottom.said)
        assert reader.screen.list_pane.view == View()


async def test_a_story_is_not_where_the_reader_begins_next_time(
    reading: Opens, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "screen.json"
    async with reading(library, state_file=file) as reader:
        await reader.press("M")
        await shown(reader, TITLE, TITLE, TITLE)
    async with reading(library, state_file=file) as reader:
        await shown(reader, TITLE, "Jalan Baru")


async def test_a_story_is_read_together_and_undone_together(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("m")
        await reader.until(lambda: read(library) == 3)
        await reader.until(lambda: reader.current().read)
        await reader.press("u")
        await reader.until(lambda: read(library) == 0)
        await reader.until(lambda: not reader.current().read)
        await reader.press("enter")  # opened, it counts as read by itself
        await reader.until(lambda: read(library) == 3)


async def test_one_is_read_alone_where_the_user_wants_it(reading: Opens, library: Library) -> None:
    async with reading(library, config=Config(stories_read_together=False)) as reader:
        await reader.press("m")
        await reader.until(lambda: reader.current().read)
        assert read(library) == 1


async def test_all_of_a_list_is_read_with_what_tells_the_same(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("A")
        await reader.until(lambda: library.count(View()).unread == 0)
        assert read(library) == 3
