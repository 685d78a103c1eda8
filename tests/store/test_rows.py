from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from kaltimtui.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE pair(number INTEGER, word TEXT)")
    yield connection
    connection.close()


@pytest.mark.parametrize("count", [0, 1, 16_000, 16_001, 40_000])
def test_all_rows_are_written_however_many(connection: sqlite3.Connection, count: int) -> None:
    pairs = [(number, f"kata {number}") for number in range(count)]
    rows.insert(connection, "INSERT INTO pair", pairs)
    assert connection.execute("SELECT number, word FROM pair ORDER BY rowid").fetchall() == pairs


@pytest.mark.parametrize("number", [LOWEST, LOWEST + 1, -1, 0, 1, 1 << 53, HIGHEST - 1, HIGHEST])
def test_a_number_is_found_exactly(connection: sqlite3.Connection, number: int) -> None:
    others = {LOWEST, LOWEST + 2, 7, (1 << 53) + 1, HIGHEST - 2, HIGHEST} - {number}
    rows.insert(connection, "INSERT INTO pair", [(n, "") for n in (*sorted(others), number)])
    query = f"SELECT number FROM pair WHERE word = ? AND number {rows.AMONG}"
    assert rows.found(connection, query, (number, 5), "") == [(number,)]


def test_among_no_numbers_nothing_is_found(connection: sqlite3.Connection) -> None:
    rows.insert(connection, "INSERT INTO pair", [(1, "satu")])
    assert rows.found(connection, f"SELECT number FROM pair WHERE number {rows.AMONG}", ()) == []
