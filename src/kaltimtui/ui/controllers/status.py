"""What the lines above and below say: where one is, what was just done, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import dates, i18n
from kaltimtui.i18n import _
from kaltimtui.models import ViewKind
from kaltimtui.ui.actions import Hint, hints

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.models import Navigation
    from kaltimtui.ui.actions import Pane
    from kaltimtui.ui.screens.main import MainScreen

_SAID_FOR: Final = 6.0


class Status:
    """The words of the top line, the bottom line and the headings."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._unsay: Timer | None = None

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done; it stands for a while, or until the next thing is said."""
        bottom = self._screen.bottom
        bottom.say(message)
        if self._unsay is not None:
            self._unsay.stop()
            self._unsay = None
        if lasting:
            return
        self._unsay = self._screen.set_timer(_SAID_FOR, lambda: bottom.say(""), name="said")

    def tick(self) -> None:
        """Show the times as they are now."""
        now = self._screen.clock()
        self._screen.top.clock = dates.clock(now)
        self._screen.list_pane.articles.tick(now)

    def count(self, navigation: Navigation) -> None:
        """Show the numbers."""
        self._screen.categories.show(navigation)
        self._screen.top.today = navigation.today.unread

    def describe(self) -> None:
        """Say what list this is."""
        screen = self._screen
        view = screen.list_pane.view
        entry = screen.categories.entry(view)
        if view.kind is ViewKind.SEARCH:
            screen.top.path = (_("Search"), view.query.rstrip("*"))
            screen.list_pane.describe(_("Search"), None)
        elif entry is not None:
            above = screen.categories.parent_of(view)
            screen.top.path = (above.name, entry.name) if above else (entry.name,)
            unread = view.source is not None or view.kind is ViewKind.UNREAD
            screen.list_pane.describe(entry.name, entry.number if unread else None)
        self.place()

    def place(self) -> None:
        """Say how far one has come in the text and in the list."""
        screen = self._screen
        articles, reading = screen.list_pane.articles, screen.reading
        parts = []
        if reading.article is not None and screen.text_pane.display:
            parts.append(f"{reading.percent} %")
        if len(articles.window):
            place, total = i18n.number(articles.cursor + 1), i18n.number(articles.window.total)
            more = "" if articles.window.exact else "+"
            parts.append(_("{place} of {total}").format(place=place, total=total + more))
        screen.bottom.place = " · ".join(parts)

    def hint(self) -> None:
        """Say what can be done where the cursor is."""
        screen = self._screen
        if screen.list_pane.search_box.has_focus:
            kept, left = Hint("Enter", _("to the results")), Hint("Esc", _("leave the search"))
            screen.bottom.keys = (kept, left._replace(action="back"))
        else:
            screen.bottom.keys = shown_hints(screen.at)


def shown_hints(pane: Pane) -> tuple[Hint, ...]:
    """What the bottom line tells in a pane, in the language spoken now."""
    return tuple(Hint(_(key), _(word), action) for key, word, action in hints(pane))
