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
_BLANK = re.compile(r"\A\s+")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", re.IGNORECASE)


class _Entries:
    """What is gathered from the entries of a list."""

    def __init__(self) -> None:
        self.sources: dict[str, SourceData] = {}
        self.rejected: list[str] = []
        self.repeated: list[str] = []

    def add(self, outline: Any, folder: str | None) -> None:
        """Take an entry, or say why it is not taken; what only holds others is passed over."""
        said = {name.lower(): value for name, value in outline.attrib.items()}
        kind = said.get("type", "").strip().lower()
        name = _name(said)
        stated = said.get("xmlurl", "").strip()
        address = text.address(_FEED_SCHEME.sub(_http, stated, count=1))
        site = text.address(said.get("htmlurl", "").strip()) if kind == PORTAL else None
        if site:
            self._take(SourceData(name or text.host(site), "portal", site, folder))
        elif kind in _OTHER_LISTS:
            self._reject(_("“{name}” is a link or another list."), name, outline)
        elif address:
            self._take(SourceData(name or text.host(address), "feed", address, folder))
        elif stated and "@" in stated:
            self._reject(_("“{name}” has a user name in its address."), name, outline)
        elif stated:
            shown = name or text.inline(stated, NAME_LIMIT)
            self._reject(_("“{name}” has no web address."), shown, outline)
        elif kind or not len(outline):
            self._reject(_("“{name}” has no address."), name, outline)

    def _take(self, source: SourceData) -> None:
        assert source.url is not None
        first = self.sources.setdefault(source.url, source)
        if first is not source:
            self.repeated.append(repeated(source.name, first.name))

    def _reject(self, said: str, name: str | None, outline: Any) -> None:
        where = name or _("line {number}").format(number=outline.sourceline)
        self.rejected.append(said.format(name=where))


def repeated(name: str, first: str) -> str:
    """What is said of an entry whose address stood in the list before, under the name ``first``."""
    said = _("“{name}” has the same address as “{first}” before it.")
    return said.format(name=name, first=first)


def read_opml(data: bytes) -> Parsed:
    """The sources of a list; what cannot be one is among ``rejected``. Raises ParseError."""
    entries = _Entries()
    for outline, folder in _outlines(_tree(charset.decode(data))):
        entries.add(outline, folder)
    return Parsed(
        "opml",
        sources=tuple(entries.sources.values()),
        rejected=tuple(entries.rejected),
        repeated=tuple(entries.repeated),
    )


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
    document = _DOCTYPE.sub(_lines, charset.without_declaration(document), count=1)
    document = _AMPERSAND.sub(_entity, document)
    document = _BLANK.sub(_lines, document.rstrip(), count=1)
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True
    )
    try:
        root = etree.fromstring(document.encode("utf-8", "replace"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _local(root) not in ROOTS:
        raise ParseError(_("This is not a subscription list that can be read."))
    return root


def _lines(left_out: re.Match[str]) -> str:
    """Only the line breaks, so that what follows stays in its line."""
    return "\n" * left_out[0].count("\n")


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
