"""The names that a search may ask for, of those that are in the store."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.query import words
from kaltimtui.query.tree import Field
from kaltimtui.store import codec
from kaltimtui.store.held import LISTED
from kaltimtui.wording import place_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

MOST: Final = 20
_RECENT: Final = 2_000
"""The newest articles, whose places are offered."""
_RECENT_BODIES: Final = 400
"""As many are unpacked for who wrote them."""
_NAMES: Final = {
    Field.CATEGORY: "SELECT name FROM category JOIN counter ON category_id = category.id"
    " WHERE name <> '' GROUP BY category.id HAVING sum(total) > 0 ORDER BY sum(total) DESC, name",
    Field.SOURCE: "SELECT name FROM source LEFT JOIN counter ON source_id = source.id"
    " WHERE aside < 2 GROUP BY source.id ORDER BY sum(total) DESC, name",
    Field.TAG: "SELECT name FROM tag WHERE name <> '' AND (total > 0 OR colour IS NOT NULL)"
    " ORDER BY total DESC, name",
}
_NEWEST: Final = (
    f"FROM (SELECT id FROM article INDEXED BY article_aside WHERE {LISTED}"
    " ORDER BY id DESC LIMIT ?) AS newest"
)


def values(connection: sqlite3.Connection, field: Field, beginning: str) -> tuple[str, ...]:
    """Names of a field that begin so, the most frequent first; those with such a word follow."""
    asked = words.name(beginning)
    ahead: list[str] = []
    within: list[str] = []
    for name in _named(connection, field):
        folded = words.name(name)
        if folded.startswith(asked):
            ahead.append(name)
            if len(ahead) == MOST:
                break
        elif f" {asked}" in folded or f"/{asked}" in folded:
            within.append(name)
    return tuple([*ahead, *within][:MOST])


def _named(connection: sqlite3.Connection, field: Field) -> Iterable[str]:
    if field in _NAMES:
        return (text.inline(name) for (name,) in connection.execute(_NAMES[field]))
    if field is Field.PLACE:
        query = f"SELECT dateline {_NEWEST} CROSS JOIN article ON article.id = newest.id"
        found = connection.execute(query, (_RECENT,))
        return _by_number(place_name(text.inline(name)) for (name,) in found if name)
    if field is Field.BYLINE:
        query = f"SELECT data {_NEWEST} CROSS JOIN body ON body.article_id = newest.id"
        return _by_number(_bylines(connection.execute(query, (_RECENT_BODIES,))))
    return ()


def _by_number(names: Iterable[str]) -> list[str]:
    return [name for name, _count in Counter(names).most_common()]


def _bylines(found: Iterable[tuple[bytes]]) -> Iterator[str]:
    for (data,) in found:
        if byline := codec.unpack(data).get("byline"):
            yield text.inline(byline)
