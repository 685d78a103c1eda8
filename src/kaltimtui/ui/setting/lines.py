"""Styled text cut into lines by the cells it takes in a terminal.

A line never parts a grapheme: a letter keeps its marks, an emoji its joiners. It breaks at a
space, after a hyphen between longer words, or beside a wide character; a word longer than a
line is cut. A doubled word (``detik-detik``) is one. Lines come one by one, so that a long text
need not be laid out whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rich.cells import split_graphemes

from kaltimtui import text
from kaltimtui.ui.setting.addresses import LEADS_TO, elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.document import Span, Spans


class Role(StrEnum):
    """What a run of text is, which decides how it looks."""

    BODY = "body"
    TITLE = "title"
    KICKER = "kicker"
    META = "meta"
    HEADING = "heading"
    CAPTION = "caption"
    QUOTE = "quote"
    BAR = "bar"
    MARKER = "marker"
    BLOCK_CODE = "block-code"
    ADDRESS = "address"
    GROUP = "group"
    UNREAD = "unread"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"
    HIT = "hit"
    FOUND = "found"
    FOUND_HERE = "found-here"
    HINT = "hint"
    PICTURE = "picture"
    REMOVED = "removed"
    ADDED = "added"


class Spot(NamedTuple):
    """A line of a picture, in the room that the picture takes."""

    url: str
    columns: int
    half_lines: int
    """Pixels from top to bottom, two in a line."""
    line: int


class Look(NamedTuple):
    """How a run looks: the first role sets the ground, the others are laid over it."""

    roles: tuple[Role, ...]
    href: str | None = None
    tag: str | None = None
    """The tag that it names, which may have a colour of its own."""
    spot: Spot | None = None
    """What is drawn in its place, once that is there."""


class Run(NamedTuple):
    """Clean text in one look."""

    text: str
    look: Look


Runs: TypeAlias = tuple[Run, ...]
Piece: TypeAlias = tuple[str, Look]
"""Outside text and its look."""


class Line(NamedTuple):
    """One line of a laid out text."""

    runs: Runs = ()
    ink: int = 1
    """How much of the text it holds, in characters that are no space; at least 1.

    The sum over the lines above one is its place in the text, whatever the width. What is there
    at times only, as a picture is, holds none of it.
    """
    item: int | None = None
    """Which related item it tells of."""

    @property
    def text(self) -> str:
        """What it says, without its looks."""
        return "".join(run.text for run in self.runs)


BLANK: Final = Line()
NO_INK: Final = Line(ink=0)
"""A blank line that comes and goes."""
_AT_ONCE: Final = 32 * 1024
"""Characters of a paragraph that are cleaned and measured at once."""

_ONE_CELL: Final = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u2500-\u25fc"
)
_TWO_CELLS: Final = "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60"
_NOT_ONE_CELL = re.compile(f"[^{_ONE_CELL}\n]")
_FIRST_OF_TWO: Final = _TWO_CELLS[0]
_UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064]")
_JOINERS = re.compile("([\u061c\u200c-\u200f\ufe00-\ufe0f]{2})[\u061c\u200c-\u200f\ufe00-\ufe0f]+")
_STRAY = re.compile(r"(?<![^\s\u200d])\u200d")
"""Joiners with nothing before them to join, which a terminal and we would measure otherwise."""
_GAP = re.compile(r"[ \t]{2,}|\t")
_HYPHEN = re.compile(r"\b([^\W\d_]{3,})-(?!\1)(?=[^\W\d_]{3})", re.IGNORECASE)
_IN_LONG_WORD = re.compile(r"(?<=[/?&=.,;:_-])(?=\w)")


# Large sets take milliseconds to compile: these two wait for a text that needs them.


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{_TWO_CELLS}\U0001f300-\U0001faff]")


@cache
def _not_two_cells() -> re.Pattern[str]:
    return re.compile(f"[^{_TWO_CELLS}]")


def clean(value: str) -> str:
    """Outside text as it may be drawn: nothing a terminal obeys, spaces folded, breaks kept."""
    value = text.verbatim(value)
    if not value.isascii():
        value = _STRAY.sub("", _JOINERS.sub(r"\1", _UNSEEN.sub("", value)))
    return _GAP.sub(" ", value)


class Flow:
    """Runs joined to one text that lines are cut from; a newline in it ends a line."""

    __slots__ = ("_looks", "_starts", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._looks: list[Look] = []
        length = 0
        for value, look in pieces:
            part = clean(value)
            if part.startswith(" ") and (not parts or parts[-1][-1] in " \n"):
                part = part[1:]
            if part:
                parts.append(part)
                self._starts.append(length)
                self._looks.append(look)
                length += len(part)
        self.text = "".join(parts).rstrip()

    def runs(self, start: int, end: int) -> Runs:
        """The runs between two places of the text."""
        at = bisect_right(self._starts, start) - 1
        if at + 1 == len(self._starts) or self._starts[at + 1] >= end:
            return (Run(self.text[start:end], self._looks[at]),)
        found: list[Run] = []
        while start < end:
            stop = min(end, self._starts[at + 1]) if at + 1 < len(self._starts) else end
            found.append(Run(self.text[start:stop], self._looks[at]))
            start = stop
            at += 1
        return tuple(found)

    def lines(self, width: int) -> Iterator[Line]:
        """Lines of at most ``width`` cells; none where there is no text."""
        for start, end in cuts(self.text, width):
            if start == end:
                yield BLANK
            else:
                ink = end - start - self.text.count(" ", start, end)
                yield Line(self.runs(start, end), max(1, ink))

    def balanced(self, width: int) -> Iterator[Line]:
        """As few lines as ``lines``, but about equally long, so that no word stands alone."""
        short = len(self.text) <= text.INLINE_LIMIT
        return self.lines(balanced_width(self.text, width) if short else width)


@lru_cache(maxsize=256)
def _look(base: Role, strong: bool, emphasis: bool, code: bool) -> Look:
    added = ((Role.STRONG, strong), (Role.EMPHASIS, emphasis), (Role.CODE, code))
    return Look((base, *(role for role, on in added if on)))


def span_look(span: Span, base: Role) -> Look:
    """How a span looks on the ground of a role. Only web and mail addresses make a link."""
    look = _look(base, span.strong, span.emphasis, span.code)
    if span.href and span.href.startswith(("https://", "http://", text.MAIL)):
        return Look((*look.roles, Role.LINK), span.href)
    return look


def span_pieces(spans: Iterable[Span], base: Role) -> Iterator[Piece]:
    """Spans on the ground of a role; behind a link that names another place where it leads to."""
    for href, parts in groupby(spans, lambda span: span.href):
        said = ""
        for span in parts:
            said += span.text
            yield span.text, span_look(span, base)
        if href and (place := elsewhere(said, href)):
            yield f" {LEADS_TO} {place}", Look((Role.META,))


def span_lines(spans: Spans, role: Role, width: int, lead: Sequence[Piece] = ()) -> Iterator[Line]:
    """Lines of spans on the ground of a role, with ``lead`` before the first of them."""
    for portion in _portions(spans):
        yield from Flow(chain(lead, span_pieces(portion, role))).lines(width)
        lead = ()


def _portions(spans: Spans) -> Iterator[Spans]:
    """Spans in lots that are quickly cleaned and measured: a whole book may be one paragraph."""
    lot: list[Span] = []
    room = _AT_ONCE
    for whole in spans:
        span = whole
        while len(span.text) > room:
            cut = max(span.text.rfind(" ", 0, room), 0) or room
            yield (*lot, replace(span, text=span.text[:cut]))
            span = replace(span, text=span.text[cut:])
            lot, room = [], _AT_ONCE
        lot.append(span)
        room -= len(span.text)
    if lot:
        yield tuple(lot)


def wrap(value: str, look: Look, width: int) -> Iterator[Line]:
    """Lines of text in one look."""
    return Flow(((value, look),)).lines(width)


def indented(lines: Iterable[Line], first: Runs, rest: Runs) -> Iterator[Line]:
    """Lines with something before them: ``first`` before the first of them, then ``rest``."""
    before = first
    for line in lines:
        yield Line(before + line.runs, line.ink, line.item)
        before = rest


def inkless(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that may come and go without another place for those below."""
    return (line._replace(ink=0) for line in lines)


