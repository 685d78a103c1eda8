"""The lists one can stand in, as ranges of an index: no sort, no offset from the top.

Every list is asked for the ids it holds, which an index alone answers; only the rows that are
shown are then read.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.dates import WITA
from kaltimtui.models import ArticleRow, Count, ViewKind
from kaltimtui.store import keys, search
from kaltimtui.store.connection import sensible
from kaltimtui.store.incoming import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from kaltimtui.models import View

HIGHEST: Final = (1 << 63) - 1
LOWEST: Final = -(1 << 63)
COUNTED: Final = 100_000
"""Hits of a search that are counted at most."""

_INDEXES: Final = {
    ViewKind.ALL: ("article_aside", "aside = 0"),
    ViewKind.TODAY: ("article_aside", "aside = 0"),
    ViewKind.UNREAD: ("article_unread", "unread = 1 AND aside = 0"),
    # What the user marked stays in sight when the sample edition steps aside.
    ViewKind.STARRED: ("article_starred", "starred = 1 AND aside < 2"),
    ViewKind.LATER: ("article_later", "later = 1 AND aside < 2"),
    # A source that was removed has no list.
    ViewKind.SOURCE: (
        "article_source",
        "source_id = (SELECT id FROM source WHERE id = ? AND aside < 2)",
    ),
    ViewKind.CATEGORY: (
        "article_category",
        "source_id = (SELECT id FROM source WHERE id = ? AND aside < 2) AND category_id = ?",
    ),
}
_ROW: Final = """
SELECT article.id, uid, title, source.name, category.name, dateline,
  published_at, published_offset, published_precision, unread, starred, later, versions,
  source.kind = 'sample', first_seen, updated_at
