from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from kaltimtui import text
from kaltimtui.document import Cut, Image, paragraph
from kaltimtui.errors import ParseError
from kaltimtui.parsing.lengths import LINES_LIMIT
from kaltimtui.parsing.page.read import read_page
from kaltimtui.parsing.sniff import kind_of

if TYPE_CHECKING:
    from kaltimtui.models import ArticleData

Render = Callable[[str, str], str]

PAGES = Path(__file__).parent / "pages"
TEMPLATES = sorted(page.name for page in PAGES.glob("*.html"))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITE = "https://www.kaltimprov.go.id"
HEADLINE = "Warga Hulu Sungai Tanam Seribu Bibit"
LINES = (
    "Dinas kehutanan bersama warga tiga desa menanam seribu bibit di lahan bekas kebun yang lama.",
    "Kepala bidang rehabilitasi mengatakan luas lahan yang ditanami mencapai 12,5 hektare.",
    "“Merawatnya memerlukan kesabaran,” kata kepala bidang di Tenggarong, Rabu (19/6/2019).",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)


def read(source: str | bytes, url: str | None = None) -> ArticleData:
    data = source if isinstance(source, bytes) else source.encode()
    return read_page(data, html=kind_of(data) == "html", url=url, now=NOW)


def page(*parts: str, title: str = HEADLINE) -> str:
    return f"<!doctype html><title>{title}</title><body>{''.join(parts)}"


def published(article: ArticleData) -> str | None:
    return article.published.json() if article.published else None


def said(article: ArticleData) -> dict[str, Any]:
    """What must be the same in every template; addresses and titles of items depend on it."""
    return {
        "title": article.title,
        "kicker": article.kicker,
        "category": article.category,
        "dateline": article.dateline,
        "published": article.published,
        "byline": article.byline,
        "caption": article.caption,
        "photo_credit": article.photo_credit,
        "text": article.document.plain(),
        "related": [(item.group, item.category, item.published) for item in article.related],
    }


# --- One article, plain and in every template -----------------------------------------------


def test_the_sample_as_plain_text(sample: str) -> None:
    article = read(sample)
    assert article.title == "Warga Hulu Sungai Tanam Seribu Bibit Meranti"
    assert (article.dateline, article.byline) == ("TENGGARONG", "ra/dn/humasprov kaltim")
    assert article.caption is not None
    assert article.caption.startswith("Warga menurunkan bibit meranti dari perahu")
    assert article.caption.endswith("musim tanam 2019.")
    assert article.photo_credit == "wt/humasprov kaltim"
    assert (article.category, published(article)) == ("Lingkungan Hidup", "2019-06-19")
    assert len(article.document.blocks) == 9
    assert article.document.plain().startswith("Dinas Kehutanan bersama")
    assert article.document.plain().endswith("sepuluh tahun lagi,” harapnya.")
    groups = Counter(item.group for item in article.related)
    assert groups == {"related": 6, "latest": 5, "popular": 10}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_gives_the_same_article(template: str, sample: str, render: Render) -> None:
    assert said(read(render(template, sample))) == said(read(sample))


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_address_makes_no_difference(template: str, sample: str, render: Render) -> None:
    url = "http://kaltimprov.go.id/detailberita/warga-hulu?utm_source=wa"
    article = read(render(template, sample), url)
    assert said(article) == said(read(sample))
    assert article.url == f"{SITE}/detailberita/warga-hulu"


@pytest.mark.parametrize("template", TEMPLATES)
def test_real_text_of_the_portal_in_every_template(
    template: str, shared: Path, render: Render
) -> None:
    seed = (shared / "seed/rakor-teknis.txt").read_text("utf-8")
    assert said(read(render(template, seed))) == said(read(seed))


def test_real_text_of_the_portal(shared: Path) -> None:
    article = read((shared / "seed/rakor-teknis.txt").read_bytes())
    assert article.title == "Rakor Teknis Pembangunan Kesejahteraan Sosial"
    assert (article.dateline, article.byline) == ("BALIKPAPAN", "jay/hmsprov")
    assert len(article.document.blocks) == 9
    assert article.caption is not None
    assert article.caption.startswith("Gubernur Kaltim Dr H Awang Faroek Ishak saat menyampaikan")
    assert article.caption.endswith("se Kaltim 2013.")
    assert article.photo_credit == "norjaya/humasprov kaltim"
    assert article.category == "Sosial"
    assert article.published is not None
    assert (published(article), article.published.precision) == ("2013-02-26", "estimated")
    assert [item.group for item in article.related] == [
        *["related"] * 6,
        *["latest"] * 4,
        *["popular"] * 10,
    ]
    assert {item.category for item in article.related[:6]} == {"Sosial"}
    stamps = [item.published.json() for item in article.related if item.published]
    assert (stamps[0], stamps[2]) == ("2019-08-12T23:30:45+08:00", "2015-03-05")


