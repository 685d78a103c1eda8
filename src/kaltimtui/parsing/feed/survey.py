"""Whether a feed is so plain that the fast reader gets it right.

The fast reader is a hundred times quicker than the lenient one, but gives no sign where it goes
wrong. So expat walks the document first: it must be well-formed, of a dialect known to be read
right (RSS 0.9x and 2.0, Atom 1.0), and free of everything the two readers take differently.
The walk notes the title, link, id and dates of each entry as well. The first three must be what
the fast reader finds; the dates are taken from here, because that reader turns them to UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from kaltimtui.parsing.feed.raw import ENTRY_LIMIT

_ATOM: Final = "http://www.w3.org/2005/Atom "
_DC: Final = "http://purl.org/dc/elements/1.1/ "
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/ "
_MEDIA: Final = "http://search.yahoo.com/mrss/ "
_ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd "
_BASE: Final = "http://www.w3.org/XML/1998/namespace base"
_LANGUAGE: Final = "http://www.w3.org/XML/1998/namespace lang"

_ELEMENT_LIMIT: Final = 1_000_000
_ATTRIBUTE_LIMIT: Final = 64
_DEPTH_LIMIT: Final = 64


@dataclass(slots=True)
class Surveyed:
    """Of a feed or an entry: its texts by field, and the ``type`` each states."""

    texts: dict[str, str] = field(default_factory=dict)
    types: dict[str, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """What a plain feed says of itself and of each of its first entries, in its order."""

    atom: bool
    feed: Surveyed
    entries: list[Surveyed]
    total: int
    end: int | None
    """Where in the document those entries end, in bytes, if there are more."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    root: str
    channel: str | None
    """The element between root and entries, if any."""
    entry: str
    fields: dict[str, str]
    """Elements whose text is a field; each may stand once and hold no other element."""


_RSS: Final = _Dialect(
    root="rss",
    channel="channel",
    entry="item",
    fields={
        "title": "title",
        "link": "link",
        "guid": "id",
        "pubDate": "published",
        f"{_DC}date": "updated",
        "description": "summary",
        f"{_CONTENT}encoded": "content",
        "language": "language",
    },
)
_ATOM_1: Final = _Dialect(
    root=f"{_ATOM}feed",
    channel=None,
    entry=f"{_ATOM}entry",
    fields={
        f"{_ATOM}{name}": name
        for name in ("title", "id", "published", "updated", "summary", "content")
    },
)
_RISKY: Final = frozenset(
    (
        *("title", "link", "guid", "id", "item", "entry", "description", "content", "body"),
        *("date", "pubdate", "published", "issued", "updated", "modified", "created"),
        *("lastbuilddate", "fullitem"),
    )
)
"""Names that a reader may take for a field, whatever their namespace, case and place."""
_HARMLESS: Final = frozenset(
    (
        *("image", "textInput", f"{_ATOM}author", f"{_ATOM}contributor", f"{_ATOM}source"),
        *(f"{_MEDIA}group", f"{_MEDIA}content"),
    )
)
"""Elements within which no such name is taken for a field of the entry."""
_UNREAD: Final = frozenset(("summary", "content"))
"""Fields of which it is enough to know that they are there."""
_FIELD_ATTRIBUTES: Final = frozenset(("type", "isPermaLink", _LANGUAGE))
_PAGE_TYPES: Final = (None, "text/html", "application/xhtml+xml")
_PLAIN_TYPES: Final = (None, "text", "html", "text/plain", "text/html")


class _Unfit(Exception):  # noqa: N818 - it ends the walk and is no error
    """The feed is not plain."""


def survey(document: str) -> Survey | None:
    """What a plain feed says, or None where the lenient reader must take it.

    ``document`` has no XML declaration.
    """
    parser = expat.ParserCreate("utf-8", " ")
    walk = _Walk(parser)
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    parser.StartDoctypeDeclHandler = walk.doctype
    try:
        parser.Parse(document.encode("utf-8", "replace"), True)
    except (expat.ExpatError, _Unfit):
        return None
    finally:  # each holds the other
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None
    if not walk.total:
        return None
    return Survey(walk.dialect is _ATOM_1, walk.feed, walk.entries, walk.total, walk.cut)


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()


