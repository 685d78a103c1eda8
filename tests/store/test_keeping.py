"""Articles that are too old or too many go; what is marked stays, and what went stays away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kaltimtui import importing, subscriptions
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import StoreError, UsageError
from kaltimtui.importing import Fetched
from kaltimtui.library import Library, Limits
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.store import incoming, keeping, keys, stories, wishes
from kaltimtui.store.salvage import salvage

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.paths import Paths
    from kaltimtui.store.wishes import WishKind


Make: TypeAlias = "Callable[..., ArticleData]"
WISHED: tuple[WishKind, ...] = ("text", "pictures")
SAMPLE = SourceData("Edisi contoh", "sample")
NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


def _dated(make: Make, days: int, **said: Any) -> ArticleData:
    """An article of so many days ago."""
    return make(days, published=Stamp(NOW - timedelta(days=days), "time"), **said)


def _tidy(library: Library, **limits: int) -> int:
    return sum(library.tidy(Limits(**limits)))


def _titles(library: Library, view: View | None = None) -> list[str]:
    return [row.title for row in library.rows(view or View())]


def _count(library: Library, table: str, where: str = "true") -> int:
    with library.database.reading() as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
        return found


def _fetch(library: Library, source: SourceData, said: list[ArticleData]) -> int:
    """What a refresh does with what a source sent; how many articles were new."""
    number = subscriptions.of(library).find(source.name).id
    ready = incoming.ready(said, keys.seconds_of(library.now()))
    (kept,) = importing.keep_fetched(library.database, [Fetched(number, ready)], library.now())
    return kept.stored.new


def test_nothing_goes_unless_it_is_set(library: Library, portal: SourceData, make: Make) -> None:
    library.store_articles(portal, [_dated(make, days) for days in (1, 4000)])
    assert _tidy(library) == 0
    assert library.navigation().all.total == 2


def test_what_is_too_old_goes_with_all_that_belongs_to_it(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = [_dated(make, days) for days in (1, 29, 31, 400)]
    library.store_articles(feed, said)
    library.store_articles(feed, [_dated(make, 31, words="Isi yang diubah.")])
    with library.database.writing() as connection:
        uids = [uid for (uid,) in connection.execute("SELECT uid FROM article")]
        wishes.want(connection, uids, "text", 0)
    assert _count(library, "version") == 1
    assert _tidy(library, days=30) == 2
    assert _titles(library) == ["Judul 1", "Judul 29"]
    assert library.navigation().sources[-1].count == Count(2, 2)
    for table in ("article", "body", "fts_docsize", "wish", "gone"):
        assert _count(library, table) == 2, table
    assert _count(library, "version") == 0
    assert library.count(View(ViewKind.SEARCH, query="diubah")) == Count()
    assert all(check.ok for check in library.doctor().checks)


@pytest.mark.parametrize(
    "marking",
    [
        Marking("starred", True),
        Marking("later", True),
        Marking("tag", "kliping"),
        Marking("note", "ingat"),
    ],
)
def test_what_is_marked_never_goes(
    library: Library, portal: SourceData, make: Make, marking: Marking
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in (1, 300, 400)])
    kept = library.rows(View())[-1]
    library.mark([kept.id], [marking])
    subscriptions.of(library).keep_articles(_portal(library), 1)
    _tidy(library, days=30, articles=1, megabytes=1)
    assert _titles(library) == ["Judul 1", "Judul 400"]


def _portal(library: Library) -> int:
    return subscriptions.of(library).find("Portal Kaltim").id


@pytest.mark.parametrize("field", ["read", "hidden"])
def test_what_was_read_or_hidden_goes(
    library: Library, portal: SourceData, make: Make, field: Any
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in (1, 400)])
    old = library.rows(View())[-1]
    library.mark([old.id], [Marking(field, True)])
    assert _tidy(library, days=30) == 1
    assert _count(library, "article") == 1
    assert _count(library, "hidden") == (field == "hidden")
    assert library.count(View(ViewKind.HIDDEN)) == Count()
    library.undo()
    assert all(check.ok for check in library.doctor().checks)


def test_the_sample_edition_stays(library: Library, make: Make) -> None:
    library.store_articles(SAMPLE, [_dated(make, days) for days in (1, 400)])
    assert _tidy(library, days=30, articles=1) == 0


def test_the_newest_of_a_source_and_of_all_stay(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in range(0, 20, 2)])
    library.store_articles(feed, [_dated(make, days) for days in range(1, 20, 2)])
    subscriptions.of(library).keep_articles(_portal(library), 3)
    assert _tidy(library) == 7
    assert _titles(library, View(ViewKind.SOURCE, source=_portal(library))) == [
        "Judul 0",
        "Judul 2",
        "Judul 4",
    ]
    assert _tidy(library, articles=5) == 8
    assert _titles(library) == [f"Judul {days}" for days in range(5)]
    assert _tidy(library, articles=5) == 0


def test_a_source_has_an_age_of_its_own(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    for source in (portal, feed):
        library.store_articles(source, [_dated(make, days) for days in (5, 50)])
    known = subscriptions.of(library)
    known.keep_days(_portal(library), 0)
    assert _tidy(library, days=30) == 1
    known.keep_days(_portal(library), 10)
    assert _tidy(library, days=100) == 1
    assert sorted(_titles(library)) == ["Judul 5", "Judul 5"]


def test_so_much_room_is_kept(library: Library, portal: SourceData, make: Make) -> None:
    # Figures in no order: a text of words would be packed to nothing.
    words = [
        " ".join(str(keys.hash64(f"{article} {word}")) for word in range(4000))
        for article in range(60)
    ]
    library.store_articles(portal, [_dated(make, n, words=words[n]) for n in range(60)])
    with library.database.reading() as connection:
        before = keeping.estimate(connection)
        assert before > 3 << 20
        assert before == sum(one.bytes for one in keeping.room(connection))
    assert 0 < _tidy(library, megabytes=2) < 60
    with library.database.reading() as connection:
        assert 19 << 16 < keeping.estimate(connection) <= 2 << 20
    kept = _titles(library)
    assert kept == [f"Judul {days}" for days in range(len(kept))]
    assert _tidy(library, megabytes=2) == 0


def test_what_is_set_is_a_step_of_undo(library: Library, portal: SourceData, make: Make) -> None:
    library.store_articles(portal, [_dated(make, 400)])
    known, source = subscriptions.of(library), _portal(library)
    known.keep_days(source, 30)
    known.keep_days(source, 30)  # so already: no step
    library.undo()
    assert known.get(source).keep_days is None
    assert _tidy(library) == 0
    library.redo()
    assert known.get(source).keep_days == 30
    assert _tidy(library) == 1
    library.undo()
    assert library.navigation().all.total == 0
    with pytest.raises(UsageError):
        known.keep_articles(source, -1)


# --- staying away ------------------------------------------------------------------------------


def test_what_went_stays_away_while_its_feed_still_carries_it(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = [_dated(make, days, guid=f"g{days}") for days in (1, 400)]
    library.store_articles(feed, said)
    assert _tidy(library, days=30) == 1
    changed = _dated(make, 400, guid="g400", words="Isi yang diubah.")
    assert _fetch(library, feed, [*said, changed]) == 0
    assert _titles(library) == ["Judul 1"]
    assert _fetch(library, feed, [_dated(make, 2, guid="g2"), *said]) == 1


def test_what_went_is_known_by_its_address_unless_the_entry_is_another(
    library: Library, feed: SourceData, make: Make
) -> None:
    old = _dated(make, 400, guid="g400")
    library.store_articles(feed, [old])
    _tidy(library, days=30)
    renamed = _dated(make, 400, guid="lain")
    another = _dated(make, 0, guid="baru", url=old.url)
    page = _dated(make, 400, words="Halaman dengan teks lain.")
    assert _fetch(library, feed, [renamed]) == 0
    assert _fetch(library, feed, [page]) == 0
    assert _fetch(library, feed, [another]) == 1
    assert _titles(library) == ["Judul 0"]


def test_a_page_that_went_is_known_by_its_words_too(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, 400)])
    _tidy(library, days=30)
    assert _fetch(library, portal, [_dated(make, 400, url=None)]) == 0


def test_what_went_comes_back_where_the_user_brings_it(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = _dated(make, 400, guid="g")
    library.store_articles(feed, [said])
    before = library.rows(View())[0].id
    _tidy(library, days=30)
    library.store_articles(feed, [said])
    assert [row.id for row in library.rows(View())] == [before]
    assert _count(library, "gone") == 0
    assert _fetch(library, feed, [said]) == 0
    assert len(library.rows(View())) == 1


def test_what_was_starred_again_by_undo_comes_back(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = _dated(make, 400, guid="g")
    library.store_articles(feed, [said])
    id_ = library.rows(View())[0].id
    library.mark([id_], [Marking("starred", True)])
    library.mark([id_], [Marking("starred", False)])
    assert _tidy(library, days=30) == 1
    library.undo()
    assert _fetch(library, feed, [said]) == 1
    assert [row.id for row in library.rows(View(ViewKind.STARRED))] == [id_]


def test_what_no_source_names_for_a_year_is_forgotten(
    library: Library, feed: SourceData, make: Make, clock: Any
) -> None:
    named, silent = _dated(make, 400, guid="a"), _dated(make, 401, guid="b")
    library.store_articles(feed, [named, silent])
    library.mark([row.id for row in library.rows(View())], [Marking("read", True)])
    _tidy(library, days=30)
    identities = _count(library, "identity")
    clock.go(days=200)
    assert _fetch(library, feed, [named]) == 0
    clock.go(days=180)
    _tidy(library, days=30)
    assert _count(library, "gone") == 2  # not worth going through all yet
    clock.go(days=20)
    _tidy(library, days=30)
    assert _count(library, "gone") == _count(library, "mark") == 1
    assert _count(library, "identity") == identities / 2
    assert _fetch(library, feed, [named]) == 0
    assert _fetch(library, feed, [silent]) == 1


def test_what_went_stays_away_from_a_store_that_was_salvaged(
    library: Library, feed: SourceData, make: Make, paths: Paths, clock: Any
) -> None:
    said = [_dated(make, 400, guid="g400"), _dated(make, 1, guid="g1")]
    library.store_articles(feed, said)
    assert _tidy(library, days=30) == 1
    library.close()
    salvage(paths.store, NOW)
    again = Library.open(paths, clock=clock)
    assert _fetch(again, feed, [*said, _dated(make, 400, guid="lain")]) == 0
    assert _titles(again) == ["Judul 1"]
    again.close()


# --- how it runs -------------------------------------------------------------------------------


def test_it_may_be_left_and_goes_on_with_the_oldest(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, 100 + number) for number in range(150)])
    steps = library.tidy(Limits(days=30))
    assert next(steps) == keeping.STEP
    assert _titles(library)[-1] == f"Judul {249 - keeping.STEP}"
    library.mark([library.rows(View())[-1].id], [Marking("starred", True)])
    assert sum(steps) == 149 - keeping.STEP
    assert _titles(library) == [f"Judul {249 - keeping.STEP}"]


def test_in_one_go_no_more_than_so_many(
    library: Library, portal: SourceData, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2 * keeping.STEP)
    library.store_articles(portal, [_dated(make, 100 + number) for number in range(150)])
    assert _tidy(library, days=30) == 2 * keeping.STEP
    assert _tidy(library, days=30) == 150 - 2 * keeping.STEP


def test_what_is_marked_while_it_is_looked_for_stays(
    library: Library, portal: SourceData, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in (300, 400)])
    first = library.rows(View())[0]
    remove = keeping._remove

    def late(*given: Any) -> int:
        given[0].execute("UPDATE mark SET starred = 1")
        return remove(*given)

    library.mark([first.id], [Marking("read", True)])
    monkeypatch.setattr(keeping, "_remove", late)
    assert _tidy(library, days=30) == 1
    assert _titles(library) == [first.title]


def test_a_library_that_cannot_be_written_to_is_left(library: Library) -> None:
    library.trouble = UsageError("x")
    assert list(library.tidy(Limits(days=1))) == []


def test_no_query_of_it_sorts_or_reads_all_articles(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in range(5)])
    subscriptions.of(library).keep_articles(_portal(library), 3)
    asked: list[str] = []
    with library.database.reading() as connection:
        connection.set_trace_callback(asked.append)
        lots = keeping._lots_of_sources(connection, 3, keys.seconds_of(NOW))
        by_number = keeping._by_number(connection, Limits(articles=3))
        connection.set_trace_callback(None)
        assert by_number is not None
        for lot in (*lots, by_number):
            where = f"{keeping._MAY_GO} AND id > 0 AND id < 9"
            asked += [f"SELECT id FROM {lot.tables} {where} ORDER BY id LIMIT 9"]
        for query in asked:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {query.replace('?', '1')}").fetchall()
            steps = " / ".join(row[-1] for row in plan)
            assert "SCAN article" not in steps, (query, steps)
            assert "TEMP B-TREE" not in steps, (query, steps)
    assert len(asked) > 4


# --- what is starred of a source that was removed ----------------------------------------------


def test_what_is_starred_stays_when_its_source_is_removed(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, days) for days in (1, 2, 300, 400)])
    library.store_articles(feed, [_dated(make, 3)])
    starred, other = library.rows(View())[-1], library.rows(View())[0]
    library.mark([starred.id], [Marking("starred", True)])
    library.remove_source(_portal(library))
    assert _titles(library) == ["Judul 3"]
    assert _titles(library, View(ViewKind.STARRED)) == [starred.title]
    assert library.navigation().starred == Count(1, 1)
    assert _tidy(library, days=100) == 1
    assert library.article(starred.id).document == Document((paragraph("Isi berita nomor 400."),))
    library.mark([starred.id], [Marking("starred", False)])
    assert library.count(View(ViewKind.STARRED)) == Count()
    library.undo()
    assert _titles(library, View(ViewKind.STARRED)) == [starred.title]
    library.mark([starred.id], [Marking("hidden", True)])
    assert _titles(library, View(ViewKind.STARRED)) == []
    library.undo()
    assert _titles(library, View(ViewKind.STARRED)) == [starred.title]
    library.undo()  # the removal
    assert {starred.id, other.id} < {row.id for row in library.rows(View())}
    assert all(check.ok for check in library.doctor().checks)


def test_what_is_starred_after_its_source_was_removed_is_seen(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, 1)])
    (row,) = library.rows(View())
    library.remove_source(_portal(library))
    library.mark([row.id], [Marking("starred", True)])
    assert _titles(library, View(ViewKind.STARRED)) == [row.title]
    assert _titles(library) == []


def test_pictures_and_text_are_wished_for_what_is_starred_and_not_once_its_source_is_gone_too(
    library: Library, feed: SourceData, make: Make
) -> None:
    library.store_articles(feed, [_dated(make, 1)])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("starred", True)])
    library.remove_source(subscriptions.of(library).find(feed.name).id)
    with library.database.reading() as connection:
        for kind in WISHED:
            assert len(wishes.due(connection, kind, keys.seconds_of(NOW), 9)) == 1


# --- room --------------------------------------------------------------------------------------


def test_the_doctor_tells_the_room_of_sources_and_gives_it_back(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    library.store_articles(portal, [_dated(make, 100 + number) for number in range(300)])
    library.store_articles(feed, [_dated(make, 1)])
    library.remove_source(subscriptions.of(library).find(feed.name).id)
    first, second = library.doctor().room
    assert (first.source, first.articles, first.removed) == (portal.name, 300, False)
    assert (second.source, second.articles, second.removed) == (feed.name, 1, True)
    assert first.bytes > 200 * second.bytes
    _tidy(library, days=30)
    before = library.doctor().bytes
    report = library.doctor(compact=True)
    assert report.free == 0
    assert report.bytes < before
    assert len(report.repairs) == 1
    assert all(check.ok for check in report.checks)


def test_compacting_needs_room(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("", (), {"free": 1000}))
    with pytest.raises(StoreError, match="1 KiB"):
        library.doctor(compact=True)


def test_stories_go_on_without_what_went(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    for source in (portal, feed):
        library.store_articles(source, [_dated(make, 40)])
    with library.database.writing() as connection:
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM article ORDER BY id")]
        stories._unite(connection, *ids)
    subscriptions.of(library).keep_days(_portal(library), 30)
    assert _tidy(library) == 1
    assert len(library.rows(View())) == 1
    assert _count(library, "telling") == 0


def test_what_is_too_old_to_be_compared_is_dropped_in_small_steps(
    library: Library, portal: SourceData, make: Make, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "PRUNED", 2)
    words = " ".join(f"kata{n}" for n in range(200))
    library.store_articles(portal, [_dated(make, days, words=words) for days in range(1, 6)])
    assert _count(library, "sketch") == 5
    assert list(library.tidy(Limits())) == []
    clock.go(days=60)
    assert list(library.tidy(Limits())) == [0, 0, 0]
    assert _count(library, "sketch") == _count(library, "shingle") == 0
    assert list(library.tidy(Limits())) == []
