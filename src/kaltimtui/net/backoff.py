"""How long to leave a server alone."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final

from kaltimtui import dates

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST_SILENCE: Final = 24 * 3600.0
"""Seconds; a server that asks for more is asked again after so many."""
ASKS_FOR_SILENCE: Final = frozenset({429, 503})
"""Statuses by which a server wants to be left alone for a while."""
_DOUBLINGS: Final = 32
_DIGITS: Final = 9


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds of silence that a ``Retry-After`` asks for: a number of them, or a date.

    None where it says neither; at most a day, and 0 for what is past.
    """
    said = (header or "").strip()
    if said.isascii() and said.isdigit():
        return LONGEST_SILENCE if len(said) > _DIGITS else min(float(said), LONGEST_SILENCE)
    stamp = dates.parse(said, zone=UTC)
    if stamp is None or stamp.precision != "time":
        return None
    return min(max((stamp.moment - now).total_seconds(), 0.0), LONGEST_SILENCE)


def pause(failures: int, base: float, cap: float, random: Callable[[], float]) -> float:
    """Seconds until the next try after so many failures in a row.

    Twice as long each time, from ``base`` up to ``cap``, and a quarter off or on by ``random``
    (0 to 1), so that not everybody comes back at once. Never more than ``cap``.
    """
    if failures <= 0:
        return 0.0
    step = min(base * 2.0 ** min(failures - 1, _DOUBLINGS), cap)
    return min(step * (0.75 + random() / 2), cap)
