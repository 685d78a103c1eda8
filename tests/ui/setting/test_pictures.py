"""Pictures as lines of a text, and the words that stay where they are while pictures come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.document import Document, Image, ListBlock, Quote, paragraph
from kaltimtui.pixels.fit import Size
from kaltimtui.ui.setting.article import article_lines
from kaltimtui.ui.setting.blocks import block_lines
from kaltimtui.ui.setting.page import Page
from kaltimtui.ui.setting.pictures import Figure, picture_lines, top_for, words_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from kaltimtui.models import Article
    from kaltimtui.ui.setting.lines import Line

LEAD = "https://kabar.example/utama.jpg"
pytestmark = pytest.mark.usefixtures("english")

ONE = "https://kabar.example/satu.jpg"
TWO = "https://kabar.example/dua.jpg"


def shown(lines: Iterable[Line]) -> list[str]:
    """The lines as they are read, with the room of a picture filled in."""
    return [
        "".join("#" * len(run.text) if run.look.spot else run.text for run in line.runs).rstrip()
        for line in lines
    ]


def figures(*urls: str) -> Callable[[str, int], Figure | None]:
    return lambda url, width: Figure(Size(min(width, 6), 5)) if url in urls else None


def test_a_picture_takes_a_line_for_two_pixels() -> None:
    lines = list(picture_lines(ONE, Figure(Size(6, 5))))
    assert shown(lines) == ["######"] * 3
    spots = [line.runs[0].look.spot for line in lines]
    assert spots == [(ONE, 6, 5, 0), (ONE, 6, 5, 1), (ONE, 6, 5, 2)]
    assert {line.runs[0].look.href for line in lines} == {ONE}


def test_a_picture_stands_over_its_caption() -> None:
    blocks = (paragraph("Satu."), Image(ONE, caption="Pasar pagi."), paragraph("Dua."))
    assert shown(block_lines(blocks, 30, figures(ONE))) == [
        *("Satu.", ""),
        *("######", "######", "######", "▎ Photo: Pasar pagi."),
        *("", "Dua."),
    ]
    assert shown(block_lines(blocks, 30)) == ["Satu.", "", "▎ Photo: Pasar pagi.", "", "Dua."]


def test_a_picture_of_which_nothing_is_said_stands_alone_or_not_at_all() -> None:
    blocks = (paragraph("Satu."), Image(ONE), paragraph("Dua."))
    assert shown(block_lines(blocks, 30, figures())) == ["Satu.", "", "Dua."]
    assert shown(block_lines(blocks, 30, figures(ONE))).count("######") == 3


def test_a_picture_within_others_keeps_to_their_edge() -> None:
    blocks = (Quote((Image(ONE),)), ListBlock(((Image(ONE), paragraph("Butir.")),)))
    assert shown(block_lines(blocks, 20, figures(ONE))) == [
        *["│ ######"] * 3,
        *("", "• ######", "  ######", "  ######", "", "  Butir."),
    ]


def test_why_a_picture_is_not_shown_is_said_beside_its_caption() -> None:
    def broken(_url: str, _width: int) -> Figure:
        return Figure(Size(0, 0), "It is damaged.")

    said = Image(ONE, alt="Grafik harga")
    assert shown(block_lines((said,), 60, broken)) == [
        "▎ [Picture: Grafik harga]",
        "▎ Photo: It is damaged.",
    ]
    assert shown(block_lines((Image(ONE),), 60, broken)) == ["▎ Photo: It is damaged."]


def test_the_words_for_a_picture_are_there_only_while_it_is_not_shown() -> None:
    said = (Image(ONE, alt="Grafik harga"),)
    for nothing in (None, figures()):
        lines = list(block_lines(said, 60, nothing))
        assert shown(lines) == ["▎ [Picture: Grafik harga]"]
        assert not any(line.ink for line in lines)
    assert shown(block_lines(said, 60, figures(ONE))) == ["######"] * 3


class TestLead:
    @pytest.fixture
    def story(self, article: Callable[..., Article]) -> Callable[..., Article]:
        def made(*blocks: Image) -> Article:
            body = Document((paragraph("Isi berita."), *blocks))
            return article(
                document=body, image=LEAD, caption="Panen raya.", photo_credit="rin/foto"
            )

        return made

    def test_it_stands_below_the_head(self, story: Callable[..., Article], now: datetime) -> None:
        found = shown(article_lines(story(), 60, now, figures(LEAD)))
        at = found.index("######")
        assert found[at - 1] == ""
        assert found[at + 2 : at + 6] == [
            "######",
            "▎ Photo: Panen raya. rin/foto",
            "",
            "Isi berita.",
        ]
        assert "▎ Photo: Panen raya. rin/foto" not in found[at + 4 :]

    def test_its_caption_is_there_before_it(
        self, story: Callable[..., Article], now: datetime
    ) -> None:
        found = shown(article_lines(story(), 60, now, figures()))
        at = found.index("▎ Photo: Panen raya. rin/foto")
        assert found[at + 2] == "Isi berita."

    def test_it_is_shown_once_where_the_text_has_it_too(
        self, story: Callable[..., Article], now: datetime
    ) -> None:
        found = shown(article_lines(story(Image(LEAD)), 60, now, figures(LEAD)))
        assert found.count("######") == 3
        assert found.index("Isi berita.") < found.index("######")

    @pytest.mark.parametrize("blocks", [(), (Image(LEAD),), (Image(LEAD, alt="Panen"),)])
    def test_what_is_said_of_it_stands_at_the_same_place_without_pictures(
        self, story: Callable[..., Article], now: datetime, blocks: tuple[Image, ...]
    ) -> None:
        shown_, hidden = (
            [line for line in shown(article_lines(story(*blocks), 60, now, with_)) if line]
            for with_ in (figures(LEAD), None)
        )
        words = [line for line in shown_ if line != "######"]
        assert words == [line for line in hidden if line != "▎ [Picture: Panen]"]

    def test_a_caption_without_a_picture_stands_below_the_text(
        self, story: Callable[..., Article], now: datetime
    ) -> None:
        found = shown(article_lines(story()._replace(image=None), 60, now, figures()))
        assert found.index("Isi berita.") < found.index("▎ Photo: Panen raya. rin/foto")


class TestWords:
    BLOCKS = (
        paragraph("Satu."),
        Image(LEAD),
        paragraph("Dua."),
        Image(ONE, caption="Tiga."),
        paragraph("Empat."),
    )

    def page(self, *urls: str) -> Page:
        page = Page(block_lines(self.BLOCKS, 30, figures(*urls)))
        page.grow(2)
        return page

    @pytest.mark.parametrize("before", [(), (LEAD,), (ONE,), (LEAD, ONE)])
    @pytest.mark.parametrize("after", [(), (LEAD,), (ONE,), (LEAD, ONE)])
    def test_the_same_words_stay_at_the_same_height(
        self, before: tuple[str, ...], after: tuple[str, ...]
    ) -> None:
        old = self.page(*before)
        old.grow(1_000)
        for top, line in enumerate(old.lines):
            if line.text.strip():
                new = self.page(*after)
                place = top_for(new, words_at(old.lines, top))
                assert new.lines[place].text == line.text

    def test_a_place_is_the_same_whatever_pictures_there_are(
        self, article: Callable[..., Article], now: datetime
    ) -> None:
        blocks = (*self.BLOCKS, Quote((Image(ONE), paragraph("Lima."))), paragraph("Enam."))
        story = article(document=Document(blocks), image=TWO, caption="Panen raya.")

        def place(said: str, *urls: str, pictured: bool = True) -> int:
            page = Page(article_lines(story, 60, now, figures(*urls) if pictured else None))
            page.grow(1_000)
            return page.place(next(at for at, line in enumerate(page.lines) if said in line.text))

        for said in ("Satu.", "Dua.", "Empat.", "Lima.", "Enam."):
            places = {place(said, *urls) for urls in ((), (TWO,), (LEAD, ONE), (ONE, TWO))}
            assert places == {place(said, pictured=False)}, said

    def test_within_a_picture_the_words_below_it_stay(self) -> None:
        old, new = self.page(ONE), self.page(LEAD, ONE)
        old.grow(1_000)
        top = old.lines.index(
            next(line for line in old.lines if line.runs and line.runs[0].look.spot)
        )
        assert shown(old.lines)[top + 3] == "▎ Photo: Tiga."
        place = top_for(new, words_at(old.lines, top))
        assert shown(new.lines)[place : place + 4] == [*["######"] * 3, "▎ Photo: Tiga."]

    def test_past_the_end_one_is_at_the_end(self) -> None:
        old, new = self.page(), self.page(LEAD)
        old.grow(1_000)
        assert top_for(new, words_at(old.lines, len(old))) == len(new) - 1

    def test_captions_may_move_and_grow(self) -> None:
        def broken(_url: str, _width: int) -> Figure:
            return Figure(Size(0, 0), "Gambar ini rusak dan tidak dapat ditampilkan.")

        old, new = self.page(), Page(block_lines(self.BLOCKS, 30, broken))
        old.grow(1_000)
        top = shown(old.lines).index("Empat.")
        place = top_for(new, words_at(old.lines, top))
        assert new.lines[place].text == "Empat."
        assert place > top
