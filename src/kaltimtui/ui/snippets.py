"""What is shown of the texts of the articles that a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kaltimtui.models import ArticleRow
    from kaltimtui.query.marking import Marker

_KEPT: Final = 2_000


class Snippets:
    """Pieces of texts by article; what was shown stands until there is another."""

    def __init__(self) -> None:
        self.marker: Marker | None = None
        """What is marked in them."""
        self._texts: dict[str, str] = {}
        self._asked: set[str] = set()

    def of(self, article: str) -> str:
        """What is shown of an article; empty where it is not here, or there is none."""
        return self._texts.get(article, "")

    def mark(self, marker: Marker | None) -> bool:
        """Mark other words from now on; False where they are the same."""
        if marker == self.marker:
            return False
        self.marker = marker
        self._asked.clear()
        if marker is None or len(self._texts) > _KEPT:
            self._texts.clear()
        return True

    def wanted(self, rows: Iterable[ArticleRow | None]) -> tuple[str, ...]:
        """The articles of some rows that are to be asked for; they are taken to be, from now on."""
        if self.marker is None:
            return ()
        here = (row.id for row in rows if row is not None)
        fresh = tuple(article for article in here if article not in self._asked)
        self._asked.update(fresh)
        return fresh

    def put(self, ids: Iterable[str], found: Mapping[str, str], marker: Marker) -> bool:
        """Take what was asked for; False where it is of no use any more."""
        if marker != self.marker:
            return False
        self._texts.update({article: found.get(article, "") for article in ids})
        return True
