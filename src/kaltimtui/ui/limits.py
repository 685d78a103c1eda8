"""A list that is filtered, as one search of all articles.

Loaded when a search is saved, not before the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import i18n
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.query import Query, parse, printed
from kaltimtui.query.tree import Aged, Dated, Field, In, Is, State, Text, both

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.query.tree import Term

_LIMITS: Final[dict[ViewKind, Term | None]] = {
    ViewKind.ALL: None,
    ViewKind.SEARCH: None,
    ViewKind.UNREAD: Is(State.UNREAD),
    ViewKind.TODAY: Dated("today", "today"),
    ViewKind.WEEK: Aged(younger=True, amount=7, unit="d"),
    ViewKind.STARRED: Is(State.STARRED),
    ViewKind.LATER: Is(State.LATER),
    ViewKind.NOTES: Is(State.NOTE),
    ViewKind.HIDDEN: Is(State.HIDDEN),
}


def limited(view: View, typed: str, *, named: Callable[[View], str], saved: str = "") -> str:
    """What finds in all articles what ``typed`` finds within a list.

    ``named`` gives the names of sources and categories, ``saved`` is the search that the list is
    of. Raises UsageError where there is no such search, QueryError where one cannot be read.
    """
    query = parse(typed)
    base = parse(saved) if saved else Query(both(_limits(view, named)))
    if base == Query():
        return typed.strip()
    whole = Query(both((base.root, query.root)), query.sort or base.sort)
    said = printed(whole, i18n.language())
    if parse(said) != whole:  # a name with quotes in it, say
        raise _cannot(view, named)
    return said


def _limits(view: View, named: Callable[[View], str]) -> list[Term]:
    """What all articles of a list have in common, and no others."""
    source = View(ViewKind.SOURCE, source=view.source)
    match view.kind:
        case ViewKind.TAG:
            return [In(Field.TAG, Text(view.tag or ""))]
        case ViewKind.SOURCE:
            return [In(Field.SOURCE, Text(named(source)))]
        case ViewKind.CATEGORY:
            return [
                In(Field.SOURCE, Text(named(source))),
                In(Field.CATEGORY, Text(named(view))),
            ]
        case kind if kind in _LIMITS:
            term = _LIMITS[kind]
            return [] if term is None else [term]
        case _:
            raise _cannot(view, named)


def _cannot(view: View, named: Callable[[View], str]) -> UsageError:
    return UsageError(
        _("No search can say what stands in “{name}”.").format(name=named(view)),
        hint=_("Save a search of all articles, of a source or of a tag."),
    )
