"""The file: made once and whole, opened by one writer and as many readers as there are threads."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import threading
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kaltimtui import text
from kaltimtui.errors import (
    StoreDamagedError,
    StoreError,
    StoreNewerError,
    unread,
)
from kaltimtui.i18n import _
from kaltimtui.paths import make_private
from kaltimtui.store import codec, schema
from kaltimtui.store.failures import (
    closed,
    damaged,
    full,
    plainly,
    read_only,
    roomless,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Self

Connection: TypeAlias = sqlite3.Connection

BUSY_SECONDS: Final = 10.0
_STEPS: Final = 10_000
"""Steps of SQLite's machine after which it is asked whether anybody waits: about a millisecond."""
_LOG_SIZE: Final = 32 * 1024 * 1024
"""Bytes of the log that stay allocated after a big step."""
_CACHE: Final = "PRAGMA cache_size = -16000"
"""The pages of the file that the writer keeps, between steps and in small ones."""
_READER_CACHE: Final = "PRAGMA cache_size = -4000"
"""The rows of a page may lie each in a page of the file of their own: a hundred starred articles
and what is asked of each take more than SQLite's own 2 MB, and would be read twice."""
_WARM: Final = 2
"""Readers at rest that keep the pages they have read; others are there for threads that meet."""
_MAGIC: Final = b"SQLite format 3\0"
_HEADER_SIZE: Final = 100
_PAGE_SIZE_AT: Final = 16
_PAGES_AT: Final = 28
_VERSION_AT: Final = 60
_APPLICATION_ID_AT: Final = 68


_ARTICLES: Final = re.compile(r"\b(FROM|JOIN) article\b(?: INDEXED BY \w+)?")


class _ByTables(sqlite3.Connection):
    """Finds articles by their table alone, which is slow, but needs no index that is sound."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As any connection does it."""
        return super().execute(_ARTICLES.sub(r"\1 article NOT INDEXED", sql), parameters)


