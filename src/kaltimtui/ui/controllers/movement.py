"""Moving within a pane and from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen

_ORDER: Final = tuple(Pane)


class Movement:
    """Cursor and focus."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def down(self) -> None:
        """One row or line down."""
        self._screen.pane.move(1)

    def up(self) -> None:
        """One row or line up."""
        self._screen.pane.move(-1)

    def first(self) -> None:
        """To the top."""
        self._screen.pane.first()

    def last(self) -> None:
        """To the bottom."""
        self._screen.pane.last()

    def half_down(self) -> None:
        """Half a page down."""
        self._screen.pane.page(0.5)

    def half_up(self) -> None:
        """Half a page up."""
        self._screen.pane.page(-0.5)

    def page_down(self) -> None:
        """A page down."""
        self._screen.pane.page(1.0)

    def page_up(self) -> None:
        """A page up."""
        self._screen.pane.page(-1.0)

    def enter(self) -> None:
        """Open what the cursor is on."""
        self._screen.pane.activate()

    def right(self) -> None:
        """To the pane on the right; from the list that is opening the article."""
        if self._screen.at is Pane.LIST:
            self._screen.pane.activate()
        elif self._screen.at is Pane.TREE:
            self._screen.go(Pane.LIST)

    def left(self) -> None:
        """To the pane on the left."""
        place = _ORDER.index(self._screen.at)
        self._screen.go(_ORDER[max(0, place - 1)])

    def next_pane(self) -> None:
        """To the next pane, from the last to the first."""
        self._screen.go(_ORDER[(_ORDER.index(self._screen.at) + 1) % len(_ORDER)])

    def previous_pane(self) -> None:
        """To the pane before, from the first to the last."""
        self._screen.go(_ORDER[_ORDER.index(self._screen.at) - 1])

    def toggle_branch(self) -> None:
        """Fold or unfold a source."""
        self._screen.categories.toggle()
