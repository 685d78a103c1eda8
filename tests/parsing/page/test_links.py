from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.errors import ParseError
from kaltimtui.models import SourceData
from kaltimtui.parsing import sites
from kaltimtui.parsing.page.links import (
    LINKS_LIMIT,
    PageLinks,
    barrier_of,
    guess_patterns,
    hrefs,
    links,
    page_number,
)
from kaltimtui.parsing.profile import form_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME = "https://www.kaltimprov.go.id/"
SITE = "https://contoh.go.id/"
PROSE = "Warga kampung menanam bibit pohon pada lahan kritis di tepi sungai. " * 60


def read(markup: str, url: str = HOME, place: str | None = None) -> PageLinks:
    return links(markup.encode(), url, sites.is_article, place=place)


def test_articles_are_told_by_their_address_alone() -> None:
    page = read(
        '<a href="/berita/tanam-bibit">Satu</a><a href="detailberita/panen">Dua</a>'
        '<a href="//kaltimprov.go.id/berita/tanam-bibit/?utm_source=wa#isi">Lagi</a>'
        '<a href="http://www.kaltimprov.go.id/berita/jalan"><img src=a.jpg></a>'
        '<a href="/profil">Profil</a><a href="https://lain.example/berita/a">Luar</a>'
        '<map><area href="/berita/peta"></map>'
    )
    slugs = ("berita/tanam-bibit", "detailberita/panen", "berita/jalan", "berita/peta")
    assert page.articles == tuple(HOME + slug for slug in slugs)


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///berita/a", "mailto:a@b.c", "#isi"),
        *("https://user@kaltimprov.go.id/berita/a", "http://[", "//", "", "/berita/\x1b[31m"),
    ],
)
def test_addresses_that_may_not_be_opened_are_left_out(href: str) -> None:
    assert read(f'<a href="{href}">Berita</a><p>Isi</p>').articles == ()


def test_links_are_relative_to_the_stated_base() -> None:
    page = '<base href="/berita/"><a href="tanam">Satu</a><a href="../detailberita/b">Dua</a>'
    named = (HOME + "berita/tanam", HOME + "detailberita/b")
    assert read(page, HOME + "kategori/sosial/").articles == named
    assert hrefs(page.encode(), HOME + "kategori/") == named


def test_links_are_bounded() -> None:
    many = "".join(f'<a href="/berita/{number}-a">b</a>' for number in range(LINKS_LIMIT + 100))
    assert len(read(many).articles) == LINKS_LIMIT


def test_the_page_itself_is_no_link_of_it() -> None:
    url = HOME + "berita/tanam"
    assert read('<a href="/berita/tanam?a=1">Ini</a><a href="/berita/b">B</a>', url).articles == (
        HOME + "berita/b",
    )


def test_feeds_are_those_announced_then_those_linked() -> None:
    page = read(
        '<link rel="alternate" type="application/rss+xml" title="Kabar &amp; Warta" href="/umpan">'
        '<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="/atom">'
        '<link rel="alternate feed" type="application/feed+json" href="https://lain.example/f">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="en" href="/en"><link rel="alternate" type="text/html">'
        '<link rel="stylesheet" type="text/css" href="/gaya.css">'
        '<a href="/rss.xml">RSS</a><a href="https://jauh.example/rss.xml">RSS</a>'
    )
    assert page.feeds == (
        SourceData("Kabar & Warta", "feed", HOME + "umpan"),
        SourceData("www.kaltimprov.go.id", "feed", HOME + "atom"),
        SourceData("lain.example", "feed", "https://lain.example/f"),
        SourceData("RSS", "feed", HOME + "rss.xml"),
    )


def test_listings_are_categories_and_further_pages_of_the_same_host() -> None:
    page = read(
        '<link rel="next" href="/halaman/2"><a href="/kategori/sosial">Sosial</a>'
        '<a href="/berita">Semua</a><a href="/berita/tanam">Tanam</a><a href="?hal=3">3</a>'
        '<a href="/arus/20">Selanjutnya</a><a href="/profil">Profil</a><a href="/">Beranda</a>'
        '<a href="/berita/unduh.pdf">PDF</a><a href="https://lain.example/kategori/a">Luar</a>'
    )
    names = ("halaman/2", "kategori/sosial", "berita", "?hal=3", "arus/20")
    assert page.listings == tuple(HOME + name for name in names)


def test_a_numbered_page_under_the_articles_is_a_listing() -> None:
    page = read('<a href="/berita/2">2</a><a href="/berita/2">Dua Jembatan</a>')
    assert page.articles == (HOME + "berita/2",)
    assert read('<a href="/berita/10">10</a>').articles == ()
    assert read('<a href="/berita/10">10</a>').listings == (HOME + "berita/10",)


