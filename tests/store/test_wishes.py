from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.store import keys, wishes
from kaltimtui.store.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., ArticleData]

NOW = 1_800_000_000


@pytest.fixture
def uids(library: Library, feed: SourceData, make: Make) -> list[int]:
    """Three articles, the last of which tells no address."""
    said = [make(0), make(1), make(2, url=None)]
    return list(library.store_articles(feed, said).stored.uids)


def test_a_wish_waits_until_it_came_true(library: Library, uids: list[int]) -> None:
    with library.database.writing() as connection:
        assert wishes.want(connection, uids, "text", NOW) == 2
    again = Library.open(library.paths)
    with again.database.writing() as connection:
        found = wishes.due(connection, "text", NOW, 9)
        source = found[0].source
        assert sorted(found) == sorted(
            Wish(uid, f"https://www.kaltimprov.go.id/berita/judul-{n}", source, 0)
            for n, uid in enumerate(uids[:2])
        )
        assert wishes.due(connection, "pictures", NOW, 9) == []
        assert wishes.of_article(connection, uids[0], "text") in found
        assert wishes.of_article(connection, uids[0], "pictures") is None
        wishes.done(connection, uids[:1], "text")
        assert [wish.uid for wish in wishes.due(connection, "text", NOW, 9)] == uids[1:2]
        assert wishes.waiting(connection, "text") == 1
    again.close()


def test_a_wish_that_failed_is_put_off_and_one_wished_again_is_not(
    library: Library, uids: list[int]
) -> None:
    with library.database.writing() as connection:
        assert wishes.next_due(connection, "text") is None
        wishes.want(connection, uids, "text", NOW)
        wishes.failed(connection, uids[0], "text", NOW + 60)
        assert wishes.next_due(connection, "text") == NOW
        assert [wish.uid for wish in wishes.due(connection, "text", NOW + 59, 9)] == [uids[1]]
        late = wishes.due(connection, "text", NOW + 60, 9)
        assert [(wish.uid, wish.tries) for wish in late] == [(uids[1], 0), (uids[0], 1)]
        assert len(wishes.due(connection, "text", NOW + 60, 1)) == 1
        wishes.want(connection, uids[:1], "text", NOW)
        assert {wish.tries for wish in wishes.due(connection, "text", NOW, 9)} == {0}


def test_wishes_for_a_removed_source_wait_for_its_return(library: Library, uids: list[int]) -> None:
    with library.database.writing() as connection:
        wishes.want(connection, uids, "text", NOW)
        source = wishes.due(connection, "text", NOW, 9)[0].source
    library.remove_source(source)
    with library.database.reading() as connection:
        assert wishes.due(connection, "text", NOW, 9) == []
    library.undo()
    with library.database.reading() as connection:
        assert len(wishes.due(connection, "text", NOW, 9)) == 2


def test_wishes_go_with_the_article(library: Library, uids: list[int]) -> None:
    with library.database.writing() as connection:
        wishes.want(connection, uids, "text", NOW)
        connection.execute("DELETE FROM article WHERE uid = ?", (uids[0],))
        assert connection.execute("SELECT uid FROM wish").fetchall() == [(uids[1],)]


def test_an_article_that_moves_in_the_order_keeps_its_wish(
    library: Library, uids: list[int], feed: SourceData, make: Make
) -> None:
    with library.database.writing() as connection:
        wishes.want(connection, uids[:1], "text", NOW)
    library.store_articles(feed, [make(0, published=None, words="Isi baru.")])
    library.store_articles(feed, [make(0, published=make(50).published)])
    with library.database.reading() as connection:
        assert [wish.uid for wish in wishes.due(connection, "text", NOW, 9)] == uids[:1]


def test_a_star_asks_for_the_pictures_and_takes_the_wish_back(
    library: Library, uids: list[int]
) -> None:
    def wished() -> set[int]:
        with library.database.reading() as connection:
            return {wish.uid for wish in wishes.due(connection, "pictures", 0, 9)}

    ids = [keys.public_id(uid) for uid in uids]
    library.mark(ids, [Marking("starred", True), Marking("later", True)])
    assert wished() == set(uids[:2])
    library.mark(ids[:1], [Marking("starred", False)])
    assert wished() == {uids[1]}
    library.undo()
    assert wished() == set(uids[:2])
    library.mark_view(View(), Marking("starred", False))
    assert wished() == set()