def balanced_width(value: str, width: int) -> int:
    """The smallest width at which clean text takes no more lines than at ``width``."""
    allowed = sum(1 for _ in cuts(value, width))
    if allowed <= 1:
        return width
    low = min(width, max(map(text.width, value.split())))
    high = width
    while low < high:
        middle = (low + high) // 2
        if sum(1 for _ in cuts(value, middle)) <= allowed:
            high = middle
        else:
            low = middle + 1
    return high


def cuts(value: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the lines of clean text begin and end."""
    width = max(1, width)
    start = 0
    while start < len(value):
        stop = value.find("\n", start)
        stop = len(value) if stop < 0 else stop
        yield from _cuts_of_line(value, start, stop, width)
        start = stop + 1


def _cuts_of_line(value: str, start: int, stop: int, width: int) -> Iterator[tuple[int, int]]:
    while stop > start and value[stop - 1] == " ":
        stop -= 1
    while True:
        while start < stop and value[start] == " ":
            start += 1
        end = _reach(value, start, stop, width)
        if end >= stop:
            yield start, stop
            return
        end = _break(value, start, end)
        yield start, end
        start = end


def _reach(value: str, start: int, stop: int, width: int) -> int:
    """How far the graphemes go that fit in ``width`` cells; at least past one."""
    # The character after the last that fits counts too: it may be a mark on that one.
    end = start + width
    if _NOT_ONE_CELL.search(value, start, min(stop, end + 1)) is None:
        return min(end, stop)
    end = start + width // 2
    wide = end > start and value[start] >= _FIRST_OF_TWO
    if wide and _not_two_cells().search(value, start, min(stop, end + 1)) is None:
        return min(end, stop)
    return _measured_reach(value, start, stop, width)


def _measured_reach(value: str, start: int, stop: int, width: int) -> int:
    size = width * 2 + 16
    while True:
        window = value[start : min(stop, start + size)]
        used = 0
        for first, last, cells in split_graphemes(window)[0]:
            used += cells
            if used > width:
                return start + (first or last)
        if start + size >= stop:
            return stop
        size *= 4


def _break(value: str, start: int, end: int) -> int:
    """The best place to end a line that would fit up to ``end``."""
    if value[end] == " ":
        return end
    space = value.rfind(" ", start, end)
    beside = value[end - 1 : end + 1]
    if max(beside) >= _FIRST_OF_TWO and _wide().search(beside):
        return end
    if space <= start:
        return _last(_IN_LONG_WORD, value, start + (end - start) // 2 + 1, end) or end
    if value.find("-", space + 1, end) > 0:
        return _last(_HYPHEN, value, space + 1, end) or space
    return space


def _last(pattern: re.Pattern[str], value: str, start: int, end: int) -> int:
    """The last place up to ``end`` where a match ends, or 0."""
    # As much behind the place is looked at as stands before it: a word may be said twice.
    places = [found.end() for found in pattern.finditer(value, start, 2 * end - start + 3)]
    return max((place for place in places if place <= end), default=0)
