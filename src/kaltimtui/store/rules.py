"""Rules: searches that are run over what has just been kept, each with what is done with the hits.

What a rule does are marks as a user sets them, and one step of the journal for a whole refresh,
which names the rules. It never removes anything, nor marks what the user has marked before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, get_args

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.rule import TITLES, Notice, Rule, RuleAction, RuleKind
from kaltimtui.store import journal, keys, marks, rows, saved, tags, views, wishes
from kaltimtui.store.journal import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kaltimtui.models import MarkField
    from kaltimtui.store.journal import Step

APPLIED: Final = "rule-applied"
"""The kind of step; behind it stand the names of the rules."""
_TOGETHER: Final = 10 * 60
"""Seconds between two batches of one refresh: what rules do in them is one step."""
_NOTIFY: Final = RuleAction("notify")
_FLAGS: Final[dict[RuleKind, MarkField]] = {
    "read": "read",
    "star": "starred",
    "later": "later",
    "hide": "hidden",
}
_COLUMNS: Final = "id, name, query, actions, enabled"
_KINDS: Final[tuple[RuleKind, ...]] = get_args(RuleKind)


# --- the rules there are -------------------------------------------------------------------------


def all_of(connection: sqlite3.Connection) -> tuple[Rule, ...]:
    """Every rule, in the order they are run in."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM rule ORDER BY position, id")
    return tuple(_made(*values) for values in found)


def one(connection: sqlite3.Connection, rule: int) -> Rule | None:
    """A rule, if there is one of this number."""
    values = connection.execute(f"SELECT {_COLUMNS} FROM rule WHERE id = ?", (rule,)).fetchone()
    return _made(*values) if values else None


def _made(id_: int, name: str, query: str, actions: str, enabled: int) -> Rule:
    return Rule(id_, name, query, _actions(actions), bool(enabled), saved.trouble_of(query))


def _actions(kept: str) -> tuple[RuleAction, ...]:
    """Actions as they are kept; those that are not known, as a later version may have, are left."""
    try:
        said = [RuleAction(*action) for action in json.loads(kept)]
    except (ValueError, TypeError):
        return ()
    return tuple(one for one in said if one.kind in _KINDS and (one.kind != "tag" or one.value))


def packed(actions: Iterable[RuleAction]) -> str:
    """Actions as they are kept. Raises UsageError for none, and for a tag that cannot be."""
    said = dict.fromkeys(
        RuleAction(one.kind, tags.clean(one.value or "") if one.kind == "tag" else None)
        for one in actions
    )
    if not said:
        raise UsageError(
            _("The rule does nothing."), hint=_("Say what it is to do with what it finds.")
        )
    return json.dumps(sorted(said, key=lambda one: _KINDS.index(one.kind)))


# --- running them --------------------------------------------------------------------------------


def run(connection: sqlite3.Connection, uids: Sequence[int], now: datetime) -> list[Notice]:
    """Run the rules over articles that were just kept, in their order; what they have to tell.

    A rule that cannot be read does nothing.
    """
    rules = [rule for rule in all_of(connection) if rule.enabled and rule.trouble is None]
    if not rules or not uids:
        return []
    from kaltimtui.store import probing  # only where there are rules

    articles = _places(connection, uids)
    own = _marked(connection, uids)
    names: list[str] = []
    entries: list[Entry] = []
    notices: list[Notice] = []
    with probing.apart(connection, sorted(articles)):
        for rule in rules:
            found = _found(connection, rule, articles, now)
            changed = carry_out(connection, rule, found, keys.seconds_of(now), leave=own)
            if changed:
                names.append(rule.name)
                entries += changed
            if found and _NOTIFY in rule.actions:
                notices.append(Notice(rule.name, len(found), _titles(connection, found)))
    if entries:
        _record(connection, names, entries, keys.seconds_of(now))
    return notices


def apply(connection: sqlite3.Connection, rule: Rule, now: datetime) -> Step | None:
    """Do what a rule does with all that it finds, as one step; None where all is so already.

    That texts are wished for is no step, but told of as one. Raises QueryError where the rule
    cannot be read.
    """
    view = View(ViewKind.SEARCH, query=rule.query)
    found = [uid for (uid,) in connection.execute(*views.uids_query(connection, view, now))]
    seconds = keys.seconds_of(now)
    entries = carry_out(connection, rule, found, seconds)
    if not entries:
        wished = _cut(connection, found) if RuleAction("full_text") in rule.actions else ()
        return journal.Step(0, "text-wished", len(wished), ()) if wished else None
    return journal.record(connection, _what([rule.name]), _count(entries), entries, seconds)


