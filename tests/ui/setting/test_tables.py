from __future__ import annotations

import pytest

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


def test_a_column_is_not_squeezed_to_a_tower() -> None:
    long = Table((cells("Pasar Pagi", "kata " * 60), cells("Klandasan", "sepi")))
    assert drawn(long, 40)[:2] == ["Pasar Pagi", "kata kata kata kata kata kata kata kata"]


def test_records_without_a_header_have_no_labels() -> None:
    table = Table((cells("a", "", "b", "c"),))
    assert drawn(table, 10) == ["a", "b", "c"]


def test_the_ink_of_records_leaves_the_labels_out() -> None:
    lines = list(table_lines(PRICES, 20))
    assert sum(line.ink for line in lines[5:]) == len("Klandasan9.250turun")


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
    lines = drawn(Table((cells(*["sel"] * columns),) * rows), 40)
    shown = sum(line.count("sel") for line in lines)
    assert 19_000 < shown <= 20_000
    assert lines[-1] == f"… {i18n.number(rows * columns - shown)} more cells"


@pytest.mark.parametrize("width", [1, 2, 5, 28, 36, 72])
def test_no_line_is_wider_than_the_room(width: int) -> None:
    assert all(len(line) <= width for line in drawn(PRICES, width))
