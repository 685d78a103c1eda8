from __future__ import annotations

from kaltimtui.document import Heading, Image, Span, paragraph
from kaltimtui.parsing.news.parts import cut, line_of


def test_paragraphs_and_headings_are_lines() -> None:
    assert line_of(paragraph("satu")) == line_of(Heading(2, (Span("satu"),))) == "satu"
    assert line_of(Image("https://contoh.go.id/a.jpg", "satu")) == ""


def test_cut_keeps_styles_and_trims() -> None:
    spans = (Span("satu "), Span("dua", strong=True), Span(" tiga"))
    assert cut(spans, 4, 9) == (Span("dua", strong=True),)
    assert cut(spans, 5, 5) == ()
