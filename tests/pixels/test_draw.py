"""What becomes of pictures, good and bad."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from kaltimtui.pixels import draw as drawing
from kaltimtui.pixels.draw import draw
from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.order import Drawn, Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pixels.conftest import Paints

ROOM = Size(20, 10)
GROUND = (10, 20, 30)
RED = (200, 0, 0)


def drawn(file: Path, room: Size = ROOM, *, packed: bool = False) -> Drawn:
    return draw(Order(str(file), room, GROUND, packed))


def colours(picture: Drawn) -> set[tuple[int, ...]]:
    """Roughly: what packs a picture away changes its colours a little."""
    dots = [picture.pixels[at : at + 3] for at in range(0, len(picture.pixels), 3)]
    return {tuple(round(value / 10) * 10 for value in dot) for dot in dots}


@pytest.mark.parametrize(
    ("name", "mode", "colour", "saved"),
    [
        ("a.png", "RGB", RED, {}),
        ("a.jpg", "RGB", RED, {"quality": 100}),
        ("a.jpg", "RGB", RED, {"progressive": True}),
        ("a.webp", "RGB", RED, {"lossless": True}),
        ("a.gif", "RGB", RED, {}),
        ("a.png", "RGBA", (*RED, 255), {}),
    ],
)
def test_a_picture_keeps_its_colours_and_its_shape(
    paint: Paints, name: str, mode: str, colour: Any, saved: dict[str, object]
) -> None:
    found = drawn(paint(name, mode, (200, 50), colour, **saved))
    assert (found.natural, found.size, found.trouble) == (Size(200, 50), Size(20, 5), "")
    assert len(found.pixels) == 20 * 5 * 3
    assert colours(found) == {RED}


def test_a_picture_in_the_colours_of_a_printer(paint: Paints) -> None:
    assert colours(drawn(paint("a.jpg", "CMYK", (40, 20), (0, 255, 255, 55)))) == {RED}


@pytest.mark.parametrize(
    ("name", "mode", "colour", "saved"),
    [
        ("a.png", "RGBA", (*RED, 0), {}),
        ("a.png", "LA", (99, 0), {}),
        ("a.png", "P", 0, {"transparency": 0}),
        ("a.gif", "P", 0, {"transparency": 0}),
        ("a.webp", "RGBA", (*RED, 0), {"lossless": True}),
    ],
)
def test_the_ground_is_seen_through_a_picture(
    paint: Paints, name: str, mode: str, colour: Any, saved: dict[str, object]
) -> None:
    assert colours(drawn(paint(name, mode, (40, 20), colour, **saved))) == {GROUND}


def test_a_picture_of_sixteen_bits(paint: Paints) -> None:
    assert colours(drawn(paint("a.png", "I;16", (40, 20), 51_400))) == {(200, 200, 200)}


def test_of_a_moving_picture_the_first_frame_is_shown(tmp_path: Path) -> None:
    first, second = (Image.new("RGB", (40, 20), colour) for colour in (RED, (0, 0, 0)))
    first.save(tmp_path / "a.gif", save_all=True, append_images=[second])
    assert colours(drawn(tmp_path / "a.gif")) == {RED}


@pytest.mark.parametrize(("held", "size"), [(1, Size(20, 5)), (3, Size(20, 5)), (8, Size(2, 10))])
def test_a_photo_is_turned_upright(tmp_path: Path, held: int, size: Size) -> None:
    picture = Image.new("RGB", (200, 50), (0, 0, 0))
    picture.paste(RED, (100, 0, 200, 50))
    exif = Image.Exif()
    exif[0x0112] = held
    picture.save(tmp_path / "a.png", exif=exif)
    found = drawn(tmp_path / "a.png")
    assert found.size == size
    assert found.natural == (Size(50, 200) if held == 8 else Size(200, 50))
    corner = tuple(found.pixels[:3])
    assert corner == ((0, 0, 0) if held == 1 else RED)


def test_as_much_of_a_picture_is_shown_as_there_is(paint: Paints) -> None:
    file = paint("a.jpg", "RGB", (400, 200), RED)
    file.write_bytes(file.read_bytes()[:900])
    found = drawn(file)
    assert (found.size, found.trouble) == (Size(20, 10), "")


@pytest.mark.parametrize(
    "data", [b"", b"<html>404</html>", b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff", b"GIF89a"]
)
def test_what_is_no_picture_is_said_to_be_broken(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(data)
    assert drawn(file).trouble == "broken"


def test_a_file_that_is_gone_is_missed(tmp_path: Path) -> None:
    assert drawn(tmp_path / "a.png").trouble == "missing"


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_what_has_too_many_pixels_is_not_read(
    paint: Paints, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = paint(name, "L", (30_000, 30_000) if name == "a.png" else (1_000, 1_000))
    if name == "a.jpg":
        monkeypatch.setattr(drawing, "PIXELS_OF_JPEG", 999_999)
    found = drawn(file)
    assert (found.trouble, found.pixels) == ("large", b"")
    assert found.natural.width in (30_000, 1_000)


def test_a_picture_of_thirty_thousand_columns_is_a_line(paint: Paints) -> None:
    assert drawn(paint("a.png", "RGB", (30_000, 20), RED)).size == Size(20, 1)


def test_a_picture_is_packed_for_a_terminal_that_can_show_it(paint: Paints) -> None:
    found = drawn(paint("a.jpg", "RGB", (400, 200), RED), Size(100, 100), packed=True)
    with Image.open(io.BytesIO(found.pixels)) as opened:
        assert (opened.format, opened.size) == ("PNG", (100, 50))
