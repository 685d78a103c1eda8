"""The links of an article in a sheet: what each is called, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.content import Content

from kaltimtui import text
from kaltimtui.i18n import _, ngettext, number
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.screens.sheet import Sheet
from kaltimtui.ui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kaltimtui.ui.links import Link
    from kaltimtui.ui.widgets.row_list import Piece

_HERE: Final = "›"
_HOST: Final = 28
"""Cells of a host at most, where it stands beside the text."""
_BESIDE: Final = 52
"""Cells from which on it does."""


class Asked(NamedTuple):
    """What is to be done with a link."""

    url: str
    forced: bool = False
    """Whether it is to be opened in the browser, whatever it leads to."""
    copied: bool = False


class LinksScreen(Sheet[Asked]):
    """A sheet over the reader; it ends with what to do with which link, or with nothing."""

    DEFAULT_CSS = """
    LinksScreen #sheet { width: 96; }
    LinksScreen.-low #title { max-height: 1; }
    """
    BINDINGS: ClassVar = [
        Binding("enter,l", "open", show=False),
        Binding("o", "browse", show=False),
        Binding("y", "copy", show=False),
        Binding("i", "leave", show=False),
    ]

    def __init__(self, links: Sequence[Link], here: Mapping[str, str]) -> None:
        """``here``: the addresses among them that lead to articles in the store."""
        super().__init__()
        self._links, self._here = links, here

    def title_shown(self) -> Content:
        """How many there are, and what the sign behind some means."""
        count = len(self._links)
        nested = ngettext("{count} link", "{count} links", count)
        title = Content.styled(nested, "bold $ink-strong")
        if not self._here:
            return title
        sign = _("{sign} is here to read").format(sign=_HERE)
        return Content.assemble(title, (f" · {number(len(self._here))} {sign}", "$ink-muted"))

    def rows(self, width: int) -> list[Row]:
        """Number, text and host of each; the host below where there is little room."""
        digits = len(str(len(self._links))) + 1
        if width < _BESIDE:
            return [self._low_row(link, digits, width) for link in self._links]
        hosts = min(_HOST, max((len(link.host) for link in self._links), default=0))
        return [self._row(link, digits, width, hosts) for link in self._links]

    def _row(self, link: Link, digits: int, width: int, hosts: int) -> Row:
        room = width - digits - hosts - 6
        return Row(
            (
                (
                    *self._called(link, digits, room),
                    (" " * (room - text.width(text.fit(link.said, room))), "plain"),
                    (f"  {text.fit(link.host, hosts)}", "meta"),
                ),
            )
        )

    def _low_row(self, link: Link, digits: int, width: int) -> Row:
        below = (" " * (digits + 1) + text.fit(link.host, width - digits - 2), "meta")
        return Row((self._called(link, digits, width - digits - 4), (below,)))

    def _called(self, link: Link, digits: int, room: int) -> tuple[Piece, ...]:
        sign = (_HERE if link.url in self._here else " ", "accent")
        return (
            (f"{link.number:>{digits}} ", "meta"),
            (text.fit(link.said, room), "plain"),
            (" ", "plain"),
            sign,
        )

    def hints(self) -> tuple[Hint, ...]:
        """All four, always."""
        return (
            Hint("Enter", _("open"), "open"),
            Hint("o", _("browser"), "browse"),
            Hint("y", _("copy"), "copy"),
            Hint("Esc", _("leave"), "leave"),
        )

    @on(RowList.Activated)
    def _entered(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the link under the cursor, here where that can be."""
        self.dismiss(Asked(self._url))

    def action_browse(self) -> None:
        """Open it in the browser."""
        self.dismiss(Asked(self._url, forced=True))

    def action_copy(self) -> None:
        """Copy its address."""
        self.dismiss(Asked(self._url, copied=True))

    @property
    def _url(self) -> str:
        return self._links[self._list.cursor].url
