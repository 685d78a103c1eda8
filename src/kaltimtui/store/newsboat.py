"""What newsboat keeps: its list of feeds, and its cache of their articles.

Nothing is written to it. Newsboat may run meanwhile: no lock is held but while some hundred rows
are read.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui import text
from kaltimtui.errors import StoreError, UsageError, unread
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Self

BUSY_SECONDS: Final = 10.0
BATCH: Final = 500
"""Rows read at once."""
BATCH_SIZE: Final = 8 * 1024 * 1024
"""Characters of articles after which a batch ends early."""
LIST_SIZE: Final = 16 * 1024 * 1024
"""Bytes that a list of feeds may have."""
LINE_SHOWN: Final = 200

_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|$)|(\S+)', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NEEDED: Final = frozenset(
    ("id", "guid", "title", "url", "feedurl", "pubDate", "content", "unread")
)
_ADDED: Final = ("author", "flags", "deleted", "base", "enclosure_url", "enclosure_type")
"""Columns that not every version of newsboat has."""
_TEXTS: Final = (
    *("guid", "title", "author", "url", "content"),
    *("flags", "enclosure_url", "enclosure_type", "base"),
)


class Files(NamedTuple):
    """Where newsboat keeps its things."""

    urls: Path
    cache: Path


class Feed(NamedTuple):
    """A line of its list, as it is written."""

    url: str
    tags: tuple[str, ...] = ()
    title: str | None = None
    """The user's own name for it."""


class Feeds(NamedTuple):
    """What its list says."""

    feeds: tuple[Feed, ...]
    refused: tuple[str, ...]
    """Lines that are no feed, each with the reason, fit for a user."""


class Item(NamedTuple):
    """An article of its cache, not clean yet."""

    id: int
    published: int
    """Seconds since 1970."""
    unread: bool
    guid: str
    title: str
    author: str
    url: str
    content: str
    flags: str
    enclosure_url: str
    enclosure_type: str
    base: str


# --- where it is -----------------------------------------------------------------------------


def find(folder: Path | None, home: Path, environment: Mapping[str, str]) -> Files:
    """The files in a folder, or else where newsboat itself has them.

    Raises UsageError where there are none.
    """
    if folder is not None:
        found = Files(folder / "urls", folder / "cache.db")
    else:
        config = _base(environment, "XDG_CONFIG_HOME", home / ".config") / "newsboat"
        data = _base(environment, "XDG_DATA_HOME", home / ".local" / "share") / "newsboat"
        # It uses these once the first of them is there.
        old = home / ".newsboat"
        found = (
            Files(config / "urls", data / "cache.db")
            if config.is_dir()
            else Files(old / "urls", old / "cache.db")
        )
    if not found.urls.exists() and not found.cache.exists():
        raise UsageError(
            _("There is no newsboat in {path}.").format(path=text.inline(str(found.urls.parent))),
            hint=_("Name the folder that its files “urls” and “cache.db” are in."),
        )
    return found


def _base(environment: Mapping[str, str], name: str, otherwise: Path) -> Path:
    stated = Path(environment.get(name, ""))
    return stated if stated.is_absolute() else otherwise


# --- its list of feeds -----------------------------------------------------------------------


