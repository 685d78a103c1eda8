"""Sitemaps: lists of a site's pages as XML, packed or not, or as plain text.

No entity is expanded and nothing is fetched; of one that is too large, or broken, the part that
can be read is taken.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from kaltimtui import dates, text
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.parsing import charset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.dates import Stamp

PAGES_LIMIT: Final = 50_000
"""The most that the protocol allows in one sitemap."""
SITEMAPS_LIMIT: Final = 1_000
UNPACKED_LIMIT: Final = 16 * 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:[\w.-]{1,100}:)?(urlset|sitemapindex)\b",
    re.DOTALL | re.IGNORECASE,
)
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_HEAD: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names."""

    pages: tuple[tuple[str, Stamp | None], ...] = ()
    """Addresses of pages with the time of their news, else of their last change."""
    sitemaps: tuple[str, ...] = ()
    """Other sitemaps, the most recently changed first."""


def read_sitemap(data: bytes) -> Sitemap:
    """What a sitemap names. Raises ParseError where it is none."""
    document = charset.decode(_unpacked(data))
    document = _DOCTYPE.sub("", charset.without_declaration(document[:UNPACKED_LIMIT]), count=1)
    if _ROOT.match(document[:_HEAD]):
        return _from_xml(document.lstrip())
    pages = _from_text(document)
    if not pages:
        raise ParseError(_("This is not a sitemap."))
    return Sitemap(pages)


def _unpacked(data: bytes) -> bytes:
    """The first bytes, up to the limit, of what may be packed. Raises ParseError."""
    if not data.startswith(_GZIP):
        return data
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(data, UNPACKED_LIMIT)
    except zlib.error as error:
        raise ParseError(_("This is not a sitemap.")) from error


def _from_text(document: str) -> tuple[tuple[str, Stamp | None], ...]:
    """One address a line and nothing else."""
    pages: dict[str, None] = {}
    for line in document.split("\n", PAGES_LIMIT)[:PAGES_LIMIT]:
        said = line.strip().lstrip("\ufeff")
        if not said:
            continue
        address = text.address(said)
        if address is None:
            return ()
        pages[address] = None
    return tuple((address, None) for address in pages)


def _from_xml(document: str) -> Sitemap:
    pages: dict[str, Stamp | None] = {}
    sitemaps: dict[str, Stamp | None] = {}
    for kind, address, stamp in _entries(document):
        found = pages if kind == "url" else sitemaps
        if len(found) < (PAGES_LIMIT if kind == "url" else SITEMAPS_LIMIT):
            found.setdefault(address, stamp)
        elif kind == "url":
            break
    recent = sorted(sitemaps, key=lambda address: _moment(sitemaps[address]), reverse=True)
    return Sitemap(tuple(pages.items()), tuple(recent))


def _moment(stamp: Stamp | None) -> float:
    return stamp.moment.timestamp() if stamp else float("-inf")


def _entries(document: str) -> Iterator[tuple[str, str, Stamp | None]]:
    """Each entry: whether it is a page or a sitemap, its address and its time."""
    # No entity is left but those of XML itself; addresses often have bare ampersands in them.
    source = io.BytesIO(_BARE_AMPERSAND.sub("&amp;", document).encode("utf-8", "replace"))
    events = etree.iterparse(
        source,
        events=("end",),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _event, element in events:
            kind = _local(element)
            if kind not in ("url", "sitemap"):
                continue
            address = text.address(_told(element, "loc"))
            if address:
                yield kind, address, _stamp(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return  # what was whole before is taken


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _told(entry: Any, name: str) -> str | None:
    said = next((child.text for child in entry if _local(child) == name), None)
    return said.strip() if said else None


def _stamp(entry: Any) -> Stamp | None:
    """When the news was published, else when the page was changed last."""
    for news in entry:
        if _local(news) == "news" and (stamp := dates.parse(_told(news, "publication_date"))):
            return stamp
    return dates.parse(_told(entry, "lastmod"))
