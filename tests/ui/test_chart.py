"""The chart: drawn at each width, with and without a second series, with a cursor on its bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from kaltimtui.statistics import Tick
from kaltimtui.ui import themes
from kaltimtui.ui.widgets.chart import Chart, Figures, cells_each, drawn, room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WORDS = (Tick(0, "26 Okt"), Tick(7, "2 Nov"), Tick(14, "9 Nov"), Tick(21, "16 Nov"))
WAVES = tuple(150 + 140 * math.sin(n / 3) for n in range(30))
RISE = tuple(8.0 * n for n in range(30))


def lines(figures: Figures, cursor: int, width: int, height: int) -> list[str]:
    return [
        "".join(piece for piece, _look in line) for line in drawn(figures, cursor, width, height)
    ]


@pytest.mark.parametrize(("width", "height"), [(80, 10), (80, 5), (40, 4), (40, 2), (40, 1)])
def test_it_looks_like_this(
    width: int, height: int, snapshot: Callable[[str, Iterable[str]], None]
) -> None:
    figures = Figures(WAVES, RISE, WORDS)
    snapshot(f"chart-{width}x{height}", lines(figures, 11, width, height))


VALUES = st.lists(st.floats(0, 1e7), max_size=150).map(tuple)


@given(VALUES, st.booleans(), st.integers(-3, 200), st.integers(1, 200), st.integers(1, 20))
def test_it_is_as_wide_and_as_high_as_its_room(
    values: tuple[float, ...], dots: bool, cursor: int, width: int, height: int
) -> None:
    figures = Figures(values, values if dots else (), (Tick(0, "Jan 2026"), Tick(5, "Feb")))
    shown = lines(figures, cursor, width, height)
    assert [len(line) for line in shown] == [width] * height


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=72), st.integers(1, 12))
def test_more_is_never_drawn_lower(values: list[int], height: int) -> None:
    figures = Figures(tuple(map(float, values)))
    shown = [line[8:] for line in lines(figures, -1, 80, height)]
    bars = shown[: height - (height >= 6) - (height > 1)]
    each = cells_each(len(values), 80)
    heights = [
        sum(" ▁▂▃▄▅▆▇█".index(line[place * each]) for line in bars) for place in range(len(values))
    ]
    for value, drawn_high in zip(values, heights, strict=True):
        assert (value > 0) == (drawn_high > 0)
    by_value = sorted(zip(values, heights, strict=True))
    assert [high for _value, high in by_value] == sorted(heights)


def test_the_second_series_and_the_cursor_differ_without_a_colour() -> None:
    shown = lines(Figures((4.0, 8.0), (8.0, 2.0)), 1, 80, 8)
    assert "•" in "".join(shown)
    assert sum(line.count("▲") for line in shown) == 1
    assert not any("•" in line for line in lines(Figures((4.0, 8.0)), 1, 80, 8))


def test_bars_have_the_room_there_is() -> None:
    assert [room(width) for width in (1, 40, 60, 80)] == [1, 40, 52, 72]
    assert [cells_each(count, 80) for count in (0, 1, 24, 30, 53, 200)] == [6, 6, 3, 2, 1, 1]


class OneChart(App[None]):
    CSS = "Chart { width: 100%; height: 8; }"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.bars = 30
        self.moved: list[int] = []
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = themes.DARK

    def figures(self, width: int) -> Figures:
        self.asked.append(width)
        return Figures(tuple(float(n) for n in range(self.bars)))

    def compose(self) -> ComposeResult:
        yield Chart(self.figures)

    def on_chart_moved(self, _event: Chart.Moved) -> None:
        self.moved.append(self.query_one(Chart).cursor)


async def test_its_cursor_begins_at_the_last_bar_and_stays_on_the_bars() -> None:
    app = OneChart()
    async with app.run_test(size=(80, 10)) as pilot:
        chart = app.query_one(Chart)
        assert (app.asked, chart.cursor) == ([80], 29)
        chart.cursor += 1
        assert chart.cursor == 29
        chart.cursor -= 50
        await pilot.pause()
        assert chart.cursor == 0
        assert app.moved[-1] == 0
        assert "▲" in chart.render_line(6).text
        await pilot.click(Chart, offset=(8 + 2 * 5, 3))
        assert chart.cursor == 5
        app.bars = 3
        chart.renew(from_end=False)
        assert chart.cursor == 2
        await pilot.resize_terminal(40, 10)
        assert app.asked[-1] == 40


async def test_nothing_to_show_is_shown_as_nothing() -> None:
    app = OneChart()
    app.bars = 0
    async with app.run_test(size=(80, 10)) as pilot:
        chart = app.query_one(Chart)
        chart.cursor += 1
        await pilot.pause()
        assert chart.cursor == 0
        assert chart.render_line(6).text.split() == ["0"]
        assert chart.render_line(9).text.strip() == ""
