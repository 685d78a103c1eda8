"""The colours of tags: what users call them, and how they are drawn to be read on any ground."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.style import Style
from textual.color import BLACK, WHITE, Color, ColorParseError

from kaltimtui import text, wording
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTRAST: Final = 4.5
"""WCAG AA."""
_STEPS: Final = 20


def named(said: str) -> str | None:
    """A colour as it is kept, from what the user calls it; None where nothing is said.

    Raises UsageError where that is no colour.
    """
    name = wording.kept_colour(said) or None
    if name is not None and _parsed(name) is None:
        raise UsageError(_("“{colour}” is no colour.").format(colour=text.inline(said)))
    return name


def _parsed(name: str) -> Color | None:
    try:
        return Color.parse(name)
    except ColorParseError:
        return None


def style(tag: str, colours: Mapping[str, str], ground: Style) -> Style:
    """How the name of a tag looks on a ground; one without a colour has that of the tag above."""
    while tag and tag not in colours:
        tag = tag.rpartition("/")[0]
    colour = colours.get(tag)
    if colour is None or ground.bgcolor is None:
        return Style()
    return legible(colour, ground.bgcolor)


@lru_cache(maxsize=256)
def legible(colour: str, ground: RichColor) -> Style:
    """A colour made so much lighter or darker that it can be read; none where it is unknown."""
    wanted = _parsed(colour)
    if wanted is None:
        return Style()
    if ground.type is ColorType.DEFAULT:
        return Style(color=wanted.rich_color)
    behind = Color.from_rich_color(ground)
    towards = WHITE if _luminance(behind) < _MIDDLE else BLACK
    shades = (wanted.blend(towards, step / _STEPS, 1.0) for step in range(_STEPS))
    shade = next((one for one in shades if contrast(one, behind) >= _CONTRAST), towards)
    return Style(color=shade.rich_color)


_MIDDLE: Final = 0.18
"""The luminance from which black can be read better than white."""


def contrast(one: Color, other: Color) -> float:
    """Contrast of two colours by WCAG 2.1, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = (part / 255 for part in colour.rgb)
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
