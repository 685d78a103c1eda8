"""Statistics of the news: how much there is of it, when, from where and about which office.

Days are those of WITA, which knows no summer time; a day is the ordinal ``date.toordinal`` gives.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from kaltimtui import i18n, text
from kaltimtui.almanac import WORDS
from kaltimtui.dates import WITA
from kaltimtui.i18n import _
from kaltimtui.offices import offices_in
from kaltimtui.store import statistics as counts
from kaltimtui.store.statistics import Subject as Subject
from kaltimtui.wording import place_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kaltimtui.library import Library

_K = TypeVar("_K", str, tuple[str, int])

ALL: Final = Subject()
LISTED: Final = 50
"""Places and offices that are told at most."""
HEADLINES: Final = 6_000
TEXTS: Final = 200
"""The newest headlines and texts of a period in which offices are looked for."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_STEPS: Final = (1, 2, 3, 4, 5, 6, 8, 10)
"""What the top of an axis may be, times a power of ten."""
_LEAST: Final = 0.0001
"""The least top of an axis."""
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000)
"""Months that a part of a long period may have."""
_LABEL_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000)
"""Months from one label of an axis to the next."""
_LABEL_GAP: Final = 2


class Period(StrEnum):
    """How far back one looks."""

    MONTH = "30-days"
    YEAR = "12-months"
    DECADE = "10-years"
    ALL = "all"


class Span(NamedTuple):
    """Days in a row, both ends among them."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many they are."""
        return self.until.toordinal() - self.since.toordinal() + 1


class Named(NamedTuple):
    """How many articles there are of something."""

    name: str
    articles: int
    subject: Subject = ALL


class Totals(NamedTuple):
    """Articles of a period by source and by category, the most first."""

    articles: int
    sources: tuple[Named, ...]
    categories: tuple[Named, ...]


class Unread(NamedTuple):
    """Unread articles by age; each counts where it comes first."""

    today: int
    week: int
    """Since Monday."""
    month: int
    year: int
    older: int


class Offices(NamedTuple):
    """Offices by the articles that name them, and how many articles were looked through."""

    named: tuple[Named, ...]
    headlines: int
    texts: int


class Tick(NamedTuple):
    """A word below an axis, at one of its parts."""

    place: int
    label: str


# --- periods -------------------------------------------------------------------------------------


def today(now: datetime) -> date:
    """The day it is, as the clocks of East Kalimantan have it."""
    return now.astimezone(WITA).date()


def last_days(days: int, until: date) -> Span:
    """So many days up to one of them."""
    return Span(date.fromordinal(max(1, until.toordinal() - days + 1)), until)


def span_of(period: Period, until: date, first: date | None) -> Span:
    """The days of a period up to today; ``first`` is the day of the oldest article."""
    match period:
        case Period.MONTH:
            return last_days(30, until)
        case Period.YEAR:
            return Span(_years_before(until, 1), until)
        case Period.DECADE:
            return Span(_years_before(until, 10), until)
        case Period.ALL:
            return Span(min(first or until, until), until)


def _years_before(day: date, years: int) -> date:
    """The day after the same one so many years before, so that whole years lie between."""
    year = max(1, day.year - years)
    try:
        same = day.replace(year=year)
    except ValueError:  # the 29th of February
        same = date(year, 2, 28)
    return date.fromordinal(same.toordinal() + 1)


