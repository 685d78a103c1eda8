from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.net.inflate import PIECE, Inflater, PackedWrongError, TooLargeError


def unpacked(packed: bytes, limit: int, step: int = 1 << 16) -> bytes:
    inflater = Inflater(limit)
    for place in range(0, len(packed), step):
        left = packed[place : place + step]
        while left:
            left = inflater.feed(left)
    return inflater.finish()


@given(st.binary(max_size=3000), st.integers(1, 500), st.booleans())
def test_what_was_packed_comes_out(body: bytes, step: int, zipped: bool) -> None:
    packed = gzip.compress(body) if zipped else zlib.compress(body)
    assert unpacked(packed, len(body), step) == body


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 40 * PIECE])
@pytest.mark.parametrize("step", [1000, 1 << 16])
def test_the_limit_is_exact(size: int, step: int) -> None:
    packed = gzip.compress(bytes(size))
    assert unpacked(packed, size, step) == bytes(size)
    if size:
        with pytest.raises(TooLargeError):
            unpacked(packed, size - 1, step)


def test_what_is_past_the_limit_can_be_left_out() -> None:
    inflater = Inflater(PIECE + 5)
    with pytest.raises(TooLargeError):
        inflater.feed(gzip.compress(bytes(3 * PIECE)))
    assert inflater.taken() == bytes(PIECE + 5)


def test_a_bomb_is_unpacked_no_further_than_asked() -> None:
    packed = gzip.compress(bytes(64 << 20), 9)
    inflater = Inflater(16 << 20)
    left = packed
    for _round in range(16):  # a mebibyte each, with others having their turn between
        left = inflater.feed(left)
    with pytest.raises(TooLargeError):
        inflater.feed(left)
    assert len(inflater.taken()) == 16 << 20


def test_members_that_follow_belong_to_it_and_rubbish_does_not() -> None:
    packed = gzip.compress(b"satu ") + gzip.compress(b"dua") + b"\0\0\x1f\x8blain"
    for step in (1, 7, 1000):
        assert unpacked(packed, 100, step) == b"satu dua"


def test_members_are_counted() -> None:
    assert unpacked(gzip.compress(b"a") * 64, 100) == b"a" * 64
    with pytest.raises(PackedWrongError):
        unpacked(gzip.compress(b"") * 65, 100)


@pytest.mark.parametrize("size", [1, 2, 5, 10, 20, -20, -9, -8, -1])
def test_an_end_that_is_missing_is_noticed(size: int) -> None:
    part = gzip.compress(bytes(range(256)) * 20)
    for packed in (part[:size], part + part[:size]):
        with pytest.raises(EOFError):
            unpacked(packed, 20_000)


@given(st.binary(min_size=1, max_size=200))
def test_whatever_comes_there_are_three_failures(body: bytes) -> None:
    try:
        unpacked(body, 1000)
    except (PackedWrongError, TooLargeError, EOFError):
        return
    assert zlib.decompressobj(47).decompress(body) is not None


def test_nothing_at_all_is_nothing() -> None:
    assert Inflater(10).finish() == b""
