"""How fetching each source has gone, and what its reader has set for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kaltimtui import i18n, text
from kaltimtui.models import Health, Source, Validators
from kaltimtui.store import keys, schema, sources
from kaltimtui.store.failures import sensible
from kaltimtui.store.keys import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from kaltimtui.models import Outcome

SHORTEST_INTERVAL: Final = 5
LONGEST_INTERVAL: Final = 7 * 24 * 60
"""Minutes that a user may set between two tries."""
MOST_KEPT: Final = 100_000_000
"""Days, or articles, that a user may have kept of a source."""
WEEKS: Final = 4
"""So many weeks back it is counted how often a source has something new."""
_ERROR_LIMIT: Final = 8 * 1024

# Lists are in order of time, so that recent articles are one short range of an index.
_SOURCES: Final = f"""
SELECT source.id, name, kind, url, folder, minutes, full_text, private, etag, last_modified,
  tried_at, ok_at, next_at, failures, error, http_status, gone,
  (SELECT count(*) FROM article INDEXED BY article_source
   WHERE article.source_id = source.id AND article.aside = source.aside
     AND article.id BETWEEN ? AND ?),
  keeping.days, keeping.articles
FROM source LEFT JOIN fetching ON fetching.source_id = source.id
LEFT JOIN keeping ON keeping.source_id = source.id
WHERE aside < {schema.ASIDE_REMOVED} AND kind <> 'sample'
"""
_SUCCEEDED: Final = """
UPDATE fetching SET tried_at = :at, ok_at = :at, next_at = :next, failures = 0, error = NULL,
  http_status = :status, gone = :gone WHERE source_id = :source
"""
_FAILED: Final = """
UPDATE fetching SET tried_at = :at, next_at = :next, failures = failures + 1, error = :error,
  http_status = :status, gone = :gone WHERE source_id = :source
"""


def all_sources(connection: sqlite3.Connection, now: int) -> tuple[Source, ...]:
    """The sources in the order of the tree, without those removed and the sample edition."""
    found = connection.execute(f"{_SOURCES} {sources.ORDER}", (*_lately(now), sources.HOME))
    with sensible():
        return tuple(map(_source, found))


def one_source(connection: sqlite3.Connection, source: int, now: int) -> Source | None:
    """A source, unless there is none of this id, it was removed or is the sample edition."""
    query = f"{_SOURCES} AND source.id = ?"
    found = connection.execute(query, (*_lately(now), source)).fetchone()
    with sensible():
        return _source(found) if found else None


def newest(connection: sqlite3.Connection, source: int) -> int | None:
    """The second at which the newest article of a source was published; None where none says.

    A date that is not believed, which is one ahead of where the article is listed, says nothing.
    """
    found: tuple[int] | None = connection.execute(
        "SELECT published_at FROM article INDEXED BY article_source"
        " WHERE source_id = ? AND aside = (SELECT aside FROM source WHERE id = ?)"
        f" AND published_at <= id >> {keys.ORDER_BITS} ORDER BY id DESC LIMIT 1",
        (source, source),
    ).fetchone()
    return found[0] if found else None


def record(connection: sqlite3.Connection, outcome: Outcome) -> None:
    """Keep what a try to fetch a source came to."""
    _make(connection, outcome.source)
    connection.execute(
        _SUCCEEDED if outcome.error is None else _FAILED,
        {
            "source": outcome.source,
            "at": keys.seconds_of(outcome.at),
            "next": None if outcome.next_try is None else keys.seconds_of(outcome.next_try),
            "error": _keepable(outcome.error or "") or None,
            "status": outcome.http_status,
            "gone": outcome.gone,
        },
    )
    if outcome.validators is not None:
        connection.execute(
            "UPDATE fetching SET etag = ?, last_modified = ? WHERE source_id = ?",
            (outcome.validators.etag, outcome.validators.last_modified, outcome.source),
        )
    if outcome.moved_to is not None:
        _move(connection, outcome.source, outcome.moved_to)


def set_interval(connection: sqlite3.Connection, source: int, minutes: int | None) -> None:
    """How long to wait between two tries; None: as the source itself says.

    It holds from the last try on, unless the source fails: then it is asked when it was to be.
    """
    _make(connection, source)
    connection.execute(
        "UPDATE fetching SET minutes = ?1,"
        " next_at = iif(failures = 0, min(next_at, tried_at + 60 * ?1), next_at)"
        " WHERE source_id = ?2",
        (minutes, source),
    )


def set_full_text(connection: sqlite3.Connection, source: int, wanted: bool) -> None:
    """Whether the page of each entry is fetched."""
    _make(connection, source)
    connection.execute("UPDATE fetching SET full_text = ? WHERE source_id = ?", (wanted, source))


def wants_full_text(connection: sqlite3.Connection, source: int) -> bool:
    """Whether the page of each entry of a source is fetched."""
    query = "SELECT 1 FROM fetching WHERE source_id = ? AND full_text = 1"
    return connection.execute(query, (source,)).fetchone() is not None


def set_private(connection: sqlite3.Connection, source: int, private: bool) -> None:
    """Whether the host of a source may be in a private network."""
    _make(connection, source)
    connection.execute("UPDATE fetching SET private = ? WHERE source_id = ?", (private, source))


def revive(connection: sqlite3.Connection, source: int) -> None:
    """Ask a source again that was said to be gone for good."""
    connection.execute(
        "UPDATE fetching SET gone = 0, failures = 0, next_at = NULL"
        " WHERE source_id = ? AND gone = 1",
        (source,),
    )


def _make(connection: sqlite3.Connection, source: int) -> None:
    connection.execute("INSERT OR IGNORE INTO fetching(source_id) VALUES(?)", (source,))


def _move(connection: sqlite3.Connection, source: int, url: str) -> None:
    """Give a source the address it has moved to, unless another one has it.

    The user typed the old host, not the new one: only where it stays may it be a private one.
    """
    kind, old = connection.execute(
        "SELECT kind, url FROM source WHERE id = ?", (source,)
    ).fetchone()
    if any(found != source for found in sources.at_address(connection, kind, url)):
        return
    if old is None or text.host(old) != text.host(url):
        set_private(connection, source, False)
    connection.execute("UPDATE source SET url = ? WHERE id = ?", (url, source))


def _lately(now: int) -> tuple[int, int]:
    """The places in the order of the last weeks; a day ahead is as far as a date is believed."""
    return keys.order_floor(now - WEEKS * 7 * DAY), keys.order_floor(now + DAY)


def _source(values: Sequence[Any]) -> Source:
    id_, name, kind, url, folder, minutes, full_text, private, etag, modified, *rest = values
    tried, succeeded, next_try, failures, error, status, gone, recent, *kept = rest
    return Source(
        id_,
        name,
        kind,
        url,
        folder,
        minutes,
        bool(full_text),
        bool(private),
        Validators(etag, modified),
        Health(
            _moment(tried),
            _moment(succeeded),
            _moment(next_try),
            failures or 0,
            error and text.optional(i18n.told(error)),
            status,
            bool(gone),
            recent / WEEKS,
        ),
        *kept,
    )


def _keepable(error: str) -> str:
    """Why a try failed, to be told in the language of whoever reads it."""
    kept = i18n.keepable(error)
    return kept if kept is not error and len(kept) <= _ERROR_LIMIT else text.inline(error)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else keys.moment_at(seconds)
