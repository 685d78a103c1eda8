from __future__ import annotations

import io
import struct
import wave
import zlib

from kaltimtui.demo import media


def test_a_picture_is_a_whole_png_of_its_size() -> None:
    data = media.picture("kapal-sungai")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, chunks = 8, {}
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        (check,) = struct.unpack(">I", data[place + 8 + size : place + 12 + size])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        place += 12 + size
    assert list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (640, 360)
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == 360 * 641
    assert max(rows) < len(chunks[b"PLTE"]) // 3


def test_pictures_differ_and_stay_the_same() -> None:
    assert media.picture("satu") == media.picture("satu") != media.picture("dua")
    assert len(media.picture("satu")) < 20_000


def test_a_sound_is_two_seconds_of_wav() -> None:
    with wave.open(io.BytesIO(media.sound("satu"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8_000)
        assert file.getnframes() == 16_000
        assert len(set(file.readframes(100))) > 20
    assert media.sound("satu") == media.sound("satu") != media.sound("dua")
