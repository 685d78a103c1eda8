"""A picture read with Pillow and drawn small, whatever is wrong with it.

For the process of ``worker`` alone: some pictures hold up all threads while they are read, and
some take all the memory there is.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageFile

from kaltimtui.pixels.fit import Size, filling
from kaltimtui.pixels.order import BROKEN, MISSING, TOO_LARGE, Drawn, troubled

if TYPE_CHECKING:
    from kaltimtui.pixels.order import Order

FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
PIXELS: Final = 40_000_000
"""Of a picture that has to be read whole."""
PIXELS_OF_JPEG: Final = 200_000_000
"""Of one that can be read at an eighth of its size."""
_HELD: Final = 0x0112
"""The tag that tells how the camera was held."""
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_UPRIGHT: Final = (5, 6, 7, 8)
_DEEP: Final = ("I", "F")
"""Modes of one channel, of sixteen bits."""
_EIGHT_OF_SIXTEEN: Final = 255 / 65_535

ImageFile.LOAD_TRUNCATED_IMAGES = True  # what there is of a picture is shown
Image.MAX_IMAGE_PIXELS = None  # the bounds above hold, before anything is read


def draw(order: Order) -> Drawn:
    """The first frame of the picture in a file, turned upright, on a ground."""
    try:
        opened = Image.open(order.file, formats=FORMATS)
    except FileNotFoundError:
        return troubled(MISSING)
    except Exception:  # noqa: BLE001 - Pillow raises what its readers stumble over
        return troubled(BROKEN)
    with opened:
        natural = Size(*opened.size)
        most = PIXELS_OF_JPEG if opened.format in ("JPEG", "MPO") else PIXELS
        if natural.width * natural.height > most:
            return troubled(TOO_LARGE, natural)
        try:
            return _drawn(opened, natural, order)
        except Exception:  # noqa: BLE001 - the same
            return troubled(BROKEN, natural)


def _drawn(opened: Image.Image, natural: Size, order: Order) -> Drawn:
    held = opened.getexif().get(_HELD)
    if held in _UPRIGHT:
        natural = Size(natural.height, natural.width)
    size = filling(natural, order.room)
    longest = 2 * max(size)
    opened.draft(None, (longest, longest))  # a JPEG is then read at a half, a quarter, an eighth
    asked = (size.height, size.width) if held in _UPRIGHT else size
    picture = _in_colour(opened).resize(asked, reducing_gap=2.0)
    if held in _TURNS:
        picture = picture.transpose(_TURNS[held])
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, (*order.ground, 255))
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    if not order.packed:
        return Drawn(natural, size, picture.tobytes())
    packed = io.BytesIO()
    picture.save(packed, "PNG", compress_level=1)
    return Drawn(natural, size, packed.getvalue())


def _in_colour(image: Image.Image) -> Image.Image:
    """A picture in red, green and blue, with what is seen through it if anything is."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith(_DEEP):
        return image.convert("F").point(lambda value: value * _EIGHT_OF_SIXTEEN).convert("RGB")
    return image.convert("RGB")
