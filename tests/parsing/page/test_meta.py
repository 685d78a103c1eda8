from __future__ import annotations

import json

import pytest

from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.page.meta import Meta, read_meta

SITE = "https://www.kaltimprov.go.id"


def meta(markup: str, url: str | None = None) -> Meta:
    return read_meta(parse_html(markup), markup, url)


def linked(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def test_json_ld_of_an_article() -> None:
    found = meta(
        linked(
            **{
                "@graph": [
                    {"@type": "WebSite", "name": "Portal"},
                    {
                        "@type": ["NewsArticle", "Thing"],
                        "headline": "Warga Tanam Bibit",
                        "datePublished": "2021-01-02T03:04:05+08:00",
                        "articleSection": ["Sosial", "Agama"],
                        "author": [{"@type": "Person", "name": "Redaksi"}],
                        "image": {"url": "/a.jpg"},
                        "mainEntityOfPage": {"@id": f"{SITE}/berita/tanam"},
                    },
                ]
            }
        )
    )
    assert found.names == ("Warga Tanam Bibit",)
    assert found.published is not None
    assert found.published.json() == "2021-01-02T03:04:05+08:00"
    assert (found.category, found.author) == ("Sosial", "Redaksi")
    assert (found.url, found.image) == (f"{SITE}/berita/tanam", f"{SITE}/a.jpg")


def test_open_graph_and_title() -> None:
    found = meta(
        "<title>Warga Tanam Bibit | Portal</title>"
        "<meta property='og:title' content='Warga &amp; Bibit'>"
        "<meta property='og:site_name' content='Portal'><meta name='author' content='Humas'>"
        "<meta property='article:section' content='Sosial'>"
        "<meta property='article:published_time' content='2021-05-04T03:02:01+00:00'>"
    )
    assert found.names == ("Warga & Bibit", "Warga Tanam Bibit | Portal")
    assert (found.site, found.author, found.category) == ("Portal", "Humas", "Sosial")
    assert found.published is not None
    assert found.published.json() == "2021-05-04T03:02:01+00:00"


@pytest.mark.parametrize(
    ("url", "markup", "kept"),
    [
        (f"{SITE}/berita/a", f"<link rel=canonical href='{SITE}/berita/b'>", f"{SITE}/berita/a"),
        (None, "<link rel=canonical href='http://kaltimprov.go.id/berita/b'>", f"{SITE}/berita/b"),
        (None, f"<!-- saved from url=(0041){SITE}/berita/c?utm_id=1 --><p>", f"{SITE}/berita/c"),
        (None, f"<meta property=og:url content='{SITE}/berita/d'>", f"{SITE}/berita/d"),
        (None, f"<link rel=canonical href='{SITE}/'>", None),
        (None, "<link rel=canonical href='https://contoh.go.id/a'>", "https://contoh.go.id/a"),
        ("javascript:x", "<p>x", None),
        (None, "<link rel=canonical href='/berita/b'>", None),
    ],
)
def test_the_address_of_a_page(url: str | None, markup: str, kept: str | None) -> None:
    assert meta(markup, url).url == kept


def test_a_base_joins_addresses() -> None:
    found = meta("<base href='/arsip/'><p>x", f"{SITE}/berita/a")
    assert found.base == f"{SITE}/arsip/"


def test_breadcrumbs_name_the_category() -> None:
    trail = (
        "<nav aria-label='Breadcrumb'><a href=/>Beranda</a><a href=/k>{}</a><span>x</span></nav>"
    )
    assert meta(trail.format("Lingkungan Hidup")).category == "Lingkungan Hidup"
    assert meta(trail.format("Berita")).category is None


@pytest.mark.parametrize(
    "markup",
    [
        "<time itemprop='datePublished' datetime='2019-06-20'>Kamis</time>",
        "<span itemprop='datePublished'>20 Juni 2019</span>",
        "<meta itemprop='datePublished' content='2019-06-20'>",
        "<time pubdate>20 Juni 2019</time>",
    ],
)
def test_dates_marked_in_the_text(markup: str) -> None:
    published = meta(markup).published
    assert published is not None
    assert published.json() == "2019-06-20"


@pytest.mark.parametrize(
    "broken",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle",</script>x',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>x",
        '<script type="application/ld+json">[1, "x", null]</script>x',
        '<script type="application/ld+json">{"@type": {"a": 1}, "headline": 3}</script>x',
        "<meta property='article:published_time' content='99999-99-99'>x",
    ],
)
def test_broken_data_says_nothing(broken: str) -> None:
    assert meta(broken) == Meta(None, None, (), None, None, None, None, None)
