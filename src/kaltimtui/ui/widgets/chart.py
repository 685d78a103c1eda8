"""Bars over an axis, drawn with blocks of eighths; a second series stands among them as dots.

Nothing in it needs a colour: the series differ by shape, and an arrow points at the cursor.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaltimtui.statistics import Tick, ceiling, figure
from kaltimtui.ui.widgets.ground import Grounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events

    from kaltimtui.ui.widgets.row_list import Piece

_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_DOT: Final = "•"
_GUTTER: Final = 8
"""Cells for the numbers beside the axis: seven figures with their mark, and a blank."""
_GUTTER_FROM: Final = 60
_WIDEST: Final = 6
"""Cells that a bar takes at most, the blank beside it among them."""
_GAP_FROM: Final = 3
_AXIS_FROM: Final = 6
"""Lines of a chart that has an axis of its own; below that its words stand right under the bars."""
_MIDDLE_FROM: Final = 5
_DOTS_FROM: Final = 3
"""Lines of bars; in fewer, dots would hide the bars they stand among."""


class Figures(NamedTuple):
    """What a chart shows: its bars from the left, the dots among them, the words below."""

    bars: tuple[float, ...] = ()
    dots: tuple[float, ...] = ()
    """As many as bars, or none."""
    ticks: tuple[Tick, ...] = ()


class Measures(NamedTuple):
    """How many cells and lines the parts of a chart take."""

    gutter: int
    each: int
    """Cells of a bar with the blank beside it."""
    bars: int
    """Lines."""
    axis: bool
    words: bool


def room(width: int) -> int:
    """Cells that bars have in a chart so wide."""
    return max(1, width - (_GUTTER if width >= _GUTTER_FROM else 0))


def cells_each(count: int, width: int) -> int:
    """Cells that each of so many bars takes in a chart so wide."""
    return max(1, min(_WIDEST, room(width) // max(1, count)))


def measures(count: int, width: int, height: int) -> Measures:
    """How so many bars stand in so much room."""
    axis, words = height >= _AXIS_FROM, height > 1
    gutter = _GUTTER if width >= _GUTTER_FROM else 0
    return Measures(gutter, cells_each(count, width), height - axis - words, axis, words)


def drawn(figures: Figures, cursor: int, width: int, height: int) -> list[list[Piece]]:
    """The lines of a chart, each as wide as it is, in pieces of one look."""
    size = measures(len(figures.bars), width, height)
    top = ceiling(max((*figures.bars, *figures.dots), default=0))
    lines = [_bar_line(figures, cursor, size, top, line) for line in range(size.bars)]
    if size.axis:
        lines.append(_axis_line(figures, cursor, size))
    if size.words:
        lines.append(_word_line(figures, cursor, size))
    return [_joined(line, width) for line in lines]


def _bar_line(
    figures: Figures, cursor: int, size: Measures, top: float, line: int
) -> Iterable[Piece]:
    """A line of bars, counted from above."""
    if size.gutter:
        yield f"{_scale(size, top, line):>{size.gutter - 1}} ", "axis"
    from_below = size.bars - 1 - line
    blank = size.each >= _GAP_FROM
    shows_dots = bool(figures.dots) and size.bars >= _DOTS_FROM
    for place, value in enumerate(figures.bars):
        eighths = _eighths(value, top, size.bars) - 8 * from_below
        block = _BLOCKS[max(0, min(8, eighths))]
        look = "cursor" if place == cursor else "bar"
        cells = block * (size.each - blank)
        if shows_dots and _level(figures.dots[place], top, size.bars) == from_below:
            yield _DOT, "dot"
            cells = cells[1:]
        yield cells + " " * blank, look


def _eighths(value: float, top: float, lines: int) -> int:
    """The height of a bar; one that is there at all can be seen."""
    return max(1, round(value / top * lines * 8)) if value > 0 else 0


def _level(value: float, top: float, lines: int) -> int:
    """The line from below in which a dot stands; none for nothing."""
    return (_eighths(value, top, lines) - 1) // 8 if value > 0 else -1


def _scale(size: Measures, top: float, line: int) -> str:
    """The number beside a line: the top, and its half where there is room."""
    if line == 0:
        return figure(top)
    middle = size.bars % 2 == 0 and line == size.bars // 2 and size.bars >= _MIDDLE_FROM
    return figure(top / 2) if middle else ""


def _axis_line(figures: Figures, cursor: int, size: Measures) -> Iterable[Piece]:
    marked = {tick.place for tick in figures.ticks}
    if size.gutter:
        yield f"{'0':>{size.gutter - 1}} ", "axis"
    for place in range(len(figures.bars)):
        if place == cursor:
            yield "▲", "pointer"
        else:
            yield "┬" if place in marked else "─", "axis"
        yield "─" * (size.each - 1), "axis"


def _word_line(figures: Figures, cursor: int, size: Measures) -> Iterable[Piece]:
    """The words below the bars; where the arrow stands among them, it takes the place of one."""
    written = [(place * size.each, label, "axis") for place, label in figures.ticks]
    if not size.axis and figures.bars:
        at = cursor * size.each
        written = [one for one in written if not one[0] - 1 <= at <= one[0] + len(one[1])]
        written = sorted([*written, (at, "▲", "pointer")])
    yield " " * size.gutter, "axis"
    end = 0
    for start, label, look in written:
        yield " " * (start - end), "axis"
        yield label, look
        end = start + len(label)


def _joined(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """A line in as few pieces as there are changes of look, filled up to its width."""
    cells = [(cell, look) for piece, look in pieces for cell in piece][:width]
    cells += [(" ", "axis")] * (width - len(cells))
    return [
        ("".join(cell for cell, _look in run), look)
        for look, run in groupby(cells, key=itemgetter(1))
    ]


class Chart(Grounded, Widget):
    """A chart with a cursor on one of its bars; ``figures`` makes it for the width there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"chart--{look}" for look in ("bar", "dot", "cursor", "pointer", "axis")
    }
    DEFAULT_CSS = """
    Chart {
        background: $list-ground; color: $ink;

        & > .chart--bar { color: $accent-ink; }
        & > .chart--dot { color: $warm-ink; text-style: bold; }
        & > .chart--cursor { color: $ink-strong; text-style: bold; }
        & > .chart--pointer { color: $ink-strong; text-style: bold; }
        & > .chart--axis { color: $ink-muted; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another bar, or the bars are others."""

    def __init__(self, figures: Callable[[int], Figures], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """``figures`` makes them for a chart so many cells wide."""
        super().__init__(id=id)
        self._make = figures
        self._lines: list[list[Piece]] | None = None
        self.figures = Figures()

    def renew(self, *, from_end: bool = True) -> None:
        """Make the figures anew, with the cursor on the last bar, or else where it was."""
        if not self.size.width:
            return
        self.figures = self._make(self.size.width)
        last = max(0, len(self.figures.bars) - 1)
        self.set_reactive(Chart.cursor, last if from_end else min(last, self.cursor))
        self._draw_anew()

    def on_resize(self) -> None:
        """Make the figures for the new width."""
        self.renew()

    def validate_cursor(self, wanted: int) -> int:
        """Stay on the bars."""
        return max(0, min(wanted, len(self.figures.bars) - 1))

    def watch_cursor(self) -> None:
        """Point at another bar."""
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._lines = None
        self.refresh()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """Move to the bar clicked."""
        size = measures(len(self.figures.bars), self.size.width, self.size.height)
        self.cursor = (event.x - size.gutter) // size.each

    def render_line(self, y: int) -> Strip:
        """One line of the chart."""
        if self._lines is None:
            self._lines = drawn(self.figures, self.cursor, self.size.width, self.size.height)
        ground = self.rich_style
        if y >= len(self._lines):
            return Strip.blank(self.size.width, ground)
        return Strip(
            [
                Segment(
                    piece, ground + self.get_component_rich_style(f"chart--{look}", partial=True)
                )
                for piece, look in self._lines[y]
            ],
            self.size.width,
        )
