"""Suggesting sources: by itself on the first day, and when asked."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import subscriptions
from kaltimtui.i18n import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.models import SourceData
    from kaltimtui.ui.screens.main import MainScreen


async def offer_sources(screen: MainScreen) -> None:
    """Suggest sources to who has none but those there are from the beginning."""
    known = await asyncio.to_thread(subscriptions.of(screen.library).all)
    if any(source.kind != "portal" for source in known):
        screen.state.offered = True
    elif screen.is_current:
        await suggest(screen)


async def suggest(screen: MainScreen) -> None:
    """Show the sources that the program knows of, to choose from."""
    from kaltimtui.ui.screens.suggestions import SuggestionsScreen  # needed once or twice ever

    sources = subscriptions.of(screen.library)
    found = await asyncio.to_thread(sources.suggested)

    async def take(chosen: Sequence[SourceData]) -> None:
        for data in chosen:
            await asyncio.to_thread(sources.add, data)
        screen.show_news()
        screen.refresher.start()
        screen.say(ngettext("{count} source added", "{count} sources added", len(chosen)))

    def chose(chosen: Sequence[SourceData] | None) -> None:
        screen.state.offered = True
        if chosen:
            screen.begin(partial(take, chosen), group="suggested", replacing=False)

    screen.app.push_screen(SuggestionsScreen(found), chose)