def read_feeds(path: Path) -> Feeds:
    """The list of feeds. Raises StoreError where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LIST_SIZE)
    except OSError as error:
        raise _unreadable(path, error) from error
    return parse_feeds(data.decode("utf-8-sig", "replace"))


def parse_feeds(listed: str) -> Feeds:
    """The feeds of a list: an address a line, then tags; ``"~Name"`` is a name for it."""
    lines = (line for line in listed.split("\n") if line.strip() and not line.startswith("#"))
    return _feeds(map(_tokens, lines))


def feeds_of(urls: Iterable[str]) -> Feeds:
    """The feeds at some addresses."""
    return _feeds([url] for url in urls)


def _feeds(lines: Iterable[list[str]]) -> Feeds:
    feeds: dict[str, Feed] = {}
    refused: list[str] = []
    for url, *tags in lines:
        reason = _no_feed(url)
        if reason is not None:
            refused.append(f"{text.inline(url, LINE_SHOWN)}: {reason}")
        else:
            title = next((tag[1:] for tag in tags if tag.startswith("~")), None)
            # "!" hides a feed from the list; it names no group of feeds.
            groups = tuple(tag for tag in tags if tag and tag[0] not in "~!")
            feeds.setdefault(url, Feed(url, groups, title or None))
    return Feeds(tuple(feeds.values()), tuple(refused))


def _tokens(line: str) -> list[str]:
    """The words of a line; one in quotes may have blanks, and signs behind backslashes."""
    return [
        bare or _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted)
        for quoted, bare in _TOKEN.findall(line)
    ]


def _no_feed(url: str) -> str | None:
    """Why a line of the list is no feed; None where it is one."""
    kind = url.partition(":")[0].lower()
    match kind:
        case "http" | "https" if text.address(url):
            return None
        case "query":
            return _("a search of newsboat; save one like it here.")
        case "exec" | "filter":
            return _("it runs a program, which no feed may do here.")
        case "file":
            return _("a file; import it by itself.")
        case _:
            return _("no web address.")


# --- its cache -------------------------------------------------------------------------------


class Cache:
    """Newsboat's articles, open to be read."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises StoreError where it cannot be read or is none of newsboat's."""
        self._path = path
        try:
            path.open("rb").close()
        except OSError as error:
            raise _unreadable(path, error) from error
        self._connection = _open(path)
        try:
            with self._plainly():
                self._columns = self._find_columns()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def titles(self) -> dict[str, str]:
        """What each feed calls itself, by its address."""
        with self._plainly():
            return dict(
                self._connection.execute(
                    "SELECT CAST(rssurl AS TEXT), CAST(substr(title, 1, 4000) AS TEXT)"
                    " FROM rss_feed WHERE rssurl IS NOT NULL AND title IS NOT NULL"
                )
            )

    def strays(self, feeds: Iterable[str]) -> int:
        """How many articles there are of other feeds than these."""
        count = "SELECT count(*) FROM rss_item WHERE feedurl = ?"
        with self._plainly():
            (total,) = self._connection.execute("SELECT count(*) FROM rss_item").fetchone()
            for url in set(feeds):
                total -= self._connection.execute(count, (url,)).fetchone()[0]
        strays: int = total
        return strays

    def batches(self, feed: str) -> Iterator[list[Item]]:
        """The articles of a feed but those deleted, a few hundred at a time.

        Within a batch they stand as newsboat has them: it numbers a feed's entries from the last.
        """
        after = -(1 << 63)
        while True:
            with self._plainly():
                batch, last = self._batch(feed, after)
            if batch:
                yield batch[::-1]
            if last is None:
                return
            after = last

    def _batch(self, feed: str, after: int) -> tuple[list[Item], int | None]:
        """Articles numbered higher than one, and the number of the last that was looked at."""
        batch: list[Item] = []
        size, last = 0, None
        with contextlib.closing(
            self._connection.execute(
                f"SELECT {self._columns} FROM rss_item"
                " WHERE feedurl = ? AND id > ? ORDER BY id LIMIT ?",
                (feed, after, BATCH),
            )
        ) as rows:
            for deleted, *values in rows:
                item = Item(*values)
                last = item.id
                if not deleted:
                    batch.append(item._replace(unread=bool(item.unread)))
                    size += len(item.content)
                if size > BATCH_SIZE:
                    break
        return batch, last

    def _find_columns(self) -> str:
        """The columns of an item, in order. Raises StoreError for a file of something else."""
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        names = {name for (name,) in self._connection.execute(tables)}
        found = {row[1] for row in self._connection.execute("PRAGMA table_info(rss_item)")}
        if not {"rss_feed", "rss_item"} <= names or not found >= _NEEDED:
            raise _foreign(self._path)

        def column(name: str) -> str:
            return "NULL" if name in _ADDED and name not in found else name

        texts = (
            f"coalesce(CAST(substr({column(name)}, 1, {text.BLOCK_LIMIT}) AS TEXT), '')"
            for name in _TEXTS
        )
        deleted, published, unread = (
            f"coalesce(CAST({column(name)} AS INTEGER), 0)"
            for name in ("deleted", "pubDate", "unread")
        )
        return ", ".join((deleted, "id", published, unread, *texts))

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _explained(error, self._path) from error


def _open(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, and runs nothing that the file may hold."""
    address = path.absolute().as_uri()
    # Where no newsboat runs nor was broken off, the file is all there is. Else a folder that
    # takes no files would keep a cache with a log (WAL) from being read.
    beside = ("-wal", "-journal", ".lock")
    whole = not any(path.with_name(path.name + end).exists() for end in beside)
    settled = "&immutable=1" if whole and not _writable(path) else ""
    connection = sqlite3.connect(
        f"{address}?mode=ro{settled}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{text.inline(str(path))}: {text.inline(unread(error))}.")


def _foreign(path: Path) -> StoreError:
    return StoreError(
        _("{path} is no cache of newsboat.").format(path=text.inline(str(path))),
        hint=_("It is called “cache.db”, and lies beside its list of feeds or in its data folder."),
    )


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    shown = text.inline(str(path))
    if name == "SQLITE_NOTADB":
        return _foreign(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            _("Newsboat is writing to {path}.").format(path=shown),
            hint=_("Import it again when newsboat is done or closed."),
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return StoreError(
            _("{path} cannot be opened as it is.").format(path=shown),
            hint=_("If newsboat was broken off, start it once: it then sets its cache right."),
        )
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(
            _("{path} is damaged.").format(path=shown),
            hint=_("What was read of it until there is kept."),
        )
    return StoreError(
        _("{path} cannot be read: {reason}.").format(path=shown, reason=text.inline(str(error)))
    )


# --- what of it is known here ------------------------------------------------------------------


def known(connection: sqlite3.Connection, source: int, hashes: Sequence[int]) -> list[int | None]:
    """The uid of the article that each of some identities of a source stands for, if any."""
    query = (
        "SELECT uid FROM identity WHERE hash = ? AND source_id = ?"
        " AND NOT EXISTS(SELECT 1 FROM gone WHERE gone.uid = identity.uid)"
    )
    found: list[Any] = [connection.execute(query, (hash_, source)).fetchone() for hash_ in hashes]
    return [row[0] if row else None for row in found]


def unmarked(connection: sqlite3.Connection, uids: Iterable[int]) -> set[int]:
    """Those of some articles of which nothing was said here: neither marks nor tags."""
    query = (
        "SELECT EXISTS(SELECT 1 FROM mark WHERE uid = ?1)"
        " OR EXISTS(SELECT 1 FROM mark_tag WHERE uid = ?1)"
    )
    return {uid for uid in uids if not connection.execute(query, (uid,)).fetchone()[0]}
