"""Coming over from another reader: its feeds, their articles, and what was marked there."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import dates, importing, text
from kaltimtui.dates import Stamp
from kaltimtui.i18n import ngettext
from kaltimtui.models import Imported, Marking, Parsed, SourceData
from kaltimtui.store import articles, incoming, keys, marks, newsboat, search, sources, stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.models import ArticleData
    from kaltimtui.store.connection import Connection, Database

TAGS: Final = "newsboat"
"""What the tags that stand for newsboat's flags are below.

``newsboat/a``, and ``newsboat/shift-a`` for the flag ``A``: the case of a tag does not matter.
"""
_FLAGS: Final = frozenset(string.ascii_letters)


class _Kept(NamedTuple):
    """What became of some articles; uids in their order."""

    uids: tuple[int, ...]
    new: int
    changed: int
    tags: frozenset[str]


def from_newsboat(database: Database, files: newsboat.Files, now: int) -> Iterator[Imported]:
    """Take over newsboat's feeds and articles: first what became of the feeds, then of each one.

    An article that is known here stays as it is, and so do the marks of one that has any: it may
    be done again and again. Raises StoreError where a file cannot be read.
    """
    if not files.cache.exists():
        yield _add_feeds(database, files, newsboat.read_feeds(files.urls), {}, now)
        return
    with newsboat.Cache(files.cache) as cache:
        titles = cache.titles()
        listed = _listed(files, titles)
        added = _add_feeds(database, files, listed, titles, now)
        strays = cache.strays(feed.url for feed in listed.feeds)
        yield replace(added, refused=(*added.refused, *_strays(files, strays)))
        for feed in listed.feeds:
            yield from _take_feed(database, cache, feed, titles, now)


def dry_newsboat(files: newsboat.Files) -> Iterator[Imported]:
    """What would be taken over, with nothing kept: the feeds, then articles, some at a time.

    Raises as ``from_newsboat`` does.
    """
    if not files.cache.exists():
        yield _dry_feeds(files, newsboat.read_feeds(files.urls), {})
        return
    with newsboat.Cache(files.cache) as cache:
        titles = cache.titles()
        listed = _listed(files, titles)
        strays = cache.strays(feed.url for feed in listed.feeds)
        found = _dry_feeds(files, listed, titles)
        yield replace(found, refused=(*found.refused, *_strays(files, strays)))
        for feed in listed.feeds:
            source = _source(feed, titles)
            path = text.inline(feed.url, newsboat.LINE_SHOWN)
            for items in cache.batches(feed.url):
                said = tuple(_article(item, source.url) for item in items)
                tags = frozenset(tag for item in items for tag in _tags(item))
                parsed = Parsed("feed", source, said)
                yield Imported(path, "feed", parsed=parsed, tags=tuple(sorted(tags)))


def _dry_feeds(files: newsboat.Files, listed: newsboat.Feeds, titles: dict[str, str]) -> Imported:
    found = tuple(_source(feed, titles) for feed in listed.feeds)
    parsed = Parsed("opml", sources=found, rejected=listed.refused)
    path = text.inline(str(files.urls))
    return Imported(path, "opml", refused=listed.refused, parsed=parsed)


def _listed(files: newsboat.Files, titles: dict[str, str]) -> newsboat.Feeds:
    """The feeds of the list; without one, those that the cache has."""
    return newsboat.read_feeds(files.urls) if files.urls.exists() else newsboat.feeds_of(titles)


def _strays(files: newsboat.Files, count: int) -> list[str]:
    """What is said of articles whose feed is not in the list."""
    if not count:
        return []
    told = ngettext(
        "{count} article of feeds that are not in the list of newsboat or cannot be taken",
        "{count} articles of feeds that are not in the list of newsboat or cannot be taken",
        count,
    )
    return [f"{text.inline(str(files.cache))}: {told}"]


# --- feeds -----------------------------------------------------------------------------------


def _add_feeds(
    database: Database,
    files: newsboat.Files,
    listed: newsboat.Feeds,
    titles: dict[str, str],
    now: int,
) -> Imported:
    """Add the feeds. The list is the user's own: hosts of a private network are meant."""
    found = tuple(_source(feed, titles) for feed in listed.feeds)
    with database.writing() as connection:
        done = importing.add_listed(connection, importing.Sifted(found, listed.refused), now)
    path = text.inline(str(files.urls))
    return Imported(path, "opml", sources=done.added, refused=done.refused, repeated=done.repeated)


