from __future__ import annotations

import pytest

from kaltimtui.parsing.feed.fast import read_fast
from kaltimtui.parsing.feed.raw import ENTRY_LIMIT
from kaltimtui.parsing.feed.survey import survey

RSS = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>F</title>
<link>https://contoh.id/</link>{items}</channel></rss>"""
ITEM = "<item><title>A</title><link>https://contoh.id/a</link><guid>1</guid>{more}</item>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>{entries}</feed>"
ENTRY = "<entry{kind}><title>A</title><id>1</id><link href='https://contoh.id/a'/>{more}</entry>"


def rss(more: str = "") -> str:
    return RSS.format(items=ITEM.format(more=more))


def atom(more: str = "", kind: str = "") -> str:
    return ATOM.format(entries=ENTRY.format(more=more, kind=kind))


@pytest.mark.parametrize(
    "feed",
    [
        rss(),
        rss("<pubDate>x</pubDate><description>y</description><category>z</category>"),
        rss("<media:group><media:title>Lain</media:title></media:group>"),
        rss("<image><url>x</url><title>Lain</title><link>y</link></image>"),
        rss("<dc:date>x</dc:date><itunes:author>y</itunes:author>"),
        RSS.format(items="<item><title>A</title><guid>https://contoh.id/a</guid></item>"),
        atom(),
        atom("<content type='html'>x</content><summary>y</summary><published>z</published>"),
        atom("<author><name>x</name></author><source><title>y</title><id>z</id></source>"),
        atom("<link rel='enclosure' href='x'/><link rel='edit' href='y'/>"),
    ],
)
def test_plain_feeds(feed: str) -> None:
    found = survey(feed)
    assert found
    (entry,) = found.entries
    assert entry.texts["title"] == "A"
    assert entry.texts["link"] == "https://contoh.id/a"
    assert found.feed.texts["title"] == "F"
    assert read_fast(feed.encode(), found)


@pytest.mark.parametrize(
    "feed",
    [
        "",
        "<rss>",
        "<html/>",
        RSS.format(items=""),
        rss().replace("<rss", "<!DOCTYPE rss><rss"),
        rss("<broken"),
        rss("&nbsp;"),
        rss("<title>B</title>"),
        rss("<link>https://contoh.id/b</link>"),
        rss("<media:title>Lain</media:title>"),
        rss("<dc:title>Lain</dc:title>"),
        rss("<PubDate>Lain</PubDate>"),
        rss("<atom:link href='https://contoh.id/b'/>"),
        rss("<description>A <b>b</b></description>"),
        rss("<description type='application/octet-stream'>QQ==</description>"),
        rss("<foo><link>https://contoh.id/b</link></foo>"),
        rss("<item><title>Di dalam</title></item>"),
        rss().replace("<item>", "<item xml:base='https://lain.id/'>"),
        rss().replace("<link>https://contoh.id/a</link>", ""),
        rss().replace("<link>https://contoh.id/a</link>", "<link/>"),
        rss().replace("<title>A", "<title>A <b>b</b>"),
        rss().replace("<link>https://contoh.id/a", "<link href='https://contoh.id/b'>x"),
        rss().replace("</channel>", "</channel><channel/>"),
        rss().replace("<title>F</title>", "<media:title>F</media:title>"),
        rss("<a>" * 100 + "</a>" * 100),
        rss("<a " + " ".join(f"a{n}='x'" for n in range(100)) + "/>"),
        RSS.format(
            items="<item><guid isPermaLink='false'>https://contoh.id/a</guid><title>A</title></item>"
        ),
        atom(kind=" xml:base='https://lain.id/'"),
        atom("<link href='https://contoh.id/b'/>"),
        atom().replace("<link href", "<link type='application/pdf' href"),
        atom("<content type='xhtml'><div>x</div></content>"),
        atom("<content src='https://contoh.id/b'/>"),
        atom("<issued>x</issued>"),
        atom().replace("<link href='https://contoh.id/a'/>", ""),
        atom().replace("2005/Atom", "2005/Lain"),
    ],
)
def test_feeds_that_are_not_plain(feed: str) -> None:
    assert survey(feed) is None


def test_more_entries_than_are_read_are_counted_and_cut_off() -> None:
    one = ITEM.format(more="")
    found = survey(RSS.format(items=one * (ENTRY_LIMIT + 5)))
    assert found
    assert found.total == ENTRY_LIMIT + 5
    assert len(found.entries) == ENTRY_LIMIT
    read = read_fast(RSS.format(items=one * (ENTRY_LIMIT + 5)).encode(), found)
    assert read
    assert (len(read.entries), read.total) == (ENTRY_LIMIT, ENTRY_LIMIT + 5)


def test_the_fast_reader_must_find_what_the_survey_found() -> None:
    found = survey(rss())
    assert found
    for key in ("title", "link", "id"):
        said = found.entries[0].texts[key]
        found.entries[0].texts[key] = "lain"
        assert read_fast(rss().encode(), found) is None
        found.entries[0].texts[key] = said
    assert read_fast(rss().encode(), found)
    assert read_fast(b"", found) is None