def test_both_kinds_of_extraction_are_one_article(sample: str) -> None:
    lines = sample.splitlines()
    second = ["Kalimantan Timur", *lines[:11]]
    for number in range(11, len(lines), 2):
        title = f"Judul berita {number}"
        second += [title, title, "", *lines[number : number + 2]]
    second += ["Berita Terkait", "Government Public Relation"]
    article = read("\r\n".join(second))
    assert said(article) == said(read(sample))
    assert article.related[0].title == "Judul berita 11"


@pytest.mark.parametrize("template", ["old.html", "new.html"])
def test_items_have_their_titles_and_addresses(template: str, sample: str, render: Render) -> None:
    items = read(render(template, sample)).related
    assert items[0].title == "Judul Berita Nomor 1 Tentang Lingkungan Hidup"
    assert [item.url for item in items] == [f"{SITE}/berita/berita-{n}" for n in range(1, 22)]


def test_the_lead_picture_is_the_articles_and_not_a_block(sample: str, render: Render) -> None:
    article = read(render("old.html", sample))
    assert article.image == f"{SITE}/upload/posting/medium_19-06-2019-12-37-49-2411.jpg"
    assert list(article.document.images()) == []


# --- Any other way to build a page -----------------------------------------------------------

BODIES = st.sampled_from(
    [
        lambda lines: "".join(f"<p>{line}</p>" for line in lines),
        lambda lines: "".join(f"<div>{line}</div>" for line in lines),
        lambda lines: "<br><br>".join(lines),
        lambda lines: "<br>\n".join(lines),
        lambda lines: "".join(f"<span>{line}</span><br>" for line in lines),
        lambda lines: "<table>" + "".join(f"<tr><td>{x}</td></tr>" for x in lines) + "</table>",
        lambda lines: "".join(f"<section><div><p>{line}</p></div></section>" for line in lines),
        lambda lines: "".join(f"<p>&nbsp;{line}</p><p>&nbsp;</p>" for line in lines),
        lambda lines: "".join(f"<p><span><b>{line}</b></span></p>" for line in lines),
        lambda lines: "".join(f"<p>{line}</p><div><a href=/x>Iklan</a></div>" for line in lines),
    ]
)
HEADS = st.sampled_from(
    [
        *("<h1>{}</h1>", "<h2>{}</h2>", "<h4><b>{}</b></h4>", "<header><h1>{}</h1></header>"),
        *("<h1><a href='/berita/x'>{}</a></h1>", "<table><tr><td><font>{}</font></table>"),
    ]
)
TITLES = st.sampled_from(["{}", "{} | Portal Kaltim", "Portal Kaltim - {}"])
ABOVE = st.sampled_from(
    [
        "",
        "<ul><li><a href=/>Beranda</a><li><a href=/profil>Profil</a></ul>",
        "<h1><a href=/>Pemprov Kaltim</a></h1><p>Selasa, 24 November 2026</p>",
        "<div>Terkini:<a href='/berita/x-y'>Sebuah Judul Terkini yang Panjang</a></div>",
        "<div>Situs ini memakai cookie untuk pengalaman Anda. <button>Setuju</button></div>",
    ]
)
BELOW = st.sampled_from(
    [
        "",
        "<div><a href=#>Facebook</a><a href=#>Twitter</a></div><span>Dilihat 221 kali</span>",
        "<h3>Komentar</h3><p>Semoga terus berjalan dan bermanfaat bagi semua warga di sini.</p>",
        "<p>Tags: <a href=/t>hutan</a></p><a href='/berita/y'>Berita Sebelumnya yang Panjang</a>",
        "<footer>Jalan Contoh Nomor 2. Jam Operasional : 08.00 - 16.00</footer>",
    ]
)


