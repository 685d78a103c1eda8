"""Following links: into the store, over the network into the store, or to the browser."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kaltimtui import text
from kaltimtui.errors import FetchError
from kaltimtui.i18n import _
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.controllers.copying import copy
from kaltimtui.ui.controllers.taking import offline
from kaltimtui.ui.setting.addresses import bare_host, place, shown

if TYPE_CHECKING:
    from kaltimtui.ui.links import Link
    from kaltimtui.ui.screens.links import Asked
    from kaltimtui.ui.screens.main import MainScreen


class _Missed(NamedTuple):
    """A link that is not followed here, and what was said of it."""

    url: str
    said: str


class Following:
    """What links lead to, and how one gets at them."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._missed: _Missed | None = None

    # Where links lead

    def follow(self, url: str, *, forced: bool = False, related: bool = False) -> None:
        """Open a safe address: an article here, a picture that is kept, all else in the browser.

        An article of a site that is known is fetched, and what is ``related`` to an article from
        the site of that. ``forced``: the browser, whatever it is.
        """
        here = self._screen.reading.article_id
        if here is not None:
            self._missed = None
            work = partial(self._follow, here, url, forced=forced, related=related)
            self._screen.begin(work, group="follow", replacing=False)

    async def _follow(self, here: str, url: str, *, forced: bool, related: bool) -> None:
        screen = self._screen
        if forced:
            await self.browse(url)
            return
        if text.web(url) is None:
            self._take_mail(url)
            return
        shown = screen.reading.article
        if shown is not None and await screen.picturing.view(shown, url):
            return
        if await screen.taking.open_kept(here, url):
            return
        found = await asyncio.to_thread(screen.library.find_by_url, url)
        if found is not None and found != here:
            self._open(here, found)
        elif found == here or not await self._fetched(here, url, related=related):
            await self.browse(url)

    def _take_mail(self, url: str) -> None:
        """Copy a mail address; what writes a letter may not be here."""
        said = _("The mail address {address} is copied.").format(address=place(url))
        copy(self._screen, place(url), said)
        self._miss(url, said)

    async def _fetched(self, here: str, url: str, *, related: bool) -> bool:
        """Fetch an article and open it; False where there is none that we would know of."""
        screen = self._screen
        fetching = await screen.network.fetching()
        if fetching is None or not await fetching.is_article(url, here if related else None):
            return False
        if not screen.network.usable:
            self._miss(url, offline())
            return True
        screen.say(_("Fetching from {host} …").format(host=bare_host(url)), lasting=True)
        try:
            found = await fetching.article_at(url, here)
        except FetchError as error:
            self._miss(url, error.message)
            return True
        except asyncio.CancelledError:
            screen.say("")
            raise
        screen.say(_("The article is here."))
        screen.show_news()
        self._open(here, found)
        return True

    def _open(self, here: str, article: str) -> None:
        """Open an article that a link led to, unless one has gone elsewhere meanwhile."""
        if self._screen.reading.article_id == here:
            self._screen.go(Pane.READING)
            self._screen.opened.follow(article)

    def _miss(self, url: str, why: str) -> None:
        said = _("{why} o opens it in the browser.").format(why=text.inline(why))
        self._missed = _Missed(url, said)
        self._screen.say(said)

    def open_missed(self) -> bool:
        """Open in the browser what was not followed here, while that is said; whether it is."""
        missed = self._missed
        if missed is None or self._screen.bottom.said != missed.said:
            return False
        self.follow(missed.url, forced=True)
        return True

    async def browse(self, url: str, said: str = "") -> bool:
        """Open an address in the browser, and say so; whether there is a browser that took it."""
        from kaltimtui.ui.controllers.browsing import browse  # loaded when it is first asked for

        opened = said or _("Opened {address}").format(address=shown(url))
        return await browse(self._screen, url, opened)

    def browser_next(self) -> None:
        """Open the article in the browser, and go on to the next one."""
        work = partial(self._browser_next, Choice(self._screen))
        self._screen.begin(work, group="address")

    async def _browser_next(self, choice: Choice) -> None:
        screen = self._screen
        article = await choice.article()
        if article is None:
            screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(screen.library.article, article)
        url = text.address(found.url)
        if url is None:
            screen.say(_("This article has no address."))
        elif await self.browse(url):
            if not found.read:
                screen.marking.read_by_itself(article)
            screen.opened.next_article()

    # How one gets at them

    def show_hints(self) -> None:
        """Show letters over all that leads somewhere."""
        screen = self._screen
        came_from = screen.at
        if screen.reading.article is None:
            screen.say(_("No article is selected."))
            return
        if Pane.READING in screen.arrangement.shown:
            self._show_hints(came_from)
        else:
            screen.go(Pane.READING)
            screen.reading.call_after_refresh(self._show_hints, came_from)

    def _show_hints(self, came_from: Pane) -> None:
        screen = self._screen
        if not screen.reading.laid_out and screen.at is Pane.READING:
            screen.reading.call_after_refresh(self._show_hints, came_from)
        elif screen.reading.show_hints(partial(self._hints_ended, came_from)):
            screen.go(Pane.READING)
        else:
            screen.say(_("No link is in sight."))

    def _hints_ended(self, came_from: Pane) -> None:
        if self._screen.at is Pane.READING and came_from is not Pane.READING:
            self._screen.go(came_from)
        self._screen.status.hint()

    def open_link(self) -> None:
        """Open the link of the digit that was pressed."""
        number, urls = self._screen.pressed, self._screen.reading.numbered()
        if not number:
            self.links()
        elif int(number) <= len(urls):
            self.follow(urls[int(number) - 1])
        else:
            self._screen.say(_("There is no link {number} here.").format(number=number))

    def step_back(self) -> None:
        """To the article one came from."""
        self._screen.opened.back()

    def links(self) -> None:
        """List the links of the article."""
        self._screen.begin(partial(self._list, Choice(self._screen)), group="links")

    async def _list(self, choice: Choice) -> None:
        screen = self._screen
        article = await choice.article()
        if article is None:
            screen.say(_("No article is selected."))
            return
        await screen.opened.bring(article)
        links, here = await asyncio.to_thread(self._gathered, article)
        if not links:
            screen.say(_("No link is in this article."))
            return
        from kaltimtui.ui.screens.links import LinksScreen  # loaded when it is first asked for

        screen.app.push_screen(LinksScreen(links, here), self._answered)

    def _gathered(self, article: str) -> tuple[list[Link], dict[str, str]]:
        """The links of an article, and the articles here that some of them lead to."""
        from kaltimtui.ui.links import links_of

        links = links_of(self._screen.library.article(article))
        pages = filter(text.web, (link.url for link in links))
        here = self._screen.library.find_by_urls(pages)
        return links, {url: found for url, found in here.items() if found != article}

    def _answered(self, asked: Asked | None) -> None:
        if asked is None:
            return
        if asked.copied:
            self._screen.begin(partial(self._screen.taking.copy, asked.url), group="address")
        else:
            self.follow(asked.url, forced=asked.forced)
