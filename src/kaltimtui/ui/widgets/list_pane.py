"""The middle pane: what list this is, the search box, and the articles."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import i18n
from kaltimtui.i18n import _, ngettext
from kaltimtui.library import COUNTED
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.background import Background
from kaltimtui.ui.loading import (
    OpenList,
    Renewed,
    Stand,
    fetch_rows,
    next_unread,
    open_list,
    renew_list,
)
from kaltimtui.ui.rows import CHUNK
from kaltimtui.ui.widgets.article_list import ArticleList
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import Heading

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow
    from kaltimtui.ui.rows import RowWindow


class EmptyNotice(Widget):
    """What stands where there is no article: why, and what to do."""

    DEFAULT_CSS = "EmptyNotice { padding: 1 3; }"

    message: reactive[str] = reactive("")

    def render(self) -> Content:
        """The notice, wrapped by Textual."""
        return Content.styled(self.message, "$ink-muted")


class SearchBox(Input, inherit_css=False):
    """A line to type what is searched for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Input.COMPONENT_CLASSES}
    DEFAULT_CSS = """
    SearchBox {
        width: 100%;
        height: 1;
        padding: 0 3;
        scrollbar-size-horizontal: 0;
        background: $cursor-ground-dim;
        color: $ink-strong;
        pointer: text;

        &:focus { background: $cursor-ground; }
        & > .input--cursor { color: $cursor-ground; background: $ink-strong; }
        & > .input--selection { background: $ink-muted; color: $text-ground; }
        & > .input--placeholder, & > .input--suggestion { color: $ink-muted; }
    }
    """


def empty_message(view: View) -> str:
    """Why a list is empty, and what to do about it."""
    match view.kind:
        case ViewKind.SEARCH if not view.query.strip(' *"'):
            return _("Type words to search for. Words in quotes are found together.")
        case ViewKind.SEARCH:
            return _("No article has these words. Esc leaves the search.")
        case ViewKind.UNREAD:
            return _("Everything is read. Press 1 for all articles.")
        case ViewKind.STARRED:
            return _("No article is starred. Press s on one to keep it.")
        case ViewKind.LATER:
            return _("Nothing is set aside for later. Press L on an article.")
        case ViewKind.TODAY:
            return _("No article of today yet. Press 1 for all articles.")
        case _:
            return _("No article here yet. Press r to fetch, a to add a source.")


