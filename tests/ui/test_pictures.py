"""Pictures in the reading pane, and one by one over the whole screen."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Pillow
from tests.ui.conftest import NOW
from textual.selection import Selection

from kaltimtui import i18n
from kaltimtui.config import Config
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, Heading, Image, ListBlock, Quote, Span, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Enclosure, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.pixels.fit import Size
from kaltimtui.store import pictures
from kaltimtui.ui.gallery import Shot
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.picture import PictureScreen
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tests.ui.conftest import FakeFetching, Opens, Reader

    from kaltimtui.document import Block

pytestmark = pytest.mark.usefixtures("able", "_soon")

LEAD = "https://kabar.example/utama.png"
ONE = "https://kabar.example/satu.png"
TWO = "https://kabar.example/dua.png"
RED, BLUE = (200, 0, 0), (0, 0, 200)
HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\0\0\0\0\x43\x4c\xa7\x66"
"""Of a picture of 30,000 by 30,000 pixels."""
SIZES = [(120, 40), (40, 12)]


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.picturing.FETCH_AFTER", 0.0)


def story(now: datetime, number: int = 1, *, sound: bool = False) -> ArticleData:
    sounds = (Enclosure("https://kabar.example/1.mp3", "audio/mpeg"),) if sound else ()
    return ArticleData(
        title=f"Panen Raya di Kampung {number}",
        guid=f"{number}",
        published=Stamp(now - timedelta(minutes=number), "time"),
        image=LEAD,
        caption="Petani menjemur padi.",
        photo_credit="rin/foto",
        document=Document(
            (
                *(paragraph(f"Alinea {part} tentang padi. " * 12) for part in range(4)),
                Image(ONE, alt="Grafik panen"),
                *(paragraph(f"Lanjutan {part} tentang beras. " * 12) for part in range(12)),
                Image(TWO),
                paragraph("Akhir berita."),
            )
        ),
        enclosures=sounds,
    )


class Desk:
    """A library with two articles, and a hand that keeps pictures for the first."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = library.paths.data / "pictures"
        self.folder.mkdir(parents=True)

    def keep(
        self, url: str, colour: tuple[int, int, int] = RED, size: tuple[int, int] = (200, 100)
    ) -> Path:
        file = self.folder / url.rpartition("/")[2]
        Pillow.new("RGB", size, colour).save(file)
        return self.note(url, file)

    def spoil(self, url: str, data: bytes) -> Path:
        file = self.folder / url.rpartition("/")[2]
        file.write_bytes(data)
        return self.note(url, file)

    def note(self, url: str, file: Path) -> Path:
        uid = self.library.uid(self.library.rows(View())[0].id)
        with self.library.database.writing() as connection:
            picture = pictures.Picture(url, file.name, file.stat().st_size)
            pictures.keep(connection, uid, picture, 0)
        return file


@pytest.fixture
def desk(tmp_path: Path, now: datetime) -> Iterator[Desk]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    opened.store_articles(SourceData("Kabar Kaltim", "feed"), [story(now), story(now, 2)])
    yield Desk(opened)
    opened.close()


def rows_of(reader: Reader) -> list[int]:
    """The lines of the screen with a piece of a picture that was drawn."""
    return [at for at, line in enumerate(reader.lines()) if "▀" in line]


def room(reader: Reader, url: str) -> int:
    """Lines that a picture takes in the text."""
    spots = [run.look.spot for line in reader.screen.reading._page.lines for run in line.runs]
    return sum(spot is not None and spot.url == url for spot in spots)


def top_words(reader: Reader) -> str:
    pane = reader.screen.reading
    return pane._page.lines[pane.scroll_offset.y].text


