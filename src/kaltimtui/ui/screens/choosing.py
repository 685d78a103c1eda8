"""A few things of which one is chosen, on a sheet over the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERED: Final = 9
_AROUND: Final = 7
"""Lines above and below the rows: the question, the keys, and the room about them."""


class ChoosingScreen(Sheet[int]):
    """It ends with the place of what was chosen, or with nothing; 1 to 9 choose at once."""

    DEFAULT_CSS = "ChoosingScreen #sheet { min-height: 8; max-height: 80%; }"
    BINDINGS: ClassVar = [
        Binding("enter", "take", show=False),
        *(
            Binding(str(number), f"take({number - 1})", show=False)
            for number in range(1, _NUMBERED + 1)
        ),
    ]

    def __init__(self, question: str, names: Sequence[tuple[str, str]]) -> None:
        """``names``: what each is called, and what is said of it beside that."""
        super().__init__(at_once=True)
        self._question = question
        self._names = names

    def title_shown(self) -> Content:
        """The question."""
        return Content.styled(text.inline(self._question), "bold $ink-strong")

    def on_mount(self) -> None:
        """As high as its rows need, where there is room."""
        super().on_mount()
        self.query_one("#sheet").styles.height = len(self._names) + _AROUND

    def rows(self, width: int) -> list[Row]:
        """A line for each."""
        return [self._row(place, width) for place in range(len(self._names))]

    def _row(self, place: int, width: int) -> Row:
        name, beside = self._names[place]
        number = f"{place + 1} " if place < _NUMBERED else "  "
        called = text.fit(text.inline(name), max(0, width - len(number)))
        room = width - len(number) - text.width(called) - 2
        told = f"  {text.fit(text.inline(beside), room)}" if room > 0 else ""
        return Row((((number, "accent"), (called, "plain"), (told, "meta")),))

    def hints(self) -> tuple[Hint, ...]:
        """Choose, or leave."""
        return (
            Hint("j/k", _("choose")),
            Hint("Enter", _("take"), "take"),
            Hint("Esc", _("leave"), "leave"),
        )

    @on(RowList.Activated)
    def _clicked(self) -> None:
        self.action_take()

    def action_take(self, place: int | None = None) -> None:
        """Choose what the cursor is on, or what has this place."""
        chosen = self._list.cursor if place is None else place
        if chosen < len(self._names):
            self.dismiss(chosen)
