"""The size that the beginning of a file tells, held against what Pillow says of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.header import size_in, size_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pixels.conftest import Paints


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("a.png", {}),
        ("a.gif", {}),
        ("a.jpg", {}),
        ("a.jpg", {"progressive": True, "comment": b"x" * 60_000}),
        ("a.webp", {}),
        ("a.webp", {"lossless": True}),
        ("a.webp", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"}),
    ],
)
def test_every_kind_tells_its_size(paint: Paints, name: str, saved: dict[str, object]) -> None:
    assert size_in(paint(name, "RGB", (321, 123), **saved)) == Size(321, 123)


@pytest.mark.parametrize(
    ("held", "size"), [(1, Size(30, 20)), (3, Size(30, 20)), (6, Size(20, 30))]
)
def test_a_photo_is_measured_as_it_is_looked_at(paint: Paints, held: int, size: Size) -> None:
    exif = Image.Exif()
    exif[0x0112] = held
    assert size_in(paint("a.jpg", "RGB", (30, 20), exif=exif)) == size


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + bytes(20),
        b"\xff\xd8\xff\xe0\0\0" * 9,
        b"\xff\xd8\xff\xff\xff",
        b"RIFF\0\0\0\0WEBPVP8X",
        b"RIFF\0\0\0\0WEBPXXXX" + bytes(40),
    ],
)
def test_what_tells_no_size_has_none(head: bytes) -> None:
    assert size_of(head) is None


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert size_in(tmp_path / "none.png") is None


@given(
    st.sampled_from(
        [b"\xff\xd8\xff\xe1\0\x30Exif\0\0MM", b"\xff\xd8", b"RIFF\0\0\0\0WEBPVP8 ", b"GIF89a"]
    ),
    st.binary(max_size=200),
)
def test_nothing_is_raised_whatever_follows(start: bytes, rest: bytes) -> None:
    found = size_of(start + rest)
    assert found is None or min(found) > 0
