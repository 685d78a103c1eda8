"""Which of some articles a search finds: looked for in ranges of keys, not one by one.

The index of words takes a range, but would go through all it has for a set of articles.
"""

from __future__ import annotations

from heapq import merge, nlargest
from typing import TYPE_CHECKING, Final

from kaltimtui.models import BELOW_ALL
from kaltimtui.store import compile, keys, views  # noqa: A004
from kaltimtui.store.keys import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kaltimtui.query import Query
    from kaltimtui.store.scopes import Scope

MOST_RANGES: Final = 16
"""Articles that lie apart are looked for in so many ranges at most."""


def among(
    connection: sqlite3.Connection, query: Query, now: datetime, ids: Sequence[int]
) -> list[int]:
    """Those of some articles that a search finds; they are given and come in ascending order."""
    scopes = compile.plan(connection, query, now).scopes
    wanted = frozenset(ids)
    return [
        id_
        for low, high in ranges(ids)
        for id_ in between(connection, scopes, low, high)
        if id_ in wanted
    ]


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
