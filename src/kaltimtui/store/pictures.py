"""Which pictures lie in files, and which articles they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kaltimtui.store import keys

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Picture(NamedTuple):
    """A picture in a file; ``file`` is a name within the folder of pictures."""

    url: str
    file: str
    bytes: int


def keep(connection: sqlite3.Connection, uid: int, picture: Picture, now: int) -> None:
    """Take note of a picture that was put into its file, for an article."""
    hash_ = keys.hash64(picture.url)
    connection.execute(
        "INSERT OR REPLACE INTO picture VALUES(?, ?, ?, ?, ?)", (hash_, *picture, now)
    )
    connection.execute("INSERT OR IGNORE INTO picture_use VALUES(?, ?)", (uid, hash_))


def use(connection: sqlite3.Connection, uid: int, url: str) -> Picture | None:
    """The picture of this address, if it lies in a file; it then belongs to this article too."""
    hash_ = keys.hash64(url)
    found = connection.execute(
        "SELECT url, file, bytes FROM picture WHERE hash = ?", (hash_,)
    ).fetchone()
    if found is None:
        return None
    connection.execute("INSERT OR IGNORE INTO picture_use VALUES(?, ?)", (uid, hash_))
    return Picture(*found)


def of_article(connection: sqlite3.Connection, uid: int) -> dict[str, str]:
    """The files of an article's pictures, by their addresses."""
    return dict(
        connection.execute(
            "SELECT url, file FROM picture_use JOIN picture USING(hash) WHERE uid = ?", (uid,)
        )
    )


def total(connection: sqlite3.Connection) -> int:
    """Bytes of all pictures."""
    found: tuple[int] = connection.execute("SELECT coalesce(sum(bytes), 0) FROM picture").fetchone()
    return found[0]


def surplus(connection: sqlite3.Connection, budget: int) -> list[Picture]:
    """The pictures to be given up so that the others take no more bytes than this.

    First those that no starred article has, then the oldest.
    """
    over = total(connection) - budget
    given_up: list[Picture] = []
    if over <= 0:
        return given_up
    for row in connection.execute(
        "SELECT url, file, bytes FROM picture ORDER BY"
        " EXISTS(SELECT 1 FROM picture_use JOIN article USING(uid)"
        " WHERE picture_use.hash = picture.hash AND starred = 1), kept_at, hash"
    ):
        if over <= 0:
            break
        given_up.append(Picture(*row))
        over -= given_up[-1].bytes
    return given_up


def files(connection: sqlite3.Connection) -> set[str]:
    """The names of all files."""
    return {file for (file,) in connection.execute("SELECT file FROM picture")}


def starred(connection: sqlite3.Connection) -> list[int]:
    """The starred articles that have pictures."""
    found = connection.execute(
        "SELECT DISTINCT uid FROM picture_use JOIN article USING(uid) WHERE starred = 1"
    )
    return [uid for (uid,) in found]


def forget(connection: sqlite3.Connection, pictures: Iterable[Picture]) -> None:
    """Strike pictures off whose files are gone, or are about to go."""
    hashes = [(keys.hash64(picture.url),) for picture in pictures]
    connection.executemany("DELETE FROM picture WHERE hash = ?", hashes)
    connection.executemany("DELETE FROM picture_use WHERE hash = ?", hashes)
