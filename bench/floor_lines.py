"""The floor of a key: a Textual application with nothing but lines and a cursor among them."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_LINES: Final = 1_000_000
_LIT: Final = Style(reverse=True)


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines that say their number."""

    BINDINGS: ClassVar = [Binding("j", "down")]

    def __init__(self) -> None:
        super().__init__()
        self._cursor = 0

    def on_mount(self) -> None:
        """Say how long it is."""
        self.virtual_size = Size(self.size.width, _LINES)

    def action_down(self) -> None:
        """One line down."""
        self._cursor += 1
        top = self._cursor - self.scroll_offset.y
        if top >= self.size.height:
            self.scroll_to(y=self._cursor - self.size.height + 1, animate=False, immediate=True)
        else:
            self.refresh(Region(0, top - 1, self.size.width, 2))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = y + self.scroll_offset.y
        style = self.rich_style + (_LIT if line == self._cursor else Style())
        return Strip([Segment(f"line {line}".ljust(self.size.width), style)])


class LinesApp(App[None]):
    """The lines, in the whole of the screen."""

    def compose(self) -> ComposeResult:
        """Only the lines."""
        yield Lines()


if __name__ == "__main__":
    LinesApp().run()
