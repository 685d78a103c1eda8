"""The palette: every action that works here, every list, every theme."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui import themes
from kaltimtui.ui.actions import ACTIONS, MOVE
from kaltimtui.ui.screens.acting import ActionScreen
from kaltimtui.ui.screens.help import keys_of
from kaltimtui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.fuzzy import Matcher


class ReaderCommands(Provider):
    """What can be done, found by its name."""

    def _actions(self, screen: ActionScreen) -> Iterator[tuple[str, str, Callable[[], object]]]:
        for action in sorted(ACTIONS, key=lambda action: action.group == MOVE):
            if screen.works(action.name) and action.name != "palette":
                yield _(action.title), keys_of(action), partial(screen.action_do, action.name)

    def _entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        screen = self.screen
        if isinstance(screen, ActionScreen):
            yield from self._actions(screen)
        if isinstance(screen, MainScreen):
            yield from _handing_over(screen)
            lists = (line for line in screen.categories.entries() if line[0].is_list)
            for entry, above in lists:
                name = f"{above.name} › {entry.name}" if above else entry.name
                show = partial(screen.open_view, entry.view)
                yield _("Go to {list}").format(list=text.inline(name)), "", show
        ours = [theme.name for theme in themes.OURS]
        for theme in (*ours, *sorted(set(self.app.available_themes) - set(ours))):
            set_theme = partial(setattr, self.app, "theme", theme)
            yield _("Theme {name}").format(name=theme), "", set_theme

    async def discover(self) -> Hits:
        """The actions, before a word is typed."""
        if isinstance(self.screen, ActionScreen):
            for name, keys, call in self._actions(self.screen):
                yield DiscoveryHit(Content(name), call, text=name, help=keys or None)

    async def search(self, query: str) -> Hits:
        """What fits the letters typed."""
        matcher = self.matcher(query)
        for name, keys, call in self._entries():
            score, shown = highlighted(matcher, name)
            if score > 0:
                yield Hit(score, shown, call, text=name, help=keys or None)


def _handing_over(screen: MainScreen) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """In which ways an article can be cited, shared and handed to a command."""
    from kaltimtui.citing import STYLES
    from kaltimtui.ui.handing import FORMS

    if screen.works("cite"):
        for style, name in STYLES.items():
            yield (
                _("Copy as {form}").format(form=_(name)),
                "",
                partial(screen.citing.cite_as, style),
            )
        for place, (name, _words) in enumerate(screen.config.share):
            share = partial(screen.handing.share_by, place)
            yield _("Share by {name}").format(name=name), "", share
        for form, name in FORMS.items():
            pipe = partial(screen.handing.pipe_as, form)
            yield _("Hand to a command as {form}").format(form=_(name)), "", pipe


def highlighted(matcher: Matcher, name: str) -> tuple[float, Content]:
    """How well a name fits, and the name with the letters that fit marked.

    The matcher's own way reads the name as markup, which a name from outside must never be.
    """
    score, offsets = matcher.fuzzy_search.match(matcher.query, name)
    shown = Content(name)
    for offset in offsets:
        if not name[offset].isspace():
            shown = shown.stylize(matcher.match_style, offset, offset + 1)
    return score, shown
