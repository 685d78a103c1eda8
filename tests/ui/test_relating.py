"""Fetching the related items of an article that are not here."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import NOW, now

from kaltimtui.dates import Stamp
from kaltimtui.errors import FetchError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, RelatedData, SourceData
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.conftest import FakeFetching, Opens, Reader

    from kaltimtui.errors import FetchReason
    from kaltimtui.ui.network import Network

PORTAL = SourceData("Portal", "portal", "https://portal.example/")
pytestmark = pytest.mark.usefixtures("english")


def page(title: str, hours: int = 0, related: tuple[RelatedData, ...] = ()) -> ArticleData:
    url = address(title)
    published = Stamp(NOW - timedelta(hours=hours), "time")
    return ArticleData(title, url=url, published=published, related=related)


def address(title: str) -> str:
    return f"https://portal.example/berita/{title.lower()}"


def item(title: str | None, url: str | None) -> RelatedData:
    return RelatedData("related", title, url, "Sosial", None)


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    beside = (
        item("Panen", address("panen")),
        item(None, address("banjir")),
        item("Panen lagi", address("panen")),
        item("Tanpa alamat", None),
        item("Jembatan", address("jembatan")),
    )
    whole = page("Lengkap", 2, (item(None, address("jembatan")),))
    nameless = page("Terputus", 3, (item("Tanpa alamat", None),))
    opened.store_articles(PORTAL, [page("Kabar", 0, beside), page("Jembatan", 1), whole, nameless])
    yield opened
    opened.close()


def keep(library: Library, url: str) -> str:
    """Keep the article of an address, as if it had been fetched; its id."""
    title = url.rpartition("/")[2].title()
    library.store_articles(PORTAL, [page(title, 9)])
    return library.find_by_url(url) or ""


def missing(reader: Reader) -> int:
    """How many related items of what is shown have an address and are not here."""
    shown = reader.screen.reading.article
    assert shown is not None
    return sum(1 for one in shown.related if one.url and one.article is None)


async def says(reader: Reader, what: str) -> None:
    await reader.until(lambda: what in reader.screen.bottom.said, what)


async def test_those_not_here_are_fetched_each_once(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.keep = partial(keep, library)
    async with reading(library, network=network) as reader:
        await reader.press("enter", "U")
        await says(reader, "0 of 2")
        fetching.gate.set()
        await says(reader, "1 of 2")
        fetching.gate.set()
        await says(reader, "2 related items are here now.")
        assert fetching.wanted == [address("panen"), address("banjir")]
        await reader.until(lambda: missing(reader) == 0)
        shown = reader.screen.reading.article
        assert shown is not None
        assert [one.article is not None for one in shown.related] == [True, True, True, False, True]


async def test_the_cursor_stays_on_its_item(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.keep = partial(keep, library)
    async with reading(library, network=network) as reader:
        await reader.press("enter", "right_curly_bracket", "right_curly_bracket", "U")
        chosen = reader.screen.reading.cursor
        assert chosen is not None
        for _address in range(2):
            await reader.until(lambda: not fetching.gate.is_set())
            fetching.gate.set()
        await reader.until(lambda: missing(reader) == 0)
        assert reader.screen.reading.cursor == chosen
        assert fetching.named_by == reader.screen.reading.article_id


async def test_what_a_refresh_brings_meanwhile_is_shown(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "right_curly_bracket")
        assert missing(reader) == 3
        keep(library, address("panen"))
        reader.screen.refresher.shelves[0]()
        await reader.until(lambda: missing(reader) == 1)
        assert reader.screen.reading.cursor == 0


@pytest.mark.parametrize(
    ("reason", "count", "said"),
    [
        ("connect", 2, "2 related items could not be fetched: It fails. U tries again."),
        (
            "connect",
            1,
            "1 related item is here now. 1 could not be fetched: It fails. U tries again.",
        ),
        ("content", 2, "2 related items could not be fetched: It fails. Look there."),
    ],
)
async def test_what_cannot_be_had_is_told_with_its_reason_and_what_to_do(
    reason: FetchReason,
    count: int,
    said: str,
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
) -> None:
    fetching.failure = FetchError("It fails.", reason=reason, hint="Look there.")
    fetching.keep = partial(keep, library)
    async with reading(library, network=network) as reader:
        await reader.press("enter", "U")
        for address_ in range(2):
            await reader.until(lambda: not fetching.gate.is_set())
            if address_ == count:
                fetching.failure = None
            fetching.gate.set()
        await reader.until(lambda: reader.screen.bottom.said == said)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (1, "This article names no related items."),
        (2, "All related items are here."),
        (3, "The related items that are not here tell no address."),
    ],
)
async def test_it_is_said_why_there_is_nothing_to_fetch(
    steps: int,
    said: str,
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press(*"j" * steps, "U")
        await says(reader, said)
        assert fetching.wanted == []


async def test_without_a_network_it_is_said(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "U")
        await says(reader, "Offline")
