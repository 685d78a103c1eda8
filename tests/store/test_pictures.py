from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import ArticleData, Marking, SourceData
from kaltimtui.store import keys, pictures
from kaltimtui.store.pictures import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]

NOW = 1_800_000_000
ONE, TWO, THREE = (
    Picture(f"https://gambar.example/{number}.jpg", f"{number}.jpg", 100) for number in (1, 2, 3)
)


@pytest.fixture
def uids(library: Library, feed: SourceData, make: Make) -> list[int]:
    return list(library.store_articles(feed, [make(0), make(1)]).stored.uids)


def test_a_picture_is_known_by_its_address_for_every_article_that_has_it(
    library: Library, uids: list[int]
) -> None:
    with library.database.writing() as connection:
        pictures.keep(connection, uids[0], ONE, NOW)
        pictures.keep(connection, uids[0], TWO, NOW)
        assert pictures.use(connection, uids[1], ONE.url) == ONE
        assert pictures.use(connection, uids[1], THREE.url) is None
        assert pictures.of_article(connection, uids[0]) == {ONE.url: ONE.file, TWO.url: TWO.file}
        assert pictures.of_article(connection, uids[1]) == {ONE.url: ONE.file}
        assert pictures.total(connection) == 200


def test_past_the_budget_those_of_no_starred_article_go_first_then_the_oldest(
    library: Library, uids: list[int]
) -> None:
    library.mark([keys.public_id(uids[0])], [Marking("starred", True)])
    with library.database.writing() as connection:
        pictures.keep(connection, uids[0], ONE, NOW)
        pictures.keep(connection, uids[0], TWO, NOW + 1)
        pictures.keep(connection, uids[1], THREE, NOW + 2)
        assert pictures.surplus(connection, 300) == []
        assert pictures.surplus(connection, 200) == [THREE]
        assert pictures.surplus(connection, 150) == [THREE, ONE]
        assert pictures.surplus(connection, 0) == [THREE, ONE, TWO]
        pictures.forget(connection, [THREE, ONE])
        assert pictures.total(connection) == 100
        assert pictures.of_article(connection, uids[0]) == {TWO.url: TWO.file}
        assert pictures.of_article(connection, uids[1]) == {}


def test_a_picture_that_was_fetched_again_counts_once(library: Library, uids: list[int]) -> None:
    with library.database.writing() as connection:
        pictures.keep(connection, uids[0], ONE, NOW)
        pictures.keep(connection, uids[0], ONE._replace(bytes=70), NOW)
        assert pictures.total(connection) == 70
