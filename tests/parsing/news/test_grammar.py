from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.document import (
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Rule,
    Span,
    paragraph,
)
from kaltimtui.parsing.news.grammar import Story, first_word, read_story, same_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADLINE = "Warga Hulu Sungai Tanam Seribu Bibit"
FIRST = "Dinas kehutanan bersama warga tiga desa menanam seribu bibit di lahan bekas kebun."
SECOND = "Kepala bidang rehabilitasi mengatakan luas lahan yang ditanami mencapai 12,5 hektare."
LAST = "“Kami ingin anak-anak masih bisa mandi di sungai ini sepuluh tahun lagi,” harapnya."
CAPTION = "Warga menurunkan bibit dari perahu pada penanaman bersama di hulu sungai."


def story(*lines: str, title: str | None = None) -> Story:
    return read_story([paragraph(line) for line in lines], title)


def body(found: Story) -> list[str]:
    return Document(found.blocks).plain().split("\n\n")


def test_a_whole_article() -> None:
    found = story(
        "Rehabilitasi Lahan",
        HEADLINE,
        f"{CAPTION} (sya/humasprov kaltim)",
        f"SAMARINDA – {FIRST}",
        SECOND,
        f"{LAST} (jay/hmsprov).",
    )
    assert found == Story(
        title=HEADLINE,
        kicker="Rehabilitasi Lahan",
        dateline="SAMARINDA",
        dated="",
        byline="jay/hmsprov",
        caption=CAPTION,
        photo_credit="sya/humasprov kaltim",
        picture=None,
        alt="",
        blocks=(paragraph(FIRST), paragraph(SECOND), paragraph(LAST)),
    )


def test_an_article_without_any_of_it() -> None:
    found = story(HEADLINE, FIRST, SECOND)
    assert (found.title, body(found)) == (HEADLINE, [FIRST, SECOND])
    assert (found.kicker, found.dateline, found.byline, found.caption) == (None,) * 4


def test_a_headline_alone() -> None:
    assert (story(HEADLINE).title, story(HEADLINE).blocks) == (HEADLINE, ())
    assert story().title is None


def test_a_repeated_headline_is_one() -> None:
    found = story(HEADLINE, HEADLINE.upper(), f"SAMARINDA - {FIRST}", SECOND)
    assert (found.title, found.kicker, body(found)) == (HEADLINE, None, [FIRST, SECOND])


def test_the_headline_or_a_kicker_may_stand_before_the_place() -> None:
    again = story(f"{HEADLINE} SAMARINDA - {FIRST}", SECOND, title=HEADLINE)
    kicker = story(f"PENGHIJAUAN. SAMARINDA - {FIRST}", SECOND, title=HEADLINE)
    assert (again.kicker, again.dateline, body(again)[0]) == (None, "SAMARINDA", FIRST)
    assert (kicker.kicker, kicker.dateline, body(kicker)[0]) == ("PENGHIJAUAN", "SAMARINDA", FIRST)


def test_a_place_on_its_own_line() -> None:
    found = story("SAMARINDA -", FIRST, SECOND, title=HEADLINE)
    assert (found.dateline, body(found)) == ("SAMARINDA", [FIRST, SECOND])


def test_a_headline_that_looks_like_a_dateline_stays_whole() -> None:
    found = story("Samarinda - Bontang Kini Satu Jam", f"BONTANG - {FIRST}", SECOND)
    assert (found.title, found.dateline) == ("Samarinda - Bontang Kini Satu Jam", "BONTANG")


