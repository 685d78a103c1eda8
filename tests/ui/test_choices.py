"""Boxes to tick, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App

from kaltimtui.ui import themes
from kaltimtui.ui.widgets.choices import Choices

if TYPE_CHECKING:
    from textual.app import ComposeResult

NAMES = ("beri tahu", "bintang", "[red]nanti[/]", "sembunyikan")


class ChoicesApp(App[None]):
    """Nothing but choices."""

    def __init__(self) -> None:
        super().__init__()
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.DARK
        self.choices = Choices(NAMES, nothing="belum ada")
        self.told = 0

    def get_css_variables(self) -> dict[str, str]:
        return themes.filled(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield self.choices

    def on_choices_changed(self) -> None:
        self.told += 1

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        drawn = ["".join(segment.text for segment in strip).strip() for strip in strips]
        return [line for line in drawn if line]


async def test_they_are_ticked_by_keys_round_the_ends() -> None:
    app = ChoicesApp()
    async with app.run_test(size=(70, 10)) as pilot:
        app.choices.focus()
        await pilot.press("space", "left", "space", "right", "right", "space", "space")
        assert app.choices.chosen == {0, 3}
        assert app.told == 4
        assert app.lines() == ["[✓] beri tahu  [ ] bintang  [ ] [red]nanti[/]  [✓] sembunyikan"]


@pytest.mark.parametrize("width", [6, 16, 20, 33, 70])
async def test_each_is_where_it_is_clicked_whatever_the_width(width: int) -> None:
    app = ChoicesApp()
    async with app.run_test(size=(width, 10)) as pilot:
        placed = app.choices._placed(app.choices.content_size.width)
        assert app.choices.size.height == placed[-1][1] + 1 == len(app.lines())
        assert all(end <= width for _place, _line, _start, end in placed)
        for _place, line, start, _end in placed:
            await pilot.click(app.choices, offset=(start + 1, line))
        assert app.choices.chosen == set(range(len(NAMES)))
        await pilot.click(app.choices, offset=(width - 1, placed[-1][1]))
        assert app.told == len(NAMES)


async def test_where_there_is_no_room_only_what_is_ticked_is_told() -> None:
    app = ChoicesApp()
    async with app.run_test(size=(24, 10)) as pilot:
        app.choices.brief = True
        app.set_focus(None)
        await pilot.pause()
        assert app.lines() == ["belum ada"]
        app.choices.focus()
        await pilot.press("space", "right", "space")
        assert len(app.lines()) == 4
        app.set_focus(None)
        await pilot.pause()
        assert app.lines() == ["beri tahu · bintang"]
