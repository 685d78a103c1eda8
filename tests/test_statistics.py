"""Periods, their parts and the words and bars for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n, statistics
from kaltimtui.statistics import Period, Span

TODAY = date(2026, 11, 24)
DAYS = st.dates()


def span(since: str, until: str) -> Span:
    return Span(date.fromisoformat(since), date.fromisoformat(until))


def test_a_day_begins_at_midnight_in_wita_in_summer_and_in_winter() -> None:
    for month in (1, 7):
        before = datetime(2026, month, 9, 15, 59, 59, tzinfo=UTC)
        assert statistics.today(before) == date(2026, month, 9)
        assert statistics.today(before + timedelta(seconds=1)) == date(2026, month, 10)


@pytest.mark.parametrize(
    ("period", "until", "since", "days"),
    [
        (Period.MONTH, "2026-11-24", "2026-10-26", 30),
        (Period.YEAR, "2026-11-24", "2025-11-25", 365),
        (Period.YEAR, "2024-11-24", "2023-11-25", 366),
        (Period.YEAR, "2024-02-29", "2023-03-01", 366),
        (Period.DECADE, "2024-02-29", "2014-03-01", 3653),
        (Period.DECADE, "2026-11-24", "2016-11-25", 3652),
        (Period.MONTH, "0001-01-05", "0001-01-01", 5),
    ],
)
def test_a_period_ends_today(period: Period, until: str, since: str, days: int) -> None:
    found = statistics.span_of(period, date.fromisoformat(until), None)
    assert found == span(since, until)
    assert found.days == days


@pytest.mark.parametrize(
    ("first", "since"),
    [(date(2013, 2, 26), date(2013, 2, 26)), (None, TODAY), (date(2027, 1, 1), TODAY)],
)
def test_all_the_time_begins_with_the_oldest_article(first: date | None, since: date) -> None:
    assert statistics.span_of(Period.ALL, TODAY, first) == Span(since, TODAY)


@given(DAYS, DAYS, st.integers(1, 200))
def test_the_parts_of_a_period_are_all_of_it(one: date, other: date, most: int) -> None:
    whole = Span(*sorted((one, other)))
    parts = statistics.split(whole, most)
    assert parts[0].since == whole.since
    assert parts[-1].until == whole.until
    assert all(b.since - a.until == timedelta(1) for a, b in pairwise(parts))
    assert all(part.days > 0 for part in parts)
    assert len(parts) <= max(most, 12)


def test_the_parts_are_days_weeks_and_months() -> None:
    month, year = span("2026-10-26", "2026-11-24"), span("2023-03-01", "2024-02-29")
    assert [part.days for part in statistics.split(month, 72)] == [1] * 30
    weeks = statistics.split(year, 72)
    assert len(weeks) == 53
    assert {part.since.weekday() for part in weeks[1:]} == {0}
    assert [part.days for part in statistics.split(year, 20)][-1] == 29  # February of 2024
    assert [part.since.isoformat() for part in statistics.split(year, 8)] == [
        *("2023-03-01", "2023-05-01", "2023-07-01", "2023-09-01", "2023-11-01", "2024-01-01"),
    ]


@given(st.dictionaries(st.dates().map(date.toordinal), st.integers(1, 9)), DAYS, DAYS)
def test_every_article_of_the_period_is_in_one_part(
    days: dict[int, int], one: date, other: date
) -> None:
    whole = Span(*sorted((one, other)))
    parts = statistics.split(whole, 40)
    within = sum(
        count
        for day, count in days.items()
        if whole.since.toordinal() <= day <= whole.until.toordinal()
    )
    assert sum(statistics.counted(days, parts)) == within


def test_a_day_and_weekdays() -> None:
    parts = statistics.split(span("2026-10-26", "2026-11-24"), 6)
    assert [part.days for part in parts] == [7, 7, 7, 7, 2]
    days = {date(2026, 10, 31).toordinal(): 7, date(2026, 11, 1).toordinal(): 14}
    sums = statistics.counted(days | {date(2026, 11, 25).toordinal(): 9}, parts)
    assert sums == (21, 0, 0, 0, 0)
    assert statistics.a_day(sums, parts) == (3, 0, 0, 0, 0)
    assert statistics.by_weekday(days) == (0, 0, 0, 0, 0, 7, 14)
    assert statistics.by_weekday({}) == (0,) * 7


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0, 1),
        (5e-324, 0.0001),
        (0.003, 0.003),
        (0.4, 0.4),
        (1, 1),
        (7, 8),
        (10, 10),
        (11, 20),
        (273, 300),
        (99_999, 100_000),
    ],
)
def test_an_axis_ends_with_a_round_number(most: float, top: float) -> None:
    assert statistics.ceiling(most) == pytest.approx(top)


@given(st.floats(0.001, 1e12))
def test_an_axis_reaches_beyond_what_it_shows(most: float) -> None:
    assert most * (1 - 1e-6) <= statistics.ceiling(most) <= most * 2.0001


def test_bars_are_as_long_as_they_should_be() -> None:
    assert statistics.bar(1, 1, 4) == "████"
    assert statistics.bar(0.5, 1, 4) == "██"
    assert statistics.bar(1, 1000, 4) == "▏"
    assert statistics.bar(0, 5, 4) == statistics.bar(1, 0, 4) == ""


def test_numbers_and_days_are_those_of_the_language() -> None:
    assert [statistics.figure(n) for n in (0, 0.00014, 0.096, 0.25, 4.96, 12.4, 1204)] == [
        *("0", "0,0001", "0,1", "0,2", "5", "12", "1.204")
    ]
    assert statistics.span_text(span("2026-08-24", "2026-08-24")) == "24 Agu 2026"
    assert statistics.span_text(span("2026-08-17", "2026-08-23")) == "17–23 Agu 2026"
    assert statistics.span_text(span("2026-09-28", "2026-10-04")) == "28 Sep – 4 Okt 2026"
    assert statistics.span_text(span("2025-12-29", "2026-01-04")) == "29 Des 2025 – 4 Jan 2026"
    assert statistics.hour_text(9) == "09.00–10.00"
    i18n.set_language("en")
    assert statistics.figure(0.25) == "0.2"
    assert statistics.day_text(date(2026, 8, 24).toordinal()) == "24 Aug 2026"
    assert statistics.hour_text(23) == "23:00–24:00"


@pytest.mark.parametrize(
    ("since", "until", "most", "cells", "labels"),
    [
        ("2026-11-18", "2026-11-24", 7, 8,
         "18 Nov,19 Nov,20 Nov,21 Nov,22 Nov,23 Nov,24 Nov"),
        ("2026-10-26", "2026-11-24", 30, 2, "26 Okt,2 Nov,9 Nov,16 Nov,23 Nov"),
        ("2026-10-26", "2026-11-24", 30, 1, "Nov 2026"),
        ("2025-11-25", "2026-11-24", 72, 1, "Jan 2026,Apr,Jul,Okt"),
        ("2016-11-25", "2026-11-24", 72, 1, "2017,2018,2019,2020,2021,2022,2023,2024,2025,2026"),
        ("0001-01-01", "2026-11-24", 72, 1, "1,500,1000,1500,2000"),
    ],
)  # fmt: skip
def test_an_axis_has_as_many_words_as_there_is_room_for(
    since: str, until: str, most: int, cells: int, labels: str
) -> None:
    parts = statistics.split(span(since, until), most)
    found = statistics.ticks(parts, cells, 72)
    assert ",".join(tick.label for tick in found) == labels


@given(DAYS, DAYS, st.integers(1, 120), st.integers(1, 6))
def test_words_of_an_axis_do_not_run_into_each_other(
    one: date, other: date, most: int, cells: int
) -> None:
    parts = statistics.split(Span(*sorted((one, other))), most)
    found = statistics.ticks(parts, cells, len(parts) * cells)
    for tick, following in pairwise(found):
        assert tick.place * cells + len(tick.label) < following.place * cells
    for tick in found:
        assert tick.place * cells + len(tick.label) <= len(parts) * cells
    assert statistics.ticks((), cells, 0) == ()
