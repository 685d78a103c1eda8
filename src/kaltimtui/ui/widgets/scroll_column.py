"""The bar at the edge of a list or text, drawn without Rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style as TextualStyle
    from textual.visual import RenderOptions


class ScrollColumn(ScrollBarRender, Visual):
    """Looks as Textual's own, of which Rich makes one line after the other.

    Three bars took as long in every picture as the rows of the list.
    """

    def render_strips(
        self, width: int, height: int | None, style: TextualStyle, options: RenderOptions
    ) -> list[Strip]:
        """The bar; most of its lines are alike and are made once."""
        room = height or 1
        colours = self.style if isinstance(self.style, Style) else Style.parse(self.style)
        bar = self.render_bar(
            size=room if self.vertical else width,
            virtual_size=self.virtual_size,
            window_size=self.window_size,
            position=self.position,
            thickness=width if self.vertical else room,
            vertical=self.vertical,
            **{
                name: colour
                for name, colour in (("back_color", colours.bgcolor), ("bar_color", colours.color))
                if colour is not None
            },
        )
        if not self.vertical:
            return [Strip(line) for line in Segment.split_lines(bar.segments)]
        made = {piece: Strip([piece], width) for piece in set(bar.segments)}
        return [made[piece] for piece in bar.segments]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as it was told to be."""
        return self.thickness

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Whatever there is room for."""
        return 1
