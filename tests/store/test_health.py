from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]


@pytest.fixture
def filled(library: Library, portal: SourceData, make: Make) -> Library:
    library.store_articles(portal, [make(number) for number in range(5)])
    ids = [row.id for row in library.rows(View())]
    library.mark(ids[:1], [Marking("read", True), Marking("starred", True)])
    library.mark(ids[:2], [Marking("tag", "a/b"), Marking("note", "Cek")])
    return library


def test_a_sound_store_is_told_of_in_numbers(filled: Library, paths: Paths) -> None:
    report = filled.doctor()
    assert report.ok
    assert (report.articles, report.unread, report.sources) == (5, 4, 1)
    assert report.store == str(paths.store)
    assert report.bytes >= paths.store.stat().st_size
    assert report.version == len(schema.MIGRATIONS)
    assert [check.name for check in report.checks] == [
        *("open", "permissions", "integrity", "counters", "marks", "stories", "index")
    ]
    assert all(check.detail for check in report.checks)
    assert filled.doctor(repair=True) == report


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE telling SET first = 1 - first",
        "UPDATE telling SET first = 1",
        "UPDATE telling SET unread = 0 WHERE first = 0",
        "UPDATE telling SET aside = 2 WHERE first = 1",
        "INSERT INTO telling VALUES(1, 99, 0, 1, 1, 0)",
        "UPDATE retold SET total = total + 1",
        "UPDATE retold SET unread = 0",
        "DELETE FROM retold",
    ],
)
def test_stories_are_set_right(
    library: Library, portal: SourceData, feed: SourceData, make: Make, damage: str
) -> None:
    words = " ".join(f"kata{n} ke{n * 7 % 97}" for n in range(80))
    for source in (portal, feed, replace(feed, name="Kabar", url=None)):
        library.store_articles(source, [make(1, words=words, published=None)])
    library.mark([row.id for row in library.rows(View())][:1], [Marking("read", True)])

    def told() -> list[object]:
        with library.database.reading() as connection:
            found = [connection.execute(f"SELECT * FROM {name}") for name in ("telling", "retold")]
            return [query.fetchall() for query in found]

    before = told()
    assert before[1] == [(2, 1)]
    with library.database.writing() as connection:
        connection.execute(damage)
    report = library.doctor()
    assert [check.name for check in report.checks if not check.ok] == ["stories"]
    assert library.doctor(repair=True).ok
    assert told() == before


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE counter SET unread = unread + 1", "counters"),
        ("INSERT INTO counter VALUES(9, 9, 9, 9)", "counters"),
        ("UPDATE tally SET total = total + 1 WHERE name = 'later'", "counters"),
        ("UPDATE tag SET unread = unread - 1", "counters"),
        ("DELETE FROM tagged", "counters"),
        ("UPDATE article SET pictured = 1 - pictured", "counters"),
        ("INSERT INTO tagged VALUES(1, 1)", "counters"),
        ("UPDATE saved SET unread = unread + 1 WHERE id = 1", "counters"),
        ("DELETE FROM tag WHERE id > 0", "counters"),
        ("UPDATE article SET starred = 0", "marks"),
        ("UPDATE article SET unread = 1", "marks"),
        ("INSERT INTO fts(fts) VALUES('delete-all')", "index"),
    ],
)
def test_what_can_be_worked_out_is_set_right(filled: Library, damage: str, name: str) -> None:
    before = filled.rows(View())
    with filled._database.writing() as connection:
        connection.execute(damage)
    wrong = [check.name for check in filled.doctor().checks if not check.ok]
    assert wrong == [name]
    report = filled.doctor(repair=True)
    assert report.ok
    assert len(report.repairs) == 1
    assert filled.doctor().repairs == ()
    assert filled.rows(View()) == before
    assert filled.navigation().all == Count(5, 4)
    assert filled.count(View(ViewKind.TAG, tag="a")) == filled.navigation().notes == Count(2, 1)
    assert filled.count(View(ViewKind.SEARCH, query="isi")) == Count(5, 4)


def test_a_store_that_others_can_read_is_closed_to_them(filled: Library, paths: Paths) -> None:
    paths.store.chmod(0o644)
    paths.data.chmod(0o755)
    report = filled.doctor()
    assert [check.name for check in report.checks if not check.ok] == ["permissions"]
    assert filled.doctor(repair=True).ok
    assert paths.store.stat().st_mode & 0o777 == 0o600
    assert paths.data.stat().st_mode & 0o777 == 0o700


def test_a_library_in_memory_says_why(paths: Paths) -> None:
    paths.data.parent.mkdir()
    paths.data.write_text("no folder")
    library = Library.open(paths)
    report = library.doctor(repair=True)
    assert not report.ok
    assert (report.version, report.bytes, report.articles) == (0, 0, 0)
    assert str(library.trouble) in [check.detail for check in report.checks]
    library.close()
