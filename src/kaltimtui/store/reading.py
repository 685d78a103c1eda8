"""Reading one article whole, and which articles there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kaltimtui.models import Article, Related
from kaltimtui.store import codec, keys, rows, telling, versions
from kaltimtui.store.failures import sensible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from kaltimtui.models import RelatedData

_STRAY: Final = 60
"""Seconds above its own to look for an article in: where many share one, they stand higher."""

_WHOLE: Final = f"""
SELECT article.id, article.uid, title, article.url, source.name, source.kind = 'sample',
  category.name, dateline, published_at, published_offset, published_precision,
  unread, article.starred, article.later, note, first_seen, updated_at, versions,
  {telling.OTHERS}, {versions.EDITED}, data
FROM article JOIN body ON article_id = article.id
JOIN source ON source.id = article.source_id
LEFT JOIN category ON category.id = category_id
LEFT JOIN mark ON mark.uid = article.uid
WHERE article.uid = ?
"""


def article(connection: sqlite3.Connection, uid: int, *, related: bool = True) -> Article | None:
    """An article whole, if it is in the store; without ``related`` it has no related items."""
    values = connection.execute(_WHOLE, (uid,)).fetchone()
    if values is None:
        return None
    with sensible():
        return _article(connection, values, related=related)


def _article(connection: sqlite3.Connection, values: Sequence[Any], *, related: bool) -> Article:
    key, uid, title, url, source, sample, category, dateline, *rest = values
    at, offset, precision, unread, starred, later, note, first_seen, updated, *rest = rest
    texts, others, edited, data = rest
    fields = codec.body_fields(codec.unpack(data))
    items = fields.pop("related")
    tags = connection.execute("SELECT tag FROM mark_tag WHERE uid = ? ORDER BY tag", (uid,))
    return Article(
        key=key,
        id=keys.public_id(uid),
        title=title,
        url=url,
        source=source,
        sample=bool(sample),
        category=category,
        dateline=dateline,
        published=None if at is None else keys.stamp(at, offset, precision),
        related=tuple(_related(connection, item) for item in items) if related else (),
        read=not unread,
        starred=bool(starred),
        later=bool(later),
        tags=tuple(tag for (tag,) in tags),
        note=note,
        first_seen=keys.moment_at(first_seen),
        updated=keys.moment_at(updated),
        versions=texts,
        others=others,
        edited=bool(edited),
        **fields,
    )


def _related(connection: sqlite3.Connection, item: RelatedData) -> Related:
    found = _named_article(connection, item)
    uid, unread, title, source = found or (None, 1, None, None)
    return Related(
        item.group,
        item.title or title,
        item.url,
        item.category,
        item.published,
        None if uid is None else keys.public_id(uid),
        not unread,
        source,
    )


def _named_article(
    connection: sqlite3.Connection, item: RelatedData
) -> tuple[int, int, str, str] | None:
    """Uid, unread flag, title and source of the article that a related item names, if it is kept.

    By its address; else, for one without address, by its category and exact second where only
    one article has both.
    """
    if item.url is not None:
        found: tuple[int, int, str, str] | None = connection.execute(
            "SELECT article.uid, unread, title, source.name"
            " FROM identity JOIN article ON article.uid = identity.uid"
            " JOIN source ON source.id = article.source_id"
            " WHERE hash = ? AND article.aside < 2 LIMIT 1",
            (keys.hash64(keys.url_identity(item.url)),),
        ).fetchone()
        return found
    if item.published is None or item.published.precision != "time":
        return None
    second = keys.seconds_of(item.published.moment)
    alike = connection.execute(
        "SELECT uid, unread, title, source.name FROM article"
        " JOIN source ON source.id = article.source_id"
        " WHERE article.id BETWEEN ? AND ? AND article.aside < 2"
        " AND published_at = ? AND category_id = (SELECT id FROM category WHERE name = ?) LIMIT 2",
        (keys.order_floor(second), keys.order_floor(second + _STRAY), second, item.category),
    ).fetchall()
    return alike[0] if len(alike) == 1 else None


BY_ADDRESS: Final = f"""
SELECT identity.hash, article.uid FROM identity JOIN article ON article.uid = identity.uid
WHERE aside < 2 AND identity.hash {rows.AMONG}
"""


def by_addresses(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, int]:
    """The uids of the articles that are kept at some addresses, by these; others are left out."""
    hashes = {url: keys.hash64(keys.url_identity(url)) for url in urls}
    found = dict(rows.found(connection, BY_ADDRESS, hashes.values()))
    return {url: found[hash_] for url, hash_ in hashes.items() if hash_ in found}


def address(connection: sqlite3.Connection, uid: int) -> str | None:
    """The address of an article, if it tells one."""
    found = connection.execute("SELECT url FROM article WHERE uid = ?", (uid,)).fetchone()
    return found[0] if found else None


def exists(connection: sqlite3.Connection, uid: int) -> bool:
    """Whether there is an article of this uid."""
    return connection.execute("SELECT 1 FROM article WHERE uid = ?", (uid,)).fetchone() is not None


def existing(connection: sqlite3.Connection, uids: Iterable[int]) -> set[int]:
    """Those uids that there is an article of."""
    query = f"SELECT uid FROM article WHERE uid {rows.AMONG}"
    return {uid for (uid,) in rows.found(connection, query, uids)}


def uids_between(
    connection: sqlite3.Connection, ranges: Iterable[tuple[int, int]], limit: int
) -> list[int]:
    """The first uids within some ranges, ends included."""
    found: list[int] = []
    for bounds in ranges:
        found += [
            uid
            for (uid,) in connection.execute(
                "SELECT uid FROM article WHERE uid BETWEEN ? AND ? LIMIT ?", (*bounds, limit)
            )
        ]
    return found[:limit]
