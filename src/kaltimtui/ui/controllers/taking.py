"""What an article leads to: its page, its address, its whole text, its sound and pictures."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.errors import FetchError, UsageError
from kaltimtui.i18n import _
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.players import pictures_of, play, playable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kaltimtui.ui.screens.main import MainScreen


def offline() -> str:
    """What is said where nothing may be fetched."""
    return _("Offline: nothing is fetched.")


def waits() -> str:
    """What is said of a text that cannot be fetched now."""
    return _("No network: the whole text will be fetched once there is one.")


class Taking:
    """What is taken from an article, or fetched for it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def open_browser(self) -> None:
        """Open the article in the browser."""
        self._with_address(self._open)

    def copy_address(self) -> None:
        """Copy the address, through the terminal."""
        self._with_address(self._copy)

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
            await self._say_later(article, fetching.wish_text)
            return
        screen.say(_("Fetching the whole text …"), lasting=True)
        try:
            more = await fetching.full_text(article)
        except FetchError as error:
            if error.unreached:
                await self._say_later(article)
            else:
                screen.say(error.message)
            return
        except UsageError as error:
            screen.say(error.message)
            return
        if more:
            await screen.opened.renew(article)
        screen.say(_("The whole text is here.") if more else _("Its page says no more than this."))

    async def _say_later(
        self, article: str, wish: Callable[[str], Awaitable[None]] | None = None
    ) -> None:
        """Say that the whole text will come, wishing for it, unless it is here."""
        screen = self._screen
        if await asyncio.to_thread(screen.library.is_whole, article):
            screen.say(_("The whole text is here already."))
            return
        if wish is not None:
            await wish(article)
        screen.say(waits())

    def play(self) -> None:
        """Play what goes with the article, by the command that the user set; or show a picture."""
        self._screen.begin(partial(self._play, Choice(self._screen)), group="play")

    async def _play(self, choice: Choice) -> None:
        article = await choice.article()
        if article is None:
            self._screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(self._screen.library.article, article)
        pictures = pictures_of(found)
        if pictures and not playable(found):
            if not await self._screen.picturing.view(found):
                await self._open_picture(article, pictures[0])
            return
        said = await asyncio.to_thread(play, found, self._screen.config)
        self._screen.say(said)

    def follow(self, address: str) -> None:
        """Open an address that the text names: a picture that is kept from its file."""
        article = self._screen.reading.article_id
        if article is not None:
            work = partial(self._follow, article, address)
            self._screen.begin(work, group="follow", replacing=False)

    async def _follow(self, article: str, address: str) -> None:
        shown = self._screen.reading.article
        if shown is not None and await self._screen.picturing.view(shown, address):
            return
        if not await self._open_kept(article, address):
            self._screen.app.open_url(address)

    async def _open_picture(self, article: str, address: str) -> None:
        """Open a picture from its file, else from where it is on the web."""
        if await self._open_kept(article, address):
            return
        if self._screen.network.offline:
            said = _("Offline: this picture is not kept here. Starred articles keep theirs.")
            self._screen.say(said)
        else:
            self._open(address)

    async def _open_kept(self, article: str, address: str) -> bool:
        kept = await asyncio.to_thread(self._screen.library.pictures, article)
        file = kept.get(address)
        if file is not None:
            self._screen.app.open_url(file.as_uri())
            self._screen.say(_("Opened the picture that is kept here."))
        return file is not None

    def _with_address(self, use: Callable[[str], None]) -> None:
        work = partial(self._use_address, Choice(self._screen), use)
        self._screen.begin(work, group="address")

    async def _use_address(self, choice: Choice, use: Callable[[str], None]) -> None:
        article = await choice.article()
        if article is None:
            self._screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(self._screen.library.article, article)
        address = text.address(found.url)
        if address is None:
            self._screen.say(_("This article has no address."))
        else:
            use(address)

    def _open(self, address: str) -> None:
        self._screen.app.open_url(address)
        self._screen.say(_("Opened {address}").format(address=address))

    def _copy(self, address: str) -> None:
        self._screen.app.copy_to_clipboard(address)
        self._screen.say(_("Copied {address}").format(address=address))
