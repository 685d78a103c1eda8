"""Writing a rule, which shows at once what it would have found of late."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import dates, text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import RuleAction
from kaltimtui.ui import trying
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.background import Background
from kaltimtui.ui.controllers.tagging import markings, suggested
from kaltimtui.ui.ruletext import KINDS, PENDING, found_words, sample_row
from kaltimtui.ui.widgets.choices import Choices
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine, Heading, TopLine
from kaltimtui.ui.widgets.prompt import AnswerLine, Suggestions
from kaltimtui.ui.widgets.row_list import RowList
from kaltimtui.ui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from kaltimtui.models import Rule, Trial
    from kaltimtui.organising import Organising
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.row_list import Row

_TYPING_PAUSE: Final = 0.15
_LOW: Final = 20
"""Rows of the screen below which choices are told in one line while one types elsewhere."""
_NAME_LENGTH: Final = 60
"""Characters of a search that its rule is called by where it has no name."""


class Kept(NamedTuple):
    """What became of what was written."""

    rule: int
    told: str


class Draft(NamedTuple):
    """What is written so far."""

    name: str
    query: str
    actions: tuple[RuleAction, ...]
    past: bool
    """Whether it is to be done to what is here already."""


class _Label(Widget):
    """The name of a line of the form."""

    DEFAULT_CSS = """
    _Label { height: 1; padding: 0 0 0 1; color: $ink-muted; text-style: bold; }
    .line:focus-within _Label { color: $accent-ink; }
    """

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def render(self) -> Content:
        """The name."""
        return Content(self._said)


class RuleForm(Background, Screen[Kept | None]):
    """Lines to fill in, and below them what would have been found; it ends with what was kept."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    RuleForm {
        background: $list-ground;

        & .line { layout: horizontal; height: auto; }
        & AnswerLine { border: none; height: 1; padding: 0 3; width: 1fr;
            background: $cursor-ground-dim; color: $ink-strong; }
        & AnswerLine:focus { border: none; background: $cursor-ground; }
        & Choices { padding: 0 3; }
        & SearchBar { width: 1fr; }
        & Heading { background: $list-ground; }
        & RowList { height: 1fr; }
        & BottomLine { dock: none; height: auto; max-height: 4; }
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
        self._begun = Draft(
            rule.name if rule else "",
            rule.query if rule else query,
            rule.actions if rule else (),
            past=False,
        )
        self._tags: list[str] = []
        """The tags there are."""
        self._trial: Trial | None = None
        self._tried: str | None = None
        """The search that ``_trial`` is of, or that could not be read."""
        self._counted: Draft | None = None
        """What ``_past`` was counted for."""
        self._trying = self._keeping = False
        self._pause: Timer | None = None
        self._make_widgets()

    def _make_widgets(self) -> None:
        self.top, self.bottom = TopLine(), BottomLine(wraps=True)
        self.called = AnswerLine(select_on_focus=False)
        self.search = SearchBar(self._reader.library)
        self.does = Choices([_(name) for name in KINDS.values()], nothing=_("nothing yet"))
        self.tags = AnswerLine(
            select_on_focus=False,
            suggester=Suggestions(lambda typed: suggested(typed, self._tags)),
        )
        self.past = Choices([""], nothing=_("not on what is here already"))
        self.heading, self.samples = Heading(1), RowList(self._rows, id="samples")
        self.samples.can_focus = False
        self._lines: dict[str, Widget] = {
            _("Name"): self.called,
            _("Finds"): self.search,
            _("Does"): self.does,
            _("Tags"): self.tags,
            _("Past"): self.past,
        }

    def compose(self) -> ComposeResult:
        """The lines, and below them what would have been found."""
        yield self.top
        cells = 1 + max(map(text.width, self._lines))
        for name, line in self._lines.items():
            label = _Label(name)
            label.styles.width = cells
            yield Room(label, line, classes="line")
        yield self.heading
        yield self.samples
        yield self.bottom

    def on_mount(self) -> None:
        """Show what there is of it, and try it."""
        named = _("New rule") if self._rule is None else self._begun.name
        self.top.path = (_("Rules"), text.inline(named))
        self.top.clock = dates.clock(self._reader.clock())
        self.heading.lit = True
        said = ngettext("in the last {count} day", "in the last {count} days", trying.DAYS)
        self.heading.name_shown = said
        begun = self._begun
        self.called.value = begun.name
        self.called.placeholder = _("as the search says")
        self.tags.value = ", ".join(one.value or "" for one in begun.actions if one.kind == "tag")
        self.tags.placeholder = _("none; with commas between them")
        kinds = {action.kind for action in begun.actions}
        self.does.chosen = frozenset(at for at, kind in enumerate(KINDS) if kind in kinds)
        self.search.open(_("what it looks for"), begun.query)
        self._fit()
        self._hint()
        self._try()
        self.begin(self._learn_tags, group="tags")

    async def _learn_tags(self) -> None:
        tags = await asyncio.to_thread(self._reader.library.tags)
        self._tags = [tag.name for tag in tags]

    # What there is room for

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what there is no room for."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        self.top.display, self.bottom.display = height >= 4, height >= 8
        self.does.brief = self.past.brief = height < _LOW

    # What is written

    @property
    def draft(self) -> Draft:
        """What is written so far."""
        kinds = [kind for at, kind in enumerate(KINDS) if at in self.does.chosen]
        tags = [mark.value for mark in markings(self.tags.value) if not mark.remove]
        return Draft(
            self.called.value,
            self.search.box.value,
            (*map(RuleAction, kinds), *(RuleAction("tag", str(tag)) for tag in tags)),
            bool(self.past.chosen),
        )

    @on(SearchBar.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        """Try it once the typing pauses."""
        self._say("")
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_TYPING_PAUSE, self._try, name="trial")

    @on(Choices.Changed)
    def _turned(self) -> None:
        self._say("")
        self._try()

    # Trying it: one thing after the other, always for what is written last

    def _try(self) -> None:
        self._describe()
        if not self._trying and self._untried:
            self._trying = True
            self.begin(self._keep_trying, group="trial", replacing=False)

    @property
    def _untried(self) -> bool:
        """Whether there is something to try that is not known yet."""
        draft = self.draft
        return draft.query != self._tried or (draft.past and not self._same_past(draft))

    def _same_past(self, draft: Draft) -> bool:
        counted = self._counted
        return counted is not None and counted[1:3] == draft[1:3]

    async def _keep_trying(self) -> None:
        try:
            while self._untried:
                await self._try_once(self.draft)
        finally:
            self._trying = False

    async def _try_once(self, draft: Draft) -> None:
        if draft.query != self._tried:
            await self._find(draft.query)
        else:
            await self._count(draft)
        self._describe()

    async def _find(self, query: str) -> None:
        """What the search would have found; where it cannot be read, why."""
        trial, wrong = None, None
        if query.strip():
            try:
                trial = await asyncio.to_thread(self._organising.trial, query, trying.DAYS)
            except KaltimtuiError as error:
                wrong = error
        self._tried = query
        if query != self.search.box.value:
            return
        self._trial = trial
        if wrong is not None:
            self._complain(wrong)
        self.samples.renew(0)

    async def _count(self, draft: Draft) -> None:
        """How many articles it would change of those that are here."""
        call = partial(trying.would_change, self._organising, draft.query, draft.actions)
        try:
            self._past: int | None = await asyncio.to_thread(call)
        except KaltimtuiError:  # which is told of the search itself
            self._past = None
        self._counted = draft

    def _complain(self, error: KaltimtuiError) -> None:
        from kaltimtui.query import QueryError

        place = (error.start, error.end) if isinstance(error, QueryError) else None
        self.search.complain(str(error), place)

    def _describe(self) -> None:
        """Say how much would have been found, and would be changed."""
        draft = self.draft
        known = draft.query == self._tried
        trial = self._trial
        found = found_words(trial) if trial is not None else ""
        self.heading.detail = found if known else PENDING
        self.past.names = (self._past_words(draft),)

    def _past_words(self, draft: Draft) -> str:
        said = _("also on what is here already")
        if not draft.past:
            return said
        if not self._same_past(draft):
            return f"{said}: {PENDING}"
        if self._past is None:
            return said
        count = ngettext("{count} article changes", "{count} articles change", self._past)
        return f"{said}: {count}"

    def _rows(self, width: int) -> list[Row]:
        now, trial = self._reader.clock(), self._trial
        return [sample_row(row, now, width) for row in trial.samples] if trial else []

    # Keeping it

    @on(SearchBar.Kept)
    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Keep what is written; where something is missing, say so."""
        draft = self.draft
        if not draft.query.strip():
            self._say(_("Type what the rule looks for."))
            self.set_focus(self.search.box)
        elif not draft.actions:
            self._say(_("Choose what the rule does."))
            self.set_focus(self.does)
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
        from kaltimtui.query import QueryError

        if isinstance(error, QueryError):
            self._complain(error)
            self.set_focus(self.search.box)
        else:
            self._say(text.inline(str(error)))

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

    def _say(self, message: str) -> None:
        self.bottom.say(message)

    def _stops(self) -> list[Widget]:
        return [line.box if isinstance(line, SearchBar) else line for line in self._lines.values()]

    def action_step(self, by: int) -> None:
        """To the next line of the form, or the one before."""
        stops = self._stops()
        at = stops.index(self.focused) if self.focused in stops else 0
        self.set_focus(stops[(at + by) % len(stops)])

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
            hints += [Hint(_("Space"), _("choose")), Hint("←→", _("choice"))]
        else:
            hints.append(Hint("Tab", _("complete")))
        hints.append(Hint("PgDn", _("more")))
        self.bottom.keys = tuple(hints)

    @on(ClickLine.Clicked)
    async def _line_clicked(self, event: ClickLine.Clicked) -> None:
        await self.run_action(event.action)
