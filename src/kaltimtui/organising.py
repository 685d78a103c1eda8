"""What a user does with saved searches and rules: keep, name, sort, try and remove them."""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from kaltimtui import text, wording
from kaltimtui.errors import UsageError
from kaltimtui.i18n import N_, _
from kaltimtui.models import View, ViewKind
from kaltimtui.rule import Trial
from kaltimtui.store import keys, rules, saved, steps
from kaltimtui.store.journal import told
from kaltimtui.subscriptions import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kaltimtui.library import Library
    from kaltimtui.models import Change, SavedSearch
    from kaltimtui.rule import Rule, RuleAction
    from kaltimtui.store.connection import Connection
    from kaltimtui.store.steps import RowTable

    _One = TypeVar("_One", SavedSearch, Rule)

NAME_LIMIT: Final = 200
SAMPLES: Final = 20
"""Articles that a trial shows at most."""
_NAMED: Final = 5
"""So many are named where a name fits several."""


class _Words(NamedTuple):
    """What is said where a name is wrong."""

    missing: str
    taken: str
    hint: str


_SEARCH: Final = _Words(
    N_("There is no saved search “{name}”."),
    N_("There is a saved search “{name}” already."),
    N_("“kaltimtui searches list” shows their names."),
)
_RULE: Final = _Words(
    N_("There is no rule “{name}”."),
    N_("There is a rule “{name}” already."),
    N_("“kaltimtui rules list” shows their names."),
)


def of(library: Library) -> Organising:
    """The saved searches and rules of a library."""
    return Organising(library)


class Organising:
    """The saved searches and rules of one library.

    Each change of them is a step that undo takes back.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    # --- saved searches ----------------------------------------------------------------------

    def searches(self) -> tuple[SavedSearch, ...]:
        """Every saved search in its order, with its count; no search is run for it.

        Those of one folder stand together.
        """
        return self._library.searches()

    def search(self, search: int) -> SavedSearch | None:
        """The saved search of this number, if there is one."""
        with self._library.database.reading() as connection:
            return saved.one(connection, search)

    def find_search(self, name: str) -> SavedSearch:
        """The saved search of this name, whatever its case, or the one whose name begins so.

        Raises UsageError where there is none, or several.
        """
        return _find(self.searches(), name, _SEARCH)

    def add_search(self, name: str, query: str, folder: str | None = None) -> tuple[int, Change]:
        """Keep a search; its number.

        Raises QueryError for one that cannot be read, UsageError for none, and for a name that
        is empty or taken.
        """
        wanted, said, path = _name(name), _query(query), folder_of(folder)
        with self._library.database.writing() as connection:
            _check_free(saved.all_of(connection), wanted, _SEARCH)
            values = {"name": wanted, "query": said, "folder": path}
            return self._add(connection, "saved", values)

    def change_search(
        self,
        search: int,
        *,
        name: str | None = None,
        query: str | None = None,
        folder: str | EllipsisType | None = ...,
    ) -> Change:
        """Give a saved search another name, other words or another folder. Raises as adding does.

        What is not given stays; the folder None is none.
        """
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _name(name)
        if query is not None:
            values["query"] = _query(query)
        if not isinstance(folder, EllipsisType):
            values["folder"] = folder_of(folder)
        with self._library.database.writing() as connection:
            known = saved.all_of(connection)
            _one(known, search, _SEARCH)
            if name is not None:
                _check_free(known, values["name"], _SEARCH, own=search)
            return told(steps.change_rows(connection, "saved", {search: values}, self._now()))

    def move_search(self, search: int, by: int) -> Change:
        """Move a saved search down by so many places among those of its folder; up where negative.

        Places that came with the program stand among themselves.
        """
        with self._library.database.writing() as connection:
            known = saved.all_of(connection)
            moved = _one(known, search, _SEARCH)
            group = [one.id for one in known if _beside(one, moved)]
            return self._move(connection, "saved", group, search, by)

    def sort_searches(self, search: int) -> Change:
        """Put a saved search and those of its folder in the order of their names."""
        with self._library.database.writing() as connection:
            known = saved.all_of(connection)
            first = _one(known, search, _SEARCH)
            group = [one for one in known if _beside(one, first)]
            order = [one.id for one in sorted(group, key=lambda one: one.name.casefold())]
            return self._move(connection, "saved", order, order[0], 0)

    def remove_search(self, search: int) -> Change:
        """Forget a saved search; nothing happens to what it finds."""
        with self._library.database.writing() as connection:
            _one(saved.all_of(connection), search, _SEARCH)
            return told(steps.remove_rows(connection, "saved", [search], self._now()))

    def settle(self, should_stop: Callable[[], bool] = lambda: False) -> bool:
        """Bring the counts of saved searches up to date; whether anything of them changed.

        What came since is looked for, a search that is new or changed is run in full. It writes in
        small transactions and may take seconds: never call it on an event loop. Where
        ``should_stop`` says so it ends, and goes on there the next time.
        """
        from kaltimtui.store import settling  # the first picture does without

        return settling.settle(self._library.database, self._library.now(), should_stop)

    # --- rules -------------------------------------------------------------------------------

    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order they are run in."""
        with self._library.database.reading() as connection:
            return rules.all_of(connection)

    def rule(self, rule: int) -> Rule | None:
        """The rule of this number, if there is one."""
        with self._library.database.reading() as connection:
            return rules.one(connection, rule)

    def find_rule(self, name: str) -> Rule:
        """The rule of this name, whatever its case, or the one whose name begins so.

        Raises UsageError where there is none, or several.
        """
        return _find(self.rules(), name, _RULE)

    def add_rule(self, name: str, query: str, actions: Iterable[RuleAction]) -> tuple[int, Change]:
        """Have something done with each new article that a search finds; the rule's number.

        Raises QueryError for a search that cannot be read, UsageError for none, for no action,
        for a tag that cannot be, and for a name that is empty or taken.
        """
        wanted, said, done = _name(name), _query(query), rules.packed(actions)
        with self._library.database.writing() as connection:
            _check_free(rules.all_of(connection), wanted, _RULE)
            values = {"name": wanted, "query": said, "actions": done}
            return self._add(connection, "rule", values)

    def change_rule(
        self,
        rule: int,
        *,
        name: str | None = None,
        query: str | None = None,
        actions: Iterable[RuleAction] | None = None,
        enabled: bool | None = None,
    ) -> Change:
        """Change what is given of a rule, for what comes from now on. Raises as adding does."""
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _name(name)
        if query is not None:
            values["query"] = _query(query)
        if actions is not None:
            values["actions"] = rules.packed(actions)
        if enabled is not None:
            values["enabled"] = int(enabled)
        with self._library.database.writing() as connection:
            known = rules.all_of(connection)
            _one(known, rule, _RULE)
            if name is not None:
                _check_free(known, values["name"], _RULE, own=rule)
            return told(steps.change_rows(connection, "rule", {rule: values}, self._now()))

    def move_rule(self, rule: int, by: int) -> Change:
        """Move a rule down by so many places, up where negative: they are run in their order."""
        with self._library.database.writing() as connection:
            known = rules.all_of(connection)
            _one(known, rule, _RULE)
            return self._move(connection, "rule", [one.id for one in known], rule, by)

    def remove_rule(self, rule: int) -> Change:
        """Forget a rule; what it did stays."""
        with self._library.database.writing() as connection:
            _one(rules.all_of(connection), rule, _RULE)
            return told(steps.remove_rows(connection, "rule", [rule], self._now()))

    def trial(self, query: str, days: int = 30) -> Trial:
        """What a rule with this search would have found in the last days. Raises QueryError."""
        from kaltimtui.query import Query, parse, printed, tree

        terms = (parse(_query(query)).root, tree.Aged(True, days, "d"))
        asked = Query(tree.both(terms))
        view = View(ViewKind.SEARCH, query=printed(asked, "id"))
        count = self._library.count(view).total
        return Trial(count, days, tuple(self._library.rows(view, limit=SAMPLES)))

    def apply_to_past(self, rule: int) -> Change:
        """Do what a rule does with all that it finds, as one step. Raises QueryError."""
        with self._library.database.writing() as connection:
            one = _one(rules.all_of(connection), rule, _RULE)
            return told(rules.apply(connection, one, self._library.now()))

    # --- helpers -----------------------------------------------------------------------------

    def _add(
        self, connection: Connection, table: RowTable, values: dict[str, Any]
    ) -> tuple[int, Change]:
        """Make a row, behind all others."""
        position = {"position": saved.next_position(connection, table)}
        made, step = steps.add_row(connection, table, values | position, self._now())
        return made, step.change()

    def _move(
        self, connection: Connection, table: RowTable, order: list[int], moved: int, by: int
    ) -> Change:
        """Move one row among some, which are given in their order."""
        places = saved.positions(connection, table, order)
        at = order.index(moved)
        order.insert(max(0, at + by), order.pop(at))
        changes = {one: {"position": place} for one, place in zip(order, places, strict=True)}
        return told(steps.change_rows(connection, table, changes, self._now()))

    def _now(self) -> int:
        return keys.seconds_of(self._library.now())


