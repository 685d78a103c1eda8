from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import subscriptions
from kaltimtui.dates import WITA
from kaltimtui.errors import StoreDamagedError, StoreError, StoreNewerError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.store import frontier, pictures, salvage, schema, steps, wishes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]

ARTICLES = 1_500
MARKED = 1_000
NOTE = "Bandingkan angka di alinea ketiga dengan laporan tahun lalu."
TAG = "perlu dibaca lagi sebelum rapat berikutnya"


@pytest.fixture
def marked(
    library: Library, paths: Paths, portal: SourceData, feed: SourceData, make: Make
) -> Paths:
    """A closed store of many pages with many marks."""
    library.store_articles(portal, [make(n) for n in range(ARTICLES // 2)])
    library.store_articles(feed, [make(n) for n in range(ARTICLES // 2, ARTICLES)])
    ids = [row.id for row in library.rows(View(), limit=MARKED)]
    library.mark(ids, [Marking("starred", True), Marking("tag", TAG), Marking("note", NOTE)])
    library.close()
    return paths


def _pages_of(path: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,)
        )
        return [page for (page,) in found]


def _blot(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * schema.PAGE_SIZE)
            file.write(b"\xff" * schema.PAGE_SIZE)


def _repaired(paths: Paths, clock: Callable[[], datetime]) -> Library:
    library = Library.open_anyway(paths, clock=clock)
    report = library.doctor(repair=True)
    assert report.ok, report
    assert library.trouble is None
    assert "2026-11-24" in report.repairs[0]
    return library


def _marks(library: Library) -> tuple[int, int, int]:
    with library._database.reading() as connection:
        starred = connection.execute(
            "SELECT count(*) FROM mark WHERE starred AND note = ?", (NOTE,)
        )
        tagged = connection.execute("SELECT count(*) FROM mark_tag WHERE tag = ?", (TAG,))
        return (
            starred.fetchone()[0],
            tagged.fetchone()[0],
            library.count(View(ViewKind.STARRED)).total,
        )


@pytest.mark.parametrize("table", ["mark", "mark_tag", "article", "body", "identity"])
def test_a_broken_page_costs_what_stood_on_it(marked: Paths, table: str, clock: Any) -> None:
    pages = _pages_of(marked.store, table)
    assert len(pages) > 2
    broken = pages[len(pages) // 2]
    _blot(marked.store, [broken])
    before = marked.store.read_bytes()
    library = _repaired(marked, clock)
    (aside,) = marked.data.glob("*damaged*")
    assert aside.name == "kaltimtui-damaged-2026-11-24.db"
    assert aside.read_bytes() == before
    starred, tagged, shown = _marks(library)
    articles = library.navigation().all.total
    part = 1 - 2 / len(pages)
    assert starred >= MARKED * (part if table == "mark" else 1)
    assert shown >= MARKED * (part if table in ("article", "body") else 1)
    assert tagged >= MARKED * (part if table == "mark_tag" else 1)
    assert articles >= ARTICLES * (part if table in ("article", "body") else 1)
    library.close()


def test_a_store_without_its_head_keeps_its_marks_and_articles(marked: Paths, clock: Any) -> None:
    _blot(marked.store, [1])
    with pytest.raises(StoreDamagedError):
        Library.open(marked)
    library = _repaired(marked, clock)
    assert _marks(library) == (MARKED, MARKED, MARKED)
    assert library.navigation().all.total == ARTICLES
    assert library.count(View(ViewKind.SEARCH, query="isi")).total == ARTICLES
    library.close()
    assert len(list(marked.data.iterdir())) == 2


@pytest.fixture
def fetched(marked: Paths, feed: SourceData, clock: Any) -> Paths:
    """The same store, with what fetching has left in it."""
    library = Library.open(marked, clock=clock)
    known = subscriptions.of(library)
    source = known.find(feed.name).id
    known.set_interval(source, 45)
    library.remove_source(known.find("Portal Kaltim").id)
    with library.database.writing() as connection:
        frontier.add(connection, source, [("https://warta.example/lama", None)], 1)
        uids = [uid for (uid,) in connection.execute("SELECT uid FROM article LIMIT 3")]
        connection.execute("DELETE FROM wish WHERE kind = 'text'")
        wishes.want(connection, uids, "text", 1)
        pictures.keep(connection, uids[0], pictures.Picture("https://a.example/", "a", 9), 1)
    library.close()
    return marked


def test_what_fetching_has_left_is_saved_too(fetched: Paths, feed: SourceData, clock: Any) -> None:
    _blot(fetched.store, _pages_of(fetched.store, "counter"))
    library = _repaired(fetched, clock)
    (source,) = subscriptions.of(library).all()
    assert (source.name, source.interval) == (feed.name, 45)
    with library.database.reading() as connection:
        assert frontier.take(connection, source.id, 9) == ["https://warta.example/lama"]
        assert wishes.waiting(connection, "text") == 3
        assert pictures.total(connection) == 9
    library.close()


@pytest.fixture
def made(marked: Paths, clock: Any) -> Paths:
    """The same store, with all else that a user makes in it."""
    library = Library.open(marked, clock=clock)
    ids = [row.id for row in library.rows(View(), limit=20)]
    library.mark(ids[:5], [Marking("hidden", True)])
    library.mark(ids[:15], [Marking("tag", "arsip/2026")])
    library.colour_tag("arsip", "red")
    with library.database.writing() as connection:
        connection.execute("DELETE FROM saved WHERE id > 1")
        connection.execute("UPDATE saved SET name = 'Milik', unread = 7, stale = 0")
        connection.execute("INSERT INTO hit SELECT 1, id FROM article LIMIT 3")
        steps.add_row(
            connection, "rule", {"name": "A", "query": "b", "actions": "[]", "position": 1}, 1
        )
        connection.execute("INSERT INTO keeping VALUES(1, 90, NULL)")
        connection.execute("INSERT INTO gone VALUES(5, 6)")
    library.close()
    return marked


@pytest.mark.parametrize("table", ["counter", "identity", "tagged"])
def test_what_a_user_made_is_saved_too(made: Paths, clock: Any, table: str) -> None:
    _blot(made.store, _pages_of(made.store, table))
    library = _repaired(made, clock)
    assert library.count(View(ViewKind.HIDDEN)).total == 5
    assert library.navigation().all.total == ARTICLES - 5
    assert {node.name: (node.colour, node.count.total) for node in library.tags()} == {
        TAG: (None, MARKED - 5),
        "arsip": ("red", 10),
        "arsip/2026": (None, 10),
    }
    with library.database.reading() as connection:
        for query, wanted in (
            ("SELECT name, unread, stale FROM saved", ("Milik", 0, 1)),
            ("SELECT name, query, actions, enabled FROM rule", ("A", "b", "[]", 1)),
            ("SELECT * FROM keeping", (1, 90, None)),
            ("SELECT * FROM gone", (5, 6)),
        ):
            assert connection.execute(query).fetchall() == [wanted]
    library.close()


def test_where_no_tag_can_be_read_the_marks_bring_them_back(made: Paths, clock: Any) -> None:
    for table in ("tag", "hidden"):
        _blot(made.store, _pages_of(made.store, table))
    library = _repaired(made, clock)
    assert {node.name: node.count.total for node in library.tags()} == {
        TAG: MARKED,
        "arsip": 15,
        "arsip/2026": 15,
    }
    assert library.navigation().all.total == ARTICLES
    library.close()


def test_without_its_head_a_store_keeps_its_sources(
    fetched: Paths, feed: SourceData, clock: Any
) -> None:
    _blot(fetched.store, [1])
    library = _repaired(fetched, clock)
    (source,) = subscriptions.of(library).all()
    assert (source.name, source.interval) == (feed.name, None)
    assert _marks(library)[0] == MARKED
    library.close()


def test_a_source_that_was_lost_takes_no_articles_of_another(
    marked: Paths, clock: Any, feed: SourceData
) -> None:
    _blot(marked.store, _pages_of(marked.store, "source"))
    library = _repaired(marked, clock)
    counts = {node.name: node.count.total for node in library.navigation().sources}
    assert counts == {"Portal Kaltim": 0, "(1)": ARTICLES // 2, "(2)": ARTICLES // 2}
    assert feed.name not in counts
    library.close()


def test_a_store_cut_short_keeps_what_is_left(marked: Paths, clock: Any) -> None:
    size = marked.store.stat().st_size // schema.PAGE_SIZE * 3 // 4 * schema.PAGE_SIZE
    with marked.store.open("r+b") as file:
        file.truncate(size)
    library = _repaired(marked, clock)
    assert library.navigation().all.total > 0
    library.close()


@pytest.mark.parametrize("seed", range(6))
def test_however_a_store_is_damaged_the_next_start_works(
    marked: Paths, clock: Any, seed: int, portal: SourceData, make: Make
) -> None:
    rng = random.Random(seed)
    data = bytearray(marked.store.read_bytes())
    for _ in range(rng.randint(1, 60)):
        place = rng.randrange(len(data))
        data[place : place + 8] = rng.randbytes(8)
    marked.store.write_bytes(data)
    library = Library.open_anyway(marked, clock=clock)
    report = library.doctor(repair=True)
    assert report.ok, report
    library.store_articles(portal, [make(9_999)])
    assert library.rows(View(ViewKind.SEARCH, query="9999"))[0].title == "Judul 9999"
    library.close()
    Library.open(marked).close()


def test_an_empty_file_is_moved_aside(paths: Paths, library: Library, clock: Any) -> None:
    library.close()
    paths.store.write_bytes(b"")
    library = _repaired(paths, clock)
    assert library.navigation().all.total == 0
    library.close()


def test_the_database_of_another_program_is_moved_aside_whole(
    paths: Paths, library: Library, clock: Any
) -> None:
    library.close()
    paths.store.unlink()
    with closing(sqlite3.connect(paths.store)) as connection:
        connection.execute("CREATE TABLE mark(uid INTEGER PRIMARY KEY, a, b, c, d, e)")
        connection.execute("INSERT INTO mark VALUES(1, 1, 1, 1, 1, 1)")
        connection.commit()
    before = paths.store.read_bytes()
    library = _repaired(paths, clock)
    assert _marks(library) == (0, 0, 0)
    library.close()
    (aside,) = paths.data.glob("*damaged*")
    assert aside.read_bytes() == before


def test_a_second_damaged_store_of_a_day_gets_a_name_of_its_own(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, tzinfo=WITA)
    store = tmp_path / "kaltimtui.db"
    for number in range(3):
        for name in ("", "-wal", "-shm"):
            store.with_name(store.name + name).write_text(f"{number}{name}")
        salvage.move_aside(store, now)
    names = sorted(path.name for path in tmp_path.iterdir())
    stems = [f"kaltimtui-damaged-2026-11-24{number}.db" for number in ("", "-2", "-3")]
    assert names == sorted(stem + name for stem in stems for name in ("", "-wal", "-shm"))
    assert (tmp_path / f"{stems[2]}-wal").read_text() == "2-wal"


def test_a_newer_store_is_never_moved(paths: Paths, library: Library, clock: Any) -> None:
    library.close()
    with closing(sqlite3.connect(paths.store)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = paths.store.read_bytes()
    library = Library.open_anyway(paths, clock=clock)
    report = library.doctor(repair=True)
    assert not report.ok
    assert isinstance(library.trouble, StoreNewerError)
    library.close()
    assert paths.store.read_bytes() == before


def test_a_store_that_cannot_be_moved_is_told_of(
    paths: Paths, library: Library, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    paths.store.write_bytes(b"rubbish")

    def refuse(*_names: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(type(paths.store), "rename", refuse)
    library = Library.open_anyway(paths, clock=clock)
    with pytest.raises(StoreError, match=r"kaltimtui\.db"):
        library.doctor(repair=True)
    assert paths.store.read_bytes() == b"rubbish"


def test_a_damaged_store_that_is_only_looked_at_stays_as_it_is(marked: Paths, clock: Any) -> None:
    for table in ("article", "counter"):
        _blot(marked.store, _pages_of(marked.store, table))
    before = marked.store.read_bytes()
    library = Library.open(marked, clock=clock)
    report = library.doctor()
    assert [check.name for check in report.checks if not check.ok] == ["integrity", "numbers"]
    assert report.articles == 0
    library.close()
    assert marked.store.read_bytes() == before


def test_a_small_store_cut_off_before_its_index_keeps_its_marks(
    library: Library, paths: Paths, portal: SourceData, make: Make, clock: Any
) -> None:
    library.store_articles(portal, [make(1)])
    library.mark([library.rows(View())[0].id], [Marking("starred", True), Marking("note", NOTE)])
    library.close()
    with closing(sqlite3.connect(paths.store)) as connection:
        (root,) = connection.execute(
            "SELECT min(rootpage) FROM sqlite_schema WHERE name LIKE 'fts%' AND rootpage > 0"
        ).fetchone()
    with paths.store.open("r+b") as file:
        file.truncate((root - 1) * schema.PAGE_SIZE)
    library = _repaired(paths, clock)
    assert _marks(library)[0] == 1
    library.close()


@pytest.mark.parametrize("index", ["article_aside", "sqlite_autoindex_article_1"])
def test_reading_goes_on_without_an_index_that_is_broken(
    marked: Paths, clock: Any, index: str
) -> None:
    _blot(marked.store, _pages_of(marked.store, index))
    library = Library.open(marked, clock=clock)
    rows = library.rows(View(), limit=ARTICLES)
    assert len(rows) == ARTICLES
    assert library.article(library.resolve(rows[0].id)).title == rows[0].title
    assert isinstance(library.trouble, StoreDamagedError)
    library.close()
    library = _repaired(marked, clock)
    assert library.rows(View(), limit=ARTICLES) == rows
    assert library.trouble is None
    library.close()