@pytest.mark.parametrize(
    ("path", "number"),
    [
        *(("?page=2", 2), ("berita/page/3/", 3), ("berita?hal=4&b=1", 4), ("indeks/halaman-5", 5)),
        *(("berita", None), ("?page=dua", None), ("berita?id=7", None), ("?start=20", 20)),
    ],
)
def test_page_numbers(path: str, number: int | None) -> None:
    assert page_number(SITE + path) == number


def test_what_a_page_calls_itself() -> None:
    named = '<meta property="og:site_name" content="Portal \x1b[1mKaltim"><title>Beranda</title>'
    assert read(named).title == "Portal [1mKaltim"
    assert read("<title> Kabar\n Hulu </title>").title == "Kabar Hulu"
    assert read("<p>Isi</p>").title is None
    assert read('<script src="/wp-includes/js/a.js"></script><p>Isi</p>').wordpress
    assert not read("<p>Isi</p>").wordpress


def test_a_page_without_anything_is_refused() -> None:
    with pytest.raises(ParseError):
        read("")


# --- Pages drawn from JSON ------------------------------------------------------------------------


def test_addresses_in_json_count_where_no_link_is_seen() -> None:
    items = [{"url": "/berita/a"}, {"permalink": "http://kaltimprov.go.id/berita/b?x=1"}]
    more = ["https://lain.example/berita/c", "berita/d", "satu/dua"]
    props = json.dumps({"items": items, "lagi": {"urls": more}})
    page = f'<div id=app data-page="{props.replace(chr(34), "&quot;")}{" " * 200}"></div>'
    assert read(page).articles == tuple(HOME + f"berita/{slug}" for slug in "abd")
    assert read(f'{page}<a href="/berita/e">E</a>').articles == (HOME + "berita/e",)


def test_bare_slugs_are_put_where_such_articles_stand() -> None:
    items = [{"judul": f"Judul {slug}", "slug": slug} for slug in ("tanam-bibit", "panen-raya")]
    state = {"data": items, "menu": [{"slug": "profil"}], "x": {"title": "T", "slug": "a b"}}
    page = f"<div></div><script>window.__STATE__ = {json.dumps(state)}</script>"
    slugs = ("tanam-bibit", "panen-raya")
    named = tuple(f"{HOME}detailberita/{slug}" for slug in slugs)
    assert read(page, place="/detailberita/{slug}").articles == named
    assert read(page).articles == ()


# --- Pages of articles ----------------------------------------------------------------------------


def test_the_quick_way_finds_what_the_tree_finds() -> None:
    page = (
        "<a class=x href='/berita/a'>A</a><A HREF=/berita/b title=\"x\">B</A>"
        '<a\nhref="https://kaltimprov.go.id/berita/c?x=1&amp;y=2">C</a><abbr href="/berita/d">'
        '<a data-href="/berita/e" href="berita/f">F</a><area href="/berita/g"><link href="/z">'
    )
    assert hrefs(page.encode(), HOME) == (
        "/berita/a",
        "/berita/b",
        "https://kaltimprov.go.id/berita/c?x=1&y=2",
        HOME + "berita/f",
        "/berita/g",
    )


@given(st.text(alphabet="<a href='\"/>=berita#?&; \n", max_size=300))
def test_no_markup_breaks_the_quick_way(markup: str) -> None:
    for href in hrefs(markup.encode(), HOME):
        assert href.startswith(("/", "http:", "https:"))


def test_the_quick_way_takes_its_time_from_nobody() -> None:
    for hostile in ("<a " * 50_000, "<a href" * 50_000, '<a href="' * 50_000, "<base " * 50_000):
        assert len(hrefs(hostile.encode(), HOME)) <= LINKS_LIMIT


# --- Barriers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<title>Login - Portal</title><form><input type=password></form>", "login"),
        ("<title>Portal</title><h1>Silakan Masuk</h1><form><input name=e></form>", "login"),
        ("<title>Portal</title><form>NIP <input type='password'></form>", "login"),
        ("<title>404 Not Found</title><h1>Not Found</h1>", "missing"),
        ("<title>Portal</title><h1>Halaman tidak ditemukan</h1><p>Maaf.</p>", "missing"),
        ("<title>Oops! That page can't be found</title>", "missing"),
        ("<title>contoh.id</title><p>This domain is for sale.</p>", "parked"),
        ("<title>contoh.id</title><p>Domain ini dijual. Hubungi kami.</p>", "parked"),
        ("<title>contoh.id</title><iframe></iframe><p>Domain parking by X</p>", "parked"),
    ],
)
def test_pages_that_stand_in_the_way(page: str, kind: str) -> None:
    assert read(page).barrier == kind
    assert barrier_of(page.encode()) == kind


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Warga Tanam Bibit</title><h1>Warga Tanam Bibit</h1><p>{PROSE}</p>",
        "<title>Air Masuk ke Rumah Warga</title><h1>Air Masuk ke Rumah Warga</h1><p>Air naik.</p>",
        "<title>Masuk Angin dan Cara Mengatasinya</title><form><input name=cari></form><p>Ya.</p>",
        "<title>404 Orang Ikut Donor Darah</title><h1>404 Orang Ikut Donor Darah</h1><p>Ya.</p>",
        "<title>Beranda</title><form><input type=password></form>"
        + "".join(f'<a href="/berita/{number}">Warga Kampung Tanam Pohon</a>' for number in "abc"),
        f"<title>Kabar</title><form><input type=password></form><p>{PROSE}</p>",
    ],
)
def test_pages_of_news_stand_in_no_way(page: str) -> None:
    assert read(page).barrier is None
    assert barrier_of(page.encode()) is None


