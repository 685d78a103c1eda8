from __future__ import annotations

from dataclasses import replace

import pytest

from kaltimtui.document import block_text
from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.html.walk import blocks_and_lines
from kaltimtui.parsing.news.lines import Line
from kaltimtui.parsing.page import headline
from kaltimtui.parsing.page.meta import Meta

META = Meta(None, None, (), None, None, None, None, None)


def test_lines_repeat_a_name_whole_or_its_beginning_or_end() -> None:
    names = ["Warga Tanam Bibit di Hulu Sungai", "İstana Dibuka", "", "404"]
    said = lines(
        *("Warga Tanam Bibit", "di Hulu Sungai", "Bibit", "WARGA TANAM BIBIT DI HULU SUNGAI"),
        *("Warga tanam bibit di hulu sungai sejak Senin", "Beranda", "", "–", "İSTANA dibuka"),
        *("» 404", "Portal Kaltim"),
    )
    assert headline.matching(said, names) == [0, 1, 3, 4, 8, 9]


def lines(*said: str) -> list[Line]:
    return list(map(Line, said))


def test_the_name_of_the_site_is_left_out() -> None:
    names = (
        "Kabar Hulu",
        "Portal Kaltim",
        "Website Resmi Pemerintah Provinsi",
        "Warga Tanam Bibit",
    )
    url = "https://www.kaltimprov.go.id/berita/a"
    meta = replace(META, url=url, site="Kabar Hulu", names=names)
    assert headline.names_of(meta) == ["Warga Tanam Bibit"]


@pytest.mark.parametrize(
    "name",
    [
        "Warga Tanam Bibit",
        "WARGA TANAM BIBIT!",
        "Warga Tanam Bibit - Portal Kaltim",
        "Portal » Warga Tanam Bibit",
    ],
)
def test_lines_that_the_title_repeats(name: str) -> None:
    assert headline.matching(lines("Portal", "Warga Tanam Bibit", "Bibit"), [name]) == [1]


def test_a_title_that_was_cut_short_still_matches() -> None:
    line = "Warga Hulu Sungai Tanam Seribu Bibit Meranti di Lahan Kosong"
    assert headline.matching(lines(line), ["Warga Hulu Sungai Tanam Seribu Bibit"]) == [0]


@pytest.mark.parametrize(
    ("above", "kicker"),
    [
        ("<p>PENGHIJAUAN</p>", "PENGHIJAUAN"),
        ("<p>Lingkungan Hidup</p>", None),
        ("<p>20 Juni 2019</p>", None),
        ("<p>Beranda</p>", None),
        ("<p>Website Resmi Dinas</p>", None),
        ("<p><a href=/>Kabar</a></p>", None),
        ("<div><p>KABAR</p></div>", None),
        ("<header><span>PENGHIJAUAN</span>", "PENGHIJAUAN"),
        ("<header><a href=/>Kabar</a>", None),
        ("<header><div><span>KABAR</span></div><div>", None),
        ("<span>KABAR</span>", None),
        ("<p>Sebuah kalimat yang terlalu panjang untuk sebuah kicker.</p>", None),
        ("", None),
    ],
)
def test_a_kicker_is_a_short_line_right_above(above: str, kicker: str | None) -> None:
    root = parse_html(f"<body>{above}<h1>Warga Tanam Bibit</h1>")
    _blocks, flat = blocks_and_lines(root, "https://contoh.go.id/")
    said = [Line(block_text(piece.block), piece.href) for piece in flat]
    assert headline.kicker_above(flat, said, len(said) - 1) == kicker


@pytest.mark.parametrize(
    ("name", "site", "title"),
    [
        ("Warga Tanam Bibit | Website Resmi Dinas", None, "Warga Tanam Bibit"),
        ("Portal Resmi - Warga Tanam Bibit", None, "Warga Tanam Bibit"),
        ("Warga Hulu Tanam Seribu Bibit – Kabar Hulu", None, "Warga Hulu Tanam Seribu Bibit"),
        ("Warga Tanam – Kabar Hulu", "Kabar Hulu", "Warga Tanam"),
        ("Ibu Kota Baru - Harapan Baru", None, "Ibu Kota Baru - Harapan Baru"),
        ("Warga Tanam Bibit", None, "Warga Tanam Bibit"),
    ],
)
def test_a_title_without_its_site(name: str, site: str | None, title: str) -> None:
    assert headline.without_site(name, site) == title
