"""A text as far as it is laid out, and the rest that is still to come."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.ui.setting.lines import Line, Role


class Page:
    """Lines that come by the slice, each with its place in the text.

    A place is how much of the text stands above a line. It means the same at any width, so it
    can be kept while the text is set anew.
    """

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.lines: list[Line] = []
        self.complete = False
        self._coming: Iterator[Line] = iter(lines)
        self._places = [0]
        self._rows: dict[int, range] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def grow(self, count: int) -> None:
        """Lay out so many lines more, or what is left."""
        before = len(self.lines)
        self.lines += islice(self._coming, count)
        self.complete = len(self.lines) < before + count
        place = self._places[-1]
        for at, line in enumerate(self.lines[before:], before):
            place += line.ink
            self._places.append(place)
            if line.item is not None:
                first = self._rows[line.item].start if line.item in self._rows else at
                self._rows[line.item] = range(first, at + 1)

    def place(self, line: int) -> int:
        """Where a line stands in the text."""
        return self._places[max(0, min(line, len(self.lines)))]

    def line(self, place: int) -> int | None:
        """The first line that stands at a place; None where that is not laid out yet."""
        if place > self._places[-1] and not self.complete:
            return None
        found = bisect_right(self._places, max(0, place)) - 1
        return bisect_left(self._places, self._places[found])

    def rows(self, item: int | None) -> range:
        """The lines that tell of a related item."""
        return range(0) if item is None else self._rows.get(item, range(0))

    def first(self, role: Role, start: int = 0) -> int | None:
        """The first laid out line, from one on, in which something has a role."""
        for at in range(start, len(self.lines)):
            if any(role in run.look.roles for run in self.lines[at].runs):
                return at
        return None

    def text(self) -> str:
        """What is laid out, without its looks."""
        return "\n".join(line.text for line in self.lines)
