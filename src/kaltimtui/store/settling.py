"""Keeping the counts of saved searches current without running each at every change.

``hit`` holds the unread articles that a saved search finds; triggers take out what is read or put
aside. What else may change lies in ``fresh``, written by triggers too, and is looked for among
these articles alone; so is what time has passed by, for searches that ask for an age or for
today. Only a search that is new or was changed is run in full.

What is found is worked out while reading, and written in small transactions afterwards. What
changes in between is in ``fresh`` again and is looked for the next time. So that this holds with
several programs at work, nothing is written once another one has taken anything out of ``fresh``.
"""

from __future__ import annotations

import json
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.query import QueryError, dates, parse, tree
from kaltimtui.query.tree import Field, In, Is, Query, State
from kaltimtui.store import compile, keys, probing  # noqa: A004
from kaltimtui.store.scopes import HIGHEST, LOWEST

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from kaltimtui.store.connection import Database
    from kaltimtui.store.scopes import Scope

MOST_FRESH: Final = 100_000
"""Articles that are looked for one by one; where there are more, all searches are run in full."""
_AT_ONCE: Final = 20_000
"""Those that are looked for at a time."""
_WRITTEN: Final = 2_000
"""Hits that are written in one transaction."""
_TRIES: Final = 3
"""How often to begin again where another program was at work."""
_MARKS: Final = frozenset({State.STARRED, State.LATER, State.CLIPPED, State.NOTE, State.TAG})
_ADD: Final = (
    "INSERT INTO hit SELECT ?, article.id FROM json_each(?) CROSS JOIN article NOT INDEXED"
    " ON article.id = value WHERE unread = 1"
    " AND (aside < 2 OR EXISTS(SELECT 1 FROM hidden WHERE hidden.uid = article.uid))"
    " ON CONFLICT DO NOTHING"
)
_TAKE: Final = (
    "DELETE FROM hit WHERE saved_id = ? AND article_id IN (SELECT value FROM json_each(?))"
)
_LESS: Final = "UPDATE saved SET unread = unread - ? WHERE id = ?"


class _Search(NamedTuple):
    """A saved search as it stands in its table."""

    id: int
    query: str
    stale: bool
    unreadable: bool
    settled_at: int | None


class _Difference(NamedTuple):
    """What is to be done to the hits of a search."""

    search: _Search
    added: array[int]
    gone: array[int]


class _Asked(NamedTuple):
    """What a search asks for that may change without the articles."""

    query: Query
    marks: bool
    """Whether it asks for stars, tags, notes."""
    times: tuple[tree.Dated | tree.Aged, ...]
    """The terms that mean other articles as time goes by."""


def settle(database: Database, now: datetime, should_stop: Callable[[], bool]) -> bool:
    """Bring the counts of all saved searches up to date; whether anything of them changed.

    Where nothing can be written, nothing is done.
    """
    if database.trouble is not None:
        return False
    settling = _Settling(database, now, should_stop)
    for _try in range(_TRIES):
        if settling.run():
            break
    return settling.changed


