"""Feeds, side by side: fetched, read, and kept in as few steps as they come in."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from kaltimtui import text
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.i18n import _
from kaltimtui.importing import Fetched
from kaltimtui.models import Outcome, Refreshed
from kaltimtui.net import guard
from kaltimtui.net.client import Request
from kaltimtui.refresh import decide, reading
from kaltimtui.refresh.visit import FEED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from datetime import datetime

    from kaltimtui.importing import Kept
    from kaltimtui.models import Source
    from kaltimtui.net.client import Response
    from kaltimtui.refresh.ports import Fetcher, Keep

_T = TypeVar("_T")
_IN_HAND: Final = 32
"""Feeds that are asked for at once, and as many that wait to be kept; their bytes are in memory."""
_BATCH: Final = 25
"""Feeds that are kept in one step at most: others want to write too."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a refresh works with."""

    client: Fetcher
    keep: Keep
    readers: Executor
    """Who reads what was fetched; the event loop only waits."""
    clock: Callable[[], datetime]
    random: Callable[[], float]


class Ending(NamedTuple):
    """How asking a source ended."""

    error: FetchError | None = None
    held: Outcome | None = None
    """What is to be kept of it only if the network was there: nobody was reached."""


class _Answered(NamedTuple):
    """A source that was asked, and what is to be kept of it."""

    source: Source
    fetched: Fetched
    ending: Ending
    response: Response | None
    seconds: float


def places(source: Source) -> frozenset[str]:
    """Hosts with their ports that may be in a private network: the source's address was typed."""
    return guard.places(source.url) if source.private and source.url else frozenset()


async def in_reader(means: Means, work: Callable[[], _T]) -> _T:
    """What parsers make of something, off the event loop.

    Raises ParseError whatever they fail of: one page or feed of hundreds ends nothing else.
    """
    try:
        return await asyncio.get_running_loop().run_in_executor(means.readers, work)
    except (ParseError, FetchError):
        raise
    except Exception as error:
        raise ParseError(_("it cannot be read")) from error


async def read_in(
    means: Means, how: Callable[[bytes, str, datetime], _T], data: bytes, url: str
) -> _T:
    """What an address gave, read in one of the ways of ``reading.py``. Raises ParseError."""
    return await in_reader(means, partial(how, data, url, means.clock()))


async def refresh_feeds(
    sources: Iterable[Source], means: Means, report: Callable[[Refreshed], None]
) -> list[Ending]:
    """Fetch feeds; each is told of once what it said is on disk.

    Returns how each ended, in the order they were done.
    """
    waiting: asyncio.Queue[_Answered | None] = asyncio.Queue(_IN_HAND)
    places = asyncio.Semaphore(_IN_HAND)

    async def ask(source: Source) -> None:
        async with places:
            await waiting.put(await _ask(source, means))

    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(_keep_all(waiting, means, report))
        async with asyncio.TaskGroup() as asking:
            for source in sources:
                asking.create_task(ask(source))
        await waiting.put(None)
    return keeping.result()


async def _ask(source: Source, means: Means) -> _Answered:
    """One source, from its address to what is to be kept."""
    begun = time.monotonic()
    response = None
    try:
        response = await means.client.fetch(_request(source))
        fetched, ending = await _understood(source, response, means), Ending()
    except FetchError as error:
        fetched, ending = failed(source, error, means)
    return _Answered(source, fetched, ending, response, time.monotonic() - begun)


def failed(source: Source, error: FetchError, means: Means) -> tuple[Fetched, Ending]:
    """What is kept of a failure now, and what once it is known whether there is a network."""
    outcome = decide.failed(source, means.clock(), error, means.random)
    if error.unreached:
        return Fetched(source.id, ()), Ending(error, outcome)
    return Fetched(source.id, (), outcome), Ending(error)


def _request(source: Source) -> Request:
    assert source.url is not None, "a source without an address is never due"
    return Request(source.url, source.validators, FEED, places(source))


async def _understood(source: Source, response: Response, means: Means) -> Fetched:
    """What a server's answer means for the store. Raises FetchError where it is no feed."""
    now = means.clock()
    if response.status == 304:
        return Fetched(source.id, (), _succeeded(source, response, None, means, now))
    charset = _charset(response.headers.get("content-type", ""))
    try:
        said = await in_reader(
            means, partial(reading.feed, response.body, response.url, charset, now)
        )
    except ParseError as error:
        raise FetchError(
            _("{host} sent no feed: {reason}").format(
                host=text.host(response.url), reason=error.message
            ),
            reason="content",
            status=response.status,
        ) from error
    return Fetched(source.id, said.ready, _succeeded(source, response, said.minutes, means, now))


def _succeeded(
    source: Source, response: Response, minutes: int | None, means: Means, now: datetime
) -> Outcome:
    return decide.succeeded(
        source,
        now,
        every=decide.interval(source, minutes, response.headers),
        random=means.random,
        http_status=response.status,
        validators=response.validators,
        # What the server answers with 304 may be kept elsewhere than what was read as a feed.
        moved_to=response.permanent if response.status != 304 else None,
    )


def _charset(content_type: str) -> str | None:
    """The charset that a server states."""
    for part in content_type.split(";")[1:]:
        name, _equals, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


async def _keep_all(
    waiting: asyncio.Queue[_Answered | None], means: Means, report: Callable[[Refreshed], None]
) -> list[Ending]:
    """Keep what comes in, all that is there at a time in one step."""
    endings: list[Ending] = []
    more = True
    while more:
        batch: list[_Answered] = []
        answered = await waiting.get()
        while answered is not None:
            batch.append(answered)
            if waiting.empty() or len(batch) == _BATCH:
                break
            answered = waiting.get_nowait()
        more = answered is not None
        kept = await means.keep([one.fetched for one in batch]) if batch else []
        for one, what in zip(batch, kept, strict=True):
            endings.append(one.ending)
            report(_refreshed(one, what))
    return endings


def _refreshed(answered: _Answered, kept: Kept) -> Refreshed:
    source, _fetched, (error, _held), response, seconds = answered
    if error is not None:
        return Refreshed(
            source.name, "failed", http_status=error.status, seconds=seconds, error=str(error)
        )
    assert response is not None
    return Refreshed(
        source.name,
        "not-modified" if response.status == 304 else "ok",
        kept.stored.new,
        kept.stored.changed,
        response.status,
        response.received,
        seconds,
    )
