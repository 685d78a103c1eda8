"""Where an address really leads, as one is shown it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from kaltimtui import text

LEADS_TO: Final = "→"
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_LONGEST: Final = 400
"""Characters; what is said at more length is no address that anybody reads as one."""


def shown(url: str) -> str:
    """A safe address as it may be shown: its host as it is looked up, letters beyond ASCII told."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{text.host(url)}{port}"))


def bare_host(url: str) -> str:
    """The host of a safe address, without ``www.``."""
    return text.host(url).removeprefix("www.")


def place(url: str) -> str:
    """Where a safe address leads: a host, or whom one writes to."""
    return url.removeprefix(text.MAIL) if text.web(url) is None else bare_host(url)


def elsewhere(said: str, url: str) -> str | None:
    """The host an address leads to, where the text of its link names another one as an address.

    A part of the site that is named is no other: ``detik.com`` may lead to ``news.detik.com``.
    Of a link to a mail address that address, unless the text names it.
    """
    if text.web(url) is None:
        address = place(url)
        return None if address.casefold() in said.casefold() else address
    if "." not in said or len(said) > _LONGEST:
        return None
    named = _ADDRESS.fullmatch(said.strip())
    if named is None:
        return None
    claimed = bare_host(f"//{named['host'].lower()}")
    real = bare_host(url)
    return None if real == claimed or real.endswith(f".{claimed}") else real
