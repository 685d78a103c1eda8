"""What is asked of the process that draws, and what it answers, as both sides know it."""

from __future__ import annotations

from typing import Final, NamedTuple

from kaltimtui.pixels.fit import Size

TOO_LARGE: Final = "large"
"""The trouble with a picture of more pixels than anybody should have to wait for."""
BROKEN: Final = "broken"
"""The trouble with what cannot be read as a picture."""
MISSING: Final = "missing"
"""The trouble where the file is gone."""


NOTHING: Final = Size(0, 0)


class Order(NamedTuple):
    """A picture to be drawn."""

    file: str
    room: Size
    """Pixels that it may take."""
    ground: tuple[int, int, int]
    """What is seen through it, as red, green and blue."""
    packed: bool = False
    """Whether it is wanted as a PNG instead of plain pixels."""


class Drawn(NamedTuple):
    """A picture that was drawn, or why it was not."""

    natural: Size
    """As it is in its file, turned upright; 0 by 0 where that is not known."""
    size: Size
    pixels: bytes
    """Three bytes each, line by line from the top; or a PNG."""
    trouble: str = ""


def troubled(trouble: str, natural: Size = NOTHING) -> Drawn:
    """A picture that cannot be drawn."""
    return Drawn(natural, NOTHING, b"", trouble)