class Database:
    """One store. Use ``open``, ``create`` or ``in_memory`` to get one.

    ``reading`` may be used by any number of threads at once; ``writing`` lets one in at a time,
    in this process by a lock and among processes by SQLite's own, for which it waits. A program
    opens a store once at a time: to look at the head of a file that is in use and close it again
    would give up the locks on it (as POSIX has it).
    """

    def __init__(self, path: Path | None, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self.trouble = None if writable else read_only(path)
        """Why nothing can be written, if so."""
        self._immutable = False
        self._reader: type[sqlite3.Connection] = sqlite3.Connection
        self._closed = False
        self._write_lock = threading.RLock()
        self._idle_lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        if path is None:
            self._writer = _connect(":memory:")

    # --- opening ---------------------------------------------------------------------------

    @classmethod
    def in_memory(cls) -> Self:
        """A store that lasts as long as the program."""
        database = cls(None, writable=True)
        assert database._writer is not None
        schema.migrate(database._writer, schema.MIGRATIONS)
        return database

    @classmethod
    def open(cls, path: Path, upgrading: Callable[[int], None] = lambda _articles: None) -> Self:
        """The store at ``path``, brought up to date; read-only where it cannot be written to.

        Before one of an older format is, which may take long, ``upgrading`` gets to know of how
        many articles. Raises StoreNewerError, StoreDamagedError, and StoreError where there is no
        such file.
        """
        _check_file(path)
        database = cls(path, writable=_writable(path))
        try:
            database._check_version(path, upgrading)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def create(cls, path: Path, upgrading: Callable[[int], None] = lambda _articles: None) -> Self:
        """Open the store at ``path``, making it where there is none. Raises as ``open`` does.

        It appears under its name when it is whole, so that two programs may do this at once.
        """
        make_private(path.parent)
        if not path.exists():
            _make(path)
        return cls.open(path, upgrading)

    def _check_version(self, path: Path, upgrading: Callable[[int], None]) -> None:
        try:
            found = self._version()
        except StoreError as error:
            if isinstance(error, StoreDamagedError) or (self.writable and not roomless(error)):
                raise
            # A folder or disk that takes nothing more has no place for the files beside a WAL.
            if self.writable:
                self.writable, self.trouble = False, full(path)
            self._immutable = True
            self._close_idle()
            found = self._version()
        _check_newer(path, found)
        if found < len(schema.MIGRATIONS):
            self._upgrade(path, found, upgrading)

    def _version(self) -> int:
        with self.reading() as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return schema.version(connection)

    def _upgrade(self, path: Path, found: int, upgrading: Callable[[int], None]) -> None:
        if not self.writable or found < 1:
            raise StoreDamagedError(
                _(
                    "The store {path} is of an older format and cannot be brought up to date."
                ).format(path=text.inline(str(path)))
            )
        from kaltimtui.store import copies  # needed once for each format

        with plainly(path), self._write_lock:
            connection = self._writing_connection()
            upgrading(connection.execute("SELECT count(*) FROM article").fetchone()[0])
            backup(connection, copies.path_of(path, found))
            schema.migrate(connection, schema.MIGRATIONS)

    # --- use -------------------------------------------------------------------------------

    @contextlib.contextmanager
    def reading(self, given_up: Callable[[], bool] | None = None) -> Iterator[sqlite3.Connection]:
        """A connection that sees the store as it is now, unchanged until the block ends.

        What is asked of a file raises StoreError soon after ``given_up`` says that nobody waits
        for the answer any more.
        """
        with plainly(self.path):
            if self.path is None:
                with self._write_lock:
                    yield self._writing_connection()
                return
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                connection.set_progress_handler(given_up, _STEPS)
                yield connection
            finally:
                self._give_back(connection)

    def by_tables(self, wanted: bool) -> None:
        """Read from now on by the tables alone, or by the indexes again."""
        self._reader = _ByTables if wanted else sqlite3.Connection
        self._close_idle()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that is committed, and on disk, when the block ends.

        Raises StoreReadOnlyError where nothing can be written.
        """
        if self.trouble is not None:
            raise self.trouble
        with plainly(self.path), self._write_lock:
            connection = self._writing_connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute(_CACHE)  # a big step may have taken more

    def compact(self) -> None:
        """Write the file anew without what is unused in it; waits for other programs.

        While another one reads, the file is as long as before. Raises StoreError.
        """
        if self.trouble is not None:
            raise self.trouble
        with plainly(self.path), self._write_lock:
            connection = self._writing_connection()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def outside_changes(self) -> int:
        """A number that is another one whenever another program has changed the store.

        The connection that writes is asked: its own changes do not count, all others' do.
        """
        if not self.writable:
            return 0
        with plainly(self.path), self._write_lock:
            connection = self._writing_connection()
            found: tuple[int] = connection.execute("PRAGMA data_version").fetchone()
            return found[0]

    def close(self) -> None:
        """Close the store, once what is being written is written; it cannot be used afterwards."""
        with self._write_lock:
            self._closed = True
            self._close_idle()
            # Last, so that it can bring the log into the file and take it away.
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    # --- connections -----------------------------------------------------------------------

    def _writing_connection(self) -> sqlite3.Connection:
        if self._closed:
            raise closed()
        if self._writer is None:
            assert self.path is not None
            connection = _connect(f"{self.path.as_uri()}?mode=rw")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {_LOG_SIZE}")
            connection.execute(_CACHE)
            self._writer = connection
        return self._writer

    def _borrow(self) -> sqlite3.Connection:
        with self._idle_lock:
            if self._closed:
                raise closed()
            if self._idle:
                return self._idle.pop()
        assert self.path is not None
        # A reader that might write takes the log away when it is the last to close.
        mode = "mode=rw" if self.writable else "mode=ro"
        if self._immutable:
            mode += "&immutable=1"
        connection = _connect(f"{self.path.as_uri()}?{mode}", self._reader)
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(_READER_CACHE)
        except BaseException:
            connection.close()  # what is damaged may show here already
            raise
        return connection

    def _close_idle(self) -> None:
        with self._idle_lock:
            while self._idle:
                self._idle.pop().close()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        connection.set_progress_handler(None, 0)
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._idle_lock:
            if self._closed or type(connection) is not self._reader:
                connection.close()
            elif len(self._idle) < _WARM:
                self._idle.append(connection)
            else:
                connection.execute("PRAGMA shrink_memory")
                self._idle.insert(0, connection)  # the last to be taken


def _connect(target: str, kind: type[Connection] = sqlite3.Connection) -> Connection:
    connection = sqlite3.connect(
        target,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=kind,
        uri=True,
    )
    try:
        _look_into_bodies(connection)
        # Not within a transaction: to take that back would cost all that is known of the schema.
        connection.execute(schema.VOCABULARY)
    except BaseException:
        connection.close()  # what is damaged may show here already
        raise
    return connection


def _look_into_bodies(connection: sqlite3.Connection) -> None:
    connection.create_function("is_pictured", 1, codec.is_pictured, deterministic=True)


# --- files -------------------------------------------------------------------------------------


def beside(path: Path) -> tuple[Path, ...]:
    """A store's file and the two that SQLite keeps beside it."""
    return (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))


