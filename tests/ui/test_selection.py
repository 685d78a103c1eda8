"""What is selected in a list: one by one, by ranges, and by ranges that are not at hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.ui.loading import open_list
from kaltimtui.ui.selection import Selection, Span, articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = Paths.find(str(tmp_path_factory.mktemp("home")))
    opened = Library.open(home, clock=lambda: NOW)
    opened.store_articles(
        SourceData("Kabar", "feed"),
        [
            ArticleData(
                title=f"Kabar {n}",
                guid=f"{n}",
                published=Stamp(NOW - timedelta(hours=n), "time"),
                document=Document((paragraph("Isi."),)),
            )
            for n in range(350)
        ],
    )
    yield opened
    opened.close()


def test_a_range_that_is_at_hand_is_chosen_when_it_is_closed(library: Library) -> None:
    window = open_list(library, View()).window
    selection = Selection()
    first, last = window.row(2), window.row(5)
    assert first is not None
    assert last is not None
    selection.begin(first, 2)
    assert [place for place in range(9) if selection.has("", place, 5)] == [2, 3, 4, 5]
    assert selection.close(View(), last, window, 5) is None
    assert len(selection.ids) == selection.count(window, 0) == 4
    assert not selection.has("", 3, 0)
    assert selection.has(first.id, 2, 0)


def test_what_is_chosen_twice_is_counted_once(library: Library) -> None:
    window = open_list(library, View()).window
    selection = Selection()
    for place in (1, 3, 20):
        row = window.row(place)
        assert row is not None
        selection.toggle(row.id)
    top = window.row(0)
    assert top is not None
    selection.begin(top, 0)
    assert selection.count(window, 4) == 6
    selection.toggle(top.id)
    selection.toggle(top.id)
    selection.clear()
    assert not selection
    assert selection.count(window, 4) == 0


def test_ranges_that_lie_over_each_other_are_counted_once(library: Library) -> None:
    window = open_list(library, View()).window
    row = window.row(0)
    assert row is not None
    selection = Selection()
    for places in (range(10), range(5, 12), range(20, 22)):
        selection.spans.append(Span(View(), row, row, places))
    assert selection.count(window, 0) == 14


def test_a_range_over_rows_that_are_not_here_is_asked_of_the_library(library: Library) -> None:
    window = open_list(library, View()).window
    first, last = window.row(10), library.rows(View(), skip=340, limit=1)[0]
    assert first is not None
    selection = Selection()
    selection.begin(first, 10)
    span = selection.close(View(), last, window, 340)
    assert span is not None
    assert selection.count(window, 0) == 331
    found = articles_of(library, span)
    assert found == [row.id for row in library.rows(View(), limit=350)[10:341]]
    assert articles_of(library, span._replace(one=last, other=first)) == found
    selection.resolved(span, found)
    assert (len(selection.ids), selection.spans) == (331, [])
    selection.clear()
    selection.resolved(span, found)
    assert not selection


def test_a_range_keeps_its_beginning_when_news_comes_above_it(library: Library) -> None:
    window = open_list(library, View()).window
    row = window.row(30)
    assert row is not None
    selection = Selection()
    selection.begin(row, 28)
    selection.moved(window, 0)
    assert selection.open_range(32) == range(30, 33)
    selection.moved(open_list(library, View()).window, 5)
    assert selection.open_range(32) == range(30, 33)
    far = library.rows(View(), skip=300, limit=1)[0]
    selection.begin(far, 300)
    selection.moved(window, 7)
    assert selection.open_range(310) == range(307, 311)
