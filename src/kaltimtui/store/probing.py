"""Which of some articles a search finds: looked for in ranges of keys, not one by one.

The index of words takes a range, but would go through all it has for a set of articles.
"""

from __future__ import annotations

import contextlib
import json
from heapq import merge, nlargest
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.models import BELOW_ALL
from kaltimtui.store import articles, compile, keys, schema, views  # noqa: A004
from kaltimtui.store.keys import DAY
from kaltimtui.store.scopes import Scope

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kaltimtui.query import Query

MOST_APART: Final = 3_000
"""Articles whose words are put into an index of their own at most: that takes 0.3 ms each."""
MOST_RANGES: Final = 16
"""Articles that lie apart are looked for in so many ranges at most."""


@contextlib.contextmanager
def apart(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[None]:
    """Have the words of some articles in an index of their own while searches look among these.

    The index of all articles takes a word up anew for each range of keys, and for a beginning of
    words all that begin so: here each search asks once. For ``ids`` that are very few or very many
    there is none.
    """
    if not MOST_RANGES < len(ids) <= MOST_APART:
        yield
        return
    # A table that is temporary goes before one of the store that is called the same.
    _do(connection, f"CREATE VIRTUAL TABLE temp.fts USING {schema.WORDS}")
    try:
        texts = ((id_, *articles.indexed_texts(connection, id_)) for id_ in ids)
        _do(connection, f"{_PUT} VALUES(?, ?, ?, ?, ?)", texts)
        yield
    finally:
        # What ended the transaction has taken it away already, and is what is to be told.
        _do(connection, "DROP TABLE IF EXISTS temp.fts")


_PUT: Final = "INSERT INTO temp.fts(rowid, body, title, dateline, byline)"


def _do(
    connection: sqlite3.Connection, statement: str, rows: Iterable[Sequence[Any]] = ((),)
) -> None:
    """Do something to what is temporary, which a connection that only reads must be let do."""
    (reads_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        for row in rows:
            connection.execute(statement, row)
    finally:
        connection.execute(f"PRAGMA query_only = {reads_only}")


def among(
    connection: sqlite3.Connection, query: Query, now: datetime, ids: Sequence[int]
) -> list[int]:
    """Those of some articles that a search finds; they are given and come in ascending order.

    Where there are many searches, ``apart`` is for all of them.
    """
    scopes = compile.plan(connection, query, now).scopes
    if _is_apart(connection):
        return _one_by_one(connection, scopes, ids)
    wanted = frozenset(ids)
    return [
        id_
        for low, high in ranges(ids)
        for id_ in between(connection, scopes, low, high)
        if id_ in wanted
    ]


def _is_apart(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_temp_schema WHERE name = 'fts'"
    return connection.execute(query).fetchone() is not None


def _one_by_one(
    connection: sqlite3.Connection, scopes: Iterable[Scope], ids: Sequence[int]
) -> list[int]:
    """What some lists hold of articles whose words are apart."""
    wanted = frozenset(ids)
    found: set[int] = set()
    said = json.dumps(list(ids))
    for scope in map(Scope.with_articles, scopes):
        bounds = (scope.floor, scope.ceiling)
        listed = f"{scope.tables} WHERE {scope.where} AND {scope.id} BETWEEN ? AND ?"
        query, parameters = f"SELECT {scope.id} FROM {listed}", (*scope.parameters, *bounds)
        if not scope.tables.startswith("fts "):
            query = (
                "SELECT wanted.value FROM json_each(?) AS wanted"
                f" WHERE EXISTS({query} AND {scope.id} = wanted.value)"
            )
            parameters = (said, *parameters)
        found.update(id_ for (id_,) in connection.execute(query, parameters))
    return sorted(found & wanted)


def between(
    connection: sqlite3.Connection, scopes: Iterable[Scope], low: int, high: int
) -> Iterator[int]:
    """What some lists hold between two keys, in ascending order."""
    parts = []
    for scope in scopes:
        floor, ceiling = max(scope.floor, low), min(scope.ceiling, high)
        part = scope.with_articles()._replace(floor=floor, ceiling=ceiling)
        query, bounds = views.ids_query(part, before=BELOW_ALL)
        parts.append(connection.execute(query, (*part.parameters, *bounds)))
    return (id_ for (id_,) in merge(*parts))


def ranges(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges that hold all of some articles, which lie in ascending order, and not much else."""
    day = keys.order_floor(DAY)
    if not ids:
        return
    widest = nlargest(MOST_RANGES - 1, range(1, len(ids)), key=lambda at: ids[at] - ids[at - 1])
    cuts = sorted(at for at in widest if ids[at] - ids[at - 1] > day)
    for start, end in zip((0, *cuts), (*cuts, len(ids)), strict=True):
        yield ids[start], ids[end - 1]
