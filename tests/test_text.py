from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kaltimtui import text

Cleaner = Callable[[str, int], str]
CLEANERS: list[Cleaner] = [text.inline, text.block, text.verbatim]

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = (
    "\x00\x07\x08\x0b\x0c\x1b\x1c\x7f\x85\x9b\x9d\r\n\t \u2028\u2029\ufeff\ufff9\ufffb\ufdd0\ufffe"
    "\U0001fffe\U0010ffff\ud800\udfff\u200b\u200c\u200d\u200e\u2060\u206a\u00ad\u00a0\u3000"
    "\U0001f3f4\U000e0001\U000e0067\U000e007f\u0301\u0489\ufe0f\u034fa漢\U0001f469[]/" + BIDI
)
outside = st.one_of(
    st.text(st.characters()),
    st.text(st.sampled_from(HOSTILE), max_size=60),
    st.text(st.sampled_from("a\u0301\u0300\u200d\u200c\U0001f469\u0639"), max_size=60),
)
limits = st.integers(1, 40) | st.just(1_000)

WHOLE = [
    "Rakor Teknis Pembangunan Kesejahteraan Sosial",
    "“Kita harus optimis,” kata dia – naik 6,68 persen…",
    "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ",
    "می‌خواهم کتاب‌ها",  # Persian, with non-joiners
    "ꦲꦏ꧀ꦱꦫꦗꦮ",  # Javanese
    "क्‍ष र्‍य श्री",  # Devanagari, with joiners
    "นี้ พี่น้องที่รัก",
    "Việt Nam, e\u0302\u0301",
    "👩‍👩‍👧‍👦 👨🏽‍🚀 ❤️‍🔥 🏳️‍🌈 1️⃣",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # flag of England
    "[red]merah[/] [/] [@click=app.quit]x[/] \\[",
    "&lt;b&gt; %1b \\u001b",
]


# --- what is let through ---


