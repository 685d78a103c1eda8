"""Marks: read, star, later; on one article or a whole list; undo and redo."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.models import Marking as Mark
from kaltimtui.ui.controllers.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kaltimtui.models import ArticleRow, Change
    from kaltimtui.ui.screens.main import MainScreen

_AT_ONCE: Final = 50
"""A change of more articles than this reads the list anew instead of its rows."""
_TITLE_SHOWN: Final = 40
Flag: TypeAlias = Literal["read", "starred", "later"]
Work: TypeAlias = "Callable[[], Coroutine[Any, Any, None]]"


class Marking:
    """What the user says of articles: one change after the other, shown once it is stored."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._one_by_one = asyncio.Lock()

    def toggle_read(self) -> None:
        """Mark read or unread; what is shown does not count as read by itself any more."""
        self._screen.opened.stop_reading()
        self._toggle("read")

    def toggle_star(self) -> None:
        """Star or unstar."""
        self._toggle("starred")

    def toggle_later(self) -> None:
        """Set aside for later, or no longer."""
        self._toggle("later")

    def _toggle(self, flag: Flag) -> None:
        self._begin(partial(self._turn, flag, Choice(self._screen)))

    async def _turn(self, flag: Flag, choice: Choice) -> None:
        library = self._screen.library
        article = await choice.article()
        if article is None:
            self._screen.status.say(_("No article is selected."))
            return
        known = await asyncio.to_thread(library.row, article)
        marks = (Mark(flag, not getattr(known, flag)),)
        await self._carry_out(lambda: library.mark((article,), marks))

    def read_by_itself(self, article: str) -> None:
        """Mark an article read because it was opened, which is no step that undo takes back."""
        mark = (Mark("read", True),)
        call = partial(self._screen.library.mark, (article,), mark, undoable=False)
        self._begin(partial(self._carry_out, call, tell=None))

    def mark_all_read(self) -> None:
        """Mark everything in the list read, at once; undo takes it back."""
        view = self._screen.list_pane.wanted
        call = partial(self._screen.library.mark_view, view, Mark("read", True))
        self._begin(partial(self._carry_out, call))

    def undo(self) -> None:
        """Take back the last change."""
        call, tell = self._screen.library.undo, _("Undone: {what}").format_map
        self._begin(partial(self._carry_out, call, tell=tell, nothing=_("Nothing to undo.")))

    def redo(self) -> None:
        """Make the change again that was taken back."""
        call, tell = self._screen.library.redo, _("Done again: {what}").format_map
        self._begin(partial(self._carry_out, call, tell=tell, nothing=_("Nothing to redo.")))

    def remove_source(self) -> None:
        """Take a source and its articles out of sight; undo brings them back."""
        view = self._screen.categories.view
        source = view.source if view is not None else None
        if view is None or source is None:
            self._screen.status.say(_("Put the cursor on a source first."))
            return
        entry = self._screen.categories.parent_of(view) or self._screen.categories.entry(view)
        name = text.inline(entry.name) if entry is not None else ""
        said = _("{source} removed; u brings it back").format(source=name)
        call = partial(self._screen.library.remove_source, source)
        self._begin(partial(self._carry_out, call, tell=lambda _what: said))

    def _begin(self, work: Work) -> None:
        async def in_turn() -> None:
            async with self._one_by_one:
                await work()

        self._screen.begin(in_turn, group="marks", replacing=False)

    async def _carry_out(
        self,
        call: Callable[[], Change | None],
        *,
        tell: Callable[[dict[str, str]], str] | None = "{what}".format_map,
        nothing: str = "",
    ) -> None:
        change = await asyncio.to_thread(call)
        if change is None:
            self._screen.status.say(nothing)
            return
        rows = await asyncio.to_thread(self._changed_rows, change)
        if tell is not None:
            self._screen.status.say(tell({"what": _what(change, rows)}))
        self._show(rows)
        self._screen.refresh_counts()

    def _changed_rows(self, change: Change) -> list[ArticleRow] | None:
        """The new state of the rows concerned; None where they are too many or gone."""
        if change.count > _AT_ONCE or not change.articles:
            return None
        try:
            return [self._screen.library.row(article) for article in change.articles]
        except KaltimtuiError:
            return None

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


def _what(change: Change, rows: list[ArticleRow] | None) -> str:
    """What was done, and to which article where it was one."""
    if rows is None or len(rows) != 1:
        return change.description
    return f"{change.description} · {text.fit(text.inline(rows[0].title), _TITLE_SHOWN)}"
