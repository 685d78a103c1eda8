"""Letters by which one chooses among what is in sight."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

LETTERS: Final = "asdfghjkl"
"""Those of the home row, the ones to be used up first in front."""


def labels(count: int) -> list[str]:
    """So many labels of which none begins another, the shortest first."""
    waiting = deque(reversed(LETTERS))
    while len(waiting) < count:
        # The letter that is reached least well makes room: what it began has one more.
        longest = waiting.popleft()
        waiting.extend(longest + letter for letter in LETTERS)
    order = {letter: place for place, letter in enumerate(LETTERS)}
    return sorted(waiting, key=lambda label: (len(label), [order[one] for one in label]))[:count]


class Target(NamedTuple):
    """Something in sight that leads somewhere."""

    line: int
    cell: int
    """Where it begins, in cells from the left edge of the text."""
    url: str | None = None
    item: int | None = None
    """The related item it is; else the address is what counts."""


class Chosen(NamedTuple):
    """A target that was typed out."""

    target: Target
    forced: bool
    """Whether by a capital letter, which asks for the browser."""


class Hints:
    """Labels of targets, the first of which is the nearest, and what of one is typed."""

    def __init__(self, targets: list[Target]) -> None:
        self.typed = ""
        self._targets = dict(zip(labels(len(targets)), targets, strict=True))
        self._by_line: dict[int, list[tuple[int, str]]] = {}
        for label, target in self._targets.items():
            self._by_line.setdefault(target.line, []).append((target.cell, label))

    def __len__(self) -> int:
        return len(self._targets)

    def on(self, line: int) -> list[tuple[int, str]]:
        """The labels on a line that are still meant, each with its cell, from the left."""
        return sorted(one for one in self._by_line.get(line, ()) if one[1].startswith(self.typed))

    def type(self, key: str) -> Chosen | bool:
        """Take a key: what is chosen by now, True where more is needed, False for no label's."""
        self.typed += key.lower()
        target = self._targets.get(self.typed)
        if target is not None:
            return Chosen(target, forced=key.isupper())
        return bool(key) and any(label.startswith(self.typed) for label in self._targets)
