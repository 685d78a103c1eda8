from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import i18n
from kaltimtui.dates import WITA, Stamp, portal_stamp
from kaltimtui.document import (
    Block,
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
    Spans,
    Table,
    paragraph,
)
from kaltimtui.models import Article, Enclosure, Related
from kaltimtui.ui.setting.article import article_lines, heading, notice_lines
from kaltimtui.ui.setting.lines import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Make = Callable[..., Article]
    Compare = Callable[[str, Iterable[str]], None]

TEXT_WIDTHS = {76: 72, 40: 36, 30: 28}
"""Cells of text in a pane of so many cells."""

HOSTILE = [
    "a\x1b[31mb",
    "a\x1b]0;owned\x07b",
    "a\x1b]52;c;b3duZWQ=\x1b\\b",
    "a\x1b]8;;https://example.org\x1b\\b\x1b]8;;\x1b\\",
    "a\x9b31mb\x90x\x9c",
    "a\x00\x07\x08\x7fb",
    "a\r\n\tb\x0b\x0c\x85c",
    "[red]a[/]",
    "[/]a[/red]",
    "[@click=app.quit]a[/]",
    "[link=https://example.org]a[/link]",
    "a\u202egnp.exe\u202c",
    "a\u2066b\u2069\u2028c\u2029d\ufeff",
    "a\ud800b\udfff",
    "a\U000e0041\U000e007fb",
    "a" + "\u0301" * 500,
    "a" + "\u200d" * 500,
]
OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


def drawn(article: Article, now: datetime, width: int = 72) -> list[str]:
    return [line.text.rstrip() for line in article_lines(article, width, now)]


def written(*said: str | Span) -> Paragraph:
    return Paragraph(tuple(Span(part) if isinstance(part, str) else part for part in said))


def row(*said: str) -> tuple[Spans, ...]:
    return tuple((Span(value),) for value in said)


# --- pictures in plain text ---------------------------------------------------------------

REPORT = Document(
    (
        paragraph(
            "Posyandu di tepi teluk kini buka sampai pukul sembilan malam, supaya ibu yang "
            "bekerja di pabrik pengolahan ikan sempat menimbang anaknya. Jadwal baru ini mulai "
            "dicoba di delapan desa dan akan diperluas tahun depan."
        ),
        paragraph(
            "“Kami datang setelah pulang kerja, dan bidan masih ada,” kata seorang ibu sambil "
            "menggendong anak bungsunya."
        ),
        paragraph("Kader-kader mendapat lampu jalan dan ongkos perahu."),
    )
)

RICH = Document(
    (
        written(
            "Harga beras ",
            Span("medium", strong=True),
            " turun ",
            Span("dua persen", emphasis=True),
            ", menurut ",
            Span("laporan dinas", href="https://example.org/laporan"),
            " dengan kode ",
            Span("HRG-6472", code=True),
            ".",
        ),
        Heading(2, (Span("Harga di enam pasar induk menjelang akhir tahun"),)),
        Quote((paragraph("“Gudang terisi tiga perempat.”"), Quote((paragraph("“Cukup.”"),)))),
        Rule(),
        Code("def harga(kg):\n\treturn kg * 14_500\n"),
    )
)

LISTS = Document(
    (
        ListBlock(
            (
                (paragraph("Beras medium: turun dua persen sejak pekan lalu"),),
                (
                    paragraph("Cabai rawit: naik, karena hujan turun hampir setiap hari"),
                    ListBlock(((paragraph("Loa Janan"),), (paragraph("Tenggarong"),))),
                ),
            )
        ),
        ListBlock(
            (
                (paragraph("Mendata pedagang."), paragraph("Selesai bulan ini.")),
                (paragraph("Membuka gudang kedua."),),
            ),
            ordered=True,
            start=9,
        ),
    )
)

TABLES = Document(
    (
        Table(
            (
                row("Pasar", "Beras (Rp)", "Cabai (Rp)", "Keterangan"),
                row("Pasar Pagi", "14.500", "62.000", "stok cukup dua pekan"),
                row("Klandasan", "14.250", "58.500", "kiriman dari Sulawesi tiba Senin"),
            ),
            header=True,
        ),
        Table((row("Posko", "Nomor"), row("Samarinda", "0541-555"), row("Paser", "0543-555"))),
    )
)

PICTURES = Document(
    (
        paragraph("Pedagang menata beras sejak subuh."),
        Image(
            "https://example.org/pasar.jpg",
            "Pasar",
            "Pedagang menata beras di Pasar Pagi, Samarinda, Senin pagi",
            "rin/foto",
        ),
        Image(None, alt="Grafik harga enam bulan"),
    )
)

SCRIPTS = Document(
    (
        paragraph("Lembaga penyiaran 日本放送協会 meliput banjir di hulu sungai 🙂 dengan perahu."),
        paragraph("👩‍👩‍👧‍👦 Keluarga mengungsi; أَهْلًا وَسَهْلًا kata penjaga posko; ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ."),
        paragraph(
            "Alamat: https://example.org/data/banjir/2026/11/24/kabupaten-kutai-kartanegara/"
            "rincian?desa=muara-kaman&satuan=orang"
        ),
    )
)


