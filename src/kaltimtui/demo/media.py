"""Pictures and sounds of the demo portal, made on the spot: no two articles have the same."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from array import array
from random import Random
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 360
_DOT: Final = 4
"""Pixels along the side of a dot of the drawing."""
_COLUMNS: Final = WIDTH // _DOT
_ROWS: Final = HEIGHT // _DOT
_HILLS: Final = 3
_RATE: Final = 8_000
_SECONDS: Final = 2


def picture(seed: str) -> bytes:
    """A landscape with a river as PNG, 640 by 360, drawn in large dots."""
    random = Random(seed)  # noqa: S311 - a drawing, no secret
    colours = _palette(random)
    heights = [_ridge(random, level) for level in range(_HILLS)]
    sun = (random.randrange(20, _COLUMNS - 20), random.randrange(8, 22))
    shore = random.randrange(68, 80)
    raw = bytearray()
    for row in range(_ROWS):
        line = bytes(_colour(column, row, heights, sun, shore) for column in range(_COLUMNS))
        wide = b"".join(bytes((dot,)) * _DOT for dot in line)
        raw += (b"\0" + wide) * _DOT
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = b"".join(map(bytes, colours))
    chunks = {b"IHDR": header, b"PLTE": palette, b"IDAT": zlib.compress(raw, 6), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks.items())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _palette(random: Random) -> list[tuple[int, int, int]]:
    """Sky, sun, the hills from far to near, the river."""
    sky = (random.randrange(150, 215), random.randrange(190, 230), random.randrange(215, 250))
    sun = (250, random.randrange(180, 235), random.randrange(90, 170))
    green = random.randrange(70, 130)
    hills = [(green - 20 * n, green + 55 - 25 * n, 70 - 12 * n) for n in range(_HILLS)]
    river = (random.randrange(110, 160), random.randrange(100, 140), random.randrange(70, 120))
    return [sky, sun, *hills, river]


def _ridge(random: Random, level: int) -> list[float]:
    """The upper edge of a range of hills, in rows from the top."""
    base, swing = 34 + 12 * level, random.uniform(3, 9)
    wave_, shift = random.uniform(18, 40), random.uniform(0, 40)
    return [
        base + swing * math.sin((x + shift) / wave_) + 2 * math.sin((x + shift) / 5)
        for x in range(_COLUMNS)
    ]


def _colour(
    column: int, row: int, heights: list[list[float]], sun: tuple[int, int], shore: int
) -> int:
    if row >= shore:
        return 2 + _HILLS
    for level in reversed(range(_HILLS)):
        if row >= heights[level][column]:
            return 2 + level
    near = (column - sun[0]) ** 2 + (row - sun[1]) ** 2
    return 1 if near < 40 else 0


def sound(seed: str) -> bytes:
    """A short tone as WAV, of a pitch that hangs on the seed."""
    pitch = 220 + Random(seed).randrange(440)  # noqa: S311 - a tone, no secret
    tone = (math.sin(2 * math.pi * pitch * n / _RATE) for n in range(_RATE * _SECONDS))
    samples = array("h", (int(8_000 * value) for value in tone))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()
