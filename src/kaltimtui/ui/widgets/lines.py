"""Lines of words: at the top, at the bottom, and over each pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import i18n, text
from kaltimtui.i18n import ngettext
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.setting.lines import cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from kaltimtui.models import Progress
    from kaltimtui.rule import Notice
    from kaltimtui.ui.actions import Hint

_CLOCK: Final = 30
_PATH: Final = 24
"""Cells that are left to where one is, whatever else there is to tell but one thing."""
_GAP: Final = "   "
_TODAY_FROM: Final = 60
_BAR_FROM: Final = 100
_BAR: Final = 12
_NAME: Final = 16
_SHORT_NAME: Final = 12
_ROWS_FOR_TOP: Final = 4
_ROWS_FOR_BOTTOM: Final = 8
MOST_LINES: Final = 3
"""That a message takes at most."""


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


def folded(said: str, width: int, most: int = MOST_LINES) -> list[str]:
    """A message in lines, so many at most.

    One that needs more gives way in its middle: what to do about it stands at its end.
    """
    lines = [said[start:end] for start, end in cuts(said, width)]
    if len(lines) <= most:
        return lines
    head = most // 2
    first, *rest = lines[head - most :]
    while first and text.width(first) > width - 2:
        _word, blank, left = first.partition(" ")
        first = left if blank else first[1:]
    return [*lines[:head], f"… {first}", *rest]


class Failure(NamedTuple):
    """A source that cannot be fetched."""

    source: int
    name: str
    reason: str


class Glance(NamedTuple):
    """What there is to tell of fetching."""

    progress: Progress | None = None
    """How far a refresh has come; None while there is none."""
    new: int = 0
    """Articles that came and were not looked at."""
    failing: tuple[Failure, ...] = ()
    notices: tuple[Failure, ...] = ()
    """Those of them that the user did not put out of sight."""
    network: str = ""
    """A word where there is no network."""
    told: tuple[Notice, ...] = ()
    """What rules have to tell of, until it is looked at or put away; the newest last."""


class Spot(NamedTuple):
    """A piece of a line that does something when it is clicked."""

    cells: range
    action: str


class ClickLine(Widget):
    """A line with spots to click."""

    class Clicked(Message):
        """A spot was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    spots: tuple[Spot, ...] = ()

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked on."""
        for spot in self.spots:
            if event.x in spot.cells:
                self.post_message(self.Clicked(spot.action))


class TopLine(ClickLine):
    """The name of the program, where one stands, what is being fetched, and the clock."""

    DEFAULT_CSS = "TopLine { height: 1; dock: top; }"

    path: reactive[tuple[str, ...]] = reactive(())
    today: reactive[int] = reactive(0)
    """Unread articles of today."""
    clock: reactive[str] = reactive("")
    trouble: reactive[str] = reactive("")
    glance: reactive[Glance] = reactive(Glance())
    naming: reactive[bool] = reactive(False)
    """Whether a source that fails is named here, because there is no room below for that."""

    def render(self) -> Content:
        """The line, fitted to the screen."""
        width = self.size.width
        where = " › ".join(map(text.inline, self.path))
        left = [Content.styled(" KALTIM ", "bold $accent-ink")]
        if where:
            left.append(Content.styled(f"  {where}", "$ink"))
        crowded = self.naming and self.glance.failing and width < _TODAY_FROM
        told = width >= _CLOCK and not crowded
        clock = [Content.styled(f"   {self.clock} ", "$ink-muted")] if told else [Content(" ")]
        right: list[Content] = [Content(" ")]
        ends: list[tuple[int, int, str]] = []
        room = width - _PATH - sum(piece.cell_length for piece in clock)
        taken = 1
        for piece, action in self._told(width):
            gap = _GAP if ends else ""
            if ends and taken + len(gap) + piece.cell_length > room:
                break
            right += [Content(gap), piece]
            taken += len(gap) + piece.cell_length
            ends.append((taken - piece.cell_length, taken, action))
        if width < _TODAY_FROM and sum(one.cell_length for one in (*left, *right, *clock)) > width:
            clock = [Content(" ")]  # where one is, one does not know otherwise
        right += clock
        start = width - sum(piece.cell_length for piece in right)
        self.spots = tuple(
            Spot(range(start + first, start + last), action)
            for first, last, action in ends
            if action
        )
        return spread(left, right, width)

    def _told(self, width: int) -> list[tuple[Content, str]]:
        """What is told, each with what a click on it does; the most pressing first."""
        glance = self.glance
        told: list[tuple[Content, str]] = []
        if self.trouble:
            told.append((Content.styled(f"! {text.inline(self.trouble)}", "$error-ink"), ""))
        if glance.progress is not None:
            told.append((progress_content(glance.progress, width), "stop_refresh"))
        if glance.network:
            told.append((Content.styled(glance.network, "$warm-ink"), ""))
        if glance.failing:
            said = self._failing(glance.failing, width)
            told.append((Content.styled(f"! {said}", "$error-ink"), "sources"))
        if glance.new:
            said = ngettext("{count} new article", "{count} new articles", glance.new)
            told.append((Content.styled(said, "bold $warm-ink"), "newest"))
        elif self.today and width >= _TODAY_FROM:
            said = ngettext("{count} new today", "{count} new today", self.today)
            told.append((Content.styled(said, "$ink-muted"), ""))
        return told

    def _failing(self, failing: Sequence[Failure], width: int) -> str:
        count = len(failing)
        if self.naming:
            room = _NAME if width >= _TODAY_FROM else _SHORT_NAME
            return f"{i18n.number(count)}: {text.fit(text.inline(failing[0].name), room)}"
        return ngettext("{count} source fails", "{count} sources fail", count)


def progress_content(progress: Progress, width: int) -> Content:
    """How far a refresh has come; a bar and a name beside it where there is room."""
    if not progress.total:
        return Content.styled("⟳ …", "$accent-ink")
    pieces = [(f"⟳ {progress.done}/{progress.total}", "$accent-ink")]
    if width >= _BAR_FROM:
        full = _BAR * progress.done // progress.total
        pieces += [(" " + "━" * full, "$accent-ink"), ("─" * (_BAR - full), "$ink-muted")]
        pieces.append((f" {pad(_waited_for(progress), _NAME)}", "$ink-muted"))
        if progress.pages and progress.new:
            walked = ngettext("{count} article", "{count} articles", progress.new)
            pieces.append((f" {walked}", "$ink-muted"))
    return Content.assemble(*pieces)


def _waited_for(progress: Progress) -> str:
    """The source that is waited for; where it is not told, the one that was finished last."""
    if progress.under_way:
        return text.inline(progress.under_way)
    if progress.pages and progress.last is None:
        return ngettext("{count} page", "{count} pages", progress.pages)
    return text.inline(progress.last.source) if progress.last else ""


class BottomLine(ClickLine):
    """The keys that work here and how far one has come; or what was just done.

    What is said has all of the line, and as many lines above it as it needs.
    """

    DEFAULT_CSS = "BottomLine { height: 1; dock: bottom; }"

    keys: reactive[tuple[Hint, ...]] = reactive(())
    said: reactive[str] = reactive("", init=False)
    place: reactive[str] = reactive("")
    over: reactive[bool] = reactive(True, init=False)
    """Whether the lines above it are laid over what stands there, which need not move then."""
    roomy: reactive[bool] = reactive(True, init=False)
    """Whether there is room for it while nothing is said."""

    def say(self, message: str) -> None:
        """Say something in place of the keys; nothing brings the keys back."""
        self.said = text.inline(message)

    @property
    def told(self) -> list[str]:
        """What is said, line by line."""
        width, height = self.app.size
        return folded(self.said, width - 2, max(1, min(MOST_LINES, height // 2)))

    def _fit(self) -> None:
        lines = max(1, len(self.told))
        self.display = self.roomy or bool(self.said)
        # The docked line takes as many of the screen as it has with its margin.
        above = lines - self.roomy if self.over else 0
        self.styles.height, self.styles.margin = lines, (-above, 0, 0, 0)

    def watch_said(self) -> None:
        """Take the lines that it needs, or give them back."""
        self._fit()

    def watch_over(self) -> None:
        """Make room for what is said, or lie over what is there."""
        self._fit()

    def watch_roomy(self) -> None:
        """Come or go."""
        self._fit()

    def on_resize(self) -> None:
        """Set what is said anew for another width."""
        if self.said:
            self._fit()

    def on_click(self, event: events.Click) -> None:
        """Put away what is said."""
        self.say("")

    def render(self) -> Content:
        """The line, fitted to the screen."""
        self.spots = ()
        if self.said:
            return Content.styled("\n".join(f" {line}" for line in self.told), "$ink")
        right = [Content.styled(f"  {self.place} ", "$ink-muted")] if self.place else []
        room = self.size.width - 1 - sum(piece.cell_length for piece in right)
        return spread([Content(" "), *self._hints(room)], right, self.size.width)

    def _hints(self, room: int) -> Sequence[Content]:
        """As many as there is room for, none cut."""
        shown: list[Content] = []
        spots: list[Spot] = []
        end = 1
        for hint in self.keys:
            gap = "  " if shown else ""
            piece = Content.assemble(
                gap, (hint.key, "bold $accent-ink"), (f" {hint.word}", "$ink-muted")
            )
            start, end = end + len(gap), end + piece.cell_length
            if end > room + 1:
                break
            shown.append(piece)
            spots.append(Spot(range(start, end), hint.action))
        self.spots = tuple(spot for spot in spots if spot.action)
        return shown


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


def fit_lines(top: TopLine, bottom: BottomLine, height: int) -> None:
    """Show the lines above and below where a screen over the reader is high enough for each."""
    top.display, bottom.roomy = height >= _ROWS_FOR_TOP, height >= _ROWS_FOR_BOTTOM
