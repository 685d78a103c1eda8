"""Every fault that a server can play: one line each, nothing lost, no other source harmed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import subscriptions
from kaltimtui.demo.faults import FAULTS
from kaltimtui.library import Library
from kaltimtui.models import Refreshed, SourceData, View
from kaltimtui.net.client import Client, Limits
from kaltimtui.paths import Paths
from kaltimtui.refresh.feeds import Means, refresh_feeds
from kaltimtui.refresh.run import keeper

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.demo.portal import Portal

HARMLESS = {
    *("permanent", "temporary", "chain", "gzip", "emptied", "wrong-charset", "slow"),
    "not-modified",
}
"""Faults that a good reader gets over."""
LIMITS = Limits(total=2.0)


class Desk:
    """Two feeds of one portal that were both fetched once."""

    def __init__(self, home: Path, portal: Portal, now: datetime) -> None:
        self.now = now
        self.portal = portal
        self.library = Library.open(Paths.find(str(home)), clock=lambda: self.now)
        self.kept = subscriptions.of(self.library)
        for source in self.kept.all():
            self.kept.remove(source.id)
        for name, path in (("Buruk", "/warta/rss.xml"), ("Baik", "/pesisir/atom.xml")):
            self.kept.add(SourceData(name, "feed", portal.at(path)), private=True)

    async def refresh(self) -> dict[str, Refreshed]:
        told: list[Refreshed] = []
        with ThreadPoolExecutor(2) as readers:
            async with Client(LIMITS) as client:
                keep = keeper(self.library.database, lambda: self.now)
                means: Any = Means(client, keep, readers, lambda: self.now, lambda: 0.0)
                await refresh_feeds(self.kept.all(), means, told.append)
        return {one.source: one for one in told}

    def titles(self) -> set[str]:
        return {row.title for row in self.library.rows(View(), limit=500)}


@pytest.mark.parametrize("fault", sorted(FAULTS))
async def test_a_fault_is_told_in_one_line_and_does_no_harm(
    tmp_path: Path, demo_portal: Callable[..., Portal], now: datetime, fault: str
) -> None:
    portal = demo_portal()
    desk = Desk(tmp_path / "home", portal, now)
    await desk.refresh()
    before = desk.titles()
    portal.fault("/warta/rss.xml", fault)
    desk.now += timedelta(hours=2)
    portal.publish(feed="/pesisir/atom.xml")
    told = await desk.refresh()
    portal.gate.set()
    assert told["Baik"].new == 1
    assert before <= desk.titles()
    bad = told["Buruk"]
    if fault in HARMLESS:
        assert bad.status in ("ok", "not-modified")
        assert bad.error is None
    else:
        assert bad.status == "failed"
        assert bad.error is not None
        assert "127.0.0.1" in bad.error
        assert len(bad.error) < 250
        assert bad.error.isprintable()
        assert len(desk.titles()) == len(before) + 1
    desk.library.close()
