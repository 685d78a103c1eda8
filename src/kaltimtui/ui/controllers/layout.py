"""How the panes stand: which are shown, how wide, with rows of how many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.i18n import _
from kaltimtui.ui.arrange import LIST_WIDTHS

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen

_STEP: Final = 4


class Layout:
    """Widths, heights and what is left out."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def zoom(self) -> None:
        """Only this pane, or all of them."""
        self._screen.zoomed = not self._screen.zoomed
        self._screen.rearrange()

    def _measure(self, by: int) -> None:
        reading = self._screen.reading
        reading.measure = min(reading.measure, reading.room) + by
        self._screen.state.measure = reading.measure
        said = _("The text is set {count} columns wide at most.")
        self._screen.status.say(said.format(count=reading.measure))

    def wider_text(self) -> None:
        """Set the text wider."""
        self._measure(_STEP)

    def narrower_text(self) -> None:
        """Set the text narrower."""
        self._measure(-_STEP)

    def _list(self, by: int) -> None:
        shown = self._screen.arrangement.list_width
        if shown is None:
            self._screen.status.say(_("The list has the whole width here."))
            return
        wanted = max(LIST_WIDTHS.start, min(shown + by, LIST_WIDTHS.stop - 1))
        self._screen.state.list_width = wanted
        self._screen.rearrange()

    def wider_list(self) -> None:
        """Widen the list."""
        self._list(_STEP)

    def narrower_list(self) -> None:
        """Narrow the list."""
        self._list(-_STEP)

    def toggle_rows(self) -> None:
        """Rows of one line, or of two."""
        self._screen.state.two_line = not self._screen.state.two_line
        self._screen.rearrange()
