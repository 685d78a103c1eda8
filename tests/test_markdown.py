from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kaltimtui import i18n
from kaltimtui.document import (
    Block,
    Code,
    Cut,
    Heading,
    Image,
    ListBlock,
    Quote,
    Rule,
    Span,
    Table,
    paragraph,
)
from kaltimtui.markdown import blocks_markdown, escape, spans_markdown

_READER = MarkdownIt("commonmark").enable("table")


def _html(*blocks: Block) -> str:
    return str(_READER.render(blocks_markdown(blocks)))


def _text(markdown: str) -> str:
    """What a reader of Markdown sees of one paragraph: its text, line breaks as newlines."""
    tokens = _READER.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    said = []
    for token in tokens[1].children or []:
        if token.type in ("hardbreak", "softbreak"):
            said.append("\n")
        else:
            said.append(token.content)
    return "".join(said)


@pytest.mark.parametrize(
    "words",
    [
        "# bukan judul",
        "- bukan butir",
        "+ bukan butir",
        "1. bukan nomor",
        "2013) bukan nomor",
        "> bukan kutipan",
        "*bukan* _tegas_ **tebal** `kode` ~~coret~~",
        "[bukan](tautan) ![gambar](x) <b>html</b> <https://a.example>",
        "&amp; &#27; &copy; AT&T",
        "C:\\folder\\*",
        "===",
        "---",
        "| a | b |",
        "[red]merah[/] [@click=app.quit]x[/]",
        "```",
        "satu\n# dua\n- tiga",
    ],
)
def test_text_reads_as_it_was_typed(words: str) -> None:
    assert _text(spans_markdown([Span(words)])) == words
    assert _text(escape(words)) == words


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40))
def test_any_printable_text_reads_as_it_was_typed(words: str) -> None:
    folded = " ".join(words.split())
    if folded:
        assert _text(spans_markdown([Span(folded)])) == folded


@given(
    st.lists(
        st.builds(
            Span,
            st.text("ab .,*_1-#`", min_size=1, max_size=6),
            strong=st.booleans(),
            emphasis=st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_styles_never_change_the_text(spans: list[Span]) -> None:
    words = "".join(span.text for span in spans).strip()
    if words:
        assert " ".join(_text(spans_markdown(spans)).split()) == " ".join(words.split())


def test_styles_and_links() -> None:
    spans = (
        Span("Kata "),
        Span("tebal", strong=True),
        Span(" dan "),
        Span("miring", emphasis=True),
        Span(", "),
        Span("a`b", code=True),
        Span(" "),
        Span("di [sini]", href="https://kaltim.example/a_(b)?x=1&y=<2>"),
    )
    assert _READER.render(spans_markdown(spans)) == (
        "<p>Kata <strong>tebal</strong> dan <em>miring</em>, <code>a`b</code> "
        '<a href="https://kaltim.example/a_(b)?x=1&amp;y=%3C2%3E">di [sini]</a></p>\n'
    )


def test_every_kind_of_block() -> None:
    html = _html(
        Heading(2, (Span("Judul #"),)),
        Quote((paragraph("kutipan"), paragraph("lanjut"))),
        ListBlock(((paragraph("satu"),), (paragraph("dua"),))),
        ListBlock(((paragraph("tiga"),),)),
        ListBlock(((paragraph("empat"), Code("x\n  y")),), ordered=True, start=4),
        Image("https://a.example/g.jpg", alt="Gambar [1]"),
        Rule(),
        Code("```\nkode"),
    )
    assert "<h3>Judul #</h3>" in html
    assert "<blockquote>\n<p>kutipan</p>\n<p>lanjut</p>\n</blockquote>" in html
    assert html.count("<ul>") == 2
    assert '<ol start="4">' in html
    assert "<pre><code>x\n  y\n</code></pre>" in html
    assert '<img src="https://a.example/g.jpg" alt="Gambar [1]"' in html
    assert "<hr" in html
    assert "<pre><code>```\nkode\n</code></pre>" in html


@pytest.mark.parametrize("header", [True, False])
def test_tables_keep_their_cells(header: bool) -> None:
    rows = (
        ((Span("Kota|Kab"),), (Span("Jiwa"),)),
        ((Span("a|b", code=True),),),
    )
    html = _html(Table(rows, header=header))
    assert html.count("<tr>") == (2 if header else 3)
    assert "Kota|Kab" in html
    assert "a|b</code>" in html


def test_numbers_of_items_stay_within_what_markdown_takes() -> None:
    first = ListBlock(((paragraph("a"),),), ordered=True, start=-7)
    last = ListBlock(((paragraph("b"),), (paragraph("c"),)), ordered=True, start=10**12)
    assert '<ol start="0">\n<li>a</li>' in _html(first)
    assert "<li>b</li>\n<li>c</li>" in _html(last)


def test_blocks_without_text_leave_nothing() -> None:
    assert blocks_markdown([Quote(()), Table(()), Image(None), Heading(1, ())]) == ""


def test_what_was_cut_is_told() -> None:
    i18n.set_language("en")
    table = Table((((Span("a"),), (Span("b"),)),), left_out=2)
    cut = blocks_markdown([table, Cut()])
    assert cut.split("\n\n")[1:] == [
        "*Cut here: 2 more rows of the table. The original has them.*",
        "*Cut here: the text is longer than what is kept. The original has the rest.*",
    ]


def test_a_picture_without_an_address_is_told_in_words() -> None:
    assert (
        blocks_markdown([Image(None, caption="Pasar", credit="ani/humas")]) == "*Pasar. ani/humas*"
    )
