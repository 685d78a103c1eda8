"""What is done with a line of the tree, whatever it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _
from kaltimtui.models import View

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


class Nodes:
    """The same keys for searches, tags and sources."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def rename_node(self) -> None:
        """Ask for another name for the search or the tag under the cursor."""
        view = self._view
        if view.saved is not None:
            self._screen.saving.rename(view)
        elif view.tag is not None:
            self._screen.tagging.rename(view.tag)
        else:
            self._screen.say(_("Put the cursor on a saved search or a tag first."))

    def remove_node(self) -> None:
        """Remove a search, take a tag from all articles, or a source out of sight."""
        view = self._view
        if view.saved is not None:
            self._screen.saving.remove(view)
        elif view.tag is not None:
            self._screen.tagging.remove(view.tag)
        else:
            self._screen.marking.drop_source(view)

    @property
    def _view(self) -> View:
        return self._screen.categories.view or View()
