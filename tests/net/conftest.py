"""What the tests of the network may ask for: a server on loopback that answers as it is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import pytest

from kaltimtui.models import Validators
from kaltimtui.net.client import LIMIT, Client, Limits, Request

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

Speak: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Listen: TypeAlias = Callable[..., Awaitable[int]]
"""From what is said to whoever connects, and how it is secured, to the port."""
NONE = Validators()
OWN = ("127.0.0.1", "localhost")


class Server:
    """Answers each path with the bytes, or by the function, that stand for it.

    After bytes the connection is closed, unless ``keep`` says otherwise.
    """

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Speak] = {}
        self.keep = False
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.at_once = 0
        self.most_at_once = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._answer_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        path = first.split()[1]
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        self.asked.append((path, headers))
        answer = self.answers.get(path.split("?")[0], b"HTTP/1.1 404 Not Found\r\n\r\n")
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if not isinstance(answer, bytes):
                await answer(reader, writer)
                return False
            writer.write(answer)
            await writer.drain()
            return self.keep
        finally:
            self.at_once -= 1


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    """Starts servers on loopback, and ends their talks after the test."""
    servers: list[asyncio.Server] = []
    talks: list[tuple[asyncio.Task[None] | None, asyncio.StreamWriter]] = []

    async def start(speak: Speak, context: ssl.SSLContext | None = None) -> int:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.append((asyncio.current_task(), writer))
            with contextlib.suppress(OSError):
                await speak(reader, writer)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
        servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()
    for _talk, writer in talks:
        writer.transport.abort()
    await asyncio.gather(*(talk for talk, _writer in talks if talk is not None))


@pytest.fixture
async def server(listen: Listen) -> Server:
    """A server on loopback; what it is to answer is put into ``answers``."""
    made = Server()
    made.port = await listen(made.serve)
    return made


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client that is patient enough for a busy machine."""
    async with Client(Limits(total=10.0), proxy="") as made:
        yield made


@pytest.fixture
def hasty() -> Client:
    """A client that gives up soon; to be entered by the test."""
    return Client(Limits(total=0.2), proxy="")


@pytest.fixture
def typed() -> Callable[..., Request]:
    """Makes a request for what the user typed himself, so that loopback may be asked."""

    def make(
        url: str, given: Validators = NONE, *, limit: int = LIMIT, cut: bool = False
    ) -> Request:
        private = frozenset(f"{host}:{urlsplit(url).port}" for host in OWN)
        return Request(url, given, private=private, limit=limit, cut=cut)

    return make