def split(span: Span, most: int) -> tuple[Span, ...]:
    """A period in at most so many parts: days, weeks from Monday, or months, as few as need be.

    The parts at the ends are cut to the period.
    """
    if span.days <= most:
        starts = range(span.since.toordinal(), span.until.toordinal() + 1)
        return tuple(Span(date.fromordinal(day), date.fromordinal(day)) for day in starts)
    if span.days // 7 + 2 <= most:
        return _cut(span, _mondays(span))
    months = _month(span.until) - _month(span.since) + 1
    step = next((step for step in _MONTHS if months // step + 2 <= most), _MONTHS[-1])
    first = _month(span.since) // step * step
    return _cut(span, map(_first_of, range(first, _month(span.until) + 1, step)))


def _mondays(span: Span) -> Iterable[date]:
    first = span.since.toordinal() - span.since.weekday()
    return (date.fromordinal(max(1, day)) for day in range(first, span.until.toordinal() + 1, 7))


def _month(day: date) -> int:
    """Months since the first of year 0."""
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1) if month >= 12 else date.min


def _cut(span: Span, starts: Iterable[date]) -> tuple[Span, ...]:
    """The parts that begin so, cut to the period."""
    begins = [span.since, *(start for start in starts if start > span.since)]
    ends = [date.fromordinal(start.toordinal() - 1) for start in begins[1:]]
    return tuple(map(Span, begins, [*ends, span.until]))


def counted(days: Mapping[int, int], parts: Sequence[Span]) -> tuple[int, ...]:
    """How many there are in each part of a period."""
    starts = [part.since.toordinal() for part in parts]
    sums = [0] * len(parts)
    for day, count in days.items():
        place = bisect_right(starts, day) - 1
        if place >= 0 and day <= parts[place].until.toordinal():
            sums[place] += count
    return tuple(sums)


def a_day(sums: Sequence[int], parts: Sequence[Span]) -> tuple[float, ...]:
    """How many there are a day in each part."""
    return tuple(count / part.days for count, part in zip(sums, parts, strict=True))


def by_weekday(days: Mapping[int, int]) -> tuple[int, ...]:
    """How many there are on each day of the week, Monday first."""
    found = Counter[int]()
    for day, count in days.items():
        found[(day - 1) % 7] += count
    return tuple(found[weekday] for weekday in range(7))


# --- axes and bars -------------------------------------------------------------------------------


def ceiling(most: float) -> float:
    """A round number that is not below this one, to end an axis with."""
    if most <= _LEAST:
        return _LEAST if most > 0 else 1.0
    power = 1.0
    while power * 10 < most:
        power *= 10
    while power >= most:
        power /= 10
    return next(step * power for step in _STEPS if step * power >= most * (1 - 1e-9))


def figure(value: float) -> str:
    """A number as one reads it: whole from ten up, else with as few decimals as tell something."""
    if value >= 10 or value == round(value):
        return i18n.number(round(value))
    said = (f"{value:.1f}" if value >= 0.1 else f"{value:.1g}").removesuffix(".0")
    return said.replace(".", ",") if i18n.language() == "id" else said


def bar(value: float, most: float, cells: int) -> str:
    """A bar of blocks, ``cells`` long for ``most``; whatever is there at all can be seen."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(min(1.0, value / most) * cells * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def month_name(day: date) -> str:
    """The month of a day, in three letters."""
    return WORDS[i18n.language()].months[day.month - 1][:3]


def span_text(span: Span) -> str:
    """A part of a period in words: "24 Nov 2026", "17–23 Nov 2026", "28 Sep – 4 Okt 2026"."""
    since, until = span
    end = f"{until.day} {month_name(until)} {until.year}"
    if since == until:
        return end
    if (since.year, since.month) == (until.year, until.month):
        return f"{since.day}–{end}"
    year = f" {since.year}" if since.year != until.year else ""
    return f"{since.day} {month_name(since)}{year} – {end}"


def hour_text(hour: int) -> str:
    """An hour of the day: "09.00–10.00"."""
    mark = "." if i18n.language() == "id" else ":"
    return f"{hour:02}{mark}00–{hour + 1:02}{mark}00"


def ages() -> tuple[str, ...]:
    """What the ages of unread articles are called."""
    return (_("Today"), _("This week"), _("This month"), _("This year"), _("Older"))


def looked_through(offices: Offices) -> str:
    """In how many articles offices were looked for."""
    said = _("Of the newest {headlines} headlines and {texts} texts")
    headlines, texts = map(i18n.number, (offices.headlines, offices.texts))
    return said.format(headlines=headlines, texts=texts)


def day_text(day: int) -> str:
    """A day in words, from its ordinal."""
    return span_text(last_days(1, date.fromordinal(day)))


def ticks(parts: Sequence[Span], cells: int, room: int) -> tuple[Tick, ...]:
    """What to write below an axis whose parts take so many cells each: as much as there is room.

    ``room`` is how many cells there are for all of it.
    """
    for found in _tick_sets(parts):
        ends = [tick.place * cells + len(tick.label) + _LABEL_GAP for tick in found]
        starts = [tick.place * cells for tick in found[1:]]
        if all(end <= start for end, start in zip(ends, starts, strict=False)):
            return tuple(tick for tick in found if tick.place * cells + len(tick.label) <= room)
    return ()


def _tick_sets(parts: Sequence[Span]) -> Iterable[list[Tick]]:
    """Words for an axis, the most first."""
    if all(part.days == 1 for part in parts):
        yield [Tick(place, _day_label(part.since)) for place, part in enumerate(parts)]
    if all(part.days <= 7 for part in parts):
        mondays = [(place, _monday(part)) for place, part in enumerate(parts)]
        yield [Tick(place, _day_label(monday)) for place, monday in mondays if monday]
    for step in _LABEL_MONTHS:
        yield _month_ticks(parts, step)
    yield [Tick(0, _day_label(parts[0].since))] if parts else []


def _day_label(day: date) -> str:
    return f"{day.day} {month_name(day)}"


def _monday(part: Span) -> date | None:
    """The Monday within a part, if there is one."""
    last = part.until.toordinal() - part.until.weekday()
    return date.fromordinal(last) if last >= part.since.toordinal() else None


def _month_ticks(parts: Sequence[Span], step: int) -> list[Tick]:
    """A word where a month begins that is a multiple of so many; the year where it changes."""
    found: list[Tick] = []
    year = None
    for place, part in enumerate(parts):
        start = _first_of(_month(part.until) // step * step)
        if start < part.since:
            continue
        label = month_name(start) if step < 12 else ""
        if start.year != year:
            label = f"{label} {start.year}".lstrip()
        year = start.year
        found.append(Tick(place, label))
    return found


# --- asking the store ----------------------------------------------------------------------------


class Statistics:
    """The statistics of one library. It may be asked from many threads at once."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def span(self, period: Period, subject: Subject = ALL) -> Span:
        """The days of a period, up to today."""
        first = None
        if period is Period.ALL:
            with self._library.database.reading() as connection:
                found = counts.first_day(connection, subject)
            first = date.fromordinal(found) if found else None
        return span_of(period, self._today, first)

    def last_days(self, days: int) -> Span:
        """So many days, today the last."""
        return last_days(days, self._today)

    @property
    def _today(self) -> date:
        return today(self._library.now())

    def articles(self, subject: Subject, span: Span) -> dict[int, int]:
        """Articles a day."""
        with self._library.database.reading() as connection:
            return counts.days(connection, subject, *_ordinals(span))

    def read(self, subject: Subject, span: Span) -> dict[int, int]:
        """Articles marked read a day."""
        with self._library.database.reading() as connection:
            return counts.read_days(connection, subject, *_ordinals(span))

    def hours(self, subject: Subject, span: Span) -> tuple[int, ...]:
        """Articles in each hour of the day, of those whose time is known."""
        with self._library.database.reading() as connection:
            found = counts.hours(connection, subject, span.since.toordinal())
        return tuple(found.get(hour, 0) for hour in range(24))

    def totals(self, span: Span, subject: Subject = ALL) -> Totals:
        """Articles by source and by category; one without a category is in the sum alone."""
        with self._library.database.reading() as connection:
            found = counts.totals(connection, subject, span.since.toordinal())
        sources, categories = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
        for one in found:
            sources[one.source_name, one.source] += one.articles
            if one.category_name is not None:
                categories[one.category_name, one.category] += one.articles
        return Totals(
            sum(sources.values()),
            tuple(Named(n, count, Subject("source", id_)) for (n, id_), count in _most(sources)),
            tuple(
                Named(n, count, Subject("category", id_)) for (n, id_), count in _most(categories)
            ),
        )

    def unread(self, subject: Subject) -> Unread:
        """Unread articles by age."""
        now = self._today
        monday = now.toordinal() - now.weekday()
        month, year = (day.toordinal() for day in (now.replace(day=1), now.replace(month=1, day=1)))
        with self._library.database.reading() as connection:
            floors = (now.toordinal(), monday, month, year)
            return Unread(*counts.unread_since(connection, subject, floors))

    def places(self, subject: Subject, span: Span) -> tuple[Named, ...]:
        """The places that most articles are from, by their datelines."""
        with self._library.database.reading() as connection:
            found = counts.places(connection, subject, span.since.toordinal())
        sums, names = Counter[str](), dict[str, str]()
        for dateline, count in sorted(found, key=lambda one: -one[1]):
            place = place_name(text.inline(dateline))
            sums[place.casefold()] += count
            names.setdefault(place.casefold(), place)
        return tuple(Named(names[place], count) for place, count in _most(sums)[:LISTED])

    def offices(self, subject: Subject, span: Span) -> Offices:
        """The offices that most articles name, of the newest of a period."""
        since = span.since.toordinal()
        with self._library.database.reading() as connection:
            headlines = counts.headlines(connection, subject, since, HEADLINES)
            texts = list(counts.texts(connection, subject, since, TEXTS))
        found: dict[int, set[str]] = {}
        for key, words in (*headlines, *texts):
            if names := offices_in(words):
                found.setdefault(key, set()).update(names)
        sums = Counter[str](name for names in found.values() for name in names)
        named = tuple(Named(name, count) for name, count in _most(sums)[:LISTED])
        return Offices(named, len(headlines), len(texts))


def _ordinals(span: Span) -> tuple[int, int]:
    return span.since.toordinal(), span.until.toordinal()


def _most(found: Counter[_K]) -> list[tuple[_K, int]]:
    """The most first, those of as many in the order of their names."""
    return sorted((one for one in found.items() if one[1]), key=lambda one: (-one[1], one[0]))
