from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.dates import WITA, Stamp, portal_stamp
from kaltimtui.models import Related
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.setting.timeline import ordered, ruler, timeline

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


def item(**said: Any) -> Related:
    known: dict[str, Any] = {
        "group": "related",
        "title": None,
        "url": None,
        "category": "Sosial",
        "published": portal_stamp("12 Agustus 2019 Jam 23:30:45"),
    }
    return Related(**(known | said))


def drawn(related: Sequence[Related], width: int, now: datetime) -> list[str]:
    return [line.text.rstrip() for line in timeline(related, width, now)]


def test_a_row_has_date_distance_and_category(now: datetime) -> None:
    related = [item(), item(published=portal_stamp("05 Maret 2019 Jam 00:00:00"))]
    assert drawn(related, 72, now) == [
        "RELATED NEWS",
        "12 Aug 2019 23:30  7 years ago  Sosial",
        "05 Mar 2019        7 years ago  Sosial",
    ]


def test_groups_come_in_their_order_with_a_line_between(now: datetime) -> None:
    related = [item(group="popular"), item(group="latest"), item(group="related")]
    lines = drawn(related, 72, now)
    assert [line for line in lines if line.isupper()] == ["RELATED NEWS", "LATEST", "MOST READ"]
    assert lines.count("") == 2
    assert ordered(related) == [2, 1, 0]


def test_every_row_knows_its_item(now: datetime) -> None:
    related = [item(group="popular"), item(title="Kerja Bakti di Seluruh Pesisir", article="b")]
    found = [line.item for line in timeline(related, 40, now) if line.item is not None]
    assert found == [1, 1, 1, 0]


def test_a_title_stands_below_what_else_is_known(now: datetime) -> None:
    assert drawn([item(title="Kerja Bakti")], 72, now)[1:] == [
        "12 Aug 2019 23:30  7 years ago  Sosial",
        "  Kerja Bakti",
    ]


def test_a_title_of_which_nothing_else_is_known_stands_in_the_row(now: datetime) -> None:
    long = "Posyandu Tambah Jadwal Malam bagi Ibu Pekerja"
    related = [item(title="Kerja Bakti", category=None), item(title=long, category=None)]
    assert drawn(related, 60, now)[1:] == [
        "12 Aug 2019 23:30  7 years ago  Kerja Bakti",
        "12 Aug 2019 23:30  7 years ago",
        f"  {long}",
    ]


def test_a_row_says_where_an_item_is_from(now: datetime) -> None:
    here = item(article="b", read=True, source="Kabar Kaltim", url="https://example.org/a")
    there = item(url="https://example.org/b", category=None)
    assert drawn([here, there], 72, now)[1:] == [
        "12 Aug 2019 23:30  7 years ago  Sosial · Kabar Kaltim\u00a0›",
        "12 Aug 2019 23:30  7 years ago  example.org",
    ]


def test_a_long_category_is_cut_to_its_column(now: datetime) -> None:
    said = "Kesatuan Bangsa dan Politik Dalam Negeri"
    assert drawn([item(category=said)], 60, now)[1:] == [
        "12 Aug 2019 23:30  7 years ago  Kesatuan Bangsa dan Politik…",
    ]


def test_where_it_is_narrow_the_distance_gives_way(now: datetime) -> None:
    assert drawn([item()], 41, now)[1:] == ["12 Aug 2019 23:30  7 years ago  Sosial"]
    assert drawn([item()], 36, now)[1:] == ["12 Aug 2019 23:30  Sosial"]
    assert drawn([item(title="Kerja Bakti")], 36, now)[1:] == [
        "12 Aug 2019 23:30  7 years ago",
        "  Kerja Bakti · Sosial",
    ]
    assert drawn([item(title="Kerja Bakti")], 28, now)[1:] == [
        "12 Aug 2019 23:30",
        "  Kerja Bakti · Sosial",
    ]


