"""A text, and the way about in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.message import Message
from textual.reactive import reactive

from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.widgets.line_view import margin_of
from kaltimtui.ui.widgets.sliced_view import SlicedView

if TYPE_CHECKING:
    from kaltimtui.ui.setting.page import Page

MEASURES: Final = range(30, 121)
_SLICES_TO_PLACE: Final = 8
"""How many slices may be laid out at once to reach a place further down."""
_END: Final = sys.maxsize
"""A place below every line."""


class TextView(SlicedView, inherit_bindings=False):
    """Shows what ``page_for`` gives; it is told where to go, and tells how far one has come."""

    SLICE: ClassVar[int] = 1_000
    """Nearly every article has fewer lines."""

    measure: reactive[int] = reactive(72, repaint=False)
    """The widest the text is set, in cells."""

    @dataclass
    class Scrolled(Message):
        """Another part of the text is in sight."""

        percent: int
        """How much of the way from top to end; 100 where all is in sight."""

        def can_replace(self, message: Message) -> bool:
            """A newer one makes it stale."""
            return isinstance(message, TextView.Scrolled)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._wanted: int | None = None
        self._seeking = False
        """Whether the first word that is marked is still to be gone to."""
        self._hit_at: int | None = None
        """The line that was put at the top for that word to be in sight."""
        self._percent: int | None = None

    def page_for(self, width: int) -> Page:
        """What is to be shown, for so many cells; none of it laid out yet."""
        raise NotImplementedError

    @property
    def laid_out(self) -> bool:
        """Whether the text is set for the width there is."""
        return self._width == self.scrollable_content_region.width

    @property
    def place(self) -> int:
        """Where the top line stands in the text, at any width; for ``show`` and ``restore``.

        While a place asked for is not laid out yet, it is that one.
        """
        return self._page.place(self.scroll_offset.y) if self._wanted is None else self._wanted

    @property
    def at_hit(self) -> bool:
        """Whether one is where a marked word is, and has not moved since one was led there."""
        return self._hit_at is not None and self.scroll_offset.y == min(
            self._hit_at, self.max_scroll_y
        )

    def restore(self, place: int) -> None:
        """Go back to a place that ``place`` gave; where it is not laid out yet, once it is."""
        self._wanted, self._seeking, self._hit_at = place, False, None
        self._reach_wanted()

    @property
    def room(self) -> int:
        """The widest that text can be set here."""
        return max(MEASURES.start, self.scrollable_content_region.width - 4)

    def validate_measure(self, measure: int) -> int:
        """Keep the measure readable."""
        return max(MEASURES.start, min(measure, MEASURES.stop - 1))

    def watch_measure(self) -> None:
        """Set the text anew, with the same words at the top."""
        if self._width:
            self._lay_out(self.place)

    def on_resize(self) -> None:
        """Set the text anew where its width changed, with the same words at the top."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out(self.place)
        else:
            self._tell()

    # --- laying out -----------------------------------------------------------------------

    def _lay_out(self, place: int) -> None:
        self._seeking |= self.at_hit
        self._wanted, self._hit_at = place, None
        self._percent = None
        width = self.scrollable_content_region.width
        margin = margin_of(width, self.measure)
        self.set_page(self.page_for(width - 2 * margin), width, margin)
        self._go_on(slices=_SLICES_TO_PLACE if place or self._seeking else 1)
        if self._wanted is not None:
            self.go_to(0)

    def _go_on(self, slices: int = 1) -> None:
        super()._go_on(slices)
        self.grown()
        self._tell()

    def grown(self) -> None:
        """More of the text is laid out."""

    def _reach(self, start: int) -> None:
        self._reach_wanted()
        self._reach_hit(start)

    def _hurry(self) -> None:
        """Lay out what is left, or as much of it as can be laid out at once."""
        if not self.complete:
            self._go_on(slices=_END)

    def _seek_end(self) -> None:
        """Go to the end, now or as soon as all is laid out."""
        self._hurry()
        self._wanted = _END
        self._reach_wanted()

    def _reach_wanted(self) -> None:
        if self._wanted is None or not self._width:
            return
        line = self._page.line(self._wanted)
        if line is not None and (self.complete or line + self._height <= len(self._page)):
            self._wanted = None
            self.go_to(line)

    def _reach_hit(self, start: int) -> None:
        """Go to the first marked word, where it is in the lines from one on."""
        if not self._seeking or not self._width:
            return
        line = self._page.first(Role.HIT, start)
        if line is not None:
            self._hit_at = 0 if line < self._height else line - self._height // 3
            self._wanted = None
            self.go_to(self._hit_at)
        if line is not None or self.complete:
            self._seeking = False

    def _stay(self) -> None:
        """Be led nowhere any more: the user goes about."""
        self._wanted, self._seeking = None, False

    # --- going about ----------------------------------------------------------------------

    def scroll_lines(self, count: int) -> None:
        """Down so many lines; up where negative."""
        self._stay()
        self.go_to(self.scroll_offset.y + count)

    def scroll_half_page(self, direction: int = 1) -> None:
        """Down half a page, or up (-1)."""
        self.scroll_lines(self.lines_of(direction / 2))

    def scroll_page(self, direction: int = 1) -> None:
        """Down a page, or up (-1)."""
        self.scroll_lines(self.lines_of(direction))

    def home(self) -> None:
        """To the top."""
        self._stay()
        self.go_to(0)

    def end(self) -> None:
        """To the end."""
        self._stay()
        self._seek_end()

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.complete and self.scroll_offset.y >= self.max_scroll_y

    def page_or_end(self) -> bool:
        """Down a page; True where the end was in sight already."""
        if self.at_end:
            return True
        self.scroll_page()
        return False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen how far one has come."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    @property
    def percent(self) -> int:
        """How far one has come from the top to the end."""
        if not self.max_scroll_y:
            return 100
        return round(100 * self.scroll_offset.y / self.max_scroll_y)

    def _tell(self) -> None:
        if self.percent != self._percent:
            self._percent = self.percent
            self.post_message(self.Scrolled(self._percent))
