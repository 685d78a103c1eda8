"""What a reader says of articles: read, starred, later, hidden, tags, a note; and taking it back.

Marks are set by statements over sets of uids, so that a whole list is one step.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.store import bulk, journal, records, schema, sources, tags, versions
from kaltimtui.store.journal import Entry, Step

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from kaltimtui.models import Marking
    from kaltimtui.store.journal import Value

NOTE_LIMIT: Final = 1_000_000
"""Bytes of a note."""
_FLAGS: Final = ("read", "starred", "later", "hidden")
_WHAT: Final = {
    ("read", True): "read",
    ("read", False): "unread",
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("later", True): "later",
    ("later", False): "not-later",
    ("hidden", True): "hidden",
    ("hidden", False): "unhidden",
    ("note", True): "noted",
    ("note", False): "unnoted",
    ("tag", True): "tagged",
    ("tag", False): "untagged",
}


def choose(connection: sqlite3.Connection, uids: Iterable[int]) -> None:
    """Make these the articles that the next marking is for."""
    _fill(connection, "chosen", uids)


def choose_by(connection: sqlite3.Connection, query: str, parameters: Sequence[object]) -> None:
    """Make the uids that a query finds the articles that the next marking is for."""
    _empty(connection, "chosen")
    connection.execute(f"INSERT OR IGNORE INTO chosen {query}", parameters)


def _fill(connection: sqlite3.Connection, table: str, uids: Iterable[int]) -> None:
    _empty(connection, table)
    query = f"INSERT OR IGNORE INTO {table} SELECT value FROM json_each(?)"
    connection.execute(query, (json.dumps(list(uids)),))


def _empty(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}(uid INTEGER PRIMARY KEY)")
    connection.execute(f"DELETE FROM {table}")


def mark(
    connection: sqlite3.Connection,
    markings: Sequence[Marking],
    now: int,
    *,
    undoable: bool = True,
) -> Step | None:
    """Mark the chosen articles, as one step; None where they are all so already.

    Where it is not ``undoable`` the step is not written down. Raises UsageError for a marking
    that makes no sense.
    """
    step = _step([entry for marking in markings for entry in _entries(connection, marking, now)])
    if step is None or not undoable:
        return step
    return journal.record(connection, step.what, step.articles, step.entries, now)


def would_mark(connection: sqlite3.Connection, markings: Sequence[Marking]) -> Step | None:
    """As ``mark``, but nothing is marked and nothing written down."""
    return _step([entry for marking in markings for entry in _would_change(connection, marking)])


def _step(entries: Sequence[Entry]) -> Step | None:
    """What some changes come to, not written down yet."""
    if not entries:
        return None
    befallen = entries[0].uids if len(entries) == 1 else {u for e in entries for u in e.uids}
    kinds = {_what(entry) for entry in entries}
    what = kinds.pop() if len(kinds) == 1 else "several"
    return Step(0, what, len(befallen), tuple(entries))


def undo(connection: sqlite3.Connection, now: int) -> Step | None:
    """Take the last step back; None where there is none."""
    step = journal.last_done(connection)
    if step is not None:
        for entry in reversed(step.entries):
            apply(connection, entry, entry.new, entry.old, now)
        journal.set_undone(connection, step, now)
    return step


def redo(connection: sqlite3.Connection, now: int) -> Step | None:
    """Do again the first of the steps that were taken back; None where there is none."""
    step = journal.first_undone(connection)
    if step is not None:
        for entry in step.entries:
            apply(connection, entry, entry.old, entry.new, now)
        journal.set_undone(connection, step, None)
    return step


def remove_source(connection: sqlite3.Connection, source: int, now: int) -> Step | None:
    """Take a source and its articles out of every list; None where it is out already.

    Raises UsageError where there is no such source.
    """
    _name, aside = sources.standing(connection, source)
    if aside & schema.ASIDE_REMOVED:
        return None
    (count,) = connection.execute(
        "SELECT coalesce(sum(total), 0) FROM counter WHERE source_id = ?", (source,)
    ).fetchone()
    entry = Entry("source", False, True, [source])
    apply(connection, entry, entry.old, entry.new, now)
    return journal.record(connection, "source-removed", count, [entry], now)


# --- what a marking changes ------------------------------------------------------------------


def _entries(connection: sqlite3.Connection, marking: Marking, now: int) -> list[Entry]:
    """Carry a marking out on the chosen articles; what it changed."""
    found = _would_change(connection, marking)
    for entry in found:
        apply(connection, entry, entry.old, entry.new, now)
    return found


def _would_change(connection: sqlite3.Connection, marking: Marking) -> list[Entry]:
    value = marking.value
    if marking.field in _FLAGS and isinstance(value, bool):
        return _flag_entries(connection, marking.field, value)
    if marking.field == "note" and not isinstance(value, bool):
        return _note_entries(connection, _note(value or ""))
    if marking.field == "tag" and isinstance(value, str):
        tag = tags.spelled(connection, value)
        return _tag_entries(connection, tag, remove=marking.remove)
    raise UsageError(
        _("{field} cannot be set to “{value}”.").format(
            field=marking.field, value=text.inline(str(value))
        )
    )


def _note(said: str) -> str | None:
    """A note as it is kept: Markdown. Raises UsageError where it is too long."""
    if len(said.encode("utf-8", "replace")) > NOTE_LIMIT:
        raise UsageError(_("A note has at most {count} bytes.").format(count=NOTE_LIMIT))
    return text.block(said, NOTE_LIMIT) or None


def _flag_entries(connection: sqlite3.Connection, field: str, value: bool) -> list[Entry]:
    is_so = f"coalesce({field}, 0)"
    if field == "hidden":
        is_so = "EXISTS(SELECT 1 FROM hidden WHERE hidden.uid = chosen.uid)"
    found = connection.execute(
        f"SELECT chosen.uid FROM chosen LEFT JOIN mark ON mark.uid = chosen.uid WHERE {is_so} <> ?",
        (value,),
    )
    uids = array("q", (uid for (uid,) in found))
    return [Entry(field, not value, value, uids)] if uids else []


def _note_entries(connection: sqlite3.Connection, value: str | None) -> list[Entry]:
    by_old: dict[str | None, list[int]] = {}
    for uid, note in connection.execute(
        "SELECT chosen.uid, note FROM chosen LEFT JOIN mark ON mark.uid = chosen.uid"
        " WHERE note IS NOT ?",
        (value,),
    ):
        by_old.setdefault(note, []).append(uid)
    return [Entry("note", old, value, uids) for old, uids in by_old.items()]


def _tag_entries(connection: sqlite3.Connection, tag: str, *, remove: bool) -> list[Entry]:
    found = connection.execute(
        "SELECT uid FROM chosen WHERE"
        " EXISTS(SELECT 1 FROM mark_tag WHERE mark_tag.uid = chosen.uid AND tag = ?) = ?",
        (tag, remove),
    )
    uids = [uid for (uid,) in found]
    old, new = (tag, None) if remove else (None, tag)
    return [Entry("tag", old, new, uids)] if uids else []


def _what(entry: Entry) -> str:
    """The key of the journal's description."""
    given = entry.new if entry.field in _FLAGS else entry.new is not None
    return _WHAT[entry.field, bool(given)]


