"""The pictures that are here: where they lie, how large they are, and what was drawn of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rich.segment import Segment
from textual.cache import LRUCache

from kaltimtui.i18n import _
from kaltimtui.pixels.fit import Size, fit
from kaltimtui.pixels.header import size_in
from kaltimtui.pixels.order import MISSING, NOTHING, TOO_LARGE
from kaltimtui.ui.setting.pictures import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kaltimtui.pixels.order import Drawn
    from kaltimtui.ui.setting.lines import Spot

_SHOTS: Final = 1_000
_WIDEST: Final = 290
"""Cells; a terminal that holds pictures by letters can number a few more."""
_DRAWN: Final = 12
"""Pictures that are kept as they were drawn, up to a megabyte each."""


Lines: TypeAlias = Callable[[int], list[Segment]]
"""A picture as it is drawn, line by line."""


class Shot(NamedTuple):
    """A picture in a file."""

    file: Path
    size: Size
    trouble: str = ""
    """Why it cannot be shown."""


class Wanted(NamedTuple):
    """A picture to be drawn for a place in the terminal."""

    url: str
    size: Size
    ground: tuple[int, int, int]


class Gallery:
    """What panes ask for a picture; what is not drawn yet they get as soon as it is.

    Of the event loop, but for ``look`` and ``add``.
    """

    def __init__(self, ask: Callable[[Wanted, Path], None]) -> None:
        """``ask`` has a picture drawn, for ``hang``."""
        self.shown = False
        """Whether pictures are shown in the text."""
        self._ask = ask
        self._shots: dict[str, Shot] = {}
        self._drawn: LRUCache[Wanted, Lines] = LRUCache(_DRAWN)

    def shot(self, url: str) -> Shot | None:
        """The picture of an address, if it is here."""
        return self._shots.get(url)

    def look(self, files: Mapping[str, Path]) -> dict[str, Shot]:
        """What is new among the files of these addresses; reads how they begin, in a thread."""
        return {
            url: Shot(file, size or NOTHING, "" if size else damaged())
            for url, file, size in (
                (url, file, size_in(file))
                for url, file in files.items()
                if self._shots.get(url) is None
            )
        }

    def add(self, shots: Mapping[str, Shot]) -> bool:
        """Know these pictures from now on; whether any is new."""
        self._shots.update(shots)
        while len(self._shots) > _SHOTS:
            del self._shots[next(iter(self._shots))]
        return bool(shots)

    def figure(self, url: str, room: Size) -> Figure | None:
        """A picture as it stands in a room of so many half blocks; None where it is not here."""
        shot = self._shots.get(url)
        if shot is None:
            return None
        room = Size(min(room.width, _WIDEST), min(room.height, _WIDEST))
        return Figure(NOTHING if shot.trouble else fit(shot.size, room), shot.trouble)

    def line(self, spot: Spot, ground: tuple[int, int, int]) -> list[Segment] | None:
        """A line of a picture as it was drawn for a place; None until it is."""
        wanted = Wanted(spot.url, Size(spot.columns, spot.half_lines), ground)
        found = self._drawn.get(wanted)
        shot = self._shots.get(spot.url)
        if found is None and shot is not None and not shot.trouble:
            self._ask(wanted, shot.file)
        return found(spot.line) if found else None

    def take_down(self, wanted: Wanted) -> None:
        """Have a picture drawn anew when it is asked for."""
        self._drawn.discard(wanted)

    def hang(self, wanted: Wanted, drawn: Drawn, lines: Lines) -> bool:
        """Take what was drawn; whether the picture takes another room than was thought."""
        shot = self._shots.get(wanted.url)
        if shot is None:
            return False
        if drawn.trouble == MISSING:
            del self._shots[wanted.url]
        elif drawn.trouble:
            self._shots[wanted.url] = shot._replace(trouble=_said(drawn))
        else:
            self._drawn[wanted] = lines
            self._shots[wanted.url] = shot._replace(size=drawn.natural)
            return drawn.natural != shot.size
        return True


def _said(drawn: Drawn) -> str:
    if drawn.trouble == TOO_LARGE:
        said = _("This picture is too large to be shown: {width} by {height} pixels.")
        return said.format(width=drawn.natural.width, height=drawn.natural.height)
    return damaged()


def damaged() -> str:
    """What is said of a file that is no picture, or not one that can be read."""
    return _("This picture is damaged and cannot be shown.")
