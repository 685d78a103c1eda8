"""What a row of the table of sources says, fitted to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui import keptwords
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.setting.lines import Look, Role, wrap
from kaltimtui.ui.widgets.row_list import Row
from kaltimtui.wording import SEPARATOR, last_success, next_try, trouble, weekly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kaltimtui.models import Source
    from kaltimtui.subscriptions import Suggestion
    from kaltimtui.ui.widgets.row_list import Piece

_NAME: Final = 20
"""Cells that the name has at least; columns give way to it from the right."""
_COLUMNS: Final = (("succeeded", 18), ("weekly", 15), ("following", 20), ("folder", 16))
"""The columns beside the name and their widths, the most useful first."""
_ORDER: Final = ("folder", "succeeded", "weekly", "following")
_REASON_LINES: Final = 3
_INDENT: Final = "  "


class Columns(NamedTuple):
    """The columns there is room for, from the left."""

    name: int
    others: tuple[tuple[str, int], ...]


def columns(width: int) -> Columns:
    """The columns for so many cells."""
    room, shown = width - len(_INDENT) - 1, {}
    for name, cells in _COLUMNS:
        if room - cells - 1 < _NAME:
            break
        room -= cells + 1
        shown[name] = cells
    return Columns(max(1, room), tuple((name, shown[name]) for name in _ORDER if name in shown))


def heading_text(width: int) -> str:
    """The names of the columns."""
    names = {
        "folder": _("Folder"),
        "succeeded": _("Last fetched"),
        "weekly": _("A week"),
        "following": _("Next try"),
    }
    name, others = columns(width)
    cells = [pad(_("Source"), name), *(pad(names[key], cells) for key, cells in others)]
    return _INDENT + " ".join(cells).upper()


def source_row(source: Source, now: datetime, width: int) -> Row:
    """A source: its name, what is set for it, and how it fares; below, why it fails, if it does."""
    wrong = trouble(source)
    name, others = columns(width)
    said = {
        "folder": text.inline(source.folder or ""),
        "succeeded": last_success(source, now),
        "weekly": weekly(source.health.per_week),
        "following": next_try(source, now),
    }
    mark: Piece = ("! ", "error") if wrong else (_INDENT, "plain")
    called, told = text.fit(text.inline(source.name), name), _set_for(source)
    beside = "".join(SEPARATOR + part for part in told)
    room = name - text.width(called)
    fits = text.width(beside) <= room
    first: list[Piece] = [mark, (called, "strong"), (pad(beside if fits else "", room), "meta")]
    first += [(" " + pad(said[key], cells), "meta") for key, cells in others]
    below = () if fits else _lines(SEPARATOR.join(told), width, "meta")
    return Row((tuple(first), *below, *_lines(wrong or "", width, "error")))


def _set_for(source: Source) -> list[str]:
    """What the user set for a source, in words."""
    every = source.interval
    parts = [
        ngettext("every {count} minute", "every {count} minutes", every) if every else "",
        _("full text") if source.full_text else "",
        keptwords.told(source),
    ]
    return [part for part in parts if part]


def _lines(said: str, width: int, look: str) -> Iterable[tuple[Piece, ...]]:
    for line in _fitted(said, width) if said else ():
        yield (_INDENT, "plain"), (line, look)


def entry_row(said: str, width: int) -> Row:
    """What is said of an entry of a list."""
    lines = _fitted(said, width) or [""]
    return Row(tuple(((_INDENT, "plain"), (line, "plain")) for line in lines))


def _fitted(said: str, width: int) -> list[str]:
    """Some words in a few lines; what there is no room for is cut off."""
    room = max(1, width - len(_INDENT) - 1)
    lines = [line.text for line in wrap(text.inline(said), Look((Role.META,)), room)]
    if len(lines) > _REASON_LINES:
        lines[_REASON_LINES - 1] = text.fit(" ".join(lines[_REASON_LINES - 1 :]), room)
    return lines[:_REASON_LINES]


def suggestion_row(suggestion: Suggestion, *, ticked: bool, width: int) -> Row:
    """A suggested source, ticked or not; one that is subscribed to already is ticked for good."""
    on = ticked or suggestion.subscribed
    tick: Piece = ("[✓] " if on else "[ ] ", "warm" if ticked else "meta")
    room = max(1, width - len(tick[0]) - len(_INDENT) - 1)
    name = text.fit(text.inline(suggestion.data.name), room)
    left = room - text.width(name) - 2
    told = _("subscribed") if suggestion.subscribed else text.host(suggestion.data.url or "")
    host = f"  {text.fit(told, left)}" if left > 0 else ""
    look = "meta" if suggestion.subscribed else "plain"
    return Row((((_INDENT, "plain"), tick, (name, look), (host, "meta")),))


def group_row(name: str, *, first: bool) -> Row:
    """The name of a group of suggestions."""
    line: tuple[Piece, ...] = ((_INDENT, "plain"), (text.inline(name).upper(), "accent"))
    return Row((line,) if first else ((), line), heading=True)
