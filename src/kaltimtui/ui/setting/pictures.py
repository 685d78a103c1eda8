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
        yield Line((Run(" " * width, look),))


class Words(NamedTuple):
    """Where one stands in a text, whatever pictures there are in it."""

    before: int
    """Lines of words above the first one from the top of the screen on."""
    below: int
    """How far that one is from the top."""


def words_at(lines: Sequence[Line], top: int) -> Words:
    """Where one stands with this line at the top."""
    before = sum(map(_is_words, lines[:top]))
    at = next((at for at in range(top, len(lines)) if _is_words(lines[at])), top)
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
    shown = (run.look.spot or run == CAPTION_BAR for run in line.runs)
    return bool(line.runs) and not any(shown)
