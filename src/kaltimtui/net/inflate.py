"""Unpacking within bounds: what a server packed is never larger in memory than was allowed."""

from __future__ import annotations

import zlib
from typing import Final

PIECE: Final = 64 * 1024
_AT_A_TIME: Final = 16 * PIECE
_EITHER_FORMAT: Final = 47
"""What zlib takes for gzip and zlib alike, told apart by their heads."""
_GZIP: Final = 0x1F
"""What gzip begins with."""
_MEMBERS: Final = 64


class TooLargeError(Exception):
    """More comes out than was allowed."""


class PackedWrongError(Exception):
    """It is not packed as it says."""


class Inflater:
    """Unpacks one gzip or zlib body, given in parts, to at most ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._unpacker = zlib.decompressobj(_EITHER_FORMAT)
        self._pieces: list[bytes] = []
        self._room = limit
        self._members = 0
        self._over = False

    def feed(self, data: bytes) -> bytes:
        """Unpack about a mebibyte at most, and give back what is still to be fed.

        Raises TooLargeError and PackedWrongError.
        """
        end = self._room - _AT_A_TIME
        while data and self._room > end:
            if (self._unpacker.eof or not self._members) and not self._another(data):
                return b""
            data = self._unpack(data)
        return data

    def finish(self) -> bytes:
        """All of it. Raises EOFError where the end is missing."""
        if self._members and not self._unpacker.eof:
            raise EOFError
        return self.taken()

    def taken(self) -> bytes:
        """What has come out so far."""
        return b"".join(self._pieces)

    def _unpack(self, data: bytes) -> bytes:
        unpacker = self._unpacker
        try:
            while piece := unpacker.decompress(data, PIECE):
                self._room -= len(piece)
                if self._room < 0:
                    self._pieces.append(piece[: self._room])
                    raise TooLargeError
                self._pieces.append(piece)
                data = unpacker.unconsumed_tail
                if len(piece) < PIECE or data:
                    break
        except zlib.error as error:
            raise PackedWrongError from error
        return unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail

    def _another(self, data: bytes) -> bool:
        """Whether another packed part begins; anything else after the end means nothing."""
        if self._members:
            self._over = self._over or data[0] != _GZIP
            if self._over:
                return False
            self._unpacker = zlib.decompressobj(_EITHER_FORMAT)
        self._members += 1
        if self._members > _MEMBERS:
            raise PackedWrongError
        return True
