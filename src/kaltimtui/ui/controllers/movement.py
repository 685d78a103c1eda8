"""Moving within a pane and from pane to pane."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui.ui.actions import PANES, Pane

if TYPE_CHECKING:
    from kaltimtui.models import View
    from kaltimtui.ui.screens.acting import ActionScreen
    from kaltimtui.ui.screens.main import MainScreen


class Motion:
    """The cursor within what it is in."""

    def __init__(self, screen: ActionScreen) -> None:
        self._screen = screen

    def down(self) -> None:
        """One row or line down."""
        self._screen.pane.move(1)

    def up(self) -> None:
        """One row or line up."""
        self._screen.pane.move(-1)

    def first(self) -> None:
        """To the top."""
        self._screen.pane.first()

    def last(self) -> None:
        """To the bottom."""
        self._screen.pane.last()

    def half_down(self) -> None:
        """Half a page down."""
        self._screen.pane.page(0.5)

    def half_up(self) -> None:
        """Half a page up."""
        self._screen.pane.page(-0.5)

    def page_down(self) -> None:
        """A page down."""
        self._screen.pane.page(1.0)

    def page_up(self) -> None:
        """A page up."""
        self._screen.pane.page(-1.0)

    def enter(self) -> None:
        """Open what the cursor is on."""
        self._screen.pane.activate()


class Movement:
    """From pane to pane, and to the sources."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def right(self) -> None:
        """To the pane on the right; from the list that is opening the article."""
        if self._screen.at is Pane.LIST:
            self._screen.pane.activate()
        elif self._screen.at is Pane.TREE:
            self._screen.go(Pane.LIST)

    def left(self) -> None:
        """To the pane on the left."""
        place = PANES.index(self._screen.at)
        self._screen.go(PANES[max(0, place - 1)])

    def next_pane(self) -> None:
        """To the next pane, from the last to the first."""
        self._screen.go(PANES[(PANES.index(self._screen.at) + 1) % len(PANES)])

    def previous_pane(self) -> None:
        """To the pane before, from the first to the last."""
        self._screen.go(PANES[PANES.index(self._screen.at) - 1])

    def toggle_branch(self) -> None:
        """Fold or unfold a source."""
        self._screen.categories.toggle()

    def sources(self) -> None:
        """Show the sources."""
        self._show_sources(adding=False)

    def add_source(self) -> None:
        """Show the sources, and ask for an address to add."""
        self._show_sources(adding=True)

    def statistics(self) -> None:
        """Show the statistics."""
        from kaltimtui.ui.screens.statistics import StatisticsScreen  # loaded when first asked for

        self._screen.app.push_screen(StatisticsScreen(self._screen))

    def rules(self) -> None:
        """Show the rules."""
        from kaltimtui.ui.screens.rules import RulesScreen  # loaded when it is first asked for

        self._screen.app.push_screen(RulesScreen(self._screen))

    def make_rule(self) -> None:
        """Write a rule for what is searched for now."""
        self._screen.begin(partial(self._make_rule, self._screen.list_pane.wanted), group="rule")

    async def _make_rule(self, view: View) -> None:
        from kaltimtui.ui.screens.rules import RulesScreen
        from kaltimtui.ui.trying import search_of

        query = await asyncio.to_thread(search_of, self._screen.library, view)
        self._screen.app.push_screen(RulesScreen(self._screen, query=query))

    def _show_sources(self, *, adding: bool) -> None:
        from kaltimtui.ui.screens.sources import SourcesScreen  # loaded when it is first asked for

        self._screen.app.push_screen(SourcesScreen(self._screen, adding=adding))
