"""What a row says, in the room it has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n, text
from kaltimtui.dates import WITA, Stamp
from kaltimtui.models import ArticleRow, ViewKind
from kaltimtui.query import parse
from kaltimtui.query.marking import marker
from kaltimtui.ui.rowtext import pad, row_text

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)
ROW = ArticleRow(
    key=1,
    id="a",
    title="Bantuan Sosial Jangkau Keluarga Pesisir",
    source="Portal Kaltim",
    category="Sosial",
    dateline="BONTANG",
    published=Stamp(NOW.astimezone(WITA) - timedelta(hours=3), "time"),
    listed=NOW - timedelta(hours=3),
    read=False,
    starred=False,
    later=False,
)


def test_a_mark_says_that_the_text_was_edited_since_it_was_read() -> None:
    edited = ROW._replace(edited=True, starred=True)
    for two_line in (True, False):
        said = row_text(edited, NOW, 60, two_line=two_line, kind=ViewKind.ALL)
        assert said.marks == " ✎ ★"
        assert text.width(f"{said.title}{said.time}{said.marks}") == 60
    twice = ROW._replace(versions=2)
    assert row_text(twice, NOW, 60, two_line=True, kind=ViewKind.ALL).marks == ""


def test_two_lines_say_title_then_time_place_and_category() -> None:
    said = row_text(ROW, NOW, 60, two_line=True, kind=ViewKind.ALL)
    assert said.title.rstrip() == "Bantuan Sosial Jangkau Keluarga Pesisir"
    assert said.meta.rstrip() == "3 jam yang lalu · Bontang · Sosial"
    assert said.time == ""


def test_a_source_stands_for_the_place_only_where_there_are_several() -> None:
    row = ROW._replace(dateline=None)
    assert "Portal Kaltim" in row_text(row, NOW, 60, two_line=True, kind=ViewKind.ALL).meta
    assert "Portal" not in row_text(row, NOW, 60, two_line=True, kind=ViewKind.SOURCE).meta


def test_a_list_of_one_category_does_not_repeat_it() -> None:
    assert "Sosial" not in row_text(ROW, NOW, 60, two_line=True, kind=ViewKind.CATEGORY).meta


def test_one_line_gives_the_time_where_there_is_room() -> None:
    assert row_text(ROW, NOW, 60, two_line=False, kind=ViewKind.ALL).time == " 3 jam yang lalu"
    assert row_text(ROW, NOW, 30, two_line=False, kind=ViewKind.ALL).time == ""


@pytest.mark.parametrize("two_line", [True, False])
def test_a_sample_says_so_in_the_row(two_line: bool) -> None:
    said = row_text(ROW._replace(sample=True), NOW, 60, two_line=two_line, kind=ViewKind.ALL)
    assert "Contoh" in said.meta + said.time


@pytest.mark.parametrize("tags", [(), ("kaji",)])
def test_a_row_tells_how_many_more_sources_have_the_story(tags: tuple[str, ...]) -> None:
    i18n.set_language("en")
    row = ROW._replace(others=3, tags=tags)

    def line(cells: int, kind: ViewKind = ViewKind.ALL) -> str:
        said = row_text(row, NOW, cells, two_line=True, kind=kind)
        assert text.width(said.meta + "".join(piece for piece, _tag in said.tags)) == cells
        return (said.meta + "".join(piece for piece, _tag in said.tags)).rstrip()

    tagged = "".join(f" · #{tag}" for tag in tags)
    assert line(60) == f"3 hours ago · Bontang · Sosial{tagged} · +3 sources"
    assert line(40 - 3).endswith(" · +3 sources")  # a list that is 40 columns wide
    assert line(40 - 3).startswith("3 hours ago")
    assert "+3" not in line(20)
    assert "+3" not in line(60, ViewKind.STORY)


def test_in_one_line_a_row_tells_the_number_alone() -> None:
    row = ROW._replace(others=3)
    said = row_text(row, NOW, 37, two_line=False, kind=ViewKind.ALL)
    assert said.title + said.time == "Bantuan Sosial Jangkau Keluarga P… +3"
    assert row_text(row, NOW, 60, two_line=False, kind=ViewKind.ALL).time.startswith(" +3 3 jam")
    assert row_text(row, NOW, 37, two_line=False, kind=ViewKind.STORY).time == ""


def test_marks_stand_at_the_right() -> None:
    said = row_text(
        ROW._replace(starred=True, later=True), NOW, 30, two_line=True, kind=ViewKind.ALL
    )
    assert said.marks == " ◷ ★"
    assert text.width(said.title + said.marks) == 30


@pytest.mark.parametrize("sample", [True, False])
def test_a_category_is_shown_whole_or_not_at_all(sample: bool) -> None:
    row = ROW._replace(category="Kesatuan Bangsa dan Politik", sample=sample)
    for cells in range(20, 80):
        meta = row_text(row, NOW, cells, two_line=True, kind=ViewKind.ALL).meta
        assert ("Kesatuan" in meta) == ("Kesatuan Bangsa dan Politik" in meta)


@given(
    *(st.text(max_size=80), st.integers(0, 120), st.integers(0, 2000)),
    *(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_row_is_never_wider_than_its_room_and_never_holds_a_control_character(
    title: str, cells: int, others: int, two_line: bool, starred: bool, sample: bool
) -> None:
    row = ROW._replace(title=title, category=title, starred=starred, sample=sample, others=others)
    said = row_text(row, NOW, cells, two_line=two_line, kind=ViewKind.ALL)
    whole = said.title + said.time + said.marks
    assert text.width(whole) == max(cells, text.width(said.marks + said.time))
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in whole + said.meta)
    if two_line:
        assert text.width(said.meta + "".join(piece for piece, _tag in said.tags)) == cells


@given(st.text(max_size=60), st.integers(0, 60))
def test_pad_fills_exactly(value: str, cells: int) -> None:
    assert text.width(pad(text.inline(value), cells)) == cells


@pytest.mark.parametrize(
    ("cells", "sample", "shown"),
    [(24, False, False), (37, True, False), (40, False, True), (60, True, True)],
)
def test_a_snippet_stands_behind_the_time_with_its_hit_in_sight(
    cells: int, sample: bool, shown: bool
) -> None:
    row = ROW._replace(listed=NOW - timedelta(days=900), published=None, sample=sample)
    said = row_text(
        row,
        NOW,
        cells,
        two_line=True,
        kind=ViewKind.ALL,
        snippet="Panjang sekali kalimat ini sebelum kata beras yang dicari dan sesudahnya lagi",
        marker=marker(parse("beras")),
    )
    assert text.width(said.meta + said.snippet) == cells
    assert ("beras" in said.snippet) is shown
    assert ("Bontang" in said.meta) is (not shown and not sample and cells > 30)


def test_a_snippet_whose_hit_is_near_its_front_is_not_cut_there() -> None:
    found = marker(parse("beras"))
    said = row_text(
        ROW, NOW, 60, two_line=True, kind=ViewKind.ALL, snippet="Harga beras naik", marker=found
    )
    assert said.snippet.rstrip() == "Harga beras naik"


def tag_pieces(tags: tuple[str, ...], cells: int) -> str:
    said = row_text(ROW._replace(tags=tags), NOW, cells, two_line=True, kind=ViewKind.ALL)
    whole = said.meta + "".join(piece for piece, _tag in said.tags)
    assert text.width(whole) == cells
    assert all(piece.strip() == f"#{tag}" for piece, tag in said.tags if tag)
    return whole.rstrip()


def test_tags_follow_the_place_and_make_room_for_it() -> None:
    assert tag_pieces(("air", "banjir"), 60) == "3 jam yang lalu · Bontang · Sosial · #air #banjir"
    assert tag_pieces(("air", "banjir"), 40) == "3 jam yang lalu · Bontang · #air #banjir"
    assert tag_pieces(("air", "banjir"), 30) == "3 jam yang lalu · #air #banjir"
    assert tag_pieces(("air", "banjir"), 29) == "3 jam yang lalu · #air +1"
    assert tag_pieces(("kesehatan-ibu-dan-anak",), 30) == "3 jam yang lalu · Bontang · #1"


def test_a_row_of_one_line_has_no_room_for_tags() -> None:
    said = row_text(ROW._replace(tags=("a",)), NOW, 60, two_line=False, kind=ViewKind.ALL)
    assert said.tags == ()


def test_of_ten_thousand_tags_only_those_are_looked_at_that_may_have_room() -> None:
    tags = tuple(f"t{number}" for number in range(10_000))
    assert tag_pieces(tags, 40).endswith("· #t0 #t1 #t2 +9997")
    assert tag_pieces(tags, 20).rstrip().endswith("· #10000")
