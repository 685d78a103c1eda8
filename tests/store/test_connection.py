from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.errors import (
    KaltimtuiError,
    StoreDamagedError,
    StoreError,
    StoreNewerError,
    StoreReadOnlyError,
)
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View
from kaltimtui.store import connection as store_connection
from kaltimtui.store import failures, schema
from kaltimtui.store.connection import Database, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]


def _fill(paths: Paths, portal: SourceData, make: Make) -> None:
    library = Library.open(paths)
    library.store_articles(portal, [make(number) for number in range(200)])
    library.mark_view(View(), Marking("starred", True))
    library.close()


# --- files and modes -----------------------------------------------------------------------------


def test_folders_and_files_are_the_users_alone(
    paths: Paths, portal: SourceData, make: Make
) -> None:
    mask = os.umask(0)
    try:
        library = Library.open(paths)
        library.store_articles(portal, [make(1)])
        library.rows(View())
        files = [file for file in beside(paths.store) if file.exists()]
        assert len(files) == 3
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        for folder in (paths.data, paths.data.parent):
            assert folder.stat().st_mode & 0o777 == 0o700
        library.close()
    finally:
        os.umask(mask)


def test_a_closed_store_is_one_file(paths: Paths, portal: SourceData, make: Make) -> None:
    _fill(paths, portal, make)
    assert [file.name for file in paths.data.iterdir()] == ["kaltimtui.db"]


def test_a_store_is_known_by_its_head(paths: Paths, library: Library) -> None:
    library.close()
    head = paths.store.read_bytes()[:100]
    assert head.startswith(b"SQLite format 3\0")
    assert head[68:72] == b"KTMT"
    with closing(sqlite3.connect(paths.store)) as connection:
        assert schema.version(connection) == len(schema.MIGRATIONS)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_written_is_on_disk_before_it_is_told(library: Library) -> None:
    with library._database.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_log_of_a_store_that_is_gone_is_not_read_into_a_new_one(
    paths: Paths, portal: SourceData, make: Make
) -> None:
    library = Library.open(paths)
    library.store_articles(portal, [make(1)])
    log = beside(paths.store)[1]
    left = log.read_bytes()
    library.close()
    paths.store.unlink()
    log.write_bytes(left)
    again = Library.open(paths)
    assert again.navigation().all == Count()
    assert again.doctor().ok
    again.close()
    assert log.with_name(f"{log.name}.orphan").read_bytes() == left


# --- what is no store ----------------------------------------------------------------------------


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a(b)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _blot(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4_000)


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda path: path.write_bytes(b""), StoreDamagedError),
        (lambda path: path.write_bytes(b"SQLite"), StoreDamagedError),
        (lambda path: path.write_text("catatan saya\n" * 100), StoreDamagedError),
        (_foreign, StoreDamagedError),
        (_cut, StoreDamagedError),
        (_blot, StoreDamagedError),
        (_newer, StoreNewerError),
        (lambda path: (path.unlink(), path.mkdir()), StoreError),
    ],
    ids=["empty", "short", "text", "foreign", "cut", "blotted", "newer", "folder"],
)
def test_what_is_no_store_is_said_plainly_and_left_as_it_is(
    paths: Paths,
    portal: SourceData,
    make: Make,
    damage: Callable[[Path], object],
    error: type[StoreError],
) -> None:
    _fill(paths, portal, make)
    damage(paths.store)
    before = paths.store.read_bytes() if paths.store.is_file() else None
    with pytest.raises(error) as caught:
        Library.open(paths)
    assert type(caught.value) is error
    assert str(paths.store) in str(caught.value)
    library = Library.open_anyway(paths)
    assert type(library.trouble) is error
    library.store_articles(portal, [make(1)])
    assert len(library.rows(View())) == 1
    library.close()
    after = paths.store.read_bytes() if paths.store.is_file() else None
    assert after == before
    assert [file.name for file in paths.data.iterdir()] == ["kaltimtui.db"]


def test_a_store_of_no_version_is_damaged(paths: Paths, library: Library) -> None:
    library.close()
    with closing(sqlite3.connect(paths.store)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreDamagedError):
        Library.open(paths)


def test_nothing_is_written_where_nothing_can_be(paths: Paths, library: Library) -> None:
    library.close()
    database = Database(paths.store, writable=False)
    with pytest.raises(StoreReadOnlyError), database.writing():
        pass
    database.close()


def test_a_newer_store_is_told_of_with_both_versions(paths: Paths, library: Library) -> None:
    library.close()
    _newer(paths.store)
    with pytest.raises(StoreNewerError, match=rf"999.*{len(schema.MIGRATIONS)}"):
        Library.open(paths)


