"""Laid out lines drawn as strips, with a margin, a cursor on one item, and text to select."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kaltimtui import text
from kaltimtui.ui import tagcolours
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.setting.page import Page
from kaltimtui.ui.widgets.ground import CURSOR_BAR, Grounded, ground_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.selection import Selection

    from kaltimtui.ui.gallery import Gallery
    from kaltimtui.ui.setting.lines import Line, Run, Runs

_STRIPS: Final = 256
_MARGIN: Final = 2
_NARROW: Final = 36
"""Below so many cells the margin is one cell."""
_KEPT: Final = 2
"""Lines of a page that stay in sight on the next."""
_BAR_BEFORE: Final = 2
"""Cells from the bar to the text."""


def margin_of(width: int, measure: int) -> int:
    """Cells on either side of a text that is set ``measure`` cells wide at most."""
    least = _MARGIN if width >= _NARROW else min(1, width // 2)
    return max(least, (width - measure) // 2)


class LineView(Grounded, ScrollView, inherit_bindings=False):
    """Draws the lines of a page; only those in sight, each once."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"reading--{role}" for role in Role),
        "reading--cursor",
        "reading--cursor-bar",
    }
    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $cursor-ground;
        scrollbar-color-hover: $ink-muted;
        scrollbar-color-active: $accent-ink;
        scrollbar-background: $list-ground;
        scrollbar-background-hover: $list-ground;
        scrollbar-background-active: $list-ground;
        background: $text-ground;
        color: $ink;

        & > .reading--title, & > .reading--heading { color: $ink-strong; text-style: bold; }
        & > .reading--kicker, & > .reading--meta, & > .reading--caption { color: $ink-muted; }
        & > .reading--bar, & > .reading--marker { color: $ink-muted; }
        & > .reading--address { color: $ink-muted; text-style: underline; }
        & > .reading--group { color: $accent-ink; }
        & > .reading--unread { color: $warm-ink; }
        & > .reading--strong { text-style: bold; }
        & > .reading--emphasis { text-style: italic; }
        & > .reading--code { color: $ink-strong; background: $panel; }
        & > .reading--block-code { color: $ink; background: $panel; }
        & > .reading--link { color: $accent-ink; text-style: underline; }
        & > .reading--hit { color: $warm-ink; text-style: bold underline; }
        & > .reading--found { background: $cursor-ground; text-style: underline; }
        & > .reading--found-here { color: $text-ground; background: $warm-ink; text-style: bold; }
        & > .reading--hint { color: $text-ground; background: $accent-ink; text-style: bold; }
        & > .reading--removed { color: $error-ink; text-style: strike; }
        & > .reading--added { color: $accent-ink; text-style: underline; }
        & > .reading--cursor { background: $cursor-ground-dim; }
        & > .reading--cursor-bar { color: $ink-muted; }
        &:focus > .reading--cursor { background: $cursor-ground; }
        &:focus > .reading--cursor-bar { color: $accent-ink; }
    }
    """

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """Which item of the lines the cursor is on."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._page = Page()
        self._width = 0
        self._margin = 0
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(_STRIPS)
        self._styles: dict[tuple[str, ...], Style] = {}
        self._colours: Mapping[str, str] = {}
        """Of tags."""
        self.gallery: Gallery | None = None
        """Where pictures come from; without it their room stays empty."""

    def set_page(self, page: Page, width: int, margin: int) -> None:
        """Show another page, laid out for ``width`` cells less a margin at either side."""
        self._page, self._width, self._margin = page, width, margin
        self._strips.clear()

    def paint(self, colours: Mapping[str, str]) -> None:
        """Draw tags in these colours from now on."""
        if colours != self._colours:
            self._colours = colours
            self._strips.clear()
            self.refresh()

    def redraw(self, url: str) -> None:
        """Draw the lines of a picture anew: it came in."""
        for key in list(self._strips.keys()):
            spots = (run.look.spot for run in self._page.lines[key[0]].runs)
            if any(spot is not None and spot.url == url for spot in spots):
                self._strips.discard(key)
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def lines_of(self, share: float) -> int:
        """How many lines a page is (1), or half of one; up where negative."""
        height = self.scrollable_content_region.height
        lines = max(1, height - _KEPT) if abs(share) >= 1 else max(1, height // 2)
        return lines if share > 0 else -lines

    def go_to(self, line: int) -> None:
        """Put a line at the top, or as near as can be."""
        # Forced, because a text just laid out has no scroll bar until the next refresh.
        self.scroll_to(y=line, animate=False, force=True)

    def at(self, x: int, y: int) -> tuple[Line | None, Run | None]:
        """The line and the run at a cell of the widget."""
        place = self.scroll_offset.y + y
        if not 0 <= place < len(self._page):
            return None, None
        line = self._page.lines[place]
        right = self._margin
        for run in line.runs:
            left, right = right, right + text.width(run.text)
            if left <= x < right:
                return line, run
        return line, None

    # --- text selected with the mouse -----------------------------------------------------

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self._strips.clear()
        super().selection_updated(selection)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, as it is laid out but without the margin."""
        margin = " " * self._margin
        rows = (margin + line.text for line in self._page.lines)
        said = selection.extract("\n".join(rows))
        return "\n".join(row.removeprefix(margin).rstrip() for row in said.split("\n")), "\n"

    # --- drawing --------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        place = self.scroll_offset.y + y
        if place >= len(self._page):
            return Strip.blank(self._width, self.rich_style)
        line = self._page.lines[place]
        chosen = line.item is not None and line.item == self.cursor
        strip = self._strips.get((place, chosen))
        if strip is None:
            strip = self._draw(self.runs(place, line), chosen)
            if selection := self.text_selection:
                strip = self._selected(strip, selection.get_span(place))
            self._strips[place, chosen] = strip
        if any(run.look.spot for run in line.runs):
            return strip  # a style of its own for each cell; to add where it stands takes long
        return strip.apply_offsets(0, place)

    def runs(self, place: int, line: Line) -> Runs:
        """What a line says, as it is to be drawn."""
        return line.runs

    def _draw(self, runs: Runs, chosen: bool) -> Strip:
        ground = Style(bgcolor=self._style("cursor").bgcolor) if chosen else Style()
        plain = self.rich_style + ground
        segments = [Segment(" " * self._margin, plain)]
        if chosen and self._margin:
            gap = min(self._margin, _BAR_BEFORE)
            bar = Segment(CURSOR_BAR, self._style("cursor-bar") + ground)
            edge, after = (
                Segment(" " * (self._margin - gap), plain),
                Segment(" " * (gap - 1), plain),
            )
            segments = [edge, bar, after]
        for run in runs:
            segments += self._picture(run) or [Segment(run.text, self._run_style(run) + ground)]
        return Strip(segments).adjust_cell_length(self._width, plain)

    def _picture(self, run: Run) -> Iterable[Segment]:
        """The line of a picture that stands in the place of a run; nothing until it is drawn."""
        spot = run.look.spot
        if spot is None or self.gallery is None:
            return ()
        return self.gallery.line(spot, ground_of(self.rich_style)) or ()

    def _selected(self, strip: Strip, span: tuple[int, int] | None) -> Strip:
        if span is None:
            return strip
        length, size = len(strip.text), strip.cell_length
        start, end = (length if at < 0 else min(at, length) for at in span)
        cuts = [strip.index_to_cell_position(start), strip.index_to_cell_position(end), size]
        before, within, after = strip.divide(cuts)
        style = self.screen.get_component_rich_style("screen--selection")
        marked = Strip(Segment.apply_style(within, post_style=style), within.cell_length)
        return Strip.join([before, marked, after])

    def _run_style(self, run: Run) -> Style:
        style = self._style(*run.look.roles)
        if run.look.tag is None:
            return style
        return style + tagcolours.style(run.look.tag, self._colours, self.rich_style)

    def _style(self, *roles: str) -> Style:
        """The style of the first role, with what the others say laid over it."""
        style = self._styles.get(roles)
        if style is None:
            style = self.get_component_rich_style(f"reading--{roles[0]}")
            for role in roles[1:]:
                style += self.get_component_rich_style(f"reading--{role}", partial=True)
            self._styles[roles] = style
        return style
