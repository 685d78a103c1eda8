"""A refresh removes what is kept no longer, and does not bring it back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import fetching, subscriptions
from kaltimtui.config import Config
from kaltimtui.dates import WITA
from kaltimtui.fetching import Fetching
from kaltimtui.library import Library, Limits
from kaltimtui.models import Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.store import keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.demo.portal import Portal

BEGINNING = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


class Office:
    """A library with one source, whose clock goes when it is told to."""

    def __init__(self, home: Path) -> None:
        self.now = BEGINNING
        self.library = Library.open(Paths.find(str(home)), clock=lambda: self.now)
        self.sources = subscriptions.of(self.library)
        for source in self.sources.all():
            self.sources.remove(source.id)

    def subscribe(self, portal: Portal) -> int:
        data = SourceData("Umpan", "feed", portal.at("/rss.xml"))
        return self.sources.add(data, private=True)[0].id

    async def refresh(self, *, keep_articles: int = 0) -> int:
        """How many articles were new."""
        self.now += timedelta(hours=1)
        config = Config(images_megabytes=0, keep_articles=keep_articles)
        found = await Fetching(self.library, config, random=lambda: 0.0).refresh()
        return sum(one.new for one in found.sources)

    def ids(self, view: View | None = None) -> list[str]:
        return [row.id for row in self.library.rows(view or View())]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(fetching, "_BETWEEN_STEPS", 0)
    made = Office(tmp_path / "home")
    yield made
    made.library.close()


async def test_what_a_feed_still_carries_does_not_come_back(
    office: Office, demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    office.subscribe(portal)
    assert await office.refresh() > 5
    starred = office.ids()[-1]
    office.library.mark([starred], [Marking("starred", True)])
    before = office.ids()
    portal.publish(1)  # so that the feed is sent again, with all that it carries
    assert await office.refresh(keep_articles=3) == 1
    after = office.ids()
    assert [after[1:3], after[3:]] == [before[:2], [starred]]
    portal.publish(1)
    assert await office.refresh() == 1
    assert office.ids()[1:] == after
    assert office.ids(View(ViewKind.STARRED)) == [starred]


async def test_it_is_done_though_nothing_is_due(
    office: Office, demo_portal: Callable[..., Portal]
) -> None:
    source = office.subscribe(demo_portal())
    await office.refresh()
    office.sources.keep_articles(source, 2)
    office.now -= timedelta(hours=1)
    assert await office.refresh() == 0
    assert len(office.ids()) == 2


async def test_it_may_be_cancelled_between_two_steps(
    office: Office, demo_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.subscribe(demo_portal())
    await office.refresh()
    count = len(office.ids())
    monkeypatch.setattr(keeping, "STEP", 1)
    monkeypatch.setattr(fetching, "_BETWEEN_STEPS", 3600)
    loop, reached, tidy = asyncio.get_running_loop(), asyncio.Event(), office.library.tidy

    def watched(limits: Limits) -> Iterator[int]:
        for went in tidy(limits):
            loop.call_soon_threadsafe(reached.set)
            yield went

    monkeypatch.setattr(office.library, "tidy", watched)
    task = asyncio.create_task(office.refresh(keep_articles=1))
    async with asyncio.timeout(20):
        await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(office.ids()) == count - 1