def _related(now: datetime) -> tuple[Related, ...]:
    def item(
        group: Any, title: str | None, category: str | None, stamp: Stamp | None, **more: Any
    ) -> Related:
        return Related(group, title, None, category, stamp, **more)

    return (
        item("related", "Pelatihan Kerja Dibuka di Enam Kabupaten", "Ketenagakerjaan",
             portal_stamp("12 Agustus 2026 Jam 23:30:45"), article="b1"),
        item("related", "Bantuan Sosial Jangkau Keluarga Pesisir", "Sosial",
             portal_stamp("05 Maret 2015 Jam 00:00:00"), article="b2", read=True),
        item("latest", None, "Sosial", Stamp(now - timedelta(hours=3), "time")),
        item("latest", None, "Kesatuan Bangsa dan Politik Dalam Negeri",
             Stamp(now - timedelta(days=1), "day"), article="b3"),
        item("popular", None, "Wakil Gubernur", portal_stamp("26 Januari 2023 Jam 13:48:45")),
        item("popular", "Kerja Bakti", "Sosial", None),
    )  # fmt: skip


def _pictured(make: Make, now: datetime) -> dict[str, Article]:
    return {
        "report": make(
            document=REPORT,
            caption="Ibu-ibu menunggu giliran di Posyandu Mawar.",
            photo_credit="rin/foto",
            image="https://example.org/posyandu.jpg",
        ),
        "head": make(
            kicker="Layanan Kesehatan",
            title="Posyandu Tambah Jadwal Malam bagi Ibu Pekerja di Pesisir Teluk",
            published=Stamp(now - timedelta(hours=5), "time"),
            sample=True,
            tags=("kesehatan", "pesisir"),
            note="Tanyakan jadwal Desember.",
            versions=3,
            enclosures=(Enclosure("https://example.org/suara.mp3", "audio/mpeg"),),
        ),
        "rich": make(document=RICH),
        "lists": make(document=LISTS),
        "tables": make(document=TABLES),
        "pictures": make(document=PICTURES, image="https://example.org/pasar.jpg"),
        "scripts": make(document=SCRIPTS),
        "related": make(related=_related(now)),
        "bare": make(
            url=None, category=None, dateline=None, published=None, byline=None, document=Document()
        ),
    }


@pytest.mark.parametrize(
    "name",
    ["report", "head", "rich", "lists", "tables", "pictures", "scripts", "related", "bare"],
)
def test_articles_look_as_before(
    name: str, article: Make, now: datetime, snapshot: Compare
) -> None:
    shown = _pictured(article, now)[name]
    lines: list[str] = []
    for pane, width in TEXT_WIDTHS.items():
        lines += [f"{f' {pane} ':=^{width}}", *drawn(shown, now, width)]
    snapshot(name, lines)


# --- the parts ----------------------------------------------------------------------------


def test_the_head_says_when_where_and_whose(article: Make, now: datetime) -> None:
    assert drawn(article(), now)[:5] == [
        "Posyandu Tambah Jadwal Malam bagi Ibu Pekerja",
        "26 February 2013 (estimated) · Penajam",
        "rin/contoh · 1 minute read",
        "Portal Kaltim › Kesehatan",
        "",
    ]


def test_fresh_news_say_how_long_ago_too(article: Make, now: datetime) -> None:
    fresh = article(published=Stamp(now - timedelta(hours=5), "time"))
    assert drawn(fresh, now)[1] == "Tuesday, 24 November 2026 03:15 WITA · 5 hours ago · Penajam"


def test_what_is_not_known_leaves_no_gap(article: Make, now: datetime) -> None:
    bare = _pictured(article, now)["bare"]
    assert drawn(bare, now) == [
        "Posyandu Tambah Jadwal Malam bagi Ibu Pekerja",
        "saved just now",
        "Portal Kaltim",
        "",
        "The source gave no text; the page itself may have it.",
    ]
    assert drawn(article(title=" "), now)[0] == "Untitled"


def test_the_pane_is_named_by_the_category(article: Make) -> None:
    assert heading(article()) == "Kesehatan"
    assert heading(article(category=None)) == "Portal Kaltim"


def test_the_lead_picture_is_not_told_of_twice(article: Make, now: datetime) -> None:
    url = "https://example.org/pasar.jpg"
    twice = drawn(article(document=PICTURES, image=url), now)
    assert sum(line.startswith("▎ Photo") for line in twice) == 1
    other = drawn(article(document=PICTURES, image="https://example.org/b.jpg"), now)
    assert "▎ Photo" not in other


def test_versions_are_told_of_from_the_second_on(article: Make, now: datetime) -> None:
    lines = drawn(article(versions=2), now)
    assert lines[2] == "rin/contoh · 1 minute read · 2 versions"
    assert lines[-1] == "First seen Tuesday, 24 November 2026 08:15 WITA"
    once = drawn(article(versions=1), now)
    assert once[2] == "rin/contoh · 1 minute read"
    assert once[-1].startswith("https://")


