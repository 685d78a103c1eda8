"""The line below a text in which one types what to look for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui.i18n import _
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.search_bar import Clean

if TYPE_CHECKING:
    from collections.abc import Callable


class FindBox(Clean, Input):
    """What to look for."""


class _Count(Widget):
    DEFAULT_CSS = "_Count { width: auto; height: 1; padding: 0 1; }"

    said: reactive[str] = reactive("", layout=True)

    def render(self) -> Content:
        """How many hits there are, and which of them one is at."""
        return Content.styled(self.said, "$ink-muted")


class FindBar(Room):
    """A line to type in, and beside it the count of hits."""

    DEFAULT_CSS = """
    FindBar {
        layout: horizontal; height: 1; background: $line-ground;

        & Input { border: none; height: 1; padding: 0 1 0 2; width: 1fr;
            background: $cursor-ground-dim; color: $ink-strong; }
        & Input:focus { border: none; background: $cursor-ground; }
    }
    """

    def __init__(self, typed: Callable[[str], None], entered: Callable[[], None]) -> None:
        """Both are called from the event loop: with what is typed, and when it is to be kept."""
        super().__init__()
        self._typed, self._entered = typed, entered
        self.box = FindBox(placeholder=_("Find in this article"), select_on_focus=True)
        self._count = _Count()

    def put_into(self, pane: Widget) -> None:
        """Mount it with all that is in it, at once: keys may go to the box from now on."""
        pane.mount(self)
        self.mount(self.box, self._count)

    def tell(self, said: str) -> None:
        """Say how many hits there are."""
        self._count.said = said

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._typed(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._entered()
