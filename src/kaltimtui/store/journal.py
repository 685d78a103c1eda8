"""Every change of state as one step that can be taken back, across restarts.

A step holds only what it really changed: for each kind of change the value before, the value
after and what it befell. What it did can so be done again in either direction.
"""

from __future__ import annotations

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from kaltimtui.i18n import _, ngettext
from kaltimtui.models import Change
from kaltimtui.store import keys

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

KEPT: Final = 10_000
NAMED: Final = 1_000
"""A ``Change`` names at most so many articles."""

_DESCRIPTIONS: Final[dict[str, Callable[[int], str]]] = {
    "read": lambda n: ngettext("{count} article read", "{count} articles read", n),
    "unread": lambda n: ngettext("{count} article unread", "{count} articles unread", n),
    "starred": lambda n: ngettext("{count} article starred", "{count} articles starred", n),
    "unstarred": lambda n: ngettext("{count} star removed", "{count} stars removed", n),
    "later": lambda n: ngettext(
        "{count} article kept for later", "{count} articles kept for later", n
    ),
    "not-later": lambda n: ngettext(
        "{count} article no longer kept for later", "{count} articles no longer kept for later", n
    ),
    "noted": lambda n: ngettext("{count} note written", "{count} notes written", n),
    "unnoted": lambda n: ngettext("{count} note removed", "{count} notes removed", n),
    "tagged": lambda n: ngettext("{count} article tagged", "{count} articles tagged", n),
    "untagged": lambda n: ngettext("{count} tag removed", "{count} tags removed", n),
    "hidden": lambda n: ngettext("{count} article hidden", "{count} articles hidden", n),
    "unhidden": lambda n: ngettext(
        "{count} article no longer hidden", "{count} articles no longer hidden", n
    ),
    "several": lambda n: ngettext("{count} article marked", "{count} articles marked", n),
    "source-removed": lambda n: ngettext(
        "source with {count} article removed", "source with {count} articles removed", n
    ),
    "source-added": lambda n: ngettext("{count} source added", "{count} sources added", n),
    "userdata-taken": lambda n: ngettext(
        "user data with marks of {count} article taken in",
        "user data with marks of {count} articles taken in",
        n,
    ),
    "source-set": lambda n: ngettext("{count} source changed", "{count} sources changed", n),
    "tag-renamed": lambda n: ngettext(
        "tag of {count} article renamed", "tag of {count} articles renamed", n
    ),
    "tag-removed": lambda n: ngettext(
        "tag of {count} article removed", "tag of {count} articles removed", n
    ),
    "tag-coloured": lambda n: _("colour of a tag changed"),
    "search-added": lambda n: _("search saved"),
    "search-changed": lambda n: _("saved search changed"),
    "search-removed": lambda n: _("saved search removed"),
    "rule-added": lambda n: _("rule added"),
    "rule-changed": lambda n: _("rule changed"),
    "rule-removed": lambda n: _("rule removed"),
    "rule-applied": lambda n: ngettext(
        "{count} article marked by rules", "{count} articles marked by rules", n
    ),
    "text-wished": lambda n: ngettext(
        "{count} whole text to be fetched", "{count} whole texts to be fetched", n
    ),
}
ABOUT_ARTICLES: Final = frozenset({"read", "starred", "later", "hidden", "note", "tag"})
"""The fields of entries whose uids are articles."""

Value: TypeAlias = bool | str | dict[str, Any] | None


def describe(what: str, count: int) -> str:
    """A step in the user's language; ``what`` may name, behind a colon, what was at work."""
    kind, _colon, names = what.partition(":")
    said = _DESCRIPTIONS[kind](count)
    return f"{said}: {', '.join(names.splitlines())}" if names else said


class Entry(NamedTuple):
    """One kind of change: of a mark, of the tag named, of a row, or of a source's removal."""

    field: str
    """One of ``ABOUT_ARTICLES``, ``source`` for a removal, or ``row:<table>`` (``records``)."""
    old: Value
    new: Value
    uids: Sequence[int]
    """Of articles; of a removal or a row its number."""


