"""What the tables have in common that a user changes: questions, and steps back and forth."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from kaltimtui.models import Change, View
    from kaltimtui.ui.screens.table import EditedTable


class Editing:
    """A question, its answer, and steps that can be taken back."""

    def __init__(self, table: EditedTable) -> None:
        self._table = table

    def back(self) -> None:
        """Take a question back, else go back to the reader."""
        if self._table.prompt.display:
            self.close()
        else:
            self._table.leave()

    def show(self, view: View) -> None:
        """To a list of the reader."""
        reader = self._table.reader
        reader.open_view(view)
        reader.go(Pane.LIST)
        self._table.leave()

    def ask(
        self,
        question: str,
        then: Callable[[str], None],
        value: str = "",
        suggest: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        """Ask, with ``value`` as the answer to begin with."""
        self._table.prompt.ask(question, then, value, suggest)
        self._table.hint()

    def close(self) -> None:
        """Ask no longer, and give up what the answer was for."""
        table = self._table
        table.workers.cancel_group(table, "asked")
        table.prompt.close()
        table.set_focus(table.table)
        table.say("")

    def do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do something with an answer; where that is refused, the question stays."""

        async def guarded() -> None:
            try:
                await work()
            except KaltimtuiError as error:
                self._table.say(text.inline(str(error)))

        self._table.begin(guarded, group="asked")

    async def set(self, call: Callable[[], object]) -> None:
        """Change something, and show it."""
        await asyncio.to_thread(call)
        self.close()
        self._table.changed()

    # Back and forth

    def undo(self) -> None:
        """Take back the last change."""
        call, tell = self._table.reader.library.undo, _("Undone: {what}").format_map
        self.step(call, tell, _("Nothing to undo."))

    def redo(self) -> None:
        """Make the change again that was taken back."""
        call, tell = self._table.reader.library.redo, _("Done again: {what}").format_map
        self.step(call, tell, _("Nothing to redo."))

    def step(
        self,
        call: Callable[[], Change | None],
        tell: Callable[[dict[str, str]], str],
        nothing: str = "",
    ) -> None:
        """Change something, and tell of it; ``tell`` gets under ``what`` what it was.

        What undo does not take back is only named.
        """

        async def work() -> None:
            change = await asyncio.to_thread(call)
            if change is None:
                self._table.say(nothing)
            else:
                what = change.description
                self._table.say(tell({"what": what}) if change.id else what)
            self._table.changed()

        self.do(work)
