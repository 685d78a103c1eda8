"""Rows that a user made or set, changed in a way that can be taken back: ``row:<table>``.

What a step keeps of a row is a dictionary of columns, or None where there was no row. Only the
columns that differ are led from one state to the other, so that what the program itself writes
into a row in the meantime stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.store import fetching, sources
from kaltimtui.store.journal import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

PREFIX: Final = "row:"


class _Table(NamedTuple):
    """What of a table a user changes."""

    key: str
    columns: tuple[str, ...]
    setters: Mapping[str, Callable[[sqlite3.Connection, int, Any], None]] = {}
    """For columns that others follow from."""
    settings: bool = False
    """Whether a row holds settings of a source: it is made when first set, and stays."""


_TABLES: Final[dict[str, _Table]] = {
    "source": _Table("id", ("name", "folder"), {"name": sources.rename}),
    "fetching": _Table(
        "source_id",
        ("minutes", "full_text"),
        {"minutes": fetching.set_interval, "full_text": fetching.set_full_text},
        settings=True,
    ),
    "keeping": _Table("source_id", ("days", "articles"), settings=True),
    "saved": _Table("id", ("name", "query", "folder", "position", "place")),
    "rule": _Table("id", ("name", "query", "actions", "enabled", "position")),
    "tag": _Table("id", ("name", "colour")),
}


def read(connection: sqlite3.Connection, table: str, key: int) -> dict[str, Any] | None:
    """What a user may change of a row; None where there is none."""
    known = _TABLES[table]
    found = connection.execute(
        f"SELECT {', '.join(known.columns)} FROM {table} WHERE {known.key} = ?", (key,)
    ).fetchone()
    return dict(zip(known.columns, found, strict=True)) if found else None


def add(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> Entry:
    """Make a row; the entry of a step, with the number of the row as its only uid."""
    _check(table, values)
    cursor = connection.execute(*_insertion(table, values))
    assert cursor.lastrowid is not None
    new = read(connection, table, cursor.lastrowid)
    return Entry(f"{PREFIX}{table}", None, new, [cursor.lastrowid])


def change(
    connection: sqlite3.Connection, table: str, key: int, values: Mapping[str, Any]
) -> Entry | None:
    """Set columns of a row; None where there is no such row, or they are so already.

    Where the row holds settings it is made.
    """
    _check(table, values)
    known = _TABLES[table]
    if known.settings:
        connection.execute(f"INSERT OR IGNORE INTO {table}({known.key}) VALUES(?)", (key,))
    old = read(connection, table, key)
    if old is None or old == {**old, **values}:
        return None
    _lead(connection, table, key, old, values)
    return Entry(f"{PREFIX}{table}", old, read(connection, table, key), [key])


def remove(connection: sqlite3.Connection, table: str, key: int) -> Entry | None:
    """Remove a row; None where there is none."""
    old = read(connection, table, key)
    if old is None:
        return None
    _lead(connection, table, key, old, None)
    return Entry(f"{PREFIX}{table}", old, None, [key])


def lead(connection: sqlite3.Connection, entry: Entry, old: Any, new: Any) -> None:
    """Lead the row that an entry names from one state to the other, as undo and redo do.

    An entry of a table or a column that is not known, as a later format may have them, is left.
    """
    table = entry.field.removeprefix(PREFIX)
    if table in _TABLES:
        _lead(connection, table, entry.uids[0], _known(table, old), _known(table, new))


def _known(table: str, values: Any) -> dict[str, Any] | None:
    if not isinstance(values, dict):
        return None
    return {name: values[name] for name in _TABLES[table].columns if name in values}


def _lead(
    connection: sqlite3.Connection,
    table: str,
    key: int,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> None:
    known = _TABLES[table]
    if new is None:
        connection.execute(f"DELETE FROM {table} WHERE {known.key} = ?", (key,))
    elif old is None and read(connection, table, key) is None:
        connection.execute(*_insertion(table, {known.key: key, **new}))
    else:
        for name, value in new.items():
            if old is None or old.get(name) != value:
                _set(connection, table, key, name, value)


def _set(connection: sqlite3.Connection, table: str, key: int, name: str, value: Any) -> None:
    known = _TABLES[table]
    setter = known.setters.get(name)
    if setter is None:
        connection.execute(f"UPDATE {table} SET {name} = ? WHERE {known.key} = ?", (value, key))
    else:
        setter(connection, key, value)


def _insertion(table: str, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    names = ", ".join(values)
    places = ", ".join("?" * len(values))
    return f"INSERT INTO {table}({names}) VALUES({places})", tuple(values.values())


def _check(table: str, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(_TABLES[table].columns)
    assert not unknown, unknown
