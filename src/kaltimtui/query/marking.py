"""Where the words of a search stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui.query import words
from kaltimtui.query.tree import WORDS, And, Field, In, Not, Or, Term, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.query.tree import Query

Place: TypeAlias = tuple[int, int]
"""The first character of something in a text, and the one behind its last."""

_CHUNK: Final = re.compile(r"[A-Za-z0-9\u0080-\U0010ffff]+")
"""All that may be of words: what else there is in ASCII parts them."""
_AROUND: Final = 120
"""Characters that a snippet has before the first word found, and behind it."""


class Wanted(NamedTuple):
    """Words one after the other, as ``words.tokens`` has them."""

    tokens: tuple[str, ...]
    prefix: bool
    """Whether the last one may go on."""
    field: Field | None
    """Where they are looked for; None: anywhere."""


class Marker(NamedTuple):
    """What is to be marked in the articles that a search finds; equal where that is the same."""

    wanted: tuple[Wanted, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def in_title(self, text: str) -> list[Place]:
        """Where it stands in a headline."""
        return self.places(text, Field.TITLE)

    def in_body(self, text: str) -> list[Place]:
        """Where it stands in a text."""
        return self.places(text, Field.BODY)

    def places(self, text: str, field: Field) -> list[Place]:
        """Where it stands in a text that stands in a field, in order, none within another."""
        wanted = [one for one in self.wanted if one.field in (None, field)]
        if not wanted:
            return []
        there = list(placed(text))
        tokens = [token for token, _place in there]
        found = sorted(
            (there[at][1][0], there[at + len(one.tokens) - 1][1][1])
            for one in wanted
            for at in _starts(tokens, one)
        )
        return _joined(found)

    def snippet(self, text: str) -> str:
        """A text round the first place in it, in one line; empty where there is none.

        What it begins or ends within is marked by an ellipsis.
        """
        first = next(iter(self.places(text, Field.BODY)), None)
        if first is None:
            return ""
        start, end = max(0, first[0] - _AROUND), min(len(text), first[1] + _AROUND)
        if start:  # at the beginning of a word, where one is near
            start = text.find(" ", start, first[0]) + 1 or start
        said = " ".join(text[start:end].split())
        return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"


def marker(query: Query) -> Marker:
    """What a search would have marked: the words it asks for, not those it does without."""
    found = (
        Wanted(tuple(words.tokens(what.text)), what.prefix, field)
        for field, what in _asked(query.root)
    )
    return Marker(tuple(dict.fromkeys(one for one in found if one.tokens)))


def placed(text: str) -> Iterator[tuple[str, Place]]:
    """The words of a text, as ``words.tokens`` has them, each with its place."""
    for chunk in _CHUNK.finditer(text):
        said, start = chunk[0], chunk.start()
        if said.isascii():
            yield said.lower(), (start, chunk.end())
        else:
            yield from _parts(said, start)


def _parts(chunk: str, offset: int) -> Iterator[tuple[str, Place]]:
    start: int | None = None
    for at, character in enumerate(chunk):
        if words.is_part(character) or (start is not None and _goes_on(character)):
            start = at if start is None else start
        elif start is not None:
            yield words.fold(chunk[start:at]), (offset + start, offset + at)
            start = None
    if start is not None:
        yield words.fold(chunk[start:]), (offset + start, offset + len(chunk))


@lru_cache(maxsize=256)
def _goes_on(character: str) -> bool:
    """Whether a word goes on behind this: an accent on its own does not part it."""
    return len(words.tokens(f"a{character}a")) == 1


def _asked(term: Term | None) -> Iterator[tuple[Field | None, Text]]:
    match term:
        case And(terms) | Or(terms):
            for inner in terms:
                yield from _asked(inner)
        case Text():
            yield None, term
        case In(field, what) if field in WORDS:
            yield field, what
        case None | Not():
            return


def _starts(tokens: Sequence[str], wanted: Wanted) -> Iterator[int]:
    *whole, last = wanted.tokens
    for at in range(len(tokens) - len(whole)):
        end = tokens[at + len(whole)]
        fits = end.startswith(last) if wanted.prefix else end == last
        if fits and list(tokens[at : at + len(whole)]) == whole:
            yield at


def _joined(places: Sequence[Place]) -> list[Place]:
    found: list[Place] = []
    for start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
