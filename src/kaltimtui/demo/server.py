"""A small server of HTTP/1.1 on the loopback address, which knows no more than the demo needs."""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Final, Protocol

from kaltimtui.demo.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kaltimtui.demo.faults import Play

LOOPBACK: Final = "127.0.0.1"
_LINE_MOST: Final = 64 * 1024
_HEADERS_MOST: Final = 200
_NOT_ALLOWED: Final = Answer(status=405, headers={"Allow": "GET, HEAD", "Connection": "close"})
_LEFT: Final = 5.0
"""Seconds in which connections have to end once they were cut."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, and what was answered to it."""

    method: str
    path: str
    """With its query."""
    status: int
    """0 where something else was done than to answer."""
    bytes: int
    """Of the body that was sent."""
    headers: Mapping[str, str]
    """With names in lower case."""

    @property
    def if_none_match(self) -> str | None:
        """The tag by which it was asked whether anything has changed."""
        return self.headers.get("if-none-match")


class Answering(Protocol):
    """Who knows what to answer."""

    gate: Event
    """Whoever waits at it goes on once it is set."""
    pace: float
    """Seconds that a slow answer waits between two pieces."""

    def reply(self, path: str) -> tuple[Answer | Play, bool]:
        """The answer to a path with its query, and whether validators hold for it."""

    def note(self, request: Request) -> None:
        """Keep what was asked; called before anything of the answer is sent."""


class Server(ThreadingTCPServer):
    """Listens as soon as it is made, answers once it was started."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, answering: Answering, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Visit)
        self.answering = answering
        self.unforeseen: list[BaseException] = []
        """What went wrong in answering, other than that the client went away."""
        self._open: set[socket.socket] = set()
        self._changed = Condition()
        self._thread = Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.server_address[1]
        return port

    def start(self) -> None:
        """Answer, on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Cut every connection and end; nothing is left when this returns."""
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self._changed:
            for connection in self._open:
                with suppress(OSError):  # closed by the other side in the meantime
                    connection.shutdown(socket.SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, _LEFT)

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Give a connection a thread of its own."""
        assert isinstance(request, socket.socket), "nothing else comes in over TCP"
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection whose work is done."""
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def handle_error(
        self,
        request: socket.socket | tuple[bytes, socket.socket],
        client_address: object,
    ) -> None:
        """Keep what nobody had foreseen; that a client went away is nothing."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            self.unforeseen.append(error)


class _Visit(StreamRequestHandler):
    """One connection, with request after request."""

    disable_nagle_algorithm = True
    server: Server

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        while self._serve():
            pass

    def _serve(self) -> bool:
        """Answer one request; whether there may be another."""
        line = self.rfile.readline(_LINE_MOST).decode("latin-1").split()
        if len(line) != 3:
            return False
        method, path, version = line
        headers = self._headers()
        if method not in ("GET", "HEAD") or "transfer-encoding" in headers:
            self._answer(method, path, headers, _NOT_ALLOWED)
            return False
        reply, validated = self.server.answering.reply(path)
        if not isinstance(reply, Answer):
            self.server.answering.note(Request(method, path, 0, 0, headers))
            reply(self)
            return False
        known = validated and reply.is_known(
            headers.get("if-none-match"), headers.get("if-modified-since")
        )
        self._answer(method, path, headers, reply.unchanged if known else reply)
        lasting = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        return lasting and "content-length" not in headers

    def _answer(self, method: str, path: str, headers: Mapping[str, str], answer: Answer) -> None:
        body = b"" if method == "HEAD" else answer.body
        self.server.answering.note(Request(method, path, answer.status, len(body), headers))
        self.connection.sendall(answer.head + body)

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        for _number in range(_HEADERS_MOST):
            name, colon, value = self.rfile.readline(_LINE_MOST).decode("latin-1").partition(":")
            if not colon:
                break
            headers[name.strip().lower()] = value.strip()
        return headers

    # --- What a play does ---------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Send these bytes at once."""
        self.connection.sendall(data)

    def wait(self, *, until_opened: bool = False) -> bool:
        """Wait a moment, or until the gate is opened; whether it is open."""
        answering = self.server.answering
        return answering.gate.wait(None if until_opened else answering.pace)

    def reset(self) -> None:
        """Break the connection off: nothing is left to linger, so the other side is told."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