def test_a_date_beside_the_place_is_kept() -> None:
    found = story(HEADLINE, f"TENGGARONG, Kamis 5/9/13. {FIRST}")
    assert (found.dateline, found.dated, body(found)) == ("TENGGARONG", "Kamis 5/9/13", [FIRST])


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ([f"{LAST} (jay/hmsprov)."], LAST),
        ([LAST, "(jay/hmsprov)"], LAST),
        (["Begitu ujarnya (jay/hmsprov)."], "Begitu ujarnya."),
        (["Begitu ujarnya.(jay/hmsprov)"], "Begitu ujarnya."),
        ([f"{LAST} (jay/hmsprov)", "Berita Terkait", "Government Public Relation"], LAST),
    ],
)
def test_the_byline_leaves_the_sentence_whole(end: list[str], last: str) -> None:
    found = story(HEADLINE, FIRST, SECOND, *end)
    assert (found.byline, body(found)[-1]) == ("jay/hmsprov", last)


@pytest.mark.parametrize("end", [[f"{LAST} (RW/TY)"], [LAST, "(RW/TY)"], [f"{LAST}(RW/TY)."]])
def test_initials_in_capitals_are_a_byline(end: list[str]) -> None:
    found = story(HEADLINE, FIRST, SECOND, *end)
    assert (found.byline, body(found)) == ("RW/TY", [FIRST, SECOND, LAST])


def test_an_abbreviation_that_ends_a_sentence_is_none() -> None:
    last = "Semua dibiayai anggaran pendapatan dan belanja daerah (APBD)."
    found = story(HEADLINE, FIRST, SECOND, last)
    assert (found.byline, body(found)) == (None, [FIRST, SECOND, last])


def test_remarks_in_brackets_stay() -> None:
    found = story(HEADLINE, FIRST, f"{SECOND} (sumber daya terbarukan).")
    assert (found.byline, body(found)[-1]) == (None, f"{SECOND} (sumber daya terbarukan).")


def test_an_abbreviation_amid_the_text_does_not_end_it() -> None:
    middle = "Hadir pula Dinas Komunikasi dan Informatika (Diskominfo)."
    assert body(story(HEADLINE, FIRST, middle, SECOND)) == [FIRST, middle, SECOND]


COMMENT = f"Mantap sekali. {SECOND}"


@pytest.mark.parametrize(
    "below",
    [
        ["Komentar", COMMENT],
        ["warga01", COMMENT],
        ["Semoga lancar"],
        ["Judul Berita Lain yang Panjang tentang Penanaman Bibit di Hulu Sungai Mahakam"],
        ["Dilarang mengambil isi laman ini tanpa izin tertulis dari redaksi portal berita ini."],
    ],
)
def test_what_is_no_prose_below_the_byline_ends_the_text(below: list[str]) -> None:
    found = story(HEADLINE, FIRST, SECOND, f"{LAST} (jay/hmsprov)", *below)
    assert body(found) == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "again",
    [
        "Adapun jadwal penanaman di tiga desa itu adalah sebagai berikut ini.",
        "Penanaman di desa ketiga dimulai pekan depan bila air sungai sudah surut.",
        "“Bila air surut, penanaman di desa ketiga dimulai pekan depan,” katanya lagi.",
        "Desa yang mendapat bibit pada tahap kedua penanaman itu, menurut dinas, adalah:",
    ],
)
def test_prose_right_below_the_byline_is_text(again: str) -> None:
    found = story(HEADLINE, FIRST, SECOND, f"{LAST} (jay/hmsprov)", again, LAST, "Mantap")
    assert (found.byline, body(found)) == ("jay/hmsprov", [FIRST, SECOND, LAST, again, LAST])


def test_opening_hours_amid_the_text_are_text_and_below_it_are_not() -> None:
    hours = "Jam Operasional : 08.00 - 16.00"
    assert body(story(HEADLINE, FIRST, hours, SECOND, hours)) == [FIRST, hours, SECOND]


def test_a_sentence_that_begins_as_a_copyright_cuts_nothing() -> None:
    middle = "Hak cipta lagu daerah kini dicatat secara daring, kata dia."
    assert body(story(HEADLINE, FIRST, SECOND, middle, LAST)) == [FIRST, SECOND, middle, LAST]


