"""A line of text in pieces, some of them set apart: what a terminal shows and a file leaves out."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["bold", "dim", "warm", "accent", "error"]


class Styled(NamedTuple):
    """A piece of a line that a colour terminal sets apart."""

    text: str
    style: Style


Piece: TypeAlias = str | Styled
