"""The window on a list: whatever is fetched in whatever order, each place holds its own row."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.models import ArticleRow
from kaltimtui.ui.rows import CHUNK, Fetch, RowWindow

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def row(key: int, *, read: bool = False) -> ArticleRow:
    return ArticleRow(
        key, f"id{key}", f"Judul {key}", "Sumber", None, None, None, NOW, read, False, False
    )


class Shelf:
    """A list as the library has it, newest (highest key) first."""

    def __init__(self, total: int) -> None:
        self.all = [row(key) for key in range(total, 0, -1)]
        self.passed_over = 0

    def rows(self, fetch: Fetch) -> list[ArticleRow]:
        self.passed_over += fetch.skip
        if fetch.before is not None:
            above = [r for r in self.all if r.key > fetch.before]
            end = len(above) - fetch.skip
            return above[max(0, end - fetch.limit) : end]
        below = [r for r in self.all if fetch.after is None or r.key < fetch.after]
        return below[fetch.skip : fetch.skip + fetch.limit]


@given(st.integers(1, 1_500), st.lists(st.integers(0, 14), max_size=30))
def test_every_chunk_holds_its_own_rows_in_whatever_order_they_come(
    total: int, order: list[int]
) -> None:
    shelf, window = Shelf(total), RowWindow(total)
    for chunk in order:
        if chunk * CHUNK < total:
            window.put(chunk, shelf.rows(window.fetch(chunk)))
    assert len(window) == total
    for place, held in window:
        assert held == shelf.all[place]


def test_the_end_of_a_million_is_read_from_the_end() -> None:
    window = RowWindow(1_000_000)
    fetch = window.fetch(9_999)
    assert fetch.before is not None
    assert fetch.skip == 0


def test_a_neighbour_costs_nothing_passed_over() -> None:
    shelf, window = Shelf(1_000), RowWindow(1_000)
    for chunk in (0, 1, 2, 9, 8, 3):
        window.put(chunk, shelf.rows(window.fetch(chunk)))
    assert shelf.passed_over == 0


def test_missing_names_only_what_is_not_here() -> None:
    shelf, window = Shelf(450), RowWindow(450)
    window.put(1, shelf.rows(window.fetch(1)))
    assert window.missing(-30, 220) == [0, 2]
    assert window.missing(430, 9_000) == [4]
    assert RowWindow(0).missing(0, 50) == []


def test_a_short_chunk_ends_the_list() -> None:
    window = RowWindow(1_000)
    window.put(2, [row(k) for k in range(30, 0, -1)])
    assert len(window) == 230


def test_an_open_ended_list_grows_as_it_is_read() -> None:
    window = RowWindow(CHUNK, exact=False)
    window.put(0, [row(k) for k in range(500, 500 - CHUNK, -1)])
    window.put(1, [row(k) for k in range(400, 400 - CHUNK, -1)])
    assert len(window) == 2 * CHUNK


def test_replacing_a_row_changes_it_where_it_stands() -> None:
    window = RowWindow(3)
    window.put(0, [row(3), row(2), row(1)])
    assert window.replace(row(2, read=True))
    assert window.row(1) == row(2, read=True)
    assert not window.replace(row(9))


def test_a_chunk_past_the_end_asks_for_nothing_and_adds_nothing() -> None:
    window = RowWindow(5)
    assert window.fetch(50).limit == 0
    window.put(0, [row(k) for k in range(5, 0, -1)])
    window.put(50, [])
    assert len(window) == 5


def test_rows_far_away_are_let_go() -> None:
    shelf, window = Shelf(10_000), RowWindow(10_000)
    for chunk in range(100):
        window.put(chunk, shelf.rows(window.fetch(chunk)))
    assert window.row(0) is None
    assert sum(1 for _ in window) <= 60 * CHUNK
