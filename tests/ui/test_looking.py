"""Looking for something in the article that one reads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import NOW, now

from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.paths import Paths
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.setting.lines import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.ui.conftest import Opens, Reader

    Compare = Callable[[str, Iterable[str]], None]

FEED = SourceData("Kabar Kaltim", "feed", "https://kabar.example/rss")
pytestmark = pytest.mark.usefixtures("english")


def said(title: str, hours: int, *paragraphs: str) -> ArticleData:
    return ArticleData(
        title=title,
        guid=title,
        published=Stamp(NOW - timedelta(hours=hours), "time"),
        document=Document((*map(paragraph, paragraphs),)),
    )


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    filling = [f"Alinea {number} tentang panen raya di kampung." for number in range(30)]
    filling[2] = filling[12] = filling[25] = "Banjir merendam jalan desa; CAFÉ tutup."
    opened.store_articles(FEED, [said("Satu", 1, *filling), said("Dua", 2, "banjir")])
    yield opened
    opened.close()


def shown(reader: Reader) -> str:
    """The count beside the line."""
    bar = reader.screen.looking._bar
    return bar._count.said if bar is not None and bar.display else ""


def here(reader: Reader) -> list[str]:
    """What is marked as the hit one is at, of all that is laid out."""
    pane = reader.screen.reading
    return [
        run.text
        for place, line in enumerate(pane._page.lines)
        for run in pane.runs(place, line)
        if Role.FOUND_HERE in run.look.roles
    ]


async def find(reader: Reader, *keys: str) -> None:
    await reader.press("ctrl+f")
    await reader.until(lambda: reader.screen.asked)
    await reader.press(*keys)


async def test_hits_are_marked_and_counted_while_one_types(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        place = reader.screen.reading.place
        await find(reader, *"banjir")
        await reader.until(lambda: "1/3" in shown(reader))
        assert here(reader) == ["Banjir"]
        assert reader.screen.reading.place == place, "nothing moves while one types"
        await reader.press("z")
        await reader.until(lambda: "0/0" in shown(reader))
        await reader.press("enter")
        await reader.until(lambda: "Not in this article." in reader.screen.bottom.said)
        assert reader.screen.asked


async def test_what_is_typed_right_after_the_key_is_in_the_line(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.press_at_once("ctrl+f", *"banjir", "enter")
        await reader.until(lambda: "1/3" in shown(reader))
        assert (reader.at(), reader.screen.asked) == (Pane.READING, False)
        await reader.press_at_once("ctrl+f", *"cafe")
        await reader.until(lambda: "1/3" in shown(reader) and reader.screen.asked)
        assert here(reader) == ["CAFÉ"]


async def test_enter_goes_to_the_first_hit_and_n_and_p_to_others(
    reading: Opens, library: Library
) -> None:
    async with reading(library, size=(80, 16)) as reader:
        await reader.press("enter")
        await find(reader, *"cafe tutup", "enter")
        pane = reader.screen.reading
        await reader.until(lambda: "1/3" in shown(reader))
        assert (reader.at(), " ".join(here(reader))) == (Pane.READING, "CAFÉ tutup")
        for key, count, told in (
            ("n", "2/3", ""),
            ("n", "3/3", ""),
            ("n", "1/3", "On from the first hit."),
            ("p", "3/3", "On from the last hit."),
            ("p", "2/3", ""),
        ):
            await reader.press(key)
            await reader.until(lambda count=count: count in shown(reader))  # type: ignore[misc]
            assert told in reader.screen.bottom.said
            line = pane._search.hits[pane._hit][0].line  # type: ignore[union-attr,index]
            assert 0 <= line - pane.scroll_offset.y < pane.size.height
        assert reader.title() == "Satu"


async def test_the_first_hit_is_the_one_below_where_one_is(
    reading: Opens, library: Library
) -> None:
    async with reading(library, size=(80, 16)) as reader:
        await reader.press("enter")
        reader.screen.reading.scroll_lines(18)
        await find(reader, *"banjir")
        await reader.until(lambda: "2/3" in shown(reader))


async def test_esc_ends_it_and_gives_the_keys_back(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        await find(reader, *"banjir", "enter")
        await reader.until(lambda: "1/3" in shown(reader))
        await reader.press("escape")
        assert (reader.at(), here(reader)) == (Pane.READING, [])
        assert reader.screen.reading.finding is None
        await reader.press("n")
        await reader.until(lambda: reader.title() == "Dua")


async def test_esc_while_typing_ends_it_too(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await find(reader, *"banjir", "escape")
        assert (reader.at(), reader.screen.asked) == (Pane.READING, False)
        assert here(reader) == []


async def test_another_article_ends_it(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        await find(reader, *"banjir", "enter")
        await reader.press(".")
        await reader.until(lambda: reader.title() == "Dua")
        assert (reader.screen.reading.finding, here(reader)) == (None, [])


async def test_asked_again_it_has_the_words_before(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        await find(reader, *"banjir", "enter", "escape")
        await find(reader)
        await reader.until(lambda: "1/3" in shown(reader))
        await reader.press(*"cafe")
        assert reader.screen.looking._bar is not None
        assert reader.screen.looking._bar.box.value == "cafe"


async def test_it_is_kept_while_the_text_is_set_anew(reading: Opens, library: Library) -> None:
    async with reading(library, size=(80, 16)) as reader:
        await reader.press("enter")
        await find(reader, *"banjir", "enter")
        await reader.press("n")
        await reader.until(lambda: "2/3" in shown(reader))
        await reader.press("<")
        await reader.until(lambda: "2/3" in shown(reader))
        assert here(reader) == ["Banjir"]


async def test_the_marks_of_a_search_are_others(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"panen", "enter")
        await reader.until(lambda: reader.screen.finding.among_results)
        await reader.press("enter")
        await find(reader, *"banjir", "enter")
        await reader.until(lambda: "1/3" in shown(reader))
        roles = {
            role
            for place, line in enumerate(reader.screen.reading._page.lines)
            for run in reader.screen.reading.runs(place, line)
            for role in run.look.roles
        }
        assert {Role.HIT, Role.FOUND, Role.FOUND_HERE} <= roles


async def test_two_megabytes_are_looked_through_in_slices(
    reading: Opens, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    body = ["Warga kampung memanen padi sejak pagi hari. " * 400] * 118
    library.store_articles(FEED, [said("Panjang", 1, *body, "Selesai sudah.")])
    async with reading(library) as reader:
        await reader.press("enter")
        pane, looks = reader.screen.reading, 0
        look = pane._look

        def counted() -> None:
            nonlocal looks
            looks += 1
            look()

        pane._look = counted  # type: ignore[method-assign]
        await find(reader, *"selesai")
        await reader.until(lambda: shown(reader) == "1/1")
        assert looks > 20, "it is looked through in slices, between which keys are answered"
        await reader.press("enter")
        await reader.until(lambda: any("Selesai sudah." in line for line in reader.lines()))
    library.close()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_line_at_every_size(
    reading: Opens, library: Library, snapshot: Compare, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("enter")
        await find(reader, *"banjir", "enter")
        await reader.until(lambda: "1/3" in shown(reader))
        await reader.pilot.pause()
        snapshot(f"find-{'x'.join(map(str, size))}", reader.lines())
