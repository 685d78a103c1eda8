"""Handing an article to another program: one that shares it, or one that reads it.

What starts programs, and what sets an article for them, is loaded when it is first asked for.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.controllers.citing import articles_of
from kaltimtui.ui.controllers.selecting import Chosen

if TYPE_CHECKING:
    from kaltimtui.ui.handing import CommandLine
    from kaltimtui.ui.programs import Ended
    from kaltimtui.ui.screens.main import MainScreen

TIME_LIMIT: Final = 60.0
_MOST_SAID: Final = 64 * 1024


class Handing:
    """The commands that the user set to share with, and those typed."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    # One that shares it

    def share(self) -> None:
        """Share the article by the command that the user set; of several one is chosen."""
        commands, choice = self._screen.config.share, Choice(self._screen)
        if not commands:
            said = _("Set a command under {setting} in {file} to share with.")
            self._screen.say(said.format(setting="[share]", file="config.toml"))
        elif len(commands) == 1:
            self._begin_sharing(choice, 0)
        else:
            self._choose(choice)

    def share_by(self, place: int) -> None:
        """Share it by one of the commands."""
        self._begin_sharing(Choice(self._screen), place)

    def _choose(self, choice: Choice) -> None:
        from kaltimtui.ui import programs
        from kaltimtui.ui.screens.choosing import ChoosingScreen

        def chose(place: int | None) -> None:
            if place is not None:
                self._begin_sharing(choice, place)

        names = [(name, programs.called(words)) for name, words in self._screen.config.share]
        self._screen.app.push_screen(ChoosingScreen(_("Share by"), names), chose)

    def _begin_sharing(self, choice: Choice, place: int) -> None:
        self._screen.begin(partial(self._share, choice, place), group="share", replacing=False)

    async def _share(self, choice: Choice, place: int) -> None:
        screen = self._screen
        article = await choice.article()
        if article is None:
            screen.say(_("No article is selected."))
            return
        from kaltimtui.ui.controllers.starting import start
        from kaltimtui.ui.handing import share_words

        name, words = screen.config.share[place]
        found = await asyncio.to_thread(screen.library.article, article)
        said = _("Shared by {name}: {title}").format(name=name, title=text.inline(found.title))
        try:
            await start(screen, share_words(words, found), said)
        except UsageError as error:
            screen.say(error.message)

    # One that reads it

    def pipe(self) -> None:
        """Ask for a command line, and hand it the article or what is selected."""
        self.pipe_as(self._screen.config.pipe_form)

    def pipe_as(self, form: str) -> None:
        """Ask for a command line, and hand it the article in this form."""
        from kaltimtui.ui.handing import FORMS

        screen, chosen = self._screen, Chosen(self._screen)
        said = _(
            "Hand it as {form} to which command? {others} before it: that form; ↑ earlier ones."
        )
        others = ", ".join(f"{name}:" for name in FORMS if name != form)
        question = said.format(form=_(FORMS[form]), others=others)
        take = partial(self._take, chosen, form)
        screen.asking.ask(question, take, history=screen.state.commands)

    def _take(self, chosen: Chosen, form: str, typed: str) -> None:
        from kaltimtui.ui.handing import command_line

        try:
            command = command_line(typed, form)
        except UsageError as error:
            self._screen.say(error.message)
            return
        self._screen.asking.close()
        self._screen.state.remember_command(typed.strip())
        work = partial(self._pipe, chosen, command)
        self._screen.begin(work, group="pipe", replacing=False)

    async def _pipe(self, chosen: Chosen, command: CommandLine) -> None:
        from kaltimtui.ui import programs
        from kaltimtui.ui.handing import formed

        screen = self._screen
        articles = await articles_of(screen, chosen)
        if not articles:
            return
        name = programs.called(command.words)
        screen.say(_("{program} is reading …").format(program=name), lasting=True)
        data = await asyncio.to_thread(formed, articles, command.form, screen.clock())
        try:
            ended = await programs.run(command.words, data, seconds=TIME_LIMIT, most=_MOST_SAID)
        except UsageError as error:
            screen.say(error.message)
            return
        self._tell(ended)

    def _tell(self, ended: Ended) -> None:
        """Say how it ended and what it said; what takes more than a line has a sheet of its own."""
        said = ended.out or ended.errors
        told = _("{program} is done").format(program=ended.name)
        if ended.trouble:
            said, told = ended.errors or ended.out, ended.trouble
        lines = said.split("\n") if said else []
        self._screen.say(f"{told}: {lines[0]}" if lines else f"{told}.")
        if len(lines) > 1:
            from kaltimtui.ui.screens.output import OutputScreen

            self._screen.app.push_screen(OutputScreen(told, lines))
