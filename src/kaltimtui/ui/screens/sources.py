"""The sources: how each fares, and all that can be done with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import i18n, subscriptions
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Hint, Pane
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.movement import Motion
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.status import shown_hints
from kaltimtui.ui.controllers.subscribing import Subscribing
from kaltimtui.ui.screens.acting import bindings
from kaltimtui.ui.screens.table import TableScreen
from kaltimtui.ui.sourcetext import heading_text, source_row
from kaltimtui.ui.widgets.lines import BottomLine, TopLine
from kaltimtui.ui.widgets.list_pane import EmptyNotice
from kaltimtui.ui.widgets.prompt import Prompt
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.models import Source
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import Row


class _ColumnNames(Widget):
    """What stands in which column."""

    DEFAULT_CSS = "_ColumnNames { height: 1; }"

    width: reactive[int] = reactive(0)

    def render(self) -> Content:
        """The names, over their columns."""
        return Content.styled(f" {heading_text(self.width)}", "bold $ink-muted").truncate(
            self.size.width
        )


class SourcesScreen(TableScreen):
    """The table of sources, over the reader whose library they are of."""

    BINDINGS: ClassVar = bindings({Pane.SOURCES})
    DEFAULT_CSS = """
    SourcesScreen { background: $list-ground; }
    SourcesScreen RowList { height: 1fr; }
    SourcesScreen EmptyNotice { background: $list-ground; }
    SourcesScreen BottomLine { dock: none; height: auto; max-height: 4; }
    SourcesScreen _ColumnNames { background: $list-ground; }
    """
    typing_keeps = frozenset({"back", "quit_now"})

    def __init__(self, reader: MainScreen, *, adding: bool = False) -> None:
        super().__init__()
        self.at = Pane.SOURCES
        self.reader = reader
        self.subscriptions = subscriptions.of(reader.library)
        self.shown: tuple[Source, ...] = ()
        self._adding = adding
        self._wanted: int | None = reader.list_pane.wanted.source
        """Id of the source that the cursor is to be on."""
        self._drawn: dict[Source, Row] = {}
        self._drawn_for: tuple[int, datetime] | None = None
        """Width and minute; during a refresh few sources of a thousand change in a second."""
        self.top, self.bottom = TopLine(), BottomLine(wraps=True)
        self.names, self.table = _ColumnNames(), RowList(self._rows, id="sources")
        self.notice, self.prompt = EmptyNotice(), Prompt()
        self._subscribing = Subscribing(self)
        self._handlers = handlers(Motion(self), Program(self), self._subscribing)

    def compose(self) -> ComposeResult:
        """The table between the lines."""
        yield self.top
        yield self.names
        yield self.table
        yield self.notice
        yield self.prompt
        yield self.bottom

    def on_mount(self) -> None:
        """Show what there is, and follow a refresh."""
        self.top.path = (_("Sources"),)
        self.notice.display = False
        self.follow()
        self._fit()
        self.hint()
        self.reload()
        if self._adding:
            self._subscribing.add_source()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        self.top.display, self.bottom.display = height >= 4, height >= 8
        self.names.display = height >= 6

    # What is shown

    def reload(self) -> None:
        """Read the sources anew."""
        self.begin(self._load, group="sources")

    async def _load(self) -> None:
        current = self.current
        self.shown = await asyncio.to_thread(self.subscriptions.all)
        wanted = self._wanted or (current.id if current is not None else None)
        self._wanted = None
        places = (place for place, one in enumerate(self.shown) if one.id == wanted)
        self.table.renew(next(places, None))
        self.notice.message = "" if self.shown else _("No source yet. Press a to add one.")
        self.notice.display = not self.shown

    def select(self, source: int) -> None:
        """Read the sources anew, with the cursor on this one."""
        self._wanted = source
        self.reload()

    def _rows(self, width: int) -> list[Row]:
        self.names.width = width
        now = self.reader.clock()
        drawn_for = width, now.replace(second=0, microsecond=0)
        if drawn_for != self._drawn_for:
            self._drawn_for, self._drawn = drawn_for, {}
        for source in self.shown:
            if source not in self._drawn:
                self._drawn[source] = source_row(source, now, width)
        return [self._drawn[source] for source in self.shown]

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        place = self.table.cursor
        return self.shown[place] if 0 <= place < len(self.shown) else None

    @on(RowList.Moved)
    def _moved(self) -> None:
        count, place = len(self.shown), self.table.cursor + 1
        said = _("{place} of {total}")
        self.bottom.place = (
            said.format(place=i18n.number(place), total=i18n.number(count)) if count else ""
        )

    @on(RowList.Activated)
    def _entered(self) -> None:
        self._subscribing.open()

    # What the screens with actions have in common

    @property
    def typing(self) -> bool:
        """Whether something is asked for."""
        return self.prompt.line.has_focus

    def hint(self) -> None:
        """Say what can be done."""
        if self.prompt.display:
            self.bottom.keys = (Hint("Enter", _("done")), Hint("Esc", _("leave it"), "back"))
        else:
            self.bottom.keys = shown_hints(Pane.SOURCES)

    @on(Prompt.Closed)
    def _answered(self) -> None:
        self.hint()

    def changed(self, select: int | None = None) -> None:
        """The sources are others now, here and in the tree."""
        if select is not None:
            self._wanted = select
        self.reload()
        self.reader.show_news()
