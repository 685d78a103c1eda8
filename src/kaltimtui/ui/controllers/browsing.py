"""Opening an address in the browser: beside the screen, or instead of it for a while."""

from __future__ import annotations

import asyncio
import subprocess
import webbrowser
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from kaltimtui.errors import UsageError, unstarted
from kaltimtui.i18n import _
from kaltimtui.ui import programs
from kaltimtui.ui.browsers import browser_for

if TYPE_CHECKING:
    from textual.app import App

    from kaltimtui.ui.programs import Ended
    from kaltimtui.ui.screens.main import MainScreen


async def browse(screen: MainScreen, address: str, said: str = "") -> bool:
    """Open an address, and say so in these words; whether a browser took it.

    Where none did that is said instead, and where one fails soon after, it is said then.
    """
    trouble, ended = await _open(screen.app, address)
    if trouble or said:
        screen.say(trouble or said)
    if ended is not None:
        screen.begin(partial(_watch, screen, ended), group="browser", replacing=False)
    return not trouble


async def _watch(screen: MainScreen, ended: asyncio.Future[Ended]) -> None:
    if failed := await programs.failure(ended):
        screen.say(failed)


async def _open(app: App[object], address: str) -> tuple[str, asyncio.Future[Ended] | None]:
    """Why an address cannot be opened, if so, and the end of the browser where it is beside us."""
    browser = await asyncio.to_thread(browser_for, address)
    if browser is None:
        return _("No browser was found; y copies the address."), None
    if browser.in_terminal:
        return _instead(app, browser.words), None
    if not browser.words:
        opened = await asyncio.to_thread(webbrowser.open, address)
        return "" if opened else _("The browser did not open it; y copies the address."), None
    try:
        return "", await programs.start(browser.words)
    except UsageError as error:
        return error.message, None


def _instead(app: App[object], words: list[str]) -> str:
    """Leave the terminal to a browser that needs it, until that is left."""
    try:
        with app.suspend():
            subprocess.run(words, check=False)  # noqa: S603 - the browser of the user
    except SuspendNotSupported:
        return _("{program} needs a terminal; y copies the address.").format(
            program=programs.called(words)
        )
    except OSError as error:
        said = _("{program} cannot be started: {why}.")
        return said.format(program=programs.called(words), why=unstarted(error))
    return ""
