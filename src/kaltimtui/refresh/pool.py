"""Visits of a walk: a queue of what to visit, and a few under way at once."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kaltimtui.refresh.visit import Visit, Visitor

WINDOW: Final = 8
"""Pages that are fetched and read at once; the client has limits of its own."""

Kind: TypeAlias = Literal["article", "list", "feed", "sitemap"]


class Rank(IntEnum):
    """What comes first."""

    FRONT = 0
    """Feeds and sitemaps, which tell of dates."""
    TOLD = 1
    """Articles named where news stands."""
    DATED = 2
    LIST = 3
    UNDATED = 4


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One address to visit; the lowest is visited first."""

    rank: Rank
    age: int
    """Seconds; the newer, the lower."""
    order: int
    kind: Kind = field(compare=False)
    url: str = field(compare=False)


class Pool:
    """What is to be visited, each address once."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._jobs: list[Job] = []
        self._flying: dict[asyncio.Task[Visit], Job] = {}
        self._asked: set[str] = set()
        self._order = count()

    def queue(
        self, kind: Kind, urls: Iterable[str], rank: Rank, seconds: int | None = None
    ) -> None:
        """Queue addresses that were not queued before; ``seconds`` is when they were published."""
        for url in urls:
            if url not in self._asked:
                self._asked.add(url)
                age = 0 if seconds is None or rank == Rank.TOLD else -seconds
                heapq.heappush(self._jobs, Job(rank, age, next(self._order), kind, url))

    def asked(self, url: str) -> bool:
        """Whether an address was queued in this walk, and not dropped since."""
        return url in self._asked

    def forget(self, urls: Iterable[str]) -> None:
        """Let addresses be queued once more."""
        self._asked.difference_update(urls)

    @property
    def short(self) -> bool:
        """Whether there is less to do than is done at once."""
        return len(self._jobs) < WINDOW

    def launch(self, has_room: Callable[[Job], bool]) -> bool:
        """Visit as many as may be; those without room are dropped. Whether any are under way."""
        while self._jobs and len(self._flying) < WINDOW:
            job = heapq.heappop(self._jobs)
            if has_room(job):
                self._flying[asyncio.create_task(self._visit(job))] = job
            else:
                self._asked.discard(job.url)
        return bool(self._flying)

    async def landed(self) -> list[tuple[Job, asyncio.Task[Visit]]]:
        """Wait for some that are under way to end."""
        done, _flying = await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
        return [(self._flying.pop(task), task) for task in done]

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        self._flying.clear()
        self._jobs.clear()

    async def _visit(self, job: Job) -> Visit:
        match job.kind:
            case "article":
                return await self._visitor.article(job.url)
            case "list":
                return await self._visitor.page(job.url)
            case "feed":
                return await self._visitor.feed(job.url)
            case "sitemap":
                return await self._visitor.sitemap(job.url)
