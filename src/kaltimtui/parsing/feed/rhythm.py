"""How often a feed says that it is worth asking for."""

from __future__ import annotations

import re
from typing import Final

_HEAD: Final = 20_000
"""Characters that are looked at: a feed says it before its entries."""
_DAY: Final = 24 * 60
_PERIODS: Final = {
    "hourly": 60,
    "daily": _DAY,
    "weekly": 7 * _DAY,
    "monthly": 30 * _DAY,
    "yearly": 365 * _DAY,
}
_TTL: Final = re.compile(r"<ttl>\s*([0-9]{1,7})\s*</ttl>", re.IGNORECASE)
_PERIOD: Final = re.compile(r"<(?:\w+:)?updatePeriod>\s*(\w+)\s*</", re.IGNORECASE)
_FREQUENCY: Final = re.compile(r"<(?:\w+:)?updateFrequency>\s*([0-9]{1,5})\s*</", re.IGNORECASE)


def minutes(document: str) -> int | None:
    """Minutes between two changes: RSS's ``ttl``, else the syndication module's period.

    None where the feed says nothing of it.
    """
    head = document[:_HEAD]
    if ttl := _TTL.search(head):
        return int(ttl[1])
    period = _PERIOD.search(head)
    length = _PERIODS.get(period[1].lower()) if period else None
    if length is None:
        return None
    often = _FREQUENCY.search(head)
    return length // max(1, int(often[1])) if often else length
