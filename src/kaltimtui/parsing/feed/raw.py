"""What a feed says, as it says it: what the readers of each format hand on.

Plain tuples, so that they pass between processes as JSON. Nothing here is clean yet.
"""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["html", "text", "guess"]
"""Whether a text is markup; ``guess`` where the format leaves it open, as RSS does."""

ENTRY_LIMIT: Final = 1_000
_HTML_TYPES: Final = frozenset(
    ("html", "xhtml", "text/html", "application/xhtml+xml", "application/xml", "text/xml")
)
_TEXT_TYPES: Final = frozenset(("text", "text/plain", "plain", ""))


class RawText(NamedTuple):
    """A title or a body."""

    value: str
    kind: Kind


class RawEntry(NamedTuple):
    """One entry of a feed."""

    title: RawText | None = None
    link: str | None = None
    id: str | None = None
    dates: tuple[str, ...] = ()
    """What states when it was published, the best first; in any form that ``dates`` reads."""
    author: str | None = None
    category: str | None = None
    bodies: tuple[RawText, ...] = ()
    enclosures: tuple[tuple[str, str | None], ...] = ()
    """Address and type of each file."""
    image: str | None = None
    base: str | None = None
    """What addresses in the bodies are relative to, where the feed says so."""
    other: bool = False
    """Whether it says anything at all, such as who contributed."""


class RawFeed(NamedTuple):
    """A feed with its first entries."""

    title: RawText | None
    address: str | None
    """Where the feed itself can be found."""
    home: str | None
    language: str | None
    entries: tuple[RawEntry, ...]
    total: int
    """How many entries it has, those past ``ENTRY_LIMIT`` too."""


def kind_of_type(stated: str | None, *, unstated: Kind) -> Kind | None:
    """What a ``type`` attribute says of a text, or None where it is neither markup nor text."""
    if stated is None:
        return unstated
    stated = stated.strip().lower()
    if stated in _HTML_TYPES:
        return "html"
    return "text" if stated in _TEXT_TYPES else None


def picture(candidates: list[dict[str, Any]]) -> str | None:
    """The first of several media files that is a picture, or says nothing of what it is."""
    for media in candidates:
        address, kind = media.get("url"), str(media.get("type") or media.get("medium") or "image")
        if address and kind.startswith("image"):
            return str(address)
    return None


def feed_from_json(data: Any) -> RawFeed:
    """The feed that ``json.dumps`` wrote."""
    title, address, home, language, entries, total = data
    read = tuple(map(_entry_from_json, entries))
    return RawFeed(_text_from_json(title), address, home, language, read, total)


def _text_from_json(data: Any) -> RawText | None:
    return RawText(*data) if data else None


def _entry_from_json(data: Any) -> RawEntry:
    entry = RawEntry(*data)
    return entry._replace(
        title=_text_from_json(entry.title),
        dates=tuple(entry.dates),
        bodies=tuple(RawText(*body) for body in entry.bodies),
        enclosures=tuple((address, kind) for address, kind in entry.enclosures),
    )
