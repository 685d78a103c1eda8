"""What is known of an article once one more page or entry has spoken of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kaltimtui.document import Paragraph
from kaltimtui.store import keys

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kaltimtui.dates import Stamp
    from kaltimtui.document import Document
    from kaltimtui.models import ArticleData, RelatedData


def text_hash(data: ArticleData) -> int:
    """Hash of the words of an article's title and body: one text, one hash, in any markup."""
    return keys.words_hash(data.title, data.document.plain())


def merged(old: ArticleData, new: ArticleData) -> ArticleData:
    """The new text, with what it leaves unsaid as it was.

    A page saved twice in two ways says the same with more or with less; whichever is read last,
    the result is one and the same.
    """
    same_text = text_hash(old) == text_hash(new)
    keep = same_text and new.guid is None
    return replace(
        new,
        guid=None,
        title=old.title if keep else new.title,
        url=(old.url if keep else None) or new.url or old.url,
        kicker=new.kicker or old.kicker,
        category=new.category or old.category,
        dateline=new.dateline or old.dateline,
        published=_published(old.published, new.published),
        byline=new.byline or old.byline,
        caption=new.caption or old.caption,
        photo_credit=new.photo_credit or old.photo_credit,
        image=new.image or old.image,
        document=_document(old.document, new.document, same_text=same_text),
        related=_related(old.related, new.related),
        enclosures=new.enclosures or old.enclosures,
    )


def completed(cut: ArticleData, page: ArticleData) -> ArticleData:
    """What a feed says of an article, with the text of its page and what the feed leaves unsaid."""
    return replace(
        cut,
        kicker=cut.kicker or page.kicker,
        category=cut.category or page.category,
        dateline=cut.dateline or page.dateline,
        published=cut.published or keys.kept(page.published),
        byline=cut.byline or page.byline,
        caption=cut.caption or page.caption,
        photo_credit=cut.photo_credit or page.photo_credit,
        image=cut.image or page.image,
        document=page.document,
        related=_related(cut.related, page.related),
        enclosures=cut.enclosures or page.enclosures,
    )


def _published(old: Stamp | None, new: Stamp | None) -> Stamp | None:
    """The stamp that knows more; between equals the new one."""
    if old is None or new is None:
        return new or old
    ranks = keys.PRECISIONS.index
    return new if ranks(new.precision) <= ranks(old.precision) else old


def _document(old: Document, new: Document, *, same_text: bool) -> Document:
    if not new.blocks or (same_text and _richness(new) < _richness(old)):
        return old
    return new


def _richness(document: Document) -> int:
    """How much a body says beyond its words: styles, links, and blocks that are no paragraph."""
    styled = sum(
        1 for span in document.spans() if span.strong or span.emphasis or span.code or span.href
    )
    return styled + sum(1 for block in document.blocks if not isinstance(block, Paragraph))


def _related(old: tuple[RelatedData, ...], new: tuple[RelatedData, ...]) -> tuple[RelatedData, ...]:
    """The new items, with titles and addresses that only the old ones knew."""
    if not new:
        return old
    known = {_place(item): item for item in old if item.published}
    return tuple(_completed(item, known.get(_place(item))) for item in new)


def _place(item: RelatedData) -> Hashable:
    """What an item is told apart by where its title is not known."""
    return item.group, item.category, item.published


def _completed(item: RelatedData, known: RelatedData | None) -> RelatedData:
    if known is None or (item.title and item.url):
        return item
    if item.title and known.title and item.title != known.title:
        return item
    return replace(item, title=item.title or known.title, url=item.url or known.url)
