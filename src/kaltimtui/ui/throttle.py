"""Doing something not too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Throttle:
    """Does something at once, then at most once a while; what was asked for last is never lost."""

    def __init__(
        self,
        act: Callable[[], object],
        every: float,
        wait: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._act = act
        self._every = every
        self._wait = wait
        self._waiting = self._again = False

    def __call__(self) -> None:
        """Do it now, or as soon as it may be done again."""
        if self._waiting:
            self._again = True
            return
        self._waiting = True
        self._wait(self._every, self._over)  # first: what is done may fail
        self._act()

    def _over(self) -> None:
        self._waiting = False
        if self._again:
            self._again = False
            self()
