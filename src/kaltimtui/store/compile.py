"""A search as lists the store holds: each in the order of keys, none sorted, each article once.

What is joined by ``or`` becomes several lists, of which the later leave out what the earlier hold.
For each, the words become one question to the index, times become bounds of the key, and the
narrowest list of the store that holds all that is meant is gone through; the rest is asked of
each row of it.
"""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.models import ViewKind
from kaltimtui.query import dates, tree, words
from kaltimtui.query.match import named
from kaltimtui.query.tree import Aged, And, Dated, Field, In, Is, Not, Or, State, Term, Text
from kaltimtui.store import keys, search
from kaltimtui.store.expressions import Expressions, deepest_first
from kaltimtui.store.held import INDEXES, LISTED
from kaltimtui.store.scopes import HIGHEST, LOWEST, TAGGED, Scope

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from kaltimtui.query.tree import Query

MOST_PARTS: Final = 8
"""Lists that a search is parted into at most."""
COUNTED: Final = 20_000
"""Articles that are counted to tell which list is narrower."""
PROBED: Final = 2_000
"""The articles of a list no longer than this are looked up in the index of words one by one, 0.1 ms
each; a longer one is gone through by the words."""
_PROBED_LEAST: Final = 100
_PART_PROBED: Final = 100
"""Of how many articles in all one is worth looking up: words lead through few articles sooner."""
_BEGUN: Final = 20
"""How many times as long it takes to look up a beginning of words: all of these are taken up anew
for each article."""
_MARKS: Final = frozenset({State.STARRED, State.LATER, State.CLIPPED, State.NOTE, State.TAG})
_STATES: Final = {
    State.UNREAD: "article.unread = 1",
    State.READ: "article.unread = 0",
    State.STARRED: "article.starred = 1",
    State.LATER: "article.later = 1",
    State.EDITED: "article.versions > 1",
    State.HIDDEN: "EXISTS(SELECT 1 FROM hidden WHERE hidden.uid = article.uid)",
    State.IMAGE: "article.pictured = 1",
    State.NOTE: "EXISTS(SELECT 1 FROM mark WHERE mark.uid = article.uid AND note IS NOT NULL)",
    State.TAG: "EXISTS(SELECT 1 FROM mark_tag WHERE mark_tag.uid = article.uid)",
}
_LISTED: Final[dict[Term, tuple[str, State]]] = {
    Is(State.UNREAD): ("unread", State.UNREAD),
    Not(Is(State.READ)): ("unread", State.UNREAD),
    Is(State.READ): ("unread", State.READ),
    Not(Is(State.UNREAD)): ("unread", State.READ),
    Is(State.EDITED): ("edited", State.EDITED),
    Is(State.IMAGE): ("pictured", State.IMAGE),
}
"""The index that holds what a term means, for the state that is meant."""
_OF_HIDDEN: Final = (
    "article.aside >= 2 AND EXISTS(SELECT 1 FROM hidden WHERE hidden.uid = article.uid)"
    " AND EXISTS(SELECT 1 FROM source WHERE source.id = article.source_id AND source.aside < 2)"
)
_HIDDEN: Final = Scope(
    "hidden INDEXED BY hidden_listed CROSS JOIN article ON article.id = hidden.article_id",
    f"hidden.article_id IS NOT NULL AND {_OF_HIDDEN}",
    (),
    id="hidden.article_id",
)


class Plan(NamedTuple):
    """Where what a search finds stands in the store."""

    scopes: tuple[Scope, ...]
    """Lists that have no article in common."""
    match: str | None
    """The words it is about, as the index is asked for them; for the order of relevance."""


class _Condition(NamedTuple):
    """What is asked of a row, and what that takes."""

    where: str
    parameters: tuple[Any, ...] = ()


class _Driver(NamedTuple):
    """Lists of the store that hold, together, all that is meant by a term, or by all of them."""

    scopes: tuple[Scope, ...]
    term: Term | None = None


class _Meant(NamedTuple):
    """Which articles are meant at all, and the lists of all of these."""

    where: str
    driver: _Driver
    asides: tuple[int, ...] = ()
    """Those values of ``article.aside``; none where ``driver`` is the one list to go through."""
    parameters: tuple[Any, ...] = ()


def plan(
    connection: sqlite3.Connection, query: Query, now: datetime, base: Scope | None = None
) -> Plan:
    """Where what a search finds stands, in all lists or in ``base``, one list.

    Meant are the articles of the built-in lists; those of the sample edition too where marks or a
    source are asked for, and those that are hidden, and no others, where these are.
    """
    terms = _conjuncts(query.root)
    if base is not None and base.where == INDEXES[ViewKind.UNREAD][1]:
        terms = (Is(State.UNREAD), *terms)
    words = Expressions(connection)
    planner = _Planner(connection, words, now, _meant(terms, base))
    parts = planner.parted(terms)
    scopes = tuple(scope for part in parts for scope in planner.scopes(part, base))
    about = words.expressions(_positive(query.root))
    return Plan(scopes, " OR ".join(dict.fromkeys(about)) or None)


