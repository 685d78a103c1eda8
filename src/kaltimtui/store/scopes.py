"""What a list holds, as a range of an index."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

HIGHEST: Final = (1 << 63) - 1
LOWEST: Final = -(1 << 63)


TAGGED: Final = "tagged CROSS JOIN article ON article.id = tagged.article_id"
"""The tables of what has a tag, its articles at hand."""


class Scope(NamedTuple):
    """The ids a view holds: ``SELECT {id} FROM {tables} WHERE {where}``, between two places."""

    tables: str
    where: str
    parameters: tuple[Any, ...]
    id: str = "id"
    floor: int = LOWEST
    ceiling: int = HIGHEST
    retold: str = ""
    """Which rows of ``telling`` name what is left out of them: all that ``where`` leaves in."""

    def with_articles(self) -> Scope:
        """The same with its articles at hand, to ask something of each."""
        return self._replace(tables=TAGGED) if self.tables == "tagged" else self
