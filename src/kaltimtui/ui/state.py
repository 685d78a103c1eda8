"""What the screen remembers from one day to the next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.paths import write_atomically
from kaltimtui.ui.arrange import LIST_WIDTH

if TYPE_CHECKING:
    from pathlib import Path

_PLACES: Final = 500
DEFAULT_MEASURE: Final = 72


@dataclass(slots=True)
class ScreenState:
    """Widths, theme, where one stood, and where one was in each article."""

    theme: str = ""
    measure: int = DEFAULT_MEASURE
    list_width: int = LIST_WIDTH
    two_line: bool = True
    view: str = "all"
    source: int | None = None
    category: int | None = None
    article: str | None = None
    places: dict[str, int] = field(default_factory=dict)
    """How far one had come in an article, by its id, as the reading pane counts it."""

    def remember_place(self, article: str, place: int) -> None:
        """Keep how far one has come in an article; at the top there is nothing to keep."""
        self.places.pop(article, None)
        if place > 0:
            self.places[article] = place
        while len(self.places) > _PLACES:
            del self.places[next(iter(self.places))]


def load(path: Path) -> ScreenState:
    """What was remembered; what is missing or broken is as on the first day."""
    try:
        said: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return ScreenState()
    if not isinstance(said, dict):
        return ScreenState()
    fresh = ScreenState()
    for each in fields(ScreenState):
        value = said.get(each.name)
        default = getattr(fresh, each.name)
        if _fits(value, default):
            setattr(fresh, each.name, value)
    return fresh


def _fits(value: object, default: object) -> bool:
    if isinstance(default, dict):
        return isinstance(value, dict) and all(isinstance(v, int) for v in value.values())
    if default is None:
        return isinstance(value, int | str)
    return type(value) is type(default)


def save(path: Path, state: ScreenState) -> None:
    """Write it down. Raises OSError."""
    write_atomically(path, json.dumps(asdict(state), ensure_ascii=False).encode())
