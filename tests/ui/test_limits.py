"""A filtered list as one search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.models import View, ViewKind
from kaltimtui.query import QueryError
from kaltimtui.ui.limits import limited

if TYPE_CHECKING:
    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")

SOURCE = View(ViewKind.SOURCE, source=3)
CATEGORY = View(ViewKind.CATEGORY, source=3, category=7)
NAMES = {SOURCE: "Kabar Kaltim", CATEGORY: "Sosial", View(ViewKind.FOLDER, folder="A"): "A"}


def said(view: View, typed: str, saved: str = "") -> str:
    return limited(view, typed, named=lambda view: NAMES.get(view, ""), saved=saved)


def test_a_search_of_all_articles_stays_as_it_was_typed() -> None:
    typed = "banjir  or longsor"
    assert said(View(), f" {typed} ") == said(View(ViewKind.SEARCH), typed) == typed


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(ViewKind.UNREAD), "is:unread (a or b)"),
        (View(ViewKind.TODAY), "date:today (a or b)"),
        (View(ViewKind.WEEK), "age:<7d (a or b)"),
        (View(ViewKind.STARRED), "is:starred (a or b)"),
        (View(ViewKind.LATER), "is:later (a or b)"),
        (View(ViewKind.NOTES), "has:note (a or b)"),
        (View(ViewKind.HIDDEN), "is:hidden (a or b)"),
        (View(ViewKind.TAG, tag="air/hulu"), "tag:air/hulu (a or b)"),
        (SOURCE, 'source:"Kabar Kaltim" (a or b)'),
        (CATEGORY, 'source:"Kabar Kaltim" category:Sosial (a or b)'),
    ],
)
def test_what_a_list_is_becomes_part_of_the_search(view: View, expected: str) -> None:
    assert said(view, "a or b") == expected


def test_a_saved_search_is_narrowed_and_keeps_its_order() -> None:
    view = View(ViewKind.SAVED, saved=1)
    assert said(view, "c or d", "a or b sort:oldest") == "(a or b) (c or d) sort:oldest"
    assert said(view, "c sort:title", "a sort:oldest") == "a c sort:title"


def test_what_no_search_can_say_is_refused() -> None:
    with pytest.raises(UsageError, match="“A”"):
        said(View(ViewKind.FOLDER, folder="A"), "a")
    with pytest.raises(QueryError):
        said(View(ViewKind.UNREAD), "(a")


def test_a_name_that_cannot_be_quoted_is_refused() -> None:
    view = View(ViewKind.SOURCE, source=9)
    with pytest.raises(UsageError, match="No search can say"):
        limited(view, "a", named=lambda _view: 'Kata "Kita" Kini')


def test_it_finds_what_the_filter_found(news: Library) -> None:
    (source,) = (node.id for node in news.navigation().sources if node.count.total)
    for view in (View(ViewKind.TODAY), View(ViewKind.SOURCE, source=source)):
        filtered = View(view.kind, view.source, query='"kabar 7" or "kabar 99"')
        query = limited(view, filtered.query, named=lambda _view: "Kabar Kaltim")
        found = news.rows(View(ViewKind.SEARCH, query=query))
        assert [row.id for row in found] == [row.id for row in news.rows(filtered)]
        assert found
