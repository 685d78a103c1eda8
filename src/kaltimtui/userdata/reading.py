"""How such a file is read: what of it can be taken, clean; and what cannot, with the reason."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError, ParseError, UsageError
from kaltimtui.i18n import N_, _
from kaltimtui.query.syntax import LONGEST
from kaltimtui.rule import RuleKind
from kaltimtui.store import adopting, keys, marks, sources, tags
from kaltimtui.store.adopting import Made
from kaltimtui.store.fetching import LONGEST_INTERVAL, MOST_KEPT, SHORTEST_INTERVAL
from kaltimtui.store.userdata import MadeRule, MadeSearch, MadeSource
from kaltimtui.userdata.writing import FORMAT, VERSION, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from kaltimtui.models import MarkField, SourceKind

SIZE_LIMIT: Final = 512 * 1024 * 1024
"""Bytes that are read: what changes is held until all of it is kept as one step."""
_NAME_LIMIT: Final = 200
_FLAGS: Final[tuple[MarkField, ...]] = ("starred", "later", "hidden")
_SOURCES: Final[tuple[SourceKind, ...]] = ("feed", "portal")
_ACTIONS: Final[tuple[RuleKind, ...]] = get_args(RuleKind)
_KNOWN: Final[dict[str, frozenset[str]]] = {
    "sources": frozenset(
        (
            *("key", "name", "kind", "url", "folder", "interval", "full_text", "private"),
            *("keep_days", "keep_articles", "removed"),
        )
    ),
    "tags": frozenset(("name", "colour")),
    "searches": frozenset(("name", "query", "folder", "place")),
    "rules": frozenset(("name", "query", "actions", "enabled")),
    "marks": frozenset(("article", "title", "url", "source", "tags", "note", *_FLAGS)),
    "read": frozenset(("day", "articles")),
}
_CALLED: Final = {
    "sources": N_("source"),
    "tags": N_("tag"),
    "places_removed": N_("place"),
    "searches": N_("saved search"),
    "rules": N_("rule"),
    "marks": N_("marks"),
    "read": N_("what was read"),
}
_Taker: TypeAlias = "Callable[[Any], None]"


class Reading:
    """What has been read, cleaned; and what of it cannot be taken."""

    def __init__(self) -> None:
        self.made = Made()
        self.refused: list[str] = []
        self.ignored: dict[str, None] = {}
        self._numbers: Counter[str] = Counter()
        self._named: dict[str, bool] = {}
        """Whether format and version are ours, once they were read."""
        self._takers: Mapping[str, _Taker] = {
            "sources": self._source,
            "tags": self._tag,
            "searches": self._search,
            "places_removed": self._place,
            "rules": self._rule,
            "marks": self._marks,
            "read": self._read,
        }

    def read(self, stream: BinaryIO) -> None:
        """Read it to its end. Raises ParseError."""
        from kaltimtui.parsing.pieces import pieces

        for name, value, listed in pieces(stream, limit=SIZE_LIMIT):
            if name in ("format", "version"):
                _check(name, value)
                self._named[name] = True
            elif name not in self._takers:
                self._ignore(name)
            elif not listed:
                self.refused.append(_("“{name}” is no list.").format(name=name))
            else:
                self._numbers[name] += 1
                try:
                    self._takers[name](value)
                except KaltimtuiError as error:
                    self._tell(name, error.message)
        if len(self._named) < len(("format", "version")):
            raise _another()

    def _tell(self, section: str, reason: str) -> None:
        what = _(_CALLED[section])
        self.refused.append(f"{what} {self._numbers[section]}: {text.inline(reason)}")

    def _ignore(self, name: str) -> None:
        self.ignored[text.inline(name, _NAME_LIMIT)] = None

    def _object(self, section: str, value: Any) -> Said:
        if not isinstance(value, dict):
            raise UsageError(_("it is no object."))
        for key in value.keys() - _KNOWN[section]:
            self._ignore(f"{section}.{key}")
        return value

    # --- each kind of entry ----------------------------------------------------------------

    def _source(self, value: Any) -> None:
        said = self._object("sources", value)
        name, url = _named(said, text.INLINE_LIMIT), said.get("url")
        kind = next((one for one in _SOURCES if one == said.get("kind")), None)
        if kind is None:
            raise UsageError(_("“{key}” is not what it can be.").format(key="kind"))
        address = None if url is None else text.address(url if isinstance(url, str) else "")
        if url is not None and address is None:
            raise UsageError(_("“{name}” has no web address.").format(name=name))
        made = MadeSource(
            _text(said, "key", text.ADDRESS_LIMIT) or "", name, kind, address, _folder(said)
        )
        if not made.key.startswith(("url:", f"{kind}:")):
            made = made._replace(key=sources.key_of(made.data()))
        minutes = self._number(said, "interval", SHORTEST_INTERVAL, LONGEST_INTERVAL)
        self.made.sources.append(
            made._replace(
                minutes=minutes,
                days=self._number(said, "keep_days", 0, MOST_KEPT),
                articles=self._number(said, "keep_articles", 0, MOST_KEPT),
                full_text=_flag(said, "full_text"),
                private=_flag(said, "private"),
                removed=_flag(said, "removed"),
            )
        )

    def _tag(self, value: Any) -> None:
        said = self._object("tags", value)
        name = tags.clean(_text(said, "name", text.INLINE_LIMIT) or "")
        colour = _text(said, "colour", _NAME_LIMIT)
        if colour is not None and self.made.colours.setdefault(name, colour) != colour:
            raise UsageError(_("“{name}” stands in the file before.").format(name=name))

    def _search(self, value: Any) -> None:
        said = self._object("searches", value)
        name, query = _named(said), self._query("searches", said)
        made = MadeSearch(name, query, _folder(said), _flag(said, "place"))
        self.made.searches.append(made)

    def _place(self, value: Any) -> None:
        if not isinstance(value, str):
            raise UsageError(_("it is no text."))
        self.made.places_removed.append(text.inline(value))

    def _rule(self, value: Any) -> None:
        said = self._object("rules", value)
        name, query = _named(said), self._query("rules", said)
        actions = said.get("actions")
        if not isinstance(actions, list) or not actions:
            raise UsageError(_("The rule does nothing."))
        known = dict.fromkeys(map(_action, actions))
        ordered = sorted(known, key=lambda one: _ACTIONS.index(one[0]))
        enabled = _flag(said, "enabled", otherwise=True)
        self.made.rules.append(MadeRule(name, query, tuple(ordered), enabled))

    def _query(self, section: str, said: Said) -> str:
        """A search as it is kept: also one that cannot be read, which is told."""
        from kaltimtui.query import QueryError, parse

        query = _text(said, "query", LONGEST)
        if query is None:
            raise UsageError(_("“{key}” is missing.").format(key="query"))
        try:
            parse(query)
        except QueryError as error:
            told = _("taken, but its search cannot be read: {reason}")
            self._tell(section, told.format(reason=error.message))
        return query

    def _marks(self, value: Any) -> None:
        said = self._object("marks", value)
        uid = _uid(said.get("article"))
        for flag in _FLAGS:
            if _flag(said, flag):
                self.made.flags.setdefault(flag, array("q")).append(uid)
        for tag in _listed(said, "tags"):
            try:
                name = tags.clean(tag)
            except UsageError as error:
                self._tell("marks", error.message)
            else:
                self.made.tagged.setdefault(name, array("q")).append(uid)
        if said.get("note") is not None:
            self._note(uid, said["note"])

    def _note(self, uid: int, said: Any) -> None:
        if not isinstance(said, str):
            raise UsageError(_("“{key}” is no text.").format(key="note"))
        if len(said.encode("utf-8", "replace")) > marks.NOTE_LIMIT:
            raise UsageError(_("A note has at most {count} bytes.").format(count=marks.NOTE_LIMIT))
        note = text.block(said, marks.NOTE_LIMIT)
        if note and self.made.notes.setdefault(uid, note) != note:
            told = _("{id} has another note: “{note}” is not taken.")
            shown = text.inline(note, adopting.SHOWN)
            raise UsageError(told.format(id=keys.public_id(uid), note=shown))

    def _read(self, value: Any) -> None:
        said = self._object("read", value)
        try:
            day = date.fromisoformat(said.get("day") or "").toordinal()
        except (ValueError, TypeError):
            raise UsageError(_("“{key}” is no day.").format(key="day")) from None
        uids = self.made.read.setdefault(day, array("q"))
        for line in _listed(said, "articles"):
            for name in line.split():
                try:
                    uids.append(_uid(name))
                except UsageError as error:
                    self._tell("read", error.message)

    def _number(self, said: Said, key: str, least: int, most: int) -> int | None:
        """A whole number, if there is one; one that cannot be is told and left out."""
        value = said.get(key)
        if value is None or (type(value) is int and least <= value <= most):
            return value
        told = _("“{key}” is no whole number from {least} to {most}.")
        self._tell("sources", told.format(key=key, least=least, most=most))
        return None


def _check(name: str, value: Any) -> None:
    if name == "format" and value != FORMAT:
        raise _another()
    if name == "version" and (type(value) is not int or value != VERSION):
        raise ParseError(
            _("The file has version {version}; only {known} can be read.").format(
                version=text.inline(str(value), 20), known=VERSION
            ),
            hint=_("A later kaltimtui may be needed."),
        )


def _another() -> ParseError:
    return ParseError(
        _("This is not what “kaltimtui userdata export” writes."),
        hint=_("“kaltimtui import” takes pages, feeds and subscription lists."),
    )


def _text(said: Said, key: str, limit: int) -> str | None:
    value = said.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise UsageError(_("“{key}” is no text.").format(key=key))
    if len(value) > limit:
        raise UsageError(
            _("“{key}” is longer than {count} characters.").format(key=key, count=limit)
        )
    return text.inline(value, limit) or None


def _named(said: Said, limit: int = _NAME_LIMIT) -> str:
    name = _text(said, "name", limit)
    if name is None:
        raise UsageError(_("“{key}” is missing.").format(key="name"))
    return name


def _folder(said: Said) -> str | None:
    name = _text(said, "folder", text.INLINE_LIMIT)
    if name is None:
        return None
    from kaltimtui.parsing.opml import folder_name  # brings lxml

    return folder_name(name) or None


def _flag(said: Said, key: str, *, otherwise: bool = False) -> bool:
    value = said.get(key, otherwise)
    if not isinstance(value, bool):
        raise UsageError(_("“{key}” is neither true nor false.").format(key=key))
    return value


def _listed(said: Said, key: str) -> list[str]:
    value = said.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(_("“{key}” is no list of texts.").format(key=key))
    return value


def _uid(said: Any) -> int:
    uid = keys.uid_of(said) if isinstance(said, str) else None
    if uid is None:
        raise UsageError(_("“{id}” is no id of an article.").format(id=text.inline(str(said), 40)))
    return uid


def _action(said: Any) -> tuple[str, str | None]:
    kind = said.get("do") if isinstance(said, dict) else None
    if kind not in _ACTIONS:
        raise UsageError(_("“{name}” is no action.").format(name=text.inline(str(kind), 40)))
    return kind, tags.clean(str(said.get("value") or "")) if kind == "tag" else None
