"""What of a list could not be taken, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.sourcetext import entry_row, group_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kaltimtui.ui.widgets.row_list import Row


class ReportScreen(Sheet[None]):
    """The entries of each kind under a heading; all of them, however many."""

    def __init__(self, told: str, parts: Mapping[str, Sequence[str]]) -> None:
        """``told`` is the sum in words, ``parts`` the entries by what became of them."""
        super().__init__()
        self._told = told
        self._parts = {name: entries for name, entries in parts.items() if entries}

    def title_shown(self) -> Content:
        """The sum."""
        return Content.styled(text.inline(self._told), "bold $ink-strong")

    def rows(self, width: int) -> list[Row]:
        """A row for each entry, as many lines as it takes up to a few."""
        rows: list[Row] = []
        for name, entries in self._parts.items():
            rows.append(group_row(name, first=not rows))
            rows += [entry_row(entry, width) for entry in entries]
        return rows

    def hints(self) -> tuple[Hint, ...]:
        """Through the rows, and out."""
        return Hint("j/k", _("choose")), Hint("Esc", _("leave"), "leave")
