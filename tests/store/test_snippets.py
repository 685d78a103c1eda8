"""What stands round the words of a search in the texts of a few articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.models import ArticleData, SourceData, View
from kaltimtui.query import parse
from kaltimtui.query.marking import marker

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]


def test_only_articles_that_have_the_words_give_a_snippet(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(
        portal, [make(0, words="Panen\traya \x1b[1m di Paser."), make(1, words="Hujan lebat.")]
    )
    ids = [row.id for row in library.rows(View())]
    found = library.snippets([*ids, "tidak ada"], marker(parse("raya")))
    assert list(found.values()) == ["Panen raya [1m di Paser."]


def test_the_words_of_a_caption_are_found_too(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(0, words="Hujan.", caption="Gubernur meninjau sawah")])
    ids = [row.id for row in library.rows(View())]
    assert "sawah" in library.snippets(ids, marker(parse("sawah")))[ids[0]]
