"""How the screen and the commands word the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.i18n import N_

if TYPE_CHECKING:
    from kaltimtui.models import RelatedGroup

GROUPS: Final[tuple[tuple[RelatedGroup, str], ...]] = (
    ("related", N_("Related news")),
    ("latest", N_("Latest")),
    ("popular", N_("Most read")),
)
"""The groups of related items in the order they are shown, each with its name as a message id."""
SEPARATOR: Final = " · "
STAR: Final = "★"
LATER: Final = "◷"
UNREAD: Final = "●"
_INITIALS: Final = 3
_ENDS: Final = (".", "!", "?", "…", "”", '"', ":")


def place_name(dateline: str) -> str:
    """A dateline as it reads within a line: ``BALIKPAPAN`` is Balikpapan, ``IKN`` stays."""
    return dateline.title() if dateline.isupper() and len(dateline) > _INITIALS else dateline


def caption_line(caption: str | None, credit: str | None) -> str:
    """A caption and its credit, with a full stop between them where there is none."""
    said, owed = text.inline(caption or "", text.BLOCK_LIMIT), text.inline(credit or "")
    if said and owed and not said.endswith(_ENDS):
        said += "."
    return " ".join(filter(None, (said, owed)))
