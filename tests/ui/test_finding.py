"""Searching and filtering in the reader, driven by keys and watched by state."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.i18n import set_language
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.query import QueryError
from kaltimtui.store import views
from kaltimtui.ui import loading
from kaltimtui.ui import state as screen_state
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.widgets import list_pane as list_pane_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.ui.widgets.search_bar import SearchBar

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
TEXT = "Hujan lebat semalam. " * 20 + "Harga beras naik di pasar. " + "Warga menunggu. " * 30


def now() -> datetime:
    return NOW


def article(number: int, title: str, said: str, category: str = "Ekonomi") -> ArticleData:
    return ArticleData(
        title=title,
        url=f"https://www.kaltimprov.go.id/berita/nomor-{number}",
        category=category,
        dateline="SAMARINDA",
        published=Stamp(NOW - timedelta(hours=number + 1), "time"),
        document=Document((paragraph(said),)),
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=now)
    said = [
        article(0, "Pasar Pagi Ramai", TEXT),
        article(1, "Beras, Beras, Beras", "Beras beras beras."),
        article(2, "Panen Raya", "Petani memanen beras.", "Pertanian"),
        article(3, "Jalan Baru", "Aspal hangat."),
    ]
    opened.store_articles(SourceData("Portal Kaltim", "portal"), said)
    yield opened
    opened.close()


def bar(reader: Reader) -> SearchBar:
    return reader.screen.list_pane.search


def titles(reader: Reader) -> list[str]:
    return [row.title for _place, row in reader.screen.list_pane.articles.window]


def list_pane(reader: Reader) -> list[str]:
    """What the pane of the list shows, as far down as there is something."""
    region = reader.screen.list_pane.region
    lines = [line[region.x : region.right] for line in reader.lines()[region.y : region.bottom]]
    return lines[: 1 + max(place for place, line in enumerate(lines) if line.strip())]


async def found(reader: Reader, *expected: str) -> None:
    pane, finding = reader.screen.list_pane, reader.screen.finding
    await reader.until(
        lambda: (
            titles(reader) == list(expected) and finding._typed is None and pane.wanted == pane.view
        ),
        f"{expected}",
    )


BERAS = ("Pasar Pagi Ramai", "Beras, Beras, Beras", "Panen Raya")
ALL = (*BERAS, "Jalan Baru")


# --- while one types ---------------------------------------------------------------------------


async def test_what_is_typed_is_searched_for_as_it_stands(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"ber")
        await found(reader, *BERAS)
        assert reader.screen.list_pane.view == View(ViewKind.SEARCH, query="ber*")
        await reader.press(*"as judul:panen")
        await found(reader, "Panen Raya")


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
@pytest.mark.parametrize("pane", [Pane.TREE, Pane.LIST, Pane.READING])
async def test_what_is_typed_right_after_the_key_is_in_the_line(
    reading: Opens, library: Library, size: tuple[int, int], pane: Pane
) -> None:
    async with reading(library, size=size) as reader:
        reader.screen.go(pane)
        await reader.pilot.pause(0)
        await reader.press_at_once("slash", *"panen", "enter")
        await reader.until(lambda: reader.screen.list_pane.view.query == "panen")
        assert bar(reader).box.value == "panen"
        await reader.until(lambda: not reader.screen.typing)
        await reader.press_at_once("equals_sign", *"raya")
        await reader.until(lambda: bar(reader).box.value == "panenraya")


async def test_what_cannot_be_read_leaves_the_results_and_names_the_place(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras")
        await found(reader, *BERAS)
        await reader.press(*" ) x")
        await reader.until(lambda: bool(bar(reader).note.message))
        assert titles(reader) == list(BERAS)
        assert bar(reader).box.wrong == (6, 7)
        at = next(place for place, line in enumerate(reader.lines()) if "beras ) x" in line)
        column = reader.lines()[at].index(")")
        assert reader.lines()[at + 1][column] == "^"
        await reader.press("backspace", "backspace", "backspace")
        await reader.until(lambda: not bar(reader).note.message)
        assert bar(reader).box.wrong is None


@pytest.mark.parametrize("typed", ["tanggal:2024..2023", "is:bagus"])
async def test_what_cannot_be_read_is_said_on_enter_and_can_be_changed(
    reading: Opens, library: Library, typed: str
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras ")
        await found(reader, *BERAS)
        await reader.press(*typed, "enter")
        await reader.until(lambda: bool(bar(reader).note.message))
        assert bar(reader).box.wrong is not None
        assert bar(reader).box.has_focus
        await reader.press("ctrl+u", *'"beras', "enter")
        await found(reader, *BERAS)
        assert not bar(reader).box.has_focus


async def test_with_nothing_typed_the_list_one_came_from_is_shown(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"zz")
        await found(reader)
        await reader.press("backspace", "backspace")
        await found(reader, *ALL)
        assert reader.screen.list_pane.view == View()
        assert reader.screen.typing
        await reader.press("escape")
        await reader.until(lambda: not reader.screen.finding.searching)
        assert not bar(reader).display


# --- hits --------------------------------------------------------------------------------------


async def test_hits_are_marked_in_headlines_snippets_and_the_text(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "enter")
        await reader.until(lambda: any("…" in x and "Harga beras" in x for x in reader.lines()))
        await reader.until(lambda: reader.title() == "Pasar Pagi Ramai")
        articles = reader.screen.list_pane.articles
        for line, word in ((1, "beras"), (2, "Beras")):
            strip = articles.render_line(line)
            marked = [s.text for s in strip if s.style and s.style.underline and s.style.bold]
            assert word in marked
        runs = [run for line in reader.screen.reading._page.lines for run in line.runs]
        assert [run.text for run in runs if Role.HIT in run.look.roles] == ["beras"]
        await reader.press("escape")
        await found(reader, *ALL)
        runs = [run for line in reader.screen.reading._page.lines for run in line.runs]
        assert not [run for run in runs if Role.HIT in run.look.roles]


async def test_an_article_is_opened_at_the_first_hit_and_that_is_no_place_of_its_own(
    reading: Opens, library: Library
) -> None:
    async with reading(library, size=(40, 12)) as reader:
        await reader.press("slash", *"beras", "enter")
        await found(reader, *BERAS)
        await reader.press("enter")
        await reader.until(lambda: any("Harga beras" in line for line in reader.lines()))
        pane = reader.screen.reading
        assert pane.at_hit
        assert pane.scroll_offset.y > 0
        await reader.press("n")
        await reader.until(lambda: reader.title() == "Beras, Beras, Beras")
        assert not reader.screen.state.places
        await reader.press("p")
        await reader.until(lambda: reader.title() == "Pasar Pagi Ramai" and pane.at_hit)
        await reader.until(lambda: pane.scroll_offset.y > 0)
        await reader.press("j", "escape", "escape")
        await found(reader, *ALL)
        reader.screen.opened.leave()
        assert list(reader.screen.state.places.values()) == [pane.place]


async def test_the_bottom_line_says_that_n_goes_to_the_next_result(
    reading: Opens, library: Library
) -> None:
    set_language("en")
    async with reading(library, size=(200, 24)) as reader:
        assert "n next unread" in reader.lines()[-1]
        await reader.press("slash", *"beras", "enter")
        await found(reader, *BERAS)
        await reader.until(lambda: "n next result" in reader.lines()[-1])
        await reader.press("escape")
        await found(reader, *ALL)
        await reader.until(lambda: "n next unread" in reader.lines()[-1])


@pytest.mark.parametrize(
    ("size", "shown"), [((80, 24), True), ((60, 24), False), ((120, 20), False)]
)
async def test_a_snippet_is_shown_where_there_is_room(
    reading: Opens, library: Library, size: tuple[int, int], shown: bool
) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("slash", *"petani", "enter")
        await found(reader, "Panen Raya")
        await reader.until(lambda: reader.title() == "Panen Raya")
        if shown:
            await reader.until(
                lambda: bool(reader.screen.list_pane.articles._snippets.of(reader.current().id))
            )
        assert bool(reader.screen.list_pane.articles._snippets.of(reader.current().id)) is shown


# --- going through the results -----------------------------------------------------------------


async def test_n_and_p_go_from_result_to_result_whether_read_or_not(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "enter")
        await found(reader, *BERAS)
        await reader.press("enter", "n")
        await reader.until(lambda: reader.title() == "Beras, Beras, Beras")
        assert reader.at() is Pane.READING
        await reader.press("p")
        await reader.until(lambda: reader.title() == "Pasar Pagi Ramai")


async def test_a_key_puts_what_fits_best_first_and_the_newest_again(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "ctrl+o")
        await reader.until(lambda: titles(reader)[:1] == ["Beras, Beras, Beras"])
        assert bar(reader).box.value == "beras urut:relevansi"
        await reader.press("enter", "ctrl+o")
        await found(reader, *BERAS)
        assert bar(reader).box.value == "beras"


@pytest.mark.parametrize(("counted", "said"), [(1000, "of 134"), (120, "of more than 119")])
async def test_of_how_many_articles_the_newest_are_sorted_is_said(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch, counted: int, said: str
) -> None:
    set_language("en")
    many = [article(number, f"Berita {number}", "Beras lagi.") for number in range(10, 141)]
    library.store_articles(SourceData("Portal Kaltim", "portal"), many)
    for module in (views, loading):
        monkeypatch.setattr(module, "SORTED", 110)
    for module in (views, list_pane_module, loading):
        monkeypatch.setattr(module, "COUNTED", counted)
    async with reading(library) as reader:
        await reader.press("slash", *"beras sort:relevance", "enter")
        heading = reader.screen.list_pane.heading
        await reader.until(lambda: said in heading.detail, heading.detail)
        assert heading.detail == f"the newest 110 {said} · by relevance"


async def test_a_count_that_nobody_waits_for_is_broken_off(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [article(number, f"Berita {number}", "Beras lagi.") for number in range(10, 141)]
    library.store_articles(SourceData("Portal Kaltim", "portal"), many)
    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000000)"
    begun, broken_off, count = Event(), Event(), views.count

    def count_long(connection: sqlite3.Connection, view: View, now: datetime) -> Count:
        if view.kind is ViewKind.SEARCH:
            begun.set()
            try:
                connection.execute(f"{long} SELECT count(*) FROM n").fetchone()
            except sqlite3.OperationalError:
                broken_off.set()
                raise
        return count(connection, view, now)

    monkeypatch.setattr(views, "count", count_long)
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "enter")
        await reader.until(begun.is_set)
        await reader.press("escape")
        await reader.until(broken_off.is_set)


async def test_without_a_search_there_is_nothing_to_order(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("ctrl+o")
        assert "=" in reader.screen.bottom.said
        assert titles(reader) == list(ALL)


# --- earlier searches and completion -----------------------------------------------------------


async def test_earlier_searches_come_back_and_outlast_the_reader(
    reading: Opens, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "screen.json"
    async with reading(library, state_file=file) as reader:
        for typed in ("beras", "aspal"):
            await reader.press("slash", *typed, "enter", "escape")
        await found(reader, *ALL)
        reader.app.save_state()
    assert screen_state.load(file).searches == ["beras", "aspal"]
    async with reading(library, state_file=file) as reader:
        await reader.press("slash", *"pan", "up")
        await reader.until(lambda: bar(reader).box.value == "aspal")
        await reader.press("up", "up")
        await reader.until(lambda: bar(reader).box.value == "beras")
        await found(reader, *BERAS)
        await reader.press("down", "down")
        await reader.until(lambda: bar(reader).box.value == "pan")
        await reader.press("down")
        await reader.until(lambda: reader.screen.list_pane.articles.has_focus)


async def test_fields_and_their_values_are_completed(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"kat", "tab")
        await reader.until(lambda: bar(reader).box.value == "kategori:")
        await reader.until(lambda: bar(reader).note.options == ("kategori:",))
        await reader.press("p", "right")
        await reader.until(lambda: bar(reader).box.value == "kategori:Pertanian")
        await found(reader, "Panen Raya")
        assert reader.screen.typing


async def test_tab_goes_through_what_may_follow(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras is:")
        await reader.until(lambda: "bintang" in bar(reader).note.options)
        assert any("belum  dibaca  bintang" in line for line in reader.lines())
        await reader.press("tab", "tab")
        await reader.until(lambda: bar(reader).box.value == "beras is:dibaca")
        await found(reader)


async def test_where_there_is_nothing_to_complete_nothing_happens(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "tab", "right", "left", "right", "s")
        await reader.until(lambda: bar(reader).box.value == "berass")


# --- filter ------------------------------------------------------------------------------------


async def test_a_list_is_filtered_and_shown_whole_again(reading: Opens, library: Library) -> None:
    (portal,) = [s for s in library.navigation().sources if s.name == "Portal Kaltim"]
    (economy,) = [c for c in portal.categories if c.name == "Ekonomi"]
    category = View(ViewKind.CATEGORY, source=portal.id, category=economy.id)
    async with reading(library) as reader:
        reader.screen.open_view(category)
        await found(reader, *BERAS[:2], "Jalan Baru")
        await reader.press("equals_sign", *"beras", "enter")
        await found(reader, *BERAS[:2])
        heading = next(line for line in reader.lines() if "EKONOMI" in line)
        assert "= beras · 2 artikel" in heading
        assert reader.screen.categories.cursor_line > 0
        reader.screen.refresh_counts()
        await reader.pilot.pause()
        assert reader.screen.list_pane.view.query
        await reader.press("backslash")
        await found(reader, *BERAS[:2], "Jalan Baru")
        assert reader.screen.list_pane.view == category
        assert not bar(reader).display


async def test_in_a_filtered_list_n_goes_to_its_next_unread_article(
    reading: Opens, library: Library
) -> None:
    rows = {row.title: row.id for row in library.rows(View())}
    library.mark([rows["Beras, Beras, Beras"]], [Marking("read", True)])
    async with reading(library) as reader:
        await reader.press("equals_sign", *"beras", "enter")
        await found(reader, *BERAS)
        await reader.press("n")
        await reader.until(lambda: reader.current().title == "Panen Raya")
        assert reader.screen.list_pane.view.query == "beras"


async def test_a_filtered_list_is_not_the_search_of_all(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("equals_sign", *"beras", "enter")
        await found(reader, *BERAS)
        await reader.press("slash", *"aspal")
        await found(reader, "Jalan Baru")
        assert reader.screen.list_pane.view == View(ViewKind.SEARCH, query="aspal*")
        await reader.press("escape")
        await found(reader, *ALL)


async def test_a_filter_that_finds_nothing_says_how_to_go_back(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("equals_sign", *"zz", "enter")
        await found(reader)
        await reader.until(lambda: "Esc" in reader.screen.list_pane.notice.message)
        await reader.press("escape")
        await found(reader, *ALL)


async def test_among_results_the_filter_goes_on_with_the_search(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras", "enter", "equals_sign", *" isi:petani")
        await found(reader, "Panen Raya")
        assert reader.screen.list_pane.view.kind is ViewKind.SEARCH


# --- lists whose search cannot be read ---------------------------------------------------------


async def test_a_list_whose_search_cannot_be_read_is_told_of_plainly(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        reader.screen.open_view(View(ViewKind.SEARCH, query="(beras"))
        await reader.until(lambda: bool(reader.screen.bottom.said))
        assert titles(reader) == list(ALL)
        assert reader.screen.list_pane.wanted == View()
        assert not reader.app.unforeseen


async def test_the_place_in_another_text_is_not_shown_in_the_line(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"beras")
        await found(reader, *BERAS)
        reader.screen.finding.refused(QueryError("Tidak terbaca.", 2, 5, hint="Ubah."))
        assert bar(reader).note.message == "Tidak terbaca. Ubah."
        assert bar(reader).box.wrong is None


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 5)])
async def test_nothing_overlaps_at_any_size(
    reading: Opens, library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("slash", *"beras (")
        await found(reader, *BERAS)
        assert all(len(line) == size[0] for line in reader.lines())
        assert any("beras (" in line for line in reader.lines())


def test_what_reads_a_search_is_not_loaded_before_the_first_picture() -> None:
    code = (
        "import sys, kaltimtui.ui.app;"
        " print([name for name in sys.modules if name.startswith('kaltimtui.query')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_it_looks_like_this(
    reading: Opens,
    library: Library,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    set_language("en")
    async with reading(library, size=size) as reader:
        await reader.press("slash", *"beras is:")
        await reader.until(lambda: "starred" in bar(reader).note.options)
        await found(reader, *BERAS)
        await reader.until(lambda: reader.title() == "Pasar Pagi Ramai")
        if size[1] > 20:
            texts = reader.screen.list_pane.articles._snippets
            await reader.until(lambda: bool(texts.of(reader.current().id)))
        await reader.pilot.pause()
        snapshot(f"search-{size[0]}x{size[1]}", list_pane(reader))
        await reader.press(*"baru x")
        await reader.until(lambda: bool(bar(reader).note.message))
        await reader.pilot.pause()
        snapshot(f"search-wrong-{size[0]}x{size[1]}", list_pane(reader))
