"""The facade of all that uses the network: what the commands, the screen and the demo ask for.

Its methods are for an event loop; the store and the parsers work in threads. Importing this loads
neither httpx nor a parser.
"""

from __future__ import annotations

import asyncio
import gc
import random
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import parsing, subscriptions, text
from kaltimtui.config import Config, load
from kaltimtui.errors import FetchError
from kaltimtui.library import Limits
from kaltimtui.rule import TITLES, Notice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from kaltimtui.library import Library
    from kaltimtui.models import Progress, Refreshed, Source
    from kaltimtui.net.client import Client
    from kaltimtui.net.robots import Robots
    from kaltimtui.refresh.discover import Discovered
    from kaltimtui.refresh.feeds import Means
    from kaltimtui.refresh.wanted import Wants
    from kaltimtui.store.wishes import WishKind

_MEBIBYTE: Final = 1 << 20
_UNTIL_GARBAGE: Final = 100_000
"""Objects that are made before a look for garbage."""
_BETWEEN_STEPS: Final = 0.02
"""Seconds; as long as a step of removing articles takes."""
_at_work: Final[set[Executor]] = set()
"""Those of all fetches under way, which share the processes that read sloppy feeds."""
_NEEDED: Final = (".net.client", ".net.transport", ".net.robots", ".refresh.run", ".refresh.wanted")


class Refreshing(NamedTuple):
    """What a refresh came to."""

    sources: list[Refreshed]
    lost: bool
    """Whether nobody could be reached: the network is gone, not the sources."""
    notices: tuple[Notice, ...] = ()
    """What rules have to tell of what came; one of each rule."""


class Gathered(NamedTuple):
    """What fetching articles by their addresses came to."""

    articles: list[str]
    """The ids of those that are here now."""
    failed: list[FetchError]


class _Tools(NamedTuple):
    client: Client
    rules: Robots
    means: Means
    notices: list[Notice]


