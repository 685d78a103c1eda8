"""A refresh: feeds and portals side by side."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import importing
from kaltimtui.errors import FetchError, StoreError
from kaltimtui.importing import Fetched
from kaltimtui.models import Progress, Refreshed
from kaltimtui.refresh import decide, feeds
from kaltimtui.refresh.shelf import StoreShelf
from kaltimtui.refresh.visit import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from kaltimtui.importing import Kept
    from kaltimtui.models import Source
    from kaltimtui.refresh.feeds import Means
    from kaltimtui.refresh.ports import Keep, Rules
    from kaltimtui.refresh.walk import WalkResult
    from kaltimtui.rule import Notice
    from kaltimtui.store.connection import Database


def keeper(
    database: Database,
    clock: Callable[[], datetime],
    notify: Callable[[Sequence[Notice]], None] = lambda _notices: None,
) -> Keep:
    """Keeps what was fetched in a thread, one batch after the other.

    ``notify`` gets what rules have to tell of it.
    """
    turn = asyncio.Lock()

    async def keep(batch: Sequence[Fetched]) -> list[Kept]:
        async with turn:
            return await asyncio.to_thread(importing.keep_fetched, database, batch, clock(), notify)

    return keep


class Refresh:
    """One refresh of some sources. ``report`` hears of each as soon as it is done."""

    def __init__(
        self,
        database: Database,
        means: Means,
        rules: Rules,
        sources: Sequence[Source],
        report: Callable[[Progress], None],
    ) -> None:
        self._database = database
        self._means = means
        self._rules = rules
        self._sources = sources
        self._report = report
        self._walked: dict[str, tuple[int, int]] = {}
        """By the names of portals: the pages fetched and the articles kept by a walk so far."""
        self._under_way = dict.fromkeys(source.name for source in sources)
        self.done: list[Refreshed] = []
        self.lost = False
        """Whether nobody could be reached, which is no fault of theirs."""

    async def run(self, *, backfill: int = 0) -> None:
        """Ask all of them. May be cancelled at any time: what was kept stays."""
        portals = [source for source in self._sources if source.kind == "portal"]
        others = [source for source in self._sources if source.kind != "portal"]
        self._tell(None)
        async with asyncio.TaskGroup() as tasks:
            walks = [tasks.create_task(self._walk(portal, backfill)) for portal in portals]
            fed = tasks.create_task(feeds.refresh_feeds(others, self._means, self._finished))
        endings = [*(walk.result() for walk in walks), *fed.result()]
        self.lost = decide.network_is_lost(ending.error for ending in endings)
        held = [ending.held for ending in endings if ending.held]
        if held and not self.lost:
            await self._means.keep([Fetched(outcome.source, (), outcome) for outcome in held])

    async def _walk(self, portal: Source, backfill: int) -> feeds.Ending:
        """Walk through a portal; how that ended."""
        from kaltimtui.refresh.walk import walk  # loads lxml

        begun = time.monotonic()
        means = self._means
        shelf = StoreShelf(self._database, portal.id, means.keep, means.readers, means.clock)

        def report(pages: int, new: int) -> None:
            self._walked[portal.name] = pages, new
            self._tell(None)

        try:
            result = await walk(
                portal,
                client=means.client,
                robots=self._rules,
                shelf=shelf,
                read=partial(feeds.read_in, means),
                backfill=backfill,
                report=report,
                now=means.clock(),
            )
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - a page that breaks a parser ends no other source
            failure = error if isinstance(error, FetchError) else unreadable(portal.url or "")
            fetched, ending = feeds.failed(portal, failure, means)
            refreshed = Refreshed(
                portal.name, "failed", http_status=failure.status, error=str(failure)
            )
        else:
            fetched, ending = self._succeeded(portal, result), feeds.Ending()
            refreshed = _walked(portal, result)
        await means.keep([fetched])
        self._finished(refreshed._replace(seconds=time.monotonic() - begun))
        return ending

    def _succeeded(self, portal: Source, result: WalkResult) -> Fetched:
        means = self._means
        outcome = decide.succeeded(
            portal,
            means.clock(),
            every=decide.interval(portal, silence=result.retry_after),
            random=means.random,
            http_status=result.http_status,
            validators=result.validators,
        )
        return Fetched(portal.id, (), outcome)

    def _finished(self, refreshed: Refreshed) -> None:
        self.done.append(refreshed)
        self._under_way.pop(refreshed.source, None)
        self._tell(refreshed)

    def _tell(self, last: Refreshed | None) -> None:
        new = sum(one.new for one in self.done)
        new += sum(self._walked[name][1] for name in self._under_way if name in self._walked)
        pages = sum(pages for pages, _new in self._walked.values())
        # The first was begun first, so it is not one that has not had its turn yet.
        waited_for = next(iter(self._under_way), None)
        self._report(
            Progress(len(self.done), len(self._sources), new, last, pages, under_way=waited_for)
        )


def _walked(portal: Source, result: WalkResult) -> Refreshed:
    came = result.new or result.changed
    return Refreshed(
        portal.name,
        "not-modified" if result.http_status == 304 and not came else "ok",
        result.new,
        result.changed,
        result.http_status,
        result.bytes,
        missed=result.failures,
    )
