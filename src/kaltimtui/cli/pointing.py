"""A search that cannot be read, as two lines: what was written, and carets under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import text

if TYPE_CHECKING:
    from kaltimtui.errors import QueryError

_CUT: Final = "…"
_PART_BEFORE: Final = 3
"""One of so many parts of the room is for what stands before the place, where all is full."""
_NO_SIGN: Final = "�"
_JOINERS: Final = "\u200c\u200d"
_LOOKED_AT: Final = 4
"""Characters for each cell of the room that are looked at: some take none."""


def pointed(error: QueryError, room: int) -> tuple[str, str]:
    """The search in so many cells, or what of it stands round the place, and the carets.

    A blank of any kind is shown as a space, what no terminal shows as a sign that stands for it.
    """
    start, end = error.start, max(error.start, error.end)
    reach = room * _LOOKED_AT
    before = _shown(error.typed[max(0, start - reach) : start])
    place = _shown(error.typed[start : min(end, start + reach)])
    behind = _shown(error.typed[end : end + reach])
    room -= 1  # for a caret behind the end
    most = max(room // _PART_BEFORE, room - text.width(place + behind))
    if start > reach or text.width(before) > most:
        before = _last(before, most)
    rest = text.fit(place + behind, room - text.width(before))
    margin = text.width(before)
    carets = text.width(before + rest[: len(place)]) - margin
    return before + rest, " " * margin + "^" * max(1, carets)


def _shown(typed: str) -> str:
    return "".join(map(_sign, typed))


def _sign(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if character.isspace() else _NO_SIGN


def _last(shown: str, cells: int) -> str:
    """The end of a text that is too long, in so many cells at most."""
    left = cells - text.width(_CUT)
    first = len(shown)
    while first and (taken := text.width(shown[first - 1])) <= left:
        left -= taken
        first -= 1
    while first < len(shown) and not text.width(shown[first]):
        first += 1  # an accent of a letter that is cut off
    return _CUT + shown[first:]