@pytest.mark.parametrize(
    "headline",
    [
        *("Informasi Terkini", "Jam Kerja ASN Selama Ramadan Diatur"),
        *("Hak Cipta Lagu Daerah Dilindungi", "1.200 Pengunjung Padati Expo"),
    ],
)
def test_a_headline_may_have_the_words_of_furniture(headline: str) -> None:
    found = story(headline, f"SAMARINDA - {FIRST}", SECOND)
    assert (found.title, body(found)) == (headline, [FIRST, SECOND])


def test_what_stands_below_tags_or_comments_is_no_text() -> None:
    assert body(story(HEADLINE, FIRST, SECOND, "3 Komentar", "warga01", LAST)) == [FIRST, SECOND]


def test_a_source_line_is_a_byline() -> None:
    found = story(HEADLINE, FIRST, SECOND, "SUMBER : HUMAS PROV. KALTIM")
    assert (found.byline, body(found)) == ("HUMAS PROV. KALTIM", [FIRST, SECOND])


@pytest.mark.parametrize(
    "lines",
    [
        (FIRST, SECOND, f"{LAST} (jay/hmsprov).", f"//// Foto : {CAPTION}(nor/humasprov kaltim)"),
        (FIRST, SECOND, f"{LAST} (jay/hmsprov).//// Foto : {CAPTION}(nor/humasprov kaltim)"),
        (FIRST, f"//Foto: {CAPTION} (nor/humasprov kaltim).", SECOND, f"{LAST} (jay/hmsprov)."),
    ],
)
def test_a_caption_below_or_amid_the_text(lines: Sequence[str]) -> None:
    found = story(HEADLINE, *lines)
    assert (found.caption, found.photo_credit) == (CAPTION, "nor/humasprov kaltim")
    assert (found.byline, body(found)) == ("jay/hmsprov", [FIRST, SECOND, LAST])


def test_a_label_above_the_text_is_part_of_the_caption() -> None:
    found = story(HEADLINE, f"KALTIM BERDUKA.{CAPTION}", f"SAMARINDA - {FIRST}", SECOND)
    assert (found.title, found.caption) == (HEADLINE, f"KALTIM BERDUKA.{CAPTION}")


def test_a_sentence_above_the_dateline_is_a_caption() -> None:
    found = story(HEADLINE, CAPTION, f"SAMARINDA - {FIRST}", SECOND)
    assert (found.title, found.kicker, found.caption) == (HEADLINE, None, CAPTION)


def test_a_second_line_shorter_than_the_first_makes_no_kicker_of_it() -> None:
    found = story(HEADLINE, "Demi Sungai", f"SAMARINDA - {FIRST}", SECOND)
    assert (found.title, found.kicker) == (HEADLINE, None)


def test_a_caption_and_a_credit_on_two_lines_are_one() -> None:
    found = story(HEADLINE, FIRST, f"Foto: {CAPTION}", SECOND, "foto:yuvi/humasprovkaltim")
    assert (found.caption, found.photo_credit) == (CAPTION, "yuvi/humasprovkaltim")
    assert body(found) == [FIRST, SECOND]


def test_a_credit_within_a_sentence_leaves_a_space() -> None:
    found = story(HEADLINE, FIRST, "Warga antre (foto : istimewa) sejak pagi.", SECOND)
    assert (found.photo_credit, body(found)[1]) == ("istimewa", "Warga antre sejak pagi.")


def test_a_credit_alone() -> None:
    found = story(HEADLINE, FIRST, SECOND, "foto:yuvi/humasprovkaltim")
    assert (found.caption, found.photo_credit) == (None, "yuvi/humasprovkaltim")
    assert body(found) == [FIRST, SECOND]


def test_a_credit_amid_a_sentence() -> None:
    found = story(HEADLINE, f"{FIRST[:-1]} (foto : istimewa).", SECOND)
    assert (found.photo_credit, body(found)) == ("istimewa", [FIRST, SECOND])


