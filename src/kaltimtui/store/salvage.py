"""A damaged store: moved aside whole, and what can be read of it brought into a new one.

What the user made comes first. A range of a table that cannot be read is halved again and again,
so that a broken page costs no more than what stood on it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from kaltimtui.store import codec, schema, schema3, search, sources
from kaltimtui.store.articles import indexed_texts
from kaltimtui.store.connection import Database, beside
from kaltimtui.store.failures import FAILURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_BARREN: Final = 8
"""Halvings in a row without a row to show for it before a range is given up."""
_BATCH: Final = 1_000
_COLUMNS: Final = 20
"""Those of an article in the first format; what a later one has is worked out."""
_LOWEST: Final = -(1 << 63)
_HIGHEST: Final = (1 << 63) - 1
_CHANGES_AT: Final = 24
"""Where in its head a database counts its changes; these are numbers of four bytes."""
_PAGES_AT: Final = 28
_VALID_FOR_AT: Final = 92
_MOST_PAGES: Final = 1 << 20
"""More than any store has; a head that says more is broken itself."""

_Tables: TypeAlias = tuple[tuple[str, str], ...]

# Each table with the column it is read by, in the order they are brought over.
_MARK_TABLES: Final = (("mark", "uid"), ("mark_tag", "uid"))
_OTHER_TABLES: Final = (("source", "id"), ("category", "id"))
_ARTICLE_TABLES: Final = (("identity", "hash"), ("version", "uid"))
_OLDEST: Final = frozenset({"mark", "mark_tag", "source", "article", "body", "identity", "version"})
"""Without these it is no store, or not all is read that it says of itself."""
_FETCHING_TABLES: Final = (
    ("fetching", "source_id"),
    ("frontier", "id"),
    ("cut", "uid"),
    ("wish", "uid"),
    ("picture", "hash"),
    ("picture_use", "uid"),
)
"""Those of the second format."""
_MADE_TABLES: Final = (
    ("tag", "id"),
    ("hidden", "uid"),
    ("saved", "id"),
    ("rule", "id"),
    ("keeping", "source_id"),
    ("gone", "uid"),
)
"""What the user made, and what must not come back, of the third format."""
_READ_TABLES: Final = (("text_read", "uid"),)
"""Those of the sixth format."""

_SETTLE_MADE: Final = (
    """
UPDATE tag SET total = 0, unread = 0;
UPDATE hidden SET article_id = NULL;
UPDATE saved SET unread = 0, stale = 1;
"""
    + schema3.FILL_TAGS
)
"""What is worked out anew as articles come."""
_SETTLE: Final = f"""
DELETE FROM identity WHERE uid NOT IN (SELECT uid FROM article UNION ALL SELECT uid FROM gone);
DELETE FROM gone WHERE uid IN (SELECT uid FROM article);
DELETE FROM cut WHERE uid NOT IN (SELECT uid FROM article);
DELETE FROM wish WHERE uid NOT IN (SELECT uid FROM article);
DELETE FROM text_read WHERE uid NOT IN (SELECT uid FROM article);
UPDATE article SET category_id = 0 WHERE category_id NOT IN (SELECT id FROM category);
INSERT INTO source(id, key, kind, name, added_at)
  SELECT DISTINCT source_id, 'lost:' || source_id, 'feed', '(' || source_id || ')', first_seen
  FROM article WHERE source_id NOT IN (SELECT id FROM source) GROUP BY source_id;
UPDATE article SET aside = {sources.ASIDE} WHERE aside <> {sources.ASIDE};
INSERT OR IGNORE INTO mark(uid, read, starred, later, changed_at)
  SELECT uid, 1 - unread, starred, later, updated_at FROM article
  WHERE unread = 0 OR starred = 1 OR later = 1;
"""
"""What refers to something that was lost refers to it no longer, or to something in its place.
Of marks that were lost, the working copies bring back all but tags and notes."""


class Salvaged(NamedTuple):
    """Where the damaged store is now, and what could be saved of it."""

    aside: Path
    marks: int
    articles: int


def salvage(path: Path, now: datetime) -> Salvaged:
    """Move a damaged store aside and make a new one of what can be read of it.

    Raises OSError where files cannot be moved, StoreError where the new store cannot be made.
    """
    aside = move_aside(path, now)
    database = Database.create(path)
    try:
        with contextlib.ExitStack() as stack:
            found = _opened(aside, stack)
            if found is None:
                return Salvaged(aside, 0, 0)
            old, made, tables = found
            _bring_made(old, database, made)
            _bring_articles(old, database, tables)
            return Salvaged(aside, *_count(database))
    finally:
        database.close()


def move_aside(path: Path, now: datetime) -> Path:
    """Give a store's files a name with the date, and leave them as they are; the new path."""
    stem = f"{path.stem}-damaged-{now:%Y-%m-%d}"
    aside, number = path.with_name(f"{stem}{path.suffix}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}{path.suffix}")
    # The file itself goes last: a new one must never meet the old one's log.
    for file, target in reversed(list(zip(beside(path), beside(aside), strict=True))):
        if file.exists():
            file.rename(target)
    return aside