@given(body=BODIES, head=HEADS, title=TITLES, above=ABOVE, share=BELOW, below=BELOW)
@settings(deadline=None)
def test_any_mixture_of_parts_gives_the_same_article(
    body: Callable[[list[str]], str], head: str, title: str, above: str, share: str, below: str
) -> None:
    lines = [line.strip() for line in (PAGES / "sample.txt").read_text("utf-8").splitlines()]
    article = read(
        page(
            above,
            f"<div>{head.format(lines[0])}<div>{body(lines[1:11])}</div>{share}</div>",
            "<div>" + "".join(f"<p>{line}</p>" for line in lines[11:]) + "</div>",
            below,
            title=title.format(lines[0]),
        )
    )
    assert said(article) == said(read("\n".join(lines)))


# --- What pages state ------------------------------------------------------------------------


ALL_IN_ONE = "<p>16 April 2014 Admin Website Berita Daerah 4442</p>"
PARTED = "<p>Kamis, 20 Juni 2019 | Oleh Admin | Dilihat 22 kali</p>"
LISTED = "<ul><li>rizky<li>11 Oktober 2021<li>5:03pm<li>Teknologi<li>221 kali dilihat</ul>"
STAMPED = "<i>20 Juni 2019 Jam 10:15:00</i> <b>Sosial</b>"


@pytest.mark.parametrize(
    ("near", "date", "category", "byline"),
    [
        (ALL_IN_ONE, "2014-04-16", "Berita Daerah", "Admin Website"),
        (PARTED, "2019-06-20", None, "Admin"),
        (LISTED, "2021-10-11T17:03:00+08:00", "Teknologi", "rizky"),
        (STAMPED, "2019-06-20T10:15:00+08:00", "Sosial", None),
        ("<a href=/kategori/4>Lingkungan Hidup</a>", "2019-06-19", "Lingkungan Hidup", None),
        ("<p>Jam Operasional : 08:00 - 16:00</p>", "2019-06-19", None, None),
    ],
)
def test_what_stands_below_the_headline(
    near: str, date: str, category: str | None, byline: str | None
) -> None:
    article = read(page(f"<h1>{HEADLINE}</h1>", near, BODY))
    assert (published(article), article.category, article.byline) == (date, category, byline)
    assert article.document.plain().split("\n\n") == list(LINES)


def test_head_lines_of_an_office_as_plain_text() -> None:
    head = "16 April 2014 Admin Website Berita Daerah 4442"
    article = read("\n".join((HEADLINE, head, *LINES, "Jam Operasional : Senin - Jumat 08.00")))
    assert (published(article), article.category) == ("2014-04-16", "Berita Daerah")
    assert article.document.plain().split("\n\n") == list(LINES)


def test_structured_data_goes_before_all_else() -> None:
    stated = {
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": "2021-01-02T03:04:05+08:00",
        "articleSection": "Sosial",
    }
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    article = read(page(script, f"<h1>{HEADLINE}</h1><p>20 Juni 2019</p>", BODY))
    assert (published(article), article.category) == ("2021-01-02T03:04:05+08:00", "Sosial")


def test_a_date_of_the_future_is_not_made_up() -> None:
    lines = (LINES[0], "Rapat berikutnya digelar, Kamis (20/6/2030).")
    assert published(read("\n".join((HEADLINE, *lines)))) is None


def test_a_stamp_that_the_text_quotes_cuts_nothing() -> None:
    quoted = "Jadwal yang benar adalah 12 Agustus 2019 Jam 23:30:45 sesuai surat."
    article = read("\n".join((HEADLINE, LINES[0], quoted, LINES[1])))
    assert article.document.plain().split("\n\n") == [LINES[0], quoted, LINES[1]]
    assert article.related == ()


@pytest.mark.parametrize(
    "quoted",
    [
        "Pada surat tertulis 12 Agustus 2019 Jam 23:30:45!",
        "12 Agustus 2019 Jam 23:30:45 menjadi batas akhir pendaftaran bibit.",
        "12 Agustus 2019 Jam 23:30:45 WITA menjadi batas akhir pendaftaran bibit.",
        "“12 Agustus 2019 Jam 23:30:45” menjadi batas akhir pendaftaran bibit",
        "Di laman (12 Agustus 2019 Jam 23:30:45) pengumuman itu masih terbaca.",
    ],
)
@pytest.mark.parametrize("own", ["", "20 Juni 2020 Jam 10:15:00"])
@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("place", [1, 2])
def test_a_stamp_that_the_text_quotes_is_not_its_date(
    quoted: str, own: str, html: bool, place: int
) -> None:
    undated = (LINES[0], LINES[1], LINES[1].replace("12,5", "13,5"))
    lines = [*undated[:place], quoted, *undated[place:]]
    if html:
        body = "".join(f"<p>{line}</p>" for line in lines)
        article = read(page(f"<h1>{HEADLINE}</h1><p>{own}</p><div>{body}</div>"))
    else:
        article = read("\n".join((HEADLINE, own, *lines)))
    assert published(article) == ("2020-06-20T10:15:00+08:00" if own else None)
    assert article.document.plain().split("\n\n") == lines


