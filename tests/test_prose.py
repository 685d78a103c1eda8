from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n, text
from kaltimtui.document import (
    Block,
    Code,
    Cut,
    Document,
    Heading,
    Image,
    ListBlock,
    Quote,
    Rule,
    Span,
    Table,
    paragraph,
)
from kaltimtui.markdown import article_markdown
from kaltimtui.models import Article, Enclosure
from kaltimtui.prose import Line, article_lines, block_lines, wrap
from kaltimtui.styled import Styled


def _said(line: Line) -> str:
    return "".join(piece.text if isinstance(piece, Styled) else piece for piece in line)


def _lines(block: Block, width: int = 24) -> list[str]:
    return [_said(line).rstrip() for line in block_lines(block, width)]


@given(st.text(), st.integers(2, 80))
def test_wrapped_text_fits_and_loses_nothing(words: str, width: int) -> None:
    clean = text.block(words)
    lines = list(wrap(clean, width))
    assert all(text.width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean.split())


def test_an_address_is_not_broken() -> None:
    address = "https://kaltim.example/berita/" + "a" * 80
    assert list(wrap(f"lihat {address} ya", 20)) == ["lihat", address, "ya"]


def test_wide_characters_count_double() -> None:
    assert list(wrap("漢字漢字", 5)) == ["漢字", "漢字"]


def test_lists_hang() -> None:
    nested = ListBlock(((paragraph("butir di dalam"),),))
    block = ListBlock(((paragraph("satu dua tiga empat lima"), nested), (paragraph("dua"),)))
    assert _lines(block) == [
        "• satu dua tiga empat",
        "  lima",
        "",
        "  • butir di dalam",
        "• dua",
    ]
    numbered = ListBlock(((paragraph("a"),), (paragraph("b"),)), ordered=True, start=9)
    assert _lines(numbered) == ["9. a", "10. b"]


def test_quotes_have_a_bar() -> None:
    assert _lines(Quote((paragraph("a"), paragraph("b")))) == ["▎ a", "▎", "▎ b"]


def test_tables_align_where_they_fit_and_run_on_where_not() -> None:
    table = Table(
        (((Span("Kota"),), (Span("Jiwa"),)), ((Span("Samarinda"),), (Span("9"),))), header=True
    )
    assert [line.rstrip() for line in _lines(table)] == ["Kota       Jiwa", "Samarinda  9"]
    wide = Table((((Span("Kutai Kartanegara"),), (Span("Tenggarong Seberang"),)),))
    assert _lines(wide) == ["Kutai Kartanegara ·", "Tenggarong Seberang"]


def test_the_other_blocks() -> None:
    assert _lines(Heading(2, (Span("Sub"),))) == ["Sub"]
    assert _lines(Code("a\n  b")) == ["    a", "      b"]
    assert _lines(Rule(), 20) == ["─" * 20]
    assert _lines(Image(None)) == []


def test_a_caption_is_told_from_the_words_that_stand_for_a_picture() -> None:
    i18n.set_language("en")
    url = "https://a.example/x.jpg"
    assert _lines(Image(url)) == ["[Picture:", url + "]"]
    assert _lines(Image(url, alt="Pasar")) == ["[Picture: Pasar]"]
    assert _lines(Image(url, "Pasar", credit="ani")) == ["[Picture: Pasar]", "▎ Photo: ani"]
    assert _lines(Image(url, "Pasar", "Warga antre.", "ani"), 40) == ["▎ Photo: Warga antre. ani"]


def test_what_was_cut_is_told() -> None:
    i18n.set_language("en")
    table = Table((((Span("a"),), (Span("b"),)),), left_out=2)
    said = "Cut here: 2 more rows of the table. The original has them."
    assert _lines(table, 80) == ["a  b", said]
    said = "Cut here: the text is longer than what is kept. The original has the rest."
    assert _lines(Cut(), 80) == [said]


def test_deep_nesting_stays_readable() -> None:
    block: Block = paragraph("kata kata kata")
    for _level in range(100):
        block = Quote((block,))
    assert _lines(block, 30)[0].endswith("▎ kata kata kata")


def test_what_comes_with_an_article_is_told() -> None:
    seen = datetime(2020, 6, 2, tzinfo=UTC)
    bare = Article(
        key=1, id="abcdefgh12345", title="Judul", url=None, source="Portal", sample=True,
        kicker=None, category=None, dateline="Tana Paser", published=None, byline=None,
        caption=None, photo_credit=None, image="https://a.example/f.jpg",
        document=Document((Image(None), paragraph("Isi."))), related=(),
        enclosures=(
            Enclosure("https://a.example/suara.mp3", "audio/mpeg"),
            Enclosure("https://a.example/f.jpg"),
        ),
        read=True, starred=False, later=False, tags=(), note=None, first_seen=seen,
        updated=seen, versions=1,
    )  # fmt: skip
    i18n.set_language("en")
    assert [_said(line) for line in article_lines(bare, now=seen, width=40)] == [
        "Judul",
        "saved just now · Tana Paser",
        "1 minute read",
        "Portal · Sample",
        "",
        "Isi.",
        "",
        "https://a.example/suara.mp3",
    ]
    assert article_markdown(bare) == (
        "# Judul\n\nFirst seen Tuesday, 2 June 2020 08:00 WITA · Tana Paser\\\n1 minute read\\\n"
        "Portal · Sample\n\nIsi.\n\n![](<https://a.example/f.jpg>)"
        "\n\n- <https://a.example/suara.mp3>\n"
    )


def test_a_lead_picture_that_stands_in_the_text_is_told_once() -> None:
    i18n.set_language("en")
    url, seen = "https://a.example/f.jpg", datetime(2020, 6, 2, tzinfo=UTC)
    shown = Article(
        key=1, id="abcdefgh12345", title="Judul", url=None, source="Portal", sample=False,
        kicker=None, category=None, dateline=None, published=None, byline=None,
        caption=None, photo_credit="ani", image=url,
        document=Document((Image(url, "Pasar", credit="ani"), paragraph("Isi."))), related=(),
        enclosures=(), read=True, starred=False, later=False, tags=(), note=None,
        first_seen=seen, updated=seen, versions=1,
    )  # fmt: skip
    said = [_said(line) for line in article_lines(shown, now=seen, width=40)]
    assert said[-5:] == ["", "[Picture: Pasar]", "▎ Photo: ani", "", "Isi."]
    assert article_markdown(shown).endswith(
        "\n\n![Pasar. ani](<https://a.example/f.jpg>)\n\nIsi.\n"
    )
    elsewhere = shown._replace(photo_credit="budi")
    assert [_said(line) for line in article_lines(elsewhere, now=seen, width=40)][-1:] == [
        "▎ Photo: budi"
    ]
