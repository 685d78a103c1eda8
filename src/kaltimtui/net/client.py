"""The client: asks for one address at a time, within bounds, and fails in one way only.

Importing this costs nothing; httpx is loaded when a client is entered.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urldefrag, urlsplit, urlunsplit

from kaltimtui import __version__, text
from kaltimtui.errors import FetchError
from kaltimtui.models import Validators
from kaltimtui.net import answer, failures, guard
from kaltimtui.net.backoff import ASKS_FOR_SILENCE, retry_after
from kaltimtui.net.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from types import TracebackType

    import httpx

USER_AGENT: Final = f"kaltimtui/{__version__}"
LIMIT: Final = 16 * 1024 * 1024
_OK: Final = frozenset({200, 203})
_NOT_MODIFIED: Final = 304
_PERMANENT: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for, and how."""

    url: str
    validators: Validators = field(default_factory=Validators)
    """What the last answer gave; with any of them, 304 is an answer."""
    accept: str = "*/*"
    private: frozenset[str] = frozenset()
    """Hosts with their ports (``localhost:80``) that the user typed: these may be anywhere.

    ``guard.places`` tells them of an address.
    """
    gap: float = 0.0
    """The least number of seconds between the beginnings of two requests to this host."""
    limit: int = LIMIT
    """Bytes, after unpacking."""
    cut: bool = False
    """Whether what is past the limit is left out instead of refused."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back."""

    url: str
    """Where it came from, after redirects."""
    status: int
    """200 or 304."""
    headers: Mapping[str, str]
    """The few that are used, by lower-case names, clean."""
    body: bytes
    """Unpacked; empty for 304."""
    validators: Validators
    """What to ask by the next time."""
    received: int
    """Bytes of the body as packed."""
    permanent: str | None
    """Where permanent redirects alone led, if the first one was permanent."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is enough. Times are in seconds."""

    total: float = 20.0
    """From the turn of a request to the end of its answer, redirects and all."""
    connect: float = 10.0
    hops: int = 10
    header_bytes: int = 64 * 1024
    header_count: int = 100
    at_once: int = 16
    per_host: int = 2
    keep_alive: float = 15.0
    """So long a connection is kept for the next request."""


