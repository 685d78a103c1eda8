"""Going to a list by its key, and searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from textual.timer import Timer

    from kaltimtui.ui.screens.main import MainScreen

_TYPING_PAUSE: Final = 0.08


class Finding:
    """Lists and the search."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._before: View | None = None
        self._pause: Timer | None = None
        self._wanted: View | None = None

    @property
    def searching(self) -> bool:
        """Whether a search is open."""
        return self._before is not None

    def show_all(self) -> None:
        """All articles."""
        self._screen.open_view(View(ViewKind.ALL))

    def show_unread(self) -> None:
        """What is unread."""
        self._screen.open_view(View(ViewKind.UNREAD))

    def show_starred(self) -> None:
        """What is starred."""
        self._screen.open_view(View(ViewKind.STARRED))

    def search(self) -> None:
        """Open the search box."""
        if self._before is None:
            self._before = self._screen.list_pane.wanted
        self._screen.go(Pane.LIST)
        self._screen.list_pane.open_search()

    def changed(self, query: str) -> None:
        """Search for what is typed, once the typing pauses."""
        self._drop()
        live = query if query.endswith(('"', " ", "*")) or not query.strip() else f"{query}*"
        self._wanted = View(ViewKind.SEARCH, query=live)
        self._pause = self._screen.set_timer(_TYPING_PAUSE, self._find, name="search")

    def _find(self) -> None:
        """Search for what was typed last, unless that was done already."""
        if self._wanted is not None:
            self._screen.list_pane.load(self._wanted)
        self._drop()

    def _drop(self) -> None:
        """Search no more for what was typed last."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._wanted = None

    def kept(self) -> None:
        """Go to the results, at once."""
        self._find()
        self._screen.go(Pane.LIST)

    def clear_search(self) -> None:
        """Leave the search for the list one came from."""
        if self._before is None:
            return
        self._drop()
        before, self._before = self._before, None
        self._screen.list_pane.close_search()
        self._screen.open_view(before)
        self._screen.go(Pane.LIST)

    def forget(self) -> None:
        """Another list was opened: close the search box, there is nothing to go back to."""
        self._drop()
        self._before = None
        self._screen.list_pane.close_search()
