"""The rules: what is done with news by itself, in the order in which it is done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on

from kaltimtui import organising
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.movement import Motion
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.ruling import Ruling
from kaltimtui.ui.ruletext import heading_text, rule_row
from kaltimtui.ui.screens.acting import bindings
from kaltimtui.ui.screens.table import EditedTable
from kaltimtui.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from kaltimtui.rule import Rule
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.lines import Glance
    from kaltimtui.ui.widgets.row_list import Row


class RulesScreen(EditedTable):
    """The table of rules, over the reader whose library they are of."""

    BINDINGS: ClassVar = bindings({Pane.RULES})
    shown: tuple[Rule, ...] = ()

    def __init__(self, reader: MainScreen, *, query: str | None = None) -> None:
        """``query``: begin with a new rule for this search."""
        super().__init__(reader, Pane.RULES, heading_text)
        self.organising = organising.of(reader.library)
        self.found: dict[str, int] = {}
        """How many articles a search found in the last days, as far as that is known."""
        self._counted: set[str] = set()
        """Searches whose number is that of now."""
        self._query = query
        self._wanted: int | None = None
        """Id of the rule that the cursor is to be on."""
        self._fetching = False
        self._drawn: dict[tuple[Rule, int | None], Row] = {}
        self._drawn_for = 0
        """Width; of some hundred rules one gets its number at a time."""
        self._ruling = Ruling(self)
        self._handlers = handlers(Motion(self), Program(self), self._ruling)

    def on_mount(self) -> None:
        """Begin with a new rule, where one is wanted."""
        self.top.path = (_("Rules"),)
        if self._query is not None:
            self._ruling.write(query=self._query)

    # What is shown

    def reload(self) -> None:
        """Read the rules anew."""
        self.begin(self._load, group="rules")

    async def _load(self) -> None:
        current = self.current
        self.shown = await asyncio.to_thread(self.organising.rules)
        wanted = self._wanted or (current.id if current is not None else None)
        self._wanted = None
        places = (place for place, one in enumerate(self.shown) if one.id == wanted)
        self.show(next(places, None), _("No rule yet. Press a to write one."))
        self.begin(self._count, group="trials")

    async def _count(self) -> None:
        """Find out what each would have found of late, one after the other."""
        for rule in self.shown:
            if rule.trouble is None and rule.query not in self._counted:
                trial = await asyncio.to_thread(self.organising.trial, rule.query)
                self.found[rule.query] = trial.count
                self._counted.add(rule.query)
                self.table.renew()

    def _glanced(self, glance: Glance) -> None:
        """After a refresh, the numbers are others."""
        super()._glanced(glance)
        if self._fetching and glance.progress is None:
            self._counted.clear()
            self.reload()
        self._fetching = glance.progress is not None

    def rows(self, width: int) -> list[Row]:
        """The rows, for so many cells."""
        self.names.width = width
        if width != self._drawn_for:
            self._drawn_for, self._drawn = width, {}
        said = [(rule, self.found.get(rule.query)) for rule in self.shown]
        self._drawn = {one: self._drawn.get(one) or rule_row(*one, width) for one in said}
        return [self._drawn[one] for one in said]

    @property
    def current(self) -> Rule | None:
        """The rule under the cursor."""
        place = self.table.cursor
        return self.shown[place] if 0 <= place < len(self.shown) else None

    @on(RowList.Activated)
    def _entered(self) -> None:
        self._ruling.edit_rule()

    def changed(self, select: int | None = None) -> None:
        """The rules are others now, and so may be the marks of articles."""
        if select is not None:
            self._wanted = select
        self._counted.clear()
        self.reload()
        self.reader.show_news()