def test_file_names_and_first_lines_of_the_site_are_no_text() -> None:
    found = story("Kalimantan Timur", HEADLINE, "Img 4809", f"Balikpapan- {FIRST}", SECOND)
    assert (found.title, found.dateline, body(found)) == (HEADLINE, "Balikpapan", [FIRST, SECOND])


def test_a_second_caption_stays_as_a_picture() -> None:
    found = story(HEADLINE, FIRST, f"Foto: {CAPTION}", SECOND, "Foto: Sungai dari udara.")
    assert found.caption == CAPTION
    assert found.blocks[-1] == Image(None, caption="Sungai dari udara.")


def test_a_picture_takes_the_caption_beside_it() -> None:
    picture = Image("https://contoh.go.id/a.jpg", "Sungai")
    caption = paragraph(f"//Foto: {CAPTION} (ist)")
    found = read_story([paragraph(FIRST), picture, caption, paragraph(SECOND)], HEADLINE)
    assert (found.picture, found.caption, found.photo_credit) == (picture.url, CAPTION, "ist")
    assert found.blocks == (paragraph(FIRST), paragraph(SECOND))


def test_a_picture_above_the_text_is_the_articles() -> None:
    found = read_story([Image("https://contoh.go.id/a.jpg"), paragraph(FIRST)], HEADLINE)
    assert (found.picture, found.blocks) == ("https://contoh.go.id/a.jpg", (paragraph(FIRST),))


def test_line_breaks_part_paragraphs_and_not_verses() -> None:
    prose = read_story(
        [paragraph(f"SAMARINDA - {FIRST}\n{SECOND}\n{LAST} (jay/hmsprov)")], HEADLINE
    )
    verse = read_story(
        [paragraph(FIRST), paragraph("Pohon tumbuh\nair jernih\nikan datang")], HEADLINE
    )
    assert body(prose) == [FIRST, SECOND, LAST]
    assert body(verse)[1] == "Pohon tumbuh\nair jernih\nikan datang"


def test_styles_and_links_outlast_the_cuts() -> None:
    spans = (
        Span("SAMARINDA - ", strong=True),
        Span("Dinas kehutanan", href="https://contoh.go.id/"),
        Span(" bersama warga tiga desa menanam seribu bibit di lahan. (jay/hmsprov)"),
    )
    found = read_story([Paragraph(spans)], HEADLINE)
    assert (found.dateline, found.byline) == ("SAMARINDA", "jay/hmsprov")
    assert found.blocks == (
        Paragraph(
            (
                Span("Dinas kehutanan", href="https://contoh.go.id/"),
                Span(" bersama warga tiga desa menanam seribu bibit di lahan."),
            )
        ),
    )


def test_other_blocks_stay_and_menus_do_not() -> None:
    items = ListBlock(((paragraph("meranti"),), (paragraph("gaharu"),)))
    menu = ListBlock(((paragraph("Beranda"),), (paragraph("Bagikan"),)))
    blocks: list[Block] = [paragraph(FIRST), Rule(), Rule(), Heading(3, (Span("Jenis bibit"),))]
    found = read_story([*blocks, items, menu, paragraph(SECOND), Rule()], HEADLINE)
    assert found.blocks == (
        paragraph(FIRST),
        Rule(),
        Heading(3, (Span("Jenis bibit"),)),
        items,
        paragraph(SECOND),
    )


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert same_words("Rapat: Kerja!", "RAPAT  KERJA")
    assert not same_words("Rapat Kerja", "Rapat Kerja Dua")


@given(st.text(st.sampled_from("aB1_ -ßİé’"), max_size=30))
def test_words_are_in_lower_case(line: str) -> None:
    words = words_of(line)
    assert words == [word.casefold() for word in re.findall(r"[^\W_]+", line)]
    assert first_word(line) == next(iter(words), None)
