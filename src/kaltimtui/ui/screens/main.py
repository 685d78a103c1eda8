"""The main screen: three panes, one line above and one below.

It owns what is shown where; the panes speak to it by messages, and what an action does is in
``controllers``.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import events, on
from textual.binding import Binding
from textual.containers import Container
from textual.reactive import reactive
from textual.screen import Screen

from kaltimtui import dates, i18n, text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import ACTIONS, BY_NAME, Pane, hints
from kaltimtui.ui.arrange import Arrangement, arrange
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.finding import Finding
from kaltimtui.ui.controllers.marking import Marking
from kaltimtui.ui.controllers.movement import Movement
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.reading import Reading
from kaltimtui.ui.controllers.textmotion import TextMotion
from kaltimtui.ui.loading import Opening, total_of
from kaltimtui.ui.widgets.article_list import ArticleList
from kaltimtui.ui.widgets.category_tree import CategoryTree
from kaltimtui.ui.widgets.lines import BottomLine, TopLine
from kaltimtui.ui.widgets.list_pane import Heading, ListPane
from kaltimtui.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kaltimtui.library import Library
    from kaltimtui.models import Article, ArticleRow, Navigation
    from kaltimtui.ui.state import ScreenState

_LIST_AFTER: Final = 0.09
"""Seconds that the cursor rests in the tree before its list is shown."""
_TICK: Final = 15.0
_SAID_FOR: Final = 6.0
_TOLD_FOR: Final = 12.0
_WHILE_TYPING: Final = frozenset({"back", "down", "up", "page_down", "page_up", "quit_now"})
"""Actions whose keys the search box leaves to us."""


class PaneWidget(Protocol):
    """What every pane can do with its cursor."""

    def move(self, rows: int) -> None:
        """By so many rows or lines."""

    def page(self, share: float) -> None:
        """By a share of the screen."""

    def first(self) -> None:
        """To the top."""

    def last(self) -> None:
        """To the bottom."""

    def activate(self) -> None:
        """Open what the cursor is on."""


class MainScreen(Screen[None]):
    """Tree, list and reading pane over one library."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    # With priority, so that keys that arrive together act in their order: without it each would go
    # to the widget that had the focus when it arrived. ``works`` leaves them to the search box.
    BINDINGS: ClassVar = [
        Binding(key, f"do({action.name!r})", id=f"{action.name}:{key}", show=False, priority=True)
        for action in ACTIONS
        for key in action.keys
    ]

    at: reactive[Pane] = reactive(Pane.LIST, init=False)
    zoomed: reactive[bool] = reactive(False, init=False)

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        state: ScreenState,
        opening: Opening,
    ) -> None:
        super().__init__()
        self.library = library
        self.clock = clock
        self.state = state
        self.arrangement: Arrangement = arrange(120, 40, at=Pane.LIST)
        self._opening = opening
        self.top = TopLine()
        self.bottom = BottomLine()
        self.tree_heading = Heading()
        self.categories = CategoryTree(id="tree")
        self.list_pane = ListPane(library, clock(), id="list")
        self.reading = ReadingPane(id="reading")
        self._text = TextMotion(self.reading)
        self.opened = Reading(self)
        self.marking = Marking(self)
        self.finding = Finding(self)
        self._handlers = handlers(
            Movement(self), self.opened, self.marking, self.finding, Program(self)
        )

    def compose(self) -> ComposeResult:
        """The panes between the lines."""
        yield self.top
        with Container(id="panes"):
            with Container(id="tree-pane"):
                yield self.tree_heading
                yield self.categories
            with Container(id="desk"):
                yield self.list_pane
                yield self.reading
        yield self.bottom

    def on_mount(self) -> None:
        """Show what was prepared before the screen existed."""
        self.reading.measure = self.state.measure
        self.tree_heading.name_shown = _("Categories")
        self._show_navigation(self._opening.navigation)
        self.categories.select(self._opening.listing.view)
        self.list_pane.show(self._opening.listing)
        self.rearrange()
        self.opened.present(self._opening.article)
        if self.library.trouble is not None:
            self.top.trouble = _("nothing is kept")
            self.report(self.library.trouble)
        self._tick()
        self.set_interval(_TICK, self._tick, name="clock")
        self.go(Pane.LIST)

    # Where one is

    @property
    def pane(self) -> PaneWidget:
        """The pane that has the cursor."""
        panes: dict[Pane, PaneWidget] = {
            Pane.TREE: self.categories,
            Pane.LIST: self.list_pane.articles,
            Pane.READING: self._text,
        }
        return panes[self.at]

    def go(self, pane: Pane) -> None:
        """Take the cursor to a pane, showing it where it was hidden."""
        self.at = pane
        self.rearrange()
        widget = {
            Pane.TREE: self.categories,
            Pane.LIST: self.list_pane.articles,
            Pane.READING: self.reading,
        }[pane]
        self.set_focus(widget, scroll_visible=False)

    def watch_zoomed(self) -> None:
        """Show one pane, or all."""
        self.rearrange()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.rearrange()

    def rearrange(self) -> None:
        """Show the panes that there is room for."""
        width, height = self.app.size
        self.arrangement = shape = arrange(
            width,
            height,
            at=self.at,
            zoomed=self.zoomed,
            list_width=self.state.list_width,
            two_line_rows=self.state.two_line,
        )
        self.query_one("#tree-pane").display = Pane.TREE in shape.shown
        desk = self.query_one("#desk")
        desk.display = bool({Pane.LIST, Pane.READING} & shape.shown)
        self.list_pane.display = Pane.LIST in shape.shown
        self.reading.display = Pane.READING in shape.shown
        self.set_class(shape.drawer, "-drawer")
        self.set_class(shape.list_height is not None, "-stacked")
        self.set_class(shape.shown == {Pane.TREE}, "-tree-alone")
        alone = Pane.READING not in shape.shown
        self.list_pane.styles.width = (
            "1fr" if shape.list_width is None or alone else shape.list_width
        )
        self.list_pane.styles.height = shape.list_height or "1fr"
        self.top.display, self.bottom.display = shape.top_line, shape.bottom_line
        self.list_pane.articles.two_line = shape.two_line_rows
        self.tree_heading.lit = self.at is Pane.TREE
        self.list_pane.heading.lit = self.at is Pane.LIST
        self._hint()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow a focus that the mouse moved."""
        owners: dict[Widget, Pane] = {
            self.categories: Pane.TREE,
            self.list_pane.articles: Pane.LIST,
            self.list_pane.search_box: Pane.LIST,
            self.reading: Pane.READING,
        }
        pane = owners.get(event.widget)
        if pane is not None and pane is not self.at:
            self.at = pane
            self.rearrange()
        self._hint()

    # What is shown

    @property
    def current_article(self) -> ArticleRow | Article | None:
        """The article that a mark would be set on: the one read, or the row under the cursor."""
        if self.at is Pane.READING:
            return self.reading.article
        return self.list_pane.articles.current or self.reading.article

    def open_view(self, view: View) -> None:
        """Show another list."""
        self.finding.forget()
        self.categories.select(view)
        self.list_pane.load(view)

    @on(CategoryTree.Chosen)
    def _tree_moved(self, event: CategoryTree.Chosen) -> None:
        if event.view != self.list_pane.view:
            self.finding.forget()
            self.list_pane.load(event.view)

    @on(CategoryTree.Entered)
    def _tree_entered(self) -> None:
        self.go(Pane.LIST)

    @on(ListPane.Loaded)
    def _list_loaded(self, event: ListPane.Loaded) -> None:
        if event.view.kind is not ViewKind.SEARCH:
            self.state.view = event.view.kind.value
            self.state.source, self.state.category = event.view.source, event.view.category
        self._describe()
        if not len(self.list_pane.articles.window):
            self.opened.present(None)

    @on(ListPane.Failed)
    def _list_failed(self, event: ListPane.Failed) -> None:
        self.report(event.error)

    @on(ListPane.SearchChanged)
    def _search_changed(self, event: ListPane.SearchChanged) -> None:
        self.finding.changed(event.query)

    @on(ListPane.SearchKept)
    def _search_kept(self) -> None:
        self.finding.kept()

    @on(ArticleList.Highlighted)
    def _row_highlighted(self, event: ArticleList.Highlighted) -> None:
        self.opened.highlighted(event.row)
        self._place()

    @on(ArticleList.Selected)
    def _row_selected(self, event: ArticleList.Selected) -> None:
        self.opened.open(event.row)

    @on(ReadingPane.RelatedSelected)
    def _related_selected(self, event: ReadingPane.RelatedSelected) -> None:
        self.opened.follow(event.article_id)

    @on(ReadingPane.LinkSelected)
    def _link_selected(self, event: ReadingPane.LinkSelected) -> None:
        self.app.open_url(event.url)

    @on(ReadingPane.Scrolled)
    def _scrolled(self) -> None:
        self._place()

    def refresh_counts(self) -> None:
        """Bring the numbers of the tree up to date, and the list where its length differs.

        Another program may have changed the store, so this is done with every tick of the clock.
        """
        self.run_worker(self._count(), group="counts", exclusive=True, exit_on_error=False)

    async def _count(self) -> None:
        try:
            navigation = await asyncio.to_thread(self.library.navigation)
        except KaltimtuiError as error:
            self.report(error)
            return
        self._show_navigation(navigation)
        view = self.list_pane.view
        if view.kind is not ViewKind.SEARCH and self.categories.entry(view) is None:
            self.open_view(View())
        elif total_of(navigation, view) not in (None, len(self.list_pane.articles.window)):
            self.list_pane.reload()
        self._describe()

    def _show_navigation(self, navigation: Navigation) -> None:
        self.categories.show(navigation)
        new = navigation.today.unread
        self.top.news = ngettext("{count} new today", "{count} new today", new) if new else ""

    def _describe(self) -> None:
        view = self.list_pane.view
        entry = self.categories.entry(view)
        if view.kind is ViewKind.SEARCH:
            self.top.path = (_("Search"), view.query.rstrip("*"))
            self.list_pane.describe(_("Search"), None)
        elif entry is not None:
            above = self.categories.parent_of(view)
            self.top.path = (above.name, entry.name) if above else (entry.name,)
            by_source = view.source is not None or view.kind is ViewKind.UNREAD
            self.list_pane.describe(entry.name, entry.number if by_source else None)
        self._place()

    # What is said

    def say(self, message: str) -> None:
        """Tell in the bottom line what was just done."""
        self.bottom.say(message)
        self.set_timer(_SAID_FOR, partial(self._unsay, self.bottom.said), name="said")

    def _unsay(self, message: str) -> None:
        if self.bottom.said == message:
            self.bottom.said = ""

    def report(self, error: KaltimtuiError) -> None:
        """Tell of something that went wrong: the one thing that is laid over the panes."""
        self.notify(text.block(str(error)), severity="error", timeout=_TOLD_FOR, markup=False)

    def _tick(self) -> None:
        now = self.clock()
        self.top.clock = dates.clock(now)
        self.list_pane.articles.tick(now)
        self.refresh_counts()

    def _place(self) -> None:
        articles = self.list_pane.articles
        parts = []
        if self.reading.article is not None:
            parts.append(f"{self.reading.percent} %")
        if len(articles.window):
            place, total = i18n.number(articles.cursor + 1), i18n.number(articles.window.total)
            more = "" if articles.window.exact else "+"
            parts.append(_("{place} of {total}").format(place=place, total=total + more))
        self.bottom.place = " · ".join(parts)

    def _hint(self) -> None:
        if self.list_pane.search_box.has_focus:
            self.bottom.keys = (("Enter", _("to the results")), ("Esc", _("leave the search")))
            return
        self.bottom.keys = tuple((_(key), _(word)) for key, word in hints(self.at))

    # What is done

    def action_do(self, name: str) -> None:
        """Carry out an action of the registry."""
        self._handlers[name]()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works where the cursor is."""
        if action != "do":
            return True
        return self.works(str(parameters[0]))

    def works(self, name: str) -> bool:
        """Whether an action of the registry works where the cursor is."""
        if self.list_pane.search_box.has_focus:
            return name in _WHILE_TYPING
        return self.at in BY_NAME[name].where