def test_a_store_of_another_user_is_not_opened(
    paths: Paths, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    owner = paths.store.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(StoreError, match=r"kaltimtui\.db"):
        Library.open(paths)


def test_damage_found_at_work_is_said_plainly(paths: Paths, portal: SourceData, make: Make) -> None:
    _fill(paths, portal, make)
    with closing(sqlite3.connect(paths.store)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'article'"
        ).fetchone()
    with paths.store.open("r+b") as file:
        file.seek((root - 1) * schema.PAGE_SIZE)
        file.write(b"\xff" * schema.PAGE_SIZE)
    library = Library.open(paths)
    for work in (
        lambda: library.rows(View()),
        lambda: library.store_articles(portal, [make(1, words="Lain")]),
    ):
        with pytest.raises(StoreDamagedError) as caught:
            work()
        assert "malformed" not in str(caught.value)
    library.close()


def test_other_failures_of_the_file_are_said_plainly_too(library: Library) -> None:
    with library._database.writing() as connection:
        connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError) as caught:
        library.store_articles(SourceData("A", "feed"), [ArticleData("x" * 90_000)])
    assert "full" not in str(caught.value)
    assert "kaltimtui.db" in str(caught.value)
    with library._database.writing() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")
    library.store_articles(SourceData("A", "feed"), [ArticleData("x")])
    assert library.navigation().all.total == 1


# --- what cannot be written to -------------------------------------------------------------------

_READ = """
import hashlib, os, sys
from kaltimtui.errors import StoreReadOnlyError
from kaltimtui.i18n import _
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths

_("")  # loads the catalogue
os.setuid(int(sys.argv[3]))  # only now: the interpreter may be out of that user's reach
library = Library.open(Paths.find(sys.argv[1]))
assert isinstance(library.trouble, StoreReadOnlyError), library.trouble
rows = library.rows(View())
if sys.argv[2] == "memory":
    library.store_articles(SourceData("A", "feed"), [ArticleData("a")])
    rows = library.rows(View())
else:
    for work in (
        lambda: library.mark([rows[0].id], [Marking("read", True)]),
        library.undo,
        lambda: library.store_articles(SourceData("A", "feed"), [ArticleData("a")]),
    ):
        try:
            work()
        except StoreReadOnlyError as error:
            continue
        raise SystemExit("something was written")
    assert library.article(rows[0].id).starred
    assert library.doctor().ok is False
print(len(rows))
library.close()
"""


@pytest.fixture
def locked_home(portal: SourceData, make: Make) -> Iterator[Callable[..., tuple[int, Path]]]:
    """Run ``_READ`` on a home as a user who may not write to it; rows seen, and the home."""
    folder = Path(tempfile.mkdtemp())
    home = folder / "home"
    user = 65_534 if os.geteuid() == 0 else os.geteuid()

    def run(prepare: Callable[[Path], None], mode: str) -> tuple[int, Path]:
        home.mkdir()
        prepare(home)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, -1)
            path.chmod(0o500 if path.is_dir() else 0o400)
        before = sorted(folder.rglob("*"))
        out = subprocess.run(
            [sys.executable, "-c", _READ, str(home), mode, str(user)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert sorted(folder.rglob("*")) == before
        return int(out.stdout), home

    yield run
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_a_home_that_cannot_be_written_to_is_read(
    locked_home: Any, paths: Paths, portal: SourceData, make: Make
) -> None:
    _fill(paths, portal, make)
    rows, _home = locked_home(lambda home: shutil.copytree(paths.data, home / "data"), "file")
    assert rows == 200


def test_a_home_with_a_log_left_over_that_cannot_be_written_to_is_read(
    locked_home: Any, paths: Paths, portal: SourceData, make: Make
) -> None:
    _fill(paths, portal, make)
    library = Library.open(paths)
    library.store_articles(portal, [make(500)])

    def copy(home: Path) -> None:
        shutil.copytree(paths.data, home / "data")
        beside(home / "data" / paths.store.name)[2].unlink()

    rows, _home = locked_home(copy, "file")
    library.close()
    # Without a place for the log's index the file alone is read, as of its last checkpoint.
    assert rows == 200


def test_without_a_store_such_a_home_makes_a_library_in_memory(locked_home: Any) -> None:
    rows, home = locked_home(lambda _home: None, "memory")
    assert rows == 1
    assert list(home.iterdir()) == []


# --- several at once -----------------------------------------------------------------------------


def test_many_threads_read_while_one_writes(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(number) for number in range(50)])
    ids = [row.id for row in library.rows(View())]
    begun = threading.Barrier(5)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            begun.wait()
            for _ in range(20):
                navigation = library.navigation()
                assert navigation.all.total == 50
                assert (
                    sum(node.count.unread for node in navigation.sources) == navigation.all.unread
                )
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait()
    for id_ in ids:
        library.mark([id_], [Marking("read", True)])
    for thread in threads:
        thread.join()
    assert failures == []
    assert library.navigation().all.unread == 0
    assert len(library._database._idle) <= 5


def test_a_reader_sees_the_store_as_it_was_when_it_began(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1)])
    with library._database.reading() as connection:
        before = connection.execute("SELECT count(*) FROM article").fetchone()
        library.store_articles(portal, [make(2)])
        assert connection.execute("SELECT count(*) FROM article").fetchone() == before
    assert library.navigation().all.total == 2


