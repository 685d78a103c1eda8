"""The related items of the article that is shown: which are here, and fetching the others."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.controllers.taking import offline

if TYPE_CHECKING:
    from kaltimtui.fetching import Gathered
    from kaltimtui.models import Article
    from kaltimtui.ui.screens.main import MainScreen


def missing(article: Article) -> list[str]:
    """The addresses of the related items that are not here, each once."""
    urls = (text.address(item.url) for item in article.related if item.article is None)
    return list(dict.fromkeys(url for url in urls if url is not None))


class Relating:
    """Knows and fetches what stands beside an article."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def fetch_related(self) -> None:
        """Fetch all related items that are not here."""
        self._screen.begin(partial(self._fetch, Choice(self._screen)), group="related")

    async def _fetch(self, choice: Choice) -> None:
        screen = self._screen
        article, fetching = await choice.article(), await screen.network.fetching()
        if article is None:
            screen.say(_("No article is selected."))
            return
        found = await asyncio.to_thread(screen.library.article, article)
        urls = missing(found)
        if not urls:
            screen.say(_why_none(found))
            return
        if fetching is None or not screen.network.usable:
            screen.say(offline())
            return

        def report(done: int) -> None:
            said = _("Fetching related items: {done} of {total} …")
            screen.say(said.format(done=done, total=len(urls)), lasting=True)

        report(0)
        gathered = await fetching.articles_at(urls, article, report)
        screen.show_news()
        screen.say(_came_of(gathered))

    def look_again(self) -> None:
        """See of what is shown which related items are here, and whether it has another text.

        The words that are shown stay as they are.
        """
        shown = self._screen.reading.article
        if shown is not None:
            self._screen.begin(partial(self._look_again, shown.id), group="beside")

    async def _look_again(self, article: str) -> None:
        try:
            found = await asyncio.to_thread(self._screen.library.article, article)
        except UsageError:
            return  # it was removed meanwhile, and can be read to its end
        shown = self._screen.reading.article
        if shown is not None and shown.id == article:
            now = shown._replace(related=found.related, edited=found.edited)
            self._screen.reading.update_state(now)


def _why_none(article: Article) -> str:
    if not article.related:
        return _("This article names no related items.")
    if all(item.article is not None for item in article.related):
        return _("All related items are here.")
    return _("The related items that are not here tell no address.")


def _came_of(gathered: Gathered) -> str:
    """What came, what did not, and why; the reason that may pass by itself first."""
    count, missed = len(gathered.articles), len(gathered.failed)
    came = ngettext(
        "{count} related item is here now.", "{count} related items are here now.", count
    )
    if not missed:
        return came
    if count:
        not_had = ngettext("{count} could not be fetched:", "{count} could not be fetched:", missed)
        said = [came, not_had]
    else:
        said = [
            ngettext(
                "{count} related item could not be fetched:",
                "{count} related items could not be fetched:",
                missed,
            )
        ]
    error = min(gathered.failed, key=lambda error: error.final)
    what_to_do = error.hint if error.final else _("U tries again.")
    return " ".join(filter(None, (*said, text.inline(error.message), what_to_do)))
