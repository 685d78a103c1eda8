from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kaltimtui.errors import ParseError
from kaltimtui.parsing.page.read import read_page

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SAID = "Kegiatan itu diikuti perwakilan dari sepuluh kabupaten dan kota selama dua hari."
CARD = '<div><h3><a href="/berita/a-{0}">Berita Nomor {0} Tentang Hutan</a></h3><p>' + SAID + "</p>"
CODE = "\n".join(f"def value_{n}(known: dict[str, int]) -> int:  # a sum\n" for n in range(20))


def read(page: str, *, html: bool = True) -> str:
    return read_page(page.encode(), html=html, url=None, now=NOW).title


def shell(title: str, body: str) -> str:
    return f"<!doctype html><title>{title}</title><body>{body}</body>"


@pytest.mark.parametrize(
    "page",
    [
        shell("404 Not Found", "<h1>404</h1><p>Silakan kembali ke beranda.</p>" + SAID),
        shell("502 Bad Gateway", "<h1>502 Bad Gateway</h1><hr>nginx/1.18.0"),
        shell("Just a moment...", f"<h1>Just a moment...</h1><p>{SAID}</p>"),
        shell("Halaman tidak ditemukan - Kabar", f"<h1>Maaf</h1><p>{SAID}</p>"),
        shell("Hasil pencarian", "<h1>Hasil pencarian</h1><p>Tidak ada hasil.</p>"),
        shell("Redirecting", 'Redirecting to <a href="/login">/login</a>.'),
        shell("Kontak", "<h1>Kontak Kami</h1><p>Jalan Gajah Mada 1</p><p>Telepon 733333</p>"),
        shell("Kabar", "<h1>Kabar</h1>" + "".join(CARD.format(n) + "</div>" for n in range(6))),
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(ParseError, match=r"no article|tidak berisi artikel"):
        read(page)


@pytest.mark.parametrize("page", ["milk\neggs\nbread\n", f"Known values\n\n{CODE}"])
def test_a_note_and_source_code_are_no_article(page: str) -> None:
    with pytest.raises(ParseError):
        read(page, html=False)


@pytest.mark.parametrize("title", ["500 Warga Tanam Bibit", "Halaman Sekolah Ditanami Bibit"])
def test_a_headline_that_resembles_an_error_is_none(title: str) -> None:
    assert read(shell(title, f"<h1>{title}</h1><p>{SAID}</p>")) == title


def test_a_note_of_three_sentences_is_an_article() -> None:
    page = (
        "Warga Tanam Bibit\n\nWarga menanam bibit. Hujan turun sejak pagi. Acara tetap berjalan.\n"
    )
    assert read(page, html=False) == "Warga Tanam Bibit"


def test_what_the_page_calls_an_article_may_be_shorter() -> None:
    page = shell("Warga Tanam Bibit", "<h1>Warga Tanam Bibit</h1><p>Hujan turun.</p>")
    stated = page.replace("<body>", '<meta property="og:type" content="article"><body>')
    assert read(stated) == "Warga Tanam Bibit"
    with pytest.raises(ParseError):
        read(page)
