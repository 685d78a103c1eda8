"""The two themes of our own, and what the other themes need to stand in for them.

Contrast of body and meta text against every ground passes WCAG AA (4.5 to 1), by test.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = "mahakam"
LIGHT: Final = "kertas"

OF_OTHERS: Final = {
    "tree-ground": "panel",
    "list-ground": "surface",
    "text-ground": "background",
    "line-ground": "panel",
    "cursor-ground": "primary-muted",
    "cursor-ground-dim": "boost",
    "ink": "foreground",
    "ink-strong": "foreground",
    "ink-muted": "text-muted",
    "accent-ink": "text-accent",
    "warm-ink": "text-warning",
    "error-ink": "text-error",
}
"""The colours our stylesheet uses beside those of every theme, and what they are in another's."""

MAHAKAM: Final = Theme(
    name=DARK,
    dark=True,
    primary="#57b8ac",
    secondary="#3f8d87",
    accent="#6fc9bc",
    warning="#e6a93f",
    error="#f08a76",
    success="#8cc57f",
    foreground="#e8e0cd",
    background="#11262b",
    surface="#0e2025",
    panel="#0b1a1f",
    variables={
        "tree-ground": "#0a181c",
        "list-ground": "#0e2025",
        "text-ground": "#12282e",
        "line-ground": "#081317",
        "cursor-ground": "#1d4249",
        "cursor-ground-dim": "#15313a",
        "ink": "#e8e0cd",
        "ink-strong": "#fbf5e6",
        "ink-muted": "#9dafab",
        "accent-ink": "#74cdc0",
        "warm-ink": "#eeb34d",
        "error-ink": "#f39a88",
    },
)

KERTAS: Final = Theme(
    name=LIGHT,
    dark=False,
    primary="#0b6a75",
    secondary="#2d7f7f",
    accent="#0b6a75",
    warning="#8f4d00",
    error="#a3301d",
    success="#35682d",
    foreground="#23292b",
    background="#faf6ec",
    surface="#f3edde",
    panel="#eae2cf",
    variables={
        "tree-ground": "#ece5d3",
        "list-ground": "#f4eee0",
        "text-ground": "#fbf8f0",
        "line-ground": "#e2dac5",
        "cursor-ground": "#d3e3df",
        "cursor-ground-dim": "#e6e4d6",
        "ink": "#262b2d",
        "ink-strong": "#0f1415",
        "ink-muted": "#585b55",
        "accent-ink": "#09606a",
        "warm-ink": "#874600",
        "error-ink": "#9a2b19",
    },
)

OURS: Final = (MAHAKAM, KERTAS)


def filled(variables: dict[str, str]) -> dict[str, str]:
    """The colours of a theme, ours among them."""
    return {ours: variables[theirs] for ours, theirs in OF_OTHERS.items()} | variables
