"""What was asked for and waits to be fetched: the whole text of an article, its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kaltimtui.store import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

WishKind: TypeAlias = Literal["text", "pictures"]


class Wish(NamedTuple):
    """One article that something is to be fetched for."""

    uid: int
    url: str
    source: int
    tries: int
    """How often that has failed."""


def want(connection: sqlite3.Connection, uids: Iterable[int], kind: WishKind, now: int) -> int:
    """Wish something for articles, to be had at once; how many of them it can be had for.

    An article that tells no address is passed over.
    """
    return connection.executemany(
        "INSERT INTO wish(kind, uid, next_at)"
        " SELECT ?1, uid, ?3 FROM article WHERE uid = ?2 AND url IS NOT NULL"
        " ON CONFLICT DO UPDATE SET tries = 0, next_at = excluded.next_at",
        [(kind, uid, now) for uid in uids],
    ).rowcount


def due(connection: sqlite3.Connection, kind: WishKind, now: int, limit: int) -> list[Wish]:
    """The wishes that may be tried now, the longest waiting first.

    Those for articles of a removed source wait until it is back.
    """
    found = connection.execute(
        "SELECT wish.uid, article.url, source_id, tries FROM wish INDEXED BY wish_due"
        " CROSS JOIN article ON article.uid = wish.uid"
        " WHERE wish.kind = ? AND next_at <= ? AND article.url IS NOT NULL AND article.aside < ?"
        " ORDER BY next_at, wish.uid LIMIT ?",
        (kind, now, schema.ASIDE_REMOVED, limit),
    )
    return [Wish(*row) for row in found]


def of_article(connection: sqlite3.Connection, uid: int, kind: WishKind) -> Wish | None:
    """What is wished for an article, due or not."""
    found = connection.execute(
        "SELECT wish.uid, url, source_id, tries FROM wish JOIN article ON article.uid = wish.uid"
        " WHERE wish.uid = ? AND wish.kind = ?",
        (uid, kind),
    ).fetchone()
    return Wish(*found) if found else None


def next_due(connection: sqlite3.Connection, kind: WishKind) -> int | None:
    """The second at which the next wish may be tried; None where there is none."""
    found: tuple[int | None] = connection.execute(
        "SELECT min(next_at) FROM wish WHERE kind = ?", (kind,)
    ).fetchone()
    return found[0]


def done(connection: sqlite3.Connection, uids: Iterable[int], kind: WishKind) -> None:
    """Strike wishes off: they came true, or will never."""
    connection.executemany(
        "DELETE FROM wish WHERE kind = ? AND uid = ?", [(kind, uid) for uid in uids]
    )


def failed(connection: sqlite3.Connection, uid: int, kind: WishKind, next_at: int) -> None:
    """Put a wish off until this second."""
    connection.execute(
        "UPDATE wish SET tries = tries + 1, next_at = ? WHERE kind = ? AND uid = ?",
        (next_at, kind, uid),
    )


def waiting(connection: sqlite3.Connection, kind: WishKind) -> int:
    """How many wishes there are, due or not."""
    found: tuple[int] = connection.execute(
        "SELECT count(*) FROM wish WHERE kind = ?", (kind,)
    ).fetchone()
    return found[0]
