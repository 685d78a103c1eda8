"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, CDF and JSON Feed become articles.

A plain feed is read here and now; any other XML in a process of its own (``lenient.py``).
"""

from __future__ import annotations

import hashlib
import html.entities
import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final

from lxml.html import defs

from kaltimtui import dates, text
from kaltimtui.document import Document
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _, ngettext, number
from kaltimtui.models import ArticleData, Enclosure, Parsed, SourceData
from kaltimtui.parsing import charset
from kaltimtui.parsing.feed import rhythm
from kaltimtui.parsing.html.tree import fragment, plain
from kaltimtui.parsing.lengths import paragraphs
from kaltimtui.parsing.sites import NAME_LIMIT

if TYPE_CHECKING:
    from datetime import tzinfo

    from kaltimtui.dates import Stamp
    from kaltimtui.parsing.feed.raw import RawEntry, RawFeed, RawText

ID_LIMIT: Final = 2 * 1024
CATEGORY_LIMIT: Final = 200
ENCLOSURE_LIMIT: Final = 50
FIRST_WORDS: Final = 10

# It begins with one class of characters, which the search for a beginning goes by.
_MISENCODED = re.compile("[\x80-\x9f\xc2-\xf4](?:(?<=[\x80-\x9f])|[\x80-\xbf\u2000-\u2fff])")
_WINDOWS: Final = {
    code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)
}
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_END_TAG = re.compile(r"</[A-Za-z]")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|([A-Za-z][A-Za-z0-9]*));")
_MAILBOX_FIRST = re.compile(r"[^\s@()]+@[^\s@()]+\s*\(([^()]+)\)")
_MAILBOX_LAST = re.compile(r"\s+[(<][^\s@()<>]+@[^\s@()<>]+[)>]$")
_EMBEDS = re.compile(r"</?embed\b[^<>]*>", re.IGNORECASE)
"""They hold nothing, but lxml takes what follows them for theirs."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def read_feed(data: bytes, *, url: str | None = None) -> Parsed:
    """The articles of a feed; ``url`` is where it was fetched from. Raises ParseError."""
    document = charset.decode(data).lstrip()
    raw = _read_json(document) if document.startswith("{") else _read_xml(document)
    if raw is None:
        raise ParseError(
            _("The feed cannot be read."), hint=_("Fetch or save it again; it may be cut off.")
        )
    return replace(_parsed(raw, url), minutes=rhythm.minutes(document))


def _read_json(document: str) -> RawFeed | None:
    from kaltimtui.parsing.feed.jsonfeed import is_feed, load, read_json_feed

    try:
        value = load(document)
    except ValueError:
        return None
    return read_json_feed(value) if is_feed(value) else None


def _read_xml(document: str) -> RawFeed | None:
    from kaltimtui.parsing.feed.fast import read_fast
    from kaltimtui.parsing.feed.lenient import read_leniently
    from kaltimtui.parsing.feed.survey import survey

    # What the bytes were encoded in is settled; the readers get UTF-8, which says nothing of it.
    document = charset.without_declaration(document)
    encoded = document.encode("utf-8", "replace")
    surveyed = survey(document)
    return (surveyed and read_fast(encoded, surveyed)) or read_leniently(encoded)


def _parsed(raw: RawFeed, url: str | None) -> Parsed:
    base = text.address(url) or text.address(raw.address) or text.address(raw.home)
    zone = _zone(raw, base)
    articles = [article_of(entry, base, zone) for entry in raw.entries if any(entry)]
    rejected = []
    empty = len(raw.entries) - len(articles)
    if empty:
        rejected.append(ngettext("{count} entry is empty.", "{count} entries are empty.", empty))
    left_out = raw.total - len(raw.entries)
    if left_out > 0:
        rejected.append(
            _("Only the first {read} of {all} entries were read.").format(
                read=number(len(raw.entries)), all=number(raw.total)
            )
        )
    return Parsed("feed", _source(raw, url, base), tuple(articles), rejected=tuple(rejected))


def _source(raw: RawFeed, url: str | None, base: str | None) -> SourceData:
    name = _title(raw.title) or (text.host(base) if base else _("Feed without a title"))
    name = text.inline(name, NAME_LIMIT)
    return SourceData(name, "feed", text.address(url) or text.address(raw.address, base))


def _zone(raw: RawFeed, base: str | None) -> tzinfo:
    """The zone of dates that name none: that of East Kalimantan in Indonesian feeds."""
    language = (raw.language or "").strip().lower()
    indonesian = language[:2] in ("id", "in") or (base and text.host(base).endswith(".id"))
    return dates.WITA if indonesian else UTC


