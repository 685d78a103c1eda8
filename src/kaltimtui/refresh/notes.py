"""What a walk has read and found, on its way to the shelf; and what it counts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.errors import NOT_THERE
from kaltimtui.i18n import _
from kaltimtui.net.backoff import ASKS_FOR_SILENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.errors import FetchError
    from kaltimtui.models import ArticleData, Validators
    from kaltimtui.refresh.ports import Shelf

BATCH: Final = 25
"""Pages that are kept in one transaction."""
FAILURES_SHOWN: Final = 20
FAILURES_IN_A_ROW: Final = 5
"""Failures of a server after which it is left alone."""
_HELD_MOST: Final = 500
"""Addresses that are held before they go to the shelf."""
PATIENCE: Final = 2.0
"""Seconds that pages wait at most for others to be kept with, while more come in."""


class Notes:
    """Pages read, addresses found and addresses done with, handed to the shelf in batches.

    They are handed over in a task of its own, which ends even where the walk is cancelled.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.kept: set[str] = set()
        """Addresses of the articles of this walk."""
        self.new = 0
        self.changed = 0
        self._ready: list[tuple[str, ArticleData]] = []
        self._found: dict[str, int | None] = {}
        self._told: dict[str, int | None] = {}
        self._finished: list[str] = []
        self._out: set[str] = set()
        """Addresses that were taken from the shelf and still wait there."""
        self._writing: asyncio.Task[None] | None = None
        self._written = asyncio.get_running_loop().time()

    def keep(self, address: str, article: ArticleData) -> None:
        """Take note of an article that was read."""
        self.kept.add(address)
        self._ready.append((address, article))

    def find(self, named: Iterable[tuple[str, int | None]]) -> None:
        """Take note of addresses to wait on the shelf."""
        for url, seconds in named:
            if url not in self._told or (self._told[url] is None and seconds is not None):
                self._told[url] = self._found[url] = seconds

    def finish(self, *urls: str) -> None:
        """Take note of addresses that need not wait any more."""
        self._finished += urls

    async def waiting(self, limit: int) -> list[str]:
        """The newest on the shelf that this walk has not taken from there."""
        await self.settle()
        waiting = await self.shelf.pop(limit + len(self._out))
        urls = [url for url in waiting if url not in self._out][:limit]
        self._out.update(urls)
        return urls

    def keep_up(self) -> None:
        """Hand over a batch, if there is one and none is under way. Raises what that raised."""
        if self._writing is not None:
            if not self._writing.done():
                return
            written, self._writing = self._writing, None
            written.result()
        waited = asyncio.get_running_loop().time() - self._written
        if (
            len(self._ready) >= BATCH
            or len(self._found) + len(self._finished) > _HELD_MOST
            or (self._ready and waited > PATIENCE)
        ):
            self._writing = asyncio.create_task(self._write())

    async def settle(self) -> None:
        """Hand over all there is. Raises what that raises."""
        while self._writing is not None or self._ready or self._found or self._finished:
            if self._writing is None:
                self._writing = asyncio.create_task(self._write())
            await asyncio.wait({self._writing})
            written, self._writing = self._writing, None
            written.result()

    async def _write(self) -> None:
        pages, self._ready = self._ready, []
        found, self._found = self._found, {}
        finished, self._finished = self._finished, []
        for start in range(0, len(pages), BATCH):
            new, changed = await self.shelf.keep(pages[start : start + BATCH])
            self.new += new
            self.changed += changed
        if found:
            await self.shelf.push(list(found.items()))
        if finished:
            await self.shelf.done(finished)
            self._out.difference_update(finished)
        self._written = asyncio.get_running_loop().time()


@dataclass(slots=True)
class Tally:
    """What a walk counts."""

    pages: int = 0
    bytes: int = 0
    http_status: int | None = None
    """Of the front page."""
    validators: Validators | None = None
    retry_after: float | None = None
    failures: list[str] = field(default_factory=list)
    stopped: bool = False
    """Whether the server is to be left alone."""
    in_a_row: int = 0

    def fetched(self, received: int) -> None:
        """Count a page."""
        self.pages += 1
        self.bytes += received
        self.in_a_row = 0

    def failed(self, url: str, error: FetchError, *, needed: bool = True) -> bool:
        """Count a failure; whether it will be the same the next time.

        What is not ``needed``, such as a guessed address, may be missing without a word.
        """
        final = error.final
        if error.reason == "robots" or error.status in NOT_THERE:
            return True
        if not final:
            self.in_a_row += 1
        if error.status in ASKS_FOR_SILENCE:
            self.retry_after = error.retry_after
            self.stopped = True
        self.stopped = self.stopped or self.in_a_row >= FAILURES_IN_A_ROW
        if needed or not final:
            self._say(url, error.message)
        return final

    def broken(self, url: str) -> None:
        """Count a page that the reader failed on."""
        self._say(url, _("The page cannot be read."))

    def _say(self, url: str, message: str) -> None:
        if len(self.failures) < FAILURES_SHOWN:
            self.failures.append(f"{text.inline(urlsplit(url).path, 200)}: {message}")
