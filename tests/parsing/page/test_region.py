from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kaltimtui.document import Cut, Table, paragraph
from kaltimtui.errors import ParseError
from kaltimtui.parsing.html import tree, walk
from kaltimtui.parsing.page import extract, region
from kaltimtui.parsing.page.extract import main_blocks
from kaltimtui.parsing.page.read import read_page
from kaltimtui.parsing.sniff import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import ArticleData
    from kaltimtui.parsing.html.elements import Element
    from kaltimtui.parsing.html.walk import Piece

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITE = "https://www.kaltimprov.go.id"
HEADLINE = "Warga Hulu Sungai Tanam Seribu Bibit"
LINES = (
    "Dinas kehutanan bersama warga tiga desa menanam seribu bibit di lahan bekas kebun yang lama.",
    "Kepala bidang rehabilitasi mengatakan luas lahan yang ditanami mencapai 12,5 hektare.",
    "“Merawatnya memerlukan kesabaran,” kata kepala bidang di Tenggarong, Rabu (19/6/2019).",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)


def read(page: str) -> ArticleData:
    data = page.encode()
    return read_page(data, html=kind_of(data) == "html", url=None, now=NOW)


@pytest.mark.parametrize(
    "head",
    [
        '{h}<time datetime="2020-05-06T07:08:09+08:00">6 Mei 2020</time>',
        '<header>{h}<a><time datetime="2020-05-06T07:08:09+08:00">6/5</time></a></header>',
    ],
)
def test_a_time_beside_the_headline_is_the_date(head: str) -> None:
    later = '<aside><p>Lain <time datetime="2021-01-01T01:01:01+08:00">kemarin</time></p></aside>'
    top = head.format(h=f"<h1>{HEADLINE}</h1>")
    article = read(f"<title>{HEADLINE}</title><body><article>{top}{BODY}</article>{later}")
    assert article.published
    assert article.published.json() == "2020-05-06T07:08:09+08:00"


def test_a_time_beside_another_headline_is_not_the_date() -> None:
    other = '<h4>Kabar Lain</h4><p><time datetime="2021-01-01T01:01:01+08:00">kemarin</time></p>'
    page = f"<title>{HEADLINE}</title><body><article><h1>{HEADLINE}</h1>{BODY}</article>{other}"
    published = read(page).published
    assert published is None or published.precision == "estimated"


@pytest.mark.parametrize(
    "above", ["<p>Hujan reda pagi ini.</p>", "<p>Hujan reda.</p><p>Warga ke hulu.</p>"]
)
@pytest.mark.parametrize("large", [False, True])
def test_short_sentences_above_the_first_paragraph_belong_to_it(
    above: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(extract, "ELEMENTS_LIMIT", 1)
    facts = "<div><span>Admin</span> <p>Redaksi kami.</p></div><p>20 Juni 2019</p>"
    found = read(
        f"<title>{HEADLINE}</title><body><div><h1>{HEADLINE}</h1>{facts}{above}{BODY}</div>"
    )
    said = [line for line in above.replace("<p>", "").split("</p>") if line.count(" ") > 1]
    assert found.document.plain().split("\n\n") == [*said[-1:], *LINES] if said else list(LINES)


@pytest.mark.parametrize("size", [120, 400])
def test_a_large_page_loses_no_paragraph_at_either_end(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "LETTERS_LIMIT", 1)
    long = "Penanaman bibit di hulu sungai berlanjut pekan depan bila air sudah surut. " * size
    first = "Gubernur datang ke tiga desa itu dengan perahu milik warga."
    table = "<table>" + "<tr><td>Desa<td>12" * 9 + "</table>"
    body = f"<p>{first}</p><p>{long}</p>{BODY}{table}<ul><li>Satu<li>Dua</ul><p>Sampai di sini.</p>"
    menu = "<nav><a href=/>Beranda</a></nav>"
    found = read(
        f"<title>{HEADLINE}</title><body>{menu}<article><h1>{HEADLINE}</h1>{body}</article>"
        "<footer><p>Jalan Gajah Mada 2, Samarinda, telepon 0541 733333, tiap hari kerja.</p>"
    )
    said = found.document.plain().split("\n\n")
    assert said[:2] == [first, long.strip()]
    assert said[-2:] == ["Satu\nDua", "Sampai di sini."]


def test_where_the_article_was_cut_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    more = "".join(f"<p>{LINES[0]} Bagian ke-{number}.</p>" for number in range(90))
    article = f"<article><h1>{HEADLINE}</h1>{BODY}{more}</article>"
    comments = "<div class=comments>" + f"<p>{LINES[1]}</p>" * 90 + "</div>"
    page = f"<title>{HEADLINE}</title><body>{article}{comments}"
    assert Cut() not in read(page).document.blocks
    monkeypatch.setattr(walk, "BLOCK_LIMIT", 60)
    blocks = read(page).document.blocks
    assert (len(blocks), blocks[-1]) == (61, Cut())
    monkeypatch.setattr(walk, "BLOCK_LIMIT", 120)
    blocks = read(page).document.blocks
    assert (len(blocks), blocks[-1]) == (93, paragraph(f"{LINES[0]} Bagian ke-89."))


def test_the_text_behind_a_table_too_large_is_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "TAGS_LIMIT", 200)
    table = "<table>" + "<tr><td>Desa</td><td>12</td></tr>" * 90 + "</table>"
    body = f"{BODY}{table}<p>{LINES[0]} Akhir.</p>"
    blocks = read(
        f"<title>{HEADLINE}</title><body><div><h1>{HEADLINE}</h1>{body}</div>"
    ).document.blocks
    assert [type(block).__name__ for block in blocks[-2:]] == ["Table", "Paragraph"]
    assert isinstance(blocks[-2], Table)
    assert len(blocks[-2].rows) + blocks[-2].left_out == 90
    assert blocks[-2].left_out > 0


