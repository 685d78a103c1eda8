"""How much news there is, when and from where: ``stats``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import i18n, statistics
from kaltimtui.almanac import WORDS
from kaltimtui.i18n import _, ngettext
from kaltimtui.statistics import ALL, Period, bar, figure
from kaltimtui.styled import Styled
from kaltimtui.wording import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.document import Json
    from kaltimtui.library import Library
    from kaltimtui.models import Source
    from kaltimtui.statistics import Named, Offices, Span, Totals, Unread

_ROWS: Final = 31
"""Bars over time that are printed at most."""
_NAME: Final = 32
_COUNT: Final = 10
_LONGEST: Final = 40
"""Cells of a bar at most."""


class _Told(NamedTuple):
    """All that is printed."""

    source: str | None
    span: Span
    days: dict[int, int]
    read: dict[int, int]
    totals: Totals
    unread: Unread
    hours: tuple[int, ...]
    places: tuple[Named, ...]
    offices: Offices


def run(context: Context) -> int:
    """Print the statistics of some days, of all sources or of one."""
    with context.library() as library:
        told = _ask(library, context)
    out = context.out
    if out.json:
        out.data(_json(told))
    elif out.terminal:
        _print(out, told)
    else:
        _cells(out, told)
    return 0


def _ask(library: Library, context: Context) -> _Told:
    from kaltimtui import subscriptions

    name, asked = context.values.source, statistics.Statistics(library)
    source: Source | None = None
    if name is not None:
        source = subscriptions.of(library).find(name)
    subject = ALL if source is None else statistics.Subject("source", source.id)
    if context.values.all:
        span = asked.span(Period.ALL, subject)
    else:
        span = asked.last_days(context.values.days)
    return _Told(
        None if source is None else source.name,
        span,
        asked.articles(subject, span),
        asked.read(subject, span),
        asked.totals(span, subject),
        asked.unread(subject),
        asked.hours(subject, span),
        asked.places(subject, span),
        asked.offices(subject, span),
    )


# --- for programs --------------------------------------------------------------------------------


def _json(told: _Told) -> Json:
    days = sorted(told.days.keys() | told.read.keys())
    return {
        "since": told.span.since.isoformat(),
        "until": told.span.until.isoformat(),
        "source": told.source,
        "articles": sum(told.days.values()),
        "read": sum(told.read.values()),
        "days": [
            {
                "date": date.fromordinal(day).isoformat(),
                "articles": told.days.get(day, 0),
                "read": told.read.get(day, 0),
            }
            for day in days
        ],
        "sources": _named(told.totals.sources, "source"),
        "categories": _named(told.totals.categories, "category"),
        "unread": told.unread._asdict(),
        "hours": list(told.hours),
        "weekdays": list(statistics.by_weekday(told.days)),
        "places": _named(told.places, "place"),
        "offices": _named(told.offices.named, "office"),
        "offices_of": {"headlines": told.offices.headlines, "texts": told.offices.texts},
    }


def _named(named: Iterable[Named], what: str) -> list[Json]:
    return [{what: one.name, "articles": one.articles} for one in named]


def _cells(out: Output, told: _Told) -> None:
    """A line for each number: what it is of, which one, and the number."""
    for day in sorted(told.days):
        out.row("day", date.fromordinal(day).isoformat(), str(told.days[day]))
    for day in sorted(told.read):
        out.row("read", date.fromordinal(day).isoformat(), str(told.read[day]))
    for name, count in told.unread._asdict().items():
        out.row("unread", name, str(count))
    for hour, count in enumerate(told.hours):
        out.row("hour", f"{hour:02}", str(count))
    for weekday, count in enumerate(statistics.by_weekday(told.days), start=1):
        out.row("weekday", str(weekday), str(count))
    groups = (
        ("source", told.totals.sources),
        ("category", told.totals.categories),
        ("place", told.places),
        ("office", told.offices.named),
    )
    for what, named in groups:
        for one in named:
            out.row(what, one.name, str(one.articles))


# --- for a person --------------------------------------------------------------------------------


def _print(out: Output, told: _Told) -> None:
    count, days = sum(told.days.values()), told.span.days
    said = [
        statistics.span_text(told.span),
        ngettext("{count} article", "{count} articles", count),
        _("{number} a day").format(number=figure(count / days)),
        _("{number} marked read").format(number=i18n.number(sum(told.read.values()))),
    ]
    out.line(Styled(told.source or _("All sources"), "bold"))
    out.line(Styled(SEPARATOR.join(said), "dim"))
    parts = statistics.split(told.span, _ROWS)
    sums = statistics.counted(told.days, parts)
    _bars(
        out, _("Articles over time"), list(zip(map(statistics.span_text, parts), sums, strict=True))
    )
    _bars(out, _("Unread by age"), list(zip(statistics.ages(), told.unread, strict=True)))
    _bars(out, _("By hour"), [(statistics.hour_text(h), n) for h, n in enumerate(told.hours)])
    weekdays = WORDS[i18n.language()].weekdays
    _bars(out, _("By weekday"), list(zip(weekdays, statistics.by_weekday(told.days), strict=True)))
    groups = (
        (_("Sources"), told.totals.sources),
        (_("Categories"), told.totals.categories),
        (_("By place"), told.places),
        (_("By office"), told.offices.named),
    )
    for heading, named in groups:
        _bars(out, heading, [(one.name, one.articles) for one in named])
    if told.offices.named:
        out.line(Styled(statistics.looked_through(told.offices), "dim"))


def _bars(out: Output, heading: str, rows: Sequence[tuple[str, int]]) -> None:
    """A table of names, numbers and bars; nothing where all numbers are nought."""
    from kaltimtui import text

    most = max((count for _name, count in rows), default=0)
    if not most:
        return
    out.line()
    out.line(Styled(heading.upper(), "accent"))
    shown = [text.fit(text.inline(name), min(_NAME, out.width // 2)) for name, _count in rows]
    column = max(map(text.width, shown))
    room = max(0, min(_LONGEST, out.width - column - _COUNT - len("  ") * 2))
    for name, (_name, count) in zip(shown, rows, strict=True):
        padded = name + " " * (column - text.width(name))
        said = f"{i18n.number(count):>{_COUNT}}  "
        out.line("  ", padded, Styled(said, "dim"), Styled(bar(count, most, room), "accent"))
