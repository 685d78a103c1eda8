"""The article list: rows of a window on the store, drawn line by line.

Nothing here grows with the length of the list: only the lines on the screen are drawn, and
only the rows near them are held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kaltimtui.models import ViewKind
from kaltimtui.ui.rows import RowWindow
from kaltimtui.ui.rowtext import RowText, row_text
from kaltimtui.ui.widgets.ground import CURSOR_BAR, DIM_CURSOR_BAR, Grounded
from kaltimtui.wording import UNREAD

if TYPE_CHECKING:
    from datetime import datetime

    from rich.style import Style
    from textual import events

    from kaltimtui.models import ArticleRow

_AHEAD: Final = 30
"""Rows beyond the screen that are fetched before they are needed."""
_STRIPS: Final = 512


class ArticleList(Grounded, ScrollView, can_focus=True, inherit_bindings=False):
    """Articles, newest first, with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--cursor",
        "list--cursor-dim",
        "list--title",
        "list--read",
        "list--meta",
        "list--warm",
        "list--bar",
    }
    DEFAULT_CSS = """
    ArticleList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    cursor = reactive(0, repaint=False)
    two_line = reactive(True)
    kind = reactive(ViewKind.ALL)

    class Highlighted(Message):
        """The cursor came to rest on another row."""

        def __init__(self, row: ArticleRow) -> None:
            super().__init__()
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """A newer one makes it stale."""
            return isinstance(message, ArticleList.Highlighted)

    class Selected(Message):
        """A row was clicked or entered."""

        def __init__(self, row: ArticleRow) -> None:
            super().__init__()
            self.row = row

    class Wanted(Message):
        """Rows of a window are about to be shown that are not here."""

        def __init__(self, window: RowWindow, chunks: list[int]) -> None:
            super().__init__()
            self.window = window
            self.chunks = chunks

    def __init__(self, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.now = now
        self.window = RowWindow()
        self._asked: set[int] = set()
        self._reach = 0
        """Lines that the list has at least, so that no row has to move for want of them."""
        self._strips: LRUCache[object, Strip] = LRUCache(_STRIPS)

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

    def show(self, window: RowWindow, *, cursor: int = 0) -> None:
        """Show another list; a row that stays under the cursor stays where it is on the screen."""
        former = self.current
        above = self.cursor * self.row_height - self.scroll_offset.y
        self.window = window
        self._asked.clear()
        self._reach = 0
        self.set_reactive(ArticleList.cursor, max(0, min(cursor, len(window) - 1)))
        self._extent()
        stays = former is not None and self.current is not None and former.id == self.current.id
        top = self.cursor * self.row_height - above if stays else 0
        self.scroll_to(y=top, animate=False, immediate=True)
        self._keep_in_sight()
        self.refresh()
        self._tell()

    @property
    def in_sight(self) -> range:
        """The places of the rows on the screen."""
        first = self.scroll_offset.y // self.row_height
        last = (self.scroll_offset.y + self.size.height - 1) // self.row_height
        return range(first, min(last + 1, len(self.window)))

    def may_shift(self, rows: int) -> bool:
        """Whether so many rows more above leave every row on its line of the screen."""
        return self.scroll_offset.y + rows * self.row_height >= 0

    def renew(self, window: RowWindow, *, cursor: int, shift: int) -> None:
        """Take the list read anew, which has so many rows more above what is in sight.

        Nothing moves on the screen, and nobody is told: the cursor is on the article it was on.
        """
        top = self.scroll_offset.y + shift * self.row_height
        self.window = window
        self._asked.clear()
        self.set_reactive(ArticleList.cursor, cursor)
        self._reach = top + self.size.height
        self._extent()
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()
        self._want_near()

    def put(self, chunk: int, rows: list[ArticleRow]) -> None:
        """Take rows that were wanted."""
        had_current = self.current is not None
        self.window.put(chunk, rows)
        self._extent()
        self.cursor = min(self.cursor, max(0, len(self.window) - 1))
        self.refresh()
        if not had_current:
            self._tell()

    def answered(self, chunk: int) -> None:
        """A chunk is awaited no more; one that did not come is asked for again when needed."""
        self._asked.discard(chunk)

    def set_total(self, total: int, *, exact: bool) -> None:
        """Learn how long the list really is, or at least is."""
        self.window.total, self.window.exact = total, exact
        self._extent()
        self.refresh()

    def replace(self, row: ArticleRow) -> None:
        """Show a row's new state where it stands."""
        place = self.window.replace(row)
        if place is not None:
            self._refresh_row(place)

    def tick(self, now: datetime) -> None:
        """Show times as they are now."""
        self.now = now
        self._strips.clear()
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = max(0, min(self.cursor + rows, len(self.window) - 1))

    def page(self, share: float) -> None:
        """Move the cursor by a share of the screen."""
        rows = max(1, int(self.size.height / self.row_height * abs(share)))
        self.move(rows if share > 0 else -rows)

    def first(self) -> None:
        """To the newest."""
        self.cursor = 0

    def last(self) -> None:
        """To the oldest."""
        self.cursor = max(0, len(self.window) - 1)

    def activate(self) -> None:
        """Open the row under the cursor."""
        if (row := self.current) is not None:
            self.post_message(self.Selected(row))

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the two rows concerned and keep the cursor in sight."""
        self._refresh_row(before)
        self._refresh_row(after)
        self._keep_in_sight()
        self._want_near()
        self._tell()

    def watch_two_line(self) -> None:
        """Lay the rows out anew."""
        self._strips.clear()
        self._reach = 0
        self._extent()
        self._keep_in_sight()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that came into sight."""
        super().watch_scroll_y(old_value, new_value)
        if self._reach > self.scroll_offset.y + self.size.height:
            self._reach = self.scroll_offset.y + self.size.height
            self._extent()
        self._want_near()

    def on_resize(self) -> None:
        """Keep the cursor in sight of the new size."""
        self._reach = 0
        self._extent()
        self._keep_in_sight()
        self._want_near()

    def on_focus(self) -> None:
        """Light the cursor."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Dim the cursor."""
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked; a second click opens it."""
        place = (event.y + self.scroll_offset.y) // self.row_height
        if place >= len(self.window):
            return
        again = place == self.cursor or event.chain > 1
        self.cursor = place
        if again:
            self.activate()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()

    def _extent(self) -> None:
        lines = max(len(self.window) * self.row_height, self._reach)
        self.virtual_size = Size(self._room, lines)

    def _tell(self) -> None:
        if (row := self.current) is not None:
            self.post_message(self.Highlighted(row))

    def _refresh_row(self, place: int) -> None:
        top = place * self.row_height - self.scroll_offset.y
        if -self.row_height < top < self.size.height:
            self.refresh(Region(0, max(0, top), self.size.width, self.row_height))

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height:
            return
        top = self.cursor * self.row_height
        bottom = top + self.row_height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > self.scroll_offset.y + height:
            # Whole rows, also where the height is no multiple of theirs.
            rows_above = -(-(bottom - height) // self.row_height)
            self.scroll_to(y=rows_above * self.row_height, animate=False, immediate=True)

    def _want_near(self) -> None:
        first = self.scroll_offset.y // self.row_height
        on_screen = self.size.height // self.row_height + 1
        wanted = self.window.missing(first - _AHEAD, first + on_screen + _AHEAD)
        wanted += self.window.missing(self.cursor, self.cursor)
        fresh = [chunk for chunk in dict.fromkeys(wanted) if chunk not in self._asked]
        if fresh:
            self._asked.update(fresh)
            self.post_message(self.Wanted(self.window, fresh))

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
        state = (row, at_cursor, lit, width, line, self.two_line, self.kind)
        strip = self._strips.get(state)
        if strip is None:
            said = row_text(row, self.now, width - 3, two_line=self.two_line, kind=self.kind)
            strip = self._draw(row, said, line, at_cursor=at_cursor, lit=lit)
            self._strips[state] = strip
        return strip

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _draw(
        self, row: ArticleRow, said: RowText, line: int, *, at_cursor: bool, lit: bool
    ) -> Strip:
        ground = self.rich_style
        if at_cursor:
            ground += self._style("list--cursor" if lit else "list--cursor-dim")
        bar = ground + self._style("list--bar" if lit else "list--meta")
        meta, warm = ground + self._style("list--meta"), ground + self._style("list--warm")
        pieces = [Segment((CURSOR_BAR if lit else DIM_CURSOR_BAR) if at_cursor else " ", bar)]
        if line == 1:
            pieces += [Segment("  ", ground), Segment(said.meta, meta)]
        else:
            title = ground + self._style("list--read" if row.read else "list--title")
            pieces += [
                Segment("  " if row.read else f"{UNREAD} ", warm),
                Segment(said.title, title),
                Segment(said.time, meta),
                Segment(said.marks, warm),
            ]
        return Strip(pieces)
