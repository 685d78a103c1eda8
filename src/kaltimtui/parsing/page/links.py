"""Where a page leads: to articles, to feeds it announces, and to lists that name more articles.

Articles are told by their address alone. Where a page shows no link to any, it may be drawn by a
program from JSON that it carries; then the addresses in there count, and bare slugs.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from kaltimtui import text
from kaltimtui.errors import ParseError
from kaltimtui.models import SourceData
from kaltimtui.parsing import charset, sites
from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.page import forms, jsontext
from kaltimtui.parsing.page.barrier import PARKED, PARKED_WORDS, Barrier, barrier
from kaltimtui.parsing.page.payload import values_of
from kaltimtui.parsing.profile import netloc_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kaltimtui.parsing.html.elements import Element

LINKS_LIMIT: Final = 5_000
"""Links of a page that are looked at."""
FEEDS_LIMIT: Final = 20
LISTINGS_LIMIT: Final = 500
_FEED_TYPES: Final = frozenset(
    (
        *("application/rss+xml", "application/atom+xml", "application/feed+json"),
        *("application/rdf+xml", "application/json", "text/xml", "application/xml"),
    )
)
_FEED_PATH = re.compile(
    r"/(?:feed|rss|atom|rss2)(?:/|\.xml|\.php)?$|\.(?:rss|atom)$|/feed\.(?:xml|json)$",
    re.IGNORECASE,
)
_NO_FEED = re.compile(r"/comments?/|wp-json|oembed", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|webp|svg|ico|mp[34]|m4a|avi|mov|apk|css"
    r"|js|xml|json|rss|atom|ics)$",
    re.IGNORECASE,
)
_LIST_WORDS: Final = frozenset(
    (
        *("kategori", "category", "categories", "rubrik", "kanal", "channel", "topik", "tag"),
        *("tags", "label", "berita", "artikel", "news", "article", "articles", "post", "posts"),
        *("blog", "indeks", "index", "arsip", "archive", "archives", "terbaru", "terkini"),
        *("latest", "daftar-berita", "listberita", "list-berita", "siaran-pers", "publikasi"),
    )
)
_PAGING_KEYS: Final = frozenset(
    ("page", "hal", "halaman", "p", "pg", "paged", "start", "offset", "per_page", "hlm")
)
_PAGING_PATH = re.compile(r"/(?:page|hal|halaman|hlm|p)[/-]?([0-9]{1,5})/?$", re.IGNORECASE)
_NEXT = re.compile(
    r"\W*(?:next|older(?: posts)?|more|selanjutnya|berikutnya|lanjut|sebelumnya|berita lama"
    r"|lihat semua|selengkapnya|indeks|halaman)\W*(?:page|posts?|berita)?\W*|[»›>]+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]{1,5}")
_SLUG_KEY = re.compile(r"(?:^|_)slug$", re.IGNORECASE)
_TITLE_KEY = re.compile(r"judul|title|headline", re.IGNORECASE)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{2,200}")
_MAY_BE_ADDRESS = re.compile(r"(?:https?:/)?/\S{1,2000}|[\w.-]{1,100}/[\w./-]{1,500}")
_ADDRESS_LIMIT: Final = 2_000
_VALUE: Final = (
    r"\s[^<>]{0,2000}?(?<![\w-])href\s{0,9}=\s{0,9}"
    r"(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))"
)
_HREF = re.compile(f"<a(?:rea)?{_VALUE}", re.IGNORECASE)
_BASE = re.compile(f"<base{_VALUE}", re.IGNORECASE)
_SMALL: Final = 16 * 1024
"""Characters of a page that holds next to nothing, and in which a page states its base."""
_ASKS = re.compile(r"type\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
_SUSPECT = re.compile(
    r"<(?:title|h1)[^<>]{0,200}>\s{0,99}"
    r"(?:\W{0,20}(?:error|galat|oops|ups|log.?in|masuk|silakan|halaman|sign|40[0-9]|410)\b"
    r"|[^<]{0,200}(?:not found|tidak (?:dapat )?(?:ditemukan|tersedia)|not exist|domain))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a page leads. All addresses are safe and canonical, each once, in page order."""

    articles: tuple[str, ...] = ()
    feeds: tuple[SourceData, ...] = ()
    """Those announced, then those linked; whether they are feeds is not known yet."""
    listings: tuple[str, ...] = ()
    """Pages of the same host that seem to name articles: categories, further pages."""
    title: str | None = None
    """What the site or page calls itself."""
    barrier: Barrier | None = None
    """What stands in the place of the page."""
    wordpress: bool = False


class Anchor(NamedTuple):
    """One link: where to, and its words."""

    url: str
    words: str
    rel: str = ""


