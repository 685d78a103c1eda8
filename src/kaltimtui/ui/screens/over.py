"""A screen that has all the room, over the reader it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from kaltimtui.ui.screens.acting import ActionScreen
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine, TopLine

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


class OverScreen(ActionScreen):
    """What these screens have in common: a line above and one below, and the way back."""

    reader: MainScreen
    top: TopLine
    bottom: BottomLine

    @property
    def typing(self) -> bool:
        """Never, where there is nothing to type in."""
        return False

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done; it stands until the next key."""
        self.bottom.say(message)

    def leave(self) -> bool:
        """Back to the reader, which is as one left it."""
        self.dismiss(None)
        return True

    def action_do(self, name: str, key: str = "") -> None:
        """Carry out an action; what was told before is read by then."""
        self.say("")
        super().action_do(name, key)

    @on(ClickLine.Clicked)
    def _line_clicked(self, event: ClickLine.Clicked) -> None:
        if event.action in self._handlers and self.works(event.action):
            self.action_do(event.action)
