"""How many articles there are, by day, hour, place and source.

Everything is counted over a range of the order, so that it costs what the period holds, whatever
the archive holds beside it. Days are ordinals as ``date.toordinal`` has them, in WITA, which knows
no summer time: what is ahead of today counts as today, as the list of today has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from kaltimtui.store import codec, keys
from kaltimtui.store.failures import sensible
from kaltimtui.store.scopes import HIGHEST

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_LISTED: Final = "article.aside & 2 = 0 AND article.aside = 0"
_DAY_SECONDS: Final = 86_400
_OFFSET: Final = 8 * 3_600
"""Seconds that the clocks of WITA are ahead of UTC."""
_FIRST_OF_1970: Final = 719_163
_UP: Final = _OFFSET + _FIRST_OF_1970 * _DAY_SECONDS
"""What makes of seconds since 1970 seconds since the day before the first of year 1.

Division in SQL goes towards zero; so lifted, it goes down for every moment of the calendar.
"""
_SECONDS: Final = f"(article.id >> {keys.ORDER_BITS})"


class Subject(NamedTuple):
    """What is counted: all articles, those of one source, or those of one category."""

    kind: Literal["all", "source", "category"] = "all"
    id: int = 0


class Held(NamedTuple):
    """``FROM {tables} WHERE {where}``, and what it takes."""

    tables: str
    where: str
    parameters: tuple[int, ...] = ()


class Total(NamedTuple):
    """Articles of one source in one category; id and name of each."""

    source: int
    source_name: str
    category: int
    category_name: str | None
    articles: int


def held(subject: Subject, *, by_rows: bool = False) -> Held:
    """Which articles are of a subject; ``by_rows``: where more is read of them than their place."""
    if subject.kind == "source":
        # All its articles are as it is, but for those that are hidden.
        aside = "(SELECT aside FROM source WHERE id = ? AND aside < 2)"
        where = f"article.source_id = ? AND article.aside = {aside}"
        return Held("article INDEXED BY article_source", where, (subject.id, subject.id))
    if subject.kind == "category":
        where = f"article.category_id = ? AND {_LISTED}"
        return Held("article INDEXED BY article_in_category", where, (subject.id,))
    if by_rows:
        return Held("article", "+article.aside = 0")
    return Held("article INDEXED BY article_aside", _LISTED)


def start_of(day: int) -> int:
    """The second since 1970 at which a day begins."""
    return day * _DAY_SECONDS - _UP


def day_of(seconds: int) -> int:
    """The day that a second since 1970 is of."""
    return (seconds + _UP) // _DAY_SECONDS


def floor_of(day: int) -> int:
    """The lowest place in the order of a day."""
    return keys.order_floor(start_of(day))


def first_day(connection: sqlite3.Connection, subject: Subject) -> int | None:
    """The day of the oldest article, if there is any."""
    tables, where, parameters = held(subject)
    query = f"SELECT article.id FROM {tables} WHERE {where} ORDER BY article.id LIMIT 1"
    found = connection.execute(query, parameters).fetchone()
    return max(1, day_of(found[0] >> keys.ORDER_BITS)) if found else None


def days(
    connection: sqlite3.Connection, subject: Subject, since: int, today: int
) -> dict[int, int]:
    """Articles by the day they came out on; days without any are left out."""
    return _days(connection, held(subject), _SECONDS, "article.id", floor_of(since), today)


def read_days(
    connection: sqlite3.Connection, subject: Subject, since: int, today: int
) -> dict[int, int]:
    """Articles that are marked read, by the day on which their mark was last changed."""
    low = start_of(since)
    at = "mark.changed_at"
    return _days(connection, _marked(connection, subject, low), at, at, low, today)


def _marked(connection: sqlite3.Connection, subject: Subject, low: int) -> Held:
    """The marks of a subject: found by the articles, or by the marks where these are fewer."""
    if subject.kind == "all":
        return Held("mark", "mark.read = 1")
    (marks,) = connection.execute(
        "SELECT count(*) FROM mark WHERE read = 1 AND changed_at >= ?", (low,)
    ).fetchone()
    if _sum(connection, subject, "total") < marks:
        by_articles = held(subject, by_rows=True)
        tables = f"{by_articles.tables} CROSS JOIN mark ON mark.uid = article.uid"
        return Held(tables, f"{by_articles.where} AND mark.read = 1", by_articles.parameters)
    tables = "mark CROSS JOIN article ON article.uid = mark.uid"
    where = f"mark.read = 1 AND article.aside < 2 AND article.{subject.kind}_id = ?"
    return Held(tables, where, (subject.id,))


def _days(
    connection: sqlite3.Connection, counted: Held, seconds: str, bound: str, low: int, today: int
) -> dict[int, int]:
    tables, where, parameters = counted
    found = connection.execute(
        f"SELECT min(({seconds} + {_UP}) / {_DAY_SECONDS}, ?) AS day, count(*)"
        f" FROM {tables} WHERE {where} AND {bound} >= ? GROUP BY day",
        (today, *parameters, low),
    )
    return dict(found.fetchall())


def hours(connection: sqlite3.Connection, subject: Subject, since: int) -> dict[int, int]:
    """Articles by the hour of the day they came out in, of those whose time is known."""
    tables, where, parameters = held(subject, by_rows=True)
    found = connection.execute(
        f"SELECT ({_SECONDS} + {_UP}) % {_DAY_SECONDS} / 3600 AS hour, count(*) FROM {tables}"
        f" WHERE {where} AND published_precision = 0 AND article.id >= ? GROUP BY hour",
        (*parameters, floor_of(since)),
    )
    return dict(found.fetchall())


def places(connection: sqlite3.Connection, subject: Subject, since: int) -> list[tuple[str, int]]:
    """Articles by their dateline, as it is written."""
    tables, where, parameters = held(subject, by_rows=True)
    return connection.execute(
        f"SELECT dateline, count(*) FROM {tables}"
        f" WHERE {where} AND dateline IS NOT NULL AND article.id >= ? GROUP BY dateline",
        (*parameters, floor_of(since)),
    ).fetchall()


def totals(connection: sqlite3.Connection, subject: Subject, since: int) -> list[Total]:
    """Articles by source and category, of the sources whose articles are in the built-in lists."""
    where, parameters = _counters(subject)
    found = connection.execute(
        "SELECT source.id, source.name, counter.category_id, category.name,"
        " (SELECT count(*) FROM article INDEXED BY article_category"
        "  WHERE article.source_id = counter.source_id"
        "  AND article.category_id = counter.category_id"
        "  AND article.aside & 2 = 0 AND article.aside = source.aside AND article.id >= ?)"
        " FROM counter JOIN source ON source.id = counter.source_id"
        " LEFT JOIN category ON category.id = counter.category_id"
        f" WHERE counter.total > 0 AND {where}",
        (floor_of(since), *parameters),
    )
    return [Total(*values) for values in found]


def unread_since(
    connection: sqlite3.Connection, subject: Subject, floors: Sequence[int]
) -> list[int]:
    """Unread articles since each of some days, each counted with the first day it is not before.

    The last count is of all that are older.
    """
    tables, where, parameters = held(subject, by_rows=True)
    if subject.kind == "all":
        tables, where = "article INDEXED BY article_unread", _LISTED
    steps = " ".join(f"WHEN article.id >= ? THEN {step}" for step in range(len(floors)))
    bounds = list(map(floor_of, floors))
    found = connection.execute(
        f"SELECT CASE {steps} END AS step, count(*) FROM {tables}"
        f" WHERE {where} AND article.unread = 1 AND article.id >= ? GROUP BY step",
        (*bounds, *parameters, min(bounds)),
    )
    counted = dict(found.fetchall())
    newer = [counted.get(step, 0) for step in range(len(floors))]
    return [*newer, max(0, _sum(connection, subject, "unread") - sum(newer))]


def _sum(connection: sqlite3.Connection, subject: Subject, column: str) -> int:
    """What the counters of a subject say together."""
    where, parameters = _counters(subject)
    (count,) = connection.execute(
        f"SELECT coalesce(sum(counter.{column}), 0) FROM counter"
        f" JOIN source ON source.id = counter.source_id WHERE {where}",
        parameters,
    ).fetchone()
    return int(count)


def _counters(subject: Subject) -> tuple[str, tuple[int, ...]]:
    """Which counters are of a subject, and what the condition takes."""
    match subject.kind:
        case "source":
            return "source.aside < 2 AND counter.source_id = ?", (subject.id,)
        case "category":
            return "source.aside = 0 AND counter.category_id = ?", (subject.id,)
        case _:
            return "source.aside = 0", ()


def headlines(
    connection: sqlite3.Connection, subject: Subject, since: int, limit: int
) -> list[tuple[int, str]]:
    """Place in the order and headline of the newest articles."""
    return _newest(connection, subject, since, limit, "article.title", "")


def texts(
    connection: sqlite3.Connection, subject: Subject, since: int, limit: int
) -> Iterator[tuple[int, str]]:
    """Place in the order and text of the newest articles."""
    join = " CROSS JOIN body ON body.article_id = article.id"
    for key, data in _newest(connection, subject, since, limit, "body.data", join):
        with sensible():
            yield key, codec.document(codec.unpack(data)).plain()


def _newest(
    connection: sqlite3.Connection, subject: Subject, since: int, limit: int, what: str, join: str
) -> list[tuple[int, Any]]:
    tables, where, parameters = held(subject, by_rows=True)
    return connection.execute(
        f"SELECT article.id, {what} FROM {tables}{join}"
        f" WHERE {where} AND article.id BETWEEN ? AND ? ORDER BY article.id DESC LIMIT ?",
        (*parameters, floor_of(since), HIGHEST, limit),
    ).fetchall()
