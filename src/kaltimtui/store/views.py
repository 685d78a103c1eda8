"""Pages, places and counts of lists: no walk through all articles, no sort, no offset from the top.

Every list is asked for the ids it holds, which an index alone answers; only the rows that are
shown are then read.
"""

from __future__ import annotations

import json
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.models import BELOW_ALL, ArticleRow, Count, ViewKind
from kaltimtui.store import keys, telling, versions
from kaltimtui.store.failures import sensible
from kaltimtui.store.held import IN_FOLDER, held, path, query_of, unread_of
from kaltimtui.store.keys import DAY
from kaltimtui.store.scopes import HIGHEST, Scope

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kaltimtui.models import View

COUNTED: Final = 100_000
"""Hits of a search that are counted at most."""

_ROW: Final = f"""
SELECT article.id, uid, title, source.name, category.name, dateline,
  published_at, published_offset, published_precision, unread, starred, later, versions,
  source.kind = 'sample', first_seen, updated_at, {telling.OTHERS}, {versions.EDITED},
  (SELECT group_concat(tag, char(10)) FROM mark_tag WHERE mark_tag.uid = article.uid)
"""
_ROW_TABLES: Final = """
CROSS JOIN article ON article.id = chosen.id
LEFT JOIN source ON source.id = article.source_id
LEFT JOIN category ON category.id = article.category_id
"""


def rows(
    connection: sqlite3.Connection,
    view: View,
    now: datetime,
    *,
    after: int | None = None,
    before: int | None = None,
    skip: int = 0,
    limit: int = 200,
    unread: bool = False,
) -> list[ArticleRow]:
    """A page of a list, in its order: see ``Library.rows``. Raises QueryError."""
    order = _order(connection, view)
    if order not in _BY_KEY:
        return _sorted_rows(connection, view, now, after, before, skip, limit, unread=unread)
    if order == "oldest":
        after, before = _turned(after, before)
    parts = held(connection, view, now)
    if unread:
        parts = tuple(map(unread_of, parts))
    if len(parts) == 1:
        query, bounds = page_query(parts[0], after, before)
        found = connection.execute(query, (*parts[0].parameters, *bounds, limit, skip))
        with sensible():
            shown = [row(values) for values in found]
        shown.sort(key=_key, reverse=order != "oldest")
        return shown
    merged = _merged(connection, parts, after, before, skip + limit)
    chosen = sorted(islice(merged, skip, skip + limit), reverse=order != "oldest")
    return _rows_of(connection, chosen)


_BY_KEY: Final = frozenset({"newest", "oldest"})


def _key(shown: ArticleRow) -> int:
    return shown.key


def _order(connection: sqlite3.Connection, view: View) -> str:
    """One of ``query.tree.Sort``."""
    if view.sort is not None:
        return view.sort
    query = query_of(connection, view)
    return "newest" if query is None or query.sort is None else query.sort.value


def _turned(after: int | None, before: int | None) -> tuple[int | None, int | None]:
    """The anchors of a page of a list that has the oldest first, in the order of keys."""
    if before == BELOW_ALL:
        before = HIGHEST
    if after is None and before is None:
        return None, BELOW_ALL
    return before, after


def _rows_of(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ArticleRow]:
    """The rows of some articles, in the order given."""
    query = f"{_ROW} FROM (SELECT value AS id FROM json_each(?)) AS chosen {_ROW_TABLES}"
    found = connection.execute(query, (json.dumps(ids),))
    with sensible():
        shown = {made.key: made for made in map(row, found)}
    return [shown[id_] for id_ in ids if id_ in shown]


def _sorted_rows(
    connection: sqlite3.Connection,
    view: View,
    now: datetime,
    after: int | None,
    before: int | None,
    skip: int,
    limit: int,
    *,
    unread: bool,
) -> list[ArticleRow]:
    """A page of a list in an order of its own, which is worked out for the newest of it."""
    ids = ordered(connection, view, now)
    if unread:
        among = json.dumps(ids)
        query = "SELECT id FROM article WHERE unread = 1 AND id IN (SELECT value FROM json_each(?))"
        left = {id_ for (id_,) in connection.execute(query, (among,))}
        ids = [id_ for id_ in ids if id_ in left]
    if before is not None:
        end = max(0, (len(ids) if before == BELOW_ALL else _place(ids, before)) - skip)
        return _rows_of(connection, ids[max(0, end - limit) : end])
    start = skip if after is None else _place(ids, after) + 1 + skip
    return _rows_of(connection, ids[start : start + limit])


def _place(ids: Sequence[int], key: int) -> int:
    """Where a key stands; at the end where it does not."""
    return ids.index(key) if key in ids else len(ids)


def ordered(connection: sqlite3.Connection, view: View, now: datetime) -> list[int]:
    """The newest ids of a list, ``SORTED`` at most, by relevance, title or source."""
    order = _order(connection, view)
    ids = list(islice(_merged(connection, held(connection, view, now), None, None, SORTED), SORTED))
    if order != "relevance":
        return [id_ for (id_,) in connection.execute(_SORTING[order], (json.dumps(ids),))]
    match = _match(connection, view, now)
    return ids if match is None or not ids else _by_relevance(connection, match, ids)


