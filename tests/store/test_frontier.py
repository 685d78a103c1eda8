from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import Outcome
from kaltimtui.store import fetching, frontier, keys

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData, SourceData

    Make = Callable[..., ArticleData]

SITE = "https://www.kaltimprov.go.id/berita/"
HOME = 1
OTHER = 2
NOW = 1_800_000_000


@pytest.fixture
def connection(library: Library, portal: SourceData) -> Iterator[sqlite3.Connection]:
    assert library.navigation().sources[0].id == HOME
    with library.database.writing() as connection:
        yield connection


def _urls(*names: str) -> list[str]:
    return [SITE + name for name in names]


def test_the_newest_come_first_and_the_undated_last_as_they_were_found(
    connection: sqlite3.Connection,
) -> None:
    found = [("b", None), ("tua", 100), ("baru", 300), ("a", None), ("tengah", 200)]
    added = frontier.add(connection, HOME, [(SITE + name, at) for name, at in found], NOW)
    assert added == frontier.size(connection, HOME) == 5
    assert frontier.take(connection, HOME, 10) == _urls("baru", "tengah", "tua", "b", "a")
    assert frontier.take(connection, HOME, 2) == _urls("baru", "tengah")
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT url FROM frontier WHERE source_id = 1 AND waiting = 1"
        " ORDER BY published_at DESC, id LIMIT 5"
    ).fetchall()
    assert not [step for *_numbers, step in plan if "TEMP" in step or "SCAN" in step]


def test_an_address_waits_once_however_it_is_written(connection: sqlite3.Connection) -> None:
    assert frontier.add(connection, HOME, [(SITE + "a", None), (SITE + "a", 5)], NOW) == 1
    same = "http://kaltimprov.go.id/berita/a/"
    assert frontier.add(connection, HOME, [(same, None)], NOW) == 0
    assert frontier.add(connection, OTHER, [(SITE + "a", None)], NOW) == 1
    assert (frontier.size(connection, HOME), frontier.size(connection, OTHER)) == (1, 1)


def test_what_is_an_article_already_does_not_wait(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1), make(2)])
    urls = _urls("judul-1", "judul-2", "judul-3")
    with library.database.writing() as connection:
        assert frontier.known(connection, HOME, urls) == set(urls[:2])
        assert frontier.known(connection, OTHER, urls) == set()
        assert frontier.known(connection, HOME, ["http://kaltimprov.go.id/berita/judul-1/"])
        assert frontier.add(connection, HOME, [(url, None) for url in urls], NOW) == 1
        assert frontier.take(connection, HOME, 9) == urls[2:]


def test_what_was_fetched_waits_no_longer(library: Library, portal: SourceData, make: Make) -> None:
    urls = _urls("judul-1", "hilang", "judul-3")
    with library.database.writing() as connection:
        frontier.add(connection, HOME, [(url, None) for url in urls], NOW)
    library.store_articles(portal, [make(1)])
    with library.database.writing() as connection:
        frontier.done(connection, HOME, urls[:2], NOW)
        assert frontier.take(connection, HOME, 9) == urls[2:]
        assert frontier.refused(connection, HOME, urls) == {urls[1]}
        assert connection.execute("SELECT count(*) FROM frontier").fetchone() == (2,)


def test_what_is_no_article_is_not_asked_for_again_for_a_month(
    connection: sqlite3.Connection,
) -> None:
    url = SITE + "bukan-berita"
    frontier.done(connection, HOME, [url], NOW)
    later = NOW + frontier.REMEMBERED
    assert frontier.add(connection, HOME, [(url, None)], later) == 0
    assert frontier.refused(connection, HOME, [url]) == {url}
    assert frontier.add(connection, HOME, [(url, None)], later + 1) == 1
    assert frontier.refused(connection, HOME, [url]) == set()


def test_a_site_without_end_is_let_wait_in_bounds(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontier, "LIMIT", 3)
    found = [(f"{SITE}{number}", None) for number in range(5)]
    frontier.add(connection, HOME, found, NOW)
    assert frontier.take(connection, HOME, 9) == _urls("2", "3", "4")
    frontier.add(connection, HOME, [(SITE + "baru", 300), (SITE + "tua", 100)], NOW)
    assert frontier.take(connection, HOME, 9) == _urls("baru", "tua", "4")
    frontier.add(connection, HOME, [(SITE + "terbaru", 400), (SITE + "lebih-tua", 50)], NOW)
    assert frontier.take(connection, HOME, 9) == _urls("terbaru", "baru", "tua")


def test_a_date_that_is_learnt_later_is_kept(connection: sqlite3.Connection) -> None:
    assert frontier.add(connection, HOME, [(SITE + "a", None), (SITE + "b", 100)], NOW) == 2
    assert frontier.add(connection, HOME, [(SITE + "a", 200), (SITE + "b", None)], NOW) == 0
    assert frontier.add(connection, HOME, [(SITE + "a", 50)], NOW) == 0
    assert frontier.recent(connection, HOME, 9, 9) == [(SITE + "a", 200), (SITE + "b", 100)]


def test_what_may_be_news_is_what_is_newer_than_the_newest_kept_or_was_left(
    library: Library, portal: SourceData, make: Make
) -> None:
    stored = library.store_articles(portal, [make(number) for number in range(4)])
    listed = sorted(
        (library.article(keys.public_id(uid)).key >> keys.ORDER_BITS for uid in stored.stored.uids),
        reverse=True,
    )
    found = [("lama", listed[1] - 1), ("baru", listed[1] + 1), ("terbaru", listed[0] + 9)]
    with library.database.writing() as connection:
        frontier.add(connection, HOME, [(SITE + name, at) for name, at in found], NOW)
        frontier.add(connection, HOME, [(SITE + "sudah", None)], NOW)
        outcome = Outcome(HOME, keys.moment_at(NOW), None)
        fetching.record(connection, outcome)
        frontier.add(connection, HOME, [(SITE + "tersisa", None)], NOW + 1)
        news = [SITE + "terbaru", SITE + "baru", SITE + "tersisa"]
        assert [url for url, _at in frontier.recent(connection, HOME, 2, 9)] == news
        assert [url for url, _at in frontier.recent(connection, HOME, 2, 1)] == news[::2]
        # Fewer are kept: as many more as are missing.
        some = [url for url, _at in frontier.recent(connection, HOME, 7, 9)]
        assert some == [SITE + "terbaru", SITE + "baru", SITE + "lama", SITE + "tersisa"]


def test_what_became_an_article_meanwhile_is_no_news(
    library: Library, portal: SourceData, make: Make
) -> None:
    with library.database.writing() as connection:
        frontier.add(connection, HOME, [(url, None) for url in _urls("judul-1", "b")], NOW)
    library.store_articles(portal, [make(1)])
    with library.database.reading() as connection:
        assert frontier.recent(connection, HOME, 9, 9) == [(SITE + "b", None)]


def test_what_waits_is_there_at_the_next_start(library: Library) -> None:
    with library.database.writing() as connection:
        frontier.add(connection, HOME, [(SITE + "a", None)], NOW)
    again = type(library).open(library.paths)
    with again.database.reading() as connection:
        assert frontier.take(connection, HOME, 9) == [SITE + "a"]
    again.close()
