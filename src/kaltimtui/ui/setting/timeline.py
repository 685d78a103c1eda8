"""The related items of an article as a timeline: a ruler of years, and a row or two an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui import dates, text
from kaltimtui.ui.setting.lines import BLANK, Flow, Line, Look, Role, Run, indented, wrap
from kaltimtui.wording import SEPARATOR, by_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kaltimtui.models import Related
    from kaltimtui.ui.setting.lines import Piece

_GAP: Final = "  "
_LABEL_NEEDS: Final = 12
"""Cells a title must have to stand beside its times and not below them."""
_CATEGORY_NEEDS: Final = 8
"""Cells a category must have beside both times; else the distance gives way."""
_RULER_WIDEST: Final = 60
_RULER_NARROWEST: Final = 24
_YEARS_APART: Final = 14
"""Cells from one year to the next on the ruler, at least."""
_DASH: Final = "─"
_DOT: Final = "●"
_PARTS = re.compile(f"{_DASH}+|{_DOT}+|[^{_DASH}{_DOT}]+")
_META = Look((Role.META,))
_INDENT: Final = (Run("  ", _META),)
_GROUP = Look((Role.GROUP,))
_TRACK = Look((Role.BAR,))
_UNREAD = Look((Role.UNREAD,))
_OPENS: Final = "\u00a0›"
_IS_UNREAD: Final = "\u00a0●"

Items: TypeAlias = "Sequence[tuple[int, Related]]"


class _Columns(NamedTuple):
    """Cells of the columns, the gaps after them included; 0 where there is none."""

    when: int
    ago: int
    width: int

    @property
    def label(self) -> int:
        return self.width - self.when - self.ago


def ordered(related: Sequence[Related]) -> list[int]:
    """The items' places in ``related`` in the order in which they are shown."""
    return [at for _title, items in by_group(related) for at, _item in items]


def found_again(at: int | None, before: Sequence[Related], now: Sequence[Related]) -> int | None:
    """Where the item of a place in ``before`` stands in ``now``; None where it does not."""
    if at is None:
        return None
    wanted = _same(before[at])
    if at < len(now) and _same(now[at]) == wanted:
        return at
    return next((place for place, item in enumerate(now) if _same(item) == wanted), None)


def _same(item: Related) -> tuple[object, ...]:
    """What an item is told apart by, whether it is here or not."""
    return item.group, item.url or (item.category, item.published)


def timeline(related: Sequence[Related], width: int, now: datetime) -> Iterator[Line]:
    """The groups, each with its name; no line at all where there is no item."""
    columns = _columns(related, width, now)
    apart = False
    for title, items in by_group(related):
        if apart:
            yield BLANK
        yield from wrap(title.upper(), _GROUP, width)
        moments = [item.published.moment for _at, item in items if item.published]
        yield from _ruler_lines(moments, width)
        yield from _rows(items, columns, now)
        apart = True


def _columns(related: Sequence[Related], width: int, now: datetime) -> _Columns:
    stamps = [item.published for item in related if item.published]
    if not stamps:
        return _Columns(0, 0, width)
    when = max(text.width(dates.compact(stamp)) for stamp in stamps) + len(_GAP)
    ago = max(text.width(dates.ago_short(stamp, now)) for stamp in stamps) + len(_GAP)
    return _Columns(when, ago if when + ago - len(_GAP) <= width else 0, width)


def _rows(items: Items, columns: _Columns, now: datetime) -> Iterator[Line]:
    for at, item in items:
        for line in _row(item, columns, now):
            yield Line(line.runs, line.ink, at)


def _row(item: Related, columns: _Columns, now: datetime) -> Iterator[Line]:
    """One item: its times, its category and its source; its title below, if it has one.

    Without a title it is one row, cut to it; where nothing else is known the title stands there.
    """
    title, about = text.optional(item.title), _about(item)
    head: list[Piece] = []
    below: list[Piece] = []
    if not title and columns.label < _CATEGORY_NEEDS:
        columns = columns._replace(ago=0)
    if not title and columns.label >= _CATEGORY_NEEDS:
        sign = len(_OPENS) if item.article else 0
        head = _name(item, text.fit(about, columns.label - sign))
    elif title and not about and text.width(title) + len(_OPENS) <= columns.label:
        head = _name(item, title)
    elif columns.label >= _LABEL_NEEDS:
        head = [(text.fit(about, columns.label), _META)]
        below = _name(item, title)
    else:
        below = _name(item, title or about, about if title else "")
    yield from _first_lines(item, head, columns, now)
    yield from indented(Flow(below).lines(columns.width - len(_GAP)), _INDENT, _INDENT)


def _about(item: Related) -> str:
    """The category of an item, and where it is from: a source, else a host."""
    host = text.host(item.url) if item.url and text.address(item.url) else None
    known = (text.optional(item.category), text.optional(item.source) or host)
    return SEPARATOR.join(filter(None, known))


def _first_lines(
    item: Related, head: list[Piece], columns: _Columns, now: datetime
) -> Iterator[Line]:
    """The times of an item, and beside them what there is room for."""
    times = ""
    if item.published and columns.when:
        times = dates.compact(item.published).ljust(columns.when)
        if columns.ago:
            times += dates.ago_short(item.published, now).ljust(columns.ago)
    cells = columns.width - columns.label
    lines = list(Flow(head).lines(columns.label))
    if not lines:
        times, lines = times.rstrip(), [Line()] if times else []
    first = (Run(times.ljust(cells) if head else times, _META),) if cells else ()
    return indented(lines, first, (Run(" " * cells, _META),) if cells else ())


def _name(item: Related, said: str | None, about: str = "") -> list[Piece]:
    """What an item is called, and whether it is here and still unread."""
    if item.article is None:
        look, sign = _META, ("", _META)
    elif item.read:
        look, sign = Look((Role.BODY,)), (_OPENS, _META)
    else:
        look, sign = Look((Role.BODY, Role.STRONG)), (_IS_UNREAD, _UNREAD)
    return [(said or "—", look), (f"{SEPARATOR}{about}" if about else "", _META), sign]


def _ruler_lines(moments: Sequence[datetime], width: int) -> Iterator[Line]:
    drawn = ruler(moments, min(width, _RULER_WIDEST))
    if drawn:
        runs = (Run(part, _look_of(part)) for part in _PARTS.findall(drawn))
        yield Line(tuple(runs))


def _look_of(part: str) -> Look:
    if part[0] == _DOT:
        return _GROUP
    return _TRACK if part[0] == _DASH else _META


def ruler(moments: Sequence[datetime], width: int) -> str:
    """Where the moments lie between their years: ``2013 ─●───●── 2015 ────●─ 2020``.

    Empty where all are of one year, or there is no room for it.
    """
    years = sorted({moment.year for moment in moments})
    if len(years) < 2 or width < _RULER_NARROWEST:
        return ""
    first, last = f"{years[0]:04} ", f" {years[-1]:04}"
    span = years[-1] - years[0] + 1
    track = [_DASH] * (width - len(first) - len(last))

    def place(year: float) -> int:
        return round((year - years[0]) / span * (len(track) - 1))

    for moment in moments:
        track[place(moment.year + (moment.month - 1) / 12 + (moment.day - 1) / 372)] = _DOT
    step = max(1, -(-_YEARS_APART * span // len(track)))
    for year in range(years[0] + step, years[-1], step):
        label, at = f" {year:04} ", place(year)
        room = slice(at, at + len(label))
        if at > 1 and track[room.start - 1 : room.stop + 2] == [_DASH] * (len(label) + 3):
            track[room] = label
    return first + "".join(track) + last