def _by_relevance(connection: sqlite3.Connection, match: str, ids: Sequence[int]) -> list[int]:
    """Some articles, those that words fit best first; those without any of the words come last.

    Weighed is all between the oldest and the newest of them: the index of words takes a range of
    articles, and would go through all of itself for a set of them.
    """
    # A word in a headline weighs most; the columns are body, title, dateline and byline.
    found = connection.execute(
        "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY bm25(fts, 1.0, 8.0, 2.0, 1.0), rowid DESC",
        (match, min(ids), max(ids)),
    )
    wanted = set(ids)
    best = [id_ for (id_,) in found if id_ in wanted]
    fit = set(best)
    return [*best, *(id_ for id_ in ids if id_ not in fit)]


SORTED: Final = 2_000
"""Articles that are put in an order other than by time, at most: the newest of a list."""
_AMONG: Final = "IN (SELECT value FROM json_each(?))"
_SORTING: Final = {
    "title": f"SELECT id FROM article WHERE id {_AMONG} ORDER BY title COLLATE NOCASE, id DESC",
    "source": (
        "SELECT article.id FROM article JOIN source ON source.id = source_id"
        f" WHERE article.id {_AMONG} ORDER BY source.name COLLATE NOCASE, article.id DESC"
    ),
}


def _match(connection: sqlite3.Connection, view: View, now: datetime) -> str | None:
    from kaltimtui.store import compile  # noqa: A004 - only a search needs it

    query = query_of(connection, view)
    return None if query is None else compile.plan(connection, query, now).match


def _merged(
    connection: sqlite3.Connection,
    parts: Sequence[Scope],
    after: int | None,
    before: int | None,
    limit: int,
) -> Iterator[int]:
    """The ids of several lists in one order, each read no further than need be."""
    found = []
    for one in parts:
        query, bounds = ids_query(one, after, before)
        ids = connection.execute(f"{query} LIMIT ?", (*one.parameters, *bounds, limit))
        found.append(id_ for (id_,) in ids)
    return merge(*found, reverse=before is None)


def page_query(
    part: Scope, after: int | None = None, before: int | None = None
) -> tuple[str, tuple[int, int]]:
    """The query for a page of rows below or above an anchor, and the bounds it takes.

    What it takes last is how many rows there may be, and how many to pass over.
    """
    query, bounds = ids_query(part, after, before)
    return f"{_ROW} FROM ({query} LIMIT ? OFFSET ?) AS chosen {_ROW_TABLES}", bounds


def ids_query(
    part: Scope, after: int | None = None, before: int | None = None
) -> tuple[str, tuple[int, int]]:
    """The query for the ids of a list below or above an anchor, and the bounds it takes."""
    upwards = before is not None
    low = part.floor if before is None else max(part.floor, before + 1)
    high = part.ceiling if after is None else min(part.ceiling, after - 1)
    where = f"{part.where} AND {telling.NOT_LEFT_OUT}" if part.retold else part.where
    query = (
        f"SELECT {part.id} AS id FROM {part.tables}"
        f" WHERE {where} AND {part.id} BETWEEN ? AND ?"
        f" ORDER BY {part.id} {'ASC' if upwards else 'DESC'}"
    )
    return query, (low, high)


def uids_query(
    connection: sqlite3.Connection, view: View, now: datetime
) -> tuple[str, tuple[Any, ...]]:
    """The query for the uids of all that a view holds, and what it takes. Raises QueryError."""
    parts = held(connection, view, now)
    queries, parameters = ["SELECT 0 AS id WHERE false"], []
    for part in parts:
        query, bounds = ids_query(part)
        queries.append(f"SELECT id FROM ({query})")
        parameters += [*part.parameters, *bounds]
    ids = " UNION ALL ".join(queries)
    query = f"SELECT uid FROM ({ids}) AS held CROSS JOIN article ON article.id = held.id"
    return query, tuple(parameters)


def row(values: Sequence[Any]) -> ArticleRow:
    """A row from the columns of ``_ROW``."""
    key, uid, title, source, category, dateline, at, offset, precision, unread, *rest = values
    starred, later, count, sample, first_seen, updated_at, others, edited, tags = rest
    published = None if at is None else keys.stamp(at, offset, precision)
    listed = published.moment if published and at <= updated_at + DAY else None
    return ArticleRow(
        key,
        keys.public_id(uid),
        title,
        source,
        category,
        dateline,
        published,
        listed or keys.moment_at(first_seen),
        not unread,
        bool(starred),
        bool(later),
        count,
        bool(sample),
        tuple(tags.split("\n")) if tags else (),
        others,
        bool(edited),
    )


