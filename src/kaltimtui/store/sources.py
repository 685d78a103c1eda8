"""Where articles come from, and the tree that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import (
    CategoryNode,
    Count,
    Navigation,
    SourceData,
    SourceNode,
    View,
    ViewKind,
)
from kaltimtui.store import keys, schema, tags, views

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from kaltimtui.models import SourceKind


class Source(NamedTuple):
    """A source as kept. ``key`` is what its articles' uids are made of and never changes."""

    id: int
    key: str
    name: str
    aside: int
    url: str | None


_COLUMNS: Final = "id, key, name, aside, url"
ASIDE: Final = """coalesce((SELECT CASE
  WHEN EXISTS(SELECT 1 FROM hidden WHERE hidden.uid = article.uid) THEN source.aside | 2
  WHEN source.aside >= 2 AND article.starred = 1 THEN 1
  ELSE source.aside
END FROM source WHERE source.id = article.source_id), 0)"""
"""What ``article.aside`` is to be."""
HOME: Final = "portal:portal kaltim"
"""The key of the portal this reader is made for, which stands first."""
ORDER: Final = (
    "ORDER BY kind = 'sample', kind = 'feed', key <> ?, folder, source.name COLLATE NOCASE"
)
"""The order of the tree; it takes ``HOME``."""


def key_of(data: SourceData) -> str:
    """What a source is told apart by: a feed by its address, others by their name."""
    if data.kind == "feed" and data.url:
        return f"url:{keys.bare_url(data.url)}"
    return f"{data.kind}:{data.name.casefold()}"


def find(connection: sqlite3.Connection, data: SourceData) -> Source | None:
    """The source that is meant, if it is known: by its address, else by its name.

    One that has moved is known by the address it had first and by the one it has now. A name
    alone decides only where one of the two has no address or both have the same.
    """
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM source WHERE key = ?", (key_of(data),)
    ).fetchone()
    if found is None and data.url:
        moved = next(at_address(connection, data.kind, data.url), None)
        if moved is not None:
            return by_id(connection, moved)
    if found is None:
        found = connection.execute(
            f"SELECT {_COLUMNS} FROM source WHERE kind = ? AND name = ?"
            " AND (url IS NULL OR ?3 IS NULL OR url = ?3)",
            (data.kind, data.name, data.url),
        ).fetchone()
    return Source(*found) if found else None


def at_address(connection: sqlite3.Connection, kind: SourceKind, url: str) -> Iterator[int]:
    """The ids of the feeds or portals at an address, however it is written (``bare_url``)."""
    bare = keys.bare_url(url)
    forms = [
        f"{scheme}{host}{bare}{end}"
        for scheme in ("https://", "http://")
        for host in ("", "www.")
        for end in ("", "/")
    ]
    marks = ",".join("?" * len(forms))
    query = f"SELECT id FROM source WHERE kind = ? AND url IN ({marks}) ORDER BY id"
    return (id_ for (id_,) in connection.execute(query, (kind, *forms)))


def by_id(connection: sqlite3.Connection, source: int) -> Source | None:
    """The source of this id, if there is one, removed or not."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM source WHERE id = ?", (source,)).fetchone()
    return Source(*found) if found else None


def of_article(connection: sqlite3.Connection, uid: int) -> Source | None:
    """The source of an article, removed or not; None where there is no such article."""
    found = connection.execute("SELECT source_id FROM article WHERE uid = ?", (uid,)).fetchone()
    return by_id(connection, *found) if found else None


def named(connection: sqlite3.Connection, name: str) -> Source | None:
    """The source of this name, if there is one, whatever its case."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM source WHERE name = ? COLLATE NOCASE", (name,)
    ).fetchone()
    return Source(*found) if found else None


def data(connection: sqlite3.Connection, source: Source) -> SourceData:
    """What is known of a source."""
    kind, name, url, folder = connection.execute(
        "SELECT kind, name, url, folder FROM source WHERE id = ?", (source.id,)
    ).fetchone()
    return SourceData(name, kind, url, folder)


def add(connection: sqlite3.Connection, data: SourceData, now: int) -> tuple[Source, bool]:
    """The source that is meant, made where it is new, brought back where it was removed.

    Also whether it is new or back.
    """
    found = find(connection, data)
    if found is None:
        return make(connection, data, now), True
    connection.execute(
        "UPDATE source SET url = coalesce(url, ?2), folder = coalesce(folder, ?3) WHERE id = ?1"
        " AND (url IS NULL AND ?2 IS NOT NULL OR folder IS NULL AND ?3 IS NOT NULL)",
        (found.id, data.url, data.folder),
    )
    if not found.aside & schema.ASIDE_REMOVED:
        return found, False
    aside = found.aside & ~schema.ASIDE_REMOVED
    put_aside(connection, found.id, aside)
    return found._replace(aside=aside), True


def make(
    connection: sqlite3.Connection, data: SourceData, now: int, *, key: str | None = None
) -> Source:
    """Make a source that is not there; ``key``, if another one than follows from what it is."""
    name = free_name(connection, data.name)
    key = key or key_of(data)
    cursor = connection.execute(
        "INSERT INTO source(key, kind, name, url, folder, added_at) VALUES(?, ?, ?, ?, ?, ?)",
        (key, data.kind, name, data.url, data.folder, now),
    )
    assert cursor.lastrowid is not None
    return Source(cursor.lastrowid, key, name, 0, data.url)


