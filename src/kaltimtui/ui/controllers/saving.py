"""Saved searches: kept from what is searched for, and changed where they stand in the tree.

What knows of them is loaded when one is asked for, not before the first picture.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.loading import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import Change, SavedSearch
    from kaltimtui.organising import Organising
    from kaltimtui.ui.screens.main import MainScreen

_PROPOSED: Final = 40
"""Cells of a search that are proposed as its name, at most."""


def placed(said: str) -> tuple[str | None, str]:
    """The folder and the name that an answer gives: ``a/b/c`` is c in a/b."""
    folder, _slash, name = said.strip().rpartition("/")
    return folder.strip() or None, name.strip()


def proposed(query: str) -> str:
    """What a search may be called."""
    return text.fit(text.inline(query.replace("/", " ")), _PROPOSED).strip()


class Saving:
    """What is done with saved searches."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    # From what is searched for

    def save_search(self) -> None:
        """Ask for a name for what is searched for, in all articles or within a list."""
        screen = self._screen
        typed = screen.finding.typed
        if not typed.strip():
            screen.say(_("Search for something first: / in all articles, = in this list."))
            return
        try:
            query = self._query(typed)
        except UsageError as error:
            screen.finding.refused(error)
            return
        question = _("Name of the search; a/b puts b into the folder a:")
        screen.asking.ask(question, partial(self._save, query), proposed(query), self._suggested)

    def _query(self, typed: str) -> str:
        """What is searched for, with the list it is searched for in."""
        from kaltimtui.ui.limits import limited

        screen = self._screen
        view = whole(screen.list_pane.wanted)
        saved = self._of(view)
        categories = screen.categories

        def named(view: View) -> str:
            entry = categories.entry(view)
            return entry.name if entry is not None else ""

        return limited(view, typed, named=named, saved=saved.query if saved else "")

    def _save(self, query: str, said: str) -> None:
        folder, name = placed(said)
        told = _("Saved as “{name}”; it stands in the tree.").format(name=text.inline(name))
        self._change(lambda searches: searches.add_search(name, query, folder)[1], told)

    # In the tree

    def rename(self, view: View) -> None:
        """Ask for another name, and with it for a folder."""
        one = self._of(view)
        if one is None:
            return
        now = "/".join(filter(None, (one.folder, one.name)))

        def answered(said: str) -> None:
            folder, name = placed(said)
            self._change(lambda s: s.change_search(one.id, name=name, folder=folder))

        question = _("Name of the search; a/b puts b into the folder a:")
        self._screen.asking.ask(question, answered, now, self._suggested)

    def change_search(self) -> None:
        """Ask for what the search under the cursor is to look for."""
        if one := self._here():
            question = _("What “{name}” looks for:").format(name=text.inline(one.name))
            self._screen.asking.ask(question, partial(self._look_for, one.id), one.query)

    def _look_for(self, search: int, said: str) -> None:
        query = text.inline(said, len(said))
        self._screen.prompt.line.value = query  # as it is read, so that a place in it is right
        self._change(lambda searches: searches.change_search(search, query=query))

    def move_search(self) -> None:
        """Ask for a folder for the search under the cursor."""
        if one := self._here():
            self._screen.asking.ask(
                _("Folder, A/B being B within A; empty: none:"),
                lambda said: self._change(lambda s: s.change_search(one.id, folder=said or None)),
                one.folder or "",
                lambda typed: [path.rstrip("/") for path in self._suggested(typed)],
            )

    def search_up(self) -> None:
        """Put the search under the cursor one line higher."""
        self._shift(-1)

    def search_down(self) -> None:
        """Put it one line lower."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        if one := self._here():
            self._change(lambda searches: searches.move_search(one.id, by))

    def sort_searches(self) -> None:
        """Put the searches beside the one under the cursor in the order of their names."""
        if one := self._here():
            self._change(lambda searches: searches.sort_searches(one.id))

    def remove(self, view: View) -> None:
        """Forget a search, and go on to the next; undo brings it back."""
        one = self._of(view)
        if one is None:
            return
        screen = self._screen
        if beside := screen.categories.beside(view):
            screen.open_view(beside)
        said = _("{search} removed; u brings it back").format(search=text.inline(one.name))
        self._change(lambda searches: searches.remove_search(one.id), said)

    # Which

    def _here(self) -> SavedSearch | None:
        """The search under the cursor of the tree; where there is none, that is said."""
        found = self._of(self._screen.categories.view or View())
        if found is None:
            self._screen.say(_("Put the cursor on a saved search first."))
        return found

    def _of(self, view: View) -> SavedSearch | None:
        if view.kind is not ViewKind.SAVED:
            return None
        return next((one for one in self._screen.searches if one.id == view.saved), None)

    def _folders(self) -> list[str]:
        return list(dict.fromkeys(one.folder for one in self._screen.searches if one.folder))

    def _suggested(self, typed: str) -> list[str]:
        """The folders that begin so."""
        begun = typed.casefold()
        paths = (f"{folder}/" for folder in self._folders())
        return [path for path in paths if typed and path.casefold().startswith(begun)]

    def _change(self, change: Callable[[Organising], Change], said: str = "") -> None:
        def call() -> Change:
            from kaltimtui import organising

            return change(organising.of(self._screen.library))

        self._screen.asking.change(call, said)
