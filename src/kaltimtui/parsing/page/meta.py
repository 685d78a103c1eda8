"""What a page of HTML says of itself for machines: JSON-LD, OpenGraph, ``meta``, ``time``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kaltimtui import dates, text
from kaltimtui.parsing import sites
from kaltimtui.parsing.html.tree import plain
from kaltimtui.parsing.page import jsontext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.dates import Stamp
    from kaltimtui.parsing.html.elements import Element

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S{1,2000}?)\s*-->")
_FRONT_PAGE = re.compile(r"https?://[^/]+/?")
_HEAD: Final = 8_192
"""Characters in which a browser notes where it saved a page from."""
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|Report|NewsStory)$")
_CRUMBS = re.compile(r"breadcrumb", re.IGNORECASE)
_NO_CATEGORY: Final = frozenset({"uncategorized", "tak berkategori", "tanpa kategori"})
_NO_CRUMBS: Final = frozenset(
    {
        *("beranda", "home", "berita", "artikel", "news", "detail", "detail berita", "index"),
        *("halaman utama", "blog", "detailberita", "publikasi"),
    }
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What was said; nothing of it need be true or even about the article."""

    base: str | None
    url: str | None
    names: tuple[str, ...]
    """What may be the headline, most trusted first; the site's name may stand with it."""
    site: str | None
    category: str | None
    published: Stamp | None
    author: str | None
    image: str | None
    is_article: bool = False
    """Whether JSON-LD or OpenGraph calls the page an article."""


def read_meta(root: Element, markup: str, url: str | None) -> Meta:
    """Gather what the head of a page and its structured data say. ``url`` is where it came from."""
    said = _meta_tags(root)
    article = _article_data(root)
    saved = _SAVED_FROM.search(markup[:_HEAD])
    canonical = root.xpath("//link[@rel='canonical']/@href")[:1]
    claims = [url, saved[1] if saved else None, *canonical, said.get("og:url")]
    claims += [jsontext.name_in(article.get(key)) for key in ("url", "mainEntityOfPage", "@id")]
    address = _address(claims)
    base = text.address(next(iter(root.xpath("//base/@href")), None), address) or address
    titles = [said.get("og:title"), said.get("twitter:title"), root.findtext(".//title")]
    names = [jsontext.name_in(article.get("headline")), *titles]
    images = [
        said.get("og:image"),
        said.get("twitter:image"),
        jsontext.name_in(article.get("image")),
    ]
    author = jsontext.name_in(article.get("author")) or said.get("author")
    return Meta(
        base=base,
        url=address,
        names=tuple(dict.fromkeys(filter(None, (plain(name) for name in names if name)))),
        site=text.optional(said.get("og:site_name")),
        category=_category(root, article, said),
        published=_published(root, article, said),
        author=text.optional(plain(author)) if author else None,
        image=next(filter(None, (text.address(image, base) for image in images)), None),
        is_article=bool(article) or said.get("og:type") == "article",
    )


def _meta_tags(root: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        content = (node.get("content") or "").strip()
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _article_data(root: Element) -> dict[str, jsontext.Value]:
    """The article among the objects of JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            for _key, value in jsontext.objects(jsontext.load(script.text)):
                kinds = value.get("@type")
                if any(
                    _is_article_type(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    return value
    return {}


def _is_article_type(kind: jsontext.Value) -> bool:
    return isinstance(kind, str) and _ARTICLE_TYPES.match(kind) is not None


def _address(claims: list[str | None]) -> str | None:
    """The address of a page: the first of an article, else the first that is no front page."""
    given = claims[0]
    if given and (known := text.address(given)):
        return sites.canonical(known)
    safe = [text.address(claim, None) for claim in claims if claim]
    addresses = [sites.canonical(address) for address in safe if address]
    articles = [address for address in addresses if sites.is_article(address)]
    inner = [address for address in addresses if not _FRONT_PAGE.fullmatch(address)]
    return next(iter((*articles, *inner)), None)


def _published(
    root: Element, article: dict[str, jsontext.Value], said: dict[str, str]
) -> Stamp | None:
    stated = [jsontext.name_in(article.get("datePublished"))]
    keys = (
        "article:published_time",
        "datepublished",
        "og:published_time",
        "publishdate",
        "pubdate",
    )
    stated += [said.get(key) for key in (*keys, "publish-date", "dc.date.issued", "date")]
    stated += list(_stated_in_time(root))
    return next(filter(None, (dates.parse(value) for value in stated)), None)


def _stated_in_time(root: Element) -> Iterator[str]:
    for node in root.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]"):
        yield node.get("datetime") or node.get("content") or "".join(node.itertext())[:100]


def _category(
    root: Element, article: dict[str, jsontext.Value], said: dict[str, str]
) -> str | None:
    named = [jsontext.name_in(article.get("articleSection")), said.get("article:section")]
    named += [crumb for crumb in _crumbs(root) if crumb.lower() not in _NO_CRUMBS]
    categories = (text.optional(name) for name in named)
    return next((name for name in categories if name and name.lower() not in _NO_CATEGORY), None)


def _crumbs(root: Element) -> list[str]:
    """The links of a page's breadcrumbs, the innermost first; the page itself is none."""
    trail = next(
        (
            node
            for node in root.iter("nav", "ol", "ul", "div", "p")
            if _CRUMBS.search(f"{node.get('class')} {node.get('id')} {node.get('aria-label')}")
        ),
        None,
    )
    if trail is None:
        return []
    links = [" ".join("".join(link.itertext()).split()) for link in trail.iter("a")]
    return [link for link in reversed(links) if 2 < len(link) <= 60 and len(link.split()) <= 8]
