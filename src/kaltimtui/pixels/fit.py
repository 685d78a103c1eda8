"""How large a picture stands in a terminal, in half blocks: two pixels a cell, one on another."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """Pixels; of a place in the terminal, a cell wide and half a cell high each."""

    width: int
    height: int


def fit(natural: Size, room: Size) -> Size:
    """The size at which all of a picture can be seen in a room, never larger than it is."""
    width, height = max(1, natural.width), max(1, natural.height)
    share = min(1.0, room.width / width, room.height / height)
    return Size(
        min(max(1, round(width * share)), max(1, room.width)),
        min(max(1, round(height * share)), max(1, room.height)),
    )


def filling(natural: Size, room: Size) -> Size:
    """The size at which all of a picture can be seen in a room that was made for it.

    That is the room itself, unless the picture has another shape than was thought.
    """
    found = fit(natural, room)
    near = abs(found.width - room.width) <= 1 and abs(found.height - room.height) <= 1
    return room if near else found


def rows(size: Size) -> int:
    """Lines of the terminal that a picture of this size takes."""
    return (size.height + 1) // 2
