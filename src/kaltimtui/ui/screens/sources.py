"""The sources: how each fares, and all that can be done with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on

from kaltimtui import subscriptions
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.movement import Motion
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.subscribing import Subscribing
from kaltimtui.ui.screens.acting import bindings
from kaltimtui.ui.screens.table import EditedTable
from kaltimtui.ui.sourcetext import heading_text, source_row
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.models import Source
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import Row


class SourcesScreen(EditedTable):
    """The table of sources, over the reader whose library they are of."""

    BINDINGS: ClassVar = bindings({Pane.SOURCES})
    shown: tuple[Source, ...] = ()

    def __init__(self, reader: MainScreen, *, adding: bool = False) -> None:
        super().__init__(reader, Pane.SOURCES, heading_text)
        self.subscriptions = subscriptions.of(reader.library)
        self._adding = adding
        self._wanted: int | None = reader.list_pane.wanted.source
        """Id of the source that the cursor is to be on."""
        self._drawn: dict[Source, Row] = {}
        self._drawn_for: tuple[int, datetime] | None = None
        """Width and minute; during a refresh few sources of a thousand change in a second."""
        self._subscribing = Subscribing(self)
        self._handlers = handlers(Motion(self), Program(self), self._subscribing)

    def on_mount(self) -> None:
        """Ask for an address, where one is to be added."""
        self.top.path = (_("Sources"),)
        if self._adding:
            self._subscribing.add_source()

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
        self.show(next(places, None), _("No source yet. Press a to add one."))

    def select(self, source: int) -> None:
        """Read the sources anew, with the cursor on this one."""
        self._wanted = source
        self.reload()

    def rows(self, width: int) -> list[Row]:
        """The rows, for so many cells."""
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

    @on(RowList.Activated)
    def _entered(self) -> None:
        self._subscribing.open()

    def changed(self, select: int | None = None) -> None:
        """The sources are others now, here and in the tree."""
        if select is not None:
            self._wanted = select
        self.reload()
        self.reader.show_news()
