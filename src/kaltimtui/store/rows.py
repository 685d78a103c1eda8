"""Many rows in one statement: written, and looked up.

Each run of a statement gives the interpreter away and must win it back from the threads that
read feeds meanwhile, which takes longer than the run itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_VALUES: Final = 32_000
"""Values in one statement; SQLite takes 32,766."""
AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""The end of a condition that ``found`` fills in."""


def insert(connection: sqlite3.Connection, into: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of one width; ``into`` is a statement up to its ``VALUES``."""
    if not rows:
        return
    places = f"({','.join('?' * len(rows[0]))})"
    at_once = _VALUES // len(rows[0])
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        values = [value for row in part for value in row]
        connection.execute(f"{into} VALUES{','.join([places] * len(part))}", values)


def found(
    connection: sqlite3.Connection, query: str, numbers: Iterable[int], *more: Any
) -> list[Any]:
    """The rows of a query that ends in ``AMONG``, for these whole numbers; ``more`` come first."""
    return connection.execute(query, (*more, json.dumps(list(numbers)))).fetchall()
