"""Articles on their way into the store: saved files, and what was fetched.

Files are found, read within bounds, understood and kept: in groups, each in one transaction, since
waiting for the disk once a file would take longer than all else.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import i18n, parsing, text
from kaltimtui.errors import FetchError, ParseError, unread
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import Imported, SourceData
from kaltimtui.store import (
    articles,
    fetching,
    incoming,
    keys,
    rules,
    search,
    sources,
    steps,
    stories,
    wishes,
)
from kaltimtui.store.schema import ASIDE_REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from kaltimtui.models import ArticleData, Outcome, Parsed
    from kaltimtui.rule import Notice
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


class Fetched(NamedTuple):
    """What was fetched of one source, all of it or a part."""

    source: int
    ready: Sequence[incoming.Incoming]
    """The articles, as ``incoming.ready`` made them."""
    outcome: Outcome | None = None
    """How it went; None where it goes on."""


class Sifted(NamedTuple):
    """The entries of a subscription list that may be taken, and why the others may not."""

    sources: tuple[SourceData, ...]
    rejected: tuple[str, ...]
    repeated: tuple[str, ...] = ()


class Listed(NamedTuple):
    """What became of the entries of a subscription list."""

    added: tuple[str, ...]
    """Names."""
    known: tuple[str, ...]
    """Names of sources that were there before."""
    refused: tuple[str, ...]
    """Each with its reason, fit for a user."""
    repeated: tuple[str, ...] = ()
    """What is said of entries whose address stands in the list before."""


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
            yield _failed(str(found.filename or path), f"{unread(found)}.")
            continue
        try:
            data = read_file(found)
        except OSError as error:
            yield _failed(str(found), f"{unread(error)}.")
        except ParseError as error:
            yield _failed(str(found), str(error))
        else:
            yield understand(data, path=str(found), url=url, now=now)


def understand(data: bytes, *, path: str, url: str | None, now: datetime) -> Understood:
    """What some bytes say; ``path`` is how the user knows them."""
    try:
        check_size(len(data))
        return Understood(text.inline(path), parsing.read(data, url=url, now=now))
    except ParseError as error:
        return _failed(path, str(error))


def dry(understood: Understood) -> Imported:
    """What a file would bring, with nothing kept."""
    path, parsed, error = understood
    if parsed is None:
        return Imported(path, None, error=error)
    if parsed.kind == "opml":
        parsed = replace(parsed, **sifted(parsed, allow_private=False)._asdict())
    elif parsed.source is None:
        parsed = replace(parsed, source=_told_by_address(path, parsed))
    return Imported(
        path,
        parsed.kind,
        error=_untaken(parsed.rejected),
        refused=parsed.rejected,
        repeated=parsed.repeated,
        parsed=parsed,
    )


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


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, and ParseError for more than are worth reading."""
    with path.open("rb") as file:
        check_size(os.fstat(file.fileno()).st_size)
        return file.read(parsing.SIZE_LIMIT + 1)  # a pipe has no size beforehand


def check_size(size: int) -> None:
    """Raise ParseError where a file has more bytes than are worth reading."""
    if size > parsing.SIZE_LIMIT:
        raise ParseError(
            _("{size} is too big; {limit} is the most a file may have.").format(
                size=_mebibytes(size), limit=_mebibytes(parsing.SIZE_LIMIT)
            )
        )


def _mebibytes(size: int) -> str:
    shown = f"{size / (1 << 20):.1f}".removesuffix(".0")
    return (shown.replace(".", ",") if i18n.language() == "id" else shown) + " MiB"


def _untaken(rejected: Sequence[str]) -> str | None:
    """What is said of entries that could not be taken."""
    if not rejected:
        return None
    told = ngettext("{count} entry not taken", "{count} entries not taken", len(rejected))
    return f"{told}: {text.inline(rejected[0])}"


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
        yield from _keep_group(database, group, source, now)


def keep(
    database: Database, source: SourceData, said: Iterable[ArticleData], now: datetime
) -> Kept:
    """Keep the articles of one source."""
    seconds = keys.seconds_of(now)
    ready = incoming.ready(tuple(said), seconds)
    indexing = search.Indexing()
    with database.writing() as connection:
        kept = _put(connection, source, ready, indexing, seconds)
        stories.finish(connection, indexing, seconds)
    return kept


def keep_page(database: Database, source: SourceData, page: ArticleData, now: datetime) -> int:
    """Keep an article as its page tells it; its uid. The text stays where the source is a feed."""
    seconds = keys.seconds_of(now)
    ready = incoming.ready((page,), seconds)
    indexing = search.Indexing()
    with database.writing() as connection:
        (uid,) = _put(connection, source, ready, indexing, seconds).stored.uids
        articles.make_whole(connection, uid)
        stories.finish(connection, indexing, seconds)
    return uid


def keep_fetched(
    database: Database,
    batch: Sequence[Fetched],
    now: datetime,
    notify: Callable[[Sequence[Notice]], None] = lambda _notices: None,
) -> list[Kept]:
    """Keep what was fetched of several sources, articles and outcomes, in one transaction.

    In the order of the batch. Of a source that was removed meanwhile, nothing is kept. Rules are
    run over what is new; ``notify`` gets what they have to tell.
    """
    seconds = keys.seconds_of(now)
    indexing = search.Indexing()
    with database.writing() as connection:
        kept = [_put_fetched(connection, fetched, indexing, seconds) for fetched in batch]
        if any(one.stored.new for one in kept):
            sources.settle_sample(connection)
        stories.finish(connection, indexing, seconds)
        fresh = [uid for one in kept for uid in one.stored.fresh]
        notices = rules.run(connection, fresh, now)
    notify(notices)
    return kept