class ListPane(Background, Room):
    """A list of articles with its heading, read from the library as it is scrolled."""

    class Loaded(Message):
        """Another list is shown."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    class SearchChanged(Message):
        """Another thing is searched for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class SearchKept(Message):
        """The user has done typing and wants the results."""

    def __init__(
        self,
        library: Library,
        now: datetime,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.library = library
        self.view = View()
        """The list that is shown."""
        self.wanted = View()
        """The list asked for last, whether it is here yet or not."""
        self.preparing = False
        """Whether the sample edition is on its way."""
        self._stale = False
        """Whether there is news that could not be shown without moving what one looks at."""
        self._left: dict[View, str] = {}
        self.heading = Heading()
        self.search_box = SearchBox(id="search", placeholder=_("Search all articles"))
        self.articles = ArticleList(now, id="articles")
        self.notice = EmptyNotice()

    def compose(self) -> ComposeResult:
        """Heading, search box, rows, and what stands where there are none."""
        self.search_box.display = False
        self.notice.display = False
        yield self.heading
        yield self.search_box
        yield self.articles
        yield self.notice

    # Which list

    def load(self, view: View, *, select: str | None = None) -> None:
        """Show a list as soon as the library has it; a later call replaces this one.

        The cursor comes to the article ``select``, else to the one it was on when this list was
        left, else to the top.
        """
        current = self.articles.current
        if current is not None:
            self._left[self.view] = current.id
        self.wanted = view
        self.begin(partial(self._load, view, select or self._left.get(view)), group="list")

    def load_top(self, view: View) -> None:
        """Show a list from its top."""
        self._left.pop(view, None)
        self.wanted = view
        self.begin(partial(self._load, view, None), group="list")

    def reload(self) -> None:
        """Read the list anew, with the cursor on the same article."""
        current = self.articles.current
        self.load(self.wanted, select=current.id if current else None)

    async def _load(self, view: View, select: str | None) -> None:
        call = partial(open_list, self.library, view, select=select)
        self._stale = False
        self.show(await asyncio.to_thread(call))
        if self._stale:  # there was news while it was read
            self.renew()

    def renew(self) -> None:
        """Show what is new in the list without moving anything: cursor, scroll, text.

        Where that cannot be, because the article under the cursor is in the list no more, say, it
        is tried again once the cursor moves. Results of a search stay as they were found.
        """
        self._stale = True
        if self.wanted == self.view and self.view.kind is not ViewKind.SEARCH:
            self.begin(partial(self._renew, self.view, self.articles.window), group="renew")

    async def _renew(self, view: View, window: RowWindow) -> None:
        if not len(window):
            self.reload()
            return
        while stand := await self._stand(window):
            renewed = await asyncio.to_thread(partial(renew_list, self.library, view, stand))
            if renewed is None or not self._stands(view, window):
                return
            current = self.articles.current
            if current is not None and current.id == stand.article:  # else a key came meanwhile
                self._take(renewed)
                return

    def _stands(self, view: View, window: RowWindow) -> bool:
        return window is self.articles.window and view == self.wanted

    def _take(self, renewed: Renewed) -> None:
        if not self.articles.may_shift(renewed.shift):
            return
        self._stale = False
        self.workers.cancel_group(self, "rows")
        listing = renewed.listing
        self.articles.renew(listing.window, cursor=listing.cursor, shift=renewed.shift)
        self.post_message(self.Loaded(listing.view))

    async def _stand(self, window: RowWindow) -> Stand | None:
        """Where one stands in the list that is shown; None where that is nowhere."""
        articles = self.articles
        row = await self.row_at(window, articles.cursor)
        if row is None or not self._stands(self.view, window):
            return None
        sight = articles.in_sight
        place = articles.cursor if articles.cursor in sight or not sight else sight.start
        anchor = await self.row_at(window, place)
        return Stand(row.id, anchor.id, place, sight) if anchor is not None else None

    @on(ArticleList.Highlighted)
    def _moved(self) -> None:
        if self._stale:
            self.renew()

    def show(self, listing: OpenList) -> None:
        """Show a list that is here."""
        self.workers.cancel_group(self, "rows")
        self.view = self.wanted = listing.view
        self.articles.kind = listing.view.kind
        self.articles.show(listing.window, cursor=listing.cursor)
        self._notice()
        self.post_message(self.Loaded(listing.view))
        if not listing.window.exact:
            self.begin(partial(self._count, listing.view, listing.window), group="count")

    async def _count(self, view: View, window: RowWindow) -> None:
        total = (await asyncio.to_thread(self.library.count, view)).total
        if window is self.articles.window:
            self.articles.set_total(total, exact=total < COUNTED)
            self.post_message(self.Loaded(view))

    # Its rows

    @on(ArticleList.Wanted)
    def _fetch(self, event: ArticleList.Wanted) -> None:
        event.stop()
        if event.window is self.articles.window:
            for chunk in event.chunks:
                fetch = partial(self._fetch_chunk, event.window, chunk)
                self.begin(fetch, group="rows", replacing=False)

    async def _fetch_chunk(self, window: RowWindow, chunk: int) -> None:
        try:
            call = partial(fetch_rows, self.library, self.view, window.fetch(chunk))
            rows = await asyncio.to_thread(call)
        finally:
            if window is self.articles.window:
                self.articles.answered(chunk)
        if window is self.articles.window:
            self.articles.put(chunk, rows)
            self._notice()

    async def row_at(self, window: RowWindow, place: int) -> ArticleRow | None:
        """The row at a place of a list, once it is here; None where the list is another by then."""
        if place < len(window) and window.row(place) is None:
            if window is not self.articles.window:
                return None
            await self._fetch_chunk(window, place // CHUNK)
        return window.row(place)

    async def step_unread(self, step: int) -> bool:
        """Put the cursor on the nearest unread article below (1) or above (-1), if there is one."""
        row = await self.row_at(self.articles.window, self.articles.cursor)
        if row is None:
            return False
        find = partial(next_unread, self.library, self.view, row.key, step)
        found = await asyncio.to_thread(find)
        if found is None:
            return False
        place = self.articles.window.place_of(found.id)
        if place is None:
            call = partial(open_list, self.library, self.view, select=found.id)
            self.show(await asyncio.to_thread(call))
        else:
            self.articles.cursor = place
        return True

    # What is said of it

    def describe(self, name: str, unread: int | None) -> None:
        """Say what list this is."""
        self.heading.name_shown = name
        total = self.articles.window.total
        if unread is not None:
            count = ngettext("{count} unread", "{count} unread", unread)
        elif self.articles.window.exact:
            count = ngettext("{count} article", "{count} articles", total)
        else:
            count = _("more than {count} articles").format(count=i18n.number(total - 1))
        self.heading.detail = count + " · " + _("newest first")

    def _notice(self) -> None:
        empty = not len(self.articles.window)
        focused = self.articles.has_focus
        preparing = self.preparing and empty
        waiting = _("The sample edition is being prepared …")
        self.notice.message = waiting if preparing else empty_message(self.view) if empty else ""
        self.notice.display = empty
        self.articles.styles.height = 0 if empty else "1fr"
        if focused:
            self.screen.set_focus(self.articles, scroll_visible=False)

    # The search box

    def open_search(self) -> None:
        """Put the cursor in the search box."""
        self.search_box.display = True
        # Not focus(), which waits its turn: what is typed after the key belongs in the box.
        self.screen.set_focus(self.search_box)

    def close_search(self) -> None:
        """Take the search box away."""
        self.search_box.display = False
        with self.prevent(Input.Changed):
            self.search_box.value = ""

    @on(Input.Changed)
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.SearchChanged(event.value))

    @on(Input.Submitted)
    def _search_kept(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.SearchKept())
