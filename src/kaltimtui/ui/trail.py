"""The articles one has opened, one after the other, and where one is among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LIMIT: Final = 200


@dataclass(slots=True, eq=False)
class Visit:
    """An article one opened, and how far one was in it when one left."""

    article: str
    followed: bool = False
    """Whether a link or related item of the visit before led here."""
    place: int = 0
    related: int | None = None


class Trail:
    """The way one came, and the way ahead once one has gone back, as in a browser.

    What is shown beside the list without being opened is no visit: the way back from it leads to
    the visit one was at.
    """

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    @property
    def here(self) -> Visit | None:
        """The visit one is at, or was at last."""
        return self._visits[self._at] if self._visits else None

    def came_by_link(self, shown: str | None) -> bool:
        """Whether one came to what is shown from the visit before it, which is still known."""
        here = self.here
        return here is not None and here.article == shown and here.followed and self._at > 0

    def leave(self, shown: str | None, place: int, related: int | None) -> None:
        """Keep how far one has come, where the visit one is at is what is shown."""
        here = self.here
        if here is not None and here.article == shown:
            here.place, here.related = place, related

    def open(self, article: str, *, followed: bool = False) -> None:
        """Go on to an article; what was ahead is ahead no more."""
        here = self.here
        if here is not None and here.article == article:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(Visit(article, followed))
        del self._visits[:-LIMIT]
        self._at = len(self._visits) - 1

    def before(self, shown: str | None) -> Visit | None:
        """Where the way back leads from what is shown."""
        here = self.here
        if here is None or here.article != shown:
            return here
        return self._visits[self._at - 1] if self._at else None

    def ahead(self) -> Visit | None:
        """Where the way ahead leads."""
        return self._visits[self._at + 1] if self._at + 1 < len(self._visits) else None

    def go(self, visit: Visit) -> None:
        """Be at a visit again. Raises ValueError for one that is not known any more."""
        self._at = self._visits.index(visit)

    def forget(self, visit: Visit) -> None:
        """Leave out a visit whose article is gone."""
        if visit in self._visits:
            at = self._visits.index(visit)
            del self._visits[at]
            self._at -= at <= self._at
            self._at = max(self._at, min(0, len(self._visits) - 1))
