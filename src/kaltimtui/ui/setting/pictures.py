"""Pictures as lines of a text: the room each takes, before it is drawn and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui.pixels.fit import Size, rows
from kaltimtui.ui.setting.lines import Line, Look, Role, Run, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.ui.setting.page import Page

CAPTION_BAR: Final = Run("▎ ", Look((Role.BAR,)))
_APART: Final = frozenset({Role.PICTURE, Role.BAR, Role.MARKER})
"""What says nothing by itself: a blank line within a quotation has a bar, too."""
_OF_CAPTIONS: Final = _APART | {Role.CAPTION, Role.ADDRESS}
"""What stands beside the bar of a caption; a note has that bar as well, and other roles."""
_AT_ONCE: Final = 500
"""Lines that are laid out at once to find a place again."""


class Figure(NamedTuple):
    """A picture as it is to stand in a text."""

    size: Size
    """In half blocks; 0 by 0 where it cannot be shown."""
    trouble: str = ""
    """Why it cannot be."""


Figures: TypeAlias = Callable[[str, int], Figure | None]
"""The picture of an address, for so many cells; None where nothing is known of it."""


def picture_lines(url: str, figure: Figure) -> Iterator[Line]:
    """The room of a picture, in lines that say nothing."""
    width, height = figure.size
    for line in range(rows(figure.size)):
        look = Look((Role.PICTURE,), url, spot=Spot(url, width, height, line))
        yield Line((Run(" " * width, look),), ink=0)


class Words(NamedTuple):
    """Where one stands in a text, whatever pictures there are in it."""

    before: int
    """Lines of words above the one that is to stay, the first from the top on as a rule."""
    below: int
    """How far that one is from the top."""


def words_at(lines: Sequence[Line], top: int, led_to: int | None = None) -> Words:
    """Where one stands with this line at the top; ``led_to``: the line that is to stay instead."""
    first = top if led_to is None else led_to
    before = sum(map(_is_words, lines[:first]))
    at = next((at for at in range(first, len(lines)) if _is_words(lines[at])), top)
    return Words(before, at - top)


def top_for(page: Page, words: Words) -> int:
    """The line that is at the top where one stands at the same words; lays it out if need be."""
    left, looked_at = words.before, 0
    while True:
        for at in range(looked_at, len(page)):
            if _is_words(page.lines[at]):
                if not left:
                    return max(0, at - words.below)
                left -= 1
        if page.complete:
            return max(0, len(page) - 1)
        looked_at = len(page)
        page.grow(_AT_ONCE)


def _is_words(line: Line) -> bool:
    """Whether a line is there with pictures and without: what is said of one moves with it."""
    apart = _OF_CAPTIONS if CAPTION_BAR in line.runs else _APART
    return any(run.look.roles[0] not in apart and run.text.strip() for run in line.runs)
