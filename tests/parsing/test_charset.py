from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.parsing import charset
from kaltimtui.parsing.charset import decode

NEWS = "“Kita harus optimis,” kata gubernur — Café Résumé"


def xml(label: str, text: str) -> str:
    return f"<?xml version='1.0' encoding='{label}'?><title>{text}</title>"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str) -> None:
    data = mark + xml("koi8-r", NEWS).encode(codec)
    assert decode(data) == xml("koi8-r", NEWS)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("page", [xml("utf-8", NEWS), "Rakor Teknis\nBALIKPAPAN - Gubernur Kaltim"])
def test_wide_text_without_a_mark(codec: str, page: str) -> None:
    assert decode(page.encode(codec)) == page


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("windows-1251", "cp1251", "Привет"),
        ("KOI8-R", "koi8-r", "Привет"),
        ("gb2312", "gb18030", "你好，世界"),
        ("Shift_JIS", "cp932", "こんにちは"),
        ("iso-2022-jp", "iso2022_jp", "こんにちは"),
        ("euc-kr", "cp949", "안녕하세요"),
        ("big5", "big5", "你好"),
        ("iso-8859-7", "iso8859-7", "Καλημέρα"),
        ("iso-8859-1", "cp1252", NEWS),
        ("us-ascii", "cp1252", NEWS),
    ],
)
def test_a_declaration_decides(label: str, codec: str, text: str) -> None:
    assert decode(xml(label, text).encode(codec)) == xml(label, text)
    page = f'<html><head><meta charset="{label}"></head><p>{text}'
    assert decode(page.encode(codec)) == page
    old = f'<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset={label}"><p>{text}'
    assert decode(old.encode(codec)) == old


def test_ebcdic_is_read_by_its_declaration() -> None:
    assert decode(xml("cp500", "Berita [1]").encode("cp500")) == xml("cp500", "Berita [1]")


NO_CHARSETS = "undefined zip rot13 idna punycode unicode_escape hex mbcs aliases utf-16 utf-32 x"


@pytest.mark.parametrize("label", [*NO_CHARSETS.split(), "x" * 500, "encodings.utf_8"])
def test_labels_that_are_no_charset_or_cannot_be_right_are_passed_over(label: str) -> None:
    assert decode(xml(label, NEWS).encode()) == xml(label, NEWS)


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "windows-1251", "Shift_JIS", "utf-7"])
def test_text_that_is_utf8_is_utf8_whatever_it_declares(label: str) -> None:
    assert decode(xml(label, NEWS).encode()) == xml(label, NEWS)


def test_without_a_declaration_utf8_else_western() -> None:
    assert decode(NEWS.encode()) == NEWS
    assert decode(NEWS.encode("cp1252")) == NEWS


def test_text_that_declares_utf8_but_is_western_is_western() -> None:
    assert decode(xml("utf-8", NEWS).encode("cp1252")) == xml("utf-8", NEWS)


def test_a_few_broken_bytes_are_replaced() -> None:
    data = (NEWS * 20).encode() + b"\xe2\x80 rusak"
    assert decode(data) == NEWS * 20 + "\ufffd rusak"


@given(st.text())
def test_utf8_reads_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


LABELS = "utf-8 utf-7 utf-16 hz iso2022_kr cp037 big5 johab undefined"


@given(st.binary(max_size=300), st.text(max_size=20) | st.sampled_from(LABELS.split()))
def test_never_raises(data: bytes, label: str) -> None:
    assert isinstance(decode(data), str)
    assert isinstance(decode(xml(label, "").encode("utf-8", "replace") + data), str)


def test_every_codec_of_the_table_is_there() -> None:
    for name in charset._TEXT:
        assert charset._codec(name)


@pytest.mark.parametrize(
    ("data", "stated", "read"),
    [
        ("Kutai café".encode("cp1252"), "windows-1252", "Kutai café"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        # What the server says gives way to a mark, and to bytes that are plainly UTF-8.
        ("\ufeffcafé".encode("utf-16"), "koi8-r", "\ufeffcafé"),
        ("café".encode(), "koi8-r", "café"),
        # A name that is no charset, or one that the bytes cannot be in, says nothing.
        ("café".encode("cp1252"), "undefined", "café"),
        ("café".encode("cp1252"), "utf-16", "café"),
        ("café".encode("cp1252"), None, "café"),
        # The server knows better than the file: it may have been encoded anew on its way.
        ('<?xml version="1.0" encoding="cp1252"?><a>Ж</a>'.encode("koi8-r"), "koi8-r", "Ж"),
    ],
)
def test_the_charset_that_a_server_states(data: bytes, stated: str | None, read: str) -> None:
    assert read in charset.decode(charset.settled(data, stated))
