"""Trying a rule before it is kept: what it finds, and what it would change of what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import i18n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.models import RuleAction
    from kaltimtui.organising import Organising
    from kaltimtui.query.tree import Term

DAYS: Final = 30
"""So far back a rule is tried."""
_EVER: Final = 36_500
"""Days that hold all news."""


def would_change(organising: Organising, query: str, actions: Iterable[RuleAction]) -> int:
    """How many articles a rule would change of all that are here. Raises QueryError."""
    search = _unchanged(query, tuple(actions))
    return organising.trial(search, _EVER).count if search else 0


def _unchanged(query: str, actions: tuple[RuleAction, ...]) -> str:
    """What of a search is not as the actions would have it, as a search; "": nothing can be."""
    from kaltimtui.query import Query, parse, printed
    from kaltimtui.query.tree import both, either

    root = parse(query).root
    kinds = {action.kind for action in actions}
    if root is None or kinds <= {"notify"}:
        return ""
    if kinds & {"hide", "full_text"}:
        return query
    lacking = either(term for action in actions if (term := _lacking(action)) is not None)
    found = both(term for term in (root, lacking) if term is not None)
    return printed(Query(found), i18n.language())


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
