"""Subscription lists in OPML, with their folders."""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from kaltimtui import text
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.models import Parsed, SourceData
from kaltimtui.parsing import charset
from kaltimtui.parsing.sites import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOTS: Final = frozenset(("opml", "outlinedocument"))
PORTAL: Final = "portal"
"""The type of an entry that is no feed but a site of ours; other programs pass over it."""
_OTHER_LISTS: Final = frozenset(("link", "include", "source"))
_XML_ENTITIES: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]*);|(?!#x?[0-9A-Fa-f]+;))")
_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", re.IGNORECASE)


def read_opml(data: bytes) -> Parsed:
    """The sources of a list; what cannot be one is among ``rejected``. Raises ParseError."""
    sources: dict[str, SourceData] = {}
    rejected: list[str] = []
    for outline, folder in _outlines(_tree(charset.decode(data))):
        said = {name.lower(): value for name, value in outline.attrib.items()}
        kind = said.get("type", "").strip().lower()
        name = _name(said)
        stated = said.get("xmlurl", "").strip()
        address = text.address(_FEED_SCHEME.sub(_http, stated, count=1))
        shown = name or text.inline(stated, NAME_LIMIT) or _("An entry without a name")
        site = text.address(said.get("htmlurl", "").strip()) if kind == PORTAL else None
        if site:
            portal = SourceData(name or text.host(site), "portal", site, folder)
            sources.setdefault(site, portal)
        elif kind in _OTHER_LISTS:
            rejected.append(_("“{name}” is a link or another list.").format(name=shown))
        elif address:
            source = SourceData(name or text.host(address), "feed", address, folder)
            sources.setdefault(address, source)
        elif stated:
            rejected.append(_("“{name}” has no web address.").format(name=shown))
        elif kind or not len(outline):
            rejected.append(_("“{name}” has no address.").format(name=shown))
    return Parsed("opml", sources=tuple(sources.values()), rejected=tuple(rejected))


def write_opml(sources: Iterable[SourceData], title: str) -> bytes:
    """A list of sources in their folders; one without an address has no place in it."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for source in sources:
        if source.url is None:
            continue
        said = {"text": _xml(source.name), "title": _xml(source.name)}
        if source.kind == "portal":
            said |= {"type": PORTAL, "htmlUrl": source.url}
        else:
            said |= {"type": "rss", "xmlUrl": source.url}
        etree.SubElement(_made(folders, body, source.folder), "outline", said)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _made(folders: dict[str, Any], body: Any, path: str | None) -> Any:
    """The outline of a folder, made with those around it where they are not there yet."""
    above, within = body, ""
    for name in filter(None, (path or "").split("/")):
        within += f"/{name}"
        if within not in folders:
            folders[within] = etree.SubElement(above, "outline", text=_xml(name))
        above = folders[within]
    return above


def _xml(value: str) -> str:
    return _NOT_XML.sub("", value)


def _tree(document: str) -> Any:
    """The root element. No entity is expanded but the five of XML and those of HTML, by table."""
    document = _DOCTYPE.sub("", charset.without_declaration(document), count=1)
    document = _AMPERSAND.sub(_entity, document)
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True
    )
    try:
        root = etree.fromstring(document.strip().encode("utf-8", "replace"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _local(root) not in ROOTS:
        raise ParseError(_("This is not a subscription list that can be read."))
    return root


def _entity(reference: re.Match[str]) -> str:
    name = reference[1]
    if name in _XML_ENTITIES:
        return reference[0]
    code = html.entities.name2codepoint.get(name or "")
    return f"&#{code};" if code else f"&amp;{reference[0][1:]}"


def _http(scheme: re.Match[str]) -> str:
    return "" if ":" in scheme[0] else "http"


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _outlines(root: Any) -> Iterator[tuple[Any, str | None]]:
    """Each outline with the folder it is in, ``A/B``, in the order of the list."""
    waiting: list[tuple[Any, str | None]] = [
        (body, None) for body in root if _local(body) == "body"
    ]
    while waiting:
        element, folder = waiting.pop()
        if _local(element) == "outline":
            yield element, folder
            folder = _within(element, folder)
        waiting.extend((child, folder) for child in reversed(element) if _local(child) == "outline")


def _within(outline: Any, folder: str | None) -> str | None:
    """The folder of an outline's children: a feed with children makes none."""
    said = {name.lower(): value for name, value in outline.attrib.items()}
    name = _name(said)
    if not name or "xmlurl" in said:
        return folder
    name = name.replace("/", "-")
    return folder_name(f"{folder}/{name}" if folder else name)


def folder_name(path: str) -> str:
    """A folder within folders, parted by slashes, as it is kept; empty for no name at all."""
    names = (text.inline(name) for name in path.split("/"))
    return text.inline("/".join(filter(None, names)), NAME_LIMIT).strip("/ ")


def _name(said: dict[Any, Any]) -> str | None:
    return text.optional(said.get("text"), NAME_LIMIT) or text.optional(
        said.get("title"), NAME_LIMIT
    )
