"""A list whose rows are some lines of pieces of text, drawn line by line, with a cursor."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, TypeAlias

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from kaltimtui.ui.widgets.ground import CURSOR_BAR, DIM_CURSOR_BAR, Grounded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events

Piece: TypeAlias = tuple[str, str]
"""Clean text, and the name of its look: strong, plain, meta, warm, error, accent."""
MARGIN: Final = 1
"""Cells before a row, where the bar of the cursor stands."""


class Row(NamedTuple):
    """What a row says, in one or more lines."""

    lines: tuple[tuple[Piece, ...], ...]
    heading: bool = False
    """Whether it names what is below it; the cursor passes it over."""


class ColumnNames(Widget):
    """What stands in which column of a list, over it."""

    DEFAULT_CSS = "ColumnNames { height: 1; background: $list-ground; }"

    width: reactive[int] = reactive(0)

    def __init__(self, names: Callable[[int], str]) -> None:
        """``names`` makes them for so many cells."""
        super().__init__()
        self._names = names

    def render(self) -> Content:
        """The names, over their columns."""
        return Content.styled(f" {self._names(self.width)}", "bold $ink-muted").truncate(
            self.size.width
        )


class RowList(Grounded, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows that all are here; ``set_rows`` makes them for the width there is.

    Only what is on the screen is drawn, so that a thousand rows are as quick as ten.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"row--{look}" for look in ("strong", "plain", "meta", "warm", "error", "accent")),
        *("row--cursor", "row--cursor-dim", "row--bar"),
    }
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable;
        scrollbar-size-vertical: 1; scrollbar-color: $cursor-ground;
        scrollbar-background: $list-ground;
        background: $list-ground; color: $ink;

        & > .row--strong { color: $ink-strong; text-style: bold; }
        & > .row--plain { color: $ink; }
        & > .row--meta { color: $ink-muted; }
        & > .row--warm { color: $warm-ink; }
        & > .row--error { color: $error-ink; }
        & > .row--accent { color: $accent-ink; text-style: bold; }
        & > .row--bar { color: $accent-ink; }
        & > .row--cursor { background: $cursor-ground; }
        & > .row--cursor-dim { background: $cursor-ground-dim; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    class Activated(Message):
        """The row under the cursor was entered, or clicked once more."""

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(
        self,
        rows: Callable[[int], Sequence[Row]],
        *,
        at_once: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """``rows`` makes them for so many cells; ``at_once``: the first click on one enters it."""
        super().__init__(id=id)
        self._make = rows
        self._at_once = at_once
        self._rows: Sequence[Row] = ()
        self._tops: list[int] = [0]

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width

    def renew(self, cursor: int | None = None) -> None:
        """Make the rows anew, with the cursor on this one, or on the same place."""
        self._rows = self._make(max(0, self._room - MARGIN))
        self._tops = list(accumulate((len(row.lines) for row in self._rows), initial=0))
        self.virtual_size = Size(self._room, self._tops[-1])
        wanted = self.cursor if cursor is None else cursor
        self.set_reactive(RowList.cursor, self._nearest(wanted, 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Make the rows for the new width."""
        self.renew()

    def on_focus(self) -> None:
        """Light the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Dim the cursor."""
        self.refresh()

    # The cursor

    def _nearest(self, wanted: int, way: int) -> int:
        """The row to stand on at a place, or beside it where that is a heading."""
        last = len(self._rows) - 1
        place = max(0, min(wanted, last))
        for step in (way, -way):
            at = place
            while 0 <= at <= last:
                if not self._rows[at].heading:
                    return at
                at += step
        return 0

    def move(self, rows: int) -> None:
        """By so many rows."""
        self.cursor = self._nearest(self.cursor + rows, 1 if rows > 0 else -1)

    def page(self, share: float) -> None:
        """By a share of the screen."""
        lines = max(1, int(self.size.height * abs(share)))
        top = self._tops[self.cursor] if self._rows else 0
        place = bisect_right(self._tops, max(0, top + (lines if share > 0 else -lines))) - 1
        self.move((place - self.cursor) or (1 if share > 0 else -1))

    def first(self) -> None:
        """To the top."""
        self.cursor = self._nearest(0, 1)
        self.scroll_to(y=0, animate=False, immediate=True)

    def last(self) -> None:
        """To the bottom."""
        self.cursor = self._nearest(len(self._rows) - 1, -1)

    def activate(self) -> None:
        """Enter the row under the cursor."""
        if self._rows:
            self.post_message(self.Activated())

    def watch_cursor(self) -> None:
        """Show the cursor where it is now."""
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        if not self._rows or not self.size.height:
            return
        top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
        if self.cursor and self._rows[self.cursor - 1].heading:
            top = self._tops[self.cursor - 1]
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
        elif bottom > self.scroll_offset.y + self.size.height:
            down = min(top, bottom - self.size.height)
            self.scroll_to(y=down, animate=False, immediate=True, force=True)

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked; a second click enters it."""
        line = event.y + self.scroll_offset.y
        place = bisect_right(self._tops, line) - 1
        if place >= len(self._rows) or self._rows[place].heading:
            return
        again = self._at_once or place == self.cursor
        self.cursor = place
        if again:
            self.activate()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = y + self.scroll_offset.y
        place = bisect_right(self._tops, line) - 1
        ground = self.rich_style
        if place >= len(self._rows):
            return Strip.blank(self._room, ground)
        at_cursor = place == self.cursor and not self._rows[place].heading
        if at_cursor:
            ground += self._look("cursor" if self.has_focus else "cursor-dim")
        bar = (CURSOR_BAR if self.has_focus else DIM_CURSOR_BAR) if at_cursor else " "
        said = self._rows[place].lines[line - self._tops[place]]
        pieces = [
            Segment(bar, ground + self._look("bar" if self.has_focus else "meta")),
            *(Segment(piece, ground + self._look(look)) for piece, look in said),
        ]
        return Strip(pieces).adjust_cell_length(self._room, ground)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"row--{name}", partial=True)
