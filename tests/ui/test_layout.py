"""How the panes stand: the layouts, the dividers, and what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ui.test_themes import AA, contrast

from kaltimtui.config import Config
from kaltimtui.ui.actions import PANES, Pane
from kaltimtui.ui.arrange import Mode
from kaltimtui.ui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library
    from kaltimtui.ui.widgets.divider import Draggable


def mode(reader: Reader) -> Mode:
    return reader.screen.arrangement.mode


pytestmark = pytest.mark.usefixtures("english")


async def drag(reader: Reader, grip: Draggable, by: tuple[int, int]) -> None:
    """Take hold of a divider with the mouse and let it go elsewhere."""
    x, y = grip.region.offset
    await reader.pilot.mouse_down(offset=(x, y))
    await reader.pilot.hover(offset=(x + by[0], y + by[1]))
    await reader.pilot.mouse_up(offset=(x + by[0], y + by[1]))


async def test_one_key_goes_through_the_layouts(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        screen = reader.screen
        assert mode(reader) is Mode.COLUMNS
        await reader.press("V")
        assert mode(reader) is Mode.STACKED
        assert "above the text" in screen.bottom.said
        assert screen.list_pane.region.bottom <= screen.text_heading.region.y
        assert screen.text_heading.region.bottom == screen.reading.region.y
        await reader.press("V")
        assert screen.arrangement.shown == {Pane.TREE, Pane.LIST}
        await reader.press("enter")
        assert screen.arrangement.shown == {Pane.TREE, Pane.READING}
        await reader.press("V")
        assert screen.arrangement.shown == set(PANES)
        assert screen.state.layout == "columns"


async def test_a_narrow_terminal_says_that_there_is_one_pane(reading: Opens, news: Library) -> None:
    async with reading(news, size=(40, 12)) as reader:
        await reader.press("V")
        assert "one pane alone" in reader.screen.bottom.said
        assert reader.screen.state.layout == "auto"


async def test_the_divider_beside_the_list_is_dragged(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        screen = reader.screen
        wide, tree = screen.list_pane.size.width, screen.tree_pane.size.width
        await drag(reader, screen.list_edge, (7, 3))
        await reader.until(lambda: screen.list_pane.size.width == wide + 7)
        await drag(reader, screen.tree_edge, (-5, 0))
        await reader.until(lambda: screen.tree_pane.size.width == tree - 5)
        assert (screen.state.list_width, screen.state.tree_width) == (wide + 7, tree - 5)


async def test_the_heading_of_the_text_below_the_list_is_dragged(
    reading: Opens, news: Library
) -> None:
    async with reading(news, size=(80, 40)) as reader:
        screen = reader.screen
        high = screen.list_pane.size.height
        await drag(reader, screen.text_heading, (2, 5))
        await reader.until(lambda: screen.list_pane.size.height == high + 5)
        await reader.press("-")
        await reader.until(lambda: screen.list_pane.size.height == high + 3)


async def test_a_heading_beside_the_list_moves_nothing(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        before = reader.screen.arrangement
        await drag(reader, reader.screen.text_heading, (2, 5))
        assert reader.screen.arrangement == before


async def test_a_divider_is_a_line_and_a_bar_where_the_mouse_is(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        edge = reader.screen.list_edge
        assert edge.render_line(0).text == "│"
        await reader.pilot.hover(offset=edge.region.offset)
        assert edge.render_line(0).text == "┃"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_a_divider_is_quiet_but_to_be_seen(reading: Opens, news: Library, theme: str) -> None:
    async with reading(news) as reader:
        reader.app.theme = theme
        await reader.pilot.pause(0)
        for edge in (reader.screen.tree_edge, reader.screen.list_edge):
            ink, ground = edge.rich_style.color, edge.rich_style.bgcolor
            assert ink is not None
            assert ground is not None
            assert 1.8 < contrast(ink.name, ground.name) < AA


async def test_the_single_pane_and_the_layout_are_there_the_next_time(
    reading: Opens, news: Library, tmp_path: Path
) -> None:
    file = tmp_path / "screen.json"
    async with reading(news, state_file=file) as reader:
        await reader.press("V", "Z")
        assert reader.screen.arrangement.shown == {Pane.LIST}
        await reader.press("ctrl+q")
    async with reading(news, state_file=file) as reader:
        assert reader.screen.arrangement.shown == {Pane.LIST}
        await reader.press("Z")
        assert mode(reader) is Mode.STACKED


async def test_rows_are_as_set_until_a_key_says_otherwise(reading: Opens, news: Library) -> None:
    async with reading(news, config=Config(list_lines=1)) as reader:
        rows = reader.screen.list_pane.articles
        heights = [rows.row_height]
        await reader.press("z")
        heights.append(rows.row_height)
        assert heights == [1, 2]
        assert reader.screen.state.two_line is True


@pytest.mark.parametrize("size", [(300, 80), (120, 40), (80, 24), (40, 12), (20, 5)])
async def test_every_layout_fits_every_terminal(
    size: tuple[int, int], reading: Opens, news: Library
) -> None:
    async with reading(news, size=size) as reader:
        for _layout in range(3):
            for pane in PANES:
                reader.screen.go(pane)
                await reader.pilot.pause()
                assert {len(line) for line in reader.lines()} == {size[0]}
                assert reader.screen.pane is not None
            await reader.press("V")


async def test_text_is_selected_by_dragging_over_it(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("enter")
        at = reader.screen.reading.region.offset
        await reader.pilot.mouse_down(offset=(at.x + 4, at.y))
        await reader.pilot.hover(offset=(at.x + 14, at.y + 2))
        await reader.pilot.mouse_up(offset=(at.x + 14, at.y + 2))
        await reader.until(lambda: "bar 0" in (reader.screen.get_selected_text() or ""))
        chosen = reader.screen.get_component_rich_style("screen--selection")
        assert chosen.color != chosen.bgcolor
        shown = reader.screen.reading.render_line(1)
        assert chosen.bgcolor in {segment.style.bgcolor for segment in shown if segment.style}
