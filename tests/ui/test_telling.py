"""What rules tell of after a refresh: in a line above the keys, and in the way of none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import organising
from kaltimtui.fetching import Refreshing
from kaltimtui.models import ViewKind
from kaltimtui.rule import Notice, RuleAction

if TYPE_CHECKING:
    from tests.ui.conftest import FakeFetching, Opens, Reader

    from kaltimtui.library import Library
    from kaltimtui.ui.network import Network

pytestmark = pytest.mark.usefixtures("english")

FLOOD = Notice("Banjir", 3, ("Banjir di Samarinda", "Banjir di Bontang"))


@pytest.fixture(autouse=True)
def _rules(news: Library) -> None:
    known = organising.of(news)
    known.add_rule("Banjir", '"kabar 1" or "kabar 2"', (RuleAction("notify"),))
    known.add_rule("[red]Warna[/]", '"kabar 2" or "kabar 3"', (RuleAction("notify"),))


async def told(reader: Reader, fetching: FakeFetching, *notices: Notice) -> None:
    """A refresh that brings these."""
    fetching.came = Refreshing([], lost=False, notices=notices)
    before = len(fetching.asked)
    await reader.press("R")
    await reader.until(lambda: len(fetching.asked) > before)
    fetching.gate.set()
    wanted = {one.rule for one in notices}
    await reader.until(lambda: wanted <= {one.rule for one in reader.screen.notices.told})
    await reader.pilot.pause()


def line(reader: Reader) -> str:
    """The line above that of the keys."""
    return reader.lines()[-2]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_it_is_told_in_a_line_above_the_keys_which_all_work(
    reading: Opens,
    news: Library,
    network: Network,
    fetching: FakeFetching,
    size: tuple[int, int],
) -> None:
    async with reading(news, network=network, size=size) as reader:
        await told(reader, fetching, FLOOD)
        await reader.until(lambda: line(reader).startswith(" ● 3 new articles: Banjir"))
        assert ("· Banjir di Samarinda" in line(reader)) is (size[0] > 40)
        before = reader.screen.list_pane.articles.cursor
        await reader.press("j")
        assert reader.screen.list_pane.articles.cursor == before + 1
        await reader.press("x")
        await reader.until(lambda: "Banjir" not in line(reader))


async def test_several_are_summed_up_and_those_of_later_refreshes_with_them(
    reading: Opens, news: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(news, network=network) as reader:
        await told(reader, fetching, FLOOD, Notice("[red]Warna[/]", 1, ("x",)))
        await reader.until(
            lambda: line(reader).startswith(
                " ● New articles by 2 rules: [red]Warna[/] 1, Banjir 3 "
            )
        )
        await told(reader, fetching, Notice("Banjir", 1_000, ("x",)))
        await reader.until(
            lambda: line(reader).startswith(
                " ● New articles by 2 rules: Banjir 1,003, [red]Warna[/] 1 "
            )
        )
        many = [Notice(f"Aturan {n}", 1, ("x",)) for n in range(50)]
        await told(reader, fetching, *many)
        await reader.until(lambda: "by 52 rules" in line(reader))
        assert "…" in line(reader)
        assert line(reader).rstrip().endswith("X show  x put away")


async def test_a_key_shows_the_articles_that_rules_told_of(
    reading: Opens, news: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(news, network=network) as reader:
        await reader.press("X")
        await reader.until(lambda: "No rule has told" in reader.screen.bottom.said)
        await told(reader, fetching, FLOOD, Notice("[red]Warna[/]", 1, ("x",)))
        await reader.pilot.click(reader.screen.notices, offset=(5, 0))
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.SEARCH)
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 3)
        assert not reader.screen.notices.display
        await told(reader, fetching, Notice("Hilang", 1, ("x",)))
        await reader.press("X")
        await reader.until(lambda: not reader.screen.notices.display)
        assert len(reader.screen.list_pane.articles.window) == 3
