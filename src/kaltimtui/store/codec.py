"""The text of an article as bytes, and as the words that the index holds.

A packed text is one byte that says how, then a JSON object packed that way. What is unknown or
empty is left out; a paragraph in one style is its bare text.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final

from kaltimtui.document import (
    Document,
    Json,
    Paragraph,
    Span,
    block_from,
    block_json,
)
from kaltimtui.models import Enclosure, RelatedData
from kaltimtui.store import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.dates import Stamp
    from kaltimtui.document import Block
    from kaltimtui.models import ArticleData

ZLIB: Final = 1
LEVEL: Final = 6
_HEAD: Final = 512
"""Bytes that tell of most bodies what they say before their blocks."""
_TEXTS: Final = ("kicker", "byline", "caption", "photo_credit", "image")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(said: Json) -> bytes:
    """A JSON object as text."""
    return _encode(said).encode("utf-8", "replace")


def pack(encoded: bytes) -> bytes:
    """A JSON object, as ``encode`` wrote it, packed."""
    return bytes((ZLIB,)) + zlib.compress(encoded, LEVEL)


def unpack(data: bytes) -> Json:
    """The object that was encoded and packed. Raises ValueError on anything else."""
    if data[:1] != bytes((ZLIB,)):
        raise ValueError(data[:1])
    try:
        said: Json = json.loads(zlib.decompress(data[1:]))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return said


def is_pictured(data: bytes) -> bool:
    """Whether a packed body names a lead picture; for queries, which take no failure.

    ``body_json`` names it before the blocks, so that most need not be unpacked whole. Within a
    text there is no quotation mark without a backslash.
    """
    try:
        said = zlib.decompressobj().decompress(data[1:], _HEAD)
        if len(said) == _HEAD and b'"image":' not in said and b'"blocks":' not in said:
            said = zlib.decompress(data[1:])
    except (zlib.error, TypeError):
        return False
    return b'"image":' in said.partition(b'"blocks":')[0]


def body_json(data: ArticleData) -> Json:
    """What an article says beside its headers."""
    said: Json = {name: value for name in _TEXTS if (value := getattr(data, name)) is not None}
    if data.document.blocks:
        said["blocks"] = [_block_json(block) for block in data.document.blocks]
    if data.related:
        said["related"] = [_related_json(item) for item in data.related]
    if data.enclosures:
        said["enclosures"] = [[item.url, item.type] for item in data.enclosures]
    return said


def header_json(data: ArticleData) -> Json:
    """What an article says that has a column of its own."""
    return {
        "title": data.title,
        "url": data.url,
        "category": data.category,
        "dateline": data.dateline,
        "published": stamp_json(data.published),
    }


def body_fields(said: Json) -> dict[str, Any]:
    """The fields of ``ArticleData`` that ``body_json`` wrote."""
    fields: dict[str, Any] = {name: said.get(name) for name in _TEXTS}
    fields["document"] = document(said)
    fields["related"] = tuple(_related(item) for item in said.get("related", ()))
    fields["enclosures"] = enclosures(said)
    return fields


def document(said: Json) -> Document:
    """The body alone."""
    return Document(tuple(map(_block, said.get("blocks", ()))))


def enclosures(said: Json) -> tuple[Enclosure, ...]:
    """The files that go with it."""
    return tuple(Enclosure(url, kind) for url, kind in said.get("enclosures", ()))


def index_texts(data: ArticleData, plain: str | None = None) -> tuple[str, str, str, str]:
    """What the index holds of an article: body, title, dateline, byline.

    ``plain`` is the body as plain text, where that is at hand.
    An entry leaves the index only by these very texts: a change of this function needs a
    migration that builds the index again.
    """
    if plain is None:
        plain = data.document.plain()
    body = (data.kicker, plain, data.caption, data.photo_credit)
    return ("\n".join(filter(None, body)), data.title, data.dateline or "", data.byline or "")


def stamp_json(stamp: Stamp | None) -> list[int] | None:
    """A stamp as seconds since 1970, minutes of offset and precision."""
    if stamp is None:
        return None
    moment = stamp.moment
    return [keys.seconds_of(moment), keys.offset_of(moment), keys.PRECISIONS.index(stamp.precision)]


def stamp(said: Sequence[int] | None) -> Stamp | None:
    """The stamp that ``stamp_json`` wrote."""
    if said is None:
        return None
    seconds, offset, precision = said
    return keys.stamp(seconds, offset, precision)


def _block_json(block: Block) -> Json | str:
    if isinstance(block, Paragraph) and len(block.spans) == 1:
        (span,) = block.spans
        if span.href is None and not (span.strong or span.emphasis or span.code):
            return span.text
    return block_json(block)


def _block(said: Json | str) -> Block:
    return Paragraph((Span(said),)) if isinstance(said, str) else block_from(said)


def _related_json(item: RelatedData) -> list[Any]:
    return [item.group, item.title, item.url, item.category, stamp_json(item.published)]


def _related(said: Sequence[Any]) -> RelatedData:
    group, title, url, category, published = said
    return RelatedData(group, title, url, category, stamp(published))
