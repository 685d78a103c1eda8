"""Some things to choose, side by side, in as many lines as they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import text
from kaltimtui.wording import CHOSEN, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

_GAP: Final = 2


class Choices(Widget, can_focus=True):
    """Each with a box that is ticked or not, and a cursor while it has the focus."""

    DEFAULT_CSS = """
    Choices { width: 1fr; height: auto; padding: 0 1; background: $cursor-ground-dim; }
    Choices:focus { background: $cursor-ground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", show=False),
        Binding("right,l", "move(1)", show=False),
        Binding("space", "turn", show=False),
    ]

    names: reactive[tuple[str, ...]] = reactive((), layout=True)
    chosen: reactive[frozenset[int]] = reactive(frozenset(), layout=True)
    """Places of those that are ticked."""
    cursor: reactive[int] = reactive(0)
    brief: reactive[bool] = reactive(False, layout=True)
    """Whether it only says what is ticked, in one line, while it has not the focus."""

    class Changed(Message):
        """Something was ticked, or is no longer."""

    def __init__(self, names: Sequence[str], *, nothing: str) -> None:
        """``nothing`` is said where nothing is ticked, and there is no room for all names."""
        super().__init__()
        self._nothing = nothing
        self.set_reactive(Choices.names, tuple(names))

    # By keys and mouse

    def action_move(self, by: int) -> None:
        """To the next or the one before, round the ends."""
        self.cursor = (self.cursor + by) % len(self.names)

    def action_turn(self) -> None:
        """Tick what the cursor is on, or no longer."""
        self.chosen ^= {self.cursor}
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        """Tick what was clicked."""
        for place, line, start, end in self._placed(self.content_size.width):
            if line == event.y and start <= event.x - 1 < end:
                self.cursor = place
                self.action_turn()

    def on_focus(self) -> None:
        """Show all of it, and the cursor."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Show it without the cursor."""
        self.refresh(layout=True)

    # Drawing

    @property
    def _short(self) -> bool:
        return self.brief and not self.has_focus

    def _said(self, place: int) -> str:
        return f"[{CHOSEN if place in self.chosen else ' '}] {self.names[place]}"

    def _placed(self, width: int) -> list[tuple[int, int, int, int]]:
        """Where each stands: its place, the line, the first cell and the one behind the last."""
        placed, line, at = [], 0, 0
        for place in range(len(self.names)):
            cells = min(text.width(self._said(place)), max(1, width))
            if at and at + cells > width:
                line, at = line + 1, 0
            placed.append((place, line, at, at + cells))
            at += cells + _GAP
        return placed

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as they need."""
        return 1 if self._short else max(1, self._placed(width)[-1][1] + 1)

    def render(self) -> Content:
        """The names, each with its box; or those that are ticked, alone."""
        width = self.content_size.width
        if self._short:
            return self._told(width)
        lines: list[list[Content]] = []
        for place, line, start, end in self._placed(width):
            if line == len(lines):
                lines.append([])
            elif start:
                lines[-1].append(Content(" " * _GAP))
            lines[-1].append(
                Content.styled(text.fit(self._said(place), end - start), self._look(place))
            )
        return Content("\n").join(Content("").join(line) for line in lines)

    def _look(self, place: int) -> str:
        look = "$warm-ink" if place in self.chosen else "$ink"
        at_cursor = self.has_focus and place == self.cursor
        return f"bold reverse {look}" if at_cursor else look

    def _told(self, width: int) -> Content:
        said = SEPARATOR.join(self.names[place] for place in sorted(self.chosen))
        shown = text.fit(said or self._nothing, width)
        return Content.styled(shown, "$warm-ink" if said else "$ink-muted")
