"""Words of a search as the index of words is asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.query import tree
from kaltimtui.query.tree import And, Field, In, Not, Or, Term, Text
from kaltimtui.store import search

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_COLUMNS: Final = {
    Field.TITLE: "title",
    Field.BODY: "body",
    Field.PLACE: "dateline",
    Field.BYLINE: "byline",
}
_DEEP: Final = 8
"""Terms within one another that may be denied: there the parser has all of them to keep in mind."""
_WORDS: Final = 2_000
"""Words that the beginnings in one search are taken apart into at most."""


class Expressions:
    """Makes expressions of FTS5 of one search."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._begun: dict[str, str | None] = {}
        self._words = _WORDS

    def worded(self, terms: Sequence[Term]) -> tuple[str | None, list[Term]]:
        """What of some terms the index is asked for, all at once, and the others."""
        wanted, denied, others = [], [], []
        for term in terms:
            if self.expression(term) is not None:
                wanted.append(term)
            elif isinstance(term, Not) and self.can_be_denied(term.term):
                denied.append(term)
            else:
                others.append(term)
        if not wanted:
            return None, list(terms)
        return self.expression(tree.both((*wanted, *denied))), others

    def can_be_denied(self, term: Term) -> bool:
        """Whether the index can be asked for what is not so, beside words that are wanted."""
        return tree.depth(term) <= _DEEP and self.expression(term) is not None

    def expressions(self, terms: Iterable[Term]) -> list[str]:
        """What the index can be asked for, of some terms."""
        return [made for term in terms if (made := self.expression(term)) is not None]

    def expression(self, term: Term | None) -> str | None:
        """A term as the index is asked for it; None where it cannot be."""
        match term:
            case Text(said, prefix):
                return self._phrase(said, prefix=prefix)
            case In(field, Text(said, prefix)) if field in _COLUMNS:
                phrase = self._phrase(said, prefix=prefix)
                return phrase and f"{{{_COLUMNS[field]}}} : {phrase}"
            case Or(terms):
                made = self.expressions(deepest_first(terms))
                return f"({' OR '.join(made)})" if len(made) == len(terms) else None
            case And(terms):
                return self._conjunction(terms)
            case _:
                return None

    def _conjunction(self, terms: Sequence[Term]) -> str | None:
        denied = [part.term for part in terms if isinstance(part, Not)]
        if not all(map(self.can_be_denied, denied)):
            return None
        wanted = self.expressions(deepest_first(t for t in terms if not isinstance(t, Not)))
        unwanted = self.expressions(deepest_first(denied))
        if not wanted or len(wanted) + len(denied) < len(terms):
            return None
        both = " AND ".join(wanted)
        return f"(({both}) NOT ({' OR '.join(unwanted)}))" if denied else f"({both})"

    def _phrase(self, said: str, *, prefix: bool) -> str | None:
        if not prefix:
            return _quoted(said)
        if said not in self._begun:
            self._begun[said] = self._beginning(said)
        return self._begun[said]

    def _beginning(self, said: str) -> str | None:
        """All that begins so: as words, as what the index looks up by itself; None: too much."""
        found = search.words(self._connection, said) if self._words > 0 else None
        if found:
            self._words -= len(found)
            return f"({' OR '.join(map(_quoted, found))})"
        if search.too_common(self._connection, said):
            return None
        return f"{_quoted(said)} *"


def _quoted(said: str) -> str:
    return '"' + said.replace('"', " ") + '"'


def deepest_first(terms: Iterable[Term]) -> list[Term]:
    """Terms in the order in which the parsers of SQLite have least to keep in mind."""
    return sorted(terms, key=tree.depth, reverse=True)