class _Settling:
    def __init__(self, database: Database, now: datetime, should_stop: Callable[[], bool]) -> None:
        self.changed = False
        self._database = database
        self._now = now
        self._should_stop = should_stop
        self._ended = False

    def run(self) -> bool:
        """Whether no other program came in between, so that there is no more to do."""
        searches = self._searches()
        done = all(self._run_in_full(one) for one in searches if one.stale)
        done = all(self._go_with_time(one) for one in searches if not one.stale) and done
        return self._look_for_fresh() and done

    def _searches(self) -> list[_Search]:
        """All of them, those stale that are to be run in full."""
        with self._database.reading() as connection:
            searches = _known(connection)
            many = _fresh_count(connection) > MOST_FRESH
        stale = {one.id for one in searches if (_asked(one.query) is None) != one.unreadable}
        if not many and not stale:
            return searches
        with self._database.writing() as connection:
            if many:
                stale |= _skip_fresh(connection, searches)
            connection.executemany("UPDATE saved SET stale = 1 WHERE id = ?", ((n,) for n in stale))
            return _known(connection)

    # --- looking -----------------------------------------------------------------------------

    def _run_in_full(self, search: _Search) -> bool:
        asked = _asked(search.query)
        with self._database.reading() as connection:
            guard = _first_fresh(connection)
            scopes: Sequence[Scope] = ()
            if asked is not None:
                wanted = tree.both((asked.query.root, Is(State.UNREAD)))
                scopes = compile.plan(connection, Query(wanted), self._now).scopes
            found = self._until_stopped(probing.between(connection, scopes, LOWEST, HIGHEST))
            known = _hits(connection, search, LOWEST, HIGHEST)
            difference = _compared(search, found, known)
        if self._stopped():
            return True
        settled = (keys.seconds_of(self._now), asked is None, search.id, search.query)

        def finish(connection: sqlite3.Connection) -> bool:
            connection.execute(
                "UPDATE saved SET stale = 0, settled_at = ?, unreadable = ?"
                " WHERE id = ? AND query = ?",
                settled,
            )
            self.changed = True
            return True

        return self._write([difference], guard, finish)

    def _go_with_time(self, search: _Search) -> bool:
        """Look for what time has passed by since a search was looked for last."""
        asked = _asked(search.query)
        if asked is None or search.settled_at is None or not asked.times or self._stopped():
            return True
        passed = _passed(asked, keys.moment_at(search.settled_at), self._now)
        with self._database.reading() as connection:
            guard = _first_fresh(connection)
            ids = sorted({id_ for one in passed for id_ in _unread(connection, *one)})
            if not ids:
                return True
            difference = self._difference(connection, search, asked, ids)
        settled = (keys.seconds_of(self._now), search.id, search.query)

        def finish(connection: sqlite3.Connection) -> bool:
            connection.execute(
                "UPDATE saved SET settled_at = ? WHERE id = ? AND query = ?", settled
            )
            return True

        return self._write([difference], guard, finish)

    def _look_for_fresh(self) -> bool:
        while not self._stopped():
            with self._database.reading() as connection:
                guard = _first_fresh(connection)
                last, ids, marked = _fresh(connection)
                if last is None:
                    return True
                searches = _current(connection)
                both = sorted({*ids, *marked})
                differences = []
                with probing.apart(connection, both):
                    for one in searches:
                        if self._stopped():
                            return True
                        asked = _asked(one.query)
                        among = both if asked is not None and asked.marks else ids
                        if asked is not None and among:
                            differences.append(self._difference(connection, one, asked, among))
            looked_for = {(one.id, one.query) for one in searches}

            def finish(
                connection: sqlite3.Connection,
                last: int = last,
                looked_for: AbstractSet[tuple[int, str]] = looked_for,
            ) -> bool:
                if {(one.id, one.query) for one in _current(connection)} - looked_for:
                    return False  # another program has run one in full meanwhile
                connection.execute("DELETE FROM fresh WHERE id <= ?", (last,))
                return True

            if not self._write(differences, guard, finish):
                return False
        return True

    def _difference(
        self, connection: sqlite3.Connection, search: _Search, asked: _Asked, ids: Sequence[int]
    ) -> _Difference:
        """What of some articles, which are given in their order, is found and was not, or was."""
        found = probing.among(connection, asked.query, self._now, ids)
        known = connection.execute(
            "SELECT article_id FROM hit WHERE saved_id = ?"
            " AND article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id",
            (search.id, json.dumps(list(ids))),
        )
        return _compared(search, iter(found), (id_ for (id_,) in known))

    def _until_stopped(self, ids: Iterator[int]) -> Iterator[int]:
        for number, id_ in enumerate(ids):
            if number % 1_000 == 0 and self._stopped():
                return
            yield id_

    def _stopped(self) -> bool:
        self._ended = self._ended or self._should_stop()
        return self._ended

    # --- writing -----------------------------------------------------------------------------

    def _write(
        self,
        differences: Sequence[_Difference],
        guard: int,
        finish: Callable[[sqlite3.Connection], bool],
    ) -> bool:
        """Write what was found, and whatever ``finish`` writes with the last of it.

        Whether all was written: not once another program has taken anything out of ``fresh``.
        """
        batches = list(_batches(differences))
        for number, batch in enumerate(batches, start=1):
            if self._stopped():
                return True
            with self._database.writing() as connection:
                if _first_fresh(connection) != guard:
                    return False
                for search, statement, ids in batch:
                    if _is_same(connection, search):
                        values = (search.id, json.dumps(ids.tolist()))
                        written = connection.execute(statement, values).rowcount
                        self.changed |= written > 0
                        if statement is _TAKE:
                            connection.execute(_LESS, (written, search.id))
                if number == len(batches) and not finish(connection):
                    return False
        return True


# --- what searches ask for -----------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _asked(said: str) -> _Asked | None:
    """What a search asks for; None where it cannot be read."""
    try:
        query = parse(said)
    except QueryError:
        return None
    leaves = list(tree.leaves(query.root))
    marks = any(
        (isinstance(leaf, Is) and leaf.state in _MARKS)
        or (isinstance(leaf, In) and leaf.field in (Field.TAG, Field.NOTE))
        for leaf in leaves
    )
    times = tuple(
        leaf
        for leaf in leaves
        if isinstance(leaf, tree.Dated | tree.Aged) and dates.is_relative(leaf)
    )
    return _Asked(query, marks, times)


def _passed(asked: _Asked, then: datetime, now: datetime) -> set[tuple[int, int]]:
    """The places that a bound of a search has gone over, from and to."""
    found = set()
    for term in asked.times:
        for one, other in zip(dates.bounds(term, then), dates.bounds(term, now), strict=True):
            if one != other:
                first, last = sorted((keys.seconds_of(one), keys.seconds_of(other)))
                found.add((keys.order_floor(first), keys.order_floor(last + 1)))
    return found


