"""What the screen needs to know of the search of a list.

What reads a search is loaded when there is one, not before the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.errors import QueryError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.query import Query
    from kaltimtui.query.marking import Marker


def marker_of(said: str) -> Marker | None:
    """What a search would have marked in articles; None where that is nothing."""
    query = _read(said)
    if query is None:
        return None
    from kaltimtui.query.marking import marker

    return marker(query) or None


def order_of(said: str) -> str:
    """In which order a list stands that is searched for something."""
    query = _read(said)
    orders = {
        "oldest": _("oldest first"),
        "relevance": _("by relevance"),
        "title": _("by headline"),
        "source": _("by source"),
    }
    sort = None if query is None or query.sort is None else query.sort.value
    return orders.get(sort or "newest", _("newest first"))


def _read(said: str) -> Query | None:
    if not said:
        return None
    from kaltimtui.query import parse

    try:
        return parse(said)
    except QueryError:
        return None
