from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.dates import WITA
from kaltimtui.query import dates, tree
from kaltimtui.query.tree import Aged, Dated

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)  # a Tuesday


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        ("today", "2026-11-24", "2026-11-25"),
        ("yesterday", "2026-11-23", "2026-11-24"),
        ("this-week", "2026-11-23", "2026-11-30"),
        ("last-week", "2026-11-16", "2026-11-23"),
        ("this-month", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("this-year", "2026-01-01", "2027-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
    ],
)
def test_a_day_is_from_midnight_to_midnight_in_east_kalimantan(
    day: str, first: str, after: str
) -> None:
    both = tuple(datetime.fromisoformat(said).replace(tzinfo=WITA) for said in (first, after))
    assert dates.bounds(Dated(day, day), NOW) == both
    assert dates.bounds(Dated(since=day), NOW) == (both[0], dates.LATEST)
    assert dates.bounds(Dated(until=day), NOW) == (dates.EARLIEST, both[1])


def test_today_is_that_of_east_kalimantan_wherever_one_is() -> None:
    late = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert dates.period("today", late)[0] == datetime(2026, 11, 24, tzinfo=WITA)


def test_an_age_is_counted_back_from_now() -> None:
    edge = NOW - timedelta(days=14)
    assert dates.bounds(Aged(younger=True, amount=2, unit="w"), NOW) == (edge, dates.LATEST)
    assert dates.bounds(Aged(younger=False, amount=2, unit="w"), NOW) == (dates.EARLIEST, edge)


@given(st.integers(0, 10**9), st.sampled_from(sorted(tree.UNITS)), st.booleans())
def test_any_age_is_a_time(amount: int, unit: str, younger: bool) -> None:
    since, until = dates.bounds(Aged(younger, amount, unit), NOW)
    assert since <= until


@given(
    st.sampled_from([*tree.DAYS, "0002", "9998", "9998-12", "9998-12-31"]),
    st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1), timezones=st.just(WITA)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_any_day_is_a_time(day: str, now: datetime) -> None:
    since, until = dates.bounds(Dated(day, day), now)
    assert since < until


def test_what_changes_as_time_goes_by_is_known() -> None:
    assert dates.is_relative(Aged(younger=True, amount=1, unit="d"))
    assert dates.is_relative(Dated(since="2020", until="today"))
    assert not dates.is_relative(Dated(since="2020"))


def test_a_time_is_backwards_that_is_so_on_every_day() -> None:
    days = [datetime(2023, 1, 1, tzinfo=WITA) + timedelta(days=day) for day in range(2600)]
    periods = {name: [dates.period(name, day) for day in days] for name in tree.DAYS}
    for since, from_when in periods.items():
        for until, to_when in periods.items():
            ever = any(one[0] < other[1] for one, other in zip(from_when, to_when, strict=True))
            assert dates.is_backwards(since, until) is not ever, (since, until)
    assert dates.is_backwards("2024-03", "2024-02-29")
    assert not dates.is_backwards("2024-02-29", "2024-02")
    assert not dates.is_backwards("today", "1999")
