from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui.document import Cut, Paragraph, Span, Table, block_text, document_json
from kaltimtui.errors import ParseError
from kaltimtui.models import Enclosure, SourceData
from kaltimtui.parsing.feed import lenient, survey
from kaltimtui.parsing.feed.raw import ENTRY_LIMIT
from kaltimtui.parsing.feed.read import ENCLOSURE_LIMIT, read_feed
from kaltimtui.parsing.sniff import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kaltimtui.models import ArticleData, Parsed

PLAIN_ITEM = """
<item>
  <title>Posyandu Tambah Jadwal Malam</title>
  <link>https://contoh.id/berita/posyandu-malam</link>
  <guid isPermaLink="false">contoh-17</guid>
  <pubDate>Fri, 28 Apr 2017 10:05:00 +0700</pubDate>
  <description>Kader kini melayani warga yang bekerja siang.</description>
</item>
"""
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/">{doctype}
<channel>
  <title>Kabar Contoh</title><link>https://contoh.id/</link><description/>
  <atom:link rel="self" href="https://contoh.id/feed"/>
  {items}
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Kabar Contoh</title><link href="https://contoh.id/"/><id>urn:contoh</id>
  <link rel="self" href="https://contoh.id/atom"/><updated>2017-04-28T10:05:00+07:00</updated>
  {entries}
</feed>"""
PLAIN_ENTRY = """
<entry>
  <title>Posyandu Tambah Jadwal Malam</title>
  <link href="https://contoh.id/berita/posyandu-malam"/>
  <id>contoh-17</id>
  <published>2017-04-28T10:05:00+07:00</published>
  <updated>2017-04-29T08:00:00+07:00</updated>
  <content type="html">&lt;p&gt;Kader kini melayani.&lt;/p&gt;</content>
</entry>
"""


def rss(*items: str, doctype: str = "") -> bytes:
    return RSS.format(items="".join(items), doctype=doctype).encode()


def item(inner: str) -> str:
    return f"<item><link>https://contoh.id/a</link><guid>1</guid>{inner}</item>"


def only(parsed: Parsed) -> ArticleData:
    (article,) = parsed.articles
    return article


def one(inner: str, url: str | None = None) -> ArticleData:
    return only(read_feed(rss(item(inner)), url=url))


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    lenient.close_workers()


@pytest.fixture
def no_lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds must be read by the fast reader."""

    def refuse(document: bytes) -> None:
        raise AssertionError(document)

    monkeypatch.setattr(lenient, "read_leniently", refuse)


# --- what becomes of a plain feed ---


@pytest.mark.usefixtures("no_lenient")
def test_a_plain_rss_feed() -> None:
    parsed = read_feed(rss(PLAIN_ITEM))
    assert parsed.kind == "feed"
    assert parsed.source == SourceData("Kabar Contoh", "feed", "https://contoh.id/feed")
    assert parsed.rejected == ()
    article = only(parsed)
    assert article.title == "Posyandu Tambah Jadwal Malam"
    assert article.url == "https://contoh.id/berita/posyandu-malam"
    assert article.guid == "contoh-17"
    assert article.published
    assert article.published.json() == "2017-04-28T10:05:00+07:00"
    assert article.document.plain() == "Kader kini melayani warga yang bekerja siang."
    assert article.category is article.byline is article.image is article.caption is None


