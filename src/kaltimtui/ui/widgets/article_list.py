"""The article list: rows of a window on the store, drawn line by line.

Nothing here grows with the length of the list: only the lines on the screen are drawn, and
only the rows near them are held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.geometry import Region, Size
from textual.message import Message

from kaltimtui.ui.widgets.row_view import RowView

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events

    from kaltimtui.models import ArticleRow
    from kaltimtui.query.marking import Marker
    from kaltimtui.ui.rows import RowWindow

_AHEAD: Final = 30
"""Rows beyond the screen that are fetched before they are needed."""
_SNIPPETS_FROM: Final = 80
"""Columns of the screen from which there is room for pieces of the texts."""


class ArticleList(RowView, can_focus=True, inherit_bindings=False):
    """Articles, newest first, with a cursor."""

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

    class SnippetsWanted(Message):
        """Rows are about to be shown under which a piece of their text is to stand."""

        def __init__(self, ids: tuple[str, ...], marker: Marker) -> None:
            super().__init__()
            self.ids = ids
            self.marker = marker

    def __init__(self, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(now, id=id)
        self._asked: set[int] = set()
        self._reach = 0
        """Lines that the list has at least, so that no row has to move for want of them."""

    def show(self, window: RowWindow, *, cursor: int = 0, still: bool = False) -> None:
        """Show another list; a row that stays under the cursor stays where it is on the screen.

        ``still``: it is the same list, so that the cursor stays there in any case.
        """
        former = self.current
        above = self.cursor * self.row_height - self.scroll_offset.y
        self.window = window
        self._asked.clear()
        self._reach = 0
        self.selection.moved(window, 0)
        self.set_reactive(ArticleList.cursor, max(0, min(cursor, len(window) - 1)))
        self._extent()
        stays = former is not None and self.current is not None and former.id == self.current.id
        stays = stays or still
        top = self.cursor * self.row_height - above if stays else 0
        self.scroll_to(y=top, animate=False, immediate=True)
        self._keep_in_sight()
        self.refresh()
        self._want_near()
        self._tell()

    @property
    def chosen(self) -> int:
        """How many articles are chosen to be marked together."""
        return self.selection.count(self.window, self.cursor)

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
        self.selection.moved(window, shift)
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
        self._want_near()
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
        if self.selection.anchor is not None:
            self.refresh()
        self._refresh_row(before)
        self._refresh_row(after)
        self._keep_in_sight()
        self._want_near()
        self._tell()

    def watch_two_line(self) -> None:
        """Lay the rows out anew."""
        self._drawn.clear()
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

    def _extent(self) -> None:
        lines = max(len(self.window) * self.row_height, self._reach)
        self.extend(Size(self._room, lines))

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
        if self.two_line and self.app.size.width >= _SNIPPETS_FROM:
            rows = map(self.window.row, range(first, first + 2 * on_screen))
            marker = self._snippets.marker
            if marker is not None and (ids := self._snippets.wanted(rows)):
                self.post_message(self.SnippetsWanted(ids, marker))