@pytest.mark.parametrize("clean", CLEANERS)
@given(value=outside, limit=limits)
def test_no_control_character_is_let_through(clean: Cleaner, value: str, limit: int) -> None:
    cleaned = clean(value, limit)
    kinds = {unicodedata.category(character) for character in cleaned if character not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(cleaned) & set(BIDI + "\ufeff\ufff9\ufffa\ufffb")
    assert not any(ord(character) & 0xFFFE == 0xFFFE for character in cleaned)
    assert "\n" not in cleaned or clean is not text.inline
    cleaned.encode()


@given(st.text(alphabet="ab “é\u0639\u0301\u0489漢\U0001f469", max_size=60), limits)
@example("a" + "\u0301" * 12, 40)
def test_a_line_that_is_nearly_clean_is_cleaned_as_any_other(value: str, limit: int) -> None:
    # The tab has it looked at in full.
    assert text.inline(value, limit) == text.inline(f"\t{value}", limit)


@pytest.mark.parametrize("clean", CLEANERS)
@given(value=outside, limit=limits)
@example(value="\u0639\u200d" * 30, limit=4)
@example(value=" \n\t" * 30 + "a", limit=2)
@example(value="\u0300\u200c\u3000", limit=2)
def test_cleaning_twice_is_cleaning_once_and_within_the_limit(
    clean: Cleaner, value: str, limit: int
) -> None:
    cleaned = clean(value, limit)
    assert clean(cleaned, limit) == cleaned
    assert len(cleaned) <= limit


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize("value", WHOLE)
def test_every_script_stays_whole(clean: Cleaner, value: str) -> None:
    assert clean(value, 1_000) == value


@pytest.mark.parametrize("clean", CLEANERS)
@given(
    marks=st.lists(
        st.sampled_from("\u0301\u0300\u0489\u0323\u200d\u200c\u2060\u200e"), min_size=40
    ),
    base=st.sampled_from("aع漢"),
)
def test_marks_on_one_letter_are_few(clean: Cleaner, marks: list[str], base: str) -> None:
    cleaned = clean(base + "".join(marks) + base, 1_000)
    kept = [character for character in cleaned if unicodedata.category(character)[0] == "M"]
    assert len(kept) <= text.MARKS_PER_BASE
    assert cleaned.startswith(base)
    assert cleaned.endswith(base)


def test_escape_sequences_lose_what_makes_them_work() -> None:
    assert text.inline("\x1b]0;judul\x07\x1b[31mmerah\x9b0m") == "]0;judul[31mmerah0m"
    assert text.inline("aman\u202etxt.exe") == "amantxt.exe"
    assert text.inline("a\ud83d") == "a\ufffd"


def test_tags_outside_a_flag_are_dropped() -> None:
    assert text.inline("a\U000e0041\U000e0042b") == "ab"


def test_joiners_that_join_nothing_are_dropped_from_a_line() -> None:
    assert text.inline("pass\u200dword\u200c \u200dx\u200b\u00ad\u2060y") == "password xy"
    assert text.inline("\u200d\u0639\u200d") == "\u0639"


# --- shape ---


def test_inline_is_one_line() -> None:
    assert text.inline("  a\r\n\tb\u00a0 c\u2028d  ") == "a b c d"
    assert text.inline("abc def", 4) == "abc"


def test_block_keeps_lines_and_one_blank_line_at_most() -> None:
    assert text.block("\n\n a \r\nb\t\n\n \n\nc\u2029d\n") == "a\nb\n\nc\nd"


def test_verbatim_keeps_spaces_and_blank_lines() -> None:
    assert text.verbatim("  if a:\n\n\n\tb \r\n") == "  if a:\n\n\n\tb \n"


def test_optional_has_no_empty_text() -> None:
    assert text.optional(None) is None
    assert text.optional(" \x1b\u200b ") is None
    assert text.optional(" a ") == "a"


@pytest.mark.parametrize("piece", [" ", "\n", "\t\n", "\u0301", "\u200d", "\U000e0041", "\r"])
def test_cleaning_takes_linear_time(piece: str) -> None:
    for clean in CLEANERS:
        assert clean("a" + piece * 300_000 + "b", text.BLOCK_LIMIT).startswith("a")


# --- addresses ---


addresses = st.one_of(
    outside,
    st.builds("{}://{}".format, st.sampled_from(["http", "HTTPS", "javascript", "file"]), outside),
    st.builds("https://contoh.id/{}?q={}#{}".format, outside, outside, outside),
    st.lists(
        st.sampled_from(["http://", "//", "a", "é", ".", ":", "80", "@", "\\", "[", "]", "%", "/"])
    ).map("".join),
)


@given(addresses, st.none() | st.just("https://kaltimprov.go.id/berita/x"))
@example("https://a/?\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", None)
@example("https://a/?\ufff9\U000e0041", None)
@example("https://a\u00ad.id/", None)
@example("https://é..id/", None)
def test_an_address_is_safe_and_settled(value: str, base: str | None) -> None:
    address = text.address(value, base)
    if address is None:
        return
    parts = urlsplit(address)
    assert parts.scheme in {"http", "https"}
    assert parts.hostname
    assert parts.username is None
    assert address == text.inline(address, text.ADDRESS_LIMIT)
    assert " " not in address
    assert text.address(address) == address
    assert text.host(address).isascii()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("HTTP://WWW.Kaltimprov.go.id/Berita/A", "http://www.kaltimprov.go.id/Berita/A"),
        (" https://contoh.id/a b?q=c d#e ", "https://contoh.id/a%20b?q=c%20d#e"),
        ("https://contoh.id/é?q=é#é", "https://contoh.id/%C3%A9?q=%C3%A9#%C3%A9"),
        ("https://contoh.id/a%20b?x=1&y=[2]", "https://contoh.id/a%20b?x=1&y=[2]"),
        ("https://contoh.id:8080/?", "https://contoh.id:8080/"),
        ("https://[::1]/x", "https://[::1]/x"),
    ],
)
def test_an_address_is_tidied(value: str, expected: str) -> None:
    assert text.address(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:a@contoh.id",
        "/berita/x",
        "contoh.id/x",
        "https://",
        "https:///x",
        "https://user:pw@contoh.id/",
        "https://contoh.id\\@evil.id/",
        "https://contoh.id:99999/",
        "https://[::1/",
        "https://contoh.id/\x1b[0m",
        "https://contoh.id/\u202etxt",
        "https://contoh.id/a\nb",
        '"https://contoh.id/"',
        "https://contoh.id/" + "a" * text.ADDRESS_LIMIT,
        "https://contoh.id/" + "é" * 2_000,
        "https://é..id/",
        "https://e" + "\u0301" * 9 + ".id/",
    ],
)
def test_what_is_no_safe_address(value: str | None) -> None:
    assert text.address(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mailto:redaksi@kabar.example", "mailto:redaksi@kabar.example"),
        ("MAILTO:Redaksi.Satu+a@Kabar.example", "mailto:Redaksi.Satu+a@Kabar.example"),
        ("mailto:redaksi%40kabar.example", "mailto:redaksi@kabar.example"),
        ("mailto:a@kabar.example?subject=Hai&attach=/etc/passwd", "mailto:a@kabar.example"),
        ("mailto:a@kabar.example,b@kabar.example", "mailto:a@kabar.example"),
        ("mailto:", None),
        ("mailto:redaksi", None),
        ("mailto:-x@kabar.example", None),
        ("mailto:a@kabar.example\x1b[0m", None),
        ("mailto:a@kаbar.example", None),
        ("mailto:a b@kabar.example", None),
        ("mailto:a@kabar.example&b", None),
        ("https://kabar.example/a@kabar.example", None),
        (None, None),
    ],
)
def test_a_mail_address_is_taken_without_what_goes_with_it(
    value: str | None, expected: str | None
) -> None:
    assert text.mail(value) == expected
    assert text.mail(expected) == expected
    assert text.web(expected) is None