def _conjuncts(term: Term | None) -> tuple[Term, ...]:
    if term is None:
        return ()
    return term.terms if isinstance(term, And) else (term,)


def _positive(term: Term | None) -> tuple[Term, ...]:
    """The terms without others in them that are not denied."""
    match term:
        case And(terms) | Or(terms):
            return tuple(leaf for part in terms for leaf in _positive(part))
        case None | Not():
            return ()
        case _:
            return (term,)


# --- which articles are meant at all -------------------------------------------------------------


def _meant(terms: Sequence[Term], base: Scope | None) -> _Meant:
    if base is not None and base.tables.startswith("article") and base.where.endswith(LISTED):
        return _in_lists(0)
    if base is not None:
        return _of_list(base.with_articles())
    if _only(terms, _is_hidden):
        return _Meant(_OF_HIDDEN, _Driver((_HIDDEN,)))
    return _in_lists(0, 1) if _only(terms, _is_marked) else _in_lists(0)


def _in_lists(*asides: int) -> _Meant:
    index = "article INDEXED BY article_aside"
    scopes = tuple(Scope(index, _at(aside), (), "article.id") for aside in asides)
    return _Meant(f"article.aside <= {asides[-1]}", _Driver(scopes), asides)


def _at(aside: int) -> str:
    """The condition for one value; its first half says that the indexes hold it (``schema5``)."""
    return f"article.aside & 2 = 0 AND article.aside = {aside}"


def _of_list(base: Scope) -> _Meant:
    if base.tables.startswith("article"):
        where = base.where
    else:
        where = f"EXISTS(SELECT 1 FROM {base.tables} WHERE {base.where} AND {base.id} = fts.rowid)"
    scope = base._replace(id="article.id" if base.id == "id" else base.id)
    return _Meant(where, _Driver((scope,)), parameters=base.parameters)


def _only(terms: Iterable[Term], holds: Callable[[Term], bool]) -> bool:
    """Whether all that is meant is so, by a test for one term."""
    return any(
        holds(term)
        or (isinstance(term, Or) and all(_only(_conjuncts(part), holds) for part in term.terms))
        for term in terms
    )


def _is_hidden(term: Term) -> bool:
    return term == Is(State.HIDDEN)


def _is_marked(term: Term) -> bool:
    if isinstance(term, Is):
        return term.state in _MARKS
    return isinstance(term, In) and term.field in {Field.TAG, Field.NOTE, Field.SOURCE}


# --- the lists -----------------------------------------------------------------------------------


