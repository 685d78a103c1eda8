from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.models import View
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
