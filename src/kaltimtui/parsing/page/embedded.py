"""Articles in the JSON of single-page applications, whose visible HTML may say nothing.

Nobody can know the keys in advance, so an article is told by its form: an object with a long text
and a title, best the one that the page's own title repeats. Its date, category, author and
picture are found by the roots of their names in Indonesian and English. Other objects with a
title or category beside a date or an article's address are its further items; the key of their
list tells which list they belong to.
"""

from __future__ import annotations

import html as _entities
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from kaltimtui import dates, text
from kaltimtui.dates import Stamp
from kaltimtui.models import RelatedData
from kaltimtui.parsing.html.tree import fragment, plain
from kaltimtui.parsing.lengths import paragraphs
from kaltimtui.parsing.news.furniture import group_of
from kaltimtui.parsing.news.grammar import words_of
from kaltimtui.parsing.page import jsontext
from kaltimtui.parsing.page.jsontext import Value
from kaltimtui.parsing.page.payload import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kaltimtui.document import Block
    from kaltimtui.parsing.html.elements import Element

TEXT_LEAST: Final = 200
"""Characters from which a text may be that of an article."""
_TEXT_MOST: Final = 20_000
"""Characters past which a longer text is no better."""

_TITLE = re.compile(r"judul|title|headline|heading", re.IGNORECASE)
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
_NO_DATE = re.compile(r"updat|modif|ubah|expire", re.IGNORECASE)
_NO_NAME = re.compile(r"(?:^|_)(?:id|slug|count)$|I[dD]$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
_SECONDS = re.compile(r"[0-9]{9,10}")
_MILLISECONDS = re.compile(r"[0-9]{12,13}")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ESCAPED = re.compile(r"&lt;(?:p|br|div)\b", re.IGNORECASE)
_STRUCTURED = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_TITLE_MOST: Final = 300
_CAPTION_MOST: Final = 500

_Object = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article as an object of JSON told it."""

    title: str
    blocks: tuple[Block, ...]
    size: int
    """Characters of its text."""
    category: str | None
    published: Stamp | None
    author: str | None
    image: str | None
    caption: str | None
    related: tuple[RelatedData, ...]


def find_article(
    root: Element, names: Sequence[str], base: str | None, is_article: Callable[[str], bool]
) -> Embedded | None:
    """The article that a page carries as JSON.

    ``names`` is what may be its title, ``base`` the page's address.
    """
    objects = [found for value in values_of(root) for found in jsontext.objects(value)]
    known = [" ".join(words_of(name)) for name in names]
    scored = [(_score(found, known, base), number) for number, (_, found) in enumerate(objects)]
    score, number = max(scored, key=lambda pair: (pair[0], -pair[1]), default=(0, 0))
    if score <= 0:
        return None
    article = objects[number][1]
    title = _title(article) or next(iter(names), None)
    if title is None:
        return None
    body = _body(article)
    return Embedded(
        title=title,
        blocks=_blocks(body, base),
        size=_letters(body),
        category=_named(article, _CATEGORY),
        published=_published(article),
        author=_named(article, _AUTHOR),
        image=_image(article, base),
        caption=_caption(article, body),
        related=tuple(_related(objects, article, base, is_article)),
    )


# --- Which object is the article --------------------------------------------------------------


def _score(found: _Object, names: Sequence[str], base: str | None) -> int:
    """How likely an object is the page's article; 0 where it holds no text."""
    body = _body(found)
    letters = _letters(body)
    if letters < TEXT_LEAST:
        return 0
    score = min(letters, _TEXT_MOST) + (2_000 if _STRUCTURED.search(body) else 0)
    title = _title(found)
    if title:
        words = " ".join(words_of(title))
        score += 100_000 if any(words and words in name for name in names) else 10_000
    return score + (50_000 if base and _slug(base) in _addresses(found) else 0)


def _body(found: _Object) -> str:
    """The longest text among an object's values."""
    texts = [said for value in found.values() for said in _texts(value)]
    return max(texts, key=_letters, default="")


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) >= TEXT_LEAST:
            yield value
    elif isinstance(value, list) and value:
        lines = [said for item in value if (said := _longest(item))]
        if len(lines) == len(value):
            yield "\n".join(lines)
    elif isinstance(value, dict):
        for key in ("rendered", "html", "value"):
            if isinstance(value.get(key), str):
                yield value[key]


