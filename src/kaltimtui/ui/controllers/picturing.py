"""Pictures in the text and as large as there is room: which are here, drawn, fetched, shown."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from rich.console import COLOR_SYSTEMS

from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.pixels.drawer import Drawer, can_draw
from kaltimtui.pixels.fit import Size, rows
from kaltimtui.pixels.order import Order
from kaltimtui.ui.gallery import Gallery
from kaltimtui.ui.kitty import Kitty, column_pixels, held_line, is_spoken
from kaltimtui.ui.players import pictures_of
from kaltimtui.ui.remote import is_remote

if TYPE_CHECKING:
    from asyncio import Future
    from pathlib import Path

    from kaltimtui.models import Article
    from kaltimtui.pixels.order import Drawn
    from kaltimtui.ui.app import ReaderApp
    from kaltimtui.ui.gallery import Lines, Wanted
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.screens.picture import PictureScreen

FETCH_AFTER: Final = 0.7
"""Seconds that an article is shown before its pictures are fetched."""
_COLOURS: Final = ("256", "truecolor")
"""What rich calls the terminals in which a picture can be made out."""


class Picturing:
    """The pictures of what one reads."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._drawer = Drawer()
        self._hand: ThreadPoolExecutor | None = None
        self._ordered: dict[Wanted, Future[tuple[Drawn, Lines]]] = {}
        self._awake = False
        self._tried: set[str] = set()
        """Articles whose pictures were fetched, as far as they could be."""
        self._view: PictureScreen | None = None
        self._kitty: Kitty | None = None
        self._sent: dict[Wanted, int] = {}
        """Pictures that the terminal has, with their numbers."""
        self.gallery = Gallery(self._draw)
        screen.reading.gallery = self.gallery

    # What is shown

    def wake(self) -> None:
        """Show pictures from now on: the first picture of the screen is there."""
        self._awake = True
        if self._finely():
            app = cast("ReaderApp", self._screen.app)
            self._kitty = Kitty(app.send, column_pixels())
        self.gallery.shown = self._screen.state.pictures and not self.why_not()
        if self.gallery.shown and self._screen.reading.article is not None:
            self._screen.reading.set_again()
            self.present(self._screen.reading.article)

    def _finely(self) -> bool:
        """Whether the terminal shows pictures better than in half blocks, and may."""
        auto = self._screen.config.images_show == "auto" and not is_remote(os.environ)
        return auto and not self._screen.app.is_headless and is_spoken(os.environ)

    def why_not(self) -> str:
        """Why no picture can be shown here; empty where one can."""
        config, console = self._screen.config, self._screen.app.console
        if config.images_show == "off":
            return _("Pictures are off: [images] show in config.toml.")
        if not config.images_over_ssh and is_remote(os.environ):
            return _(
                "Over SSH pictures are off; [images] over_ssh = true in config.toml shows them."
            )
        if self._screen.app.no_color or console.color_system not in _COLOURS:
            return _("This terminal has too few colours for pictures.")
        if not can_draw():
            return _("Pictures need one more package: pip install 'kaltimtui[images]'")
        return ""

    def pictures(self) -> None:
        """Show pictures in the text, or no longer."""
        why = self.why_not()
        if why:
            self._screen.say(why)
            return
        state = self._screen.state
        state.pictures = self.gallery.shown = not self.gallery.shown
        self._screen.reading.set_again()
        self._screen.say(_("Pictures are shown.") if state.pictures else _("Pictures are off."))
        if self._screen.reading.article is not None:
            self.present(self._screen.reading.article)

    def article(self, article: str) -> Article:
        """An article, with the sizes of the pictures of it that are here; in a thread."""
        found = self._screen.library.article(article)
        if self.gallery.shown and pictures_of(found):
            self.gallery.add(self.gallery.look(self._screen.library.pictures(article)))
        return found

    def present(self, article: Article | None) -> None:
        """See to the pictures of an article that is shown now, and to no others."""
        for ordered in self._ordered.values():
            ordered.cancel()
        self._ordered.clear()
        self._screen.workers.cancel_group(self._screen, "pictures")
        wanted = self._awake and (self.gallery.shown or self._view is not None)
        if article is not None and wanted and pictures_of(article):
            self._screen.begin(partial(self._see_to, article), group="pictures")

    async def _see_to(self, article: Article) -> None:
        await self._look(article)
        urls = pictures_of(article)
        if article.id in self._tried or all(map(self.gallery.shot, urls)):
            return
        if not self._screen.config.images_fetch or not self._screen.network.usable:
            return
        await asyncio.sleep(FETCH_AFTER)
        try:
            missing = await self._fetch(article)
        except KaltimtuiError as error:
            self._screen.say(error.message)
            return
        self._tried.add(article.id)
        if missing:
            said = ngettext(
                "{count} picture cannot be fetched.", "{count} pictures cannot be fetched.", missing
            )
            self._screen.say(said)
        if missing and self._view is not None:
            self._view.renew(said)

    async def _fetch(self, article: Article) -> int:
        """Fetch the pictures of an article, and show each as it comes; how many do not."""
        fetching = await self._screen.network.fetching()
        if fetching is None:
            return 0
        came = asyncio.Event()
        fetch = asyncio.create_task(fetching.pictures_of(article.id, came.set))
        try:
            while not fetch.done():
                look = asyncio.create_task(came.wait())
                await asyncio.wait((fetch, look), return_when=asyncio.FIRST_COMPLETED)
                look.cancel()
                came.clear()
                await self._look(article)
        finally:
            fetch.cancel()
            await asyncio.wait((fetch,))
        return fetch.result()

    async def _look(self, article: Article) -> None:
        """Take the pictures of an article that came since."""
        files = await asyncio.to_thread(self._screen.library.pictures, article.id)
        if self.gallery.add(await asyncio.to_thread(self.gallery.look, files)):
            self._changed(article.id)

    def _changed(self, article: str | None = None) -> None:
        """Set what is shown anew, where pictures take another room than before."""
        pane = self._screen.reading
        if self.gallery.shown and article in (None, pane.article_id):
            pane.set_again()
        if self._view is not None:
            self._view.renew()

    # What is drawn

    def _draw(self, wanted: Wanted, file: Path) -> None:
        if wanted in self._ordered:
            return
        if self._hand is None:
            self._hand = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        loop = asyncio.get_running_loop()
        draw = self._in_blocks if self._kitty is None else self._packed
        self._ordered[wanted] = loop.run_in_executor(self._hand, draw, wanted, file)
        self._ordered[wanted].add_done_callback(partial(self._hang, wanted))

    def _in_blocks(self, wanted: Wanted, file: Path) -> tuple[Drawn, Lines]:
        """A picture in half blocks; in a thread."""
        from kaltimtui.ui.widgets.halfblocks import half_blocks  # with the first picture

        drawn = self._drawer.draw(Order(str(file), wanted.size, wanted.ground))
        colours = COLOR_SYSTEMS[self._screen.app.console.color_system or _COLOURS[-1]]
        lines = half_blocks(drawn, wanted.ground, colours)
        return drawn, lambda line: lines[line] if line < len(lines) else []

    def _packed(self, wanted: Wanted, file: Path) -> tuple[Drawn, Lines]:
        """A picture for a terminal that holds it; in a thread."""
        assert self._kitty is not None
        room = Size(*(side * self._kitty.pixels for side in wanted.size))
        drawn = self._drawer.draw(Order(str(file), room, wanted.ground, packed=True))
        return drawn, lambda _line: []

    def _hang(self, wanted: Wanted, ordered: Future[tuple[Drawn, Lines]]) -> None:
        if self._ordered.get(wanted) is ordered:
            del self._ordered[wanted]
        if ordered.cancelled() or not self._screen.is_attached:
            return
        drawn, lines = ordered.result()
        if self._kitty is not None and not drawn.trouble:
            lines = self._send(self._kitty, wanted, drawn)
        if self.gallery.hang(wanted, drawn, lines):
            self._changed()
            return
        self._screen.reading.redraw(wanted.url)
        if self._view is not None:
            self._view.renew()

    def _send(self, kitty: Kitty, wanted: Wanted, drawn: Drawn) -> Lines:
        """Have the terminal hold a picture, and forget those that it holds no more."""
        number = kitty.put(drawn.pixels, wanted.size.width, rows(wanted.size))
        self._sent[wanted] = number
        for earlier, sent in list(self._sent.items()):
            if not kitty.holds(sent):
                self.gallery.take_down(earlier)
                del self._sent[earlier]
        return partial(held_line, number, wanted.size.width)

    def stop(self) -> None:
        """End what draws; nobody will see it."""
        self.gallery.shown = False
        if self._kitty is not None:
            self._kitty.close()
        self._drawer.close()
        if self._hand is not None:
            self._hand.shutdown(wait=False, cancel_futures=True)

    # As large as there is room

    async def view(self, article: Article, address: str | None = None) -> bool:
        """Show the pictures of an article one by one, from one on; False where that cannot be.

        It cannot be where no picture is here and none can be had.
        """
        urls = pictures_of(article)
        if self.why_not() or (address is not None and address not in urls):
            return False
        await self._look(article)
        screen = self._screen
        coming = screen.network.usable and screen.config.images_fetch
        here = any(map(self.gallery.shot, [address] if address else urls))
        if not here and (not coming or article.id in self._tried):
            return False
        from kaltimtui.ui.screens.picture import PictureScreen  # loaded when one is looked at

        self._view = PictureScreen(article, self.gallery, address)
        screen.app.push_screen(self._view, self._left)
        self.present(article)
        return True

    def _left(self, opened: str | None) -> None:
        self._view = None
        for url in (
            pictures_of(self._screen.reading.article) if self._screen.reading.article else ()
        ):
            self._screen.reading.redraw(url)
        if opened is not None:
            self._screen.app.open_url(opened)
