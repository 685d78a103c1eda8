"""The middle pane: what list this is, the search box, and the articles."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import i18n, text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.loading import OpenList, fetch_rows, open_list
from kaltimtui.ui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from kaltimtui.library import Library


class Heading(Widget):
    """The name of a pane; in the accent colour while the pane has the focus."""

    DEFAULT_CSS = "Heading { height: 1; }"

    name_shown: reactive[str] = reactive("")
    detail: reactive[str] = reactive("")
    lit: reactive[bool] = reactive(False)

    def render(self) -> Content:
        """The line, cut to its room."""
        width = self.size.width - 3
        colour = "bold $accent-ink" if self.lit else "bold $ink-muted"
        name = text.fit(text.inline(self.name_shown).upper(), width)
        rest = text.fit(f" · {self.detail}", width - text.width(name)) if self.detail else ""
        return Content.assemble("   ", (name, colour), (rest, "$ink-muted"))


class EmptyNotice(Widget):
    """What stands where there is no article: why, and what to do."""

    DEFAULT_CSS = "EmptyNotice { padding: 1 3; }"

    message: reactive[str] = reactive("")

    def render(self) -> Content:
        """The notice, wrapped by Textual."""
        return Content.styled(self.message, "$ink-muted")


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
            return _("No article here yet. Bring some in: kaltimtui import FILE.")


class ListPane(Vertical):
    """A list of articles with its heading, read from the library as it is scrolled."""

    class Loaded(Message):
        """Another list is shown."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    class Failed(Message):
        """The library could not answer."""

        def __init__(self, error: KaltimtuiError) -> None:
            super().__init__()
            self.error = error

    class SearchChanged(Message):
        """Another thing is searched for."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class SearchKept(Message):
        """The user has done typing and wants the results."""

    def __init__(self, library: Library, now: datetime, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.library = library
        self.view = View()
        self.heading = Heading()
        self.search_box = Input(id="search", placeholder=_("Search all articles"))
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

    def load(self, view: View, *, select: str | None = None) -> None:
        """Show a list as soon as the library has it; a later call replaces this one."""
        self.run_worker(self._load(view, select), group="list", exclusive=True, exit_on_error=False)

    def reload(self) -> None:
        """Read the list anew, with the cursor on the same article."""
        current = self.articles.current
        self.load(self.view, select=current.id if current else None)

    async def _load(self, view: View, select: str | None) -> None:
        call = partial(open_list, self.library, view, select=select)
        try:
            listing = await asyncio.to_thread(call)
        except KaltimtuiError as error:
            self.post_message(self.Failed(error))
            return
        self.show(listing)

    def show(self, listing: OpenList) -> None:
        """Show a list that is here."""
        self.workers.cancel_group(self, "rows")
        self.view = listing.view
        self.articles.kind = listing.view.kind
        self.articles.show(listing.window, cursor=listing.cursor)
        self._notice()
        self.post_message(self.Loaded(listing.view))
        if not listing.window.exact:
            self.run_worker(
                self._count(listing.view), group="count", exclusive=True, exit_on_error=False
            )

    async def _count(self, view: View) -> None:
        try:
            count = await asyncio.to_thread(self.library.count, view)
        except KaltimtuiError as error:
            self.post_message(self.Failed(error))
            return
        if view == self.view:
            self.articles.set_total(count.total)
            self.post_message(self.Loaded(view))

    @on(ArticleList.Wanted)
    def _fetch(self, event: ArticleList.Wanted) -> None:
        event.stop()
        for chunk in event.chunks:
            self.run_worker(self._fetch_chunk(self.view, chunk), group="rows", exit_on_error=False)

    async def _fetch_chunk(self, view: View, chunk: int) -> None:
        fetch = self.articles.window.fetch(chunk)
        try:
            rows = await asyncio.to_thread(fetch_rows, self.library, view, fetch)
        except KaltimtuiError as error:
            self.articles.failed(chunk)
            self.post_message(self.Failed(error))
            return
        if view == self.view:
            self.articles.put(chunk, rows)
            self._notice()

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
        self.notice.message = empty_message(self.view) if empty else ""
        self.notice.display = empty
        self.articles.styles.height = 0 if empty else "1fr"
        if focused:
            self.articles.focus(scroll_visible=False)

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
