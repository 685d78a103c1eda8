from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from kaltimtui.errors import ParseError
from kaltimtui.parsing import read

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FEED = b"""<rss version="2.0"><channel><title>Kabar</title><item><title>Judul</title>
<link>/a</link></item></channel></rss>"""
LIST = b"<opml><body><outline text='A' xmlUrl='https://contoh.id/feed'/></body></opml>"
PAGE = b"""Rakor Teknis Desa
SAMARINDA - Gubernur hadir dan membuka rapat, Selasa (26/2/2013). Warga desa ikut serta.
Rapat berlangsung dua hari di Balai Desa dan diikuti seluruh kepala desa. (jay/hmsprov).
12 Agustus 2019 Jam 23:30:45
Sosial
"""
ADDRESS = "https://www.kaltimprov.go.id/berita/rakor-teknis-desa"


def test_a_feed() -> None:
    parsed = read(FEED, url="https://contoh.id/feed", now=NOW)
    assert parsed.kind == "feed"
    assert [article.url for article in parsed.articles] == ["https://contoh.id/a"]
    assert parsed.source
    assert parsed.source.url == "https://contoh.id/feed"


def test_a_subscription_list() -> None:
    parsed = read(LIST, now=NOW)
    assert parsed.kind == "opml"
    assert [source.url for source in parsed.sources] == ["https://contoh.id/feed"]


@pytest.mark.parametrize("url", [None, ADDRESS])
def test_a_page(url: str | None) -> None:
    parsed = read(PAGE, url=url, now=NOW)
    assert parsed.kind == "page"
    (article,) = parsed.articles
    assert article.title == "Rakor Teknis Desa"
    assert (parsed.source is None) == (url is None)
    assert article.url == url


FOREIGN = b"""<title>Panen Raya di Hilir</title><h1>Panen Raya di Hilir</h1><p>Warga memanen padi
di lahan seluas dua hektare bersama dinas pertanian. Hasilnya dibagi rata di balai desa.</p>"""


@pytest.mark.parametrize(
    ("more", "stored"),
    [
        (b"", "Halaman Tersimpan"),
        (b"<p>Panen berikutnya digelar tahun depan. (Budi Santoso)</p>", "Halaman Tersimpan"),
        (b"<p>Panen berikutnya digelar tahun depan. (jay/hmsprov)</p>", None),
        (b"<p>Panen berikutnya digelar.</p><p>12 Agustus 2019 Jam 23:30:45<br>Sosial</p>", None),
        (b"<link rel=canonical href='https://contoh.id/2019/06/panen-raya/'>", None),
    ],
)
def test_a_page_without_an_address_is_the_portals_only_if_it_looks_so(
    more: bytes, stored: str | None
) -> None:
    source = read(FOREIGN + more, now=NOW).source
    assert (source.name if source else None) == stored
    placed = FOREIGN.replace(b"<p>", b"<p>SAMARINDA - ")
    assert read(placed + more, now=NOW).source is None


def test_what_is_none_of_them() -> None:
    with pytest.raises(ParseError):
        read(b"\x89PNG\r\n", now=NOW)


def test_no_parser_is_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, kaltimtui.parsing;"
        "print(*{'lxml', 'feedparser', 'fastfeedparser', 'readability'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b""
