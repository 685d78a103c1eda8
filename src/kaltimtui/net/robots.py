"""What a site wants to be fetched, as its robots.txt says (RFC 9309)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.errors import FetchError
from kaltimtui.net import failures, guard
from kaltimtui.net.client import Request

if TYPE_CHECKING:
    from protego import Protego

    from kaltimtui.net.client import Client

NAME: Final = "kaltimtui"
"""The name by which rules are chosen."""
SIZE_LIMIT: Final = 500 * 1024
"""Bytes that are read; what is past them is as if it were not there."""
LONGEST_DELAY: Final = 60.0
_SITEMAPS: Final = 50
_TOO_MANY_REQUESTS: Final = 429

_Rules: TypeAlias = "Protego | FetchError"
"""The rules of an origin, or why nothing may be fetched there for now."""


class Robots:
    """The rules of sites, each asked for once: make one for a refresh, not for a day.

    A site without rules (4xx) wants all of it fetched. Where they cannot be had (5xx, silence) all
    three methods raise FetchError: nothing is to be fetched there for now. What the user typed as
    a private host is taken to be without rules then.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def allowed(self, url: str, private: frozenset[str] = frozenset()) -> bool:
        """Whether an address may be fetched."""
        rules = await self._of(url, private)
        return rules.can_fetch(url, NAME)

    async def sitemaps(self, origin: str, private: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The sitemaps that a site names, the first fifty."""
        rules = await self._of(origin, private)
        named = (text.address(said, origin) for said in rules.sitemaps)
        return tuple(dict.fromkeys(filter(None, named)))[:_SITEMAPS]

    async def delay(self, origin: str, private: frozenset[str] = frozenset()) -> float | None:
        """Seconds between two requests that a site asks for; at most a minute."""
        rules = await self._of(origin, private)
        asked = rules.crawl_delay(NAME)
        return None if asked is None else min(float(asked), LONGEST_DELAY)

    async def _of(self, url: str, private: frozenset[str]) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                self._rules[origin] = await self._ask(origin, private)
        rules = self._rules[origin]
        if isinstance(rules, FetchError):
            raise rules
        return rules

    async def _ask(self, origin: str, private: frozenset[str]) -> _Rules:
        request = Request(
            f"{origin}/robots.txt", accept="text/plain", private=private, limit=SIZE_LIMIT, cut=True
        )
        try:
            answer = await self._client.fetch(request)
        except FetchError as error:
            if guard.place(origin) not in private and not _without_rules(error):
                return failures.no_rules(text.host(origin), error) if error.status else error
            said = b""
        else:
            said = answer.body
        # In a thread even where there are none: the parser is loaded there, too.
        return await asyncio.to_thread(_parsed, said.decode("utf-8-sig", "replace"))


def _without_rules(error: FetchError) -> bool:
    """Whether the server answered, and has none: 4xx, or a place that nothing may lead to."""
    if error.reason in ("redirects", "address", "private"):
        return True
    return (
        error.status is not None
        and 400 <= error.status < 500
        and error.status != _TOO_MANY_REQUESTS
    )


def _parsed(said: str) -> Protego:
    from protego import Protego

    return Protego.parse(said)
