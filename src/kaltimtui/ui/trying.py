"""Trying a rule before it is kept: what it looks for, and what it would change of what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import i18n, organising
from kaltimtui.models import ViewKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kaltimtui.library import Library
    from kaltimtui.models import SourceNode, View
    from kaltimtui.organising import Organising
    from kaltimtui.query.tree import Term
    from kaltimtui.rule import RuleAction

DAYS: Final = 30
"""So far back a rule is tried."""
_EVER: Final = 36_500
"""Days that hold all news."""


def would_change(known: Organising, query: str, actions: Iterable[RuleAction]) -> int:
    """How many articles a rule would change of all that are here. Raises QueryError."""
    search = _unchanged(query, tuple(actions))
    return known.trial(search, _EVER).count if search else 0


def _unchanged(query: str, actions: tuple[RuleAction, ...]) -> str:
    """What of a search is not as the actions would have it, as a search; "": nothing can be."""
    from kaltimtui.query import Query, parse, printed
    from kaltimtui.query.tree import both, either

    root = parse(query).root
    kinds = {action.kind for action in actions}
    if root is None or kinds <= {"notify"}:
        return ""
    unsaid = any('"' in (action.value or "") for action in actions)  # in no search
    if unsaid or kinds & {"hide", "full_text"}:
        return query
    lacking = either(map(_lacking, actions))
    return printed(Query(both((root, lacking))), i18n.language())


def _lacking(action: RuleAction) -> Term | None:
    """What of an article lets an action change it."""
    from kaltimtui.query.tree import Field, In, Is, Not, State, Text

    match action.kind:
        case "read":
            return Is(State.UNREAD)
        case "star":
            return Not(Is(State.STARRED))
        case "later":
            return Not(Is(State.LATER))
        case "tag":
            return Not(In(Field.TAG, Text(action.value or "")))
        case _:
            return None


def search_of(library: Library, view: View) -> str:
    """What a list holds, as a search for new articles; "" where that is all of them.

    Marks do not count: what is new has none.
    """
    from kaltimtui.query import Query, parse, printed
    from kaltimtui.query.tree import both

    terms = [*_held(library, view), parse(view.query).root]
    return printed(Query(both(terms)), i18n.language())


def search_of_rules(library: Library, names: Collection[str]) -> str:
    """What some rules look for, as one search; "" where there are none of these names any more."""
    from kaltimtui.query import Query, parse, printed
    from kaltimtui.query.tree import either

    rules = organising.of(library).rules()
    wanted = [one.query for one in rules if one.name in names and one.trouble is None]
    return printed(Query(either(parse(query).root for query in wanted)), i18n.language())


def _held(library: Library, view: View) -> Iterator[Term | None]:
    """What a list holds without its filter."""
    from kaltimtui.query import parse
    from kaltimtui.query.tree import Field, In, Text, either

    if view.kind is ViewKind.SAVED:
        saved = organising.of(library).search(view.saved or 0)
        yield parse(saved.query).root if saved else None
    elif view.kind in (ViewKind.SOURCE, ViewKind.CATEGORY, ViewKind.FOLDER):
        sources = [one for one in library.navigation().sources if _within(one, view)]
        yield either(In(Field.SOURCE, Text(one.name)) for one in sources)
        categories = (category for one in sources for category in one.categories)
        names = (category.name for category in categories if category.id == view.category)
        yield either(In(Field.CATEGORY, Text(name)) for name in names)


def _within(source: SourceNode, view: View) -> bool:
    """Whether the articles of a source are in a list of sources."""
    if view.folder is None:
        return source.id == view.source
    return f"{source.folder or ''}/".startswith(f"{view.folder}/")
