"""Rows in columns, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.styled import Styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kaltimtui.cli.output import Output

GAP: Final = "  "
_NAME_LEAST: Final = 16
"""Cells by which most names can be told apart."""


def table(out: Output, rows: Sequence[tuple[str, ...]]) -> None:
    """Rows in columns, the first as wide as the terminal leaves it room.

    Where that is too little to know a name by, the other columns stand below it.
    """
    from kaltimtui import text

    if not rows:
        return
    shown = [tuple(map(text.inline, row)) for row in rows]
    widths = [max(map(text.width, column)) for column in zip(*shown, strict=True)]
    room = out.width - sum(width + len(GAP) for width in widths[1:])
    below = room < min(widths[0], _NAME_LEAST)
    widths[0] = min(widths[0], out.width if below else room)
    for name, *cells in shown:
        first = Styled(_padded(text.fit(name, widths[0]), widths[0]), "bold")
        if below:
            out.line(first)
            out.line(GAP, Styled(GAP.join(filter(None, cells)), "dim"))
            continue
        padded = (GAP + _padded(cell, w) for cell, w in zip(cells, widths[1:], strict=True))
        out.line(first, Styled("".join(padded).rstrip(), "dim"))


def troubles(out: Output, said: Iterable[tuple[str, str | None]]) -> None:
    """A line for each name of which there is something wrong to say."""
    for name, trouble in said:
        if trouble:
            out.line(Styled("! ", "warm"), f"{name}: {trouble}")


def _padded(cell: str, width: int) -> str:
    from kaltimtui import text

    return cell + " " * (width - text.width(cell))
