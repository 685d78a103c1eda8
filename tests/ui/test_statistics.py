"""The statistics on the screen: what each part says, and what the keys do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import StoreError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.statistics import Period, Statistics
from kaltimtui.ui.screens.main import MainScreen
from kaltimtui.ui.screens.statistics import StatisticsScreen
from kaltimtui.ui.statisticstext import PARTS, Answers, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
PORTAL = SourceData("Portal Kaltim", "portal")
FEED = SourceData("Warta [bold]Pesisir", "feed", "https://warta.example/rss")
PLACES = ("SAMARINDA", "BALIKPAPAN", "BERAU")
OFFICES = ("Dinas Kesehatan", "BPBD", "Polda")


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


def said(number: int) -> ArticleData:
    """An article; the higher its number the older it is, and the longer nothing came before it."""
    listed = NOW - timedelta(hours=number * (5 + number // 9))
    return ArticleData(
        title=f"{OFFICES[number % 3]} {number}",
        url=f"https://www.kaltimprov.go.id/berita/{number}",
        category=("Sosial", "Ekonomi")[number % 2],
        dateline=PLACES[number % 7 % 3],
        published=Stamp(listed, "time"),
        document=Document((paragraph(f"Isi {number}."),)),
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: NOW)
    opened.store_articles(PORTAL, [said(number) for number in range(90)])
    opened.store_articles(FEED, [said(number) for number in range(90, 110)])
    read = [row.id for row in opened.rows(View(), limit=12)]
    opened.mark(read, [Marking("read", True)])
    yield opened
    opened.close()


async def opened_statistics(reader: Reader) -> StatisticsScreen:
    await reader.press("percent_sign")
    await reader.until(lambda: isinstance(reader.app.screen, StatisticsScreen))
    screen = reader.app.screen
    assert isinstance(screen, StatisticsScreen)
    await settled(reader)
    return screen


async def settled(reader: Reader) -> None:
    """Until everything that was asked for is there."""
    await reader.until(lambda: not reader.app.screen.workers)
    await reader.pilot.pause()


async def to_part(reader: Reader, part: Part) -> None:
    for _key in range(PARTS.index(part)):
        await reader.press("tab")
    await settled(reader)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_part_looks_like_this(
    reading: Opens,
    library: Library,
    snapshot: Callable[[str, Iterable[str]], None],
    size: tuple[int, int],
    part: Part,
) -> None:
    async with reading(library, size=size) as reader:
        screen = await opened_statistics(reader)
        await to_part(reader, part)
        assert screen.wanted.part is part
        snapshot(f"statistics-{part}-{size[0]}x{size[1]}", reader.lines())


async def test_it_looks_like_this_in_indonesian_with_a_second_series(
    reading: Opens, library: Library, snapshot: Callable[[str, Iterable[str]], None]
) -> None:
    i18n.set_language("id")
    async with reading(library, size=(120, 40)) as reader:
        screen = await opened_statistics(reader)
        await reader.press("j", "enter", "k", "2")
        await settled(reader)
        assert screen.chart.figures.dots
        snapshot("statistics-articles-120x40", reader.lines())


async def test_parts_go_round_and_escape_goes_back(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        for key, part in (("shift+tab", Part.OFFICES), ("tab", Part.ARTICLES)):
            await reader.press(key)
            assert screen.wanted.part is part
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))
        assert not any(watcher == screen.reload for watcher in reader.screen.refresher.shelves)


async def test_the_period_is_chosen_by_a_number(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        counts = {}
        for key, period in zip("1234", Period, strict=True):
            await reader.press(key)
            await settled(reader)
            assert screen.wanted.period is period
            counts[period] = int(screen.lines[0].value)
        assert counts[Period.MONTH] < counts[Period.YEAR] == counts[Period.ALL] == 110
        assert screen.top.path == ("Statistics", "all time")


async def test_the_row_under_the_cursor_is_what_the_chart_shows(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        await reader.press("4")
        await settled(reader)
        names = [line.name for line in screen.lines]
        assert names == [
            *("All", "SOURCES", "Portal Kaltim", "Warta [bold]Pesisir"),
            *("CATEGORIES", "Ekonomi", "Sosial"),
        ]
        assert screen.heading.detail.startswith("All · 110 articles")
        await reader.press("j", "j")
        await settled(reader)
        assert screen.heading.detail.startswith("Warta [bold]Pesisir · 20 articles")
        await reader.press("tab", "tab", "tab", "tab")
        await settled(reader)
        assert sum(int(line.value) for line in screen.lines) == 20
        await reader.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await settled(reader)
        assert screen.table.cursor == names.index("Warta [bold]Pesisir")


async def test_enter_compares_and_compares_no_longer(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        await reader.press("j", "enter")
        await settled(reader)
        assert screen.chart.figures.dots == screen.chart.figures.bars
        assert "• Portal Kaltim" in screen.heading.detail
        await reader.press("k")
        await settled(reader)
        assert screen.heading.detail.startswith("All")
        assert any("•" in line for line in reader.lines()[3:])
        await reader.press("j", "enter")
        await settled(reader)
        assert not screen.chart.figures.dots


async def test_keys_that_come_together_compare_with_the_row_they_found(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        for name in ("down", "compare", "up"):
            screen.action_do(name)
        await settled(reader)
        assert screen.wanted.beside is not None
        assert screen.wanted.beside.name == "Portal Kaltim"
        assert screen.heading.detail.startswith("All")


async def test_h_and_l_go_along_the_bars(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        assert screen.bottom.place.startswith("24 Nov 2026: ")
        await reader.press("h", "h")
        await reader.until(lambda: screen.bottom.place.startswith("22 Nov 2026: "))
        await reader.press("l")
        await reader.until(lambda: screen.bottom.place.startswith("23 Nov 2026: "))
        await reader.press("2")
        await settled(reader)
        assert " a day)" in screen.bottom.place
        assert screen.bottom.place.startswith("23–24 Nov 2026: ")


async def test_where_a_source_has_nothing_in_a_period_all_is_shown(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        await reader.press("4")
        await settled(reader)
        await reader.press("j", "j")
        await settled(reader)
        assert screen.wanted.chosen.name == FEED.name
        await reader.press("1")
        await settled(reader)
        assert screen.heading.detail.startswith("All")
        assert screen.table.cursor == 0


async def test_news_that_comes_is_counted(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        before = int(screen.lines[0].value)
        library.store_articles(FEED, [new_article()])
        screen.reload()
        await settled(reader)
        assert int(screen.lines[0].value) == before + 1


def new_article() -> ArticleData:
    return ArticleData(title="Kabar Baru", guid="baru", published=Stamp(NOW, "time"))


async def test_what_cannot_be_counted_is_told_and_the_screen_goes_on(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_about: object) -> None:
        raise StoreError("The disk failed.")

    async with reading(library) as reader:
        screen = await opened_statistics(reader)
        monkeypatch.setattr(Statistics, "places", fails)
        await to_part(reader, Part.PLACES)
        await reader.until(
            lambda: any("failed" in told.message for told in reader.app._notifications)
        )
        assert screen.lines == []
        await reader.press("shift+tab")
        await settled(reader)
        assert screen.wanted.part is Part.HOURS
        assert screen.chart.display


async def test_an_empty_library_says_so(reading: Opens, tmp_path: Path) -> None:
    empty = Library.open(Paths.find(str(tmp_path / "empty")), clock=lambda: NOW)
    empty.store_articles(FEED, [new_article()])
    empty.remove_source(next(n.id for n in empty.navigation().sources if n.name == FEED.name))
    async with reading(empty, size=(40, 12)) as reader:
        screen = await opened_statistics(reader)
        for part in PARTS:
            assert screen.wanted.part is part
            await reader.press("4", "j", "k", "h", "l", "enter")
            await settled(reader)
            await reader.press("tab")
        await to_part(reader, Part.PLACES)
        assert any("There is nothing in this period." in line for line in reader.lines())
    empty.close()


@pytest.mark.parametrize("size", [(20, 5), (30, 7), (200, 60)])
async def test_it_fits_whatever_the_size(
    reading: Opens, library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as reader:
        screen = await opened_statistics(reader)
        for _part in PARTS:
            await settled(reader)
            assert all(len(line) == size[0] for line in reader.lines())
            assert screen.table.size.height >= 1
            await reader.press("tab")


async def test_answers_are_asked_for_once_until_they_are_forgotten() -> None:
    asked = []

    def ask(about: int) -> int:
        asked.append(about)
        return about * 2

    answers = Answers()
    assert [await answers.get(ask, 1), await answers.get(ask, 1), await answers.get(ask, 2)] == [
        *(2, 2, 4)
    ]
    answers.forget()
    assert await answers.get(ask, 1) == 2
    assert asked == [1, 2, 1]
