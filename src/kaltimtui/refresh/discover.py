"""What kind of source an address is: a feed, a page that announces one, or a portal.

Nothing is taken on trust: what is named as a feed has to be one, and a page that names pages like
articles has to lead to an article.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from kaltimtui import text
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.i18n import _
from kaltimtui.models import SourceData
from kaltimtui.net import guard
from kaltimtui.net.client import Request
from kaltimtui.parsing import sites
from kaltimtui.parsing.page.links import PageLinks, guess_patterns, links
from kaltimtui.parsing.profile import NAME_LIMIT, addresses, guessed
from kaltimtui.parsing.sniff import kind_of
from kaltimtui.refresh import reading
from kaltimtui.refresh.reading import barred
from kaltimtui.refresh.visit import FEED, Visitor, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.models import Parsed
    from kaltimtui.net.client import Response
    from kaltimtui.parsing.profile import Profile
    from kaltimtui.parsing.sniff import Kind
    from kaltimtui.refresh.ports import Fetcher, Read, Rules

DiscoveredKind: TypeAlias = Literal["feed", "wordpress", "portal"]

FEEDS: Final = 4
"""Announced feeds that are tried."""
ARTICLES: Final = 3
"""Pages that are looked at to see whether a guess is right."""
ANYTHING: Final = "application/rss+xml,application/atom+xml,text/html;q=0.9,*/*;q=0.8"
_WITHOUT_SCHEME = re.compile(
    r"(?:(?:[\w-]+\.)*[\w-]+\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?",
    re.DOTALL | re.IGNORECASE,
)
_NO_SCHEME = re.compile(r"(?:feed:)?(?://)?", re.IGNORECASE)
"""What may stand before an address and tells no way to it."""
_SESSION: Final = frozenset(
    (
        *("phpsessid", "jsessionid", "sessionid", "session_id", "sid", "asp.net_sessionid"),
        *("cfid", "cftoken", "zenid", "oscsid"),
    )
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_NOBODY_THERE: Final = frozenset(("connect", "timeout"))
_NOTHING_SECURE: Final = frozenset(("tls", "protocol"))
_SECURE_PORTS: Final = (None, 443)


@dataclass(frozen=True, slots=True)
class Discovered:
    """What an address turned out to be."""

    kind: DiscoveredKind
    data: SourceData
    said: str
    """Which it was taken for, in words."""
    private: bool = False
    """Whether its host is in a private network."""
    articles: tuple[str, ...] = ()
    """The forms of articles' addresses of a portal, where they had to be guessed."""
    hosts: tuple[str, ...] = ()
    """The hosts of such a portal, for a profile of it."""
    scheme: str = "https"


async def discover(url: str, *, client: Fetcher, robots: Rules, read: Read) -> Discovered:
    """Find out what a user means by an address, as it was typed: the scheme may be missing.

    Without one the secure door is tried, the other where nobody answers at that. Raises FetchError,
    with ``content`` where there is nothing to subscribe to.
    """
    looking = _Discovery(client, robots, read)
    try:
        return await looking.of(url)
    except FetchError:
        raise
    except Exception as error:
        raise unreadable(looking.asked) from error


