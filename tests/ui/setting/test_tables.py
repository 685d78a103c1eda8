from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.document import Span, Spans, Table
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.setting.tables import table_lines


def cells(*said: str) -> tuple[Spans, ...]:
    return tuple((Span(value),) for value in said)


def drawn(table: Table, width: int) -> list[str]:
    return [line.text for line in table_lines(table, width)]


PRICES = Table(
    (
        cells("Pasar", "Beras (Rp/kg)", "Catatan"),
        cells("Pasar Pagi", "14.500", "stok cukup"),
        cells("Klandasan", "9.250", "turun"),
    ),
    header=True,
)


def test_columns_are_as_wide_as_they_need_and_numbers_stand_right() -> None:
    assert drawn(PRICES, 60) == [
        "Pasar       Beras (Rp/kg)  Catatan",
        "──────────  ─────────────  ──────────",
        "Pasar Pagi         14.500  stok cukup",
        "Klandasan           9.250  turun",
    ]


def test_cells_wrap_where_the_room_is_short() -> None:
    assert drawn(PRICES, 34) == [
        "Pasar            Beras  Catatan",
        "               (Rp/kg)",
        "──────────  ──────────  ──────────",
        "Pasar Pagi      14.500  stok cukup",
        "Klandasan        9.250  turun",
    ]


def test_rows_of_several_lines_stand_apart() -> None:
    table = Table((cells("satu", "dua tiga empat"), cells("lima", "enam"), cells("tujuh", "x")))
    assert drawn(table, 15) == ["satu   dua tiga", "       empat", "", "lima   enam", "tujuh  x"]


def test_what_does_not_fit_becomes_records() -> None:
    assert drawn(PRICES, 20) == [
        "Pasar: Pasar Pagi",
        "Beras (Rp/kg):",
        "14.500",
        "Catatan: stok cukup",
        "",
        "Pasar: Klandasan",
        "Beras (Rp/kg): 9.250",
        "Catatan: turun",
    ]


MONTHS = Table(
    (
        cells("Kota", *("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep")),
        cells("Bontang", *map(str, range(10, 19))),
        cells("Paser", "", *map(str, range(21, 29))),
    ),
    header=True,
)


def test_many_columns_of_short_cells_stand_as_close_as_they_can() -> None:
    hours = Table((cells(*map(str, range(24))), cells(*"123456789012345678901234")), header=True)
    width = len("  ".join(map(str, range(24))))
    assert drawn(hours, width)[0] == "  ".join(map(str, range(24)))
    assert " · " in drawn(hours, width - 1)[1]


def test_records_of_many_short_cells_have_several_in_a_line() -> None:
    assert drawn(MONTHS, 36) == [
        "Kota: Bontang",
        "Jan: 10 · Feb: 11 · Mar: 12",
        "Apr: 13 · Mei: 14 · Jun: 15",
        "Jul: 16 · Agu: 17 · Sep: 18",
        "",
        "Kota: Paser",
        "Feb: 21 · Mar: 22 · Apr: 23",
        "Mei: 24 · Jun: 25 · Jul: 26",
        "Agu: 27 · Sep: 28",
    ]
    assert drawn(MONTHS, 60)[2] == "Bontang   10   11   12   13   14   15   16   17   18"


def test_a_long_cell_among_many_stands_alone() -> None:
    long = " ".join(["kata"] * 12)
    table = Table((cells("Paser", "1", "2", long, "3\n4", "5", "6"),))
    assert drawn(table, 24) == [
        "Paser",
        "1 · 2",
        *["kata kata kata kata kata"] * 2,
        "kata kata",
        *("3", "4", "5 · 6"),
    ]


def test_the_first_cell_of_a_record_is_its_heading_where_it_is_one() -> None:
    def roles(table: Table) -> list[Role]:
        return [line.runs[-1].look.roles[0] for line in table_lines(table, 20) if line.runs]

    assert roles(MONTHS)[:2] == [Role.HEADING, Role.BODY]
    long = " ".join(["kata"] * 12)
    assert Role.HEADING not in roles(Table((cells(long, long),)))


