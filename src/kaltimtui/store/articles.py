"""Keeping articles: each one new, changed or known already."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kaltimtui.document import Document
from kaltimtui.models import ArticleData
from kaltimtui.store import codec, keys, merge, search, sources, versions, wishes
from kaltimtui.store.arrivals import Arrivals
from kaltimtui.store.failures import sensible
from kaltimtui.store.incoming import listed_at, sketched

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from kaltimtui.dates import Stamp
    from kaltimtui.store.incoming import Incoming

_KNOWN: Final = """
SELECT article.id, article.uid, title, url, category.name, category_id, dateline,
  published_at, published_offset, published_precision,
  article.text_hash, said_hash, has_guid, first_seen, updated_at, data, cut.text_hash
FROM article JOIN body ON article_id = article.id
LEFT JOIN category ON category.id = category_id
LEFT JOIN cut ON cut.uid = article.uid
"""


class Stored(NamedTuple):
    """What became of the articles of one page or feed; uids in the order they came in."""

    uids: tuple[int, ...]
    new: int
    changed: int
    """How many known ones had a new text or new headers."""
    fresh: tuple[int, ...] = ()
    """Uids of the new ones."""


class _Known(NamedTuple):
    """An article in the store that one coming in may be."""

    id: int
    uid: int
    title: str
    url: str | None
    category: str | None
    category_id: int
    dateline: str | None
    published_at: int | None
    published_offset: int
    published_precision: int
    text_hash: int
    said_hash: int
    has_guid: int
    first_seen: int
    updated_at: int
    packed: bytes
    cut_hash: int | None
    """Where the text is that of the article's page: hash of what the feed says instead."""

    @property
    def published(self) -> Stamp | None:
        """When it was published."""
        if self.published_at is None:
            return None
        return keys.stamp(self.published_at, self.published_offset, self.published_precision)

    def data(self) -> ArticleData:
        """What it says, as it was made ready."""
        with sensible():
            return ArticleData(
                title=self.title,
                url=self.url,
                category=self.category,
                dateline=self.dateline,
                published=self.published,
                **codec.body_fields(codec.unpack(self.packed)),
            )


def store(
    connection: sqlite3.Connection,
    source: sources.Source,
    articles: Sequence[Incoming],
    indexing: search.Indexing,
    now: int,
    *,
    bring_back: bool = True,
) -> Stored:
    """Keep the articles of one page or feed, within the caller's transaction.

    Who began it writes the ``indexing`` at its end. Unless it is to ``bring_back`` what retention
    has removed (``keeping``), that is passed over, but where it is marked.
    """
    writer = _Writer(connection, source, indexing, now, bring_back=bring_back)
    kept = sorted(zip((item.position for item in articles), writer.put_all(articles), strict=True))
    uids = tuple(uid for _position, uid in kept if uid is not None)
    return Stored(uids, len(writer.fresh), writer.changed, tuple(writer.fresh))


def store_text(
    connection: sqlite3.Connection,
    uid: int,
    page: ArticleData,
    indexing: search.Indexing,
    now: int,
) -> bool:
    """Keep the whole text of an article whose feed cuts it, as its page gives it.

    Whether it was taken: not where the article is gone, nor where the feed says more. What the
    feed says is kept as no version of the text; the text of an earlier page is.
    """
    source = sources.of_article(connection, uid)
    if source is None:
        return False
    return _Writer(connection, source, indexing, now).put_text(uid, page)


def make_whole(connection: sqlite3.Connection, uid: int) -> None:
    """Let the text that an article has stand for that of its page, whatever its feed says of it."""
    connection.execute(
        "INSERT OR IGNORE INTO cut SELECT uid, text_hash FROM article"
        " JOIN source ON source.id = source_id WHERE uid = ? AND kind = 'feed'",
        (uid,),
    )


