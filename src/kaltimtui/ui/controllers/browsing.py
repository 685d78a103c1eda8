"""Opening an address in the browser: beside the screen, or instead of it for a while."""

from __future__ import annotations

import asyncio
import subprocess
import webbrowser
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from kaltimtui.errors import UsageError, unstarted
from kaltimtui.i18n import _
from kaltimtui.ui import programs
from kaltimtui.ui.browsers import browser_for
from kaltimtui.ui.controllers.starting import start

if TYPE_CHECKING:
    from textual.app import App

    from kaltimtui.ui.screens.main import MainScreen


async def browse(screen: MainScreen, address: str, said: str = "") -> bool:
    """Open an address, and say so in these words; whether a browser took it.

    Where none did that is said instead, and where one fails soon after, it is said then.
    """
    trouble = await _open(screen, address)
    if trouble or said:
        screen.say(trouble or said)
    return not trouble


async def _open(screen: MainScreen, address: str) -> str:
    """Why an address cannot be opened; empty where it was."""
    browser = await asyncio.to_thread(browser_for, address)
    if browser is None:
        return _("No browser was found; y copies the address.")
    if browser.in_terminal:
        return _instead(screen.app, browser.words)
    if not browser.words:
        opened = await asyncio.to_thread(webbrowser.open, address)
        return "" if opened else _("The browser did not open it; y copies the address.")
    try:
        await start(screen, browser.words)
    except UsageError as error:
        return error.message
    return ""


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
