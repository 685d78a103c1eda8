"""A search as it is written: what is printed is read as the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.query import tree
from kaltimtui.query.syntax import is_plain
from kaltimtui.query.tree import Aged, And, Dated, In, Is, Not, Or, Query, Term, Text

if TYPE_CHECKING:
    from kaltimtui.i18n import Language


def printed(query: Query, language: Language) -> str:
    """A search in the words of a language."""
    place = tree.PLACE[language]
    parts = [] if query.root is None else [_term(query.root, place)]
    if query.sort is not None:
        parts.append(f"{tree.SORT[place]}:{tree.SORTS[query.sort][place]}")
    return " ".join(parts)


def _term(term: Term, place: int) -> str:
    match term:
        case Or(terms):
            return " or ".join(_term(part, place) for part in terms)
        case And(terms):
            return " ".join(_within_and(part, place) for part in terms)
        case Not(And() | Or() as inner):
            return f"-({_term(inner, place)})"
        case Not(Not() as inner):
            return f"not {_term(inner, place)}"
        case Not(inner):
            return f"-{_term(inner, place)}"
        case _:
            return _leaf(term, place)


def _leaf(term: Text | In | Is | Dated | Aged, place: int) -> str:
    match term:
        case Text():
            return _text(term)
        case In(field, what):
            return f"{tree.FIELDS[field][place]}:{_text(what)}"
        case Is(state):
            name = (tree.HAS if state in tree.HAD else tree.IS)[place]
            return f"{name}:{tree.STATES[state][place]}"
        case Aged(younger, amount, unit):
            sign = "<" if younger else ">"
            return f"{tree.AGE[place]}:{sign}{amount}{tree.UNITS[unit][place]}"
        case Dated():
            return _dated(term, place)


def _dated(term: Dated, place: int) -> str:
    since, until = (_day(day, place) for day in term)
    if since and until:
        return f"{tree.DATE[place]}:{since}" + (f"..{until}" if since != until else "")
    return f"{tree.SINCE[place]}:{since}" if since else f"{tree.UNTIL[place]}:{until}"


def _within_and(term: Term, place: int) -> str:
    said = _term(term, place)
    return f"({said})" if isinstance(term, Or) else said


def _text(term: Text) -> str:
    plain = is_plain(term.text) and not term.text.startswith(("-", "//"))
    said = term.text if plain else f'"{term.text}"'
    return f"{said}*" if term.prefix else said


def _day(day: str | None, place: int) -> str:
    if day is None:
        return ""
    return tree.DAYS[day][place] if day in tree.DAYS else day
