from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui import organising, subscriptions
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, FolderCount, Marking, SourceData, View, ViewKind
from kaltimtui.store import probing, saved, settling
from kaltimtui.store.connection import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import MarkField
    from kaltimtui.organising import Organising
    from kaltimtui.paths import Paths

    from .conftest import Clock

WORDS = ("banjir", "pasar", "jalan", "sekolah")
SOURCES = (
    SourceData("Warta", "feed", "https://warta.example/rss"),
    SourceData("Kabar", "feed", "https://kabar.example/rss"),
)
QUERIES = (
    "banjir",
    "banjir or pasar",
    "-banjir",
    "judul:jalan",
    "is:starred",
    "-is:later pasar",
    "is:later or tag:kota",
    "tag:kota",
    "-tag:kota sekolah",
    "has:note",
    "catatan:cek",
    "is:hidden",
    "is:read",
    "is:unread",
    "is:edited",
    "has:image",
    "umur:<2hari",
    "umur:>30jam pasar",
    "tanggal:hari-ini",
    "tanggal:kemarin or is:starred",
    "sumber:warta",
    "sumber:kabar or kategori:sosial",
    "tempat:samarinda",
)


def said(number: int, clock: Clock, word: str, **more: Any) -> ArticleData:
    values: dict[str, Any] = {
        "title": f"Judul {word} {number}",
        "url": f"https://warta.example/{number}",
        "category": ("Sosial", "Ekonomi")[number % 2],
        "dateline": ("SAMARINDA", None)[number % 2],
        "published": Stamp(clock.now - timedelta(hours=9 * (number % 12)), "time"),
        "document": Document((paragraph(f"Isi tentang {WORDS[number % 4]} saja."),)),
    }
    return ArticleData(**values | more)


def counts(organised: Organising) -> dict[str, int]:
    return {one.query: one.unread for one in organised.searches()}


def in_full(library: Library) -> dict[str, int]:
    """What a full run of each saved search counts."""
    return {
        one.query: library.count(View(ViewKind.SAVED, saved=one.id)).unread
        for one in organising.of(library).searches()
    }


def kept_queries(library: Library, *queries: str) -> Organising:
    organised = organising.of(library)
    for one in organised.searches():
        organised.remove_search(one.id)
    for number, query in enumerate(queries):
        organised.add_search(f"Cari {number}", query)
    return organised


# --- whatever happens, counts are those of a full run --------------------------------------------


