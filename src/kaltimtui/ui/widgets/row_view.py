"""Rows of articles, drawn line by line: what they look like, not where one stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.cache import LRUCache
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kaltimtui.models import ViewKind
from kaltimtui.ui import tagcolours
from kaltimtui.ui.rows import RowWindow
from kaltimtui.ui.rowtext import RowText, row_text
from kaltimtui.ui.selection import Selection
from kaltimtui.ui.snippets import Snippets
from kaltimtui.ui.widgets.ground import CURSOR_BAR, DIM_CURSOR_BAR, Grounded
from kaltimtui.wording import CHOSEN, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from rich.style import Style

    from kaltimtui.models import ArticleRow
    from kaltimtui.query.marking import Marker, Place

_ROWS: Final = 128
"""That are kept as they were drawn: those in sight, and some that were."""


class RowView(Grounded, ScrollView, inherit_bindings=False):
    """Draws the rows of a window that are in sight, each line once."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--cursor",
        "list--cursor-dim",
        "list--title",
        "list--read",
        "list--meta",
        "list--warm",
        "list--bar",
        "list--hit",
        "list--chosen",
    }
    DEFAULT_CSS = """
    RowView { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    RowView > .list--hit { color: $warm-ink; text-style: bold underline; }
    RowView > .list--chosen { background: $cursor-ground-dim; }
    """

    cursor = reactive(0, repaint=False)
    two_line = reactive(True)
    kind = reactive(ViewKind.ALL)

    def __init__(self, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.now = now
        self.window = RowWindow()
        self._drawn: LRUCache[object, tuple[Strip, ...]] = LRUCache(_ROWS)
        self._snippets = Snippets()
        self.selection = Selection()
        """What is chosen to be marked together."""
        self._colours: Mapping[str, str] = {}

    @property
    def row_height(self) -> int:
        """Lines that a row takes."""
        return 2 if self.two_line else 1

    @property
    def _room(self) -> int:
        """Cells that a row takes; the scroll bar has the rest."""
        return self.scrollable_content_region.width

    @property
    def current(self) -> ArticleRow | None:
        """The row under the cursor, if it is here."""
        return self.window.row(self.cursor)

    def mark(self, marker: Marker | None) -> None:
        """Mark other words from now on."""
        if self._snippets.mark(marker):
            self._drawn.clear()

    def put_snippets(self, ids: Iterable[str], found: Mapping[str, str], marker: Marker) -> None:
        """Take pieces of text that were wanted; articles that have none show none."""
        if self._snippets.put(ids, found, marker):
            self._drawn.clear()
            self.refresh()

    def paint(self, colours: Mapping[str, str]) -> None:
        """Draw tags in these colours from now on."""
        if colours != self._colours:
            self._colours = colours
            self._drawn.clear()
            self.refresh()

    def tick(self, now: datetime) -> None:
        """Show times as they are now."""
        self.now = now
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._drawn.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        place, line = divmod(y + self.scroll_offset.y, self.row_height)
        width = self._room
        row = self.window.row(place) if place < len(self.window) else None
        if row is None:
            waiting = place < len(self.window) and line == 0
            text = "   …" if waiting else ""
            return Strip(
                [Segment(text.ljust(width), self.rich_style + self._style("list--meta"))], width
            )
        at_cursor = place == self.cursor
        lit = at_cursor and self.has_focus
        chosen = self.selection.has(row.id, place, self.cursor)
        state = (row, at_cursor, lit, chosen, width, self.two_line, self.kind)
        strips = self._drawn.get(state)
        if strips is None:
            said = row_text(
                row,
                self.now,
                width - 3,
                two_line=self.two_line,
                kind=self.kind,
                snippet=self._snippets.of(row.id),
                marker=self._snippets.marker,
            )
            strips = tuple(
                self._draw(row, said, line, at_cursor=at_cursor, lit=lit, chosen=chosen)
                for line in range(self.row_height)
            )
            self._drawn[state] = strips
        return strips[line]

    def _marked(self, said: str, places: Iterable[Place], style: Style) -> Iterator[Segment]:
        """A piece of text with the words that were searched for marked."""
        at = 0
        for start, end in places:
            yield Segment(said[at:start], style)
            yield Segment(said[start:end], style + self._style("list--hit"))
            at = end
        yield Segment(said[at:], style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _draw(
        self,
        row: ArticleRow,
        said: RowText,
        line: int,
        *,
        at_cursor: bool,
        lit: bool,
        chosen: bool,
    ) -> Strip:
        ground, marker = self.rich_style, self._snippets.marker
        if chosen:
            ground += self._style("list--chosen")
        if at_cursor:
            ground += self._style("list--cursor" if lit else "list--cursor-dim")
        bar = ground + self._style("list--bar" if lit else "list--meta")
        meta, warm = ground + self._style("list--meta"), ground + self._style("list--warm")
        pieces = [Segment((CURSOR_BAR if lit else DIM_CURSOR_BAR) if at_cursor else " ", bar)]
        dot = " " if row.read else UNREAD
        if line == 1:
            snippet = self._marked(
                said.snippet, marker.in_body(said.snippet) if marker else (), meta
            )
            sign = f"{dot} " if chosen else "  "
            pieces += [Segment(sign, warm), Segment(said.meta, meta), *snippet]
            pieces += [Segment(piece, meta + self._tag(tag, ground)) for piece, tag in said.tags]
        else:
            title = ground + self._style("list--read" if row.read else "list--title")
            sign = CHOSEN if chosen else dot
            pieces += [
                Segment(f"{sign} ", ground + self._style("list--bar") if chosen else warm),
                *self._marked(said.title, marker.in_title(said.title) if marker else (), title),
                Segment(said.time, meta),
                Segment(said.marks, warm),
            ]
        return Strip(pieces)

    def _tag(self, name: str, ground: Style) -> Style:
        return tagcolours.style(name, self._colours, ground)
