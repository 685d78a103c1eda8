"""A whole refresh of portals on a real server, under the names of real hosts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kaltimtui import subscriptions
from kaltimtui.library import Library
from kaltimtui.models import SourceData, View
from kaltimtui.net.client import Client
from kaltimtui.net.robots import Robots
from kaltimtui.parsing import sites
from kaltimtui.paths import Paths
from kaltimtui.refresh.feeds import Means
from kaltimtui.refresh.run import Refresh, keeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.demo.portal import Portal

PORTAL = "kaltimprov.go.id"
OTHER = "kabar-hulu.example"


class Loopback(httpx.AsyncBaseTransport):
    """Takes every request to one server, whatever its host and scheme."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._under = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return await self._under.handle_async_request(request)

    async def aclose(self) -> None:
        await self._under.aclose()


@pytest.fixture(autouse=True)
def _own_profiles_only() -> Iterator[None]:
    yield
    sites.use_profiles(Paths.find("/nonexistent").config)


async def _waited(_seconds: float) -> None:
    """No politeness towards one's own machine."""


@pytest.mark.parametrize(
    ("design", "host"),
    [
        ("kaltimprov", PORTAL),
        ("old", PORTAL),
        ("new", PORTAL),
        ("wordpress", OTHER),
        ("inertia", OTHER),
    ],
)
async def test_every_article_is_found_once_under_all_forms_of_the_host(
    demo_portal: Callable[..., Portal], tmp_path: Path, now: datetime, design: str, host: str
) -> None:
    names = (f"www.{host}", host)
    origins = tuple(f"{scheme}://{name}" for name in names for scheme in ("https", "http"))
    portal = demo_portal(design=design, origins=origins)
    (tmp_path / "demo.toml").write_text(
        f'name = "Hulu"\nhosts = ["{names[0]}", "{names[1]}"]\narticles = {list(portal.forms)}\n'
    )
    sites.use_profiles(tmp_path)
    library = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    kept = subscriptions.of(library)
    for source in kept.all():
        kept.remove(source.id)
    source, _new = kept.add(SourceData("Hulu", "portal", f"https://{names[0]}/"))
    transport = Loopback(int(portal.url.rpartition(":")[2]))
    with ThreadPoolExecutor(2) as readers:
        async with Client(transport=transport, sleep=_waited) as client:
            means: Any = Means(
                client, keeper(library.database, lambda: now), readers, lambda: now, lambda: 0.0
            )
            refresh = Refresh(
                library.database, means, Robots(client), [source], lambda _progress: None
            )
            await refresh.run(backfill=500)
    rows = library.rows(View(), limit=500)
    addresses = [library.article(row.id).url or "" for row in rows]
    library.close()
    assert {row.title for row in rows} == {article.title for article in portal.articles}
    assert len(addresses) == len(set(addresses)) == len(portal.articles)
    assert all(address.startswith(f"https://{names[0]}/") for address in addresses)
    assert refresh.done[0].new == len(portal.articles)