class Fetching:
    """Fetches for one library."""

    def __init__(
        self,
        library: Library,
        config: Config | None = None,
        *,
        random: Callable[[], float] = random.random,
    ) -> None:
        self._library = library
        self._config = config or load(library.paths.config / "config.toml")[0]
        self._random = random
        self.sources = subscriptions.of(library)

    @property
    def pictures(self) -> Path:
        """The folder of the pictures that are kept."""
        return self._library.paths.data / "pictures"

    def due(self, ids: Sequence[int] = (), *, everything: bool = False) -> list[Source]:
        """The sources to be asked now: of those named, or of all; with ``everything`` all of these.

        Who names sources means these, due or not, and also those given up as gone. A portal of
        which nothing is known but that a page of it was once saved is asked only by its name.
        """
        from kaltimtui.refresh import decide

        known = self.sources.all()
        if ids:
            return [source for source in known if source.id in ids and source.url]
        if everything:
            found = [source for source in known if decide.askable(source)]
        else:
            found = decide.due(known, self._library.now())
        if any(source.kind == "portal" for source in found):
            self._use_profiles()
            found = [source for source in found if source.kind != "portal" or _known(source)]
        return found

    def _use_profiles(self) -> None:
        parsing.use_profiles(self._sites)

    @property
    def _sites(self) -> Path:
        """The folder of the profiles of sites that the user wrote."""
        return self._library.paths.config / "sites"

    async def refresh(
        self,
        ids: Sequence[int] = (),
        *,
        everything: bool = False,
        backfill: int = 0,
        report: Callable[[Progress], None] = lambda _progress: None,
    ) -> Refreshing:
        """Fetch what is due, and what single articles wait for.

        ``backfill``: at most so many articles out of the archive of each portal, which are those
        no newer than the newest that was kept before, or all where none was; what is newer comes
        besides. May be cancelled at any time: what was kept by then stays. Raises StoreError where
        nothing can be kept.

        Then articles are removed that are too old or too many, by the settings and those of their
        sources; where these are very many, the others at the next refresh.
        """
        refreshed = await self._refresh(ids, everything, backfill, report)
        await self._tidy()
        return refreshed

    async def _refresh(
        self,
        ids: Sequence[int],
        everything: bool,
        backfill: int,
        report: Callable[[Progress], None],
    ) -> Refreshing:
        sources = await asyncio.to_thread(self.due, ids, everything=everything)
        if not sources and not await asyncio.to_thread(self._anything_waits):
            return Refreshing([], False)
        async with self._tools(_whole(sources, backfill)) as tools:
            from kaltimtui.refresh.run import Refresh

            refresh = Refresh(self._library.database, tools.means, tools.rules, sources, report)
            try:
                await refresh.run(backfill=backfill)
                if not refresh.lost:
                    await self._grant(tools)
            except ExceptionGroup as group:
                raise _first(group) from group
        return Refreshing(refresh.done, refresh.lost, by_rule(tools.notices))

    async def discover(self, url: str) -> Discovered:
        """What can be subscribed to at an address as it was typed, with or without a scheme.

        Raises FetchError where there is nothing.
        """
        async with self._tools() as tools:
            await asyncio.to_thread(import_module, ".refresh.discover", __package__)
            from kaltimtui.refresh.discover import discover
            from kaltimtui.refresh.feeds import read_in

            read = partial(read_in, tools.means)
            return await discover(url, client=tools.client, robots=tools.rules, read=read)

    async def full_text(self, article: str) -> bool:
        """Fetch the page of an article for its whole text; whether it says more than the feed.

        Raises UsageError where the article has no address, FetchError where its page is no article.
        """
        uid = await asyncio.to_thread(self._library.uid, article)
        async with self._tools() as tools:
            from kaltimtui.refresh import wanted

            return await wanted.fetch_text(await self._wants(tools), uid)

    async def is_article(self, url: str, beside: str | None = None) -> bool:
        """Whether an address is that of an article of a site that is known.

        Of one that stands ``beside`` an article, among what is related, newest or most read, it is
        enough that it is of the site of that article or its source.
        """
        return await asyncio.to_thread(self._is_article, url, beside)

    def _is_article(self, url: str, beside: str | None) -> bool:
        self._use_profiles()
        known = parsing.is_article(url)
        if known or beside is None:
            return known
        from kaltimtui.refresh import wanted

        return wanted.is_neighbour(self._library.database, url, beside)

    async def article_at(self, url: str, named_by: str) -> str:
        """Fetch the article of an address, which another article names, and keep it; its id.

        Raises FetchError where the page cannot be had, or is no article.
        """
        gathered = await self.articles_at((url,), named_by)
        if gathered.failed:
            raise gathered.failed[0]
        return gathered.articles[0]

    async def articles_at(
        self,
        urls: Sequence[str],
        named_by: str,
        report: Callable[[int], None] = lambda _done: None,
    ) -> Gathered:
        """Fetch the articles of some addresses one after the other and keep them.

        ``named_by``: the article that names them. ``report`` is told after each how many were
        tried. A host where nobody is reached is not asked again. May be cancelled: what is here
        stays.
        """
        kept, failed = [], []
        lost: dict[str, FetchError] = {}
        async with self._tools() as tools:
            from kaltimtui.refresh import wanted

            wants = await self._wants(tools)
            for done, url in enumerate(urls, start=1):
                host = text.host(url)
                if host in lost:
                    failed.append(lost[host])
                else:
                    try:
                        kept.append(await wanted.fetch_article(wants, url, named_by))
                    except FetchError as error:
                        failed.append(error)
                        if error.unreached:
                            lost[host] = error
                report(done)
        return Gathered(kept, failed)

    async def wish_text(self, article: str) -> None:
        """Have the whole text of an article fetched at the next refresh.

        Raises UsageError where the article has no address.
        """
        await asyncio.to_thread(self._wish_text, article)

    def _wish_text(self, article: str) -> None:
        from kaltimtui.refresh import wanted

        library = self._library
        wanted.wish_text(library.database, library.uid(article), library.now())

    async def pictures_of(self, article: str, came: Callable[[], object] = lambda: None) -> int:
        """Fetch the pictures of an article that is being read; how many cannot be had now.

        ``came`` is told of each that came. None are fetched where there is no room for any.
        """
        library = self._library
        if not self._config.images_megabytes or library.database.path is None:
            return 0
        uid = await asyncio.to_thread(library.uid, article)
        async with self._tools() as tools:
            from kaltimtui.refresh import wanted

            wants = await self._wants(tools)
            missing = await wanted.fetch_for_reader(wants, uid, self.pictures, came)
        await self._sweep()
        return missing

    def _anything_waits(self) -> bool:
        from kaltimtui.refresh import wanted

        kinds: tuple[WishKind, ...] = ("text", "pictures")
        wished = kinds if self._config.images_megabytes else kinds[:1]
        return wanted.any_due(self._library.database, wished, self._library.now())

    async def _tidy(self) -> None:
        """Remove what is kept no longer, and let others write in between."""
        config = self._config
        limits = Limits(config.keep_days, config.keep_articles, config.keep_megabytes)
        steps = self._library.tidy(limits)
        while await asyncio.to_thread(next, steps, None) is not None:
            await asyncio.sleep(_BETWEEN_STEPS)

    async def _grant(self, tools: _Tools) -> None:
        """Fetch what single articles wait for."""
        from kaltimtui.refresh import wanted

        wants = await self._wants(tools)
        await wanted.fetch_texts(wants)
        if self._config.images_megabytes:
            await wanted.fetch_pictures(wants, self.pictures)
        await self._sweep()

    async def _sweep(self) -> None:
        """Give up pictures that there is no room for."""
        from kaltimtui.refresh import wanted

        library = self._library
        if library.database.path is not None:
            budget = self._config.images_megabytes * _MEBIBYTE
            await asyncio.to_thread(
                wanted.sweep_pictures, library.database, self.pictures, budget, library.now()
            )

    async def _wants(self, tools: _Tools) -> Wants:
        from kaltimtui.refresh.feeds import places
        from kaltimtui.refresh.wanted import Wants

        known = await asyncio.to_thread(self.sources.all)
        private = {source.id: places(source) for source in known if source.private}
        return Wants(tools.means, tools.rules, self._library.database, private)

    @asynccontextmanager
    async def _tools(self, expected: int = 0) -> AsyncIterator[_Tools]:
        """What a fetch works with; ``expected``: how much there will be to read for certain."""
        from kaltimtui.refresh.readers import Readers

        readers = Readers(self._sites)
        _at_work.add(readers)
        readers.expect(expected)
        try:
            await asyncio.to_thread(_load)
            await asyncio.to_thread(self._use_profiles)
            async with self._tools_of(readers) as tools:
                yield tools
        finally:
            readers.shutdown(wait=False, cancel_futures=True)
            _at_work.discard(readers)
            if not _at_work:
                parsing.close_workers()

    @asynccontextmanager
    async def _tools_of(self, readers: Executor) -> AsyncIterator[_Tools]:
        from kaltimtui.net.client import Client
        from kaltimtui.net.robots import Robots
        from kaltimtui.refresh.feeds import Means
        from kaltimtui.refresh.run import keeper

        library = self._library
        async with Client(proxy=self._config.proxy) as client:
            notices: list[Notice] = []
            keep = keeper(library.database, library.now, notices.extend)
            means = Means(client, keep, readers, library.now, self._random)
            yield _Tools(client, Robots(client), means, notices)


