"""A list that has the whole screen, over the reader it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from kaltimtui import dates
from kaltimtui.ui.screens.acting import ActionScreen, PaneWidget
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine, Glance, TopLine

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import RowList


class TableScreen(ActionScreen):
    """What the screens have in common that show a list between the lines, and follow a refresh."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    reader: MainScreen
    top: TopLine
    bottom: BottomLine
    table: RowList

    def reload(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show how a refresh fares, and what it brings."""
        refresher = self.reader.refresher
        refresher.watchers.append(self._glanced)
        refresher.shelves.append(self.reload)
        self._glanced(refresher.glance)

    def on_unmount(self) -> None:
        """Follow no longer."""
        refresher = self.reader.refresher
        refresher.watchers.remove(self._glanced)
        refresher.shelves.remove(self.reload)

    def _glanced(self, glance: Glance) -> None:
        self.top.glance = glance
        self.top.clock = dates.clock(self.reader.clock())

    @property
    def pane(self) -> PaneWidget:
        """The list."""
        return self.table

    @property
    def typing(self) -> bool:
        """Never, where there is nothing to type in."""
        return False

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done; it stands until the next key."""
        self.bottom.say(message)

    def leave(self) -> bool:
        """Back to the reader."""
        self.dismiss(None)
        return True

    def action_do(self, name: str) -> None:
        """Carry out an action; what was told before is read by then."""
        self.say("")
        super().action_do(name)

    @on(ClickLine.Clicked)
    def _line_clicked(self, event: ClickLine.Clicked) -> None:
        if event.action in self._handlers and self.works(event.action):
            self.action_do(event.action)
