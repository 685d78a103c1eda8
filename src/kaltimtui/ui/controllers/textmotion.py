"""How the common motions move in the text.

Lines scroll until the related items come into sight; then the cursor goes through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.ui.widgets.reading_pane import ReadingPane


class TextMotion:
    """The reading pane as one of the three panes that a cursor can be in."""

    def __init__(self, pane: ReadingPane, say: Callable[[str], None]) -> None:
        self._pane = pane
        self._say = say

    def move(self, rows: int) -> None:
        """A line, or a related item once they are in sight."""
        pane = self._pane
        if rows > 0 and (pane.cursor is not None or pane.related_in_sight):
            if not pane.related_next():
                pane.scroll_lines(rows)
        elif rows < 0 and pane.cursor is not None:
            if not pane.related_previous():
                pane.cursor = None
        else:
            pane.scroll_lines(rows)

    def page(self, share: float) -> None:
        """A share of the screen."""
        way = 1 if share > 0 else -1
        if abs(share) < 1:
            self._pane.scroll_half_page(way)
        else:
            self._pane.scroll_page(way)

    def first(self) -> None:
        """To the top."""
        self._pane.cursor = None
        self._pane.home()

    def last(self) -> None:
        """To the end."""
        self._pane.end()

    def activate(self) -> None:
        """Open the related item under the cursor."""
        if self._pane.cursor is not None and not self._pane.activate():
            self._say(_("That article is not here."))
