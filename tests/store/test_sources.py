from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]

SAMPLE = SourceData("Edisi Contoh", "sample")


def _id(library: Library, name: str) -> int:
    return next(node.id for node in library.navigation().sources if node.name == name)


def test_the_tree_has_portals_first_then_feeds_by_folder_then_the_sample(
    library: Library, make: Make
) -> None:
    library.store_articles(SAMPLE, [make(1)])
    library.add_sources(
        [
            SourceData("zona", "feed", "https://z.example/rss"),
            SourceData("Antara", "feed", "https://a.example/rss", folder="Nasional"),
            SourceData("Beta", "feed", "https://b.example/rss"),
            SourceData("Portal", "portal", "https://p.example/"),
        ]
    )
    nodes = library.navigation().sources
    names = ["Portal Kaltim", "Portal", "Beta", "zona", "Antara", "Edisi Contoh"]
    assert [node.name for node in nodes] == names
    assert [node.folder for node in nodes] == [None, None, None, None, "Nasional", None]
    assert [node.count.total for node in nodes] == [0, 0, 0, 0, 0, 1]


def test_the_categories_of_a_source_stand_in_order_of_name(
    library: Library, portal: SourceData, make: Make
) -> None:
    names = ["Sosial", "agama", "Politik", None]
    said = [make(number, category=name) for number, name in enumerate(names)]
    library.store_articles(portal, said)
    (node,) = library.navigation().sources
    assert [category.name for category in node.categories] == ["agama", "Politik", "Sosial"]
    assert node.count == Count(4, 4)


def test_a_category_that_lost_its_articles_is_gone(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1)])
    library.store_articles(portal, [make(1, category="Agama")])
    (node,) = library.navigation().sources
    assert [category.name for category in node.categories] == ["Agama"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("A", "feed", "https://a.example/rss"), ("B", "feed", "http://www.a.example/rss"), True),
        (("A", "feed", "https://a.example/rss"), ("A", "feed", "https://b.example/rss"), False),
        (("A", "feed", "https://a.example/rss"), ("A", "feed", None), True),
        (("A", "feed", None), ("A", "feed", "https://a.example/rss"), True),
        (("A", "portal", "https://a.example/"), ("a", "portal", None), True),
        (("A", "portal", "https://a.example/"), ("B", "portal", "http://a.example"), True),
        (("A", "portal", "https://a.example/"), ("A", "feed", "https://a.example/"), False),
        (("A", "portal", None), ("A", "feed", None), False),
    ],
)
def test_a_source_is_known_by_its_address_else_by_its_name(
    library: Library, first: tuple[str, ...], second: tuple[str, ...], same: bool
) -> None:
    assert library.add_sources([SourceData(*first)]) == ("A",)  # type: ignore[arg-type] # kinds
    added = library.add_sources([SourceData(*second)])  # type: ignore[arg-type] # kinds
    assert added == (() if same else ("A (2)",))
    assert len(library.navigation().sources) == 1 + (1 if same else 2)


def test_what_becomes_known_of_a_source_is_kept(library: Library, make: Make) -> None:
    bare = SourceData("Warta", "feed")
    full = SourceData("Warta", "feed", "https://warta.example/rss", "Daerah")
    library.store_articles(bare, [make(1)])
    library.store_articles(full, [make(1)])
    library.store_articles(bare, [make(1)])
    _portal, node = library.navigation().sources
    assert (node.folder, node.count.total) == ("Daerah", 1)


# --- the sample edition --------------------------------------------------------------------------


def test_the_sample_edition_steps_aside_for_real_news_and_comes_back(
    library: Library, portal: SourceData, make: Make
) -> None:
    assert library.sample_wanted()
    library.store_articles(SAMPLE, [make(1), make(2)])
    assert not library.sample_wanted()
    assert library.navigation().all == Count(2, 2)
    assert all(row.sample for row in library.rows(View()))
    library.store_articles(portal, [make(3)])
    assert [row.title for row in library.rows(View())] == ["Judul 3"]
    assert library.navigation().all == Count(1, 1)
    assert library.count(View(ViewKind.SEARCH, query="isi")).total == 1
    own = View(ViewKind.SOURCE, source=_id(library, SAMPLE.name))
    assert len(library.rows(own)) == library.count(own).total == 2
    assert library.article(library.rows(own)[0].id).sample
    library.remove_source(_id(library, portal.name))
    assert library.navigation().all == Count(2, 2)
    library.undo()
    assert library.navigation().all == Count(1, 1)


def test_a_subscription_without_articles_leaves_the_sample_edition_where_it_is(
    library: Library, feed: SourceData, make: Make
) -> None:
    library.store_articles(SAMPLE, [make(1)])
    library.add_sources([feed])
    assert library.navigation().all == Count(1, 1)


def test_a_sample_edition_that_was_removed_is_not_wanted_again(
    library: Library, make: Make
) -> None:
    library.store_articles(SAMPLE, [make(1)])
    library.remove_source(_id(library, SAMPLE.name))
    assert [node.name for node in library.navigation().sources] == ["Portal Kaltim"]
    assert not library.sample_wanted()


# --- removal -------------------------------------------------------------------------------------


def test_of_a_removed_source_only_what_is_starred_stays_and_its_marks_come_back_with_it(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1), make(2)])
    library.store_articles(feed, [make(3)])
    first = library.rows(View())[-1]
    library.mark([first.id], [Marking("starred", True), Marking("read", True)])
    source = _id(library, portal.name)
    change = library.remove_source(source)
    assert change.count == 2
    assert [node.name for node in library.navigation().sources] == [feed.name]
    assert [row.title for row in library.rows(View())] == ["Judul 3"]
    for view in (
        View(ViewKind.SOURCE, source=source),
        View(ViewKind.CATEGORY, source=source, category=1),
        View(ViewKind.SEARCH, query='"judul 1"'),
    ):
        assert library.rows(view) == []
        assert library.count(view) == Count()
    assert library.remove_source(source).count == 0
    assert library.undo() == change
    assert library.rows(View(ViewKind.STARRED))[0].id == first.id
    assert library.navigation().all == Count(3, 2)
    assert library.redo() == change
    assert library.navigation().all == Count(1, 1)


def test_a_removed_source_that_is_fetched_again_is_back(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1)])
    library.remove_source(_id(library, portal.name))
    assert library.store_articles(portal, [make(2)]).added == (portal.name,)
    assert library.navigation().all == Count(2, 2)


def test_there_must_be_such_a_source(library: Library) -> None:
    with pytest.raises(UsageError):
        library.remove_source(7)
