from __future__ import annotations

import json
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


ASIDE = "<p>Portal ini memuat kabar pembangunan dari sepuluh kabupaten dan kota di provinsi.</p>"
NOTICES = {
    "login": ("Masuk", "Masuk", "Silakan masuk dengan akun Anda untuk membaca seluruh isi laman."),
    "login by name": ("Portal", "Portal", "Anda harus masuk untuk melihat isi laman yang diminta."),
    "login, English": ("Log in | Portal", "Welcome", "Enter your email and your password, please."),
    "login, wp": ("Log In ‹ Portal — WordPress", "Log In", "Powered by a content system of today."),
    "404": ("Portal", "Halaman tidak ditemukan", "Tautan yang dibuka mungkin sudah lama dihapus."),
    "soft 404": (
        "Portal",
        "Maaf",
        "Halaman yang Anda cari tidak ditemukan atau telah dipindahkan.",
    ),
    "404, English": ("Page not found - Portal", "Oops", "The link may be broken or out of date."),
    "soft 404, English": ("Portal", "Oops!", "The page you are looking for was moved or removed."),
    "sale": (
        "contoh.id is for sale",
        "contoh.id",
        "Get this name today, before someone else does.",
    ),
    "sale, body": (
        "contoh.id",
        "contoh.id",
        "This domain is for sale. Make an offer to its owner.",
    ),
    "sale, Indonesian": ("contoh.id", "contoh.id", "Domain ini dijual. Hubungi pemiliknya segera."),
    "buy": ("contoh.id - Buy this domain", "contoh.id", "Find what you need among these results."),
    "maintenance": ("Portal", "Portal", "Situs ini sedang dalam pemeliharaan. Kembalilah nanti."),
    "maintenance title": (
        "Under Maintenance",
        "Segera kembali",
        "Kami akan hadir lagi besok pagi.",
    ),
    "maintenance, English": ("Portal", "Back soon", "Our site is currently down for maintenance."),
    "challenge": (
        "contoh.id",
        "contoh.id",
        "Checking your browser before accessing contoh.id now.",
    ),
    "moment": ("Just a moment…", "contoh.id", "contoh.id needs to review the security of it all."),
    "attention": (
        "Attention Required! | Cloudflare",
        "One more step",
        "Please complete the check.",
    ),
    "blocked": ("contoh.id", "Sorry, you have been blocked", "You are unable to access contoh.id."),
    "captcha": ("contoh.id", "contoh.id", "Verifying you are human. This may take a few seconds."),
    "robot": ("contoh.id", "Sebentar", "Please enable cookies and JavaScript, and then continue."),
    "robot, Indonesian": (
        "contoh.id",
        "Sebentar",
        "Memeriksa peramban Anda sebelum membuka laman.",
    ),
}


@pytest.mark.parametrize("aside", ["", ASIDE])
@pytest.mark.parametrize("notice", NOTICES)
def test_a_page_that_asks_or_excuses_itself_is_refused(notice: str, aside: str) -> None:
    title, heading, line = NOTICES[notice]
    form = "<form><input name=u><input type=password name=p><button>OK</button></form>"
    page = shell(title, f"<div><h1>{heading}</h1><p>{line}</p>{aside}{form}</div>")
    with pytest.raises(ParseError, match=r"no article|tidak berisi artikel"):
        read(page)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        (
            "Situs Pemerintah Sempat Tidak Dapat Diakses",
            "Situs pemerintah itu menampilkan tulisan “Halaman tidak ditemukan” selama dua jam.",
        ),
        (
            "Laman Layanan Dalam Perbaikan Dua Hari",
            "Laman layanan warga sedang dalam perbaikan sejak Senin, kata kepala dinas tadi.",
        ),
        (
            "Domain Ini Dijual Rp3 Miliar",
            "Domain itu dijual pemiliknya setelah dua puluh tahun dipakai sebuah kedai di hulu.",
        ),
        (
            "Dalam Perbaikan: Jembatan Lama di Hulu",
            "Jembatan lama itu ditutup dua pekan, dan warga menyeberang dengan perahu desa.",
        ),
        (
            "Domain Desa Dijual Peretas",
            "Sebuah domain milik desa dijual peretas lewat pasar gelap, kata polisi pada Selasa.",
        ),
        (
            "Masuk Musim Hujan, Warga Bersihkan Parit",
            "Warga bersama pramuka membersihkan parit di tiga desa menjelang puncak musim hujan.",
        ),
        (
            "Login Layanan Warga Kini Satu Akun",
            "Warga kini cukup memakai satu akun untuk masuk ke semua layanan pemerintah provinsi.",
        ),
        (
            "Maintenance of the Bridge Begins",
            "The bridge closes at night for three weeks while workers replace its oldest beams.",
        ),
        (
            "Halaman Sekolah Tidak Ada yang Kosong",
            "Halaman sekolah ditanami bibit oleh murid dan guru dari tiga desa sejak pekan lalu.",
        ),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_short_news_of_such_things_is_an_article(title: str, line: str, html: bool) -> None:
    page = shell(title, f"<h1>{title}</h1><p>{line}</p>") if html else f"{title}\n\n{line}\n"
    assert read(page, html=html) == title


def test_an_article_that_asks_its_readers_to_log_in_is_one() -> None:
    title = "Warga Tanam Bibit"
    body = f"<h1>{title}</h1><p>{SAID}</p><p>Silakan masuk untuk membaca selengkapnya.</p>"
    stated = f'<meta property="og:type" content="article">{body}'
    assert read(shell(title, stated)) == title


def test_long_news_below_such_a_headline_is_an_article() -> None:
    title = "Dalam Perbaikan - Jembatan Lama di Hulu Sungai"
    assert read(shell(title, f"<h1>{title}</h1>" + f"<p>{SAID}</p>" * 15)) == title


@pytest.mark.parametrize(
    ("title", "heading", "body"),
    [
        ("Portal", "Halaman tidak ditemukan", f"<p>{SAID}</p>" * 5),
        ("404 Not Found", "Warga Tanam Bibit", f"<p>{SAID}</p>" * 5),
        ("Portal", "Masuk", f"<p>{SAID}</p>" * 5),
        ("Portal", "Kode", CODE),
    ],
)
def test_an_article_in_json_is_held_to_the_same(title: str, heading: str, body: str) -> None:
    state = json.dumps({"judul": heading, "isi": body})
    script = f'<script type="application/json">{state}</script>'
    with pytest.raises(ParseError, match=r"no article|tidak berisi artikel"):
        read(shell(title, f"<div id=app></div>{script}"))


def test_what_json_holds_beside_a_short_article_does_not_stand_for_it() -> None:
    state = json.dumps({"judul": "Masuk", "isi": f"{SAID} " * 5})
    script = f'<script type="application/json">{state}</script>'
    title = "Warga Tanam Bibit"
    assert read(shell(title, f"<h1>{title}</h1><p>{SAID}</p>{script}")) == title


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