@pytest.mark.parametrize("size", SIZES)
async def test_a_picture_that_is_kept_stands_below_the_head(
    reading: Opens,
    desk: Desk,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    desk.keep(LEAD)
    async with reading(desk.library, size=size) as reader:
        await reader.press("enter")
        await reader.until(lambda: room(reader, LEAD) > 0)
        if size == (40, 12):
            await reader.press("pagedown")
        await reader.until(lambda: bool(rows_of(reader)))
        assert room(reader, LEAD) * 2 <= reader.screen.reading.size.height
        snapshot(f"pane-pictures-{size[0]}x{size[1]}", reader.lines())


async def test_two_pixels_of_a_picture_stand_in_a_cell(reading: Opens, desk: Desk) -> None:
    file = desk.keep(LEAD)
    picture = Pillow.new("RGB", (20, 10), RED)
    picture.paste(BLUE, (0, 1, 20, 2))
    picture.save(file)
    async with reading(desk.library) as reader:
        await reader.until(lambda: bool(rows_of(reader)))
        pane = reader.screen.reading
        at = next(at for at in range(40) if "▀" in pane.render_line(at).text)
        (cell,) = (segment for segment in pane.render_line(at) if "▀" in segment.text)
        assert cell.text == "▀" * 20
        assert cell.style is not None
        assert cell.style.color is not None
        assert cell.style.bgcolor is not None
        assert cell.style.color.triplet == RED
        assert cell.style.bgcolor.triplet == BLUE


async def test_a_picture_that_comes_late_moves_no_words(
    reading: Opens, desk: Desk, network: Network, fetching: FakeFetching
) -> None:
    async with reading(desk.library, network=network, size=(80, 24)) as reader:
        await reader.press("enter", "pagedown", "pagedown")
        await reader.until(lambda: bool(fetching.wanted))
        words, place = top_words(reader), reader.screen.reading.scroll_offset.y
        assert words.strip()
        desk.keep(LEAD)
        desk.keep(TWO)
        fetching.gate.set()
        await reader.until(lambda: room(reader, LEAD) > 0)
        await reader.pilot.pause()
        assert top_words(reader) == words
        assert reader.screen.reading.scroll_offset.y == place + room(reader, LEAD)
        await reader.press("end")
        await reader.until(lambda: bool(rows_of(reader)))


async def test_pictures_are_fetched_once_while_one_reads(
    reading: Opens, desk: Desk, network: Network, fetching: FakeFetching
) -> None:
    fetching.missing = 2
    desk.keep(LEAD)
    async with reading(desk.library, network=network) as reader:
        await reader.until(lambda: len(fetching.wanted) == 1)
        fetching.gate.set()
        await reader.until(lambda: reader.screen.bottom.said != "")
        assert reader.screen.bottom.said == "2 pictures cannot be fetched."
        await reader.press("j")
        await reader.until(lambda: len(fetching.wanted) == 2)
        await reader.press("k")
        await reader.until(lambda: reader.title() == "Panen Raya di Kampung 1")
        await reader.press("I", "I")
        await reader.pilot.pause()
        assert len(set(fetching.wanted)) == len(fetching.wanted) == 2
        assert fetching.stopped == 1


@pytest.mark.parametrize(
    ("offline", "config"), [(True, Config()), (False, Config(images_fetch=False))]
)
async def test_nothing_is_fetched_where_that_is_not_wanted(
    reading: Opens, desk: Desk, fetching: FakeFetching, offline: bool, config: Config
) -> None:
    network = Network(lambda: fetching, offline=offline)
    desk.keep(ONE)
    async with reading(desk.library, network=network, config=config) as reader:
        await reader.until(lambda: room(reader, ONE) > 0)
        await reader.pilot.pause()
        assert not fetching.wanted


async def test_pictures_are_put_away_and_that_is_remembered(
    reading: Opens, desk: Desk, tmp_path: Path
) -> None:
    desk.keep(LEAD)
    state = tmp_path / "screen.json"
    async with reading(desk.library, state_file=state) as reader:
        await reader.until(lambda: bool(rows_of(reader)))
        await reader.press("I")
        await reader.until(lambda: not rows_of(reader))
        assert reader.screen.bottom.said == "Pictures are off."
    async with reading(desk.library, state_file=state) as reader:
        await reader.press("enter")
        assert room(reader, LEAD) == 0
        await reader.press("I")
        await reader.until(lambda: bool(rows_of(reader)))


async def test_the_words_stay_while_pictures_go_and_come(reading: Opens, desk: Desk) -> None:
    desk.keep(LEAD)
    desk.keep(ONE)
    async with reading(desk.library, size=(80, 24)) as reader:
        await reader.press("enter")
        await reader.until(lambda: room(reader, LEAD) > 0)
        await reader.press(*["pagedown"] * 5, "j")
        while not top_words(reader).strip():
            await reader.press("j")
        words = top_words(reader)
        await reader.press("I")
        await reader.until(lambda: room(reader, LEAD) == 0)
        await reader.pilot.pause()
        assert top_words(reader) == words
        await reader.press("I")
        await reader.until(lambda: room(reader, LEAD) > 0)
        await reader.pilot.pause()
        assert top_words(reader) == words


def words(first: int, count: int = 60) -> str:
    """Words of which no two lines have the same."""
    return " ".join(f"kata{number}" for number in range(first, first + count))


def said(*blocks: Block, number: int = 1, **more: Any) -> ArticleData:
    """An article with a lead picture and these blocks; the first in the list."""
    return ArticleData(
        title="Judul kata0",
        guid=f"said {number}",
        published=Stamp(NOW + timedelta(minutes=number), "time"),
        document=Document(blocks),
        **{"image": LEAD, "caption": "foto " * 30, **more},
    )


def first_words(pane: ReadingPane) -> tuple[int, str]:
    """The first line in sight that is of no picture: its row on the screen, its words."""
    found = ((row, words_on(pane, row)) for row in range(pane.size.height))
    return next((row, line) for row, line in found if re.search(r"\w", line) and "foto" not in line)


def words_on(pane: ReadingPane, row: int) -> str:
    """What stands on a row of the screen; the sign of a list may pass from a text to a picture."""
    return pane._page.lines[pane.scroll_offset.y + row].text.lstrip(" •")


def come(reader: Reader, *urls: str, size: Size = Size(200, 100)) -> None:  # noqa: B008 - a tuple
    """Let pictures of this size be here, and no others."""
    gallery = reader.screen.reading.gallery
    assert gallery is not None
    gallery._shots.clear()
    gallery.add({url: Shot(Path("gambar.png"), size, "") for url in urls})
    reader.screen.reading.set_again()


MIXED = said(
    paragraph(words(100)),
    Image(ONE),
    Quote((paragraph(words(200)), Image(TWO), paragraph(words(300)))),
    ListBlock(((Image(ONE), paragraph(words(400, 20))), (paragraph(words(500)), Image(TWO)))),
    Heading(2, (Span("Judul antara kata600"),)),
    Image(TWO, caption="foto " * 20),
    *(paragraph(words(number)) for number in range(1_000, 1_800, 100)),
)


@pytest.mark.parametrize(
    ("here", "late"), [((), (LEAD,)), ((), (ONE, TWO)), ((TWO,), (LEAD, ONE, TWO))]
)
async def test_wherever_one_stands_the_first_words_in_sight_keep_their_line(
    reading: Opens, desk: Desk, here: tuple[str, ...], late: tuple[str, ...]
) -> None:
    desk.library.store_articles(SourceData("Kabar Kaltim", "feed"), [MIXED])
    async with reading(desk.library, size=(80, 24)) as reader:
        await reader.press("enter")
        pane = reader.screen.reading
        await reader.until(lambda: pane.complete and reader.title() == MIXED.title)
        come(reader, *here)
        for top in range(pane.max_scroll_y + 1):
            come(reader, *here)
            pane.go_to(top)
            row, first = first_words(pane)
            come(reader, *late)
            assert words_on(pane, row) == first, f"they came while {top} was at the top"
            come(reader, *late, size=Size(100, 300))
            assert words_on(pane, row) == first, f"their room changed while {top} was at the top"


async def test_the_word_one_was_led_to_keeps_its_line(reading: Opens, desk: Desk) -> None:
    desk.library.store_articles(SourceData("Kabar Kaltim", "feed"), [MIXED])

    def row(pane: ReadingPane) -> int:
        line = pane._page.first(Role.HIT)
        assert line is not None
        return line - pane.scroll_offset.y

    for number, word in enumerate(("kata110", "kata1110"), 1):
        async with reading(desk.library, size=(80, 24)) as reader:
            await reader.press("slash", *word, "enter")
            await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.SEARCH)
            await reader.press("enter")
            pane = reader.screen.reading
            await reader.until(lambda pane=pane: pane.at_hit and pane.complete)  # type: ignore[misc]
            before, top = row(pane), pane.scroll_offset.y
            assert (top > 0) is (number > 1)
            come(reader, LEAD, ONE)
            assert (row(pane), pane.at_hit) == (before, True)
            come(reader)
            assert (row(pane), pane.scroll_offset.y, pane.at_hit) == (before, top, True)