@pytest.mark.usefixtures("no_lenient")
def test_a_plain_atom_feed() -> None:
    parsed = read_feed(ATOM.format(entries=PLAIN_ENTRY).encode())
    assert parsed.source == SourceData("Kabar Contoh", "feed", "https://contoh.id/atom")
    article = only(parsed)
    assert article.title == "Posyandu Tambah Jadwal Malam"
    assert article.url == "https://contoh.id/berita/posyandu-malam"
    assert article.guid == "contoh-17"
    assert article.published
    assert article.published.json() == "2017-04-28T10:05:00+07:00"
    assert article.document.plain() == "Kader kini melayani."


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kabar Contoh",
        "home_page_url": "https://contoh.id/",
        "feed_url": "https://contoh.id/feed.json",
        "items": [
            {
                "id": 17,
                "url": "/berita/a",
                "title": "A <b> B",
                "content_html": "<p>Isi <em>lengkap</em> berita.</p>",
                "summary": "Ringkas.",
                "date_published": "2017-04-28T10:05:00+07:00",
                "authors": [{"name": "Siti"}, {"name": "Budi"}, "bukan objek"],
                "tags": ["Sosial", "Desa"],
                "image": "https://contoh.id/a.jpg",
                "attachments": [{"url": "https://contoh.id/a.mp3", "mime_type": "audio/mpeg"}],
            },
            {
                "id": "x",
                "content_text": "Baris satu.\n\nBaris <b>dua</b>.",
                "author": {"name": "Ani"},
            },
            {},
            "bukan objek",
        ],
    }
    parsed = read_feed(json.dumps(feed).encode())
    assert parsed.source == SourceData("Kabar Contoh", "feed", "https://contoh.id/feed.json")
    first, second = parsed.articles
    assert (first.title, first.url, first.guid) == ("A <b> B", "https://contoh.id/berita/a", "17")
    assert first.document.plain() == "Isi lengkap berita."
    assert first.published
    assert first.published.json() == "2017-04-28T10:05:00+07:00"
    assert (first.byline, first.category) == ("Siti, Budi", "Sosial")
    assert first.image == "https://contoh.id/a.jpg"
    assert first.enclosures == (Enclosure("https://contoh.id/a.mp3", "audio/mpeg"),)
    assert second.title == "Baris satu. Baris <b>dua</b>."
    assert second.document.blocks == (
        Paragraph((Span("Baris satu."),)),
        Paragraph((Span("Baris <b>dua</b>."),)),
    )
    assert second.byline == "Ani"
    (reason,) = parsed.rejected
    assert "1" in reason


RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://contoh.id/"><title>F</title></channel>
<item rdf:about="contoh-17"><title>Judul</title><link>https://contoh.id/a</link>
<dc:date>2017-04-28T10:05:00+07:00</dc:date><description>Isi.</description></item></rdf:RDF>"""
RSS_091 = """<rss version="0.91"><channel><title>F</title><item><title>Judul</title>
<link>https://contoh.id/a</link><guid>contoh-17</guid><pubDate>28 Apr 2017 10:05 +0700</pubDate>
<description>Isi.</description></item></channel></rss>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>
<title>Judul</title><link rel="alternate" type="text/html" href="https://contoh.id/a"/>
<id>contoh-17</id><issued>2017-04-28T10:05:00+07:00</issued>
<content type="text/html" mode="escaped">&lt;p&gt;Isi.&lt;/p&gt;</content></entry></feed>"""
CUT_OFF = """<rss version='2.0'><channel><title>F</title><item><title>Judul</title>
<link>https://contoh.id/a</link><guid>contoh-17</guid><description>Isi.</description>
<pubDate>Fri, 28 Apr 2017 10:05:00 +0700</pubDate><cat"""


@pytest.mark.parametrize("feed", [RSS_1, RSS_091, ATOM_03, CUT_OFF])
def test_every_dialect_says_the_same(feed: str) -> None:
    article = only(read_feed(feed.encode()))
    assert (article.title, article.url, article.guid) == (
        "Judul",
        "https://contoh.id/a",
        "contoh-17",
    )
    assert article.published
    assert article.published.json() == "2017-04-28T10:05:00+07:00"
    assert article.document.plain() == "Isi."


# --- fields ---


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("Politik &amp; Hukum", "Politik & Hukum"),
        ("Politik &amp;amp; Hukum", "Politik & Hukum"),
        ("&lt;b&gt;Tebal&lt;/b&gt; &amp;quot;sekali&amp;quot;", 'Tebal "sekali"'),
        ("<![CDATA[\n\t Berjarak  <i>jauh</i>\n ]]>", "Berjarak jauh"),
        ("&lt;b&gt;A&lt;/b&gt; &lt;embed src='/x'&gt; B", "A B"),
        ("Suhu &lt; 5 &gt; 3", "Suhu < 5 > 3"),
        ("Tag &lt;judul&gt; baru &lt;/judul&gt;", "Tag <judul> baru </judul>"),
        ("[red]merah[/] [@click=app.quit]x[/]", "[red]merah[/] [@click=app.quit]x[/]"),
        ("Ber\u202eita &#x85; baik\ufeff", "Berita … baik"),
        ("CafÃ© Lâ€™Or", "Café L’Or"),
        ("x" * 2_000, "x" * 1_000),
    ],
)
def test_titles(markup: str, title: str) -> None:
    assert one(f"<title>{markup}</title>").title == title


@pytest.mark.parametrize(("kind", "title"), [("text", "A <b>B</b> &amp; C"), ("html", "A B & C")])
def test_an_atom_title_is_of_the_type_it_states(kind: str, title: str) -> None:
    stated = f'<title type="{kind}">A &lt;b&gt;B&lt;/b&gt; &amp;amp; C</title>'
    entry = PLAIN_ENTRY.replace("<title>Posyandu Tambah Jadwal Malam</title>", stated)
    assert only(read_feed(ATOM.format(entries=entry).encode())).title == title


def test_a_title_with_elements_in_it() -> None:
    inner = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b></div></title>'
    entry = PLAIN_ENTRY.replace("<title>Posyandu Tambah Jadwal Malam</title>", inner)
    assert only(read_feed(ATOM.format(entries=entry).encode())).title == "A B"


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    words = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"
    assert one(f"<description>{words}</description>").title == words
    assert one(f"<description>&lt;p&gt;{words} sebelas</description>").title == words + "…"
    assert one("").title == "https://contoh.id/a"


def test_an_entry_that_says_nothing_is_rejected_and_counted() -> None:
    parsed = read_feed(rss("<item/>", PLAIN_ITEM, "<item></item>"))
    assert only(parsed).guid == "contoh-17"
    (reason,) = parsed.rejected
    assert "2" in reason


def test_an_entry_with_next_to_nothing_is_kept() -> None:
    article = only(read_feed(rss("<item><category>Sosial</category></item>")))
    assert article.category == "Sosial"
    assert article.guid
    assert article.title


@pytest.mark.parametrize(
    ("stated", "json", "precision"),
    [
        ("Fri, 28 Apr 2017 10:05:00 +0700", "2017-04-28T10:05:00+07:00", "time"),
        ("Fri, 28 Apr 2017 10:05:00 GMT", "2017-04-28T10:05:00+00:00", "time"),
        ("Fri, 28 Apr 2017 10:05:00", "2017-04-28T10:05:00+08:00", "time"),  # contoh.id: WITA
        ("Senin, 02 Juni 2025 08:00 WITA", "2025-06-02T08:00:00+08:00", "time"),
        ("Jum'at, 22 September 2017, pukul 06.45 WIB", "2017-09-22T06:45:00+07:00", "time"),
        ("28 Apr 2017", "2017-04-28", "day"),
        ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00", "time"),
    ],
)
def test_dates_keep_their_zone(stated: str, json: str, precision: str) -> None:
    published = one(f"<title>A</title><pubDate>{stated}</pubDate>").published
    assert published
    assert (published.json(), published.precision) == (json, precision)


@pytest.mark.parametrize(
    "stated", ["", "kapan-kapan", "Fri, 99 Foo 0000 10:05:00 GMT", "9" * 9_999]
)
def test_what_is_no_date_is_none(stated: str) -> None:
    assert one(f"<title>A</title><pubDate>{stated}</pubDate>").published is None


def test_dates_without_a_zone_are_universal_in_a_feed_from_elsewhere() -> None:
    feed = rss(item("<pubDate>28 Apr 2017 10:05</pubDate>")).replace(b"contoh.id", b"contoh.org")
    published = only(read_feed(feed)).published
    assert published
    assert published.json() == "2017-04-28T10:05:00+00:00"


def test_the_zone_of_the_fast_reader_is_that_of_the_lenient_one() -> None:
    plain = rss(PLAIN_ITEM)
    assert survey.survey(plain.decode().partition("?>")[2])
    assert read_feed(plain).articles == read_feed(plain + b"<broken").articles


def test_the_longer_text_is_the_body() -> None:
    body = (
        "<description>Ringkas saja.</description><content:encoded>"
        '<![CDATA[<p>Paragraf <a href="/b">satu</a>.</p><script>x()</script><p>Dua.</p>]]>'
        "</content:encoded>"
    )
    article = one(f"<title>A</title>{body}")
    assert article.document.plain() == "Paragraf satu.\n\nDua."
    assert [span.href for span in article.document.spans() if span.href] == ["https://contoh.id/b"]


def test_a_body_of_two_megabytes_comes_whole() -> None:
    lines = [f"Kalimat ke-{number} dari naskah yang panjang sekali." for number in range(45_000)]
    markup = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in lines)
    assert one(f"<description>{markup}</description>").document.plain() == "\n\n".join(lines)
    plain = "\n\n".join(lines)
    assert one(f"<description>{plain}</description>").document.plain() == plain


@pytest.mark.parametrize("part", ["&lt;p&gt;{}&lt;/p&gt;", "{}\n\n"])
def test_a_body_too_long_says_that_it_was_cut(part: str) -> None:
    markup = part.format("kata " * 1_000) * 1_000
    document = one(f"<description>{markup}</description>").document
    assert document.blocks[-1] == Cut()
    assert 4_000_000 < len(document.plain()) < 4_300_000


def test_a_huge_table_of_an_entry_keeps_its_first_rows_and_the_text_behind() -> None:
    table = "<table>" + ("<tr>" + "<td>x</td>" * 400 + "</tr>") * 400 + "</table>"
    found = one(f"<description><![CDATA[<p>satu</p>{table}<p>dua</p>]]></description>").document
    first, block, last = found.blocks
    assert isinstance(block, Table)
    assert len(block.rows) + block.left_out == 400
    assert 0 < block.left_out < 300
    assert [block_text(first), block_text(last)] == ["satu", "dua"]


def test_text_after_an_embedded_file_is_kept() -> None:
    article = one("<title>A</title><description>Satu &lt;embed src='/x'&gt; dua.</description>")
    assert article.document.plain() == "Satu dua."


def test_plain_text_keeps_its_paragraphs() -> None:
    article = one("<title>A</title><description>Satu &lt; dua.\n\nTiga.</description>")
    assert article.document.plain() == "Satu < dua.\n\nTiga."


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ("<author>siti@contoh.id (Siti Aminah)</author>", "Siti Aminah"),
        ("<author>Siti Aminah (siti@contoh.id)</author>", "Siti Aminah"),
        ("<author>Siti Aminah &lt;siti@contoh.id&gt;</author>", "Siti Aminah"),
        ("<dc:creator>jay/hmsprov</dc:creator>", "jay/hmsprov"),
        ("<author>siti@contoh.id</author>", "siti@contoh.id"),
        ("<author> </author>", None),
    ],
)
def test_the_author_is_the_byline(markup: str, byline: str | None) -> None:
    assert one(f"<title>A</title>{markup}").byline == byline
    assert one(f"<title>A <b>B</b></title>{markup}").byline == byline  # the lenient reader


def test_the_first_category_counts() -> None:
    tags = "<category> Sosial </category><category>Desa</category><dc:subject>X</dc:subject>"
    assert one(f"<title>A</title>{tags}").category == "Sosial"


def test_only_safe_addresses_are_kept() -> None:
    article = one(
        "<title>A</title>"
        '<enclosure url="javascript:x()" type="audio/mpeg" length="1"/>'
        '<enclosure url="/suara.mp3" type="audio/mpeg" length="1"/>'
        '<enclosure url="https://contoh.id/foto.jpg" type="image/jpeg" length="1"/>'
        '<enclosure url="https://contoh.id/foto.jpg" type="image/jpeg" length="1"/>'
        '<description>&lt;a href="javascript:x()"&gt;a&lt;/a&gt;</description>'
    )
    assert article.enclosures == (
        Enclosure("https://contoh.id/suara.mp3", "audio/mpeg"),
        Enclosure("https://contoh.id/foto.jpg", "image/jpeg"),
    )
    assert article.image == "https://contoh.id/foto.jpg"
    assert "javascript" not in json.dumps(document_json(article.document))
    assert only(read_feed(rss("<item><title>A</title><link>file:///x</link></item>"))).url is None


@pytest.mark.parametrize(
    "media",
    [
        '<media:content url="https://contoh.id/f.jpg" medium="image"/>',
        '<media:content url="https://contoh.id/f.mp4" type="video/mp4"/>'  # noqa: ISC004 - one feed
        '<media:content url="https://contoh.id/f.jpg" type="image/jpeg"/>',
        '<media:thumbnail url="https://contoh.id/f.jpg"/>',
        '<media:group><media:content url="https://contoh.id/f.jpg"/></media:group>',
        '<itunes:image href="https://contoh.id/f.jpg"'  # noqa: ISC004 - one element
        ' xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd"/>',
    ],
)
def test_a_picture_of_the_entry_is_its_image(media: str) -> None:
    assert one(f"<title>A</title>{media}").image == "https://contoh.id/f.jpg"
    assert one(f"<title>A <b>B</b></title>{media}").image == "https://contoh.id/f.jpg"


def test_links_are_joined_to_where_the_feed_came_from() -> None:
    feed = b"<rss version='2.0'><channel><item><link>../b</link></item></channel></rss>"
    parsed = read_feed(feed, url="https://contoh.id/x/feed.xml")
    assert only(parsed).url == "https://contoh.id/b"
    assert parsed.source == SourceData("contoh.id", "feed", "https://contoh.id/x/feed.xml")
    assert only(read_feed(feed)).url is None


def test_links_follow_the_base_that_a_feed_states() -> None:
    entry = PLAIN_ENTRY.replace('href="https://contoh.id/berita/posyandu-malam"', 'href="b"')
    entry = entry.replace("<entry>", '<entry xml:base="https://lain.id/x/">')
    assert only(read_feed(ATOM.format(entries=entry).encode())).url == "https://lain.id/x/b"


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ("<guid>https://contoh.id/g</guid>", "https://contoh.id/g"),
        ('<guid isPermaLink="false">https://contoh.id/g</guid>', None),
        ("<guid>17</guid>", None),
    ],
)
def test_an_id_is_the_link_only_where_it_is_an_address(guid: str, link: str | None) -> None:
    assert only(read_feed(rss(f"<item><title>A</title>{guid}</item>"))).url == link


def test_ids() -> None:
    long = "x" * 3_000
    guids = [only(read_feed(rss(f"<item><guid>{long}{n}</guid></item>"))).guid for n in range(2)]
    assert guids[0] != guids[1]
    assert all(guid and len(guid) < 100 for guid in guids)
    assert one("<title>A</title>").guid == "1"
    linked = only(read_feed(rss("<item><title>A</title><link>https://contoh.id/a</link></item>")))
    assert (linked.guid, linked.url) == (None, "https://contoh.id/a")


def test_entries_with_neither_id_nor_link_differ_by_title_and_date() -> None:
    inner = "<item><title>A</title><pubDate>{} Apr 2017</pubDate></item>"
    parsed = read_feed(rss(inner.format(1), inner.format(2), inner.format(1)))
    first, second, again = (article.guid for article in parsed.articles)
    assert first
    assert first != second
    assert first == again


# --- bounds ---


def test_a_feed_of_very_many_entries_is_read_in_part_and_says_so() -> None:
    items = [
        f"<item><title>{n}</title><link>https://contoh.id/{n}</link></item>" for n in range(1_500)
    ]
    for feed in (rss(*items), rss(*items) + b"<broken"):
        parsed = read_feed(feed)
        assert len(parsed.articles) == ENTRY_LIMIT
        assert parsed.articles[-1].title == str(ENTRY_LIMIT - 1)
        (reason,) = parsed.rejected
        assert "1.500" in reason


def test_an_entry_of_very_many_enclosures_keeps_the_first() -> None:
    files = "".join(f'<enclosure url="https://contoh.id/{n}.mp3"/>' for n in range(200))
    assert len(one(files).enclosures) == ENCLOSURE_LIMIT


@pytest.mark.parametrize(
    ("doctype", "reference"),
    [
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>', ""),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">', ""),
        (
            '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
            + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 or str()};" * 9}">' for n in range(1, 12))
            + "]>",
            "&b11;",
        ),
        (f'<!DOCTYPE rss [<!ENTITY q "{"q" * 50_000}">]>', "&q;" * 50_000),
    ],
    ids=["external", "parameter", "dtd", "laughs", "quadratic"],
)
def test_entities_neither_expand_nor_fetch(doctype: str, reference: str) -> None:
    body = f"<title>Aman</title><description>Isi {reference}</description>"
    feed = rss(PLAIN_ITEM, item(body)).replace(b"<rss ", doctype.encode() + b"<rss ", 1)
    parsed = read_feed(feed)
    assert parsed.articles[0].guid == "contoh-17"
    said = parsed.articles[1].document.plain()
    assert parsed.articles[1].title == "Aman"
    assert "lollol" not in said
    assert len(said) < len(feed)


def test_letters_by_html_name_are_read() -> None:
    feed = rss(item("<title>Caf&eacute; &ldquo;Kita&rdquo;</title>"))
    assert only(read_feed(feed)).title == "Café “Kita”"


def test_an_entry_beside_a_hostile_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenient, "TIME_LIMIT", 1.5)
    attributes = " ".join(f"a{n}='x'" for n in range(20_000))  # feedparser takes them squared
    parsed = read_feed(rss(f"<item><x {attributes}/></item>", PLAIN_ITEM))
    assert "contoh-17" in {article.guid for article in parsed.articles}


def test_a_reader_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    lenient.close_workers()
    forever = (sys.executable, "-c", "import threading; threading.Event().wait()")
    monkeypatch.setattr(lenient, "_COMMAND", forever)
    monkeypatch.setattr(lenient, "TIME_LIMIT", 0.2)
    with pytest.raises(ParseError):
        read_feed(b"<rss><broken>")
    assert not lenient._idle


def test_a_reader_that_cannot_start_is_a_feed_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lenient.close_workers()
    monkeypatch.setattr(lenient, "_COMMAND", ("/nowhere/python",))
    with pytest.raises(ParseError):
        read_feed(b"<rss><broken>")


def test_a_reader_that_died_while_it_waited_is_replaced() -> None:
    broken = rss(PLAIN_ITEM) + b"<broken"
    read_feed(broken)
    (waiting,) = lenient._idle
    waiting._process.kill()
    waiting._process.wait()
    assert only(read_feed(broken)).guid == "contoh-17"
    assert lenient._idle != [waiting]


def test_a_reader_is_asked_again() -> None:
    broken = rss(PLAIN_ITEM) + b"<broken"
    read_feed(broken)
    waiting = list(lenient._idle)
    read_feed(broken)
    assert waiting
    assert lenient._idle == waiting


def test_several_feeds_are_read_at_once_and_few_readers_are_kept() -> None:
    broken = rss(PLAIN_ITEM) + b"<broken"
    with ThreadPoolExecutor(4) as threads:
        guids = [only(parsed).guid for parsed in threads.map(read_feed, [broken] * 12)]
    assert guids == ["contoh-17"] * 12
    assert 1 <= len(lenient._idle) <= 2


@pytest.mark.parametrize("data", [b"{", b"{}", b'{"items": 1}'])
def test_json_that_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError):
        read_feed(data)


def test_the_plain_path_loads_no_lenient_reader() -> None:
    program = (
        "import sys; from kaltimtui.parsing.feed.read import read_feed;"
        "read_feed(sys.stdin.buffer.read()); print('feedparser' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=rss(PLAIN_ITEM), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"False"


# --- anything ---


PIECES = [
    *("<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>"),
    *("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<link href='b'/>"),
    *("<guid>", "</guid>", "<pubDate>", "<content type='xhtml'>", "<![CDATA[", "]]>", "<!--"),
    *("&amp;", "&#27;", "&#x9b;", "&lt;b&gt;", "&x;", "&", "<", "teks", "\x1b[31m", "\u202e"),
    *("https://contoh.id/a", "javascript:x()", "9999-12-31T23:59:59-12:00", "</channel></rss>"),
    *("<enclosure url='https://contoh.id/\u202ea' type='\x07'/>", "<?xml version='1.0'?>", "\0"),
]
anything = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda parts: "".join(parts).encode()),
    st.lists(st.sampled_from(PIECES), max_size=20).map(lambda parts: rss(*parts)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["items", "title", "id"]), inner)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps({"items": [value], "version": value}).encode()),
)


def words(parsed: Parsed) -> Iterator[str]:
    assert parsed.source
    yield parsed.source.name
    for article in parsed.articles:
        yield from filter(
            None,
            (
                article.title,
                article.url,
                article.guid,
                article.byline,
                article.category,
                article.image,
            ),
        )
        yield json.dumps(document_json(article.document), ensure_ascii=False)
        for enclosure in article.enclosures:
            yield enclosure.url + (enclosure.type or "")


def assert_clean(parsed: Parsed) -> None:
    for said in words(parsed):
        kinds = {unicodedata.category(letter) for letter in said if letter not in "\n\t"}
        assert not kinds & {"Cc", "Cs"}, said
        assert not set(said) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff"), said


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything)
def test_nothing_but_parse_error_is_raised_and_nothing_unclean_comes_out(data: bytes) -> None:
    with contextlib.suppress(ParseError):
        assert_clean(read_feed(data))


# --- real feeds ---


INDONESIAN = {
    "antara-jambi-terkini-2022-08-28.xml": (20, "+07:00"),
    "antara-2017-04.xml": (20, "+07:00"),
    "tempo-2017-04-06.xml": (50, "+07:00"),
    "tempo-terkini-2017-04-28.xml": (30, "+01:00"),
    "detik-news-2017-04-28.xml": (10, "+07:00"),
    "detik-feedsportal-2014-04-29.rss": (25, "+00:00"),
    "viva-all-2017-04-28.xml": (200, "+07:00"),
}


@pytest.mark.usefixtures("no_lenient")
@pytest.mark.parametrize(("name", "expected"), INDONESIAN.items())
def test_indonesian_feeds(shared: Path, name: str, expected: tuple[int, str]) -> None:
    data = (shared / "corpus/indonesia" / name).read_bytes()
    assert kind_of(data) == "feed"
    parsed = read_feed(data)
    count, zone = expected
    assert len(parsed.articles) == count
    assert parsed.rejected == ()
    assert_clean(parsed)
    for article in parsed.articles:
        assert article.url
        assert article.guid
        assert article.published
        assert article.published.precision == "time"
        assert article.published.json().endswith(zone)
        assert article.document.blocks
        assert "<" not in article.title


def manifest(shared: Path, kind: str) -> list[Path]:
    corpus = shared / "corpus"
    files = json.loads((corpus / "manifest.json").read_bytes())["files"]
    return [corpus / file["path"] for file in files if file["kind"] == kind]


def test_every_feed_of_the_corpus_is_read_or_refused_plainly(shared: Path) -> None:
    articles = refused = 0
    for path in manifest(shared, "feed"):
        data = path.read_bytes()
        try:
            parsed = read_feed(data) if kind_of(data) == "feed" else None
        except ParseError:
            refused += 1
            continue
        if parsed:
            assert_clean(parsed)
            articles += len(parsed.articles)
    assert articles > 1_000
    assert refused < 20