def keep_text(database: Database, uid: int, page: ArticleData, now: datetime) -> bool:
    """Keep the whole text of an article as its page gives it, and strike the wish for it off.

    Whether it was taken: see ``articles.store_text``.
    """
    seconds = keys.seconds_of(now)
    indexing = search.Indexing()
    with database.writing() as connection:
        taken = articles.store_text(connection, uid, page, indexing, seconds)
        wishes.done(connection, [uid], "text")
        stories.finish(connection, indexing, seconds)
    return taken


def _put_fetched(
    connection: Connection, fetched: Fetched, indexing: search.Indexing, now: int
) -> Kept:
    source = sources.by_id(connection, fetched.source)
    if source is None or source.aside & ASIDE_REMOVED:
        return Kept(articles.Stored((), 0, 0), ())
    stored = articles.store(connection, source, fetched.ready, indexing, now, bring_back=False)
    if stored.fresh and fetching.wants_full_text(connection, source.id):
        wishes.want(connection, stored.fresh, "text", now)
    if fetched.outcome is not None:
        fetching.record(connection, fetched.outcome)
    return Kept(stored, ())


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
    database: Database, group: list[Understood], source: str | SourceData | None, now: datetime
) -> list[Imported]:
    seconds = keys.seconds_of(now)
    ready = [incoming.ready(one.parsed.articles, seconds) if one.parsed else [] for one in group]
    if not any(file.parsed for file in group):
        return [Imported(file.path, None, error=file.error) for file in group]
    indexing = search.Indexing()
    fresh: list[int] = []
    with database.writing() as connection:
        kept = [
            _keep_file(connection, file, source, articles_, indexing, seconds, fresh)
            for file, articles_ in zip(group, ready, strict=True)
        ]
        stories.finish(connection, indexing, seconds)
        rules.run(connection, fresh, now)
    return kept


def _keep_file(
    connection: Connection,
    file: Understood,
    source: str | SourceData | None,
    ready: list[incoming.Incoming],
    indexing: search.Indexing,
    now: int,
    fresh: list[int],
) -> Imported:
    path, parsed, error = file
    if parsed is None:
        return Imported(path, None, error=error)
    if parsed.kind == "opml":
        listed = add_listed(connection, sifted(parsed, allow_private=False), now)
        return Imported(
            path,
            parsed.kind,
            sources=listed.added,
            error=_untaken(listed.refused),
            refused=listed.refused,
            repeated=listed.repeated,
        )
    owner = source if isinstance(source, SourceData) else _owner(connection, path, parsed, source)
    kept = _put(connection, owner, ready, indexing, now)
    stored = kept.stored
    fresh += stored.fresh
    ids = tuple(map(keys.public_id, stored.uids))
    error, refused = _untaken(parsed.rejected), parsed.rejected
    return Imported(path, parsed.kind, ids, stored.new, stored.changed, kept.added, error, refused)


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
    added = {source.id: source.name for source, is_new in made if is_new}
    if added:
        sources.settle_sample(connection)
        steps.sources_added(connection, tuple(added), now)
    return tuple(added.values())


def sifted(parsed: Parsed, *, allow_private: bool) -> Sifted:
    """The entries of a subscription list that may be taken, and why others may not.

    A list is no user's word: hosts that are private by their name or number alone are refused,
    unless it was said that they may be. Where other names lead is looked at when they are fetched.
    """
    if allow_private:
        return Sifted(parsed.sources, parsed.rejected, parsed.repeated)
    taken: list[SourceData] = []
    refused = list(parsed.rejected)
    for data in parsed.sources:
        if data.url and is_private(data.url):
            refused.append(
                _("“{name}” is in a private network: {host}.").format(
                    name=data.name, host=text.inline(text.host(data.url))
                )
            )
        else:
            taken.append(data)
    return Sifted(tuple(taken), tuple(refused), parsed.repeated)


def is_private(url: str) -> bool:
    """Whether an address is that of one's own machine or network, by its host alone."""
    from kaltimtui.net import guard  # brings asyncio

    try:
        guard.check_name(text.host(url))
    except FetchError:
        return True
    return False


def add_listed(connection: Connection, said: Sifted, now: int) -> Listed:
    """Add the entries of a subscription list; sources that are known stay as they are.

    Who allows hosts of a private network allows them for good.
    """
    from kaltimtui.parsing.opml import repeated  # brings lxml

    added: dict[int, str] = {}
    known: list[str] = []
    again = list(said.repeated)
    for data in said.sources:
        found = sources.find(connection, data)
        if found is not None and found.id in added:  # as http:// here, as https:// there
            again.append(repeated(data.name, found.name))
            continue
        if found is not None and not found.aside & ASIDE_REMOVED and found.url is not None:
            known.append(found.name)
            continue
        source, _new = sources.add(connection, data, now)
        if data.url and is_private(data.url):
            fetching.set_private(connection, source.id, True)
        added[source.id] = source.name
    if added:
        sources.settle_sample(connection)
        steps.sources_added(connection, tuple(added), now)
    return Listed(tuple(added.values()), tuple(known), said.rejected, tuple(again))


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