def test_an_address_is_joined_to_its_base() -> None:
    base = "https://kaltimprov.go.id/berita/x"
    assert text.address("../upload/a.jpg", base) == "https://kaltimprov.go.id/upload/a.jpg"
    assert text.address("//cdn.contoh.id/a", base) == "https://cdn.contoh.id/a"
    assert text.address("javascript:alert(1)", base) is None


def test_the_true_host_is_shown() -> None:
    assert text.host("https://kaltimprov.go.id:8080/x") == "kaltimprov.go.id"
    assert text.host("https://kаltim.id/") == "xn--kltim-4ve.id"  # with a Cyrillic letter


NEVER = re.compile(r"(?!)")


@given(
    st.lists(st.sampled_from(["/", ".", "..", "a", "B1", "-", "%20", "?", "&", "=", "#", ";"])),
    st.sampled_from(
        ["https://a.id/b/c?d#e", "http://127.0.0.1:80/", "https://a.id:70000/", "https://A.id?x"]
    ),
)
@example(["?", "a"], "https://a.id?x")
def test_an_address_within_a_site_is_joined_as_any_other(said: list[str], base: str) -> None:
    value = "/" + "".join(said)
    quick = text.address(value, base)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_TIDY_PATH", NEVER)
        assert text.address(value, base) == quick


# --- cells ---


@pytest.mark.parametrize(
    ("value", "cells", "expected"),
    [
        ("Sosial", 6, "Sosial"),
        ("Sosial", 5, "Sosi…"),
        ("Ibu Kota", 5, "Ibu…"),
        ("漢字仮名", 8, "漢字仮名"),
        ("漢字仮名", 7, "漢字仮…"),
        ("漢字仮名", 6, "漢字…"),
        ("a", 0, ""),
        ("", 0, ""),
    ],
)
def test_fit(value: str, cells: int, expected: str) -> None:
    assert text.fit(value, cells) == expected


@given(st.text().map(text.inline), st.integers(0, 30))
@example("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3)
@example("e\u0301" * 10, 4)
def test_what_fits_is_no_wider_than_its_room(value: str, cells: int) -> None:
    fitted = text.fit(value, cells)
    assert text.width(fitted) <= cells
    if text.width(value) <= cells:
        assert fitted == value
    else:
        assert fitted == "" or fitted.endswith("…")
        assert value.startswith(fitted.removesuffix("…"))
        assert not fitted.endswith("\u200d…")
