"""Opening articles: preview, reading, the way through the unread, related items and back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.models import Marking
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.models import Article, ArticleRow
    from kaltimtui.ui.screens.main import MainScreen

PREVIEW_AFTER: Final = 0.09
"""Seconds that the cursor rests on a row before its article is shown."""
READ_AFTER: Final = 4.0
"""Seconds that an article is shown before it counts as read."""


@dataclass(frozen=True, slots=True)
class Visited:
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
        self._history: list[Visited] = []

    @property
    def has_history(self) -> bool:
        """Whether there is an article to go back to."""
        return bool(self._history)

    def highlighted(self, row: ArticleRow) -> None:
        """Show an article once the cursor has rested on its row."""
        self._stop()
        if row.id != self._screen.reading.article_id:
            show = partial(self.show, row.id)
            self._preview = self._screen.set_timer(PREVIEW_AFTER, show, name="preview")

    def open(self, row: ArticleRow) -> None:
        """Read the article of a row, now."""
        self._stop()
        self._history.clear()
        self._screen.go(Pane.READING)
        if row.id != self._screen.reading.article_id:
            self.show(row.id, mark=True)
        else:
            self._mark_read(row.id)

    def show(self, article: str, *, mark: bool = False, back_to: Visited | None = None) -> None:
        """Bring an article into the reading pane; a later call replaces this one."""
        self._screen.run_worker(
            self._show(article, mark=mark, back_to=back_to),
            group="article",
            exclusive=True,
            exit_on_error=False,
        )

    async def _show(self, article: str, *, mark: bool, back_to: Visited | None) -> None:
        try:
            found = await asyncio.to_thread(self._screen.library.article, article)
        except KaltimtuiError as error:
            self._screen.report(error)
            return
        self.present(found)
        if back_to is not None:
            self._screen.reading.restore(back_to.place)
            self._screen.reading.cursor = back_to.related
        if mark:
            self._mark_read(article)

    def present(self, article: Article | None) -> None:
        """Put an article that is here into the reading pane, at the place one left it."""
        screen = self._screen
        self.leave()
        offset = screen.state.places.get(article.id, 0) if article else 0
        screen.reading.show(article, screen.clock(), offset=offset)
        if article is None:
            return
        screen.state.article = article.id
        if not article.read:
            mark = partial(self._mark_read, article.id)
            self._read = screen.set_timer(READ_AFTER, mark, name="read")

    def leave(self) -> None:
        """Remember how far one has come in what is shown."""
        self._stop()
        pane = self._screen.reading
        if pane.article_id is not None:
            self._screen.state.remember_place(pane.article_id, pane.place)

    def _stop(self) -> None:
        for timer in (self._preview, self._read):
            if timer is not None:
                timer.stop()
        self._preview = self._read = None

    def _mark_read(self, article: str) -> None:
        shown = self._screen.reading.article
        if shown is not None and shown.id == article and not shown.read:
            self._screen.marking.set((article,), Marking("read", True), quiet=True)

    def follow(self, article: str) -> None:
        """Open a related item; Esc comes back to the line one was on."""
        pane = self._screen.reading
        if pane.article_id is not None:
            self._history.append(Visited(pane.article_id, pane.place, pane.cursor))
        self.show(article, mark=True)

    def back(self) -> None:
        """Back to the article one came from, else to the list, else out of the search."""
        screen = self._screen
        if screen.at is Pane.READING and self._history:
            last = self._history.pop()
            self.show(last.article, back_to=last)
        elif screen.at is Pane.READING:
            screen.go(Pane.LIST)
        elif screen.finding.searching:
            screen.finding.clear_search()
        elif screen.at is Pane.LIST and Pane.TREE not in screen.arrangement.shown:
            screen.go(Pane.TREE)
        elif screen.at is Pane.TREE:
            screen.go(Pane.LIST)

    def next_unread(self) -> None:
        """To the next unread article below, else to the next list that has one."""
        if not self._step_unread(1):
            self.next_unread_list()

    def previous_unread(self) -> None:
        """To the unread article above."""
        if not self._step_unread(-1):
            self._screen.say(_("Nothing unread above."))

    def _step_unread(self, step: int) -> bool:
        articles = self._screen.list_pane.articles
        place = articles.window.next_unread(articles.cursor, step)
        if place is None:
            return False
        articles.cursor = place
        self._take_along()
        return True

    def _take_along(self) -> None:
        if self._screen.at is Pane.READING:
            self._screen.list_pane.articles.activate()

    def next_unread_list(self) -> None:
        """To the next list with something unread."""
        view = self._screen.categories.next_unread(self._screen.list_pane.view)
        if view is None:
            self._screen.say(_("Everything is read."))
        else:
            self._screen.open_view(view)
            self._screen.go(Pane.LIST)

    def next_category(self) -> None:
        """To the list below in the tree."""
        self._step_view(1)

    def previous_category(self) -> None:
        """To the list above in the tree."""
        self._step_view(-1)

    def _step_view(self, step: int) -> None:
        views = self._screen.categories.views()
        here = self._screen.list_pane.view
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

    def related_next(self) -> None:
        """To the next related item."""
        self._screen.go(Pane.READING)
        self._screen.reading.related_next()

    def related_previous(self) -> None:
        """To the related item before."""
        self._screen.go(Pane.READING)
        self._screen.reading.related_previous()
