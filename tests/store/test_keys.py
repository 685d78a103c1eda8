from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.dates import WIB, WIT, WITA, Precision, Stamp
from kaltimtui.store import keys

UIDS = st.integers(-(1 << 63), (1 << 63) - 1)
ZONES = st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
MOMENTS = st.datetimes(timezones=st.one_of(ZONES, st.sampled_from((UTC, WIB, WITA, WIT))))


@given(UIDS)
def test_a_public_id_leads_back_to_its_uid(uid: int) -> None:
    public = keys.public_id(uid)
    assert len(public) == keys.ID_LENGTH
    assert set(public) <= set(keys.ID_ALPHABET)
    assert keys.uid_of(public) == uid
    assert keys.uid_of(public.upper()) == uid


@given(UIDS, st.integers(1, keys.ID_LENGTH), UIDS)
def test_the_ranges_of_a_prefix_hold_just_the_ids_that_begin_so(
    uid: int, length: int, other: int
) -> None:
    prefix = keys.public_id(uid)[:length]
    ranges = keys.uid_range(prefix)
    for candidate in (uid, other):
        within = any(low <= candidate <= high for low, high in ranges)
        assert within == keys.public_id(candidate).startswith(prefix)


@pytest.mark.parametrize(
    "words", ["", "abc", "0" * 14, "zzzzzzzzzzzzz", "ilou", "0000 00000000", "é" * 13]
)
def test_what_is_no_id_has_no_uid(words: str) -> None:
    assert keys.uid_of(words) is None


@given(MOMENTS, st.sampled_from(keys.PRECISIONS))
def test_a_stamp_is_kept_to_the_second_in_the_zone_it_was_written_in(
    moment: datetime, precision: Precision
) -> None:
    kept = keys.kept(Stamp(moment, precision))
    if kept is None:  # rounding the offset may lead out of the years that there are
        assert moment.year in (1, 9999)
        return
    assert timedelta(0) <= moment - kept.moment < timedelta(seconds=1)
    assert keys.kept(kept) == kept
    assert kept.precision == precision
    seconds, offset = keys.seconds_of(kept.moment), keys.offset_of(kept.moment)
    again = keys.stamp(seconds, offset, keys.PRECISIONS.index(precision))
    assert again == kept
    assert again.json() == kept.json()


def test_the_zones_of_indonesia_keep_their_names() -> None:
    for zone in (WIB, WITA, WIT):
        kept = keys.kept(Stamp(datetime(2020, 5, 1, 12, tzinfo=zone), "time"))
        assert kept is not None
        assert kept.moment.tzname() == zone.tzname(None)


def test_the_first_place_of_a_second_keeps_the_order_of_those_that_came_together() -> None:
    low, high = (keys.order_key(1_000, rise, uid=5, attempt=0) for rise in (0, 1))
    assert keys.order_floor(1_000) == low < high < keys.order_floor(1_001)


@given(st.integers(-(1 << 40), 1 << 40), UIDS, st.integers(1, 20))
def test_a_later_attempt_looks_a_little_higher_in_twice_the_room(
    seconds: int, uid: int, attempt: int
) -> None:
    place = keys.order_key(seconds, 0, uid, attempt)
    room = 1 << keys.ORDER_BITS + attempt
    assert keys.order_floor(seconds) <= place < keys.order_floor(seconds) + room


@pytest.mark.parametrize(
    "url",
    [
        "http://kaltimprov.go.id/berita/a",
        "https://kaltimprov.go.id/berita/a",
        "http://www.kaltimprov.go.id/berita/a",
        "https://www.kaltimprov.go.id/berita/a/",
    ],
)
def test_the_four_addresses_of_an_article_are_one(url: str) -> None:
    assert keys.bare_url(url) == "kaltimprov.go.id/berita/a"


def test_words_are_told_apart_by_letters_and_figures_alone() -> None:
    same = keys.words_hash("Rapat Teknis", "“Kita” harus - optimis, 5,5 %")
    assert keys.words_hash("RAPAT  teknis!", "“kita” harus\noptimis 55") == same
    assert keys.words_hash("Rapat Teknis", "“Kita” harus optimis 56") != same


def test_a_stamp_that_rounding_leads_out_of_the_years_is_none() -> None:
    zone = timezone(timedelta(seconds=40))
    assert keys.kept(Stamp(datetime.max.replace(tzinfo=zone), "time")) is None
