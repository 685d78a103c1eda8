"""Which panes stand where, from the widest terminal to the smallest."""

from __future__ import annotations

import pytest

from kaltimtui.ui.actions import PANES, Pane
from kaltimtui.ui.arrange import LIST_WIDTHS, Mode, arrange


@pytest.mark.parametrize(
    ("size", "at", "mode", "shown"),
    [
        ((120, 40), Pane.LIST, Mode.THREE, set(PANES)),
        ((100, 24), Pane.READING, Mode.THREE, set(PANES)),
        ((80, 24), Pane.LIST, Mode.BESIDE, {Pane.LIST, Pane.READING}),
        ((80, 24), Pane.TREE, Mode.BESIDE, {Pane.TREE, Pane.LIST}),
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
    for zoomed in (False, True):
        found = arrange(width, height, at=at, zoomed=zoomed, list_width=80)
        assert at in found.shown
        if zoomed:
            assert found.shown == {at}
        if found.list_width is not None:
            assert found.list_width >= LIST_WIDTHS.start
            assert width - found.list_width >= 34


def test_the_footer_drops_before_the_top_line() -> None:
    assert arrange(40, 8, at=Pane.LIST).bottom_line
    assert not arrange(40, 7, at=Pane.LIST).bottom_line
    assert arrange(40, 7, at=Pane.LIST).top_line
    assert not arrange(40, 3, at=Pane.LIST).top_line


def test_rows_take_one_line_where_the_list_is_short_or_the_user_wants_it() -> None:
    assert arrange(120, 24, at=Pane.LIST).two_line_rows
    assert not arrange(120, 23, at=Pane.LIST).two_line_rows
    assert not arrange(120, 40, at=Pane.LIST, two_line_rows=False).two_line_rows


def test_panes_grow_with_the_terminal_unless_the_user_has_said() -> None:
    small, large = arrange(120, 40, at=Pane.LIST), arrange(200, 60, at=Pane.LIST)
    assert small.list_width is not None
    assert large.list_width is not None
    assert large.list_width > small.list_width
    assert (large.tree_width or 0) > (small.tree_width or 0)
    assert arrange(200, 60, at=Pane.LIST, list_width=50).list_width == 50
