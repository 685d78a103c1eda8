"""Pictures in the text and as large as there is room: which are here, drawn, fetched, shown."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.pixels import can_draw
from kaltimtui.ui.players import pictures_of
from kaltimtui.ui.remote import is_remote

if TYPE_CHECKING:
    from kaltimtui.models import Article
    from kaltimtui.ui.gallery import Gallery
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.screens.picture import PictureScreen
    from kaltimtui.ui.studio import Studio

FETCH_AFTER: Final = 0.7
"""Seconds that an article is shown before its pictures are fetched."""
_COLOURS: Final = ("256", "truecolor")
"""What rich calls the terminals in which a picture can be made out."""


class Picturing:
    """The pictures of what one reads; what draws them is loaded when the first one is wanted."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._studio: Studio | None = None
        self._tried: set[str] = set()
        """Articles whose pictures were fetched, as far as they could be."""
        self._view: PictureScreen | None = None

    # What is shown

    def wake(self) -> None:
        """Show pictures from now on: the first picture of the screen is there."""
        if self._screen.state.pictures and not self.why_not():
            self._show(True)

    def _show(self, wanted: bool) -> None:
        self._screen.begin(partial(self._show_or_not, wanted), group="show pictures")

    async def _show_or_not(self, wanted: bool) -> None:
        """Set the text with pictures, or without."""
        gallery = (await self._open()).gallery
        gallery.shown = wanted
        self._screen.reading.set_again()
        self.present(self._screen.reading.article)

    async def _open(self) -> Studio:
        """What draws pictures, loaded off the event loop."""
        await asyncio.to_thread(import_module, "kaltimtui.ui.studio")
        from kaltimtui.ui.studio import Studio

        if self._studio is None:
            self._studio = Studio(self._screen, self._drawn, finely=self._finely())
            self._screen.reading.gallery = self._studio.gallery
        return self._studio

    @property
    def _gallery(self) -> Gallery | None:
        return self._studio.gallery if self._studio is not None else None

    def _finely(self) -> bool:
        """Whether the terminal shows pictures better than in half blocks, and may."""
        from kaltimtui.ui.kitty import is_spoken  # loaded with what draws

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
        state.pictures = not state.pictures
        self._screen.say(_("Pictures are shown.") if state.pictures else _("Pictures are off."))
        self._show(state.pictures)

    def article(self, article: str) -> Article:
        """An article, with the sizes of the pictures of it that are here; in a thread."""
        found, gallery = self._screen.library.article(article), self._gallery
        if gallery is not None and gallery.shown and pictures_of(found):
            gallery.add(gallery.look(self._screen.library.pictures(article)))
        return found

    def present(self, article: Article | None) -> None:
        """See to the pictures of an article that is shown now, and to no others."""
        studio = self._studio
        if studio is None:
            return
        studio.forget()
        self._screen.workers.cancel_group(self._screen, "pictures")
        wanted = studio.gallery.shown or self._view is not None
        if article is not None and wanted and pictures_of(article):
            self._screen.begin(partial(self._see_to, studio.gallery, article), group="pictures")

    async def _see_to(self, gallery: Gallery, article: Article) -> None:
        await self._look(gallery, article)
        urls = pictures_of(article)
        if article.id in self._tried or all(map(gallery.shot, urls)):
            return
        if not self._screen.config.images_fetch or not self._screen.network.usable:
            return
        await asyncio.sleep(FETCH_AFTER)
        try:
            missing = await self._fetch(gallery, article)
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

    async def _fetch(self, gallery: Gallery, article: Article) -> int:
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
                await self._look(gallery, article)
        finally:
            fetch.cancel()
            await asyncio.wait((fetch,))
        return fetch.result()

    async def _look(self, gallery: Gallery, article: Article) -> None:
        """Take the pictures of an article that came since."""
        files = await asyncio.to_thread(self._screen.library.pictures, article.id)
        if gallery.add(await asyncio.to_thread(gallery.look, files)):
            self._changed(article.id)

    def _changed(self, article: str | None = None) -> None:
        """Set what is shown anew, where pictures take another room than before."""
        pane = self._screen.reading
        if pane.figures is not None and article in (None, pane.article_id):
            pane.set_again()
        if self._view is not None:
            self._view.renew()

    def _drawn(self, url: str, moved: bool) -> None:
        """A picture was drawn, or cannot be; whether it takes another room than was thought."""
        if moved:
            self._changed()
            return
        self._screen.reading.redraw(url)
        if self._view is not None:
            self._view.renew()

    def stop(self) -> None:
        """End what draws; nobody will see it."""
        if self._studio is not None:
            self._studio.close()

    # As large as there is room

    async def view(self, article: Article, address: str | None = None) -> bool:
        """Show the pictures of an article one by one, from one on; False where that cannot be.

        It cannot be where no picture is here and none can be had.
        """
        urls = pictures_of(article)
        if self.why_not() or (address is not None and address not in urls):
            return False
        gallery = (await self._open()).gallery
        await self._look(gallery, article)
        screen = self._screen
        coming = screen.network.usable and screen.config.images_fetch
        here = any(map(gallery.shot, [address] if address else urls))
        if not here and (not coming or article.id in self._tried):
            return False
        from kaltimtui.ui.screens.picture import PictureScreen  # loaded when one is looked at

        self._view = PictureScreen(article, gallery, address)
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
