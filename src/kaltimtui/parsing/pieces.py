"""A JSON object of any length, read piece by piece: its lists are never held whole."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.errors import ParseError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PIECE_LIMIT: Final = 32 * 1024 * 1024
"""Characters that one piece may have."""
_CHUNK: Final = 64 * 1024
_BLANKS: Final = " \t\r\n"
_ENDS: Final = frozenset(",:]}" + _BLANKS)
"""What follows a value."""


class Piece(NamedTuple):
    """An element of a list that is a member of the object, or a member that is no list."""

    name: str
    value: Any
    listed: bool


def pieces(stream: BinaryIO, *, limit: int) -> Iterator[Piece]:
    """The members of a JSON object, lists element by element, as they stand.

    Raises ParseError where it is none, or broken, or has more than ``limit`` bytes. What comes
    before that place has been given by then.
    """
    text = _Text(stream, limit)
    text.expect("{")
    if text.has("}"):
        text.end()
        return
    while True:
        name = text.value()
        if not isinstance(name, str):
            raise text.broken()
        text.expect(":")
        if not text.has("["):
            yield Piece(name, text.value(), listed=False)
        elif not text.has("]"):
            yield Piece(name, text.value(), listed=True)
            while text.has(","):
                yield Piece(name, text.value(), listed=True)
            text.expect("]")
        if not text.has(","):
            text.expect("}")
            text.end()
            return


class _Text:
    """What of the text has been read and not been used yet."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._bytes = 0
        self._held = ""
        self._at = 0
        self._lines = 1
        """The number of the line that what is held begins in."""
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._json = json.JSONDecoder()

    def has(self, sign: str) -> bool:
        """Whether a sign comes next; it is passed."""
        found = self._next() == sign
        self._at += found
        return found

    def expect(self, sign: str) -> None:
        """Pass a sign. Raises ParseError where another one comes."""
        if not self.has(sign):
            raise self.broken()

    def end(self) -> None:
        """Raises ParseError where anything follows."""
        if self._next():
            raise self.broken()

    def value(self) -> Any:
        """The value that comes next."""
        self._next()
        wanted = _CHUNK
        while True:
            try:
                value, end = self._json.raw_decode(self._held, self._at)
            except RecursionError:
                raise self.broken() from None
            except ValueError as error:  # cut off, perhaps
                if not self._more(wanted):
                    raise self.broken(getattr(error, "pos", None)) from None
            else:
                # Else it is a number, which may go on.
                if self._held[end : end + 1] in _ENDS or not self._more(wanted):
                    self._at = end
                    return value
            wanted *= 2

    def broken(self, at: int | None = None) -> ParseError:
        """What is said of a text that cannot be read at some place."""
        line = self._lines + self._held.count("\n", 0, self._at if at is None else at)
        return ParseError(
            _("This JSON is broken at line {line}.").format(line=line),
            hint=_("It may be cut off; fetch or save it again."),
        )

    def _next(self) -> str:
        """The next sign that is no blank; nothing at the end."""
        while True:
            while self._at < len(self._held):
                sign = self._held[self._at]
                if sign not in _BLANKS:
                    return sign
                self._at += 1
            if not self._more(_CHUNK):
                return ""

    def _more(self, wanted: int) -> bool:
        """Read on; whether there was anything."""
        data = self._stream.read(wanted)
        self._bytes += len(data)
        if self._bytes > self._limit:
            size = self._limit // (1 << 20)
            raise ParseError(_("The file has more than {size} MiB.").format(size=size))
        said = self._decoder.decode(data, final=not data)
        if not data and not said:
            return False
        self._lines += self._held.count("\n", 0, self._at)
        self._held = self._held[self._at :] + said
        self._at = 0
        if len(self._held) > PIECE_LIMIT + _CHUNK:
            raise ParseError(_("An entry at line {line} is too long.").format(line=self._lines))
        return True