class Step(NamedTuple):
    """A step as recorded."""

    id: int
    what: str
    articles: int
    entries: tuple[Entry, ...]

    def change(self) -> Change:
        """The step as a user is told of it."""
        uids = dict.fromkeys(
            uid
            for entry in self.entries
            if entry.field in ABOUT_ARTICLES
            for uid in entry.uids[:NAMED]
        )
        articles = tuple(map(keys.public_id, list(uids)[:NAMED]))
        told = describe(self.what, self.articles)
        return Change(self.id, told, articles, self.articles, self.what.partition(":")[0])


class Newest(NamedTuple):
    """The step that was written last, where it was not undone."""

    id: int
    at: int
    what: str
    entries: tuple[Entry, ...]

    @property
    def names(self) -> list[str]:
        """What was at work."""
        return self.what.partition(":")[2].splitlines()


def told(step: Step | None) -> Change:
    """A step as a user is told of it; that nothing was changed where there is none."""
    return Change(0, _("nothing to change"), (), 0) if step is None else step.change()


def record(
    connection: sqlite3.Connection,
    what: str,
    count: int,
    entries: Iterable[Entry],
    now: int,
    *,
    keep_undone: bool = False,
) -> Step:
    """Write a step down; steps that were undone before can no longer be done again.

    Unless it is to ``keep_undone``, as what the program does by itself should.
    """
    kept = tuple(entries)
    if not keep_undone:
        connection.execute("DELETE FROM journal WHERE undone_at IS NOT NULL")
    cursor = connection.execute(
        "INSERT INTO journal(at, what, count, changes) VALUES(?, ?, ?, ?)",
        (now, what, count, _pack(kept)),
    )
    assert cursor.lastrowid is not None
    connection.execute("DELETE FROM journal WHERE id <= ?", (cursor.lastrowid - KEPT,))
    return Step(cursor.lastrowid, what, count, kept)


def newest(connection: sqlite3.Connection) -> Newest | None:
    """The step that was written last, unless it was undone."""
    found = connection.execute(
        "SELECT id, at, what, changes, undone_at FROM journal ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if found is None or found[-1] is not None:
        return None
    id_, at, what, changes, _undone_at = found
    return Newest(id_, at, what, _read(changes))


def rewrite(
    connection: sqlite3.Connection,
    step: int,
    what: str,
    count: int,
    entries: Iterable[Entry],
    now: int,
) -> None:
    """Write a step anew, which more was done for."""
    connection.execute(
        "UPDATE journal SET at = ?, what = ?, count = ?, changes = ? WHERE id = ?",
        (now, what, count, _pack(entries), step),
    )


def last_done(connection: sqlite3.Connection) -> Step | None:
    """The step that undo takes back."""
    return _step(connection, "undone_at IS NULL ORDER BY id DESC")


def first_undone(connection: sqlite3.Connection) -> Step | None:
    """The step that redo does again."""
    return _step(connection, "undone_at IS NOT NULL ORDER BY id ASC")


def set_undone(connection: sqlite3.Connection, step: Step, at: int | None) -> None:
    """Note that a step was undone at this second, or, with None, done again."""
    connection.execute("UPDATE journal SET undone_at = ? WHERE id = ?", (at, step.id))


def _step(connection: sqlite3.Connection, where: str) -> Step | None:
    """The first such step that can be read; one that cannot is passed over."""
    found = connection.execute(f"SELECT id, what, count, changes FROM journal WHERE {where}")
    for id_, what, count, changes in found:
        entries = _read(changes)
        if entries and what.partition(":")[0] in _DESCRIPTIONS:
            return Step(id_, what, count, entries)
    return None


def _read(changes: bytes) -> tuple[Entry, ...]:
    """What a step holds; nothing where that makes no sense."""
    try:
        return _unpack(changes)
    except (zlib.error, ValueError, TypeError):
        return ()


def _pack(entries: Iterable[Entry]) -> bytes:
    said = [
        [entry.field, entry.old, entry.new, b64encode(array("q", entry.uids).tobytes()).decode()]
        for entry in entries
    ]
    return zlib.compress(json.dumps(said).encode(), 1)


def _unpack(data: bytes) -> tuple[Entry, ...]:
    return tuple(
        Entry(field, old, new, array("q", b64decode(uids)))
        for field, old, new, uids in json.loads(zlib.decompress(data))
    )