def carry_out(
    connection: sqlite3.Connection,
    rule: Rule,
    uids: Sequence[int],
    now: int,
    *,
    leave: frozenset[int] = frozenset(),
) -> list[Entry]:
    """Do what a rule does with what it found; what was changed.

    ``leave`` are articles that stay read or unread, starred or not, as they are.
    """
    entries: list[Entry] = []
    for action in rule.actions:
        if action.kind == "full_text":
            wishes.want(connection, _cut(connection, uids), "text", now)
        marking = _marking(action)
        if marking is not None:
            marks.choose(connection, uids if marking.field == "tag" else _but(uids, leave))
            step = marks.mark(connection, [marking], now, undoable=False)
            entries += step.entries if step else ()
    return entries


def _marking(action: RuleAction) -> Marking | None:
    if action.kind == "tag":
        return Marking("tag", action.value)
    field = _FLAGS.get(action.kind)
    return None if field is None else Marking(field, True)


def _but(uids: Iterable[int], leave: frozenset[int]) -> list[int]:
    return [uid for uid in uids if uid not in leave]


def _found(
    connection: sqlite3.Connection, rule: Rule, articles: Mapping[int, int], now: datetime
) -> list[int]:
    """The uids of those articles that a rule finds, the newest first."""
    from kaltimtui.query import parse  # only where there are rules
    from kaltimtui.store import probing

    found = probing.among(connection, parse(rule.query), now, sorted(articles))
    return [articles[id_] for id_ in reversed(found)]


def _places(connection: sqlite3.Connection, uids: Iterable[int]) -> dict[int, int]:
    """The uids of articles by the places they stand at."""
    query = f"SELECT id, uid FROM article WHERE uid {rows.AMONG}"
    return dict(rows.found(connection, query, uids))


def _marked(connection: sqlite3.Connection, uids: Iterable[int]) -> frozenset[int]:
    """Those that the user said something of before: they were in the store once."""
    query = f"SELECT uid FROM mark WHERE uid {rows.AMONG}"
    return frozenset(uid for (uid,) in rows.found(connection, query, uids))


def _cut(connection: sqlite3.Connection, uids: Iterable[int]) -> list[int]:
    """Those of which there may be more text than their feed gives."""
    marks.choose(connection, uids)
    found = connection.execute(
        "SELECT chosen.uid FROM chosen CROSS JOIN article ON article.uid = chosen.uid"
        " JOIN source ON source.id = source_id WHERE kind = 'feed'"
        " AND NOT EXISTS(SELECT 1 FROM cut WHERE cut.uid = chosen.uid)"
    )
    return [uid for (uid,) in found]


def _titles(connection: sqlite3.Connection, uids: Sequence[int]) -> tuple[str, ...]:
    query = "SELECT title FROM article WHERE uid = ?"
    return tuple(connection.execute(query, (uid,)).fetchone()[0] for uid in uids[:TITLES])


# --- what they did -------------------------------------------------------------------------------


def _record(
    connection: sqlite3.Connection, names: Sequence[str], entries: Sequence[Entry], now: int
) -> None:
    """Write down what rules did; the batches of one refresh are one step.

    What the user took back before can still be done again.
    """
    last = journal.newest(connection)
    if last is not None and last.what.startswith(f"{APPLIED}:") and last.at >= now - _TOGETHER:
        named = dict.fromkeys([*last.names, *names])
        entries = _joined([*last.entries, *entries])
        journal.rewrite(connection, last.id, _what(named), _count(entries), entries, now)
    else:
        what = _what(names)
        journal.record(connection, what, _count(entries), entries, now, keep_undone=True)


def _what(names: Iterable[str]) -> str:
    return f"{APPLIED}:" + "\n".join(names)


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that do the same as one."""
    found: dict[tuple[str, Any, Any], list[int]] = {}
    for entry in entries:
        found.setdefault(entry[:3], []).extend(entry.uids)
    return [Entry(*done, uids) for done, uids in found.items()]


def _count(entries: Iterable[Entry]) -> int:
    return len({uid for entry in entries for uid in entry.uids})
