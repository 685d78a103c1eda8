"""Copying to the clipboard, of the terminal and of the desktop."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.ui.screens.main import MainScreen


def copy(screen: MainScreen, words: str, said: str) -> None:
    """Copy a text, and say so.

    What is too long for the terminal goes to the desktop alone, and only once it is there is
    anything said.
    """
    from kaltimtui.ui import clipboard  # when something is first copied

    clean = text.verbatim(words)
    sent = clipboard.fits(clean)
    if sent:
        screen.app.copy_to_clipboard(clean)
        screen.say(said)
    keep = partial(_to_desktop, screen, clean, "" if sent else said)
    screen.begin(keep, group="clipboard")


async def _to_desktop(screen: MainScreen, words: str, said: str) -> None:
    from kaltimtui.ui import clipboard

    command = clipboard.command(os.environ)
    kept = command is not None and await clipboard.put(command, words)
    if said and kept:
        screen.say(said)
    elif said:
        screen.say(_("Nothing is copied: this is more than a terminal takes. Choose fewer."))