class _Discovery:
    """One address that is looked into."""

    def __init__(self, client: Fetcher, robots: Rules, read: Read) -> None:
        self.client = client
        self.robots = robots
        self.read = read
        self.asked = ""
        """The address that was asked for."""
        self.private: frozenset[str] = frozenset()
        """Its host with its port, where that is in a private network."""

    async def of(self, typed: str) -> Discovered:
        """What an address is."""
        answer = await self._typed(typed)
        kind = await asyncio.to_thread(_kind_of, answer)
        if kind == "opml":
            raise _nothing(
                _("{host} gives a list of subscriptions, which is imported as a file."), answer
            )
        parsed = await self._parsed(answer) if kind == "feed" else None
        if parsed is not None:
            # What redirects for now is asked for at its own address again.
            here = answer.permanent or self.asked
            return self._feed("feed", parsed, here, _("The address is a feed."))
        if kind == "html":
            return await self._page(answer)
        if known := self._known(answer):
            return known
        raise _nothing(
            _("What {host} gives at this address is neither a page nor a feed."),
            answer,
            _("Give the address of its front page or of its feed."),
        )

    async def _page(self, answer: Response) -> Discovered:
        """What a page is, or leads to. A site that is known is read as that is known."""
        page = await asyncio.to_thread(_links, answer)
        if page.barrier:
            raise barred(answer.url, page.barrier)
        return (
            self._known(answer)
            or await self._announced(page)
            or await self._wordpress(answer, page)
            or await self._portal(answer, page)
        )

    # --- What was typed ---------------------------------------------------------------------------

    async def _typed(self, typed: str) -> Response:
        """The answer of an address as it was typed, with or without a scheme."""
        typed = _NO_SCHEME.sub("", typed.strip(), count=1)
        bare = _WITHOUT_SCHEME.fullmatch(typed)
        given = text.address(f"https://{typed}" if bare else typed)
        if given is None:
            raise _no_address(typed)
        self.asked = _without_session(given)
        try:
            return await self._open(self.asked)
        except FetchError as error:
            if not bare or not _has_no_secure_door(error, self.asked):
                raise
            self.asked = "http" + self.asked.removeprefix("https")
            return await self._open(self.asked)

    async def _open(self, url: str) -> Response:
        """The answer of the typed address, wherever its host may be: the user typed it."""
        try:
            return await self.client.fetch(Request(url, accept=ANYTHING))
        except FetchError as error:
            if error.reason != "private":
                raise
        private = guard.places(url)
        answer = await self.client.fetch(Request(url, accept=ANYTHING, private=private))
        self.private = private  # not before: what it leads on to may have been meant
        return answer

    async def _parsed(self, answer: Response) -> Parsed | None:
        """The feed that an answer is, if it can be read as one."""
        try:
            parsed = await self.read(reading.parsed, answer.body, answer.url)
        except ParseError:
            return None
        return parsed if parsed.kind == "feed" else None

    # --- Feeds ------------------------------------------------------------------------------------

    async def _announced(self, page: PageLinks) -> Discovered | None:
        said = _("The page names a feed, which was taken.")
        named = [feed.url for feed in page.feeds if feed.url]
        return await self._first_feed("feed", named[:FEEDS], said)

    async def _wordpress(self, answer: Response, page: PageLinks) -> Discovered | None:
        parts = urlsplit(answer.url)
        root = f"{parts.scheme}://{parts.netloc}/"
        below = urljoin(root, parts.path.rstrip("/") + "/feed/")
        tried = [below, f"{root}feed/"] if page.wordpress else [f"{root}feed/"]
        said = _("The site names no feed, but has one where WordPress has it; this was taken.")
        return await self._first_feed("wordpress", dict.fromkeys(tried), said)

    async def _first_feed(
        self, kind: DiscoveredKind, urls: Iterable[str], said: str
    ) -> Discovered | None:
        """The first of some addresses that is a feed; one with entries rather than without."""
        empty = None
        for url in urls:
            try:
                answer = await self.client.fetch(Request(url, accept=FEED, private=self.private))
            except FetchError:
                continue
            said_to_be = await asyncio.to_thread(_kind_of, answer)
            parsed = await self._parsed(answer) if said_to_be == "feed" else None
            if parsed is None:
                continue
            found = self._feed(kind, parsed, answer.permanent or url, said)
            if parsed.articles:
                return found
            empty = empty or found
        return empty

    def _feed(self, kind: DiscoveredKind, parsed: Parsed, url: str, said: str) -> Discovered:
        name = parsed.source.name if parsed.source else text.host(url)
        return Discovered(kind, SourceData(name, "feed", url), said, self._is_private(url))

    # --- Portals ----------------------------------------------------------------------------------

    def _known(self, answer: Response) -> Discovered | None:
        known = sites.source_of(answer.url)
        if known is None:
            return None
        said = _("The site is one that is known, and is read page by page.")
        data = replace(known, url=_front_of(answer.url))
        return Discovered("portal", data, said, self._is_private(answer.url))

    async def _portal(self, answer: Response, page: PageLinks) -> Discovered:
        site = await self._guessed(answer)
        if site is None:
            raise _nothing(
                _("{host} names no feed, and its links do not tell which pages are articles."),
                answer,
            )
        name = text.inline(page.title or site.name, NAME_LIMIT)
        said = _(
            "The site has no feed. It is read page by page; which of its pages are articles was"
            " guessed from its links: {forms}"
        )
        forms = tuple(form.written for form in site.articles)
        return Discovered(
            "portal",
            SourceData(name, "portal", _front_of(answer.url)),
            said.format(forms=", ".join(forms)),
            self._is_private(answer.url),
            forms,
            site.hosts,
            site.scheme,
        )

    async def _guessed(self, answer: Response) -> Profile | None:
        """The profile of an unknown site: the forms of addresses that lead to articles."""
        patterns = await asyncio.to_thread(_patterns, answer)
        proven = []
        for pattern in patterns:
            site = guessed(answer.url, (pattern,))
            if await self._leads_to_article(answer, site):
                proven.append(pattern)
        return guessed(answer.url, proven) if proven else None

    async def _leads_to_article(self, answer: Response, site: Profile) -> bool:
        visitor = Visitor(self.client, self.robots, self.read, self.private)
        try:
            await visitor.settle(site, answer.url)
        except FetchError:
            return False
        found = await visitor.links(answer)
        for url in found.articles[:ARTICLES]:
            try:
                visit = await visitor.article(url)
            except FetchError:
                continue
            if visit.article is not None:
                return True
        return False

    def _is_private(self, url: str) -> bool:
        return guard.place(url) in self.private


