"""Whether one article is what a search means, by its texts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kaltimtui.query import dates, words
from kaltimtui.query.tree import (
    WORDS,
    Aged,
    And,
    Dated,
    Field,
    In,
    Is,
    Not,
    Or,
    State,
    Term,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kaltimtui.query.tree import Query

_INDEXED = (Field.BODY, Field.TITLE, Field.PLACE, Field.BYLINE)
"""Where words are looked for that stand in no field."""


class Subject(NamedTuple):
    """What a search may ask of an article."""

    listed: datetime
    """The time the list shows."""
    title: str
    body: str = ""
    place: str = ""
    byline: str = ""
    note: str = ""
    category: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    states: frozenset[State] = frozenset()

    def words(self, field: Field) -> list[str]:
        """The words in one of ``tree.WORDS``."""
        texts = {
            Field.TITLE: self.title,
            Field.BODY: self.body,
            Field.PLACE: self.place,
            Field.BYLINE: self.byline,
            Field.NOTE: self.note,
        }
        return words.tokens(texts[field])

    def names(self, field: Field) -> tuple[str, ...]:
        """What it is called in a field that is not one of ``tree.WORDS``."""
        if field is Field.TAG:
            return self.tags
        return (self.category if field is Field.CATEGORY else self.source,)


def matches(query: Query, subject: Subject, now: datetime) -> bool:
    """Whether an article is meant."""
    return query.root is None or _meant(query.root, subject, now)


def _meant(term: Term, subject: Subject, now: datetime) -> bool:
    match term:
        case And(terms):
            return all(_meant(part, subject, now) for part in terms)
        case Or(terms):
            return any(_meant(part, subject, now) for part in terms)
        case Not(inner):
            return not _meant(inner, subject, now)
        case Text():
            return any(_has(subject.words(field), term) for field in _INDEXED)
        case In(field, what) if field in WORDS:
            return _has(subject.words(field), what)
        case In(field, what):
            return any(named(name, what, field) for name in subject.names(field))
        case Is(state):
            return state in subject.states
        case Dated() | Aged():
            since, until = dates.bounds(term, now)
            return since <= subject.listed < until


def _has(there: Sequence[str], wanted: Text) -> bool:
    """Whether some words hold others, one after the other."""
    parts = words.tokens(wanted.text)
    *whole, last = parts
    for start in range(len(there) - len(parts) + 1):
        end = there[start + len(whole)]
        if list(there[start : start + len(whole)]) == whole and (
            end.startswith(last) if wanted.prefix else end == last
        ):
            return True
    return False


def named(name: str, wanted: Text, field: Field) -> bool:
    """Whether a category, source or tag is called so; a tag also by what it is below."""
    there, asked = words.name(name), words.name(wanted.text)
    if not there:
        return False
    if wanted.prefix:
        return there.startswith(asked)
    return there == asked or (field is Field.TAG and there.startswith(f"{asked}/"))
