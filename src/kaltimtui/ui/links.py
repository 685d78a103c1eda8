"""The links of an article, in the order in which one comes upon them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui import text
from kaltimtui.document import Heading, Image, Paragraph, Table, leaves, spans_text
from kaltimtui.i18n import _
from kaltimtui.ui.setting.addresses import bare_host, place
from kaltimtui.ui.setting.notes import note_blocks
from kaltimtui.wording import attached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.document import Block, Spans
    from kaltimtui.models import Article

    Named: TypeAlias = tuple[str, str | None]
    """What is said of an address that is not known to be safe yet, and the address."""

SAID: Final = 200
"""Characters of the text of a link that are kept."""


class Link(NamedTuple):
    """One address of an article."""

    number: int
    """From 1 on; each address has one, by where it stands first."""
    said: str
    """The text it stands behind first; its address where that has none."""
    url: str

    @property
    def host(self) -> str:
        """Where it leads."""
        return place(self.url)


def links_of(article: Article, most: int | None = None) -> list[Link]:
    """Every address that can be followed, once: body, pictures, files, note, the article's own.

    ``most``: so many of them, from the first on.
    """
    found: dict[str, str] = {}
    for said, href in _named(article):
        if len(found) == most:
            break
        url = text.link(href)
        if url is not None and not found.get(url):
            found[url] = text.inline(said, SAID)
    return [
        Link(number, said or _bare(url), url) for number, (url, said) in enumerate(found.items(), 1)
    ]


def _bare(url: str) -> str:
    """An address in place of the text that a link lacks."""
    if text.web(url) is None:
        return place(url)
    rest = text.inline(url, SAID).partition("://")[2].partition("/")[2]
    return f"{bare_host(url)}/{rest}" if rest else bare_host(url)


def _named(article: Article) -> Iterator[Named]:
    yield from _in_blocks(article.document.blocks)
    if article.caption or article.photo_credit:
        yield _("Photo"), article.image
    for enclosure in attached(article):
        yield _("Attached:").rstrip(":"), enclosure.url
    if article.note:
        yield from _in_blocks(note_blocks(article.note))
    yield _("The article itself"), article.url


def _in_blocks(blocks: Iterable[Block]) -> Iterator[Named]:
    for block in leaves(blocks):
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield from _in_spans(spans)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield from _in_spans(cell)
            case Image(url, alt, caption):
                if alt or caption:
                    yield caption or alt, url


def _in_spans(spans: Spans) -> Iterator[Named]:
    """The links of a text; one that is parted by strong words is one."""
    for href, parts in groupby(spans, lambda span: span.href):
        if href is not None:
            yield spans_text(parts), href
