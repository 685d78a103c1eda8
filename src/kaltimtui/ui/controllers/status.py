"""What the lines above and below say: where one is, what was just done, what can be done."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from kaltimtui import dates, i18n, text
from kaltimtui.i18n import _
from kaltimtui.models import ViewKind
from kaltimtui.ui.actions import BY_NAME, Hint, Pane, hints, key_label
from kaltimtui.ui.loading import whole

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.ui.loading import Shelves
    from kaltimtui.ui.screens.main import MainScreen

_SAID_FOR: Final = 6.0
_MORE: Final = 2.0
"""Seconds more for each line of a message beyond its first."""
READ_IN: Final = 2.0
"""Seconds in which no key takes a message away."""
_TITLE_SHOWN: Final = 40
_FOREMOST: Final = 2
"""Hints that stand before what holds for a search alone: how to choose and to read."""
_BY_UNREAD: Final = (
    *(ViewKind.UNREAD, ViewKind.TAG),
    *(ViewKind.FOLDER, ViewKind.SOURCE, ViewKind.CATEGORY),
)
"""Lists of which it is said how much in them is unread."""


class Status:
    """The words of the top line, the bottom line and the headings."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._unsay: Timer | None = None
        self._said_at = 0.0
        self._named = ""
        """The name that was said of the line one stands on in the tree."""

    def name(self, name: str) -> None:
        """Say all of a name that is cut in the tree; of one that is not, no longer the last."""
        if name:
            self.say(name)
        elif self._named and self._named == self._screen.bottom.said:
            self.say("")
        self._named = name

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done; it stands for a while, or until the next thing is said."""
        bottom = self._screen.bottom
        bottom.say(message)
        if self._unsay is not None:
            self._unsay.stop()
            self._unsay = None
        self._said_at = monotonic()
        if lasting:
            return
        seconds = _SAID_FOR + _MORE * len(bottom.told[1:])
        self._unsay = self._screen.set_timer(seconds, lambda: bottom.say(""), name="said")

    def heed(self, said: str) -> None:
        """A key was pressed while this was said: where it lay over the panes, it is read by now."""
        bottom = self._screen.bottom
        read = self._unsay is not None and monotonic() > self._said_at + READ_IN
        if read and said == bottom.said and len(bottom.told) > bottom.roomy:
            self.say("")

    def tick(self) -> None:
        """Show the times as they are now."""
        now = self._screen.clock()
        self._screen.top.clock = dates.clock(now)
        self._screen.list_pane.articles.tick(now)

    def count(self, shelves: Shelves) -> None:
        """Show the numbers."""
        navigation = shelves.navigation
        self._screen.categories.show(*shelves)
        for pane in (self._screen.list_pane.articles, self._screen.reading):
            pane.paint(self._screen.categories.colours)
        self._screen.top.today = navigation.today.unread

    def describe(self) -> None:
        """Say what list this is."""
        screen = self._screen
        view = screen.list_pane.view
        entry = screen.categories.entry(whole(view))
        if view.kind is ViewKind.SEARCH:
            screen.top.path = (_("Search"), view.query.rstrip("*"))
            screen.list_pane.describe(_("Search"), None)
        elif view.kind is ViewKind.HIDDEN:
            screen.top.path = (_("Hidden"),)
            screen.list_pane.describe(_("Hidden"), None)
        elif view.kind is ViewKind.STORY:
            screen.top.path = (_("Same story"),)
            rows = (row for _place, row in screen.list_pane.articles.window)
            title = next((text.inline(row.title) for row in rows if row.id == view.story), "")
            shown = text.fit(title, _TITLE_SHOWN)
            screen.list_pane.describe(_("Same story: {title}").format(title=shown), None)
        elif entry is None and view.tag:  # there are more tags than the tree holds
            screen.top.path = (_("Tags"), view.tag)
            screen.list_pane.describe(view.tag, None)
        elif entry is not None:
            above = screen.categories.parent_of(whole(view))
            screen.top.path = (above.name, entry.name) if above else (entry.name,)
            if view.query:
                screen.top.path += (f"= {view.query.rstrip('*')}",)
            unread = view.kind in _BY_UNREAD and not view.query
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
        screen.bottom.over = not screen.asked
        if screen.reading.hinting:
            letter = Hint(_("letter"), _("open")), Hint(_("capital"), _("browser"))
            screen.bottom.keys = (*letter, Hint("1-9", _("link")), Hint("Esc", _("leave"), "back"))
        elif screen.asked:
            screen.bottom.keys = self._asked_hints()
        elif screen.typing:
            sort = BY_NAME["sort_results"]
            screen.bottom.keys = (
                Hint("Enter", _("to the results")),
                Hint("Esc", _("leave the search"), "back"),
                Hint("Tab", _("complete")),
                Hint("↑", _("earlier searches")),
                Hint(key_label(sort.keys[0]), _("best or newest first"), sort.name),
            )
        else:
            keys = tuple(map(self._among_results, shown_hints(screen.at)))
            if not screen.categories.removable:
                keys = tuple(hint for hint in keys if hint.action != "remove_node")
            if screen.looking.active:
                step = Hint("n/p", _("next hit"), "next_unread")
                keys = (step, *(hint for hint in keys if hint.action != step.action))
            if screen.at is Pane.LIST and screen.finding.searching:
                save = BY_NAME["save_search"]
                hint = Hint(key_label(save.keys[0]), _("save search"), save.name)
                keys = (*keys[:_FOREMOST], hint, *keys[_FOREMOST:])
            screen.bottom.keys = keys

    def _among_results(self, hint: Hint) -> Hint:
        """What a hint says among the results of a search, where one goes from one to the next."""
        if hint.action != "next_unread" or not self._screen.finding.among_results:
            return hint
        return hint._replace(word=_("next result"))

    def _asked_hints(self) -> tuple[Hint, ...]:
        if self._screen.looking.typing:
            return Hint("Enter", _("to the hit")), Hint("Esc", _("leave it"), "back")
        if self._screen.noting.typing:
            keep = Hint("Ctrl+S", _("keep"))
            return keep, Hint("Esc", _("keep and leave"), "back")
        done, leave = Hint("Enter", _("done")), Hint("Esc", _("leave it"), "back")
        return done, leave, Hint("Tab", _("complete"))


def shown_hints(pane: Pane) -> tuple[Hint, ...]:
    """What the bottom line tells in a pane, in the language spoken now."""
    return tuple(Hint(_(key), _(word), action) for key, word, action in hints(pane))
