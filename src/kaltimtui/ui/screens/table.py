"""A list that has the whole screen, over the reader it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from kaltimtui import dates, i18n
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.controllers.status import shown_hints
from kaltimtui.ui.screens.over import OverScreen
from kaltimtui.ui.widgets.lines import BottomLine, Glance, TopLine, fit_lines
from kaltimtui.ui.widgets.list_pane import EmptyNotice
from kaltimtui.ui.widgets.prompt import Prompt
from kaltimtui.ui.widgets.row_list import ColumnNames, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.ui.actions import Pane
    from kaltimtui.ui.screens.acting import PaneWidget
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import Row


class TableScreen(OverScreen):
    """What the screens have in common that show a list between the lines, and follow a refresh."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
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


class EditedTable(TableScreen):
    """A table of what a user made or set, with a line to ask for something."""

    DEFAULT_CSS = """
    EditedTable { background: $list-ground; }
    EditedTable RowList { height: 1fr; }
    EditedTable EmptyNotice { height: auto; background: $list-ground; }
    """
    typing_keeps = frozenset({"back", "quit_now"})
    shown: Sequence[object] = ()
    """What the rows are of."""

    def __init__(self, reader: MainScreen, at: Pane, names: Callable[[int], str]) -> None:
        """``names`` makes the names of the columns, for so many cells."""
        super().__init__()
        self.reader, self.at = reader, at
        self.top, self.bottom = TopLine(), BottomLine()
        self.names, self.table = ColumnNames(names), RowList(self.rows, id=at.value)
        self.notice, self.prompt = EmptyNotice(), Prompt()

    def rows(self, width: int) -> Sequence[Row]:
        """The rows, for so many cells."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The table between the lines."""
        yield self.top
        yield self.names
        yield self.notice
        yield self.table
        yield self.prompt
        yield self.bottom

    def on_mount(self) -> None:
        """Show what there is, and follow a refresh."""
        self.notice.display = False
        self.follow()
        self._fit()
        self.hint()
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        fit_lines(self.top, self.bottom, height)
        self.names.display = height >= 6

    def show(self, place: int | None, empty: str) -> None:
        """Show the rows anew, with the cursor at a place; ``empty`` is said where there is none."""
        self.table.renew(place)
        self.notice.message = "" if self.shown else empty
        self.notice.display = not self.shown

    @on(RowList.Moved)
    def _moved(self) -> None:
        count, place = len(self.shown), self.table.cursor + 1
        said = _("{place} of {total}")
        self.bottom.place = (
            said.format(place=i18n.number(place), total=i18n.number(count)) if count else ""
        )

    @property
    def typing(self) -> bool:
        """Whether something is asked for."""
        return self.focused is self.prompt.line

    def hint(self) -> None:
        """Say what can be done."""
        self.bottom.over = not self.prompt.display
        if self.prompt.display:
            self.bottom.keys = (Hint("Enter", _("done")), Hint("Esc", _("leave it"), "back"))
        else:
            self.bottom.keys = shown_hints(self.at)

    @on(Prompt.Closed)
    def _answered(self) -> None:
        self.hint()

    def changed(self, select: int | None = None) -> None:
        """Something is otherwise now, here and in the reader; ``select``: what is new."""
        raise NotImplementedError
