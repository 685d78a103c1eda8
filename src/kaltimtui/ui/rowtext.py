"""What a row of the list says, fitted to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import dates, i18n, text
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import ViewKind
from kaltimtui.wording import EDITED, LATER, SEPARATOR, STAR, TAG, place_name

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.models import ArticleRow
    from kaltimtui.query.marking import Marker

_TIME_COLUMN_FROM: Final = 40
"""A one-line row shows its time where so many cells are left for both."""

_LEAST_SNIPPET: Final = 16
"""Cells below which a snippet would tell nothing."""


class RowText(NamedTuple):
    """The pieces of a row, together as wide as the row."""

    title: str
    time: str
    marks: str
    meta: str
    snippet: str = ""
    """What follows ``meta`` in its line."""
    tags: tuple[tuple[str, str], ...] = ()
    """Pieces that follow it where there is no snippet, each with the tag that it tells of."""


def pad(value: str, cells: int) -> str:
    """Text cut or filled up to exactly so many cells."""
    fitted = text.fit(value, cells)
    return fitted + " " * (cells - text.width(fitted))


def round_hit(snippet: str, marker: Marker, cells: int) -> str:
    """A snippet cut at its front so that its first hit is within ``cells`` cells."""
    first = next(iter(marker.in_body(snippet)), None)
    if first is None:
        return snippet
    start, end = first
    kept = start
    while kept:
        before = snippet.rfind(" ", 0, kept - 1) + 1
        if text.width(snippet[before:end]) > cells:
            break
        kept = before
    return f"…{snippet[kept:]}" if kept else snippet


def row_text(
    row: ArticleRow,
    now: datetime,
    cells: int,
    *,
    two_line: bool,
    kind: ViewKind,
    snippet: str = "",
    marker: Marker | None = None,
) -> RowText:
    """The pieces of a row for ``cells`` cells, in one line or two.

    What is the same for every row of a list of this kind is left out. A ``snippet`` of the text
    stands in the place of all but the time, cut so that what ``marker`` marks is seen.
    """
    when = dates.listed(row.published, row.listed, now)
    signs = ((EDITED, row.edited), (LATER, row.later), (STAR, row.starred))
    marks = "".join(f" {sign}" for sign, on in signs if on)
    room = max(0, cells - text.width(marks))
    title = text.inline(row.title)
    if two_line:
        sample = (_("Sample"),) if row.sample else ()
        before = "".join(f"{part}{SEPARATOR}" for part in (when, *sample))
        left = cells - text.width(before)
        if marker and snippet and left >= _LEAST_SNIPPET:
            said = pad(round_hit(snippet, marker, left * 2 // 3), left)
            return RowText(pad(title, room), "", marks, before, said)
        others = "" if kind is ViewKind.STORY else _others(row, cells // 2)
        tags, taken = _tags(row, cells // 2 - text.width(others))
        taken += text.width(others)
        meta = _meta(row, when, kind, cells - taken)
        if not tags and not others:
            return RowText(pad(title, room), "", marks, pad(meta, cells))
        left = cells - taken
        meta = text.fit(meta if text.width(meta) <= left else when, left)
        rest = " " * (cells - taken - text.width(meta))
        return RowText(pad(title, room), "", marks, meta, "", (*tags, (others + rest, "")))
    time = f" {when}" if cells >= _TIME_COLUMN_FROM else ""
    if row.sample and time:
        time = " " + _("Sample") + SEPARATOR + when
    if row.others and kind is not ViewKind.STORY:
        time = f" +{i18n.number(row.others)}{time}"
    return RowText(pad(title, max(0, room - text.width(time))), time, marks, "")


def _others(row: ArticleRow, cells: int) -> str:
    """In how many more sources the story stands, where there is room to say it."""
    if not row.others:
        return ""
    said = SEPARATOR + ngettext("+{count} source", "+{count} sources", row.others)
    return said if text.width(said) <= cells else ""


def _tags(row: ArticleRow, cells: int) -> tuple[list[tuple[str, str]], int]:
    """As many tags of an article as there is room for, how many more it has; the cells of all."""
    many = len(row.tags)
    # Each takes two cells and more; of ten thousand the others are not looked at.
    names = [f"{TAG}{text.inline(tag)}" for tag in row.tags[: max(0, cells // 2)]]
    for shown in range(len(names), 0, -1):
        gaps = [SEPARATOR, *" " * (shown - 1)]
        more = f" +{many - shown}" if shown < many else ""
        taken = sum(map(text.width, (*gaps, *names[:shown], more)))
        if taken <= cells:
            pieces = zip(gaps, names, row.tags, strict=False)
            said = [piece for gap, name, tag in pieces for piece in ((gap, ""), (name, tag))]
            return [*said, (more, "")], taken
    said = [(f"{SEPARATOR}{TAG}{many}", "")] if many else []
    return said, sum(text.width(piece) for piece, _tag in said)


def _meta(row: ArticleRow, when: str, kind: ViewKind, cells: int) -> str:
    parts = [when]
    if row.sample:
        parts.append(_("Sample"))
    if row.dateline and kind is not ViewKind.STORY:  # whose sources are what one looks for
        parts.append(place_name(text.inline(row.dateline)))
    elif not row.sample and kind not in (ViewKind.SOURCE, ViewKind.CATEGORY):
        parts.append(text.inline(row.source))
    if row.category and kind is not ViewKind.CATEGORY:
        whole = SEPARATOR.join((*parts, text.inline(row.category)))
        if text.width(whole) <= cells:
            return whole
    return SEPARATOR.join(parts)
