"""The colours of tags: readable on every ground of our themes, and the same in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import BLACK, WHITE, Color

from kaltimtui.errors import UsageError
from kaltimtui.ui.tagcolours import contrast, legible, named, style
from kaltimtui.ui.themes import OURS
from kaltimtui.wording import TAG_COLOURS, colour

if TYPE_CHECKING:
    from textual.theme import Theme

GROUNDS = ("tree-ground", "list-ground", "text-ground", "cursor-ground", "cursor-ground-dim")


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", [*TAG_COLOURS, "#000000", "#ffffff", "#102030"])
def test_every_colour_can_be_read_on_every_ground(theme: Theme, ground: str, name: str) -> None:
    behind = RichColor.parse(theme.variables[ground])
    shown = legible(name, behind).color
    assert shown is not None
    assert contrast(Color.from_rich_color(shown), Color.from_rich_color(behind)) >= 4.5


def test_a_tag_without_a_colour_has_that_of_the_one_above() -> None:
    ground = Style(bgcolor="#000000")
    assert style("a/b/c", {"a": "green"}, ground) == legible("green", RichColor.parse("#000000"))
    assert style("ab", {"a": "green"}, ground) == Style()
    assert style("a", {}, ground) == Style()
    assert style("a", {"a": "no-colour"}, ground) == Style()
    assert style("a", {"a": "green"}, Style()) == Style()


def test_the_terminals_own_ground_leaves_the_colour_as_it_is() -> None:
    assert legible("#102030", RichColor.default()).color == Color.parse("#102030").rich_color


def test_a_colour_is_kept_by_one_name_in_every_language() -> None:
    assert {named(colour(name)) for name in TAG_COLOURS} == set(TAG_COLOURS)
    assert named(" #AABBCC ") == "#aabbcc"
    assert named("  ") is None
    with pytest.raises(UsageError, match="ku"):
        named("ku")
    assert colour(None) == ""
    assert colour("#aabbcc") == "#aabbcc"


def test_the_contrast_measure_knows_black_on_white() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