async def test_the_words_stay_where_the_terminal_takes_another_size(
    reading: Opens, desk: Desk
) -> None:
    desk.library.store_articles(SourceData("Kabar Kaltim", "feed"), [MIXED])
    async with reading(desk.library, size=(80, 40)) as reader:
        await reader.press("enter")
        pane = reader.screen.reading
        await reader.until(lambda: pane.complete and reader.title() == MIXED.title)
        come(reader, LEAD, ONE, TWO)
        pane.go_to(next(at for at, line in enumerate(pane._page.lines) if "kata1200" in line.text))
        await reader.pilot.resize_terminal(60, 24)
        await reader.until(lambda: pane.laid_out and pane.size.height < 24)
        await reader.pilot.pause()
        assert "kata1200" in top_words(reader)


async def test_a_place_is_the_same_with_pictures_and_without(
    reading: Opens, desk: Desk, tmp_path: Path
) -> None:
    desk.library.store_articles(SourceData("Kabar Kaltim", "feed"), [MIXED])
    for url in (LEAD, ONE, TWO):
        desk.keep(url)
    state = tmp_path / "screen.json"
    async with reading(desk.library, size=(80, 24), state_file=state) as reader:
        await reader.press("enter")
        pane = reader.screen.reading
        await reader.until(lambda: pane.complete and room(reader, TWO) > 0)
        place = next(at for at, line in enumerate(pane._page.lines) if "kata1410" in line.text)
        pane.go_to(place)
        found = top_words(reader)
        await reader.press("ctrl+q")
    for _time in range(3):
        async with reading(desk.library, size=(80, 24), state_file=state) as reader:
            await reader.press("enter")
            await reader.until(lambda: room(reader, TWO) > 0)
            await reader.pilot.pause()
            assert top_words(reader) == found
            await reader.press("ctrl+q")


