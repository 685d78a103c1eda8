"""What the user made, as it goes out of one store and into another one; here, how it is read.

Articles are named by their uids, which follow from the ``key`` of their source: where that is the
same, marks hold in another store once the article is there.
"""

from __future__ import annotations

import json
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.models import SourceData
from kaltimtui.store import schema, schema3, sources, statistics

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kaltimtui.models import SourceKind

READ_AT_ONCE: Final = 600
"""Uids in one ``ReadOn``."""
NOON: Final = 12 * 3_600
_KINDS: Final = ("starred", "later", "hidden", "tag", "note")
_LAST_DAY: Final = 3_652_059


class MadeSource(NamedTuple):
    """A source, with what is set for it."""

    key: str
    name: str
    kind: SourceKind
    url: str | None
    folder: str | None = None
    minutes: int | None = None
    full_text: bool = False
    private: bool = False
    days: int | None = None
    articles: int | None = None
    removed: bool = False
    """Of the portal that every store has: whether the user left it."""

    def data(self) -> SourceData:
        """What is known of it."""
        return SourceData(self.name, self.kind, self.url)


class MadeSearch(NamedTuple):
    """A saved search."""

    name: str
    query: str
    folder: str | None = None
    place: bool = False


class MadeRule(NamedTuple):
    """A rule; each action is a kind and, for a tag, its name."""

    name: str
    query: str
    actions: tuple[tuple[str, str | None], ...]
    enabled: bool = True


class MadeMarks(NamedTuple):
    """What is said of an article, but that it is read."""

    uid: int
    starred: bool = False
    later: bool = False
    hidden: bool = False
    tags: tuple[str, ...] = ()
    note: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    """Title, address and source are known where the article is in the store."""


class ReadOn(NamedTuple):
    """Some articles marked read on a day, which is counted as ``date.toordinal`` does."""

    day: int
    uids: tuple[int, ...]


def sources_of(connection: sqlite3.Connection) -> Iterator[MadeSource]:
    """The sources, the portal that every store has first."""
    found = connection.execute(
        "SELECT key, name, kind, url, folder, minutes, coalesce(full_text, 0),"
        " coalesce(private, 0), days, articles, aside & ?2 FROM source"
        " LEFT JOIN fetching ON fetching.source_id = source.id"
        " LEFT JOIN keeping ON keeping.source_id = source.id"
        " WHERE kind <> 'sample' AND (aside & ?2 = 0 OR key = ?1) ORDER BY key <> ?1, source.id",
        (sources.HOME, schema.ASIDE_REMOVED),
    )
    for values in found:
        made = MadeSource(*values)
        yield made._replace(
            full_text=bool(made.full_text),
            private=bool(made.private),
            removed=bool(made.removed),
        )


def tags_of(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tags that have a colour, with it; the others stand with their articles."""
    query = "SELECT name, colour FROM tag WHERE colour IS NOT NULL AND name <> '' ORDER BY name"
    return iter(connection.execute(query))


def searches_of(connection: sqlite3.Connection) -> Iterator[MadeSearch]:
    """The saved searches in their order."""
    query = "SELECT name, query, folder, place FROM saved ORDER BY position, id"
    for name, said, folder, place in connection.execute(query):
        yield MadeSearch(name, said, folder, bool(place))


def places_removed(connection: sqlite3.Connection) -> list[str]:
    """The places that every store begins with and this one has no more."""
    there = {name for (name,) in connection.execute("SELECT name FROM saved WHERE place = 1")}
    return [name for name, _query in schema3.BUILT_IN if name not in there]


def rules_of(connection: sqlite3.Connection) -> Iterator[MadeRule]:
    """The rules in their order."""
    query = "SELECT name, query, actions, enabled FROM rule ORDER BY position, id"
    for name, said, actions, enabled in connection.execute(query):
        yield MadeRule(name, said, _actions(actions), bool(enabled))


def _actions(kept: str) -> tuple[tuple[str, str | None], ...]:
    try:
        return tuple((str(kind), value) for kind, value in json.loads(kept))
    except (ValueError, TypeError):
        return ()


def marks_of(connection: sqlite3.Connection) -> Iterator[MadeMarks]:
    """What is said of articles, one after the other; none is held in memory but that."""
    each = (
        _said(connection, kind, query)
        for kind, query in (
            ("starred", "SELECT uid, 1 FROM mark WHERE starred = 1 ORDER BY uid"),
            ("later", "SELECT uid, 1 FROM mark WHERE later = 1 ORDER BY uid"),
            ("hidden", "SELECT uid, 1 FROM hidden ORDER BY uid"),
            ("tag", "SELECT uid, tag FROM mark_tag ORDER BY uid, tag"),
            ("note", "SELECT uid, note FROM mark WHERE note IS NOT NULL ORDER BY uid"),
        )
    )
    for uid, said in groupby(merge(*each, key=itemgetter(0)), key=itemgetter(0)):
        by_kind: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
        for _uid, kind, value in said:
            by_kind[kind].append(value)
        yield MadeMarks(
            uid,
            starred=bool(by_kind["starred"]),
            later=bool(by_kind["later"]),
            hidden=bool(by_kind["hidden"]),
            tags=tuple(by_kind["tag"]),
            note=next(iter(by_kind["note"]), None),
            **_known(connection, uid),
        )


def _said(
    connection: sqlite3.Connection, kind: str, query: str
) -> Iterator[tuple[int, str, int | str]]:
    return ((uid, kind, value) for uid, value in connection.execute(query))


def _known(connection: sqlite3.Connection, uid: int) -> dict[str, str | None]:
    found = connection.execute(
        "SELECT title, article.url, source.name FROM article"
        " LEFT JOIN source ON source.id = source_id WHERE uid = ?",
        (uid,),
    ).fetchone()
    return dict(zip(("title", "url", "source"), found, strict=True)) if found else {}


def read_of(connection: sqlite3.Connection) -> Iterator[ReadOn]:
    """What is marked read, by the day on which its marks were last changed, some at a time."""
    # SQLite sorts beyond what its cache holds in a file.
    found = connection.execute(
        "SELECT max(1, min((changed_at + ?) / 86400, ?)) AS day, uid FROM mark WHERE read = 1"
        " ORDER BY day, uid",
        (-statistics.start_of(0), _LAST_DAY),
    )
    for day, rows in groupby(found, key=itemgetter(0)):
        uids: list[int] = []
        for _day, uid in rows:
            uids.append(uid)
            if len(uids) == READ_AT_ONCE:
                yield ReadOn(day, tuple(uids))
                uids = []
        if uids:
            yield ReadOn(day, tuple(uids))
