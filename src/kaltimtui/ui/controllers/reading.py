"""Opening articles: preview, reading, the way through the unread, related items and back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.loading import whole
from kaltimtui.ui.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from kaltimtui.models import Article, ArticleRow
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.trail import Visit

PREVIEW_AFTER: Final = 0.09
"""Seconds that the cursor rests on a row before its article is shown."""
READ_AFTER: Final = 4.0
"""Seconds that an article is shown before it counts as read."""


class Reading:
    """What stands in the reading pane, and how it came there."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._preview: Timer | None = None
        self._read: Timer | None = None
        self._wanted: str | None = None
        """The article asked for last, whether it is here yet or not."""
        self._trail = Trail()

    # What is shown

    def highlighted(self, row: ArticleRow) -> None:
        """Show an article once the cursor has rested on its row."""
        self._stop_preview()
        if row.id != self._wanted:
            show = partial(self.show, row.id)
            self._preview = self._screen.set_timer(PREVIEW_AFTER, show, name="preview")

    @property
    def giving_way(self) -> bool:
        """Whether the article under the cursor is about to be shown in the place of this one."""
        screen = self._screen
        row = screen.list_pane.articles.current
        if screen.at is Pane.READING or row is None:
            return False
        return row.id != screen.reading.article_id

    def open(self, row: ArticleRow) -> None:
        """Read the article of a row, now."""
        self._stop_preview()
        self._screen.go(Pane.READING)
        shown = self._screen.reading.article
        if shown and row.id == shown.id == self._wanted and row.versions == shown.versions:
            self._trail.open(row.id)
            self._screen.reading.seek()
            self._mark_read(row.id)
        else:
            self._open(row.id)

    def follow(self, article: str) -> None:
        """Open what a link or related item leads to; Esc comes back to the line one was on."""
        here = self._screen.reading.article_id
        if here is not None:
            self._trail.open(here)
        self._open(article, followed=True)

    def _open(self, article: str, *, followed: bool = False) -> None:
        opened = partial(self._trail.open, article, followed=followed)
        self.show(article, opened=opened, seek=not followed)

    def show(
        self, article: str, *, opened: Callable[[], None] | None = None, seek: bool = True
    ) -> None:
        """Bring an article into the reading pane; a later call replaces this one.

        One that is ``opened``, which is told once it is here, counts as read at once.
        """
        self._wanted = article
        self._screen.begin(partial(self._show, article, opened, seek), group="article")

    async def _show(self, article: str, opened: Callable[[], None] | None, seek: bool) -> None:
        found = await asyncio.to_thread(self._screen.picturing.article, article)
        self.present(found, timed=opened is None, seek=seek)
        if opened is not None:
            opened()
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
        screen.looking.elsewhere(article.id if article else None)
        self._wanted = article.id if article else None
        offset = screen.state.places.get(article.id, 0) if article else 0
        screen.reading.show(article, screen.clock(), offset=offset, seek=seek)
        screen.text_heading.name_shown = screen.reading.heading
        screen.picturing.present(article)
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
        found = await asyncio.to_thread(self._screen.picturing.article, article)
        self.present(found)
        return found

    async def renew(self, article: str) -> None:
        """Show an article as it is by now, at the place one is, if it is the one that is shown."""
        found = await asyncio.to_thread(self._screen.library.article, article)
        pane = self._screen.reading
        if pane.article_id == article:
            pane.renew(found)
            self._screen.picturing.present(found)
            self._screen.status.place()

    def leave(self) -> None:
        """Remember how far one has come in what is shown."""
        pane = self._screen.reading
        self._trail.leave(pane.article_id, pane.place, pane.cursor)
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

    # Related items, back and ahead

    def back(self) -> None:
        """Out of what one writes, else to the article one came from, else to the list.

        In the list: out of the selection, else out of the search.
        """
        screen = self._screen
        if screen.reading.end_hints() or screen.asking.close() or screen.noting.close():
            return
        if screen.looking.close():
            return
        if screen.at is Pane.LIST and screen.selecting.clear():
            return
        if screen.at is Pane.READING and self._trail.came_by_link(self._wanted):
            self.article_back()
        elif screen.at is Pane.READING or screen.at is Pane.TREE:
            screen.go(Pane.LIST)
        elif screen.finding.searching:
            screen.finding.clear_search()
        elif Pane.TREE not in screen.arrangement.shown:
            screen.go(Pane.TREE)

    def article_back(self) -> None:
        """To the article one had opened before."""
        visit = self._trail.before(self._wanted)
        self._go(visit, _("No article was opened before this one."))

    def article_ahead(self) -> None:
        """To the article one came back from."""
        self._go(self._trail.ahead(), _("No article was opened after this one."))

    def _go(self, visit: Visit | None, nowhere: str) -> None:
        if visit is None:
            self._screen.status.say(nowhere)
            return
        self._stop_preview()
        self._screen.go(Pane.READING)
        self.leave()
        self._trail.go(visit)
        self._wanted = visit.article
        self._screen.begin(partial(self._go_to, visit), group="article")

    async def _go_to(self, visit: Visit) -> None:
        try:
            found = await asyncio.to_thread(self._screen.picturing.article, visit.article)
        except UsageError:
            self._trail.forget(visit)
            self._wanted = self._screen.reading.article_id
            self._screen.say(_("That article is not here any more."))
            return
        self.present(found, timed=False, seek=False)
        self._screen.reading.restore(visit.place)
        self._screen.reading.cursor = visit.related
        self._mark_read(visit.article)

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

        Among the results of a search, to the next of them; while one looks for something in the
        text, to the next hit.
        """
        if self._screen.looking.step(1):
            return
        if self._screen.finding.among_results:
            self.next_article()
        else:
            self._screen.begin(partial(self._step_unread, 1), group="unread")

    def previous_unread(self) -> None:
        """To the unread article above; among the results of a search, to the one above."""
        if self._screen.looking.step(-1):
            return
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
