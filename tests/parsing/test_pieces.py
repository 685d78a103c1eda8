"""JSON read piece by piece: the same as all at once, however it comes in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.errors import ParseError
from kaltimtui.parsing import pieces as module
from kaltimtui.parsing.pieces import Piece, pieces

LIMIT = 1 << 20

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
objects = st.dictionaries(st.text(max_size=5), values, max_size=5)


class Drops(io.BytesIO):
    """A stream that gives a few bytes at a time, whatever is asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(3, size or 0))


def read(data: bytes, stream: type[io.BytesIO] = io.BytesIO, limit: int = LIMIT) -> list[Piece]:
    return list(pieces(stream(data), limit=limit))


def expected(value: dict[str, Any]) -> list[Piece]:
    found: list[Piece] = []
    for name, held in value.items():
        listed = isinstance(held, list)
        found += [Piece(name, one, listed=listed) for one in (held if listed else [held])]
    return found


@given(value=objects, indent=st.sampled_from((None, 2)), drops=st.booleans())
def test_the_pieces_are_those_of_the_whole(
    value: dict[str, Any], indent: int | None, drops: bool
) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=drops).encode("utf-8", "surrogatepass")
    if not drops and b"\xed" in data:  # no UTF-8 at all
        return
    assert read(data, Drops if drops else io.BytesIO) == expected(value)


@given(value=objects, share=st.floats(0, 0.99))
def test_what_is_cut_off_is_told(value: dict[str, Any], share: float) -> None:
    data = json.dumps(value).encode()
    with pytest.raises(ParseError):
        read(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (b"{}\n\nx", 3),
        (b'{"a": [1 2]}', 1),
        (b'{"a":\n[1,\n]}', 3),
        (b"{1: 2}", 1),
        (b'{"a" 2}', 1),
        (b'{"a": 1} {}', 1),
        (b'{"a": ' + b"9" * 5000 + b"}", 1),
        (b'{"a": ' + b'{"a":' * 100_000, 1),
        ('{"a": 1}'.encode("utf-16"), 1),
        (b"<rss/>", 1),
    ],
)
def test_where_it_is_broken_is_told(data: bytes, line: int) -> None:
    with pytest.raises(ParseError, match=rf"baris {line}\.|line {line}\."):
        read(data)


def test_a_mark_of_byte_order_is_none_of_it() -> None:
    assert read(b'\xef\xbb\xbf{"a": 1}') == [Piece("a", 1, listed=False)]


def test_what_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ParseError, match="1 MiB"):
        read(b'{"a": ["' + b'x", "' * LIMIT)
    monkeypatch.setattr(module, "PIECE_LIMIT", 100)
    with pytest.raises(ParseError):
        read(b'{"a": "' + b"x" * 200_000 + b'"}')


def test_what_has_been_read_is_let_go() -> None:
    data = b'{"a": [' + b",".join([b'"' + b"x" * 1000 + b'"'] * 900) + b"]}"
    text = module._Text(io.BytesIO(data), LIMIT)
    text.expect("{")
    assert text.value() == "a"
    text.expect(":")
    text.expect("[")
    longest = 0
    for _number in range(900):
        text.value()
        text.has(",")
        longest = max(longest, len(text._held))
    assert longest < 3 * module._CHUNK
