"""The articles of a list that are chosen to be marked together: one by one, and by ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow, View
    from kaltimtui.ui.rows import RowWindow

_PAGE: Final = 1_000


class Span(NamedTuple):
    """All rows of a list from one article to another, the two included."""

    view: View
    one: ArticleRow
    other: ArticleRow
    places: range
    """Where they stand, as far as that is known."""


class Selection:
    """What is chosen in the list that is shown.

    A range follows the cursor until it is closed. One whose rows are not all at hand stays a span
    until the library has said what is in it.
    """

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.spans: list[Span] = []
        """Ranges that are closed, whose articles are not known yet."""
        self.anchor: ArticleRow | None = None
        """Where the range that is open began."""
        self._anchor_place = 0

    def __bool__(self) -> bool:
        return bool(self.ids or self.spans or self.anchor)

    def clear(self) -> None:
        """Choose nothing."""
        self.ids.clear()
        self.spans.clear()
        self.anchor = None

    def toggle(self, article: str) -> None:
        """Choose an article, or no longer."""
        self.ids.symmetric_difference_update({article})

    def begin(self, row: ArticleRow, place: int) -> None:
        """Open a range."""
        self.anchor, self._anchor_place = row, place

    def open_range(self, cursor: int) -> range:
        """The places of the range that is open; none where there is none."""
        if self.anchor is None:
            return range(0)
        first, last = sorted((self._anchor_place, cursor))
        return range(first, last + 1)

    def has(self, article: str, place: int, cursor: int) -> bool:
        """Whether the article at a place is chosen."""
        return (
            article in self.ids
            or place in self.open_range(cursor)
            or any(place in span.places for span in self.spans)
        )

    def close(self, view: View, row: ArticleRow, window: RowWindow, cursor: int) -> Span | None:
        """End the range at a row: what is at hand is chosen; the span, where not all of it is."""
        span = self.span(view, row, cursor)
        self.anchor = None
        if span is None:
            return None
        rows = [window.row(place) for place in span.places]
        if all(rows):
            self.ids.update(row.id for row in rows if row is not None)
            return None
        self.spans.append(span)
        return span

    def span(self, view: View, row: ArticleRow, cursor: int) -> Span | None:
        """The range that is open, up to a row."""
        if self.anchor is None:
            return None
        return Span(view, self.anchor, row, self.open_range(cursor))

    def resolved(self, span: Span, articles: Iterable[str]) -> None:
        """Choose what is in a span, unless it was let go meanwhile."""
        if span in self.spans:
            self.spans.remove(span)
            self.ids.update(articles)

    def moved(self, window: RowWindow, shift: int) -> None:
        """The list was read anew, and what is in sight has so many rows more above it."""
        if self.anchor is not None:
            place = window.place_of(self.anchor.id)
            self._anchor_place = self._anchor_place + shift if place is None else place
        self.spans = [
            span._replace(places=range(span.places.start + shift, span.places.stop + shift))
            for span in self.spans
        ]

    def count(self, window: RowWindow, cursor: int) -> int:
        """How many are chosen; what is in a range twice is counted once where it is at hand."""
        ranges = _merged([self.open_range(cursor), *(span.places for span in self.spans)])
        count = len(self.ids) + sum(map(len, ranges))
        if ranges and self.ids:
            places = (place for place, row in window if row.id in self.ids)
            count -= sum(any(place in one for one in ranges) for place in places)
        return count


def _merged(ranges: Iterable[range]) -> list[range]:
    """Ranges that have no place in common, with the same places as these."""
    merged: list[range] = []
    for one in sorted(filter(None, ranges), key=lambda one: one.start):
        if merged and one.start <= merged[-1].stop:
            last = merged.pop()
            one = range(last.start, max(last.stop, one.stop))
        merged.append(one)
    return merged


def articles_of(library: Library, span: Span) -> list[str]:
    """The articles of a span, in the order of the list as it is now.

    Where one of its ends is in the list no more, the other alone.
    """
    at = {row.id: library.position(span.view, row.key) for row in (span.one, span.other)}
    here = [row for row in (span.one, span.other) if at[row.id] is not None]
    if len(here) < len(at):
        return [row.id for row in here]
    first, last = sorted(here, key=lambda row: at[row.id] or 0)
    left = (at[last.id] or 0) - (at[first.id] or 0)
    found, key = [first.id], first.key
    while left > 0:
        rows = library.rows(span.view, after=key, limit=min(left, _PAGE))
        if not rows:
            break
        found += [row.id for row in rows]
        left, key = left - len(rows), rows[-1].key
    return found
