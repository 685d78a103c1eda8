"""Which panes stand where, from the widest terminal to the smallest."""

from __future__ import annotations

from itertools import product

import pytest

from kaltimtui.ui.actions import PANES, Pane
from kaltimtui.ui.arrange import LIST_WIDTHS, Layout, Mode, Wishes, arrange


@pytest.mark.parametrize(
    ("size", "at", "mode", "shown"),
    [
        ((120, 40), Pane.LIST, Mode.COLUMNS, set(PANES)),
        ((100, 24), Pane.READING, Mode.COLUMNS, set(PANES)),
        ((80, 24), Pane.LIST, Mode.COLUMNS, {Pane.LIST, Pane.READING}),
        ((80, 24), Pane.TREE, Mode.COLUMNS, {Pane.TREE, Pane.LIST}),
        ((80, 50), Pane.TREE, Mode.STACKED, {Pane.TREE, Pane.LIST}),
        ((80, 50), Pane.READING, Mode.STACKED, {Pane.LIST, Pane.READING}),
        ((59, 40), Pane.LIST, Mode.ONE, {Pane.LIST}),
        ((40, 12), Pane.READING, Mode.ONE, {Pane.READING}),
        ((20, 5), Pane.TREE, Mode.ONE, {Pane.TREE}),
    ],
)
def test_panes_for_a_size(size: tuple[int, int], at: Pane, mode: Mode, shown: set[Pane]) -> None:
    found = arrange(*size, at=at)
    assert found.mode is mode
    assert found.shown == shown


@pytest.mark.parametrize("at", PANES)
@pytest.mark.parametrize("width", range(1, 310, 7))
@pytest.mark.parametrize("height", [1, 5, 12, 24, 40, 80])
def test_the_pane_with_the_cursor_is_always_shown_and_the_text_keeps_its_room(
    width: int, height: int, at: Pane
) -> None:
    for layout, zoomed in product(Layout, (False, True)):
        wishes = Wishes(layout, zoomed, tree_width=60, list_width=80, list_height=60)
        found = arrange(width, height, at=at, wishes=wishes)
        assert at in found.shown
        if zoomed:
            assert found.shown == {at}
        if found.list_width is not None:
            assert found.list_width >= LIST_WIDTHS.start
            assert width - (found.tree_width or 0) - found.list_width >= 34 + 1
        if found.list_height is not None:
            assert height - found.list_height >= 5


def test_the_footer_drops_before_the_top_line() -> None:
    assert arrange(40, 8, at=Pane.LIST).bottom_line
    assert not arrange(40, 7, at=Pane.LIST).bottom_line
    assert arrange(40, 7, at=Pane.LIST).top_line
    assert not arrange(40, 3, at=Pane.LIST).top_line


def test_rows_take_one_line_where_the_list_is_short_or_the_user_wants_it() -> None:
    assert arrange(120, 24, at=Pane.LIST).two_line_rows
    assert not arrange(120, 23, at=Pane.LIST).two_line_rows
    assert not arrange(120, 40, at=Pane.LIST, wishes=Wishes(two_line_rows=False)).two_line_rows


def test_panes_grow_with_the_terminal_unless_the_user_has_said() -> None:
    small, large = arrange(120, 40, at=Pane.LIST), arrange(200, 60, at=Pane.LIST)
    assert small.list_width is not None
    assert large.list_width is not None
    assert large.list_width > small.list_width
    assert (large.tree_width or 0) > (small.tree_width or 0)
    assert arrange(200, 60, at=Pane.LIST, wishes=Wishes(list_width=50)).list_width == 50


@pytest.mark.parametrize(
    ("layout", "at", "shown"),
    [
        (Layout.STACKED, Pane.LIST, set(PANES)),
        (Layout.COLUMNS, Pane.LIST, set(PANES)),
        (Layout.WIDE, Pane.LIST, {Pane.TREE, Pane.LIST}),
        (Layout.WIDE, Pane.TREE, {Pane.TREE, Pane.LIST}),
        (Layout.WIDE, Pane.READING, {Pane.TREE, Pane.READING}),
    ],
)
def test_the_layout_a_user_wants(layout: Layout, at: Pane, shown: set[Pane]) -> None:
    found = arrange(120, 40, at=at, wishes=Wishes(layout))
    assert found.shown == shown
    assert (found.list_height is not None) == (layout is Layout.STACKED)
    assert (found.list_width is not None) == (layout is Layout.COLUMNS)


def test_a_layout_waits_where_there_is_no_room_for_it() -> None:
    for layout in Layout:
        assert arrange(40, 40, at=Pane.LIST, wishes=Wishes(layout)).mode is Mode.ONE
    low = arrange(120, 12, at=Pane.LIST, wishes=Wishes(Layout.STACKED))
    assert low.mode is Mode.COLUMNS
    narrow = arrange(80, 24, at=Pane.READING, wishes=Wishes(Layout.WIDE))
    assert narrow.shown == {Pane.READING}
    assert narrow.tree_width is None
    assert arrange(80, 24, at=Pane.LIST).tree_width is None


def test_sizes_are_those_a_user_wants_as_far_as_there_is_room() -> None:
    wishes = Wishes(tree_width=40, list_width=50, list_height=10)
    found = arrange(160, 40, at=Pane.LIST, wishes=wishes)
    assert (found.tree_width, found.list_width) == (40, 50)
    stacked = arrange(80, 40, at=Pane.LIST, wishes=wishes)
    assert stacked.list_height == 10