# --- Forms of unknown sites -----------------------------------------------------------------------

SLUGS = (
    *("warga-tanam-bibit-bakau", "panen-raya-di-hulu-sungai", "jalan-desa-kini-sudah-mulus"),
    *("harga-cabai-naik-lagi-pekan-ini", "pasar-murah-dibuka-hari-ini"),
)
HEADLINE = "Warga Tanam Seribu Bibit"


def listed(paths: Sequence[str], words: str = HEADLINE) -> bytes:
    menu = '<a href="/profil/visi-misi-dan-tujuan">Visi</a><a href="/kontak">Kontak</a>'
    menu += (
        '<a href="https://iklan.example/beli-satu-dapat-dua">Iklan</a><a href="/masuk">Masuk</a>'
    )
    return (menu + "".join(f'<a href="{path}">{words}</a>' for path in paths)).encode()


@pytest.mark.parametrize(
    ("paths", "form"),
    [
        ([f"/berita/{slug}" for slug in SLUGS], "/berita/{slug}"),
        ([f"/index.php/artikel/baca/{slug}" for slug in SLUGS], "/index.php/artikel/baca/{slug}"),
        (
            [
                f"https://www.contoh.go.id/2024/05/0{day}/{slug}/"
                for day, slug in enumerate(SLUGS, 1)
            ],
            "/{year}/{month}/{day}/{slug}/",
        ),
        ([f"/{slug}/" for slug in SLUGS], "/{headline}/"),
        (
            [f"/read/{n}/{slug}.html" for n, slug in enumerate(SLUGS, 1000)],
            "/read/{id}/{slug}.html",
        ),
        (
            [
                f"/{place}/{slug}"
                for place, slug in zip(("a", "b", "c", "a", "b"), SLUGS, strict=True)
            ],
            "/{category}/{headline}",
        ),
        ([f"/berita/d-{n}/{slug}" for n, slug in enumerate(SLUGS, 7000)], "/berita/d-{id}/{slug}"),
        ([f"/berita/detail/{number}" for number in range(100, 105)], "/berita/detail/{id}"),
        ([f"/baca.php?id={number}&utm_source=x" for number in range(5)], "/baca.php?id={id}"),
        (
            [f"/index.php?page=berita&id={number}" for number in range(5)],
            "/index.php?page=berita&id={id}",
        ),
        ([f"/?p={number}" for number in range(5)], "/?p={id}"),
    ],
)
def test_forms_are_guessed_from_links(paths: list[str], form: str) -> None:
    assert guess_patterns(listed(paths), SITE) == (form,)
    known = form_of(form)
    for path in paths:
        bare = path.removeprefix("https://www.contoh.go.id")
        assert known.fit(*bare.partition("?")[::2])


def test_the_form_of_most_links_comes_first() -> None:
    paths = [f"/rilis/{slug}" for slug in SLUGS[:3]] + [f"/berita/{slug}" for slug in SLUGS]
    assert guess_patterns(listed(paths), SITE) == ("/berita/{slug}", "/rilis/{slug}")


def test_forms_are_guessed_from_json_where_there_are_no_links() -> None:
    state = json.dumps({"items": [{"url": f"/kabar/{slug}"} for slug in SLUGS]})
    page = f"<div></div><script>window.state = {state}</script>"
    assert guess_patterns(page.encode(), SITE) == ("/kabar/{slug}",)


@pytest.mark.parametrize(
    "paths",
    [
        [f"/berita/{slug}" for slug in SLUGS[:2]],
        [f"/profil/{slug}" for slug in SLUGS],
        [f"/galeri/{number}" for number in range(9)],
        [f"https://lain.example/berita/{slug}" for slug in SLUGS],
        ["/visi", "/misi", "/kontak", "/agenda", "/unduh"],
    ],
)
def test_other_links_are_no_articles(paths: list[str]) -> None:
    assert guess_patterns(listed(paths, "Lihat"), SITE) == ()
