"""Articles made ready to be kept, before any transaction is begun."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import sketch
from kaltimtui.document import Document
from kaltimtui.store import codec, keys

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from kaltimtui.models import ArticleData

SKETCHED: Final = 60 * keys.DAY
"""How long an article is compared with others: seconds from the time it is listed at."""
_NOWHERE: Final = Document()


class Incoming(NamedTuple):
    """One article with what is worked out from it alone."""

    data: ArticleData
    """Without its body, which is in ``packed``."""
    identities: tuple[str, ...]
    """What it may be known by, the surest first; the first one makes its uid."""
    text_hash: int
    said_hash: int
    packed: bytes
    index_texts: tuple[str, str, str, str]
    listed: int | None
    """Second it is listed at, where it says so and is to be believed."""
    position: int
    """Its place among those that came with it, from the top."""
    rise: int
    """How many of them that are listed at the same second stand below it."""
    sketch: bytes | None
    """Of its headline and text; None where it is too old, or too short, to be compared."""

    def whole(self) -> ArticleData:
        """The article with its body."""
        return replace(self.data, **codec.body_fields(codec.unpack(self.packed)))


def ready(articles: Sequence[ArticleData], now: int) -> list[Incoming]:
    """The articles of one page or feed, in ascending order of their place in the store."""
    plains = [data.document.plain() for data in articles]
    texts = [
        keys.words_hash(data.title, plain) for data, plain in zip(articles, plains, strict=True)
    ]
    shared_urls = _shared((data.url, text) for data, text in zip(articles, texts, strict=True))
    shared_guids = _shared((data.guid, data.url) for data in articles)
    below: Counter[int | None] = Counter()
    found: list[Incoming] = []
    for position in reversed(range(len(articles))):
        data, text = _settled(articles[position], shared_guids), texts[position]
        url = None if data.url in shared_urls else data.url
        body = codec.encode(codec.body_json(data))
        listed = listed_at(data, now)
        index_texts = codec.index_texts(data, plains[position])
        found.append(
            Incoming(
                replace(data, document=_NOWHERE, related=(), enclosures=()),
                _identities(data, url, text),
                text,
                keys.hash64(codec.encode(codec.header_json(data)) + body),
                codec.pack(body),
                index_texts,
                listed,
                position,
                below[listed],
                sketched(index_texts, listed, now),
            )
        )
        below[listed] += 1
    found.sort(key=lambda item: now if item.listed is None else item.listed)
    return found


def sketched(texts: tuple[str, str, str, str], listed: int | None, now: int) -> bytes | None:
    """The sketch of an article by its ``codec.index_texts``; see ``Incoming.sketch``."""
    body, title, *_others = texts
    recent = listed is None or listed >= now - SKETCHED
    return sketch.sketch(title, body) if recent else None


def listed_at(data: ArticleData, now: int) -> int | None:
    """The second an article is listed at; None (when first seen) where it gives no fit date."""
    if data.published is None:
        return None
    seconds = keys.seconds_of(data.published.moment)
    return seconds if seconds <= now + keys.DAY else None


def _shared(pairs: Iterable[tuple[str | None, Hashable]]) -> set[str]:
    """The addresses, or ids, that several different articles give: they name none of them."""
    uses: defaultdict[str, set[Hashable]] = defaultdict(set)
    for name, use in pairs:
        if name is not None:
            uses[name].add(use)
    return {name for name, found in uses.items() if len(found) > 1}


def _settled(data: ArticleData, shared_guids: set[str]) -> ArticleData:
    """The article as it comes back from the store."""
    guid = None if data.guid in shared_guids else data.guid
    published = keys.kept(data.published)
    related = data.related
    if any(item.published for item in related):
        related = tuple(replace(item, published=keys.kept(item.published)) for item in related)
    if guid is data.guid and published is data.published and related is data.related:
        return data
    return replace(data, guid=guid, published=published, related=related)


def _identities(data: ArticleData, url: str | None, text: int) -> tuple[str, ...]:
    found: list[str] = []
    if data.guid is not None:
        found.append(f"guid:{data.guid}")
    if url is not None:
        found.append(keys.url_identity(url))
    if data.guid is None:
        # Without a body the title alone is too little to tell two articles apart.
        day = data.published.json() if data.published and not data.document.blocks else ""
        found.append(f"text:{text}{day}")
    return tuple(found)
