"""The browser that opens an address, as an argument vector: it must not write on the screen."""

from __future__ import annotations

import os
import webbrowser
from typing import Final, NamedTuple

_OF_THE_TERMINAL: Final = frozenset(
    {"www-browser", "links", "links2", "elinks", "lynx", "w3m", "chawan", "cha", "browsh"}
)


class Browser(NamedTuple):
    """How an address is opened."""

    words: list[str]
    """Empty where only Python's own way leads there."""
    in_terminal: bool = False
    """Whether it needs the terminal for itself."""


def browser_for(address: str) -> Browser | None:
    """The browser that the user or the system has; None where there is none. May take a while."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    if isinstance(found, webbrowser.GenericBrowser):
        words = [found.name, *(word.replace("%s", address) for word in found.args)]
    elif isinstance(found, webbrowser.UnixBrowser):
        words = [found.name, address]
    else:
        return Browser([])
    return Browser(words, os.path.basename(found.name) in _OF_THE_TERMINAL)  # noqa: PTH119 - a word
