from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import StoreError
from kaltimtui.models import Marking, View
from kaltimtui.query import parse
from kaltimtui.store import probing

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData, SourceData


def test_articles_that_lie_apart_are_looked_for_apart() -> None:
    day = 24 * 60 * 60 * 4
    assert list(probing.ranges([])) == []
    assert list(probing.ranges([5])) == [(5, 5)]
    assert list(probing.ranges([0, 5, 2 * day, 2 * day + 1])) == [(0, 5), (2 * day, 2 * day + 1)]
    many = [number * 2 * day for number in range(100)]
    ranges = list(probing.ranges(many))
    assert len(ranges) == 16
    assert (ranges[0][0], ranges[-1][1]) == (many[0], many[-1])
    assert all(any(low <= one <= high for low, high in ranges) for one in many)


def test_what_lies_between_is_not_found(
    library: Library, feed: SourceData, make: Callable[..., ArticleData]
) -> None:
    words = ("banjir", "pasar", "banjir", "banjir", "pasar")
    library.store_articles(feed, [make(n, words=word) for n, word in enumerate(words)])
    ids = [row.key for row in reversed(library.rows(View()))]
    with library.database.reading() as connection:
        found = probing.among(connection, parse("banjir"), library.now(), [ids[0], ids[1], ids[3]])
        nothing = probing.among(connection, parse("banjir"), library.now(), [])
    assert found == [ids[0], ids[3]]
    assert nothing == []


SEARCHES = (
    "banjir",
    "ban*",
    "is:unread ban*",
    "isi:pasar or judul:banjir",
    "banjir or tag:arsip",
    "is:unread -banjir",
    "is:starred banjir",
    '"banjir besar"',
    "-banjir",
    "umur:<3000d pasar or is:read",
    "sumber:kaltim -pasar or pasar",
)


@pytest.mark.parametrize("said", SEARCHES)
def test_what_is_found_among_articles_apart_is_what_is_found_among_all(
    library: Library, feed: SourceData, make: Callable[..., ArticleData], said: str
) -> None:
    words = ("banjir", "pasar", "banjir besar", "pasar banjir", "bandara")
    library.store_articles(feed, [make(n, words=words[n % 5]) for n in range(40)])
    rows = library.rows(View())
    library.mark([row.id for row in rows[::3]], [Marking("read", True)])
    library.mark([row.id for row in rows[::4]], [Marking("starred", True)])
    library.mark([row.id for row in rows[::5]], [Marking("tag", "arsip")])
    wanted = sorted(row.key for row in rows[::2])
    with library.database.reading() as connection:
        all_of = probing.among(connection, parse(said), library.now(), wanted)
        with probing.apart(connection, wanted):
            assert probing.among(connection, parse(said), library.now(), wanted) == all_of
        assert probing.among(connection, parse(said), library.now(), wanted) == all_of
        assert connection.execute("PRAGMA query_only").fetchone() == (1,)
    assert all_of


def test_an_index_apart_is_gone_when_what_it_is_for_fails(
    library: Library, feed: SourceData, make: Callable[..., ArticleData]
) -> None:
    library.store_articles(feed, [make(n, words="banjir") for n in range(20)])
    ids = sorted(row.key for row in library.rows(View()))
    with library.database.reading() as connection:
        with pytest.raises(ZeroDivisionError), probing.apart(connection, ids):
            raise ZeroDivisionError
        found = connection.execute("SELECT name FROM sqlite_temp_schema").fetchall()
    assert found == [("word",)]


def test_what_ended_the_transaction_is_told_not_that_the_index_is_gone(
    library: Library, feed: SourceData, make: Callable[..., ArticleData]
) -> None:
    library.store_articles(feed, [make(n, words="banjir") for n in range(20)])
    ids = sorted(row.key for row in library.rows(View()))

    def fail() -> None:
        with library.database.writing() as connection, probing.apart(connection, ids):
            connection.execute("ROLLBACK")  # as SQLite does by itself where the disk is full
            raise sqlite3.OperationalError("kepenuhan")

    with pytest.raises(StoreError, match="kepenuhan"):
        fail()
