"""Which articles each list holds: in parts, of which each is a range of an index."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kaltimtui.dates import WITA
from kaltimtui.models import ViewKind
from kaltimtui.store import keys, telling
from kaltimtui.store.keys import DAY
from kaltimtui.store.scopes import LOWEST, Scope

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from kaltimtui.models import View
    from kaltimtui.query import Query

# All articles of a source have its `aside`, but for those that are hidden; a source that was
# removed has no list.
_OF_SOURCE: Final = (
    "source_id = ? AND aside = (SELECT aside FROM source WHERE id = ? AND aside < 2)"
)
LISTED: Final = "aside & 2 = 0 AND aside = 0"
"""What stands in the built-in lists. The first half says that the indexes hold it (``schema5``)."""
INDEXES: Final[dict[ViewKind, tuple[str, str]]] = {
    ViewKind.ALL: ("article_aside", LISTED),
    ViewKind.SEARCH: ("article_aside", LISTED),
    ViewKind.TODAY: ("article_aside", LISTED),
    ViewKind.WEEK: ("article_aside", LISTED),
    ViewKind.UNREAD: ("article_unread", f"unread = 1 AND {LISTED}"),
    # What the user marked stays in sight when the sample edition steps aside.
    ViewKind.STARRED: ("article_starred", "starred = 1 AND aside < 2"),
    ViewKind.LATER: ("article_later", "later = 1 AND aside < 2"),
    ViewKind.SOURCE: ("article_source", _OF_SOURCE),
    ViewKind.CATEGORY: ("article_category", f"category_id = ? AND {_OF_SOURCE} AND aside & 2 = 0"),
}
IN_FOLDER: Final = "aside < 2 AND (folder = ?1 OR substr(folder, 1, length(?2)) = ?2)"
"""Which sources are in a folder or in one below it; see ``path`` for what it takes."""
_ONCE: Final = frozenset((ViewKind.ALL, ViewKind.UNREAD, ViewKind.TODAY, ViewKind.WEEK))
"""Lists that may hold a story once. Any other is of something that each article is or is not."""
_HIDDEN: Final = Scope(
    "hidden INDEXED BY hidden_listed CROSS JOIN article ON article.id = hidden.article_id",
    "hidden.article_id IS NOT NULL"
    " AND EXISTS(SELECT 1 FROM source WHERE source.id = article.source_id AND source.aside < 2)",
    (),
    id="hidden.article_id",
)


def held(connection: sqlite3.Connection, view: View, now: datetime) -> tuple[Scope, ...]:
    """What a list holds; its parts have no article in common.

    Raises QueryError where its search cannot be read.
    """
    query = query_of(connection, view)
    once = view.together and view.kind in _ONCE
    if query is None:
        parts = base(connection, view, now)
        return tuple(map(_once, parts)) if once else parts
    from kaltimtui.store import compile  # noqa: A004 - only a search needs it, the first picture not

    if view.kind is ViewKind.SEARCH and query.root is None and query.sort is None:
        return ()  # nothing is asked yet
    if view.kind in (ViewKind.SEARCH, ViewKind.SAVED):
        return compile.plan(connection, query, now).scopes
    scopes = tuple(
        scope
        for part in base(connection, view, now)
        for scope in compile.plan(connection, query, now, part).scopes
    )
    if not once:
        return scopes
    return tuple(s._replace(where=f"{s.where} AND {telling.NOT_LEFT_OUT}") for s in scopes)


def _once(part: Scope) -> Scope:
    """A part of a list without what tells a story again."""
    unread = "1" if part.where == INDEXES[ViewKind.UNREAD][1] else "0, 1"
    return part._replace(retold=f"{telling.LEFT_OUT} AND telling.unread IN ({unread})")


def query_of(connection: sqlite3.Connection, view: View) -> Query | None:
    """What a list is searched for, if anything. Raises QueryError."""
    said = written(connection, view)
    return _read(said) if said or view.kind is ViewKind.SEARCH else None


def written(connection: sqlite3.Connection, view: View) -> str:
    """What a list is searched for, as it is written: a saved search, with what is laid over it."""
    if view.kind is not ViewKind.SAVED:
        return view.query
    found = connection.execute("SELECT query FROM saved WHERE id = ?", (view.saved,)).fetchone()
    if found is None:
        return ""
    return f"({found[0]}) ({view.query})" if view.query else str(found[0])


@lru_cache(maxsize=64)
def _read(said: str) -> Query:
    """A search as it was written: a list asks for it at each page, place and count."""
    from kaltimtui.query import parse  # as above

    return parse(said)


def base(connection: sqlite3.Connection, view: View, now: datetime) -> tuple[Scope, ...]:
    """What a list holds, whatever it is searched for; the list of a folder is of its sources."""
    match view.kind:
        case ViewKind.SAVED:  # one that is gone
            return ()
        case ViewKind.HIDDEN:
            return (_HIDDEN,)
        case ViewKind.NOTES | ViewKind.TAG:
            # What has a note has the tag without a name.
            name = view.tag if view.kind is ViewKind.TAG else ""
            where = "tag_id = (SELECT id FROM tag WHERE name = ?)"
            return (Scope("tagged", where, (name,), "tagged.article_id"),)
        case ViewKind.STORY:
            uid = keys.uid_of(view.story or "")
            return (Scope("article", f"article.id IN ({telling.TELLING})", (uid,)),)
        case ViewKind.FOLDER:
            index, where = INDEXES[ViewKind.SOURCE]
            found = connection.execute(*folder_query(view))
            return tuple(
                Scope(f"article INDEXED BY {index}", where, (id_, id_)) for (id_,) in found
            )
        case _:
            index, where = INDEXES[view.kind]
            floor = since(view.kind, now)
            return (Scope(f"article INDEXED BY {index}", where, _parameters(view), floor=floor),)


def _parameters(view: View) -> tuple[int | None, ...]:
    """What the condition of ``INDEXES`` takes."""
    if view.kind is ViewKind.SOURCE:
        return view.source, view.source
    if view.kind is ViewKind.CATEGORY:
        return view.category, view.source, view.source
    return ()


def folder_query(view: View) -> tuple[str, tuple[str, str]]:
    """The query for the sources of a folder and of those below it, and what it takes."""
    return f"SELECT id FROM source WHERE {IN_FOLDER}", path(view)


def path(view: View) -> tuple[str, str]:
    """What ``IN_FOLDER`` takes."""
    return view.folder or "", f"{view.folder}/"


def unread_of(part: Scope) -> Scope:
    """The unread articles of what a part of a list holds."""
    if part.tables == "article INDEXED BY article_aside" and part.where == LISTED:
        index, where = INDEXES[ViewKind.UNREAD]
        listed = part._replace(tables=f"article INDEXED BY {index}", where=where)
        return _once(listed) if part.retold else listed
    return part.with_articles()._replace(where=f"{part.where} AND article.unread = 1")


def today(now: datetime) -> int:
    """The lowest place in the order that is of today, as the clocks of East Kalimantan have it."""
    midnight = now.astimezone(WITA).replace(hour=0, minute=0, second=0, microsecond=0)
    return keys.order_floor(keys.seconds_of(midnight))


def week(now: datetime) -> int:
    """The lowest place of the last seven days, of which today is one."""
    return today(now) - keys.order_floor(6 * DAY)


def since(kind: ViewKind, now: datetime) -> int:
    """The lowest place in the order that a list may hold."""
    if kind is ViewKind.TODAY:
        return today(now)
    return week(now) if kind is ViewKind.WEEK else LOWEST
