from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import text
from kaltimtui.document import (
    Code,
    Cut,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    block_text,
    leaves,
    paragraph,
)
from kaltimtui.errors import ParseError
from kaltimtui.parsing.html import tree, walk
from kaltimtui.parsing.html.tree import fragment, parse_html, plain
from kaltimtui.parsing.html.walk import blocks_and_lines, flow
from kaltimtui.parsing.lengths import LETTERS_LIMIT

BASE = "https://contoh.go.id/berita/satu"


def paragraphs(markup: str) -> list[str]:
    return fragment(markup, BASE).plain().split("\n\n")


def test_paragraphs_headings_and_styles() -> None:
    found = fragment("<h2>Judul</h2><p>Satu <b>dua</b> <i>tiga <code>empat</code></i>.</p>", BASE)
    assert found.blocks == (
        Heading(2, (Span("Judul"),)),
        Paragraph(
            (
                Span("Satu "),
                Span("dua ", strong=True),
                Span("tiga ", emphasis=True),
                Span("empat", emphasis=True, code=True),
                Span("."),
            )
        ),
    )


def test_white_space_folds_but_words_stay_as_typed() -> None:
    assert paragraphs("<p>\n  “Kita”\xa0 \t'bisa',\n katanya  </p>") == ["“Kita” 'bisa', katanya"]


def test_text_directly_in_a_box_is_a_paragraph() -> None:
    assert paragraphs("satu<div>dua<div>tiga</div>empat</div>lima") == [
        *("satu", "dua", "tiga", "empat", "lima")
    ]


def test_a_line_break_stays_and_two_part_paragraphs() -> None:
    assert paragraphs("<p>satu<br>dua<br><br/>tiga<br></p>") == ["satu\ndua", "tiga"]


def test_links_join_the_base_and_unsafe_ones_are_text() -> None:
    found = fragment('<p><a href="../x">a</a> <a href="javascript:alert(1)">b</a></p>', BASE)
    assert [(span.text, span.href) for span in found.spans()] == [
        ("a", "https://contoh.go.id/x"),
        (" b", None),
    ]


def test_a_mail_address_stays_and_leads_to_no_page() -> None:
    markup = '<p>Tulis ke <a href="mailto:redaksi@contoh.id?subject=Hai">redaksi</a>.</p>'
    found = fragment(markup, BASE)
    assert [(span.text, span.href) for span in found.spans()] == [
        ("Tulis ke ", None),
        ("redaksi", "mailto:redaksi@contoh.id"),
        (".", None),
    ]
    (piece,) = flow(parse_html(markup), BASE)
    assert piece.href is None


def test_the_space_after_a_link_is_not_part_of_it() -> None:
    found = fragment('<p><a href="/x">a</a> b</p>', BASE)
    assert [(span.text, span.href) for span in found.spans()] == [
        ("a", "https://contoh.go.id/x"),
        (" b", None),
    ]


def test_lists_nest_and_count_from_their_start() -> None:
    found = fragment("<ol start=4><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ol>")
    assert found.blocks == (
        ListBlock(
            (
                (paragraph("a"), ListBlock(((paragraph("b"),),))),
                (paragraph("c"), paragraph("d")),
            ),
            ordered=True,
            start=4,
        ),
    )


def test_a_table_of_data_has_rows_and_a_header() -> None:
    found = fragment(
        "<table><tr><th>Kota<th>Jiwa<tr><td><p>Paser<p>Utara<td>1<tr><td colspan=2>x</table>"
    )
    cells = [[cell[0].text for cell in row] for row in table_of(found).rows]
    assert table_of(found).header
    assert cells == [["Kota", "Jiwa"], ["Paser", "1"], ["x"]]
    assert found.plain().splitlines()[1:3] == ["Paser", "Utara\t1"]


def test_the_caption_of_a_table_stands_above_it() -> None:
    rows = "<tr><th>Kota<th>Jiwa<tr><td>Paser<td>1"
    found = fragment(f"<p>satu<table><caption><b>Penduduk</b> 2019</caption>{rows}</table>")
    assert [block_text(block) for block in found.blocks[:2]] == ["satu", "Penduduk 2019"]
    assert found.blocks[2:] == fragment(f"<table>{rows}</table>").blocks
    assert table_of(Document(found.blocks[2:])).header


