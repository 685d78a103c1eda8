"""What is kept of one portal, for those who walk it: the store, off the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from kaltimtui.importing import Fetched
from kaltimtui.store import fetching, frontier, incoming, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from datetime import datetime

    from kaltimtui.models import ArticleData
    from kaltimtui.refresh.ports import Keep
    from kaltimtui.store.connection import Connection, Database

_T = TypeVar("_T")


class StoreShelf:
    """The articles of one source and the addresses that wait to be fetched."""

    def __init__(
        self,
        database: Database,
        source: int,
        keep: Keep,
        readers: Executor,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._source = source
        self._keep = keep
        self._readers = readers
        self._clock = clock

    async def known(self, urls: Sequence[str]) -> set[str]:
        """Those that need no fetching: kept as articles, or lately found to be none."""

        def ask(connection: Connection) -> set[str]:
            kept = frontier.known(connection, self._source, urls)
            return kept | frontier.refused(connection, self._source, urls)

        return await self._read(ask)

    async def newest(self) -> int | None:
        """When the newest article that is kept was published."""
        return await self._read(lambda connection: fetching.newest(connection, self._source))

    async def keep(self, pages: Sequence[tuple[str, ArticleData]]) -> tuple[int, int]:
        """Keep articles, all or none; how many were new, and how many were known and changed."""
        said = [article for _url, article in pages]
        seconds = keys.seconds_of(self._clock())
        loop = asyncio.get_running_loop()
        ready = await loop.run_in_executor(self._readers, incoming.ready, said, seconds)
        (kept,) = await self._keep([Fetched(self._source, ready)])
        return kept.stored.new, kept.stored.changed

    async def push(self, found: Sequence[tuple[str, int | None]]) -> int:
        """Let addresses wait, with the time of their articles; what is known is left out."""
        now = keys.seconds_of(self._clock())
        return await self._write(
            lambda connection: frontier.add(connection, self._source, found, now)
        )

    async def pop(self, limit: int) -> list[str]:
        """The newest that wait. They wait until ``done`` is told of them."""
        return await self._read(lambda connection: frontier.take(connection, self._source, limit))

    async def recent(self, newest: int, limit: int) -> list[tuple[str, int | None]]:
        """What waits and may be news: newer than the last of the ``newest`` kept, or left undone.

        With the dates that are known; at most ``limit`` with one, and as many without.
        """
        return await self._read(
            lambda connection: frontier.recent(connection, self._source, newest, limit)
        )

    async def done(self, urls: Sequence[str]) -> None:
        """Let addresses wait no more; told after their articles were kept."""
        now = keys.seconds_of(self._clock())
        await self._write(lambda connection: frontier.done(connection, self._source, urls, now))

    async def _read(self, ask: Callable[[Connection], _T]) -> _T:
        def work() -> _T:
            with self._database.reading() as connection:
                return ask(connection)

        return await asyncio.to_thread(work)

    async def _write(self, change: Callable[[Connection], _T]) -> _T:
        def work() -> _T:
            with self._database.writing() as connection:
                return change(connection)

        return await asyncio.to_thread(work)
