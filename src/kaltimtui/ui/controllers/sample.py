"""Bringing in the sample edition, on the first day alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


async def load_sample(screen: MainScreen) -> None:
    """Bring it in, and show it."""
    from kaltimtui.demo.sample import load  # not needed on any other day

    try:
        await asyncio.to_thread(load, screen.library)
    finally:
        screen.list_pane.preparing = False
    screen.list_pane.reload()
    screen.refresh_counts()
    screen.say(_("A sample edition: it makes way for real news; D on its source removes it."))
