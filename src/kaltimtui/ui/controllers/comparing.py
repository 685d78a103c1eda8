"""What changed in an article since it was read: that it did, and how."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui.i18n import _
from kaltimtui.ui.controllers.choice import Choice

if TYPE_CHECKING:
    from kaltimtui.models import ArticleRow
    from kaltimtui.ui.screens.main import MainScreen


class Comparing:
    """The way from an article to its earlier texts."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def changes(self) -> None:
        """Show what changed in the article since it was read."""
        self._screen.begin(partial(self._show, Choice(self._screen)), group="changes")

    async def _show(self, choice: Choice) -> None:
        from kaltimtui import versions  # loaded when it is first asked for

        screen = self._screen
        article = await choice.article()
        if article is None:
            screen.say(_("No article is selected."))
            return
        history = await asyncio.to_thread(versions.of(screen.library).history, article)
        if len(history.versions) < 2:
            screen.say(_("No other text of this article is known than this one."))
            return
        from kaltimtui.ui.screens.versions import VersionsScreen  # as above

        screen.app.push_screen(VersionsScreen(screen, article, history))

    async def looked_at(self, row: ArticleRow) -> None:
        """Show an article that one saw the changes of as it is now, if it is the one shown."""
        pane = self._screen.reading
        shown = pane.article
        if shown is None or shown.id != row.id:
            return
        if row.versions == shown.versions:
            pane.update_state(shown._replace(edited=row.edited))
        else:
            await self._screen.opened.renew(row.id)
