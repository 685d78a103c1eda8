"""What a reader does to a tag and those below it, as one step: rename, remove, colour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kaltimtui import text, wording
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.store import journal, marks, records, tags
from kaltimtui.store.journal import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kaltimtui.store.journal import Step

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}|[a-z]{1,20}(-[a-z]{1,20})?")


def rename(connection: sqlite3.Connection, name: str, said: str, now: int) -> Step | None:
    """Give a tag, with those below it, another name; where there is such a tag, they become one.

    None where it has that name already. Raises UsageError where there is no such tag, and for a
    name that cannot be.
    """
    renamed = _within(connection, name)
    wanted = tags.clean(said)
    if wanted.casefold() != name.casefold():
        wanted = tags.spelled(connection, wanted)
    if wanted == name:
        return None
    # What a tag is given up for must not be taken for what is to be renamed.
    if wanted.startswith(f"{name}/"):
        renamed.reverse()
    new_names = [tags.clean(wanted + low[len(name) :]) for _id, low, _colour in renamed]
    entries: list[Entry] = []
    for (id_, low, colour), new in zip(renamed, new_names, strict=True):
        entries += _moved(connection, low, new, now)
        entries += _recoloured(connection, id_, colour, tags.ensure(connection, new))
    return journal.record(connection, "tag-renamed", _articles(entries), entries, now)


def remove(connection: sqlite3.Connection, name: str, now: int) -> Step:
    """Take a tag, with those below it, from all articles. Raises UsageError where there is none."""
    entries: list[Entry] = []
    for id_, low, _colour in _within(connection, name):
        entries += _taken(connection, low, now)
        entries += _changed(connection, id_, None)
    return journal.record(connection, "tag-removed", _articles(entries), entries, now)


def colour(connection: sqlite3.Connection, name: str, said: str | None, now: int) -> Step | None:
    """Give a tag a colour, or with None none; None where it has it already.

    A colour is ``#rrggbb`` or a name. Raises UsageError where there is no such tag or colour.
    """
    if said is not None and not is_colour(said):
        raise UsageError(_("“{colour}” is no colour.").format(colour=text.inline(said)))
    _within(connection, name)
    entries = _changed(connection, tags.ensure(connection, name), said)
    return journal.record(connection, "tag-coloured", 1, entries, now) if entries else None


def is_colour(said: str) -> bool:
    """Whether a tag may have such a colour."""
    return _COLOUR.fullmatch(said) is not None


def _within(connection: sqlite3.Connection, name: str) -> list[tuple[int, str, str | None]]:
    found = tags.within(connection, name)
    if not found:
        said = _("There is no tag “{name}”.").format(name=text.inline(name))
        raise UsageError(said + wording.meant(name, tags.in_use(connection)))
    return found


def _moved(connection: sqlite3.Connection, old: str, new: str, now: int) -> list[Entry]:
    """Put one tag in the place of another."""
    uids = _uids(connection, old)
    have = set(_uids(connection, new))
    lacking = [uid for uid in uids if uid not in have]
    entries = [Entry("tag", None, new, lacking)] if lacking else []
    for entry in entries:
        marks.apply(connection, entry, entry.old, entry.new, now)
    return entries + _taken(connection, old, now)


def _taken(connection: sqlite3.Connection, name: str, now: int) -> list[Entry]:
    uids = _uids(connection, name)
    if not uids:
        return []
    entry = Entry("tag", name, None, uids)
    marks.apply(connection, entry, entry.old, entry.new, now)
    return [entry]


def _recoloured(
    connection: sqlite3.Connection, old: int, colour: str | None, new: int
) -> list[Entry]:
    """Let a tag have the colour of the one whose place it takes, unless it has its own."""
    if colour is None or old == new:
        return []
    (own,) = connection.execute("SELECT colour FROM tag WHERE id = ?", (new,)).fetchone()
    return _changed(connection, old, None) + _changed(connection, new, own or colour)


def _changed(connection: sqlite3.Connection, id_: int, colour: str | None) -> list[Entry]:
    entry = records.change(connection, "tag", id_, {"colour": colour})
    return [] if entry is None else [entry]


def _uids(connection: sqlite3.Connection, name: str) -> list[int]:
    found = connection.execute("SELECT uid FROM mark_tag WHERE tag = ? ORDER BY uid", (name,))
    return [uid for (uid,) in found]


def _articles(entries: Iterable[Entry]) -> int:
    return len({uid for entry in entries if entry.field == "tag" for uid in entry.uids})
