from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from kaltimtui import parsing
from kaltimtui.demo.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kaltimtui.demo.portal import Portal
    from kaltimtui.models import ArticleData, Parsed

NEWEST = 20


@pytest.fixture
def portal(demo_portal: Callable[..., Portal]) -> Portal:
    return demo_portal(articles=80)


def body(portal: Portal, path: str) -> bytes:
    answer, _validated = portal.reply(path)
    assert isinstance(answer, Answer)
    return answer.body


def read(portal: Portal, path: str, now: datetime) -> Parsed:
    return parsing.read(body(portal, path), url=portal.at(path), now=now)


def stamped(article: ArticleData) -> tuple[object, ...]:
    """The head as a feed says it, which knows every time to the second."""
    assert article.published is not None
    return article.title, article.url, article.category, article.published.moment


@pytest.mark.parametrize("path", ["/rss.xml", "/atom.xml", "/feed/"])
def test_feeds_name_the_newest_articles(path: str, portal: Portal, now: datetime) -> None:
    parsed = read(portal, path, now)
    assert parsed.source is not None
    assert parsed.source.name == "Portal Contoh"
    assert [stamped(entry) for entry in parsed.articles] == [
        stamped(article) for article in portal.articles[:NEWEST]
    ]
    assert len({entry.guid for entry in parsed.articles}) == NEWEST


def test_rss_cuts_its_texts_and_the_other_feeds_do_not(portal: Portal, now: datetime) -> None:
    sizes = {
        path: sum(len(entry.document.plain()) for entry in read(portal, path, now).articles)
        for path in ("/rss.xml", "/atom.xml", "/feed/")
    }
    whole = sum(len(article.document.plain()) for article in portal.articles[:NEWEST])
    assert sizes["/rss.xml"] < NEWEST * 145
    assert sizes["/atom.xml"] >= whole
    assert sizes["/feed/"] >= whole


def test_some_entries_have_a_recording(portal: Portal, now: datetime) -> None:
    entries = read(portal, "/rss.xml", now).articles
    recorded = [entry.enclosures[0] for entry in entries if entry.enclosures]
    assert 0 < len(recorded) < NEWEST
    for enclosure in recorded:
        sound = body(portal, enclosure.url.removeprefix(portal.url))
        assert sound[:4] == b"RIFF"
        assert len(sound) == 32_044
        assert enclosure.type == "audio/x-wav"


def test_the_map_names_every_article_once(portal: Portal) -> None:
    root = etree.fromstring(body(portal, "/sitemap.xml"))
    addresses = [node.text for node in root.iter("{*}loc")]
    assert addresses == [article.url for article in portal.articles]
    assert len(list(root.iter("{*}lastmod"))) == len(addresses)


def test_feeds_are_well_formed_whatever_they_hold(portal: Portal) -> None:
    portal.heal("/lambat/rss.xml")
    for path in ("/rss.xml", "/atom.xml", "/feed/", "/lambat/rss.xml"):
        assert etree.fromstring(body(portal, path)).tag
