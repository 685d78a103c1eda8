"""What was typed, in pieces: brackets, words, phrases, and what stands before a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["(", ")", "-", "field", "word", "phrase"]

_PIECE: Final = re.compile(
    r"""(?P<open>\()|(?P<close>\))
    |(?P<minus>-(?=[^\s)-]))
    |(?P<field>[^\W\d_]+(?:-[^\W\d_]+)*):(?!//)
    |"(?P<phrase>[^"]*)(?P<end>"|\Z)(?P<prefixed>\*?)
    |(?P<word>[^\s()"]+)""",
    re.VERBOSE,
)


class Piece(NamedTuple):
    """One piece of a search, and where it stands."""

    kind: Kind
    text: str
    """Of a phrase or a word what is looked for; of a field its name."""
    start: int
    end: int
    prefix: bool = False
    open: bool = False
    """A phrase whose end is missing."""
    glued: bool = False
    """Whether no blank stands before it."""


def pieces(typed: str) -> Iterator[Piece]:
    """The pieces of a search, in order; whatever is typed has some."""
    last = -1
    for found in _PIECE.finditer(typed):
        start, end = found.span()
        glued = start == last
        last = end
        match found.lastgroup:
            case "open":
                yield Piece("(", "(", start, end, glued=glued)
            case "close":
                yield Piece(")", ")", start, end, glued=glued)
            case "minus":
                yield Piece("-", "-", start, end, glued=glued)
            case "field":
                yield Piece("field", found["field"], start, end, glued=glued)
            case "word":
                word = found["word"]
                yield Piece("word", word.rstrip("*"), start, end, word.endswith("*"), glued=glued)
            case _:
                yield Piece(
                    "phrase",
                    " ".join(found["phrase"].split()),
                    start,
                    end,
                    found["prefixed"] == "*",
                    not found["end"],
                    glued,
                )
