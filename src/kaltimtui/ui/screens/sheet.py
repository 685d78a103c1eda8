"""A sheet over the reader: a title, rows to go through, and the keys that work there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kaltimtui.ui.widgets.lines import BottomLine, ClickLine
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from kaltimtui.ui.actions import Hint
    from kaltimtui.ui.widgets.row_list import Row

_LOW: Final = 20
"""Lines below which the rows get nearly all of them."""
_NARROW: Final = 56
"""Cells below which the sheet has the whole width."""
_Result = TypeVar("_Result")


class Sheet(ModalScreen[_Result]):
    """Rows over the reader, with a cursor."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    DEFAULT_CSS = """
    Sheet { align: center middle; }
    Sheet #sheet { width: 64; max-width: 100%; height: 80%; min-height: 10;
        max-height: 100%; padding: 1 1 0 1; background: $list-ground; }
    Sheet #title { height: auto; margin: 0 2 1 2; }
    Sheet.-low #sheet { height: 100%; padding: 0; }
    Sheet.-low #title { max-height: 3; margin: 0 2; }
    Sheet RowList { height: 1fr; }
    Sheet BottomLine { margin: 1 1; dock: none; }
    Sheet.-low BottomLine { margin: 0 1; }
    Sheet.-narrow #sheet { padding-left: 0; padding-right: 0; }
    Sheet.-narrow #title { margin-left: 1; margin-right: 1; }
    Sheet.-narrow BottomLine { margin-left: 0; margin-right: 0; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q", "leave", show=False),
        Binding("ctrl+q", "app.quit", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,ctrl+d", "page(0.5)", show=False),
        Binding("pageup,ctrl+u", "page(-0.5)", show=False),
        Binding("home,g", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    def __init__(self, *, at_once: bool = False) -> None:
        """``at_once``: the first click on a row enters it."""
        super().__init__()
        self._list = RowList(self.rows, at_once=at_once)
        self._keys = BottomLine()

    # What each sheet says of itself

    def title_shown(self) -> Content:
        """What stands above the rows."""
        raise NotImplementedError

    def rows(self, width: int) -> Sequence[Row]:
        """The rows, for so many cells."""
        raise NotImplementedError

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work now."""
        raise NotImplementedError

    # What all of them do

    def compose(self) -> ComposeResult:
        """The title, the rows, and what can be done."""
        with Vertical(id="sheet"):
            yield Static(self.title_shown(), id="title")
            yield self._list
            yield self._keys

    def on_mount(self) -> None:
        """Say what can be done."""
        self.hint()

    def hint(self) -> None:
        """Say what can be done now."""
        self._keys.keys = self.hints()

    def on_resize(self, event: events.Resize) -> None:
        """Keep to what is needed where there is little room."""
        self.set_class(event.size.height < _LOW, "-low")
        self.set_class(event.size.width < _NARROW, "-narrow")

    @on(ClickLine.Clicked)
    async def _line_clicked(self, event: ClickLine.Clicked) -> None:
        await self.run_action(event.action)

    def action_leave(self) -> None:
        """Leave it, having done nothing."""
        self.dismiss(None)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_page(self, share: float) -> None:
        """Move the cursor by a share of the screen."""
        self._list.page(share)

    def action_first(self) -> None:
        """To the top."""
        self._list.first()

    def action_last(self) -> None:
        """To the bottom."""
        self._list.last()
