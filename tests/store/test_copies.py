"""How long the copies are kept that are made before a store gets a newer format."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import StoreError
from kaltimtui.library import Library, Limits
from kaltimtui.store import copies, health, keys, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.store.conftest import Clock

    from kaltimtui.paths import Paths

TODAY = len(schema.MIGRATIONS)


@pytest.fixture
def made(library: Library, paths: Paths, clock: Clock) -> Callable[[int], Path]:
    """Makes a copy of a store of some format, as an upgrade now would."""
    assert library.database.path == paths.store

    def make(number: int = TODAY - 1) -> Path:
        file = copies.path_of(paths.store, number)
        file.write_bytes(b"x" * 3_000)
        os.utime(file, (0, keys.seconds_of(clock.now)))
        return file

    return make


def refresh(library: Library) -> None:
    """Do what follows a refresh."""
    assert sum(library.tidy(Limits())) == 0


def test_a_copy_is_told_of_with_its_times(
    library: Library, made: Callable[..., Path], clock: Clock
) -> None:
    assert library.doctor().copies == ()
    file = made()
    (copy,) = library.doctor().copies
    assert (copy.file, copy.format, copy.bytes) == (file, TODAY - 1, 3_000)
    assert copy.kept - clock.now == timedelta(days=7)
    assert copy.until - clock.now == timedelta(days=30)


def test_within_a_month_it_does_not_go_by_itself(
    library: Library, made: Callable[..., Path], clock: Clock
) -> None:
    file = made()
    for days in (0, 7, 22.9):
        clock.go(days=days)
        refresh(library)
        library.doctor()
        library.doctor(repair=True)
        assert file.exists()
    clock.go(days=0.1)
    refresh(library)
    assert not file.exists()
    assert library.doctor().copies == ()


def test_within_a_week_nothing_removes_it(
    library: Library, made: Callable[..., Path], clock: Clock
) -> None:
    file = made()
    clock.go(days=6.99)
    assert not any("copy" in said for said in library.doctor(compact=True).repairs)
    assert file.exists()
    clock.go(days=0.01)
    said, *_more = library.doctor(compact=True).repairs
    assert not file.exists()
    assert str(TODAY - 1) in said
    assert "3 KiB" in said


def test_each_has_its_own_time(library: Library, made: Callable[..., Path], clock: Clock) -> None:
    older = made(1)
    clock.go(days=20)
    newer = made(2)
    clock.go(days=10)
    assert [copy.format for copy in library.doctor().copies] == [1, 2]
    refresh(library)
    assert (older.exists(), newer.exists()) == (False, True)


def test_where_the_store_is_damaged_a_copy_stays_as_long_again(
    library: Library,
    made: Callable[..., Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = made()
    clock.go(days=30)
    with monkeypatch.context() as patched:
        patched.setattr(health, "damaged", lambda _database: True)
        assert health.give_up_copies(library.database, keys.seconds_of(clock.now)) == ()
        refresh(library)
    assert file.exists()
    clock.go(days=29)
    refresh(library)
    assert file.exists()
    clock.go(days=1)
    refresh(library)
    assert not file.exists()


def test_other_files_are_no_copies_of_ours(
    library: Library, made: Callable[..., Path], paths: Paths, clock: Clock
) -> None:
    current, later = made(TODAY), made(TODAY + 1)
    elsewhere = made(3).rename(paths.data / "kaltimtui.db.format-3.simpanan")
    link = copies.path_of(paths.store, 2)
    link.symlink_to(elsewhere)
    clock.go(days=400)
    refresh(library)
    library.doctor(compact=True)
    assert library.doctor().copies == ()
    assert all(file.exists() for file in (current, later, elsewhere, link))


def test_a_store_that_cannot_be_written_keeps_its_copies(
    library: Library,
    made: Callable[..., Path],
    paths: Paths,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = made()
    clock.go(days=40)
    library.close()
    monkeypatch.setattr("kaltimtui.store.connection._writable", lambda _path: False)
    reading = Library.open(paths, clock=clock)
    refresh(reading)
    assert list(copies.let_go(reading.database, keys.seconds_of(clock.now))) == []
    reading.close()
    assert file.exists()


def test_what_cannot_be_removed_is_said_where_one_asked_for_it(
    library: Library,
    made: Callable[..., Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made()
    clock.go(days=40)

    def refuse(_path: Path, **_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.unlink", refuse)
        refresh(library)
        with pytest.raises(StoreError, match="tidak diizinkan"):
            library.doctor(compact=True)
    refresh(library)
    assert library.doctor().copies == ()


def test_a_second_upgrade_from_the_same_format_keeps_its_copy_anew(
    library: Library,
    made: Callable[..., Path],
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = made(TODAY)
    os.utime(file, (0, 0))
    library.close()
    monkeypatch.setattr(
        schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE lagi(id INTEGER PRIMARY KEY);")
    )
    again = Library.open(paths)
    refresh(again)
    (copy,) = again.doctor().copies
    again.close()
    assert file.read_bytes() == b"x" * 3_000
    assert copy.kept > again.now()
