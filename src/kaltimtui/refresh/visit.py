"""One page of a portal: fetched as its site wants it, and what it says."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from kaltimtui import text
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.i18n import _
from kaltimtui.models import Validators
from kaltimtui.net.client import Request
from kaltimtui.parsing.profile import netloc_of
from kaltimtui.refresh import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kaltimtui.dates import Stamp
    from kaltimtui.models import ArticleData
    from kaltimtui.net.client import Response
    from kaltimtui.parsing.page.links import PageLinks
    from kaltimtui.parsing.profile import Profile
    from kaltimtui.refresh.ports import Fetcher, Read, Rules

DELAY_MOST: Final = 10.0
"""Seconds between two requests that a site may ask for; a walk is no crawl of all it has."""
PAGE: Final = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
FEED: Final = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9"
    ",text/xml;q=0.9,*/*;q=0.5"
)
_NOTHING: Final = Validators()
_REMEMBERED: Final = 8_192


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one address."""

    received: int
    """Bytes, as packed."""
    address: str | None = None
    """The canonical address of the article that was there."""
    article: ArticleData | None = None
    named: tuple[tuple[str, Stamp | None], ...] = ()
    """Other articles of the site, by their canonical addresses."""
    listings: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def unreadable(url: str) -> FetchError:
    """What is said where a parser fails in its own way of what a site sends."""
    return FetchError(
        _("What {host} sends cannot be read.").format(host=text.host(url)), reason="content"
    )


def unwanted(url: str) -> FetchError:
    """What is said of a page that its site wants nobody like us to fetch."""
    return FetchError(
        _("{host} does not want this page to be fetched.").format(host=text.host(url)),
        reason="robots",
    )


class Visitor:
    """Visits pages of one site.

    ``private``: hosts with their ports that the user typed, which may be anywhere.
    """

    def __init__(
        self, client: Fetcher, rules: Rules, read: Read, private: frozenset[str] = frozenset()
    ) -> None:
        self._client = client
        self._rules = rules
        self._read = read
        self._private = private
        self._site: Profile | None = None
        self._origin = ("", "")
        self._gap = 0.0
        self._address: Callable[[str], str | None] = text.address

    async def settle(self, site: Profile, home: str) -> None:
        """Say which site it is, and at which of its addresses it answers. Raises FetchError."""
        self._site = site
        parts = urlsplit(home)
        if site.knows(netloc_of(parts)):
            self._origin = (parts.scheme, parts.netloc)
        asked = await self._rules.delay(home, self._private)
        self._gap = max(site.delay, min(asked or 0.0, DELAY_MOST))
        self._address = lru_cache(maxsize=_REMEMBERED)(self._article_at)

    # --- What is visited --------------------------------------------------------------------------

    async def get(
        self, url: str, accept: str = PAGE, validators: Validators = _NOTHING
    ) -> Response:
        """The answer of an address that may be fetched. Raises FetchError."""
        url = self._live(url)
        if not await self._rules.allowed(url, self._private):
            raise unwanted(url)
        request = Request(url, validators, accept, self._private, self._gap)
        return await self._client.fetch(request)

    async def page(self, url: str) -> Visit:
        """A page that names articles. Raises FetchError."""
        answer = await self.get(url)
        found = await self.links(answer)
        named = tuple((address, None) for address in found.articles)
        return Visit(answer.received, named=named, listings=found.listings)

    async def links(self, answer: Response) -> PageLinks:
        """Where a page leads, with the articles of this site alone."""
        from kaltimtui.parsing.page.links import PageLinks, links  # loads lxml

        site = self.site
        try:
            found = await asyncio.to_thread(
                links, answer.body, answer.url, self._is_article, place=site.place()
            )
        except ParseError:
            return PageLinks()
        own = (self._article_at(address) for address in found.articles)
        return replace(found, articles=tuple(dict.fromkeys(filter(None, own))))

    async def article(self, url: str) -> Visit:
        """The article of an address, if there is one. Raises FetchError."""
        answer = await self.get(url)
        address = self._article_at(answer.url)
        nothing = Visit(answer.received)
        if address is None:
            return nothing
        try:
            page = await self._read(reading.page, answer.body, answer.url)
        except ParseError:
            return nothing
        if page is None:
            return nothing
        told = [(item.url, item.published) for item in page.article.related if item.url]
        named = self._named([*told, *((href, None) for href in page.hrefs)])
        return Visit(answer.received, address, replace(page.article, url=address), named)

    async def feed(self, url: str) -> Visit:
        """A feed that names articles. Raises FetchError."""
        answer = await self.get(url, FEED)
        try:
            parsed = await self._read(reading.parsed, answer.body, answer.url)
        except ParseError:
            return Visit(answer.received)
        told = [(entry.url, entry.published) for entry in parsed.articles if entry.url]
        return Visit(answer.received, named=self._named(told if parsed.kind == "feed" else ()))

    async def sitemap(self, url: str) -> Visit:
        """A sitemap. Raises FetchError."""
        answer = await self.get(url, "application/xml,text/xml,text/plain;q=0.9,*/*;q=0.5")
        return await asyncio.to_thread(self._read_sitemap, answer)

    async def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the site names."""
        try:
            return await self._rules.sitemaps(self._live(self.site.home()), self._private)
        except FetchError:
            return ()

    # --- Addresses ------------------------------------------------------------------------------

    @property
    def site(self) -> Profile:
        """The site, once it is settled."""
        assert self._site is not None, "settle comes first"
        return self._site

    def _live(self, url: str) -> str:
        """An address under the host and scheme that the front page answered at."""
        parts = urlsplit(url)
        if not self._origin[0] or not self.site.knows(netloc_of(parts)):
            return url
        return urlunsplit((*self._origin, parts.path, parts.query, ""))

    def _is_article(self, url: str) -> bool:
        return self.site.article(url) is not None

    def _article_at(self, href: str) -> str | None:
        """The canonical address of an article of the site; ``href`` leads on from its root."""
        address = text.address(href, self._live(self.site.home()))
        return self.site.article(address) if address else None

    def _read_sitemap(self, answer: Response) -> Visit:
        from kaltimtui.parsing.sitemap import read_sitemap

        try:
            found = read_sitemap(answer.body)
        except ParseError:
            return Visit(answer.received)
        return Visit(answer.received, named=self._named(found.pages), sitemaps=found.sitemaps)

    def _named(
        self, told: Iterable[tuple[str, Stamp | None]]
    ) -> tuple[tuple[str, Stamp | None], ...]:
        """Those of some addresses that are articles of the site, once each, dated if possible."""
        found: dict[str, Stamp | None] = {}
        for href, stamp in told:
            if address := self._address(href):
                found[address] = found.get(address) or stamp
        return tuple(found.items())
