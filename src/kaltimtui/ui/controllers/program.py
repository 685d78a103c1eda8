"""The program and its screen: widths, theme, help, palette, browser, quitting."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui import themes
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.arrange import LIST_WIDTHS
from kaltimtui.ui.controllers.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.ui.screens.main import MainScreen

_STEP: Final = 4


class Program:
    """What is not about articles."""

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

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        app = self._screen.app
        app.theme = themes.LIGHT if app.current_theme.dark else themes.DARK

    def palette(self) -> None:
        """Find an action by its name."""
        from textual.command import CommandPalette  # loaded when it is first asked for

        if not CommandPalette.is_open(self._screen.app):
            self._screen.app.push_screen(CommandPalette(placeholder=_("What to do?")))

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

    def suspend(self) -> None:
        """Go to the background of the shell; fg comes back."""
        self._screen.app.action_suspend_process()

    def quit_hint(self) -> None:
        """Say how to quit, to who would interrupt."""
        self._screen.status.say(_("Ctrl+Q quits."))

    def open_browser(self) -> None:
        """Open the article in the browser."""
        self._with_address(self._open)

    def copy_address(self) -> None:
        """Copy the address, through the terminal."""
        self._with_address(self._copy)

    def _with_address(self, use: Callable[[str], None]) -> None:
        work = partial(self._use_address, Choice(self._screen), use)
        self._screen.begin(work, group="address")

    async def _use_address(self, choice: Choice, use: Callable[[str], None]) -> None:
        article = await choice.article()
        if article is None:
            self._screen.status.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(self._screen.library.article, article)
        address = text.address(found.url)
        if address is None:
            self._screen.status.say(_("This article has no address."))
        else:
            use(address)

    def _open(self, address: str) -> None:
        self._screen.app.open_url(address)
        self._screen.status.say(_("Opened {address}").format(address=address))

    def _copy(self, address: str) -> None:
        self._screen.app.copy_to_clipboard(address)
        self._screen.status.say(_("Copied {address}").format(address=address))
