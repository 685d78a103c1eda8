"""What a search means, as a tree: immutable, and equal where it means the same.

Words that stand side by side are all wanted. ``NAMES`` are the names of fields, states, days,
units and orders in both languages, the first of each language being the one that is written.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.i18n import Language


class Field(StrEnum):
    """Where a word may be looked for."""

    TITLE = "title"
    BODY = "body"
    CATEGORY = "category"
    SOURCE = "source"
    PLACE = "place"
    BYLINE = "byline"
    TAG = "tag"
    NOTE = "note"


class State(StrEnum):
    """What an article may be or have."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"
    LATER = "later"
    CLIPPED = "clipped"
    HIDDEN = "hidden"
    EDITED = "edited"
    IMAGE = "image"
    NOTE = "note"
    TAG = "tagged"


class Sort(StrEnum):
    """The order of what is found."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"
    TITLE = "title"
    SOURCE = "source"


HAD: Final = frozenset({State.IMAGE, State.NOTE, State.TAG})
"""States that are asked for by ``has:``."""
WORDS: Final = frozenset({Field.TITLE, Field.BODY, Field.PLACE, Field.BYLINE, Field.NOTE})
"""Fields in which words are looked for; of the others the whole name is meant."""
CLIPPING: Final = "kliping"
"""The tag of what is in a clipping."""


class Text(NamedTuple):
    """Words that stand one after the other; of the last one only the beginning if ``prefix``."""

    text: str
    prefix: bool = False


class In(NamedTuple):
    """Words in one place, or the name of a category, a source or a tag."""

    field: Field
    what: Text


class Is(NamedTuple):
    """What the article is or has."""

    state: State


class Dated(NamedTuple):
    """Listed within a time, both ends included.

    A day is ``2023``, ``2023-01``, ``2023-01-31`` or one of ``DAYS``.
    """

    since: str | None = None
    until: str | None = None


class Aged(NamedTuple):
    """Listed less long ago than some hours, days, ... (one of ``UNITS``), or longer."""

    younger: bool
    amount: int
    unit: str


class Not(NamedTuple):
    """Everything else."""

    term: Term


class And(NamedTuple):
    """All of these; two at least, none an ``And``."""

    terms: tuple[Term, ...]
    operator: Literal["and"] = "and"  # tuples are equal by what they hold alone


class Or(NamedTuple):
    """Any of these; two at least, none an ``Or``."""

    terms: tuple[Term, ...]
    operator: Literal["or"] = "or"


Term: TypeAlias = Text | In | Is | Dated | Aged | Not | And | Or


class Query(NamedTuple):
    """A search: what is meant, everything where that is None, and in which order."""

    root: Term | None = None
    sort: Sort | None = None


def both(terms: Iterable[Term | None]) -> Term | None:
    """All of some terms, of which None asks for nothing."""
    there = (term for term in terms if term is not None)
    parts = (part for term in there for part in (term.terms if isinstance(term, And) else (term,)))
    flat = tuple(dict.fromkeys(parts))
    return And(flat) if len(flat) > 1 else flat[0] if flat else None


def either(terms: Iterable[Term | None]) -> Term | None:
    """Any of some terms; None is none of them."""
    there = (term for term in terms if term is not None)
    parts = (part for term in there for part in (term.terms if isinstance(term, Or) else (term,)))
    flat = tuple(dict.fromkeys(parts))
    return Or(flat) if len(flat) > 1 else flat[0] if flat else None


def depth(term: Term) -> int:
    """How many terms hold one another, at most."""
    match term:
        case And(terms) | Or(terms):
            return 1 + max(map(depth, terms))
        case Not(inner):
            return 1 + depth(inner)
        case _:
            return 0


def leaves(term: Term | None) -> Iterator[Text | In | Is | Dated | Aged]:
    """The terms that hold no others."""
    match term:
        case None:
            return
        case And(terms) | Or(terms):
            for inner in terms:
                yield from leaves(inner)
        case Not(inner):
            yield from leaves(inner)
        case _:
            yield term


# --- names ---------------------------------------------------------------------------------------

PLACE: Final[dict[Language, int]] = {"id": 0, "en": 1}
"""Where the name of a language stands among those of one thing."""
FIELDS: Final[dict[Field, tuple[str, ...]]] = {
    Field.TITLE: ("judul", "title"),
    Field.BODY: ("isi", "body"),
    Field.CATEGORY: ("kategori", "category"),
    Field.SOURCE: ("sumber", "source"),
    Field.PLACE: ("tempat", "place", "dateline"),
    Field.BYLINE: ("penulis", "byline", "author"),
    Field.TAG: ("tag", "tag", "label"),
    Field.NOTE: ("catatan", "note"),
}
"""Indonesian, then English, then what else is read."""
STATES: Final[dict[State, tuple[str, ...]]] = {
    State.UNREAD: ("belum", "unread", "belum-dibaca"),
    State.READ: ("dibaca", "read"),
    State.STARRED: ("bintang", "starred", "star", "berbintang"),
    State.LATER: ("nanti", "later"),
    State.CLIPPED: ("kliping", "clipped"),
    State.HIDDEN: ("tersembunyi", "hidden"),
    State.EDITED: ("berubah", "edited"),
    State.IMAGE: ("gambar", "image"),
    State.NOTE: ("catatan", "note"),
    State.TAG: ("tag", "tag"),
}
SORTS: Final[dict[Sort, tuple[str, ...]]] = {
    Sort.NEWEST: ("terbaru", "newest"),
    Sort.OLDEST: ("terlama", "oldest"),
    Sort.RELEVANCE: ("relevansi", "relevance"),
    Sort.TITLE: ("judul", "title"),
    Sort.SOURCE: ("sumber", "source"),
}
DAYS: Final[dict[str, tuple[str, ...]]] = {
    "today": ("hari-ini", "today"),
    "yesterday": ("kemarin", "yesterday"),
    "this-week": ("minggu-ini", "this-week", "pekan-ini"),
    "last-week": ("minggu-lalu", "last-week", "pekan-lalu"),
    "this-month": ("bulan-ini", "this-month"),
    "last-month": ("bulan-lalu", "last-month"),
    "this-year": ("tahun-ini", "this-year"),
    "last-year": ("tahun-lalu", "last-year"),
}
UNITS: Final[dict[str, tuple[str, ...]]] = {
    "h": ("jam", "h", "j"),
    "d": ("hari", "d"),
    "w": ("minggu", "w", "pekan"),
    "m": ("bulan", "mo", "m", "bln"),
    "y": ("tahun", "y", "th"),
}
"""A month is 30 days here, and a year 365."""
IS: Final = ("is", "is", "adalah")
HAS: Final = ("has", "has", "ada")
SINCE: Final = ("sejak", "since")
UNTIL: Final = ("sampai", "until")
DATE: Final = ("tanggal", "date")
YEAR: Final = ("tahun", "year")
AGE: Final = ("umur", "age")
SORT: Final = ("urut", "sort")
