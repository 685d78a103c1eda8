"""A picture as segments: two pixels a cell, the upper one as ink and the lower one as ground."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from kaltimtui.pixels.fit import rows

if TYPE_CHECKING:
    from kaltimtui.pixels.order import Drawn

_UPPER: Final = "▀"


def half_blocks(
    drawn: Drawn, ground: tuple[int, int, int], colours: ColorSystem
) -> list[list[Segment]]:
    """A picture line by line; what stands below its last pixel is ground. For a thread.

    What the terminal is sent for each style is worked out here too, for it is kept with the style.
    """
    lines = [_line(drawn, ground, line) for line in range(rows(drawn.size))]
    for segment in chain.from_iterable(lines):
        if segment.style is not None:
            segment.style.render(_UPPER, color_system=colours)
    return lines


def _line(drawn: Drawn, ground: tuple[int, int, int], line: int) -> list[Segment]:
    upper = _dots(drawn, 2 * line)
    lower = _dots(drawn, 2 * line + 1) or [bytes(ground)] * len(upper)
    return [
        Segment(_UPPER * len(list(cells)), _style(*pair))
        for pair, cells in groupby(zip(upper, lower, strict=True))
    ]


def _dots(drawn: Drawn, row: int) -> list[bytes]:
    start, stop = (3 * drawn.size.width * at for at in (row, row + 1))
    stop = min(stop, len(drawn.pixels))
    return [drawn.pixels[at : at + 3] for at in range(start, stop, 3)]


@lru_cache(maxsize=8192)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style(color=_colour(upper), bgcolor=_colour(lower))


@lru_cache(maxsize=4096)
def _colour(dot: bytes) -> Color:
    return Color.from_rgb(*dot)
