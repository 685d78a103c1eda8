"""Which panes are shown, and how wide, for a terminal of a given size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaltimtui.ui.actions import Pane

WIDE: Final = 100
MEDIUM: Final = 60
TALL: Final = 32
"""From so many rows on, a medium screen has its list above the text, not beside it."""
TREE_WIDTH: Final = 26
LIST_WIDTH: Final = 45
LIST_WIDTHS: Final = range(26, 90)
_TEXT_NEEDS: Final = 34
_TEXT_SHARE: Final = 0.5
"""Of what list and text have together, the text gets so much at least."""


class Mode(StrEnum):
    """How many panes stand side by side."""

    THREE = "three"
    BESIDE = "beside"
    STACKED = "stacked"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Panes that are shown, and the width of the list; a width of None takes what is left."""

    mode: Mode
    shown: frozenset[Pane]
    list_width: int | None
    list_height: int | None
    drawer: bool
    """Whether the tree lies over the list instead of beside it."""
    top_line: bool
    bottom_line: bool
    two_line_rows: bool


def mode_for(width: int, height: int) -> Mode:
    """The mode of a terminal of this size."""
    if width >= WIDE:
        return Mode.THREE
    if width >= MEDIUM:
        return Mode.STACKED if height >= TALL else Mode.BESIDE
    return Mode.ONE


def arrange(
    width: int,
    height: int,
    *,
    at: Pane,
    zoomed: bool = False,
    list_width: int = LIST_WIDTH,
    two_line_rows: bool = True,
) -> Arrangement:
    """The panes for a terminal of this size with the cursor in ``at``."""
    mode = mode_for(width, height)
    if mode is Mode.ONE or zoomed:
        shown = frozenset({at})
    elif mode is Mode.THREE or at is Pane.TREE:
        shown = frozenset(Pane)
    else:
        shown = frozenset({Pane.LIST, Pane.READING})
    alone = len(shown) == 1
    beside = mode in (Mode.THREE, Mode.BESIDE) and not alone
    left = width - TREE_WIDTH if mode is Mode.THREE else width
    room = left - max(_TEXT_NEEDS, int(left * _TEXT_SHARE))
    stacked = mode is Mode.STACKED and not alone
    return Arrangement(
        mode=mode,
        shown=shown,
        list_width=max(LIST_WIDTHS.start, min(list_width, room)) if beside else None,
        list_height=height // 3 if stacked else None,
        drawer=mode in (Mode.BESIDE, Mode.STACKED) and not alone,
        top_line=height >= 4,
        bottom_line=height >= 8,
        two_line_rows=two_line_rows and (height >= 24 or (mode is Mode.ONE and height >= 12)),
    )