class _Writer:
    """Puts articles of one source into the tables."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: sources.Source,
        indexing: search.Indexing,
        now: int,
        *,
        bring_back: bool = True,
    ) -> None:
        self.fresh: list[int] = []
        self.changed = 0
        self._indexing = indexing
        self._connection = connection
        self._execute = connection.execute
        self._source = source
        self._now = now
        self._bring_back = bring_back
        self._categories: dict[str, int] = {}
        self._arrivals = Arrivals(connection, source.id)

    def put_all(self, items: Sequence[Incoming]) -> list[int | None]:
        """Keep articles; their uids, None for what stays away."""
        hashes = [[keys.hash64(identity) for identity in item.identities] for item in items]
        first = [self._uid(item.identities[0]) for item in items]
        places = [
            keys.order_key(self._listed(item), item.rise, uid, 0)
            for item, uid in zip(items, first, strict=True)
        ]
        self._arrivals.expect(chain.from_iterable(hashes), first, places)
        uids = list(map(self._put, items, hashes))
        self._arrivals.write()
        self._arrivals.write_named(self._now)
        return uids

    def _put(self, item: Incoming, hashes: Sequence[int]) -> int | None:
        found = self._find(item, hashes)
        if found is None:
            gone = self._find_gone(item, hashes)
            if gone is None:
                return self._insert(item, hashes, self._free_uid(item.identities[0]))
            if self._arrivals.stays_away(gone) and not self._bring_back:
                return None
            self._arrivals.bring_back(gone)
            return self._insert(item, hashes, gone)
        if found.said_hash != item.said_hash:
            self._update(found, item)
        if item.data.guid is not None and not found.has_guid:
            self._execute("UPDATE article SET has_guid = 1 WHERE uid = ?", (found.uid,))
        self._arrivals.identify(hashes, found.uid)
        return found.uid

    def put_text(self, uid: int, page: ArticleData) -> bool:
        """Give an article the text of its page, if that is worth it."""
        known = self._known(uid)
        old = known.data()
        if not page.document.blocks:
            return False
        if known.cut_hash is None:
            if len(page.document.plain()) < len(old.document.plain()):
                return False
            self._execute("INSERT INTO cut VALUES(?, ?)", (uid, known.text_hash))
        new = merge.completed(old, page)
        self._change(known, old, new, known.said_hash, edited=known.cut_hash is not None)
        return True

    # --- which one it is -------------------------------------------------------------------

    def _find(self, item: Incoming, hashes: Sequence[int]) -> _Known | None:
        for identity, hash_ in zip(item.identities, hashes, strict=True):
            uid = self._arrivals.uid_of(hash_)
            if uid is not None and not self._arrivals.is_gone(uid):
                known = self._known(uid)
                if identity.startswith("guid:") or _same(known, item):
                    return known
        return None

    def _find_gone(self, item: Incoming, hashes: Sequence[int]) -> int | None:
        """The uid of the removed article that this one is, by the rules of ``_same``."""
        for identity, hash_ in zip(item.identities, hashes, strict=True):
            uid = self._arrivals.uid_of(hash_)
            if uid is not None and self._arrivals.is_gone(uid):
                sure = item.data.guid is None or identity.startswith("guid:")
                if sure or self._arrivals.said(uid, item.text_hash):
                    return uid
        uid = self._uid(item.identities[0])
        return uid if self._arrivals.is_gone(uid) else None

    def _known(self, uid: int) -> _Known:
        self._arrivals.write()
        with sensible():
            return _Known(*self._execute(f"{_KNOWN} WHERE article.uid = ?", (uid,)).fetchone())

    # --- a new one -------------------------------------------------------------------------

    def _insert(self, item: Incoming, hashes: Sequence[int], uid: int) -> int:
        data = item.data
        id_ = self._free_id(self._listed(item), item.rise, uid)
        read, starred, later = self._arrivals.marks(uid)
        self._arrivals.add(
            (
                *(id_, uid, self._source.id, self._category(data.category)),
                *_headers(data),
                *(self._now, self._now, 1, item.text_hash, item.said_hash),
                *(data.guid is not None, not read, starred, later, self._source.aside),
                data.image is not None,
            ),
            item.packed,
        )
        self._indexing.put(id_, item.index_texts, item.sketch)
        self._arrivals.identify(hashes, uid)
        self.fresh.append(uid)
        return uid

    def _listed(self, item: Incoming) -> int:
        return self._now if item.listed is None else item.listed

    def _uid(self, identity: str) -> int:
        """The uid that an identity makes, if it is free."""
        return keys.hash64(f"{self._source.key}\0{identity}")

    def _free_uid(self, identity: str) -> int:
        while self._arrivals.has_uid(uid := self._uid(identity)):
            identity += "\0"
        return uid

    def _free_id(self, listed: int, rise: int, uid: int) -> int:
        attempt = 0
        while self._arrivals.has_id(id_ := keys.order_key(listed, rise, uid, attempt)):
            attempt += 1
        return id_

    def _category(self, name: str | None) -> int:
        if name is None:
            return 0
        if name not in self._categories:
            self._execute("INSERT OR IGNORE INTO category(name) VALUES(?)", (name,))
            (id_,) = self._execute("SELECT id FROM category WHERE name = ?", (name,)).fetchone()
            self._categories[name] = id_
        return self._categories[name]

    # --- a known one -----------------------------------------------------------------------

    def _update(self, known: _Known, item: Incoming) -> None:
        said = item.whole()
        if known.cut_hash is not None:  # the text of the page stands for that of the feed
            said = replace(said, document=Document())
            self._renew_text(known, item.text_hash)
        old = known.data()
        self._change(known, old, merge.merged(old, said), item.said_hash, item=item)

    def _renew_text(self, known: _Known, cut_hash: int) -> None:
        """Ask for the page again where the feed says something else than it did."""
        if cut_hash != known.cut_hash:
            self._execute("UPDATE cut SET text_hash = ? WHERE uid = ?", (cut_hash, known.uid))
            wishes.want(self._connection, [known.uid], "text", self._now)

    def _change(
        self,
        known: _Known,
        old: ArticleData,
        new: ArticleData,
        said_hash: int,
        *,
        item: Incoming | None = None,
        edited: bool = True,
    ) -> None:
        if new == old:
            return
        text_hash = merge.text_hash(new)
        if edited and text_hash != known.text_hash:
            self._keep_version(known, old, text_hash)
        id_ = self._place(known, old, new, item.rise if item else 0)
        self._arrivals.move(known.id, id_)
        before, after = codec.index_texts(old), codec.index_texts(new)
        if before != after or id_ != known.id:
            self._indexing.take(known.id, before)
            if item is not None and item.index_texts == after:
                made = item.sketch
            else:
                made = sketched(after, listed_at(new, self._now), self._now)
            self._indexing.put(id_, after, made)
        self._write(known, id_, new, text_hash, said_hash)

    def _write(
        self, known: _Known, id_: int, data: ArticleData, text_hash: int, said_hash: int
    ) -> None:
        headers = _headers(data)
        category = self._category(data.category)
        seen = (known.title, known.url, known.dateline, *_stamp_columns(known.published))
        moved = id_ != known.id or category != known.category_id
        if moved or text_hash != known.text_hash or headers != seen:
            self._execute("UPDATE article SET updated_at = ? WHERE id = ?", (self._now, known.id))
            self.changed += 1
        self._execute(
            "UPDATE article SET id = ?, category_id = ?, title = ?, url = ?, dateline = ?,"
            " published_at = ?, published_offset = ?, published_precision = ?,"
            " text_hash = ?, said_hash = ?, pictured = ?,"
            " versions = 1 + (SELECT count(*) FROM version WHERE version.uid = article.uid)"
            " WHERE id = ?",
            (id_, category, *headers, text_hash, said_hash, data.image is not None, known.id),
        )
        self._execute(
            "UPDATE body SET article_id = ?, data = ? WHERE article_id = ?",
            (id_, codec.pack(codec.encode(codec.body_json(data))), known.id),
        )

    def _place(self, known: _Known, old: ArticleData, new: ArticleData, rise: int) -> int:
        was, listed = listed_at(old, known.updated_at), listed_at(new, self._now)
        if was == listed:
            return known.id
        return self._free_id(known.first_seen if listed is None else listed, rise, known.uid)

    def _keep_version(self, known: _Known, old: ArticleData, text_hash: int) -> None:
        """Put the text that was aside; one that came back is no new version."""
        self._execute("DELETE FROM version WHERE uid = ? AND text_hash = ?", (known.uid, text_hash))
        said = codec.header_json(old) | codec.body_json(old)
        self._execute(
            "INSERT OR REPLACE INTO version VALUES(?, ?, ?, ?)",
            (known.uid, known.text_hash, self._now, codec.pack(codec.encode(said))),
        )
        versions.keep_read(self._connection, known.uid, known.text_hash, text_hash)


def _same(known: _Known, item: Incoming) -> bool:
    """Whether one found by its address or text is the one coming in.

    Entries of one feed with ids of their own are two, be their link the same, unless nothing
    but the id parts them: then the feed has given an old entry a new id.
    """
    if item.data.guid is None or not known.has_guid:
        return True
    alike = item.text_hash in (known.text_hash, known.cut_hash)
    return alike and known.published == item.data.published


def _headers(data: ArticleData) -> tuple[Any, ...]:
    return (data.title, data.url, data.dateline, *_stamp_columns(data.published))


def _stamp_columns(stamp: Stamp | None) -> Sequence[int | None]:
    return codec.stamp_json(stamp) or (None, None, None)


# --- reading ---------------------------------------------------------------------------------


def indexed_texts(connection: sqlite3.Connection, id_: int) -> tuple[str, str, str, str]:
    """What the index holds, or should hold, of a kept article."""
    with sensible():
        known = _Known(*connection.execute(f"{_KNOWN} WHERE article.id = ?", (id_,)).fetchone())
    return codec.index_texts(known.data())
