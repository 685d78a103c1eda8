"""The browser that the system has, which is asked in a thread: it may take its time."""

from __future__ import annotations

import webbrowser
from typing import Final

_IN_TERMINAL: Final = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})


def has_terminal() -> bool:
    """Whether the browser draws on the terminal, which must be left to it meanwhile."""
    try:
        name = str(getattr(webbrowser.get(), "basename", ""))
    except (webbrowser.Error, OSError):
        return False
    return name in _IN_TERMINAL


def open_page(url: str) -> bool:
    """Open a safe address, or one of a file of ours; whether a browser took it."""
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
