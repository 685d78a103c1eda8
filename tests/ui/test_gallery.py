"""What is known of pictures, before and after they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.segment import Segment

from kaltimtui import i18n
from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.order import BROKEN, MISSING, TOO_LARGE, Drawn, troubled
from kaltimtui.ui import gallery as galleries
from kaltimtui.ui.gallery import Gallery, Shot, Wanted
from kaltimtui.ui.setting.lines import Spot

if TYPE_CHECKING:
    from pathlib import Path

ONE = "https://kabar.example/satu.jpg"
ROOM = Size(20, 10)
GROUND = (1, 2, 3)
SPOT = Spot(ONE, 20, 10, 4)


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def asked() -> list[Wanted]:
    return []


@pytest.fixture
def gallery(asked: list[Wanted], tmp_path: Path) -> Gallery:
    made = Gallery(lambda wanted, _file: asked.append(wanted))
    made.add({ONE: Shot(tmp_path / "satu.jpg", Size(400, 200))})
    return made


def lines(line: int) -> list[Segment]:
    return [Segment(str(line))]


def test_a_picture_is_asked_for_until_it_is_there(gallery: Gallery, asked: list[Wanted]) -> None:
    assert gallery.line(SPOT, GROUND) is None
    (wanted,) = asked
    assert wanted == Wanted(ONE, ROOM, GROUND)
    assert not gallery.hang(wanted, Drawn(Size(400, 200), ROOM, b""), lines)
    assert gallery.line(SPOT, GROUND) == [Segment("4")]
    assert gallery.line(SPOT, (9, 9, 9)) is None
    gallery.take_down(wanted)
    assert gallery.line(SPOT, GROUND) is None
    assert len(asked) == 3


def test_a_picture_of_another_shape_takes_another_room(gallery: Gallery) -> None:
    assert gallery.figure(ONE, Size(20, 40)) == (Size(20, 10), "")
    assert gallery.hang(Wanted(ONE, ROOM, GROUND), Drawn(Size(200, 400), ROOM, b""), lines)
    assert gallery.figure(ONE, Size(20, 40)) == (Size(20, 40), "")
    assert not gallery.hang(Wanted(ONE, ROOM, GROUND), Drawn(Size(200, 400), ROOM, b""), lines)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (troubled(BROKEN), "This picture is damaged and cannot be shown."),
        (
            troubled(TOO_LARGE, Size(9, 8)),
            "This picture is too large to be shown: 9 by 8 pixels.",
        ),
    ],
)
def test_what_cannot_be_drawn_takes_no_room_and_is_not_asked_for(
    gallery: Gallery, asked: list[Wanted], drawn: Drawn, said: str
) -> None:
    assert gallery.hang(Wanted(ONE, ROOM, GROUND), drawn, lines)
    assert gallery.figure(ONE, ROOM) == (Size(0, 0), said)
    assert gallery.line(SPOT, GROUND) is None
    assert not asked


def test_a_file_that_is_gone_is_known_no_more(gallery: Gallery, asked: list[Wanted]) -> None:
    assert gallery.hang(Wanted(ONE, ROOM, GROUND), troubled(MISSING), lines)
    assert gallery.figure(ONE, ROOM) is None
    assert gallery.line(SPOT, GROUND) is None
    assert not gallery.hang(Wanted(ONE, ROOM, GROUND), troubled(MISSING), lines)
    assert not asked


def test_only_what_is_new_is_looked_at(gallery: Gallery, tmp_path: Path) -> None:
    (tmp_path / "dua.gif").write_bytes(b"GIF89a\x05\0\x07\0")
    (tmp_path / "tiga.gif").write_bytes(b"")
    found = gallery.look(
        {ONE: tmp_path / "satu.jpg", "dua": tmp_path / "dua.gif", "tiga": tmp_path / "tiga.gif"}
    )
    assert found.keys() == {"dua", "tiga"}
    assert found["dua"].size == Size(5, 7)
    assert found["tiga"].trouble
    assert gallery.add(found)
    assert not gallery.add({})


def test_so_many_are_known(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(galleries, "_SHOTS", 2)
    shot = gallery.shot(ONE)
    assert shot is not None
    gallery.add({"dua": shot, "tiga": shot})
    assert gallery.shot(ONE) is None
    assert gallery.shot("dua") is not None
