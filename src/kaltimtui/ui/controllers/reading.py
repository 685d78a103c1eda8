"""Opening articles: preview, reading, the way through the unread, related items and back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.loading import whole

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.models import Article, ArticleRow
    from kaltimtui.ui.screens.main import MainScreen

PREVIEW_AFTER: Final = 0.09
"""Seconds that the cursor rests on a row before its article is shown."""
READ_AFTER: Final = 4.0
"""Seconds that an article is shown before it counts as read."""


class Visited(NamedTuple):
    """An article one came from, and how far one was in it."""

    article: str
    place: int
    related: int | None


class Reading:
    """What stands in the reading pane, and how it came there."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._preview: Timer | None = None
        self._read: Timer | None = None
        self._wanted: str | None = None
        """The article asked for last, whether it is here yet or not."""
        self._history: list[Visited] = []

    # What is shown

    def highlighted(self, row: ArticleRow) -> None:
        """Show an article once the cursor has rested on its row."""
        self._stop_preview()
        if row.id != self._wanted:
            show = partial(self._show_preview, row.id)
            self._preview = self._screen.set_timer(PREVIEW_AFTER, show, name="preview")

    @property
    def giving_way(self) -> bool:
        """Whether the article under the cursor is about to be shown in the place of this one."""
        screen = self._screen
        row = screen.list_pane.articles.current
        if screen.at is Pane.READING or row is None:
            return False
        return row.id != screen.reading.article_id

    def _show_preview(self, article: str) -> None:
        self._history.clear()
        self.show(article)

    def open(self, row: ArticleRow) -> None:
        """Read the article of a row, now."""
        self._stop_preview()
        self._history.clear()
        self._screen.go(Pane.READING)
        if row.id == self._screen.reading.article_id == self._wanted:
            self._screen.reading.seek()
            self._mark_read(row.id)
        else:
            self.show(row.id, mark=True)

    def show(
        self,
        article: str,
        *,
        mark: bool = False,
        came_from: Visited | None = None,
        back_to: Visited | None = None,
    ) -> None:
        """Bring an article into the reading pane; a later call replaces this one."""
        self._wanted = article
        show = partial(self._show, article, mark=mark, came_from=came_from, back_to=back_to)
        self._screen.begin(show, group="article")

    async def _show(
        self, article: str, *, mark: bool, came_from: Visited | None, back_to: Visited | None
    ) -> None:
        found = await asyncio.to_thread(self._screen.library.article, article)
        if came_from is not None:
            self._history.append(came_from)
        self.present(found, timed=not mark, seek=came_from is back_to is None)
        if back_to is not None:
            self._screen.reading.restore(back_to.place)
            self._screen.reading.cursor = back_to.related
        if mark:
            self._mark_read(article)

    def present(self, article: Article | None, *, timed: bool = True, seek: bool = True) -> None:
        """Put an article that is here into the reading pane, at the place one left it.

        Where one has not been, that is the first word searched for, if it is to ``seek`` one. With
        ``timed`` it counts as read after a while.
        """
        screen = self._screen
        self.leave()
        self.stop_reading()
        screen.noting.elsewhere(article.id if article else None)
        self._wanted = article.id if article else None
        offset = screen.state.places.get(article.id, 0) if article else 0
        screen.reading.show(article, screen.clock(), offset=offset, seek=seek)
        screen.text_heading.name_shown = screen.reading.heading
        if article is None:
            return
        screen.state.article = article.id
        if timed and not article.read:
            mark = partial(self._mark_read, article.id)
            self._read = screen.set_timer(READ_AFTER, mark, name="read")

    async def bring(self, article: str) -> Article:
        """Show an article unless it is shown already; the article."""
        shown = self._screen.reading.article
        if shown is not None and shown.id == article == self._wanted:
            return shown
        self._stop_preview()
        found = await asyncio.to_thread(self._screen.library.article, article)
        self.present(found)
        return found

    async def renew(self, article: str) -> None:
        """Show an article anew, at the place one is, if it is the one that is shown."""
        found = await asyncio.to_thread(self._screen.library.article, article)
        pane = self._screen.reading
        if pane.article_id == article:
            pane.show(found, self._screen.clock(), offset=pane.place)
            self._screen.status.place()

    def leave(self) -> None:
        """Remember how far one has come in what is shown."""
        pane = self._screen.reading
        if pane.article_id is not None and not pane.at_hit:
            self._screen.state.remember_place(pane.article_id, pane.place)

    def _stop_preview(self) -> None:
        if self._preview is not None:
            self._preview.stop()
            self._preview = None

    def stop_reading(self) -> None:
        """What is shown does not count as read by itself any more."""
        if self._read is not None:
            self._read.stop()
            self._read = None

    def _mark_read(self, article: str) -> None:
        shown = self._screen.reading.article
        if shown is not None and shown.id == article and not shown.read:
            self._screen.marking.read_by_itself(article)

    # Related items and back

    def follow(self, article: str) -> None:
        """Open a related item; Esc comes back to the line one was on."""
        pane = self._screen.reading
        here = pane.article_id
        came_from = Visited(here, pane.place, pane.cursor) if here is not None else None
        self.show(article, mark=True, came_from=came_from)

    def back(self) -> None:
        """Out of what one writes, else to the article one came from, else to the list.

        In the list: out of the selection, else out of the search.
        """
        screen = self._screen
        if screen.asking.close() or screen.noting.close():
            return
        if screen.at is Pane.LIST and screen.selecting.clear():
            return
        if screen.at is Pane.READING and self._history:
            last = self._history.pop()
            self.show(last.article, mark=True, back_to=last)
        elif screen.at is Pane.READING or screen.at is Pane.TREE:
            screen.go(Pane.LIST)
        elif screen.finding.searching:
            screen.finding.clear_search()
        elif Pane.TREE not in screen.arrangement.shown:
            screen.go(Pane.TREE)

    def related_next(self) -> None:
        """To the next related item."""
        self._screen.go(Pane.READING)
        self._screen.reading.related_next()

    def related_previous(self) -> None:
        """To the related item before."""
        self._screen.go(Pane.READING)
        self._screen.reading.related_previous()

    # The way through the articles

    def next_unread(self) -> None:
        """To the next unread article below, else to the next list that has one.

        Among the results of a search, to the next of them.
        """
        if self._screen.finding.among_results:
            self.next_article()
        else:
            self._screen.begin(partial(self._step_unread, 1), group="unread")

    def previous_unread(self) -> None:
        """To the unread article above; among the results of a search, to the one above."""
        if self._screen.finding.among_results:
            self.previous_article()
        else:
            self._screen.begin(partial(self._step_unread, -1), group="unread")

    async def _step_unread(self, step: int) -> None:
        if await self._screen.list_pane.step_unread(step):
            self._take_along()
        elif step > 0:
            self.next_unread_list()
        else:
            self._screen.status.say(_("Nothing unread above."))

    def _take_along(self) -> None:
        if self._screen.at is Pane.READING:
            self._screen.list_pane.articles.activate()

    def next_unread_list(self) -> None:
        """To the next list with something unread."""
        screen = self._screen
        view = screen.categories.next_unread(whole(screen.list_pane.wanted))
        if view is None:
            screen.status.say(_("Everything is read."))
        else:
            screen.open_view(view)
            screen.go(Pane.LIST)

    def next_category(self) -> None:
        """To the list below in the tree."""
        self._step_view(1)

    def previous_category(self) -> None:
        """To the list above in the tree."""
        self._step_view(-1)

    def _step_view(self, step: int) -> None:
        views = self._screen.categories.views()
        here = whole(self._screen.list_pane.wanted)
        at = views.index(here) if here in views else -1
        if 0 <= at + step < len(views):
            self._screen.open_view(views[at + step])

    def next_article(self) -> None:
        """To the article below in the list."""
        self._screen.list_pane.articles.move(1)
        self._take_along()

    def previous_article(self) -> None:
        """To the article above in the list."""
        self._screen.list_pane.articles.move(-1)
        self._take_along()

    def page_or_next(self) -> None:
        """A page down; at the end on to the next unread article."""
        if self._screen.reading.page_or_end():
            self.next_unread()

    def scroll_text_down(self) -> None:
        """Scroll the text while the cursor stays in the list."""
        self._screen.reading.scroll_half_page()

    def scroll_text_up(self) -> None:
        """Scroll the text back while the cursor stays in the list."""
        self._screen.reading.scroll_half_page(-1)
