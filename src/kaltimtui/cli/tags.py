"""Looking after the tags: ``tags list``, ``rename``, ``remove`` and ``colour``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kaltimtui import text, wording
from kaltimtui.cli.table import table
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    from kaltimtui.cli.context import Context
    from kaltimtui.document import Json
    from kaltimtui.models import Change, TagNode

NO_COLOUR: Final = "none"
_MIXED: Final = re.compile("#[0-9a-f]{6}")


def run_list(context: Context) -> int:
    """Print every tag with its colour and how many articles it has."""
    out = context.out
    with context.library() as library:
        tags = library.tags()
    if out.json:
        for tag in tags:
            out.data(tag_json(tag))
    elif out.terminal:
        table(out, [(tag.name, *_counts(tag), wording.colour(tag.colour)) for tag in tags])
    else:
        for tag in tags:
            out.row(tag.name, tag.colour or "", str(tag.count.total), str(tag.count.unread))
    if not tags:
        out.tell(_("No tags."))
    return 0


def run_rename(context: Context) -> int:
    """Give a tag another name."""
    values = context.values
    with context.library(to_change=True) as library:
        return _told(context, values.old, library.rename_tag(values.old, values.new))


def run_remove(context: Context) -> int:
    """Take a tag from all articles."""
    name: str = context.values.name
    with context.library(to_change=True) as library:
        return _told(context, name, library.remove_tag(name))


def run_colour(context: Context) -> int:
    """Give a tag a colour, or none."""
    name, said = context.values.name, context.values.colour
    colour = None if said == NO_COLOUR else _colour(said)
    with context.library(to_change=True) as library:
        return _told(context, name, library.colour_tag(name, colour))


def tag_json(tag: TagNode) -> Json:
    """A tag as other programs get it."""
    count = tag.count
    return {
        "name": tag.name,
        "colour": tag.colour,
        "total": count.total,
        "unread": count.unread,
    }


def _colour(said: str) -> str:
    """A colour as it is kept. Raises UsageError, with the one that was likely meant."""
    colour = wording.kept_colour(said)
    if colour in wording.TAG_COLOURS or _MIXED.fullmatch(colour):
        return colour
    names = list(map(_, wording.TAG_COLOURS.values()))
    raise UsageError(
        _("“{colour}” is no colour.").format(colour=text.inline(said))
        + wording.meant(colour, names),
        hint=_("Give one of {names}, #rrggbb, or none.").format(names=", ".join(names)),
    )


def _counts(tag: TagNode) -> tuple[str, str]:
    total, unread = tag.count.total, tag.count.unread
    return (
        ngettext("{count} article", "{count} articles", total),
        ngettext("{count} unread", "{count} unread", unread),
    )


def _told(context: Context, name: str, change: Change) -> int:
    context.out.changed(name, change, {"tag": name})
    return 0
