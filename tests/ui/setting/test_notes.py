"""Notes as they are set: Markdown where it is meant, anything else as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import text
from kaltimtui.document import Block, Code, Heading, ListBlock, Paragraph, Quote, Span
from kaltimtui.ui.setting.notes import note_blocks, note_lines


def spans(said: str) -> tuple[Span, ...]:
    (block,) = note_blocks(said)
    assert isinstance(block, Paragraph)
    return block.spans


def item(said: str) -> tuple[Block, ...]:
    return (Paragraph((Span(said),)),)


def test_parts_of_a_note_are_what_they_begin_with() -> None:
    note = (
        "## Rapat\nJumat pagi\nsiang\n\n- satu\n- dua\n\n3. tiga\n4. empat\n> kutip\n"
        "```\na  b\n```\n"
    )
    assert list(note_blocks(note)) == [
        Heading(2, (Span("Rapat"),)),
        Paragraph((Span("Jumat pagi\nsiang"),)),
        ListBlock((item("satu"), item("dua"))),
        ListBlock((item("tiga"), item("empat")), ordered=True, start=3),
        Quote((Paragraph((Span("kutip"),)),)),
        Code("a  b"),
    ]


def test_words_are_marked_within_a_line() -> None:
    assert spans("Tanya **dinas** lalu *pulang*, `x*y` dan [peta](https://contoh.id/a).") == (
        Span("Tanya "),
        Span("dinas", strong=True),
        Span(" lalu "),
        Span("pulang", emphasis=True),
        Span(", "),
        Span("x*y", code=True),
        Span(" dan "),
        Span("peta", href="https://contoh.id/a"),
        Span("."),
    )


@pytest.mark.parametrize(
    "said", ["2 * 3 * 4", "nama_berkas_ini", "-tanpa spasi", "#banjir", "** a"]
)
def test_what_only_looks_like_markdown_stays(said: str) -> None:
    assert spans(said) == (Span(said),)


def test_an_address_that_no_browser_should_open_is_no_link() -> None:
    (link,) = spans("[buka](javascript:1)")
    assert link.href is None


@given(st.text(max_size=200), st.integers(1, 60))
def test_any_note_is_set_within_its_width(said: str, width: int) -> None:
    assert all(text.width(line.text) <= max(width, 2) for line in note_lines(said, width))
