"""How long articles are kept: those that are too old, or too many, are removed in small steps.

What a user marked stays: starred, kept for later, tagged or with a note; and so does the sample
edition. What was merely read, or hidden, goes like any other. Each source has its own age if one
is set for it, else that of all; a number of its own besides; number and room in all hold for all
sources together. A number is that of articles in lists, marked ones included: those below the
newest so many go.

Of what was removed ``gone`` keeps the uid, with the second at which a source named it last, and
``identity`` what it was known by: so it is known again and not kept anew. Both are dropped a year
after it was named last. Removing is no step of the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.store import arrivals, copies, keys, rows, search, stories
from kaltimtui.store.articles import indexed_texts
from kaltimtui.store.held import LISTED
from kaltimtui.store.keys import DAY
from kaltimtui.store.reports import Limits, Room

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from kaltimtui.store.connection import Database

STEP: Final = 40
"""Articles removed in one transaction."""
AT_ONCE: Final = 20_000
"""Articles removed in one go; the others wait for the next."""
REMEMBERED: Final = 365 * DAY
"""How long what was removed is known after a source named it last."""
_OVERDUE: Final = 30 * DAY
"""Beyond that, until it is worth going through all identities."""
_SWEPT: Final = 2_000
"""Identities looked through in one step."""
_SAMPLES: Final = 1_000
"""Articles whose size stands for that of all."""
_MEBIBYTE: Final = 1 << 20
_LOWEST: Final = -(1 << 63)
_HIGHEST: Final = (1 << 63) - 1

_BYTES: Final = (
    "length(body.data) * 11 / 5 + length(title) + coalesce(length(article.url), 0) + 300"
)
"""What an article takes up in the file, about: its text, once more and a fifth with the index of
words and what stays free in pages; its headers and the other indexes. As measured by ``dbstat``."""
_OWN: Final = "FROM article CROSS JOIN body ON body.article_id = article.id"
_MAY_GO: Final = f"""
article.starred = 0 AND article.later = 0
AND NOT EXISTS(SELECT 1 FROM source WHERE source.id = article.source_id AND kind = 'sample')
AND NOT {arrivals.MARKED.format(uid="article.uid")}
"""
_OF_SOURCE: Final = "article INDEXED BY article_source WHERE source_id = ? AND aside = ? AND"


class _Lot(NamedTuple):
    """Articles that are to go: those below a place in the order, the oldest first."""

    tables: str
    """``FROM`` and the beginning of ``WHERE``."""
    parameters: tuple[int, ...]
    below: int
    bytes: int | None = None
    """So many go, if not all."""


def tidy(database: Database, limits: Limits, now: int) -> Iterator[int]:
    """Remove what is kept no longer; after each small step, how many articles went.

    It may be left at any step, and is at ``AT_ONCE``. Raises StoreError.
    """
    for _dropped in _prune(database, now):
        yield 0
    left = AT_ONCE
    for went in _removed(database, limits, now):
        left -= went
        yield went
        if left <= 0:
            return
    for _dropped in _forget(database, now):
        yield 0
    for _dropped in copies.let_go(database, now):
        yield 0


def _prune(database: Database, now: int) -> Iterator[None]:
    """Drop what is too old to find by it who tells the same story."""
    while True:
        with database.reading() as connection:
            if not stories.prunable(connection, now):
                return
        with database.writing() as connection:
            stories.prune(connection, now)
        yield


def room(connection: sqlite3.Connection) -> tuple[Room, ...]:
    """What each source takes up, the largest first. All articles are looked at."""
    # Read in the order of the tables, and parted by sources only then.
    found = connection.execute(
        "SELECT name, aside >= 2, articles, bytes FROM source JOIN ("
        f" SELECT +source_id AS of, count(*) AS articles, sum({_BYTES}) AS bytes {_OWN} GROUP BY 1"
        ") ON of = source.id ORDER BY bytes DESC, name"
    )
    return tuple(Room(name, bool(removed), *sums) for name, removed, *sums in found)


def estimate(connection: sqlite3.Connection) -> int:
    """Bytes that all articles take up, about, by some that lie evenly among all."""
    (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
    if articles <= _SAMPLES:
        found: tuple[int] = connection.execute(
            f"SELECT coalesce(sum({_BYTES}), 0) {_OWN}"
        ).fetchone()
        return found[0]
    # Uids are hashes: they say nothing of size, age or source.
    sizes = [
        size
        for place in range(_LOWEST, _HIGHEST, (1 << 64) // _SAMPLES)
        for (size,) in connection.execute(
            f"SELECT {_BYTES} {_OWN} WHERE uid >= ? ORDER BY uid LIMIT 1", (place,)
        )
    ]
    total: int = articles * sum(sizes) // len(sizes)
    return total


# --- what is to go -----------------------------------------------------------------------------


def _removed(database: Database, limits: Limits, now: int) -> Iterator[int]:
    with database.reading() as connection:
        lots = _lots_of_sources(connection, limits.days, now)
    for lot in lots:
        yield from _remove_lot(database, lot, now)
    for find in (_by_number, _by_room):
        with database.reading() as connection:
            found = find(connection, limits)
        if found is not None:
            yield from _remove_lot(database, found, now)


def _lots_of_sources(connection: sqlite3.Connection, days: int, now: int) -> list[_Lot]:
    """What of each source is too old or too much."""
    found = connection.execute(
        "SELECT id, aside, coalesce(days, ?), coalesce(articles, 0) FROM source"
        " LEFT JOIN keeping ON source_id = id WHERE kind <> 'sample'",
        (days,),
    )
    lots = []
    for source, aside, own_days, most in found.fetchall():
        below = _too_old(own_days, now)
        if most:
            below = max(below, _too_many(connection, source, aside, most))
        if below > _LOWEST:
            # As it is; hidden; starred, with the source removed.
            lots += [_Lot(_OF_SOURCE, (source, own), below) for own in {aside, aside | 2, 1}]
    return lots


def _too_old(days: int, now: int) -> int:
    return keys.order_floor(now - days * DAY) if days else _LOWEST


def _too_many(connection: sqlite3.Connection, source: int, aside: int, most: int) -> int:
    """The place of the oldest of the newest ``most`` articles of a source."""
    (total,) = connection.execute(
        "SELECT coalesce(sum(total), 0) FROM counter WHERE source_id = ?", (source,)
    ).fetchone()
    return _place(connection, f"{_OF_SOURCE} true", (source, aside), total - most)


def _by_number(connection: sqlite3.Connection, limits: Limits) -> _Lot | None:
    """What there is above a number of articles in all."""
    (total,) = connection.execute(
        "SELECT coalesce(sum(total), 0) FROM counter JOIN source ON source.id = source_id"
        " WHERE aside = 0 AND kind <> 'sample'"
    ).fetchone()
    if not limits.articles or total <= limits.articles:
        return None
    listed = f"article INDEXED BY article_aside WHERE {LISTED}"
    below = _place(connection, listed, (), total - limits.articles)
    return _Lot("article WHERE", (), below)


def _by_room(connection: sqlite3.Connection, limits: Limits) -> _Lot | None:
    """What there is above a number of bytes in all."""
    over = estimate(connection) - limits.megabytes * _MEBIBYTE if limits.megabytes else 0
    return _Lot("article WHERE", (), _HIGHEST, over) if over > 0 else None


def _place(
    connection: sqlite3.Connection, tables: str, parameters: tuple[int, ...], passed: int
) -> int:
    """The place of the article of a list that has so many below it."""
    if passed <= 0:
        return _LOWEST
    found = connection.execute(
        f"SELECT id FROM {tables} ORDER BY id LIMIT 1 OFFSET ?", (*parameters, passed)
    ).fetchone()
    return found[0] if found else _LOWEST


# --- removing it -------------------------------------------------------------------------------


def _remove_lot(database: Database, lot: _Lot, now: int) -> Iterator[int]:
    after, left = _LOWEST, lot.bytes
    while left is None or left > 0:
        with database.reading() as connection:
            found = connection.execute(
                f"SELECT id, {_BYTES} FROM (SELECT id AS own FROM {lot.tables} {_MAY_GO}"
                " AND id > ? AND id < ? ORDER BY id LIMIT ?)"
                " CROSS JOIN article ON article.id = own"
                " CROSS JOIN body ON body.article_id = own ORDER BY own",
                (*lot.parameters, after, lot.below, STEP),
            ).fetchall()
        if not found:
            return
        after = found[-1][0]
        going = []
        for id_, size in found:
            if left is None or left > 0:
                going.append(id_)
                left = None if left is None else left - size
        with database.writing() as connection:
            went = _remove(connection, going, now)
        yield went


def _remove(connection: sqlite3.Connection, ids: Sequence[int], now: int) -> int:
    """Remove those of some articles that may go still; how many that are."""
    found = rows.found(
        connection,
        "SELECT article.id, article.uid, source_id, coalesce(cut.text_hash, article.text_hash)"
        f" FROM article LEFT JOIN cut ON cut.uid = article.uid WHERE {_MAY_GO}"
        f" AND article.id {rows.AMONG}",
        ids,
    )
    indexing = search.Indexing()
    for id_, *_others in found:
        indexing.take(id_, indexed_texts(connection, id_))
    going, uids = [row[0] for row in found], [row[1] for row in found]
    for table, key, values in (
        ("version", "uid", uids),
        ("text_read", "uid", uids),
        ("body", "article_id", going),
        ("article", "id", going),
    ):
        rows.found(connection, f"DELETE FROM {table} WHERE {key} {rows.AMONG}", values)
    rows.insert(connection, "INSERT OR REPLACE INTO gone", [(uid, now) for uid in uids])
    said = [(arrivals.said_hash(text_hash), source, uid) for _id, uid, source, text_hash in found]
    rows.insert(connection, "INSERT OR REPLACE INTO identity", said)
    indexing.write(connection)
    return len(found)


# --- forgetting what was removed ---------------------------------------------------------------


def _forget(database: Database, now: int) -> Iterator[None]:
    """Drop what is known of articles that no source has named for long."""
    before = now - REMEMBERED
    with database.reading() as connection:
        (oldest,) = connection.execute("SELECT min(at) FROM gone").fetchone()
    if oldest is None or oldest >= before - _OVERDUE:
        return
    yield from _forget_identities(database, before)
    dropped = True
    while dropped:
        with database.writing() as connection:
            dropped = _forget_some(connection, before)
        yield


def _forget_identities(database: Database, before: int) -> Iterator[None]:
    """Go through all identities, which no index finds by their uids."""
    last = (_LOWEST, _LOWEST)
    while True:
        with database.reading() as connection:
            found = connection.execute(
                "SELECT hash, source_id,"
                " EXISTS(SELECT 1 FROM gone WHERE gone.uid = identity.uid AND at < ?)"
                " FROM identity WHERE (hash, source_id) > (?, ?)"
                " ORDER BY hash, source_id LIMIT ?",
                (before, *last, _SWEPT),
            ).fetchall()
        if not found:
            return
        last = found[-1][:2]
        overdue = [(hash_, source) for hash_, source, is_overdue in found if is_overdue]
        if overdue:
            with database.writing() as connection:
                connection.executemany(
                    "DELETE FROM identity WHERE hash = ? AND source_id = ?", overdue
                )
        yield


def _forget_some(connection: sqlite3.Connection, before: int) -> bool:
    """Drop some uids, and that they were read; whether there were any."""
    found = connection.execute("SELECT uid FROM gone WHERE at < ? LIMIT ?", (before, _SWEPT))
    uids = [uid for (uid,) in found]
    rows.found(
        connection,
        f"DELETE FROM mark WHERE starred = 0 AND later = 0 AND note IS NULL AND uid {rows.AMONG}",
        uids,
    )
    rows.found(connection, f"DELETE FROM gone WHERE uid {rows.AMONG}", uids)
    return bool(uids)
