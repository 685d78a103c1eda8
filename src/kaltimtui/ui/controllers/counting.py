"""The numbers of the tree: read after whatever may have changed them.

The store keeps all of them right, but for those of saved searches: for these it looks in the
background at what came, or was marked, and the tree follows.
"""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import StoreError, StoreReadOnlyError
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.loading import beyond_tree, shelves, whole
from kaltimtui.ui.throttle import Throttle

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen

START_AFTER: Final = 0.6
"""Seconds after the first picture: what searches is loaded then."""
_EVERY: Final = 1.0
_SHOWN_EVERY: Final = 3.0
"""Seconds after which numbers are shown while there are others still to come."""


class Counting:
    """Brings numbers up to date; searches are looked at never twice a second."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._stopped = Event()
        self._awake = self._running = self._again = False
        self._told = ""
        """What went wrong the last time: it is told once."""
        self._look_soon = Throttle(self._begin, _EVERY, screen.set_timer)

    def wake(self) -> None:
        """Begin soon, unless nothing can be written."""
        if not isinstance(self._screen.library.trouble, StoreReadOnlyError):
            self._screen.set_timer(START_AFTER, self._first, name="first counts")

    def _first(self) -> None:
        self._awake = True
        self._look_soon()

    def stop(self) -> None:
        """Have what is under way end; what was counted so far is kept."""
        self._stopped.set()

    def refresh(self) -> None:
        """Bring all numbers up to date."""
        self._recount()
        self.look()

    def _recount(self) -> None:
        self._screen.begin(self.recount, group="counts")

    async def recount(self) -> None:
        """Show the numbers as the store has them now; go from a list that is gone to all."""
        screen = self._screen
        tree = await asyncio.to_thread(shelves, screen.library)
        screen.searches = tree.searches
        screen.status.count(tree)
        screen.refresher.keep_failing({one.id for one in tree.navigation.sources if one.failing})
        view = whole(screen.list_pane.wanted)
        beside = view.kind in (ViewKind.SEARCH, ViewKind.HIDDEN, ViewKind.STORY)
        if not beside and screen.categories.entry(view) is None:
            there = await asyncio.to_thread(beyond_tree, screen.library, view)
            if not there and view == whole(screen.list_pane.wanted):
                screen.open_view(View())
        screen.status.describe()

    # Searches

    def look(self) -> None:
        """Look at what searches find now; time alone changes what some do."""
        if self._awake:
            self._look_soon()

    def _begin(self) -> None:
        if self._running:
            self._again = True
            return
        self._running = True
        self._screen.begin(self._settle, group="searches", replacing=False)

    async def _settle(self) -> None:
        self._again = False
        looking = asyncio.ensure_future(asyncio.to_thread(self._settled))
        try:
            while not (await asyncio.wait({looking}, timeout=_SHOWN_EVERY))[0]:
                self._recount()
            changed = looking.result()
        except StoreError as error:
            if str(error) == self._told:
                return
            self._told = str(error)
            raise
        finally:
            self._running = False
        if changed and not self._stopped.is_set():
            self._recount()
        if self._again:
            self._look_soon()

    def _settled(self) -> bool:
        """Look at what is new, in a thread; whether a count is another one now."""
        from kaltimtui import organising

        return organising.of(self._screen.library).settle(self._stopped.is_set)