class _Walk:
    """Follows expat through a document; raises _Unfit at the first thing that is not plain."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.dialect = _RSS
        self.feed = Surveyed()
        self.entries: list[Surveyed] = []
        self.total = 0
        self.cut: int | None = None
        self._parser = parser
        self._owner = self.feed
        """Of what the fields are: the feed, or the entry under way."""
        self._in_entry = False
        self._top = 2
        """Depth of the element that holds the entries."""
        self._path: list[str] = []
        self._count = 0
        self._key = ""
        self._pieces: list[str] = []

    def doctype(self, *_declaration: object) -> None:
        raise _Unfit

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._count += 1
        if self._count > _ELEMENT_LIMIT or len(self._path) > _DEPTH_LIMIT:
            raise _Unfit
        if self._key or _BASE in attributes or len(attributes) > _ATTRIBUTE_LIMIT:
            raise _Unfit
        below = len(self._path) - self._top
        if below == 2 and self._in_entry:
            self._entry_field(name, attributes)
        elif below > 1:
            self._nested(name)
        elif below <= 0:
            self._outer(name)
        elif name == self.dialect.entry:
            self._entry(attributes)
        else:
            self._feed_field(name, attributes)

    def end(self, name: str) -> None:
        if self._key:
            self._owner.texts[self._key] = "".join(self._pieces).strip()
            self._key = ""
            self._pieces.clear()
        self._path.pop()
        if self._in_entry and len(self._path) == self._top:
            self._settle_link(self._owner)
            self._owner = self.feed
            self._in_entry = False

    def characters(self, data: str) -> None:
        if self._key and self._key not in _UNREAD:
            self._pieces.append(data)

    def _outer(self, name: str) -> None:
        if len(self._path) == 1:
            if name not in (_RSS.root, _ATOM_1.root):
                raise _Unfit
            self.dialect = _RSS if name == _RSS.root else _ATOM_1
            self._top = 2 if self.dialect.channel else 1
        elif name != self.dialect.channel or self.feed.texts:
            raise _Unfit

    def _entry(self, attributes: dict[str, str]) -> None:
        if attributes:
            raise _Unfit
        self.total += 1
        self._owner = Surveyed()
        self._in_entry = True
        if self.total <= ENTRY_LIMIT:
            self.entries.append(self._owner)
        elif self.cut is None:
            self.cut = self._parser.CurrentByteIndex

    def _feed_field(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_ATOM}link":
            key = "address" if attributes.get("rel") == "self" else "home"
            if key == "address" or attributes.get("rel") in (None, "alternate"):
                self.feed.texts.setdefault(key, attributes.get("href", ""))
        elif name in self.dialect.fields:
            self._field(name, attributes)
        elif _local(name) in ("title", "item", "entry"):
            raise _Unfit

    def _entry_field(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_ATOM}link" and self.dialect is _ATOM_1:
            self._atom_link(self._owner, attributes)
        elif name in self.dialect.fields:
            self._field(name, attributes)
        elif _local(name) in _RISKY:
            raise _Unfit
        elif name.lower() == f"{_ITUNES}image":
            address = attributes.get("href") or attributes.get("url", "")
            self._owner.texts.setdefault("image", address)

    def _atom_link(self, entry: Surveyed, attributes: dict[str, str]) -> None:
        if attributes.get("rel", "alternate") != "alternate":
            return
        if "link" in entry.texts or attributes.get("type") not in _PAGE_TYPES:
            raise _Unfit
        entry.texts["link"] = attributes.get("href", "").strip()

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        key, owner = self.dialect.fields[name], self._owner
        stated = attributes.get("type")
        if key in owner.texts or stated not in _PLAIN_TYPES:
            raise _Unfit
        if not attributes.keys() <= _FIELD_ATTRIBUTES:
            raise _Unfit
        owner.types[key] = stated if key != "id" else attributes.get("isPermaLink", "true")
        self._key = key

    def _nested(self, name: str) -> None:
        holder = self._path[self._top + 1 if self._in_entry else self._top]
        if _local(name) in _RISKY and holder not in _HARMLESS:
            raise _Unfit

    def _settle_link(self, entry: Surveyed) -> None:
        """An entry without a link has its id for one, if that is an address and may be one."""
        if entry.texts.get("link"):
            return
        guid = entry.texts.get("id", "")
        if self.dialect is _ATOM_1 or not guid.startswith(("http://", "https://")):
            raise _Unfit
        if entry.types["id"] != "true":
            raise _Unfit
        entry.texts["link"] = guid
