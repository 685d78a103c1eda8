"""Lines of words: at the top, at the bottom, and over each pane."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import text

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(left: list[Content], right: list[Content], width: int) -> Content:
    """Pieces at the left, pieces at the right edge; the last ones at the left give way first."""
    tail = Content("").join(right)
    room = width - tail.cell_length
    if room < 0:
        return tail.truncate(width)
    head = Content("")
    for piece in left:
        if head.cell_length + piece.cell_length > room:
            left_over = max(0, room - head.cell_length)
            head = Content("").join([head, piece.truncate(left_over, ellipsis=True)])
            break
        head = Content("").join([head, piece])
    return Content("").join([head, Content(" " * max(0, room - head.cell_length)), tail])


class TopLine(Widget):
    """The name of the program, where one stands, and the clock."""

    DEFAULT_CSS = "TopLine { height: 1; dock: top; }"

    path: reactive[tuple[str, ...]] = reactive(())
    news: reactive[str] = reactive("")
    clock: reactive[str] = reactive("")
    trouble: reactive[str] = reactive("")

    def render(self) -> Content:
        """The line, fitted to the screen."""
        where = " › ".join(map(text.inline, self.path))
        left = [Content.styled(" KALTIM ", "bold $accent-ink")]
        if where:
            left.append(Content.styled(f"  {where}", "$ink"))
        right: list[Content] = []
        if self.trouble:
            right.append(Content.styled(f"! {text.inline(self.trouble)}", "$error-ink"))
        elif self.news and self.size.width >= 60:
            right.append(Content.styled(self.news, "$ink-muted"))
        if self.size.width >= 30:
            right.append(Content.styled(f"   {self.clock} ", "$ink-muted"))
        return spread(left, right, self.size.width)


class BottomLine(Widget):
    """The keys that work here, what was just done, and how far one has come."""

    DEFAULT_CSS = "BottomLine { height: 1; dock: bottom; }"

    keys: reactive[tuple[tuple[str, str], ...]] = reactive(())
    said: reactive[str] = reactive("")
    place: reactive[str] = reactive("")

    def say(self, message: str) -> None:
        """Tell what was just done; it stands until the next thing is said or a while has passed."""
        self.said = text.inline(message)

    def render(self) -> Content:
        """The line, fitted to the screen."""
        right = [Content.styled(f"  {self.place} ", "$ink-muted")] if self.place else []
        if self.said:
            return spread([Content.styled(f" {self.said}", "$ink")], right, self.size.width)
        room = self.size.width - 1 - sum(piece.cell_length for piece in right)
        return spread([Content(" "), *self._hints(room)], right, self.size.width)

    def _hints(self, room: int) -> Sequence[Content]:
        """As many as there is room for, none cut."""
        hints = [
            Content.assemble((key, "bold $accent-ink"), (f" {label}  ", "$ink-muted"))
            for key, label in self.keys
        ]
        ends = accumulate(hint.cell_length for hint in hints)
        return [hint for hint, end in zip(hints, ends, strict=True) if end <= room + 2]


class Heading(Widget):
    """The name of a pane; in the accent colour while the pane has the focus."""

    DEFAULT_CSS = "Heading { height: 1; }"

    name_shown: reactive[str] = reactive("")
    detail: reactive[str] = reactive("")
    lit: reactive[bool] = reactive(False)

    def __init__(self, indent: int = 3) -> None:
        super().__init__()
        self._indent = indent

    def render(self) -> Content:
        """The line, cut to its room."""
        width = self.size.width - self._indent
        colour = "bold $accent-ink" if self.lit else "bold $ink-muted"
        name = text.fit(text.inline(self.name_shown).upper(), width)
        rest = text.fit(f" · {self.detail}", width - text.width(name)) if self.detail else ""
        return Content.assemble(" " * self._indent, (name, colour), (rest, "$ink-muted"))