@pytest.mark.parametrize("nothing", ["<br>" * 99, "<table><tr><th>" + "<tr>" * 99])
def test_a_page_cut_before_any_text_is_no_article(
    nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "TAGS_LIMIT", 9)
    with pytest.raises(ParseError):
        read(f"<title>{HEADLINE}</title><body>{nothing}")


@pytest.mark.parametrize("title", [".: Pemprov Kaltim :.", "Kabar Hulu"])
def test_a_title_that_names_only_the_site_is_no_headline(title: str) -> None:
    table = (
        f"<table><tr><td><b>{HEADLINE}</b></td></tr><tr><td>SAMARINDA - {BODY}</td></tr></table>"
    )
    assert read(f"<title>{title}</title><body>{table}").title == HEADLINE


def test_a_short_title_is_the_headline_where_there_is_no_other() -> None:
    assert read(f"<title>Bibit Baru</title><body>{BODY}").title == "Bibit Baru"


def test_a_second_article_below_the_first_is_left_out() -> None:
    second = (
        f"<article><h1>Kabar Kedua</h1><p>SAMARINDA - {LINES[0] * 3}</p><p>{LINES[1]}</p></article>"
    )
    first = f"<article><h1>{HEADLINE}</h1><p>TENGGARONG - {LINES[2]}</p></article>"
    article = read(f"<title>{HEADLINE}</title><body>{first}{second}")
    assert article.document.plain() == LINES[2]


def test_a_legal_notice_below_the_text_is_left_out() -> None:
    notice = (
        "<div><p>Dilarang mengambil atau menayangkan ulang berita tanpa izin redaksi.</p></div>"
    )
    page = f"<title>{HEADLINE}</title><body><div><h1>{HEADLINE}</h1>{BODY}</div>{notice}"
    assert read(page).document.plain() == "\n\n".join(LINES)


def test_the_picture_above_the_headline_is_that_of_the_article() -> None:
    page = (
        f'<title>{HEADLINE}</title><body><header><img src="{SITE}/a.png"></header>'
        '<div class="hero"><img src="{}"></div>'
        f"<article><h1>{HEADLINE}</h1>{BODY}</article>"
    )
    assert read(page.format(f"{SITE}/foto.jpg")).image == f"{SITE}/foto.jpg"
    assert read(page.format(f"{SITE}/logo.png")).image is None