def test_a_stamp_on_a_line_of_its_own_amid_the_text_is_text() -> None:
    lines = [LINES[0], "12 Agustus 2019 Jam 23:30:45", LINES[1], LINES[1].replace("12,5", "13,5")]
    article = read("\n".join((HEADLINE, *lines)))
    assert published(article) is None
    assert article.document.plain().split("\n\n") == lines


def test_a_stamp_with_the_headline_of_a_text_of_short_lines_is_its_date() -> None:
    items = [line for n in (1, 2) for line in (f"0{n} Agustus 2019 Jam 10:20:30", "Sosial")]
    article = read("\n".join((HEADLINE, "20 Juni 2019 Jam 10:15:00", "Agama", *LINES, *items)))
    assert (published(article), article.category) == ("2019-06-20T10:15:00+08:00", "Agama")
    assert article.document.plain().split("\n\n") == list(LINES)
    assert len(article.related) == 2


def test_a_stamp_that_a_caption_above_the_text_quotes_is_not_its_date() -> None:
    caption = "Foto: Surat bertanggal 12 Agustus 2019 Jam 23:30:45"
    for article in (
        read("\n".join((HEADLINE, caption, *LINES))),
        read(page(f"<h1>{HEADLINE}</h1><p>{caption}</p>", BODY)),
    ):
        assert published(article) == "2019-06-19"
        assert article.caption == "Surat bertanggal 12 Agustus 2019 Jam 23:30:45"


def test_a_sentence_that_a_date_begins_states_nothing_of_the_article() -> None:
    lines = ("12 Agustus 2019 Jam 23:30:45 menjadi batas akhir pendaftaran bibit warga.", *LINES)
    for article in (
        read("\n".join((HEADLINE, *lines))),
        read(page(f"<h1>{HEADLINE}</h1><div>", *(f"<p>{line}</p>" for line in lines))),
    ):
        assert published(article) == "2019-06-19"
        assert article.document.plain().split("\n\n") == list(lines)


def test_items_with_their_titles_below_the_stamps() -> None:
    items = "".join(
        f"<li><small>Sosial • 0{n} Agustus 2019 Jam 10:20:30</small><br>"
        f'<a href="{SITE}/berita/judul-{n}">Judul {n}</a></li>'
        for n in (1, 2, 3)
    )
    caption = "<p>//// Foto : Warga menanam bibit di hulu sungai.</p>"
    article = read(page(f"<h1>{HEADLINE}</h1>", BODY, caption, f"<ul>{items}</ul>"))
    assert article.caption == "Warga menanam bibit di hulu sungai."
    assert [(item.title, item.category, item.url) for item in article.related] == [
        (f"Judul {n}", "Sosial", f"{SITE}/berita/judul-{n}") for n in (1, 2, 3)
    ]


def test_a_kicker_stands_above_the_headline() -> None:
    article = read(page(f"<div><div>PENGHIJAUAN</div><h1>{HEADLINE}</h1></div>", BODY))
    assert (article.title, article.kicker) == (HEADLINE, "PENGHIJAUAN")


@pytest.mark.parametrize("name", ["Website Resmi Pemerintah Provinsi", "Portal Kaltim", ""])
def test_the_name_of_the_site_is_no_headline(name: str) -> None:
    logo = "<h1><a href=/>Portal Kaltim</a></h1>"
    article = read(page(logo, f"<div><h3>{HEADLINE}</h3>", BODY, "</div>", title=name))
    assert article.title == HEADLINE


def test_a_caption_beside_the_text_in_json_is_the_articles() -> None:
    post = {
        "judul": HEADLINE,
        "isi": BODY,
        "caption": "Bibit di perahu. (nor/humasprov kaltim)",
        "gambar": "https://contoh.go.id/a.jpg",
    }
    article = read(page(f'<script type="application/json">{json.dumps(post)}</script>'))
    assert (article.caption, article.photo_credit) == ("Bibit di perahu.", "nor/humasprov kaltim")
    assert article.image == "https://contoh.go.id/a.jpg"


