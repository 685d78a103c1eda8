"""Fetching while one reads: by a key or by itself, with a word of it in the top line.

Nothing that one looks at moves: what is new comes into the lists where it belongs.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import StoreReadOnlyError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import Progress, View, ViewKind
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.screens.acting import ActionScreen
from kaltimtui.ui.throttle import Throttle
from kaltimtui.ui.widgets.lines import Failure, Glance
from kaltimtui.wording import trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kaltimtui.fetching import Refreshing
    from kaltimtui.library import Library
    from kaltimtui.ui.screens.main import MainScreen

START_AFTER: Final = 0.3
"""Seconds after the first picture; what fetches is loaded then, which takes from what keys get."""
_PAINTED_EVERY: Final = 0.1
_SHOWN_EVERY: Final = 1.0
_NEWEST_FIRST: Final = (ViewKind.ALL, ViewKind.UNREAD, ViewKind.TODAY)


class Refresher:
    """The one refresh that may be under way, and what is told of it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._network = screen.network
        self.glance = Glance(network="" if self._network.usable else _("offline"))
        self.watchers: list[Callable[[Glance], None]] = []
        """Who is told of every change."""
        self.shelves: list[Callable[[], None]] = []
        """Who is told when there are new articles, or sources fared otherwise."""
        self._running = False
        self._turn = 0
        """How many refreshes were begun; one that was stopped may still speak."""
        self._again = False
        self._put_away: frozenset[int] = frozenset()
        """Sources whose failing the user has read and put out of sight."""
        self._unseen = 0
        """New articles that were not looked at before this refresh."""
        self._paint = Throttle(self._tell_watchers, _PAINTED_EVERY, screen.set_timer)
        self._show = Throttle(self._tell_shelves, _SHOWN_EVERY, screen.set_timer)
        self._look = Throttle(self._look_for_failing, _SHOWN_EVERY, screen.set_timer)

    # By keys

    def refresh(self) -> None:
        """Fetch the source or folder one stands in, or whatever is due; while fetching: stop."""
        self.turn(self._screen.categories.sources_in(self._screen.list_pane.wanted))

    def refresh_all(self) -> None:
        """Fetch from every source now; while fetching: stop."""
        self.turn(everything=True)

    def turn(self, ids: Sequence[int] = (), *, everything: bool = False) -> None:
        """Fetch, or stop fetching."""
        if self._running:
            self.stop_refresh()
        else:
            self.start(ids, everything=everything)

    def stop_refresh(self) -> None:
        """Stop fetching; what came so far stays."""
        self._again = False
        if self._running:
            self._screen.workers.cancel_group(self._screen, "refresh")
            self._over()
            self._say(_("Stopped; what has come is kept."))

    def newest(self) -> None:
        """To the newest article of all."""
        screen = self._screen
        screen.finding.forget()
        view = screen.list_pane.wanted
        if view.kind not in _NEWEST_FIRST:
            view = View()
            screen.categories.select(view)
        screen.list_pane.load_top(view)
        screen.go(Pane.LIST)
        self.seen()

    # By itself

    def wake(self) -> None:
        """Fetch soon, and then every now and then, as the user set it."""
        network, trouble = self._network, self._screen.library.trouble
        if not network.usable or isinstance(trouble, StoreReadOnlyError):
            return
        if network.on_start:
            self._screen.set_timer(START_AFTER, self._by_itself, name="first refresh")
        if network.every:
            self._screen.set_interval(network.every, self._by_itself, name="refresh")

    def _by_itself(self) -> None:
        if not self._running:
            self.start(everything=self._network.everything, asked=False)

    # One refresh

    def start(
        self, ids: Sequence[int] = (), *, everything: bool = False, asked: bool = True
    ) -> None:
        """Fetch; while that is done already, once more what is due when it is over."""
        if not self._network.usable:
            self._say(_("Offline: nothing is fetched."))
        elif self._running:
            self._again = True
        else:
            self._running = True
            self._turn += 1
            self._unseen = self.glance.new
            run = partial(self._run, tuple(ids), everything=everything, asked=asked)
            self._screen.begin(run, group="refresh")

    async def _run(self, ids: tuple[int, ...], *, everything: bool, asked: bool) -> None:
        report = partial(self._report, self._turn)
        report(Progress(0, 0, 0))
        try:
            fetching = await self._network.fetching()
            assert fetching is not None, "the network is usable"
            came = await fetching.refresh(ids, everything=everything, report=report)
        except Exception:  # not when it is stopped, which is told of by who stops it
            self._over()
            self._once_more()
            raise
        self._over()
        if came.notices:
            from kaltimtui.fetching import by_rule  # which fetching has loaded

            self._set(self.glance._replace(told=by_rule((*self.glance.told, *came.notices))))
        if came.sources:
            self._set(self.glance._replace(network=_("no network") if came.lost else ""))
        config = self._screen.config
        if config.notify_desktop or config.notify_bell:
            from kaltimtui.ui.controllers.alerting import alert  # most do without

            alert(self._screen, came, asked=asked)
        if asked:
            self._say(_summary(came, named=bool(ids), everything=everything))
        self._once_more()

    def _once_more(self) -> None:
        """Fetch what was asked for while it could not be."""
        if self._again:
            self._again = False
            self.start(asked=False)

    def _report(self, turn: int, progress: Progress) -> None:
        if turn != self._turn or not self._running:
            return
        before = self.glance.progress
        new = self._unseen + progress.new
        self._set(self.glance._replace(progress=progress, new=new))
        if before is None or _came(before) != _came(progress):
            self._show()
        if progress.last is not None and progress.last.status == "failed":
            self._look()

    def _over(self) -> None:
        self._running = False
        self._set(self.glance._replace(progress=None))
        self._show()
        self._look_for_failing()

    def _look_for_failing(self) -> None:
        self._screen.begin(self._find_failing, group="failing")

    async def _find_failing(self) -> None:
        """Find the sources that fail; where nobody can be reached it is not their fault."""
        found = await asyncio.to_thread(_failing, self._screen.library)
        self._show_failing(() if self.glance.network else found)

    def keep_failing(self, still: Collection[int]) -> None:
        """Tell no more of sources that were removed meanwhile, or fail no more."""
        left = tuple(one for one in self.glance.failing if one.source in still)
        if left != self.glance.failing:
            self._show_failing(left)

    def _show_failing(self, failing: tuple[Failure, ...]) -> None:
        self._put_away &= {one.source for one in failing}
        notices = tuple(one for one in failing if one.source not in self._put_away)
        self._set(self.glance._replace(failing=failing, notices=notices))

    def dismiss_notices(self) -> None:
        """Put away what rules told of, and the list of failing sources until another one fails."""
        self._set(self.glance._replace(told=()))
        self._put_away = frozenset(one.source for one in self.glance.failing)
        self._show_failing(self.glance.failing)

    def show_told(self) -> None:
        """Show what rules told of, which then need not be told any more."""
        told = self.glance.told
        if not told:
            self._say(_("No rule has told of anything new."))
            return
        self._set(self.glance._replace(told=()))
        self._screen.begin(partial(self._open_told, [one.rule for one in told]), group="told")

    async def _open_told(self, rules: Sequence[str]) -> None:
        from kaltimtui.ui.trying import search_of_rules  # needs what reads searches

        query = await asyncio.to_thread(search_of_rules, self._screen.library, rules)
        if query:
            self._screen.open_view(View(ViewKind.SEARCH, query=query))
            self._screen.go(Pane.LIST)

    # What is told

    def _say(self, message: str) -> None:
        """Tell it where one is: in the reader, or in the sources."""
        shown = self._screen.app.screen
        (shown if isinstance(shown, ActionScreen) else self._screen).say(message)

    def seen(self) -> None:
        """The new articles were looked at."""
        progress = self.glance.progress
        self._unseen = -progress.new if progress is not None else 0
        self._set(self.glance._replace(new=0))

    def highlighted(self) -> None:
        """The cursor came to rest; at the top of a list of all that is new, one has seen it."""
        pane = self._screen.list_pane
        if self.glance.new and pane.view.kind in _NEWEST_FIRST and not pane.articles.cursor:
            self.seen()

    def _set(self, glance: Glance) -> None:
        self.glance = glance
        self._paint()

    def _tell_watchers(self) -> None:
        for watcher in self.watchers:
            watcher(self.glance)

    def _tell_shelves(self) -> None:
        for shelf in self.shelves:
            shelf()


