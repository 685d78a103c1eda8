"""The feeds of the demo portal, its map and its rules for robots."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from kaltimtui.demo.looks import CLOSED, SITE, body_of, caption_of, teaser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.demo.looks import Place
    from kaltimtui.demo.stories import Story

_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTENT: Final = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def rss(
    stories: Sequence[Story], place: Place, *, path: str, title: str = SITE, whole: bool = False
) -> str:
    """The articles as RSS 2.0; the beginning of each, or its ``whole`` text."""
    entries = "".join(_rss_entry(story, place, whole=whole) for story in stories)
    itself = quoteattr(place.whole(path))
    return (
        f'{_DECLARED}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"{_CONTENT}>'
        f"<channel><title>{escape(title)}</title><link>{place.whole('/')}</link>"
        f"<description>Berita contoh dari Kalimantan Timur</description><language>id</language>"
        f'<atom:link href={itself} rel="self" type="application/rss+xml"/>{entries}'
        "</channel></rss>\n"
    )


def _rss_entry(story: Story, place: Place, *, whole: bool) -> str:
    article = story.article
    body = body_of(story, place).replace("]]>", "]]]]><![CDATA[>")
    text = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if whole else ""
    return (
        f"<item><title>{escape(article.title)}</title><link>{place.canonical(story)}</link>"
        f'<guid isPermaLink="false">contoh:{story.slug}</guid>'
        f"<pubDate>{format_datetime(story.moment)}</pubDate>"
        f"<category>{escape(story.category)}</category>"
        f"<description>{escape(teaser(story))}</description>{text}{_enclosure(story, place)}</item>"
    )


def _enclosure(story: Story, place: Place) -> str:
    path = place.sound(story)
    if path is None:
        return ""
    return f'<enclosure url={quoteattr(place.whole(path))} length="32044" type="audio/x-wav"/>'


def atom(stories: Sequence[Story], place: Place, *, path: str, title: str = SITE) -> str:
    """The articles with their whole texts as Atom."""
    entries = "".join(_atom_entry(story, place) for story in stories)
    return (
        f'{_DECLARED}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">'
        f"<title>{escape(title)}</title><id>{place.whole(path)}</id>"
        f"<link href={quoteattr(place.whole('/'))}/>"
        f'<link rel="self" href={quoteattr(place.whole(path))}/>'
        f"<updated>{stories[0].moment.isoformat(timespec='seconds')}</updated>{entries}</feed>\n"
    )


def _atom_entry(story: Story, place: Place) -> str:
    article = story.article
    moment = story.moment.isoformat(timespec="seconds")
    caption = caption_of(story)
    below = f"<p>//// Foto : {escape(caption)}</p>" if caption else ""
    return (
        f"<entry><title>{escape(article.title)}</title><id>urn:contoh:{story.slug}</id>"
        f"<link href={quoteattr(place.canonical(story))}/>"
        f"<published>{moment}</published><updated>{moment}</updated>"
        f"<category term={quoteattr(story.category)}/>"
        f"<summary>{escape(teaser(story))}</summary>"
        f'<content type="html">{escape(body_of(story, place) + below)}</content></entry>'
    )


def sitemap(stories: Sequence[Story], place: Place) -> str:
    """The map of the site."""
    pages = "".join(
        f"<url><loc>{escape(place.canonical(story))}</loc>"
        f"<lastmod>{story.moment.isoformat(timespec='seconds')}</lastmod></url>"
        for story in stories
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{_DECLARED}<urlset xmlns="{space}">{pages}</urlset>\n'


def robots(place: Place, closed: str) -> str:
    """What robots may fetch: all but one folder and the one article in ``closed``."""
    lines = ["User-agent: *", f"Disallow: {CLOSED}", f"Disallow: {closed}", ""]
    return "\n".join([*lines, f"Sitemap: {place.whole('/sitemap.xml')}", ""])
