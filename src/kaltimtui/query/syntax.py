"""From what was typed to what it means.

::

    search  = either
    either  = both { "or" both }
    both    = term { ["and"] term }
    term    = ("not" | "-") term | "(" either ")" | name ":" value | words
    words   = word ["*"] | '"' phrase '"' ["*"]

A word in which the index has nothing to look for is left out. Signs have no meaning within words.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, TypeVar

from kaltimtui import i18n, text
from kaltimtui.errors import QueryError
from kaltimtui.i18n import _
from kaltimtui.query import dates, tree, words
from kaltimtui.query.lexing import Piece, pieces
from kaltimtui.query.tree import (
    Aged,
    And,
    Dated,
    Field,
    In,
    Is,
    Not,
    Query,
    Sort,
    State,
    Term,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LONGEST: Final = 10_000
MOST_TERMS: Final = 500
DEEPEST: Final = 50
_AGE: Final = re.compile(r"([<>]?)(\d{1,9})([^\W\d_]+)")
_DAY: Final = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_LIKE_AGES: Final = (("<7", "d"), (">2", "w"), ("<12", "h"), (">1", "y"))
_OPERATORS: Final = frozenset({"and", "or", "not"})
_CLOSE_ENOUGH: Final = 0.7
_SHOWN: Final = 60


_Made: TypeAlias = "Term | Sort | None"
_Value = TypeVar("_Value")


def parse(typed: str, *, live: bool = False) -> Query:
    """What a search means.

    ``live``, while it is being typed: what is not finished counts as if it were, and of the last
    word only the beginning. Raises QueryError.
    """
    try:
        return _read(typed, live=live)
    except QueryError as error:
        error.typed = typed
        raise


def _read(typed: str, *, live: bool) -> Query:
    if len(typed) > LONGEST:
        raise QueryError(
            _("The search is longer than {count} characters.").format(count=LONGEST),
            LONGEST,
            len(typed),
        )
    return _Reader(typed, live=live).query()


def is_plain(word: str) -> bool:
    """Whether a word is read as it stands, so that it needs no quotes."""
    found = list(pieces(word))
    return (
        len(found) == 1
        and found[0].kind == "word"
        and found[0].text == word
        and word.casefold() not in _OPERATORS
    )


class _Reader:
    """Reads one search from its beginning to its end."""

    def __init__(self, typed: str, *, live: bool) -> None:
        self._live = live
        self._end = len(typed)
        self._unfinished = live and typed[-1:] not in {"", " ", '"', ")", "\t"}
        self._pieces = list(pieces(typed))
        self._at = 0
        self._terms = 0
        self._sort: Sort | None = None

    def query(self) -> Query:
        """All of it."""
        root = self._either(0) if self._pieces else None
        if (piece := self._peek()) is not None:
            raise self._wrong(piece, _("There is no bracket that this one closes."))
        return Query(root, self._sort)

    # --- what is bound together --------------------------------------------------------------

    def _either(self, depth: int) -> Term | None:
        found = [self._both(depth)]
        while self._operator("or"):
            found.append(self._both(depth))
        return tree.either(found)

    def _both(self, depth: int) -> Term | None:
        found: list[Term | None] = []
        times: list[Dated] = []
        wanted = True
        while wanted or self._begins_term():
            piece = self._peek()
            if piece is None and self._live:
                break
            if piece is None or not (self._begins_term() or self._being_typed(piece)):
                self._miss(piece)
            term = self._term(depth)
            asked = [one for one in _joined(term) if isinstance(one, Dated)]
            if self._agree(asked, times, piece.start):
                times += asked
                found.append(term)
            wanted = self._operator("and")
        return tree.both(found)

    def _agree(self, times: Sequence[Dated], others: Sequence[Dated], start: int) -> bool:
        """Refuse a time that has none in common with another one which is asked for as well.

        False where it is still being typed, and may come to have.
        """
        last = self._pieces[self._at - 1]
        for time, other in product(times, others):
            for since, until in ((time.since, other.until), (other.since, time.until)):
                if since and until and dates.is_backwards(since, until):
                    if self._being_typed(last):
                        return False
                    raise _backwards(last._replace(start=start), since, until)
        return True

    def _begins_term(self) -> bool:
        """Whether what comes next is no end of what is joined here."""
        piece = self._peek()
        return piece is not None and piece.kind != ")" and not _joins(piece)

    def _miss(self, piece: Piece | None) -> NoReturn:
        raise QueryError(
            _("Words are missing here."),
            piece.start if piece else self._end,
            piece.end if piece else self._end,
            hint=_("Write what to look for, as in: inflasi or “harga beras”."),
        )

    def _term(self, depth: int) -> Term | None:
        piece = self._next()
        denies = piece.kind == "-" or (_is_operator(piece, "not") and not self._being_typed(piece))
        if (denies or piece.kind == "(") and depth >= DEEPEST:
            raise self._wrong(piece, _("The brackets are nested too deeply."))
        if denies:
            return self._negated(depth)
        if piece.kind == "(":
            return self._bracketed(piece, depth)
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._wrong(
                piece, _("The search has more than {count} terms.").format(count=MOST_TERMS)
            )
        return self._named(piece) if piece.kind == "field" else self._words(piece)

    def _negated(self, depth: int) -> Term | None:
        piece = self._peek()
        if piece is None and self._live:
            return None
        if piece is None or not (self._begins_term() or self._being_typed(piece)):
            self._miss(piece)
        inner = self._term(depth + 1)
        return None if inner is None else Not(inner)

    def _bracketed(self, opening: Piece, depth: int) -> Term | None:
        inner = self._either(depth + 1)
        closing = self._peek()
        if closing is not None:
            self._at += 1
        elif not self._live:
            raise self._wrong(opening, _("This bracket is not closed."))
        return inner

    # --- words ---------------------------------------------------------------------------------

    def _words(self, piece: Piece) -> Text | None:
        if piece.open and not self._live:
            raise self._wrong(piece, _("The quotes that begin here do not end."))
        looked_for = text.inline(piece.text, LONGEST)
        if not words.has_words(looked_for):
            return None
        return Text(looked_for, piece.prefix or self._being_typed(piece))

    def _being_typed(self, piece: Piece) -> bool:
        return self._unfinished and piece.kind == "word" and piece.end == self._end

    # --- names and what stands behind their colons ---------------------------------------------

    def _named(self, piece: Piece) -> Term | None:
        name = words.fold(piece.text)
        if name in _VALUES:
            value = self._value(piece)
            return None if value is None else self._read(_VALUES[name], piece, value)
        from difflib import get_close_matches  # only a slip needs it

        meant = get_close_matches(name, _VALUES, 1, _CLOSE_ENOUGH)
        if meant:
            raise self._wrong(
                piece,
                _("There is no field “{name}”.").format(name=_short(piece.text)),
                hint=_("Did you mean “{meant}:”?").format(meant=meant[0]),
            )
        return self._literal(piece)

    def _literal(self, piece: Piece) -> Text | None:
        """What has a colon in it and is no field: a word, with what stands behind the colon."""
        said, prefix = piece.text, False
        follows = self._peek()
        if follows is not None and follows.glued and follows.kind == "word":
            self._at += 1
            said, prefix = f"{said}:{follows.text}", follows.prefix or self._being_typed(follows)
        return Text(text.inline(said, LONGEST), prefix)

    def _value(self, name: Piece) -> Piece | None:
        value = self._peek()
        if value is not None and value.glued and value.kind in {"word", "phrase", "field", "-"}:
            self._at += 1
            return self._joined(value)
        if self._live and (value is None or name.end == self._end):
            return None
        raise self._wrong(
            name,
            _("Something must follow “{name}:”, without a blank.").format(name=_short(name.text)),
        )

    def _joined(self, value: Piece) -> Piece:
        """A value that was taken for several pieces, as one."""
        while value.kind in {"field", "-"} or (value.kind == "word" and value.text.endswith(":")):
            follows = self._peek()
            sign = ":" if value.kind == "field" else ""
            if follows is None or not follows.glued or follows.kind not in {"word", "field", "-"}:
                return value._replace(kind="word", text=value.text + sign)
            self._at += 1
            value = follows._replace(text=value.text + sign + follows.text, start=value.start)
        return value

    def _read(self, read: Callable[[Piece], _Made], name: Piece, value: Piece) -> Term | None:
        if value.open and not self._live:
            raise self._wrong(value, _("The quotes that begin here do not end."))
        try:
            made = read(value._replace(prefix=value.prefix or self._being_typed(value)))
        except QueryError:
            if self._being_typed(value):
                return None
            raise
        if isinstance(made, Sort):
            self._sort = made
            return None
        if made is None and not self._live:
            raise self._wrong(
                value, _("There is no word behind “{name}:”.").format(name=_short(name.text))
            )
        return made

    # --- moving on -------------------------------------------------------------------------------

    def _peek(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _next(self) -> Piece:
        piece = self._pieces[self._at]
        self._at += 1
        return piece

    def _operator(self, name: str) -> bool:
        """Pass over an operator that comes next."""
        piece = self._peek()
        found = piece is not None and _is_operator(piece, name)
        self._at += found
        return found

    @staticmethod
    def _wrong(piece: Piece, message: str, *, hint: str = "") -> QueryError:
        return QueryError(message, piece.start, piece.end, hint=hint)


def _is_operator(piece: Piece, name: str) -> bool:
    return piece.kind == "word" and not piece.prefix and piece.text.casefold() == name


def _joined(term: Term | None) -> tuple[Term | None, ...]:
    """What is asked for together by a term that is one of several."""
    return term.terms if isinstance(term, And) else (term,)


def _joins(piece: Piece) -> bool:
    return _is_operator(piece, "and") or _is_operator(piece, "or")


def _short(said: str) -> str:
    return text.fit(text.inline(said), _SHOWN)


# --- values --------------------------------------------------------------------------------------


def _in(field: Field) -> Callable[[Piece], _Made]:
    def read(value: Piece) -> _Made:
        looked_for = text.inline(value.text, LONGEST)
        fit = words.has_words(looked_for) if field in tree.WORDS else bool(words.name(looked_for))
        return In(field, Text(looked_for, value.prefix)) if fit else None

    return read


def _state(states: Iterable[State]) -> Callable[[Piece], _Made]:
    table = {state: tree.STATES[state] for state in states}
    return lambda value: Is(_known(value, table))


def _sort(value: Piece) -> _Made:
    return _known(value, tree.SORTS)


def _known(value: Piece, table: Mapping[_Value, Sequence[str]]) -> _Value:
    known = {name: meant for meant, names in table.items() for name in names}
    name = words.fold(value.text)
    if name in known:
        return known[name]
    raise QueryError(
        _("“{value}” is not known here.").format(value=_short(value.text)),
        value.start,
        value.end,
        hint=_("Known are: {names}.").format(names=_spoken(table)),
    )


def _spoken(table: Mapping[Any, Sequence[str]]) -> str:
    """The names of some things in the language spoken; those of the others are read as well."""
    place = tree.PLACE[i18n.language()]
    return ", ".join(names[place] for names in table.values())


def _spoken_name(names: Sequence[str]) -> str:
    return names[tree.PLACE[i18n.language()]]


def _spoken_day(day: str) -> str:
    return _spoken_name(tree.DAYS.get(day, (day, day)))


def _ages() -> str:
    place = tree.PLACE[i18n.language()]
    return ", ".join(f"{amount}{tree.UNITS[unit][place]}" for amount, unit in _LIKE_AGES)


def _day(value: Piece) -> str:
    named = {name: day for day, names in tree.DAYS.items() for name in names}
    name = words.fold(value.text)
    if name in named:
        return named[name]
    if _DAY.fullmatch(name) and name.isascii():
        year, *rest = name.split("-")
        day = "-".join((year, *(part.zfill(2) for part in rest)))
        try:
            dates.first_moment(day)
        except ValueError:
            pass
        else:
            return day
    raise QueryError(
        _("“{value}” is no date.").format(value=_short(value.text)),
        value.start,
        value.end,
        hint=_("Write 2023, 2023-06, 2023-06-30, or: {names}.").format(names=_spoken(tree.DAYS)),
    )


def _on(value: Piece) -> _Made:
    first, dots, last = value.text.partition("..")
    if not dots:
        day = _day(value)
        return Dated(day, day)
    behind = value.start + len(first) + len(dots)
    since = _day(value._replace(text=first, end=value.start + len(first)))
    until = _day(value._replace(text=last, start=behind))
    if dates.is_backwards(since, until):
        raise _backwards(value, since, until)
    return Dated(since, until)


def _backwards(piece: Piece, since: str, until: str) -> QueryError:
    """That a time ends before it begins; said with the range that was meant, most likely."""
    return QueryError(
        _("This time ends before it begins."),
        piece.start,
        piece.end,
        hint=_("Write the earlier day first, as in: {example}.").format(
            example=f"{_spoken_name(tree.DATE)}:{_spoken_day(until)}..{_spoken_day(since)}"
        ),
    )


def _aged(value: Piece) -> _Made:
    units = {name: unit for unit, names in tree.UNITS.items() for name in names}
    found = _AGE.fullmatch(value.text)
    if found and words.fold(found[3]) in units and found[2].isascii():
        return Aged(found[1] != ">", int(found[2]), units[words.fold(found[3])])
    raise QueryError(
        _("“{value}” is no age.").format(value=_short(value.text)),
        value.start,
        value.end,
        hint=_("Write a number and a unit, as in: {ages}.").format(ages=_ages()),
    )


_VALUES: Final[dict[str, Callable[[Piece], _Made]]] = {
    **{name: _in(field) for field, names in tree.FIELDS.items() for name in names},
    **dict.fromkeys((*tree.IS, *tree.HAS), _state(tree.STATES)),
    **dict.fromkeys(tree.SINCE, lambda value: Dated(since=_day(value))),
    **dict.fromkeys(tree.UNTIL, lambda value: Dated(until=_day(value))),
    **dict.fromkeys((*tree.DATE, *tree.YEAR), _on),
    **dict.fromkeys(tree.AGE, _aged),
    **dict.fromkeys(tree.SORT, _sort),
}
