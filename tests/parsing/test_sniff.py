from __future__ import annotations

import codecs
import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.errors import ParseError
from kaltimtui.parsing.sniff import kind_of

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title></feed>"
PAGE = (
    "Rakor Teknis\nSAMARINDA - Gubernur hadir, Selasa (26/2).\n12 Agustus 2019 Jam 23:30:45\nSosial"
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "feed",
            "<?xml version='1.0'?>\n<!-- x --><!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'>",
        ),
        ("feed", ATOM),
        ("feed", "\n <a:feed xmlns:a='http://www.w3.org/2005/Atom'/>"),
        ("feed", "<RSS VERSION='2.0'><channel>"),
        ("feed", "<rdf:RDF xmlns:rdf='x' xmlns='http://purl.org/rss/1.0/'>"),
        ("feed", "<CHANNEL HREF='https://contoh.id/'>"),
        ("feed", "<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title></entry>"),
        ("feed", f"<br><b>Warning</b>: x on line 3<br>\n<?xml version='1.0'?>{ATOM}"),
        ("feed", f"Warning: x on line 3\n{ATOM}"),
        ("feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []})),
        ("feed", json.dumps({"items": [{"id": "1"}]})),
        ("opml", "<?xml version='1.0'?><opml version='2.0'><body/></opml>"),
        ("opml", "<!-- x --><OPML/>"),
        ("html", "<!DOCTYPE html><html><head>"),
        (
            "html",
            "<html><body><p>Lihat &lt;rss version='2.0'&gt; dan <code><rss version='2.0'></code>",
        ),
        ("html", "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='x'>"),
        ("html", "<div class='isi'><p>Berita</p></div>"),
        ("html", "<article><h1>Judul</h1></article>"),
        ("html", "Judul<p>Isi</p>"),
        ("text", PAGE),
        ("text", "Suhu < 5 derajat dan <b> bukan apa-apa"),
        ("text", "[Foto] Gubernur hadir"),
        ("text", "{ini bukan JSON}"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_kinds_are_told_by_content(kind: str, text: str, codec: str) -> None:
    assert kind_of(text.encode(codec)) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04....", "ZIP"),
        (bytes(range(256)) * 4, "not text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<?xml version='1.0'?><urlset xmlns='x'><url/></urlset>", "urlset"),
        (b"<rdf:RDF xmlns:rdf='x' xmlns:foaf='y'><foaf:Person/></rdf:RDF>", "RDF"),
        (b"<?xml version='1.0'?>", "no content"),
        (b"<!-- tak tertutup", "no content"),
        (b'{"judul": "A"}', "JSON is not a feed"),
        (b"[[1, 2], [3]]", "JSON is not a feed"),
        (b'{"judul": "A"', "JSON is broken"),
        (b'{"items":' + b"[" * 100_000, "JSON is broken"),
    ],
)
def test_what_is_refused_says_why(data: bytes, reason: str) -> None:
    i18n.set_language("en")
    with pytest.raises(ParseError, match=reason):
        kind_of(data)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\x00" * 100, b"<", b"<a", b"<!DOCTYPE x [" * 9_000]
)
def test_odd_ends(data: bytes) -> None:
    with contextlib.suppress(ParseError):
        assert kind_of(data) in {"html", "text", "feed", "opml"}


@given(st.binary(max_size=400) | st.text(alphabet="<>!?-[]{}\"/ rssfeed:xml='\n").map(str.encode))
def test_nothing_but_parse_error_is_raised(data: bytes) -> None:
    with contextlib.suppress(ParseError):
        assert kind_of(data) in {"html", "text", "feed", "opml"}


def test_text_with_many_broken_bytes_is_still_text() -> None:
    assert kind_of(b"Gubernur \x81\x8d hadir \xff\xfe di \xc3( sini.") == "text"


def test_the_corpus(shared: Path) -> None:
    corpus = shared / "corpus"
    kinds = {"feed": {"feed"}, "opml": {"opml"}, "page": {"html", "text"}}
    wrong = []
    for file in json.loads((corpus / "manifest.json").read_bytes())["files"]:
        if file["kind"] not in kinds:
            continue
        try:
            kind: str | None = kind_of((corpus / file["path"]).read_bytes())
        except ParseError:
            kind = None
        if kind not in kinds[file["kind"]]:
            wrong.append(file["path"])
    # Atom service documents, other JSON and FOAF, which the corpus files under these kinds.
    assert len(wrong) < 20


def test_other_xml_of_the_corpus_is_refused_plainly(shared: Path) -> None:
    corpus = shared / "corpus"
    refused = 0
    for file in json.loads((corpus / "manifest.json").read_bytes())["files"]:
        data = (corpus / file["path"]).read_bytes()
        if file["kind"] != "other-xml" or b"<feed xmlns=" in data or b"<html" in data:
            continue  # some are Atom feeds with elements of OpenSearch in them
        with pytest.raises(ParseError, match="OpenSearchDescription"):
            kind_of(data)
        refused += 1
    assert refused > 15
