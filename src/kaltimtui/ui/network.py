"""What the reader has of the network: who fetches, and when it does so by itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from kaltimtui.config import Config
    from kaltimtui.fetching import Gathered, Refreshing
    from kaltimtui.models import Progress
    from kaltimtui.subscriptions import Found

_MINUTE = 60.0


class FetchingLike(Protocol):
    """Whoever fetches, on the event loop; ``fetching.Fetching`` outside of tests."""

    async def refresh(
        self,
        ids: Sequence[int] = (),
        *,
        everything: bool = False,
        report: Callable[[Progress], None] = ...,
    ) -> Refreshing:
        """Fetch what is due of the sources named, or of all; with ``everything`` due or not."""

    async def discover(self, url: str) -> Found:
        """What can be subscribed to at an address. Raises FetchError where there is nothing."""

    async def full_text(self, article: str) -> bool:
        """Fetch the whole text of an article; whether that is more than is here.

        Raises UsageError where it has no address, FetchError where it cannot be had now.
        """

    async def is_article(self, url: str, beside: str | None = None) -> bool:
        """Whether an address is that of an article of a site that is known.

        ``beside``: the article among whose related items it stands, whose site is known by that.
        """

    async def article_at(self, url: str, named_by: str) -> str:
        """Fetch the article of an address that another one names, and keep it; its id.

        Raises FetchError.
        """

    async def articles_at(
        self, urls: Sequence[str], named_by: str, report: Callable[[int], None] = ...
    ) -> Gathered:
        """Fetch the articles of some addresses that one names; tells how many were tried."""

    async def wish_text(self, article: str) -> None:
        """Have the whole text of an article fetched once there is a network. Raises UsageError."""

    async def pictures_of(self, article: str, came: Callable[[], object]) -> int:
        """Fetch the pictures of an article; how many cannot be had now. ``came``: of each."""


@dataclass(slots=True)
class Network:
    """How a reader fetches. Nothing is made, loaded or asked before the first fetch."""

    make: Callable[[], FetchingLike] | None = None
    """Makes who fetches, in a thread; None: nobody does."""
    offline: bool = False
    """Whether the user wants the network left alone."""
    on_start: bool = False
    every: float = 0.0
    """Seconds between two refreshes that nobody asks for; 0: none."""
    everything: bool = False
    """Whether those ask every source, due or not."""
    _made: FetchingLike | None = None

    @classmethod
    def of(cls, config: Config, make: Callable[[], FetchingLike], *, offline: bool = False) -> Self:
        """As a user set it."""
        return cls(make, offline, config.refresh_on_start, config.refresh_minutes * _MINUTE)

    @property
    def usable(self) -> bool:
        """Whether anything may be fetched."""
        return self.make is not None and not self.offline

    async def fetching(self) -> FetchingLike | None:
        """Who fetches; None where nobody does."""
        if self._made is None and self.make is not None:
            self._made = await asyncio.to_thread(self.make)
        return self._made
