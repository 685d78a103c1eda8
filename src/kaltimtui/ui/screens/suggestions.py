"""Sources that a reader may want, to tick off: shown on the first day, left with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kaltimtui.i18n import _, ngettext
from kaltimtui.models import SourceData
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.sourcetext import group_row, suggestion_row
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.subscriptions import Suggestion
    from kaltimtui.ui.widgets.row_list import Row

_LOW: Final = 20
"""Lines below which the list gets nearly all of them."""


class SuggestionsScreen(ModalScreen[tuple[SourceData, ...]]):
    """A sheet over the reader; it ends with what was chosen, or with nothing."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    DEFAULT_CSS = """
    SuggestionsScreen { align: center middle; }
    SuggestionsScreen #sheet { width: 64; max-width: 100%; height: 80%; min-height: 10;
        max-height: 100%; padding: 1 1 0 1; background: $list-ground; }
    SuggestionsScreen #title { height: auto; margin: 0 2 1 2; }
    SuggestionsScreen.-low #sheet { height: 100%; padding: 0; }
    SuggestionsScreen.-low #title { height: 1; margin: 0 2; }
    SuggestionsScreen.-low BottomLine { margin: 0 1; }
    SuggestionsScreen RowList { height: 1fr; }
    SuggestionsScreen BottomLine { margin: 1 1; dock: none; }
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
        Binding("space", "tick", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        super().__init__()
        self._entries: list[Suggestion | str] = []
        for suggestion in suggestions:
            folder = suggestion.data.folder or ""
            if folder not in self._entries:
                self._entries.append(folder)
            self._entries.append(suggestion)
        self._ticked: set[int] = set()
        self._list = RowList(self._rows, at_once=True)
        self._keys = BottomLine()

    def compose(self) -> ComposeResult:
        """What this is, the suggestions, and what can be done."""
        title = Content.assemble(
            (_("Which news would you like to read?"), "bold $ink-strong"),
            (
                "\n" + _("The portal is here already; others can be added at any time."),
                "$ink-muted",
            ),
        )
        with Vertical(id="sheet"):
            yield Static(title, id="title")
            yield self._list
            yield self._keys

    def on_mount(self) -> None:
        """Say what can be done."""
        self._say()

    def on_resize(self, event: events.Resize) -> None:
        """Keep to what is needed where there is little room."""
        self.set_class(event.size.height < _LOW, "-low")

    def _rows(self, width: int) -> list[Row]:
        return [
            group_row(entry, first=place == 0)
            if isinstance(entry, str)
            else suggestion_row(entry, ticked=place in self._ticked, width=width)
            for place, entry in enumerate(self._entries)
        ]

    def _say(self) -> None:
        count = len(self._ticked)
        take = ngettext("subscribe to {count}", "subscribe to {count}", count)
        keys = [
            Hint(_("Space"), _("choose"), "tick"),
            Hint("Enter", take, "take"),
            Hint("Esc", _("not now"), "leave"),
        ]
        self._keys.keys = tuple(hint for hint in keys if count or hint.action != "take")

    @on(ClickLine.Clicked)
    async def _line_clicked(self, event: ClickLine.Clicked) -> None:
        await self.run_action(event.action)

    def action_tick(self) -> None:
        """Choose the source under the cursor, or no longer."""
        place = self._list.cursor
        entry = self._entries[place] if self._entries else ""
        if not isinstance(entry, str) and not entry.subscribed:
            self._ticked ^= {place}
            self._list.renew()
            self._say()

    @on(RowList.Activated)
    def _clicked(self) -> None:
        self.action_tick()

    def action_take(self) -> None:
        """Subscribe to what was chosen."""
        self.dismiss(
            tuple(
                entry.data
                for place, entry in enumerate(self._entries)
                if place in self._ticked and not isinstance(entry, str)
            )
        )

    def action_leave(self) -> None:
        """Leave without anything."""
        self.dismiss(())

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
