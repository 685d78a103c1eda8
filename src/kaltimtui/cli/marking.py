"""Changing marks: ``mark``, ``undo`` and ``redo``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import Marking, View, ViewKind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from kaltimtui.cli.context import Context
    from kaltimtui.document import Json
    from kaltimtui.library import Library
    from kaltimtui.models import Change

_SWITCHES: Final = (
    ("read", Marking("read", True)),
    ("unread", Marking("read", False)),
    ("star", Marking("starred", True)),
    ("unstar", Marking("starred", False)),
    ("later", Marking("later", True)),
    ("unlater", Marking("later", False)),
    ("hide", Marking("hidden", True)),
    ("unhide", Marking("hidden", False)),
)


def run_mark(context: Context) -> int:
    """Mark articles in one step: those of some ids, or all that a search finds."""
    markings = _markings(context.values)
    if not markings:
        raise UsageError(
            _("No mark was given."), hint=_("Such as --star, --read, --tag TAG or --note TEXT.")
        )
    if context.values.query is None:
        return _mark_named(context, markings)
    return _mark_found(context, markings)


def _mark_found(context: Context, markings: Sequence[Marking]) -> int:
    if context.values.id:
        raise UsageError(
            _("{name} and {what} exclude each other.").format(name="--query", what="ID"),
            hint=_("Put a query of several words into quotes."),
        )
    query = context.values.query
    if not query.strip():
        raise UsageError(_("There is nothing to search for."), hint=_("Give a word or a phrase."))
    found = View(ViewKind.SEARCH, query=query)
    with context.library(to_change=True) as library:
        trying = context.values.dry_run
        change = (library.would_mark if trying else library.mark_view)(found, *markings)
    _report(context, change, _told(context), failed=[])
    return 0


def _mark_named(context: Context, markings: Sequence[Marking]) -> int:
    """Mark what has the ids; those that name nothing are told, and the others marked."""
    if not context.values.id:
        raise UsageError(
            _("Missing: {what}.").format(what="ID | --query"),
            hint=_("“kaltimtui list” shows the ids."),
        )
    with context.library(to_change=True) as library:
        ids, failed = resolved(library, context.values.id)
        change = None
        if ids and context.values.dry_run:
            change = library.would_mark(ids, *markings)
        elif ids:
            change = library.mark(ids, markings)
    for name, reason in failed:
        context.out.fail(f"{name}: {reason}")
    said = [{"id": name, "error": reason} for name, reason in failed]
    _report(context, change, _told(context), failed=said)
    if not failed:
        return 0
    return 1 if ids else 2


def _told(context: Context) -> str:
    """How a change is told of that was made, or tried."""
    return _("Nothing is marked; it would be: {change}") if context.values.dry_run else "{change}"


def run_undo(context: Context) -> int:
    """Take back the last change."""
    nothing = _("There is nothing to undo.")
    return _step(context, lambda library: library.undo(), _("Undone: {change}"), nothing)


def run_redo(context: Context) -> int:
    """Make the change that was last taken back."""
    nothing = _("There is nothing to redo.")
    return _step(context, lambda library: library.redo(), _("Done again: {change}"), nothing)


def _step(
    context: Context, step: Callable[[Library], Change | None], told: str, nothing: str
) -> int:
    """Go a step of the journal, and tell of it or that there is none."""
    with context.library(to_change=True) as library:
        change = step(library)
    if change is None:
        context.out.tell(nothing)
    _report(context, change, told)
    return 0


def _markings(values: argparse.Namespace) -> list[Marking]:
    markings = [marking for name, marking in _SWITCHES if getattr(values, name)]
    markings += [Marking("tag", tag) for tag in values.tag]
    markings += [Marking("tag", tag, remove=True) for tag in values.untag]
    if values.note is not None:
        markings.append(Marking("note", values.note or None))
    return markings


def resolved(library: Library, names: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The full ids, and the names that are none, each with the reason."""
    ids: list[str] = []
    failed = []
    for name in names:
        try:
            ids.append(library.resolve(name))
        except UsageError as error:
            failed.append((name, str(error)))
    return ids, failed


def _report(
    context: Context,
    change: Change | None,
    told: str = "{change}",
    failed: list[Json] | None = None,
) -> None:
    if change is not None:
        context.out.tell(told.format(change=change.description))
    if context.out.json:
        said: Json = {
            "description": change.description if change else None,
            "articles": list(change.articles) if change else [],
            "changed": change.count if change else 0,
        }
        context.out.data(said if failed is None else {**said, "failed": failed})
