"""How the panes stand: which are shown, how wide, with rows of how many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.i18n import N_, _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.arrange import (
    LIST_HEIGHTS,
    LIST_WIDTHS,
    TREE_WIDTHS,
    Layout,
    Mode,
    Wishes,
    arrange,
    within,
)

if TYPE_CHECKING:
    from kaltimtui.ui.arrange import Arrangement
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.divider import Draggable

_STEP: Final = 4
_SAID: Final = {
    Mode.COLUMNS: N_("The list beside the text."),
    Mode.STACKED: N_("The list above the text."),
    Mode.WIDE: N_("The list or the text, each with all the room."),
}
_ORDER: Final = (Layout.COLUMNS, Layout.STACKED, Layout.WIDE)


class Layouts:
    """Widths, heights and what is left out; all of it is remembered."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def wishes(self) -> Wishes:
        """What the user wants of the panes."""
        state = self._screen.state
        rows = self._screen.config.list_lines if state.two_line is None else 1 + state.two_line
        return Wishes(
            Layout(state.layout),
            state.zoomed,
            state.tree_width,
            state.list_width,
            state.list_height,
            rows == 2,
        )

    def apply(self) -> None:
        """Show the panes that there is room for, as the user wants them."""
        screen = self._screen
        width, height = screen.app.size
        screen.arrangement = shape = arrange(width, height, at=screen.at, wishes=self.wishes)
        panes = {
            Pane.TREE: (screen.tree_pane, screen.tree_heading),
            Pane.LIST: (screen.list_pane, screen.list_pane.heading),
            Pane.READING: (screen.text_pane, screen.text_heading),
        }
        for pane, (widget, heading) in panes.items():
            widget.display = pane in shape.shown
            heading.display, heading.lit = shape.headings, screen.at is pane
        self._size(shape)
        screen.top.display, screen.bottom.roomy = shape.top_line, shape.bottom_line
        screen.list_pane.articles.two_line = shape.two_line_rows
        screen.noting.arrange()
        screen.show_notices()
        screen.status.hint()

    def _size(self, shape: Arrangement) -> None:
        screen = self._screen
        screen.tree_edge.display = shape.tree_width is not None
        screen.list_edge.display = shape.list_width is not None
        screen.query_one("#desk").display = shape.shown != {Pane.TREE}
        screen.set_class(shape.list_height is not None, "-stacked")
        screen.tree_pane.styles.width = shape.tree_width or "1fr"
        screen.list_pane.styles.width = shape.list_width or "1fr"
        screen.list_pane.styles.height = shape.list_height or "1fr"

    def zoom(self) -> None:
        """Only this pane, or all of them."""
        self._screen.state.zoomed = not self._screen.state.zoomed
        self._screen.rearrange()

    def next_layout(self) -> None:
        """The list beside the text, above it, or alone."""
        screen, state = self._screen, self._screen.state
        now = screen.arrangement.mode
        at = _ORDER.index(Layout(now)) if now is not Mode.ONE else 0
        for layout in (*_ORDER[at + 1 :], *_ORDER[:at]):
            found = arrange(*screen.app.size, at=screen.at, wishes=Wishes(layout))
            if now is not Mode.ONE and found.mode is not now:
                state.layout, state.zoomed = layout.value, False
                screen.rearrange()
                screen.status.say(_(_SAID[found.mode]))
                return
        screen.status.say(_("There is room for one pane alone."))

    def drag(self, grip: Draggable, x: int, y: int) -> None:
        """Move what parts two panes to a column or row of the screen."""
        screen, state = self._screen, self._screen.state
        if grip is screen.tree_edge:
            state.tree_width = within(TREE_WIDTHS, x - screen.tree_pane.region.x)
        elif grip is screen.list_edge:
            state.list_width = within(LIST_WIDTHS, x - screen.list_pane.region.x)
        elif screen.arrangement.list_height is not None:
            state.list_height = within(LIST_HEIGHTS, y - screen.list_pane.region.y)
        screen.rearrange()

    def _measure(self, by: int) -> None:
        reading = self._screen.reading
        reading.measure = min(reading.measure, reading.room) + by
        self._screen.state.measure = reading.measure
        said = _("The text is set {count} columns wide at most.")
        self._screen.status.say(said.format(count=reading.measure))

    def wider_text(self) -> None:
        """Set the text wider."""
        self._measure(_STEP)

    def narrower_text(self) -> None:
        """Set the text narrower."""
        self._measure(-_STEP)

    def _list(self, by: int) -> None:
        shape, state = self._screen.arrangement, self._screen.state
        if shape.list_width is not None:
            state.list_width = within(LIST_WIDTHS, shape.list_width + by)
        elif shape.list_height is not None:
            state.list_height = within(LIST_HEIGHTS, shape.list_height + by // 2)
        else:
            self._screen.status.say(_("The list has all the room here."))
            return
        self._screen.rearrange()

    def wider_list(self) -> None:
        """Give the list more room."""
        self._list(_STEP)

    def narrower_list(self) -> None:
        """Give the text more room."""
        self._list(-_STEP)

    def toggle_rows(self) -> None:
        """Rows of one line, or of two."""
        self._screen.state.two_line = not self.wishes.two_line_rows
        self._screen.rearrange()
