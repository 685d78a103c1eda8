"""Subscriptions from and to other programs: ``opml import`` and ``opml export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output

STANDARD_STREAM: Final = "-"
ENTRIES_TOLD: Final = 50
"""Entries of each kind that are told of on standard error."""


def run_import(context: Context) -> int:
    """Subscribe to what a list names, and say of each entry that is not taken why."""
    from kaltimtui import subscriptions

    out = context.out
    data = _read(context.values.file)
    with context.library(to_change=True) as library:
        report = subscriptions.of(library).import_opml(
            data, allow_private=context.values.allow_private
        )
    tell_entries(out, report.refused, report.repeated)
    out.tell(report.told() + ".")
    if out.json:
        said = {
            "added": report.added,
            "known": report.known,
            "refused": report.refused,
            "repeated": report.repeated,
        }
        out.data({name: list(entries) for name, entries in said.items()})
    return 1 if report.refused else 0


def tell_entries(
    out: Output, refused: Sequence[str], repeated: Sequence[str], before: str = ""
) -> None:
    """A line for each entry that is not taken, and for each that was there before it."""
    for say, entries in ((out.fail, refused), (out.tell, repeated)):
        for said in entries[:ENTRIES_TOLD]:
            say(before + said)
        if left := len(entries[ENTRIES_TOLD:]):
            more = ngettext(
                "{count} more entry like these; --json tells all.",
                "{count} more entries like these; --json tells all.",
                left,
            )
            say(before + more)


def run_export(context: Context) -> int:
    """Write the sources to a file, or to standard output."""
    from kaltimtui import subscriptions

    out, name = context.out, context.values.file
    with context.library() as library:
        sources = subscriptions.of(library)
        written = sources.export_opml()
        count = sum(1 for source in sources.all() if source.url)
    into_file = name is not None and name != STANDARD_STREAM
    if into_file:
        _write(Path(name), written, force=context.values.force)
        told = ngettext("{count} source", "{count} sources", count)
        out.tell(_("{path}: {what} written.").format(path=name, what=told))
    if out.json:
        opml = None if into_file else written.decode()
        out.data({"path": name if into_file else None, "sources": count, "opml": opml})
    elif not into_file:
        out.own(written.decode())
    return 0


def _write(path: Path, data: bytes, *, force: bool) -> None:
    from kaltimtui import subscriptions

    try:
        subscriptions.write_list(path, data, replace=force)
    except UsageError as error:
        hint = _("Give another name, or --force to replace it.")
        raise UsageError(error.message, hint=hint) from None


def _read(name: str) -> bytes:
    from kaltimtui import subscriptions
    from kaltimtui.library import SIZE_LIMIT

    if name == STANDARD_STREAM:
        return sys.stdin.buffer.read(SIZE_LIMIT + 1)
    return subscriptions.read_list(Path(name))