def links(
    data: bytes, url: str, is_article: Callable[[str], bool], *, place: str | None = None
) -> PageLinks:
    """Where the page of an address leads. Raises ParseError where it is empty.

    ``place`` is the path, ``/berita/{slug}``, of an article of which only a slug is told.
    """
    root = parse_html(charset.decode(data))
    base = _base(root, url)
    anchors = list(_anchors(root, base))
    here = sites.canonical(url)
    found = [anchor for anchor in anchors if is_article(anchor.url) and not _is_page(anchor)]
    articles: Iterable[str] = (anchor.url for anchor in found)
    if not found:
        articles = _embedded(root, base, is_article, place)
    unique = dict.fromkeys(address for address in articles if address != here)
    others = [anchor for anchor in anchors if anchor.url not in unique and anchor.url != here]
    return PageLinks(
        articles=tuple(unique),
        feeds=tuple(islice(_feeds(root, base, others), FEEDS_LIMIT)),
        listings=tuple(_listings(root, base, others, unique, here))[:LISTINGS_LIMIT],
        title=_title(root),
        barrier=barrier(root),
        wordpress=_is_wordpress(root),
    )


def guess_patterns(data: bytes, url: str) -> tuple[str, ...]:
    """Forms of articles' addresses by the links of a page, most frequent first.

    Raises ParseError where the page is empty.
    """
    root = parse_html(charset.decode(data))
    base = _base(root, url)
    own = _site(base)
    said = [
        (anchor.url, anchor.words) for anchor in _anchors(root, base) if _site(anchor.url) == own
    ]
    patterns = forms.guess(said)
    if patterns:
        return patterns
    carried = (address for address in _addresses(root, base) if _site(address) == own)
    return forms.guess([(address, "") for address in islice(carried, LINKS_LIMIT)])


def page_number(url: str) -> int | None:
    """Which page of a list an address is of, or from which entry on; None of one without."""
    parts = urlsplit(url)
    if found := _PAGING_PATH.search(parts.path):
        return int(found[1])
    fields = parse_qsl(parts.query[:_ADDRESS_LIMIT])
    numbers = (value for key, value in fields if key.lower() in _PAGING_KEYS)
    return next((int(value) for value in numbers if _NUMBER.fullmatch(value)), None)


# --- What a page links ------------------------------------------------------------------------


def _base(root: Element, url: str) -> str:
    stated = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    return text.address(stated, url) or url


def _site(url: str) -> str:
    return netloc_of(urlsplit(url)).removeprefix("www.")


def _anchors(root: Element, base: str) -> Iterator[Anchor]:
    """The links of a page; of several to one address each, since their words differ."""
    known: dict[str, str | None] = {}
    for node in islice(root.iter("a", "area"), LINKS_LIMIT):
        href = node.get("href")
        if not href or href.startswith("#"):
            continue
        if href not in known:
            address = text.address(href, base)
            known[href] = sites.canonical(address) if address else None
        if address := known[href]:
            words = " ".join("".join(node.itertext())[:500].split())
            yield Anchor(address, words, (node.get("rel") or "").lower())


def _is_page(anchor: Anchor) -> bool:
    """Whether a link that looks like an article's is one to a numbered page of a list."""
    last = urlsplit(anchor.url).path.rstrip("/").rpartition("/")[2]
    return bool(_NUMBER.fullmatch(last) and (_NUMBER.fullmatch(anchor.words) or _says_next(anchor)))


def _says_next(anchor: Anchor) -> bool:
    return "next" in anchor.rel.split() or bool(_NEXT.fullmatch(anchor.words))


def _title(root: Element) -> str | None:
    for node in root.iter("meta"):
        if (node.get("property") or "").lower() == "og:site_name":
            return text.optional(node.get("content"), sites.NAME_LIMIT)
    return text.optional(root.findtext(".//title"), sites.NAME_LIMIT)


def _is_wordpress(root: Element) -> bool:
    for node in root.iter("meta", "link", "script"):
        said = node.get("content") or node.get("href") or node.get("src") or ""
        if "wp-content" in said or "wp-includes" in said or "wp-json" in said:
            return True
        if (node.get("name") or "").lower() == "generator" and said.startswith("WordPress"):
            return True
    return False


# --- Feeds ------------------------------------------------------------------------------------


def _feeds(root: Element, base: str, anchors: Iterable[Anchor]) -> Iterator[SourceData]:
    seen: set[str] = set()
    linked = ((anchor.url, anchor.words) for anchor in anchors if _is_feed_link(anchor, base))
    for href, words in (*_announced(root), *linked):
        address = text.address(href, base)
        if address and address not in seen and not _NO_FEED.search(urlsplit(address).path):
            seen.add(address)
            name = text.optional(words, sites.NAME_LIMIT) or text.host(address)
            yield SourceData(name, "feed", address)


def _announced(root: Element) -> Iterator[tuple[str, str]]:
    for node in root.iter("link"):
        kind = (node.get("type") or "").partition(";")[0].strip().lower()
        rel = (node.get("rel") or "").lower().split()
        if ("alternate" in rel or "feed" in rel) and kind in _FEED_TYPES and node.get("href"):
            yield node.get("href"), node.get("title") or ""


