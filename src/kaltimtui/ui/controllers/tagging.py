"""Tags: on what is selected, on a whole list; and the tags of the tree."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text, wording
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import Marking as Mark
from kaltimtui.models import View, ViewKind
from kaltimtui.ui import tagcolours
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.selecting import Chosen
from kaltimtui.wording import TAG, TAG_COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from kaltimtui.ui.screens.main import MainScreen

_REMOVES = "-"


def markings(said: str) -> tuple[Mark, ...]:
    """What is said of tags: several by commas; one with a ``-`` before it is taken away."""
    return tuple(
        Mark("tag", name.removeprefix(_REMOVES).lstrip(f" {TAG}"), remove=name[:1] == _REMOVES)
        for part in said.split(",")
        if (name := part.strip().lstrip(TAG).strip())
    )


def suggested(typed: str, known: Sequence[str]) -> list[str]:
    """What may be typed in all, with a tag there is for the one that is typed last."""
    before, comma, part = typed.rpartition(",")
    kept = before + comma + part[: len(part) - len(part.lstrip(f" {_REMOVES}{TAG}"))]
    begun = typed[len(kept) :]
    given = {mark.value for mark in markings(before)}
    return [
        kept + tag
        for tag in known
        if tag.casefold().startswith(begun.casefold()) and tag != begun and tag not in given
    ]


class Tagging:
    """What is done with tags, after asking for it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._known: list[str] = []
        """The tags there are."""

    # On articles

    def tag(self) -> None:
        """Ask for tags of what is selected."""
        chosen = Chosen(self._screen)
        if chosen.is_none:
            self._screen.say(_("No article is selected."))
            return
        question = _("Tags, with commas between them; -name takes one away:")
        if has := self._tags_here():
            shown = " ".join(f"{TAG}{text.inline(tag)}" for tag in has)
            now = _("Now: {tags}").format(tags=shown)
            question = f"{question} {now}"
        self._ask_tags(question, partial(self._mark, chosen))

    def _tags_here(self) -> tuple[str, ...]:
        """The tags that are there already, where the question is about one article."""
        screen = self._screen
        if screen.at is Pane.READING:
            return screen.reading.article.tags if screen.reading.article else ()
        row = screen.list_pane.articles.current
        return () if screen.list_pane.articles.selection or row is None else row.tags

    async def _mark(self, chosen: Chosen, marks: tuple[Mark, ...]) -> None:
        articles = await chosen.articles()
        if articles:
            call = partial(self._screen.library.mark, articles, marks)
            await self._screen.marking.carry_out(call)
        else:
            self._screen.say(_("No article is selected."))

    def tag_all(self) -> None:
        """Ask for a tag of everything in the list."""
        if not self._screen.list_pane.articles.window:
            self._screen.say(_("There is nothing in this list."))
            return
        question = _("Tag for everything in this list; -name takes one away:")
        self._ask_tags(question, partial(self._mark_all, self._screen.list_pane.wanted))

    async def _mark_all(self, view: View, marks: tuple[Mark, ...]) -> None:
        if len(marks) > 1:
            raise UsageError(_("Give one tag for a whole list."))
        call = partial(self._screen.library.mark_view, view, marks[0])
        await self._screen.marking.carry_out(call)

    def _ask_tags(
        self, question: str, then: Callable[[tuple[Mark, ...]], Coroutine[Any, Any, None]]
    ) -> None:
        self._known = [view.tag for view in self._screen.categories.views() if view.tag]
        self._screen.begin(self._learn_tags, group="tags")

        def answered(said: str) -> None:
            if marks := markings(said):
                self._screen.asking.do(partial(then, marks))
            else:
                self._screen.asking.close()

        self._screen.asking.ask(
            question, answered, suggest=lambda typed: suggested(typed, self._known)
        )

    async def _learn_tags(self) -> None:
        tags = await asyncio.to_thread(self._screen.library.tags)
        self._known = [tag.name for tag in tags]

    # In the tree

    def rename(self, name: str) -> None:
        """Ask for another name for a tag."""
        question = _("Name of the tag; a/b stands below a:")
        self._screen.asking.ask(question, partial(self._rename, name), name)

    def _rename(self, name: str, said: str) -> None:
        self._screen.asking.do(partial(self._rename_and_follow, name, said))

    async def _rename_and_follow(self, name: str, said: str) -> None:
        """Rename a tag; where its list is shown, go on to that of the new name."""
        screen = self._screen
        shown = screen.list_pane.wanted.tag or ""
        await screen.marking.carry_out(partial(screen.library.rename_tag, name, said))
        if f"{shown}/".startswith(f"{name}/"):
            await screen.counting.recount()
            wanted = f"{said.strip()}{shown[len(name) :]}".casefold()
            views = [view for view in screen.categories.views() if view.tag]
            screen.open_view(
                next((view for view in views if (view.tag or "").casefold() == wanted), View())
            )

    def colour_tag(self) -> None:
        """Ask for a colour for the tag under the cursor."""
        name = self._name
        if name is None:
            return
        words = list(map(_, TAG_COLOURS.values()))
        question = _("Colour: {names}, or #rrggbb; empty: none:").format(names=", ".join(words))
        colour = self._screen.categories.colours.get(name)

        def answered(said: str) -> None:
            self._screen.asking.do(partial(self._colour, name, said))

        self._screen.asking.ask(
            question,
            answered,
            wording.colour(colour),
            suggest=lambda typed: [word for word in words if typed and word.startswith(typed)],
        )

    async def _colour(self, name: str, said: str) -> None:
        colour = tagcolours.named(said)
        await self._screen.marking.carry_out(partial(self._screen.library.colour_tag, name, colour))

    def remove(self, name: str) -> None:
        """Take a tag from all articles; undo brings it back."""
        self._screen.asking.change(partial(self._screen.library.remove_tag, name))

    @property
    def _name(self) -> str | None:
        """The tag under the cursor of the tree; where there is none, that is said."""
        view = self._screen.categories.view
        if view is None or view.kind is not ViewKind.TAG or view.tag is None:
            self._screen.say(_("Put the cursor on a tag first."))
            return None
        return view.tag
