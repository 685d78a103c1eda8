"""What a refresh needs of others: a client, the rules of sites, a shelf, a reader, a keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from kaltimtui.importing import Fetched, Kept
    from kaltimtui.models import ArticleData
    from kaltimtui.net.client import Request, Response

_T = TypeVar("_T")

Keep: TypeAlias = "Callable[[Sequence[Fetched]], Awaitable[list[Kept]]]"
"""Keeps what was fetched, in one step, off the event loop; in the order of the batch."""


class Read(Protocol):
    """Reads what an address gave, off the event loop."""

    async def __call__(
        self, how: Callable[[bytes, str, datetime], _T], data: bytes, url: str, /
    ) -> _T:
        """What one of the ways of ``reading.py`` makes of it. Raises ParseError."""


class Fetcher(Protocol):
    """What fetches one address, within bounds."""

    async def fetch(self, request: Request) -> Response:
        """The answer. Raises FetchError."""


class Rules(Protocol):
    """What sites want to be fetched, as their robots.txt says. All three may raise FetchError."""

    async def allowed(self, url: str, private: frozenset[str] = ...) -> bool:
        """Whether an address may be fetched."""

    async def sitemaps(self, origin: str, private: frozenset[str] = ...) -> tuple[str, ...]:
        """The sitemaps that a site names."""

    async def delay(self, origin: str, private: frozenset[str] = ...) -> float | None:
        """Seconds between two requests that a site asks for."""


class Shelf(Protocol):
    """What is kept of one portal. Addresses are canonical, times are seconds since 1970."""

    async def known(self, urls: Sequence[str]) -> set[str]:
        """Those that need no fetching: kept as articles, or lately found to be none."""

    async def newest(self) -> int | None:
        """When the newest article that is kept was published."""

    async def keep(self, pages: Sequence[tuple[str, ArticleData]]) -> tuple[int, int]:
        """Keep articles, all or none; how many were new, and how many were known and changed."""

    async def push(self, found: Sequence[tuple[str, int | None]]) -> object:
        """Let addresses wait, with the time of their articles; what is known is left out."""

    async def pop(self, limit: int) -> Sequence[str]:
        """The newest that wait. They wait until ``done`` is told of them."""

    async def recent(self, newest: int, limit: int) -> Sequence[tuple[str, int | None]]:
        """What waits and may be news: newer than the last of the ``newest`` kept, or left undone.

        With the dates that are known; at most ``limit`` with one, and as many without.
        """

    async def done(self, urls: Sequence[str]) -> object:
        """Let addresses wait no more; told after their articles were kept."""
