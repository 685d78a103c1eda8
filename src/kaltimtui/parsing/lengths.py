"""How long a body may be, and what is kept of one that is longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.document import Cut, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.document import Block

LETTERS_LIMIT: Final = 4 * 1024 * 1024
"""Characters of a body."""
LINES_LIMIT: Final = 100_000
"""Lines of one that comes as plain text."""


class Kept(NamedTuple):
    """The lines that a body may have."""

    lines: list[str]
    cut: bool
    """Whether there were more."""


def kept(lines: Iterable[str]) -> Kept:
    """What is kept of some lines: the first, the last of them cut at a word; empty ones are not."""
    found: list[str] = []
    left = LETTERS_LIMIT
    for line in filter(None, lines):
        if len(line) > left or len(found) == LINES_LIMIT:
            rest = shortened(line, left) if len(found) < LINES_LIMIT else ""
            return Kept([*found, rest] if rest else found, cut=True)
        found.append(line)
        left -= len(line)
    return Kept(found, cut=False)


def shortened(words: str, most: int) -> str:
    """The first words of a text, in so many characters."""
    if len(words) <= most:
        return words
    end = words.rfind(" ", 0, most + 1)
    return words[: end if end > 0 else most].rstrip()


def paragraphs(lines: Iterable[str]) -> tuple[Block, ...]:
    """Clean lines as paragraphs, with a cut behind them where there were too many."""
    found = kept(lines)
    blocks: tuple[Block, ...] = tuple(map(paragraph, found.lines))
    return (*blocks, Cut()) if found.cut else blocks
