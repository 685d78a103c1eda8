"""Everything the user made, out and in: ``userdata export`` and ``userdata import``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.document import Json
    from kaltimtui.userdata import Report

STANDARD_STREAM: Final = "-"


def run_export(context: Context) -> int:
    """Write the file, or print it."""
    out, name = context.out, context.values.file
    into_file = name is not None and name != STANDARD_STREAM
    with context.library() as library:
        made = library.export_userdata()
        if into_file:
            _write(Path(name), made, force=context.values.force)
        else:
            for piece in made:
                out.own(piece.decode())
    if into_file:
        out.tell(_("{path}: {what} written.").format(path=name, what=_counted(made.counts)))
        if out.json:
            out.data({"path": name, **made.counts})
    return 0


def run_import(context: Context) -> int:
    """Take in what a file holds, and say of each thing that is not taken why."""
    out, values = context.out, context.values
    file = sys.stdin.buffer if values.file == STANDARD_STREAM else Path(values.file)
    with context.library(to_change=not values.dry_run) as library:
        report = library.import_userdata(file, dry_run=values.dry_run)
    tell(out, report, dry_run=values.dry_run)
    if out.json:
        out.data(report_json(report))
    return 1 if report.refused else 0


def tell(out: Output, report: Report, *, dry_run: bool, before: str = "") -> None:
    """A line for each thing that is not taken, and the sum."""
    from kaltimtui.cli.opml import tell_entries

    passed = _("“{name}” is not known, and was passed over.")
    unknown = [passed.format(name=name) for name in report.ignored]
    tell_entries(out, report.refused, unknown, before)
    told = _("{read}; nothing was kept.").format(read=report.told())
    out.tell(before + (told if dry_run else report.told() + "."))


def report_json(report: Report) -> Json:
    """What became of a file, as other programs get it."""
    return {
        "sources": list(report.sources),
        "tags": report.tags,
        "searches": report.searches,
        "rules": report.rules,
        "articles": report.articles,
        "refused": list(report.refused),
        "ignored": list(report.ignored),
    }


def _write(path: Path, made: Iterable[bytes], *, force: bool) -> None:
    from kaltimtui import subscriptions

    try:
        subscriptions.write_list(path, made, replace=force)
    except UsageError as error:
        hint = _("Give another name, or --force to replace it.")
        raise UsageError(error.message, hint=hint) from None


def _counted(counts: Mapping[str, int]) -> str:
    found = {
        name: counts.get(name, 0) for name in ("sources", "searches", "rules", "marks", "read")
    }
    parts = (
        ngettext("{count} source", "{count} sources", found["sources"]),
        ngettext("{count} saved search", "{count} saved searches", found["searches"]),
        ngettext("{count} rule", "{count} rules", found["rules"]),
        ngettext("{count} marked article", "{count} marked articles", found["marks"]),
        ngettext("{count} read", "{count} read", found["read"]),
    )
    return ", ".join(parts)
