"""The program and its screen: widths, theme, help, palette, browser, quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui import themes
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.arrange import LIST_WIDTHS

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen

_STEP: Final = 4


class Program:
    """What is not about articles."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def zoom(self) -> None:
        """Only this pane, or all of them."""
        self._screen.zoomed = not self._screen.zoomed

    def _measure(self, by: int) -> None:
        reading = self._screen.reading
        reading.measure += by
        self._screen.state.measure = reading.measure

    def wider_text(self) -> None:
        """Set the text wider."""
        self._measure(_STEP)

    def narrower_text(self) -> None:
        """Set the text narrower."""
        self._measure(-_STEP)

    def _list(self, by: int) -> None:
        state = self._screen.state
        state.list_width = max(LIST_WIDTHS.start, min(state.list_width + by, LIST_WIDTHS.stop - 1))
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

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        app = self._screen.app
        app.theme = themes.LIGHT if app.current_theme.dark else themes.DARK

    def palette(self) -> None:
        """Find an action by its name."""
        self._screen.app.action_command_palette()

    def help(self) -> None:
        """The keys that work here."""
        from kaltimtui.ui.screens.help import HelpScreen  # loaded when it is first asked for

        self._screen.app.push_screen(HelpScreen(self._screen.at))

    def quit(self) -> None:
        """Quit; from the text back to the list."""
        if self._screen.at is Pane.READING:
            self._screen.go(Pane.LIST)
        else:
            self.quit_now()

    def quit_now(self) -> None:
        """Quit at once."""
        self._screen.app.exit()

    def _address(self) -> str | None:
        article = self._screen.reading.article
        address = text.address(article.url) if article is not None else None
        if address is None:
            self._screen.say(_("This article has no address."))
        return address

    def open_browser(self) -> None:
        """Open the article in the browser."""
        if (address := self._address()) is not None:
            self._screen.app.open_url(address)
            self._screen.say(_("Opened {address}").format(address=address))

    def copy_address(self) -> None:
        """Copy the address, through the terminal."""
        if (address := self._address()) is not None:
            self._screen.app.copy_to_clipboard(address)
            self._screen.say(_("Copied {address}").format(address=address))