def table_of(document: Document) -> Table:
    (block,) = document.blocks
    assert isinstance(block, Table)
    return block


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>satu</td></tr><tr><td>dua</td></tr></table>",
        "<table><tr><td>satu</td><td>dua</td></tr></table>",
        "<table role=presentation><tr><td>satu<td>x<tr><td>dua<td>y</table>",
        "<table><tr><td><h2>satu</h2><td>x<tr><td>dua<td>y</table>",
        "<table><tr><td>satu<td>x<tr><td><table><tr><td>dua</table><td>y</table>",
    ],
)
def test_a_table_for_looks_is_running_text(markup: str) -> None:
    found = fragment(markup)
    assert not any(isinstance(block, Table) for block in found.blocks)
    assert [part for part in found.plain().split("\n\n") if part in ("satu", "dua")] == [
        "satu",
        "dua",
    ]


def test_a_picture_has_its_caption() -> None:
    found = fragment(
        '<figure><img src="/a.jpg" alt="Sungai">'
        "<figcaption>Air <b>pasang</b>.</figcaption></figure>"
        '<img src="b.png"><p class="wp-caption-text">Di hulu.</p>',
        BASE,
    )
    assert found.blocks == (
        Image("https://contoh.go.id/a.jpg", "Sungai", "Air pasang."),
        Image("https://contoh.go.id/berita/b.png", "", "Di hulu."),
    )


def test_the_one_paragraph_below_the_picture_of_a_figure_is_its_caption() -> None:
    picture, quoted = fragment(
        "<figure><a href=/a><img src=/a.jpg></a><p>Air pasang.</p></figure>"
        "<figure><img src=/a.jpg><p>satu</p><p>dua</p></figure>",
        BASE,
    ).blocks[:2]
    assert picture == Image("https://contoh.go.id/a.jpg", "", "Air pasang.")
    assert quoted == Image("https://contoh.go.id/a.jpg")


def test_a_caption_stays_with_a_picture_whose_address_is_not_known() -> None:
    found = fragment("<figure><img src='/a.jpg'><figcaption>Air pasang.</figcaption></figure>")
    assert found.blocks == (Image(None, "", "Air pasang."),)
    assert fragment("<figure><img src='/a.jpg' alt=Air></figure>").blocks == ()


def test_a_picture_within_a_sentence_follows_it() -> None:
    found = fragment('<p>satu <img src="/a.jpg"> dua</p>', BASE)
    assert found.blocks == (paragraph("satu dua"), Image("https://contoh.go.id/a.jpg"))


def test_a_picture_that_loads_late_is_found_and_a_pixel_is_not() -> None:
    found = fragment(
        '<img src="data:image/gif;base64,AA" data-src="/a.jpg"><img srcset="/b.jpg 1x, /c.jpg 2x">'
        '<img src="/pixel.gif" width=1 height=1><img src="data:x">',
        BASE,
    )
    assert [image.url for image in found.images()] == [
        "https://contoh.go.id/a.jpg",
        "https://contoh.go.id/b.jpg",
    ]


def test_an_emoji_that_is_a_picture_is_text() -> None:
    assert paragraphs('<p>Halo <img src="/1f600.png" alt="😀">!</p>') == ["Halo 😀!"]


def test_quotes_code_and_rules() -> None:
    found = fragment("<blockquote><p>a</p>b</blockquote><pre>x\n  y\n</pre><hr><p><q>c</q></p>")
    assert found.blocks == (
        Quote((paragraph("a"), paragraph("b"))),
        Code("x\n  y"),
        Rule(),
        paragraph("“c”"),
    )


@pytest.mark.parametrize(
    "part",
    [
        *("<script>x()</script>", "<style>x{}</style>", "<noscript>x</noscript>"),
        *("<template><p>x</p></template>", "<iframe src=a>x</iframe>", "<svg><text>x</text></svg>"),
        *("<select><option>x</select>", "<textarea>x</textarea>", "<button>x</button>"),
        *("<label>x</label>", "<object>x</object>", "<dialog open>x</dialog>", "<p hidden>x</p>"),
        *('<div style="color:red; DISPLAY : none">x</div>', "<span aria-hidden=true>x</span>"),
        *('<span class="a sr-only">x</span>', "<!-- x -->", "<?php x ?>"),
    ],
)
def test_what_is_no_text_is_dropped_and_the_text_around_it_is_not(part: str) -> None:
    assert fragment(f"<div>satu {part} dua</div>").plain().split() == ["satu", "dua"]


def test_a_page_behind_an_open_dialog_is_still_read() -> None:
    assert paragraphs('<div aria-hidden="true"><p>satu</p></div>') == ["satu"]


def test_a_form_around_the_whole_page_is_still_read() -> None:
    assert paragraphs("<form><input value=x><p>satu</p></form>") == ["satu"]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "b", "font"])
