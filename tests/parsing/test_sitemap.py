from __future__ import annotations

import contextlib
import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.errors import ParseError
from kaltimtui.parsing import sitemap
from kaltimtui.parsing.sitemap import PAGES_LIMIT, UNPACKED_LIMIT, Sitemap, read_sitemap

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


def urlset(*entries: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    names = f'xmlns="{NAMESPACE}" xmlns:news="{NEWS}" xmlns:image="{IMAGE}"'
    return f"{head}<urlset {names}>{''.join(entries)}</urlset>".encode()


def page(name: str, more: str = "") -> str:
    return f"<url><loc> https://contoh.go.id/{name} </loc>{more}</url>"


def names(found: Sitemap) -> list[str]:
    return [url.removeprefix("https://contoh.go.id/") for url, _stamp in found.pages]


def test_pages_with_the_time_of_their_last_change() -> None:
    found = read_sitemap(
        urlset(page("a", "<lastmod>2026-11-20</lastmod>"), page("b?x=1&amp;y=2"), page("a"))
    )
    assert names(found) == ["a", "b?x=1&y=2"]
    first, second = (stamp for _url, stamp in found.pages)
    assert first is not None
    assert first.json() == "2026-11-20"
    assert second is None
    assert found.sitemaps == ()


def test_news_has_the_time_it_was_published() -> None:
    news = (
        "<news:news><news:publication><news:name>K</news:name></news:publication>"
        "<news:publication_date>2026-11-20T08:00:00+08:00</news:publication_date></news:news>"
    )
    image = "<image:image><image:loc>https://contoh.go.id/a.jpg</image:loc></image:image>"
    found = read_sitemap(urlset(page("a", f"{image}<lastmod>2026-11-22</lastmod>{news}")))
    ((url, stamp),) = found.pages
    assert url == "https://contoh.go.id/a"
    assert stamp is not None
    assert stamp.moment == datetime(2026, 11, 20, tzinfo=UTC)


def test_an_index_names_sitemaps_the_latest_first() -> None:
    entries = "".join(
        f"<sitemap><loc>https://contoh.go.id/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("a", "2026-01-01"), ("b", "2026-11-01"), ("c", "bukan tanggal"))
    )
    found = read_sitemap(f'<sitemapindex xmlns="{NAMESPACE}">{entries}</sitemapindex>'.encode())
    assert found.pages == ()
    assert [url[-5:] for url in found.sitemaps] == ["b.xml", "a.xml", "c.xml"]


def test_packed_and_plain_ones_are_taken() -> None:
    assert names(read_sitemap(gzip.compress(urlset(page("a"))))) == ["a"]
    plain = b"\xef\xbb\xbfhttps://contoh.go.id/a\r\n\r\nhttps://contoh.go.id/b\n"
    assert names(read_sitemap(plain)) == ["a", "b"]


def test_only_addresses_that_may_be_opened_are_taken() -> None:
    bad = ("javascript:alert(1)", "file:///etc/passwd", "ftp://a/b", "https://u@a.id/", "/a", "")
    entries = (f"<url><loc>{url}</loc></url>" for url in bad)
    assert names(read_sitemap(urlset(*entries, "<url/>", page("a")))) == ["a"]


def test_no_entity_is_expanded() -> None:
    head = (
        '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    )
    found = read_sitemap(urlset(page("x&b;"), page("y&file;"), head=head))
    assert names(found) == ["x&b;", "y&file;"]


def test_what_can_be_read_of_a_broken_one_is_taken() -> None:
    whole = urlset(*(page(str(number)) for number in range(9)))
    assert names(read_sitemap(whole[:-60]))[:7] == list("0123456")
    assert names(read_sitemap(urlset(page("a?b=1&c=2"), page("d")))) == ["a?b=1&c=2", "d"]


def test_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PAGES_LIMIT", 5)
    assert PAGES_LIMIT == 50_000
    many = [page(str(number)) for number in range(9)]
    assert names(read_sitemap(urlset(*many))) == list("01234")
    lines = "\n".join(f"https://contoh.go.id/{number}" for number in range(9))
    assert names(read_sitemap(lines.encode())) == list("01234")


def test_a_bomb_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "UNPACKED_LIMIT", 1_000)
    assert UNPACKED_LIMIT == 16 * 1024 * 1024
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(urlset(page("a")) + b" " * 50_000_000) + packer.flush()
    assert names(read_sitemap(bomb)) == ["a"]
    assert len(sitemap._unpacked(bomb)) == 1_000


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"<html><body><a href='https://a.id/'>A</a></body></html>", b"Bukan peta situs"),
        *(b"\x1f\x8bbukan", b"<rss><channel/></rss>", b"https://contoh.go.id/a\nbukan alamat"),
    ],
)
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        read_sitemap(data)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_bytes_break_it(noise: bytes, place: int) -> None:
    whole = urlset(page("a"), page("b"))
    for data in (noise, whole[:place] + noise + whole[place:]):
        with contextlib.suppress(ParseError):
            read_sitemap(data)
