"""A text in which one can look for something while one reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from textual.timer import Timer

    from kaltimtui.ui.setting.find import Search
    from kaltimtui.ui.setting.lines import Line, Runs
    from kaltimtui.ui.setting.page import Page

_PAUSE: Final = 0.01
"""Seconds between two slices that are looked through, in which keys are answered."""


class Finding(NamedTuple):
    """How a search in the text stands."""

    place: int
    """Which hit one is at, from 1 on; 0: at none."""
    hits: int
    more: bool
    """Whether there may be others yet."""


class FindView(TextView, inherit_bindings=False):
    """Marks what one looks for, and goes from hit to hit."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.tell_found: Callable[[Finding], None] = lambda _finding: None
        """Hears how a search stands whenever that changes."""
        self._sought = ""
        self._search: Search | None = None
        self._hit: int | None = None
        self._near = 0
        """The place in the text from which on the hit one is at is looked for."""
        self._looking: Timer | None = None

    @property
    def finding(self) -> Finding | None:
        """How the search stands; None where one looks for nothing."""
        search = self._search
        if search is None:
            return None
        more = search.full or (search.seen < len(self._page) or not self.complete)
        place = 0 if self._hit is None else self._hit + 1
        return Finding(place, len(search.hits), more)

    def find(self, sought: str) -> None:
        """Mark something else from now on; nothing moves for it. Empty: mark nothing."""
        self._sought = sought
        self._near = self._page.place(self.scroll_offset.y)
        self._search_anew()

    def go_to_hit(self) -> bool:
        """Go to the first hit from the top of what is in sight on; False where there is none."""
        if self._search is None or self._hit is None:
            return False
        line = self._search.hits[self._hit][0].line
        self._near = self._page.place(line)
        top = self.scroll_offset.y
        self._stay()
        if not top <= line < top + self._height:
            self.go_to(line - self._height // 3)
        self._mark_hits()
        return True

    def step_hit(self, way: int) -> bool:
        """Go to the next hit (1) or the one before (-1); whether that led round the end."""
        if self._search is None or self._hit is None:
            return False
        before, count = self._hit, len(self._search.hits)
        self._hit = (before + way) % count
        self.go_to_hit()
        return self._hit <= before if way > 0 else self._hit >= before

    def set_page(self, page: Page, width: int, margin: int) -> None:
        """Show another page, and look through it."""
        super().set_page(page, width, margin)
        self._search_anew()

    def grown(self) -> None:
        """Look through what was laid out besides."""
        if self._search is not None and self._looking is None:
            self._look()

    def _search_anew(self) -> None:
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
        if not self._sought.strip() and self._search is None:
            return
        from kaltimtui.ui.setting.find import Search  # needed where one looks for something

        self._search = Search(self._sought) if self._sought.strip() else None
        self._hit = None
        self._look()

    def _look(self) -> None:
        self._looking = None
        search = self._search
        if search is not None:
            if search.look(self._page.lines, complete=self.complete):
                self._looking = self.set_timer(_PAUSE, self._look, name="find")
            if self._hit is None:
                self._hit = self._nearest(search)
        self._mark_hits()

    def _nearest(self, search: Search) -> int | None:
        """The first hit from where one is on; where all is looked through, the first of all."""
        for at, hit in enumerate(search.hits):
            if self._page.place(hit[0].line) >= self._near:
                return at
        return 0 if search.hits and self._looking is None and self.complete else None

    def _mark_hits(self) -> None:
        self._strips.clear()
        self.refresh()
        if (finding := self.finding) is not None:
            self.tell_found(finding)

    def runs(self, place: int, line: Line) -> Runs:
        """What a line says, with the hits marked."""
        found = self._search.on(place) if self._search is not None else ()
        if not found:
            return line.runs
        from kaltimtui.ui.setting.hits import split

        runs = line.runs
        for start, end, number in found:
            role = Role.FOUND_HERE if number == self._hit else Role.FOUND
            runs = split(runs, ((start, end),), role)
        return runs
