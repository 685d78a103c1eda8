"""The statistics: how much there is, when and from where, a part of it at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import i18n, statistics
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.statistics import Named, Period
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.movement import Motion
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.status import shown_hints
from kaltimtui.ui.screens.acting import bindings
from kaltimtui.ui.screens.table import TableScreen
from kaltimtui.ui.statisticstext import (
    NAMES,
    PARTS,
    PERIODS,
    Answers,
    Asked,
    Part,
    TimePlot,
    line_row,
    lines_of,
    plot_of,
)
from kaltimtui.ui.widgets.chart import Chart, Figures
from kaltimtui.ui.widgets.lines import BottomLine, Heading, TopLine, fit_lines
from kaltimtui.ui.widgets.list_pane import EmptyNotice
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.statisticstext import Line, Plot
    from kaltimtui.ui.widgets.row_list import Row

_PENDING: Final = "…"
"""What stands for a number that is not known yet."""


class PartNames(Widget):
    """The names of the parts, the one looked at in brackets."""

    DEFAULT_CSS = "PartNames { height: 1; background: $list-ground; }"

    part: reactive[Part] = reactive(Part.ARTICLES)

    def render(self) -> Content:
        """All of them, or the one looked at where there is no room."""
        pieces = []
        for part in PARTS:
            name = _(NAMES[part][0])
            on = part is self.part
            said = f"[{name}]" if on else f" {name} "
            pieces.append(Content.styled(said, "bold $accent-ink" if on else "$ink-muted"))
        line = Content(" ").join(pieces)
        if line.cell_length <= self.size.width:
            return line
        place = f"{PARTS.index(self.part) + 1}/{len(PARTS)}"
        name = _(NAMES[self.part][0])
        return Content.assemble(
            (f" ‹ {name} › ", "bold $accent-ink"), (place, "$ink-muted")
        ).truncate(self.size.width)


class Looking:
    """What is looked at, by keys."""

    def __init__(self, screen: StatisticsScreen) -> None:
        self._screen = screen

    def next_part(self) -> None:
        """To the next part."""
        self._step(1)

    def previous_part(self) -> None:
        """To the part before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        place = PARTS.index(self._screen.wanted.part) + by
        self._screen.look(part=PARTS[place % len(PARTS)])

    def later_bar(self) -> None:
        """One bar of the chart on."""
        self._screen.chart.cursor += 1

    def earlier_bar(self) -> None:
        """One bar of the chart back."""
        self._screen.chart.cursor -= 1

    def period_month(self) -> None:
        """The last 30 days."""
        self._screen.look(period=Period.MONTH)

    def period_year(self) -> None:
        """The last 12 months."""
        self._screen.look(period=Period.YEAR)

    def period_decade(self) -> None:
        """The last 10 years."""
        self._screen.look(period=Period.DECADE)

    def period_all(self) -> None:
        """All there is."""
        self._screen.look(period=Period.ALL)

    def compare(self) -> None:
        """Compare with what the cursor is on, or no longer."""
        self._screen.compare()

    def back(self) -> None:
        """Back to the reader."""
        self._screen.leave()


