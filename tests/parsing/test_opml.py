from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n, text
from kaltimtui.errors import ParseError
from kaltimtui.models import SourceData
from kaltimtui.parsing.opml import folder_name, read_opml, write_opml
from kaltimtui.parsing.sniff import kind_of

if TYPE_CHECKING:
    from pathlib import Path


def opml(*outlines: str, head: str = "") -> bytes:
    return f"{head}<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def feed(name: str, address: str, more: str = "") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="{address}"{more}/>'


def test_sources_with_their_folders() -> None:
    data = opml(
        feed("Satu", "https://contoh.id/1"),
        '<outline text="Kaltim">',
        feed("Dua", "https://contoh.id/2"),
        '<outline title="Samarinda/Kota">',
        feed("Tiga", "https://contoh.id/3"),
        "</outline>",
        feed("Empat", "https://contoh.id/4"),
        "</outline>",
        '<outline><outline text="Lima" xmlUrl="https://contoh.id/5"/></outline>',
    )
    parsed = read_opml(data)
    assert parsed.kind == "opml"
    assert parsed.sources == (
        SourceData("Satu", "feed", "https://contoh.id/1"),
        SourceData("Dua", "feed", "https://contoh.id/2", "Kaltim"),
        SourceData("Tiga", "feed", "https://contoh.id/3", "Kaltim/Samarinda-Kota"),
        SourceData("Empat", "feed", "https://contoh.id/4", "Kaltim"),
        SourceData("Lima", "feed", "https://contoh.id/5"),
    )
    assert parsed.rejected == ()
    assert parsed.articles == ()


def test_names() -> None:
    data = opml(
        feed(" A\n&#27;[31m &amp; B ", "https://contoh.id/1", ' title="X"'),
        '<outline title="Judul" xmlurl=" https://contoh.id/2 "/>',
        '<outline XMLURL="https://contoh.id/3"/>',
    )
    assert [source.name for source in read_opml(data).sources] == [
        "A [31m & B",
        "Judul",
        "contoh.id",
    ]


def test_an_entry_without_a_name_is_told_of_by_its_line() -> None:
    i18n.set_language("en")
    head = "<?xml version='1.0'?>\n<!DOCTYPE opml [\n<!ENTITY a 'b'>\n]>\n\n"
    data = opml("\n", '<outline type="rss"/>', head=head)
    assert read_opml(data).rejected == ("“line 7” has no address.",)


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    i18n.set_language("en")
    data = opml("\n", feed("", "https://ani:rahasia@contoh.id/1"))
    assert read_opml(data).rejected == ("“line 2” has a user name in its address.",)


def test_an_address_that_stands_twice_is_taken_once_and_told_of() -> None:
    i18n.set_language("en")
    again = feed("Lain", "https://CONTOH.id/1")
    data = opml(feed("Satu", "https://contoh.id/1"), f"<outline text='F'>{again}</outline>")
    parsed = read_opml(data)
    assert [source.name for source in parsed.sources] == ["Satu"]
    assert parsed.rejected == ()
    assert parsed.repeated == ("“Lain” has the same address as “Satu” before it.",)


def test_bad_entries_are_told_one_by_one() -> None:
    i18n.set_language("en")
    data = opml(
        feed("Baik", "https://contoh.id/1"),
        feed("Skrip", "javascript:alert(1)"),
        feed("Berkas", "file:///etc/passwd"),
        feed("Kosong", ""),
        '<outline text="Catatan"/>',
        '<outline text="Daftar lain" type="include" url="https://contoh.id/x.opml"/>',
        '<outline type="rss" xmlUrl="|perintah"/>',
    )
    parsed = read_opml(data)
    assert [source.name for source in parsed.sources] == ["Baik"]
    assert parsed.rejected == (
        "“Skrip” has no web address.",
        "“Berkas” has no web address.",
        "“Kosong” has no address.",
        "“Catatan” has no address.",
        "“Daftar lain” is a link or another list.",
        "“|perintah” has no web address.",
    )


def test_an_address_comes_once() -> None:
    data = opml(feed("A", "https://contoh.id/1"), feed("B", "https://contoh.id/1"))
    assert [source.name for source in read_opml(data).sources] == ["A"]


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("feed://contoh.id/1", "http://contoh.id/1"),
        ("feed:https://contoh.id/1", "https://contoh.id/1"),
        ("FEED://https://contoh.id/1", "https://contoh.id/1"),
        ("HTTPS://Contoh.id/1", "https://contoh.id/1"),
    ],
)
def test_the_scheme_for_feeds_is_read_as_web(stated: str, address: str) -> None:
    (source,) = read_opml(opml(feed("A", stated))).sources
    assert source.url == address


