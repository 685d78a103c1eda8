"""Tables with more tags than are read: the largest gives its last rows, so that the rest comes.

The markup is made shorter before there is a tree, which would be too large.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.parsing.html.elements import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(/?)t(able|r)\b", re.IGNORECASE)
_STANDS_FOR: Final = f'<tr {CUT}="{{rows}}"></tr>'
_ITS_TAGS: Final = _STANDS_FOR.count("<")


class _Table(NamedTuple):
    """Where in the markup a table's rows begin, and where the last of them ends."""

    rows: list[int]
    end: int

    def tags(self, markup: str) -> int:
        return markup.count("<", self.rows[0], self.end)


class _Open(NamedTuple):
    """A table whose end is still to come."""

    rows: list[int]
    inner: list[bool]
    """Whether there is a table within, for each there is."""


def with_fewer_rows(markup: str, tags: int) -> str:
    """Markup whose tables lack as many rows as it takes for it to have so many tags, if they can.

    Each keeps its first row; one row stands for those that are missing.
    """
    excess = markup.count("<") - tags
    if excess <= 0:
        return markup
    gaps: list[tuple[int, int, int]] = []
    by_size = sorted(_tables(markup), key=lambda table: table.tags(markup), reverse=True)
    for table in by_size:
        if excess <= 0:
            break
        first, spared = _last_rows(markup, table, excess + _ITS_TAGS)
        if spared > _ITS_TAGS:
            gaps.append((table.rows[first], table.end, len(table.rows) - first))
            excess -= spared - _ITS_TAGS
    return _without(markup, sorted(gaps))


def _tables(markup: str) -> Iterator[_Table]:
    """The tables of more than one row that hold no others; these may be there for their looks."""
    opened: list[_Open] = []
    for tag in _TAG.finditer(markup):
        closes, is_row = tag[1], tag[2] in "rR"
        if is_row and opened and not closes:
            opened[-1].rows.append(tag.start())
        elif is_row:
            continue
        elif not closes:
            if opened:
                opened[-1].inner.append(True)
            opened.append(_Open([], []))
        elif opened:
            rows, inner = opened.pop()
            if len(rows) > 1 and not inner:
                yield _Table(rows, tag.start())


def _last_rows(markup: str, table: _Table, tags: int) -> tuple[int, int]:
    """The first of the last rows that have so many tags between them, and how many they have."""
    first, end, found = len(table.rows), table.end, 0
    while first > 1 and found < tags:
        first -= 1
        found += markup.count("<", table.rows[first], end)
        end = table.rows[first]
    return first, found


def _without(markup: str, gaps: list[tuple[int, int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, rows in gaps:
        parts += [markup[at:start], _STANDS_FOR.format(rows=rows)]
        at = end
    return "".join([*parts, markup[at:]])
