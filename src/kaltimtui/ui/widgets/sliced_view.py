"""A text laid out a slice at a time, so that keys are answered while a long one is."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Size

from kaltimtui.ui.widgets.line_view import LineView

if TYPE_CHECKING:
    from textual.timer import Timer

_AT_ONCE: Final = 0.05
"""Seconds from which on the next slice waits, however many were asked for."""
_PAUSE: Final = 0.01
"""Seconds between two slices, in which keys are answered."""


class SlicedView(LineView, inherit_bindings=False):
    """Lays the lines of its page out bit by bit, the first ones at once."""

    SLICE: ClassVar[int]
    """Lines that are laid out at once, some milliseconds' worth."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._timer: Timer | None = None

    @property
    def complete(self) -> bool:
        """Whether every line is laid out."""
        return self._page.complete

    def _go_on(self, slices: int = 1) -> None:
        """Lay out some more lines, as far as that goes at once, and come back for the rest."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        before = len(self._page)
        until = monotonic() + _AT_ONCE
        while slices and not self.complete:
            self._page.grow(self.SLICE)
            slices = slices - 1 if monotonic() < until else 0
        if not self.complete:
            self._timer = self.set_timer(_PAUSE, self._go_on)
        self.extend(Size(self._width, len(self._page)))
        self._reach(before)
        if before < self.scroll_offset.y + self._height:
            self.refresh()

    def _reach(self, start: int) -> None:
        """Go where one is to be, if that is among the lines from one on, or those before."""
        raise NotImplementedError

    def _finish(self) -> None:
        while not self.complete:
            self._go_on(slices=10)

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height
