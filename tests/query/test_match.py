from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from kaltimtui.dates import WITA
from kaltimtui.query import Query, Subject, matches, parse, printed
from kaltimtui.query.tree import Not, Or, Sort, State, Text

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
OPERATORS = {"and", "or", "not"}
SUBJECT = Subject(
    datetime(2026, 11, 23, 23, 59, tzinfo=WITA),
    "Hargá Beras Naik",
    body="Anti-korupsi: ibu kota baru.",
    place="Samarinda",
    byline="Rina",
    note="cek lagi",
    category="Sosial Budaya",
    source="Portal Kaltim",
    tags=("a/b",),
    states=frozenset({State.UNREAD, State.NOTE}),
)


@pytest.mark.parametrize(
    "typed",
    [
        *("harga", "HARGA beras", '"beras naik"', "har*", '"harga ber"*', "anti-korupsi", "rina"),
        *("samarinda", "judul:harga", "isi:baru", "tempat:sama*", "penulis:rina", "catatan:cek"),
        *('kategori:"sosial budaya"', "kategori:sos*", 'sumber:"portal  KALTIM"', "tag:a"),
        *("tag:a/b", "tag:A*", "is:unread", "has:note", "-is:read", "tanggal:kemarin"),
        *("sejak:2026-11-23", "sampai:2026-11-23", "umur:<9jam", "umur:>8jam", "tahun:2026"),
        *("banjir or harga", "-(banjir harga)", "", "date:2025..2026"),
    ],
)
def test_an_article_is_meant(typed: str) -> None:
    assert matches(parse(typed), SUBJECT, NOW)
    if typed:
        assert not matches(parse(f"-({typed})"), SUBJECT, NOW)


@pytest.mark.parametrize(
    "typed",
    [
        *("banjir", '"naik beras"', "hargaku", '"naik anti"', "judul:baru", "isi:harga", "cek"),
        *("kategori:sosial", "sumber:kaltim", "tag:b", "tag:a/b/c", "is:starred", "sejak:hari-ini"),
        *("sampai:2026-11-22", "umur:<8jam", "harga banjir", "-harga"),
    ],
)
def test_an_article_is_not_meant(typed: str) -> None:
    assert not matches(parse(typed), SUBJECT, NOW)


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        (
            "TITLE:a IS:unread since:Today age:<7d",
            "judul:a is:belum sejak:hari-ini umur:<7hari",
            "title:a is:unread since:today age:<7d",
        ),
        ("a and (b or c)", "a (b or c)", "a (b or c)"),
        ("not (a b)", "-(a b)", "-(a b)"),
        ("ada:gambar urut:title", "has:gambar urut:judul", "has:image sort:title"),
        ("date:2020..2021", "tanggal:2020..2021", "date:2020..2021"),
    ],
)
def test_a_search_is_printed_in_either_language(typed: str, indonesian: str, english: str) -> None:
    query = parse(typed)
    assert (printed(query, "id"), printed(query, "en")) == (indonesian, english)


def test_only_what_could_be_misread_is_quoted() -> None:
    for said, written in (("a-b", "a-b"), ("-a", '"-a"'), ("or", '"or"'), ("a b", '"a b"')):
        assert printed(Query(Text(said)), "id") == written
    both = Or((Text("a"), Not(Text("b"))))
    assert printed(Query(both, Sort.OLDEST), "id") == "a or -b urut:terlama"


def test_every_search_in_the_documents_is_read(root: Path) -> None:
    said = (root / "docs" / "search.md").read_text(encoding="utf-8")
    written = re.findall(r"`([^`]+)`", re.sub(r"(?ms)^```.*?^```$", "", said))
    typed = [search for search in written if search not in OPERATORS and not search.endswith(":")]
    assert len(typed) > 80
    for search in typed:
        parse(search)
