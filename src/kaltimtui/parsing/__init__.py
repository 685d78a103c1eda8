"""Bytes become models: pages, feeds and subscription lists. No network, no clock, no store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.models import Parsed

SIZE_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of a file that are worth reading; whoever has more refuses them before."""


def read(
    data: bytes, *, url: str | None = None, charset: str | None = None, now: datetime
) -> Parsed:
    """What a file holds, told by its content. ``url`` is where it came from. Raises ParseError.

    ``charset`` is what its server said of it.
    """
    # Imported here: none of the parsers is loaded before it is needed.
    from kaltimtui.parsing.charset import settled
    from kaltimtui.parsing.sniff import kind_of

    data = settled(data, charset)
    match kind_of(data):
        case "feed":
            from kaltimtui.parsing.feed.read import read_feed

            return read_feed(data, url=url)
        case "opml":
            from kaltimtui.parsing.opml import read_opml

            return read_opml(data)
        case kind:
            return _read_page(data, url, now, html=kind == "html")


def _read_page(data: bytes, url: str | None, now: datetime, *, html: bool) -> Parsed:
    from kaltimtui.models import Parsed
    from kaltimtui.parsing.page.read import is_portals, read_page
    from kaltimtui.parsing.sites import SAVED_PAGES, source_of

    article = read_page(data, html=html, url=url, now=now)
    address = article.url or url
    unplaced = None if is_portals(article) else SAVED_PAGES
    return Parsed("page", source_of(address) if address else unplaced, (article,))


def close_workers() -> None:
    """End the processes that read sloppy feeds, busy or not, if there are any."""
    lenient = sys.modules.get("kaltimtui.parsing.feed.lenient")
    if lenient is not None:
        lenient.close_workers()


def use_profiles(folder: Path) -> tuple[str, ...]:
    """Take the profiles of sites that the user wrote; what is broken in them, one line each."""
    from kaltimtui.parsing import sites

    return sites.use_profiles(folder)


def is_known_site(url: str) -> bool:
    """Whether there is a profile of the site that an address belongs to."""
    from kaltimtui.parsing import sites

    return sites.profile_of(url) is not None


def is_article(url: str) -> bool:
    """Whether an address is that of an article of a site with a profile."""
    from kaltimtui.parsing import sites

    return sites.is_article(sites.canonical(url))
