"""Tables: in columns where they fit, else as records of a label and a value each."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.document import spans_text
from kaltimtui.i18n import ngettext
from kaltimtui.ui.setting.lines import (
    BLANK,
    Flow,
    Line,
    Look,
    Role,
    Run,
    clean,
    span_lines,
    span_pieces,
    wrap,
)
from kaltimtui.wording import SEPARATOR, rows_left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.document import Spans, Table
    from kaltimtui.ui.setting.lines import Piece, Runs

_GAP: Final = 2
_NARROWEST: Final = 4
"""Cells of a column, about, in a table that has less room than it needs."""
_LONGEST_WORD: Final = 16
"""A column is at least as wide as its longest word, up to so many cells."""
_TALLEST: Final = 5
"""Lines that a cell may take, about; a table squeezed further reads better as records."""
_SAMPLE: Final = 200
"""Rows that the widths of the columns are taken from."""
_LOOKED_AT: Final = 400
"""Characters of a cell that the width of its column is taken from."""
_MANY: Final = 6
"""Cells of a row from which they stand beside each other in a record, else one a line."""
_CELLS_SHOWN: Final = 20_000
_META = Look((Role.META,))
_PARTED: Final = (SEPARATOR, _META)
_RULE = Look((Role.BAR,))
_NUMBER = re.compile(r"[-+±]?(?:Rp\.?\s?|[$€]\s?)?[\d.,:/]+\s?%?|[-–—]?")


def table_lines(table: Table, width: int, original: str = "") -> Iterator[Line]:
    """A table in at most ``width`` cells; what goes beyond 20,000 cells is only counted.

    ``original`` says how to come to the original, where something is missing.
    """
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
    if missing := _missing(table, len(rows)):
        yield BLANK
        yield from wrap(f"{missing} {original}", _META, width)


def _missing(table: Table, shown: int) -> str:
    """What is said of the rows that are not shown, and of the cells of a row too long."""
    if left_out := len(table.rows) - shown + table.left_out:
        return rows_left_out(left_out)
    cells = sum(max(0, len(row) - _CELLS_SHOWN) for row in table.rows)
    return ngettext("… {count} more cell", "… {count} more cells", cells) if cells else ""


def _single(rows: Sequence[Sequence[Spans]], width: int) -> Iterator[Line]:
    for row in rows:
        for cell in row:
            yield from span_lines(cell, Role.BODY, width)


def _said(cell: Spans) -> str:
    return clean(spans_text(cell)[:_LOOKED_AT]).strip()


def _widths(rows: Sequence[Sequence[Spans]], columns: int, width: int) -> list[int] | None:
    """How wide each column is, or None where they do not fit beside each other."""
    room = width - _GAP * (columns - 1)
    if room < columns:
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
    if room < max(sum(needed), columns * _NARROWEST):
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
    header = header and len(rows) > 1
    labels = [_said(cell) for cell in rows[0]] if header else []
    for at, row in enumerate(rows[1:] if header else rows):
        if at:
            yield BLANK
        yield from _record(row, labels, width)


class _Entry(NamedTuple):
    """A cell of a record, with the name of its column before it."""

    label: str
    cell: Spans
    role: Role = Role.BODY

    @property
    def lead(self) -> tuple[Piece, ...]:
        """The name as it stands before the cell."""
        return ((f"{self.label}: ", _META),) if self.label else ()

    @property
    def unsaid(self) -> int:
        """Characters of the name that are no ink of the text."""
        return len(self.label.replace(" ", "")) + bool(self.label)

    def room(self, most: int) -> int:
        """The cells it takes beside others; more than ``most`` where it stands alone."""
        said = spans_text(self.cell)
        if len(self.label) + len(said) > most or "\n" in said:
            return most + 1
        pieces = (*self.lead, *span_pieces(self.cell, self.role))
        return sum(text.width(clean(words)) for words, _look in pieces)


def _record(row: Sequence[Spans], labels: Sequence[str], width: int) -> Iterator[Line]:
    """A row by its cells, the first of them as its heading; many go several in a line."""
    named = zip_longest(labels, row)
    entries = [_Entry(label or "", cell) for label, cell in named if cell and _said(cell)]
    if entries and entries[0].room(width) <= width:
        yield from _alone(entries.pop(0)._replace(role=Role.HEADING), width)
    beside = width if len(entries) >= _MANY else 0
    for group in _grouped(entries, beside):
        yield from _beside(group, width) if group[1:] else _alone(group[0], width)


def _grouped(entries: Iterable[_Entry], width: int) -> Iterator[list[_Entry]]:
    """Entries as they stand beside each other, as many in a line as there is room for."""
    group: list[_Entry] = []
    used = -len(SEPARATOR)
    for entry in entries:
        cells = entry.room(width)
        longer = used + len(SEPARATOR) + cells
        if group and longer > width:
            yield group
            group, longer = [], cells
        group.append(entry)
        used = longer
    if group:
        yield group


def _alone(entry: _Entry, width: int) -> Iterator[Line]:
    return _inked(span_lines(entry.cell, entry.role, width, entry.lead), entry.unsaid)


def _beside(entries: Sequence[_Entry], width: int) -> Iterator[Line]:
    pieces = (piece for e in entries for piece in (_PARTED, *e.lead, *span_pieces(e.cell, e.role)))
    unsaid = sum(entry.unsaid for entry in entries) + len(entries) - 1
    return _inked(Flow(islice(pieces, 1, None)).lines(width), unsaid)


def _inked(lines: Iterable[Line], unsaid: int) -> Iterator[Line]:
    """Lines with less ink: names of columns, and what parts cells, are no text of the article."""
    for line in lines:
        yield Line(line.runs, max(1, line.ink - unsaid))
        unsaid = 0