def _check_file(path: Path) -> None:
    """Look at the head of the file before SQLite does, which would make files beside it."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_SIZE)
            status = os.fstat(file.fileno())
    except OSError as error:
        raise StoreError(
            _("The store {path} cannot be read: {reason}.").format(
                path=text.inline(str(path)), reason=text.inline(unread(error))
            )
        ) from error
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        raise StoreError(
            _("The store {path} belongs to another user.").format(path=text.inline(str(path)))
        )
    if not head:
        raise damaged(path, _("the file is empty"))
    if len(head) < _HEADER_SIZE or not head.startswith(_MAGIC):
        raise damaged(path, _("it is not a database"))
    if _number(head, _APPLICATION_ID_AT) != schema.APPLICATION_ID:
        raise damaged(path, _("it is the database of another program"))
    _check_newer(path, _number(head, _VERSION_AT))
    log = beside(path)[1]
    size = _number(head, _PAGES_AT) * _number(head, _PAGE_SIZE_AT, 2)
    if status.st_size < size and not (log.exists() and log.stat().st_size):
        raise damaged(path, _("its end is missing"))


def _check_newer(path: Path, version: int) -> None:
    if version > len(schema.MIGRATIONS):
        raise StoreNewerError(
            _(
                "The store {path} has format {found}; this program knows formats up to {known}."
            ).format(path=text.inline(str(path)), found=version, known=len(schema.MIGRATIONS)),
            hint=_("Install the newer version of the program; the store was left as it is."),
        )


def _number(head: bytes, place: int, size: int = 4) -> int:
    return int.from_bytes(head[place : place + size], "big")


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _make(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    temporary.unlink(missing_ok=True)
    _set_log_aside(path)
    try:
        _private_file(temporary)
        with plainly(path), contextlib.closing(_fresh(temporary)) as connection:
            schema.migrate(connection, schema.MIGRATIONS)
            # Closing would do it as well, but not say where the disk has no room for it.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _put(temporary, path)
    finally:
        for leftover in beside(temporary):
            leftover.unlink(missing_ok=True)


def _set_log_aside(path: Path) -> None:
    """Rename the log of a store that is gone: SQLite would read it into the new one."""
    for file in beside(path)[1:]:
        if file.exists() and not path.exists():
            file.replace(file.with_name(f"{file.name}.orphan"))


def _private_file(path: Path) -> None:
    os.close(
        os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    )


def _fresh(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    _look_into_bodies(connection)
    return connection


def _put(temporary: Path, path: Path) -> None:
    """Give the file its name, unless another program was first."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            temporary.rename(path)


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """A copy of the store as it is; an older copy of that name is kept as if it were new."""
    if target.exists():
        os.utime(target)
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    try:
        _private_file(temporary)
        with contextlib.closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
        temporary.rename(target)
    finally:
        temporary.unlink(missing_ok=True)
