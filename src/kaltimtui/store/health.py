"""Whether a store is sound: looked at only when asked, because it takes as long as reading it."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Final

from kaltimtui import i18n, text
from kaltimtui.errors import StoreDamagedError, StoreError, refusal
from kaltimtui.i18n import N_, _, ngettext
from kaltimtui.store import copies, keeping, schema, schema3, schema4, search, stories
from kaltimtui.store.articles import indexed_texts
from kaltimtui.store.connection import beside
from kaltimtui.store.reports import Check, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.errors import KaltimtuiError
    from kaltimtui.store.connection import Database
    from kaltimtui.store.reports import Room

_PRIVATE: Final = 0o077
"""Bits of a file's mode that let others in."""
_MERGED: Final = 200
"""Pages of the index of words that are merged in one step."""

_TAGGED: Final = """
SELECT ancestor_id, article.id FROM mark_tag JOIN article ON article.uid = mark_tag.uid
  JOIN tag ON tag.name = mark_tag.tag JOIN above ON above.tag_id = tag.id WHERE aside < 2
UNION SELECT 0, article.id FROM mark JOIN article ON article.uid = mark.uid
  WHERE note IS NOT NULL AND aside < 2
"""
_COUNTERS_WRONG: Final = f"""
SELECT (SELECT count(*) FROM (SELECT tag_id, article_id FROM tagged
    EXCEPT SELECT * FROM ({_TAGGED})))
+ (SELECT count(*) FROM ({_TAGGED} EXCEPT SELECT tag_id, article_id FROM tagged))
+ (SELECT count(*) FROM mark_tag WHERE tag NOT IN (SELECT name FROM tag))
+ (SELECT count(*) FROM tag WHERE (total, unread) IS NOT (
    SELECT count(*), coalesce(sum(article.unread), 0) FROM tagged
    JOIN article ON article.id = article_id WHERE tag_id = tag.id))
+ (SELECT count(*) FROM tally WHERE (total, unread) IS NOT (
    SELECT count(*), coalesce(sum(article.unread), 0) FROM article
    WHERE aside < 2 AND iif(name = 'starred', starred, later) = 1))
+ (SELECT count(*) FROM (
  SELECT source_id, category_id, total, unread FROM counter WHERE total <> 0 OR unread <> 0
  EXCEPT SELECT source_id, category_id, count(*), sum(unread) FROM article
    WHERE aside < 2 GROUP BY 1, 2
  UNION ALL
  SELECT * FROM (SELECT source_id, category_id, count(*), sum(unread) FROM article
    WHERE aside < 2 GROUP BY 1, 2
    EXCEPT SELECT source_id, category_id, total, unread FROM counter)
))
+ (SELECT count(*) FROM article JOIN body ON article_id = id WHERE pictured <> is_pictured(data))
+ (SELECT count(*) FROM saved
    WHERE unread <> (SELECT count(*) FROM hit WHERE saved_id = saved.id))
"""
_MARKS_WRONG: Final = """
SELECT count(*) FROM article LEFT JOIN mark ON mark.uid = article.uid
WHERE unread <> 1 - coalesce(read, 0) OR article.starred <> coalesce(mark.starred, 0)
  OR article.later <> coalesce(mark.later, 0)
"""
_INDEX_WRONG: Final = """
SELECT abs((SELECT count(*) FROM article) - (SELECT count(*) FROM fts_docsize))
"""
_MEND_COUNTERS: Final = f"""
{schema4.FILL_PICTURED}
DELETE FROM tagged;
UPDATE tag SET total = 0, unread = 0;
{schema3.FILL_TAGS}
UPDATE tally SET (total, unread) = (
  SELECT count(*), coalesce(sum(article.unread), 0) FROM article
  WHERE aside < 2 AND iif(name = 'starred', starred, later) = 1);
DELETE FROM counter;
INSERT INTO counter
  SELECT source_id, category_id, count(*), sum(unread) FROM article WHERE aside < 2 GROUP BY 1, 2;
UPDATE saved SET stale = 1,
  unread = (SELECT count(*) FROM hit WHERE saved_id = saved.id);
"""
_MEND_MARKS: Final = """
UPDATE article SET
  unread = 1 - coalesce((SELECT read FROM mark WHERE mark.uid = article.uid), 0),
  starred = coalesce((SELECT starred FROM mark WHERE mark.uid = article.uid), 0),
  later = coalesce((SELECT later FROM mark WHERE mark.uid = article.uid), 0);
"""


