"""The numbers of saved searches: they follow what comes, is marked and is taken back."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import NOW, now

from kaltimtui import organising
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import StoreError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.organising import Organising

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.conftest import Opens, Reader

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.counting.START_AFTER", 0.01)
    monkeypatch.setattr("kaltimtui.ui.controllers.counting._EVERY", 0.01)


@pytest.fixture
def search(news: Library) -> int:
    return organising.of(news).add_search("Tujuh", '"kabar 7" or "kabar 17" or tag:tujuh')[0]


def come(library: Library, *titles: str) -> None:
    """News comes in."""
    articles = [
        ArticleData(
            title=title,
            guid=title,
            published=Stamp(NOW - timedelta(minutes=place), "time"),
            document=Document((paragraph("Isi."),)),
        )
        for place, title in enumerate(titles)
    ]
    library.store_articles(SourceData("Kabar Kaltim", "feed"), articles)


def shows(reader: Reader, search: int, unread: int) -> Callable[[], bool]:
    view = View(ViewKind.SAVED, saved=search)

    def condition() -> bool:
        entry = reader.screen.categories.entry(view)
        return entry is not None and (entry.number, entry.unread) == (unread, unread > 0)

    return condition


async def test_they_are_worked_out_after_the_start(
    reading: Opens, news: Library, search: int
) -> None:
    assert all(one.stale for one in news.searches())
    async with reading(news) as reader:
        await reader.until(shows(reader, search, 2))


async def test_they_follow_marks_and_undo(reading: Opens, news: Library, search: int) -> None:
    async with reading(news) as reader:
        await reader.until(shows(reader, search, 2))
        await reader.press("2", "A")
        await reader.until(shows(reader, search, 0))
        await reader.press("u")
        await reader.until(shows(reader, search, 2))
        await reader.press("1", "t", *"tujuh", "enter")
        await reader.until(shows(reader, search, 3))


async def test_they_follow_another_program_and_the_list_is_renewed(
    reading: Opens, news: Library, search: int
) -> None:
    async with reading(news) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=search))
        await reader.until(lambda: reader.current().title == "Kabar 7")
        await reader.until(shows(reader, search, 2))
        other = Library.open(news.paths, clock=now)
        try:
            come(other, "Kabar 7 lagi", "Lain")
            rows = other.rows(View(ViewKind.SEARCH, query='"kabar 17"'))
            other.mark([rows[0].id], [Marking("read", True)])
        finally:
            other.close()
        reader.screen.tick()
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 3)
        assert reader.current().title == "Kabar 7"
        assert reader.screen.list_pane.articles.cursor == 1
        await reader.until(shows(reader, search, 2))


async def test_they_go_with_the_time(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, _change = organising.of(news).add_search("Hari", "age:<24h")
    async with reading(news) as reader:
        await reader.until(shows(reader, search, 25))
        monkeypatch.setattr(news, "_clock", lambda: NOW + timedelta(hours=3, minutes=1))
        reader.screen.tick()
        await reader.until(shows(reader, search, 21))


async def test_results_under_a_filter_stay_as_they_were_found(
    reading: Opens, news: Library, search: int
) -> None:
    async with reading(news) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=search, query="kabar"))
        await reader.until(lambda: reader.current().title == "Kabar 7")
        come(news, "Kabar 7 lagi")
        reader.screen.show_news()
        await reader.until(shows(reader, search, 3))
        assert len(reader.screen.list_pane.articles.window) == 2


async def test_they_are_shown_while_there_are_others_to_come(
    reading: Opens, news: Library, search: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = Organising.settle

    def long(searches: Organising, should_stop: Callable[[], bool]) -> bool:
        changed = settle(searches, should_stop)
        while not should_stop():
            Event().wait(0.01)
        return changed

    monkeypatch.setattr("kaltimtui.ui.controllers.counting._SHOWN_EVERY", 0.01)
    monkeypatch.setattr(Organising, "settle", long)
    async with reading(news) as reader:
        await reader.until(shows(reader, search, 2))


async def test_what_goes_wrong_is_told_once(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def settle(_searches: Organising, _should_stop: Callable[[], bool]) -> bool:
        looks.append(1)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Organising, "settle", settle)
    async with reading(news) as reader:

        def looked() -> bool:
            reader.screen.counting.look()
            return len(looks) > 2

        await reader.until(looked)
        await reader.until(lambda: len(reader.app._notifications) > 0)
        assert [one.message for one in reader.app._notifications] == ["The disk is full."]


async def test_a_look_ends_with_the_reader(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def settle(_searches: Organising, should_stop: Callable[[], bool]) -> bool:
        begun.set()
        while not should_stop():
            ended.wait(0.01)
        ended.set()
        return False

    monkeypatch.setattr(Organising, "settle", settle)
    async with reading(news) as reader:
        await reader.until(begun.is_set)
        await reader.press("j")
        await reader.until(lambda: reader.current().title == "Kabar 1")
        assert not ended.is_set()
    assert ended.wait(10)


async def test_nothing_is_looked_at_where_nothing_can_be_written(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaltimtui.store.failures import read_only

    monkeypatch.setattr(news, "trouble", read_only(news.paths.data))
    monkeypatch.setattr(Organising, "settle", lambda *_given: pytest.fail("looked"))
    async with reading(news) as reader:
        reader.screen.show_news()
        await reader.pilot.pause()
        assert not reader.screen.counting._awake