def _kind_of(answer: Response) -> Kind | None:
    try:
        return kind_of(answer.body)
    except ParseError:
        return None


def _links(answer: Response) -> PageLinks:
    try:
        return links(answer.body, answer.url, sites.is_article)
    except ParseError:
        return PageLinks()


def _patterns(answer: Response) -> tuple[str, ...]:
    try:
        return guess_patterns(answer.body, answer.url)
    except ParseError:
        return ()


def _front_of(url: str) -> str:
    """The front page of the site that a page is on, at the address that answered."""
    return addresses(("/",), url)[0]


def _nothing(said: str, answer: Response, hint: str = "") -> FetchError:
    return FetchError(said.format(host=text.host(answer.url)), hint=hint, reason="content")


def _no_address(typed: str) -> FetchError:
    """What is said of what cannot be opened; never with the password that stands in it."""
    if "@" in typed:
        return FetchError(
            _("An address with a user name or password in it is not taken."),
            hint=_("Leave out what stands before the @."),
            reason="address",
        )
    return FetchError(
        _("“{address}” is no web address.").format(address=text.inline(typed, 80)),
        hint=_("It has to begin with http:// or https://."),
        reason="address",
    )


def _has_no_secure_door(error: FetchError, url: str) -> bool:
    """Whether nobody answers at an address, or somebody who speaks without any security.

    The latter only at a port that was typed: at the usual one something is wrong then. A
    certificate that is not trusted is never passed over.
    """
    if error.reason in _NOBODY_THERE:
        return True
    return (
        error.reason in _NOTHING_SECURE
        and urlsplit(url).port not in _SECURE_PORTS
        and not isinstance(error.__cause__, ssl.SSLCertVerificationError)
    )


def _without_session(url: str) -> str:
    """An address without the ticket of somebody's visit."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in fields if name.lower() not in _SESSION]
    query = parts.query if len(kept) == len(fields) else urlencode(kept)
    return urlunsplit(parts._replace(path=_SESSION_PATH.sub("", parts.path), query=query))
