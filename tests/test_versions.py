"""Which texts of an article there are, and which of them the user knows."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.store.conftest import Clock

from kaltimtui import versions
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.store import schema
from kaltimtui.store.connection import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FEED = SourceData("Warta Pesisir", "feed", "https://warta.example/rss")
READ, UNREAD = (Marking("read", True),), (Marking("read", False),)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(str(tmp_path / "home"))


@pytest.fixture
def library(paths: Paths, clock: Clock) -> Iterator[Library]:
    opened = Library.open(paths, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def say(library: Library, clock: Clock) -> Callable[..., str]:
    """Let the source say a text of the one article, an hour after it said something last."""

    def said(body: str, **more: Any) -> str:
        clock.go(hours=1)
        stamp = Stamp(Clock().now, "time")
        data = ArticleData(
            title="Banjir di Berau",
            url="https://warta.example/1",
            published=stamp,
            document=Document((paragraph(body),)),
        )
        library.store_articles(FEED, [replace(data, **more)])
        (row,) = library.rows(View())
        return row.id

    return said


def edited(library: Library) -> bool:
    (row,) = library.rows(View())
    return row.edited


def look(library: Library, id_: str) -> bool:
    """Look at what changed up to the text it has now."""
    kept = versions.of(library)
    return kept.set_seen(id_, kept.history(id_).versions[-1])


def texts(library: Library, id_: str) -> list[str]:
    kept = versions.of(library)
    history = kept.history(id_)
    return [kept.text(id_, version).document.plain() for version in history.versions]


def test_the_texts_come_in_the_order_they_were_seen(
    library: Library, say: Callable[..., str], clock: Clock
) -> None:
    started = clock.now
    say("Satu.")
    say("Dua.", byline="jay")
    id_ = say("Tiga.", title="Banjir surut", caption="Warga")
    assert texts(library, id_) == ["Satu.", "Dua.", "Tiga."]
    kept = versions.of(library)
    history = kept.history(id_)
    hours = [(version.since - started) / timedelta(hours=1) for version in history.versions]
    assert hours == [1, 2, 3]
    assert all(version.since.utcoffset() is not None for version in history.versions)
    said = [kept.text(id_, version) for version in history.versions]
    assert [one.title for one in said] == ["Banjir di Berau", "Banjir di Berau", "Banjir surut"]
    assert [one.byline for one in said] == [None, "jay", "jay"]
    assert [one.caption for one in said] == [None, None, "Warga"]


def test_what_was_never_read_is_not_marked(library: Library, say: Callable[..., str]) -> None:
    say("Satu.")
    id_ = say("Dua.")
    assert not edited(library)
    assert versions.of(library).history(id_)[1:] == (None, False)


def test_a_change_after_reading_marks_until_it_was_looked_at(
    library: Library, say: Callable[..., str]
) -> None:
    say("Satu.")
    id_ = say("Dua.")
    library.mark([id_], READ)
    assert versions.of(library).history(id_)[1:] == (1, False)
    assert not edited(library)
    say("Tiga.")
    say("Empat.")
    assert edited(library)
    assert library.row(id_).edited
    assert library.article(id_).edited
    assert library.row(id_).read
    assert versions.of(library).history(id_)[1:] == (1, True)
    assert look(library, id_)
    assert not look(library, id_)
    assert not edited(library)
    assert not library.article(id_).edited
    assert versions.of(library).history(id_)[1:] == (3, False), "one knows what one looked at"
    say("Lima.")
    assert edited(library)
    assert versions.of(library).history(id_)[1:] == (3, True), "that is what changes are told from"


def test_what_came_while_one_looked_is_still_to_be_looked_at(
    library: Library, say: Callable[..., str]
) -> None:
    say("Satu.")
    id_ = say("Dua.")
    library.mark([id_], READ)
    say("Tiga.")
    shown = versions.of(library).history(id_).versions[-1]
    say("Empat.")
    assert versions.of(library).set_seen(id_, shown)
    assert edited(library)
    assert versions.of(library).history(id_)[1:] == (2, True)


def test_one_who_looked_at_an_unread_article_is_told_from_there(
    library: Library, say: Callable[..., str]
) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    library.mark([id_], UNREAD)
    look(library, id_)
    assert versions.of(library).history(id_)[1:] == (1, False)
    say("Tiga.")
    assert versions.of(library).history(id_)[1:] == (1, True)


def test_other_marks_leave_what_was_read_alone(library: Library, say: Callable[..., str]) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    library.mark([id_], (Marking("starred", True), Marking("note", "x")))
    assert versions.of(library).history(id_)[1:] == (0, True)


def test_to_read_again_is_to_know_what_it_says_now(
    library: Library, say: Callable[..., str]
) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    library.mark([id_], UNREAD)
    assert edited(library)
    library.mark([id_], READ)
    assert not edited(library)
    assert versions.of(library).history(id_)[1:] == (1, False)


def test_a_text_that_comes_back_is_no_change_any_more(
    library: Library, say: Callable[..., str]
) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    say("Satu.")
    assert not edited(library)
    assert texts(library, id_) == ["Dua.", "Satu."]
    look(library, id_)
    say("Tiga.")
    assert edited(library)
    assert versions.of(library).history(id_)[1:] == (1, True)


def test_an_unread_article_is_no_more_unread_by_a_change(
    library: Library, say: Callable[..., str]
) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    assert library.row(id_).read
    assert library.count(View()).unread == 0


def test_what_is_not_there_is_said(library: Library, say: Callable[..., str]) -> None:
    id_ = say("Satu.")
    kept = versions.of(library)
    (version,) = kept.history(id_).versions
    with pytest.raises(UsageError, match="nichts"):
        kept.history("nichts")
    with pytest.raises(UsageError):
        kept.text(id_, version._replace(key=version.key + 1))


def test_a_store_of_before_knows_what_was_read_by_its_times(
    library: Library, paths: Paths, say: Callable[..., str]
) -> None:
    id_ = say("Satu.")
    library.mark([id_], READ)
    say("Dua.")
    library.close()
    with sqlite3.connect(paths.store, isolation_level=None) as connection:
        connection.execute("DROP TABLE text_read")
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) - 1}")
    connection.close()
    again = Library.open(paths)
    try:
        assert versions.of(again).history(id_)[1:] == (0, True)
    finally:
        again.close()


def test_an_old_store_is_led_by_the_index_of_what_changed(paths: Paths) -> None:
    database = Database.create(paths.store)
    select = schema.MIGRATIONS[-1].partition("INSERT INTO text_read(uid, text_hash)")[2]
    with database.reading() as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {select}")]
    database.close()
    assert any("article USING INDEX article_edited" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") and "article_edited" not in step]


def test_marking_very_many_read_costs_no_look_at_each(library: Library) -> None:
    with library.database.writing() as connection:
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS befallen(uid INTEGER PRIMARY KEY)")
        query = (
            "DELETE FROM text_read WHERE EXISTS"
            "(SELECT 1 FROM befallen WHERE befallen.uid = text_read.uid)"
        )
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan[0] == "SCAN text_read"
    assert any(step.startswith("SEARCH befallen") for step in plan)


def test_the_time_is_that_of_east_kalimantan(library: Library, say: Callable[..., str]) -> None:
    id_ = say("Satu.")
    (version,) = versions.of(library).history(id_).versions
    assert version.since.astimezone(WITA).hour == 9
