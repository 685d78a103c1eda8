"""What a user does to sources, saved searches and rules, each as one step of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kaltimtui.store import journal, records, sources
from kaltimtui.store.journal import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from kaltimtui.store.journal import Step

RowTable: TypeAlias = Literal["saved", "rule"]

_CALLED: Final[dict[RowTable, str]] = {"saved": "search", "rule": "rule"}
OF_SOURCES: Final = {
    "source": ("folder",),
    "fetching": ("minutes", "full_text"),
    "keeping": ("days", "articles"),
}
"""Where what a user sets of a source stands, but for its name."""


def add_row(
    connection: sqlite3.Connection, table: RowTable, values: Mapping[str, Any], now: int
) -> tuple[int, Step]:
    """Make a saved search or a rule; its number, and the step."""
    entry = records.add(connection, table, values)
    step = journal.record(connection, f"{_CALLED[table]}-added", 1, [entry], now)
    return entry.uids[0], step


def change_rows(
    connection: sqlite3.Connection,
    table: RowTable,
    changes: Mapping[int, Mapping[str, Any]],
    now: int,
) -> Step | None:
    """Set columns of saved searches or rules, by their numbers; None where all are so already."""
    entries = [records.change(connection, table, key, new) for key, new in changes.items()]
    return _recorded(connection, f"{_CALLED[table]}-changed", entries, now)


def remove_rows(
    connection: sqlite3.Connection, table: RowTable, keys: Iterable[int], now: int
) -> Step | None:
    """Remove saved searches or rules; None where there is none of them."""
    entries = [records.remove(connection, table, key) for key in keys]
    return _recorded(connection, f"{_CALLED[table]}-removed", entries, now)


def sources_added(connection: sqlite3.Connection, ids: Sequence[int], now: int) -> Step | None:
    """Write down that these sources are new, or back: undo removes them again."""
    entries = [Entry("source", True, False, [source]) for source in ids]
    return _recorded(connection, "source-added", entries, now)


def rename_source(connection: sqlite3.Connection, source: int, name: str, now: int) -> Step | None:
    """Give a source another name. Raises UsageError where another one has it.

    One that was removed gives its name up.
    """
    holder = sources.holder(connection, source, name)
    entries = []
    if holder is not None:
        free = sources.free_name(connection, holder.name)
        entries.append(records.change(connection, "source", holder.id, {"name": free}))
    entries.append(records.change(connection, "source", source, {"name": name}))
    return _recorded(connection, "source-set", entries, now, count=1)


def set_source(
    connection: sqlite3.Connection, source: int, values: Mapping[str, Any], now: int
) -> Step | None:
    """Set what a user sets of a source, but for its name; None where all is so already.

    ``folder``, ``minutes``, ``full_text``; of what is kept of it ``days`` and ``articles``.
    """
    entries = [
        records.change(connection, table, source, {name: values[name]})
        for table, names in OF_SOURCES.items()
        for name in names
        if name in values
    ]
    return _recorded(connection, "source-set", entries, now, count=1)


def _recorded(
    connection: sqlite3.Connection,
    what: str,
    entries: Iterable[Entry | None],
    now: int,
    *,
    count: int | None = None,
) -> Step | None:
    done = [entry for entry in entries if entry is not None]
    if not done:
        return None
    return journal.record(connection, what, len(done) if count is None else count, done, now)
