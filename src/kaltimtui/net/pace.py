"""When a request may begin: so many in all, so many to one host, and a pause between those."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from kaltimtui.net import guard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


class _Lane:
    """What is under way to one host."""

    def __init__(self, width: int) -> None:
        self.slots = asyncio.Semaphore(width)
        self.door = asyncio.Lock()
        self.begun = float("-inf")
        self.users = 0


class Pace:
    """Gives requests their turn.

    A host that is waited for holds none of the places that all share. One's own machine has no
    lane: whatever runs there asks for no politeness.
    """

    def __init__(
        self,
        at_once: int,
        per_host: int,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._per_host = per_host
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}

    @contextlib.asynccontextmanager
    async def turn(self, host: str, gap: float) -> AsyncIterator[None]:
        """Wait for a turn at a host, at least ``gap`` seconds after the last one began."""
        if guard.own_machine(host):
            async with self._places:
                yield
            return
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane(self._per_host)
        lane.users += 1
        try:
            async with lane.slots:
                # The next one counts from when this one really began, so it waits at the door.
                async with lane.door:
                    if (wait := lane.begun + gap - self._clock()) > 0:
                        await self._sleep(wait)
                    await self._places.acquire()
                    lane.begun = self._clock()
                try:
                    yield
                finally:
                    self._places.release()
        finally:
            lane.users -= 1
            if not lane.users and not gap:
                del self._lanes[host]
