"""What the statistics say on the screen: the parts there are, their charts and their lists."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar, cast

from kaltimtui import i18n, statistics, text
from kaltimtui.almanac import WORDS
from kaltimtui.i18n import N_, _, ngettext
from kaltimtui.statistics import ALL, Named, Period, Tick, bar, figure
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.widgets.chart import Figures, cells_each, room
from kaltimtui.ui.widgets.row_list import Row
from kaltimtui.wording import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kaltimtui.statistics import Span, Statistics

_T = TypeVar("_T")
_HOUR_STEPS: Final = (1, 2, 3, 6, 12)
"""Hours from one word below the axis to the next."""
_NAME: Final = 30
_COUNT: Final = 10
_BAR: Final = 40
"""Cells of the columns at most."""
_NAME_SHARE: Final = 0.45


class Part(StrEnum):
    """What can be looked at."""

    ARTICLES = "articles"
    READING = "reading"
    UNREAD = "unread"
    HOURS = "hours"
    PLACES = "places"
    OFFICES = "offices"


PARTS: Final = tuple(Part)
NAMES: Final = {
    Part.ARTICLES: (N_("Articles"), N_("Articles a day")),
    Part.READING: (N_("Reading"), N_("Marked read a day")),
    Part.UNREAD: (N_("Unread"), N_("Unread by age")),
    Part.HOURS: (N_("Hours"), N_("By hour and weekday")),
    Part.PLACES: (N_("Places"), N_("By place")),
    Part.OFFICES: (N_("Offices"), N_("By office")),
}
"""What a part is called, and what stands over it."""
PERIODS: Final = {
    Period.MONTH: N_("30 days"),
    Period.YEAR: N_("12 months"),
    Period.DECADE: N_("10 years"),
    Period.ALL: N_("all time"),
}


class Asked(NamedTuple):
    """What is looked at."""

    part: Part = Part.ARTICLES
    period: Period = Period.MONTH
    chosen: Named = Named("", 0)
    beside: Named | None = None
    """What it is compared with."""


class Line(NamedTuple):
    """A row of the list: a name, a number, how long its bar is, and what choosing it shows."""

    name: str
    value: str = ""
    share: float = 0.0
    named: Named | None = None
    heading: bool = False


class Plot(Protocol):
    """What a chart shows."""

    def figures(self, width: int) -> Figures:
        """The chart for so many cells."""

    def said(self, place: int) -> str:
        """What one of its bars stands for."""


class Answers:
    """What the statistics have said since the news last changed."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}

    def forget(self) -> None:
        """Ask anew from now on."""
        self._known = {}

    async def get(self, ask: Callable[..., _T], *about: object) -> _T:
        """What was said before, or else is said now, in a thread."""
        known = self._known  # what was asked before the news changed is not kept for after it
        if (ask, about) not in known:
            known[ask, about] = await asyncio.to_thread(ask, *about)
        return cast("_T", known[ask, about])


class TimePlot:
    """Articles over time, beside others."""

    def __init__(
        self, span: Span, days: Mapping[int, int], beside: Mapping[int, int] | None = None
    ) -> None:
        self.span, self._days, self._beside = span, days, beside
        self._parts: Sequence[Span] = ()
        self._sums: Sequence[int] = ()

    def figures(self, width: int) -> Figures:
        """A bar for each part of the period."""
        self._parts = statistics.split(self.span, room(width))
        self._sums = statistics.counted(self._days, self._parts)
        dots: tuple[float, ...] = ()
        if self._beside is not None:
            sums = statistics.counted(self._beside, self._parts)
            dots = statistics.a_day(sums, self._parts)
        words = statistics.ticks(self._parts, cells_each(len(self._parts), width), room(width))
        return Figures(statistics.a_day(self._sums, self._parts), dots, words)

    def said(self, place: int) -> str:
        """Its days, and how many there were."""
        part, count = self._parts[place], self._sums[place]
        said = f"{statistics.span_text(part)}: {i18n.number(count)}"
        if part.days == 1:
            return said
        return f"{said} ({_a_day(count / part.days)})"


class HourPlot:
    """Articles by the hour of the day."""

    def __init__(self, hours: Sequence[int]) -> None:
        self._hours = hours

    def figures(self, width: int) -> Figures:
        """A bar for each hour."""
        each = cells_each(len(self._hours), width)
        step = next(step for step in _HOUR_STEPS if step * each > len("00") + 1)
        words = tuple(Tick(hour, f"{hour:02}") for hour in range(0, len(self._hours), step))
        return Figures(tuple(map(float, self._hours)), (), words)

    def said(self, place: int) -> str:
        """The hour, and how many there were."""
        return f"{statistics.hour_text(place)}: {i18n.number(self._hours[place])}"


