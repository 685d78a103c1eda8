"""The numbers that articles go by: their identity, their public id and their place in the order.

SQLite holds signed 64-bit whole numbers; every hash here is one.
"""

from __future__ import annotations

import re
import string
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kaltimtui.dates import WIB, WIT, WITA, Stamp

if TYPE_CHECKING:
    from hashlib import blake2b

    from kaltimtui.dates import Precision

DAY: Final = 24 * 60 * 60
ORDER_BITS: Final = 2
"""Low bits of ``article.id``: a second has room for four articles before any must step aside."""
ID_LENGTH: Final = 13
ID_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that reads as another or as a digit."""

PRECISIONS: Final[tuple[Precision, ...]] = ("time", "day", "estimated")
"""The store writes the place of a precision in this list."""

_SIGN: Final = 1 << 63
_SPAN: Final = 1 << 64
_PAIRS: Final = tuple(first + second for first in ID_ALPHABET for second in ID_ALPHABET)
_PUBLIC_ID: Final = re.compile(rf"[0-9a-f][{ID_ALPHABET}]{{{ID_LENGTH - 1}}}")
"""Of 65 bits the first is never set."""
_AS_DIGITS: Final = str.maketrans(ID_ALPHABET[10:], "abcdefghijklmnopqrstuv")
"""To the digits of base 32 that Python reads."""
_VALUES: Final = {letter: value for value, letter in enumerate(ID_ALPHABET)}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - a timezone like those of `zone`
_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)
_BETWEEN_WORDS: Final = (string.punctuation + string.whitespace).encode()
_HOST_PREFIX: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


def hash64(text: str | bytes) -> int:
    """A text as a signed 64-bit number, the same on every machine."""
    return _number(text.encode("utf-8", "replace") if isinstance(text, str) else text)


def public_id(uid: int) -> str:
    """The id that commands and other programs know an article by: 13 characters."""
    first, value = divmod(uid % _SPAN, 1 << 60)
    return (
        ID_ALPHABET[first]
        + _PAIRS[value >> 50]
        + _PAIRS[value >> 40 & 1023]
        + _PAIRS[value >> 30 & 1023]
        + _PAIRS[value >> 20 & 1023]
        + _PAIRS[value >> 10 & 1023]
        + _PAIRS[value & 1023]
    )


def uid_range(prefix: str) -> tuple[tuple[int, int], ...]:
    """The ranges of uids whose public id starts so, ends included; none for what is no id."""
    prefix = prefix.lower()
    if not prefix or len(prefix) > ID_LENGTH or any(letter not in _VALUES for letter in prefix):
        return ()
    low = 0
    for letter in prefix:
        low = low << 5 | _VALUES[letter]
    shift = 5 * (ID_LENGTH - len(prefix))
    low, high = low << shift, ((low + 1) << shift) - 1
    # A uid is signed: ids from 8... on stand for the negative ones.
    halves = ((low, min(high, _SIGN - 1), 0), (max(low, _SIGN), min(high, _SPAN - 1), _SPAN))
    return tuple((first - off, last - off) for first, last, off in halves if first <= last)


def uid_of(public: str) -> int | None:
    """The uid behind a whole public id, else None."""
    public = public.lower()
    if not _PUBLIC_ID.fullmatch(public):
        return None
    value = int(public.translate(_AS_DIGITS), 32)
    return value if value < _SIGN else value - _SPAN


def order_key(seconds: int, rise: int, uid: int, attempt: int) -> int:
    """The place to try for an article listed at this second (since 1970, may be negative).

    Articles that came together and share a second stand in their order, each ``rise`` places
    above the lowest. Where that place is taken, another one a little higher will do: the room
    to look in doubles with each attempt, so that it is soon found however many share a second.
    """
    if attempt:
        rise = hash64(f"{uid} {attempt}") % (1 << ORDER_BITS + attempt)
    return order_floor(seconds) + rise


def order_floor(seconds: int) -> int:
    """The lowest place of this second."""
    return seconds << ORDER_BITS


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware moment, for every year that ``datetime`` knows."""
    return (moment - _EPOCH) // _SECOND


@lru_cache(maxsize=256)
def zone(minutes: int) -> timezone:
    """The zone with this offset, named where it is one of Indonesia's."""
    offset = timedelta(minutes=minutes)
    for known in (WITA, WIB, WIT):
        if known.utcoffset(None) == offset:
            return known
    return timezone(offset)


def moment_at(seconds: int, minutes: int = 480) -> datetime:
    """The moment so many seconds after 1970, in the zone with this offset (WITA unless told)."""
    return _start(minutes) + timedelta(0, seconds)


@lru_cache(maxsize=256)
def _start(minutes: int) -> datetime:
    """The first moment of 1970 in UTC, as the zone has it.

    What is added to it stays in local time: years 1 and 9999 have moments that UTC has not.
    """
    return _EPOCH.astimezone(zone(minutes))


def offset_of(moment: datetime) -> int:
    """Minutes that an aware moment is ahead of UTC."""
    offset = moment.utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def stamp(seconds: int, minutes: int, precision: int) -> Stamp:
    """The stamp of a moment; ``precision`` is a place in ``PRECISIONS``."""
    return Stamp(moment_at(seconds, minutes), PRECISIONS[precision])


def kept(said: Stamp | None) -> Stamp | None:
    """A stamp as it comes back from the store: whole seconds, whole minutes of offset."""
    if said is None or _is_whole(said.moment):
        return said
    try:
        moment = moment_at(seconds_of(said.moment), offset_of(said.moment))
    except OverflowError:  # rounding led out of the years that datetime knows
        return None
    return Stamp(moment, said.precision)


def _is_whole(moment: datetime) -> bool:
    offset = moment.utcoffset()
    return not (moment.microsecond or offset is None or offset % _MINUTE)


def bare_url(url: str) -> str:
    """An address as identity: without scheme, ``www.`` and closing slash."""
    return _HOST_PREFIX.sub("", url, count=1).rstrip("/")


def words_hash(*texts: str) -> int:
    """Hash of the letters and figures alone, whatever their case, spacing and punctuation."""
    joined = "".join(texts).lower().encode("utf-8", "replace").translate(None, _BETWEEN_WORDS)
    return _number(joined)


def _number(data: bytes) -> int:
    return int.from_bytes(_blake2b()(data, digest_size=8).digest(), "big", signed=True)


@cache
def _blake2b() -> type[blake2b]:
    from hashlib import blake2b  # brings OpenSSL with it, and lists are shown without

    return blake2b


def url_identity(url: str) -> str:
    """An address as something an article may be known by."""
    return f"url:{bare_url(url)}"
