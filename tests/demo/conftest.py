"""A way to ask the demo portal as any program would."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Asking:
    """One connection to a server, which is made again where it was closed."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)

    def __call__(self, path: str, *, method: str = "GET", **headers: str) -> Got:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=named)
        answer = self._connection.getresponse()
        return Got(answer.status, answer.headers, answer.read())

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def ask() -> Iterator[Callable[[str], Asking]]:
    """Opens a connection to an address."""
    opened: list[Asking] = []

    def connect(url: str) -> Asking:
        opened.append(Asking(url))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()
