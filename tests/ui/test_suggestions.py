"""The sources suggested on the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from kaltimtui import i18n, subscriptions
from kaltimtui.library import Library
from kaltimtui.models import SourceData
from kaltimtui.paths import Paths
from kaltimtui.ui.screens.suggestions import SuggestionsScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.ui.conftest import FakeFetching, Opens, Reader

    from kaltimtui.ui.network import Network


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(str(tmp_path / "home"))


@pytest.fixture
def library(paths: Paths, now: datetime) -> Iterator[Library]:
    opened = Library.open(paths, clock=lambda: now)
    yield opened
    opened.close()


async def offered(reader: Reader) -> None:
    await reader.until(lambda: isinstance(reader.app.screen, SuggestionsScreen))
    await reader.pilot.pause()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_it_looks_like_this(
    reading: Opens,
    library: Library,
    paths: Paths,
    network: Network,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.counting.START_AFTER", 60.0)
    given: dict[str, Any] = {"state_file": paths.screen_state, "network": network}
    async with reading(library, size=size, **given) as reader:
        await offered(reader)
        await reader.press("j", "space", "j")
        await reader.until(lambda: any("add 1" in line for line in reader.lines()))
        snapshot(f"suggestions-{size[0]}x{size[1]}", reader.lines())


async def test_what_is_chosen_is_subscribed_to_and_fetched_and_it_is_asked_once(
    reading: Opens, library: Library, paths: Paths, network: Network, fetching: FakeFetching
) -> None:
    before = len(subscriptions.of(library).all())
    given: dict[str, Any] = {"state_file": paths.screen_state, "network": network}
    async with reading(library, **given) as reader:
        await offered(reader)
        await reader.press("space", "j", "space", "j", "space", "space", "G", "space", "enter")
        await reader.until(lambda: fetching.asked == [((), False)])
        assert len(subscriptions.of(library).all()) == before + 2
        await reader.press("ctrl+q")
    async with reading(library, **given) as reader:
        await reader.until(lambda: not reader.screen.workers._workers)
        assert reader.app.screen is reader.screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
@pytest.mark.parametrize("language", ["en", "id"])
async def test_its_keys_are_told_before_anything_is_ticked(
    reading: Opens,
    library: Library,
    paths: Paths,
    network: Network,
    size: Any,
    language: Literal["id", "en"],
) -> None:
    i18n.set_language(language)
    given: dict[str, Any] = {"state_file": paths.screen_state, "network": network}
    async with reading(library, size=size, **given) as reader:
        await offered(reader)
        shown = reader.app.screen
        assert isinstance(shown, SuggestionsScreen)
        sheet: SuggestionsScreen = shown
        await reader.until(lambda: len(sheet._keys.spots) == 3)
        await reader.press("enter")
        assert reader.app.screen_stack[-1] is sheet
        await reader.press("j", "space")
        await reader.until(lambda: "1" in sheet.hints()[1].word)
        await reader.until(lambda: len(sheet._keys.spots) == 3)
        await reader.until(lambda: all(h.word in " ".join(reader.lines()) for h in sheet.hints()))


async def test_escape_leaves_it_for_good(
    reading: Opens, library: Library, paths: Paths, network: Network, fetching: FakeFetching
) -> None:
    given: dict[str, Any] = {"state_file": paths.screen_state, "network": network}
    async with reading(library, **given) as reader:
        await offered(reader)
        await reader.press("space", "j", "space", "escape")
        assert reader.app.screen is reader.screen
        await reader.press("ctrl+q")
    assert not fetching.asked
    assert len(subscriptions.of(library).all()) == 1
    async with reading(library, **given) as reader:
        assert reader.app.state.offered


async def test_who_has_sources_or_is_offline_is_not_asked(
    reading: Opens, library: Library, paths: Paths, network: Network
) -> None:
    async with reading(library, state_file=paths.screen_state) as reader:
        await reader.until(lambda: not reader.screen.list_pane.preparing)
        assert reader.app.screen is reader.screen
        assert not reader.app.state.offered
    subscriptions.of(library).add(SourceData("Kabar", "feed", "https://kabar.example/rss"))
    async with reading(library, state_file=paths.screen_state, network=network) as reader:
        await reader.until(lambda: reader.app.state.offered)
        assert reader.app.screen is reader.screen


async def test_clicks_choose_and_take(
    reading: Opens, library: Library, paths: Paths, network: Network, fetching: FakeFetching
) -> None:
    given: dict[str, Any] = {"state_file": paths.screen_state, "network": network}
    async with reading(library, **given) as reader:
        await offered(reader)
        screen = reader.app.screen
        assert isinstance(screen, SuggestionsScreen)
        await reader.pilot.click(screen._list, offset=(8, 3))
        await reader.until(lambda: any("add 1" in line for line in reader.lines()))
        (spot,) = (spot for spot in screen._keys.spots if spot.action == "take")
        await reader.pilot.click(screen._keys, offset=(spot.cells.start, 0))
        await reader.until(lambda: fetching.asked == [((), False)])


async def test_they_are_shown_again_when_asked_for(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press("S")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press("s")
        await offered(reader)
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 2
