"""What the panes draw alike: the style all else lies on, and the bar of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Container
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style

    _Widget = Widget
else:
    # Textual takes the stylesheets of the first base that is a widget: this must not be one.
    _Widget = object


CURSOR_BAR: Final = "▌"
DIM_CURSOR_BAR: Final = "▏"
"""The cursor where its pane does not have the focus; it differs without colour too."""


def ground_of(style: Style) -> tuple[int, int, int]:
    """The ground of a style as red, green and blue; black where it is the terminal's own."""
    if style.bgcolor is None:
        return 0, 0, 0
    red, green, blue = style.bgcolor.get_truecolor(foreground=False)
    return red, green, blue


class Room(Container):
    """What holds panes: drawn as one blank line many times over, most of it lies under them."""

    BLANK = True
    virtual_size = Reactive(Size(0, 0))
    """Nothing is scrolled here: that it changed is no reason to lay all out once more."""


class Grounded(_Widget):
    """Works the style of a widget out once, not for each line: it takes as long as drawing one.

    To stand before the widget's class in the bases; the widget has a background of its own.
    """

    _ground: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The style of what has no other."""
        if self._ground is None:
            self._ground = super().rich_style
        return self._ground

    def extend(self, size: Size) -> None:
        """Scroll over so much from now on.

        All is laid out anew where a bar comes or goes by it, not for another length of the bar.
        """
        if not self.show_vertical_scrollbar or size.height <= self.container_size.height:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        self._ground = None
        super().notify_style_update()
