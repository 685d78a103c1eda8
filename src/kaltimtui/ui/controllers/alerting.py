"""Telling of new articles outside the reader, by the desktop and by the bell."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from kaltimtui.errors import UsageError
from kaltimtui.ui import alerts, programs

if TYPE_CHECKING:
    from kaltimtui.fetching import Refreshing
    from kaltimtui.ui.app import ReaderApp
    from kaltimtui.ui.screens.main import MainScreen

_SECONDS: Final = 5.0


def alert(screen: MainScreen, came: Refreshing, *, asked: bool) -> None:
    """Tell of a refresh that is over, once."""
    said = alerts.said_of(came, asked=asked)
    if not said:
        return
    if screen.config.notify_bell:
        screen.app.bell()
    if screen.config.notify_desktop:
        screen.begin(partial(_by_desktop, screen, said), group="alert")


async def _by_desktop(screen: MainScreen, said: str) -> None:
    """By the desktop's own program, else through the terminal."""
    command = alerts.command(said, os.environ)
    if command is None or not await _told(command):
        cast("ReaderApp", screen.app).send(alerts.sequence(said, os.environ))


async def _told(command: list[str]) -> bool:
    try:
        return (await programs.run(command, b"", seconds=_SECONDS, most=0)).status == 0
    except UsageError:
        return False
