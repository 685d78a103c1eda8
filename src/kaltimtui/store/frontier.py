"""The addresses of a portal that were found and not fetched yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.store import keys
from kaltimtui.store.keys import DAY, url_identity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

LIMIT: Final = 100_000
"""Addresses of one source that wait at most: a site may name pages without end."""
REMEMBERED: Final = 30 * DAY
"""So long an address is remembered that is no article."""
_EVER: Final = -(1 << 62)
_WAITING: Final = """
SELECT url, published_at FROM frontier WHERE source_id = ?1 AND waiting = 1 AND NOT EXISTS
  (SELECT 1 FROM identity WHERE identity.hash = frontier.hash AND source_id = ?1)
"""


def add(
    connection: sqlite3.Connection,
    source: int,
    found: Iterable[tuple[str, int | None]],
    now: int,
) -> int:
    """Let canonical addresses wait, each with the second it was published, if known.

    Left out are those that wait already, though they get a date that was not known, that are kept
    as articles, or were no article when they were fetched. Where there are too many the oldest go,
    first of those without a date. How many are new.
    """
    before = size(connection, source)
    connection.execute(
        "DELETE FROM frontier WHERE waiting = 0 AND found_at < ?", (now - REMEMBERED,)
    )
    rows = [
        (source, keys.hash64(url_identity(url)), url, published, now) for url, published in found
    ]
    connection.executemany(
        "INSERT INTO frontier(source_id, hash, url, published_at, found_at, waiting)"
        " SELECT ?1, ?2, ?3, ?4, ?5, 1 WHERE NOT EXISTS"
        " (SELECT 1 FROM identity WHERE hash = ?2 AND source_id = ?1)"
        " ON CONFLICT DO UPDATE SET published_at = excluded.published_at"
        " WHERE published_at IS NULL AND excluded.published_at IS NOT NULL",
        rows,
    )
    after = size(connection, source)
    if after > LIMIT:
        connection.execute(
            "DELETE FROM frontier WHERE id IN (SELECT id FROM frontier"
            " WHERE source_id = ? AND waiting = 1 ORDER BY published_at, id LIMIT ?)",
            (source, after - LIMIT),
        )
    return after - before


def take(connection: sqlite3.Connection, source: int, limit: int) -> list[str]:
    """The newest that wait; those without a date last, in the order they were found.

    They wait until ``done`` is told of them.
    """
    return [
        url
        for (url,) in connection.execute(
            "SELECT url FROM frontier WHERE source_id = ? AND waiting = 1"
            " ORDER BY published_at DESC, id LIMIT ?",
            (source, limit),
        )
    ]


def recent(
    connection: sqlite3.Connection, source: int, newest: int, limit: int
) -> list[tuple[str, int | None]]:
    """What waits and may be news, with its date: what a walk found that did not come to its end.

    That is what is newer than the last of the ``newest`` articles that are kept, newest first, then
    what has no date and was found since the last walk that ended, in that order; of both at most
    ``limit``. Where fewer articles are kept, as many as are missing there.
    """
    kept = connection.execute(
        f"SELECT id >> {keys.ORDER_BITS} FROM article INDEXED BY article_source"
        " WHERE source_id = ?1 ORDER BY id DESC LIMIT ?2",
        (source, newest),
    ).fetchall()
    since, most = (kept[-1][0], limit) if len(kept) == newest else (_EVER, newest - len(kept))
    dated: list[tuple[str, int | None]] = connection.execute(
        f"{_WAITING} AND published_at > ?2 ORDER BY published_at DESC LIMIT ?3",
        (source, since, min(most, limit)),
    ).fetchall()
    undated: list[tuple[str, int | None]] = connection.execute(
        f"{_WAITING} AND published_at IS NULL AND found_at >="
        " coalesce((SELECT ok_at FROM fetching WHERE source_id = ?1) + 1, 0) ORDER BY id LIMIT ?2",
        (source, limit),
    ).fetchall()
    return dated + undated


def done(connection: sqlite3.Connection, source: int, urls: Sequence[str], now: int) -> None:
    """Take note that addresses were fetched, whether they had waited or not.

    Tell this after their articles were stored: one without an article is remembered, so that it
    is not added again soon.
    """
    articles = known(connection, source, urls)
    rows = [(source, keys.hash64(url_identity(url)), url, now) for url in urls]
    connection.executemany(
        "DELETE FROM frontier WHERE source_id = ? AND hash = ?",
        [(source, hash_) for _source, hash_, url, _now in rows if url in articles],
    )
    connection.executemany(
        "INSERT INTO frontier(source_id, hash, url, found_at, waiting) VALUES(?, ?, ?, ?, 0)"
        " ON CONFLICT DO UPDATE SET waiting = 0, found_at = excluded.found_at",
        [row for row in rows if row[2] not in articles],
    )


def known(connection: sqlite3.Connection, source: int, urls: Sequence[str]) -> set[str]:
    """Those of some addresses that are kept as articles of a source."""
    return _among(
        connection, "SELECT 1 FROM identity WHERE source_id = ? AND hash = ?", source, urls
    )


def refused(connection: sqlite3.Connection, source: int, urls: Sequence[str]) -> set[str]:
    """Those of some addresses that were fetched lately and were no article."""
    query = "SELECT 1 FROM frontier WHERE source_id = ? AND hash = ? AND waiting = 0"
    return _among(connection, query, source, urls)


def size(connection: sqlite3.Connection, source: int) -> int:
    """How many addresses of a source wait."""
    found: tuple[int] = connection.execute(
        "SELECT count(*) FROM frontier WHERE source_id = ? AND waiting = 1", (source,)
    ).fetchone()
    return found[0]


def _among(
    connection: sqlite3.Connection, query: str, source: int, urls: Iterable[str]
) -> set[str]:
    return {
        url
        for url in urls
        if connection.execute(query, (source, keys.hash64(url_identity(url)))).fetchone()
    }
