"""Searches made up at random, as trees."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from kaltimtui import text
from kaltimtui.query import dates, tree, words
from kaltimtui.query.tree import (
    Aged,
    And,
    Dated,
    Field,
    In,
    Is,
    Not,
    Or,
    Query,
    Sort,
    State,
    Term,
    Text,
)

_SAID = st.one_of(
    st.sampled_from(["banjir", "and", "OR", "not", "judul:x", "a-b", "-x", "harga beras", "(a)"]),
    st.text(alphabet='abÉø*:()-." ', min_size=1, max_size=8),
    st.text(min_size=1, max_size=8),
)
_DAYS = st.one_of(
    st.sampled_from(sorted(tree.DAYS)),
    st.dates().filter(lambda day: 1 < day.year < 9999).map(str),
    st.integers(2, 9998).map(lambda year: f"{year:04}"),
    st.integers(2, 9998).map(lambda year: f"{year:04}-07"),
)


def _text(said: str, *, prefix: bool) -> Text | None:
    clean = text.inline(said.replace('"', " "))
    return Text(clean, prefix) if words.has_words(clean) else None


def _texts() -> st.SearchStrategy[Text]:
    made = st.builds(_text, _SAID, prefix=st.booleans())
    return made.flatmap(lambda text: st.nothing() if text is None else st.just(text))


def _in_order(one: Dated, other: Dated) -> bool:
    return not (one.since and other.until and dates.is_backwards(one.since, other.until))


_LEAVES: st.SearchStrategy[Term] = st.one_of(
    _texts(),
    st.builds(In, st.sampled_from(Field), _texts()),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Dated, _DAYS, st.none()),
    st.builds(Dated, st.none(), _DAYS),
    st.builds(Dated, _DAYS, _DAYS).filter(lambda term: _in_order(term, term)),
    st.builds(Aged, st.booleans(), st.integers(0, 10**9 - 1), st.sampled_from(sorted(tree.UNITS))),
)


def _joined(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(inner, min_size=2, max_size=4)
    made: st.SearchStrategy[Term] = st.one_of(
        st.builds(Not, inner),
        several.map(tree.both),
        several.map(tree.either),
    )
    return made


def _can_be(term: Term | None) -> bool:
    """Whether no time is asked for that ends before it begins."""
    match term:
        case And(terms):
            times = [one for one in terms if isinstance(one, Dated)]
            agree = all(_in_order(one, other) for one in times for other in times)
            return agree and all(map(_can_be, terms))
        case Or(terms):
            return all(map(_can_be, terms))
        case Not(inner):
            return _can_be(inner)
        case Dated():
            return _in_order(term, term)
        case _:
            return True


@pytest.fixture(scope="session")
def queries() -> st.SearchStrategy[Query]:
    """Any search there is."""
    roots = st.recursive(_LEAVES, _joined, max_leaves=12).filter(_can_be)
    return st.builds(Query, st.none() | roots, st.none() | st.sampled_from(Sort))
