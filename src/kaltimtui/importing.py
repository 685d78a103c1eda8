"""Saved files on their way into the store: found, read within bounds, understood, kept.

Files are kept in groups, each in one transaction: waiting for the disk once a file would take
longer than all else.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import i18n, parsing, text
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import Imported, SourceData
from kaltimtui.store import articles, incoming, keys, search, sources
from kaltimtui.store.failures import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from kaltimtui.models import ArticleData, Parsed
    from kaltimtui.store.connection import Connection, Database

SUFFIXES: Final = frozenset(
    (".html", ".htm", ".txt", ".xml", ".rss", ".atom", ".rdf", ".json", ".opml")
)
"""What is taken from a folder; a file that is named itself may be called anything."""
PORTAL: Final = SourceData("Portal Kaltim", "portal", "https://www.kaltimprov.go.id/")
"""Where pages are filed that look like the portal's and tell no address."""
_GROUP_ARTICLES: Final = 500
_GROUP_FILES: Final = 100


class Understood(NamedTuple):
    """One file, and what it said or why it said nothing."""

    path: str
    """As it may be shown."""
    parsed: Parsed | None
    error: str | None = None


class Kept(NamedTuple):
    """What became of the articles of one page or feed."""

    stored: articles.Stored
    added: tuple[str, ...]
    """Names of the sources that are new."""


# --- from bytes to what they say -----------------------------------------------------------------


def understand_all(path: Path, *, url: str | None, now: datetime) -> Iterator[Understood]:
    """A file, or every file of a known kind in a folder and those below it, in order of name."""
    for found in _files(path):
        if isinstance(found, OSError):
            yield _failed(str(found.filename or path), reason_of(found))
            continue
        try:
            data = _read(found)
        except OSError as error:
            yield _failed(str(found), reason_of(error))
        except ParseError as error:
            yield _failed(str(found), str(error))
        else:
            yield understand(data, path=str(found), url=url, now=now)


def understand(data: bytes, *, path: str, url: str | None, now: datetime) -> Understood:
    """What some bytes say; ``path`` is how the user knows them."""
    try:
        _check_size(len(data))
        return Understood(text.inline(path), parsing.read(data, url=url, now=now))
    except ParseError as error:
        return _failed(path, str(error))


def dry(understood: Understood) -> Imported:
    """What a file would bring, with nothing kept."""
    path, parsed, error = understood
    if parsed is None:
        return Imported(path, None, error=error)
    if parsed.kind != "opml" and parsed.source is None:
        parsed = replace(parsed, source=_told_by_address(path, parsed))
    return Imported(path, parsed.kind, error=_untaken(parsed), parsed=parsed)


def _failed(path: str, reason: str) -> Understood:
    shown = text.inline(path)
    return Understood(shown, None, text.inline(f"{shown}: {reason}"))


def _files(path: Path) -> Iterator[Path | OSError]:
    if not path.is_dir():
        yield path
        return
    problems: list[OSError] = []
    # Links to folders are not followed: they may lead round in a circle.
    for folder, folders, names in os.walk(path, onerror=problems.append):
        yield from problems
        problems.clear()
        folders.sort()
        for name in sorted(names):
            found = Path(folder, name)
            if found.suffix.lower() in SUFFIXES and not _endless(found):
                yield found
    yield from problems


