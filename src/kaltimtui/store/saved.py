"""Saved searches: rows of a table that the tree shows, each with a count of what is unread.

Who reads them runs no search: ``settling.py`` keeps the counts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import QueryError
from kaltimtui.models import FolderCount, SavedSearch
from kaltimtui.store import tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

COUNTED: Final = 5_000
"""Articles of a folder that are counted at most: the tree asks at every change."""
_COLUMNS: Final = "id, name, query, folder, place, unread, stale, unreadable"


def all_of(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """Every saved search in its order; what is in one folder stands together."""
    found = [
        _made(*values)
        for values in connection.execute(f"SELECT {_COLUMNS} FROM saved ORDER BY position, id")
    ]
    folders = {one.folder: place for place, one in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda one: folders[one.folder]))


def folders(
    connection: sqlite3.Connection, searches: Iterable[SavedSearch]
) -> dict[str, FolderCount]:
    """What the saved searches in each folder, or in one below it, find that is unread."""
    inside: dict[str, list[SavedSearch]] = {}
    for search in searches:
        for path in tags.levels(search.folder or ""):
            inside.setdefault(path, []).append(search)
    return {path: _distinct(connection, found) for path, found in inside.items()}


def _distinct(connection: sqlite3.Connection, searches: Sequence[SavedSearch]) -> FolderCount:
    """What some searches find, an article that two of them find counted once."""
    counted = [search for search in searches if search.unread]
    most = max((search.unread for search in counted), default=0)
    if len(counted) < 2:
        return FolderCount(most)
    found, *_ = connection.execute(DISTINCT, (json.dumps([s.id for s in counted]), COUNTED + 1))
    return FolderCount(max(COUNTED, most), more=True) if found[0] > COUNTED else FolderCount(*found)


DISTINCT: Final = (
    "SELECT count(*) FROM (SELECT DISTINCT article_id FROM json_each(?)"
    " CROSS JOIN hit ON saved_id = value LIMIT ?)"
)
"""Ends once so many articles were counted."""


def one(connection: sqlite3.Connection, search: int) -> SavedSearch | None:
    """A saved search, if there is one of this number."""
    values = connection.execute(f"SELECT {_COLUMNS} FROM saved WHERE id = ?", (search,)).fetchone()
    return _made(*values) if values else None


def _made(
    id_: int,
    name: str,
    query: str,
    folder: str | None,
    place: int,
    unread: int,
    stale: int,
    unreadable: int,
) -> SavedSearch:
    trouble = trouble_of(query) if unreadable else None
    return SavedSearch(id_, name, query, folder, bool(place), unread, bool(stale), trouble)


def trouble_of(query: str) -> str | None:
    """Why a search cannot be read, in the user's language; None where it can."""
    from kaltimtui.query import parse  # the first picture does without

    try:
        parse(query)
    except QueryError as error:
        return error.message
    return None


def positions(connection: sqlite3.Connection, table: str, keys: Sequence[int]) -> list[int]:
    """The positions that some saved searches or rules have, in ascending order, no two alike."""
    named = ",".join("?" * len(keys))
    found = connection.execute(
        f"SELECT position FROM {table} WHERE id IN ({named}) ORDER BY position", tuple(keys)
    )
    places: list[int] = []
    for (place,) in found:
        places.append(max(place, places[-1] + 1) if places else place)
    return places


def next_position(connection: sqlite3.Connection, table: str) -> int:
    """The position behind all others of saved searches or rules."""
    found: tuple[int] = connection.execute(
        f"SELECT coalesce(max(position), 0) + 1 FROM {table}"
    ).fetchone()
    return found[0]
