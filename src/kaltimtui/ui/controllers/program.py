"""The program: theme, help, palette, quitting; the same on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _
from kaltimtui.ui import themes

if TYPE_CHECKING:
    from kaltimtui.ui.screens.acting import ActionScreen


class Program:
    """What is not about articles."""

    def __init__(self, screen: ActionScreen) -> None:
        self._screen = screen

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
        """Quit; from where there is a way back, back."""
        if not self._screen.leave():
            self.quit_now()

    def quit_now(self) -> None:
        """Quit at once."""
        self._screen.app.exit()

    def suspend(self) -> None:
        """Go to the background of the shell; fg comes back."""
        self._screen.app.action_suspend_process()

    def quit_hint(self) -> None:
        """Say how to quit, to who would interrupt."""
        self._screen.say(_("Ctrl+Q quits."))
