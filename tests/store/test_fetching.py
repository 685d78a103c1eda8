from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import i18n
from kaltimtui.dates import Stamp
from kaltimtui.errors import FetchError
from kaltimtui.models import (
    ArticleData,
    Health,
    Outcome,
    Source,
    SourceData,
    Validators,
    View,
    ViewKind,
)
from kaltimtui.store import fetching, keys, sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]


def _sources(library: Library) -> dict[str, Source]:
    with library.database.reading() as connection:
        found = fetching.all_sources(connection, keys.seconds_of(library.now()))
    return {source.name: source for source in found}


def _record(library: Library, outcome: Outcome) -> None:
    with library.database.writing() as connection:
        fetching.record(connection, outcome)


@pytest.fixture
def warta(library: Library, feed: SourceData) -> int:
    library.add_sources([feed])
    return _sources(library)["Warta"].id


def _outcome(source: int, clock: Any, **said: Any) -> Outcome:
    return Outcome(**({"source": source, "at": clock.now, "next_try": None} | said))


def test_a_source_that_was_never_tried_has_nothing_to_tell(library: Library, warta: int) -> None:
    source = _sources(library)["Warta"]
    assert source == Source(warta, "Warta", "feed", "https://warta.example/rss")
    assert source.health == Health()


def test_the_order_is_that_of_the_tree_without_the_sample_and_the_removed(
    library: Library, make: Make
) -> None:
    library.store_articles(SourceData("Contoh", "sample"), [make(1)])
    library.add_sources(
        [
            SourceData("zona", "feed", "https://z.example/rss"),
            SourceData("Alfa", "feed", "https://a.example/rss", "Nasional"),
            SourceData("Beta", "feed", "https://b.example/rss"),
            SourceData("Situs", "portal", "https://p.example/"),
        ]
    )
    library.remove_source(_sources(library)["Beta"].id)
    nodes = [node.name for node in library.navigation().sources if node.kind != "sample"]
    assert list(_sources(library)) == nodes == ["Portal Kaltim", "Situs", "zona", "Alfa"]


def test_a_success_is_kept(library: Library, warta: int, clock: Any) -> None:
    later = clock.now + timedelta(minutes=30)
    given = Validators('"a1"', "Tue, 24 Nov 2026 00:15:00 GMT")
    _record(library, _outcome(warta, clock, next_try=later, http_status=200, validators=given))
    source = _sources(library)["Warta"]
    assert source.validators == given
    assert source.health == Health(clock.now, clock.now, later, http_status=200)


def test_failures_are_counted_until_it_answers_again(
    library: Library, warta: int, clock: Any
) -> None:
    first = clock.now
    given = Validators('"a1"')
    _record(library, _outcome(warta, clock, validators=given))
    for failures in (1, 2, 3):
        clock.go(hours=1)
        _record(library, _outcome(warta, clock, error="Tidak\x1b[2J ada", http_status=503))
        source = _sources(library)["Warta"]
        assert source.validators == given
        assert source.health == Health(
            clock.now, first, None, failures, "Tidak[2J ada", http_status=503
        )
    _record(library, _outcome(warta, clock, http_status=304))
    health = _sources(library)["Warta"].health
    assert (health.failures, health.error, health.succeeded) == (0, None, clock.now)


def test_why_it_failed_is_told_in_the_language_of_the_reader(
    library: Library, warta: int, clock: Any
) -> None:
    said = i18n._("{host} takes no connections.").format(host="warta\x1b.example")
    error = FetchError(said, reason="connect", hint=i18n._("Check the network connection."))
    _record(library, _outcome(warta, clock, error=str(error)))
    found = {}
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        found[language] = _sources(library)["Warta"].health.error
    assert found == {
        "id": "warta.example tidak menerima sambungan. Periksa sambungan jaringan.",
        "en": "warta.example takes no connections. Check the network connection.",
    }


def test_a_reason_kept_as_plain_text_is_told_as_it_is(
    library: Library, warta: int, clock: Any
) -> None:
    _record(library, _outcome(warta, clock, error="x"))
    with library.database.writing() as connection:
        connection.execute("UPDATE fetching SET error = 'warta.example tidak menjawab.'")
    i18n.set_language("en")
    assert _sources(library)["Warta"].health.error == "warta.example tidak menjawab."


def test_validators_can_be_taken_back(library: Library, warta: int, clock: Any) -> None:
    _record(library, _outcome(warta, clock, validators=Validators('"a1"', "x")))
    _record(library, _outcome(warta, clock, validators=Validators()))
    assert _sources(library)["Warta"].validators == Validators()


def test_a_source_that_is_gone_stays_until_it_is_asked_for(
    library: Library, warta: int, clock: Any
) -> None:
    _record(library, _outcome(warta, clock, error="410", http_status=410, gone=True))
    assert _sources(library)["Warta"].health.gone
    with library.database.writing() as connection:
        fetching.revive(connection, warta)
    health = _sources(library)["Warta"].health
    assert (health.gone, health.failures) == (False, 0)


