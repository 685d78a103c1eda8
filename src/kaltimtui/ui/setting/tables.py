"""Tables: in columns where they fit, else as records of a label and a value each."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.document import spans_text
from kaltimtui.i18n import ngettext
from kaltimtui.ui.setting.lines import BLANK, Line, Look, Role, Run, clean, span_lines, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.document import Spans, Table
    from kaltimtui.ui.setting.lines import Runs

_GAP: Final = 2
_NARROWEST: Final = 4
"""Cells of the narrowest column."""
_LONGEST_WORD: Final = 16
"""A column is at least as wide as its longest word, up to so many cells."""
_TALLEST: Final = 5
"""Lines that a cell may take, about; a table squeezed further reads better as records."""
_SAMPLE: Final = 200
"""Rows that the widths of the columns are taken from."""
_LOOKED_AT: Final = 400
"""Characters of a cell that the width of its column is taken from."""
_CELLS_SHOWN: Final = 20_000
_META = Look((Role.META,))
_RULE = Look((Role.BAR,))
_NUMBER = re.compile(r"[-+±]?(?:Rp\.?\s?|[$€]\s?)?[\d.,:/]+\s?%?|[-–—]?")


def table_lines(table: Table, width: int) -> Iterator[Line]:
    """A table in at most ``width`` cells; what goes beyond 20,000 cells is only counted."""
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    shown = max(1, _CELLS_SHOWN // columns)
    rows = [row[:_CELLS_SHOWN] for row in table.rows[:shown]]
    if columns == 1:
        yield from _single(rows, width)
    elif widths := _widths(rows[:_SAMPLE], columns, width):
        yield from _grid(rows, widths, table.header)
    else:
        yield from _records(rows, width, table.header)
    left = sum(map(len, table.rows)) - sum(map(len, rows))
    if left:
        yield BLANK
        yield from wrap(ngettext("… {count} more cell", "… {count} more cells", left), _META, width)


def _single(rows: Sequence[Sequence[Spans]], width: int) -> Iterator[Line]:
    for row in rows:
        for cell in row:
            yield from span_lines(cell, Role.BODY, width)


def _said(cell: Spans) -> str:
    return clean(spans_text(cell)[:_LOOKED_AT]).strip()


def _widths(rows: Sequence[Sequence[Spans]], columns: int, width: int) -> list[int] | None:
    """How wide each column is, or None where they do not fit beside each other."""
    room = width - _GAP * (columns - 1)
    if room < columns * _NARROWEST:
        return None
    wanted, needed = [1] * columns, [1] * columns
    for row in rows:
        for column, cell in enumerate(row):
            said = _said(cell)
            longest = max(map(text.width, said.split()), default=1)
            wanted[column] = max(wanted[column], *map(text.width, said.split("\n")))
            needed[column] = max(needed[column], min(longest, _LONGEST_WORD))
    if sum(wanted) <= room:
        return wanted
    if sum(needed) > room:
        return None
    widths = _share(wanted, needed, room)
    tallest = max(want / have for want, have in zip(wanted, widths, strict=True))
    return widths if tallest <= _TALLEST else None


def _share(wanted: list[int], needed: list[int], room: int) -> list[int]:
    """What each column needs; of what is left those that lack little get it, the others a share."""
    widths = list(needed)
    spare = room - sum(needed)
    lacking = [max(0, want - need) for want, need in zip(wanted, needed, strict=True)]
    by_lack = sorted(range(len(lacking)), key=lacking.__getitem__)
    for served, column in enumerate(by_lack):
        given = min(lacking[column], spare // (len(by_lack) - served))
        widths[column] += given
        spare -= given
    return widths


def _grid(rows: Sequence[Sequence[Spans]], widths: Sequence[int], header: bool) -> Iterator[Line]:
    numeric = _numeric(rows[1:] if header else rows, len(widths))
    airy = False
    for at, row in enumerate(rows):
        head = header and at == 0
        lines = _row(row, widths, numeric, Role.HEADING if head else Role.BODY)
        tall = len(lines) > 1
        if at and (tall or airy) and not (header and at == 1):
            yield BLANK
        yield from lines
        if head:
            dashes = (" " * _GAP).join("─" * cells for cells in widths)
            yield Line((Run(dashes, _RULE),))
        airy = tall and not head


def _numeric(rows: Sequence[Sequence[Spans]], columns: int) -> list[bool]:
    """Which columns hold nothing but numbers, and are set to the right."""
    numeric = [bool(rows)] * columns
    for row in islice(rows, _SAMPLE):
        for column, cell in enumerate(row):
            if numeric[column] and not _NUMBER.fullmatch(_said(cell)):
                numeric[column] = False
    return numeric


def _row(
    row: Sequence[Spans], widths: Sequence[int], numeric: Sequence[bool], role: Role
) -> list[Line]:
    cells = [list(span_lines(cell, role, cells)) for cell, cells in zip(row, widths, strict=False)]
    lines: list[Line] = []
    for parts in zip_longest(*cells, fillvalue=BLANK):
        runs: Runs = ()
        ink = owed = 0
        for part, room, right in zip(parts, widths, numeric, strict=False):
            fill = room - sum(text.width(run.text) for run in part.runs)
            before = owed + (fill if right else 0)
            if part.runs:
                runs += ((Run(" " * before, _RULE),) if before else ()) + part.runs
                ink += part.ink
                owed = _GAP + (0 if right else fill)
            else:
                owed += fill + _GAP
        lines.append(Line(runs, max(1, ink)))
    return lines or [BLANK]


def _records(rows: Sequence[Sequence[Spans]], width: int, header: bool) -> Iterator[Line]:
    labels = [_said(cell) for cell in rows[0]] if header else []
    for at, row in enumerate(rows[1:] if header else rows):
        if at:
            yield BLANK
        yield from _record(row, labels, width)


def _record(row: Sequence[Spans], labels: Sequence[str], width: int) -> Iterator[Line]:
    for label, cell in zip_longest(labels, row):
        if not cell or not _said(cell):
            continue
        lead = ((f"{label}: ", _META),) if label else ()
        unsaid = len(label.replace(" ", "")) + 1 if label else 0
        for line in span_lines(cell, Role.BODY, width, lead):
            yield Line(line.runs, max(1, line.ink - unsaid))
            unsaid = 0