def test_a_header_without_rows_is_shown() -> None:
    header = Table((cells("Kecamatan", "Penduduk", "Luas wilayah"),), header=True)
    assert drawn(header, 12) == ["Kecamatan", "Penduduk", "Luas wilayah"]


@given(
    st.integers(1, 6).flatmap(
        lambda columns: st.lists(
            st.lists(
                st.text("abcdefgh", min_size=1, max_size=9), min_size=columns, max_size=columns
            ),
            min_size=1,
            max_size=4,
        )
    ),
    st.booleans(),
    st.integers(9, 60),
)
def test_no_word_of_a_table_is_lost_at_any_width(
    rows: list[list[str]], header: bool, width: int
) -> None:
    lines = drawn(Table(tuple(cells(*row) for row in rows), header), width)
    shown = Counter(word for line in lines for word in re.findall("[a-h]+", line))
    assert not Counter(word for row in rows for word in row) - shown
    assert all(len(line) <= width for line in lines)


def test_a_column_is_not_squeezed_to_a_tower() -> None:
    long = Table((cells("Pasar Pagi", "kata " * 60), cells("Klandasan", "sepi")))
    assert drawn(long, 40)[:2] == ["Pasar Pagi", "kata kata kata kata kata kata kata kata"]


def test_records_without_a_header_have_no_labels() -> None:
    table = Table((cells("a", "", "b", "c"),))
    assert drawn(table, 9) == ["a", "b", "c"]


def test_the_ink_of_records_leaves_the_labels_out() -> None:
    lines = list(table_lines(PRICES, 20))
    assert sum(line.ink for line in lines[5:]) == len("Klandasan9.250turun")
    many = list(table_lines(MONTHS, 36))
    assert sum(line.ink for line in many[:4]) == len("Bontang") + 9 * 2


def test_one_column_is_running_text() -> None:
    assert drawn(Table((cells("satu dua"), cells("tiga"))), 5) == ["satu", "dua", "tiga"]


def test_ragged_and_empty_tables() -> None:
    assert drawn(Table(()), 40) == []
    assert drawn(Table(((), ())), 40) == []
    assert drawn(Table((cells("a", "b"), cells("c"), ())), 40) == ["a  b", "c", ""]


def test_the_header_is_set_off() -> None:
    first = next(table_lines(PRICES, 60))
    assert first.runs[0].look.roles == (Role.HEADING,)


@pytest.mark.parametrize(("rows", "columns"), [(1000, 1000), (20_000, 3), (1, 50_000)])
def test_a_huge_table_is_cut_and_what_is_left_out_is_counted(rows: int, columns: int) -> None:
    i18n.set_language("en")
    lines = drawn(Table((cells(*["sel"] * columns),) * rows), 72)
    shown = sum(line.count("sel") for line in lines)
    assert 19_000 < shown <= 20_000
    assert not shown % columns or rows == 1
    left = rows - shown // columns
    assert lines[-2:] == [
        "",
        f"Cut here: {i18n.number(left)} more rows of the table. The original has them."
        if rows > 1
        else "… 30,000 more cells",
    ]


def test_rows_that_were_never_kept_are_counted_too() -> None:
    i18n.set_language("en")
    table = Table((cells("a", "b"),) * 10_001, left_out=7)
    said = "Cut here: 8 more rows of the table. The original has them. o opens it."
    assert [line.text for line in table_lines(table, 80, "o opens it.")][-1] == said
    one = Table((cells("a", "b"),), left_out=1)
    assert drawn(one, 80)[-1] == "Cut here: 1 more row of the table. The original has it."


@pytest.mark.parametrize("width", [1, 2, 5, 28, 36, 72])
def test_no_line_is_wider_than_the_room(width: int) -> None:
    assert all(len(line) <= width for line in drawn(PRICES, width))
