"""What one looks for in a text that is laid out: letters as they stand, over line ends too.

Neither case nor accents matter. The lines are looked through by the slice, as they come.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui.query import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.ui.setting.lines import Line

LONGEST: Final = 200
"""Characters that may be looked for."""
MOST: Final = 10_000
"""Hits that are told apart; a text that has more is not looked through any further."""
_SLICE: Final = 400
_BEYOND: Final = 8
"""Lines that a hit may reach into behind the one it begins in."""
_EDGE: Final = " │▎"
"""What stands at the left of the lines of quotes, lists and captions."""
_BREAK: Final = rf"(?:\n[{_EDGE}]*)?"
_GAP: Final = rf"(?: +{_BREAK}|\n[{_EDGE}]*)"


class Part(NamedTuple):
    """The characters of one line that belong to a hit."""

    line: int
    start: int
    end: int


Hit: TypeAlias = "tuple[Part, ...]"
Place: TypeAlias = tuple[int, int, int]
"""Where a hit begins and ends in a line, and which one it is."""


class Search:
    """The hits in the lines that were looked through so far."""

    def __init__(self, sought: str) -> None:
        self.hits: list[Hit] = []
        self.seen = 0
        """Lines that were looked through."""
        self._pattern = _pattern(sought)
        self._free = 0
        """Characters of the next line that the last hit has already."""
        self._by_line: defaultdict[int, list[Place]] = defaultdict(list)

    @property
    def full(self) -> bool:
        """Whether there are more hits than are told apart."""
        return len(self.hits) >= MOST

    def on(self, line: int) -> Sequence[Place]:
        """The hits on a line."""
        return self._by_line.get(line, ())

    def look(self, lines: Sequence[Line], *, complete: bool) -> bool:
        """Look through a slice more of what is laid out; whether it should be called again now.

        ``complete``: there will be no other lines behind these.
        """
        last = len(lines) if complete else len(lines) - _BEYOND
        stop = min(self.seen + _SLICE, last)
        if stop <= self.seen or self._pattern is None or self.full:
            return False
        self._take(lines[self.seen : stop + _BEYOND], stop - self.seen, self._pattern)
        self.seen = stop
        return stop < last and not self.full

    def _take(self, lines: Sequence[Line], count: int, pattern: re.Pattern[str]) -> None:
        """Take the hits that begin in the first ``count`` of some lines."""
        said = [_folded(line.text) for line in lines]
        starts = list(accumulate((len(text) + 1 for text, _places in said), initial=0))
        joined = "\n".join(text for text, _places in said)
        end = free = self._free
        for found in pattern.finditer(joined, free):
            first = bisect_right(starts, found.start()) - 1
            if first >= count or self.full:
                break
            end = found.end()
            parts: list[Part] = []
            for at in range(first, bisect_right(starts, end - 1)):
                text, places = said[at]
                left = max(found.start() - starts[at], 0)
                right = min(end - starts[at], len(text))
                left += len(text[left:right]) - len(text[left:right].lstrip(_EDGE))
                if left < right:
                    parts.append(Part(self.seen + at, *_original(places, left, right)))
            self._keep(tuple(parts))
        self._free = max(0, end - starts[min(count, len(lines))])

    def _keep(self, hit: Hit) -> None:
        for line, start, end in hit:
            self._by_line[line].append((start, end, len(self.hits)))
        self.hits.append(hit)


def _pattern(sought: str) -> re.Pattern[str] | None:
    wanted = [_folded(word)[0] for word in sought[:LONGEST].split()]
    parts = [_BREAK.join(map(re.escape, word)) for word in wanted if word]
    return re.compile(_GAP.join(parts)) if parts else None


def _folded(said: str) -> tuple[str, Sequence[int] | None]:
    """A text as it is compared, and where each of its characters stood; None: in the same place."""
    if said.isascii():
        return said.lower(), None
    parts = [_FOLDS[character] for character in said]
    folded = "".join(parts)
    if len(folded) == len(said) and all(parts):
        return folded, None
    places = [at for at, part in enumerate(parts) for _one in part]
    return folded, [*places, len(said)]


class _Folds(dict[str, str]):
    """What each character is compared as; worked out once, there are few in a language."""

    def __missing__(self, character: str) -> str:
        self[character] = " " if character.isspace() else words.fold(character)
        return self[character]


_FOLDS: Final = _Folds()


def _original(places: Sequence[int] | None, left: int, right: int) -> tuple[int, int]:
    return (left, right) if places is None else (places[left], places[right])
