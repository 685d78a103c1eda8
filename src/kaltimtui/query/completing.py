"""What a search that is being typed may go on with, and small changes to one as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.query import tree, words
from kaltimtui.query.lexing import pieces
from kaltimtui.query.syntax import is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kaltimtui.i18n import Language
    from kaltimtui.query.lexing import Piece
    from kaltimtui.query.tree import Field, Sort

_AGE: Final = re.compile(r"([<>]?)(\d{0,9})([^\W\d_]*)")
_AGES: Final = ((24, "h"), (7, "d"), (30, "d"), (1, "y"))
"""Ages that are offered before a number is typed."""


class Completion(NamedTuple):
    """What may stand in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    options: tuple[str, ...] = ()
    """Each as it is to be written, the likeliest first."""


def complete(
    typed: str,
    cursor: int,
    values: Callable[[Field, str], Sequence[str]],
    language: Language,
) -> Completion:
    """How what stands before the cursor may go on.

    ``values`` gives the names, places or people of a field that begin so.
    """
    before = typed[:cursor]
    run = _last_run(before)
    name = next((piece for piece in run if piece.kind == "field"), None)
    if name is None:
        if run and run[-1].kind != "word":
            return Completion(cursor, cursor)
        start = run[-1].start if run else cursor
        return Completion(start, cursor, _names(before[start:], language))
    said_so_far = before[name.end :]
    if said_so_far.startswith('"') and '"' in said_so_far[1:]:
        return Completion(cursor, cursor)
    kept, options = _behind(words.fold(name.text), said_so_far, values, language)
    start = name.end + kept
    return Completion(start, cursor, tuple(one for one in options if one != before[start:]))


def with_sort(typed: str, sort: Sort | None, language: Language) -> str:
    """A search as it was typed, with another order asked for, or None."""
    found = list(pieces(typed))
    kept, at = "", 0
    for piece, value in zip(found, [*found[1:], None], strict=False):
        if piece.kind == "field" and words.fold(piece.text) in tree.SORT:
            kept += typed[at : piece.start].rstrip()
            at = value.end if value is not None and value.glued else piece.end
    kept = (kept + typed[at:]).strip()
    if sort is None:
        return kept
    place = tree.PLACE[language]
    return f"{kept} {tree.SORT[place]}:{tree.SORTS[sort][place]}".strip()


def _last_run(before: str) -> list[Piece]:
    """The pieces at the end between which there is no blank, without brackets and signs."""
    found: list[Piece] = []
    for piece in pieces(before):
        if not piece.glued or (found and found[-1].kind == "("):
            found.clear()
        found.append(piece)
    if before[-1:].isspace() and not (found and found[-1].open):
        return []
    while found and found[0].kind in {"(", "-"}:
        del found[0]
    return found


def _names(beginning: str, language: Language) -> tuple[str, ...]:
    """The names of fields, with their colons."""
    place = tree.PLACE[language]
    tables = [
        *tree.FIELDS.values(),
        *(tree.IS, tree.HAS, tree.SINCE, tree.UNTIL, tree.DATE, tree.YEAR, tree.AGE, tree.SORT),
    ]
    return tuple(f"{name}:" for name in _fitting(tables, beginning, place))


def _fitting(tables: Iterable[Sequence[str]], beginning: str, place: int) -> list[str]:
    """Names of a language that begin so; where none does, other names of the same things."""
    asked = words.fold(beginning)
    rows = list(tables)
    own = [names[place] for names in rows if _fits(names[place], asked)]
    others = (name for names in rows for name in names if _fits(name, asked))
    return list(dict.fromkeys(own or others))


def _fits(name: str, asked: str) -> bool:
    return len(name) > 1 and name.startswith(asked)


def _behind(
    name: str, said: str, values: Callable[[Field, str], Sequence[str]], language: Language
) -> tuple[int, Sequence[str]]:
    """How many characters behind the colon stay, and what may follow them."""
    place = tree.PLACE[language]
    if name in (*tree.IS, *tree.HAS):
        had = name in tree.HAS
        states = [names for state, names in tree.STATES.items() if (state in tree.HAD) is had]
        return 0, _fitting(states, said, place)
    if name in tree.SORT:
        return 0, _fitting(tree.SORTS.values(), said, place)
    if name in (*tree.SINCE, *tree.UNTIL, *tree.DATE):
        kept = said.rfind("..") + len("..") if ".." in said else 0
        return kept, _fitting(tree.DAYS.values(), said[kept:], place)
    if name in tree.AGE:
        return 0, _ages(said, place)
    field = next((field for field, names in tree.FIELDS.items() if name in names), None)
    if field is None:
        return 0, ()
    return 0, [_written(value) for value in values(field, said.removeprefix('"'))]


def _ages(said: str, place: int) -> list[str]:
    found = _AGE.fullmatch(said)
    if found is None:
        return []
    sign, number, unit = found[1] or "<", found[2], found[3]
    if not number:
        offered = [f"{sign}{count}{tree.UNITS[name][place]}" for count, name in _AGES]
        return [] if unit else offered
    return [f"{sign}{number}{name}" for name in _fitting(tree.UNITS.values(), unit, place)]


def _written(value: str) -> str:
    """A name as it is written in a search."""
    plain = is_plain(value) and not value.startswith("-")
    return value if plain else '"{}"'.format(value.replace('"', " ").strip())
