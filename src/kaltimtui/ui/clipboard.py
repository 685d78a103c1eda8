"""The clipboard: what a terminal takes of it, over SSH too, and the program of the desktop."""

from __future__ import annotations

import contextlib
import shutil
import sys
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.ui import programs
from kaltimtui.ui.remote import is_remote

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = 74_994
"""Bytes that terminals take as one OSC 52: in base64, as it is sent, 100,000 signs with its frame.

What is longer, some cut off and some drop without a word, so it is not sent.
"""
_SECONDS: Final = 2.0


def fits(words: str) -> bool:
    """Whether a terminal takes so much."""
    return len(words) <= MOST and len(words.encode()) <= MOST


def command(environment: Mapping[str, str], platform: str = sys.platform) -> list[str] | None:
    """The program that puts what it reads into the clipboard of this desktop, if there is one."""
    if is_remote(environment):
        return None
    wayland = bool(environment.get("WAYLAND_DISPLAY"))
    x = bool(environment.get("DISPLAY"))
    known = (
        (platform == "darwin", ["pbcopy"]),
        (wayland, ["wl-copy"]),
        (x, ["xclip", "-selection", "clipboard", "-in"]),
        (x, ["xsel", "--clipboard", "--input"]),
        (platform == "win32" or bool(environment.get("WSL_DISTRO_NAME")), ["clip.exe"]),
    )
    path = environment.get("PATH")
    return next((words for fit, words in known if fit and shutil.which(words[0], path=path)), None)


async def put(words: list[str], said: str) -> bool:
    """Have a program put a text into the clipboard; whether it did."""
    # Windows takes bytes for its own old code page, unless they begin with a byte order mark.
    data = said.encode("utf-16" if words[0] == "clip.exe" else "utf-8")
    with contextlib.suppress(UsageError):
        return (await programs.run(words, data, seconds=_SECONDS, most=0)).status == 0
    return False
