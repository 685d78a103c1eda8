"""Our themes: every colour named, and text that can be read (WCAG AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from kaltimtui.ui.themes import OF_OTHERS, OURS

if TYPE_CHECKING:
    from textual.theme import Theme

AA = 4.5
GROUNDS = ("tree-ground", "list-ground", "text-ground", "cursor-ground", "cursor-ground-dim")
INKS = ("ink", "ink-strong", "ink-muted", "accent-ink", "warm-ink", "error-ink")


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.1, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [c / 255 for c in Color.parse(colour).rgb]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_every_colour_is_named(theme: Theme) -> None:
    assert set(theme.variables) == set(OF_OTHERS)


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", [*GROUNDS, "line-ground"])
@pytest.mark.parametrize("ink", INKS)
def test_text_can_be_read(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(theme.variables[ink], theme.variables[ground]) >= AA


def test_the_contrast_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
