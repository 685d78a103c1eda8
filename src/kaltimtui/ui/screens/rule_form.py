"""Writing a rule, which shows at once what it would have found of late."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from kaltimtui import dates, text
from kaltimtui.errors import KaltimtuiError, QueryError
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui import trying
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.background import Background
from kaltimtui.ui.ruletext import PENDING, changed_words, found_words, sample_row
from kaltimtui.ui.widgets.choices import Choices
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine, Heading, TopLine, fit_lines
from kaltimtui.ui.widgets.row_list import RowList
from kaltimtui.ui.widgets.rule_lines import Draft, RuleLines

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from kaltimtui.organising import Organising
    from kaltimtui.rule import Rule, Trial
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import Row

_TYPING_PAUSE: Final = 0.15
_NAME_LENGTH: Final = 60
"""Characters of a search that its rule is called by where it has no name."""


class Kept(NamedTuple):
    """What became of what was written."""

    rule: int
    told: str


class RuleForm(Screen[Kept | None], Background):
    """Lines to fill in, and below them what would have been found; it ends with what was kept."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    RuleForm {
        background: $list-ground;

        & Heading { background: $list-ground; }
        & RowList { height: 1fr; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("enter,ctrl+s", "keep", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "page(0.5)", show=False, priority=True),
        Binding("pageup", "page(-0.5)", show=False, priority=True),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    def __init__(
        self, reader: MainScreen, organising: Organising, rule: Rule | None = None, query: str = ""
    ) -> None:
        """Of a ``rule`` that there is, or of a new one for a search."""
        super().__init__()
        self._reader, self._organising = reader, organising
        self._rule = rule.id if rule else None
        self._trial: Trial | None = None
        self._tried: str | None = None
        """The search that ``_trial`` is of, or that could not be read."""
        self._past: int | None = None
        self._counted: Draft | None = None
        """What ``_past`` was counted for."""
        self._trying = self._keeping = False
        self._pause: Timer | None = None
        begun = Draft(rule.name, rule.query, rule.actions) if rule else Draft(query=query)
        self.top, self.bottom = TopLine(), BottomLine()
        self.lines = RuleLines(reader.library, begun)
        self.heading, self.samples = Heading(1), RowList(self._rows, id="samples")
        self.samples.can_focus = False
        self.top.path = (_("Rules"), text.inline(rule.name) if rule else _("New rule"))

    def compose(self) -> ComposeResult:
        """The lines, and below them what would have been found."""
        yield self.top
        yield self.lines
        yield self.heading
        yield self.samples
        yield self.bottom

    def on_mount(self) -> None:
        """Try what there is of it."""
        self.top.clock = dates.clock(self._reader.clock())
        self.heading.lit = True
        self.bottom.over = False
        said = ngettext("in the last {count} day", "in the last {count} days", trying.DAYS)
        self.heading.name_shown = said
        self._fit()
        self._hint()
        self._try()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        fit_lines(self.top, self.bottom, height)
        self.lines.fit()

    @property
    def draft(self) -> Draft:
        """What is written so far."""
        return self.lines.draft

    # Trying it: one thing after the other, always for what is written last

    @on(RuleLines.Changed)
    def _changed(self) -> None:
        """Try it once the typing pauses."""
        self.bottom.say("")
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_TYPING_PAUSE, self._try, name="trial")

    def _try(self) -> None:
        self._describe()
        if not self._trying and self._untried:
            self._trying = True
            self.begin(self._keep_trying, group="trial", replacing=False)

    @property
    def _untried(self) -> bool:
        """Whether there is something to try that is not known yet."""
        draft = self.draft
        return draft.query != self._tried or (draft.past and not self._is_counted(draft))

    def _is_counted(self, draft: Draft) -> bool:
        counted = self._counted
        return counted is not None and (counted.query, counted.actions) == draft[1:3]

    async def _keep_trying(self) -> None:
        try:
            while self._untried:
                draft = self.draft
                if draft.query != self._tried:
                    await self._find(draft.query)
                else:
                    await self._count(draft)
                self._describe()
        finally:
            self._trying = False

    async def _find(self, query: str) -> None:
        """What the search would have found; where it cannot be read, why."""
        trial, wrong = None, None
        if query.strip():
            try:
                trial = await asyncio.to_thread(self._organising.trial, query, trying.DAYS)
            except KaltimtuiError as error:
                wrong = error
        self._tried = query
        if query != self.draft.query:
            return
        self._trial = trial
        if wrong is not None:
            self.lines.complain(wrong)
        self.samples.renew(0)

    async def _count(self, draft: Draft) -> None:
        """How many articles it would change of those that are here."""
        call = partial(trying.would_change, self._organising, draft.query, draft.actions)
        try:
            self._past = await asyncio.to_thread(call)
        except KaltimtuiError:  # which is told of the search itself
            self._past = None
        self._counted = draft

    def _describe(self) -> None:
        """Say how much would have been found, and would be changed."""
        draft = self.draft
        found = found_words(self._trial.count) if self._trial is not None else ""
        self.heading.detail = found if draft.query == self._tried else PENDING
        self.lines.say_past(self._past_words(draft) if draft.past else "")

    def _past_words(self, draft: Draft) -> str:
        if not self._is_counted(draft):
            return PENDING
        return changed_words(self._past) if self._past is not None else ""

    def _rows(self, width: int) -> list[Row]:
        now, trial = self._reader.clock(), self._trial
        return [sample_row(row, now, width) for row in trial.samples] if trial else []

    # Keeping it

    @on(RuleLines.Submitted)
    def action_keep(self) -> None:
        """Keep what is written; where something is missing, say so."""
        draft = self.draft
        if not draft.query.strip():
            self.bottom.say(_("Type what the rule looks for."))
            self.set_focus(self.lines.search.box)
        elif not draft.actions:
            self.bottom.say(_("Choose what the rule does."))
            self.set_focus(self.lines.does)
        elif not self._keeping:
            self._keeping = True
            self.begin(partial(self._keep, draft), group="keep", replacing=False)

    async def _keep(self, draft: Draft) -> None:
        try:
            kept = await asyncio.to_thread(self._store, draft)
        except KaltimtuiError as error:
            self._refuse(error)
        else:
            self.dismiss(kept)
        finally:
            self._keeping = False

    def _refuse(self, error: KaltimtuiError) -> None:
        if isinstance(error, QueryError):
            self.lines.complain(error)
            self.set_focus(self.lines.search.box)
        else:
            self.bottom.say(str(error))

    def _store(self, draft: Draft) -> Kept:
        """Keep the rule, in a thread; and do it to what is here, where that is wanted."""
        name = draft.name.strip() or text.inline(draft.query, _NAME_LENGTH)
        if self._rule is None:
            self._rule, change = self._organising.add_rule(name, draft.query, draft.actions)
        else:
            change = self._organising.change_rule(
                self._rule, name=name, query=draft.query, actions=draft.actions
            )
        told = [change.description]
        if draft.past:
            told.append(self._organising.apply_to_past(self._rule).description)
        return Kept(self._rule, " · ".join(told))

    # Keys

    def action_step(self, by: int) -> None:
        """To the next line of the form, or the one before."""
        self.lines.step(by)

    def action_page(self, share: float) -> None:
        """Through what would have been found."""
        self.samples.page(share)

    def action_leave(self) -> None:
        """Leave it; nothing is kept."""
        self.dismiss(None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what can be done here."""
        self._hint()

    def _hint(self) -> None:
        hints = [Hint("Enter", _("keep"), "keep"), Hint("Esc", _("leave it"), "leave")]
        hints.append(Hint("↑↓", _("line")))
        if isinstance(self.focused, Choices):
            hints += [Hint(_("Space"), _("choose")), Hint("←→", _("to the side"))]
        else:
            hints.append(Hint("Tab", _("complete")))
        hints.append(Hint("PgDn", _("further")))
        self.bottom.keys = tuple(hints)

    @on(ClickLine.Clicked)
    async def _line_clicked(self, event: ClickLine.Clicked) -> None:
        await self.run_action(event.action)
