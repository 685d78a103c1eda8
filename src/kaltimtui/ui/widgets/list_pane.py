"""The middle pane: what list this is, the search box, and the articles."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaltimtui import i18n, text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import N_, _, ngettext
from kaltimtui.library import COUNTED
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.background import Background, in_thread
from kaltimtui.ui.loading import (
    OpenList,
    Renewed,
    Stand,
    fetch_rows,
    found_beyond,
    next_unread,
    open_list,
    renew_list,
    results,
    stepped_aside,
    whole,
)
from kaltimtui.ui.rows import CHUNK
from kaltimtui.ui.searches import marker_of, order_of
from kaltimtui.ui.widgets.article_list import ArticleList
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import Heading
from kaltimtui.ui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow
    from kaltimtui.query.marking import Marker
    from kaltimtui.ui.rows import RowWindow


_COUNT_AFTER: Final = 0.3
"""Seconds that a list is shown before it is worked out how long it is."""


class EmptyNotice(Widget):
    """What stands where there is no article: why, and what to do."""

    DEFAULT_CSS = "EmptyNotice { padding: 1 3; }"

    message: reactive[str] = reactive("")

    def render(self) -> Content:
        """The notice, wrapped by Textual."""
        return Content.styled(self.message, "$ink-muted")


_EMPTY: Final = {
    ViewKind.UNREAD: N_("Everything is read. Press 1 for all articles."),
    ViewKind.STARRED: N_("No article is starred. Press s on one to keep it."),
    ViewKind.LATER: N_("Nothing is set aside for later. Press L on an article."),
    ViewKind.TODAY: N_("No article of today yet. Press 1 for all articles."),
    ViewKind.WEEK: N_("No article of this week yet. Press 1 for all articles."),
    ViewKind.NOTES: N_("No article has a note. Press E on one to write it."),
    ViewKind.TAG: N_("No article has this tag. Press t on one to add it."),
    ViewKind.HIDDEN: N_("No article is hidden."),
    ViewKind.SAVED: N_("No article has these words. In the tree, E changes this search."),
}


def _length(window: RowWindow) -> str:
    """How many articles a list holds, and of how many it has only the newest."""
    if window.found:
        shown, found = i18n.number(window.total), i18n.number(window.found)
        if window.found < COUNTED:
            return _("the newest {count} of {found}").format(count=shown, found=found)
        found = i18n.number(window.found - 1)
        return _("the newest {count} of more than {found}").format(count=shown, found=found)
    if window.exact:
        return ngettext("{count} article", "{count} articles", window.total)
    return _("more than {count} articles").format(count=i18n.number(window.total - 1))


def empty_message(view: View) -> str:
    """Why a list is empty, and what to do about it."""
    if view.kind is ViewKind.SEARCH:
        return _("No article has these words. Esc leaves the search.")
    if view.query:
        return _("No article of this list has these words. Esc shows all of it.")
    return _(_EMPTY.get(view.kind, N_("No article here yet. Press r to fetch, a to add a source.")))


class ListPane(Room, Background):
    """A list of articles with its heading, read from the library as it is scrolled."""

    class Loaded(Message):
        """Another list is shown."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    class Refused(Message):
        """A list cannot be shown, for its search cannot be read; what was shown stays."""

        def __init__(self, view: View, error: UsageError) -> None:
            super().__init__()
            self.view = view
            self.error = error

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
        self.said = ""
        """What it is searched for, with the words of a saved search."""
        self.preparing = False
        """Whether the sample edition is on its way."""
        self._stale = False
        """Whether there is news that could not be shown without moving what one looks at."""
        self._trouble = ""
        """Why there is nothing to show, where the search cannot be read."""
        self._left: dict[View, str] = {}
        self.heading = Heading()
        self.search = SearchBar(library)
        self.articles = ArticleList(now, id="articles")
        self.notice = EmptyNotice()

    def compose(self) -> ComposeResult:
        """Heading, search box, rows, and what stands where there are none."""
        self.search.display = False
        self.notice.display = False
        yield self.heading
        yield self.search
        yield self.articles
        yield self.notice

    # Which list

    @property
    def at_rest(self) -> bool:
        """Whether the list asked for last is here."""
        return self.wanted == self.view

    def load(self, view: View, *, select: str | None = None, otherwise: int = 0) -> None:
        """Show a list as soon as the library has it; a later call replaces this one.

        The cursor comes to the article ``select``, else to the one it was on when this list was
        left, else to the place ``otherwise``.
        """
        current = self.articles.current
        if current is not None:
            self._left[self.view] = current.id
        self.wanted = view
        wanted = select or self._left.get(view)
        self.begin(partial(self._load, view, wanted, otherwise), group="list")

    def load_top(self, view: View) -> None:
        """Show a list from its top."""
        self._left.pop(view, None)
        self.wanted = view
        self.begin(partial(self._load, view, None, 0), group="list")

    def reload(self) -> None:
        """Read the list anew, with the cursor on the same article, or where that stood."""
        current = self.articles.current
        place = self.articles.cursor if self.wanted == self.view else 0
        self.load(self.wanted, select=current.id if current else None, otherwise=place)

    async def _load(self, view: View, select: str | None, otherwise: int) -> None:
        call = partial(open_list, self.library, view, select=select, otherwise=otherwise)
        self._stale = False
        try:
            listing = await asyncio.to_thread(call)
        except UsageError as error:
            self.wanted = self.view
            self.post_message(self.Refused(view, error))
            return
        self.show(listing)
        if self._stale:  # there was news while it was read
            self.renew()

    def renew(self) -> None:
        """Show what is new in the list without moving anything: cursor, scroll, text.

        Where that cannot be, because the article under the cursor is in the list no more, say, it
        is tried again once the cursor moves. Results stay as they were found.
        """
        self._stale = True
        if self.wanted == self.view and not results(self.view):
            self.begin(partial(self._renew, self.view, self.articles.window), group="renew")

    async def _renew(self, view: View, window: RowWindow) -> None:
        if not len(window):
            self.reload()
            return
        while stand := await self._stand(window):
            renewed = await in_thread(partial(renew_list, self.library, view, stand))
            if not self._stands(view, window):
                return
            if renewed is None:
                if await asyncio.to_thread(stepped_aside, self.library, view, stand):
                    self.load_top(view)
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
        self.said = listing.query
        self.articles.mark(self.marker)
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
        for group in ("rows", "snippets", "count"):
            self.workers.cancel_group(self, group)
        still = listing.view == self.view
        if not still:
            self.articles.selection.clear()
        self.view = self.wanted = listing.view
        self.said, self._trouble = listing.query, listing.trouble
        self.articles.kind = listing.view.kind
        self.articles.mark(self.marker)
        self.articles.show(listing.window, cursor=listing.cursor, still=still)
        self.search.settle()
        self._notice()
        # Straight to the screen, so that the name of the list is in the picture with its rows.
        self.screen.post_message(self.Loaded(listing.view))
        if not listing.window.exact:
            count = partial(self._count, listing.view, listing.window)
            self.begin(count, group="count")

    @property
    def marker(self) -> Marker | None:
        """What is marked in its articles."""
        return marker_of(self.said)

    async def _count(self, view: View, window: RowWindow) -> None:
        await asyncio.sleep(_COUNT_AFTER)  # a list that gives way by then is not counted at all
        total = (await in_thread(partial(self.library.count, view))).total
        found = await in_thread(partial(found_beyond, self.library, view, total))
        if window is self.articles.window:
            window.found = found
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

    @on(ArticleList.SnippetsWanted)
    def _fetch_snippets(self, event: ArticleList.SnippetsWanted) -> None:
        event.stop()
        fetch = partial(self._put_snippets, event.ids, event.marker)
        # After the first picture of a list, which is not held up by it.
        begin = partial(self.begin, fetch, group="snippets", replacing=False)
        self.call_after_refresh(begin)

    async def _put_snippets(self, ids: tuple[str, ...], marker: Marker) -> None:
        found = await asyncio.to_thread(self.library.snippets, ids, marker)
        self.articles.put_snippets(ids, found, marker)

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
        count = _length(self.articles.window)
        if unread is not None:
            count = ngettext("{count} unread", "{count} unread", unread)
        chosen = self.articles.chosen
        if chosen:
            selected = ngettext("{count} selected", "{count} selected", chosen)
            count = f"{selected} · {count}"
        said = text.inline(self.view.query.rstrip("*"))
        filtered = f"= {said} · " if whole(self.view) != self.view else ""
        self.heading.detail = f"{filtered}{count} · {order_of(self.said)}"

    def _notice(self) -> None:
        empty = not len(self.articles.window)
        focused = self.articles.has_focus
        preparing = self.preparing and empty
        waiting = _("The sample edition is being prepared …")
        self.notice.message = waiting if preparing else self._empty() if empty else ""
        self.notice.display = empty
        self.articles.styles.height = 0 if empty else "1fr"
        if focused:
            self.screen.set_focus(self.articles, scroll_visible=False)

    def _empty(self) -> str:
        if self._trouble:
            return "\n".join((self._trouble, _("In the tree, E changes this search.")))
        return empty_message(self.view)
