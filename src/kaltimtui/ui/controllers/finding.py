"""Going to a list by its key or to a story, searching in all articles and within a list.

What reads a search is loaded when the first one is typed, not before the first picture.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui import i18n
from kaltimtui.errors import QueryError, UsageError
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.loading import whole

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.query import Query
    from kaltimtui.ui.screens.main import MainScreen

_TYPING_PAUSE: Final = 0.08


class Finding:
    """Lists and the search."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._before: View | None = None
        """The list one came from; where one types, it is shown while nothing is typed."""
        self._within = View(ViewKind.SEARCH)
        """What is searched: all articles, or one list."""
        self._story_from = View()
        """The list from which one came to a story."""
        self._pause: Timer | None = None
        self._typed: str | None = None
        """What is to be searched for once the typing pauses."""

    @property
    def searching(self) -> bool:
        """Whether there is a search, a filter or a story to leave."""
        wanted = self._screen.list_pane.wanted
        own = wanted.kind in (ViewKind.SEARCH, ViewKind.STORY)
        return self._before is not None or own or bool(wanted.query)

    @property
    def among_results(self) -> bool:
        """Whether the list is of what was found in all articles, just now or by a saved search."""
        return self._screen.list_pane.wanted.kind in (ViewKind.SEARCH, ViewKind.SAVED)

    @property
    def typed(self) -> str:
        """What is searched for, as it was typed where that is in sight."""
        pane = self._screen.list_pane
        return pane.search.box.value if pane.search.display else pane.wanted.query

    def show_all(self) -> None:
        """All articles."""
        self._screen.open_view(View(ViewKind.ALL))

    def show_unread(self) -> None:
        """What is unread."""
        self._screen.open_view(View(ViewKind.UNREAD))

    def show_starred(self) -> None:
        """What is starred."""
        self._screen.open_view(View(ViewKind.STARRED))

    def show_hidden(self) -> None:
        """What is hidden from every other list."""
        self._screen.open_view(View(ViewKind.HIDDEN))

    def same_story(self) -> None:
        """All articles that tell the story of the one that is read, or under the cursor."""
        show = partial(self._show_story, Choice(self._screen))
        self._screen.begin(show, group="story")

    async def _show_story(self, choice: Choice) -> None:
        screen = self._screen
        article = await choice.article()
        if article is None:
            return
        row = await asyncio.to_thread(screen.library.row, article)
        came_from = screen.list_pane.wanted
        if not row.others:
            screen.say(_("No other source tells this story."))
        elif came_from.kind is not ViewKind.STORY:
            self._story_from = came_from
            screen.open_view(View(ViewKind.STORY, story=article))
            screen.go(Pane.LIST)

    # --- the search line -------------------------------------------------------------------

    def search(self) -> None:
        """Search all articles."""
        self._open(View(ViewKind.SEARCH), _("Search all articles"))

    def filter(self) -> None:
        """Search within the list one is in; among results, go on with their search."""
        within = whole(self._screen.list_pane.wanted)
        if within.kind is ViewKind.SEARCH:
            self.search()
        else:
            self._open(within, _("Search within this list"))

    def _open(self, within: View, placeholder: str) -> None:
        screen = self._screen
        wanted = screen.list_pane.wanted
        if self._before is None and wanted.kind is not ViewKind.SEARCH:
            self._before = whole(wanted)
        shown = whole(wanted) == within or wanted.kind is within.kind is ViewKind.SEARCH
        same = within == self._within and screen.list_pane.search.display
        typed = screen.list_pane.search.box.value if same else wanted.query if shown else ""
        self._within = within
        screen.go(Pane.LIST)
        screen.list_pane.search.open(placeholder, typed)

    def changed(self, typed: str) -> None:
        """Search for what is typed: at once, or in a pause while an earlier search goes on."""
        self._drop()
        self._typed = typed
        if self._screen.list_pane.at_rest:
            self._find()
            return
        self._pause = self._screen.set_timer(_TYPING_PAUSE, self._find, name="search")

    def _find(self) -> None:
        """Search for what was typed last, unless that was done already."""
        typed = self._typed
        self._drop()
        if typed is None:
            return
        from kaltimtui.query import parse

        try:
            query = parse(typed, live=True)
        except QueryError as error:
            self.refused(error)
            return
        self._screen.list_pane.load(self._view(query))

    def _view(self, query: Query) -> View:
        """The list that holds what is searched for; of nothing, the one that came before."""
        from kaltimtui.query import printed

        if query.root is None and query.sort is None:
            return self._before or whole(self._within)
        return replace(self._within, query=printed(query, i18n.language()))

    def refused(self, error: UsageError) -> None:
        """Say why a list cannot be searched for; what is shown stays."""
        search = self._screen.list_pane.search
        if not search.display:
            self._screen.say(str(error))
            return
        search.complain(str(error), self._place(error))

    def _place(self, error: UsageError) -> tuple[int, int] | None:
        """The place in the line that an error names; None where it is of another text."""
        typed = self._screen.list_pane.search.box.value
        if isinstance(error, QueryError) and error.typed.rstrip() == typed.rstrip():
            return error.start, error.end
        return None

    def sort_results(self) -> None:
        """Put what fits best first, or again the newest."""
        screen = self._screen
        search = screen.list_pane.search
        typed = self.typed
        if not typed.strip():
            screen.say(_("Search for something first: / in all articles, = in this list."))
            return
        from kaltimtui.query import parse
        from kaltimtui.query.completing import with_sort
        from kaltimtui.query.tree import Sort

        try:
            by_relevance = parse(typed, live=True).sort is Sort.RELEVANCE
        except QueryError as error:
            self.refused(error)
            return
        sort = None if by_relevance else Sort.RELEVANCE
        changed = with_sort(typed, sort, i18n.language())
        if search.display:
            search.write(changed)
        else:
            screen.open_view(replace(screen.list_pane.wanted, query=changed))

    def _drop(self) -> None:
        """Search no more for what was typed last."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._typed = None

    def kept(self) -> None:
        """Go to the results, at once; a word that is finished is no beginning of others.

        A bracket that is not closed counts as if it were; what cannot be read is said.
        """
        from kaltimtui.query import parse

        pane = self._screen.list_pane
        typed = pane.search.box.value
        self._drop()
        try:
            wanted = self._view(parse(f"{typed} ", live=True))
        except QueryError as error:
            self.refused(error)
            return
        if wanted != pane.wanted:
            pane.load(wanted)
        if not pane.at_rest:
            pane.search.await_results()
        self._screen.state.remember_search(typed)
        self._screen.go(Pane.LIST)

    # --- leaving ---------------------------------------------------------------------------

    def clear_search(self) -> None:
        """Leave the search, the filter or the story for the list one came from."""
        if not self.searching:
            return
        wanted = self._screen.list_pane.wanted
        back = whole(wanted)
        if self._before is not None:
            back = self._before
        elif wanted.kind is ViewKind.SEARCH:
            back = View()
        elif back.kind is ViewKind.STORY and back == wanted:
            back = self._story_from
        self._screen.open_view(back)
        self._screen.go(Pane.LIST)

    def forget(self) -> None:
        """Another list was opened: close the search line, there is nothing to go back to."""
        self._drop()
        self._before = None
        self._within = View(ViewKind.SEARCH)
        self._screen.list_pane.search.close()
