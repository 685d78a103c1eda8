"""What is read of what was fetched: pure functions of bytes, for a thread or a process to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import parsing, text
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.i18n import N_, _
from kaltimtui.store import incoming, keys

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.models import ArticleData, Parsed
    from kaltimtui.parsing.page.barrier import Barrier

_SAID: Final[dict[Barrier, str]] = {
    "login": N_("{host} wants a login."),
    "missing": N_("{host} says that there is no such page."),
    "parked": N_("{host} belongs to nobody: the name is for sale."),
}


class Feed(NamedTuple):
    """What a feed said, made ready to be kept."""

    ready: list[incoming.Incoming]
    minutes: int | None


class Page(NamedTuple):
    """The article of a page, and what the links of the page say."""

    article: ArticleData
    hrefs: tuple[str, ...]


def parsed(data: bytes, url: str, now: datetime) -> Parsed:
    """What an address gave. Raises ParseError."""
    return parsing.read(data, url=url, now=now)


def feed(data: bytes, url: str, charset: str | None, now: datetime) -> Feed:
    """What the bytes of a feed say. Raises ParseError where they are none."""
    said = parsing.read(data, url=url, charset=charset, now=now)
    if said.kind != "feed":
        raise ParseError(_("it answers with a page instead of a feed"))
    return Feed(incoming.ready(said.articles, keys.seconds_of(now)), said.minutes)


def page(data: bytes, url: str, now: datetime) -> Page | None:
    """The page of an article; None where it is no article, or something stands in its place."""
    from kaltimtui.parsing.page.links import barrier_of, hrefs

    found = _article(parsing.read(data, url=url, now=now))
    return None if found is None or barrier_of(data) else Page(found, hrefs(data, url))


def wanted(data: bytes, url: str, now: datetime) -> ArticleData:
    """The article of a page that has to be one.

    Raises ParseError, and FetchError for a login and the like.
    """
    from kaltimtui.parsing.page.links import barrier_of

    barrier = barrier_of(data)
    if barrier:
        raise barred(url, barrier)
    found = _article(parsing.read(data, url=url, now=now))
    if found is None:
        raise no_article(url)
    return found


def _article(said: Parsed) -> ArticleData | None:
    return said.articles[0] if said.kind == "page" and said.articles else None


def barred(url: str, barrier: Barrier) -> FetchError:
    """What is said of a page that is not the one asked for."""
    return FetchError(_(_SAID[barrier]).format(host=text.host(url)), reason="content")


def no_article(url: str) -> FetchError:
    """What is said of a page without an article."""
    return FetchError(
        _("The page at {host} holds no article.").format(host=text.host(url)), reason="content"
    )