@pytest.mark.parametrize(
    "above",
    [
        "<figure>{}<figcaption>Bibit di perahu. (nor/humasprov kaltim)</figcaption></figure>",
        "{}<p>Foto: Bibit di perahu. (nor/humasprov kaltim)</p>",
        "<div>{}</div><p>Bibit di perahu. (nor/humasprov kaltim)</p>",
        "<div>{}<div class=caption>Bibit di perahu. (nor/humasprov kaltim)</div></div>",
        "<div>{}</div><p>Foto: Bibit di perahu.</p><p>foto:nor/humasprov kaltim</p>",
    ],
)
@pytest.mark.parametrize(
    "facts", ["", "<p>Kategori: Sosial</p><p>20 Juni 2019</p><p>Oleh Admin</p>"]
)
def test_a_picture_above_the_headline_keeps_caption_and_credit(above: str, facts: str) -> None:
    picture = above.format(f"<img src='{SITE}/foto.jpg' alt='Perahu'>")
    page = f"<title>{HEADLINE}</title><body><div>{picture}{facts}<h1>{HEADLINE}</h1>{BODY}</div>"
    article = read(page)
    assert (article.image, article.caption) == (f"{SITE}/foto.jpg", "Bibit di perahu.")
    assert article.photo_credit == "nor/humasprov kaltim"
    assert article.document.plain() == "\n\n".join(LINES)


def test_words_above_the_headline_part_it_from_a_picture() -> None:
    above = f"<img src='{SITE}/foto.jpg'><p>Kabar pertama</p><p>Kabar kedua</p>"
    page = f"<title>{HEADLINE}</title><body><div>{above}<h1>{HEADLINE}</h1>{BODY}</div>"
    assert read(page).image is None


@pytest.mark.parametrize("form", ["Sumber: {}", "{}"])
def test_the_address_that_a_print_view_notes_is_its_own(form: str) -> None:
    noted = form.format(f"{SITE}/berita/warga-hulu-tanam-seribu-bibit")
    page = f"<title>Cetak</title><body><h3>{HEADLINE}</h3>{BODY}<hr><p>{noted}</p></body>"
    for article in (read(page), read("\n".join((HEADLINE, *LINES, noted)))):
        assert article.url == f"{SITE}/berita/warga-hulu-tanam-seribu-bibit"
        assert article.document.plain() == "\n\n".join(LINES)


def test_a_first_paragraph_that_is_half_a_link_and_stands_apart_ends_nothing() -> None:
    lead = f"<div>Samarinda - {LINES[0]} <a href='{SITE}/berita/lain'>{LINES[0]}</a></div>"
    page = f"<title>{HEADLINE}</title><body><div><h1>{HEADLINE}</h1>{lead}{BODY}</div>"
    article = read(page)
    assert article.dateline == "Samarinda"
    assert article.document.plain().startswith(LINES[0])


# --- Told by the grammar alone ----------------------------------------------------------------

TOLD = (
    f"<title>{HEADLINE}</title><body><h1>{HEADLINE}</h1><div><p>TENGGARONG - {LINES[0]}</p>"
    f"<p>{LINES[1]}</p><p>{LINES[2]} (ra/dn/humasprov kaltim)</p></div>{{below}}"
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many blocks there were, each time that readability was asked."""
    asked: list[int] = []

    def note(root: Element, pieces: list[Piece]) -> list[bool]:
        asked.append(len(pieces))
        return main_blocks(root, pieces)

    monkeypatch.setattr(region, "main_blocks", note)
    return asked


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("", True),
        ("<h3>Berita Terkait</h3>", True),
        ("<p>//// Foto : Warga menanam bibit</p><p>Bagikan: Facebook</p>", True),
        ("<p>Panitia menunggu pendaftar sampai akhir pekan.</p>", False),
        ("<ul><li><a href=/a>Kabar lain yang tidak ada hubungannya</a></ul>", False),
    ],
)
def test_readability_is_asked_where_more_stands_below(
    below: str, told: bool, asked: list[int]
) -> None:
    article = read(TOLD.format(below=below))
    assert (article.dateline, article.byline) == ("TENGGARONG", "ra/dn/humasprov kaltim")
    assert bool(asked) is not told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TENGGARONG - ", ""),
        (" (ra/dn/humasprov kaltim)", ""),
        (f"<title>{HEADLINE}</title>", "<title>Portal</title>"),
        (f"<p>{LINES[1]}</p>", "<p><a href=/a>Baca kabar lain dari hulu sungai</a></p>"),
    ],
)
def test_readability_is_asked_where_the_grammar_is_not_sure(
    old: str, new: str, asked: list[int]
) -> None:
    read(TOLD.format(below="").replace(old, new))
    assert asked


PAGES = sorted(page.name for page in (Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("page", PAGES)
def test_readability_would_add_nothing(
    page: str, sample: str, render: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = read(render(page, sample))
    monkeypatch.setattr(f"{region.__name__}._Page._is_told", lambda *_of_the_page: False)
    assert read(render(page, sample)) == article
