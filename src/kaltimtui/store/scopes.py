"""What a list holds, as a range of an index."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

HIGHEST: Final = (1 << 63) - 1
LOWEST: Final = -(1 << 63)


class Scope(NamedTuple):
    """The ids a view holds: ``SELECT {id} FROM {tables} WHERE {where}``, between two places."""

    tables: str
    where: str
    parameters: tuple[Any, ...]
    id: str = "id"
    floor: int = LOWEST
    ceiling: int = HIGHEST
