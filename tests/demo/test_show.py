from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from kaltimtui.demo.portal import utc_now
from kaltimtui.demo.show import Press, settle
from kaltimtui.fetching import Fetching
from kaltimtui.library import Library
from kaltimtui.models import View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.demo.portal import Portal
    from kaltimtui.models import ArticleData

OWN = ["Portal Contoh", "Suara Pesisir", "Umpan Lambat", "Umpan Rusak", "Warta Kampung"]


@pytest.fixture
def portal(demo_portal: Callable[..., Portal]) -> Portal:
    return demo_portal(clock=utc_now)


@pytest.fixture
def library(tmp_path: Path, portal: Portal) -> Iterator[Library]:
    paths = Paths.find(str(tmp_path))
    settle(paths, portal, utc_now)
    opened = Library.open(paths, clock=utc_now)
    yield opened
    opened.close()


def test_the_home_knows_the_portal_and_nothing_else(library: Library) -> None:
    sources = Fetching(library).sources.all()
    assert sorted(source.name for source in sources) == OWN
    assert all(source.private for source in sources)


def test_the_home_has_all_but_the_newest_articles(library: Library, portal: Portal) -> None:
    titles = [row.title for row in library.rows(View())]
    assert titles == [article.title for article in portal.articles[15:]]
    assert not library.sample_wanted()


async def test_the_news_of_the_portal_comes_into_the_home(library: Library, portal: Portal) -> None:
    fetching = Fetching(library)
    came = await fetching.refresh(everything=True)
    told = {one.source: one for one in came.sources}
    assert sorted(told) == OWN
    assert {name for name, one in told.items() if one.status == "failed"} == {"Umpan Rusak"}
    assert told["Umpan Rusak"].http_status == 500
    assert told["Portal Contoh"].new == 15
    assert portal.count(portal.closed) == 0
    (new,) = portal.publish()
    assert any((await fetching.refresh(everything=True)).sources)
    assert new.title in [row.title for row in library.rows(View(), limit=3)]


def test_the_press_goes_on_until_the_context_ends(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[str | None] = []
    enough = Event()
    publish = portal.publish

    def counted(count: int = 1, *, feed: str | None = None) -> tuple[ArticleData, ...]:
        turns.append(feed)
        if len(turns) == 6:
            enough.set()
        return publish(count, feed=feed)

    monkeypatch.setattr(portal, "publish", counted)
    before = len(portal.articles)
    with Press(portal, 0.001):
        assert enough.wait(10)
    after = len(turns)
    assert turns[:6] == [None, "/warta/rss.xml", None, "/pesisir/atom.xml", None, "/lambat/rss.xml"]
    assert len(portal.articles) == before + turns.count(None)
    assert len(turns) == after