def _longest(item: Value) -> str:
    """The text of one part of a list of parts: itself, or the longest in it with spaces."""
    if isinstance(item, str):
        return item
    said = [value for _key, inner in jsontext.objects(item) for value in inner.values()]
    texts = [value for value in said if isinstance(value, str) and " " in value]
    return max(texts, key=len, default="")


def _letters(markup: str) -> int:
    """Characters of running text; what has no spaces is none."""
    if len(markup) < TEXT_LEAST:
        return len(markup)
    words = _TAG.sub("", markup)
    return len(words) if words.count(" ") * 40 > len(words) else 0


def _title(found: _Object) -> str | None:
    return _named(found, _TITLE, _TITLE_MOST)


def _slug(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _addresses(found: _Object) -> list[str]:
    """The last parts of the addresses that an object names."""
    said = [value for key, value in found.items() if _ADDRESS.search(key)]
    return [
        value.rstrip("/").rpartition("/")[2]
        for value in said
        if isinstance(value, str) and value.strip("/")
    ]


# --- What the object says ---------------------------------------------------------------------


def _named(found: _Object, pattern: re.Pattern[str], most: int = 120) -> str | None:
    """The first value whose key has this root, as a name of at most so many characters."""
    for key, value in found.items():
        if pattern.search(key) and not _NO_NAME.search(key):
            name = jsontext.name_in(value)
            if name and len(name) <= most and not name.isdigit():
                return text.optional(plain(name))
    return None


def _image(found: _Object, base: str | None) -> str | None:
    for key, value in found.items():
        if _IMAGE.search(key) and not _CAPTION.search(key):
            address = text.address(jsontext.name_in(value), base)
            if address:
                return address
    return None


def _caption(found: _Object, body: str) -> str | None:
    caption = _named(found, _CAPTION, _CAPTION_MOST)
    return None if caption is None or caption in body else caption


def _published(found: _Object) -> Stamp | None:
    for pattern in _DATES:
        for key, value in found.items():
            if pattern.search(key) and not _NO_DATE.search(key):
                stamp = _stamp(value)
                if stamp:
                    return stamp
    return None


def _stamp(value: Value) -> Stamp | None:
    """A date as applications write it; midnight sharp is a time that was not known."""
    said = str(value) if isinstance(value, int) else jsontext.name_in(value)
    if not said:
        return None
    for pattern, unit in ((_SECONDS, 1), (_MILLISECONDS, 1_000)):
        if pattern.fullmatch(said):
            return Stamp(datetime.fromtimestamp(int(said) // unit, UTC), "time")
    stamp = dates.parse(said)
    if stamp is None or stamp.precision != "time":
        return stamp
    moment = stamp.moment
    return replace(stamp, precision="day") if not any(moment.timetuple()[3:6]) else stamp


def _blocks(body: str, base: str | None) -> tuple[Block, ...]:
    if _ESCAPED.search(body) and not _STRUCTURED.search(body):
        body = _entities.unescape(body)
    if _TAG.search(body):
        return fragment(body, base).blocks
    lines = _entities.unescape(body).splitlines()
    return paragraphs(text.inline(line, len(line)) for line in lines)


# --- The other objects ------------------------------------------------------------------------


def _related(
    objects: Iterable[tuple[str, _Object]],
    article: _Object,
    base: str | None,
    is_article: Callable[[str], bool],
) -> Iterator[RelatedData]:
    own = _title(article)
    seen = {id(article)}
    for key, found in objects:
        if id(found) in seen:
            continue
        seen.add(id(found))
        group = group_of(_CAMEL.sub(" ", key))
        title, category = _title(found), _named(found, _CATEGORY)
        published = _published(found)
        url = _item_address(found, base, is_article)
        listed = published is not None and bool(group or category) and bool(title or category)
        if title != own and (listed or (title and url)):
            yield RelatedData(group or "related", title, url, category, published)


def _item_address(
    found: _Object, base: str | None, is_article: Callable[[str], bool]
) -> str | None:
    """The address of an item: one that is stated, or its slug in the place of the page's own."""
    for key, value in found.items():
        if not (isinstance(value, str) and value and _ADDRESS.search(key)):
            continue
        joined = (value, urljoin(base, value) if base and len(value) < 2_000 else None)
        for candidate in joined:
            address = text.address(candidate)
            if address and is_article(address):
                return address
    return None
