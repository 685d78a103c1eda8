"""A walk through a portal: from its front page and its articles to those that are not known yet.

An ordinary walk reads what the front page, the feeds it announces and, where these bring
something new, the lists and sitemaps of news name, and from there follows what is newer than all
that is kept; and what waits that an earlier walk should have read but did not come to. A backfill
goes on into the archive with what waits on the shelf, newest first.

A backfill of so many articles brings at most so many that are no newer than the newest that was
kept before, whether they came up by the way or were looked for; where nothing was kept, at most so
many in all. What is newer comes besides.

What is found and read goes to the shelf in batches, and what is left of them when a walk is
stopped. A page that failed waits there, one that is no article waits no more.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from kaltimtui import text
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.i18n import _
from kaltimtui.models import Validators
from kaltimtui.net.backoff import ASKS_FOR_SILENCE
from kaltimtui.parsing import sites
from kaltimtui.parsing.page.links import barrier_of, guess_patterns, page_number
from kaltimtui.parsing.profile import Profile, addresses, guessed
from kaltimtui.refresh.feeds import places
from kaltimtui.refresh.notes import BATCH, Notes, Tally
from kaltimtui.refresh.pool import Pool, Rank
from kaltimtui.refresh.reading import barred
from kaltimtui.refresh.room import Room
from kaltimtui.refresh.visit import Visitor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from kaltimtui.dates import Stamp
    from kaltimtui.models import Source
    from kaltimtui.net.client import Response
    from kaltimtui.refresh.pool import Job
    from kaltimtui.refresh.ports import Fetcher, Read, Rules, Shelf
    from kaltimtui.refresh.visit import Visit

FIRST: Final = 40
"""Articles that the first walk of a portal reads."""
ORDINARY: Final = 200
"""Articles that any other walk reads at most; the rest wait."""
LISTS: Final = 20
"""Lists of articles that an ordinary walk reads at most."""
CATEGORIES: Final = 6
"""Those among them that a front page names."""
FEEDS: Final = 2
SITEMAPS: Final = 20
DRY: Final = 2
"""Lists that name nothing unmet, one behind the other, before the next is not looked at."""
_UNREACHABLE: Final = frozenset(
    ("resolve", "connect", "tls", "proxy", "timeout", "private", "address", "robots")
)
_GUESSED_SITEMAPS: Final = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_NEWS_SITEMAP: Final = ("news", "berita")


@dataclass(frozen=True, slots=True)
class WalkResult:
    """What a walk did."""

    new: int
    changed: int
    pages: int
    """Pages that were fetched, lists and all."""
    bytes: int
    """Received, as packed."""
    http_status: int | None
    """Of the front page."""
    failures: tuple[str, ...]
    """What failed, one line each; the first few."""
    validators: Validators | None = None
    """Of the front page; empty where it has to be read again, None where those known stay."""
    retry_after: float | None = None
    """Seconds of silence that the server asked for."""


class _Named(NamedTuple):
    """How many articles a page named."""

    unmet: int
    """Those that no page of this walk had named."""
    unknown: int
    """Those among them that are not kept."""
    known: int
    """Those that are kept, whether met or not."""


async def walk(
    source: Source,
    *,
    client: Fetcher,
    robots: Rules,
    shelf: Shelf,
    read: Read,
    backfill: int = 0,
    report: Callable[[int, int], None] = lambda _pages, _new: None,
    now: datetime,
) -> WalkResult:
    """Walk through a portal; ``report`` hears how many pages were fetched and articles kept so far.

    Raises FetchError where nothing of it could be had. May be cancelled at any time: what was read
    is kept.
    """
    home = text.address(source.url)
    if home is None:
        raise FetchError(_("{name} has no web address.").format(name=source.name), reason="address")
    visitor = Visitor(client, robots, read, places(source))
    walking = _Walk(visitor, shelf, report, now, backfill if backfill > 0 else None)
    try:
        await walking.ordinary(home, source.validators)
        if backfill > 0:
            await walking.backfill()
    finally:
        await walking.close()
    return walking.result()


class _Walk:
    """One walk under way."""

    def __init__(
        self,
        visitor: Visitor,
        shelf: Shelf,
        report: Callable[[int, int], None],
        now: datetime,
        older_left: int | None,
    ) -> None:
        self.visitor = visitor
        self.shelf = shelf
        self.notes = Notes(shelf)
        self.tally = Tally()
        self.report = report
        self.room = Room(int(now.timestamp()), older_left, sitemaps=SITEMAPS)
        self.pool = Pool(visitor)
        self.met: dict[str, bool] = {}
        """Articles that were named in this walk, and whether they need no fetching."""
        self.lists: dict[str, int] = {}
        """Lists that were named, each with how many before it named nothing unmet."""
        self.deep = False
        """Whether this is a backfill: what is found waits its turn on the shelf."""
        self.whole = False
        """Whether all that the portal named as new was read."""

    # --- The two kinds of walk --------------------------------------------------------------------

    async def ordinary(self, home: str, validators: Validators) -> None:
        """Read what is new. Raises FetchError where the portal gave nothing at all."""
        newest = await self.shelf.newest()
        room = self.room
        room.newest = None if newest is None else min(newest, room.now)
        room.follow_all = newest is None
        room.articles = FIRST if newest is None else ORDINARY
        room.lists = LISTS
        answer = await self._front_page(home, validators)
        if isinstance(answer, FetchError):
            await self._without_front_page(answer)
            return
        if answer.status == HTTPStatus.NOT_MODIFIED:
            await self._take_up()
            await self._run()
            return
        found = await self.visitor.links(answer)
        if found.barrier and not found.articles:
            raise barred(answer.url, found.barrier)
        named = await self._offer(((url, None) for url in found.articles), Rank.TOLD)
        self._queue_named_by_site(feed.url for feed in found.feeds)
        self._follow_lists(home, found.listings, named, front=True)
        if named.unknown or not named.known:
            self.pool.queue("sitemap", await self._sitemaps(news=True), Rank.FRONT)
        await self._take_up()
        await self._run()
        if not self.met:
            await self._by_sitemaps()
        if not self.met and not self.tally.failures:
            said = _("No article was found at {host}.").format(host=text.host(home))
            raise FetchError(said, reason="content")
        self.whole = room.articles > 0 and room.older != 0 and not self.tally.failures

    async def backfill(self) -> None:
        """Read what waits, newest first, and what it leads to, up to what may be read of it."""
        self.deep = True
        room = self.room
        room.articles = room.older or 0
        room.lists = room.spare = room.articles + LISTS
        room.sitemaps = SITEMAPS
        self.notes.find((url, None) for url in self.lists if not self.pool.asked(url))
        self.pool.queue("sitemap", await self._sitemaps(news=False), Rank.FRONT)
        await self._run()
        await self._run(self._refill)

    async def _refill(self) -> bool:
        """Queue what waits; whether there was anything there is room for."""
        if not self.room.articles:
            return False
        waiting = await self.notes.waiting(min(BATCH, self.room.articles))
        self.pool.forget(waiting)
        articles = [url for url in waiting if self.visitor.site.article(url) == url]
        own = set(articles)
        self.pool.queue("article", articles, Rank.TOLD)
        self.pool.queue("list", (url for url in waiting if url not in own), Rank.TOLD)
        return bool(articles or (waiting and self.room.lists))

    async def _take_up(self) -> None:
        """Queue what may be news and was left by a walk that did not come to its end."""
        site = self.visitor.site
        waiting = await self.shelf.recent(FIRST, ORDINARY)
        own = [(url, seconds) for url, seconds in waiting if site.article(url) == url]
        undated = [url for url, seconds in own if seconds is None]
        self.pool.queue("article", (url for url, seconds in own if seconds is not None), Rank.TOLD)
        self.pool.queue("article", undated[:FIRST], Rank.TOLD)

    # --- Where a walk begins ----------------------------------------------------------------------

    async def _front_page(self, home: str, validators: Validators) -> Response | FetchError:
        """The front page, or why it failed where the site may have others. Raises FetchError."""
        site = sites.site_of(home)
        try:
            answer = await self.visitor.get(home, validators=validators if site else Validators())
        except FetchError as error:
            if site is None or error.reason in _UNREACHABLE or error.status in ASKS_FOR_SILENCE:
                raise
            await self.visitor.settle(site, home)
            return error
        if site is None:
            site = await asyncio.to_thread(_guessed, answer)
        await self.visitor.settle(site, answer.url)
        self.tally.http_status = answer.status
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.tally.validators = answer.validators
            self._count(answer.received)
        return answer

    async def _without_front_page(self, error: FetchError) -> None:
        """Walk from whatever else the site may have. Raises the error where there is nothing."""
        self.tally.http_status = error.status
        self.tally.failed(self.visitor.site.home(), error)
        self._queue_named_by_site(())
        await self._take_up()
        await self._run()
        if not self.met:
            await self._by_sitemaps()
        if not self.tally.pages:
            raise error

    def _queue_named_by_site(self, announced: Iterable[str | None]) -> None:
        """Queue the pages and feeds that the profile names, and the feeds that the site does."""
        site = self.visitor.site
        home = site.home()
        feeds = addresses(site.feeds, home)
        found = dict.fromkeys(url for url in (*feeds, *announced) if url)
        self.pool.queue("feed", list(found)[: max(FEEDS, len(feeds))], Rank.FRONT)
        starts = (url for url in addresses(site.starts, home) if url != home)
        self.pool.queue("list", starts, Rank.FRONT)

    async def _by_sitemaps(self) -> None:
        """Find articles of a site whose pages name none."""
        self.room.follow_all = True
        self.room.articles = min(self.room.articles, FIRST)
        self.pool.queue("sitemap", await self._sitemaps(news=False), Rank.FRONT)
        await self._run()

    async def _sitemaps(self, *, news: bool) -> list[str]:
        """The sitemaps to look at: those of news, or all, if need be where they usually are."""
        named = list(await self.visitor.sitemaps())
        if news:
            return [url for url in named if any(word in url.lower() for word in _NEWS_SITEMAP)]
        return named or [urljoin(self.visitor.site.home(), path) for path in _GUESSED_SITEMAPS]

    # --- What is found ----------------------------------------------------------------------------

    async def _offer(
        self, named: Iterable[tuple[str, Stamp | None]], rank: Rank | None = None
    ) -> _Named:
        """Take the articles that a page names.

        ``rank``: what they come as; None where that depends on their dates.
        """
        stamped = dict(named)
        unmet = [url for url in stamped if url not in self.met]
        known = await self.shelf.known(unmet) if unmet else set()
        self.met.update((url, url in known) for url in unmet)
        unknown = {
            url: self.room.seconds(stamp) for url, stamp in stamped.items() if not self.met[url]
        }
        self.notes.find(unknown.items())
        for url, seconds in unknown.items() if not self.deep else ():
            if (
                rank is not None
                or self.room.follow_all
                or self.room.is_newer(stamped[url], seconds)
            ):
                own = Rank.UNDATED if seconds is None else Rank.DATED
                self.pool.queue("article", [url], own if rank is None else rank, seconds)
        return _Named(len(unmet), len(unmet) - len(known), len(stamped) - len(unknown))

    def _follow_lists(
        self, page: str, listings: Iterable[str], named: _Named, *, front: bool = False
    ) -> None:
        """Take the lists that a page names, as far as it brought anything."""
        dry = 0 if named.unmet else self.lists.get(page, 0) + 1
        if dry > DRY:
            return
        lists = [url for url in listings if not self.pool.asked(url)]
        unmet = [url for url in lists if url not in self.lists]
        self.lists.update((url, dry) for url in unmet)
        if self.deep:
            self.notes.find((url, None) for url in unmet)
            return
        if front and (named.unknown or not named.known):
            categories = [url for url in lists if page_number(url) is None]
            self.pool.queue("list", categories[:CATEGORIES], Rank.LIST)
        if named.unknown > named.known:
            self.pool.queue("list", _next_page(page, lists), Rank.LIST)

    # --- Several pages at once --------------------------------------------------------------------

    async def _run(self, refill: Callable[[], Awaitable[bool]] | None = None) -> None:
        """Work until nothing is left to do and ``refill`` brings nothing more."""
        more = refill is not None
        while not self.tally.stopped:
            if refill and more and self.pool.short:
                more = await refill()
            if not self.pool.launch(self._has_room):
                # What was under way may have found more.
                if refill is None or not await refill():
                    return
                more = True
                continue
            for job, task in await self.pool.landed():
                kept = len(self.notes.kept)
                await self._take(job, task)
                if job.kind == "article" and len(self.notes.kept) == kept:
                    self.room.make_up()
            self.notes.keep_up()

    def _has_room(self, job: Job) -> bool:
        """Whether there is room for a job in what this walk may do; it is taken."""
        if job.kind == "article" and job.url in self.notes.kept:
            self.notes.finish(job.url)
            return False
        return self.room.take(job)

    async def _take(self, job: Job, task: asyncio.Task[Visit]) -> None:
        """Take in what came of a job."""
        try:
            visit = task.result()
        except FetchError as error:
            if self.tally.failed(job.url, error, needed=job.kind == "article"):
                self._finish(job)
        except Exception:  # noqa: BLE001 - one page that cannot be read ends no walk
            self.tally.broken(job.url)
            self._finish(job)
        else:
            self._count(visit.received)
            if job.kind != "article":
                self._finish(job)
                await self._take_list(job, visit)
            elif await self._take_article(job, visit):
                self._finish(job)

    def _finish(self, job: Job) -> None:
        """A list waits on the shelf only where a backfill put it there."""
        if job.kind == "article" or (job.kind == "list" and self.deep):
            self.notes.finish(job.url)

    async def _take_article(self, job: Job, visit: Visit) -> bool:
        """Keep an article; whether there is no need to fetch it once more."""
        if visit.article is None or visit.address is None or visit.address in self.notes.kept:
            return True
        if visit.address != job.url and await self.shelf.known([visit.address]):
            return True
        self.met[visit.address] = True
        if not self.room.keep(job, visit.article):
            seconds = self.room.seconds(visit.article.published)
            self.notes.find([(visit.address, seconds)])
            return False
        self.notes.keep(visit.address, visit.article)
        await self._offer(visit.named)
        return True

    async def _take_list(self, job: Job, visit: Visit) -> None:
        named = await self._offer(visit.named, None if job.kind == "sitemap" else Rank.TOLD)
        self.pool.queue("sitemap", visit.sitemaps, Rank.FRONT)
        self._follow_lists(job.url, visit.listings, named)

    def _count(self, received: int) -> None:
        self.tally.fetched(received)
        self.report(self.tally.pages, self.notes.new)

    # --- The end ----------------------------------------------------------------------------------

    async def close(self) -> None:
        """Stop what is under way, and keep what was read."""
        await self.pool.stop()
        await self.notes.settle()

    def result(self) -> WalkResult:
        """What the walk did."""
        tally = self.tally
        again = Validators() if tally.validators else None
        return WalkResult(
            new=self.notes.new,
            changed=self.notes.changed,
            pages=tally.pages,
            bytes=tally.bytes,
            http_status=tally.http_status,
            failures=tuple(tally.failures),
            validators=tally.validators if self.whole else again,
            retry_after=tally.retry_after,
        )


def _next_page(page: str, lists: Iterable[str]) -> list[str]:
    """The page of a list that comes after one, if it is among some."""
    here = page_number(page) or 0
    numbers = [(page_number(url) or 0, url) for url in lists]
    return [url for _number, url in sorted(one for one in numbers if one[0] > max(here, 1))][:1]


def _guessed(answer: Response) -> Profile:
    """The profile of a site that has none, by the links of its front page. Raises FetchError."""
    barrier = barrier_of(answer.body)
    if barrier:
        raise barred(answer.url, barrier)
    try:
        patterns = guess_patterns(answer.body, answer.url)
    except ParseError:
        patterns = ()
    if not patterns:
        said = _("The links of {host} do not tell which of its pages are articles.")
        raise FetchError(said.format(host=text.host(answer.url)), reason="content")
    return guessed(answer.url, patterns)
