"""Which of its lists an item belongs to: related, latest, most read.

The heading above a list says it, or else the portal's order: up to six of one category, then
four or five newest first, then up to ten most read.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kaltimtui.models import RelatedData, RelatedGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.news.lines import Item

RELATED_MOST: Final = 6
LATEST: Final = (4, 5)
POPULAR_MOST: Final = 10
_SAME_TIME: Final = timedelta(days=31)
"""How far apart the fourth and the fifth of the latest items are at most."""


def related(items: Sequence[Item]) -> list[RelatedData]:
    """The items of a page, each with the list it belongs to."""
    lists: list[list[Item]] = []
    for item in items:
        if item.fresh or not lists:
            lists.append([])
        lists[-1].append(item)
    return [
        RelatedData(group, item.title, item.url, item.category, item.published)
        for listed in lists
        for item, group in zip(listed, _groups(listed), strict=True)
    ]


def _groups(items: Sequence[Item]) -> list[RelatedGroup]:
    heading = items[0].heading
    if heading is None or (heading == "related" and len(items) > POPULAR_MOST):
        return _by_order(items)
    return [heading] * len(items)


def _by_order(items: Sequence[Item]) -> list[RelatedGroup]:
    count = len(items)
    same = _leading(items)
    if same < 2 and count in [latest + POPULAR_MOST for latest in LATEST]:
        same = 0  # both other lists are complete without it
    latest = _latest(items[same:])
    ends: tuple[tuple[int, RelatedGroup], ...]
    ends = ((same, "related"), (same + latest, "latest"), (count, "popular"))
    return [next(group for end, group in ends if number < end) for number in range(count)]


def _leading(items: Sequence[Item]) -> int:
    """How many items at the beginning are of one category; at most six."""
    count = 0
    for item in items[:RELATED_MOST]:
        if item.category != items[0].category:
            break
        count += 1
    return count


def _latest(items: Sequence[Item]) -> int:
    """How many items at the beginning are the latest ones."""
    falling = 1 if items else 0
    for newer, older in pairwise(items):
        if older.published.moment > newer.published.moment:
            break
        falling += 1
    few, many = LATEST
    if falling < many or len(items) - few == POPULAR_MOST:
        return min(falling, few)
    close = items[few - 1].published.moment - items[few].published.moment <= _SAME_TIME
    return many if close or len(items) - many == POPULAR_MOST else few
