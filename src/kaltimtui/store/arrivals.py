"""New articles of one page or feed on their way into the tables: a few statements for them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kaltimtui.store import keys, rows
from kaltimtui.store.keys import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

MARKED: Final = """(
  EXISTS(SELECT 1 FROM mark WHERE mark.uid = {uid}
    AND (mark.starred = 1 OR mark.later = 1 OR mark.note IS NOT NULL))
  OR EXISTS(SELECT 1 FROM mark_tag WHERE mark_tag.uid = {uid})
)"""
"""Whether the user said anything of an article but that it is read, or hidden."""
_NAMED: Final = 30 * DAY
"""So often it is written down that a source still names what was removed."""


class Arrivals:
    """What of new articles is in the store already, and the rows that are still to be written.

    What was expected is looked up at once; anything else when it is asked for.
    """

    def __init__(self, connection: sqlite3.Connection, source: int) -> None:
        self._connection = connection
        self._source = source
        self._uids: dict[int, int] = {}
        """1 where there is an article of this uid, else 0."""
        self._ids: dict[int, int] = {}
        """1 where there is an article at this place, else 0."""
        self._identities: dict[int, int] = {}
        """The uid that a hash of the source stands for."""
        self._marks: dict[int, tuple[int, int, int]] = {}
        self._gone: dict[int, int] = {}
        """Of uids of removed articles: 1 for those that stay away, 0 for those that are marked."""
        self._named: list[int] = []
        """Uids of removed articles that came in."""
        self._articles: list[Sequence[Any]] = []
        self._bodies: list[tuple[int, bytes]] = []
        self._names: list[tuple[int, int, int]] = []

    def expect(self, hashes: Iterable[int], uids: Sequence[int], ids: Sequence[int]) -> None:
        """Look up the identities, uids and places of what is about to come, and its marks."""
        query = f"SELECT hash, uid FROM identity WHERE source_id = ? AND hash {rows.AMONG}"
        self._identities.update(rows.found(self._connection, query, hashes, self._source))
        self._look_up_uids(uids)
        self._look_up_ids(ids)
        query = f"SELECT uid, NOT {MARKED.format(uid='gone.uid')} FROM gone WHERE uid {rows.AMONG}"
        maybe = {*uids, *self._identities.values()}
        self._gone.update(rows.found(self._connection, query, maybe))

    def _look_up_uids(self, uids: Sequence[int]) -> None:
        self._uids.update(dict.fromkeys(uids, 0))
        query = f"SELECT uid, 1 FROM article WHERE uid {rows.AMONG}"
        self._uids.update(rows.found(self._connection, query, uids))
        query = f"SELECT uid, read, starred, later FROM mark WHERE uid {rows.AMONG}"
        for uid, read, starred, later in rows.found(self._connection, query, uids):
            self._marks[uid] = (read, starred, later)

    def _look_up_ids(self, ids: Sequence[int]) -> None:
        self._ids.update(dict.fromkeys(ids, 0))
        query = f"SELECT id, 1 FROM article WHERE id {rows.AMONG}"
        self._ids.update(rows.found(self._connection, query, ids))

    def uid_of(self, hash_: int) -> int | None:
        """The article that an identity, which was expected, stands for."""
        return self._identities.get(hash_)

    def is_gone(self, uid: int) -> bool:
        """Whether an article that was expected has been removed by retention."""
        return uid in self._gone

    def stays_away(self, uid: int) -> bool:
        """Whether a removed article, which came in again, is not to be kept; that it came is."""
        if self._gone[uid]:
            self._named.append(uid)
        return self._gone[uid] == 1

    def said(self, uid: int, text_hash: int) -> bool:
        """Whether a removed article said this very text."""
        query = "SELECT 1 FROM identity WHERE hash = ? AND source_id = ? AND uid = ?"
        values = (said_hash(text_hash), self._source, uid)
        return self._connection.execute(query, values).fetchone() is not None

    def bring_back(self, uid: int) -> None:
        """Take note that a removed article is kept again."""
        del self._gone[uid]
        self._connection.execute("DELETE FROM gone WHERE uid = ?", (uid,))

    def has_uid(self, uid: int) -> bool:
        """Whether a uid is taken."""
        if uid not in self._uids:
            self._look_up_uids((uid,))
        return self._uids[uid] == 1

    def has_id(self, id_: int) -> bool:
        """Whether a place is taken."""
        if id_ not in self._ids:
            self._look_up_ids((id_,))
        return self._ids[id_] == 1

    def marks(self, uid: int) -> tuple[int, int, int]:
        """Read, starred and later of a uid that was looked up."""
        return self._marks.get(uid, (0, 0, 0))

    def add(self, article: Sequence[Any], packed: bytes) -> None:
        """Take a new article: its row, which begins with id and uid, and its body."""
        id_, uid = article[:2]
        self._ids[id_] = self._uids[uid] = 1
        self._articles.append(article)
        self._bodies.append((id_, packed))

    def identify(self, hashes: Iterable[int], uid: int) -> None:
        """Let an article be known by these identities, but those that stand for another."""
        for hash_ in hashes:
            if hash_ not in self._identities:
                self._identities[hash_] = uid
                self._names.append((hash_, self._source, uid))

    def move(self, was: int, id_: int) -> None:
        """Note that an article has another place."""
        self._ids[was] = 0
        self._ids[id_] = 1

    def write_named(self, now: int) -> None:
        """Note when those that stay away were named last, if that was not done lately."""
        if self._named:
            query = f"UPDATE gone SET at = ? WHERE at < ? AND uid {rows.AMONG}"
            rows.found(self._connection, query, self._named, now, now - _NAMED)
            self._named.clear()

    def write(self) -> None:
        """Write what was taken so far."""
        rows.insert(self._connection, "INSERT INTO body", self._bodies)
        rows.insert(self._connection, "INSERT INTO article", self._articles)
        rows.insert(self._connection, "INSERT INTO identity", self._names)
        for written in (self._articles, self._bodies, self._names):
            written.clear()


def said_hash(text_hash: int) -> int:
    """The identity of a removed article that tells what it said."""
    return keys.hash64(f"gone:{text_hash}")