def test_a_reader_in_use_is_closed_when_it_is_done(library: Library) -> None:
    with library._database.reading() as connection:
        library.close()
        assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
    with pytest.raises(StoreError):
        library.rows(View())
    with pytest.raises(StoreError):
        library.undo()


def test_a_question_that_is_given_up_is_broken_off(library: Library) -> None:
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)"
    count += " SELECT count(*) FROM n"
    asked = chain([False, False, True], repeat(False))
    with (
        pytest.raises(StoreError),
        library.database.reading(lambda: next(asked)) as given_up,
    ):
        given_up.execute(count, (-1,)).fetchone()
    with library.database.reading() as connection:
        assert connection is given_up
        assert connection.execute(count, (100_000,)).fetchone() == (100_000,)


def test_a_reader_cannot_write(library: Library) -> None:
    with pytest.raises(StoreReadOnlyError), library._database.reading() as connection:
        connection.execute("DELETE FROM article")


def test_a_writer_waits_for_another_program(
    paths: Paths, library: Library, portal: SourceData, make: Make
) -> None:
    done = threading.Event()

    def write() -> None:
        library.store_articles(portal, [make(1)])
        done.set()

    writer = threading.Thread(target=write)
    with closing(sqlite3.connect(paths.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer.start()
        assert not done.wait(0.2)
        assert library.rows(View()) == []
        other.execute("COMMIT")
        writer.join()
    assert len(library.rows(View())) == 1


def test_a_writer_that_waited_too_long_says_so(
    paths: Paths, library: Library, portal: SourceData, make: Make, monkeypatch: Any
) -> None:
    library.close()
    monkeypatch.setattr(store_connection, "BUSY_SECONDS", 0.01)
    library = Library.open(paths)
    with closing(sqlite3.connect(paths.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            library.store_articles(portal, [make(1)])
    assert "locked" not in str(caught.value)
    library.store_articles(portal, [make(1)])
    library.close()


def test_a_step_that_fails_leaves_nothing_of_itself(
    library: Library, portal: SourceData, make: Make
) -> None:
    class OddError(Exception):
        pass

    def fail() -> None:
        with library._database.writing() as connection:
            connection.execute("INSERT INTO category(name) VALUES('x')")
            raise OddError

    with pytest.raises(OddError):
        fail()
    library.store_articles(portal, [make(1)])
    with library._database.reading() as connection:
        assert connection.execute("SELECT name FROM category").fetchall() == [("Sosial",)]


def test_programs_that_make_the_store_at_once_share_it(paths: Paths) -> None:
    begun = threading.Barrier(6)
    failures: list[KaltimtuiError] = []

    def make_store(number: int) -> None:
        try:
            begun.wait()
            database = Database.create(paths.store)
            with database.writing() as connection:
                connection.execute("INSERT INTO category(name) VALUES(?)", (str(number),))
            database.close()
        except KaltimtuiError as error:
            failures.append(error)

    threads = [threading.Thread(target=make_store, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(sqlite3.connect(paths.store)) as connection:
        assert connection.execute("SELECT count(*) FROM category").fetchone() == (6,)
    assert [file.name for file in paths.data.iterdir()] == ["kaltimtui.db"]


def test_a_store_is_made_where_files_cannot_have_two_names(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    Library.open(paths).close()
    Library.open(paths).close()
    assert [file.name for file in paths.data.iterdir()] == ["kaltimtui.db"]


@pytest.mark.parametrize("name", ["SQLITE_IOERR_SHMSIZE", "SQLITE_FULL"])
def test_a_disk_without_room_for_the_files_beside_leaves_reading(
    paths: Paths, portal: SourceData, make: Make, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _fill(paths, portal, make)
    borrow = Database._borrow

    def roomless(database: Database) -> sqlite3.Connection:
        if not database._immutable:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = name
            raise error
        return borrow(database)

    monkeypatch.setattr(Database, "_borrow", roomless)
    library = Library.open(paths)
    assert isinstance(library.trouble, StoreReadOnlyError)
    assert "disk I/O" not in str(library.trouble)
    assert len(library.rows(View())) == 200
    with pytest.raises(StoreReadOnlyError):
        library.mark_view(View(), Marking("read", True))
    library.close()


@pytest.mark.parametrize("name", ["SQLITE_IOERR_READ", "SQLITE_CANTOPEN"])
def test_a_failing_disk_is_told_without_the_words_of_sqlite(name: str) -> None:
    error = sqlite3.OperationalError("raw words")
    error.sqlite_errorname = name
    with pytest.raises(StoreError, match="/a/b") as caught, failures.plainly(Path("/a/b")):
        raise error
    assert "raw words" not in str(caught.value)
