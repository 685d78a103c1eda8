"""What is said of rules: what each does, what it finds, and the rows of their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import dates, i18n, text, wording
from kaltimtui.i18n import _, ngettext
from kaltimtui.library import COUNTED
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.widgets.row_list import Row
from kaltimtui.wording import CHOSEN, SEPARATOR

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.models import ArticleRow
    from kaltimtui.rule import Rule
    from kaltimtui.ui.widgets.row_list import Piece

PENDING: Final = "…"
"""What stands for a number that is not known yet."""
_WIDE: Final = 70
"""Cells from which what a rule does has a column."""
_INDENT: Final = "    "
_COUNT: Final = 8
_TIME: Final = 18
"""Cells of the time beside a headline."""


def found_words(count: int) -> str:
    """How much a search finds."""
    if not count:
        return _("nothing")
    return _at_least(ngettext("{count} article", "{count} articles", count), count)


def changed_words(count: int) -> str:
    """How much a rule would change."""
    said = ngettext("{count} article changes", "{count} articles change", count)
    return _at_least(said, count)


def _at_least(said: str, count: int) -> str:
    """What is said of a number, where it was not counted further."""
    return said if count < COUNTED else _("at least {what}").format(what=said)


def _columns(width: int) -> tuple[int, int]:
    """Cells of the name, and of what the rule does; 0: it has no column."""
    room = width - len(_INDENT) - _COUNT - 2
    done = room // 2 if width >= _WIDE else 0
    return max(1, room - (done + 1 if done else 0)), done


def heading_text(width: int) -> str:
    """The names of the columns of the table."""
    name, done = _columns(width)
    cells = [pad(_("Rule"), name)]
    if done:
        cells.append(pad(_("What it does"), done))
    return (_INDENT + " ".join([*cells, _right(_("30 days"))])).upper()


def rule_row(rule: Rule, found: int | None, width: int) -> Row:
    """A rule: whether it is on, its name, what it does, what it found; below, its search."""
    name, done = _columns(width)
    on = rule.enabled and rule.trouble is None
    sign = "!" if rule.trouble else CHOSEN if rule.enabled else " "
    tick: Piece = (f"[{sign}] ", "error" if rule.trouble else "warm" if on else "meta")
    called = pad(text.inline(rule.name), name)
    count = "" if rule.trouble else PENDING if found is None else i18n.number(found)
    first: list[Piece] = [tick, (called, "strong" if on else "meta")]
    words = wording.done(rule.actions)
    if done:
        first.append((f" {pad(words, done)}", "plain" if on else "meta"))
    first.append((f" {_right(count)}", "meta"))
    room = max(1, width - len(_INDENT) - 1)
    below = [] if done else [(words, "plain" if on else "meta")]
    below.append((text.inline(rule.query), "meta"))
    if rule.trouble:
        below.append((text.inline(rule.trouble), "error"))
    lines = (((_INDENT, "plain"), (text.fit(said, room), look)) for said, look in below)
    return Row((tuple(first), *lines))


def sample_row(row: ArticleRow, now: datetime, width: int) -> Row:
    """A headline that a rule finds, with its source and its time."""
    when = dates.listed(row.published, row.listed, now)
    source, title = text.inline(row.source), text.inline(row.title)
    if width < _WIDE:
        below = text.fit(f"{when}{SEPARATOR}{source}", max(1, width - 3))
        first = ("  ", "plain"), (text.fit(title, max(1, width - 3)), "plain")
        return Row((first, (("  ", "plain"), (below, "meta"))))
    beside = f" {pad(source, width // 6)} {pad(when, _TIME)}"
    room = width - 3 - text.width(beside)
    return Row(((("  ", "plain"), (pad(title, room), "plain"), (beside, "meta")),))


def _right(said: str) -> str:
    """Some words at the right edge of the column of numbers."""
    fitted = text.fit(said, _COUNT)
    return " " * (_COUNT - text.width(fitted)) + fitted
