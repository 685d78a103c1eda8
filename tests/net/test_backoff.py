from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.net.backoff import LONGEST_SILENCE, pause, retry_after

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = 3600.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("86400", LONGEST_SILENCE),
        ("86401", LONGEST_SILENCE),
        ("9" * 400, LONGEST_SILENCE),
        ("-5", None),
        ("1.5", None),
        ("١٢", None),
        ("besok", None),
        ("Tue, 24 Nov 2026 08:02:00 GMT", 120.0),
        ("Tuesday, 24-Nov-26 08:02:00 GMT", 120.0),
        ("Tue, 24 Nov 2026 07:00:00 GMT", 0.0),
        ("Wed, 24 Nov 2027 08:00:00 GMT", LONGEST_SILENCE),
        ("Fri, 31 Dec 9999 23:59:59 -2300", None),
        ("24 Nov 2026", None),
    ],
)
def test_silence_is_asked_for_in_seconds_or_by_a_date(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=60))
def test_whatever_it_says_a_day_is_the_most(header: str) -> None:
    found = retry_after(header, NOW)
    assert found is None or 0.0 <= found <= timedelta(days=1).total_seconds()


def test_each_failure_doubles_the_pause_up_to_the_cap() -> None:
    steps = [pause(failures, 60.0, HOUR, lambda: 0.5) for failures in range(9)]
    assert steps == [0.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1920.0, HOUR, HOUR]


@given(st.integers(-5, 10**6), st.floats(0, 1, exclude_max=True))
def test_a_pause_is_off_by_a_quarter_at_most_and_never_past_the_cap(
    failures: int, chance: float
) -> None:
    middle = pause(failures, 60.0, HOUR, lambda: 0.5)
    assert middle * 0.75 <= pause(failures, 60.0, HOUR, lambda: chance) <= min(middle * 1.25, HOUR)
