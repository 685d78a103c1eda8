"""Pictures as Kitty and Ghostty show them: sent once, and then held in place by letters.

The letters are cells of the text like any other, so a picture scrolls, is cut and is wiped with
it. Which terminals know them cannot be asked: Konsole and WezTerm say that they show pictures, and
then show the letters. So it is told by what these two put into the environment.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from collections import OrderedDict
from functools import cache
from random import randrange
from typing import TYPE_CHECKING, Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HELD: Final = 24
"""Pictures that the terminal keeps at a time."""
_CHUNK: Final = 4096
"""Characters of a picture that may be sent at once."""
_LETTER: Final = "\U0010eeee"
_NUMBERS: Final = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 "
    "59c-5a1 5a8-5a9 5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 "
    "6eb-6ec 730 732-733 735-736 73a 73d 73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 "
    "81b-823 825-827 829-82d 951 953-954 f82-f83 f86-f87 135d-135f 17dd 193a 1a17 1a75-1a7c "
    "1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe "
    "20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d "
    "a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 "
    "1d185-1d189 1d1aa-1d1ad 1d242-1d244 "
)
"""The marks on the letter that tell the row and the column, from 0 on, as Kitty numbers them."""
_SCALES: Final = range(6, 15)
"""Pixels of a column that a picture is drawn with."""
_USUAL: Final = 10
_STDERR: Final = 2
"""What Textual draws on."""


def is_spoken(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is one that holds pictures by letters."""
    if environ.get("TMUX") or environ.get("TERM", "").startswith(("tmux", "screen")):
        return False  # neither passes pictures on unless it is told to
    named = environ.get("TERM") in ("xterm-kitty", "xterm-ghostty")
    return named or "KITTY_WINDOW_ID" in environ or "GHOSTTY_RESOURCES_DIR" in environ


def column_pixels() -> int:
    """Pixels of a column of the terminal, within bounds."""
    try:
        import fcntl
        import termios

        said = fcntl.ioctl(_STDERR, termios.TIOCGWINSZ, bytes(8))
        _rows, columns, width, _height = struct.unpack("HHHH", said)
    except (ImportError, OSError):  # not every system has them, nor every terminal
        return _USUAL
    if not columns or not width:
        return _USUAL
    return max(_SCALES.start, min(int(width // columns), _SCALES.stop - 1))


class Kitty:
    """Pictures that the terminal keeps; those that were sent first are given up first."""

    def __init__(self, send: Callable[[str], object], pixels: int = _USUAL) -> None:
        self._send = send
        self.pixels = pixels
        """Of a column."""
        self._next = randrange(1, 1 << 23)  # noqa: S311 - so that two readers seldom use the same
        self._held: OrderedDict[int, None] = OrderedDict()

    def put(self, picture: bytes, columns: int, rows: int) -> int:
        """Send a picture, a PNG, to stand in so many cells; its number."""
        self._next += 1
        number = self._next
        data = b64encode(picture).decode("ascii")
        pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)] or [""]
        first, *others = pieces
        more = int(bool(others))
        said = [_message(f"a=t,f=100,i={number},q=2,m={more}", first)]
        for left, piece in zip(range(len(others) - 1, -1, -1), others, strict=True):
            said.append(_message(f"q=2,m={int(left > 0)}", piece))
        said.append(_message(f"a=p,U=1,i={number},c={columns},r={rows},q=2"))
        self._send("".join(said))
        self._held[number] = None
        while len(self._held) > _HELD:
            self._remove(self._held.popitem(last=False)[0])
        return number

    def holds(self, number: int) -> bool:
        """Whether the terminal has a picture still."""
        return number in self._held

    def close(self) -> None:
        """Let the terminal forget them all."""
        while self._held:
            self._remove(self._held.popitem()[0])

    def _remove(self, number: int) -> None:
        self._send(_message(f"a=d,d=I,i={number},q=2"))


def held_line(number: int, columns: int, line: int) -> list[Segment]:
    """The letters that hold one line of a picture; the colour tells which picture it is."""
    marks = _marks()
    row = marks[min(line, len(marks) - 1)]
    text = "".join(f"{_LETTER}{row}{mark}" for mark in marks[:columns])
    colour = Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255)
    return [Segment(text, Style(color=colour))]


@cache
def _marks() -> tuple[str, ...]:
    found: list[str] = []
    for part in _NUMBERS.split():
        first, _, last = part.partition("-")
        found += map(chr, range(int(first, 16), int(last or first, 16) + 1))
    return tuple(found)


def _message(control: str, payload: str = "") -> str:
    return f"\x1b_G{control};{payload}\x1b\\" if payload else f"\x1b_G{control}\x1b\\"