class _World:
    """A library that things happen to."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self.library, self.clock = library, clock
        self.number = 0

    def _ids(self, place: int, many: int) -> list[str]:
        rows = self.library.rows(View()) + self.library.rows(View(ViewKind.HIDDEN))
        ids = list(dict.fromkeys(row.id for row in rows))
        return (ids[place % len(ids) :] + ids)[:many] if ids else []

    def do(self, what: str, place: int, many: int) -> None:
        getattr(self, what)(place, many)

    def come(self, place: int, many: int) -> None:
        new = range(self.number, self.number + many)
        self.library.store_articles(
            SOURCES[place % 2], [said(n, self.clock, WORDS[(n + place) % 4]) for n in new]
        )
        self.number += many

    def change(self, place: int, many: int) -> None:
        for number in range(self.number)[place % 5 :: 5][:many]:
            more = {"image": "https://a.example/a.jpg"} if place % 2 else {}
            changed = said(number, self.clock, WORDS[place % 4], **more)
            for source in SOURCES:
                self.library.store_articles(source, [changed])

    def mark(self, place: int, many: int) -> None:
        fields: tuple[MarkField, ...] = ("read", "starred", "later", "hidden")
        ids = self._ids(place, many)
        self.library.mark(ids, [Marking(fields[place % 4], place % 3 > 0)])

    def tag(self, place: int, many: int) -> None:
        tag = ("kota", "kota/tepi", "lain")[place % 3]
        self.library.mark(self._ids(place, many), [Marking("tag", tag, remove=place % 4 == 0)])

    def note(self, place: int, many: int) -> None:
        note = ("cek angka", "lain", None)[place % 3]
        self.library.mark(self._ids(place, many), [Marking("note", note)])

    def undo(self, _place: int, many: int) -> None:
        for _time in range(many):
            self.library.undo()

    def redo(self, _place: int, many: int) -> None:
        for _time in range(many):
            self.library.redo()

    def wait(self, place: int, _many: int) -> None:
        self.clock.go(hours=place - 3)

    def rename(self, place: int, _many: int) -> None:
        subs = subscriptions.of(self.library)
        for source in subs.all()[-1:]:
            with suppress(UsageError):  # another one is called so
                subs.rename(source.id, ("Warta", "Kabar", f"Lain {place}")[place % 3])

    def leave(self, place: int, _many: int) -> None:
        subs = subscriptions.of(self.library)
        for source in subs.all()[place % 2 + 1 :][:1]:
            subs.remove(source.id)

    def ask(self, place: int, _many: int) -> None:
        organised = organising.of(self.library)
        known = organised.searches()  # undo may have taken some of them back
        one = known[place % len(known)]
        organised.change_search(one.id, query=f"{WORDS[place % 4]} or {one.query}"[:200])

    def settle(self, _place: int, _many: int) -> None:
        organising.of(self.library).settle()


_DOINGS = st.tuples(
    st.sampled_from(
        [
            "come",
            "come",
            "change",
            "mark",
            "mark",
            "mark",
            "tag",
            "note",
            "undo",
            "redo",
            "wait",
            "rename",
            "leave",
            "ask",
            "settle",
        ]
    ),
    st.integers(0, 11),
    st.integers(1, 6),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_DOINGS, min_size=4, max_size=24))
def test_counts_are_those_of_a_full_run(
    paths: Paths, clock: Clock, doings: list[tuple[str, int, int]]
) -> None:
    clock.now = datetime(2026, 11, 24, 8, 15, 30, tzinfo=WITA)
    library = Library(paths, Database.in_memory(), clock=clock)
    try:
        organised = kept_queries(library, *QUERIES)
        world = _World(library, clock)
        world.come(0, 8)
        world.come(1, 8)
        for doing in doings:
            world.do(*doing)
        organised.settle()
        assert counts(organised) == in_full(library)
        assert organised.settle() is False
    finally:
        library.close()


# --- what is done, and what is not ---------------------------------------------------------------


@pytest.fixture
def filled(library: Library, clock: Clock, feed: SourceData) -> Library:
    library.store_articles(feed, [said(n, clock, WORDS[n % 4]) for n in range(12)])
    return library


def test_reading_and_being_put_away_count_at_once(filled: Library) -> None:
    organised = kept_queries(filled, "banjir")
    assert counts(organised) == {"banjir": 0}
    assert organised.settle() is True
    assert counts(organised) == {"banjir": 3}
    ids = [row.id for row in filled.rows(View(ViewKind.SEARCH, query="banjir"))]
    filled.mark(ids[:1], [Marking("read", True)])
    assert counts(organised) == {"banjir": 2}
    filled.mark(ids[1:2], [Marking("hidden", True)])
    assert counts(organised) == {"banjir": 1}
    assert organised.settle() is False
    filled.undo()
    filled.undo()
    assert organised.settle() is True
    assert counts(organised) == {"banjir": 3}


def test_only_what_is_fresh_is_looked_for(
    filled: Library, clock: Clock, feed: SourceData, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = kept_queries(filled, "banjir", "is:starred", "umur:<2hari")
    organised.settle()
    asked: list[tuple[int, int]] = []
    found = probing.between

    def spy(connection: Any, scopes: Any, low: int, high: int) -> Any:
        asked.append((low, high))
        return found(connection, scopes, low, high)

    monkeypatch.setattr(probing, "between", spy)
    assert organised.settle() is False
    clock.go(seconds=30)
    assert organised.settle() is False
    newest = filled.rows(View())[0]
    filled.mark([newest.id], [Marking("read", True)])
    assert organised.settle() is False
    assert asked == []
    second = filled.rows(View())[1]
    filled.mark([second.id], [Marking("starred", True)])
    assert organised.settle() is True
    assert asked == [(second.key, second.key)]
    filled.store_articles(feed, [said(12, clock, "banjir")])
    assert organised.settle() is True
    key = filled.rows(View())[0].key
    assert asked[1:] == [(key, key)] * 3


def test_where_much_is_fresh_all_is_run_in_full(
    filled: Library, clock: Clock, feed: SourceData, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = kept_queries(filled, "banjir", "is:starred")
    organised.settle()
    monkeypatch.setattr(settling, "MOST_FRESH", 2)
    filled.store_articles(feed, [said(n, clock, "banjir") for n in range(12, 15)])
    assert organised.settle() is True
    assert counts(organised) == in_full(filled)
    assert counts(organised)["banjir"] == 6


def test_where_many_are_marked_what_asks_for_marks_is_run_in_full(
    filled: Library, clock: Clock, feed: SourceData, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = kept_queries(filled, "banjir", "is:starred", "pasar -tag:kota")
    organised.settle()
    monkeypatch.setattr(settling, "MOST_FRESH", 2)
    ids = [row.id for row in filled.rows(View())]
    filled.mark(ids, [Marking("starred", True), Marking("tag", "kota")])
    filled.store_articles(feed, [said(n, clock, "banjir") for n in (12, 13)])
    run: list[str] = []
    in_full_ = settling._Settling._run_in_full

    def spy(settled: Any, search: Any) -> bool:
        run.append(search.query)
        return in_full_(settled, search)

    monkeypatch.setattr(settling._Settling, "_run_in_full", spy)
    assert organised.settle() is True
    assert run == ["is:starred", "pasar -tag:kota"]
    assert counts(organised) == in_full(filled)
    assert counts(organised)["banjir"] == 5
    assert organised.settle() is False


def test_little_is_written_at_once(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    organised = kept_queries(filled, "banjir or pasar or jalan or sekolah", "judul:judul")
    monkeypatch.setattr(settling, "_WRITTEN", 5)
    organised.settle()
    assert set(counts(organised).values()) == {12}
    sizes = []
    batches = settling._batches

    def spy(differences: Any) -> Any:
        for batch in batches(differences):
            sizes.append(sum(len(ids) for _search, _statement, ids in batch))
            yield batch

    monkeypatch.setattr(settling, "_batches", spy)
    for one in organised.searches():
        organised.change_search(one.id, query=f"({one.query}) tidakada")
    organised.settle()
    assert set(counts(organised).values()) == {0}
    assert sizes == [5, 5, 2, 5, 5, 2]


def test_what_was_stopped_is_done_the_next_time(filled: Library) -> None:
    organised = kept_queries(filled, "banjir", "pasar")
    assert organised.settle(lambda: True) is False
    assert all(one.stale for one in organised.searches())
    answers = iter([False, False, False, True])
    organised.settle(lambda: next(answers, True))
    assert any(one.stale for one in organised.searches())
    organised.settle()
    assert counts(organised) == in_full(filled)
    assert not any(one.stale for one in organised.searches())


def test_a_search_that_cannot_be_read_any_more_says_so(filled: Library) -> None:
    organised = kept_queries(filled, "banjir", "pasar")
    organised.settle()
    with filled.database.writing() as connection:
        connection.execute("UPDATE saved SET query = 'is:apa' WHERE query = 'banjir'")
    assert organised.settle() is True
    broken, whole = organised.searches()
    assert (broken.unread, broken.stale) == (0, False)
    assert broken.trouble is not None
    assert "apa" in broken.trouble
    assert (whole.unread, whole.trouble) == (3, None)
    assert organised.settle() is False
    organised.change_search(broken.id, query="banjir")
    organised.settle()
    mended = organised.search(broken.id)
    assert mended is not None
    assert (mended.unread, mended.trouble) == (3, None)


def test_nothing_is_written_where_nothing_can_be(filled: Library, paths: Paths) -> None:
    kept_queries(filled, "banjir")
    filled.close()
    paths.store.chmod(0o400)
    paths.store.parent.chmod(0o500)
    try:
        library = Library.open_anyway(paths)
        if library.trouble is None:
            pytest.skip("whoever may write everywhere can write here")
        assert organising.of(library).settle() is False
        library.close()
    finally:
        paths.store.parent.chmod(0o700)
        paths.store.chmod(0o600)


# --- several programs at once --------------------------------------------------------------------


def test_what_another_program_has_looked_for_meanwhile_is_looked_for_again(
    filled: Library, paths: Paths, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = kept_queries(filled, "is:starred", "banjir")
    organised.settle()
    newest = filled.rows(View())[0]
    other = Library.open(paths, clock=clock)
    compared = settling._compared
    meanwhile: list[Callable[[], object]] = [
        lambda: other.mark([newest.id], [Marking("starred", False)]),
        lambda: organising.of(other).settle(),
    ]

    def interrupted(*values: Any) -> Any:
        found = compared(*values)
        doing, meanwhile[:] = list(meanwhile), []
        for act in doing:
            act()
        return found

    filled.mark([newest.id], [Marking("starred", True)])
    monkeypatch.setattr(settling, "_compared", interrupted)
    organised.settle()
    other.close()
    assert not meanwhile
    assert counts(organised) == in_full(filled)
    assert counts(organised)["is:starred"] == 0


def test_a_full_run_is_not_written_over_what_came_meanwhile(
    filled: Library, paths: Paths, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = kept_queries(filled, "is:starred", "banjir")
    newest = filled.rows(View())[0]
    filled.mark([newest.id], [Marking("starred", True)])
    other = Library.open(paths, clock=clock)
    compared = settling._compared
    once = [True]

    def interrupted(*values: Any) -> Any:
        found = compared(*values)
        if once:
            once.clear()
            other.mark([newest.id], [Marking("starred", False)])
            organising.of(other).settle()
        return found

    monkeypatch.setattr(settling, "_compared", interrupted)
    organised.settle()
    other.close()
    assert counts(organised) == in_full(filled)
    assert counts(organised)["is:starred"] == 0


def test_two_readers_settle_and_mark_at_once(
    filled: Library, paths: Paths, clock: Clock, feed: SourceData
) -> None:
    organised = kept_queries(filled, *QUERIES)
    other = Library.open(paths, clock=clock)

    def work(library: Library, start: int) -> None:
        for number in range(start, start + 60, 6):
            new = [said(n, clock, WORDS[n % 4]) for n in range(number, number + 6)]
            library.store_articles(feed, new)
            ids = [row.id for row in library.rows(View(), limit=9)]
            library.mark(ids[::2], [Marking("starred", number % 4 > 0)])
            library.mark(ids[1::2], [Marking("read", number % 3 > 0)])
            organising.of(library).settle()

    with ThreadPoolExecutor(2) as threads:
        for done in (threads.submit(work, filled, 100), threads.submit(work, other, 200)):
            done.result()
    other.close()
    organised.settle()
    assert counts(organised) == in_full(filled)


# --- many ----------------------------------------------------------------------------------------


def test_an_article_that_two_searches_of_a_folder_find_counts_once(
    library: Library, clock: Clock, feed: SourceData, monkeypatch: pytest.MonkeyPatch
) -> None:
    organised = organising.of(library)
    for name, query, folder in (
        ("a", "judul:beras", "Pasar"),
        ("b", "judul:beras or judul:banjir", "Pasar"),
        ("c", "judul:jalan", "Pasar/Lain"),
        ("d", "judul:jalan", None),
    ):
        organised.add_search(name, query, folder)
    words = ("beras", "beras", "banjir", "jalan")
    library.store_articles(feed, [said(n, clock, word) for n, word in enumerate(words)])
    organised.settle()
    assert sum(one.unread for one in library.searches() if one.folder) == 6
    found = library.search_folders(library.searches())
    assert found == {"Pasar": FolderCount(4), "Pasar/Lain": FolderCount(1)}
    monkeypatch.setattr(saved, "COUNTED", 3)
    found = library.search_folders(library.searches())
    assert found["Pasar"] == FolderCount(3, more=True)
    assert found["Pasar/Lain"] == FolderCount(1)


def test_counting_a_folder_goes_through_no_table(library: Library, paths: Paths) -> None:
    with Database.open(paths.store).reading() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {saved.DISTINCT}", ("[1, 2]", 9)).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN hit")], plan


def test_500_searches_are_kept_current(filled: Library, clock: Clock, feed: SourceData) -> None:
    queries = [f"{WORDS[n % 4]} or kata{n}" for n in range(500)]
    organised = kept_queries(filled, *queries)
    organised.settle()
    assert counts(organised) == dict.fromkeys(queries, 3)
    filled.store_articles(feed, [said(12, clock, "banjir", document=Document())])
    organised.settle()
    found = counts(organised)
    assert [found[query] for query in queries[:4]] == [4, 3, 3, 3]


def test_the_longest_search_is_kept_current(filled: Library) -> None:
    query = " or ".join(["banjir", *(f"kata{number}" for number in range(499))])
    organised = kept_queries(filled, query)
    organised.settle()
    newest = filled.rows(View())[0]
    filled.mark([newest.id], [Marking("read", True)])
    filled.undo()
    organised.settle()
    assert counts(organised) == {query: 3}
