"""What the user made in another store, taken into this one, as one step.

What is here already stays: what differs from it is told. What every store begins with, and was
not touched, is not the user's: there the other store's word holds.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import Marking
from kaltimtui.store import (
    fetching,
    journal,
    keys,
    marks,
    records,
    schema,
    schema3,
    sources,
    statistics,
    steps,
    tagging,
    tags,
)
from kaltimtui.store.journal import Entry
from kaltimtui.store.userdata import NOON

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from kaltimtui.models import MarkField
    from kaltimtui.store.journal import Step
    from kaltimtui.store.userdata import MadeRule, MadeSearch, MadeSource

_NEW_PORTAL: Final = frozenset({"Portal Kaltim", "www.kaltimprov.go.id"})
"""How the portal is called that every store begins with."""
_BEGUN: Final = frozenset(
    (name, query, position) for position, (name, query) in enumerate(schema3.BUILT_IN, start=1)
)
"""The saved searches that every store begins with."""
SHOWN: Final = 200
"""Characters of what is not taken that are told."""


@dataclass
class Made:
    """All that is to be taken in. Uids stand in arrays: there may be a million of them."""

    sources: list[MadeSource] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    """Of tags."""
    searches: list[MadeSearch] = field(default_factory=list)
    places_removed: list[str] = field(default_factory=list)
    rules: list[MadeRule] = field(default_factory=list)
    flags: dict[MarkField, array[int]] = field(default_factory=dict)
    """Uids of what is starred, for later, hidden."""
    tagged: dict[str, array[int]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    read: dict[int, array[int]] = field(default_factory=dict)
    """Uids of what is read, by days."""


@dataclass
class Taken:
    """What became of it."""

    sources: list[str] = field(default_factory=list)
    """Names of those that are new, or back."""
    colours: int = 0
    searches: int = 0
    rules: int = 0
    articles: int = 0
    """Articles that have other marks than before."""
    refused: list[str] = field(default_factory=list)
    """What was not taken, each with the reason."""
    step: Step | None = None


def take(connection: sqlite3.Connection, made: Made, now: int) -> Taken:
    """Take it all in; nothing is done where it is all there already."""
    taken = Taken()
    entries = [
        *_sources(connection, made.sources, taken, now),
        *_searches(connection, made, taken),
        *_rules(connection, made.rules, taken),
        *_marks(connection, made, taken, now),
        *_colours(connection, made.colours, taken),
    ]
    if entries:
        uids = {uid for one in entries if one.field in journal.ABOUT_ARTICLES for uid in one.uids}
        taken.articles = len(uids)
        taken.step = journal.record(connection, "userdata-taken", len(uids), entries, now)
    return taken


# --- sources -----------------------------------------------------------------------------------


def _sources(
    connection: sqlite3.Connection, said: Iterable[MadeSource], taken: Taken, now: int
) -> Iterator[Entry]:
    changed = False
    for made in sorted(said, key=lambda one: one.key != sources.HOME):
        for entry in _source(connection, made, taken, now):
            changed |= entry.field == "source"
            yield entry
    if changed:
        sources.settle_sample(connection)


def _source(
    connection: sqlite3.Connection, made: MadeSource, taken: Taken, now: int
) -> Iterator[Entry]:
    data = made.data()
    found = _keyed(connection, made.key) or sources.find(connection, data)
    if found is None:
        found = sources.make(connection, data, now, key=made.key)
        yield Entry("source", True, False, [found.id])
        taken.sources.append(found.name)
        if made.private:
            fetching.set_private(connection, found.id, True)
    elif found.key == sources.HOME:
        yield from _portal(connection, found, made, now)
    elif found.aside & schema.ASIDE_REMOVED:
        yield _put(connection, found, removed=False, now=now)
        taken.sources.append(found.name)
    yield from _settings(connection, found.id, made, taken)


def _keyed(connection: sqlite3.Connection, key: str) -> sources.Source | None:
    found = connection.execute("SELECT id FROM source WHERE key = ?", (key,)).fetchone()
    return sources.by_id(connection, found[0]) if found else None


def _put(
    connection: sqlite3.Connection, found: sources.Source, *, removed: bool, now: int
) -> Entry:
    entry = Entry("source", not removed, removed, [found.id])
    marks.apply(connection, entry, entry.old, entry.new, now)
    return entry


def _portal(
    connection: sqlite3.Connection, found: sources.Source, made: MadeSource, now: int
) -> Iterator[Entry]:
    """The portal that every store begins with: it is left, and called, as the user had it."""
    (used,) = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM article WHERE source_id = ?)", (found.id,)
    ).fetchone()
    removed = bool(found.aside & schema.ASIDE_REMOVED)
    if removed != made.removed and (removed or not used):
        yield _put(connection, found, removed=made.removed, now=now)
    if found.name in _NEW_PORTAL and sources.named(connection, made.name) is None:
        yield from _done(records.change(connection, "source", found.id, {"name": made.name}))


def _settings(
    connection: sqlite3.Connection, source: int, made: MadeSource, taken: Taken
) -> Iterator[Entry]:
    """Set what is not set here; what is set otherwise is told."""
    stays = False
    for table, names in steps.OF_SOURCES.items():
        own = records.read(connection, table, source) or {}
        lacking: dict[str, Any] = {}
        for name in names:
            said, unset = getattr(made, name), 0 if name == "full_text" else None
            if said == unset or said == own.get(name):
                continue
            if own.get(name, unset) == unset:
                lacking[name] = said
            else:
                stays = True
        if lacking:
            yield from _done(records.change(connection, table, source, lacking))
    if stays:
        taken.refused.append(_("“{name}”: what is set for it here stays.").format(name=made.name))


# --- saved searches and rules --------------------------------------------------------------------


def _searches(connection: sqlite3.Connection, made: Made, taken: Taken) -> Iterator[Entry]:
    """Saved searches, behind those that are here; where nobody touched any, in their own order."""
    there = _rows(connection, "saved")
    untouched = {
        key for key, row in there.items() if (row["name"], row["query"], row["position"]) in _BEGUN
    }
    by_name = {row["name"].casefold(): key for key, row in there.items()}
    wanted = {one.name.casefold() for one in made.searches}
    left = {name.casefold() for name in made.places_removed} - wanted
    anew = untouched == set(there) and set(by_name) <= wanted | left
    for name in left:
        if (key := by_name.get(name)) in untouched:
            yield from _done(records.remove(connection, "saved", key or 0))
    position = 0 if anew else max(row["position"] for row in there.values())
    for one in made.searches:
        position += 1
        values = {"name": one.name, "query": one.query, "folder": one.folder, "place": one.place}
        key = by_name.get(one.name.casefold())
        if key is None:
            entry = records.add(connection, "saved", {**values, "position": position})
            by_name[one.name.casefold()] = entry.uids[0]
            taken.searches += 1
            yield entry
        elif key in untouched:
            untouched.discard(key)
            placed = {"position": position} if anew else {}
            changed = _done(records.change(connection, "saved", key, {**values, **placed}))
            taken.searches += len(changed)
            yield from changed
        elif (row := records.read(connection, "saved", key)) and row["query"] != one.query:
            told = _("There is another saved search “{name}”: “{query}” is not taken.")
            taken.refused.append(told.format(name=one.name, query=text.inline(one.query, SHOWN)))


def _done(entry: Entry | None) -> list[Entry]:
    return [] if entry is None else [entry]


def _rules(
    connection: sqlite3.Connection, said: Iterable[MadeRule], taken: Taken
) -> Iterator[Entry]:
    there = _rows(connection, "rule")
    by_name = {row["name"].casefold(): row for row in there.values()}
    last = max((row["position"] for row in there.values()), default=0)
    for one in said:
        values = {
            "name": one.name,
            "query": one.query,
            "actions": json.dumps(one.actions),
            "enabled": int(one.enabled),
        }
        own = by_name.get(one.name.casefold())
        if own is None:
            last += 1
            entry = records.add(connection, "rule", {**values, "position": last})
            by_name[one.name.casefold()] = values
            taken.rules += 1
            yield entry
        elif any(own[name] != values[name] for name in ("query", "actions")):
            told = _("There is another rule “{name}”: “{query}” is not taken.")
            taken.refused.append(told.format(name=one.name, query=text.inline(one.query, SHOWN)))


def _rows(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, Any]]:
    found = connection.execute(f"SELECT id FROM {table} ORDER BY position, id").fetchall()
    return {key: records.read(connection, table, key) or {} for (key,) in found}


# --- marks -------------------------------------------------------------------------------------


def _marks(connection: sqlite3.Connection, made: Made, taken: Taken, now: int) -> Iterator[Entry]:
    for flag, uids in made.flags.items():
        yield from _marked(connection, uids, Marking(flag, True), now)
    for tag, uids in made.tagged.items():
        yield from _marked(connection, uids, Marking("tag", tag), now)
    for uid, note in made.notes.items():
        own = connection.execute("SELECT note FROM mark WHERE uid = ?", (uid,)).fetchone()
        if own is None or own[0] is None:
            yield from _marked(connection, [uid], Marking("note", note), now)
        elif own[0] != note:
            told = _("{id} has another note: “{note}” is not taken.")
            shown = text.inline(note, SHOWN)
            taken.refused.append(told.format(id=keys.public_id(uid), note=shown))
    # The last mark that is set says when it was.
    yield from _read(connection, made.read)


def _marked(
    connection: sqlite3.Connection, uids: Iterable[int], marking: Marking, now: int
) -> tuple[Entry, ...]:
    marks.choose(connection, uids)
    step = marks.mark(connection, [marking], now, undoable=False)
    return () if step is None else step.entries


def _read(connection: sqlite3.Connection, days: dict[int, array[int]]) -> Iterator[Entry]:
    """What was read, with the days on which it was; one entry for all."""
    read = array("q")
    for day, uids in days.items():
        noon = statistics.start_of(day) + NOON
        for entry in _marked(connection, uids, Marking("read", True), noon):
            read.extend(entry.uids)
    if read:
        yield Entry("read", False, True, read)


def _colours(connection: sqlite3.Connection, said: dict[str, str], taken: Taken) -> Iterator[Entry]:
    for name, colour in said.items():
        if not tagging.is_colour(colour):
            told = _("“{colour}” is no colour.").format(colour=text.inline(colour))
            taken.refused.append(f"{name}: {told}")
            continue
        try:
            number = tags.ensure(connection, tags.spelled(connection, name))
        except UsageError as error:
            taken.refused.append(f"{text.inline(name, 100)}: {error.message}")
            continue
        own = (records.read(connection, "tag", number) or {}).get("colour")
        if own is None:
            taken.colours += 1
            yield from _done(records.change(connection, "tag", number, {"colour": colour}))
        elif own != colour:
            taken.refused.append(
                _("The tag “{name}” has another colour than {colour}.").format(
                    name=name, colour=colour
                )
            )
