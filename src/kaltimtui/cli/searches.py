"""Looking after the saved searches: ``searches list``, ``add``, ``edit``, ``move``, ``remove``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui import organising
from kaltimtui.cli.table import table, troubles
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from kaltimtui.cli.context import Context
    from kaltimtui.document import Json
    from kaltimtui.models import Change, SavedSearch


def run_list(context: Context) -> int:
    """Print every saved search, with what is unread in it now."""
    out = context.out
    with context.library() as library:
        organised = organising.of(library)
        organised.settle()
        searches = organised.searches()
    if out.json:
        for one in searches:
            out.data(search_json(one))
    elif out.terminal:
        table(out, [(one.name, _unread(one), one.folder or "", one.query) for one in searches])
        troubles(out, ((one.name, one.trouble) for one in searches))
    else:
        for one in searches:
            out.row(one.name, str(one.unread), one.folder or "", one.query)
    if not searches:
        out.tell(_("No saved searches."))
    return 0


def run_add(context: Context) -> int:
    """Save a search."""
    values = context.values
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number, change = organised.add_search(values.name, " ".join(values.query), values.folder)
        return _told(context, organised.search(number), change)


def run_edit(context: Context) -> int:
    """Change what is given of a saved search."""
    values = context.values
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number = organised.find_search(values.search).id
        change = organised.change_search(
            number,
            name=values.name,
            query=values.query,
            folder=... if values.folder is None else values.folder,
        )
        return _told(context, organised.search(number), change)


def run_move(context: Context) -> int:
    """Move a saved search within its folder."""
    by = way(context.values)
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number = organised.find_search(context.values.search).id
        return _told(context, organised.search(number), organised.move_search(number, by))


def run_remove(context: Context) -> int:
    """Forget a saved search."""
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        found = organised.find_search(context.values.search)
        return _told(context, found, organised.remove_search(found.id))


def way(values: argparse.Namespace) -> int:
    """By how many places to move something down. Raises UsageError where that was not said."""
    if values.up is None and values.down is None:
        raise UsageError(
            _("Missing: {what}.").format(what="--up | --down"), hint=_("Such as --up 1.")
        )
    return int(values.down or 0) - int(values.up or 0)


def search_json(one: SavedSearch) -> Json:
    """A saved search as other programs get it."""
    return {
        "name": one.name,
        "query": one.query,
        "folder": one.folder,
        "place": one.place,
        "unread": one.unread,
        "error": one.trouble,
    }


def _unread(one: SavedSearch) -> str:
    return ngettext("{count} unread", "{count} unread", one.unread)


def _told(context: Context, one: SavedSearch | None, change: Change) -> int:
    if one is not None:
        context.out.changed(one.name, change, search_json(one))
    return 0
