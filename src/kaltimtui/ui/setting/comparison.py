"""What changed from one text of an article to another, as the lines of a page.

Set as the article itself is, with bold and slanted words: what went is struck out, what came is
underlined; where there are no colours, ``[-signs-]`` and ``{+signs+}`` stand round them besides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kaltimtui.comparing import SIGNS, TOGETHER, Change, Folded, Kind, signed
from kaltimtui.document import Span
from kaltimtui.i18n import _
from kaltimtui.ui.setting.blocks import bar
from kaltimtui.ui.setting.lines import (
    BLANK,
    Flow,
    Line,
    Look,
    Role,
    Run,
    indented,
    span_look,
    wrap,
)
from kaltimtui.wording import SEPARATOR, same_words, words_added, words_removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.comparing import Entry, Part, Passage
    from kaltimtui.ui.setting.lines import Piece, Runs

_AT_ONCE: Final = 32 * 1024
"""Characters of a passage that are cleaned and measured at once."""
_ROLES: Final = {
    Kind.KICKER: Role.KICKER,
    Kind.TITLE: Role.TITLE,
    Kind.DATELINE: Role.META,
    Kind.BYLINE: Role.META,
    Kind.HEADING: Role.HEADING,
    Kind.QUOTE: Role.QUOTE,
    Kind.CODE: Role.BLOCK_CODE,
    Kind.IMAGE: Role.CAPTION,
    Kind.CAPTION: Role.CAPTION,
}
_CHANGED: Final = {Change.REMOVED: Role.REMOVED, Change.ADDED: Role.ADDED}
_PLAIN: Final = Span("")
_RULE: Final = "─" * 9
_BULLET: Final = "• "
_QUOTE_BAR: Final = Run("│ ", Look((Role.BAR,)))
_PHOTOS: Final = frozenset({Kind.IMAGE, Kind.CAPTION})


def comparison_lines(
    passages: Sequence[Passage], entries: Sequence[Entry], width: int, *, signs: bool
) -> Iterator[Line]:
    """The passages as lines; ``item`` of each is the place of its passage."""
    before: Kind | None = None
    for entry in entries:
        place = entry.first if isinstance(entry, Folded) else entry
        kind = None if isinstance(entry, Folded) else passages[place].kind
        if place and not _together(before, kind):
            yield BLANK
        lines = (
            wrap(same_words(entry.size), Look((Role.META,)), width)
            if isinstance(entry, Folded)
            else _passage(passages[place], width, signs)
        )
        for line in lines:
            yield line._replace(item=place)
        before = kind


def _together(before: Kind | None, kind: Kind | None) -> bool:
    return any(before in kinds and kind in kinds for kinds in TOGETHER)


def _passage(passage: Passage, width: int, signs: bool) -> Iterator[Line]:
    role = _ROLES.get(passage.kind, Role.BODY)
    match passage.kind:
        case Kind.TITLE:
            return Flow(_pieces(passage, role, signs)).balanced(width)
        case Kind.RULE:
            return iter((Line((Run(_RULE, _look(Role.BAR, passage.parts[0].change)),)),))
        case Kind.QUOTE:
            return _beside((_QUOTE_BAR,), passage, role, width, signs)
        case Kind.ITEM:
            return _beside((Run(_BULLET, Look((Role.MARKER,))),), passage, role, width, signs)
        case Kind.IMAGE | Kind.CAPTION:
            return bar(_running(passage, role, width - 2, signs))
        case _:
            return _running(passage, role, width, signs)


def _beside(before: Runs, passage: Passage, role: Role, width: int, signs: bool) -> Iterator[Line]:
    """A passage with something before its first line; a bar stands before each."""
    look = before[0].look
    rest = before if passage.kind is Kind.QUOTE else (Run("  ", look),)
    return indented(_running(passage, role, width - 2, signs), before, rest)


def _running(passage: Passage, role: Role, width: int, signs: bool) -> Iterator[Line]:
    return _flowing(_pieces(passage, role, signs), width)


def _flowing(pieces: Sequence[Piece], width: int) -> Iterator[Line]:
    """Lines of pieces, in lots that are quickly cleaned and measured."""
    lot: list[Piece] = []
    room = _AT_ONCE
    for said, look in pieces:
        rest = said
        while len(rest) > room:
            cut = max(rest.rfind(" ", 0, room), 0) or room
            yield from Flow([*lot, (rest[:cut], look)]).lines(width)
            rest, lot, room = rest[cut:], [], _AT_ONCE
        lot.append((rest, look))
        room -= len(rest)
    yield from Flow(lot).lines(width)


def _pieces(passage: Passage, role: Role, signs: bool) -> list[Piece]:
    label = _("Photo") + ": " if passage.kind in _PHOTOS else ""
    pieces = [(label, Look((role,)))] if label else []
    upper = passage.kind is Kind.KICKER
    before = Change.SAME
    for part in passage.parts:
        if before is Change.REMOVED and part.change is Change.ADDED and not signs:
            pieces.append((" ", Look((role,))))  # else the two would read as one word
        before = part.change
        pieces += _worded(part._replace(text=part.text.upper()) if upper else part, role, signs)
    return pieces


def _worded(part: Part, role: Role, signs: bool) -> Iterator[Piece]:
    """Words in their looks, of which the blanks round them do not have that of a change."""
    said, change = part.text, part.change
    opening, closing = SIGNS[change] if signs else ("", "")
    start = len(said) - len(said.lstrip())
    end = len(said.rstrip())
    if start >= end:
        start, end = 0, len(said)
    yield said[:start], Look((role,))
    yield opening, _look(role, change)
    at = 0
    for span in part.spans or (Span(said),):
        core = span.text[max(0, start - at) : max(0, end - at)]
        yield core, _look(role, change, span)
        at += len(span.text)
    yield closing, _look(role, change)
    yield said[end:], Look((role,))


def _look(role: Role, change: Change, span: Span = _PLAIN) -> Look:
    """The look of words: their own, but not that of a link, which looks as if it had come."""
    look = span_look(replace(span, href=None), role)
    return look if change is Change.SAME else Look((*look.roles, _CHANGED[change]))


def legend(parts: Sequence[tuple[int, Change]], *, signs: bool) -> list[Piece]:
    """How many words went and came, each said in the look of such words."""
    pieces: list[Piece] = []
    for count, change in parts:
        if not count:
            continue
        said = words_removed(count) if change is Change.REMOVED else words_added(count)
        shown = signed(said, change) if signs else said
        pieces += [(SEPARATOR, Look((Role.META,)))] if pieces else []
        pieces.append((shown, _look(Role.META, change)))
    return pieces or [(_("The two are the same, word for word."), Look((Role.META,)))]
