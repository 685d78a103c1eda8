"""What the panes draw alike: the style all else lies on, and the bar of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.containers import Container

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget

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

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        self._ground = None
        super().notify_style_update()
