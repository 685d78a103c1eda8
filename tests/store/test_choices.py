"""The names that a search may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.query.tree import Field
from kaltimtui.store import choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]


@pytest.fixture
def stocked(library: Library, portal: SourceData, feed: SourceData, make: Make) -> Library:
    said = [("Sosial", "SAMARINDA", "rin"), ("Sosial", "BONTANG", "rin"), ("Agama", None, "ang")]
    library.store_articles(
        portal,
        [
            make(number, category=category, dateline=place, byline=byline)
            for number, (category, place, byline) in enumerate(said)
        ],
    )
    library.store_articles(feed, [make(9, category=None, dateline="SAMARINDA")])
    library.mark([library.rows(View())[0].id], [Marking("tag", "air/bersih")])
    return library


@pytest.mark.parametrize(
    ("field", "beginning", "expected"),
    [
        (Field.CATEGORY, "", ("Sosial", "Agama")),
        (Field.CATEGORY, "AG", ("Agama",)),
        (Field.SOURCE, "", ("Portal Kaltim", "Warta")),
        (Field.SOURCE, "kal", ("Portal Kaltim",)),
        (Field.TAG, "ber", ("air/bersih",)),
        (Field.TAG, "", ("air", "air/bersih")),
        (Field.PLACE, "", ("Samarinda", "Bontang")),
        (Field.PLACE, "bo", ("Bontang",)),
        (Field.BYLINE, "", ("rin", "ang")),
        (Field.TITLE, "", ()),
        (Field.NOTE, "", ()),
    ],
)
def test_the_most_frequent_comes_first(
    stocked: Library, field: Field, beginning: str, expected: tuple[str, ...]
) -> None:
    assert stocked.values(field, beginning) == expected


def test_a_removed_source_is_not_offered(stocked: Library) -> None:
    (warta,) = [source for source in stocked.navigation().sources if source.name == "Warta"]
    stocked.remove_source(warta.id)
    assert stocked.values(Field.SOURCE, "") == ("Portal Kaltim",)


def test_no_more_are_given_than_can_be_shown(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(n, category=f"Bidang {n}") for n in range(30)])
    assert len(library.values(Field.CATEGORY, "bidang")) == choices.MOST
