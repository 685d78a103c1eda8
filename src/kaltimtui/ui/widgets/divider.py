"""What parts two panes, and can be dragged by the mouse to give one of them more room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaltimtui.ui.widgets.lines import Heading

if TYPE_CHECKING:
    from textual import events


class Draggable(Widget):
    """Tells where the mouse drags it; whoever hears of it moves it."""

    held: reactive[bool] = reactive(False)

    @dataclass
    class Dragged(Message):
        """The mouse holds it, and is at this column and row of the screen."""

        grip: Draggable
        x: int
        y: int

        def can_replace(self, message: Message) -> bool:
            """A newer place makes it stale."""
            return isinstance(message, Draggable.Dragged) and message.grip is self.grip

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Hold on to the mouse."""
        if event.button == 1:
            self.capture_mouse()
            self.held = True
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where the mouse is, while it holds on."""
        if self.held:
            self.post_message(self.Dragged(self, event.screen_x, event.screen_y))
            event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the mouse."""
        if self.held:
            self.release_mouse()
            self.held = False
            event.stop()


class Divider(Draggable):
    """A column between two panes: a quiet line, a bar where the mouse is on it or holds it."""

    DEFAULT_CSS = """
    Divider {
        width: 1; height: 100%; color: $ink-muted 45%;

        &.-held, &:hover { color: $accent-ink; }
    }
    """
    ALLOW_SELECT = False

    def watch_held(self, held: bool) -> None:
        """Stay lit while the mouse is ahead of it."""
        self.set_class(held, "-held")

    def render_line(self, y: int) -> Strip:
        """The line, or the bar; they differ without colour too."""
        sign = "┃" if self.held or self.mouse_hover else "│"
        return Strip([Segment(sign, self.rich_style)], 1)


class Grip(Heading, Draggable):
    """The heading of a pane that stands below another, to be dragged up and down."""

    ALLOW_SELECT = False
