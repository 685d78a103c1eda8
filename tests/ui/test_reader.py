"""The reader as a whole, driven by keys and watched by state."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from kaltimtui import versions
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import StoreDamagedError
from kaltimtui.library import Library
from kaltimtui.models import (
    Article,
    ArticleData,
    Marking,
    RelatedData,
    SourceData,
    View,
    ViewKind,
)
from kaltimtui.paths import Paths
from kaltimtui.ui.actions import ACTIONS, BY_NAME, PANES, Pane
from kaltimtui.ui.app import ReaderApp
from kaltimtui.ui.screens.rules import RulesScreen
from kaltimtui.ui.screens.sources import SourcesScreen
from kaltimtui.ui.screens.statistics import StatisticsScreen
from kaltimtui.ui.screens.versions import VersionsScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens

    from kaltimtui.ui.screens.acting import ActionScreen

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
PORTAL = SourceData("Portal Kaltim", "portal")


def now() -> datetime:
    return NOW


def portal_article(number: int, *, category: str = "Sosial") -> ArticleData:
    return ArticleData(
        title=f"Berita nomor {number}",
        url=f"https://www.kaltimprov.go.id/berita/nomor-{number}",
        category=category,
        dateline="SAMARINDA",
        published=Stamp(NOW - timedelta(hours=number), "time"),
        document=Document(
            (*(paragraph(f"Alinea {part} dari berita {number}. " * 12) for part in range(12)),)
        ),
        related=(
            RelatedData(
                "related",
                title=f"Berita nomor {number + 1}",
                url=f"https://www.kaltimprov.go.id/berita/nomor-{number + 1}",
                category=category,
                published=Stamp(NOW - timedelta(hours=number + 1), "time"),
            ),
        ),
    )


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(str(tmp_path / "home"))


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    opened = Library.open(paths, clock=now)
    many = [portal_article(n, category="Sosial" if n % 3 else "Kesehatan") for n in range(250)]
    opened.store_articles(PORTAL, many)
    feed = [
        ArticleData(
            title=f"Kabar {n}",
            guid=f"g{n}",
            published=Stamp(NOW - timedelta(days=20 + n), "time"),
            document=Document((paragraph("Panen raya."),)),
        )
        for n in range(5)
    ]
    opened.store_articles(SourceData("Kabar Kaltim", "feed"), feed)
    yield opened
    opened.close()


async def test_every_action_has_a_handler_and_every_handler_an_action(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        main = reader.screen
        history = versions.of(library).history(reader.current().id)
        compared = VersionsScreen(main, reader.current().id, history)
        tables = (SourcesScreen(main), StatisticsScreen(main), RulesScreen(main), compared)
        screens: dict[ActionScreen, set[Pane]] = {table: {table.at} for table in tables}
        screens[main] = set(PANES)
        assert set().union(*(screen._handlers for screen in screens)) == set(BY_NAME)
        for screen, panes in screens.items():
            assert all(a.name in screen._handlers for a in ACTIONS if a.where & panes)


async def test_it_opens_on_the_newest_article_of_all(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        assert reader.at() is Pane.LIST
        assert reader.title() == "Berita nomor 0"
        shown = "\n".join(reader.lines())
        assert "Semua" in shown
        assert "Portal Kaltim" in shown
        assert "255" in shown
        assert "08.15 WITA" in shown


async def test_the_cursor_previews_what_it_rests_on(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "j", "j")
        await reader.until(lambda: reader.title() == "Berita nomor 3")
        assert not reader.screen.reading.has_focus


async def test_enter_reads_which_is_no_step_that_undo_takes_back(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        await reader.until(lambda: "bintang" in reader.screen.bottom.said)
        await reader.press("enter")
        await reader.until(lambda: library.count(View(ViewKind.UNREAD)).total == 254)
        assert reader.at() is Pane.READING
        await reader.until(lambda: reader.current().read, "the row shown as read")
        await reader.press("u")
        await reader.until(lambda: "Diurungkan" in reader.screen.bottom.said)
        assert not library.row(reader.current().id).starred
        assert library.row(reader.current().id).read


async def test_an_article_counts_as_read_after_a_while_but_not_against_the_user(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.reading.READ_AFTER", 0.05)
    async with reading(library) as reader:
        await reader.until(lambda: reader.current().read, "read by itself")
        await reader.press("m")
        await reader.until(lambda: not reader.current().read, "unread again")
        await reader.press("j", "k")
        await reader.until(lambda: reader.title() == "Berita nomor 0")


async def test_what_is_pressed_twice_is_done_and_undone_in_that_order(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        for _twice in range(2):
            reader.app.post_message(events.Key("s", "s"))
        await reader.until(lambda: "dicabut" in reader.screen.bottom.said)
        assert library.count(View(ViewKind.STARRED)).total == 0


async def test_a_list_key_and_a_mark_at_once_mark_the_list_asked_for(
    reading: Opens, library: Library
) -> None:
    kabar = next(s for s in library.navigation().sources if s.name == "Kabar Kaltim")
    async with reading(library) as reader:
        reader.screen.open_view(View(ViewKind.SOURCE, source=kabar.id))
        reader.app.post_message(events.Key("A", "A"))
        await reader.until(lambda: library.count(View(ViewKind.UNREAD)).total == 250)


async def test_a_mark_on_a_row_that_is_not_here_yet_waits_for_it(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        for key in ("G", "s"):
            reader.app.post_message(events.Key(key, key))
        await reader.until(lambda: library.count(View(ViewKind.STARRED)).total == 1)
        (starred,) = library.rows(View(ViewKind.STARRED))
        assert starred.title == "Kabar 4"


async def test_two_steps_in_the_tree_at_once_are_two_steps(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        for _twice in range(2):
            reader.app.post_message(events.Key("right_square_bracket", "]"))
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.TODAY)


async def test_the_place_in_a_text_is_kept_over_a_restart(
    reading: Opens, library: Library, paths: Paths
) -> None:
    async with reading(library, state_file=paths.screen_state) as reader:
        await reader.press("enter", "pagedown")
        place = reader.screen.reading.place
        assert place > 0
        await reader.press("ctrl+q")
    async with reading(library, state_file=paths.screen_state) as reader:
        assert reader.title() == "Berita nomor 0"
        await reader.until(lambda: reader.screen.reading.place == place)


async def test_a_list_one_comes_back_to_is_where_one_left_it(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press(*"jjjjj")
        await reader.until(lambda: reader.title() == "Berita nomor 5")
        await reader.press("slash", *"panen")
        await reader.until(lambda: reader.title() == "Kabar 0")
        await reader.press("escape")
        await reader.until(lambda: reader.title() == "Berita nomor 5")
        await reader.press("3")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.STARRED)
        await reader.press("1")
        await reader.until(lambda: reader.title() == "Berita nomor 5")


async def test_the_next_unread_is_found_beyond_the_rows_at_hand(
    reading: Opens, library: Library
) -> None:
    rows = library.rows(View(), limit=240)
    library.mark([row.id for row in rows], [Marking("read", True)])
    async with reading(library) as reader:
        await reader.press("n")
        await reader.until(lambda: reader.title() == "Berita nomor 240")


async def test_a_broken_body_is_told_of_and_the_list_goes_on(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_id: str) -> Article:
        raise StoreDamagedError("rusak", hint="perbaiki")

    monkeypatch.setattr(library, "article", broken)
    async with reading(library) as reader:
        assert reader.title() is None
        await reader.press("enter")
        await reader.until(
            lambda: any("rusak" in told.message for told in reader.app._notifications)
        )
        await reader.press("escape", "j", "s")
        await reader.until(lambda: library.count(View(ViewKind.STARRED)).total == 1)


async def test_the_palette_shows_a_name_letter_for_letter(reading: Opens, library: Library) -> None:
    library.store_articles(
        SourceData("[red]merah[/] [/tutup [@click=app.quit]x[/]", "feed"),
        [ArticleData(title="Satu", guid="1", published=Stamp(NOW, "time"))],
    )
    async with reading(library) as reader:
        await reader.press("colon", *"merah")
        await reader.until(
            lambda: any("[red]merah[/] [/tutup [@click=app.quit]x[/]" in x for x in reader.lines())
        )


async def test_a_star_is_there_after_a_restart_and_so_is_the_place(
    reading: Opens, library: Library, paths: Paths
) -> None:
    async with reading(library, state_file=paths.screen_state) as reader:
        await reader.press("j", "j", "s")
        await reader.until(lambda: "bintang" in reader.screen.bottom.said)
        await reader.press("3")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.STARRED)
        await reader.until(lambda: reader.title() == "Berita nomor 2")
    async with reading(library, state_file=paths.screen_state) as reader:
        assert reader.screen.list_pane.view.kind is ViewKind.STARRED
        assert reader.title() == "Berita nomor 2"
        assert any("★" in line for line in reader.lines())


async def test_all_of_a_list_is_marked_at_once_and_taken_back(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("A")
        await reader.until(lambda: library.count(View(ViewKind.UNREAD)).total == 0)
        await reader.until(lambda: not any("●" in line for line in reader.lines()))
        await reader.press("u")
        await reader.until(lambda: library.count(View(ViewKind.UNREAD)).total == 255)
        await reader.until(lambda: any("●" in line for line in reader.lines()))


async def test_search_shows_as_one_types_and_esc_leaves_it(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"panen")
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 5)
        await reader.press("enter")
        await reader.until(lambda: reader.title() == "Kabar 0")
        assert reader.screen.list_pane.articles.has_focus
        await reader.press("escape")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.ALL)
        assert not reader.screen.list_pane.search.display


async def test_what_is_typed_along_with_the_search_key_goes_into_the_box(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        for key, character in (("slash", "/"), *((c, c) for c in "panen")):
            reader.app.post_message(events.Key(key, character))
        await reader.until(lambda: reader.screen.list_pane.search.box.value == "panen")


async def test_a_search_that_finds_nothing_says_what_to_do(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"zzz")
        await reader.until(
            lambda: any("Tidak ada artikel dengan kata ini" in x for x in reader.lines())
        )


async def test_the_end_of_the_list_is_one_key_away(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G")
        await reader.until(lambda: reader.title() == "Kabar 4")
        await reader.press("g")
        await reader.until(lambda: reader.title() == "Berita nomor 0")


async def test_a_related_item_opens_and_esc_comes_back_to_its_line(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "}")
        was = reader.screen.reading.cursor
        place = reader.screen.reading.place
        assert was == 0
        await reader.press("enter")
        await reader.until(lambda: reader.title() == "Berita nomor 1")
        await reader.press("escape")
        await reader.until(lambda: reader.title() == "Berita nomor 0")
        await reader.until(lambda: reader.screen.reading.cursor == was)
        assert reader.screen.reading.place == place
        assert reader.at() is Pane.READING
        await reader.press("escape")
        assert reader.at() is Pane.LIST


async def test_one_goes_back_and_ahead_through_what_one_opened(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "}", "enter")
        await reader.until(lambda: reader.title() == "Berita nomor 1")
        await reader.press("q", "j", "j", "enter")
        await reader.until(lambda: reader.title() == "Berita nomor 2")
        await reader.press("(")
        await reader.until(lambda: reader.title() == "Berita nomor 1")
        await reader.press("(")
        await reader.until(lambda: reader.title() == "Berita nomor 0")
        await reader.until(lambda: reader.screen.reading.cursor == 0)
        await reader.press("(")
        assert reader.title() == "Berita nomor 0"
        await reader.press(")", ")", ")")
        await reader.until(lambda: reader.title() == "Berita nomor 2")
        await reader.press("(", "(")
        await reader.until(lambda: reader.title() == "Berita nomor 0")
        assert reader.at() is Pane.READING


async def test_the_way_back_leads_past_an_article_that_is_gone(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", ".")
        await reader.until(lambda: reader.title() == "Berita nomor 1")
        await reader.press(".")
        await reader.until(lambda: reader.title() == "Berita nomor 2")
        with library.database.writing() as connection:
            connection.execute("DELETE FROM article WHERE title = 'Berita nomor 1'")
        await reader.press("(")
        await reader.until(lambda: "sudah tidak ada di sini" in reader.screen.bottom.said)
        await reader.press("(")
        await reader.until(lambda: reader.title() == "Berita nomor 0")


async def test_space_pages_and_then_goes_to_the_next_unread(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        await reader.press("G", "space")
        await reader.until(lambda: reader.title() == "Berita nomor 1")


async def test_n_goes_through_the_unread_and_on_to_the_next_list(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        kabar = next(s for s in library.navigation().sources if s.name == "Kabar Kaltim")
        reader.screen.open_view(View(ViewKind.SOURCE, source=kabar.id))
        await reader.until(lambda: reader.title() == "Kabar 0")
        for number in range(1, 5):
            await reader.press("n")
            await reader.until(lambda number=number: reader.title() == f"Kabar {number}")  # type: ignore[misc]  # the default binds the loop's value
        await reader.press("n")
        await reader.until(lambda: reader.screen.list_pane.view.source != kabar.id)


async def test_the_tree_chooses_the_list(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("h")
        assert reader.at() is Pane.TREE
        while reader.screen.categories.view != View(ViewKind.STARRED):
            await reader.press("j")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.STARRED)
        await reader.until(lambda: any("Belum ada artikel berbintang" in x for x in reader.lines()))


async def test_a_source_is_removed_by_one_key_and_comes_back_by_another(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("h", "G", "D")
        await reader.until(lambda: len(library.navigation().sources) == 1)
        await reader.until(lambda: not any("Kabar Kaltim" in line for line in reader.lines()))
        await reader.press("u")
        await reader.until(lambda: any("Kabar Kaltim" in line for line in reader.lines()))


async def test_what_another_program_brings_in_is_shown_and_the_cursor_stays(
    reading: Opens, library: Library, paths: Paths
) -> None:
    async with reading(library) as reader:
        await reader.press(*"jjjjjjjjjj")
        await reader.until(lambda: reader.title() == "Berita nomor 10")
        articles = reader.screen.list_pane.articles
        height = articles.cursor * articles.row_height - articles.scroll_offset.y
        late = portal_article(1000)
        newest = replace(late, published=Stamp(NOW, "time"), title="Baru saja")
        other = Library.open(paths, clock=now)
        other.store_articles(PORTAL, [newest])
        other.close()
        reader.screen.tick()
        await reader.until(lambda: articles.cursor == 11)
        assert reader.current().title == "Berita nomor 10"
        assert articles.cursor * articles.row_height - articles.scroll_offset.y == height
        await reader.press("g")
        await reader.until(lambda: reader.title() == "Baru saja")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (80, 50), (40, 12), (20, 5)])
async def test_every_pane_is_reachable_at_every_size(
    reading: Opens, library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as reader:
        for pane in (Pane.READING, Pane.TREE, Pane.LIST):
            while reader.at() is not pane:
                await reader.press("tab")
            await reader.pilot.pause()
            assert reader.app.focused is not None
            assert reader.app.focused.region.area > 0
        await reader.press("enter")
        assert any("Berita" in line for line in reader.lines())


async def test_shrinking_and_growing_keeps_the_cursor_and_the_place(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press(*"jjjjj", "enter")
        for size in [(80, 24), (20, 5), (1, 1), (40, 12), (300, 80), (120, 40)]:
            await reader.pilot.resize_terminal(*size)
            await reader.pilot.pause()
        assert reader.screen.list_pane.articles.cursor == 5
        assert reader.at() is Pane.READING
        assert any("Berita nomor 5" in line for line in reader.lines())


async def test_zoom_shows_one_pane(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("Z")
        assert not reader.screen.text_pane.display
        await reader.press("Z")
        assert reader.screen.text_pane.display


async def test_help_lists_what_works_here_and_is_searched(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark")
        await reader.until(lambda: any("Esc menutup" in line for line in reader.lines()))
        await reader.press(*"bintang")
        await reader.pilot.pause()
        shown = "\n".join(reader.lines())
        assert "Beri atau cabut bintang" in shown
        assert "Turun satu baris" not in shown
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


async def test_the_palette_finds_an_action_by_its_name(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("colon")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press(*"gelap")
        await reader.until(lambda: any("Tema gelap atau terang" in line for line in reader.lines()))
        await reader.press("enter")
        await reader.until(lambda: reader.app.theme == "kertas")


async def test_clicks_choose_and_open(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        articles = reader.screen.list_pane.articles
        await reader.pilot.click(articles, offset=(10, 4))
        await reader.until(lambda: articles.cursor == 2)
        await reader.pilot.click(articles, offset=(10, 4))
        await reader.until(lambda: reader.at() is Pane.READING)
        assert reader.title() == "Berita nomor 2"


async def test_an_unwritable_home_is_said_on_the_screen(reading: Opens, paths: Paths) -> None:
    paths.store.parent.mkdir(parents=True)
    paths.store.write_bytes(b"no database at all, but long enough to be looked at " * 40)
    library = Library.open_anyway(paths, clock=now)
    try:
        async with reading(library) as reader:
            assert any("!" in line for line in reader.lines())
            assert reader.screen.top.trouble == "tidak ada yang disimpan"
    finally:
        library.close()
    assert paths.store.read_bytes().startswith(b"no database")


HOSTILE = (
    "[red]merah[/]", "[/]", "[/foo]", "[@click=app.quit]klik[/]", "\x1b]0;judul\x07x",
    "\x1b]52;c;aGFsbw==\x1b\\y", "\x9d0;z\x9c", "\u202eterbalik", "a\u0300\u0301" * 30, "\x00nol",
)  # fmt: skip


@pytest.mark.parametrize("payload", HOSTILE)
async def test_nothing_an_article_says_reaches_the_terminal(
    reading: Opens, paths: Paths, payload: str
) -> None:
    with_payload = f"Awal {payload} akhir"
    library = Library.open(paths, clock=now)
    hostile = ArticleData(
        title=with_payload,
        kicker=with_payload,
        category=with_payload,
        dateline=with_payload,
        byline=with_payload,
        caption=with_payload,
        photo_credit=with_payload,
        published=Stamp(NOW, "time"),
        document=Document((paragraph(with_payload),)),
        related=(RelatedData("related", title=with_payload, category=with_payload),),
    )
    library.store_articles(SourceData(with_payload, "feed"), [hostile])
    try:
        async with reading(library) as reader:
            for keys in ((), ("h",), ("slash", *"awal"), ("escape", "s"), ("colon",)):
                await reader.press(*keys)
                await reader.pilot.pause()
                shown = "".join(reader.lines())
                assert not [c for c in shown if ord(c) < 32 or 0x7F <= ord(c) < 0xA0]
                assert "\u202e" not in shown
            if payload.isprintable():
                await reader.press("escape", "escape")
                await reader.until(lambda: any(with_payload in line for line in reader.lines()))
            assert reader.app.is_running
            assert reader.app.return_code is None
    finally:
        library.close()


@pytest.mark.parametrize("seed", range(3))
async def test_random_keys_and_sizes_break_nothing(
    reading: Opens, library: Library, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # where lists of sources are written
    chance = random.Random(seed)
    keys = [k for a in ACTIONS for k in a.keys if a.name not in ("quit", "quit_now")]
    keys = [k for k in keys if k != "o"]
    async with reading(library) as reader:
        for _step in range(60):
            if chance.random() < 0.1:
                size = chance.randint(1, 160), chance.randint(1, 50)
                await reader.pilot.resize_terminal(*size)
            await reader.press(chance.choice(keys))
        await reader.pilot.resize_terminal(120, 40)
        while len(reader.app.screen_stack) > 1:
            assert reader.app.is_running
            await reader.press("escape")
        await reader.press("escape", "escape", "1")
        await reader.until(lambda: len(reader.lines()) == 40)
        assert reader.app.is_running


async def test_on_the_first_day_the_sample_edition_comes_in(reading: Opens, paths: Paths) -> None:
    empty = Library.open(paths, clock=now)
    async with reading(empty) as reader:
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) > 40)
        assert reader.current().sample
        assert not reader.screen.list_pane.preparing
    empty.close()


def test_the_thread_that_reads_keys_is_let_go_of(
    library: Library, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Driver:
        exit_event = Event()

    def lost(_app: App[None]) -> None:
        raise OSError("the terminal is gone")

    monkeypatch.setattr(App, "run", lost)
    app = ReaderApp(library, lambda: now)
    app._driver = Driver()  # type: ignore[assignment]  # all of it that matters
    with pytest.raises(OSError, match="gone"):
        app.run()
    assert Driver.exit_event.is_set()
