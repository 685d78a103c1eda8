"""Fetching while one reads: what is told of it, and that nothing moves for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual import events

from kaltimtui import i18n, subscriptions
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import StoreError, StoreReadOnlyError
from kaltimtui.fetching import Refreshing
from kaltimtui.library import Library
from kaltimtui.models import (
    ArticleData,
    Marking,
    Outcome,
    Progress,
    Refreshed,
    RelatedData,
    SourceData,
    View,
    ViewKind,
)
from kaltimtui.paths import Paths
from kaltimtui.store import fetching as outcomes
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.loading import renew_list
from kaltimtui.ui.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.ui.conftest import FakeFetching, Opens, Reader

FEED = SourceData("Kabar Kaltim", "feed", "https://kabar.example/rss")


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def article_of(now: datetime) -> Callable[..., ArticleData]:
    def make(number: int, *, minutes: float | None = None, title: str = "") -> ArticleData:
        age = timedelta(hours=number) if minutes is None else timedelta(minutes=minutes)
        return ArticleData(
            title=title or f"Kabar {number}",
            guid=f"g{number}",
            url=f"https://kabar.example/{number}",
            published=Stamp(now - age, "time"),
            document=Document(
                (*(paragraph(f"Alinea {part} kabar {number}. " * 12) for part in range(12)),)
            ),
            related=(RelatedData("related", url=f"https://kabar.example/{number + 40}"),),
        )

    return make


@pytest.fixture
def library(
    tmp_path: Path, now: datetime, article_of: Callable[..., ArticleData]
) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    subscriptions.of(opened).add(FEED)
    opened.store_articles(FEED, [article_of(n) for n in range(1, 151)])
    yield opened
    opened.close()


@pytest.fixture
def arrive(library: Library, article_of: Callable[..., ArticleData]) -> Callable[..., None]:
    """Brings new articles in, so many minutes old."""
    numbers = iter(range(1000, 2000))

    def bring(*minutes: float) -> None:
        new = [article_of(next(numbers), minutes=age, title=f"Baru {age:g}") for age in minutes]
        library.store_articles(FEED, new)

    return bring


def refreshed(new: int = 0, *, status: str = "ok") -> Refreshed:
    error = "kabar.example gave no answer." if status == "failed" else None
    return Refreshed("Kabar Kaltim", status, new=new, error=error)  # type: ignore[arg-type]  # one of its words


def line_of_cursor(reader: Reader) -> int:
    articles = reader.screen.list_pane.articles
    return articles.cursor * articles.row_height - articles.scroll_offset.y


async def begun(reader: Reader, fetching: FakeFetching, key: str = "r") -> None:
    before = len(fetching.asked)
    await reader.press(key)
    await reader.until(lambda: len(fetching.asked) > before, "the refresh")


async def shown(reader: Reader, total: int) -> None:
    window = reader.screen.list_pane.articles
    await reader.until(lambda: len(window.window) == total, f"{total} rows")
    await reader.pilot.pause()


# --- what is asked ------------------------------------------------------------------------------


async def test_a_key_fetches_the_source_one_stands_in_or_what_is_due(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    (source,) = (s for s in library.navigation().sources if s.name == FEED.name)
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fetching.gate.set()
        await reader.until(lambda: "Nothing is due" in reader.screen.bottom.said)
        reader.screen.open_view(View(ViewKind.SOURCE, source=source.id))
        await begun(reader, fetching)
        fetching.gate.set()
        await reader.until(lambda: reader.screen.top.glance.progress is None)
        await begun(reader, fetching, "R")
    assert fetching.asked == [((), False), ((source.id,), False), ((), True)]


@pytest.mark.parametrize("key", ["r", "R", "ctrl+x"])
async def test_the_key_pressed_again_stops_and_escape_does_not(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching, key: str
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        await reader.press("escape")
        assert reader.screen.top.glance.progress is not None
        await reader.press(key)
        await reader.until(lambda: reader.screen.top.glance.progress is None)
        assert fetching.stopped == 1
        assert "Stopped" in reader.screen.bottom.said
        await begun(reader, fetching)


async def test_keys_that_come_at_once_begin_and_stop_and_begin(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        for _time in range(3):
            reader.app.post_message(events.Key("r", "r"))
        await reader.until(lambda: len(fetching.asked) == 1, "the last of them")
        fetching.gate.set()
        await reader.until(lambda: "Nothing is due" in reader.screen.bottom.said)
        await reader.until(lambda: reader.screen.top.glance.progress is None)


async def test_a_refresh_that_was_stopped_is_not_heard_any_more(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        late = fetching.report
        await reader.press("r")
        late(Progress(1, 2, 50))
        await begun(reader, fetching)
        late(Progress(1, 2, 50))
        assert reader.screen.refresher.glance.new == 0


async def test_a_store_that_cannot_be_written_is_not_fetched_for_by_itself(
    reading: Opens, library: Library, fetching: FakeFetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.refreshing.START_AFTER", 0.0)
    library.trouble = StoreReadOnlyError("Nothing can be written.")
    network = Network(lambda: fetching, on_start=True)
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        assert fetching.asked == [((), False)]


async def test_it_begins_by_itself_after_the_first_picture_and_then_again_and_again(
    reading: Opens, library: Library, fetching: FakeFetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.refreshing.START_AFTER", 0.0)
    made = 0

    def make() -> FakeFetching:
        nonlocal made
        made += 1
        return fetching

    network = Network(make, on_start=True, every=0.01, everything=True)
    async with reading(library, network=network) as reader:
        for turn in range(1, 4):
            await reader.until(lambda turn=turn: len(fetching.asked) == turn)  # type: ignore[misc]  # the default binds the loop's value
            fetching.gate.set()
        assert not reader.screen.bottom.said
    assert made == 1
    assert set(fetching.asked) == {((), True)}


async def test_offline_nothing_is_made_or_asked_and_a_word_says_so(
    reading: Opens, library: Library
) -> None:
    def make() -> FakeFetching:
        pytest.fail("nothing is to be fetched")

    network = Network(make, offline=True, on_start=True, every=0.01)
    async with reading(library, network=network) as reader:
        assert any("offline" in line for line in reader.lines()[:1])
        await reader.press("r")
        assert "Offline" in reader.screen.bottom.said
        await reader.press("R")


async def test_a_failure_of_the_store_is_told_and_the_next_refresh_goes_on(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.failure = StoreError("The disk is full.")
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fetching.gate.set()
        await reader.until(
            lambda: any("full" in told.message for told in reader.app._notifications)
        )
        await reader.until(lambda: reader.screen.top.glance.progress is None)
        fetching.failure = None
        await begun(reader, fetching)


async def test_leaving_does_not_wait_for_a_refresh(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        await reader.press("q")
        await reader.until(lambda: fetching.stopped == 1)
    assert not fetching.gate.is_set()


# --- what is told -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((120, 40), "⟳ 12/48 ━━━───────── Kabar Kaltim"),
        ((80, 24), "⟳ 12/48"),
        ((40, 12), "⟳ 12/48"),
    ],
)
async def test_the_top_line_shows_how_far_it_has_come(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    size: tuple[int, int],
    wanted: str,
) -> None:
    async with reading(library, size=size, network=network) as reader:
        await begun(reader, fetching)
        fetching.report(Progress(12, 48, 0, refreshed()))
        await reader.until(lambda: wanted in reader.lines()[0], wanted)
        assert "08:15 WITA" in reader.lines()[0]
        fetching.gate.set()
        await reader.until(lambda: "⟳" not in reader.lines()[0])


async def test_the_top_line_names_the_source_that_is_waited_for_and_counts_what_came(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fetching.report(Progress(3, 4, 7, refreshed(), pages=9, under_way="Portal Contoh"))
        await reader.until(lambda: "3/4 ━━━━━━━━━─── Portal Contoh" in reader.lines()[0])
        assert "7 articles" in reader.lines()[0]
        assert FEED.name not in reader.lines()[0]


async def test_steps_of_progress_do_not_redraw_the_line_one_by_one(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        told: list[object] = []
        renewed: list[bool] = []
        refresher = reader.screen.refresher
        refresher.watchers.append(told.append)
        refresher.shelves.append(lambda: renewed.append(True))
        for done in range(200):
            fetching.report(Progress(done, 200, done, refreshed(1)))
        assert len(told) <= 1
        assert len(renewed) <= 1
        await reader.until(lambda: bool(told), "the last step, in the end")


async def test_new_articles_are_told_of_until_one_goes_to_them(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    arrive: Callable[..., None],
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press("3")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.STARRED)
        await begun(reader, fetching)
        arrive(1, 2, 3)
        fetching.came = Refreshing([refreshed(3)], lost=False)
        fetching.report(Progress(1, 1, 3, refreshed(3)))
        fetching.gate.set()
        await reader.until(lambda: "3 new articles" in reader.lines()[0])
        await reader.until(lambda: "3 new articles; 0 shows" in reader.screen.bottom.said)
        await reader.press("0")
        await reader.until(lambda: reader.title() == "Baru 1")
        assert reader.at() is Pane.LIST
        await reader.until(lambda: "new articles" not in reader.lines()[0])


async def test_a_click_on_a_word_of_the_top_line_does_what_it_says(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fetching.report(Progress(1, 3, 2, refreshed(2)))
        await reader.until(lambda: "⟳ 1/3" in reader.lines()[0])
        at = reader.lines()[0].index("⟳")
        await reader.pilot.click(reader.screen.top, offset=(at, 0))
        await reader.until(lambda: fetching.stopped == 1)
        at = reader.lines()[0].index("2 new")
        await reader.pilot.click(reader.screen.top, offset=(at, 0))
        await reader.until(lambda: "2 new" not in reader.lines()[0])


def fail(library: Library, now: datetime) -> None:
    (source,) = (s for s in subscriptions.of(library).all() if s.name == FEED.name)
    with library.database.writing() as connection:
        outcomes.record(connection, Outcome(source.id, now, None, "kabar.example is silent.", 500))


@pytest.mark.parametrize("lost", [False, True])
async def test_failing_sources_are_a_word_and_without_a_network_that_is_the_word(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    now: datetime,
    lost: bool,
) -> None:
    fail(library, now)
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fetching.came = Refreshing([refreshed(status="failed")], lost=lost)
        fetching.gate.set()
        wanted, unwanted = "! 1 source fails", "no network"
        if lost:
            wanted, unwanted = unwanted, wanted
        await reader.until(lambda: wanted in reader.lines()[0], wanted)
        await reader.pilot.pause()
        assert unwanted not in reader.lines()[0]
        assert not reader.app._notifications


@pytest.fixture
def fail_all(library: Library, now: datetime) -> Callable[..., None]:
    def all_of(count: int, because: str = "") -> None:
        known = subscriptions.of(library)
        for n in range(count):
            data = SourceData(f"Sumber {n}", "feed", f"https://s{n}.example/rss")
            source, _new = known.add(data)
            with library.database.writing() as connection:
                said = because or f"s{n}.example answered 500."
                outcomes.record(connection, Outcome(source.id, now, None, said, 500))

    return all_of


async def refreshed_once(reader: Reader, fetching: FakeFetching) -> None:
    await begun(reader, fetching)
    fetching.came = Refreshing([refreshed(status="failed")], lost=False)
    fetching.gate.set()
    await reader.until(lambda: reader.screen.top.glance.progress is None)
    await reader.until(lambda: bool(reader.screen.top.glance.failing))
    await reader.pilot.pause()


def above_the_keys(reader: Reader) -> list[str]:
    return [line for line in reader.lines()[-6:-1] if line.startswith((" ! ", "   and"))]


async def test_each_source_that_fails_is_named_with_its_reason_until_that_is_put_away(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
) -> None:
    fail_all(2)
    async with reading(library, network=network) as reader:
        await refreshed_once(reader, fetching)
        one, two = above_the_keys(reader)
        assert one.startswith(" ! Sumber 0: s0.example answered 500.")
        assert two.startswith(" ! Sumber 1: s1.example answered 500.")
        await reader.press("x")
        await reader.until(lambda: not above_the_keys(reader))
        await refreshed_once(reader, fetching)
        assert not above_the_keys(reader)
        fail_all(3)
        await refreshed_once(reader, fetching)
        await reader.until(lambda: len(above_the_keys(reader)) == 1)
        (new,) = above_the_keys(reader)
        assert "Sumber 2" in new


async def test_many_that_fail_take_four_lines(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
) -> None:
    fail_all(9)
    async with reading(library, network=network, size=(80, 24)) as reader:
        await refreshed_once(reader, fetching)
        *named, rest = above_the_keys(reader)
        assert len(named) == 3
        assert rest.startswith("   and 6 more: S")
        assert len(reader.lines()) == 24
        assert all("…" in line or line.rstrip().endswith(")") for line in named)
        notices = reader.screen.notices
        await reader.pilot.click(notices, offset=(5, 0))
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press("escape")
        await reader.pilot.click(notices, offset=(78, 3))
        await reader.until(lambda: not above_the_keys(reader))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_why_a_source_fails_is_told_to_the_end_where_it_says_what_to_do(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
    size: tuple[int, int],
) -> None:
    why = "its server says that it is busy, and has for days. S shows where it is."
    fail_all(3, why)
    async with reading(library, network=network, size=size) as reader:
        await refreshed_once(reader, fetching)
        lines = [line.replace("x put away", "") for line in reader.lines()[-5:-1]]
        told = " ".join(" ".join(line for line in lines).split())
        assert f"! Sumber 0: {why} (1 failure in a row)" in told
        assert told.endswith("more: S")


@pytest.mark.parametrize("size", [(40, 12), (80, 15), (50, 30)])
async def test_where_there_is_no_room_for_that_the_top_line_names_one(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
    size: tuple[int, int],
) -> None:
    fail_all(2)
    async with reading(library, network=network, size=size) as reader:
        await refreshed_once(reader, fetching)
        await reader.until(lambda: "! 2: Sumber 0" in reader.lines()[0])
        assert " KALTIM   All  " in reader.lines()[0]
        assert not above_the_keys(reader)
        await reader.pilot.resize_terminal(120, 40)
        await reader.until(lambda: len(above_the_keys(reader)) == 2)
        assert "2 sources fail" in reader.lines()[0]


async def test_a_source_that_is_removed_is_told_of_no_more(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
) -> None:
    fail_all(2)
    known = subscriptions.of(library)
    async with reading(library, network=network) as reader:
        await refreshed_once(reader, fetching)
        assert len(above_the_keys(reader)) == 2
        known.remove(known.find("Sumber 0").id)
        reader.screen.show_news()
        await reader.until(lambda: len(above_the_keys(reader)) == 1)
        assert "! 1 source fails" in reader.lines()[0]


async def test_a_source_that_fails_is_named_while_others_are_waited_for(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    fail_all: Callable[..., None],
) -> None:
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        fail_all(1)
        fetching.report(Progress(1, 3, 0, refreshed(status="failed")))
        await reader.until(lambda: len(above_the_keys(reader)) == 1)
        assert reader.screen.top.glance.progress is not None


async def test_the_node_of_a_source_that_fails_has_a_mark(
    reading: Opens, library: Library, fail_all: Callable[..., None]
) -> None:
    fail_all(1)
    known = subscriptions.of(library)
    known.move(known.find("Sumber 0").id, "Daerah/Pesisir")
    async with reading(library) as reader:

        def marked() -> list[str]:
            return [line[:26].split("!")[0].strip() for line in reader.lines() if "!" in line[:26]]

        assert marked() == ["▾ Daerah", "▾ Pesisir", "Sumber 0"]
        known.remove(known.find("Sumber 0").id)
        reader.screen.refresh_counts()
        await reader.until(lambda: not marked())


async def test_what_was_asked_for_meanwhile_is_fetched_though_the_refresh_failed(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.failure = StoreError("The disk is full.")
    async with reading(library, network=network) as reader:
        await begun(reader, fetching)
        reader.screen.refresher.start(asked=False)
        fetching.gate.set()
        await reader.until(lambda: len(fetching.asked) == 2, "the other refresh")
        await reader.until(
            lambda: any("full" in told.message for told in reader.app._notifications)
        )


async def test_real_news_takes_the_place_of_the_sample_edition(
    reading: Opens,
    tmp_path: Path,
    now: datetime,
    article_of: Callable[..., ArticleData],
    network: Network,
    fetching: FakeFetching,
) -> None:
    library = Library.open(Paths.find(str(tmp_path / "first")), clock=lambda: now)
    async with reading(library, network=network) as reader:
        await shown(reader, 51)
        await begun(reader, fetching)
        library.store_articles(FEED, [article_of(n) for n in range(1, 4)])
        fetching.report(Progress(1, 1, 3, refreshed(3)))
        fetching.gate.set()
        await shown(reader, 3)
        heading = reader.screen.list_pane.heading.detail
        assert heading.startswith("3 articles")
        await reader.until(lambda: reader.title() == "Kabar 1")
        assert "sample" not in "\n".join(reader.lines()).lower().replace("sample edition", "", 1)
    library.close()


async def test_a_sample_that_is_read_stays_when_real_news_comes(
    reading: Opens, tmp_path: Path, now: datetime, article_of: Callable[..., ArticleData]
) -> None:
    library = Library.open(Paths.find(str(tmp_path / "first")), clock=lambda: now)
    async with reading(library) as reader:
        await shown(reader, 51)
        await reader.press("enter")
        await reader.until(lambda: reader.title() is not None)
        title = reader.title()
        library.store_articles(FEED, [article_of(1)])
        reader.screen.show_news()
        await shown(reader, 1)
        await reader.pilot.pause(0.2)
        assert reader.title() == title
        assert reader.at() is Pane.READING
    library.close()


# --- what stays where it is ---------------------------------------------------------------------


@pytest.mark.parametrize("down", [0, 3, 30, 149])
async def test_the_cursor_stays_on_its_article_and_on_its_line(
    reading: Opens, library: Library, arrive: Callable[..., None], down: int
) -> None:
    async with reading(library) as reader:
        articles = reader.screen.list_pane.articles
        if down == 149:
            await reader.press("G")
        else:
            articles.cursor = down
        await reader.until(lambda: articles.current is not None)
        await reader.until(lambda: reader.title() == reader.current().title)
        await reader.pilot.pause()
        was, line, lines = reader.current().title, line_of_cursor(reader), reader.lines()[2:38]
        for age in (1, 2, 3):
            arrive(age, age + 0.5)
            reader.screen.show_news()
            await shown(reader, 150 + 2 * age)
        assert reader.current().title == was == reader.title()
        assert line_of_cursor(reader) == line
        columns = slice(26, 68)
        assert [row[columns] for row in reader.lines()[2:38]] == [row[columns] for row in lines]
        await reader.press("k")
        assert reader.current().title == ("Baru 3.5" if down == 0 else f"Kabar {down}")


async def test_a_list_shorter_than_the_screen_keeps_its_line_too(
    reading: Opens, tmp_path: Path, now: datetime, article_of: Callable[..., ArticleData]
) -> None:
    library = Library.open(Paths.find(str(tmp_path / "other")), clock=lambda: now)
    library.store_articles(FEED, [article_of(n) for n in range(1, 5)])
    async with reading(library) as reader:
        await reader.press("j")
        library.store_articles(FEED, [article_of(9, minutes=1, title="Baru")])
        reader.screen.show_news()
        await shown(reader, 5)
        assert line_of_cursor(reader) == 2
        await reader.press("k", "k")
        assert reader.current().title == "Baru"
        assert any("Baru" in line for line in reader.lines())
    library.close()


async def test_what_one_looks_at_stays_where_the_cursor_is_out_of_sight(
    reading: Opens, library: Library, arrive: Callable[..., None]
) -> None:
    async with reading(library) as reader:
        articles = reader.screen.list_pane.articles
        articles.scroll_to(y=101, animate=False, immediate=True)
        await reader.until(lambda: "…" not in articles.render_line(30).text[3:4])
        lines = [articles.render_line(y).text for y in range(30)]
        arrive(1, 90, 30 * 60 + 1, 130 * 60 + 1)  # above, between, below, and far below
        reader.screen.show_news()
        await shown(reader, 154)
        middle = [articles.render_line(y).text for y in range(20)]
        assert middle == lines[:20]
        assert articles.cursor == 1


async def test_the_text_stays_where_one_reads(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    arrive: Callable[..., None],
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press("enter", "pagedown")
        pane = reader.screen.reading
        was, offset, article = pane.place, pane.scroll_offset, pane.article
        await begun(reader, fetching)
        arrive(1, 2)
        fetching.report(Progress(1, 2, 2, refreshed(2)))
        fetching.gate.set()
        await shown(reader, 152)
        assert (pane.place, pane.scroll_offset) == (was, offset)
        assert article is not None
        assert reader.title() == article.title
        assert reader.at() is Pane.READING


async def test_a_related_article_that_is_read_stays(
    reading: Opens, library: Library, arrive: Callable[..., None]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "}", "enter")
        await reader.until(lambda: reader.title() == "Kabar 41")
        arrive(1)
        reader.screen.show_news()
        await shown(reader, 151)
        await reader.until(lambda: reader.screen.opened._preview is None)
        assert reader.title() == "Kabar 41"


async def test_the_tree_stays_where_it_is_when_a_source_comes(
    reading: Opens, library: Library, article_of: Callable[..., ArticleData]
) -> None:
    for n in range(60):
        library.store_articles(
            SourceData(f"Sumber {n:02}", "feed"), [article_of(n, title=f"Satu {n}")]
        )
    async with reading(library) as reader:
        await reader.press("h", "G")
        tree = reader.screen.categories
        line, view = tree.cursor_line - tree.scroll_offset.y, tree.view
        library.store_articles(SourceData("Aaa", "feed"), [article_of(5, title="Dua")])
        reader.screen.show_news()
        await reader.until(lambda: any(e.name == "Aaa" for e, _above in tree.entries()))
        await reader.pilot.pause()
        assert tree.view == view
        assert tree.cursor_line - tree.scroll_offset.y == line


async def test_an_article_just_read_stays_in_the_unread_list_until_one_leaves_it(
    reading: Opens, library: Library, arrive: Callable[..., None]
) -> None:
    async with reading(library) as reader:
        await reader.press("2")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.UNREAD)
        await reader.press("j", "j", "enter")
        await reader.until(lambda: reader.current().read)
        row, line = reader.current(), line_of_cursor(reader)
        arrive(1)
        reader.screen.show_news()
        await reader.until(lambda: reader.screen.top.today == 8, "one read, one new")
        assert (reader.current().id, line_of_cursor(reader)) == (row.id, line)
        await reader.press("escape", "j")
        await shown(reader, 150)
        assert reader.current().title == "Kabar 4"


async def test_a_key_while_the_list_is_read_anew_is_not_taken_back(
    reading: Opens, library: Library, arrive: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = renew_list
    async with reading(library) as reader:
        articles = reader.screen.list_pane.articles
        moves = iter((5, 6))

        def late(*given: object) -> object:
            found = real(*given)  # type: ignore[arg-type]  # passed on as it came
            move = next(moves, None)
            if move is not None:
                reader.app.call_from_thread(setattr, articles, "cursor", move)
            return found

        monkeypatch.setattr("kaltimtui.ui.widgets.list_pane.renew_list", late)
        arrive(1)
        reader.screen.show_news()
        await shown(reader, 151)
        assert reader.current().title == "Kabar 7"


async def test_results_of_a_search_stay_as_they_were_found(
    reading: Opens, library: Library, arrive: Callable[..., None]
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"kabar 7")
        await reader.until(lambda: reader.screen.list_pane.view.query == "kabar 7*")
        window = reader.screen.list_pane.articles.window
        arrive(1)
        reader.screen.show_news()
        await reader.until(lambda: reader.screen.top.today == 9)
        assert reader.screen.list_pane.articles.window is window
        await reader.press("escape")
        await shown(reader, 151)


async def test_the_first_articles_of_all_are_shown_as_they_come(
    reading: Opens, tmp_path: Path, now: datetime, article_of: Callable[..., ArticleData]
) -> None:
    library = Library.open(Paths.find(str(tmp_path / "empty")), clock=lambda: now)
    library.store_articles(FEED, [article_of(1)])
    library.mark([row.id for row in library.rows(View())], [Marking("read", True)])
    async with reading(library) as reader:
        await reader.press("2")
        await reader.until(lambda: not len(reader.screen.list_pane.articles.window))
        library.store_articles(FEED, [replace(article_of(2), title="Pertama")])
        reader.screen.show_news()
        await reader.until(lambda: reader.title() == "Pertama")
    library.close()