def _endless(path: Path) -> bool:
    """Whether reading a file may never end: a pipe, a socket, a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False  # reading it will tell why it cannot be read


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        _check_size(os.fstat(file.fileno()).st_size)
        return file.read(parsing.SIZE_LIMIT + 1)  # a pipe has no size beforehand


def _check_size(size: int) -> None:
    if size > parsing.SIZE_LIMIT:
        raise ParseError(
            _("{size} is too big; {limit} is the most a file may have.").format(
                size=_mebibytes(size), limit=_mebibytes(parsing.SIZE_LIMIT)
            )
        )


def _mebibytes(size: int) -> str:
    shown = f"{size / (1 << 20):.1f}".removesuffix(".0")
    return (shown.replace(".", ",") if i18n.language() == "id" else shown) + " MiB"


def _untaken(parsed: Parsed) -> str | None:
    """What is said of entries that could not be taken."""
    if not parsed.rejected:
        return None
    told = ngettext("{count} entry not taken", "{count} entries not taken", len(parsed.rejected))
    return f"{told}: {text.inline(parsed.rejected[0])}"


# --- from what they say to the store -------------------------------------------------------------


def keep_all(
    database: Database,
    files: Iterable[Understood],
    *,
    source: str | SourceData | None,
    now: datetime,
) -> Iterator[Imported]:
    """Keep what files say; each is told of once it is on disk.

    ``source`` is the one to file them under, by name or as it is; None lets each file say.
    """
    for group in _groups(files):
        yield from _keep_group(database, group, source, keys.seconds_of(now))


def keep(
    database: Database, source: SourceData, said: Iterable[ArticleData], now: datetime
) -> Kept:
    """Keep the articles of one source."""
    seconds = keys.seconds_of(now)
    ready = incoming.ready(tuple(said), seconds)
    indexing = search.Indexing()
    with database.writing() as connection:
        kept = _put(connection, source, ready, indexing, seconds)
        indexing.write(connection)
    return kept


def _groups(files: Iterable[Understood]) -> Iterator[list[Understood]]:
    group: list[Understood] = []
    size = 0
    for file in files:
        group.append(file)
        size += len(file.parsed.articles) if file.parsed else 0
        if size >= _GROUP_ARTICLES or len(group) >= _GROUP_FILES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _keep_group(
    database: Database, group: list[Understood], source: str | SourceData | None, now: int
) -> list[Imported]:
    ready = [incoming.ready(file.parsed.articles, now) if file.parsed else [] for file in group]
    if not any(file.parsed for file in group):
        return [Imported(file.path, None, error=file.error) for file in group]
    indexing = search.Indexing()
    with database.writing() as connection:
        kept = [
            _keep_file(connection, file, source, articles_, indexing, now)
            for file, articles_ in zip(group, ready, strict=True)
        ]
        indexing.write(connection)
    return kept


def _keep_file(
    connection: Connection,
    file: Understood,
    source: str | SourceData | None,
    ready: list[incoming.Incoming],
    indexing: search.Indexing,
    now: int,
) -> Imported:
    path, parsed, error = file
    if parsed is None:
        return Imported(path, None, error=error)
    error = _untaken(parsed)
    if parsed.kind == "opml":
        added = add_sources(connection, parsed.sources, now)
        return Imported(path, parsed.kind, sources=added, error=error)
    owner = source if isinstance(source, SourceData) else _owner(connection, path, parsed, source)
    kept = _put(connection, owner, ready, indexing, now)
    uids, new, changed = kept.stored
    ids = tuple(map(keys.public_id, uids))
    return Imported(path, parsed.kind, ids, new, changed, kept.added, error)


def _put(
    connection: Connection,
    source: SourceData,
    ready: list[incoming.Incoming],
    indexing: search.Indexing,
    now: int,
) -> Kept:
    found, is_new = sources.add(connection, source, now)
    stored = articles.store(connection, found, ready, indexing, now)
    if stored.new or is_new:
        sources.settle_sample(connection)
    return Kept(stored, (found.name,) if is_new else ())


def add_sources(connection: Connection, said: Iterable[SourceData], now: int) -> tuple[str, ...]:
    """Add sources; the names of those that are new."""
    made = [sources.add(connection, source, now) for source in said]
    return tuple(source.name for source, is_new in made if is_new)


def _owner(connection: Connection, path: str, parsed: Parsed, name: str | None) -> SourceData:
    """The source that a page or feed belongs to; ``name`` is the user's own word for it."""
    said = parsed.source or _told_by_address(path, parsed)
    if name is None:
        return said
    known = sources.named(connection, text.inline(name))
    return sources.data(connection, known) if known else SourceData(text.inline(name), said.kind)


def _told_by_address(path: str, parsed: Parsed) -> SourceData:
    if parsed.kind == "feed":
        return SourceData(Path(path).stem or PORTAL.name, "feed")
    url = next((article.url for article in parsed.articles if article.url), None)
    if url is None:
        return PORTAL
    host = text.host(url).removeprefix("www.")
    return SourceData(host, "portal", f"https://{host}/")
