"""What changed from one text of an article to another, and the way about in it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual.reactive import reactive

from kaltimtui.comparing import Folded, folded
from kaltimtui.ui.setting.comparison import comparison_lines
from kaltimtui.ui.setting.lines import BLANK, Flow
from kaltimtui.ui.setting.page import Page
from kaltimtui.ui.widgets.line_view import margin_of
from kaltimtui.ui.widgets.sliced_view import SlicedView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events

    from kaltimtui.comparing import Entry, Passage
    from kaltimtui.ui.setting.lines import Line, Piece


class ComparisonView(SlicedView, can_focus=True, inherit_bindings=False):
    """Passages of two texts as one; long stretches that are the same are folded."""

    SLICE: ClassVar[int] = 250

    unfolded: reactive[bool] = reactive(False, repaint=False)
    """Whether all is shown."""

    def __init__(self, measure: int, *, signs: bool, id: str | None = None) -> None:  # noqa: A002
        """``measure``: the widest the text is set. ``signs`` stand for colours."""
        super().__init__(id=id)
        self._measure = measure
        self.signs = signs
        self._above: tuple[Sequence[Piece], ...] = ()
        self._passages: Sequence[Passage] = ()
        self._entries: Sequence[Entry] = ()
        self._opened: set[int] = set()
        """What was unfolded by itself: places of the first passages."""
        self._wanted: int | None = None
        """The passage that is to stand at the top once it is laid out."""

    def show(self, above: tuple[Sequence[Piece], ...], passages: Sequence[Passage]) -> None:
        """Show another comparison, from its top; ``above`` are paragraphs of what is said of it."""
        self._above, self._passages = above, passages
        self._opened.clear()
        self.set_reactive(ComparisonView.unfolded, False)
        self._lay_out(None)

    def watch_unfolded(self) -> None:
        """Fold or unfold, with the same passage at the top."""
        self._opened.clear()
        self._lay_out(self._at_top)

    def on_resize(self) -> None:
        """Set the text anew where its width changed, with the same passage at the top."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out(self._at_top)

    def on_click(self, event: events.Click) -> None:
        """Unfold what was clicked on."""
        offset = event.get_content_offset(self)
        line, _run = self.at(offset.x, offset.y) if offset else (None, None)
        if line is not None and line.item is not None and line.item in self._folds:
            self._opened.add(line.item)
            self._lay_out(self._at_top)

    @property
    def _folds(self) -> set[int]:
        return {entry.first for entry in self._entries if isinstance(entry, Folded)}

    @property
    def _at_top(self) -> int | None:
        """The passage at the top; None where that is what stands above them all."""
        top = self.scroll_offset.y
        items = (line.item for line in self._page.lines[top : top + 2])
        return next((item for item in items if item is not None), None) if top else None

    # --- laying out -----------------------------------------------------------------------

    def _lay_out(self, wanted: int | None) -> None:
        self._wanted = wanted
        self._entries = list(self._shown())
        width = self.scrollable_content_region.width
        margin = margin_of(width, self._measure)
        room = width - 2 * margin
        self.set_page(Page(self._lines(room) if room > 0 else ()), width, margin)
        self._go_on()
        if self._wanted is None:
            self.go_to(0)

    def _shown(self) -> Iterator[Entry]:
        for entry in folded(self._passages):
            if isinstance(entry, Folded) and (self.unfolded or entry.first in self._opened):
                yield from range(entry.first, entry.first + entry.size)
            else:
                yield entry

    def _lines(self, width: int) -> Iterator[Line]:
        above = chain.from_iterable(Flow(pieces).lines(width) for pieces in self._above)
        passages = comparison_lines(self._passages, self._entries, width, signs=self.signs)
        return chain(above, (BLANK,) if self._passages else (), passages)

    def _reach(self, start: int) -> None:
        rows = self._page.rows(self._wanted)
        if rows:
            self._wanted = None
            self.go_to(rows.start)

    # --- going about ----------------------------------------------------------------------

    def move(self, rows: int) -> None:
        """Down so many lines; up where negative."""
        self._wanted = None
        self.go_to(self.scroll_offset.y + rows)

    def page(self, share: float) -> None:
        """By a share of the screen."""
        self.move(self.lines_of(share))

    def first(self) -> None:
        """To the top."""
        self.move(-self.scroll_offset.y)

    def last(self) -> None:
        """To the end."""
        self._finish()
        self.move(self.max_scroll_y)

    def activate(self) -> None:
        """Unfold what is the same, or fold it again."""
        self.unfolded = not self.unfolded
