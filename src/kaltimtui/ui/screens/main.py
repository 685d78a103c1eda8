"""The main screen: three panes, one line above and one below.

It owns what is shown where; the panes speak to it by messages, and what an action does is in
``controllers``.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on

from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import PANES, Pane
from kaltimtui.ui.arrange import Arrangement, arrange
from kaltimtui.ui.controllers import handlers
from kaltimtui.ui.controllers.asking import Asking
from kaltimtui.ui.controllers.citing import Citing
from kaltimtui.ui.controllers.comparing import Comparing
from kaltimtui.ui.controllers.counting import Counting
from kaltimtui.ui.controllers.finding import Finding
from kaltimtui.ui.controllers.following import Following
from kaltimtui.ui.controllers.handing import Handing
from kaltimtui.ui.controllers.layout import Layouts
from kaltimtui.ui.controllers.looking import Looking
from kaltimtui.ui.controllers.marking import Marking
from kaltimtui.ui.controllers.movement import Motion, Movement
from kaltimtui.ui.controllers.nodes import Nodes
from kaltimtui.ui.controllers.noting import Noting
from kaltimtui.ui.controllers.picturing import Picturing
from kaltimtui.ui.controllers.program import Program
from kaltimtui.ui.controllers.reading import Reading
from kaltimtui.ui.controllers.refreshing import Refresher
from kaltimtui.ui.controllers.relating import Relating
from kaltimtui.ui.controllers.sample import load_sample
from kaltimtui.ui.controllers.saving import Saving
from kaltimtui.ui.controllers.selecting import Selecting
from kaltimtui.ui.controllers.status import Status
from kaltimtui.ui.controllers.tagging import Tagging
from kaltimtui.ui.controllers.taking import Taking
from kaltimtui.ui.controllers.textmotion import TextMotion
from kaltimtui.ui.loading import whole
from kaltimtui.ui.screens.acting import ActionScreen, PaneWidget, bindings
from kaltimtui.ui.widgets.article_list import ArticleList
from kaltimtui.ui.widgets.category_tree import CategoryTree
from kaltimtui.ui.widgets.divider import Divider, Draggable, Grip
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine, Glance, Heading, TopLine
from kaltimtui.ui.widgets.list_pane import ListPane
from kaltimtui.ui.widgets.notices import Notices
from kaltimtui.ui.widgets.prompt import Prompt
from kaltimtui.ui.widgets.reading_pane import ReadingPane
from kaltimtui.ui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kaltimtui.config import Config
    from kaltimtui.library import Library
    from kaltimtui.ui.loading import Opening
    from kaltimtui.ui.network import Network
    from kaltimtui.ui.state import ScreenState

_TICK: Final = 15.0
_ASKED_KEEPS: Final = frozenset({"back", "quit_now"})
"""Actions whose keys an answer and a note leave to the screen."""


class MainScreen(ActionScreen):
    """Tree, list and reading pane over one library."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BLANK = True
    BINDINGS: ClassVar = bindings(PANES)
    typing_keeps = frozenset({"back", "page_down", "page_up", "sort_results", "quit_now"})

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        state: ScreenState,
        opening: Opening,
        network: Network,
        config: Config,
    ) -> None:
        super().__init__()
        self.library = library
        self.clock = clock
        self.state = state
        self.network = network
        self.config = config
        self.at = Pane.LIST
        self.arrangement: Arrangement = arrange(120, 40, at=Pane.LIST)
        self._opening = opening
        self._outside = 0
        self.top, self.bottom, self.notices = TopLine(), BottomLine(), Notices()
        self.prompt = Prompt()
        self.tree_heading, self.text_heading = Heading(), Grip(indent=2)
        self.tree_edge, self.list_edge = Divider(id="tree-edge"), Divider(id="list-edge")
        self.searches = opening.shelves.searches
        self.categories = CategoryTree(state.folded, state.unfolded, id="tree")
        self.list_pane = ListPane(library, clock(), id="list")
        self.list_pane.search.history = state.searches
        self.reading = ReadingPane(id="reading")
        self.tree_pane = Room(self.tree_heading, self.categories, id="tree-pane")
        self.text_pane = Room(self.text_heading, self.reading, id="text-pane")
        self._focused_in: dict[Pane, Widget] = {
            Pane.TREE: self.categories,
            Pane.LIST: self.list_pane.articles,
            Pane.READING: self.reading,
        }
        self.status = Status(self)
        self.opened, self.marking, self.finding = Reading(self), Marking(self), Finding(self)
        self.selecting, self.tagging, self.noting = Selecting(self), Tagging(self), Noting(self)
        self.asking, self.saving, self.counting = Asking(self), Saving(self), Counting(self)
        self.refresher, self.taking, self.layouts = Refresher(self), Taking(self), Layouts(self)
        self.following, self.looking = Following(self), Looking(self)
        self.citing, self.handing = Citing(self), Handing(self)
        self.picturing, self._text = Picturing(self), TextMotion(self.reading, self.status.say)
        self._handlers = handlers(
            *(Motion(self), Movement(self), self.opened, self.marking, self.finding),
            *(self.selecting, self.tagging, self.noting, self.saving, Nodes(self)),
            *(self.refresher, self.taking, self.layouts, self.picturing, Program(self)),
            *(self.following, self.looking, self.citing, self.handing, Relating(self)),
            Comparing(self),
        )

    def compose(self) -> ComposeResult:
        """The panes between the lines."""
        yield self.top
        with Room(id="panes"):
            yield self.tree_pane
            yield self.tree_edge
            with Room(id="desk"):
                yield self.list_pane
                yield self.list_edge
                yield self.text_pane
        yield self.notices
        yield self.prompt
        yield self.bottom

    def on_mount(self) -> None:
        """Show what was prepared before the screen existed."""
        opening = self._opening
        self.reading.measure = self.state.measure
        self.tree_heading.name_shown = _("Categories")
        self.status.count(opening.shelves)
        self.categories.select(opening.listing.view)
        self.list_pane.preparing = opening.sample
        self.list_pane.show(opening.listing)
        self.go(Pane.LIST)
        self.opened.present(opening.article)
        if self.library.trouble is not None:
            self.top.trouble = _("nothing is kept")
        self.refresher.watchers.append(self._glanced)
        self.refresher.shelves.append(self.show_news)
        self._glanced(self.refresher.glance)
        self.status.tick()
        self.set_interval(_TICK, self.tick, name="clock")
        if self.state.drafts:
            self.begin(self.noting.recover, group="drafts")
        if opening.sample:
            self.begin(partial(load_sample, self), group="sample")

    def on_unmount(self) -> None:
        """Let nothing go on that nobody will see."""
        self.counting.stop()
        self.picturing.stop()

    def _glanced(self, glance: Glance) -> None:
        self.top.glance = glance
        self.show_notices()

    def show_notices(self) -> None:
        """Name the sources that fail, where there is room."""
        self.notices.show(self.refresher.glance, self.arrangement)
        self.top.naming = not self.arrangement.notices

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
        instead = self.noting.instead if pane is Pane.READING else None
        self.set_focus(instead or self._focused_in[pane], scroll_visible=False)

    @property
    def typing(self) -> bool:
        """Whether one is typing: what to search for, an answer, a note."""
        return self.focused is self.list_pane.search.box or self.asked

    @property
    def asked(self) -> bool:
        """Whether one is typing an answer, a note, or what to look for in the text."""
        answering = self.focused is self.prompt.line
        return answering or self.noting.typing or self.looking.typing

    def works(self, name: str) -> bool:
        """Whether an action of the registry works where the cursor is."""
        keeps = self.asked or self.reading.hinting
        return name in _ASKED_KEEPS if keeps else super().works(name)

    def leave(self) -> bool:
        """From the text back to the list."""
        if self.at is not Pane.READING:
            return False
        self.go(Pane.LIST)
        return True

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done, for a while; ``lasting``: until something else is told."""
        self.status.say(message, lasting=lasting)

    def on_key(self, event: events.Key) -> None:
        """Keep for a note what is typed while it opens."""
        self.noting.hold(event)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.rearrange()

    def action_do(self, name: str, key: str = "") -> None:
        """Carry out an action; what was told at length before is read by then."""
        said = self.bottom.said
        super().action_do(name, key)
        self.status.heed(said)

    def rearrange(self) -> None:
        """Show the panes that there is room for."""
        self.layouts.apply()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow a focus that the mouse moved."""
        owners = {widget: pane for pane, widget in self._focused_in.items()}
        owners[self.list_pane.search.box] = Pane.LIST
        if self.noting.box is not None:
            owners[self.noting.box] = Pane.READING
        pane = owners.get(event.widget)
        if pane is not None and pane is not self.at:
            self.at = pane
            self.rearrange()
        self.status.hint()

    # What is shown

    def open_view(self, view: View) -> None:
        """Show another list."""
        self.finding.forget()
        self.categories.select(whole(view))
        self.list_pane.load(view)

    @on(CategoryTree.Chosen)
    def _tree_moved(self, event: CategoryTree.Chosen) -> None:
        self.status.name(event.whole_name)
        self.status.hint()
        view = event.view
        if view and view == self.categories.view and view != whole(self.list_pane.wanted):
            self.finding.forget()
            self.list_pane.load(view)

    @on(CategoryTree.Entered)
    def _tree_entered(self) -> None:
        self.go(Pane.LIST)

    @on(ListPane.Loaded)
    def _list_loaded(self, event: ListPane.Loaded) -> None:
        if event.view.kind not in (ViewKind.SEARCH, ViewKind.STORY):
            self.state.remember_view(event.view)
        self.status.describe()
        self.status.hint()
        # An article that is about to give way to another one is not set anew.
        self.reading.mark(self.list_pane.marker, anew=not self.opened.giving_way)
        if not len(self.list_pane.articles.window):
            self.opened.present(None)

    @on(ListPane.Refused)
    def _list_refused(self, event: ListPane.Refused) -> None:
        self.finding.refused(event.error)

    @on(SearchBar.Changed)
    def _search_changed(self, event: SearchBar.Changed) -> None:
        self.finding.changed(event.typed)

    @on(SearchBar.Kept)
    def _search_kept(self) -> None:
        self.finding.kept()

    @on(ArticleList.Highlighted)
    def _row_highlighted(self, event: ArticleList.Highlighted) -> None:
        if self.at is not Pane.READING:  # what one reads stays, whatever becomes of its list
            self.opened.highlighted(event.row)
        self.refresher.highlighted()
        self.selecting.moved()
        self.status.place()

    @on(ArticleList.Selected)
    def _row_selected(self, event: ArticleList.Selected) -> None:
        self.opened.open(event.row)

    def on_note_pane_written(self) -> None:
        """Put a draft of the note by."""
        self.noting.changed()

    def on_note_pane_kept(self) -> None:
        """Keep the note; its pane is loaded for who writes one."""
        self.noting.keep()

    @on(ReadingPane.RelatedSelected)
    def _related_selected(self, event: ReadingPane.RelatedSelected) -> None:
        self.opened.follow(event.article_id)

    @on(ReadingPane.LinkSelected)
    def _link_selected(self, event: ReadingPane.LinkSelected) -> None:
        self.following.follow(event.url, forced=event.forced)

    @on(Draggable.Dragged)
    def _dragged(self, event: Draggable.Dragged) -> None:
        self.layouts.drag(event.grip, event.x, event.y)

    @on(ReadingPane.Scrolled)
    def _scrolled(self) -> None:
        self.status.place()

    # What changes

    def tick(self) -> None:
        """Show the times as they are now, and what another program did to the store."""
        self.status.tick()
        self.begin(self._look_outside, group="outside")
        self.counting.look()

    async def _look_outside(self) -> None:
        outside = await asyncio.to_thread(self.library.outside_changes)
        if outside != self._outside:
            self._outside = outside
            self.show_news()

    def show_news(self) -> None:
        """Show what came into the store while one reads; nothing moves for it."""
        self.list_pane.renew()
        self.refresh_counts()

    def refresh_counts(self) -> None:
        """Bring the numbers of the tree up to date."""
        self.counting.refresh()

    # What is done

    @on(ClickLine.Clicked)
    def _line_clicked(self, event: ClickLine.Clicked) -> None:
        if self.works(event.action):
            self.action_do(event.action)
