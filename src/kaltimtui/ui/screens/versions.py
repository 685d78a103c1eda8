"""What changed in an article: any two of its texts as one, with what became of each word."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.binding import Binding
from textual.content import Content

from kaltimtui import dates, i18n, text, versions
from kaltimtui.comparing import Change, compare, counted
from kaltimtui.i18n import _
from kaltimtui.ui.actions import BY_NAME, Hint, Pane, labels
from kaltimtui.ui.background import in_thread
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.movement import Motion
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.status import shown_hints
from kaltimtui.ui.screens.acting import bindings
from kaltimtui.ui.screens.over import OverScreen
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.setting.comparison import legend
from kaltimtui.ui.setting.lines import Look, Role
from kaltimtui.ui.widgets.comparison_view import ComparisonView
from kaltimtui.ui.widgets.lines import BottomLine, Heading, TopLine, fit_lines
from kaltimtui.wording import CHOSEN, SEPARATOR, version_name, version_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.comparing import Passage
    from kaltimtui.models import ArticleData
    from kaltimtui.ui.screens.acting import PaneWidget
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.setting.lines import Piece
    from kaltimtui.ui.widgets.row_list import Row
    from kaltimtui.versions import History

_META: Final = Look((Role.META,))


class Pair(NamedTuple):
    """Places of two texts; of the first one alone, twice the same."""

    old: int
    new: int


class _GivenUpError(Exception):
    """Nobody waits for the comparison any more."""


class VersionList(Sheet[Pair]):
    """All texts of an article with their times, the newest first; two of them to choose."""

    BINDINGS: ClassVar = [
        Binding("space", "tick", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, rows: Sequence[tuple[str, str]], shown: Pair) -> None:
        """``rows``: the name and the time of each, the first one first."""
        super().__init__()
        self._rows = rows
        self._shown = shown
        self._ticked: list[int] = []

    def on_mount(self) -> None:
        """Begin at the one that is shown."""
        super().on_mount()
        self._list.cursor = len(self._rows) - 1 - self._shown.new

    def title_shown(self) -> Content:
        """What this is."""
        told = _("Space chooses two to compare; Enter alone compares with the one before.")
        return Content.assemble(
            (_("All versions"), "bold $ink-strong"), (f"\n{told}", "$ink-muted")
        )

    def rows(self, width: int) -> list[Row]:
        """A row for each, of two lines: a time does not fit beside a name everywhere."""
        from kaltimtui.ui.widgets.row_list import Row

        found = []
        for place, (name, time) in reversed(list(enumerate(self._rows))):
            on = place in self._ticked
            tick = (f"[{CHOSEN if on else ' '}] ", "warm" if on else "meta")
            look = "strong" if place in self._shown else "plain"
            room = max(1, width - 7)
            first = (("  ", "plain"), tick, (text.fit(name, room), look))
            found.append(Row((first, (("      ", "plain"), (text.fit(time, room), "meta")))))
        return found

    def hints(self) -> tuple[Hint, ...]:
        """Choose, compare, leave."""
        return (
            Hint(_("Space"), _("choose"), "tick"),
            Hint("Enter", _("compare"), "take"),
            Hint("Esc", _("leave"), "leave"),
        )

    @property
    def _under_cursor(self) -> int:
        return len(self._rows) - 1 - self._list.cursor

    def action_tick(self) -> None:
        """Choose the one under the cursor, or no longer; of three the first is let go."""
        place = self._under_cursor
        if place in self._ticked:
            self._ticked.remove(place)
        else:
            self._ticked = [*self._ticked[-1:], place]
        self._list.renew()

    def action_take(self) -> None:
        """Compare the two that are chosen, else the one under the cursor with another."""
        chosen = {*self._ticked} if len(self._ticked) == 2 else {*self._ticked, self._under_cursor}
        new = max(chosen)
        self.dismiss(Pair(min(chosen) if len(chosen) == 2 else max(0, new - 1), new))


class Stepping:
    """What the keys do."""

    def __init__(self, screen: VersionsScreen) -> None:
        self._screen = screen

    def older_version(self) -> None:
        """To the version before, beside the one before that."""
        self._screen.step(-1)

    def newer_version(self) -> None:
        """To the next version, beside the one before it."""
        self._screen.step(1)

    def choose_versions(self) -> None:
        """Show all versions."""
        self._screen.choose()

    def unfold(self) -> None:
        """Show what is the same too, or fold it again."""
        self._screen.pane.activate()

    def changes(self) -> None:
        """Back to the article."""
        self._screen.leave()

    def back(self) -> None:
        """Back to the article."""
        self._screen.leave()


class VersionsScreen(OverScreen):
    """Two texts of an article as one. It has the whole screen; the reader stands still below."""

    AUTO_FOCUS: ClassVar[str | None] = "ComparisonView"
    BINDINGS: ClassVar = bindings({Pane.VERSIONS})
    DEFAULT_CSS = "VersionsScreen ComparisonView { height: 1fr; }"

    def __init__(self, reader: MainScreen, article: str, history: History) -> None:
        super().__init__()
        self.at = Pane.VERSIONS
        self.reader = reader
        self.history = history
        self._knew_last = versions.knows_last(history)
        self.wanted = Pair(*versions.since_read(history))
        """The two that are asked for."""
        self.shown: Pair | None = None
        """The two that are shown."""
        self._article = article
        self._texts = versions.of(reader.library)
        # Terminals of fewer colours often strike nothing out, and colour alone tells nothing.
        signs = reader.app.no_color or reader.app.console.color_system != "truecolor"
        self.top, self.bottom, self.heading = TopLine(), BottomLine(), Heading(2)
        self.view = ComparisonView(reader.state.measure, signs=signs, id="comparison")
        self._handlers = handlers(Motion(self), Program(self), Stepping(self))

    def compose(self) -> ComposeResult:
        """The comparison between the lines."""
        yield self.top
        yield self.heading
        yield self.view
        yield self.bottom

    def on_mount(self) -> None:
        """Show what changed since the article was read."""
        self.top.path = (_("Versions"),)
        self.top.clock = dates.clock(self.reader.clock())
        self.heading.lit = True
        self.bottom.keys = shown_hints(Pane.VERSIONS)
        self._fit()
        self._compare()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        fit_lines(self.top, self.bottom, height)
        self.heading.display = height >= 6

    @property
    def pane(self) -> PaneWidget:
        """The comparison."""
        return self.view

    # Which two

    def step(self, by: int) -> None:
        """To another version, beside the one before it."""
        new = self.wanted.new + by
        if not 0 <= new < len(self.history.versions):
            self.say(_("There is no version before.") if by < 0 else _("There is no newer one."))
            return
        self.wanted = Pair(max(0, new - 1), new)
        self._compare()

    def choose(self) -> None:
        """Show all versions, to choose two."""
        now, known = self.reader.clock(), self.history.read
        rows = []
        for place, version in enumerate(self.history.versions):
            read = SEPARATOR + _("the one you know") if place == known else ""
            rows.append((self._called(place) + read, version_time(version.since, now)))
        self.app.push_screen(VersionList(rows, self.wanted), self._chosen)

    def _chosen(self, pair: Pair | None) -> None:
        if pair is not None:
            self.wanted = pair
            self._compare()

    def _called(self, place: int) -> str:
        return version_name(place + 1, len(self.history.versions))

    # Comparing

    def _compare(self) -> None:
        """Compare the two that are wanted; what was begun before is given up."""
        pair = self.wanted
        self.heading.name_shown = self._called(pair.new)
        since = self.history.versions[pair.new].since
        self.heading.detail = version_time(since, self.reader.clock())
        if self.shown is None:
            self.view.show((((_("Comparing …"), _META),),), ())
        self.begin(partial(self._load, pair), group="comparison")

    async def _load(self, pair: Pair) -> None:
        title, passages = await in_thread(partial(self._compared, pair))
        self.shown = pair
        self.top.path = (_("Versions"), title)
        self.view.show(self._above(pair, passages), passages)
        if pair.new == len(self.history.versions) - 1 and self.history.unseen:
            # Of the reader, so that it is done although one leaves at once.
            self.reader.begin(self._see, group="seen", replacing=False)

    def _compared(self, pair: Pair, given_up: Callable[[], bool]) -> tuple[str, Sequence[Passage]]:
        def check() -> None:
            if given_up():
                raise _GivenUpError

        old, new = map(self._text, pair)
        return new.title, compare(old, new, check)

    def _text(self, place: int) -> ArticleData:
        return self._texts.text(self._article, self.history.versions[place])

    def _above(self, pair: Pair, passages: Sequence[Passage]) -> tuple[Sequence[Piece], ...]:
        """What is said of the two: beside which one it stands, and how much changed."""
        if pair.old == pair.new:
            return (((_("This is the first text that is known."), _META),),)
        since = version_time(self.history.versions[pair.old].since, self.reader.clock())
        beside = _("Compared with version {number}: {time}").format(
            number=i18n.number(pair.old + 1), time=since
        )
        count = counted(passages)
        changes = [(count[change], change) for change in (Change.REMOVED, Change.ADDED)]
        told = ((beside, _META),), legend(changes, signs=self.view.signs)
        nothing_since = self._knew_last and pair == versions.since_read(self.history)
        return (((self._nothing_since(), _META),), *told) if nothing_since else told

    def _nothing_since(self) -> str:
        """That one knows the last text, so that what is shown is what changed last."""
        key = labels(BY_NAME["choose_versions"])[0]
        said = _("Nothing has changed since you read it: {key} shows all versions.")
        return said.format(key=key)

    async def _see(self) -> None:
        """The user has looked at what changed, and knows the last text: its mark goes."""
        last = len(self.history.versions) - 1
        seen = partial(self._texts.set_seen, self._article, self.history.versions[last])
        if not await asyncio.to_thread(seen):
            return
        self.history = self.history._replace(read=last, unseen=False)
        row = await asyncio.to_thread(self.reader.library.row, self._article)
        self.reader.list_pane.articles.replace(row)
        await self.reader.comparing.looked_at(row)