def article_of(entry: RawEntry, base: str | None, zone: tzinfo) -> ArticleData:
    """The article of one entry; dates that name no zone are of ``zone``."""
    link = _link(entry, base)
    document = _document(entry, text.address(entry.base, base) or link or base)
    files = _enclosures(entry, base)
    published = _published(entry, zone)
    guid = _guid(entry.id)
    title = _title(entry.title) or _first_words(document) or link or _first(files)
    if not (guid or link):
        guid = _digest(f"{title}\n{entry.dates}")
    return ArticleData(
        title=title or _("Untitled"),
        url=link,
        guid=guid,
        category=text.optional(entry.category, CATEGORY_LIMIT),
        published=published,
        byline=_byline(entry.author),
        image=text.address(entry.image, base),
        document=document,
        enclosures=files,
    )


def _link(entry: RawEntry, base: str | None) -> str | None:
    if not entry.link:
        return None
    if entry.link == entry.id:
        base = None  # an id in place of a link is an address or it is none
    one_line = "".join(part.strip() for part in entry.link.splitlines())
    return text.address(one_line.replace("&amp;", "&"), base)


def _published(entry: RawEntry, zone: tzinfo) -> Stamp | None:
    stamps = (dates.parse(stated, zone=zone) for stated in entry.dates)
    return next(filter(None, stamps), None)


def _guid(stated: str | None) -> str | None:
    if stated and len(stated.encode("utf-8", "replace")) > ID_LIMIT:
        return _digest(stated)
    return text.optional(stated, ID_LIMIT)


def _digest(value: str) -> str:
    return "sha256:" + hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()


def _byline(author: str | None) -> str | None:
    byline = text.optional(author)
    if byline and (mailbox := _MAILBOX_FIRST.fullmatch(byline)):
        return text.optional(mailbox[1])
    return _MAILBOX_LAST.sub("", byline) if byline else None


def _enclosures(entry: RawEntry, base: str | None) -> tuple[Enclosure, ...]:
    files: dict[str, Enclosure] = {}
    for stated, kind in entry.enclosures[:ENCLOSURE_LIMIT]:
        address = text.address(stated, base)
        if address:
            files.setdefault(address, Enclosure(address, text.optional(kind, CATEGORY_LIMIT)))
    return tuple(files.values())


def _first(files: tuple[Enclosure, ...]) -> str | None:
    return files[0].url if files else None


# --- texts --------------------------------------------------------------------------------


def _mended(value: str) -> str:
    """A text that was encoded twice, or is windows-1252 in disguise, as it was meant."""
    if value.isascii() or not _MISENCODED.search(value):
        return value
    for codec in ("latin-1", "cp1252"):
        try:
            value = value.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        break
    return value.translate(_WINDOWS)


def _title(stated: RawText | None) -> str | None:
    if stated is None:
        return None
    head = _mended(stated.value[: text.INLINE_LIMIT * 8])
    strict = stated.kind == "guess" and _is_markup(head)
    if stated.kind == "html" or strict:
        return plain(_EMBEDS.sub("", head)) or None
    return text.inline(head) or None


def _document(entry: RawEntry, base: str | None) -> Document:
    """The longest of an entry's texts: the whole article where there is a summary too."""
    if not entry.bodies:
        return Document()
    value, kind = max(entry.bodies, key=lambda body: len(body.value))
    value = _mended(value)
    if kind == "html" or (kind == "guess" and _has_markup(value)):
        return fragment(_EMBEDS.sub("", value), base)
    return Document(paragraphs(map(text.block, _PARAGRAPHS.split(value))))


def _is_markup(value: str) -> bool:
    """Whether a text that may be either is surely markup: end tags or references, all known."""
    if not (_END_TAG.search(value) or _REFERENCE.search(value)):
        return False
    return all(tag.lower() in defs.tags for tag in _TAG.findall(value)) and all(
        name in html.entities.name2codepoint for name in _REFERENCE.findall(value) if name
    )


def _has_markup(value: str) -> bool:
    """Whether there is any known tag or character reference in a text."""
    return any(tag[1].lower() in defs.tags for tag in _TAG.finditer(value)) or any(
        not found[1] or found[1] in html.entities.name2codepoint
        for found in _REFERENCE.finditer(value)
    )


def _first_words(document: Document) -> str | None:
    words = text.inline(document.plain()).split(" ")
    cut = " ".join(words[:FIRST_WORDS])
    return (f"{cut}…" if len(words) > FIRST_WORDS else cut) or None