@contextmanager
def garbage_left() -> Iterator[None]:
    """Look for garbage seldom: looking takes a quarter more, and there is hardly any.

    For a process that does nothing but fetch.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_UNTIL_GARBAGE)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def _load() -> None:
    """Load all that fetching needs, in a thread: it takes a tenth of a second or more."""
    for name in _NEEDED:
        import_module(name, __package__)


def _whole(sources: Iterable[Source], backfill: int) -> int:
    """How many feeds and pages will surely come whole, not as what is known already."""
    feeds = [source for source in sources if source.kind == "feed"]
    return sum(not any(feed.validators) for feed in feeds) + backfill


def _known(portal: Source) -> bool:
    """Whether there is a profile of a portal."""
    return portal.url is not None and parsing.is_known_site(portal.url)


def by_rule(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """One notice of each rule, from several that came one after the other; the newest last."""
    found: dict[str, Notice] = {}
    for one in notices:
        before = found.pop(one.rule, Notice(one.rule, 0, ()))
        titles = (one.titles + before.titles)[:TITLES]
        found[one.rule] = Notice(one.rule, before.count + one.count, titles)
    return tuple(found.values())


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """The first of several failures that came together: they have one cause, or it is told next."""
    found: Exception = group
    while isinstance(found, ExceptionGroup):
        found = found.exceptions[0]
    return found
