"""Which panes are shown, and how wide, for a terminal of a given size and a user's wishes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kaltimtui.ui.actions import Pane

THREE_FROM: Final = 100
"""Columns from which the tree stands beside all else."""
TWO_FROM: Final = 60
TALL: Final = 32
"""From so many rows on, a medium screen has its list above the text, not beside it."""
TWO_LINES_FROM: Final = 24
NOTICES_FROM: Final = 20
"""Rows from which there is room to name the sources that fail, each with its reason."""
TREE_WIDTHS: Final = range(16, 61)
LIST_WIDTHS: Final = range(26, 121)
LIST_HEIGHTS: Final = range(4, 61)
_TREE_BY_ITSELF: Final = range(26, 37)
_LIST_SHARE: Final = 0.46
"""Of what list and text have together, the list gets so much where the user has not said."""
_LIST_CHOSEN_FOR_ITSELF: Final = 72
_TEXT_NEEDS: Final = 34
_TEXT_NEEDS_ROWS: Final = 5
_STACKED_FROM: Final = 16
"""Rows below which list and text are not put above each other, even if asked to."""


class Layout(StrEnum):
    """How list and text stand to each other, as a user may want it."""

    AUTO = "auto"
    COLUMNS = "columns"
    STACKED = "stacked"
    WIDE = "wide"


class Mode(StrEnum):
    """How list and text stand to each other."""

    COLUMNS = "columns"
    STACKED = "stacked"
    WIDE = "wide"
    """One of them, whichever has the cursor, has the room of both."""
    ONE = "one"
    """There is room for one pane alone."""


class Wishes(NamedTuple):
    """What the user wants of the panes; a size of 0 leaves it to that of the terminal."""

    layout: Layout = Layout.AUTO
    zoomed: bool = False
    """Only the pane with the cursor."""
    tree_width: int = 0
    list_width: int = 0
    list_height: int = 0
    two_line_rows: bool = True


_NONE: Final = Wishes()


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


def mode_for(width: int, height: int, layout: Layout = Layout.AUTO) -> Mode:
    """How list and text stand in a terminal of this size."""
    if width < TWO_FROM:
        return Mode.ONE
    if layout is Layout.AUTO:
        return Mode.STACKED if width < THREE_FROM and height >= TALL else Mode.COLUMNS
    if layout is Layout.STACKED and height < _STACKED_FROM:
        return Mode.COLUMNS
    return Mode(layout)


def panes_for(mode: Mode, at: Pane, *, zoomed: bool, three: bool) -> frozenset[Pane]:
    """The panes that are shown in a mode, of which ``at`` is always one.

    Where there is no room for ``three``, the tree takes the place of the text.
    """
    if mode is Mode.ONE or zoomed:
        return frozenset({at})
    beside = frozenset({Pane.LIST, Pane.READING})
    if mode is Mode.WIDE:
        beside = frozenset({Pane.READING if at is Pane.READING else Pane.LIST})
    if three:
        return beside | {Pane.TREE}
    return frozenset({Pane.TREE, Pane.LIST}) if at is Pane.TREE else beside


def arrange(width: int, height: int, *, at: Pane, wishes: Wishes = _NONE) -> Arrangement:
    """The panes for a terminal of this size with the cursor in ``at``."""
    mode = mode_for(width, height, wishes.layout)
    shown = panes_for(mode, at, zoomed=wishes.zoomed, three=width >= THREE_FROM)
    tree = _tree_width(width, wishes, shown) if Pane.TREE in shown and len(shown) > 1 else None
    left = width - (tree + 1 if tree else 0)
    both = {Pane.LIST, Pane.READING} <= shown
    beside = both and mode is Mode.COLUMNS
    return Arrangement(
        mode=mode,
        shown=shown,
        tree_width=tree,
        list_width=_list_width(left - 1, wishes) if beside else None,
        list_height=_list_height(height, wishes) if both and not beside else None,
        top_line=height >= 4,
        bottom_line=height >= 8,
        headings=height >= 6,
        two_line_rows=wishes.two_line_rows and height >= TWO_LINES_FROM,
        notices=mode is not Mode.ONE and height >= NOTICES_FROM,
    )


def _tree_width(width: int, wishes: Wishes, shown: frozenset[Pane]) -> int:
    if wishes.tree_width:
        needs = LIST_WIDTHS.start + 2 + (_TEXT_NEEDS if Pane.READING in shown else 0)
        return within(TREE_WIDTHS, min(wishes.tree_width, width - needs))
    return within(_TREE_BY_ITSELF, _TREE_BY_ITSELF.start + (width - THREE_FROM - 20) // 8)


def _list_width(left: int, wishes: Wishes) -> int:
    """``left``: what list and text have together, without the columns that part the panes."""
    wanted = wishes.list_width or min(int(left * _LIST_SHARE), _LIST_CHOSEN_FOR_ITSELF)
    return within(LIST_WIDTHS, min(wanted, left - _TEXT_NEEDS))


def _list_height(height: int, wishes: Wishes) -> int:
    wanted = wishes.list_height or height // 3
    return within(LIST_HEIGHTS, min(wanted, height - _TEXT_NEEDS_ROWS))


def within(sizes: range, size: int) -> int:
    """The size among some that is nearest to one."""
    return max(sizes.start, min(size, sizes.stop - 1))
