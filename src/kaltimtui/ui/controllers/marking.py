"""Marks: read, star, later; on one article or a whole list; undo and redo."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.models import Marking as Mark
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import ArticleRow, Change
    from kaltimtui.ui.screens.main import MainScreen

_AT_ONCE: Final = 50
"""A change of more articles than this reads the list anew instead of its rows."""


class Marking:
    """What the user says of articles. Shown only once it is stored."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def _toggle(self, field: str) -> None:
        article = self._screen.current_article
        if article is None:
            self._screen.say(_("No article is selected."))
            return
        value = not getattr(article, field)
        mark = {"read": Mark("read", value), "starred": Mark("starred", value)}
        self.set((article.id,), mark.get(field) or Mark("later", value))

    def toggle_read(self) -> None:
        """Mark read or unread."""
        self._toggle("read")

    def toggle_star(self) -> None:
        """Star or unstar."""
        self._toggle("starred")

    def toggle_later(self) -> None:
        """Set aside for later, or no longer."""
        self._toggle("later")

    def set(self, articles: tuple[str, ...], mark: Mark, *, quiet: bool = False) -> None:
        """Store a mark and then show it."""
        library = self._screen.library
        self._run(lambda: library.mark(articles, (mark,)), quiet=quiet)

    def mark_all_read(self) -> None:
        """Mark everything in the list read, at once; undo takes it back."""
        library, view = self._screen.library, self._screen.list_pane.view
        self._run(lambda: library.mark_view(view, Mark("read", True)))

    def undo(self) -> None:
        """Take back the last change."""
        self._run(
            self._screen.library.undo, told=_("Undone: {what}"), nothing=_("Nothing to undo.")
        )

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._run(
            self._screen.library.redo, told=_("Done again: {what}"), nothing=_("Nothing to redo.")
        )

    def remove_source(self) -> None:
        """Take a source and its articles out of sight; undo brings them back."""
        in_tree = self._screen.at is Pane.TREE
        view = self._screen.categories.view if in_tree else self._screen.list_pane.view
        if view is None or view.source is None:
            self._screen.say(_("Put the cursor on a source first."))
            return
        library, source = self._screen.library, view.source
        self._run(lambda: library.remove_source(source))

    def _run(
        self,
        call: Callable[[], Change | None],
        *,
        told: str = "{what}",
        nothing: str = "",
        quiet: bool = False,
    ) -> None:
        self._screen.run_worker(
            self._carry_out(call, told, nothing, quiet=quiet), group="marks", exit_on_error=False
        )

    async def _carry_out(
        self, call: Callable[[], Change | None], told: str, nothing: str, *, quiet: bool
    ) -> None:
        try:
            change = await asyncio.to_thread(call)
            if change is None:
                self._screen.say(nothing)
                return
            rows = await asyncio.to_thread(self._changed_rows, change)
        except KaltimtuiError as error:
            self._screen.report(error)
            return
        if not quiet:
            self._screen.say(told.format(what=change.description))
        self._show(rows)
        self._screen.refresh_counts()

    def _changed_rows(self, change: Change) -> list[ArticleRow] | None:
        """The new state of the rows concerned; None where they are too many or gone."""
        if change.count > _AT_ONCE or not change.articles:
            return None
        return [self._screen.library.row(article) for article in change.articles]

    def _show(self, rows: list[ArticleRow] | None) -> None:
        screen = self._screen
        if rows is None:
            screen.list_pane.reload()
            return
        shown = screen.reading.article
        for row in rows:
            screen.list_pane.articles.replace(row)
            if shown is not None and row.id == shown.id:
                fresh = replace(shown, read=row.read, starred=row.starred, later=row.later)
                screen.reading.update_state(fresh)
