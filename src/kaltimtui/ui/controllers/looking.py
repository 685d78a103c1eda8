"""Looking for something in the article that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _, number
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.find_bar import FindBar
    from kaltimtui.ui.widgets.find_view import Finding


class Looking:
    """The line below the text, and the way from hit to hit."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._bar: FindBar | None = None
        screen.reading.tell_found = self._told

    @property
    def typing(self) -> bool:
        """Whether one types what to look for: what is typed must not act."""
        return self._bar is not None and self._screen.focused is self._bar.box

    @property
    def active(self) -> bool:
        """Whether one looks for something in the text one is in."""
        return self._screen.at is Pane.READING and self._screen.reading.finding is not None

    def find_in_text(self) -> None:
        """Look for something in this article."""
        screen = self._screen
        if screen.reading.article is None:
            screen.say(_("No article is selected."))
            return
        screen.go(Pane.READING)
        if self._bar is None:
            from kaltimtui.ui.widgets.find_bar import FindBar  # loaded when it is first asked for

            self._bar = FindBar(screen.reading.find, self._entered)
            self._bar.put_into(screen.text_pane)
        self._bar.display = True
        # At once, so that what is typed right after the key is in it.
        screen.set_focus(self._bar.box)
        screen.reading.find(self._bar.box.value)
        screen.status.hint()

    def _told(self, finding: Finding) -> None:
        if self._bar is not None:
            count = number(finding.hits) + ("+" if finding.more else "")
            self._bar.tell(f"{number(finding.place)}/{count}")

    def _entered(self) -> None:
        """Keep what is marked, and go to the first hit below."""
        screen = self._screen
        if screen.reading.finding is None:
            self.close()
        elif screen.reading.go_to_hit():
            screen.go(Pane.READING)
        else:
            screen.say(_("Not in this article."))

    def step(self, way: int) -> bool:
        """To the next hit (1) or the one before (-1); False where one looks for nothing."""
        if not self.active:
            return False
        if not self._screen.reading.finding or not self._screen.reading.finding.hits:
            self._screen.say(_("Not in this article."))
        elif self._screen.reading.step_hit(way):
            first, last = _("On from the first hit."), _("On from the last hit.")
            self._screen.say(first if way > 0 else last)
        return True

    def elsewhere(self, article: str | None) -> None:
        """Another article is shown: what one looked for in the one before is done with."""
        if article != self._screen.reading.article_id:
            self._leave()

    def close(self) -> bool:
        """Look for nothing any more; False where one did not."""
        if not self.typing and not self.active:
            return False
        self._leave()
        self._screen.go(self._screen.at)
        return True

    def _leave(self) -> None:
        bar = self._bar
        if bar is None or not bar.display:
            return
        had_focus = bar.box.has_focus
        bar.display = False
        bar.tell("")
        self._screen.reading.find("")
        if had_focus:
            self._screen.go(self._screen.at)
