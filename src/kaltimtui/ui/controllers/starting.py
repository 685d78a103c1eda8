"""Starting a program that goes on by itself: a player, a browser, what shares an article.

Loaded when one is first started.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kaltimtui.ui import programs

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from kaltimtui.ui.programs import Ended
    from kaltimtui.ui.screens.main import MainScreen


async def start(screen: MainScreen, words: Sequence[str], said: str = "") -> None:
    """Start a program, and say this of it; where it fails soon after, that is said then.

    Raises UsageError where it cannot be started.
    """
    ended = await programs.start(words)
    if said:
        screen.say(said)
    screen.begin(partial(_watch, screen, ended), group="started", replacing=False)


async def _watch(screen: MainScreen, ended: asyncio.Future[Ended]) -> None:
    if failed := await programs.failure(ended):
        screen.say(failed)