# --- opening what is broken --------------------------------------------------------------------


class _Old(NamedTuple):
    """A damaged store for reading, and which of its tables can be."""

    store: sqlite3.Connection
    made: _Tables
    """What comes before the articles."""
    tables: _Tables
    """What comes after them."""


def _opened(aside: Path, stack: contextlib.ExitStack) -> _Old | None:
    """The damaged store; None where nothing of it makes sense."""
    for store in _attempts(aside, stack):
        names = _tables(store)
        if names >= _OLDEST:
            made, tables = (
                tuple(table for table in known if table[0] in names)
                for known in (_MADE_TABLES, (*_ARTICLE_TABLES, *_FETCHING_TABLES, *_READ_TABLES))
            )
            return _Old(store, made, tables)
        if names and _foreign(store):
            return None
    old = _attempted(_with_fresh_head(aside, stack), stack)
    # The tables of later formats lie elsewhere in a store that was made in the first.
    return None if old is None else _Old(old, (), _ARTICLE_TABLES)


def _attempts(aside: Path, stack: contextlib.ExitStack) -> Iterator[sqlite3.Connection]:
    """The damaged store itself, then a copy as long as it should be, as far as they open."""
    old = _attempted(aside, stack)
    if old is not None:
        yield old
    copy = _attempted(_copied(aside, stack), stack)
    if copy is not None:
        yield copy


def _attempted(path: Path, stack: contextlib.ExitStack) -> sqlite3.Connection | None:
    try:
        # Without a log the file is all there is, and nothing is made beside it.
        alone = "" if beside(path)[1].exists() else "&immutable=1"
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro{alone}", uri=True)
        stack.callback(connection.close)
        connection.text_factory = _lenient
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except FAILURES:
        return None
    return connection


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _tables(connection: sqlite3.Connection) -> set[str]:
    """What a store says that it holds, as far as that can be read."""
    names: set[str] = set()
    with contextlib.suppress(*FAILURES):
        for (name,) in connection.execute("SELECT name FROM sqlite_schema"):
            names.add(name)
    return names


def _foreign(connection: sqlite3.Connection) -> bool:
    """Whether it is the database of another program."""
    found: tuple[int] = connection.execute("PRAGMA application_id").fetchone()
    return found[0] != schema.APPLICATION_ID


def _with_fresh_head(aside: Path, stack: contextlib.ExitStack) -> Path:
    """A copy whose first page, which says where each table begins, is that of a fresh store.

    Every store has the tables of the first format at the same pages, and what says so of them
    alone fits into one page.
    """
    copy = _copied(aside, stack)
    fresh = copy.with_name("fresh.db")
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection, schema.MIGRATIONS[:1])
    with fresh.open("rb") as whole:
        head = bytearray(whole.read(schema.PAGE_SIZE))
    pages = -(-copy.stat().st_size // schema.PAGE_SIZE)
    head[_PAGES_AT : _PAGES_AT + 4] = pages.to_bytes(4, "big")
    head[_VALID_FOR_AT : _VALID_FOR_AT + 4] = head[_CHANGES_AT : _CHANGES_AT + 4]
    with copy.open("r+b") as damaged:
        damaged.write(head)
    return copy


def _copied(aside: Path, stack: contextlib.ExitStack) -> Path:
    """A copy for a while, made as long with empty pages as its head says.

    Where the page is missing that a table begins at, SQLite reads no other table either.
    """
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=aside.parent)))
    copy = folder / aside.name
    for file, target in zip(beside(aside)[:2], beside(copy)[:2], strict=True):
        if file.exists():
            shutil.copyfile(file, target)
    with copy.open("r+b") as short:
        head = short.read(_PAGES_AT + 4)
        pages = min(int.from_bytes(head[_PAGES_AT:], "big"), _MOST_PAGES)
        size = pages * schema.PAGE_SIZE
        if size > copy.stat().st_size:
            # A file system without sparse files may have no room for that.
            with contextlib.suppress(OSError):
                short.truncate(size)
    return copy


# --- bringing over -----------------------------------------------------------------------------


def _bring_made(old: sqlite3.Connection, new: Database, made: _Tables) -> None:
    with new.writing() as connection:
        connection.execute("DELETE FROM source")  # its numbers are those of a fresh store
        if ("saved", "id") in made:
            connection.execute("DELETE FROM saved")
        for table, key in (*_MARK_TABLES, *_OTHER_TABLES, *made):
            _insert(connection, table, _readable(old, table, key))
        for statement in schema.statements(_SETTLE_MADE):
            connection.execute(statement)


