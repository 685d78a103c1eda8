"""A line in which one thing is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui.ui.widgets.ground import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class _Question(Widget):
    DEFAULT_CSS = "_Question { width: 1fr; height: 1; }"

    said: reactive[str] = reactive("")

    def render(self) -> Content:
        """The question, cut to its room."""
        return Content.styled(f" {self.said}", "$ink-muted").truncate(
            self.size.width, ellipsis=True
        )


class Prompt(Room):
    """A question and the line for its answer; out of sight until ``ask`` is called."""

    DEFAULT_CSS = """
    Prompt {
        dock: bottom; height: 2; margin-bottom: 1; background: $line-ground; display: none;

        & Input { border: none; height: 1; padding: 0 1; width: 1fr;
            background: $cursor-ground; color: $ink-strong; }
        & Input:focus { border: none; }
    }
    """

    class Closed(Message):
        """The question was answered, or taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._question = _Question()
        self.line = Input(select_on_focus=False)
        self._then: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """The question above the line."""
        yield self._question
        yield self.line

    def ask(self, question: str, then: Callable[[str], None], value: str = "") -> None:
        """Ask, with ``value`` as the answer to begin with; ``then`` is given what is entered.

        The question stays until ``close``, so that a wrong answer can be put right.
        """
        self._question.said, self._then = question, then
        self.line.value = value
        self.line.cursor_position = len(value)
        self.display = True
        self.screen.set_focus(self.line)

    def close(self) -> None:
        """Take the question away."""
        self.display = False
        self._then = None
        self.post_message(self.Closed())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._then is not None:
            self._then(event.value)
