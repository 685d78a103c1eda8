"""Which panes are shown, and how wide, for a terminal of a given size."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kaltimtui.ui.actions import PANES, Pane

WIDE: Final = 100
MEDIUM: Final = 60
TALL: Final = 32
"""From so many rows on, a medium screen has its list above the text, not beside it."""
TWO_LINES_FROM: Final = 24
NOTICES_FROM: Final = 20
"""Rows from which there is room to name the sources that fail, each with its reason."""
TREE_WIDTHS: Final = range(26, 37)
LIST_WIDTHS: Final = range(26, 91)
_LIST_SHARE: Final = 0.46
"""Of what list and text have together, the list gets so much where the user has not said."""
_LIST_CHOSEN_FOR_ITSELF: Final = 72
_TEXT_NEEDS: Final = 34


class Mode(StrEnum):
    """How many panes stand side by side."""

    THREE = "three"
    BESIDE = "beside"
    STACKED = "stacked"
    ONE = "one"


class Arrangement(NamedTuple):
    """Panes that are shown and their sizes; a size of None takes what is left."""

    mode: Mode
    shown: frozenset[Pane]
    tree_width: int | None
    list_width: int | None
    list_height: int | None
    top_line: bool
    bottom_line: bool
    headings: bool
    two_line_rows: bool
    notices: bool


def mode_for(width: int, height: int) -> Mode:
    """The mode of a terminal of this size."""
    if width >= WIDE:
        return Mode.THREE
    if width >= MEDIUM:
        return Mode.STACKED if height >= TALL else Mode.BESIDE
    return Mode.ONE


def panes_for(mode: Mode, at: Pane, *, zoomed: bool) -> frozenset[Pane]:
    """The panes that are shown in a mode, of which ``at`` is always one.

    With two panes, the tree takes the place of the text.
    """
    if mode is Mode.ONE or zoomed:
        return frozenset({at})
    if mode is Mode.THREE:
        return frozenset(PANES)
    return frozenset({Pane.LIST, Pane.TREE if at is Pane.TREE else Pane.READING})


def arrange(
    width: int,
    height: int,
    *,
    at: Pane,
    zoomed: bool = False,
    list_width: int = 0,
    two_line_rows: bool = True,
) -> Arrangement:
    """The panes for a terminal of this size with the cursor in ``at``.

    ``list_width`` is what the user wants; 0 leaves it to the size of the terminal.
    """
    mode = mode_for(width, height)
    shown = panes_for(mode, at, zoomed=zoomed)
    tree = _within(TREE_WIDTHS, TREE_WIDTHS.start + (width - WIDE - 20) // 8)
    both = {Pane.LIST, Pane.READING} <= shown
    beside = both and mode is not Mode.STACKED
    left = width - tree if Pane.TREE in shown else width
    wanted = list_width or min(int(left * _LIST_SHARE), _LIST_CHOSEN_FOR_ITSELF)
    return Arrangement(
        mode=mode,
        shown=shown,
        tree_width=tree if len(shown) > 1 else None,
        list_width=_within(LIST_WIDTHS, min(wanted, left - _TEXT_NEEDS)) if beside else None,
        list_height=height // 3 if both and not beside else None,
        top_line=height >= 4,
        bottom_line=height >= 8,
        headings=height >= 6,
        two_line_rows=two_line_rows and height >= TWO_LINES_FROM,
        notices=mode is not Mode.ONE and height >= NOTICES_FROM,
    )


def _within(sizes: range, size: int) -> int:
    return max(sizes.start, min(size, sizes.stop - 1))
