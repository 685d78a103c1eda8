"""What the screen remembers from one day to the next."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.paths import write_atomically
from kaltimtui.ui.arrange import Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kaltimtui.models import View

_PLACES: Final = 500
_SEARCHES: Final = 100
_COMMANDS: Final = 50
_LONGEST_SEARCH: Final = 1_000
DEFAULT_MEASURE: Final = 72


@dataclass(slots=True)
class ScreenState:
    """Widths, theme, where one stood, and where one was in each article."""

    theme: str = ""
    measure: int = DEFAULT_MEASURE
    layout: str = "auto"
    zoomed: bool = False
    tree_width: int = 0
    list_width: int = 0
    list_height: int = 0
    """A size of 0 leaves it to that of the terminal."""
    two_line: bool | None = None
    """None: as is set."""
    view: str = "all"
    source: int | None = None
    category: int | None = None
    folder: str | None = None
    tag: str | None = None
    saved: int | None = None
    article: str | None = None
    folded: list[int | str] = field(default_factory=list)
    """What is folded away: ids of sources, paths of folders."""
    unfolded: list[str] = field(default_factory=list)
    """What the user unfolded: paths of folders, headings."""
    places: dict[str, int] = field(default_factory=dict)
    """How far one had come in an article, by its id, as the reading pane counts it."""
    searches: list[str] = field(default_factory=list)
    """Earlier searches as they were typed, each once, the latest last."""
    commands: list[str] = field(default_factory=list)
    """Command lines that articles were handed to, each once, the latest last."""
    drafts: dict[str, str] = field(default_factory=dict)
    """Notes that could not be kept yet, by their articles' ids."""
    pictures: bool = True
    """Whether pictures are shown where they can be."""
    offered: bool = False
    """Whether sources were suggested, as is done once."""

    def remember_place(self, article: str, place: int) -> None:
        """Keep how far one has come in an article; at the top there is nothing to keep."""
        self.places.pop(article, None)
        if place > 0:
            self.places[article] = place
        while len(self.places) > _PLACES:
            del self.places[next(iter(self.places))]

    def remember_view(self, view: View) -> None:
        """Keep in which list one stands."""
        self.view = view.kind.value
        self.source, self.category, self.folder = view.source, view.category, view.folder
        self.tag, self.saved = view.tag, view.saved

    def remember_search(self, typed: str) -> None:
        """Keep what was searched for."""
        if typed.strip() and len(typed) <= _LONGEST_SEARCH:
            _remember(self.searches, typed, _SEARCHES)

    def remember_command(self, typed: str) -> None:
        """Keep the command line that an article was handed to."""
        if len(typed) <= _LONGEST_SEARCH:
            _remember(self.commands, typed, _COMMANDS)


def _remember(kept: list[str], typed: str, most: int) -> None:
    kept[:] = [one for one in kept if one != typed][1 - most :]
    kept.append(typed)


def _is(kind: type) -> Callable[[object], bool]:
    return lambda value: type(value) is kind


_FITS: Final[dict[str, Callable[[Any], bool]]] = {
    "theme": _is(str),
    "measure": _is(int),
    "layout": lambda value: value in set(Layout),
    "zoomed": _is(bool),
    "tree_width": _is(int),
    "list_width": _is(int),
    "list_height": _is(int),
    "two_line": _is(bool),
    "view": _is(str),
    "source": _is(int),
    "category": _is(int),
    "folder": _is(str),
    "tag": _is(str),
    "saved": _is(int),
    "article": _is(str),
    "folded": lambda value: isinstance(value, list) and {*map(type, value)} <= {int, str},
    "unfolded": lambda value: isinstance(value, list) and all(map(_is(str), value)),
    "pictures": _is(bool),
    "offered": _is(bool),
    "searches": lambda value: isinstance(value, list) and all(map(_is(str), value)),
    "commands": lambda value: isinstance(value, list) and all(map(_is(str), value)),
    "drafts": lambda value: isinstance(value, dict) and all(map(_is(str), value.values())),
    "places": lambda value: isinstance(value, dict) and all(map(_is(int), value.values())),
}


def load(path: Path) -> ScreenState:
    """What was remembered; what is missing or broken is as on the first day."""
    state = ScreenState()
    try:
        said: Any = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return state
    if isinstance(said, dict):
        for name, fits in _FITS.items():
            if fits(said.get(name)):
                setattr(state, name, said[name])
    return state


class StateFile:
    """Where it is written down, from any thread; what is older never takes the place of newer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._taken = self._written = 0

    def writing(self, state: ScreenState) -> Callable[[], None]:
        """What writes it down as it is now; that raises OSError."""
        self._taken += 1
        said = json.dumps(asdict(state), ensure_ascii=False).encode("utf-8", "replace")
        return partial(self._write, self._taken, said)

    def _write(self, number: int, said: bytes) -> None:
        with self._lock:
            if number > self._written:
                write_atomically(self._path, said)
                self._written = number