def test_depth_loses_no_text(tag: str) -> None:
    found = fragment(f"<{tag}>" * 10_000 + "dalam" + f"</{tag}>" * 10_000 + "<p>akhir</p>")
    assert found.plain().split("\n\n") == ["dalam", "akhir"]


@pytest.mark.parametrize("markup", ["<ul><li>", "<table><tr><td>", "<b><div>"])
def test_tags_that_never_close_lose_no_text(markup: str) -> None:
    assert "dalam" in fragment(markup * 10_000 + "dalam").plain()


def test_line_breaks_outlast_the_cut_of_depth() -> None:
    found = fragment("<div>" * 300 + "satu<br>dua<br><br>tiga")
    assert found.plain() == "satu\ndua\n\ntiga"


def test_text_between_rows_and_items_is_kept() -> None:
    table = fragment("<table>luar<tr><td>a<td>b<tr><td>c<td>d</table>")
    listed = fragment("<ul>luar<li>a</ul>")
    assert "luar" in table.plain()
    assert listed.plain() == "luar\na"


def test_code_keeps_its_breaks_and_nests() -> None:
    assert fragment("<pre>a<br>b<pre>c</pre></pre>").plain() == "a\nbc"


def test_empty_rows_above_the_first_are_no_rows() -> None:
    (block,) = fragment("<table>" + "<tr>" * 60_000 + "<tr><th>a<th>b<tr><td>c<td>d</table>").blocks
    assert isinstance(block, Table)
    assert block.header
    assert block_text(block) == "a\tb\nc\td"


def test_what_is_said_of_a_picture_in_a_cell_is_kept() -> None:
    picture = "<img src=/a.jpg alt=x><div class=caption>Panen.</div>"
    (block,) = fragment(f"<table><tr><td>a<td>{picture}b<tr><td>c<td>d</table>", BASE).blocks
    assert block_text(block) == "a\tPanen.\nb\nc\td"


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/a.jpg><figcaption>{}</figcaption></figure>",
        "<figure><img src=/a.jpg><p>{}</p></figure>",
        "<img src=/a.jpg><div class=caption>{}</div>",
    ],
)
def test_a_caption_longer_than_one_is_text(markup: str) -> None:
    short, long = "kata " * 199 + "akhir", "kata " * 200 + "akhir"
    (picture,) = fragment(markup.format(short), BASE).blocks
    assert isinstance(picture, Image)
    assert picture.caption == short
    picture, words = fragment(markup.format(long), BASE).blocks
    assert isinstance(picture, Image)
    assert (picture.caption, block_text(words)) == ("", long)


def test_ten_thousand_links_are_read() -> None:
    found = fragment("".join(f'<a href="/{n}">a{n}</a> ' for n in range(10_000)), BASE)
    assert sum(1 for span in found.spans() if span.href) == 10_000


def test_tags_with_countless_attributes_keep_the_first() -> None:
    noise = " ".join(f"x{n}=y" for n in range(20_000))
    found = fragment(f'<a href="/a" {noise}>satu</a>', BASE)
    assert found.blocks == (Paragraph((Span("satu", href="https://contoh.go.id/a"),)),)


def test_a_long_text_is_whole() -> None:
    words = " ".join(["kata"] * 500_000)
    assert fragment(f"<p>{words}</p><p>akhir</p>").plain() == f"{words}\n\nakhir"
    many = "".join(f"<p>kalimat {n}</p>" for n in range(50_000))
    assert fragment(many).plain().endswith("kalimat 49999")


@pytest.mark.parametrize("markup", ["<p>{}</p>", "<p>{} <b>{}</b></p>", "<ul><li>{}<li>{}</ul>"])
def test_one_very_long_text_is_cut_at_a_word_and_says_so(markup: str) -> None:
    found = fragment(markup.replace("{}", "kata " * 1_000_000) + "<p>akhir</p>")
    assert LETTERS_LIMIT - 9 < len(found.plain()) <= LETTERS_LIMIT + 9
    assert found.plain().endswith(" kata")
    assert found.blocks[-1] == Cut()


def test_code_that_is_too_long_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "LETTERS_LIMIT", 12)
    assert fragment("<pre>  a  b\n  c  d\n</pre>").blocks == (Code("  a  b\n  c  "), Cut())


@pytest.mark.parametrize(
    "markup", ["<p>a<p>b<p>c<p>d", "<p>a<hr><img src=/a.jpg><p>d", "<ul><li>a<li>b<li>c<li>d</ul>"]
)
def test_too_many_blocks_are_cut(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fragment(markup, BASE).blocks
    assert Cut() not in whole
    monkeypatch.setattr(walk, "BLOCK_LIMIT", 2)
    *kept, last = fragment(markup, BASE).blocks
    assert last == Cut()
    assert [*leaves(kept)] == [*leaves(whole)][:3]


def test_cells_are_no_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "BLOCK_LIMIT", 2)
    found = fragment("<table>" + "<tr><td>a<td>b" * 9 + "</table><p>akhir</p>")
    assert found.plain().endswith("a\tb\n\nakhir")
    assert Cut() not in found.blocks


