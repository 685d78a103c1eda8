"""What goes to the user: data on standard output, everything else on standard error.

Outside text is cleaned once more here, whatever was done to it before: this is the last step
before a terminal.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.styled import Styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from kaltimtui.models import Change
    from kaltimtui.styled import Piece, Style

_CODES: Final[dict[Style, str]] = {
    "bold": "1",
    "dim": "2",
    "warm": "33",
    "accent": "36",
    "error": "31",
}
_DEFAULT_WIDTH: Final = 80
PROGRAM: Final = "kaltimtui"


class OutputError(OSError):
    """What was said could not be handed over to the system."""


class Output:
    """The two streams of one run. ``json`` and ``quiet`` are the options of the same name."""

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json = json
        self.quiet = quiet
        self._out = sys.stdout or _nowhere()
        self._err = sys.stderr or _nowhere()
        _make_lenient(self._out, encoding="utf-8" if json else None)
        _make_lenient(self._err)
        self._progress_shown = False

    @cached_property
    def terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self._out.isatty()

    @cached_property
    def _colours(self) -> bool:
        return self.terminal and _colours_wanted()

    @property
    def width(self) -> int:
        """Columns of the terminal; 80 where there is none to ask."""
        if os.environ.get("COLUMNS", "").isdecimal():
            return max(1, int(os.environ["COLUMNS"]))
        try:
            return os.get_terminal_size(self._out.fileno()).columns or _DEFAULT_WIDTH
        except (OSError, ValueError):  # no terminal, or a stream without a descriptor
            return _DEFAULT_WIDTH

    def own(self, words: str) -> None:
        """Print the program's own words as they stand, such as its help."""
        _write(self._out, words)

    def line(self, *pieces: Piece) -> None:
        """Print one line of data for a person."""
        _write(self._out, "".join(map(self._dressed, pieces)).rstrip() + "\n")

    def row(self, *cells: str) -> None:
        """Print one line of data for a program: cells parted by tabs."""
        from kaltimtui import text

        _write(self._out, "\t".join(map(text.inline, cells)) + "\n")

    def verbatim(self, words: str) -> None:
        """Print clean text of many lines, spaces kept."""
        from kaltimtui import text

        _write(self._out, text.verbatim(words).rstrip("\n") + "\n")

    def data(self, value: Mapping[str, Any]) -> None:
        """Print one JSON object on one line."""
        import json

        from kaltimtui import text

        _write(self._out, json.dumps(text.verbatim_json(value), ensure_ascii=False) + "\n")

    def changed(self, name: str, change: Change, said: Mapping[str, Any]) -> None:
        """Tell of a change of what has a name; as JSON, with what is ``said`` of it."""
        self.tell(f"{name}: {change.description}")
        if self.json:
            self.data({**said, "description": change.description, "changed": change.count})

    def tell(self, message: str) -> None:
        """Say on standard error what was done, unless asked to be quiet."""
        if not self.quiet:
            self._say(message)

    def fail(self, message: str) -> None:
        """Say on standard error what went wrong, quiet or not."""
        self._say(f"{PROGRAM}: {message}")

    def point(self, *lines: str) -> None:
        """Say on standard error what a failure is about, in lines whose spaces are meant."""
        from kaltimtui import text

        _write(self._err, "".join(f"{text.verbatim(line)}\n" for line in lines))

    def progress(self, message: str) -> None:
        """Show how far the work is on a line that the next one overwrites; terminals only."""
        if self.quiet or not self._err.isatty():
            return
        from kaltimtui import text

        _write(self._err, "\r" + text.fit(text.inline(message), self.width - 1) + "\x1b[K")
        self._err.flush()
        self._progress_shown = True

    def flush(self) -> None:
        """Hand everything over. Raises BrokenPipeError where nobody reads, OutputError."""
        with _telling():
            self._out.flush()
            self._err.flush()

    def abandon(self) -> None:
        """Let what cannot be written go nowhere, so that the end stays silent."""
        for stream in (self._out, self._err):
            try:
                stream.flush()
            except OSError:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

    def _say(self, message: str) -> None:
        from kaltimtui import text

        if self._progress_shown:
            _write(self._err, "\r\x1b[K")
            self._progress_shown = False
        _write(self._err, text.inline(message) + "\n")

    def _dressed(self, piece: Piece) -> str:
        from kaltimtui import text

        words = text.verbatim(piece.text if isinstance(piece, Styled) else piece)
        words = words.replace("\n", " ").replace("\t", " ")
        if self._colours and isinstance(piece, Styled) and words:
            return f"\x1b[{_CODES[piece.style]}m{words}\x1b[0m"
        return words


def _write(stream: TextIO, words: str) -> None:
    with _telling():
        stream.write(words)


@contextmanager
def _telling() -> Iterator[None]:
    """Tell a failure of the streams from one of any other file."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


def _nowhere() -> TextIO:
    """What stands for a stream that was closed before the program began."""
    from pathlib import Path

    return Path(os.devnull).open("w", encoding="utf-8")


def _colours_wanted() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _make_lenient(stream: TextIO, encoding: str | None = None) -> None:
    """Replace what a stream's encoding cannot say, instead of failing at it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="replace")
