"""From a request to the pool of connections that it may use."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from kaltimtui.net import failures, trust
from kaltimtui.net.proxies import Proxies
from kaltimtui.net.wire import Backend, Stream

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

PRIVATE: Final = "kaltimtui.private"
"""The extension of a request whose host may be anywhere."""
_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


class Transport(httpx.AsyncBaseTransport):
    """Sends requests over kept connections.

    Hosts that were typed have pools of their own, so that nobody else gets a connection to one.
    """

    def __init__(self, proxy: str | None, connections: int, keep_alive: float) -> None:
        self._proxies = Proxies(proxy)
        self._connections = connections
        self._keep_alive = keep_alive
        self._pools: dict[tuple[bool, bool, str | None], httpcore.AsyncConnectionPool] = {}
        self._trusted: asyncio.Future[ssl.SSLContext] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one. Raises FetchError, httpcore's errors and StaleError."""
        url = request.url
        host = url.raw_host.decode("ascii")
        pool = await self._pool(url.scheme, host, private=PRIVATE in request.extensions)
        answer = await pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        stream = answer.extensions.get("network_stream")
        if isinstance(stream, Stream):
            stream.begin_body()
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions={}
        )

    async def aclose(self) -> None:
        """End all connections."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    async def _pool(self, scheme: str, host: str, *, private: bool) -> httpcore.AsyncConnectionPool:
        proxy = self._proxies.of(scheme, host)
        secure = scheme == "https" or (proxy or "").startswith("https:")
        key = (secure, private, proxy)
        if key in self._pools:
            return self._pools[key]
        context = await self._trust() if secure else None
        pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            proxy=_proxy(proxy, context) if proxy else None,
            max_connections=self._connections,
            keepalive_expiry=self._keep_alive,
            network_backend=Backend(anywhere=private or bool(proxy), proxy=bool(proxy)),
        )
        return self._pools.setdefault(key, pool)

    async def _trust(self) -> ssl.SSLContext:
        if self._trusted is None:
            self._trusted = asyncio.ensure_future(asyncio.to_thread(trust.context))
        return await asyncio.shield(self._trusted)


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        assert isinstance(answer.stream, AsyncIterable)
        self._answer = answer
        self._stream = answer.stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        await self._answer.aclose()


def _proxy(address: str, context: ssl.SSLContext | None) -> httpcore.Proxy:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise failures.proxy_of_what_kind("") from None
    spoken = parts.scheme in _PROXY_SCHEMES and (
        not parts.scheme.startswith("socks") or importlib.util.find_spec("socksio") is not None
    )
    if not host or not spoken:
        raise failures.proxy_of_what_kind(host)
    auth = None
    if parts.username:
        auth = (unquote(parts.username).encode(), unquote(parts.password or "").encode())
    where = httpcore.URL(
        scheme=parts.scheme.encode(), host=host.encode("idna"), port=port, target=b"/"
    )
    secure = context if parts.scheme == "https" else None
    return httpcore.Proxy(where, auth=auth, ssl_context=secure)