def test_a_page_of_too_many_tags_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "TAGS_LIMIT", 6)  # with the one around a fragment
    assert Cut() not in fragment("<p>a</p><p>b</p>").blocks
    found = fragment("<p>a</p><p>b</p><p>c</p><p>d</p>")
    assert (found.plain(), found.blocks[-1]) == ("a\n\nb\n\nc", Cut())


def test_an_xml_declaration_in_text_does_no_harm() -> None:
    assert parse_html('<?xml version="1.0" encoding="utf-16"?><p>é</p>').text_content() == "é"


@pytest.mark.parametrize("nothing", ["", "   ", "\0", "<!-- x -->"])
def test_nothing_is_a_parse_error_as_a_page_and_nothing_as_a_fragment(nothing: str) -> None:
    with pytest.raises(ParseError):
        parse_html(nothing)
    assert fragment(nothing).blocks == ()


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("A &amp; B", "A & B"),
        ("5 < 6", "5 < 6"),
        ("<b>Satu</b><br>dua", "Satu dua"),
        ("a\x1b[31m\u202eb", "a[31mb"),
        ("&#27;]0;x&#7;", "]0;x"),
        ("", ""),
    ],
)
def test_plain_gives_one_line(markup: str, line: str) -> None:
    assert plain(markup) == line


def every_text(document: Document) -> list[str]:
    return [
        document.plain(),
        *(span.href or "" for span in document.spans()),
        *(f"{image.url}{image.alt}{image.caption}" for image in document.images()),
    ]


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>"),
            *(
                "</table>",
                "<figure>",
                "<figcaption>",
                "</figure>",
                "<img src=a.jpg alt=b>",
                "<pre>",
            ),
            *("</pre>", "<br>", "<a href='x'>", "</a>", "<h1>", "</h1>", "<script>", "</script>"),
            *("<q>", "<hr>", "<blockquote>", "</blockquote>", "<div class=caption>", "</div>"),
            *("\x1b]0;x\x07", "\x9b31m", "&#x9b;", "&#8238;", "\ufeff", "&lt;", "kata", " "),
        ]
    )
    | st.text(max_size=20)
).map("".join)


@given(MARKUP)
def test_no_markup_breaks_the_walk_or_brings_control_characters(markup: str) -> None:
    for said in every_text(fragment(markup, BASE)):
        assert text.verbatim(said) == said


@given(MARKUP, st.integers(0, 40))
def test_a_walk_that_is_cut_is_how_the_whole_begins(markup: str, most: int) -> None:
    whole = fragment(markup, BASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "LETTERS_LIMIT", most)
        found = fragment(markup, BASE)
    if found == whole:
        return
    assert found.blocks[-1] == Cut()
    first, every = "".join(found.plain().split()), "".join(whole.plain().split())
    assert every.startswith(first)


# --- Two walks at once --------------------------------------------------------------------------

MIXED = (
    "<p>Satu <a href=/a>dua <b>tiga</b></a><br>empat</p><ul><li>lima<li>enam <span hidden>x</span>y"
    "</ul><table><tr><td>a<td>b<tr><td>c<td>d</table><blockquote><p>tujuh</blockquote><pre>\n  x\n"
    "</pre><figure><img src=/a.jpg><figcaption>kata</figcaption></figure><q>delapan</q> sembilan"
)


def test_blocks_are_the_same_with_lines_beside_them() -> None:
    root = parse_html(MIXED)
    blocks, lines = blocks_and_lines(root, BASE)
    assert blocks == flow(root, BASE)
    said = "\n".join(block_text(piece.block) for piece in lines if block_text(piece.block))
    assert said.split("\n") == [
        *("Satu dua tiga", "empat", "lima", "enam y", "a", "b", "c", "d", "tujuh", "  x", "kata"),
        "“delapan” sembilan",
    ]
    assert [piece.at for piece in lines] == sorted(piece.at for piece in lines)


def test_what_is_open_at_the_limit_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "LETTERS_LIMIT", 12)
    root = parse_html("<ul><li><p>satu dua</p><p>tiga <b>empat</b></p><p>lima</p></ul><p>enam</p>")
    listed, cut = flow(root, BASE)
    assert block_text(listed.block) == "satu dua\ntiga"
    assert cut.block == Cut()
