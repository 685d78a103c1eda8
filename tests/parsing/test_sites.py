from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.errors import ParseError
from kaltimtui.models import SourceData
from kaltimtui.parsing import sites
from kaltimtui.parsing.profile import addresses, form_of, guessed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for profiles, of which none outlasts the test."""
    i18n.set_language("en")
    yield tmp_path / "sites"
    sites.use_profiles(tmp_path / "none")


def write(folder: Path, name: str, content: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, "utf-8")


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("https://kabar.example/a", "https://www.kabar.example/feed", True),
        ("http://www.kabar.example:80/a", "https://kabar.example/feed", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/rss.xml", True),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8000/rss.xml", False),
        ("https://lain.kabar.example/a", "https://kabar.example/feed", False),
        ("https://evilkabar.example/a", "https://kabar.example/feed", False),
        ("http://kaltimprov.go.id/a", "https://www.kaltimprov.go.id/rss", True),
        ("https://setda.kaltimprov.go.id/a", "https://www.kaltimprov.go.id/rss", False),
    ],
)
def test_what_is_of_one_site_is_told_by_its_host(url: str, other: str, same: bool) -> None:
    assert sites.of_one_site(url, other) is same


@pytest.mark.parametrize(
    "url",
    [
        "http://kaltimprov.go.id/berita/tanam-bibit",
        "http://www.kaltimprov.go.id/berita/tanam-bibit",
        "https://kaltimprov.go.id/berita/tanam-bibit",
        "https://www.kaltimprov.go.id/berita/tanam-bibit",
        "http://KALTIMPROV.go.id:80/berita/tanam-bibit/?utm_source=wa&fbclid=1#komentar",
        "https://www.kaltimprov.go.id/berita/tanam-bibit?replytocom=7&page=2",
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
        *("peternakan.kaltimprov.go.id/artikel/a", "dpmpd.kaltimprov.go.id/artikel/a"),
        *("bpkad.kaltimprov.go.id/berita/a", "dishut.kaltimprov.go.id/berita/a"),
        "diskominfo.kaltimprov.go.id/berita-opd/warga-belajar-literasi-digital",
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
        *("diskominfo.kaltimprov.go.id/profil/visi-misi", "disbun.kaltimprov.go.id/berita/a"),
        "diskominfo.kaltimprov.go.id/kategori/berita-daerah-kalimantan-timur",
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
        "Disbun Kaltim", "portal", "https://disbun.kaltimprov.go.id/"
    )
    assert sites.source_of("http://dinas.kaltimprov.go.id/artikel/a") == SourceData(
        "dinas.kaltimprov.go.id", "portal", "https://dinas.kaltimprov.go.id/"
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


# --- Forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "path", "kept"),
    [
        ("/berita/{slug}", "/berita/a/", "/berita/a"),
        ("/berita/{slug}/", "/berita/a", "/berita/a/"),
        ("/berita/{slug}", "/berita/a?b=1", "/berita/a"),
        ("/berita/{slug}", "/berita/", None),
        ("/read/{id}/{slug}.html", "/read/12/a-b.html", "/read/12/a-b.html"),
        ("/read/{id}/{slug}.html", "/read/x/a-b.html", None),
        ("/d-{id}", "/d-77", "/d-77"),
        ("/{headline}", "/warga-tanam-bibit-bakau", "/warga-tanam-bibit-bakau"),
        ("/{headline}", "/warga--tanam_bibit-bakau--", "/warga--tanam_bibit-bakau--"),
        ("/{headline}", "/tentang-kami", None),
        ("/{category}/{headline}", "/tag/warga-tanam-bibit-bakau", None),
        ("/{year}/{month}/{day}/{slug}/", "/2020/13/01/a", None),
        ("/baca.php?id={id}", "/baca.php?utm_source=x&id=7&b=1", "/baca.php?id=7"),
        ("/baca.php?id={id}", "/baca.php?id=x", None),
        ("/?page=berita&id={id}", "/?id=7&page=berita", "/?page=berita&id=7"),
        ("/?page=berita&id={id}", "/?id=7&page=profil", None),
        ("/a.b/{slug}", "/axb/c", None),
    ],
)
def test_forms_of_addresses(form: str, path: str, kept: str | None) -> None:
    fit = form_of(form).fit(*path.partition("?")[::2])
    assert (fit and fit[0] + (f"?{fit[1]}" if fit[1] else "")) == kept


def test_a_form_takes_its_time_from_nobody() -> None:
    for hostile in ("-" * 8_000, "a-" * 4_000 + "/x", "_-" * 4_000):
        assert form_of("/x/{headline}.html").fit(f"/x/{hostile}", "") is None


def test_a_site_known_by_its_links_alone() -> None:
    site = guessed("http://www.kabar.example/x", ("/berita/{slug}", "/b/{id}/{slug}"))
    assert site.article("https://kabar.example/berita/a#b") == "http://www.kabar.example/berita/a"
    assert site.article("http://lain.example/berita/a") is None
    assert (site.home(), site.place()) == ("http://www.kabar.example/", "/berita/{slug}")
    own = guessed("http://127.0.0.1:8000/", ("/b/{id}/{slug}",))
    assert (own.hosts, own.place()) == (("127.0.0.1:8000",), None)
    assert own.article("http://127.0.0.1:8000/b/1/a") == "http://127.0.0.1:8000/b/1/a"


def test_one_site_of_many_is_itself_under_both_forms_of_its_host() -> None:
    site = sites.site_of("http://dinas.kaltimprov.go.id/")
    assert site is not None
    assert site.home() == "https://dinas.kaltimprov.go.id/"
    kept = "https://dinas.kaltimprov.go.id/berita/a"
    assert site.article("http://www.dinas.kaltimprov.go.id/berita/a") == kept
    assert site.article("http://setda.kaltimprov.go.id/berita/a") is None
    assert sites.site_of("https://contoh.go.id/") is None


def test_starts_and_feeds_are_joined_to_the_site() -> None:
    paths = ("/", "/rss.xml", "https://umpan.example/a", "/rss.xml", "javascript:a")
    assert addresses(paths, "https://a.example/") == (
        "https://a.example/",
        "https://a.example/rss.xml",
        "https://umpan.example/a",
    )


# --- The user's profiles --------------------------------------------------------------------------

HULU = """
name = "Kabar Hulu"
hosts = ["kabarhulu.example", "www.kabarhulu.example", "127.0.0.1:8000"]
articles = ["/berita/{slug}/"]
categories = ["Panen Raya"]
starts = ["/indeks"]
feeds = ["/rss.xml", "https://umpan.example/hulu"]
delay = 2.5
scheme = "http"
"""


def test_profiles_of_the_user_are_used(folder: Path) -> None:
    assert not sites.is_article("https://kabarhulu.example/berita/a")
    write(folder, "hulu.toml", HULU)
    write(folder, "catatan.txt", "bukan profil")
    assert sites.use_profiles(folder) == ()
    for address in ("https://www.kabarhulu.example/berita/a", "http://127.0.0.1:8000/berita/a/"):
        assert sites.canonical(address) == "http://kabarhulu.example/berita/a/"
        assert sites.is_article(address)
    assert "panen raya" in sites.categories()
    site = sites.site_of("https://kabarhulu.example/")
    assert site is not None
    assert (site.delay, site.starts, len(site.feeds)) == (2.5, ("/indeks",), 2)
    assert sites.source_of("https://www.kabarhulu.example/x") == SourceData(
        "Kabar Hulu", "portal", "http://kabarhulu.example/"
    )
    assert sites.use_profiles(folder.with_name("gone")) == ()
    assert not sites.is_article("https://kabarhulu.example/berita/a")


def test_a_host_without_a_port_is_known_at_every_port(folder: Path) -> None:
    write(folder, "own.toml", 'name="Own"\nhosts=["127.0.0.1"]\narticles=["/berita/{slug}"]')
    assert sites.use_profiles(folder) == ()
    address = "http://127.0.0.1:4711/berita/a"
    assert sites.is_article(address)
    assert sites.canonical(address) == address
    site = sites.site_of(address)
    assert site is not None
    assert (site.home(), site.article(address)) == ("http://127.0.0.1:4711/", address)
    assert sites.source_of(address) == SourceData("Own", "portal", "http://127.0.0.1:4711/")


def test_the_user_mends_what_the_program_knows(folder: Path) -> None:
    write(
        folder,
        "portal.toml",
        'name = "Portal"\nhosts = ["www.kaltimprov.go.id"]\narticles = ["/kabar/{slug}"]',
    )
    assert sites.use_profiles(folder) == ()
    assert sites.is_article("https://www.kaltimprov.go.id/kabar/a")
    assert not sites.is_article("https://www.kaltimprov.go.id/berita/a")
    write(
        folder, "semua.toml", 'name="{host}"\nhosts=["*.kaltimprov.go.id"]\narticles=["/x/{slug}"]'
    )
    assert sites.use_profiles(folder) == ()
    assert sites.is_article("https://dinas.kaltimprov.go.id/x/a")
    assert sites.is_article("https://setda.kaltimprov.go.id/berita/a")


BROKEN = [
    ("name = apa\n", "line 1 is no TOML"),
    ("[a]\n[a]", "no TOML"),
    ('hosts = ["a.example"]\narticles = ["/{slug}"]', "it has no “name”"),
    ('name = 7\nhosts = ["a.example"]\narticles = ["/{slug}"]', "“name” is of the wrong type"),
    ('name = "A"\narticles = ["/{slug}"]', "it has no “hosts”"),
    ('name = "A"\nhosts = "a.example"\narticles = ["/{slug}"]', "“hosts” is of the wrong type"),
    ('name = "A"\nhosts = ["a b"]\narticles = ["/{slug}"]', "“a b” is no host"),
    ('name = "A"\nhosts = ["*.id"]\narticles = ["/{slug}"]', "“*.id” is no host"),
    ('name = "A"\nhosts = ["a.example"]\narticles = []', "it has no “articles”"),
    ('name = "A"\nhosts = ["a.example"]\narticles = [1]', "“articles” is of the wrong type"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["berita"]', "“berita” is no path"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/berita"]', "has nothing in braces"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/{apa}"]', "nothing is known of “{apa}”"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/{slug}"]\ndelay = -1', "“delay” is no"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/{slug}"]\ndelay = nan', "“delay” is no"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/{slug}"]\nscheme = "ftp"', "“scheme” is"),
    ('name = "A"\nhosts = ["a.example"]\narticles = ["/{slug}"]\nstarts = ["//b"]', "“//b” is no"),
]


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_what_is_broken_is_said_and_left_out(folder: Path, content: str, why: str) -> None:
    write(folder, "rusak.toml", content)
    write(folder, "utuh.toml", HULU)
    (complaint,) = sites.use_profiles(folder)
    assert complaint.startswith("rusak.toml: ")
    assert why in complaint
    assert "\n" not in complaint
    assert sites.is_article("https://kabarhulu.example/berita/a")
    assert not sites.is_article("https://a.example/berita")


def test_files_that_cannot_be_read_are_said(folder: Path) -> None:
    write(folder, "besar.toml", HULU + "#" * sites.FILE_LIMIT)
    (folder / "bukan-teks.toml").write_bytes(b'name = "\xff"')
    (folder / "folder.toml").mkdir()
    (folder / "hilang.toml").symlink_to(folder / "tidak-ada")
    said = sites.use_profiles(folder)
    assert [line.partition(":")[0] for line in said] == [
        *("besar.toml", "bukan-teks.toml", "folder.toml", "hilang.toml")
    ]


def test_unknown_keys_are_said_and_the_rest_is_used(folder: Path) -> None:
    write(folder, "hulu.toml", HULU + 'warna = "biru"\n')
    assert sites.use_profiles(folder) == ("hulu.toml: “warna” means nothing here",)
    assert sites.is_article("https://kabarhulu.example/berita/a")


def test_a_guessed_profile_is_written_and_read(folder: Path) -> None:
    hosts = ("kabar.example:8000", "www.kabar.example:8000")
    name = 'Kabar "Hulu" \\ é\n\x1b[1m'
    path = sites.write_profile(folder, name, hosts, ("/baca/{slug}",), scheme="http")
    assert path == folder / "kabar-example-8000.toml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sites.use_profiles(folder) == ()
    found = sites.profile_of("http://kabar.example:8000/")
    assert found is not None
    assert (found.name, found.hosts, found.scheme) == ('Kabar "Hulu" \\ é [1m', hosts, "http")
    assert sites.is_article("http://www.kabar.example:8000/baca/a")


def test_a_file_that_is_there_is_never_touched(folder: Path) -> None:
    write(folder, "a-example.toml", "# milik pemakai")
    (folder / "a-example-2.toml").symlink_to(folder.with_name("luar.toml"))
    path = sites.write_profile(folder, "A", ("a.example",), ("/{slug}",))
    assert path == folder / "a-example-3.toml"
    assert (folder / "a-example.toml").read_text("utf-8") == "# milik pemakai"
    assert not folder.with_name("luar.toml").exists()


@pytest.mark.parametrize(
    ("hosts", "articles"),
    [(("../../a",), ("/{slug}",)), (("a.example",), ("/tetap",)), ((), ("/{slug}",))],
)
def test_a_profile_that_would_be_broken_is_not_written(
    folder: Path, hosts: tuple[str, ...], articles: tuple[str, ...]
) -> None:
    with pytest.raises(ParseError):
        sites.write_profile(folder, "A", hosts, articles)
    assert not folder.exists()


def test_the_example_of_the_documents_is_a_profile(root: Path, folder: Path) -> None:
    example = (root / "docs" / "profiles.md").read_text("utf-8").split("```")[1]
    write(folder, "contoh.toml", example.removeprefix("toml"))
    assert sites.use_profiles(folder) == ()
    assert sites.is_article("https://kabarhulu.example/2020/01/02/a")
