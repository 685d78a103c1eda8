"""Where two sequences differ, whatever they are of, found within bounds.

What stands but once in both is looked for first and parts them; the fewest changes are worked out
for what is short or cannot be parted. However long both are and however different, it takes so much
work at most; a stretch for which none is left counts as another from end to end.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

CHECKED_EVERY: Final = 2_000
"""Steps after which it is asked whether to go on."""
_WORK: Final = 3_000_000
"""Steps that are taken at most, about two seconds of them on a slow machine."""
_DEEPEST: Final = 300
"""Changes in a stretch, beyond which it counts as another from end to end."""
_SMALL: Final = 400
"""Members of both in which the fewest changes are looked for at once."""

Opcode: TypeAlias = tuple[int, int, int, int]
"""A stretch of both that differs: where it begins and ends in the old one, and in the new one."""


class Differ:
    """Finds where sequences differ, with the work that is left to it.

    ``check`` is called every few milliseconds; what it raises ends it all.
    """

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._left = _WORK
        self._unchecked = 0

    def spend(self, steps: int) -> bool:
        """Take some steps; False where there were none left to take."""
        self._left -= steps
        self._unchecked += steps
        if self._unchecked >= CHECKED_EVERY:
            self._unchecked = 0
            self._check()
        return self._left > 0

    def gaps(self, a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Opcode]:
        """The stretches in which two sequences differ, in order."""
        found: list[Opcode] = []
        waiting: list[Opcode] = [(0, len(a), 0, len(b))]
        while waiting:
            stretch = self._trimmed(a, b, waiting.pop())
            start, end, new_start, new_end = stretch
            if start == end and new_start == new_end:
                continue
            within = self._within(a, b, stretch)
            if within is None:
                waiting += reversed(self._between_anchors(a, b, stretch))
            else:
                found += within
        return found

    def _trimmed(self, a: Sequence[Hashable], b: Sequence[Hashable], stretch: Opcode) -> Opcode:
        """A stretch without what both begin and end with."""
        start, end, new_start, new_end = stretch
        while start < end and new_start < new_end and a[start] == b[new_start]:
            start, new_start = start + 1, new_start + 1
            self.spend(0 if start % CHECKED_EVERY else CHECKED_EVERY)
        while start < end and new_start < new_end and a[end - 1] == b[new_end - 1]:
            end, new_end = end - 1, new_end - 1
        return start, end, new_start, new_end

    def _within(
        self, a: Sequence[Hashable], b: Sequence[Hashable], stretch: Opcode
    ) -> list[Opcode] | None:
        """The stretches within one that differ; None where it is to be parted before."""
        start, end, new_start, new_end = stretch
        size = end - start + new_end - new_start
        if start == end or new_start == new_end or not self.spend(size):
            return [stretch]
        if size <= _SMALL and (found := self._shortest(a, b, stretch)) is not None:
            return found
        if any(self._anchors(a, b, stretch)):
            return None
        return self._shortest(a, b, stretch) or [stretch]

    def _between_anchors(
        self, a: Sequence[Hashable], b: Sequence[Hashable], stretch: Opcode
    ) -> list[Opcode]:
        """The stretches between what stands but once in both, and in the same order."""
        at, end, new_at, new_end = stretch
        found: list[Opcode] = []
        for place, new_place in self._anchors(a, b, stretch):
            found.append((at, place, new_at, new_place))
            at, new_at = place + 1, new_place + 1
        return [*found, (at, end, new_at, new_end)]

    def _anchors(
        self, a: Sequence[Hashable], b: Sequence[Hashable], stretch: Opcode
    ) -> list[tuple[int, int]]:
        """What stands but once in both, as much of it as comes in the same order."""
        start, end, new_start, new_end = stretch
        places = _once(b, new_start, new_end)
        shared = [
            (place, places[token])
            for token, place in _once(a, start, end).items()
            if token in places
        ]
        return _rising(sorted(shared))

    def _shortest(
        self, a: Sequence[Hashable], b: Sequence[Hashable], stretch: Opcode
    ) -> list[Opcode] | None:
        """The fewest changes that lead from one to the other (Myers); None for very many."""
        start, end, new_start, new_end = stretch
        size, new_size = end - start, new_end - new_start
        reach = {1: 0}
        trace: list[dict[int, int]] = []
        for depth in range(min(size + new_size, _DEEPEST) + 1):
            trace.append(dict(reach))
            went = depth
            for k in range(-depth, depth + 1, 2):
                down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
                x = first = reach[k + 1] if down else reach[k - 1] + 1
                y = x - k
                while x < size and y < new_size and a[start + x] == b[new_start + y]:
                    x, y = x + 1, y + 1
                went += x - first
                reach[k] = x
                if x >= size and y >= new_size:
                    return _traced(trace, stretch)
            if not self.spend(went):
                return None
        return None


def _once(tokens: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    """What stands but once in a stretch, with its place."""
    places: dict[Hashable, int] = {}
    for place in range(start, end):
        token = tokens[place]
        places[token] = -1 if token in places else place
    return {token: place for token, place in places.items() if place >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs, which come in the order of the first, that rise in the second."""
    ends: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for place, (_first, second) in enumerate(pairs):
        at = bisect_left(ends, second)
        before.append(lasts[at - 1] if at else -1)
        ends[at : at + 1] = [second]
        lasts[at : at + 1] = [place]
    found = []
    place = lasts[-1] if lasts else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _traced(trace: Sequence[dict[int, int]], stretch: Opcode) -> list[Opcode]:
    """The way that was found, as the stretches in which it is no straight one."""
    start, end, new_start, new_end = stretch
    x, y = end - start, new_end - new_start
    found: list[Opcode] = []
    for depth in range(len(trace) - 1, 0, -1):
        reach, k = trace[depth], x - y
        down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
        last = k + 1 if down else k - 1
        from_x, from_y = reach[last], reach[last] - last
        # Behind this change both go on alike, up to (x, y).
        alike = min(x - from_x - (not down), y - from_y - down)
        to_x, to_y = x - alike, y - alike
        if found and found[-1][0] == start + to_x and found[-1][2] == new_start + to_y:
            _x, until, _y, new_until = found.pop()
        else:
            until, new_until = start + to_x, new_start + to_y
        found.append((start + from_x, until, new_start + from_y, new_until))
        x, y = from_x, from_y
    return found[::-1]
