"""The keys of the reader: ``keys``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _
from kaltimtui.styled import Styled
from kaltimtui.ui import actions

if TYPE_CHECKING:
    from kaltimtui.cli.context import Context


def run(context: Context) -> int:
    """Print every action with its keys, under its heading; as JSON, one action a line."""
    out = context.out
    if out.json:
        for action in actions.ACTIONS:
            out.data(
                {
                    "action": action.name,
                    "keys": list(action.keys),
                    "title": _(action.title),
                    "group": _(action.group),
                    "where": sorted(action.where),
                }
            )
        return 0
    column = max(len(_labels(action)) for action in actions.ACTIONS) + 2
    for place, (group, members) in enumerate(actions.groups().items()):
        if place:
            out.line()
        out.line(Styled(_(group).upper(), "accent"))
        for action in members:
            out.line("  ", Styled(_labels(action).ljust(column), "bold"), _(action.title))
    return 0


def _labels(action: actions.Action) -> str:
    return " ".join(actions.labels(action)) or _("palette")
