"""The lines in which a rule is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import text
from kaltimtui.errors import QueryError
from kaltimtui.i18n import _
from kaltimtui.rule import RuleAction
from kaltimtui.ui.background import Background
from kaltimtui.ui.controllers.tagging import markings, suggested
from kaltimtui.ui.widgets.choices import Choices
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.prompt import AnswerLine, Suggestions
from kaltimtui.ui.widgets.search_bar import SearchBar
from kaltimtui.wording import RULE_KINDS

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from kaltimtui.errors import KaltimtuiError
    from kaltimtui.library import Library

_LOW: Final = 20
"""Rows of the screen below which choices are told in one line while one types elsewhere."""


class Draft(NamedTuple):
    """What is written so far."""

    name: str = ""
    query: str = ""
    actions: tuple[RuleAction, ...] = ()
    past: bool = False
    """Whether it is to be done to what is here already."""


class _Label(Widget):
    """The name of a line, lit while one is in it."""

    DEFAULT_CSS = "_Label { height: 1; padding: 0 0 0 1; }"

    lit: reactive[bool] = reactive(False)

    def __init__(self, said: str, cells: int) -> None:
        super().__init__()
        self._said = said
        self.styles.width = cells

    def render(self) -> Content:
        """The name."""
        return Content.styled(self._said, "bold $accent-ink" if self.lit else "bold $ink-muted")


class RuleLines(Room, Background):
    """A line for its name, one for its search with what may follow there, and so on."""

    DEFAULT_CSS = """
    RuleLines {
        height: auto;

        & .line { layout: horizontal; height: auto; }
        & AnswerLine { border: none; height: 1; padding: 0 3; width: 1fr;
            background: $cursor-ground-dim; color: $ink-strong; }
        & AnswerLine:focus { border: none; background: $cursor-ground; }
        & Choices { padding: 0 3; }
    }
    """

    class Changed(Message):
        """Something else is written."""

    class Submitted(Message):
        """The user has done."""

    def __init__(self, library: Library, begun: Draft) -> None:
        super().__init__()
        self._library, self._begun = library, begun
        self._known: list[str] = []
        """The tags there are."""
        kinds = {action.kind for action in begun.actions}
        tags = [action.value or "" for action in begun.actions if action.kind == "tag"]
        self.called = AnswerLine(
            begun.name, placeholder=_("as the search says"), select_on_focus=False
        )
        self.search = SearchBar(library)
        self.does = Choices([_(name) for name in RULE_KINDS.values()], nothing=_("nothing yet"))
        self.does.chosen = frozenset(at for at, kind in enumerate(RULE_KINDS) if kind in kinds)
        self.tags = AnswerLine(
            ", ".join(tags),
            placeholder=_("none; with commas between them"),
            suggester=Suggestions(lambda typed: suggested(typed, self._known)),
            select_on_focus=False,
        )
        self.past = Choices([""], nothing=_("not what is here already"))
        self.past.chosen = frozenset({0} if begun.past else ())
        self._lines: dict[str, Widget] = {
            _("Name"): self.called,
            _("Finds"): self.search,
            _("Does"): self.does,
            _("Tags"): self.tags,
            _("Past"): self.past,
        }
        cells = 1 + max(map(text.width, self._lines))
        self._labels = [_Label(name, cells) for name in self._lines]

    def compose(self) -> ComposeResult:
        """Each line with its name before it."""
        for label, line in zip(self._labels, self._lines.values(), strict=True):
            yield Room(label, line, classes="line")

    def on_mount(self) -> None:
        """Begin with what it looks for."""
        self.search.open(_("what it looks for"), self._begun.query)
        self.fit()
        self.begin(self._learn_tags, group="tags")

    async def _learn_tags(self) -> None:
        tags = await asyncio.to_thread(self._library.tags)
        self._known = [tag.name for tag in tags]

    def fit(self) -> None:
        """Take one line for each where there is no room for more."""
        self.does.brief = self.past.brief = self.app.size.height < _LOW

    @property
    def draft(self) -> Draft:
        """What is written so far."""
        kinds = [kind for at, kind in enumerate(RULE_KINDS) if at in self.does.chosen]
        tags = [str(mark.value) for mark in markings(self.tags.value) if not mark.remove]
        return Draft(
            self.called.value,
            self.search.box.value,
            (*map(RuleAction, kinds), *(RuleAction("tag", tag) for tag in tags)),
            bool(self.past.chosen),
        )

    def say_past(self, told: str) -> None:
        """Say what would become of what is here already."""
        self.past.names = (told or _("also what is here"),)

    def complain(self, error: KaltimtuiError) -> None:
        """Say why the search cannot be read, and where."""
        place = (error.start, error.end) if isinstance(error, QueryError) else None
        self.search.complain(str(error), place)

    @property
    def _stops(self) -> list[Widget]:
        """What of each line takes keys."""
        return [one.box if isinstance(one, SearchBar) else one for one in self._lines.values()]

    def step(self, by: int) -> None:
        """To the next line, or the one before; round the ends."""
        stops, focused = self._stops, self.screen.focused
        at = stops.index(focused) if focused in stops else 0
        self.screen.set_focus(stops[(at + by) % len(stops)])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Light the name of the line one is in."""
        for label, stop in zip(self._labels, self._stops, strict=True):
            label.lit = stop is event.widget

    @on(SearchBar.Changed)
    @on(Input.Changed)
    @on(Choices.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(SearchBar.Kept)
    @on(Input.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Submitted())