def report(
    database: Database, path: Path, trouble: KaltimtuiError | None, repairs: tuple[str, ...] = ()
) -> Report:
    """Look at a store; ``path`` is where it should be, ``trouble`` why it is not in use."""
    checks = [Check("open", trouble is None, _opening(database, trouble))]
    numbers = (0, 0, 0, 0)
    if database.path is not None:
        checks += [_permissions(path), *_contents(database)]
    room: tuple[Room, ...] = ()
    free = 0
    try:
        numbers = _numbers(database)
        with database.reading() as connection:
            room, (_used, free) = keeping.room(connection), _pages(connection)
    except StoreError as error:
        checks.append(Check("numbers", ok=False, detail=str(error)))
    version, articles, unread, sources = numbers
    return Report(
        store=text.inline(str(path)),
        bytes=sum(map(_size, beside(path))),
        version=version if database.path is not None else 0,
        sqlite=sqlite3.sqlite_version,
        articles=articles,
        unread=unread,
        sources=sources,
        checks=tuple(checks),
        repairs=repairs,
        free=free,
        room=room,
        copies=copies.of(path),
    )


def damaged(database: Database) -> bool:
    """Whether SQLite itself finds the file broken."""
    return not _integrity(database).ok


def mend(database: Database) -> tuple[str, ...]:
    """Set right what can be worked out anew; what was done."""
    done: list[str] = []
    with database.writing() as connection:
        for query, mending, told in _MENDINGS:
            if _wrong(connection, query):
                mending(connection)
                done.append(_(told))
    if database.path is not None and not _permissions(database.path).ok:
        database.path.parent.chmod(0o700)
        for file in beside(database.path):
            if file.exists():
                file.chmod(0o600)
        done.append(_("The store was closed to other users."))
    return tuple(done)


def give_up_copies(database: Database, now: int) -> tuple[str, ...]:
    """Remove what was copied before upgrades long enough ago, unless the store is damaged.

    What was done comes back. Raises StoreError.
    """
    if damaged(database):
        return ()
    said = _("The copy of the store in format {number} was removed: {size} freed.")
    return tuple(
        said.format(number=copy.format, size=_kibibytes(copy.bytes))
        for copy in copies.give_up(database, now)
    )


def compact(database: Database) -> tuple[str, ...]:
    """Give the disk back what the store holds unused; what was done.

    Raises StoreError where there is no room to write the store anew, or another program keeps
    writing to it.
    """
    import shutil  # needed for this alone

    if database.trouble is not None:
        raise database.trouble
    if database.path is None:
        return ()
    path, before = database.path, sum(map(_size, beside(database.path)))
    with database.reading() as connection:
        used, _free = _pages(connection)
    # SQLite writes a copy, and from that its log.
    needed, there = 2 * used, shutil.disk_usage(path.parent).free
    if there < needed:
        raise StoreError(
            _("To compact the store takes {needed} of free disk; there are {there}.").format(
                needed=_kibibytes(needed), there=_kibibytes(there)
            ),
            hint=_("Make room on the disk of {path}.").format(path=text.inline(str(path))),
        )
    _merge_index(database)
    database.compact()
    freed = before - sum(map(_size, beside(path)))
    if freed <= 0:
        return (_("The store was compacted; no room was to be gained."),)
    return (_("The store was compacted: {size} freed.").format(size=_kibibytes(freed)),)


def _merge_index(database: Database) -> None:
    """Rid the index of words of what was taken out of it, which it only notes at first."""
    pages, changed = -_MERGED, 2
    while changed >= 2:  # as SQLite says how a merge is known to be done
        with database.writing() as connection:
            before = connection.total_changes
            connection.execute("INSERT INTO fts(fts, rank) VALUES('merge', ?)", (pages,))
            changed = connection.total_changes - before
        pages = _MERGED