class _Planner:
    """Makes lists of one search."""

    def __init__(
        self, connection: sqlite3.Connection, words: Expressions, now: datetime, meant: _Meant
    ) -> None:
        self._execute = connection.execute
        self._words = words
        self._now = now
        self._all = meant

    # --- what is joined by "or" ------------------------------------------------------------------

    def parted(self, terms: tuple[Term, ...], most: int = MOST_PARTS) -> list[tuple[Term, ...]]:
        """The alternatives of a search: no article is meant by two of them."""
        for place, term in enumerate(terms):
            if isinstance(term, Or) and self._words.expression(term) is None:
                choices = self._choices(term)
                if len(choices) > most:
                    continue
                others = terms[:place] + terms[place + 1 :]
                found: list[tuple[Term, ...]] = []
                for number, choice in enumerate(choices):
                    denied = tuple(map(Not, choices[:number]))
                    own = (*_conjuncts(choice), *others, *denied)
                    found += self.parted(own, most // len(choices))
                return found
        return [terms]

    def _choices(self, term: Or) -> list[Term]:
        """What is joined, all words as one."""
        worded = [part for part in term.terms if self._words.expression(part) is not None]
        others = [part for part in term.terms if part not in worded]
        together = tree.either(worded)
        return others if together is None else [together, *others]

    # --- one alternative -------------------------------------------------------------------------

    def scopes(self, terms: Sequence[Term], base: Scope | None) -> list[Scope]:
        """The lists of what is meant by all of some terms."""
        low, high, left = self._bounds(terms)
        if base is not None:
            low, high = max(low, base.floor), min(high, base.ceiling)
        if low > high:
            return []
        match, others = self._words.worded(left)
        found = self._narrowest(left, low, high, self._most_probed(match))
        if found is None:
            left = others
            scope = Scope(
                "fts CROSS JOIN article ON article.id = fts.rowid",
                f"fts MATCH ? AND {self._all.where}",
                (match, *self._all.parameters),
                id="fts.rowid",
            )
            found = _Driver((scope,))
        asked = self._all_of([term for term in left if term != found.term])
        return [_narrowed(scope, asked, low, high) for scope in found.scopes]

    def _bounds(self, terms: Sequence[Term]) -> tuple[int, int, list[Term]]:
        """The places between which all stands that is meant, and what else is asked."""
        low, high = LOWEST, HIGHEST
        left: list[Term] = []
        for term in terms:
            if isinstance(term, Dated | Aged):
                first, last = self._places(term)
                low, high = max(low, first), min(high, last)
            else:
                left.append(term)
        return low, high, left

    def _places(self, term: Dated | Aged) -> tuple[int, int]:
        since, until = dates.bounds(term, self._now)
        low = LOWEST if since == dates.EARLIEST else _place(since)
        return low, HIGHEST if until == dates.LATEST else _place(until) - 1

    def _most_probed(self, match: str | None) -> int | None:
        """How long a list may be whose articles are looked up for words; None without words."""
        if match is None:
            return None
        counted = self._execute("SELECT coalesce(sum(total), 0) FROM counter").fetchone()
        articles: int = counted[0]
        most = min(PROBED, max(_PROBED_LEAST, articles // _PART_PROBED))
        return most // _BEGUN if '" *' in match else most

    def _narrowest(
        self, terms: Sequence[Term], low: int, high: int, probed: int | None
    ) -> _Driver | None:
        """The shortest of the lists there are; None where words lead to fewer articles.

        ``probed``: how many articles may be looked up for words, if there are any.
        """
        worded = probed is not None
        found = [made for term in terms if (made := self._driver(term)) is not None]
        if not found and worded and self._all.asides:
            return None  # the index of words takes the times, too
        found = found or [self._all.driver]
        if not worded and len(found) == 1:
            return found[0]
        most = COUNTED if probed is None else probed + 1
        sized = [(self._size(made, low, high, most), made) for made in found]
        size, shortest = min(sized, key=itemgetter(0))
        return None if probed is not None and size > probed else shortest

    def _size(self, driver: _Driver, low: int, high: int, most: int) -> int:
        """How many articles some lists hold between two places, counted up to a bound."""
        size = 0
        for scope in driver.scopes:
            if size < most:
                found = self._execute(
                    f"SELECT count(*) FROM (SELECT 1 FROM {scope.tables} WHERE {scope.where}"
                    f" AND {scope.id} BETWEEN ? AND ? LIMIT ?)",
                    (*scope.parameters, low, high, most - size),
                )
                size += found.fetchone()[0]
        return size

    def _driver(self, term: Term) -> _Driver | None:
        """Lists of the store that hold just what a term means."""
        if not self._all.asides:
            return None
        if term in _LISTED:
            index, state = _LISTED[term]
            return self._by_index(index, _STATES[state], term)
        match term:
            case Is(State.STARRED | State.LATER as state):
                where = f"article.{state} = 1 AND article.aside < 2 AND {self._all.where}"
                scope = Scope(f"article INDEXED BY article_{state}", where, (), "article.id")
                return _Driver((scope,), term)
            case Is(State.CLIPPED):
                return self._by_tags(self._named(_CLIPPED), term)
            case Is(State.NOTE):
                return self._by_tags([0], term)
            case In(Field.NOTE):
                return self._by_tags([0], None)
            case In(Field.TAG):
                return self._by_tags(self._named(term), term)
            case In(Field.SOURCE):
                return self._by_numbers("source", self._named(term), term)
            case In(Field.CATEGORY):
                return self._by_numbers("in_category", self._named(term), term)
            case _:
                return None

    def _by_index(self, index: str, where: str, term: Term | None) -> _Driver:
        scopes = (
            Scope(
                f"article INDEXED BY article_{index}",
                f"{where} AND {_at(aside)}",
                (),
                "article.id",
            )
            for aside in self._all.asides
        )
        return _Driver(tuple(scopes), term)

    def _by_numbers(self, index: str, numbers: Sequence[int], term: Term) -> _Driver | None:
        if len(numbers) > MOST_PARTS:
            return None
        column = "source_id" if index == "source" else "category_id"
        made = (self._by_index(index, f"article.{column} = {n}", term) for n in numbers)
        return _Driver(tuple(scope for driver in made for scope in driver.scopes), term)

    def _by_tags(self, numbers: Sequence[int], term: Term | None) -> _Driver:
        if len(numbers) == 1:
            where = f"tagged.tag_id = {numbers[0]} AND {self._all.where}"
            return _Driver((Scope(TAGGED, where, (), "tagged.article_id"),), term)
        # An article may have several of them.
        where = "article.id IN (SELECT article_id FROM tagged WHERE tag_id IN (" + _MANY + "))"
        parameters = (json.dumps(numbers),)
        scope = Scope("article", f"{where} AND {self._all.where}", parameters, "article.id")
        return _Driver((scope,), term)

    # --- what is asked of a row ------------------------------------------------------------------

    def _all_of(self, terms: Sequence[Term]) -> _Condition:
        match, others = self._words.worded(terms)
        made = [] if match is None else [_probe(match)]
        denied = [
            t.term for t in others if isinstance(t, Not) and self._words.can_be_denied(t.term)
        ]
        if len(denied) > 1:
            others = [t for t in others if not (isinstance(t, Not) and t.term in denied)]
            others += [Not(tree.either(denied) or denied[0])]
        return _joined(" AND ", [*map(self._condition, deepest_first(others)), *made])

    def _condition(self, term: Term) -> _Condition:
        expression = self._words.expression(term)
        if expression is not None:
            return _probe(expression)
        match term:
            case And(terms):
                return self._all_of(terms)
            case Or():
                return _joined(" OR ", map(self._condition, deepest_first(self._choices(term))))
            case Not(inner):
                where, parameters = self._condition(inner)
                return _Condition(f"NOT {where}", parameters)
            case Is(State.CLIPPED):
                return self._has_tag(_CLIPPED)
            case Is(state):
                return _Condition(_STATES[state])
            case Dated() | Aged():
                return _Condition("article.id BETWEEN ? AND ?", self._places(term))
            case Text(said):
                return _in_headline("title", said)
            case In():
                return self._in(term)

    def _in(self, term: In) -> _Condition:
        match term.field:
            case Field.TAG:
                return self._has_tag(term)
            case Field.NOTE:
                phrase = '"' + term.what.text.replace('"', " ") + '"' + " *" * term.what.prefix
                where = "article.uid IN (SELECT rowid FROM note_fts WHERE note_fts MATCH ?)"
                return _Condition(where, (phrase,))
            case Field.SOURCE | Field.CATEGORY:
                where = f"article.{term.field}_id IN ({_MANY})"
                return _Condition(where, (json.dumps(self._named(term)),))
            case _:
                column = "dateline" if term.field is Field.PLACE else "title"
                return _in_headline(column, term.what.text)

    def _has_tag(self, term: In) -> _Condition:
        numbers = self._named(term)
        if not numbers:
            return _Condition("false")
        where = (
            "EXISTS(SELECT 1 FROM mark_tag JOIN tag ON tag.name = mark_tag.tag"
            " JOIN above ON above.tag_id = tag.id"
            f" WHERE mark_tag.uid = article.uid AND above.ancestor_id IN ({_MANY}))"
        )
        return _Condition(where, (json.dumps(numbers),))

    def _named(self, term: In) -> list[int]:
        """The numbers of the sources, categories or tags that are called so."""
        found = self._execute(f"SELECT id, name FROM {term.field}")
        return [id_ for id_, name in found if _is_called(name, term)]


_CLIPPED: Final = In(Field.TAG, Text(tree.CLIPPING))
_MANY: Final = "SELECT value FROM json_each(?)"


def _is_called(name: str, term: In) -> bool:
    # A tag that stands below the one that is meant needs no number: ``above`` leads to it.
    if term.field is Field.TAG and not term.what.prefix:
        return words.name(name) == words.name(term.what.text)
    return named(name, term.what, term.field)


def _narrowed(scope: Scope, asked: _Condition, low: int, high: int) -> Scope:
    where = f"{scope.where} AND {asked.where}" if asked.where else scope.where
    parameters = (*scope.parameters, *asked.parameters)
    return scope._replace(where=where, parameters=parameters, floor=low, ceiling=high)


def _joined(sign: str, conditions: Iterable[_Condition]) -> _Condition:
    made = list(conditions)
    where = sign.join(condition.where for condition in made)
    parameters = tuple(value for condition in made for value in condition.parameters)
    return _Condition(f"({where})" if len(made) > 1 else where, parameters)


def _probe(expression: str) -> _Condition:
    where = "EXISTS(SELECT 1 FROM fts WHERE fts MATCH ? AND fts.rowid = article.id)"
    return _Condition(where, (expression,))


def _in_headline(column: str, beginning: str) -> _Condition:
    """So many words begin so that the headlines alone show enough of them."""
    where = f"(' ' || coalesce(article.{column}, '')) LIKE ? ESCAPE '\\'"
    return _Condition(where, (search.headline_pattern(beginning),))


def _place(moment: datetime) -> int:
    """The lowest place at or after a moment."""
    seconds = keys.seconds_of(moment) + (moment.microsecond > 0)
    return keys.order_floor(seconds)
