"""Sources that a reader may want, to tick off: shown on the first day, left with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.content import Content

from kaltimtui.i18n import _, ngettext
from kaltimtui.models import SourceData
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.sourcetext import group_row, suggestion_row
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.subscriptions import Suggestion
    from kaltimtui.ui.widgets.row_list import Row


class SuggestionsScreen(Sheet[tuple[SourceData, ...]]):
    """A sheet over the reader; it ends with what was chosen, or with nothing."""

    DEFAULT_CSS = "SuggestionsScreen.-low #title { height: 1; }"
    BINDINGS: ClassVar = [
        Binding("space", "tick", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        super().__init__(at_once=True)
        self._entries: list[Suggestion | str] = []
        for suggestion in suggestions:
            folder = suggestion.data.folder or ""
            if folder not in self._entries:
                self._entries.append(folder)
            self._entries.append(suggestion)
        self._ticked: set[int] = set()

    def title_shown(self) -> Content:
        """What this is."""
        told = _("The portal is here already; others can be added at any time.")
        return Content.assemble(
            (_("Which news would you like to read?"), "bold $ink-strong"),
            (f"\n{told}", "$ink-muted"),
        )

    def rows(self, width: int) -> list[Row]:
        """The suggestions in their groups."""
        return [
            group_row(entry, first=place == 0)
            if isinstance(entry, str)
            else suggestion_row(entry, ticked=place in self._ticked, width=width)
            for place, entry in enumerate(self._entries)
        ]

    def hints(self) -> tuple[Hint, ...]:
        """All three, always; how many would be added, once there are some."""
        count = len(self._ticked)
        take = ngettext("add {count}", "add {count}", count) if count else _("add")
        return (
            Hint(_("Space"), _("choose"), "tick"),
            Hint("Enter", take, "take"),
            Hint("Esc", _("leave"), "leave"),
        )

    def action_tick(self) -> None:
        """Choose the source under the cursor, or no longer."""
        place = self._list.cursor
        entry = self._entries[place] if self._entries else ""
        if not isinstance(entry, str) and not entry.subscribed:
            self._ticked ^= {place}
            self._list.renew()
            self.hint()

    @on(RowList.Activated)
    def _clicked(self) -> None:
        self.action_tick()

    def action_take(self) -> None:
        """Subscribe to what was chosen; where nothing was, there is nothing to take yet."""
        if not self._ticked:
            return
        self.dismiss(
            tuple(
                entry.data
                for place, entry in enumerate(self._entries)
                if place in self._ticked and not isinstance(entry, str)
            )
        )