@pytest.mark.parametrize("width", [28, 36, *range(42, 47), 72])
def test_items_without_titles_take_one_row_each(width: int, now: datetime) -> None:
    categories = ("Sosial", "Kesatuan Bangsa dan Politik Dalam Negeri", "Program Pemerintah")
    related = [item(category=said, article=key) for said in categories for key in ("b", None)]
    rows = [line.item for line in timeline(related, width, now) if line.item is not None]
    assert rows == list(range(6))


def test_an_unknown_time_is_left_blank(now: datetime) -> None:
    assert drawn([item(published=None), item()], 72, now)[1:] == [
        "                                Sosial",
        "12 Aug 2019 23:30  7 years ago  Sosial",
    ]
    assert drawn([item(published=None, title="Kerja Bakti")], 40, now)[1:] == [
        "Sosial",
        "  Kerja Bakti",
    ]
    assert "00:00" not in str(drawn([item(published=None), item()], 72, now))


def test_an_item_of_which_nothing_is_known(now: datetime) -> None:
    nothing = {"category": None, "published": None}
    assert drawn([item(**nothing)], 40, now)[1:] == ["—"]
    assert drawn([item(**nothing, url="https://example.org/x")], 40, now)[1:] == ["example.org"]
    assert drawn([item(**nothing, url="javascript:x")], 40, now)[1:] == ["—"]


def test_what_is_in_the_store_looks_it_and_unread_by_a_sign_too(now: datetime) -> None:
    related = [item(), item(article="b", read=True), item(article="c")]
    rows = [line for line in timeline(related, 72, now) if line.item is not None]
    assert [line.text.split("ago  ")[1] for line in rows] == [
        "Sosial",
        "Sosial\u00a0›",
        "Sosial\u00a0●",
    ]
    looks = [line.runs[1].look.roles for line in rows]
    assert looks == [(Role.META,), (Role.BODY,), (Role.BODY, Role.STRONG)]


def moments(*written: str) -> list[datetime]:
    return [datetime.fromisoformat(value).replace(tzinfo=WITA) for value in written]


def test_the_ruler_says_where_the_moments_lie() -> None:
    few = moments("2013-02-01", "2014-06-01", "2019-12-30")
    assert ruler(few, 50) == "2013 ●───────●──────── 2016 ────────────────● 2019"


def test_no_ruler_for_one_year_or_without_room() -> None:
    assert ruler([], 60) == ""
    assert ruler(moments("2019-01-01", "2019-12-31"), 60) == ""
    assert ruler(moments("2013-01-01", "2019-12-31"), 20) == ""


@given(st.lists(st.datetimes(timezones=st.just(WITA)), min_size=1, max_size=12), st.integers(0, 80))
def test_the_ruler_fits_and_its_years_stand_in_order(found: list[datetime], width: int) -> None:
    drawn = ruler(found, width)
    assert len(drawn) in (0, width)
    years = [int(part) for part in drawn.replace("─", " ").replace("●", " ").split()]
    assert years == sorted(set(years))


def test_a_group_over_several_years_has_a_ruler(now: datetime) -> None:
    related = [item(), item(published=Stamp(now - timedelta(days=1), "day"))]
    lines = list(timeline(related, 72, now))
    assert lines[1].text.startswith("2019 ─")
    dots = [run for run in lines[1].runs if run.look.roles == (Role.GROUP,)]
    assert [run.text for run in dots] == ["●", "●"]


@pytest.mark.parametrize("width", [1, 8, 20, 28, 36, 72])
def test_no_line_is_wider_than_the_room(width: int, now: datetime) -> None:
    related = [
        item(article="b", title="Posyandu Tambah Jadwal Malam"),
        item(published=None),
        item(published=portal_stamp("05 Maret 2013 Jam 00:00:00"), category=None),
    ]
    times = 17 if width < 17 else 0  # a date is not cut
    assert all(len(line) <= max(width, times, 6) for line in drawn(related, width, now))
