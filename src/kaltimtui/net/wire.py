"""Connections, on asyncio alone: what httpcore reads from and writes to.

httpcore's own ones go through anyio, which costs as much again as all of HTTP, and look names up
themselves, so that the address connected to could not be checked.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import httpcore

from kaltimtui.net import failures, guard

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

_HEAD_START: Final = 0.25
"""Seconds before the next address of a host is tried beside the first (RFC 8305)."""
_HEAD_PIECE: Final = 16 * 1024
_HEAD_LIMIT: Final = 128 * 1024
"""Bytes in which the headers have to be, with all that is before them."""
_MOST_WAITING: Final = 256 * 1024
"""Bytes that may wait to be read before the server has to."""


class StaleError(Exception):
    """A connection that was kept had been given up by the server: ask again on another."""


class _Line(asyncio.Protocol):
    """One connection: what came in and was not read yet, and whether more can come."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self._paused = False
        self._reader: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        if len(self.waiting) > _MOST_WAITING and not self._paused and self.transport:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = exc
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def read(self, most: int) -> bytes:
        """What is there, as soon as something is; nothing at the end."""
        while not self.waiting and not self.ended:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        with memoryview(self.waiting) as whole:
            data = bytes(whole[:most])
        del self.waiting[:most]
        if self._paused and self.transport and len(self.waiting) <= _MOST_WAITING // 2:
            self._paused = False
            self.transport.resume_reading()
        return data


class Stream(httpcore.AsyncNetworkStream):
    """A connection as httpcore sees it. Time limits are kept by whoever awaits it.

    Until ``begin_body`` is called, what comes before an answer is taken in small pieces and not
    without end: a server may send any number of preliminary answers, which are read in one go.
    """

    def __init__(self, line: _Line, host: str) -> None:
        self._line = line
        self._host = host
        self._requests = 0
        self._heard = 0
        self._in_body = False

    def begin_body(self) -> None:
        """The headers are read."""
        self._in_body = True

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came in. Raises StaleError where a kept connection brings nothing any more."""
        if self._in_body:
            data = await self._line.read(max_bytes)
        else:
            data = await self._line.read(min(max_bytes, _HEAD_PIECE))
            if self._heard:
                await asyncio.sleep(0)
        self._heard += len(data)
        if not data and self._requests > 1 and not self._heard:
            raise StaleError
        if not data and self._line.error is not None:
            raise httpcore.ReadError from self._line.error
        if not self._in_body and self._heard > _HEAD_LIMIT:
            raise httpcore.RemoteProtocolError
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; requests are small, so nobody waits for them to be gone."""
        if self._heard or not self._requests:  # else it is another part of the same request
            self._requests += 1
            self._heard = 0
            self._in_body = False
        if buffer and self._line.transport is not None:
            self._line.transport.write(buffer)

    async def aclose(self) -> None:
        """End the connection at once, without waiting for the other side's farewell."""
        if self._line.transport is not None:
            self._line.transport.abort()
            await asyncio.sleep(0)  # the socket is closed in the loop's next round

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        """The same connection, secured. Raises FetchError."""
        line, name = self._line, server_hostname or self._host
        assert line.transport is not None
        try:
            async with asyncio.timeout(timeout) as limit:
                secured = await asyncio.get_running_loop().start_tls(
                    line.transport, line, ssl_context, server_hostname=name
                )
        except OSError as error:  # of which ssl.SSLError and TimeoutError are kinds
            await self.aclose()
            if limit.expired():
                raise failures.no_time_to_connect(name, timeout or 0) from error
            raise failures.not_secure(name, error) from error
        assert secured is not None
        line.transport = secured
        return Stream(line, name)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: whether it is secured, and whether a kept one has ended."""
        if info == "is_readable":
            return self._line.ended or bool(self._line.waiting)
        if info == "ssl_object" and self._line.transport is not None:
            return self._line.transport.get_extra_info(info)
        return None


class Backend(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses; ``anywhere``: to any; ``proxy``: what is there is one."""

    def __init__(self, *, anywhere: bool = False, proxy: bool = False) -> None:
        self._anywhere = anywhere
        self._proxy = proxy

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """A connection to one of the addresses of a host. Raises FetchError."""
        try:
            async with asyncio.timeout(timeout) as limit:
                found = await guard.addresses(host, port, anywhere=self._anywhere)
                line = await _first_of(found, port)
        except OSError as error:
            if limit.expired():
                raise failures.no_time_to_connect(host, timeout or 0, proxy=self._proxy) from error
            raise failures.no_connection(host, error, proxy=self._proxy) from error
        return Stream(line, host)


async def _dial(address: str, port: int) -> _Line:
    _, line = await asyncio.get_running_loop().create_connection(_Line, address, port)
    return line


async def _first_of(addresses: list[str], port: int) -> _Line:
    """The first of them that answers; each has a head start over the next. Raises OSError."""
    if len(addresses) == 1:
        return await _dial(addresses[0], port)
    dialling: set[asyncio.Task[_Line]] = set()
    try:
        failed: BaseException | None = None
        for place, address in enumerate(addresses, 1):
            dialling.add(asyncio.create_task(_dial(address, port)))
            patience = _HEAD_START if place < len(addresses) else None
            while dialling:
                done, _ = await asyncio.wait(
                    dialling, timeout=patience, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    dialling.discard(task)
                    if task.exception() is None:
                        return task.result()
                    failed = failed or task.exception()
                if not done or patience is not None:
                    break
        assert failed is not None
        raise failed
    finally:
        for task in dialling:
            task.add_done_callback(_hang_up)
            task.cancel()


def _hang_up(task: asyncio.Task[_Line]) -> None:
    """Close what was connected too late."""
    if not task.cancelled() and task.exception() is None and (line := task.result()).transport:
        line.transport.abort()
