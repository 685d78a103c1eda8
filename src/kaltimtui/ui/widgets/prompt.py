"""A line in which one thing is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import text
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import folded
from kaltimtui.ui.widgets.search_bar import Clean, SearchNote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

_OFFERED: Final = 8
"""Answers that are shown below the line at most."""


class _Question(Widget):
    DEFAULT_CSS = "_Question { width: 1fr; height: auto; padding: 0 1; }"

    said: reactive[str] = reactive("", layout=True)

    def render(self) -> Content:
        """The question, in as many lines as it needs."""
        return Content.styled("\n".join(self._lines(self.content_size.width)), "$ink-muted")

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One for each line."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        return folded(text.inline(self.said), width)


class AnswerLine(Clean, Input):
    """A line for an answer; it takes what is suggested by Tab too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "cursor_right", show=False),
        Binding("up", "recall(1)", show=False),
        Binding("down", "recall(-1)", show=False),
    ]
    history: Sequence[str] = ()
    """Earlier answers, the latest last, which the arrows bring back."""
    _back: int = 0
    """How many answers ago the one in the line is from; 0: it is being typed."""

    def begin(self, value: str, history: Sequence[str]) -> None:
        """Begin with an answer, and with these earlier ones."""
        self.history, self._back = history, 0
        self._write(value)

    def action_recall(self, step: int) -> None:
        """Bring back an older answer, or a newer one; past the newest, nothing."""
        back = self._back + step
        if 0 <= back <= len(self.history):
            self._back = back
            self._write(self.history[-back] if back else "")

    def _write(self, value: str) -> None:
        self.value = value
        self.cursor_position = len(value)


class Suggestions(Suggester):
    """The first of what may be typed in all."""

    def __init__(self, suggest: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggest = suggest

    async def get_suggestion(self, value: str) -> str | None:
        """What the line is filled up with."""
        return next(iter(self._suggest(value)), None)


class Prompt(Room):
    """A question and the line for its answer; out of sight until ``ask`` is called."""

    DEFAULT_CSS = """
    Prompt {
        layout: vertical; height: auto; background: $line-ground; display: none;

        & Input { border: none; height: 1; padding: 0 1; width: 1fr;
            background: $cursor-ground; color: $ink-strong; }
        & Input:focus { border: none; }
        & SearchNote { background: $line-ground; }
    }
    """

    class Closed(Message):
        """The question was answered, or taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._question = _Question()
        self._options = _Question()
        self._note = SearchNote(indent=1)
        self.line = AnswerLine(select_on_focus=False)
        self._suggest: Callable[[str], Sequence[str]] | None = None
        self._then: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        """The question above the line; below it what may be typed, or what is wrong."""
        yield self._question
        yield self.line
        yield self._note

    def ask(
        self,
        question: str,
        then: Callable[[str], None],
        value: str = "",
        suggest: Callable[[str], Sequence[str]] | None = None,
        history: Sequence[str] = (),
    ) -> None:
        """Ask, with ``value`` as the answer to begin with; ``then`` is given what is entered.

        The question stays until ``close``, so that a wrong answer can be put right. ``suggest``
        gives the answers that one may mean by what is typed so far; ``history`` are earlier ones,
        the latest last.
        """
        self._suggest = suggest
        self.line.suggester = None if suggest is None else Suggestions(suggest)
        self._question.said, self._then = question, then
        self.line.begin(value, history)
        self._offer(value)
        self.display = True
        self.screen.set_focus(self.line)

    def close(self) -> None:
        """Take the question away."""
        self.display = False
        self._then = None
        self.post_message(self.Closed())

    def complain(self, message: str, place: tuple[int, int]) -> None:
        """Say why an answer cannot be taken, and where in it that is."""
        self._note.complain(message, self.line, place)
        self._note.display = True

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._offer(event.value)

    def _offer(self, typed: str) -> None:
        offered = self._suggest(typed)[:_OFFERED] if self._suggest else ()
        self._note.message, self._note.carets = "", None
        self._note.options = tuple(answer.rpartition(",")[2].strip() for answer in offered)
        self._note.display = bool(offered)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._then is not None:
            self._then(event.value)