def _failing(library: Library) -> tuple[Failure, ...]:
    """The sources that fail, or are gone."""
    from kaltimtui import subscriptions  # in a thread, and not before the first picture

    return tuple(
        Failure(source.id, source.name, reason)
        for source in subscriptions.of(library).all()
        if (reason := trouble(source))
    )


def _came(progress: Progress) -> tuple[int, int, int]:
    """What of progress may show in the lists and in the table of sources."""
    return progress.done, progress.new, progress.pages


def _summary(came: Refreshing, *, named: bool, everything: bool) -> str:
    """What a refresh came to, in words."""
    if came.lost:
        return _("No network: nobody could be reached. What is here can be read.")
    if not came.sources:
        if named:
            return _("There is no address to fetch this from.")
        nothing = _("There is no source to fetch from: a adds one.")
        return nothing if everything else _("Nothing is due yet; R fetches all the same.")
    new = sum(one.new for one in came.sources)
    failed = [one.source for one in came.sources if one.status == "failed"]
    said = [
        ngettext("{count} new article", "{count} new articles", new) + _("; 0 shows the newest")
        if new
        else _("Nothing new.")
    ]
    if failed:
        told = ngettext("{count} source fails", "{count} sources fail", len(failed))
        if len(failed) == 1:
            told += f": {failed[0]}"
        said.append(told + _("; S shows why"))
    return " · ".join(said)
