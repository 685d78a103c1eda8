"""The times that a search names, as the clocks of East Kalimantan have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kaltimtui.dates import WITA
from kaltimtui.query import tree
from kaltimtui.query.tree import Aged, Dated

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
LATEST: Final = datetime(9999, 12, 30, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_UNITS: Final = {
    "h": timedelta(hours=1),
    "d": _DAY,
    "w": timedelta(days=7),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
_YEAR, _MONTH = 4, 7
"""Characters of a day that is a year, and of one that is a month."""


def bounds(term: Dated | Aged, now: datetime) -> tuple[datetime, datetime]:
    """From when, and until before when, an article is listed that is meant."""
    if isinstance(term, Aged):
        span = _UNITS[term.unit]
        # A number that leads out of the calendar leads to its beginning.
        many = term.amount > (now - EARLIEST) // span
        edge = EARLIEST if many else now - term.amount * span
        return (edge, LATEST) if term.younger else (EARLIEST, edge)
    since = period(term.since, now)[0] if term.since else EARLIEST
    until = period(term.until, now)[1] if term.until else LATEST
    return since, until


def is_relative(term: object) -> bool:
    """Whether what a term means changes as time goes by."""
    if isinstance(term, Aged):
        return True
    return isinstance(term, Dated) and any(day in tree.DAYS for day in (term.since, term.until))


@lru_cache(maxsize=1024)
def is_backwards(since: str, until: str) -> bool:
    """Whether a time is over before it begins, on whatever day one asks.

    Of a day of the calendar and one that is named from today on, nothing is said: what is a slip
    today may be none tomorrow.
    """
    if (since in tree.DAYS) is not (until in tree.DAYS):
        return False
    return all(period(until, now)[1] <= period(since, now)[0] for now in _EDGES)


def period(day: str, now: datetime) -> tuple[datetime, datetime]:
    """When a day, month, year or one of ``tree.DAYS`` begins, and when it is over."""
    if day in _PERIODS:
        here = now.astimezone(WITA)
        return _PERIODS[day](here.replace(hour=0, minute=0, second=0, microsecond=0))
    start = first_moment(day)
    if len(day) == _YEAR:
        return start, _next_year(start)
    return start, _next_month(start) if len(day) == _MONTH else start + _DAY


def first_moment(day: str) -> datetime:
    """The beginning of ``2023``, ``2023-01`` or ``2023-01-31``. Raises ValueError."""
    full = day + "-01-01"[len(day) - _YEAR :] if len(day) < len("2023-01-31") else day
    moment = datetime.strptime(full, "%Y-%m-%d").replace(tzinfo=WITA)
    if not EARLIEST.year < moment.year < LATEST.year:
        raise ValueError(day)
    return moment


def _next_month(start: datetime) -> datetime:
    return (start.replace(day=28) + 4 * _DAY).replace(day=1)


def _next_year(start: datetime) -> datetime:
    return start.replace(year=start.year + 1, month=1, day=1)


def _week(start: datetime) -> tuple[datetime, datetime]:
    monday = start - start.weekday() * _DAY
    return monday, monday + 7 * _DAY


def _month(start: datetime) -> tuple[datetime, datetime]:
    first = start.replace(day=1)
    return first, _next_month(first)


def _year(start: datetime) -> tuple[datetime, datetime]:
    first = start.replace(month=1, day=1)
    return first, _next_year(first)


_PERIODS: Final[dict[str, Callable[[datetime], tuple[datetime, datetime]]]] = {
    "today": lambda day: (day, day + _DAY),
    "yesterday": lambda day: (day - _DAY, day),
    "this-week": _week,
    "last-week": lambda day: _week(day - 7 * _DAY),
    "this-month": _month,
    "last-month": lambda day: _month(day.replace(day=1) - _DAY),
    "this-year": _year,
    "last-year": lambda day: _year(day.replace(month=1, day=1) - _DAY),
}
# Where days, weeks, months and years go into one another, and where they do not: a Monday that
# begins a year, a year that begins within a week, and a day in the midst of everything.
_EDGES: Final = tuple(
    datetime.fromisoformat(day).replace(tzinfo=WITA)
    for day in ("2024-01-01", "2025-01-01", "2024-07-17")
)