def _pages(connection: sqlite3.Connection) -> tuple[int, int]:
    """Bytes of the store that are in use, and that are not."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size, free * size


def _kibibytes(size: int) -> str:
    return f"{i18n.number(-(-size // 1024))} KiB"


def replace_damaged(path: Path, now: datetime) -> str:
    """Put a new store in the place of a damaged one, with what can be read of it; what was done.

    Raises StoreError where that cannot be done.
    """
    from kaltimtui.store.salvage import salvage  # needed once in a store's life, if ever

    try:
        aside, marks, articles = salvage(path, now)
    except OSError as error:
        raise StoreError(
            _("The damaged store {path} cannot be replaced: {reason}.").format(
                path=text.inline(str(path)), reason=text.inline(refusal(error))
            )
        ) from error
    saved = (
        ngettext("{count} marked article", "{count} marked articles", marks),
        ngettext("{count} article", "{count} articles", articles),
    )
    return _("The damaged store is now {path}. Saved of it: {saved}.").format(
        path=text.inline(str(aside)), saved=", ".join(saved)
    )


def _size(path: Path) -> int:
    """Bytes of a file; 0 where there is none, or none that one may look at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


# --- what is looked at -----------------------------------------------------------------------


def _opening(database: Database, trouble: KaltimtuiError | None) -> str:
    if trouble is not None:
        return str(trouble)
    return _("opened") if database.path is not None else _("in memory")


def _permissions(path: Path) -> Check:
    if os.name != "posix":
        return Check("permissions", ok=True, detail=_("not known on this system"))
    files = (path.parent, *beside(path))
    open_ones = [file for file in files if file.exists() and file.stat().st_mode & _PRIVATE]
    detail = (
        _("{path} can be read by other users.").format(path=text.inline(str(open_ones[0])))
        if open_ones
        else _("for you alone")
    )
    return Check("permissions", not open_ones, detail)


def _contents(database: Database) -> list[Check]:
    found = [_integrity(database)]
    if not found[0].ok:
        return found
    for name, query in (
        ("counters", _COUNTERS_WRONG),
        ("marks", _MARKS_WRONG),
        ("stories", stories.WRONG),
        ("index", _INDEX_WRONG),
    ):
        with database.reading() as connection:
            wrong = _wrong(connection, query)
        detail = ngettext("{count} is wrong", "{count} are wrong", wrong) if wrong else _("right")
        found.append(Check(name, not wrong, detail))
    return found


def _integrity(database: Database) -> Check:
    try:
        with database.reading() as connection:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except StoreDamagedError as error:
        return Check("integrity", ok=False, detail=str(error))
    detail = _("sound") if said == "ok" else text.inline(said)
    return Check("integrity", said == "ok", detail)


def _numbers(database: Database) -> tuple[int, int, int, int]:
    with database.reading() as connection:
        articles, unread = connection.execute(
            "SELECT coalesce(sum(total), 0), coalesce(sum(counter.unread), 0)"
            " FROM counter JOIN source ON source.id = source_id WHERE aside < 2"
        ).fetchone()
        (sources,) = connection.execute("SELECT count(*) FROM source WHERE aside < 2").fetchone()
        return schema.version(connection), articles, unread, sources


def _wrong(connection: sqlite3.Connection, query: str) -> int:
    wrong: int = connection.execute(query).fetchone()[0]
    return wrong


# --- what is set right -----------------------------------------------------------------------


def _mend_counters(connection: sqlite3.Connection) -> None:
    for statement in schema.statements(_MEND_COUNTERS):
        connection.execute(statement)


def _mend_stories(connection: sqlite3.Connection) -> None:
    for statement in schema.statements(stories.MEND):
        connection.execute(statement)


def _mend_marks(connection: sqlite3.Connection) -> None:
    connection.execute(_MEND_MARKS)


def _mend_index(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO fts(fts) VALUES('delete-all')")
    ids = connection.execute("SELECT id FROM article ORDER BY id")
    while batch := ids.fetchmany(1_000):
        indexing = search.Indexing()
        for (id_,) in batch:
            indexing.put(id_, indexed_texts(connection, id_))
        indexing.write(connection)


_MENDINGS: Final[tuple[tuple[str, Callable[[sqlite3.Connection], None], str], ...]] = (
    (_MARKS_WRONG, _mend_marks, N_("The marks were put on their articles again.")),
    (stories.WRONG, _mend_stories, N_("Which stories several sources tell was set right.")),
    (_COUNTERS_WRONG, _mend_counters, N_("The counters were counted anew.")),
    (_INDEX_WRONG, _mend_index, N_("The index of words was built anew.")),
)
