"""A window on the rows of a list that may hold a million: which are here, which to fetch, and how.

Rows come in chunks of a fixed size. A chunk is asked for by the key next to it in the nearest
chunk that is here, so that a page costs the same at any depth; only a jump far away passes over
rows, from whichever known end is nearer.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.models import BELOW_ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.models import ArticleRow

CHUNK: Final = 100
_KEPT: Final = 60


class Fetch(NamedTuple):
    """What to ask the library for to get one chunk; the arguments of ``Library.rows``."""

    after: int | None
    before: int | None
    skip: int
    limit: int


class RowWindow:
    """The rows of one list that are at hand, by their place from the top."""

    def __init__(self, total: int = 0, *, exact: bool = True) -> None:
        self.total = total
        """Rows in the whole list, or at least so many where not ``exact``."""
        self.exact = exact
        self.found = 0
        """Articles that were found where the list holds the newest of them alone, else none."""
        self._chunks: OrderedDict[int, list[ArticleRow]] = OrderedDict()

    def __len__(self) -> int:
        return self.total

    def row(self, place: int) -> ArticleRow | None:
        """The row at a place, if it is here."""
        chunk = self._chunks.get(place // CHUNK)
        if chunk is None:
            return None
        within = place % CHUNK
        return chunk[within] if within < len(chunk) else None

    def __iter__(self) -> Iterator[tuple[int, ArticleRow]]:
        """Every row that is here, with its place, from the top."""
        for chunk, rows in sorted(self._chunks.items()):
            yield from enumerate(rows, chunk * CHUNK)

    def place_of(self, article: str) -> int | None:
        """The place of an article, if its row is here."""
        return next((place for place, row in self if row.id == article), None)

    def missing(self, first: int, last: int) -> list[int]:
        """Chunks not here that hold rows from ``first`` to ``last``."""
        last = min(last, self.total - 1)
        wanted = range(max(first, 0) // CHUNK, last // CHUNK + 1) if last >= 0 else range(0)
        for chunk in wanted:
            if chunk in self._chunks:
                self._chunks.move_to_end(chunk)
        return [chunk for chunk in wanted if chunk not in self._chunks]

    def fetch(self, chunk: int) -> Fetch:
        """How to get a chunk with the fewest rows passed over."""
        above = max((c for c in self._chunks if c < chunk and self._chunks[c]), default=None)
        below = min((c for c in self._chunks if c > chunk and self._chunks[c]), default=None)
        start = chunk * CHUNK
        limit = max(0, min(CHUNK, self.total - start)) if self.exact else CHUNK
        ways = [(start, Fetch(None, None, start, limit))]
        if above is not None:
            skip = (chunk - above - 1) * CHUNK
            ways.append((skip, Fetch(self._chunks[above][-1].key, None, skip, limit)))
        if below is not None:
            skip = (below - chunk - 1) * CHUNK
            ways.append((skip, Fetch(None, self._chunks[below][0].key, skip, limit)))
        if self.exact:
            skip = max(0, self.total - start - limit)
            ways.append((skip, Fetch(None, BELOW_ALL, skip, limit)))
        return min(ways, key=lambda way: way[0])[1]

    def put(self, chunk: int, rows: Iterable[ArticleRow]) -> None:
        """Take the rows of a chunk. One that came short ends the list."""
        taken = list(rows)
        if not taken and chunk:
            self.total = min(self.total, chunk * CHUNK)
            return
        self._chunks[chunk] = taken
        self._chunks.move_to_end(chunk)
        while len(self._chunks) > _KEPT:
            self._chunks.popitem(last=False)
        end = chunk * CHUNK + len(taken)
        if len(taken) < CHUNK and end < self.total:
            self.total = end
        elif not self.exact:
            self.total = max(self.total, end)

    def replace(self, changed: ArticleRow) -> int | None:
        """Show a row's new state; its place, or None where it is not here."""
        place = self.place_of(changed.id)
        if place is None:
            return None
        self._chunks[place // CHUNK][place % CHUNK] = changed
        return place