# --- names and searches as they are typed --------------------------------------------------------


def _name(said: str) -> str:
    name = text.inline(said, NAME_LIMIT)
    if not name:
        raise UsageError(_("The name is empty."))
    return name


def _query(said: str) -> str:
    """A search as it is kept. Raises QueryError, and UsageError where nothing is asked."""
    from kaltimtui.query import parse

    if parse(said).root is None:
        raise UsageError(_("There is nothing to search for."), hint=_("Give a word or a phrase."))
    return text.inline(said, len(said))


def _beside(one: SavedSearch, other: SavedSearch) -> bool:
    if one.folder or other.folder:
        return one.folder == other.folder
    return one.place == other.place


def _one(known: Iterable[_One], number: int, words: _Words) -> _One:
    """The one of this number. Raises UsageError where there is none."""
    for one in known:
        if one.id == number:
            return one
    raise UsageError(_(words.missing).format(name=number), hint=_(words.hint))


def _check_free(known: Iterable[_One], name: str, words: _Words, own: int | None = None) -> None:
    """Raise UsageError where another one than ``own`` has a name, whatever its case."""
    for one in known:
        if one.id != own and one.name.casefold() == name.casefold():
            raise UsageError(_(words.taken).format(name=one.name), hint=_("Give another name."))


def _find(known: Sequence[_One], said: str, words: _Words) -> _One:
    """The one of this name, whatever its case, or the one whose name begins so."""
    wanted = text.inline(said, NAME_LIMIT).casefold()
    whole = [one for one in known if one.name.casefold() == wanted]
    fitting = whole or [one for one in known if wanted and one.name.casefold().startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        shown = ", ".join(one.name for one in fitting[:_NAMED])
        more = ", …" if len(fitting) > _NAMED else ""
        raise UsageError(
            _("“{name}” fits more than one: {names}.").format(
                name=text.inline(said, NAME_LIMIT), names=shown + more
            ),
            hint=_("Give more of the name."),
        )
    raise UsageError(
        _(words.missing).format(name=text.inline(said, NAME_LIMIT))
        + wording.meant(said, (one.name for one in known)),
        hint=_(words.hint),
    )
