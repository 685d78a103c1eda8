"""Tables with more tags than are read, before there is a tree."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.document import Cut, Table
from kaltimtui.parsing.html import tree
from kaltimtui.parsing.html.rows import with_fewer_rows


def row(cells: int) -> str:
    return "<tr>" + "<td>x</td>" * cells + "</tr>"


def table(rows: int, cells: int) -> str:
    return "<table>" + row(cells) * rows + "</table>"


def told(markup: str) -> list[int]:
    """How many rows each mark stands for."""
    return [int(count) for count in re.findall(r'<tr data-kaltimtui-cut="(\d+)"></tr>', markup)]


def test_what_is_not_too_much_stays_as_it_is() -> None:
    markup = table(3, 2)
    assert with_fewer_rows(markup, markup.count("<")) is markup


def test_the_last_rows_go_and_one_tells_how_many() -> None:
    markup = f"<p>satu</p>{table(10, 3)}<p>dua</p>"
    found = with_fewer_rows(markup, 40)
    kept = 4
    assert found == (
        f"<p>satu</p><table>{row(3) * kept}"
        f'<tr data-kaltimtui-cut="{10 - kept}"></tr></table><p>dua</p>'
    )


def test_the_largest_table_goes_first() -> None:
    small, large = table(4, 2), table(30, 2)
    found = with_fewer_rows(f"{small}{large}{small}", 120)
    assert found.startswith(small)
    assert found.endswith(small)
    assert len(told(found)) == 1


def test_a_table_keeps_its_first_row() -> None:
    found = with_fewer_rows(f"{table(9, 4)}{'<b>a</b>' * 50}", 10)
    assert found.count("<td>") == 4
    assert told(found) == [8]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>" + table(1, 60) + "</td></tr><tr><td>x</td></tr></table>",
        "<table>" + row(3) * 30,
        row(3) * 30,
        "</table>" * 90,
    ],
)
def test_what_may_hold_the_article_is_left_alone(markup: str) -> None:
    assert with_fewer_rows(markup, 20) == markup


PARTS = st.one_of(
    st.builds(table, st.integers(0, 12), st.integers(0, 4)),
    st.sampled_from(["<p>kata</p>", "teks", "<TABLE><TR><TH>A</TABLE>", "<br>"]),
)


@given(st.lists(PARTS, max_size=6).map("".join), st.integers(0, 120))
def test_no_row_and_nothing_else_is_lost_without_a_word(markup: str, tags: int) -> None:
    found = with_fewer_rows(markup, tags)
    rows = re.compile(r"<tr>(?:<td>x</td>)*</tr>")
    marks = re.compile(r'<tr data-kaltimtui-cut="\d+"></tr>')
    assert len(rows.findall(found)) + sum(told(found)) == len(rows.findall(markup))
    assert marks.sub("", rows.sub("", found)) == rows.sub("", markup)
    assert found == markup or markup.count("<") > tags


@given(st.integers(2, 30), st.integers(1, 6), st.integers(20, 200))
def test_as_many_rows_are_kept_as_there_is_room_for(rows: int, cells: int, tags: int) -> None:
    markup = f"{table(rows, cells)}<p>akhir</p>"
    found = with_fewer_rows(markup, tags)
    least = markup.count("<") - (rows - 1) * row(cells).count("<") + 2
    assert found.count("<") <= max(tags, least)
    if told(found):
        with_one_more = found.count("<") + row(cells).count("<") - 2 * (told(found) == [1])
        assert with_one_more > tags


@pytest.mark.parametrize("size", [300, 1_000])
def test_a_huge_table_keeps_whole_rows_and_the_text_behind_it_comes(size: int) -> None:
    found = tree.fragment(f"<p>satu</p>{table(size, size)}<p>dua</p>")
    first, block, last = found.blocks
    assert isinstance(block, Table)
    assert {len(cells) for cells in block.rows} == {size}
    assert len(block.rows) + block.left_out == size
    assert block.left_out == (0 if size == 300 else 901)
    assert (found.plain()[:4], found.plain()[-3:]) == ("satu", "dua")
    assert first != last


def test_a_table_that_is_there_for_its_looks_tells_of_its_rows_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tree, "TAGS_LIMIT", 40)
    found = tree.fragment(f"{table(30, 1)}<p>akhir</p>")
    assert found.blocks.count(Cut()) == 1
    assert found.plain().endswith("x\n\nakhir")
