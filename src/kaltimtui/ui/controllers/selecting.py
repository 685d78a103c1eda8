"""Selecting articles of the list, and what an action is then about."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.selection import Span, articles_of

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


class Selecting:
    """The selection in the list."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def select(self) -> None:
        """Select the article under the cursor, or no longer, and go on; in a range, end that."""
        articles = self._screen.list_pane.articles
        if articles.selection.anchor is not None:
            self.select_range()
        elif articles.current is not None:
            articles.selection.toggle(articles.current.id)
            articles.move(1)
            self._show()

    def select_range(self) -> None:
        """Begin a range at the cursor, which then follows it; or end it there."""
        pane = self._screen.list_pane
        articles, selection = pane.articles, pane.articles.selection
        row = articles.current
        if row is None:
            return
        if selection.anchor is None:
            selection.begin(row, articles.cursor)
        elif span := selection.close(pane.view, row, articles.window, articles.cursor):
            self._screen.begin(partial(self._resolve, span), group="spans", replacing=False)
        self._show()

    async def _resolve(self, span: Span) -> None:
        found = await asyncio.to_thread(articles_of, self._screen.library, span)
        self._screen.list_pane.articles.selection.resolved(span, found)
        self._show()

    def clear(self) -> bool:
        """Select nothing; False where nothing is selected."""
        selection = self._screen.list_pane.articles.selection
        if not selection:
            return False
        selection.clear()
        self._show()
        return True

    def moved(self) -> None:
        """The cursor is elsewhere, and with it the end of a range."""
        if self._screen.list_pane.articles.selection.anchor is not None:
            self._screen.status.describe()

    def _show(self) -> None:
        self._screen.list_pane.articles.refresh()
        self._screen.status.describe()


class Chosen:
    """What an action is about, as it was when its key came: the selection, else one article."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._choice = Choice(screen)
        self._pane = screen.list_pane
        self._window = screen.list_pane.articles.window
        self._view = screen.list_pane.view
        self._cursor = screen.list_pane.articles.cursor
        selection = screen.list_pane.articles.selection
        self._selected = bool(selection) and screen.at is Pane.LIST
        self._ids = frozenset(selection.ids)
        self._spans = tuple(selection.spans)
        self._anchor, self._range = selection.anchor, selection.open_range(self._cursor)

    @property
    def is_none(self) -> bool:
        """Whether there is no article, which is known at once."""
        return not self._selected and self._choice.is_none

    async def articles(self) -> tuple[str, ...]:
        """The ids, each once; none where there is no article."""
        if not self._selected:
            article = await self._choice.article()
            return () if article is None else (article,)
        spans = list(self._spans)
        if self._anchor is not None:
            row = await self._pane.row_at(self._window, self._cursor) or self._anchor
            spans.append(Span(self._view, self._anchor, row, self._range))
        found = dict.fromkeys(self._ids)
        for span in spans:
            found |= dict.fromkeys(await asyncio.to_thread(articles_of, self._screen.library, span))
        return tuple(found)