class Client:
    """Fetches. Use it as an async context manager, one for all requests of a loop.

    ``proxy``: an address to go through, "" for none; None: as the environment says.
    ``transport``: what takes the place of the network in tests; then nothing is connected to, so
    that of hosts only names and numbers are checked. Cookies are never kept.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        proxy: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._proxy = proxy
        self._transport = transport
        self._pace = Pace(limits.at_once, limits.per_host, clock, sleep)

    async def __aenter__(self) -> Self:
        if self._transport is None:
            # In a thread: what is imported here takes longer than a key may wait.
            self._transport = await asyncio.to_thread(self._connected)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._transport is not None:
            await self._transport.aclose()

    def _connected(self) -> httpx.AsyncBaseTransport:
        from kaltimtui.net.transport import Transport

        return Transport(self._proxy, self._limits.at_once, self._limits.keep_alive)

    async def fetch(self, request: Request) -> Response:
        """The answer to a request. Raises FetchError, and CancelledError where it is stopped."""
        assert self._transport is not None, "a client has to be entered"
        way = _Way(request.url)
        left = self._limits.total
        try:
            for _ in range(self._limits.hops + 1):
                if way.place not in request.private:
                    guard.check_name(way.host)
                async with self._pace.turn(way.host, request.gap):
                    begun = time.monotonic()
                    response = await self._within(left, way, request)
                    left -= time.monotonic() - begun
                if response is not None:
                    return response
        except FetchError:
            raise
        except Exception as error:
            raise failures.explained(error, way.host) from error
        raise failures.in_circles(way.host)

    async def _within(self, seconds: float, way: _Way, request: Request) -> Response | None:
        try:
            async with asyncio.timeout(seconds) as limit:
                return await self._ask(way, request)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise failures.too_slow(way.host, self._limits.total) from error

    async def _ask(self, way: _Way, request: Request) -> Response | None:
        """One step of the way: the answer, or None where the way goes on."""
        response = await self._send(way, request)
        try:
            kept = answer.headers(
                response.headers.raw, self._limits.header_bytes, self._limits.header_count
            )
            if kept is None:
                raise failures.headers_too_large(way.host)
            status = response.status_code
            if status in _REDIRECTS:
                await _drain(response, kept)
                way.go_on(kept.get("location"), permanent=status in _PERMANENT)
                return None
            if status == _NOT_MODIFIED and any(_conditions(request.validators)):
                await _drain(response, kept, bodiless=True)
                return _unchanged(way, kept, request.validators)
            if status not in _OK:
                silence = kept.get("retry-after") if status in ASKS_FOR_SILENCE else None
                asked = retry_after(silence, datetime.now(UTC))
                raise failures.status(way.host, status, asked, final=way.steady)
            body, received = await answer.body(
                response, kept, way.host, request.limit, cut=request.cut
            )
            return Response(
                way.url, 200, kept, body, answer.validators(kept), received, way.permanent
            )
        finally:
            await response.aclose()

    async def _send(self, way: _Way, request: Request) -> httpx.Response:
        import httpx

        from kaltimtui.net.transport import PRIVATE
        from kaltimtui.net.wire import StaleError

        extensions: dict[str, object] = {"timeout": {"connect": self._limits.connect}}
        if way.place in request.private:
            extensions[PRIVATE] = True
        asked = httpx.Request(
            "GET",
            way.url,
            headers=[
                ("Host", urlsplit(way.url).netloc),
                ("User-Agent", USER_AGENT),
                ("Accept", request.accept),
                ("Accept-Encoding", "gzip"),
                *_conditions(request.validators),
            ],
            extensions=extensions,
        )
        assert self._transport is not None
        for _ in range(self._limits.per_host):
            try:
                return await self._transport.handle_async_request(asked)
            except StaleError:
                continue
        return await self._transport.handle_async_request(asked)


class _Way:
    """From an address by redirects to where the answer is."""

    def __init__(self, url: str) -> None:
        tidy = text.address(url)
        if tidy is None:
            raise failures.no_address(url)
        self._set(tidy)
        self._been = {self.url}
        self.steady = True
        """Whether only permanent redirects led here."""
        self.permanent: str | None = None

    def _set(self, url: str) -> None:
        self.url = urldefrag(url).url
        self.host = text.host(self.url)
        if not self.url.isascii():  # the host: everything else of a tidy address is quoted
            parts = urlsplit(self.url)
            port = f":{parts.port}" if parts.port else ""
            self.url = urlunsplit(parts._replace(netloc=self.host + port))
        self.place = guard.place(self.url)

    def go_on(self, location: str | None, *, permanent: bool) -> None:
        """Go where a redirect points to. Raises FetchError."""
        if not location:
            raise failures.leads_on_without_saying(self.host)
        onward = text.address(location, self.url)
        if onward is None:
            raise failures.leads_nowhere(self.host)
        before = self.host
        self._set(onward)
        if self.url in self._been:
            raise failures.in_circles(before)
        self._been.add(self.url)
        self.steady = self.steady and permanent
        if self.steady:
            self.permanent = self.url


def _conditions(given: Validators) -> list[tuple[str, str]]:
    pairs = (
        ("If-None-Match", answer.sendable(given.etag)),
        ("If-Modified-Since", answer.sendable(given.last_modified)),
    )
    return [(name, value) for name, value in pairs if value]


def _unchanged(way: _Way, kept: dict[str, str], given: Validators) -> Response:
    new = answer.validators(kept)
    still = Validators(
        etag=new.etag or given.etag, last_modified=new.last_modified or given.last_modified
    )
    return Response(way.url, _NOT_MODIFIED, kept, b"", still, 0, way.permanent)


async def _drain(
    response: httpx.Response, kept: Mapping[str, str], *, bodiless: bool = False
) -> None:
    """Read to the end what has no body, which costs nothing and keeps the connection."""
    if bodiless or kept.get("content-length") == "0":
        async for _ in response.aiter_raw():
            break