# --- what is in the store ------------------------------------------------------------------------


def _known(connection: sqlite3.Connection) -> list[_Search]:
    found = connection.execute(
        "SELECT id, query, stale, unreadable, settled_at FROM saved ORDER BY position, id"
    )
    return [_Search(id_, said, bool(stale), bool(bad), at) for id_, said, stale, bad, at in found]


def _current(connection: sqlite3.Connection) -> list[_Search]:
    """Those whose hits are current but for what is fresh."""
    return [one for one in _known(connection) if not one.stale]


def _is_same(connection: sqlite3.Connection, search: _Search) -> bool:
    """Whether a saved search is still there and asks for what it did."""
    found = connection.execute("SELECT query FROM saved WHERE id = ?", (search.id,)).fetchone()
    return bool(found == (search.query,))


def _first_fresh(connection: sqlite3.Connection) -> int:
    """A number that is another one once anything was taken out of ``fresh``."""
    found: tuple[int] = connection.execute(
        "SELECT coalesce((SELECT min(id) FROM fresh),"
        " (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'fresh'), 1)"
    ).fetchone()
    return found[0]


def _fresh_count(connection: sqlite3.Connection) -> int:
    found: tuple[int] = connection.execute(
        "SELECT coalesce((SELECT max(id) FROM fresh) - (SELECT min(id) FROM fresh) + 1, 0)"
    ).fetchone()
    return found[0]


def _skip_fresh(connection: sqlite3.Connection, searches: Iterable[_Search]) -> set[int]:
    """Take all out of ``fresh`` that is too much to be looked for; the searches to run instead.

    Where it is marks alone that are too many, what else is fresh comes in again at the end.
    """
    (last,) = connection.execute("SELECT max(id) FROM fresh").fetchone()
    unmarked = connection.execute("SELECT uid FROM fresh WHERE marked = 0").fetchall()
    few = len(unmarked) <= MOST_FRESH
    if few:
        connection.executemany("INSERT INTO fresh(uid, marked) VALUES(?, 0)", unmarked)
    connection.execute("DELETE FROM fresh WHERE id <= ?", (last,))
    asked = ((one.id, _asked(one.query)) for one in searches)
    return {id_ for id_, what in asked if not few or what is None or what.marks}


def _fresh(connection: sqlite3.Connection) -> tuple[int | None, list[int], list[int]]:
    """The first rows of ``fresh``: the number of the last of them, and the articles they name.

    Those of which a mark alone was changed are apart. All are unread.
    """
    (last,) = connection.execute(
        "SELECT max(id) FROM (SELECT id FROM fresh ORDER BY id LIMIT ?)", (_AT_ONCE,)
    ).fetchone()
    if last is None:
        return None, [], []
    found = connection.execute(
        "SELECT article.id, min(marked) FROM fresh CROSS JOIN article ON article.uid = fresh.uid"
        " WHERE fresh.id <= ? AND unread = 1 GROUP BY article.id",
        (last,),
    ).fetchall()
    ids = [id_ for id_, marked in found if not marked]
    return last, ids, [id_ for id_, marked in found if marked]


def _unread(connection: sqlite3.Connection, low: int, high: int) -> Iterator[int]:
    found = connection.execute(
        "SELECT id FROM article NOT INDEXED WHERE id BETWEEN ? AND ? AND unread = 1", (low, high)
    )
    return (id_ for (id_,) in found)


def _hits(connection: sqlite3.Connection, search: _Search, low: int, high: int) -> Iterator[int]:
    found = connection.execute(
        "SELECT article_id FROM hit WHERE saved_id = ? AND article_id BETWEEN ? AND ?"
        " ORDER BY article_id",
        (search.id, low, high),
    )
    return (id_ for (id_,) in found)


# --- what is to be written -----------------------------------------------------------------------


def _compared(search: _Search, found: Iterator[int], known: Iterator[int]) -> _Difference:
    """What is found and not known, and the other way round; both come in the order of keys."""
    difference = _Difference(search, array("q"), array("q"))
    one, other = next(found, None), next(known, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            assert one is not None
            difference.added.append(one)
            one = next(found, None)
        elif one is None or other < one:
            difference.gone.append(other)
            other = next(known, None)
        else:
            one, other = next(found, None), next(known, None)
    return difference


_Piece = tuple[_Search, str, "array[int]"]


def _batches(differences: Iterable[_Difference]) -> Iterator[list[_Piece]]:
    """What is written in one transaction each; one at least, and be there nothing to write."""
    batch: list[_Piece] = []
    room = _WRITTEN
    for search, added, gone in differences:
        for statement, ids in ((_ADD, added), (_TAKE, gone)):
            start = 0
            while start < len(ids):
                some = ids[start : start + room]
                batch.append((search, statement, some))
                start, room = start + len(some), room - len(some)
                if not room:
                    yield batch
                    batch, room = [], _WRITTEN
    yield batch
