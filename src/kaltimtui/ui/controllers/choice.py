"""The article that an action is about, as the cursor stood when its key came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


class Choice:
    """In the text the article that is read, else the one under the cursor."""

    def __init__(self, screen: MainScreen) -> None:
        self._pane = screen.list_pane
        self._window = screen.list_pane.articles.window
        self._place = screen.list_pane.articles.cursor
        self._read = screen.reading.article_id if screen.at is Pane.READING else None

    @property
    def is_none(self) -> bool:
        """Whether there is no article, which is known at once."""
        return self._read is None and self._place >= len(self._window)

    async def article(self) -> str | None:
        """Its id, once its row is here; None where there is no article."""
        if self._read is not None:
            return self._read
        row = await self._pane.row_at(self._window, self._place)
        return row.id if row is not None else None