def _bring_articles(old: sqlite3.Connection, new: Database, tables: _Tables) -> None:
    for batch in _batches(_whole_articles(old)):
        indexing = search.Indexing()
        with new.writing() as connection:
            for article, body in batch:
                _bring_article(connection, article, body, indexing)
            indexing.write(connection)
    with new.writing() as connection:
        for table, key in tables:
            _insert(connection, table, _readable(old, table, key))
        for statement in schema.statements(_SETTLE + schema.WITH_PORTAL):
            connection.execute(statement)
        sources.settle_sample(connection)


def _count(new: Database) -> tuple[int, int]:
    """How many articles have marks, and how many there are."""
    with new.reading() as connection:
        marks, articles = connection.execute(
            "SELECT (SELECT count(*) FROM (SELECT uid FROM mark UNION SELECT uid FROM mark_tag)),"
            " (SELECT count(*) FROM article)"
        ).fetchone()
    return marks, articles


def _whole_articles(old: sqlite3.Connection) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """The articles whose row and text can both be read."""
    for article in _readable(old, "article", "id"):
        with contextlib.suppress(*FAILURES):
            body = old.execute("SELECT data FROM body WHERE article_id = ?", article[:1]).fetchone()
            if body is not None:
                yield article, *body


def _bring_article(
    connection: sqlite3.Connection,
    article: tuple[Any, ...],
    body: bytes,
    indexing: search.Indexing,
) -> None:
    """Bring an article over, if it fits the tables, makes sense and is not there yet."""
    id_ = article[0]
    connection.execute("SAVEPOINT article")
    try:
        row = (*article[:_COLUMNS], codec.is_pictured(body))
        connection.execute(f"INSERT INTO article VALUES({','.join('?' * len(row))})", row)
        connection.execute("INSERT INTO body VALUES(?, ?)", (id_, body))
        indexing.put(id_, indexed_texts(connection, id_))
    except FAILURES:
        connection.execute("ROLLBACK TO article")
    connection.execute("RELEASE article")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        # A row that does not fit the table has not come through whole.
        with contextlib.suppress(sqlite3.IntegrityError):
            places = ",".join("?" * len(row))
            connection.execute(f"INSERT OR IGNORE INTO {table} VALUES({places})", row)


def _readable(old: sqlite3.Connection, table: str, key: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table that can be read, in no order.

    From both ends of a range as far as it goes; what lies between is halved, as long as that
    brings anything to light. The key is the table's first column.
    """
    ranges = [(_LOWEST, _HIGHEST, 0)]
    while ranges:
        low, high, barren = ranges.pop()
        rows, end = _read(old, table, key, (low, high), "ASC")
        yield from rows
        low = max((row[0] for row in rows), default=low - 1) + 1
        if end is _End.FULL and rows:
            ranges.append((low, high, 0))
        elif end is not _End.WHOLE:
            last_rows, _end = _read(old, table, key, (low, high), "DESC")
            yield from last_rows
            high = min((row[0] for row in last_rows), default=high + 1) - 1
            barren = 0 if rows or last_rows else barren + 1
            middle = (low + high) // 2
            if low < high and barren < _BARREN:
                ranges += [(low, middle, barren), (middle + 1, high, barren)]


class _End(Enum):
    """Why no more rows were read: there are none, it was enough, or one cannot be read."""

    WHOLE = 1
    FULL = 2
    BROKEN = 3


def _read(
    old: sqlite3.Connection, table: str, key: str, bounds: tuple[int, int], order: str
) -> tuple[list[tuple[Any, ...]], _End]:
    """Rows of a range, from one end."""
    rows: list[tuple[Any, ...]] = []
    query = f"SELECT * FROM {table} NOT INDEXED WHERE {key} BETWEEN ? AND ? ORDER BY {key} {order}"
    met = 0
    try:
        for row in old.execute(f"{query} LIMIT {_BATCH}", bounds):
            met += 1
            # A broken page may hold any key: a row counts in the range it belongs to.
            if bounds[0] <= row[0] <= bounds[1]:
                rows.append(row)
    except FAILURES:
        return rows, _End.BROKEN
    return rows, _End.FULL if met == _BATCH else _End.WHOLE


def _batches(
    articles: Iterable[tuple[tuple[Any, ...], bytes]],
) -> Iterator[list[tuple[tuple[Any, ...], bytes]]]:
    batch: list[tuple[tuple[Any, ...], bytes]] = []
    for article in articles:
        batch.append(article)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch
