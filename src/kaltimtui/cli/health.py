"""Whether all is well, and where things are: ``doctor`` and ``paths``."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Final

from kaltimtui import __version__, dates, i18n
from kaltimtui.cli.output import PROGRAM
from kaltimtui.errors import StoreError
from kaltimtui.i18n import N_, _, ngettext
from kaltimtui.styled import Styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.document import Json
    from kaltimtui.library import Check, Copy, Library, Report, Room
    from kaltimtui.models import Source
    from kaltimtui.paths import Paths

_INSTALLED: Final = ("textual", "rich", "lxml", "feedparser", "fastfeedparser", "readability-lxml")
_SHOWN: Final = 20
"""Sources whose room a person is told of."""
_CHECKS: Final = {
    "open": N_("opening"),
    "permissions": N_("permissions"),
    "integrity": N_("integrity"),
    "counters": N_("counters"),
    "marks": N_("marks"),
    "stories": N_("stories"),
    "index": N_("index of words"),
    "numbers": N_("numbers"),
    "settings": N_("settings"),
}
"""What the checks of the library are called before a user."""


def run_doctor(context: Context) -> int:
    """Print what is installed, where files are and what was found in the store."""
    from kaltimtui.cli.sources import health_json
    from kaltimtui.library import Library

    library = Library.open_anyway(
        context.paths, clock=context.clock, upgrading=context.tell_of_upgrade
    )
    try:
        report = library.doctor(repair=context.values.repair, compact=context.values.compact)
        report = report._replace(checks=(*report.checks, *_settings(context)))
        known = _sources(library)
    finally:
        library.close()
    versions = {**_versions(), "sqlite": report.sqlite}
    places = _places(context.paths)
    for check in report.checks:
        if not check.ok:
            context.out.fail(f"{_check_name(check)}: {check.detail}")
    if context.out.json:
        context.out.data(
            {
                "ok": report.ok,
                "versions": versions,
                "paths": places,
                "store": {
                    "path": report.store,
                    "bytes": report.bytes,
                    "free": report.free,
                    "version": report.version,
                    "articles": report.articles,
                    "unread": report.unread,
                    "sources": report.sources,
                },
                "checks": [
                    {"name": check.name, "ok": check.ok, "detail": check.detail}
                    for check in report.checks
                ],
                "repairs": list(report.repairs),
                "room": [one._asdict() for one in report.room],
                "copies": [_copy_json(copy) for copy in report.copies],
                "sources": [health_json(source) for source in known],
            }
        )
    else:
        _print(context.out, report, versions, places)
        _print_copies(context.out, report.copies, context.clock())
        _print_room(context.out, report.room)
        _print_failing(context.out, known)
    return 0 if report.ok else 1


def _settings(context: Context) -> list[Check]:
    """A check for each thing in the settings that cannot be taken, or one where all can."""
    from kaltimtui.library import Check

    wrong = [Check("settings", ok=False, detail=said) for said in context.settings[1]]
    return wrong or [Check("settings", ok=True, detail=_("right"))]


def _sources(library: Library) -> tuple[Source, ...]:
    """The sources, or none where the store cannot be read; that is told of already."""
    from kaltimtui import subscriptions

    try:
        return subscriptions.of(library).all()
    except StoreError:
        return ()


def run_paths(context: Context) -> int:
    """Print the folders and the files of the home, whether they exist or not."""
    places = _places(context.paths)
    if context.out.json:
        context.out.data(places)
    elif context.out.terminal:
        _pairs(context.out, places.items())
    else:
        for name, path in places.items():
            context.out.row(name, path)
    return 0


def _places(paths: Paths) -> dict[str, str]:
    return {
        "config": str(paths.config),
        "data": str(paths.data),
        "cache": str(paths.cache),
        "state": str(paths.state),
        "store": str(paths.store),
    }


def _versions() -> dict[str, str | None]:
    """What is installed; None where it is not."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str | None] = {PROGRAM: __version__, "python": platform.python_version()}
    for name in _INSTALLED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def _check_name(check: Check) -> str:
    return _(_CHECKS.get(check.name, check.name))


def _print(
    out: Output, report: Report, versions: dict[str, str | None], places: dict[str, str]
) -> None:
    out.line(Styled(_("Installed"), "accent"))
    _pairs(out, ((name, found or _("missing")) for name, found in versions.items()))
    out.line()
    out.line(Styled(_("Files"), "accent"))
    _pairs(out, places.items())
    out.line()
    out.line(Styled(_("Store"), "accent"))
    sums = (
        ngettext("{count} article", "{count} articles", report.articles),
        ngettext("{count} unread", "{count} unread", report.unread),
        ngettext("{count} source", "{count} sources", report.sources),
        _kibibytes(report.bytes),
        _("{size} of it unused").format(size=_kibibytes(report.free)),
        _("format {number}").format(number=report.version),
    )
    out.line("  ", ", ".join(sums))
    _pairs(out, ((f"{'✓' if c.ok else '!'} {_check_name(c)}", c.detail) for c in report.checks))
    for done in report.repairs:
        out.line("  ", done)


def _copy_json(copy: Copy) -> Json:
    return {
        "path": str(copy.file),
        "format": copy.format,
        "bytes": copy.bytes,
        "kept": copy.kept.isoformat(),
        "until": copy.until.isoformat(),
    }


def _print_copies(out: Output, copies: Sequence[Copy], now: datetime) -> None:
    """What is kept of the store as it was before upgrades, how long, and what removes it."""
    for copy in copies:
        said = _("Before an upgrade it was of format {number}: {size} in {file}, kept until {day}.")
        size, day = _kibibytes(copy.bytes), _day(copy.until)
        out.line("  ", said.format(number=copy.format, size=size, file=copy.file.name, day=day))
        if now < copy.kept:
            said = _("From {day} on --compact removes that copy.").format(day=_day(copy.kept))
        else:
            said = _("--compact removes that copy.")
        out.line("  ", Styled(said, "dim"))


def _day(moment: datetime) -> str:
    return dates.long(dates.Stamp(moment, "day"))


def _print_room(out: Output, room: Sequence[Room]) -> None:
    """What the largest sources take up; nothing where there is no article."""
    if not room:
        return
    out.line()
    out.line(Styled(_("Room by source, estimated"), "accent"))
    _pairs(out, ((_room_name(one), _room_said(one)) for one in room[:_SHOWN]))
    if len(room) > _SHOWN:
        more = len(room) - _SHOWN
        out.line("  ", ngettext("and {count} more source", "and {count} more sources", more))


def _room_name(one: Room) -> str:
    return _("{name} (removed)").format(name=one.source) if one.removed else one.source


def _room_said(one: Room) -> str:
    articles = ngettext("{count} article", "{count} articles", one.articles)
    return f"{_kibibytes(one.bytes)}, {articles}"


def _kibibytes(size: int) -> str:
    return f"{i18n.number(-(-size // 1024))} KiB"


def _print_failing(out: Output, known: Iterable[Source]) -> None:
    """A line for each source that cannot be fetched; nothing where there is none."""
    from kaltimtui import wording

    failing = [(source, trouble) for source in known if (trouble := wording.trouble(source))]
    if failing:
        out.line()
        out.line(Styled(_("Sources"), "accent"))
        _pairs(out, ((f"! {source.name}", trouble) for source, trouble in failing))


def _pairs(out: Output, pairs: Iterable[tuple[str, str]]) -> None:
    rows = list(pairs)
    column = max(len(name) for name, _value in rows) + 2
    for name, value in rows:
        out.line("  ", Styled(name.ljust(column), "dim"), value)
