from __future__ import annotations

import pytest

from kaltimtui.models import SourceData
from kaltimtui.parsing import sites


@pytest.mark.parametrize(
    "url",
    [
        "http://kaltimprov.go.id/berita/tanam-bibit",
        "http://www.kaltimprov.go.id/berita/tanam-bibit",
        "https://kaltimprov.go.id/berita/tanam-bibit",
        "https://www.kaltimprov.go.id/berita/tanam-bibit",
        "http://KALTIMPROV.go.id:80/berita/tanam-bibit/?utm_source=wa&fbclid=1#komentar",
        "https://www.kaltimprov.go.id:443/berita/tanam-bibit",
    ],
)
def test_all_addresses_of_an_article_are_one(url: str) -> None:
    assert sites.canonical(url) == "https://www.kaltimprov.go.id/berita/tanam-bibit"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://contoh.go.id/a?b=1&utm_medium=x&c=#d", "http://contoh.go.id/a?b=1&c="),
        ("http://contoh.go.id", "http://contoh.go.id/"),
        ("https://contoh.go.id:8443/a/", "https://contoh.go.id:8443/a/"),
        ("https://kaltimprov.go.id/berita?hal=2", "https://www.kaltimprov.go.id/berita?hal=2"),
        ("http://setda.kaltimprov.go.id/berita/a/", "https://setda.kaltimprov.go.id/berita/a"),
        (
            "http://dinas.kaltimprov.go.id/2020/01/02/tanam-bibit",
            "https://dinas.kaltimprov.go.id/2020/01/02/tanam-bibit/",
        ),
        ("https://kaltimprov.go.id:8443/berita/a", "https://kaltimprov.go.id:8443/berita/a"),
    ],
)
def test_other_addresses_keep_what_matters(url: str, kept: str) -> None:
    assert sites.canonical(url) == kept
    assert sites.canonical(kept) == kept


@pytest.mark.parametrize(
    "path",
    [
        *("www.kaltimprov.go.id/berita/tanam-bibit--", "kaltimprov.go.id/detailberita/59-tahun"),
        *("setda.kaltimprov.go.id/berita/tanam", "disbun.kaltimprov.go.id/artikel/tanam"),
        *("bpbd.kaltimprov.go.id/web/berita/a", "dispertan.kaltimprov.go.id/berita/read/a"),
        "bappeda.kaltimprov.go.id/beranda/berita/a/detail",
        "dinas.kaltimprov.go.id/2020/01/02/tanam-bibit/",
    ],
)
def test_addresses_of_articles(path: str) -> None:
    assert sites.is_article(f"https://{path}")


@pytest.mark.parametrize(
    "path",
    [
        *("www.kaltimprov.go.id/", "www.kaltimprov.go.id/berita", "www.kaltimprov.go.id/profil/a"),
        *("www.kaltimprov.go.id/berita/a/b", "contoh.go.id/berita/a", "xkaltimprov.go.id/berita/a"),
    ],
)
def test_other_addresses_are_no_articles(path: str) -> None:
    assert not sites.is_article(f"https://{path}")


def test_a_query_of_countless_fields_is_left_alone() -> None:
    url = "https://contoh.go.id/?" + "&".join(f"a{number}=1" for number in range(200))
    assert sites.canonical(url) == url


def test_sources_are_named_by_their_profile_or_host() -> None:
    assert sites.source_of("http://kaltimprov.go.id/berita/a") == SourceData(
        "Portal Kaltim", "portal", "https://www.kaltimprov.go.id/"
    )
    assert sites.source_of("https://setda.kaltimprov.go.id/berita/a") == SourceData(
        "Setda Kaltim", "portal", "https://setda.kaltimprov.go.id/"
    )
    assert sites.source_of("http://disbun.kaltimprov.go.id/artikel/a") == SourceData(
        "disbun.kaltimprov.go.id", "portal", "https://disbun.kaltimprov.go.id/"
    )
    assert sites.source_of("https://contoh.go.id/berita/a") is None


def test_likeness_to_the_page_tells_articles_of_unknown_sites() -> None:
    test = sites.article_test("https://contoh.go.id/2020/01/02/tanam-bibit/")
    assert test("https://contoh.go.id/2021/11/30/panen-raya/")
    assert not test("https://contoh.go.id/2020/01/02/tanam-bibit/")
    assert not test("https://contoh.go.id/profil/")
    assert not test("https://lain.go.id/2021/11/30/panen-raya/")
    assert not sites.article_test("https://contoh.go.id/")("https://contoh.go.id/profil")
    flat = sites.article_test("https://contoh.go.id/warga-tanam-seribu-bibit")
    assert flat("https://contoh.go.id/panen-raya-di-hulu-sungai")
    assert not flat("https://contoh.go.id/tentang-kami")


def test_every_profile_names_hosts_and_articles() -> None:
    for known in sites.profiles():
        assert known.hosts
        assert known.articles
    assert "sosial" in sites.categories()