PICTURE = "<img src='https://contoh.go.id/a.jpg' alt='{}'>"
CAPTION = "Bibit meranti di perahu sebelum diturunkan warga bersama dinas kehutanan di hulu sungai."


@pytest.mark.parametrize("head", ["<h1>{}</h1>", "<div>{}</div>", "<header><h1>{}</h1></header>"])
@pytest.mark.parametrize("alt", ["", HEADLINE, f"{HEADLINE} - Kabar Hulu", CAPTION])
@pytest.mark.parametrize(
    "around", ["{}", "<div class=share>{}</div>", "<aside>{}</aside>", "<div><div>{}</div></div>"]
)
@pytest.mark.parametrize("form", ["<figcaption>{}</figcaption>", "<p>{}</p>"])
def test_a_figure_between_headline_and_body_is_the_articles(
    head: str, alt: str, around: str, form: str
) -> None:
    figure = f"<figure>{PICTURE.format(alt)}{form.format(CAPTION)}</figure>"
    parts = (head.format(HEADLINE), around.format(figure), f"<div>{BODY}</div>")
    article = read(page(*parts, title=f"{HEADLINE} - Kabar Hulu"))
    assert (article.title, article.caption) == (HEADLINE, CAPTION)
    assert article.image == "https://contoh.go.id/a.jpg"
    assert article.document.plain().split("\n\n") == list(LINES)


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("Perahu penuh bibit meranti", True),
        ("Perahu", False),
        ("Warga Hulu Sungai Tanam", False),
        (f"{HEADLINE} - Kabar Hulu", False),
        ("WhatsApp Image 2019-06-19 at 10.15", False),
        ("", False),
    ],
)
def test_the_words_for_a_picture_say_what_it_shows_and_are_no_caption(alt: str, told: bool) -> None:
    figure = f"<figure>{PICTURE.format(alt)}<figcaption>(ist)</figcaption></figure>"
    body = "".join(f"<p>{line}</p>" for line in LINES[1:])
    article = read(page(f"<h1>{HEADLINE}</h1><div><p>{LINES[0]}</p>{figure}{body}</div>"))
    url = "https://contoh.go.id/a.jpg"
    assert (article.image, article.caption, article.photo_credit) == (url, None, "ist")
    shown = [Image(url, alt, credit="ist")] if told else []
    assert list(article.document.images()) == shown
    assert article.document.blocks[0] == (shown[0] if told else paragraph(LINES[0]))


@pytest.mark.parametrize("html", [False, True])
def test_prose_below_the_byline_is_text_and_the_items_below_it_are_not(html: bool) -> None:
    again = "Penanaman di desa ketiga dimulai pekan depan bila air sungai sudah surut."
    tail = ("12 Agustus 2019 Jam 23:30:45", "Sosial", "01 Juni 2018 Jam 22:04:12", "Sosial")
    lines = (*LINES[:2], f"{LINES[2]} (jay/hmsprov)", again, *tail)
    plain = "\n".join((HEADLINE, *lines))
    marked = page(f"<h1>{HEADLINE}</h1><div>", *(f"<p>{line}</p>" for line in lines), "</div>")
    article = read(marked if html else plain)
    assert article.document.plain().split("\n\n") == [*LINES, again]
    assert (article.byline, len(article.related)) == ("jay/hmsprov", 2)


def test_a_box_between_headline_and_body_that_leads_away_is_no_picture_of_the_article() -> None:
    linked = f"<a href=/x>{PICTURE.format('')}<figcaption>Panen raya</figcaption></a>"
    box = f"<aside class=related><figure>{linked}</figure></aside>"
    article = read(page(f"<h1>{HEADLINE}</h1>", box, f"<div>{BODY}</div>"))
    assert (article.image, article.caption) == (None, None)


def test_a_kicker_may_run_on_in_the_box_of_the_headline() -> None:
    header = f"<header><span class=topik>PENGHIJAUAN</span><h1>{HEADLINE}</h1></header>"
    article = read(page(header, f"<div>{BODY}</div>"))
    assert (article.title, article.kicker) == (HEADLINE, "PENGHIJAUAN")