"""
_ROW_TABLES: Final = """
CROSS JOIN article ON article.id = chosen.id
LEFT JOIN source ON source.id = article.source_id
LEFT JOIN category ON category.id = article.category_id
"""


class Scope(NamedTuple):
    """The ids a view holds: ``SELECT id FROM {tables} WHERE {where} AND id >= floor``."""

    tables: str
    where: str
    parameters: tuple[Any, ...]
    id: str = "id"
    floor: int = LOWEST


def scope(connection: sqlite3.Connection, view: View, now: datetime) -> Scope | None:
    """What a view holds; None where it can hold nothing."""
    if view.kind is ViewKind.SEARCH:
        return _search_scope(connection, view.query)
    index, where = _INDEXES[view.kind]
    parameters: tuple[Any, ...] = ()
    if view.kind is ViewKind.SOURCE:
        parameters = (view.source,)
    elif view.kind is ViewKind.CATEGORY:
        parameters = (view.source, view.category)
    floor = today(now) if view.kind is ViewKind.TODAY else LOWEST
    return Scope(f"article INDEXED BY {index}", where, parameters, floor=floor)


def _search_scope(connection: sqlite3.Connection, asked: str) -> Scope | None:
    query = search.parse(asked)
    if query is None:
        return None
    where, parameters = "article.aside = 0", []
    if query.beginning is not None and search.too_common(connection, query.beginning):
        # So many articles have such a word that the headlines alone show enough of them.
        where += " AND (' ' || article.title) LIKE ? ESCAPE '\\'"
        parameters.append(search.headline_pattern(query.beginning))
        query = search.Query(query.words)
    if not query.match():
        return Scope("article INDEXED BY article_aside", where, tuple(parameters))
    return Scope(
        "fts CROSS JOIN article ON article.id = fts.rowid",
        f"fts MATCH ? AND {where}",
        (query.match(), *parameters),
        id="fts.rowid",
    )


def today(now: datetime) -> int:
    """The lowest place in the order that is of today, as the clocks of East Kalimantan have it."""
    midnight = now.astimezone(WITA).replace(hour=0, minute=0, second=0, microsecond=0)
    return keys.order_floor(keys.seconds_of(midnight))


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
    """A page of a list, newest first: see ``Library.rows``."""
    held = scope(connection, view, now)
    if held is None:
        return []
    if unread:
        held = _unread_of(held)
    query, bounds = page_query(held, after, before)
    found = connection.execute(query, (*held.parameters, *bounds, limit, skip))
    with sensible():
        # A page above an anchor is read upwards.
        return sorted(map(row, found), key=attrgetter("key"), reverse=True)


def _unread_of(held: Scope) -> Scope:
    """The unread articles of what a list holds."""
    if held.tables == "article INDEXED BY article_aside" and held.where == "aside = 0":
        index, where = _INDEXES[ViewKind.UNREAD]
        return held._replace(tables=f"article INDEXED BY {index}", where=where)
    return held._replace(where=f"{held.where} AND article.unread = 1")


def page_query(
    held: Scope, after: int | None = None, before: int | None = None
) -> tuple[str, tuple[int, int]]:
    """The query for a page of rows below or above an anchor, and the bounds it takes.

    What it takes last is how many rows there may be, and how many to pass over.
    """
    query, bounds = ids_query(held, after, before)
    return f"{_ROW} FROM ({query} LIMIT ? OFFSET ?) AS chosen {_ROW_TABLES}", bounds


def ids_query(
    held: Scope, after: int | None = None, before: int | None = None
) -> tuple[str, tuple[int, int]]:
    """The query for the ids of a list below or above an anchor, and the bounds it takes."""
    upwards = before is not None
    low = held.floor if before is None else max(held.floor, before + 1)
    high = HIGHEST if after is None else after - 1
    query = (
        f"SELECT {held.id} AS id FROM {held.tables}"
        f" WHERE {held.where} AND {held.id} BETWEEN ? AND ?"
        f" ORDER BY {held.id} {'ASC' if upwards else 'DESC'}"
    )
    return query, (low, high)


def uids_query(
    connection: sqlite3.Connection, view: View, now: datetime
) -> tuple[str, tuple[Any, ...]]:
    """The query for the uids of all that a view holds, and what it takes."""
    held = scope(connection, view, now)
    if held is None:
        return "SELECT uid FROM article WHERE false", ()
    query, bounds = ids_query(held)
    return (
        f"SELECT uid FROM ({query}) AS held CROSS JOIN article ON article.id = held.id",
        (*held.parameters, *bounds),
    )


def row(values: Sequence[Any]) -> ArticleRow:
    """A row from the columns of ``_ROW``."""
    key, uid, title, source, category, dateline, at, offset, precision, unread, *rest = values
    starred, later, versions, sample, first_seen, updated_at = rest
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
        versions,
        bool(sample),
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
    held = scope(connection, view, now)
    if held is None:
        return None
    query = count_query(held)
    here = connection.execute(query, (*held.parameters, max(key, held.floor), key)).fetchone()
    if not here[0]:
        return None
    above: tuple[int] = connection.execute(query, (*held.parameters, key + 1, HIGHEST)).fetchone()
    return above[0]


def count_query(held: Scope) -> str:
    """The query for how many rows of a list stand between two keys, these included."""
    return f"SELECT count(*) FROM {held.tables} WHERE {held.where} AND {held.id} BETWEEN ? AND ?"


def count(connection: sqlite3.Connection, view: View, now: datetime) -> Count:
    """How many articles a list holds, and how many of them are unread."""
    match view.kind:
        case ViewKind.ALL:
            return _counted(connection, "aside = 0")
        case ViewKind.UNREAD:
            unread = _counted(connection, "aside = 0").unread
            return Count(unread, unread)
        case ViewKind.SOURCE:
            return _counted(connection, "source_id = ? AND aside < 2", view.source)
        case ViewKind.CATEGORY:
            where = "source_id = ? AND category_id = ? AND aside < 2"
            return _counted(connection, where, view.source, view.category)
        case ViewKind.TODAY:
            return _counted_today(connection, today(now))
        case _:
            return _counted_one_by_one(connection, view, now)


def _counted(connection: sqlite3.Connection, where: str, *parameters: int | None) -> Count:
    total, unread = connection.execute(
        "SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0)"
        f" FROM counter JOIN source ON source.id = source_id WHERE {where}",
        parameters,
    ).fetchone()
    return Count(total, unread)


def _counted_today(connection: sqlite3.Connection, floor: int) -> Count:
    total, unread = connection.execute(
        "SELECT (SELECT count(*) FROM article INDEXED BY article_aside"
        " WHERE aside = 0 AND id >= ?1),"
        " (SELECT count(*) FROM article INDEXED BY article_unread"
        " WHERE unread = 1 AND aside = 0 AND id >= ?1)",
        (floor,),
    ).fetchone()
    return Count(total, unread)


def _counted_one_by_one(connection: sqlite3.Connection, view: View, now: datetime) -> Count:
    held = scope(connection, view, now)
    if held is None:
        return Count()
    total, unread = connection.execute(
        "SELECT count(*), coalesce(sum(unread), 0)"
        f" FROM (SELECT unread FROM {held.tables} WHERE {held.where} LIMIT ?)",
        (*held.parameters, COUNTED if view.kind is ViewKind.SEARCH else -1),
    ).fetchone()
    return Count(total, unread)
