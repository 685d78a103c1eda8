"""The palette: every action that works here, every list, every theme.

An entry is found by letters of its name, in their order, or by other words for it: its English
name, and what else one may call it in either language, which is never shown.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

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

_COPY: Final = "salin copy "
_CITE: Final = _COPY + "sitasi kutip kutipan rujukan citation cite quote reference "
_SHARE: Final = "bagikan kirim share send "
_HAND: Final = "serahkan kirim hand send pipe "
_WORDS: Final = {
    "cite": _CITE,
    "copy_address": _COPY + "alamat tautan address link url",
    "share": _SHARE,
    "pipe": _HAND,
}
"""By which else an action is looked for."""
_LETTER_SCORE: Final = 3.0
"""What a letter of a whole word in a name counts for the matcher."""


class Entry(NamedTuple):
    """Something that can be done."""

    name: str
    call: Callable[[], object]
    keys: str = ""
    words: str = ""
    """Other words by which it is found."""


class ReaderCommands(Provider):
    """What can be done, found by its name."""

    def _actions(self, screen: ActionScreen) -> Iterator[Entry]:
        for action in sorted(ACTIONS, key=lambda action: action.group == MOVE):
            if screen.works(action.name) and action.name != "palette":
                call = partial(screen.action_do, action.name)
                words = f"{action.title} {_WORDS.get(action.name, '')}"
                yield Entry(_(action.title), call, keys_of(action), words)

    def _entries(self) -> Iterator[Entry]:
        screen = self.screen
        if isinstance(screen, ActionScreen):
            yield from self._actions(screen)
        if isinstance(screen, MainScreen):
            yield from _handing_over(screen)
            lists = (line for line in screen.categories.entries() if line[0].is_list)
            for entry, above in lists:
                name = f"{above.name} › {entry.name}" if above else entry.name
                show = partial(screen.open_view, entry.view)
                yield Entry(_("Go to {list}").format(list=text.inline(name)), show)
        ours = [theme.name for theme in themes.OURS]
        for theme in (*ours, *sorted(set(self.app.available_themes) - set(ours))):
            set_theme = partial(setattr, self.app, "theme", theme)
            yield Entry(_("Theme {name}").format(name=theme), set_theme)

    async def discover(self) -> Hits:
        """The actions, before a word is typed."""
        if isinstance(self.screen, ActionScreen):
            for name, call, keys, _words in self._actions(self.screen):
                yield DiscoveryHit(Content(name), call, text=name, help=keys or None)

    async def search(self, query: str) -> Hits:
        """What fits the letters or words typed."""
        matcher = self.matcher(query)
        for name, call, keys, words in self._entries():
            score, shown = highlighted(matcher, name)
            score = max(score, _score_of_words(query, f"{name} {words}") if words else 0.0)
            if score > 0:
                yield Hit(score, shown, call, text=name, help=keys or None)


def _score_of_words(query: str, words: str) -> float:
    """How well words fit what was typed, each of which begins one of them; 0 where one does not."""
    known = re.findall(r"\w+", words.casefold())
    typed = re.findall(r"\w+", query.casefold())
    fit = typed and all(any(word.startswith(one) for word in known) for one in typed)
    return _LETTER_SCORE * sum(map(len, typed)) if fit else 0.0


def _handing_over(screen: MainScreen) -> Iterator[Entry]:
    """In which ways an article can be cited, shared and handed to a command."""
    from kaltimtui.citing import STYLES
    from kaltimtui.ui.handing import FORMS

    if screen.works("cite"):
        for style, name in STYLES.items():
            cite = partial(screen.citing.cite_as, style)
            said = _("Copy citation: {style}").format(style=_(name))
            yield Entry(said, cite, words=f"{_CITE} {style} {name}")
        for place, (name, _arguments) in enumerate(screen.config.share):
            share = partial(screen.handing.share_by, place)
            yield Entry(_("Share by {name}").format(name=name), share, words=_SHARE)
        for form, name in FORMS.items():
            pipe = partial(screen.handing.pipe_as, form)
            said = _("Hand to a command as {form}").format(form=_(name))
            yield Entry(said, pipe, words=f"{_HAND} {form}")


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
