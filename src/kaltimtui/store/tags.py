"""Tags: how their names are written, which one is below which, and the tree that shows them.

The tag ``a/b`` is below ``a``. A tag that no article has and that has no colour is in no list; its
row stays, so that its number does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import Count, TagNode

if TYPE_CHECKING:
    import sqlite3

NAME_LIMIT: Final = 100
SHOWN: Final = 500
"""Tags that the tree holds at most."""
_IN_USE: Final = "name <> '' AND (total > 0 OR colour IS NOT NULL)"


def clean(said: str) -> str:
    """The name of a tag as it is kept. Raises UsageError where it is empty or too long."""
    parts = (" ".join(part.split()) for part in text.inline(said).split("/"))
    name = "/".join(part for part in parts if part)
    if not name:
        raise UsageError(_("The name of the tag is empty."))
    if len(name) > NAME_LIMIT:
        raise UsageError(
            _("The name of a tag has at most {count} characters.").format(count=NAME_LIMIT)
        )
    return name


def spelled(connection: sqlite3.Connection, said: str) -> str:
    """The name of a tag, written as a tag in use is that differs in case alone, level by level.

    Raises UsageError where it is empty or too long.
    """
    name = ""
    for part in clean(said).split("/"):
        name = _known(connection, f"{name}/{part}" if name else part)
    return name


def _known(connection: sqlite3.Connection, name: str) -> str:
    found: tuple[str] | None = connection.execute(
        f"SELECT name FROM tag WHERE name = ?1 COLLATE NOCASE AND {_IN_USE}"
        " ORDER BY name <> ?1, id LIMIT 1",
        (name,),
    ).fetchone()
    return found[0] if found else name


def levels(name: str) -> list[str]:
    """A tag and those it is below, the lowest first."""
    found = [name]
    while "/" in name:
        name = name.rpartition("/")[0].rstrip("/")
        found.append(name)
    return [level for level in found if level]


def ensure(connection: sqlite3.Connection, name: str) -> int:
    """The number of a tag; its row, and those of the tags it is below, are made where need be."""
    numbers = [_ensure(connection, level) for level in levels(name)]
    for place, number in enumerate(numbers):
        connection.executemany(
            "INSERT OR IGNORE INTO above VALUES(?, ?)",
            [(number, ancestor) for ancestor in numbers[place:]],
        )
    return numbers[0]


def _ensure(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO tag(name) VALUES(?)", (name,))
    found: tuple[int] = connection.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()
    return found[0]


def shown(connection: sqlite3.Connection, limit: int = -1) -> tuple[TagNode, ...]:
    """The tags in use, by name."""
    # A blank sorts before the slash: without this, "a b" would stand between "a" and "a/b".
    found = connection.execute(
        f"SELECT name, colour, total, unread FROM tag WHERE {_IN_USE}"
        " ORDER BY replace(name, '/', char(1)) COLLATE NOCASE, name LIMIT ?",
        (limit,),
    )
    return tuple(
        TagNode(name, colour, Count(total, unread)) for name, colour, total, unread in found
    )


def in_use(connection: sqlite3.Connection) -> list[str]:
    """The names of the tags in use."""
    return [name for (name,) in connection.execute(f"SELECT name FROM tag WHERE {_IN_USE}")]


def within(connection: sqlite3.Connection, name: str) -> list[tuple[int, str, str | None]]:
    """Number, name and colour of a tag in use and of those below it; none where it is not."""
    return connection.execute(
        "SELECT low.id, low.name, low.colour FROM tag AS high"
        " CROSS JOIN above ON above.ancestor_id = high.id"
        " CROSS JOIN tag AS low ON low.id = above.tag_id"
        " WHERE high.name = ? AND (high.total > 0 OR high.colour IS NOT NULL"
        " OR EXISTS(SELECT 1 FROM mark_tag WHERE tag = high.name)) ORDER BY low.name",
        (name,),
    ).fetchall()
