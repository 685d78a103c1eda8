"""Marking very many articles: what triggers keep one by one is kept by sets.

A trigger is a program of its own for each row and each count. Here the counts are changed once for
all articles, while the triggers that would do it are still (``schema5.py``). What a step of few
articles leaves behind and what this leaves behind is the same.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LEAST: Final = 1_000
"""Articles from which on this is quicker."""
CACHE: Final = "PRAGMA cache_size = -96000"
"""All pages that marking a hundred thousand articles changes: a smaller cache writes many of them
into the log several times. ``Database.writing`` gives the room back."""

_ABOVE: Final = (
    "SELECT high.id, high.name FROM tag AS low CROSS JOIN above ON above.tag_id = low.id"
    " CROSS JOIN tag AS high ON high.id = ancestor_id WHERE low.name = ?"
)
_FRESH: Final = (
    "INSERT INTO fresh(uid, marked) SELECT place.uid, 1 FROM place"
    " CROSS JOIN article USING(id) WHERE unread = 1"
)


@contextlib.contextmanager
def running(connection: sqlite3.Connection) -> Iterator[None]:
    """Let the triggers be still that this module does the work of."""
    connection.execute("INSERT INTO bulk VALUES(1)")
    yield
    connection.execute("DELETE FROM bulk")


def take_hits(connection: sqlite3.Connection) -> None:
    """Take the articles of ``place`` out of what saved searches find."""
    connection.execute(
        "UPDATE saved SET unread = saved.unread - gone.hits FROM"
        " (SELECT saved_id, count(*) AS hits FROM place CROSS JOIN hit INDEXED BY hit_article"
        " ON hit.article_id = place.id GROUP BY saved_id) AS gone WHERE saved.id = gone.saved_id"
    )
    connection.execute("DELETE FROM hit WHERE article_id IN (SELECT id FROM place)")


def set_tag(connection: sqlite3.Connection, tag: str) -> None:
    """Put a tag, which is there, on what ``befallen`` names; ``place`` says where it stands."""
    with running(connection):
        connection.execute("INSERT OR IGNORE INTO mark_tag SELECT uid, ? FROM befallen", (tag,))
        for number, _name in connection.execute(_ABOVE, (tag,)).fetchall():
            missing = (
                "FROM place CROSS JOIN article USING(id) WHERE aside < 2 AND NOT EXISTS("
                "SELECT 1 FROM tagged WHERE tag_id = ?1 AND article_id = place.id)"
            )
            _count(connection, number, f"SELECT count(*), sum(unread) {missing}", (number,), 1)
            connection.execute(f"INSERT INTO tagged SELECT ?1, id {missing}", (number,))
        connection.execute(_FRESH)


def take_tag(connection: sqlite3.Connection, tag: str) -> None:
    """Take a tag off what ``befallen`` names, and those above it where no other is below them."""
    with running(connection):
        connection.execute(
            "DELETE FROM mark_tag WHERE tag = ? AND uid IN (SELECT uid FROM befallen)", (tag,)
        )
        for number, name in connection.execute(_ABOVE, (tag,)).fetchall():
            left = (
                "FROM place CROSS JOIN tagged ON tagged.tag_id = ?1 AND article_id = place.id"
                " CROSS JOIN article USING(id)"
                " WHERE NOT EXISTS(SELECT 1 FROM mark_tag WHERE uid = place.uid AND tag = ?2)"
                " AND NOT EXISTS(SELECT 1 FROM mark_tag"
                " WHERE uid = place.uid AND tag >= ?2 || '/' AND tag < ?2 || '0')"
            )
            _count(connection, number, f"SELECT count(*), sum(unread) {left}", (number, name), -1)
            among = f"article_id IN (SELECT article_id {left})"
            connection.execute(f"DELETE FROM tagged WHERE tag_id = ?1 AND {among}", (number, name))
        connection.execute(_FRESH)


def _count(
    connection: sqlite3.Connection,
    tag: int,
    query: str,
    parameters: tuple[int | str, ...],
    sign: int,
) -> None:
    total, unread = connection.execute(query, parameters).fetchone()
    connection.execute(
        "UPDATE tag SET total = total + ?, unread = unread + ? WHERE id = ?",
        (sign * total, sign * (unread or 0), tag),
    )
