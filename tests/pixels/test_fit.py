from __future__ import annotations

import pytest

from kaltimtui.pixels.fit import Size, fit, rows


@pytest.mark.parametrize(
    ("natural", "room", "size"),
    [
        (Size(640, 360), Size(72, 40), Size(71, 40)),
        (Size(640, 360), Size(30, 40), Size(30, 17)),
        (Size(360, 640), Size(72, 40), Size(22, 40)),
        (Size(16, 16), Size(72, 40), Size(16, 16)),
        (Size(30_000, 1), Size(72, 40), Size(72, 1)),
        (Size(1, 30_000), Size(72, 40), Size(1, 40)),
        (Size(0, 0), Size(72, 40), Size(1, 1)),
    ],
)
def test_all_of_a_picture_is_seen_and_none_is_enlarged(
    natural: Size, room: Size, size: Size
) -> None:
    assert fit(natural, room) == size


@pytest.mark.parametrize(("height", "lines"), [(1, 1), (2, 1), (17, 9), (40, 20)])
def test_two_pixels_stand_in_a_line(height: int, lines: int) -> None:
    assert rows(Size(10, height)) == lines
