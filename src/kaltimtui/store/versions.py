"""The texts that an article had, and which of them the user has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.models import ArticleData
from kaltimtui.store import codec, keys
from kaltimtui.store.failures import sensible

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

EDITED: Final = "EXISTS(SELECT 1 FROM text_read WHERE text_read.uid = article.uid AND seen = 0)"
"""Whether an article has another text than the user read, and was not looked at since."""


class Version(NamedTuple):
    """One text of an article."""

    key: int
    """Hash of its words, by which it is asked for."""
    since: datetime
    """When it was seen first, as far as that is known: when the one before it was replaced."""


class History(NamedTuple):
    """All texts of an article, the first one first, the one it has now last."""

    versions: tuple[Version, ...]
    read: int | None
    """Place of the one that the user knows; None where the article was never read."""
    unseen: bool
    """Whether the text has changed since, and nobody looked how."""


def history(connection: sqlite3.Connection, uid: int) -> History | None:
    """The texts of an article, if it is in the store."""
    found = connection.execute(
        "SELECT text_hash, first_seen, unread FROM article WHERE uid = ?", (uid,)
    ).fetchone()
    if found is None:
        return None
    current, since, unread = found
    versions = []
    for key, replaced in connection.execute(
        "SELECT text_hash, seen_at FROM version WHERE uid = ? ORDER BY seen_at", (uid,)
    ):
        versions.append(Version(key, keys.moment_at(since)))
        since = replaced
    versions.append(Version(current, keys.moment_at(since)))
    known = connection.execute(
        "SELECT text_hash, seen FROM text_read WHERE uid = ?", (uid,)
    ).fetchone()
    if known is None:
        return History(tuple(versions), None if unread else len(versions) - 1, unseen=False)
    key, seen = known
    if seen:  # up to the last one: when another comes, this is noted anew
        return History(tuple(versions), len(versions) - 1, unseen=False)
    places = [place for place, version in enumerate(versions) if version.key == key]
    return History(tuple(versions), places[0] if places else 0, unseen=True)


def text_of(connection: sqlite3.Connection, uid: int, key: int) -> ArticleData | None:
    """One text of an article, if it is in the store; without what stands beside it."""
    with sensible():
        return _current(connection, uid, key) or _earlier(connection, uid, key)


def _current(connection: sqlite3.Connection, uid: int, key: int) -> ArticleData | None:
    found = connection.execute(
        "SELECT title, url, category.name, dateline, data"
        " FROM article JOIN body ON article_id = article.id"
        " LEFT JOIN category ON category.id = category_id WHERE uid = ? AND text_hash = ?",
        (uid, key),
    ).fetchone()
    if found is None:
        return None
    title, url, category, dateline, data = found
    fields = codec.body_fields(codec.unpack(data))
    return ArticleData(title=title, url=url, category=category, dateline=dateline, **fields)


def _earlier(connection: sqlite3.Connection, uid: int, key: int) -> ArticleData | None:
    found = connection.execute(
        "SELECT data FROM version WHERE uid = ? AND text_hash = ?", (uid, key)
    ).fetchone()
    if found is None:
        return None
    said = codec.unpack(found[0])
    return ArticleData(
        title=said["title"],
        url=said["url"],
        category=said["category"],
        dateline=said["dateline"],
        **codec.body_fields(said),
    )


def keep_read(connection: sqlite3.Connection, uid: int, before: int, after: int) -> None:
    """Keep which text of an article the user knows, now that it gets another one.

    Where it gets back the one that was read, there is nothing to keep any more.
    """
    known = connection.execute(
        "SELECT text_hash, seen FROM text_read WHERE uid = ?", (uid,)
    ).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO text_read(uid, text_hash)"
            " SELECT uid, ? FROM mark WHERE uid = ? AND read = 1",
            (before, uid),
        )
    elif known[1]:
        connection.execute(
            "UPDATE text_read SET text_hash = ?, seen = 0 WHERE uid = ?", (before, uid)
        )
    elif known[0] == after:
        connection.execute("DELETE FROM text_read WHERE uid = ?", (uid,))


def set_seen(connection: sqlite3.Connection, uid: int, key: int) -> bool:
    """Note that the user has looked at what changed up to a text; False where that was known.

    That is the text the user knows from now on; where it has another one by now, so it is marked.
    """
    done = connection.execute(
        "UPDATE text_read SET text_hash = :key,"
        " seen = coalesce((SELECT text_hash = :key FROM article"
        " WHERE article.uid = text_read.uid), 0)"
        " WHERE uid = :uid AND seen = 0",
        {"key": key, "uid": uid},
    )
    return done.rowcount > 0


def read_anew(connection: sqlite3.Connection) -> None:
    """The articles in ``befallen`` were read as they are now."""
    # Few texts change after they were read: these are gone through, not the articles marked.
    connection.execute(
        "DELETE FROM text_read WHERE EXISTS"
        "(SELECT 1 FROM befallen WHERE befallen.uid = text_read.uid)"
    )
