"""What a row of the list says, fitted to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import dates, text
from kaltimtui.i18n import _
from kaltimtui.models import ViewKind
from kaltimtui.wording import LATER, SEPARATOR, STAR, place_name

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.models import ArticleRow

_TIME_COLUMN_FROM: Final = 40
"""A one-line row shows its time where so many cells are left for both."""


class RowText(NamedTuple):
    """The pieces of a row, together as wide as the row."""

    title: str
    time: str
    marks: str
    meta: str


def pad(value: str, cells: int) -> str:
    """Text cut or filled up to exactly so many cells."""
    fitted = text.fit(value, cells)
    return fitted + " " * (cells - text.width(fitted))


def row_text(
    row: ArticleRow, now: datetime, cells: int, *, two_line: bool, kind: ViewKind
) -> RowText:
    """The pieces of a row for ``cells`` cells, in one line or two.

    What is the same for every row of a list of this kind is left out.
    """
    when = dates.listed(row.published, row.listed, now)
    marks = "".join(f" {sign}" for sign, on in ((LATER, row.later), (STAR, row.starred)) if on)
    room = max(0, cells - text.width(marks))
    title = text.inline(row.title)
    if two_line:
        return RowText(pad(title, room), "", marks, pad(_meta(row, when, kind, cells), cells))
    time = f" {when}" if cells >= _TIME_COLUMN_FROM else ""
    if row.sample and time:
        time = " " + _("Sample") + SEPARATOR + when
    return RowText(pad(title, max(0, room - text.width(time))), time, marks, "")


def _meta(row: ArticleRow, when: str, kind: ViewKind, cells: int) -> str:
    parts = [when]
    if row.sample:
        parts.append(_("Sample"))
    if row.dateline:
        parts.append(place_name(text.inline(row.dateline)))
    elif not row.sample and kind not in (ViewKind.SOURCE, ViewKind.CATEGORY):
        parts.append(text.inline(row.source))
    if row.category and kind is not ViewKind.CATEGORY:
        whole = SEPARATOR.join((*parts, text.inline(row.category)))
        if text.width(whole) <= cells:
            return whole
    return SEPARATOR.join(parts)