@pytest.mark.parametrize(
    ("variables", "config", "said"),
    [
        ({}, Config(images_show="off"), "[images] show"),
        ({"SSH_CONNECTION": "1 2 3 4"}, Config(), "[images] over_ssh"),
        ({"NO_COLOR": "1"}, Config(), "too few colours"),
        ({"TERM": "linux", "COLORTERM": ""}, Config(), "too few colours"),
    ],
)
async def test_why_there_are_no_pictures_is_said(
    reading: Opens,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    config: Config,
    said: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    desk.keep(LEAD)
    async with reading(desk.library, config=config) as reader:
        await reader.press("enter", "I")
        assert said in reader.screen.bottom.said
        assert room(reader, LEAD) == 0
        assert "Petani menjemur padi." in reader.screen.reading._page.text()


async def test_over_ssh_they_are_shown_where_one_set_it(
    reading: Opens, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    desk.keep(LEAD)
    async with reading(desk.library, config=Config(images_over_ssh=True)) as reader:
        await reader.until(lambda: bool(rows_of(reader)))


async def test_without_pillow_it_is_said_how_to_get_it(
    reading: Opens, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.keep(LEAD)
    monkeypatch.setitem(sys.modules, "PIL", None)
    async with reading(desk.library) as reader:
        await reader.press("enter", "I")
        assert "pip install 'kaltimtui[images]'" in reader.screen.bottom.said
        assert any("Petani menjemur padi. rin/foto" in line for line in reader.lines())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html>404</html>", "This picture is damaged and cannot be shown."),
        (
            HEAD + b"\0\0\0\x0aIDAT" + bytes(14),
            "This picture is too large to be shown: 30000 by 30000 pixels.",
        ),
    ],
)
async def test_what_is_wrong_with_a_picture_stands_in_its_place(
    reading: Opens, desk: Desk, data: bytes, said: str
) -> None:
    desk.spoil(LEAD, data)
    async with reading(desk.library) as reader:
        page = reader.screen.reading
        await reader.until(lambda: said in " ".join(page._page.text().replace("▎", "").split()))
        assert room(reader, LEAD) == 0


async def test_pictures_keep_to_half_of_the_pane(reading: Opens, desk: Desk) -> None:
    desk.keep(LEAD, size=(100, 900))
    async with reading(desk.library, size=(120, 40)) as reader:
        await reader.until(lambda: room(reader, LEAD) > 0)
        assert room(reader, LEAD) == reader.screen.reading.size.height // 2
        await reader.pilot.resize_terminal(120, 30)
        await reader.until(
            lambda: room(reader, LEAD) == reader.screen.reading.size.height // 2 < 15
        )


async def test_another_theme_lies_under_a_picture_too(reading: Opens, desk: Desk) -> None:
    desk.keep(LEAD)
    async with reading(desk.library) as reader:
        await reader.until(lambda: bool(rows_of(reader)))
        await reader.press("T")
        await reader.until(lambda: bool(rows_of(reader)))


async def test_a_terminal_that_holds_pictures_gets_letters(
    reading: Opens, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("kaltimtui.ui.app.ReaderApp.send", lambda _app, said: sent.append(said))
    monkeypatch.setattr("kaltimtui.ui.controllers.picturing.Picturing._finely", lambda _self: True)
    desk.keep(LEAD, size=(2_000, 1_000))
    async with reading(desk.library) as reader:
        await reader.until(lambda: any("\U0010eeee" in line for line in reader.lines()))
        assert not rows_of(reader)
        lines = sum("\U0010eeee" in line for line in reader.lines())
        assert lines == room(reader, LEAD)
        assert f",r={lines},q=2" in sent[-1]
    assert "a=d,d=I" in sent[-1]


async def test_what_is_selected_over_a_picture_says_nothing(reading: Opens, desk: Desk) -> None:
    desk.keep(LEAD)
    async with reading(desk.library) as reader:
        await reader.until(lambda: bool(rows_of(reader)))
        selected = reader.screen.reading.get_selection(Selection(None, None))
        assert selected is not None
        assert "▀" not in selected[0]
        assert "Petani menjemur padi." in selected[0]


class TestOverTheScreen:
    @pytest.fixture
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        found: list[str] = []
        monkeypatch.setattr(
            "kaltimtui.ui.app.ReaderApp.open_url", lambda _app, url, **_given: found.append(url)
        )
        return found

    @pytest.mark.parametrize("size", SIZES)
    async def test_a_picture_is_as_large_as_there_is_room(
        self,
        reading: Opens,
        desk: Desk,
        size: tuple[int, int],
        snapshot: Callable[[str, Iterable[str]], None],
    ) -> None:
        desk.keep(LEAD, size=(2_000, 1_000))
        async with reading(desk.library, size=size) as reader:
            await reader.press("enter", "P")
            await reader.until(lambda: isinstance(reader.app.screen, PictureScreen))
            await reader.until(lambda: len(rows_of(reader)) > 3)
            snapshot(f"picture-{size[0]}x{size[1]}", reader.lines())

    async def test_one_goes_from_picture_to_picture_and_back(
        self, reading: Opens, desk: Desk, opened: list[str]
    ) -> None:
        desk.keep(LEAD)
        desk.keep(ONE, BLUE)
        async with reading(desk.library) as reader:
            await reader.press("enter", "P")
            await reader.until(lambda: isinstance(reader.app.screen, PictureScreen))
            await reader.until(lambda: any("Petani menjemur" in line for line in reader.lines()))
            await reader.press("right")
            await reader.until(lambda: any("Grafik panen" in line for line in reader.lines()))
            await reader.until(lambda: bool(rows_of(reader)))
            await reader.press("right")
            await reader.until(lambda: any("is not here yet" in line for line in reader.lines()))
            await reader.press("left", "escape")
            assert reader.app.screen is reader.screen
            await reader.until(lambda: bool(rows_of(reader)))
            assert not opened

    async def test_a_picture_is_opened_outside(
        self, reading: Opens, desk: Desk, opened: list[str]
    ) -> None:
        file = desk.keep(LEAD)
        async with reading(desk.library) as reader:
            await reader.press("enter", "P")
            await reader.until(lambda: isinstance(reader.app.screen, PictureScreen))
            await reader.press("o")
            assert opened == [file.as_uri()]
            assert reader.app.screen is reader.screen

    async def test_a_picture_of_the_text_is_looked_at_by_a_click(
        self, reading: Opens, desk: Desk, opened: list[str]
    ) -> None:
        desk.keep(ONE, BLUE)
        async with reading(desk.library) as reader:
            reader.screen.reading.post_message(ReadingPane.LinkSelected(ONE))
            await reader.until(lambda: isinstance(reader.app.screen, PictureScreen))
            await reader.until(lambda: any("Grafik panen" in line for line in reader.lines()))
            assert not opened

    async def test_a_sound_is_played_as_before(
        self, reading: Opens, desk: Desk, now: datetime
    ) -> None:
        desk.library.store_articles(SourceData("Suara", "feed"), [story(now, 0, sound=True)])
        desk.keep(LEAD)
        async with reading(desk.library) as reader:
            await reader.press("enter", "P")
            await reader.until(lambda: bool(reader.screen.bottom.said))
            assert "[open] audio" in reader.screen.bottom.said

    async def test_a_picture_comes_while_one_waits_for_it(
        self, reading: Opens, desk: Desk, network: Network, fetching: FakeFetching
    ) -> None:
        async with reading(desk.library, network=network) as reader:
            await reader.press("enter", "P")
            await reader.until(lambda: isinstance(reader.app.screen, PictureScreen))
            await reader.until(lambda: bool(fetching.wanted))
            desk.keep(LEAD)
            fetching.missing = 2
            fetching.gate.set()
            await reader.until(lambda: bool(rows_of(reader)))
            await reader.press("right")
            await reader.until(lambda: any("cannot be fetched" in line for line in reader.lines()))


_AT_FIRST = """
import asyncio, sys
from datetime import UTC, datetime
from kaltimtui.library import Library
from kaltimtui.paths import Paths
from kaltimtui.ui.app import ReaderApp
from kaltimtui.ui.controllers.picturing import Picturing

def woken(_picturing):  # once the first picture of the screen is there
    print(sorted(name for name in sys.modules if name.startswith("kaltimtui.")))

async def main():
    Picturing.wake = woken
    library = Library.open(Paths.find(sys.argv[1]))
    async with ReaderApp(library, lambda: datetime.now(UTC)).run_test():
        pass
    library.close()

asyncio.run(main())
"""


def test_what_draws_is_not_loaded_before_the_first_picture_of_the_screen(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _AT_FIRST, str(tmp_path / "home")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "'kaltimtui.ui.controllers.picturing'" in done.stdout
    for name in ("pixels.drawer", "pixels.header", "ui.gallery", "ui.kitty", "ui.studio"):
        assert f"'kaltimtui.{name}'" not in done.stdout


def test_pillow_is_never_loaded_by_the_reader() -> None:
    code = (
        "import sys, kaltimtui.ui.app, kaltimtui.ui.studio, kaltimtui.ui.screens.picture;"
        " print([name for name in sys.modules if name.startswith('PIL')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
