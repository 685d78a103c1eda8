"""How often a feed says that it changes."""

from __future__ import annotations

import pytest

from kaltimtui.parsing.feed import rhythm


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("<rss><channel><ttl>45</ttl>", 45),
        ("<channel><TTL> 60 </TTL>", 60),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        (
            "<updatePeriod> daily </updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            360,
        ),
        ("<updatePeriod>hourly</updatePeriod><updateFrequency>0</updateFrequency>", 60),
        ("<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 30),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        ("<ttl>soon</ttl>", None),
        ("", None),
    ],
)
def test_what_a_feed_says_of_its_changes(said: str, minutes: int | None) -> None:
    assert rhythm.minutes(said) == minutes


def test_only_the_head_of_a_feed_counts() -> None:
    assert rhythm.minutes(" " * 30_000 + "<ttl>5</ttl>") is None
