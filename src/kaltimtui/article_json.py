"""An article in the JSON that other programs rely on: every key, ``null`` for what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kaltimtui.document import document_json

if TYPE_CHECKING:
    from kaltimtui.dates import Stamp
    from kaltimtui.document import Document, Json
    from kaltimtui.models import Article, ArticleData, Enclosure, Related, RelatedData


def article_json(article: Article) -> Json:
    """An article whole, as ``show --json`` gives it."""
    head = header_json(article)
    head.update(_body(article.document, article.image))
    head["related"] = [_related(item) | {"article": item.article} for item in article.related]
    return head


def header_json(article: Article) -> Json:
    """An article without its text, as ``list --json`` and ``search --json`` give it."""
    return {
        "id": article.id,
        **_said(article),
        "source": article.source,
        "enclosures": _enclosures(article.enclosures),
        "read": article.read,
        "starred": article.starred,
        "later": article.later,
        "tags": list(article.tags),
        "note": article.note,
        "first_seen": article.first_seen.isoformat(timespec="seconds"),
        "updated": article.updated.isoformat(timespec="seconds"),
        "versions": article.versions,
        "other_sources": article.others,
    }


def data_json(data: ArticleData, source: str | None) -> Json:
    """An article that is not kept, as ``import --dry-run --json`` gives it: no id, no marks."""
    return {
        "id": None,
        **_said(data),
        "source": source,
        **_body(data.document, data.image),
        "related": [_related(item) | {"article": None} for item in data.related],
        "enclosures": _enclosures(data.enclosures),
        "read": False,
        "starred": False,
        "later": False,
        "tags": [],
        "note": None,
        "first_seen": None,
        "updated": None,
        "versions": 1,
        "other_sources": 0,
    }


def _said(article: Article | ArticleData) -> Json:
    """What the article says of itself.

    The address is https where the site is one of the program's profiles. One of another site is
    as its feed gives it: whether that site answers at https too is not known.
    """
    return {
        "url": article.url,
        "title": article.title,
        "kicker": article.kicker,
        "category": article.category,
        "dateline": article.dateline,
        **_published(article.published),
        "byline": article.byline,
        "caption": article.caption,
        "photo_credit": article.photo_credit,
    }


def _published(stamp: Stamp | None) -> Json:
    if stamp is None:
        return {"published": None, "published_precision": None}
    return {"published": stamp.json(), "published_precision": stamp.precision}


def _body(document: Document, lead: str | None) -> Json:
    links = {span.href: span.text for span in document.spans() if span.href is not None}
    alts = {image.url: image.alt for image in document.images()}
    images = [{"url": lead, "alt": alts.get(lead) or None}] if lead is not None else []
    images += [
        {"url": image.url, "alt": image.alt or None}
        for image in document.images()
        if image.url is not None and image.url != lead
    ]
    return {
        "text": document.plain() or None,
        "blocks": [_with_nulls(block) for block in document_json(document)],
        "links": [{"url": url, "text": text or None} for url, text in links.items()],
        "images": images,
    }


def _with_nulls(value: Any) -> Any:
    """A block in which what a picture does not say is null, as everywhere in this form."""
    match value:
        case {"kind": "image"}:
            return {key: said or None for key, said in value.items()}
        case dict():
            return {key: _with_nulls(inner) for key, inner in value.items()}
        case list():
            return [_with_nulls(inner) for inner in value]
        case _:
            return value


def _related(item: Related | RelatedData) -> Json:
    return {
        "title": item.title,
        "url": item.url,
        "category": item.category,
        **_published(item.published),
        "group": item.group,
    }


def _enclosures(enclosures: tuple[Enclosure, ...]) -> list[Json]:
    return [{"url": enclosure.url, "type": enclosure.type} for enclosure in enclosures]
