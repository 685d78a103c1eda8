"""What is due, and when a source is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.errors import FetchError, FetchReason
from kaltimtui.models import Health, Source, Validators
from kaltimtui.refresh import decide

NOW = datetime(2026, 1, 10, 3, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def source(**health: object) -> Source:
    return Source(7, "Kabar Paser", "feed", "https://kabar.example/rss", health=Health(**health))  # type: ignore[arg-type] # as the table tells them


def failure(reason: FetchReason = "status", **more: float) -> FetchError:
    return FetchError("kabar.example does not answer.", reason=reason, **more)  # type: ignore[arg-type] # status and retry_after


def half() -> float:
    return 0.5


class TestDue:
    def test_a_source_is_asked_at_its_time(self) -> None:
        assert decide.is_due(source(), NOW)
        assert decide.is_due(source(next_try=NOW), NOW)
        assert not decide.is_due(source(next_try=NOW + MINUTE), NOW)

    def test_one_that_is_gone_or_has_no_address_is_never_asked(self) -> None:
        assert not decide.is_due(source(gone=True), NOW)
        assert not decide.is_due(source()._replace(url=None), NOW)

    def test_a_time_that_a_wrong_clock_wrote_does_not_count(self) -> None:
        assert decide.is_due(source(next_try=NOW + 400 * DAY), NOW)
        rare = source(next_try=NOW + 6 * DAY)._replace(interval=7 * 24 * 60)
        assert not decide.is_due(rare, NOW)

    def test_those_due_keep_their_order(self) -> None:
        first, later, last = source(), source(next_try=NOW + HOUR), source(next_try=NOW - HOUR)
        assert decide.due([first, later, last], NOW) == [first, last]


class TestInterval:
    @pytest.mark.parametrize(
        ("stated", "headers", "minutes"),
        [
            (None, {}, 30),
            (60, {}, 60),
            (5, {}, 15),
            (100_000, {}, 24 * 60),
            (None, {"cache-control": "public, max-age=7200"}, 120),
            (60, {"cache-control": "max-age=60"}, 60),
            (None, {"cache-control": "max-age=0, no-cache"}, 30),
            (None, {"cache-control": "max-age=99999999999"}, 24 * 60),
            (None, {"cache-control": "s-maxage=9000"}, 30),
        ],
    )
    def test_what_a_feed_and_its_server_say(
        self, stated: int | None, headers: dict[str, str], minutes: int
    ) -> None:
        assert decide.interval(source(), stated, headers) == minutes * MINUTE

    def test_the_user_knows_best(self) -> None:
        chosen = source()._replace(interval=5)
        assert decide.interval(chosen, 600, {"cache-control": "max-age=9000"}) == 5 * MINUTE

    def test_a_server_that_asks_for_silence_gets_it(self) -> None:
        assert decide.interval(source(), silence=3600.0) == HOUR
        assert decide.interval(source()._replace(interval=5), silence=3600.0) == HOUR


class TestSuccess:
    def test_the_next_try_is_spread(self) -> None:
        tries = {
            decide.succeeded(source(), NOW, every=HOUR, random=lambda share=share: share).next_try  # type: ignore[misc] # a default in place of a closure
            for share in (0.0, 0.5, 1.0)
        }
        assert tries == {NOW + 60 * MINUTE, NOW + 63 * MINUTE, NOW + 66 * MINUTE}

    def test_what_is_kept(self) -> None:
        validators = Validators('"a"', None)
        outcome = decide.succeeded(
            source(failures=3, error="x"),
            NOW,
            every=HOUR,
            random=half,
            http_status=200,
            validators=validators,
            moved_to="https://new.example/rss",
        )
        assert (outcome.source, outcome.at, outcome.http_status) == (7, NOW, 200)
        assert (outcome.validators, outcome.moved_to) == (validators, "https://new.example/rss")
        assert outcome.error is None
        assert not outcome.gone


class TestFailure:
    @staticmethod
    def wait(before: int, error: FetchError) -> timedelta:
        outcome = decide.failed(source(failures=before), NOW, error, half)
        assert outcome.next_try is not None
        assert outcome.error == str(error)
        return outcome.next_try - NOW

    def test_each_failure_makes_the_pause_longer(self) -> None:
        waits = [self.wait(before, failure()) for before in range(8)]
        assert waits[:3] == [30 * MINUTE, HOUR, 2 * HOUR]
        assert waits == sorted(waits)
        assert waits[-1] == DAY

    def test_where_nobody_was_reached_the_pause_stays_short(self) -> None:
        assert self.wait(9, failure("resolve")) == 30 * MINUTE
        assert self.wait(9, failure("connect")) == 30 * MINUTE

    def test_a_server_that_asks_for_silence_gets_it(self) -> None:
        assert self.wait(0, failure(status=429, retry_after=7200.0)) == 2 * HOUR
        assert self.wait(0, failure(status=503, retry_after=1.0)) == 30 * MINUTE

    def test_what_is_gone_is_asked_no_more(self) -> None:
        outcome = decide.failed(source(), NOW, failure("gone", status=410), half)
        assert outcome.gone
        assert outcome.next_try is None
        assert outcome.http_status == 410


@given(st.integers(0, 10_000), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 86_400)))
def test_a_pause_is_neither_too_short_nor_too_long(
    failures: int, share: float, silence: float | None
) -> None:
    error = FetchError("x", reason="status", retry_after=silence)
    outcome = decide.failed(source(failures=failures), NOW, error, lambda: share)
    assert outcome.next_try is not None
    assert 15 * MINUTE <= outcome.next_try - NOW <= DAY


def test_a_network_is_lost_when_nobody_can_be_reached() -> None:
    nobody = [failure("resolve"), failure("connect")]
    assert decide.network_is_lost(nobody)
    assert not decide.network_is_lost([*nobody, None])
    assert not decide.network_is_lost([*nobody, failure("timeout")])
    assert not decide.network_is_lost([])
    assert decide.network_is_lost([failure("resolve")])
    assert not decide.network_is_lost([failure("connect")])