def free_name(connection: sqlite3.Connection, name: str) -> str:
    """A name, with a number behind it where another source has it.

    The number is looked for by halving: a list may give one name to all its sources.
    """
    if named(connection, name) is None:
        return name
    taken, free = 1, 2
    while named(connection, f"{name} ({free})") is not None:
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        if named(connection, f"{name} ({middle})") is None:
            free = middle
        else:
            taken = middle
    return f"{name} ({free})"


def holder(connection: sqlite3.Connection, source: int, name: str) -> Source | None:
    """The removed source that has a name which this one is to get, if one has it.

    Raises UsageError where one has it that was not removed.
    """
    found = named(connection, name)
    if found is None or found.id == source:
        return None
    if not found.aside & schema.ASIDE_REMOVED:
        raise UsageError(_("There is a source “{name}” already.").format(name=found.name))
    return found


def rename(connection: sqlite3.Connection, source: int, name: str) -> None:
    """Give a source a name, with a number behind it where another source has it.

    As may be where it gets one back that was given away meanwhile.
    """
    found = named(connection, name)
    if found is not None and found.id != source:
        name = free_name(connection, name)
    connection.execute("UPDATE source SET name = ? WHERE id = ?", (name, source))


def move(connection: sqlite3.Connection, source: int, folder: str | None) -> None:
    """Put a source into a folder, or with None into none."""
    connection.execute("UPDATE source SET folder = ? WHERE id = ?", (folder, source))


def any_removed(connection: sqlite3.Connection) -> bool:
    """Whether a source was removed."""
    query = "SELECT 1 FROM source WHERE aside >= ? LIMIT 1"
    return connection.execute(query, (schema.ASIDE_REMOVED,)).fetchone() is not None


def put_aside(connection: sqlite3.Connection, source: int, aside: int) -> None:
    """Set the ``aside`` bits of a source and of its articles, as ``schema`` tells of them."""
    connection.execute("UPDATE source SET aside = ? WHERE id = ?", (aside, source))
    connection.execute(
        f"UPDATE article SET aside = {ASIDE} WHERE source_id = ? AND aside <> ?", (source, aside)
    )


def settle_sample(connection: sqlite3.Connection) -> None:
    """Let the sample edition step aside while there is real news, and come back when not."""
    (real,) = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM counter JOIN source ON source.id = source_id"
        " WHERE kind <> 'sample' AND aside = 0 AND total > 0)"
    ).fetchone()
    wanted = schema.ASIDE_SAMPLE if real else 0
    samples = connection.execute("SELECT id, aside FROM source WHERE kind = 'sample'").fetchall()
    for source, aside in samples:
        settled = aside & ~schema.ASIDE_SAMPLE | wanted
        if settled != aside:
            put_aside(connection, source, settled)


def sample_wanted(connection: sqlite3.Connection) -> bool:
    """Whether there is no article, and no sample edition ever was."""
    (found,) = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM article) OR EXISTS(SELECT 1 FROM source WHERE kind = 'sample')"
    ).fetchone()
    return not found


def give_whole_text(connection: sqlite3.Connection, uid: int) -> bool:
    """Whether the text of an article is that of its page, not what a feed gives of it."""
    (whole,) = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM cut WHERE cut.uid = ?1) OR EXISTS(SELECT 1 FROM article"
        " JOIN source ON source.id = source_id WHERE article.uid = ?1 AND kind <> 'feed')",
        (uid,),
    ).fetchone()
    return bool(whole)


def navigation(
    connection: sqlite3.Connection, now: datetime, *, together: bool = False
) -> Navigation:
    """The tree: the built-in lists with their counts, then the sources with their categories.

    ``together`` as ``View`` has it.
    """

    def count(kind: ViewKind) -> Count:
        return views.count(connection, View(kind, together=together), now)

    return Navigation(
        all=count(ViewKind.ALL),
        today=count(ViewKind.TODAY),
        starred=count(ViewKind.STARRED),
        later=count(ViewKind.LATER),
        sources=_nodes(connection),
        week=count(ViewKind.WEEK),
        notes=count(ViewKind.NOTES),
        tags=tags.shown(connection, tags.SHOWN),
    )


def _nodes(connection: sqlite3.Connection) -> tuple[SourceNode, ...]:
    counts: dict[int, Count] = {}
    categories: dict[int, list[CategoryNode]] = {}
    for source, category, name, total, unread in connection.execute(
        "SELECT source_id, category_id, category.name, total, unread"
        " FROM counter LEFT JOIN category ON category.id = category_id WHERE total > 0"
    ):
        count = Count(total, unread)
        counts[source] = counts.get(source, Count()) + count
        if name is not None:
            categories.setdefault(source, []).append(CategoryNode(category, name, count))
    return tuple(
        SourceNode(
            id=id_,
            name=name,
            kind=kind,
            count=counts.get(id_, Count()),
            categories=tuple(
                sorted(categories.get(id_, ()), key=lambda node: node.name.casefold())
            ),
            folder=folder,
            failing=bool(failing),
        )
        for id_, name, kind, folder, failing in connection.execute(
            "SELECT id, name, kind, folder, error IS NOT NULL OR coalesce(gone, 0)"
            " FROM source LEFT JOIN fetching ON source_id = id"
            f" WHERE aside < ? {ORDER}",
            (schema.ASIDE_REMOVED, HOME),
        )
    )


def standing(connection: sqlite3.Connection, source: int) -> tuple[str, int]:
    """The name of a source and its ``aside`` bits. Raises UsageError where there is none."""
    found = connection.execute("SELECT name, aside FROM source WHERE id = ?", (source,)).fetchone()
    if found is None:
        raise UsageError(_("There is no source {name}.").format(name=text.inline(str(source))))
    name, aside = found
    return name, aside