# --- carrying it out -------------------------------------------------------------------------


def apply(connection: sqlite3.Connection, entry: Entry, old: Value, new: Value, now: int) -> None:
    """Lead what an entry names from one value to the other; what is chosen stays so."""
    if entry.field == "source":
        _set_removed(connection, entry.uids[0], bool(new))
        return
    if entry.field.startswith(records.PREFIX):
        records.lead(connection, entry, old, new)
        return
    many = len(entry.uids) >= bulk.LEAST
    if many:
        connection.execute(bulk.CACHE)
    _fill(connection, "befallen", entry.uids)
    _find_places(connection)
    if entry.field == "tag":
        _set_tag(connection, old, new, many=many)
    elif entry.field == "hidden":
        _set_hidden(connection, bool(new), many=many)
    else:
        _set_mark(connection, entry.field, new, now, many=many)


def _set_removed(connection: sqlite3.Connection, source: int, removed: bool) -> None:
    _name, aside = sources.standing(connection, source)
    aside &= ~schema.ASIDE_REMOVED
    sources.put_aside(connection, source, aside | (schema.ASIDE_REMOVED if removed else 0))
    sources.settle_sample(connection)


def _find_places(connection: sqlite3.Connection) -> None:
    """Where the articles stand that something befalls: their uids lie all over the table."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS place(id INTEGER PRIMARY KEY, uid INTEGER)")
    connection.execute("DELETE FROM place")
    connection.execute(
        "INSERT INTO place SELECT article.id, article.uid"
        " FROM befallen CROSS JOIN article ON article.uid = befallen.uid"
    )


def _set_tag(connection: sqlite3.Connection, old: Value, new: Value, *, many: bool) -> None:
    if isinstance(new, str):
        tags.ensure(connection, new)
        if many:
            bulk.set_tag(connection, new)
            return
        connection.execute("INSERT OR IGNORE INTO mark_tag SELECT uid, ? FROM befallen", (new,))
    elif many and isinstance(old, str):
        bulk.take_tag(connection, old)
    else:
        connection.execute(
            "DELETE FROM mark_tag WHERE tag = ? AND uid IN (SELECT uid FROM befallen)", (old,)
        )


def _set_hidden(connection: sqlite3.Connection, hidden: bool, *, many: bool) -> None:
    if hidden:
        if many:
            bulk.take_hits(connection)
        connection.execute(
            "INSERT OR IGNORE INTO hidden SELECT befallen.uid, article.id"
            " FROM befallen LEFT JOIN article ON article.uid = befallen.uid"
        )
        _set_article(connection, "aside = aside | 2")
    else:
        connection.execute("DELETE FROM hidden WHERE uid IN (SELECT uid FROM befallen)")
        _set_article(connection, f"aside = {sources.ASIDE}")


def _set_mark(
    connection: sqlite3.Connection, field: str, value: Value, now: int, *, many: bool
) -> None:
    connection.execute(
        f"INSERT INTO mark(uid, {field}, changed_at) SELECT uid, ?, ? FROM befallen WHERE true"
        f" ON CONFLICT DO UPDATE SET {field} = excluded.{field}, changed_at = excluded.changed_at",
        (value, now),
    )
    if field in _FLAGS:
        if many and field == "read" and value:
            bulk.take_hits(connection)
        column, kept = ("unread", not value) if field == "read" else (field, value)
        _set_article(connection, f"{column} = {int(bool(kept))}")
    if field == "read" and value:
        versions.read_anew(connection)
    if field == "starred" and sources.any_removed(connection):
        _set_article(connection, f"aside = {sources.ASIDE}")


def _set_article(connection: sqlite3.Connection, setting: str) -> None:
    """Set something in the articles of ``place``."""
    connection.execute(f"UPDATE article SET {setting} WHERE id IN (SELECT id FROM place)")
