"""What is done with rules: add, change, turn off, put in order, apply, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.controllers.editing import Editing
from kaltimtui.ui.screens.rule_form import RuleForm

if TYPE_CHECKING:
    from kaltimtui.rule import Rule
    from kaltimtui.ui.screens.rule_form import Kept
    from kaltimtui.ui.screens.rules import RulesScreen


class Ruling(Editing):
    """The actions of the table of rules."""

    def __init__(self, screen: RulesScreen) -> None:
        super().__init__(screen)
        self._screen = screen

    # Writing one

    def add_rule(self) -> None:
        """Write a new one."""
        self.write()

    def edit_rule(self) -> None:
        """Write the one under the cursor anew."""
        rule = self._screen.current
        if rule is not None:
            self.write(rule)

    def write(self, rule: Rule | None = None, query: str = "") -> None:
        """Open the form: of a rule, or of a new one for a search."""
        form = RuleForm(self._screen.reader, self._screen.organising, rule, query)
        self._screen.app.push_screen(form, self._written)

    def _written(self, kept: Kept | None) -> None:
        if kept is None:
            self._screen.reload()  # it may have been left while it was being kept
        else:
            self._screen.say(kept.told)
            self._screen.changed(kept.rule)

    def rename_rule(self) -> None:
        """Ask for another name."""
        rule = self._screen.current
        if rule is not None:
            self.ask(_("Name:"), partial(self._rename, rule.id), rule.name)

    def _rename(self, rule: int, name: str) -> None:
        change = partial(self._screen.organising.change_rule, rule, name=name)
        self.do(partial(self.set, change))

    # At once

    def turn_rule(self) -> None:
        """Turn it off, or on again."""
        rule = self._screen.current
        if rule is not None:
            said = _("“{name}” is off; what it did stays") if rule.enabled else _("“{name}” is on")
            change = partial(self._screen.organising.change_rule, rule.id, enabled=not rule.enabled)
            told = said.format(name=text.inline(rule.name))
            self.step(change, lambda _what: told)

    def lower_rule(self) -> None:
        """Let it act after the next one."""
        self._move(1)

    def raise_rule(self) -> None:
        """Let it act before the one above it."""
        self._move(-1)

    def _move(self, by: int) -> None:
        rule = self._screen.current
        if rule is not None:
            self.do(partial(self.set, partial(self._screen.organising.move_rule, rule.id, by)))

    def apply_rule(self) -> None:
        """Do it to all that is here already, as one step."""
        rule = self._screen.current
        if rule is not None:
            self._screen.say(_("Applying “{name}” …").format(name=text.inline(rule.name)))
            call = partial(self._screen.organising.apply_to_past, rule.id)
            self.step(call, _("Done: {what}; u takes it back").format_map)

    def remove_rule(self) -> None:
        """Remove it; undo brings it back."""
        rule = self._screen.current
        if rule is not None:
            said = _("{source} removed; u brings it back").format(source=text.inline(rule.name))
            self.step(partial(self._screen.organising.remove_rule, rule.id), lambda _what: said)

    def show_found(self) -> None:
        """To the articles that it finds."""
        rule = self._screen.current
        if rule is not None:
            self.show(View(ViewKind.SEARCH, query=rule.query))
