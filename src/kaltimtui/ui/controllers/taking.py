"""What an article leads to: its page, its address, its whole text, its sound and pictures."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.errors import FetchError, UsageError
from kaltimtui.i18n import _
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.controllers.copying import copy
from kaltimtui.ui.players import file_name, pictures_of, playable, player_for
from kaltimtui.ui.setting.addresses import shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from kaltimtui.ui.players import Playable
    from kaltimtui.ui.screens.main import MainScreen


def offline() -> str:
    """What is said where nothing may be fetched."""
    return _("Offline: nothing is fetched.")


class Taking:
    """What is taken from an article, or fetched for it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def open_browser(self) -> None:
        """Open the article in the browser; where a link could not be had here, that."""
        if not self._screen.following.open_missed():
            self._with_address(self._open)

    def copy_address(self) -> None:
        """Copy the address, through the terminal."""
        self._with_address(self.copy)

    def full_text(self) -> None:
        """Fetch the whole text of the article from its page."""
        self._screen.begin(partial(self._full_text, Choice(self._screen)), group="full-text")

    async def _full_text(self, choice: Choice) -> None:
        screen = self._screen
        article, fetching = await choice.article(), await screen.network.fetching()
        if article is None or fetching is None:
            screen.say(_("No article is selected.") if article is None else offline())
            return
        if not screen.network.usable:
            await self._wish(article, fetching.wish_text)
            return
        screen.say(_("Fetching the whole text …"), lasting=True)
        try:
            more = await fetching.full_text(article)
        except FetchError as error:
            await self._say_missed(article, error)
            return
        except UsageError as error:
            screen.say(error.message)
            return
        if more:
            await screen.opened.renew(article)
        screen.say(_("The whole text is here.") if more else _("Its page says no more than this."))

    async def _say_missed(self, article: str, error: FetchError) -> None:
        """Say why the whole text could not be fetched, and what comes of it."""
        if error.final:
            then = error.hint or _("o opens the page in the browser.")
        elif await asyncio.to_thread(self._screen.library.is_whole, article):
            then = _("The whole text is here already.")
        else:
            then = _("The whole text will be fetched with a later refresh.")
        self._screen.say(f"{text.inline(error.message)} {then}")

    async def _wish(self, article: str, wish: Callable[[str], Awaitable[None]]) -> None:
        """Wish for the whole text while nothing may be fetched, unless it is here."""
        if await asyncio.to_thread(self._screen.library.is_whole, article):
            self._screen.say(_("The whole text is here already."))
            return
        await wish(article)
        self._screen.say(_("Offline: the whole text will be fetched once that is over."))

    def play(self) -> None:
        """Play what goes with the article, by the command that the user set; or show a picture."""
        self._screen.begin(partial(self._play, Choice(self._screen)), group="play", replacing=False)

    async def _play(self, choice: Choice) -> None:
        article = await choice.article()
        if article is None:
            self._screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(self._screen.library.article, article)
        files, pictures = playable(found), pictures_of(found)
        if len(files) > 1:
            self._choose(files)
        elif files:
            await self._begin_playing(files[0])
        elif pictures:
            if not await self._screen.picturing.view(found):
                await self._open_picture(article, pictures[0])
        else:
            self._screen.say(_("Neither sound nor video goes with this article."))

    def _choose(self, files: Sequence[Playable]) -> None:
        from kaltimtui.ui.screens.choosing import ChoosingScreen  # few articles have several

        def chose(place: int | None) -> None:
            if place is not None:
                begin = partial(self._begin_playing, files[place])
                self._screen.begin(begin, group="play", replacing=False)

        kinds = {"audio": _("audio"), "video": _("video")}
        names = [(file_name(file), kinds[file.kind]) for file in files]
        self._screen.app.push_screen(ChoosingScreen(_("Play what?"), names), chose)

    async def _begin_playing(self, file: Playable) -> None:
        from kaltimtui.ui.controllers.starting import start  # when something is first played
        from kaltimtui.ui.programs import called

        screen, said = self._screen, _("{program} plays {address}")
        try:
            words = player_for(file, screen.config)
            await start(screen, words, said.format(program=called(words), address=file.url))
        except UsageError as error:
            screen.say(error.message)

    async def _open_picture(self, article: str, address: str) -> None:
        """Open a picture from its file, else from where it is on the web."""
        if await self.open_kept(article, address):
            return
        if self._screen.network.offline:
            said = _("Offline: this picture is not kept here. Starred articles keep theirs.")
            self._screen.say(said)
        else:
            await self._screen.following.browse(address)

    async def open_kept(self, article: str, address: str) -> bool:
        """Open a picture from its file; whether it is kept in one."""
        kept = await asyncio.to_thread(self._screen.library.pictures, article)
        file = kept.get(address)
        if file is not None:
            said = _("Opened the picture that is kept here.")
            await self._screen.following.browse(file.as_uri(), said)
        return file is not None

    def _with_address(self, use: Callable[[str], Awaitable[None]]) -> None:
        work = partial(self._use_address, Choice(self._screen), use)
        self._screen.begin(work, group="address")

    async def _use_address(self, choice: Choice, use: Callable[[str], Awaitable[None]]) -> None:
        article = await choice.article()
        if article is None:
            self._screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(self._screen.library.article, article)
        address = text.address(found.url)
        if address is None:
            self._screen.say(_("This article has no address."))
        else:
            await use(address)

    async def _open(self, address: str) -> None:
        await self._screen.following.browse(address)

    async def copy(self, address: str) -> None:
        """Copy an address; of a link to a mail address that alone."""
        said = address.removeprefix(text.MAIL)
        copy(self._screen, said, _("Copied {address}").format(address=shown(said)))