def test_lists_tables_and_pictures_stay_in_their_place() -> None:
    inner = (
        "<ul><li>meranti<li>gaharu</ul><table><tr><th>Desa<th>Bibit<tr><td>Hulu<td>300</table>"
        "<figure><img src='/a.jpg'><figcaption>Bibit di perahu.</figcaption></figure>"
    )
    article = read(page(f"<h1>{HEADLINE}</h1><div><p>{LINES[0]}</p>{inner}<p>{LINES[1]}</p></div>"))
    kinds = [type(block).__name__ for block in article.document.blocks]
    assert kinds == ["Paragraph", "ListBlock", "Table", "Paragraph"]
    assert article.caption == "Bibit di perahu."


def test_boxes_that_lead_away_are_no_text() -> None:
    link = "<a href='/berita/lain'>Judul Lain yang Panjang Sekali</a>"
    box = f"<div><span>Baca juga:</span> {link}</div>"
    parts = "".join(f"<p>{line}</p>{box}" for line in LINES)
    assert read(page(f"<h1>{HEADLINE}</h1><div>{parts}</div>")).document.plain() == "\n\n".join(
        LINES
    )


def test_items_of_sites_without_stamps() -> None:
    others = (
        "<h3>Related Posts</h3><ul><li><a href=/2020/01/02/panen/>Panen Raya di Hilir</a>"
        "<span>2 Januari 2020</span></li></ul>"
    )
    url = "http://contoh.go.id/2021/05/04/warga-hulu/"
    far = "<a href=/2020/01/03/x/>Tanpa Judul Daftar</a>"
    (item,) = read(page(far, f"<h1>{HEADLINE}</h1><div>{BODY}</div>", others), url).related
    assert (item.group, item.title) == ("related", "Panen Raya di Hilir")
    assert item.url == "http://contoh.go.id/2020/01/02/panen/"


@pytest.mark.parametrize(
    "where", ["", "<!-- saved from url=(0040){} -->", "<link rel=canonical href='{}'>"]
)
@pytest.mark.parametrize("start", ["http://", "https://", "http://www.", "https://www."])
def test_four_addresses_are_one(where: str, start: str) -> None:
    address = f"{start}kaltimprov.go.id/berita/warga-hulu#isi"
    source = where.format(address) + page(f"<h1>{HEADLINE}</h1>", BODY)
    assert read(source, None if where else address).url == f"{SITE}/berita/warga-hulu"


def test_the_address_may_be_noted_in_plain_text() -> None:
    article = read("\n".join(("http://kaltimprov.go.id/berita/a", HEADLINE, *LINES)))
    assert (article.url, article.title) == (f"{SITE}/berita/a", HEADLINE)


def test_a_page_saved_as_utf_8_under_an_old_declaration_is_read() -> None:
    source = '<meta charset="gb2312">' + page(f"<h1>{HEADLINE}</h1>", BODY)
    assert read(source).document.plain().split("\n\n")[2] == LINES[2]


@pytest.mark.parametrize(
    "nothing",
    [
        *(b"", b"   \n", b"\x00\x01\x02\x03", b"%PDF-1.4", b"<html></html>", b"Hanya judul"),
        b"<title>Portal</title><ul><li><a href=/a>Satu</a><li><a href=/b>Dua</a></ul>",
        b"<rdf><a/></rdf>",
    ],
)
def test_what_holds_no_article_is_refused(nothing: bytes) -> None:
    with pytest.raises(ParseError):
        read(nothing)


@pytest.mark.parametrize("line", ["kata", "Warga menanam bibit.", "Sosial", "Foto: Warga antre"])
def test_of_very_many_lines_the_first_are_read(line: str) -> None:
    last = "Baris ini jauh melewati batas dan tidak dibaca lagi oleh siapa pun di desa itu."
    article = read("\n".join((HEADLINE, *LINES, *[line] * LINES_LIMIT, last)))
    assert article.title == HEADLINE
    assert article.document.plain().startswith("\n\n".join(LINES))
    assert last not in article.document.plain()
    assert article.document.blocks[-1] == Cut()


def test_a_long_plain_text_is_whole_or_says_that_it_was_cut() -> None:
    line = " ".join(["Dinas kehutanan menanam seribu bibit di lahan bekas kebun yang lama."] * 9)
    for count in (4_000, 9_000):
        article = read("\n".join((HEADLINE, *[line] * count, LINES[0])))
        cut = article.document.blocks[-1] == Cut()
        assert cut == (LINES[0] not in article.document.plain()) == (count > 4_000)