class StatisticsScreen(TableScreen):
    """A part of the statistics at a time: a chart, and a list that says what it is of."""

    BINDINGS: ClassVar = bindings({Pane.STATISTICS})
    DEFAULT_CSS = """
    StatisticsScreen { background: $list-ground; }
    StatisticsScreen RowList { height: 1fr; }
    StatisticsScreen EmptyNotice { height: auto; background: $list-ground; }
    StatisticsScreen Heading { background: $list-ground; }
    StatisticsScreen Chart { margin: 0 1; }
    """

    def __init__(self, reader: MainScreen) -> None:
        super().__init__()
        self.at = Pane.STATISTICS
        self.reader = reader
        self.wanted = Asked()
        self.lines: list[Line] = []
        self._statistics = statistics.Statistics(reader.library)
        self._answers = Answers()
        self._plot: Plot | None = None
        self._pending = False
        """Whether an answer is waited for."""
        self.top, self.bottom = TopLine(), BottomLine()
        self.names, self.heading = PartNames(), Heading(1)
        self.chart = Chart(self._figures)
        self.table, self.notice = RowList(self._rows, id="statistics"), EmptyNotice()
        self._handlers = handlers(Motion(self), Program(self), Looking(self))

    def compose(self) -> ComposeResult:
        """The names, the chart and the list between the lines."""
        yield self.top
        yield self.names
        yield self.heading
        yield self.chart
        yield self.notice
        yield self.table
        yield self.bottom

    def on_mount(self) -> None:
        """Show how much has come of late, and follow a refresh."""
        self.follow()
        self.heading.lit, self.notice.display, self.chart.display = True, False, False
        self.bottom.keys = shown_hints(Pane.STATISTICS)
        self._fit()
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        fit_lines(self.top, self.bottom, height)
        self.names.display, self.heading.display = height >= 6, height >= 7
        lines = sum(one.display for one in (self.top, self.bottom, self.names, self.heading))
        self.chart.styles.height = max(1, min(16, (height - lines) // 2))

    # What is looked at

    def look(self, *, part: Part | None = None, period: Period | None = None) -> None:
        """Look at a part, or a period; what is asked for in between is given up."""
        before = self.wanted
        self.wanted = before._replace(part=part or before.part, period=period or before.period)
        if self.wanted.part is not before.part:
            self._list([])
        self.names.part = self.wanted.part
        self.top.path = (_("Statistics"), _(PERIODS[self.wanted.period]))
        self.heading.name_shown = _(NAMES[self.wanted.part][1])
        self._ask()

    def reload(self) -> None:
        """The news is other news now: ask anew."""
        self._answers.forget()
        self._ask()

    def _ask(self) -> None:
        self._pending = True
        self._place()
        self.begin(self._load, group="statistics")

    async def _load(self) -> None:
        """Show the chart as soon as it is known, then the list."""
        try:
            self._chart(*await plot_of(self._answers, self._statistics, self.wanted))
            lines = await lines_of(self._answers, self._statistics, self.wanted)
        except KaltimtuiError:
            self._pending = False
            self._list([])
            raise
        self._pending = False
        if lines != self.lines:
            self._list(lines)
        self.notice.message = "" if lines else _("There is nothing in this period.")
        self.notice.display = not lines
        self._place()

    def _chart(self, plot: Plot | None, detail: str) -> None:
        kept, self._plot = self._plot, plot
        self.heading.detail = detail
        self.chart.display = plot is not None
        before = kept.span if isinstance(kept, TimePlot) else None
        same = isinstance(plot, TimePlot) and plot.span == before
        self.chart.renew(from_end=not same)

    def _list(self, lines: list[Line]) -> None:
        self.lines = lines
        self.notice.display = False
        self.table.renew(self._place_of(self.wanted.chosen) if lines else 0)

    def _place_of(self, named: Named) -> int:
        """The row of what is looked at; where it has none in this period, all is looked at."""
        if self.wanted.part is not Part.ARTICLES:
            return 0
        for place, line in enumerate(self.lines):
            if line.named is not None and line.named.subject == named.subject:
                return place
        self._choose(Named("", 0))
        return 0

    def _choose(self, named: Named) -> None:
        self.wanted = self.wanted._replace(chosen=named)
        self._ask()

    def _figures(self, width: int) -> Figures:
        return Figures() if self._plot is None else self._plot.figures(width)

    def _rows(self, width: int) -> list[Row]:
        return [line_row(line, width) for line in self.lines]

    @on(Chart.Moved)
    def _pointed(self) -> None:
        self._place()

    @on(RowList.Moved)
    def _moved(self) -> None:
        named = self._under_cursor
        if named is not None and named.subject != self.wanted.chosen.subject:
            self._choose(named)
        self._place()

    @on(RowList.Activated)
    def compare(self) -> None:
        """Compare with what the cursor is on, or no longer."""
        named, beside = self._under_cursor, self.wanted.beside
        if named is None:
            return
        same = beside is not None and beside.subject == named.subject
        self.wanted = self.wanted._replace(beside=None if same else named)
        self._ask()

    @property
    def _under_cursor(self) -> Named | None:
        """What the row under the cursor chooses; none outside the part that has such rows."""
        place = self.table.cursor
        known = self.wanted.part is Part.ARTICLES and 0 <= place < len(self.lines)
        return self.lines[place].named if known else None

    def _place(self) -> None:
        """Say what the bar stands for that is pointed at, or where the cursor is."""
        rows = sum(not line.heading for line in self.lines)
        above = self.lines[: self.table.cursor]
        if self._plot is not None and self.chart.figures.bars:
            self.bottom.place = self._plot.said(self.chart.cursor)
        elif rows:
            said = _("{place} of {total}")
            place = i18n.number(sum(not line.heading for line in above) + 1)
            self.bottom.place = said.format(place=place, total=i18n.number(rows))
        else:
            self.bottom.place = _PENDING if self._pending else ""