def one_row(connection: sqlite3.Connection, uid: int) -> ArticleRow | None:
    """The row of one article, if it is in the store."""
    found = connection.execute(
        f"{_ROW} FROM (SELECT id FROM article WHERE uid = ?) AS chosen {_ROW_TABLES}", (uid,)
    ).fetchone()
    with sensible():
        return row(found) if found else None


def position(connection: sqlite3.Connection, view: View, now: datetime, key: int) -> int | None:
    """How many rows of a list stand above a key; None where it is not in the list."""
    order = _order(connection, view)
    if order not in _BY_KEY:
        ids = ordered(connection, view, now)
        return ids.index(key) if key in ids else None
    parts = held(connection, view, now)

    def between(low: int, high: int) -> int:
        return sum(_between(connection, part, low, high) for part in parts)

    if not between(key, key):
        return None
    return between(BELOW_ALL, key - 1) if order == "oldest" else between(key + 1, HIGHEST)


def _between(connection: sqlite3.Connection, part: Scope, low: int, high: int) -> int:
    bounds = max(low, part.floor), min(high, part.ceiling)
    found: tuple[int] = connection.execute(
        count_query(part), (*part.parameters, *bounds)
    ).fetchone()
    return found[0]


def count_query(part: Scope) -> str:
    """The query for how many rows of a list stand between two keys, these included."""
    low = len(part.parameters) + 1
    bounds = f"BETWEEN ?{low} AND ?{low + 1}"
    query = f"SELECT count(*) FROM {part.tables} WHERE {part.where} AND {part.id} {bounds}"
    if not part.retold:
        return query
    retold = f"SELECT count(*) FROM telling WHERE {part.retold} AND article_id {bounds}"
    return f"SELECT ({query}) - ({retold})"


def count(connection: sqlite3.Connection, view: View, now: datetime) -> Count:
    """How many articles a list holds, and how many of them are unread. Raises QueryError."""
    if view.query or view.kind in _COUNTED_BY_ROW:
        most = COUNTED if _order(connection, view) in _BY_KEY else SORTED
        return _counted_one_by_one(connection, view, now, most)
    match view.kind:
        case ViewKind.ALL:
            return _listed(connection, view)
        case ViewKind.UNREAD:
            unread = _listed(connection, view).unread
            return Count(unread, unread)
        case ViewKind.SOURCE:
            return _counted(connection, "source_id = ? AND aside < 2", view.source)
        case ViewKind.FOLDER:
            return _counted(connection, IN_FOLDER, *path(view))
        case ViewKind.CATEGORY:
            where = "source_id = ? AND category_id = ? AND aside < 2"
            return _counted(connection, where, view.source, view.category)
        case ViewKind.TODAY | ViewKind.WEEK:
            return _counted_since(connection, view, now)
        case ViewKind.STARRED | ViewKind.LATER:
            return _counts(connection, "tally", view.kind)
        case _:
            return _counts(connection, "tag", view.tag if view.kind is ViewKind.TAG else "")


_COUNTED_BY_ROW: Final = frozenset(
    (ViewKind.SEARCH, ViewKind.SAVED, ViewKind.HIDDEN, ViewKind.STORY)
)


def _listed(connection: sqlite3.Connection, view: View) -> Count:
    """All that stands in the built-in lists."""
    found = _counted(connection, "aside = 0")
    if not view.together:
        return found
    return found - Count(*connection.execute("SELECT total, unread FROM retold").fetchone())


def _counted(connection: sqlite3.Connection, where: str, *parameters: int | str | None) -> Count:
    total, unread = connection.execute(
        "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0)"
        f" FROM counter JOIN source ON source.id = source_id WHERE {where}",
        parameters,
    ).fetchone()
    return Count(total, unread)


def _counts(connection: sqlite3.Connection, table: str, name: str | None) -> Count:
    """What triggers have counted under a name."""
    found = connection.execute(f"SELECT total, unread FROM {table} WHERE name = ?", (name,))
    return Count(*(found.fetchone() or (0, 0)))


def _counted_since(connection: sqlite3.Connection, view: View, now: datetime) -> Count:
    found = Count()
    for part in held(connection, view, now):
        bounds = part.floor, part.ceiling
        total = _between(connection, part, *bounds)
        found += Count(total, _between(connection, unread_of(part), *bounds))
    return found


def found(connection: sqlite3.Connection, view: View, now: datetime) -> int:
    """How many articles a search finds, ``COUNTED`` at most, whatever its order leaves out."""
    return _counted_one_by_one(connection, view, now, COUNTED).total


def _counted_one_by_one(
    connection: sqlite3.Connection, view: View, now: datetime, most: int
) -> Count:
    found = Count()
    for part in map(Scope.with_articles, held(connection, view, now)):
        total, unread = connection.execute(
            "SELECT count(*), coalesce(sum(unread), 0) FROM (SELECT article.unread"
            f" FROM {part.tables} WHERE {part.where} AND {part.id} BETWEEN ? AND ? LIMIT ?)",
            (*part.parameters, part.floor, part.ceiling, most - found.total),
        ).fetchone()
        found += Count(total, unread)
    return found