def test_what_stands_below_the_article_was_not_cut_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = "Berita Terkait\n12 Agustus 2019 Jam 23:30:45\nSosial"
    text_ = "\n".join((HEADLINE, *LINES, items, *["Beranda"] * 9))
    monkeypatch.setattr("kaltimtui.parsing.lengths.LINES_LIMIT", 10)
    article = read(text_)
    assert article.document.plain() == "\n\n".join(LINES)
    assert article.related
    assert article.document.blocks[-1] != Cut()


def test_blank_lines_do_not_count() -> None:
    article = read(("\r\n" * LINES_LIMIT).join((HEADLINE, *LINES)))
    assert article.document.plain().split("\n\n") == list(LINES)


# --- Hostile pages ---------------------------------------------------------------------------


def every_text(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from every_text(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from every_text(getattr(value, part.name))


def assert_clean(data: bytes) -> None:
    try:
        article = read(data)
    except ParseError:
        return
    for line in every_text(article):
        assert text.verbatim(line) == line


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_clean(data)


PIECES = st.sampled_from(
    [
        *(b"\x1b]0;x\x07", b"\x9b31m", b"\x00", b"&#27;", b"&#x9b;", b"&#8238;", b"\xe2\x80\xae"),
        *(b"\xff", b"<", b'"', b"'", b"<p>", b"<br>", b"<table>", b"<script>", b"<!--", b"<title>"),
        *(b"<h1>", b"\\u001b", b"\\ud800", b"{", b"]", b"12 Agustus 2019 Jam 23:30:45", b"(sul)"),
        *(b"31 Februari 2019 Jam 23:30:45", b"SAMARINDA - ", b"//// Foto : ", b"<base href='//['>"),
        *(b"<time datetime=0000-00-00 pubdate>", b"<frameset>", b"<svg>", b"9" * 5_000),
    ]
)


@given(
    template=st.sampled_from([*TEMPLATES, "sample.txt"]),
    wounds=st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 60)), max_size=20),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wounded_pages_are_read_or_refused(
    template: str, wounds: list[tuple[float, bytes, int]], sample: str, render: Render
) -> None:
    source = sample if template == "sample.txt" else render(template, sample)
    data = bytearray(source.encode())
    for place, piece, lost in wounds:
        at = int(place * len(data))
        data[at : at + lost] = piece
    assert_clean(bytes(data))


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 10_000,
        "<table>" + "<tr><td>x</td><td>y</td></tr>" * 5_000 + "</table>",
        "".join(f"<a href='/berita/{n}'>Judul {n}</a> " for n in range(10_000)),
        "<p>" + "(" * 50_000 + "</p>",
        "<p>" + "/" * 50_000 + "</p>",
        "<p>" + "Rapat Kerja " * 20_000 + "</p>",
        "12 Agustus 2019 Jam 23:30:45<br>Sosial<br>" * 2_000,
        '<script type="application/json">' + "[" * 50_000 + "</script>",
        "<p " + "a=b " * 20_000 + ">x</p>",
    ],
    ids=["depth", "rows", "links", "brackets", "slashes", "words", "stamps", "json", "attributes"],
)
def test_an_article_among_hostile_markup_is_found(markup: str) -> None:
    article = read(page(f"<h1>{HEADLINE}</h1><div>{BODY}</div>", markup))
    assert article.title == HEADLINE
    assert article.document.plain().startswith("\n\n".join(LINES))


# --- Pages of the web ------------------------------------------------------------------------


def words(source: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in source.lower()).split())


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The F1 score of two bags of words."""
    return 2 * sum((one & other).values()) / max(1, sum(one.values()) + sum(other.values()))


def test_real_pages_give_a_title_and_the_text_that_is_expected(shared: Path) -> None:
    scores = []
    for folder in sorted(
        path for path in (shared / "corpus/readability").iterdir() if path.is_dir()
    ):
        article = read((folder / "source.html").read_bytes())
        assert article.title
        assert article.document.plain()
        expected = html.fromstring((folder / "expected.html").read_text("utf-8"))
        body = f"{article.document.plain()} {article.caption or ''}"
        scores.append(likeness(words(body), words(" ".join(expected.itertext()))))
    assert len(scores) == 39
    assert sum(scores) / len(scores) > 0.95