def test_portals_stand_beside_feeds() -> None:
    data = opml(
        '<outline text="Portal" type="portal" htmlUrl="https://contoh.id/"/>',
        '<outline type="portal" text="Tanpa alamat"/>',
        '<outline type="portal" text="Skrip" htmlUrl="javascript:x"/>',
    )
    parsed = read_opml(data)
    assert parsed.sources == (SourceData("Portal", "portal", "https://contoh.id/"),)
    assert len(parsed.rejected) == 2


names = st.text(min_size=1, max_size=40).map(text.inline).filter(bool)
folders = st.lists(names, max_size=4).map("/".join).map(lambda path: folder_name(path) or None)
addresses = st.integers(0, 10**6).map(lambda number: f"https://contoh.id/{number}?a=1&b='%3C")


@given(
    st.lists(
        st.builds(SourceData, names, st.sampled_from(("feed", "portal")), addresses, folders),
        unique_by=lambda source: source.url,
    )
)
def test_a_list_that_is_written_says_the_same_when_it_is_read(sources: list[SourceData]) -> None:
    read = read_opml(write_opml(sources, "kaltimtui"))
    said = [(source.kind, text.address(source.url), source.folder) for source in sources]
    found = [(source.kind, source.url, source.folder) for source in read.sources]
    assert sorted(found, key=str) == sorted(said, key=str)
    by_url = {text.address(source.url): source.name for source in sources}
    assert all(source.name == by_url[source.url] for source in read.sources)
    assert read.rejected == ()


def test_what_has_no_address_or_no_xml_form_does_not_break_a_list() -> None:
    written = write_opml(
        [SourceData("Tanpa", "feed"), SourceData("A\ufffe\x1b<&>", "feed", "https://contoh.id/1")],
        "x",
    )
    assert [source.name for source in read_opml(written).sources] == ["A<&>"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (" A / B ", "A/B"),
        ("/A//B/", "A/B"),
        ("/", ""),
        ("A\n\x1b[31m", "A [31m"),
        ("a" * 300, "a" * 200),
    ],
)
def test_a_folder_is_kept_in_one_form(said: str, kept: str) -> None:
    assert folder_name(said) == kept
    assert folder_name(kept) == kept


def test_entities_neither_expand_nor_fetch() -> None:
    head = (
        '<?xml version="1.0"?><!DOCTYPE opml SYSTEM "http://127.0.0.1:9/x.dtd" ['
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )
    data = opml(feed("A &c; &x; &eacute;", "https://contoh.id/1"), "&c;", head=head)
    (source,) = read_opml(data).sources
    assert source.name == "A &c; &x; é"


def test_sloppy_markup_is_read() -> None:
    data = b"<opml><body><outline text='A & B' xmlUrl='https://contoh.id/?a=1&b=2'/></unexpected>"
    (source,) = read_opml(data).sources
    assert source == SourceData("A & B", "feed", "https://contoh.id/?a=1&b=2")
    cut = opml(feed("A", "https://contoh.id/1"), feed("B", "https://contoh.id/2"))[:-30]
    assert [source.name for source in read_opml(cut).sources][:1] == ["A"]


def test_other_charsets() -> None:
    text = (
        "<?xml version='1.0' encoding='windows-1251'?>"
        + opml(feed("Привет", "https://contoh.id/1")).decode()
    )
    assert read_opml(text.encode("cp1251")).sources[0].name == "Привет"
    assert read_opml(text.encode("utf-16")).sources[0].name == "Привет"


def test_a_very_long_and_a_very_deep_list() -> None:
    many = opml(*(feed(str(n), f"https://contoh.id/{n}") for n in range(50_000)))
    assert len(read_opml(many).sources) == 50_000
    deep = opml("<outline text='x'>" * 50_000 + feed("A", "https://contoh.id/1"))
    for source in read_opml(deep).sources:
        assert source.folder
        assert len(source.folder) <= 200


@pytest.mark.parametrize("data", [b"", b"x", b"<rss/>", b"<", b"\x00\xff"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        read_opml(data)


@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "<outline text='a' ",
                "xmlUrl='https://contoh.id/",
                "'/>",
                ">",
                "</outline>",
                "&x;",
                "\x1b",
            ]
        )
    ).map(lambda parts: opml("".join(parts)))
)
def test_nothing_but_parse_error_is_raised(data: bytes) -> None:
    with contextlib.suppress(ParseError):
        for source in read_opml(data).sources:
            assert source.url
            assert "\x1b" not in source.name


def test_every_list_of_the_corpus(shared: Path) -> None:
    corpus = shared / "corpus"
    sources = lists = 0
    for file in json.loads((corpus / "manifest.json").read_bytes())["files"]:
        data = (corpus / file["path"]).read_bytes()
        if file["kind"] != "opml" or b"xmlns:foaf" in data:
            continue
        assert kind_of(data) == "opml"
        sources += len(read_opml(data).sources)
        lists += 1
    assert lists > 40
    assert sources > 30
