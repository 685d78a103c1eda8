from __future__ import annotations

import pytest

from kaltimtui import i18n
from kaltimtui.document import (
    Block,
    Code,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    paragraph,
)
from kaltimtui.ui.setting.blocks import block_lines
from kaltimtui.ui.setting.lines import Look, Role


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


def drawn(*blocks: Block, width: int = 30) -> list[str]:
    return [line.text.rstrip() for line in block_lines(blocks, width)]


def items(*said: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((paragraph(value),) for value in said)


def test_blocks_stand_apart_by_one_line() -> None:
    empty = Paragraph(())
    assert drawn(paragraph("satu"), empty, Heading(2, (Span("Dua"),)), paragraph("tiga")) == [
        *("satu", "", "Dua", "", "tiga"),
    ]


def test_a_quotation_is_set_in_beside_a_bar() -> None:
    quote = Quote((paragraph("satu dua"), paragraph("tiga")))
    assert drawn(quote, width=48) == ["  │ satu dua", "  │", "  │ tiga"]
    assert drawn(quote, width=20) == ["│ satu dua", "│", "│ tiga"]
    assert drawn(quote, width=11) == ["satu dua", "", "tiga"]


def test_a_list_hangs_from_its_bullets() -> None:
    inner = ListBlock(items("tiga"))
    block = ListBlock(((paragraph("satu dua"),), (paragraph("dua"), inner)))
    assert drawn(block, width=18) == ["• satu dua", "• dua", "  – tiga"]
    assert drawn(ListBlock(items("satu dua tiga empat")), width=18) == [
        "• satu dua tiga",
        "  empat",
    ]


def test_numbers_stand_right_aligned() -> None:
    assert drawn(ListBlock(items("a", "b", "c"), ordered=True, start=9)) == [
        *(" 9. a", "10. b", "11. c"),
    ]


def test_items_of_several_paragraphs_stand_apart() -> None:
    block = ListBlock(((paragraph("satu"), paragraph("dua")), (paragraph("tiga"),)))
    assert drawn(block) == ["• satu", "", "  dua", "", "• tiga"]


def test_an_item_that_begins_with_a_list() -> None:
    assert drawn(ListBlock(((ListBlock(items("satu")),),))) == ["• – satu"]


def test_what_is_too_deep_is_not_set_in_further() -> None:
    block: Block = paragraph("dalam")
    for depth in range(5000):
        block = Quote((block,)) if depth % 2 else ListBlock(((block,),))
    (line,) = drawn(block, width=60)
    assert line.endswith("dalam")
    assert len(line) < 32


def test_code_keeps_its_spaces_and_is_shaded_to_its_edge() -> None:
    lines = list(block_lines((Code("if x:\n\treturn  1\n\nend\n"),), 16))
    assert [line.text for line in lines] == [
        " if x:          ",
        "     return  1  ",
        "                ",
        " end            ",
    ]
    assert {run.look.roles for line in lines for run in line.runs} == {(Role.BLOCK_CODE,)}


def test_long_and_wide_code_is_cut_at_the_edge() -> None:
    assert drawn(Code("x" * 20), width=16) == [" xxxxxxxxxxxxxx", " xxxxxx"]
    assert drawn(Code("日本放送協会"), width=10) == [" 日本放送", " 協会"]
    assert "".join(drawn(Code("y" * 40_000), width=12)).count("y") == 40_000


def test_a_rule_is_short_and_centred() -> None:
    assert drawn(Rule(), width=30) == ["          ─────────"]
    assert drawn(Rule(), width=4) == ["────"]


def test_a_picture_is_told_of_beside_a_bar() -> None:
    image = Image("https://example.org/a.jpg", "Pedagang", "Pedagang menata beras", "rin/foto")
    assert drawn(image, width=28) == ["▎ Photo: Pedagang menata", "▎ beras. rin/foto"]
    (label, *rest) = next(block_lines((image,), 28)).runs[1:]
    assert label.look == Look((Role.ADDRESS,), "https://example.org/a.jpg")
    assert {run.look for run in rest} == {Look((Role.CAPTION,))}


def test_a_picture_of_which_little_is_known() -> None:
    assert drawn(Image(None)) == []
    assert drawn(Image("javascript:alert(1)", credit="rin")) == ["▎ Photo: rin"]
    assert drawn(Image("https://example.org/a.jpg")) == []


def test_the_words_that_stand_for_a_picture_are_no_caption() -> None:
    url = "https://example.org/a.jpg"
    assert drawn(Image(None, alt="Pedagang")) == ["▎ [Picture: Pedagang]"]
    assert drawn(Image(url, alt="Pedagang", credit="rin")) == [
        "▎ [Picture: Pedagang]",
        "▎ Photo: rin",
    ]
    assert drawn(Image(url, alt="Pedagang", caption="Di pasar.")) == ["▎ Photo: Di pasar."]
    (words,) = next(block_lines((Image(url, alt="Pedagang"),), 28)).runs[1:]
    assert words.look == Look((Role.ADDRESS,), url)


@pytest.mark.parametrize("width", [1, 2, 3, 8, 17, 40])
def test_no_line_is_wider_than_the_room(width: int) -> None:
    blocks: tuple[Block, ...] = (
        paragraph("perusahaan-perusahaan di kota"),
        Quote((paragraph("satu dua tiga"), Quote((paragraph("empat"),)))),
        ListBlock(items("satu dua tiga", "empat"), ordered=True, start=998),
        Image("https://example.org/a.jpg", caption="Pedagang menata beras", credit="rin"),
        Code("x = 1"),
        Rule(),
    )
    least = max(width, 3)  # a bar and a letter, a space at either side of code
    assert all(len(line) <= least for line in drawn(*blocks, width=width))
