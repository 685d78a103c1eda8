"""The table of sources: how each fares, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n, subscriptions
from kaltimtui.config import Config
from kaltimtui.errors import FetchError
from kaltimtui.library import Library
from kaltimtui.models import Outcome, Progress, Refreshed, SourceData
from kaltimtui.paths import Paths
from kaltimtui.store import fetching as outcomes
from kaltimtui.ui.actions import ACTIONS, Pane
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.report import ReportScreen
from kaltimtui.ui.screens.sources import SourcesScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.ui.conftest import FakeFetching, Opens, Reader

NAMES = ("ANTARA Kaltim", "Kabar Pesisir dan Pedalaman Kalimantan", "Warta Rusak")


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def library(tmp_path: Path, now: datetime) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    known = subscriptions.of(opened)
    for name in NAMES:
        folder = "Daerah" if name.startswith("Kabar") else None
        url = f"https://{name.split()[0].lower()}.example/rss"
        known.add(SourceData(name, "feed", url, folder))
    one, two, three = (known.find(name).id for name in NAMES)
    known.set_interval(two, 60)
    known.set_full_text(two, True)
    later = now + timedelta(minutes=25)
    with opened.database.writing() as connection:
        outcomes.record(connection, Outcome(one, now - timedelta(hours=3), later, http_status=200))
        said = "warta.example answered 500: something broke on its side."
        outcomes.record(connection, Outcome(three, now, later, said, 500))
    yield opened
    opened.close()


def table_of(reader: Reader) -> SourcesScreen:
    assert isinstance(reader.app.screen, SourcesScreen)
    return reader.app.screen


async def opened_table(reader: Reader, key: str = "S") -> SourcesScreen:
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, SourcesScreen))
    table = table_of(reader)
    await reader.until(lambda: len(table.table) == len(table.shown) > 0)
    return table


async def go_to(reader: Reader, name: str) -> None:
    table = table_of(reader)
    await reader.press("g")
    while table.current is None or table.current.name != name:
        await reader.press("j")


async def typed(reader: Reader, words: str) -> None:
    table = table_of(reader)
    table.prompt.line.value = words
    await reader.press("enter")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_it_looks_like_this(
    reading: Opens,
    library: Library,
    network: Network,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    async with reading(library, size=size, network=network) as reader:
        await opened_table(reader)
        await reader.press("j", "j", "j")
        await reader.until(lambda: any("4 of 4" in line for line in reader.lines()))
        snapshot(f"sources-{size[0]}x{size[1]}", reader.lines())


async def test_a_source_is_added_by_its_address_and_fetched_at_once(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    data = SourceData("Suara Mahakam", "feed", "https://suara.example/feed")
    fetching.found = SimpleNamespace(
        data=data, said="It announces a feed.", private=False, articles=()
    )
    async with reading(library, network=network) as reader:
        table = await opened_table(reader, "a")
        assert table.prompt.line.has_focus
        await reader.press(*"suara.example")
        await reader.press("enter")
        await reader.until(lambda: "Looking at suara.example" in table.bottom.said)
        assert fetching.wanted == ["suara.example"], "as it was typed"
        fetching.gate.set()
        await reader.until(lambda: "Suara Mahakam" in [source.name for source in table.shown])
        said = table.bottom.said
        assert said == "It announces a feed. Added: Suara Mahakam."
        assert table.current is not None
        assert table.current.name == "Suara Mahakam"
        assert not table.prompt.display
        await reader.until(lambda: fetching.asked == [((table.current.id,), False)])  # type: ignore[union-attr]  # seen above
        entries = reader.screen.categories.entries
        await reader.until(lambda: any(e.name == "Suara Mahakam" for e, _above in entries()))


async def test_what_cannot_be_added_is_said_and_the_address_stays_to_be_put_right(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.failure = FetchError("suara.example has no feed.", reason="content")
    async with reading(library, network=network) as reader:
        table = await opened_table(reader, "a")
        await reader.press("enter")
        await reader.until(lambda: "is no web address" in table.bottom.said)
        await typed(reader, "suara.example")
        fetching.gate.set()
        await reader.until(lambda: "has no feed" in table.bottom.said)
        assert table.prompt.line.value == "suara.example"
        await reader.press("escape")
        assert not table.prompt.display
        assert reader.app.screen is table


async def test_escape_gives_up_looking(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader, "a")
        await typed(reader, "suara.example")
        await reader.until(lambda: bool(fetching.wanted))
        await reader.press("escape")
        await reader.until(lambda: fetching.stopped == 1)
        assert table.table.has_focus


async def test_offline_nothing_is_looked_up(reading: Opens, library: Library) -> None:
    async with reading(library, network=Network(offline=True)) as reader:
        table = await opened_table(reader, "a")
        await typed(reader, "suara.example")
        await reader.until(lambda: "Offline" in table.bottom.said)


async def test_a_source_is_renamed_moved_and_set(
    reading: Opens, library: Library, network: Network
) -> None:
    known = subscriptions.of(library)
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await go_to(reader, "ANTARA Kaltim")
        await reader.press("e")
        assert table.prompt.line.value == "ANTARA Kaltim"
        await typed(reader, "Antara")
        await reader.until(lambda: any(source.name == "Antara" for source in table.shown))
        assert table.current is not None
        assert table.current.name == "Antara"
        await reader.press("m")
        await typed(reader, "Kabar/Pagi")
        await reader.until(lambda: known.find("Antara").folder == "Kabar/Pagi")
        await reader.until(lambda: any("Kabar/Pagi" in line for line in reader.lines()))
        await reader.press("i")
        await typed(reader, "soon")
        await reader.until(lambda: "number of minutes" in table.bottom.said)
        await typed(reader, "2")
        await reader.until(lambda: "2 is no interval" in table.bottom.said)
        await typed(reader, "90")
        await reader.until(lambda: known.find("Antara").interval == 90)
        await reader.press("i")
        await typed(reader, "")
        await reader.until(lambda: known.find("Antara").interval is None)
        await reader.press("f")
        await reader.until(lambda: known.find("Antara").full_text)
        await reader.until(lambda: any("· full text" in line for line in reader.lines()))
        await reader.press("n")
        await typed(reader, "Warta Rusak")
        await reader.until(lambda: bool(table.bottom.said))
        assert table.prompt.display


async def test_how_long_the_articles_of_a_source_are_kept_is_set_and_taken_back(
    reading: Opens, library: Library, network: Network
) -> None:
    known = subscriptions.of(library)

    def kept() -> tuple[int | None, int | None]:
        source = known.find("ANTARA Kaltim")
        return source.keep_days, source.keep_articles

    config = Config(keep_days=365)
    async with reading(library, network=network, config=config) as reader:
        table = await opened_table(reader)
        await go_to(reader, "ANTARA Kaltim")
        await reader.press("K")
        await reader.until(lambda: any("as everywhere (365 days)" in x for x in reader.lines()))
        assert table.prompt.display
        await typed(reader, "soon")
        await reader.until(lambda: "neither how long nor how many" in table.bottom.said)
        await typed(reader, "90 hari 1000 artikel")
        await reader.until(lambda: kept() == (90, 1000))
        await reader.until(lambda: any("kept: 90 days, 1,000 art" in x for x in reader.lines()))
        await reader.press("K")
        assert table.prompt.line.value == "90 days, 1,000 articles"
        await reader.press("enter", "u")
        await reader.until(lambda: kept() == (None, None))
        await reader.until(lambda: not any("kept:" in x for x in reader.lines()))
        await reader.press("ctrl+r")
        await reader.until(lambda: kept() == (90, 1000))
        await reader.press("K")
        await typed(reader, "")
        await reader.until(lambda: kept() == (None, None))


async def test_an_answer_concerns_the_source_it_was_asked_for(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await go_to(reader, "ANTARA Kaltim")
        await reader.press("e")
        table.table.cursor = 0
        await typed(reader, "Antara")
        await reader.until(lambda: any(source.name == "Antara" for source in table.shown))
        assert {"Antara", "Warta Rusak"} <= {source.name for source in table.shown}


async def test_a_source_is_removed_and_brought_back(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await go_to(reader, "Warta Rusak")
        await reader.press("D")
        await reader.until(lambda: len(table.shown) == 3)
        assert "u brings it back" in table.bottom.said
        await reader.press("u")
        await reader.until(lambda: len(table.shown) == 4)
        await reader.press("ctrl+r")
        await reader.until(lambda: len(table.shown) == 3)
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1
        entries = reader.screen.categories.entries
        await reader.until(lambda: all(e.name != "Warta Rusak" for e, _above in entries()))


async def test_lists_go_out_and_come_in(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching, tmp_path: Path
) -> None:
    target = tmp_path / "keluar.opml"
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await reader.press("x")
        await typed(reader, str(tmp_path / "none" / "\x1b" / ".." / ".." / ".."))
        await reader.until(lambda: "cannot be written" in table.bottom.said)
        await typed(reader, str(target))
        await reader.until(lambda: "4 sources written" in table.bottom.said)
        written = target.read_text(encoding="utf-8")
        target.write_text(written.replace("warta.example", "baru.example"), encoding="utf-8")
        await reader.press("o")
        await typed(reader, str(tmp_path / "none.opml"))
        await reader.until(lambda: "none.opml" in table.bottom.said)
        await typed(reader, str(target))
        await reader.until(lambda: "1 source added, 3 known already" in table.bottom.said)
        await reader.until(lambda: len(table.shown) == 5)
        await reader.until(lambda: fetching.asked == [((), False)])


async def test_a_file_that_is_there_is_written_over_only_when_its_name_is_entered_again(
    reading: Opens, library: Library, network: Network, tmp_path: Path
) -> None:
    there, other = tmp_path / "ada.opml", tmp_path / "lain.opml"
    for file in (there, other):
        file.write_text("kept", encoding="utf-8")
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await reader.press("x")
        for file in (there, other):
            await typed(reader, str(file))
            await reader.until(lambda: any("there already" in line for line in reader.lines()))
        await reader.press("escape", "x")
        await typed(reader, str(other))
        await reader.until(lambda: any("there already" in line for line in reader.lines()))
        assert {there.read_text(), other.read_text()} == {"kept"}
        await reader.press("enter")
        await reader.until(lambda: "4 sources written" in table.bottom.said)
        assert there.read_text() == "kept"
        assert "opml" in other.read_text()


@pytest.mark.parametrize("key", ["o", "x"])
async def test_the_home_of_nobody_is_said_to_be_none(
    reading: Opens, library: Library, network: Network, key: str
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await reader.press(key)
        await typed(reader, "~nobody-of-this-name/x.opml")
        await reader.until(lambda: "the home of nobody" in table.bottom.said)
        assert table.prompt.display


async def test_every_entry_that_is_not_taken_is_shown(
    reading: Opens, library: Library, network: Network, tmp_path: Path
) -> None:
    entries = [f'<outline text="Buruk {n}" xmlUrl="javascript:{n}"/>' for n in range(40)]
    twice = '<outline text="Kembar" xmlUrl="https://kembar.example/rss"/>'
    file = tmp_path / "buruk.opml"
    file.write_text(
        f"<opml version='2.0'><body>{''.join(entries)}{twice * 2}</body></opml>", encoding="utf-8"
    )
    async with reading(library, network=network, size=(60, 20)) as reader:
        table = await opened_table(reader)
        await reader.press("o")
        await typed(reader, str(file))
        await reader.until(lambda: isinstance(reader.app.screen, ReportScreen))
        await reader.until(lambda: any("Buruk 0" in line for line in reader.lines()))
        assert any("40 entries not taken" in line for line in reader.lines())
        assert not any("Buruk 39" in line for line in reader.lines())
        await reader.press("G")
        await reader.until(lambda: any("Kembar" in line for line in reader.lines()))
        await reader.press("k")
        await reader.until(lambda: any("Buruk 39" in line for line in reader.lines()))
        await reader.press("escape")
        assert reader.app.screen is table


async def test_what_became_of_a_list_is_told_whole_where_the_screen_is_small(
    reading: Opens, library: Library, network: Network, tmp_path: Path
) -> None:
    file = tmp_path / "buruk.opml"
    bad = '<outline text="Buruk" xmlUrl="javascript:1"/>'
    file.write_text(f"<opml version='2.0'><body>{bad}</body></opml>", encoding="utf-8")
    async with reading(library, network=network, size=(40, 12)) as reader:
        await opened_table(reader)
        await reader.press("o")
        await typed(reader, str(file))
        await reader.until(lambda: isinstance(reader.app.screen, ReportScreen))
        wanted = ("1", "entry", "not", "taken", "NOT", "TAKEN", "“Buruk”", "Esc", "leave")
        await reader.until(lambda: set(wanted) <= set(" ".join(reader.lines()).split()))


@pytest.mark.parametrize("key", ["m", "i", "a", "o", "K"])
async def test_a_question_is_wrapped_where_the_screen_is_narrow(
    reading: Opens, library: Library, network: Network, key: str
) -> None:
    i18n.set_language("id")
    async with reading(library, network=network, size=(40, 12)) as reader:
        table = await opened_table(reader)
        await reader.press(key)
        question = table.prompt._question.said
        await reader.until(
            lambda: all(word in " ".join(reader.lines()) for word in question.split()), question
        )
        assert not any("…" in line for line in reader.lines()[table.prompt.region.y :])


async def test_what_is_said_is_wrapped_not_cut(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    said = "suara.example has no feed that anyone can find, and its pages are no articles either."
    fetching.failure = FetchError(said, reason="content")
    async with reading(library, network=network, size=(40, 12)) as reader:
        await opened_table(reader, "a")
        await typed(reader, "suara.example")
        fetching.gate.set()
        await reader.until(
            lambda: all(word in " ".join(reader.lines()) for word in said.split()), said
        )


async def test_a_refresh_is_seen_from_here_and_begun_and_stopped(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching, now: datetime
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await go_to(reader, "Warta Rusak")
        assert table.current is not None
        source = table.current.id
        await reader.press("r")
        await reader.until(lambda: fetching.asked == [((source,), False)])
        with library.database.writing() as connection:
            outcomes.record(connection, Outcome(source, now, now + timedelta(hours=1)))
        fetching.report(Progress(1, 2, 0, Refreshed("Warta Rusak", "ok")))
        await reader.until(lambda: "⟳ 1/2" in reader.lines()[0])
        await reader.until(lambda: not any("answered 500" in line for line in reader.lines()))
        assert table.current.name == "Warta Rusak"
        await reader.press("r")
        await reader.until(lambda: fetching.stopped == 1)
        await reader.until(lambda: "Stopped" in table.bottom.said)


async def test_enter_goes_to_the_articles_of_the_source(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await go_to(reader, "ANTARA Kaltim")
        assert table.current is not None
        source = table.current.id
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.until(lambda: reader.screen.list_pane.view.source == source)
        await reader.until(lambda: any("a to add a source" in x for x in reader.lines()))


async def test_the_mouse_reaches_everything_that_the_bottom_line_tells_of(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, size=(180, 40), network=network) as reader:
        table = await opened_table(reader)
        told = {hint.action for hint in table.bottom.keys}
        assert told >= {a.name for a in ACTIONS if a.where == {Pane.SOURCES}}
        assert {spot.action for spot in table.bottom.spots} == told
        await reader.pilot.click(table.table, offset=(5, 2))
        assert table.table.cursor == 2
        (spot,) = (spot for spot in table.bottom.spots if spot.action == "rename_source")
        await reader.pilot.click(table.bottom, offset=(spot.cells.start, 0))
        await reader.until(lambda: table.prompt.display)
        (spot,) = table.bottom.spots
        await reader.pilot.click(table.bottom, offset=(spot.cells.start, 0))
        await reader.until(lambda: not table.prompt.display)
        await reader.pilot.click(table.table, offset=(5, 2))
        await reader.until(lambda: reader.app.screen is reader.screen)


async def test_keys_typed_into_an_answer_do_nothing_else(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader, "a")
        await reader.press(*"Dqrxjm")
        assert table.prompt.line.value == "Dqrxjm"
        assert len(table.shown) == 4
        await reader.press("escape", "q")
        assert reader.app.screen is reader.screen


async def test_the_palette_and_the_help_tell_what_works_here(
    reading: Opens, library: Library, network: Network
) -> None:
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await reader.press("question_mark")
        await reader.until(lambda: any("Rename this source" in line for line in reader.lines()))
        await reader.press("escape", "colon", *"rename")
        await reader.until(lambda: any("Rename this source" in line for line in reader.lines()))
        await reader.press("enter")
        await reader.until(lambda: table.prompt.display)


async def test_a_name_from_outside_is_shown_letter_for_letter(
    reading: Opens, library: Library, network: Network
) -> None:
    hostile = "[red]x[/] [@click=app.quit]y[/] {z}"
    source, _new = subscriptions.of(library).add(
        SourceData(hostile, "feed", "https://hostile.example/")
    )
    with library.database.writing() as connection:
        said = f"{hostile} \x1b]0;title\x07 broke."
        outcomes.record(connection, Outcome(source.id, library.now(), None, said))
    async with reading(library, network=network) as reader:
        await opened_table(reader)
        shown = "\n".join(reader.lines())
        assert shown.count(hostile) == 2
        assert "\x1b" not in shown
        await go_to(reader, hostile)
        await reader.press("D")
        await reader.until(lambda: f"{hostile} removed" in table_of(reader).bottom.said)


async def test_a_thousand_sources_are_drawn_where_they_are_looked_at(
    reading: Opens, library: Library, network: Network
) -> None:
    library.add_sources(
        [SourceData(f"Sumber {n:04}", "feed", f"https://s{n}.example/rss") for n in range(1000)]
    )
    async with reading(library, network=network) as reader:
        table = await opened_table(reader)
        await reader.press("G")
        assert table.table.cursor == 1003
        assert any("1,004 of 1,004" in line for line in reader.lines())
        assert table.current is not None
        assert any(table.current.name in line for line in reader.lines())
