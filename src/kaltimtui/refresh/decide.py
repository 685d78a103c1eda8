"""What is due, and when to ask again: decisions about time, without a clock or a network."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kaltimtui.models import Outcome
from kaltimtui.net.backoff import pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from kaltimtui.errors import FetchError
    from kaltimtui.models import Source, Validators

SHORTEST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=24)
USUAL: Final = timedelta(minutes=30)
"""Between two tries, where neither the user nor the source says anything."""
SPREAD: Final = 0.1
"""The share of its interval by which a source may be asked later, so that not all are at once."""
_MAX_AGE: Final = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def due(sources: Iterable[Source], now: datetime) -> list[Source]:
    """The sources to be asked now."""
    return [source for source in sources if is_due(source, now)]


def is_due(source: Source, now: datetime) -> bool:
    """Whether a source is to be asked now.

    A time further off than the longest interval was written by a clock that went wrong.
    """
    if not askable(source):
        return False
    next_try = source.health.next_try
    longest = max(LONGEST, timedelta(minutes=source.interval or 0)) * (1 + SPREAD)
    return next_try is None or next_try <= now or next_try > now + longest


def askable(source: Source) -> bool:
    """Whether there is anything to ask: an address, and a server that has not said to stop."""
    return source.url is not None and not source.health.gone


def interval(
    source: Source,
    stated: int | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    silence: float | None = None,
) -> timedelta:
    """How long to leave a source alone.

    As the user set it; else the longer of what the feed states, in minutes, and what the server's
    caching allows, from a quarter of an hour to a day. Never shorter than the ``silence``, in
    seconds, that the server asked for.
    """
    quiet = timedelta(seconds=silence or 0.0)
    if source.interval is not None:
        return max(timedelta(minutes=source.interval), quiet)
    asked = [USUAL if stated is None else timedelta(minutes=stated)]
    kept = _MAX_AGE.search((headers or {}).get("cache-control", ""))
    if kept:
        asked.append(timedelta(seconds=int(kept[1])))
    return min(max(SHORTEST, quiet, *asked), LONGEST)


def succeeded(
    source: Source,
    now: datetime,
    *,
    every: timedelta,
    random: Callable[[], float],
    http_status: int | None = None,
    validators: Validators | None = None,
    moved_to: str | None = None,
) -> Outcome:
    """What is kept of a source that answered; ``every`` is the interval it is asked at."""
    return Outcome(
        source=source.id,
        at=now,
        next_try=now + every * (1 + SPREAD * random()),
        http_status=http_status,
        validators=validators,
        moved_to=moved_to,
    )


def failed(
    source: Source, now: datetime, error: FetchError, random: Callable[[], float]
) -> Outcome:
    """What is kept of a source that did not answer, or with nothing that can be taken.

    Twice as long a pause each time, from its interval up to a day; never shorter than the silence
    that the server asked for. Where nobody was reached it may be the network that is at fault, so
    the pause stays short. One that is gone for good is asked no more.
    """
    if error.reason == "gone":
        return Outcome(source.id, now, None, str(error), error.status, gone=True)
    base = min(interval(source), LONGEST).total_seconds()
    failures = 1 if error.unreached else source.health.failures + 1
    seconds = pause(failures, base, LONGEST.total_seconds(), random)
    seconds = max(seconds, error.retry_after or 0.0)
    return Outcome(source.id, now, now + timedelta(seconds=seconds), str(error), error.status)


def network_is_lost(errors: Iterable[FetchError | None]) -> bool:
    """Whether nobody could be reached at all, which is no fault of the sources.

    ``errors`` has one for each source that was asked, None for one that answered. One alone that
    takes no connections is down; that there is no network shows in names that nobody knows.
    """
    asked = list(errors)
    unreached = [error for error in asked if error is not None and error.unreached]
    if len(unreached) < len(asked):
        return False
    return len(unreached) > 1 or any(error.reason == "resolve" for error in unreached)
