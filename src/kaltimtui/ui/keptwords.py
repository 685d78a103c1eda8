"""How long, or how many, articles of a source are kept: as a person says it, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    from kaltimtui.config import Config
    from kaltimtui.models import Source

_PART: Final = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{1,9}) *([^\W\d_]*)[ ,;+]*")
_DAYS: Final = {
    1: ("", "d", "day", "days", "hari"),
    7: ("w", "week", "weeks", "minggu", "pekan"),
    30: ("mo", "month", "months", "bulan", "bln"),
    365: ("y", "year", "years", "tahun", "th"),
}
_ARTICLES: Final = ("article", "articles", "artikel", "berita")


class Kept(NamedTuple):
    """What is set of a source; None: as is set for all."""

    days: int | None = None
    articles: int | None = None


def read(typed: str) -> Kept:
    """What a user typed, such as ``90``, ``2 tahun`` or ``90 hari, 1.000 artikel``.

    Raises UsageError where it cannot be read.
    """
    said = text.inline(typed).casefold().strip()
    found, at = Kept(), 0
    while at < len(said):
        part = _PART.match(said, at)
        kept = _added(found, int(re.sub(r"\D", "", part[1])), part[2]) if part else None
        if part is None or kept is None:
            raise UsageError(
                _("“{said}” says neither how long nor how many.").format(said=text.fit(said, 60)),
                hint=_("Write 90, 90 days, 1000 articles, or nothing."),
            )
        found, at = kept, part.end()
    return found


def _added(found: Kept, number: int, unit: str) -> Kept | None:
    """What is kept with one thing more; None where that was said already, or has no such unit."""
    if unit in _ARTICLES:
        return found._replace(articles=number) if found.articles is None else None
    days = next((days for days, names in _DAYS.items() if unit in names), None)
    return found._replace(days=number * days) if days and found.days is None else None


def written(source: Source) -> str:
    """What is set of a source, as ``read`` takes it."""
    days, articles = source.keep_days, source.keep_articles
    parts = [
        ngettext("{count} day", "{count} days", days) if days is not None else "",
        ngettext("{count} article", "{count} articles", articles) if articles else "",
    ]
    return ", ".join(filter(None, parts))


def told(source: Source) -> str:
    """What is set of a source, in a few words; nothing where nothing is."""
    days, articles = source.keep_days, source.keep_articles
    if days == 0 and not articles:
        return _("kept for good")
    said = written(source if days else source._replace(keep_days=None))
    return _("kept: {what}").format(what=said) if said else ""


def question(config: Config) -> str:
    """What is asked for, and what holds where nothing is set."""
    days = config.keep_days
    everywhere = ngettext("{count} day", "{count} days", days) if days else _("for good")
    asked = _("Keep 90 days, 1000 articles, 0: for good; empty: as everywhere ({usual}):")
    return asked.format(usual=everywhere)