def test_that_it_changed_since_one_read_it_is_said_with_the_key_that_shows_how(
    article: Make, now: datetime
) -> None:
    lines = list(article_lines(article(versions=2, edited=True), 72, now))
    assert lines[4].text == "✎ changed since you read it · d changes"
    assert lines[4].runs[0].look.roles == (Role.UNREAD,)
    places = [
        sum(line.ink for line in lines[:at])
        for at, line in enumerate(lines)
        if line.text.startswith("Posyandu di")
    ]
    before = list(article_lines(article(versions=2), 72, now))
    assert places == [
        sum(line.ink for line in before[:at])
        for at, line in enumerate(before)
        if line.text.startswith("Posyandu di")
    ], "a place in the text is the same with it and without"


def test_a_text_without_end_is_cut(
    article: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.setting.article.LINE_LIMIT", 20)
    lines = drawn(article(document=Document((paragraph("a\n" * 100),))), now)
    assert lines.count("a") == 20
    assert lines[-4:-1] == [
        "Cut here: the text is too long to show. The original has the rest. o",
        *("opens it.", ""),
    ]


def test_where_a_text_was_cut_it_says_so_and_where_the_rest_is(
    article: Make, now: datetime
) -> None:
    rows = (((Span("a"),), (Span("b"),)),) * 3
    body = Document((paragraph("Satu."), Table(rows, left_out=1_200), paragraph("Dua."), Cut()))
    lines = drawn(article(document=body), now, 80)
    at = lines.index("Satu.")
    assert lines[at + 2 : at + 11] == [
        *("a  b", "a  b", "a  b", ""),
        "Cut here: 1,200 more rows of the table. The original has them. o opens it.",
        *("", "Dua.", ""),
        "Cut here: the text is longer than what is kept. The original has the rest. o",
    ]
    without = drawn(article(document=body, url=None), now, 80)
    assert "Cut here: 1,200 more rows of the table. The original has them." in without
    assert not any("opens" in line for line in without)


def test_a_notice_wraps() -> None:
    lines = [line.text for line in notice_lines("Pilih artikel untuk membacanya", 20)]
    assert lines == ["", "Pilih artikel untuk", "membacanya"]


def test_a_deeply_nested_text_is_drawn(article: Make, now: datetime) -> None:
    block: Block = paragraph("dalam")
    for _ in range(10_000):
        block = Quote((block,))
    assert any(line.endswith("dalam") for line in drawn(article(document=Document((block,))), now))


# --- hostile text -------------------------------------------------------------------------


def _hostile_document(bad: str) -> Document:
    span = Span(bad, strong=True, href=f"https://example.org/{bad}")
    blocks: tuple[Block, ...] = (
        Paragraph((span, Span(bad, href=bad))),
        Heading(1, (span,)),
        Table(((((span,),) * 2), ((span,),)), header=True),
        Table(((((span,),) * 40), (((span,),) * 40)), header=True),
        Image(bad, bad, bad, bad),
        Code(bad),
    )
    return Document((*blocks, Quote(blocks), ListBlock((blocks, blocks), ordered=True)))


def _hostile(make: Make, bad: str) -> Article:
    stamp = Stamp(datetime(2019, 8, 12, tzinfo=WITA), "time")
    related = tuple(
        Related(group, title, bad, bad, when, article)
        for group in ("related", "latest", "popular")
        for title in (bad, None)
        for when, article in ((stamp, bad), (None, None))
    )
    return make(
        **dict.fromkeys(
            ("title", "url", "source", "kicker", "category", "dateline", "byline", "caption"), bad
        ),
        **dict.fromkeys(("photo_credit", "image", "note"), bad),
        tags=(bad,),
        document=_hostile_document(bad),
        related=related,
        enclosures=(Enclosure(f"https://example.org/{bad}", bad), Enclosure(bad, bad)),
        versions=2,
    )


@pytest.mark.parametrize("width", [72, 28, 3])
@pytest.mark.parametrize("bad", HOSTILE)
def test_nothing_a_terminal_obeys_is_drawn(
    bad: str, width: int, article: Make, now: datetime
) -> None:
    for line in article_lines(_hostile(article, bad), width, now):
        assert not OBEYED.search(line.text)
        assert len(line.text) < 1000


@pytest.mark.parametrize("bad", [value for value in HOSTILE if value.startswith("[")])
def test_markup_is_shown_letter_for_letter(bad: str, article: Make, now: datetime) -> None:
    said = "\n".join(drawn(_hostile(article, bad), now, 100))
    assert said.count(bad) > 60
    assert f"{bad} · 1 minute read" in said
    assert f"▎ Photo: {bad}. {bad}" in said


def test_no_link_leads_anywhere_but_to_the_web(article: Make, now: datetime) -> None:
    bad = "javascript:alert(1)"
    hrefs = {
        run.look.href
        for line in article_lines(_hostile(article, bad), 72, now)
        for run in line.runs
        if Role.LINK in run.look.roles or Role.ADDRESS in run.look.roles
    }
    assert hrefs == {f"https://example.org/{bad}"}
