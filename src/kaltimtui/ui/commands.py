"""The palette: every action that works here, every list, every theme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui.actions import ACTIONS
from kaltimtui.ui.screens.help import keys_of
from kaltimtui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class ReaderCommands(Provider):
    """What can be done, found by its name."""

    def _entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        for action in ACTIONS:
            if screen.works(action.name) and action.name != "palette":
                yield _(action.title), keys_of(action), partial(screen.action_do, action.name)
        for entry, above in screen.categories.entries():
            name = f"{above.name} › {entry.name}" if above else entry.name
            show = partial(screen.open_view, entry.view)
            yield _("Go to {list}").format(list=text.inline(name)), "", show
        for theme in sorted(self.app.available_themes):
            set_theme = partial(setattr, self.app, "theme", theme)
            yield _("Theme {name}").format(name=theme), "", set_theme

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for name, keys, call in self._entries():
            yield DiscoveryHit(Content(name), call, text=name, help=keys or None)

    async def search(self, query: str) -> Hits:
        """What fits the letters typed."""
        matcher = self.matcher(query)
        for name, keys, call in self._entries():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), call, text=name, help=keys or None)
