"""Articles in the JSON of single-page applications, whose visible HTML may say nothing.

Nobody can know the keys in advance, so an article is told by its form: an object with a long text
and a title, best the one that the page's own title repeats. Its date, category, author and
picture are found by the roots of their names in Indonesian and English. Other objects with a
title or category beside a date or an article's address are its further items.

Looked at: attributes and scripts that hold JSON (Inertia, Next.js, JSON-LD and their like), the
array of references of Nuxt 3, the stream of Next.js, and assignments of JSON to a variable.
"""

from __future__ import annotations

import html as _entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin

from kaltimtui import dates, text
from kaltimtui.dates import Stamp
from kaltimtui.document import Block, paragraph
from kaltimtui.models import RelatedData, RelatedGroup
from kaltimtui.parsing import jsontext, profile
from kaltimtui.parsing.elements import Element
from kaltimtui.parsing.furniture import group_of
from kaltimtui.parsing.grammar import words_of
from kaltimtui.parsing.html import fragment, plain
from kaltimtui.parsing.jsontext import Json

TEXT_LEAST: Final = 200
"""Characters from which a text may be that of an article."""

_Object = dict[str, Json]

_TITLE = re.compile(r"judul|title|headline|heading|^nama$|^name$", re.IGNORECASE)
_CATEGORY = re.compile(r"kategori|categor|rubrik|section|kanal|channel", re.IGNORECASE)
_AUTHOR = re.compile(r"penulis|author|byline|^oleh$", re.IGNORECASE)
_IMAGE = re.compile(r"gambar|image|^img|^foto|^photo|thumb|cover", re.IGNORECASE)
_CAPTION = re.compile(r"caption|keterangan|^ket_", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:url|link|permalink|canonical|href|slug|path)$|_url$", re.IGNORECASE)
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"publi[sk]|terbit|tayang",
        r"tanggal|tgl|date(?!d)|waktu|^time$|stamp",
        r"creat|dibuat|posting|posted",
    )
)
_CHANGED = re.compile(r"updat|modif|ubah|expire", re.IGNORECASE)
_NUMBER_DATE = re.compile(r"[0-9]{9,13}")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_ASSIGNED = re.compile(r"\s*(?:(?:window|self|var|let|const)\b[.\s]*)?[\w.$\[\]'\"]{1,80}\s*=\s*")
_STREAMED = re.compile(r"self\.__next_f\.push\((.{1,5000000})\)\s*;?\s*$", re.DOTALL)
_STREAM_ROW = re.compile(r"^[0-9a-f]{1,6}:[A-Z]?", re.MULTILINE)
_STREAM_TEXT = re.compile(rb"^([0-9a-f]{1,6}):T([0-9a-f]{1,6}),", re.MULTILINE)
_NUXT_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article as an object of JSON told it."""

    title: str
    blocks: tuple[Block, ...]
    category: str | None
    published: Stamp | None
    author: str | None
    image: str | None
    caption: str | None
    related: tuple[RelatedData, ...]

    def size(self) -> int:
        """Characters of its text."""
        return sum(len(span) for span in map(str, self.blocks))


def find_article(
    root: Element, names: Sequence[str], url: str | None, base: str | None
) -> Embedded | None:
    """The article that a page carries as JSON. ``names`` is what may be its title."""
    objects = [found for value in _values(root) for found in jsontext.objects(value)]
    bodies = [(_score(found, names, url), found) for _key, found in objects]
    score, article = max(bodies, key=lambda pair: pair[0], default=(0, None))
    if article is None or score <= 0:
        return None
    title = _title(article) or (names[0] if names else None)
    if title is None:
        return None
    address = base or url
    return Embedded(
        title=title,
        blocks=_blocks(_body(article), address),
        category=_named(article, _CATEGORY),
        published=_published(article),
        author=_named(article, _AUTHOR),
        image=text.address(_named(article, _IMAGE), address),
        caption=_named(article, _CAPTION),
        related=tuple(_related(objects, article, title, address)),
    )


# --- Where JSON stands in a page --------------------------------------------------------------


def _values(root: Element) -> Iterator[Json]:
    for node in root.iter():
        for value in node.attrib.values():
            if len(value) > TEXT_LEAST and value.lstrip()[:1] in ("{", "["):
                yield jsontext.load(value)
    streamed: list[str] = []
    for script in root.iter("script"):
        source = script.text or ""
        found = _STREAMED.match(source.strip())
        if found:
            pushed = jsontext.load(found[1])
            streamed += [part for part in pushed or () if isinstance(part, str)]
        elif script.get("id") == "__NUXT_DATA__":
            yield from _from_references(jsontext.load(source))
        else:
            assigned = _ASSIGNED.match(source)
            yield jsontext.load(source[assigned.end() :] if assigned else source)
    yield from _from_stream("".join(streamed))


def _from_references(values: Json) -> Iterator[Json]:
    """Nuxt 3 writes each value once, in one array, and refers to it by its place there."""
    if not isinstance(values, list):
        return

    def at(place: Json, depth: int) -> Json:
        inside = isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(values)
        if not inside or depth > _NUXT_DEPTH:
            return None
        value = values[place]
        if isinstance(value, dict):
            return {key: at(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list):
            if value and isinstance(value[0], str):  # a date or a wrapper, by its name
                return value[1] if value[0] == "Date" and len(value) > 1 else None
            return [at(inner, depth + 1) for inner in value]
        return value

    for place, value in enumerate(values):
        if isinstance(value, dict):
            yield at(place, 0)
