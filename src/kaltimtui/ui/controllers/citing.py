"""Copying citations of what is selected, or of the article one is at."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui.i18n import _, ngettext
from kaltimtui.ui.controllers.copying import copy
from kaltimtui.ui.controllers.selecting import Chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.library import Library
    from kaltimtui.models import Article
    from kaltimtui.ui.screens.main import MainScreen

MOST = 500
"""Articles that are cited, or handed over, at once."""


class Citing:
    """Citations, in the style of the settings or in one that is asked for."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def cite(self) -> None:
        """Copy a citation in the style of the settings."""
        self.cite_as(self._screen.config.citation_style)

    def cite_as(self, style: str) -> None:
        """Copy a citation in this style."""
        work = partial(self._cite, Chosen(self._screen), style)
        self._screen.begin(work, group="citing")

    async def _cite(self, chosen: Chosen, style: str) -> None:
        articles = await articles_of(self._screen, chosen)
        if articles:
            cited = await asyncio.to_thread(_cited, self._screen, articles, style)
            copy(self._screen, *cited)


async def articles_of(screen: MainScreen, chosen: Chosen) -> list[Article]:
    """What is chosen, in the order of lists by time; where that is nothing or too much, it is said.

    The list's own order may be another, and what is selected may stand in several lists.
    """
    ids = await chosen.articles()
    if not ids:
        screen.say(_("No article is selected."))
    elif len(ids) > MOST:
        most = ngettext("{count} article", "{count} articles", MOST)
        screen.say(_("That is too much at once: at most {most}.").format(most=most))
    else:
        return await asyncio.to_thread(_read, screen.library, ids)
    return []


def _read(library: Library, ids: Sequence[str]) -> list[Article]:
    return sorted(map(library.article, ids), key=lambda article: -article.key)


def _cited(screen: MainScreen, articles: Sequence[Article], style: str) -> tuple[str, str]:
    """The citations, and what is said of them."""
    from kaltimtui.citing import STYLES, citations  # in a thread, when it is first asked for

    name = _(STYLES[style])
    if len(articles) == 1:
        said = _("Copied as {style}: {title}").format(style=name, title=articles[0].title)
    else:
        count = ngettext("{count} article", "{count} articles", len(articles))
        said = _("Copied as {style}: {title}").format(style=name, title=count)
    return citations(articles, style, screen.clock()), said