def _source(feed: newsboat.Feed, titles: dict[str, str]) -> SourceData:
    """The source that a feed becomes."""
    from kaltimtui.parsing.opml import folder_name  # brings lxml
    from kaltimtui.parsing.sites import NAME_LIMIT

    url = text.address(feed.url)
    assert url is not None
    name = text.inline(feed.title or titles.get(feed.url) or "", NAME_LIMIT)
    folder = folder_name(feed.tags[0].replace("/", "-")) if feed.tags else ""
    return SourceData(name or text.host(url), "feed", url, folder or None)


# --- articles --------------------------------------------------------------------------------


def _take_feed(
    database: Database,
    cache: newsboat.Cache,
    feed: newsboat.Feed,
    titles: dict[str, str],
    now: int,
) -> Iterator[Imported]:
    data = _source(feed, titles)
    uids: list[int] = []
    tags: set[str] = set()
    new = changed = 0
    for items in cache.batches(feed.url):
        kept = _keep(database, data, items, now)
        uids += kept.uids
        tags |= kept.tags
        new += kept.new
        changed += kept.changed
    if uids:
        path = text.inline(feed.url, newsboat.LINE_SHOWN)
        ids = tuple(map(keys.public_id, uids))
        yield Imported(path, "feed", ids, new, changed, tags=tuple(sorted(tags)))


def _keep(database: Database, data: SourceData, items: Sequence[newsboat.Item], now: int) -> _Kept:
    """Keep some articles of a feed with their marks, in one transaction."""
    ready = incoming.ready([_article(item, data.url) for item in items], now)
    by_place = {article.position: article for article in ready}
    hashes = [keys.hash64(by_place[place].identities[0]) for place in range(len(items))]
    with database.writing() as connection:
        source = sources.find(connection, data)
        assert source is not None
        uids = newsboat.known(connection, source.id, hashes)
        fresh = [article for article in ready if uids[article.position] is None]
        indexing = search.Indexing()
        stored = articles.store(connection, source, fresh, indexing, now)
        places = sorted(article.position for article in fresh)
        for place, uid in zip(places, stored.uids, strict=True):
            uids[place] = uid
        settled = [uid for uid in uids if uid is not None]
        tags = _mark(connection, zip(settled, items, strict=True), now)
        stories.finish(connection, indexing, now)
        if stored.new:
            sources.settle_sample(connection)
    return _Kept(tuple(settled), stored.new, stored.changed, tags)


def _mark(
    connection: Connection, said: Iterable[tuple[int, newsboat.Item]], now: int
) -> frozenset[str]:
    """Put newsboat's marks on the articles that have none; the tags that these got."""
    by_uid = dict(said)
    read: list[int] = []
    tagged: dict[str, list[int]] = {}
    for uid in newsboat.unmarked(connection, by_uid):
        item = by_uid[uid]
        if not item.unread:
            read.append(uid)
        for tag in _tags(item):
            tagged.setdefault(tag, []).append(uid)
    if read:
        marks.choose(connection, read)
        marks.mark(connection, [Marking("read", True)], now, undoable=False)
    for tag, uids in sorted(tagged.items()):
        marks.choose(connection, uids)
        marks.mark(connection, [Marking("tag", tag)], now, undoable=False)
    return frozenset(tagged)


def _tags(item: newsboat.Item) -> list[str]:
    """What the flags of an article become."""
    return [
        f"{TAGS}/{flag}" if flag.islower() else f"{TAGS}/shift-{flag.lower()}"
        for flag in _FLAGS.intersection(item.flags)
    ]


def _article(item: newsboat.Item, feed: str | None) -> ArticleData:
    """An article as the feed itself would have given it, but for what newsboat does not keep."""
    from kaltimtui.parsing.feed.raw import RawEntry, RawText
    from kaltimtui.parsing.feed.read import article_of

    enclosure = (item.enclosure_url, item.enclosure_type or None)
    entry = RawEntry(
        title=RawText(item.title, "guess") if item.title else None,
        link=item.url or None,
        id=_guid(item),
        author=item.author or None,
        bodies=(RawText(item.content, "guess"),) if item.content else (),
        enclosures=(enclosure,) if item.enclosure_url else (),
        base=item.base or None,
    )
    return replace(article_of(entry, feed, UTC), published=_published(item.published))


def _guid(item: newsboat.Item) -> str | None:
    """The id that the feed gave; None where newsboat made one up, of the link and the date."""
    made_up = item.url and item.guid.startswith(item.url) and item.guid != item.url
    if made_up and dates.parse(item.guid.removeprefix(item.url)) is not None:
        return None
    return item.guid or None


def _published(seconds: int) -> Stamp | None:
    if seconds <= 0:
        return None
    try:
        return Stamp(keys.moment_at(seconds), "time")
    except OverflowError:
        return None
