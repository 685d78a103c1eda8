"""Marks: read, star, later, hidden; on what is selected or a whole list; undo and redo."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.models import Marking as Mark
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.selecting import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kaltimtui.models import ArticleRow, Change
    from kaltimtui.ui.screens.main import MainScreen

_AT_ONCE: Final = 50
"""A change of more articles than this reads the list anew instead of its rows."""
_TITLE_SHOWN: Final = 40
_FLAGS: Final = frozenset({"read", "unread", "starred", "unstarred", "later", "not-later"})
"""Steps that a row shows all of."""
_IN_PLACE: Final = _FLAGS | {"noted", "unnoted", "tagged", "untagged", "several"}
"""Steps after which a list keeps its rows, until it is opened again."""
_BESIDE: Final = frozenset(
    f"{what}-{done}" for what in ("search", "rule") for done in ("added", "changed", "removed")
)
"""Steps that change no article."""
Flag: TypeAlias = Literal["read", "starred", "later", "hidden"]
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

    def hide(self) -> None:
        """Take out of every list, or bring back; nothing stays selected."""
        self._toggle("hidden")
        self._screen.selecting.clear()
        if self._screen.at is Pane.READING:
            self._screen.go(Pane.LIST)

    def _toggle(self, flag: Flag) -> None:
        self.begin(partial(self._turn, flag, Chosen(self._screen)))

    async def _turn(self, flag: Flag, chosen: Chosen) -> None:
        """Say it of all that is chosen; where that is said already, take it back."""
        library = self._screen.library
        articles = await chosen.articles()
        if not articles:
            self._screen.status.say(_("No article is selected."))
            return

        def turn() -> Change:
            change = library.mark(articles, (Mark(flag, True),))
            return change if change.count else library.mark(articles, (Mark(flag, False),))

        await self.carry_out(turn)

    def read_by_itself(self, article: str) -> None:
        """Mark an article read because it was opened, which is no step that undo takes back."""
        mark = (Mark("read", True),)
        call = partial(self._screen.library.mark, (article,), mark, undoable=False)
        self.begin(partial(self.carry_out, call, tell=None))

    # A whole list

    def mark_all_read(self) -> None:
        """Mark everything in the list read, at once; undo takes it back."""
        self.mark_all(Mark("read", True))

    def star_all(self) -> None:
        """Star everything in the list."""
        self.mark_all(Mark("starred", True))

    def later_all(self) -> None:
        """Keep everything in the list for later."""
        self.mark_all(Mark("later", True))

    def hide_all(self) -> None:
        """Hide everything in the list."""
        self.mark_all(Mark("hidden", True))

    def mark_all(self, mark: Mark) -> None:
        """Say something of everything in the list, at once; undo takes it back."""
        view = self._screen.list_pane.wanted
        call = partial(self._screen.library.mark_view, view, mark)
        self.begin(partial(self.carry_out, call))

    # Back and forth

    def undo(self) -> None:
        """Take back the last change."""
        call, tell = self._screen.library.undo, _("Undone: {what}").format_map
        self.begin(partial(self.carry_out, call, tell=tell, nothing=_("Nothing to undo.")))

    def redo(self) -> None:
        """Make the change again that was taken back."""
        call, tell = self._screen.library.redo, _("Done again: {what}").format_map
        self.begin(partial(self.carry_out, call, tell=tell, nothing=_("Nothing to redo.")))

    def drop_source(self, view: View) -> None:
        """Take a source and its articles out of sight; undo brings them back."""
        source = view.source
        if source is None:
            self._screen.status.say(_("Put the cursor on a source, a saved search or a tag first."))
            return
        entry = self._screen.categories.entry(View(ViewKind.SOURCE, source=source))
        name = text.inline(entry.name) if entry is not None else ""
        said = _("{source} removed; u brings it back").format(source=name)
        call = partial(self._screen.library.remove_source, source)
        self.begin(partial(self.carry_out, call, tell=lambda _what: said))

    # Carrying it out

    def begin(self, work: Work) -> None:
        """Start a change, which waits for those before it."""

        async def in_turn() -> None:
            async with self._one_by_one:
                await work()

        self._screen.begin(in_turn, group="marks", replacing=False)

    async def carry_out(
        self,
        call: Callable[[], Change | None],
        *,
        tell: Callable[[dict[str, str]], str] | None = "{what}".format_map,
        nothing: str = "",
    ) -> None:
        """Make a change, tell of it, and show what is another by it."""
        change = await asyncio.to_thread(call)
        if change is None:
            self._screen.status.say(nothing)
            return
        rows = await asyncio.to_thread(self._changed_rows, change)
        if tell is not None:
            self._screen.status.say(tell({"what": _what(change, rows)}))
        await self._show_rows(change, rows)
        await self._show_article(change, rows)
        self._screen.refresh_counts()

    def _changed_rows(self, change: Change) -> list[ArticleRow] | None:
        """The new state of the rows concerned; None where they are too many or gone."""
        if change.count > _AT_ONCE or not change.articles:
            return None
        try:
            return [self._screen.library.row(article) for article in change.articles]
        except KaltimtuiError:
            return None

    async def _show_rows(self, change: Change, rows: list[ArticleRow] | None) -> None:
        """Show rows as they are now; where some come or go, read the list anew."""
        pane = self._screen.list_pane
        if change.what in _BESIDE and pane.wanted.kind is not ViewKind.SAVED:
            return
        if rows is None or change.what not in _IN_PLACE:
            pane.reload()
            return
        for row in rows:
            pane.articles.replace(row)
        missing = [row.key for row in rows if pane.articles.window.place_of(row.id) is None]
        if missing:
            belongs = await asyncio.to_thread(self._any_belongs, pane.wanted, missing)
            if belongs:
                pane.reload()

    def _any_belongs(self, view: View, keys: list[int]) -> bool:
        """Whether one of some keys stands in a list."""
        return any(self._screen.library.position(view, key) is not None for key in keys)

    async def _show_article(self, change: Change, rows: list[ArticleRow] | None) -> None:
        """Show the marks of the article that is read, if it is concerned."""
        reading = self._screen.reading
        shown = reading.article
        if shown is None:
            return
        row = next((row for row in rows or () if row.id == shown.id), None)
        if row is not None and change.what in _FLAGS:
            fresh = shown._replace(
                read=row.read, starred=row.starred, later=row.later, edited=row.edited
            )
        elif row is None and rows is not None and change.count:
            return
        else:
            try:
                fresh = await asyncio.to_thread(self._screen.library.article, shown.id)
            except KaltimtuiError:
                return
        if reading.article_id == fresh.id:
            reading.update_state(fresh)


def _what(change: Change, rows: list[ArticleRow] | None) -> str:
    """What was done, and to which article where it was one."""
    if rows is None or len(rows) != 1:
        return change.description
    return f"{change.description} · {text.fit(text.inline(rows[0].title), _TITLE_SHOWN)}"