def test_a_source_that_has_moved_is_known_by_both_addresses(
    library: Library, warta: int, feed: SourceData, clock: Any, make: Make
) -> None:
    library.store_articles(feed, [make(1)])
    uids = [row.id for row in library.rows(_view(warta))]
    _record(library, _outcome(warta, clock, moved_to="https://baru.example/feed"))
    assert _sources(library)["Warta"].url == "https://baru.example/feed"
    for url in (feed.url, "http://www.baru.example/feed/"):
        assert library.add_sources([SourceData("Lain", "feed", url)]) == ()
    library.store_articles(SourceData("Lain", "feed", "https://baru.example/feed"), [make(1)])
    assert [row.id for row in library.rows(_view(warta))] == uids


def test_a_source_does_not_move_to_where_another_one_is(
    library: Library, warta: int, clock: Any
) -> None:
    library.add_sources([SourceData("Lain", "feed", "https://lain.example/rss")])
    _record(library, _outcome(warta, clock, moved_to="http://lain.example/rss"))
    assert _sources(library)["Warta"].url == "https://warta.example/rss"


@pytest.mark.parametrize(
    ("url", "private"),
    [("https://warta.example/baru", True), ("https://jahat.example/rss", False)],
)
def test_what_was_typed_is_a_host_and_does_not_move_along(
    library: Library, warta: int, clock: Any, url: str, private: bool
) -> None:
    with library.database.writing() as connection:
        fetching.set_private(connection, warta, True)
    _record(library, _outcome(warta, clock, moved_to=url))
    source = _sources(library)["Warta"]
    assert (source.url, source.private) == (url, private)


def test_an_interval_counts_from_the_last_try(library: Library, warta: int, clock: Any) -> None:
    far = clock.now + timedelta(hours=12)
    _record(library, _outcome(warta, clock, next_try=far))
    with library.database.writing() as connection:
        fetching.set_interval(connection, warta, 60)
    source = _sources(library)["Warta"]
    assert (source.interval, source.health.next_try) == (60, clock.now + timedelta(hours=1))
    with library.database.writing() as connection:
        fetching.set_interval(connection, warta, None)
    source = _sources(library)["Warta"]
    assert (source.interval, source.health.next_try) == (None, None)


def test_an_interval_does_not_hurry_a_source_that_fails(
    library: Library, warta: int, clock: Any
) -> None:
    far = clock.now + timedelta(hours=12)
    _record(library, _outcome(warta, clock, next_try=far, error="503"))
    for minutes in (5, None):
        with library.database.writing() as connection:
            fetching.set_interval(connection, warta, minutes)
        assert _sources(library)["Warta"].health.next_try == far


def test_articles_a_week_are_those_of_the_last_four(
    library: Library, warta: int, feed: SourceData, make: Make, clock: Any
) -> None:
    ages = (0, 1, 6, 13, 20, 27, 29, 40, 4_000)
    said = [
        make(n, published=Stamp(clock.now - timedelta(days=age), "time"))
        for n, age in enumerate(ages)
    ]
    ahead = make(90, published=Stamp(clock.now + timedelta(days=400), "time"))
    library.store_articles(feed, [*said, make(91, published=None), ahead])
    library.store_articles(SourceData("Lain", "feed", "https://l.example/"), [make(99)])
    assert _sources(library)["Warta"].health.per_week == (6 + 2) / 4
    assert _sources(library)["Portal Kaltim"].health.per_week == 0


def test_the_newest_article_is_the_one_whose_date_is_believed(
    library: Library, warta: int, feed: SourceData, make: Make, clock: Any
) -> None:
    def newest() -> int | None:
        with library.database.reading() as connection:
            return fetching.newest(connection, warta)

    library.store_articles(feed, [make(1, published=None)])
    assert newest() is None
    yesterday = Stamp(clock.now - timedelta(days=1), "time")
    ahead = Stamp(clock.now + timedelta(days=400), "time")
    same = [make(n, published=yesterday) for n in range(2, 9)]
    library.store_articles(feed, [*same, make(9), make(10, published=ahead)])
    assert newest() == keys.seconds_of(yesterday.moment)


def test_the_sources_are_found_without_a_look_at_old_articles(library: Library) -> None:
    query = f"EXPLAIN QUERY PLAN {fetching._SOURCES} {sources.ORDER}"
    with library.database.reading() as connection:
        plan = [row[3] for row in connection.execute(query, (0, 1, sources.HOME))]
    (step,) = (step for step in plan if "article" in step)
    assert step == (
        "SEARCH article USING COVERING INDEX article_source"
        " (source_id=? AND aside=? AND rowid>? AND rowid<?)"
    )


def test_one_source_is_found_unless_it_was_removed(library: Library, warta: int) -> None:
    def one(source: int) -> Source | None:
        with library.database.reading() as connection:
            return fetching.one_source(connection, source, 0)

    assert one(warta) == _sources(library)["Warta"]
    assert one(99) is None
    library.remove_source(warta)
    assert one(warta) is None


def test_to_know_what_is_due_loads_nothing_heavy() -> None:
    code = """
import sys
import kaltimtui.subscriptions
heavy = ("textual", "rich", "httpx", "lxml", "feedparser", "asyncio", "tomllib",
         "kaltimtui.parsing.sites", "kaltimtui.net")
print([name for name in heavy if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def _view(source: int) -> View:
    return View(ViewKind.SOURCE, source=source)
