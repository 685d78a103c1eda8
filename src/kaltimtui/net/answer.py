"""What is taken of an answer: a few headers, clean, and a body within bounds."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final, cast

from kaltimtui import text
from kaltimtui.models import Validators
from kaltimtui.net import failures
from kaltimtui.net.inflate import Inflater, PackedWrongError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    import httpx

_KEPT: Final = frozenset(
    {
        b"age",
        b"cache-control",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"date",
        b"etag",
        b"expires",
        b"last-modified",
        b"link",
        b"location",
        b"retry-after",
    }
)
_VALIDATORS: Final = frozenset({b"etag", b"last-modified"})
_VALUE_LIMIT: Final = 8 * 1024
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_DIGITS: Final = 18
"""Of a length that is a number; Python refuses to read very long ones."""
_BREATH: Final = 64
"""Chunks after which others get their turn; a server may make each of them a byte."""


def headers(
    raw: Sequence[tuple[bytes, bytes]], bytes_limit: int, count_limit: int
) -> dict[str, str] | None:
    """The headers that are used, by lower-case names; None where there are too many in all.

    Of two of one name the first holds, but a second coding counts.
    """
    if (
        len(raw) > count_limit
        or sum(len(name) + len(value) + 4 for name, value in raw) > bytes_limit
    ):
        return None
    kept: dict[str, str] = {}
    for name, value in raw:
        lower = name.lower()
        if lower not in _KEPT or (lower in _VALIDATORS and not sendable(value.decode("latin-1"))):
            continue  # a validator that was cleaned would be another one
        key, said = lower.decode("ascii"), _clean(value)
        if key not in kept:
            kept[key] = said
        elif key == "content-encoding":
            kept[key] += f", {said}"
    return kept


def _clean(value: bytes) -> str:
    """A value as text: what is printable as it came, anything else cleaned.

    One character past the limit is left, so that who takes it sees that it is too long.
    """
    try:
        said = value.decode()
    except UnicodeDecodeError:
        said = value.decode("latin-1")
    plain = said.isascii() and said.isprintable()
    return said[: _VALUE_LIMIT + 1] if plain else text.inline(said, _VALUE_LIMIT + 1)


def validators(kept: dict[str, str]) -> Validators:
    """What to ask by the next time, as far as it can be sent again letter for letter."""
    return Validators(
        etag=sendable(kept.get("etag")), last_modified=sendable(kept.get("last-modified"))
    )


def sendable(value: str | None) -> str | None:
    """A validator that is printable ASCII of at most 8 KiB, else None."""
    fit = value and len(value) <= _VALUE_LIMIT and value.isascii() and value.isprintable()
    return value if fit else None


def inflater(kept: dict[str, str], host: str, limit: int) -> Inflater | None:
    """What unpacks the body, None where it is not packed. Raises FetchError at a second coding."""
    named = kept.get("content-encoding", "").lower().split(",")
    codings = [coding for name in named if (coding := name.strip()) not in ("", "identity")]
    if not codings:
        return None
    if len(codings) > 1 or codings[0] not in _PACKED:
        raise failures.packed_wrong(host)
    return Inflater(limit)


async def body(
    response: httpx.Response, kept: dict[str, str], host: str, limit: int, *, cut: bool
) -> tuple[bytes, int]:
    """The body, unpacked, and how many bytes of it came over the wire.

    ``cut``: what is past the limit is left out instead of refused. Raises FetchError.
    """
    unpacker = inflater(kept, host, limit)
    if not cut and _promised(kept) > limit:
        raise failures.too_large(host, limit)
    stream = cast("AsyncGenerator[bytes]", aiter(cast("Any", response.stream)))
    async with aclosing(stream):
        try:
            if unpacker is None:
                return await _plain(stream, limit)
            return await _unpacked(stream, unpacker, limit)
        except TooLargeError as error:
            if not cut:
                raise failures.too_large(host, limit) from error
            found: tuple[bytes, int] = error.args
            return found
        except PackedWrongError as error:
            raise failures.packed_wrong(host) from error
        except EOFError as error:
            raise failures.cut_off(host) from error


def _promised(kept: dict[str, str]) -> int:
    said = kept.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


async def _plain(stream: AsyncGenerator[bytes], limit: int) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    received = 0
    async for chunk in stream:
        pieces.append(chunk)
        received += len(chunk)
        if received > limit:
            raise TooLargeError(b"".join(pieces)[:limit], received)
        if len(pieces) % _BREATH == 0:
            await asyncio.sleep(0)
    return (pieces[0] if len(pieces) == 1 else b"".join(pieces)), received


async def _unpacked(
    stream: AsyncGenerator[bytes], unpacker: Inflater, limit: int
) -> tuple[bytes, int]:
    received = chunks = 0
    async for chunk in stream:
        received += len(chunk)
        chunks += 1
        left = chunk
        try:
            while left := unpacker.feed(left):
                await asyncio.sleep(0)
        except TooLargeError:
            raise TooLargeError(unpacker.taken(), received) from None
        if received > limit:  # what is packed so that it grows
            raise TooLargeError(unpacker.taken(), received)
        if chunks % _BREATH == 0:
            await asyncio.sleep(0)
    return unpacker.finish(), received
