"""What the store counts: days, hours, places, sources, ages and offices, within a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.dates import WITA, Stamp
from kaltimtui.models import Marking, View
from kaltimtui.statistics import ALL, Named, Period, Span, Statistics, Subject, Unread
from kaltimtui.store import keys
from kaltimtui.store import statistics as counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Clock

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData, SourceData

    Make = Callable[..., ArticleData]

WIDE = Span(date(1900, 1, 1), date(2026, 11, 24))
"""Up to the day at which the clock of the tests stands."""


def at(text: str) -> Stamp:
    return Stamp(datetime.fromisoformat(text).replace(tzinfo=WITA), "time")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


NUMBERS = count()


def store(library: Library, source: SourceData, make: Make, *stamps: str, **said: object) -> None:
    """Keep an article for each of some times; all say the same beside."""
    articles = [make(next(NUMBERS), published=at(text), **said) for text in stamps]
    library.store_articles(source, articles)


@given(st.datetimes(timezones=st.just(WITA)))
def test_every_second_is_of_the_day_the_calendar_says(moment: datetime) -> None:
    seconds = keys.seconds_of(moment)
    assert counts.day_of(seconds) == moment.date().toordinal()
    assert counts.start_of(counts.day_of(seconds)) <= seconds


def test_an_empty_store_has_nothing_of_all(library: Library) -> None:
    asked = Statistics(library)
    whole = asked.span(Period.ALL)
    assert whole == Span(date(2026, 11, 24), date(2026, 11, 24))
    assert asked.articles(ALL, whole) == asked.read(ALL, whole) == {}
    assert asked.hours(ALL, whole) == (0,) * 24
    assert asked.totals(whole) == (0, (), ())
    assert asked.unread(ALL) == Unread(0, 0, 0, 0, 0)
    assert asked.places(ALL, whole) == ()
    assert asked.offices(ALL, whole) == ((), 0, 0)


def test_one_article_is_counted_once_in_everything(
    library: Library, portal: SourceData, make: Make
) -> None:
    said = {"dateline": "SAMARINDA", "title": "Dinas Kesehatan Buka Posyandu"}
    store(library, portal, make, "2026-11-03T09:30:00", **said)
    asked = Statistics(library)
    whole = asked.span(Period.ALL)
    assert whole == Span(date(2026, 11, 3), date(2026, 11, 24))
    assert asked.articles(ALL, whole) == {day("2026-11-03"): 1}
    assert asked.hours(ALL, whole)[9] == sum(asked.hours(ALL, whole)) == 1
    totals = asked.totals(whole)
    assert (totals.articles, [one.name for one in totals.sources]) == (1, ["Portal Kaltim"])
    assert [(one.name, one.articles) for one in totals.categories] == [("Sosial", 1)]
    assert asked.unread(ALL) == Unread(0, 0, 1, 0, 0)
    assert asked.places(ALL, whole) == (Named("Samarinda", 1),)
    assert asked.offices(ALL, whole) == ((Named("Dinas Kesehatan", 1),), 1, 1)
    assert asked.articles(ALL, asked.last_days(21)) == {}
    assert asked.articles(ALL, asked.last_days(22)) == {day("2026-11-03"): 1}


def test_days_begin_at_midnight_in_wita(library: Library, portal: SourceData, make: Make) -> None:
    moments = [
        datetime(2024, 2, 28, 15, 59, 59, tzinfo=UTC),
        datetime(2024, 2, 28, 16, 0, 0, tzinfo=UTC),
        datetime(2024, 7, 9, 16, 0, 0, tzinfo=UTC),
        datetime(1950, 1, 1, 15, 59, 59, tzinfo=UTC),
    ]
    articles = [make(n, published=Stamp(moment, "time")) for n, moment in enumerate(moments)]
    library.store_articles(portal, articles)
    asked = Statistics(library)
    assert asked.articles(ALL, WIDE) == {
        day("2024-02-28"): 1,
        day("2024-02-29"): 1,
        day("2024-07-10"): 1,
        day("1950-01-01"): 1,
    }
    assert (asked.hours(ALL, WIDE)[0], asked.hours(ALL, WIDE)[23]) == (2, 2)
    assert asked.span(Period.ALL).since == date(1950, 1, 1)


def test_what_is_ahead_of_today_counts_as_today(
    library: Library, portal: SourceData, make: Make
) -> None:
    store(library, portal, make, "2026-11-24T23:00:00", "2026-11-25T07:00:00")
    asked = Statistics(library)
    span = asked.last_days(1)
    assert asked.articles(ALL, span) == {day("2026-11-24"): 2}
    assert asked.totals(span).articles == 2
    assert asked.unread(ALL) == Unread(2, 0, 0, 0, 0)


def test_days_whose_time_is_not_known_have_no_hour(
    library: Library, portal: SourceData, make: Make
) -> None:
    midnight = datetime(2026, 11, 3, tzinfo=WITA)
    library.store_articles(
        portal, [make(0, published=Stamp(midnight, "day")), make(1, published=None)]
    )
    asked = Statistics(library)
    assert sum(asked.articles(ALL, WIDE).values()) == 2
    assert sum(asked.hours(ALL, WIDE)) == 0


def test_a_subject_is_counted_alone(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    store(library, portal, make, "2026-11-03T09:30:00", "2026-11-04T09:30:00", dateline="BERAU")
    store(library, feed, make, "2026-11-03T10:30:00", category="Kesehatan", dateline="Berau")
    store(library, feed, make, "2026-11-05T10:30:00", title="Polda", category="Sosial")
    asked = Statistics(library)
    totals = asked.totals(WIDE)
    of = {one.name: one.subject for one in (*totals.sources, *totals.categories)}
    counted = {name: sum(asked.articles(subject, WIDE).values()) for name, subject in of.items()}
    assert counted == {"Portal Kaltim": 2, "Warta": 2, "Kesehatan": 1, "Sosial": 3}
    assert counted == {one.name: one.articles for one in (*totals.sources, *totals.categories)}
    assert asked.hours(of["Kesehatan"], WIDE)[10] == 1
    assert asked.places(ALL, WIDE) == (Named("Berau", 3),)
    assert asked.places(of["Sosial"], WIDE) == (Named("Berau", 2),)
    assert asked.offices(of["Warta"], WIDE).named == (Named("Polda", 1),)
    assert asked.offices(of["Sosial"], WIDE).headlines == 3
    assert asked.unread(of["Sosial"]) == Unread(0, 0, 3, 0, 0)
    assert asked.unread(of["Warta"]).month == 2
    alone = asked.totals(WIDE, of["Warta"])
    assert [one.name for one in (*alone.sources, *alone.categories)] == [
        *("Warta", "Kesehatan", "Sosial")
    ]
    assert asked.span(Period.ALL, of["Warta"]).since == date(2026, 11, 3)


def test_what_was_read_counts_on_the_day_it_was_marked(
    library: Library, portal: SourceData, feed: SourceData, make: Make, clock: Clock
) -> None:
    store(library, portal, make, "2020-01-01T08:00:00", "2020-01-02T08:00:00")
    store(library, feed, make, "2020-01-03T08:00:00")
    rows = library.rows(View())
    library.mark([rows[0].id, rows[1].id], [Marking("read", True)])
    clock.go(days=1)
    library.mark([rows[2].id], [Marking("read", True)])
    library.mark([rows[0].id], [Marking("read", False)])
    asked = Statistics(library)
    assert asked.read(ALL, asked.last_days(30)) == {day("2026-11-24"): 1, day("2026-11-25"): 1}
    totals = asked.totals(WIDE)
    portal_alone = next(one.subject for one in totals.sources if one.name == "Portal Kaltim")
    assert asked.read(portal_alone, asked.last_days(1)) == {day("2026-11-25"): 1}
    sosial = totals.categories[0].subject
    assert sum(asked.read(sosial, asked.last_days(2)).values()) == 2
    assert asked.read(ALL, Span(date(2026, 11, 26), date(2026, 11, 26))) == {}


def test_reading_is_the_same_by_the_marks_and_by_the_articles(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    store(library, portal, make, *(f"2020-01-0{n}T08:00:00" for n in range(1, 5)))
    store(library, feed, make, "2020-01-03T08:00:00", category="Ekonomi")
    rows = library.rows(View())
    asked = Statistics(library)
    totals = asked.totals(WIDE)
    subjects = {one.name: one.subject for one in (*totals.sources, *totals.categories)}

    def read() -> dict[str, int]:
        span = asked.last_days(1)
        return {name: sum(asked.read(one, span).values()) for name, one in subjects.items()}

    few = [row.id for row in rows if row.source == "Warta"]
    library.mark(few, [Marking("read", True)])
    assert read() == {"Portal Kaltim": 0, "Warta": 1, "Sosial": 0, "Ekonomi": 1}
    library.mark([row.id for row in rows], [Marking("read", True)])
    assert read() == {"Portal Kaltim": 4, "Warta": 1, "Sosial": 4, "Ekonomi": 1}


@pytest.mark.parametrize(
    ("now", "counted"),
    [
        ("2026-11-24", Unread(1, 1, 1, 1, 1)),  # a Tuesday
        ("2026-01-02", Unread(1, 2, 0, 0, 2)),  # the week began in the year before
    ],
)
def test_an_unread_article_counts_where_it_comes_first(
    library: Library, portal: SourceData, make: Make, clock: Clock, now: str, counted: Unread
) -> None:
    clock.now = datetime.fromisoformat(f"{now}T08:15:00").replace(tzinfo=WITA)
    days = {
        "2026-11-24": ("2026-11-24", "2026-11-23", "2026-11-02", "2026-02-01", "2025-12-31"),
        "2026-01-02": ("2026-01-02", "2026-01-01", "2025-12-29", "2025-12-28", "2025-12-01"),
    }[now]
    store(library, portal, make, *(f"{one}T00:00:00" for one in days))
    assert Statistics(library).unread(ALL) == counted


def test_a_source_that_was_removed_counts_no_more(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    store(library, portal, make, "2026-11-03T09:30:00", dateline="BERAU")
    store(library, feed, make, "2026-11-03T10:30:00")
    asked = Statistics(library)
    first = next(one for one in asked.totals(WIDE).sources if one.name == "Portal Kaltim")
    library.remove_source(first.subject.id)
    assert [one.name for one in asked.totals(WIDE).sources] == ["Warta"]
    assert sum(asked.articles(ALL, WIDE).values()) == 1
    assert asked.articles(first.subject, WIDE) == {}
    assert asked.places(ALL, WIDE) == ()
    assert asked.unread(ALL).month == 1


def test_the_newest_are_looked_through_for_offices_and_no_more(
    library: Library, portal: SourceData, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.statistics.HEADLINES", 3)
    monkeypatch.setattr("kaltimtui.statistics.TEXTS", 2)
    for hour in range(5):
        title, words = f"BPBD {hour}", f"Rapat RSUD ke-{hour} dengan BPBD."
        store(library, portal, make, f"2026-11-03T0{hour}:30:00", title=title, words=words)
    found = Statistics(library).offices(ALL, WIDE)
    assert (found.headlines, found.texts) == (3, 2)
    assert [(one.name, one.articles) for one in found.named] == [
        *(("Badan Penanggulangan Bencana Daerah", 3), ("RSUD", 2))
    ]


SUBJECTS = [ALL, Subject("source", 1), Subject("category", 1)]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.kind)
def test_no_count_goes_through_the_articles_beyond_its_period(
    library: Library, portal: SourceData, make: Make, subject: Subject
) -> None:
    store(library, portal, make, "2026-11-03T09:30:00")
    for by_rows in (False, True):
        tables, where, parameters = counts.held(subject, by_rows=by_rows)
        query = f"SELECT count(*) FROM {tables} WHERE {where} AND article.id >= ?"
        with library.database.reading() as connection:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", (*parameters, 0)).fetchall()
        steps = [step for *_ids, step in plan if " article" in step]
        assert steps
        assert all(step.startswith("SEARCH") and "rowid>" in step for step in steps), steps


def test_days_are_counted_as_python_counts_them(
    library: Library, portal: SourceData, make: Make
) -> None:
    start = datetime(2023, 12, 20, 11, 7, tzinfo=WITA)
    moments = [start + timedelta(hours=7 * n) for n in range(300)]
    articles = [make(n, published=Stamp(moment, "time")) for n, moment in enumerate(moments)]
    library.store_articles(portal, articles)
    asked = Statistics(library)
    days = asked.articles(ALL, WIDE)
    hours = asked.hours(ALL, WIDE)
    assert days == {
        one: sum(moment.date().toordinal() == one for moment in moments)
        for one in {moment.date().toordinal() for moment in moments}
    }
    assert hours == tuple(sum(moment.hour == hour for moment in moments) for hour in range(24))
