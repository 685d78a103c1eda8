"""What another program said, on a sheet over the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_LINES: Final = 200
_LONGEST: Final = 5_000
"""Characters of a line that are shown."""


class OutputScreen(Sheet[None]):
    """Its first lines, as they stand; those that are too long go on in the next."""

    def __init__(self, told: str, lines: Sequence[str]) -> None:
        """``told`` says how the program ended; ``lines`` are clean."""
        super().__init__()
        self._told = told
        self._lines = lines[:MOST_LINES]
        self._more = len(lines) > MOST_LINES

    def title_shown(self) -> Content:
        """How it ended."""
        return Content.styled(text.inline(self._told), "bold $ink-strong")

    def rows(self, width: int) -> list[Row]:
        """A row for each line."""
        rows = [Row(tuple(_cut(line, max(1, width)))) for line in self._lines]
        if self._more:
            rows.append(Row(((("…", "meta"),),)))
        return rows

    def hints(self) -> tuple[Hint, ...]:
        """Through the rows, and out."""
        return Hint("j/k", _("scroll")), Hint("Esc", _("leave"), "leave")


def _cut(line: str, width: int) -> Iterator[tuple[tuple[str, str], ...]]:
    """A line in pieces that fit, cut between words where that can be."""
    rest = line[:_LONGEST].expandtabs()
    while True:
        blanks = rest[:width].isspace()
        piece = rest[:width] if blanks else text.fit(rest, width, ellipsis="") or rest[:1]
        if len(piece) < len(rest) and " " in piece.strip():
            piece = piece[: piece.rindex(" ") + 1]
        yield ((piece, "plain"),)
        rest = rest[len(piece) :]
        if not rest:
            return
