from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from kaltimtui import i18n
from kaltimtui.dates import portal_stamp
from kaltimtui.document import Code, Document, ListBlock, Paragraph, Quote, Span, Table, paragraph
from kaltimtui.models import Article, Related
from kaltimtui.query import parse
from kaltimtui.query.marking import marker
from kaltimtui.ui.themes import DARK, LIGHT, OURS, filled
from kaltimtui.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.message import Message
    from textual.pilot import Pilot
    from textual.strip import Strip

    Make = Callable[..., Article]

WORDS = "Posyandu di tepi teluk kini buka sampai pukul sembilan malam bagi ibu yang bekerja. "
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class PaneApp(App[None]):
    """One reading pane, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Message] = []

    def get_css_variables(self) -> dict[str, str]:
        return filled(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield ReadingPane(id="text")

    def on_mount(self) -> None:
        for theme in OURS:
            self.register_theme(theme)
        self.theme = DARK
        self.pane.focus()

    @property
    def pane(self) -> ReadingPane:
        return self.query_one(ReadingPane)

    def on_reading_pane_related_selected(self, message: ReadingPane.RelatedSelected) -> None:
        self.said.append(message)

    def on_reading_pane_link_selected(self, message: ReadingPane.LinkSelected) -> None:
        self.said.append(message)

    def on_text_view_scrolled(self, message: ReadingPane.Scrolled) -> None:
        self.said.append(message)

    def links(self) -> list[str]:
        return [said.url for said in self.said if isinstance(said, ReadingPane.LinkSelected)]

    def opened(self) -> list[str]:
        chosen = (said for said in self.said if isinstance(said, ReadingPane.RelatedSelected))
        return [said.article_id for said in chosen]

    def percents(self) -> list[int]:
        return [said.percent for said in self.said if isinstance(said, ReadingPane.Scrolled)]

    def strips(self) -> list[Strip]:
        return [self.pane.render_line(y) for y in range(self.pane.size.height)]

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.strips()]


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def app() -> PaneApp:
    return PaneApp()


def long(make: Make, paragraphs: int = 40, **changed: Any) -> Article:
    blocks = tuple(paragraph(f"{number} {WORDS * 3}") for number in range(1, paragraphs + 1))
    return make(document=Document(blocks), **changed)


def related(**more: Any) -> tuple[Related, ...]:
    stamp = portal_stamp("12 Agustus 2019 Jam 23:30:45")
    return (
        Related("popular", None, None, "Politik", stamp),
        Related("related", None, None, "Sosial", stamp, article="b1"),
        Related("related", None, "https://example.org/c", "Agama", stamp),
    )


async def laid_out(pilot: Pilot[None], pane: ReadingPane) -> None:
    for _ in range(2000):
        if pane.complete:
            return
        await pilot.pause()
    pytest.fail("the article was never laid out to its end")


async def test_without_an_article_it_says_so(app: PaneApp, now: datetime) -> None:
    async with app.run_test(size=(50, 12)):
        app.pane.show(None, now)
        assert app.lines()[1] == "  Choose an article to read it."
        assert (app.pane.article_id, app.pane.heading) == (None, "")
        assert app.pane.at_end
        assert not app.pane.related_next()
        assert not app.pane.activate()


async def test_an_article_is_drawn_with_a_margin(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        app.pane.show(article(), now)
        assert app.lines()[:2] == [
            "  Posyandu Tambah Jadwal Malam bagi Ibu Pekerja",
            "  26 February 2013 (estimated) · Penajam",
        ]
        assert (app.pane.article_id, app.pane.heading) == ("a1", "Kesehatan")
        assert {strip.cell_length for strip in app.strips()} == {59}


@pytest.mark.parametrize(("width", "margin"), [(20, 1), (40, 2), (77, 2), (81, 4), (121, 24)])
async def test_the_text_stands_in_the_middle_at_its_measure(
    app: PaneApp, article: Make, now: datetime, width: int, margin: int
) -> None:
    async with app.run_test(size=(width, 30)):
        app.pane.show(long(article), now)
        lines = [line for line in app.lines() if line]
        assert min(len(line) - len(line.lstrip()) for line in lines) == margin
        assert max(map(len, lines)) <= width - 1 - margin


async def test_the_measure_is_kept_within_bounds(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(140, 30)) as pilot:
        pane = app.pane
        pane.show(long(article), now)
        pane.measure = 200
        assert pane.measure == 120
        pane.measure = 4
        assert pane.measure == 30
        await pilot.pause()
        assert max(len(line.strip()) for line in app.lines()) <= 30


async def test_going_about(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        pane.show(long(article), now)
        assert (pane.scroll_offset.y, pane.percent) == (0, 0)
        pane.scroll_lines(3)
        assert pane.scroll_offset.y == 3
        pane.scroll_lines(-1)
        assert pane.scroll_offset.y == 2
        pane.scroll_half_page()
        assert pane.scroll_offset.y == 8
        pane.scroll_page()
        assert pane.scroll_offset.y == 18
        pane.scroll_page(-1)
        pane.scroll_half_page(-1)
        assert pane.scroll_offset.y == 2
        pane.end()
        assert (pane.scroll_offset.y, pane.percent) == (pane.max_scroll_y, 100)
        pane.home()
        assert pane.scroll_offset.y == 0


async def test_paging_tells_when_the_end_was_in_sight(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        pane.show(long(article, 4), now)
        pages = 0
        while not pane.page_or_end():
            pages += 1
            assert pages < 50
        assert pages > 1
        assert pane.scroll_offset.y == pane.max_scroll_y
        pane.show(article(), now)
        assert pane.page_or_end()


async def test_keys_do_nothing_by_themselves(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(long(article), now)
        await pilot.press("down", "pagedown", "end")
        assert app.pane.scroll_offset.y == 0


async def test_it_tells_how_far_one_has_come(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article), now)
        await pilot.pause()
        assert app.percents()[-1] == 0
        pane.end()
        await pilot.pause()
        assert app.percents()[-1] == 100
        pane.show(long(article), now)
        await pilot.pause()
        assert app.percents()[-1] == 0
        pane.show(article(), now)
        await pilot.pause()
        assert app.percents()[-1] == 100


def test_a_newer_percent_replaces_an_older_one() -> None:
    older, newer = ReadingPane.Scrolled(1), ReadingPane.Scrolled(2)
    assert older.can_replace(newer)
    assert not older.can_replace(ReadingPane.LinkSelected("https://example.org/"))


# --- the place one reads at ---------------------------------------------------------------


async def test_a_place_is_found_again(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        for line in (0, 1, 4, 57):
            pane.show(long(article), now)
            pane.scroll_lines(line)
            place = pane.place
            pane.show(article(id="b"), now)
            pane.show(long(article), now, offset=place)
            assert pane.scroll_offset.y == line
            pane.home()
            pane.restore(place)
            assert pane.scroll_offset.y == line


async def test_the_same_words_stay_at_the_top(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(80, 20)) as pilot:
        pane = app.pane
        pane.show(long(article), now)
        at = next(y for y, line in enumerate(pane._page.lines) if line.text.startswith("23 "))
        pane.scroll_lines(at)
        for width in (40, 120, 33, 80):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert app.lines()[0].strip().startswith("23 Posyandu")
        pane.measure = 40
        await pilot.pause()
        assert app.lines()[0].strip().startswith("23 Posyandu")
        assert pane.scroll_offset.y != at


async def test_other_marks_of_the_same_article_change_only_what_shows_them(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        pane.show(long(article, related=related()), now)
        pane.scroll_lines(20)
        pane.related_next()
        page, cursor, at = pane._page, pane.cursor, pane.scroll_offset.y
        starred = long(article, related=related(), starred=True)
        pane.update_state(starred)
        assert pane.article is starred
        assert pane._page is page
        pane.update_state(long(article, related=related(), note="Tanyakan."))
        assert any("Tanyakan." in line.text for line in pane._page.lines)
        assert (pane.cursor, pane.scroll_offset.y) == (cursor, at)


def items(*titled: int, here: bool = False) -> tuple[Related, ...]:
    """Six items of which only some have titles, which take a line more."""
    stamp = portal_stamp("12 Agustus 2019 Jam 23:30:45")
    return tuple(
        Related(
            "related",
            f"Judul {number}" if number in titled else None,
            f"https://example.org/{number}",
            f"Rubrik {number}",
            stamp,
            article=f"b{number}" if here else None,
        )
        for number in range(6)
    )


async def test_the_item_of_the_cursor_keeps_its_line_when_items_come(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        pane.show(long(article, related=items(1)), now)
        for _step in range(4):
            pane.related_next()
        before, at = app.lines(), pane.scroll_offset.y
        (line,) = (y for y, said in enumerate(before) if "Rubrik 3" in said)
        pane.update_state(long(article, related=items(0, 1, 2, here=True)))
        assert pane.cursor == 3
        assert "Rubrik 3" in app.lines()[line]
        assert pane.scroll_offset.y > at


async def test_without_a_cursor_the_first_item_in_sight_keeps_its_line(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 6)):
        pane = app.pane
        pane.show(long(article, related=items()), now)
        pane.end()
        pane.scroll_lines(-1)
        (top,) = re.findall(r"Rubrik \d", app.lines()[0])
        pane.update_state(long(article, related=items(0, 1)))
        assert top in app.lines()[0]


async def test_in_the_text_what_one_reads_keeps_its_line_and_the_cursor_its_item(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        pane = app.pane
        pane.show(long(article, related=items()), now)
        pane.related_next()
        pane.related_next()
        pane.home()
        pane.scroll_lines(20)
        before = app.lines()
        (first, second, *others) = items()
        moved = (second, first._replace(article="b0"), *others)
        pane.renew(long(article, paragraphs=41, related=moved))
        assert app.lines() == before
        assert pane.cursor == 0
        pane.renew(long(article, related=(first, *others)))
        assert pane.cursor is None


async def test_it_knows_whether_related_items_are_in_sight(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        pane, seen = app.pane, []
        for shown in (None, article(), long(article, related=related())):
            pane.show(shown, now)
            seen.append(pane.related_in_sight)
        pane.end()
        assert [*seen, pane.related_in_sight] == [False, False, False, True]


async def test_a_place_given_before_there_is_room_is_kept(article: Make, now: datetime) -> None:
    app = PaneApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.display = False
        await pilot.pause()
        app.pane.show(long(article), now, offset=2000)
        app.pane.display = True
        await pilot.pause()
        assert app.pane.place <= 2000 < app.pane._page.place(app.pane.scroll_offset.y + 1)


# --- long articles ------------------------------------------------------------------------


async def test_a_long_article_comes_by_the_slice(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article, 1000), now)
        assert len(pane._page) == 1000
        assert not pane.complete
        await laid_out(pilot, pane)
        assert pane.virtual_size.height == len(pane._page) > 5000
        assert app.lines()[0].startswith("  Posyandu")


async def test_the_end_of_a_long_article_is_gone_to_without_a_stop_on_the_way(
    app: PaneApp, article: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.widgets.sliced_view._AT_ONCE", 0)
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article, 1000), now)
        pane.end()
        assert (len(pane._page), pane.scroll_offset.y) == (2000, 0)
        await laid_out(pilot, pane)
        assert pane.at_end
        pane.show(long(article, 1000), now)
        pane.end()
        pane.scroll_lines(1)
        await laid_out(pilot, pane)
        assert pane.scroll_offset.y == 1


async def test_a_related_item_far_below_is_chosen_at_once_and_shown_once_it_is_there(
    app: PaneApp, article: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.widgets.sliced_view._AT_ONCE", 0)
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article, 1000, related=related()), now)
        assert pane.related_next()
        assert pane.cursor is not None
        assert not pane.related_in_sight
        await laid_out(pilot, pane)
        assert pane.related_in_sight


async def test_a_far_place_is_gone_to_once_it_is_there(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane, far = app.pane, long(article, 2000)
        pane.show(far, now)
        pane.end()
        await laid_out(pilot, pane)
        place = pane._page.place(pane.scroll_offset.y)
        pane.show(far, now, offset=place)
        assert pane.scroll_offset.y == 0
        await laid_out(pilot, pane)
        assert pane.place == place
        pane.show(far, now, offset=place)
        pane.scroll_lines(1)
        await laid_out(pilot, pane)
        assert pane.scroll_offset.y == 1


async def test_another_article_ends_the_laying_out_of_the_first(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article, 1000), now)
        pane.show(article(id="b"), now)
        assert pane.complete
        await pilot.pause(0.05)
        assert len(pane._page) < 10


async def test_related_items_of_a_long_article_are_reached(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)):
        app.pane.show(long(article, 1000, related=related()), now)
        assert app.pane.related_next()
        assert any(line.startswith("▌ 12 Aug 2019") for line in app.lines())


# --- related items and links --------------------------------------------------------------


async def test_the_cursor_goes_through_the_items_as_they_stand(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(long(article, related=related()), now)
        assert not pane.activate()
        assert pane.related_next()
        assert pane.cursor == 1
        (row,) = (line for line in app.lines() if line.startswith("▌"))
        assert row.endswith("Sosial\u00a0●")
        assert pane.activate()
        assert pane.related_next()
        assert pane.cursor == 2
        assert pane.activate()
        assert pane.related_next()
        assert pane.cursor == 0
        assert not pane.activate()
        assert not pane.related_next()
        assert pane.related_previous()
        assert pane.cursor == 2
        await pilot.pause()
        assert app.opened() == ["b1"]
        assert app.links() == ["https://example.org/c"]
        pane.show(article(), now)
        assert pane.cursor is None


async def test_the_cursor_row_is_shaded_and_brighter_in_focus(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.pane
        pane.show(article(related=related()), now)
        pane.related_next()

        def grounds() -> set[Any]:
            (row,) = (strip for strip in app.strips() if strip.text.startswith("▌"))
            return {segment.style.bgcolor for segment in row if segment.style}

        focused = grounds()
        app.set_focus(None)
        await pilot.pause()
        assert len(focused) == len(grounds()) == 1
        assert focused != grounds()


async def test_a_click_on_an_item_opens_it(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.pane
        pane.show(article(related=related()), now)
        await pilot.pause()
        at = next(y for y, line in enumerate(app.lines()) if line.endswith("Sosial\u00a0●"))
        await pilot.click(pane, offset=(50, at))
        assert pane.cursor == 1
        assert app.opened() == ["b1"]


async def test_a_click_on_a_link_follows_it(app: PaneApp, article: Make, now: datetime) -> None:
    spans = (Span("日本 kata "), Span("laporan", href="https://example.org/l"), Span(" lain"))
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.pane
        pane.show(article(url=None, document=Document((Paragraph(spans),))), now)
        await pilot.pause()
        for x in (2, 11, 12, 18, 19, 40):
            await pilot.click(pane, offset=(x, 5))
        await pilot.click(pane, offset=(12, 20))
        await pilot.click(pane, offset=(12, 0))
        assert app.links() == ["https://example.org/l"] * 2


async def test_selecting_text_follows_no_link(app: PaneApp, article: Make, now: datetime) -> None:
    spans = (Span("laporan dinas", href="https://example.org/l"),)
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.pane
        pane.show(article(url=None, document=Document((Paragraph(spans),))), now)
        await pilot.pause()
        await pilot.mouse_down(pane, offset=(2, 5))
        await pilot.hover(pane, offset=(8, 5))
        await pilot.mouse_up(pane, offset=(8, 5))
        await pilot.pause()
        assert app.screen.get_selected_text() == "laporan"
        assert app.links() == []


async def test_an_unsafe_link_leads_nowhere(app: PaneApp, article: Make, now: datetime) -> None:
    spans = (Span("laporan", href="https://user@example.org/\x1b]0;x\x07"),)
    async with app.run_test(size=(60, 30)) as pilot:
        app.pane.show(article(url=None, document=Document((Paragraph(spans),))), now)
        await pilot.pause()
        await pilot.click(app.pane, offset=(4, 5))
        assert app.links() == []


# --- colours, selection, hostile text -----------------------------------------------------


async def test_a_theme_change_draws_anew(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        app.pane.show(article(), now)
        dark = app.strips()
        assert dark[0] is not app.strips()[1]
        app.theme = LIGHT
        await pilot.pause()
        light = app.strips()
        assert [strip.text for strip in dark] == [strip.text for strip in light]
        assert all(one != other for one, other in zip(dark, light, strict=True))


async def test_roles_are_told_apart_without_colour(
    app: PaneApp, article: Make, now: datetime
) -> None:
    spans = (
        Span("biasa "),
        Span("tebal ", strong=True),
        Span("miring ", emphasis=True),
        Span("tautan", href="https://example.org/"),
    )
    async with app.run_test(size=(60, 12)):
        app.pane.show(article(document=Document((Paragraph(spans),))), now)
        styles = {
            segment.text.strip(): segment.style
            for segment in app.strips()[5]
            if segment.style and segment.text.strip()
        }
        assert styles["tebal"].bold
        assert styles["miring"].italic
        assert styles["tautan"].underline
        plain = styles["biasa"]
        assert {plain.bold, plain.italic, plain.underline} <= {None, False}


async def test_selected_text_is_marked_and_copied_without_the_margin(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(article(document=Document((paragraph("日本 kata " * 12),))), now)
        await pilot.pause()
        said = "26 February 2013 (estimated) · Penajam\nrin/contoh"
        assert pane.get_selection(Selection(Offset(2, 1), Offset(12, 2))) == (said, "\n")
        plain = app.strips()
        app.screen.selections = {pane: SELECT_ALL}
        await pilot.pause()
        marked = app.strips()
        assert [strip.text for strip in marked] == [strip.text for strip in plain]
        assert marked[5] != plain[5]
        app.screen.clear_selection()
        await pilot.pause()
        assert app.strips() == plain


async def test_part_of_a_line_is_selected(app: PaneApp, article: Make, now: datetime) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        pane = app.pane
        pane.show(article(document=Document((paragraph("日本 kata kata"),))), now)
        app.screen.selections = {pane: Selection(Offset(3, 5), Offset(9, 5))}
        await pilot.pause()
        ground = app.screen.get_component_rich_style("screen--selection").bgcolor
        said = [
            segment.text
            for segment in app.strips()[5]
            if segment.style and segment.style.bgcolor == ground
        ]
        assert "".join(said) == "本 kata"


@pytest.mark.parametrize(
    "bad",
    ["a\x1b]0;x\x07b", "a\x1b]52;c;eA==\x1b\\b", "a\x9b31mb", "[red]a[/]", "[@click=app.quit]a[/]"],
)
async def test_no_strip_holds_what_a_terminal_obeys(
    app: PaneApp, article: Make, now: datetime, bad: str
) -> None:
    span = Span(bad, href=f"https://example.org/{bad}")
    blocks = (Paragraph((span,)), Table((((span,), (span,)),)), Code(bad))
    shown = article(
        **dict.fromkeys(("title", "source", "kicker", "category", "byline", "caption"), bad),
        document=Document((*blocks, Quote(blocks), ListBlock((blocks,)))),
        related=(Related("related", bad, bad, bad, None, "b1"),),
    )
    async with app.run_test(size=(60, 80)) as pilot:
        app.pane.show(shown, now)
        await pilot.pause()
        for strip in app.strips():
            assert not OBEYED.search(strip.text)
            for segment in strip:
                assert segment.control is None
                assert segment.style is not None
                assert segment.style.link is None
                assert "@click" not in segment.style.meta
        if bad.startswith("["):
            assert any(line.strip() == bad for line in app.lines())


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 20), (20, 5)])
async def test_the_smallest_screens_do_no_harm(
    article: Make, now: datetime, size: tuple[int, int]
) -> None:
    app = PaneApp()
    async with app.run_test(size=size) as pilot:
        app.pane.show(long(article, related=related()), now)
        app.pane.related_next()
        app.pane.end()
        await pilot.pause()
        assert app.pane.at_end


# --- to what was searched for --------------------------------------------------------------------


def marked(pane: ReadingPane, word: str) -> None:
    pane.mark(marker(parse(word)))


async def seen(pilot: Pilot[None], app: PaneApp, words: str) -> int:
    """The row of the pane in which some words stand, once they do."""
    for _ in range(200):
        rows = [row for row, line in enumerate(app.lines()) if line.lstrip().startswith(words)]
        if rows:
            return rows[0]
        await pilot.pause()
    raise AssertionError(words)


async def test_an_article_is_shown_where_the_word_searched_for_is(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        marked(app.pane, "21")
        app.pane.show(long(article), now, seek=True)
        assert await seen(pilot, app, "21 Posyandu") == 4
        assert app.pane.at_hit
        marked(app.pane, "31 or 35")
        assert await seen(pilot, app, "31 Posyandu") == 4
        app.pane.measure = 40
        assert await seen(pilot, app, "31 Posyandu") == 4
        assert app.pane.at_hit


async def test_who_has_moved_in_the_text_is_led_nowhere(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        marked(app.pane, "21")
        app.pane.show(long(article), now, seek=True)
        await seen(pilot, app, "21 Posyandu")
        app.pane.scroll_lines(1)
        assert await seen(pilot, app, "21 Posyandu") == 3
        assert not app.pane.at_hit
        marked(app.pane, "31")
        app.pane.seek()
        await pilot.pause()
        assert await seen(pilot, app, "21 Posyandu") == 3


async def test_a_place_that_was_kept_comes_before_what_is_searched_for(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        marked(app.pane, "21")
        app.pane.show(long(article), now, seek=True)
        await seen(pilot, app, "21 Posyandu")
        place = app.pane.place
        marked(app.pane, "31")
        app.pane.show(long(article), now, offset=place, seek=True)
        assert await seen(pilot, app, "21 Posyandu") == 4
        assert not app.pane.at_hit
        app.pane.show(long(article), now)
        assert await seen(pilot, app, "1 Posyandu")
        app.pane.seek()
        await seen(pilot, app, "31 Posyandu")


async def test_what_is_in_sight_from_the_top_moves_nothing(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        marked(app.pane, "1 or 21")
        app.pane.show(long(article), now, seek=True)
        await laid_out(pilot, app.pane)
        assert (app.pane.scroll_offset.y, app.pane.at_hit) == (0, True)


async def test_a_word_far_down_is_gone_to_once_it_is_laid_out(
    app: PaneApp, article: Make, now: datetime
) -> None:
    async with app.run_test(size=(60, 12)) as pilot:
        marked(app.pane, "2990")
        app.pane.show(long(article, 3_000), now, seek=True)
        assert not app.pane.complete
        await laid_out(pilot, app.pane)
        assert await seen(pilot, app, "2990 Posyandu") == 4
