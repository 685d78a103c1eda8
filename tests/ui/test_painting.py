"""How much is laid out and drawn for a key, counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from rich.style import Style
from textual.scrollbar import ScrollBarRender

from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from tests.ui.conftest import Opens, Reader
    from textual.screen import Screen

    from kaltimtui.library import Library

COLOURS = Style(color="#57b8ac", bgcolor="#0e2025")


async def shown(reader: Reader, view: View) -> None:
    pane = reader.screen.list_pane
    await reader.until(lambda: pane.view == view == pane.wanted, f"{view}")
    await reader.pilot.pause(0)


async def test_a_letter_more_lays_nothing_out(reading: Opens, news: Library) -> None:
    async with reading(news, size=(120, 40)) as reader:
        await reader.press("slash", *"kab")
        await shown(reader, View(ViewKind.SEARCH, query="kab*"))
        await reader.until(lambda: reader.screen.list_pane.articles.window.exact)
        laid_out: list[Screen[object]] = []
        reader.screen.screen_layout_refresh_signal.subscribe(reader.screen, laid_out.append)
        await reader.press("a")
        await shown(reader, View(ViewKind.SEARCH, query="kaba*"))
        assert laid_out == []


async def test_the_line_of_what_may_follow_goes_when_the_results_come(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(news, size=(120, 40)) as reader:
        await reader.press("slash", *"kabar")
        await shown(reader, View(ViewKind.SEARCH, query="kabar*"))
        search = reader.screen.list_pane.search
        with monkeypatch.context() as patch:
            patch.setattr(reader.screen.list_pane, "begin", lambda *_, **__: None)
            await reader.press("enter")
            await reader.until(lambda: not search.box.has_focus)
            assert reader.at() is Pane.LIST
            assert search.note.display
        reader.screen.list_pane.load(View(ViewKind.SEARCH, query="kabar"))
        await reader.until(lambda: not search.note.display)


@pytest.mark.parametrize("position", [0, 7, 61, 180])
@pytest.mark.parametrize("vertical", [True, False])
def test_a_bar_looks_as_textual_draws_it(position: int, vertical: bool) -> None:
    said = {"virtual_size": 200, "window_size": 20, "position": position, "thickness": 1}
    ours = ScrollColumn(**said, vertical=vertical, style=COLOURS)
    theirs = ScrollBarRender(**said, vertical=vertical, style=COLOURS)
    width, height = (1, 20) if vertical else (20, 1)
    console = Console(width=width, height=height)
    lines = console.render_lines(theirs, console.options.update_height(height), pad=False)
    strips = ours.render_strips(width, height, None, None)  # type: ignore[arg-type] # of no use here
    assert [list(strip) for strip in strips] == [list(line) for line in lines]