def _a_day(value: float) -> str:
    return _("{number} a day").format(number=figure(value))


def subject_name(named: Named) -> str:
    """What is counted."""
    return text.inline(named.name) if named.subject != ALL else _("All")


# --- what each part shows ------------------------------------------------------------------------


async def plot_of(answers: Answers, asked: Statistics, wanted: Asked) -> tuple[Plot | None, str]:
    """The chart of a part, if it has one, and what is told over it."""
    subject = wanted.chosen.subject
    if wanted.part not in (Part.ARTICLES, Part.READING, Part.HOURS):
        return None, subject_name(wanted.chosen)
    span = await answers.get(asked.span, wanted.period)
    if wanted.part is Part.HOURS:
        hours = await answers.get(asked.hours, subject, span)
        return HourPlot(hours), _told(wanted, sum(hours), 0)
    ask = asked.articles if wanted.part is Part.ARTICLES else asked.read
    days = await answers.get(ask, subject, span)
    others = None
    if wanted.part is Part.ARTICLES and wanted.beside is not None:
        others = await answers.get(ask, wanted.beside.subject, span)
    return TimePlot(span, days, others), _told(wanted, sum(days.values()), span.days)


def _told(wanted: Asked, count: int, days: int) -> str:
    parts = [subject_name(wanted.chosen), ngettext("{count} article", "{count} articles", count)]
    if days:
        parts.append(_a_day(count / days))
    if wanted.part is Part.ARTICLES and wanted.beside is not None:
        parts.append(f"• {subject_name(wanted.beside)}")
    return SEPARATOR.join(parts)


async def lines_of(answers: Answers, asked: Statistics, wanted: Asked) -> list[Line]:
    """The list of a part."""
    subject = wanted.chosen.subject
    if wanted.part is Part.UNREAD:
        return _unread_lines(await answers.get(asked.unread, subject))
    span = await answers.get(asked.span, wanted.period)
    match wanted.part:
        case Part.ARTICLES:
            return _total_lines(await answers.get(asked.totals, span))
        case Part.READING:
            return _reading_lines(await answers.get(asked.read, subject, span), span)
        case Part.HOURS:
            return _weekday_lines(await answers.get(asked.articles, subject, span))
        case Part.PLACES:
            return list(_bars(await answers.get(asked.places, subject, span)))
        case _:
            return _office_lines(await answers.get(asked.offices, subject, span))


def _bars(named: Iterable[Named], *, choosing: bool = False) -> Iterable[Line]:
    """A line for each, with a bar as long as its share of the first."""
    rows = list(named)
    most = max((one.articles for one in rows), default=0)
    for one in rows:
        share = one.articles / most if most else 0.0
        yield Line(one.name, i18n.number(one.articles), share, one if choosing else None)


def _total_lines(totals: statistics.Totals) -> list[Line]:
    lines = [Line(_("All"), i18n.number(totals.articles), named=Named("", totals.articles))]
    for name, group in ((_("Sources"), totals.sources), (_("Categories"), totals.categories)):
        if group:
            lines += [Line(name.upper(), heading=True), *_bars(group, choosing=True)]
    return lines


def _reading_lines(days: Mapping[int, int], span: Span) -> list[Line]:
    count = sum(days.values())
    lines = [
        Line(_("Marked read"), i18n.number(count)),
        Line(_("A day"), figure(count / span.days)),
        Line(_("Days with reading"), i18n.number(len(days))),
    ]
    if days:
        day = max(days, key=lambda day: (days[day], day))
        said = statistics.day_text(day)
        lines.append(Line(_("Most on {day}").format(day=said), i18n.number(days[day])))
    return lines


def _unread_lines(unread: statistics.Unread) -> list[Line]:
    return list(_bars(map(Named, statistics.ages(), unread)))


def _weekday_lines(days: Mapping[int, int]) -> list[Line]:
    names = WORDS[i18n.language()].weekdays
    return list(_bars(map(Named, names, statistics.by_weekday(days))))


def _office_lines(offices: statistics.Offices) -> list[Line]:
    found = list(_bars(offices.named))
    return [Line(statistics.looked_through(offices), heading=True), *found] if found else []


def line_row(line: Line, width: int) -> Row:
    """A line of the list for so many cells."""
    name = text.inline(line.name)
    if line.heading:
        return Row((((pad(f" {name}", width), "accent"),),), heading=True)
    cells = max(8, min(_NAME, int(width * _NAME_SHARE)))
    left = max(0, min(_BAR, width - cells - _COUNT - 3))
    return Row(
        (
            (
                (f" {pad(name, cells)}", "plain"),
                (f"{line.value:>{_COUNT}}  ", "meta"),
                (bar(line.share, 1.0, left), "accent"),
            ),
        )
    )