def _is_feed_link(anchor: Anchor, base: str) -> bool:
    parts = urlsplit(anchor.url)
    return _FEED_PATH.search(parts.path) is not None and _site(anchor.url) == _site(base)


# --- Lists ------------------------------------------------------------------------------------


def _listings(
    root: Element, base: str, anchors: Iterable[Anchor], articles: Iterable[str], here: str
) -> Iterator[str]:
    above = {folder for article in articles for folder in _folders(article)}
    nexts = [node.get("href") for node in root.iter("link") if node.get("rel") == "next"]
    stated = (text.address(href, base) for href in nexts)
    heads = [Anchor(sites.canonical(address), "", "next") for address in stated if address]
    own = _site(here)
    seen = {here}
    for anchor in (*heads, *anchors):
        if anchor.url in seen or _site(anchor.url) != own:
            continue
        seen.add(anchor.url)
        if _is_listing(anchor, above):
            yield anchor.url


def _is_listing(anchor: Anchor, above: set[str]) -> bool:
    parts = urlsplit(anchor.url)
    path = parts.path.rstrip("/").lower()
    if not path and not parts.query:
        return False
    if _FILE.search(path) or _FEED_PATH.search(path) or _NO_FEED.search(path):
        return False
    if _says_next(anchor) or _NUMBER.fullmatch(anchor.words) or page_number(anchor.url) is not None:
        return True
    return path in above or any(part in _LIST_WORDS for part in path.split("/"))


def _folders(article: str) -> Iterator[str]:
    """The paths above that of an article, but the front page."""
    parts = urlsplit(article).path.strip("/").lower().split("/")
    for count in range(1, len(parts)):
        yield "/" + "/".join(parts[:count])


# --- Pages drawn from JSON --------------------------------------------------------------------


def _embedded(
    root: Element, base: str, is_article: Callable[[str], bool], place: str | None
) -> Iterator[str]:
    """The articles that the JSON of a page names: by address, else by their slugs."""
    found = False
    for address in islice(_addresses(root, base), LINKS_LIMIT):
        if is_article(address):
            found = True
            yield address
    if found or place is None:
        return
    for slug in islice(_slugs(root), LINKS_LIMIT):
        if placed := text.address(place.replace("{slug}", slug), base):
            yield sites.canonical(placed)


def _objects(root: Element) -> Iterator[dict[str, jsontext.Value]]:
    for value in values_of(root):
        for _key, found in jsontext.objects(value):
            yield found


def _addresses(root: Element, base: str) -> Iterator[str]:
    """Every text in the JSON of a page that may be an address."""
    for found in _objects(root):
        for value in found.values():
            for said in value if isinstance(value, list) else (value,):
                if isinstance(said, str) and _MAY_BE_ADDRESS.fullmatch(said):
                    rooted = said if said.startswith(("/", "http:", "https:")) else f"/{said}"
                    address = text.address(urljoin(base, rooted))
                    if address:
                        yield sites.canonical(address)


def _slugs(root: Element) -> Iterator[str]:
    """The slugs of what has a title."""
    for found in _objects(root):
        if not any(map(_TITLE_KEY.search, found)):
            continue
        for key, value in found.items():
            if _SLUG_KEY.search(key) and isinstance(value, str) and _SLUG.fullmatch(value):
                yield value
                break


# --- Pages of articles --------------------------------------------------------------------------


def hrefs(data: bytes, url: str) -> tuple[str, ...]:
    """What the links of a page say, each once, found without a tree, which takes far longer.

    They are whole addresses or begin at the root of the host, and nothing more is sure of them.
    """
    markup = charset.decode(data)
    stated = _BASE.search(markup[:_SMALL])
    base = (text.address(entities.unescape(_of(stated)), url) if stated else None) or url
    said = (entities.unescape(_of(href)) for href in islice(_HREF.finditer(markup), LINKS_LIMIT))
    rooted = ("http:", "https:") if stated else ("/", "http:", "https:")
    joined = (href if href.startswith(rooted) else text.address(href, base) for href in said)
    return tuple(dict.fromkeys(filter(None, joined)))


def _of(href: re.Match[str]) -> str:
    """The value of an attribute, quoted or bare."""
    return href[1] or href[2] or href[3] or ""


def _is_suspect(markup: str) -> bool:
    """Whether markup may be that of a barrier. Plain words are looked for first: it is quicker."""
    lower = markup.lower()
    if _SUSPECT.search(markup) or ("password" in lower and _ASKS.search(markup)):
        return True
    if len(markup) >= _SMALL or not any(word in lower for word in PARKED_WORDS):
        return False
    return PARKED.search(markup) is not None


def barrier_of(data: bytes) -> Barrier | None:
    """What stands in the place of the article that was asked for; a tree is made if need be."""
    markup = charset.decode(data)
    if not _is_suspect(markup):
        return None
    try:
        return barrier(parse_html(markup))
    except ParseError:
        return None
