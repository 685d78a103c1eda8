"""JSON Feed, 1.0 and 1.1, with what is of the wrong type passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kaltimtui.parsing.feed.raw import ENTRY_LIMIT, RawEntry, RawFeed, RawText, picture

if TYPE_CHECKING:
    from kaltimtui.parsing.feed.raw import Kind


def load(document: str) -> Any:
    """The value of a JSON document, numbers as text. Raises ValueError where it is none."""
    try:
        return json.loads(document, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise ValueError(document[:20]) from error


def is_feed(value: Any) -> bool:
    """Whether a JSON value is a feed: it says so, or is an object with a list of items."""
    if not isinstance(value, dict):
        return False
    version = value.get("version")
    return (isinstance(version, str) and "jsonfeed.org" in version) or isinstance(
        value.get("items"), list
    )


def read_json_feed(value: dict[str, Any]) -> RawFeed:
    """The feed that a JSON object is."""
    items = [item for item in _list(value, "items") if isinstance(item, dict)]
    title = _text(value, "title")
    return RawFeed(
        title=RawText(title, "text") if title else None,
        address=_text(value, "feed_url"),
        home=_text(value, "home_page_url"),
        language=_text(value, "language"),
        entries=tuple(map(_entry, items[:ENTRY_LIMIT])),
        total=len(items),
    )


def _entry(item: dict[str, Any]) -> RawEntry:
    title = _text(item, "title")
    dates = (_text(item, "date_published"), _text(item, "date_modified"))
    files = [file for file in _list(item, "attachments") if isinstance(file, dict)]
    linked = [(_text(file, "url"), _text(file, "mime_type")) for file in files]
    return RawEntry(
        title=RawText(title, "text") if title else None,
        link=_text(item, "url") or _text(item, "external_url"),
        id=_text(item, "id"),
        dates=tuple(filter(None, dates)),
        author=_authors(item),
        category=next((tag for tag in _list(item, "tags") if isinstance(tag, str)), None),
        bodies=tuple(_bodies(item)),
        enclosures=tuple((address, kind) for address, kind in linked if address),
        image=_text(item, "image")
        or _text(item, "banner_image")
        or picture([{"url": address, "type": kind} for address, kind in linked if kind]),
        other=bool(item),
    )


def _bodies(item: dict[str, Any]) -> list[RawText]:
    kinds: tuple[tuple[str, Kind], ...] = (
        ("content_html", "html"),
        ("content_text", "text"),
        ("summary", "text"),
    )
    said = [(_text(item, name), kind) for name, kind in kinds]
    return [RawText(value, kind) for value, kind in said if value]


def _authors(item: dict[str, Any]) -> str | None:
    authors = [*_list(item, "authors"), item.get("author")]
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _text(value: dict[str, Any], name: str) -> str | None:
    said = value.get(name)
    return said if isinstance(said, str) and said else None


def _list(value: dict[str, Any], name: str) -> list[Any]:
    said = value.get(name)
    return said if isinstance(said, list) else []
