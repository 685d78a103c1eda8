"""The size of a picture as the beginning of its file tells it, without reading the rest."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from kaltimtui.pixels.fit import Size

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = 256 * 1024
"""Bytes in which the size stands: what goes before it in a JPEG is at most some segments long."""
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG with nothing after them."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG before its size."""
_LYING: Final = frozenset({5, 6, 7, 8})
"""Orientations of a camera that was held upright."""


def size_in(file: Path) -> Size | None:
    """The size of the picture in a file, as it is to be looked at; None where none is told."""
    try:
        with file.open("rb") as opened:
            return size_of(opened.read(_HEAD))
    except OSError:
        return None


def size_of(head: bytes) -> Size | None:
    """The size that the beginning of a picture tells."""
    try:
        found = _told(head)
    except (struct.error, IndexError):  # it ends too soon
        return None
    return found if found and min(found) > 0 else None


def _told(head: bytes) -> Size | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Size(*struct.unpack_from(">II", head, 16))
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return Size(*struct.unpack_from("<HH", head, 6))
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _of_webp(head)
    if head.startswith(b"\xff\xd8"):
        return _of_jpeg(head)
    return None


def _of_webp(head: bytes) -> Size | None:
    match head[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(head[at : at + 3], "little") for at in (24, 27))
            return Size(width + 1, height + 1) if len(head) >= 30 else None
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", head, 21)
            return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return Size(width & 0x3FFF, height & 0x3FFF)
    return None


def _of_jpeg(head: bytes) -> Size | None:
    at, lying = 2, False
    while at + 4 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker in _ALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", head, at + 2)
        if marker == 0xE1 and head[at + 4 : at + 10] == b"Exif\0\0":
            lying = _orientation(head[at + 10 : at + 2 + length]) in _LYING
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return Size(height, width) if lying else Size(width, height)
        at += 2 + max(2, length)
    return None


def _orientation(exif: bytes) -> int:
    """How the camera was held; 1 where that is not told."""
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for entry in range(start + 2, start + 2 + 12 * min(count, 200), 12):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, entry)
            if tag == 0x0112:
                return int(value)
    except struct.error:
        return 1
    return 1
