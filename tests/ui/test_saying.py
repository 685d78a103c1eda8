"""What the reader says in its bottom line, at every size: all of it, and in nothing's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import Reader, now

from kaltimtui import text
from kaltimtui.errors import UsageError
from kaltimtui.ui.app import ReaderApp
from kaltimtui.ui.controllers import status
from kaltimtui.ui.widgets.lines import folded

if TYPE_CHECKING:
    from tests.ui.conftest import Opens

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")

LONG = "The page at kabar.example cannot be had now: it is busy. o opens it in the browser."
LONGER = f"{'The page of a very long name cannot be had. ' * 9}o opens it in the browser."


def said(reader: Reader) -> str:
    return reader.screen.bottom.said


def lines_of(reader: Reader) -> list[str]:
    return [line.rstrip() for line in reader.lines()]


@pytest.mark.parametrize("width", [12, 18, 38, 78, 118])
@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("said", [LONG, LONGER, "表" * 200 + " o opens it.", f"{'x' * 500}y"])
def test_a_message_keeps_its_end(said: str, width: int, most: int) -> None:
    lines = folded(said, width, most)
    assert len(lines) <= most
    assert all(text.width(line) <= width for line in lines)
    if len(said) > width * most:
        assert sum(line.count("…") for line in lines) == 1
    assert said.endswith(lines[-1].lstrip("… "))
    assert most == 1 or said.startswith(lines[0].lstrip("… "))


def test_a_message_that_has_room_is_all_there() -> None:
    assert " ".join(folded(LONG, 38, 3)) == LONG
    assert folded("", 38, 3) == []


@pytest.mark.parametrize("width", [-2, 0, 1, 2, 3])
def test_where_there_is_no_room_yet_it_comes_to_an_end(width: int) -> None:
    assert len(folded(LONG, width, 3)) == 3


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_what_is_said_has_the_whole_line_and_moves_nothing(
    reading: Opens, news: Library, size: tuple[int, int]
) -> None:
    async with reading(news, size=size) as reader:
        before = lines_of(reader)
        assert "1 of 250" in before[-1]
        reader.screen.say(LONG)
        await reader.pilot.pause()
        count = len(folded(LONG, size[0] - 2))
        now = lines_of(reader)
        assert " ".join(line.strip() for line in now[-count:]) == LONG
        assert now[:-count] == before[:-count]
        reader.screen.say("")
        await reader.pilot.pause()
        assert lines_of(reader) == before


async def test_it_is_set_anew_for_another_width(reading: Opens, news: Library) -> None:
    async with reading(news, size=(120, 40)) as reader:
        reader.screen.say(LONG)
        await reader.pilot.resize_terminal(40, 12)
        await reader.until(lambda: lines_of(reader)[-1] == " browser.")


async def test_where_there_is_no_bottom_line_it_is_said_over_the_panes(
    reading: Opens, news: Library
) -> None:
    async with reading(news, size=(20, 5)) as reader:
        before = lines_of(reader)
        assert "Kabar 3" in before[-1]
        reader.screen.say("No other source tells this story.")
        await reader.pilot.pause()
        assert lines_of(reader) == [*before[:-2], " No other source", " tells this story."]
        reader.screen.say("")
        await reader.pilot.pause()
        assert lines_of(reader) == before


async def test_what_one_types_stays_in_sight(reading: Opens, news: Library) -> None:
    async with reading(news, size=(40, 12)) as reader:
        reader.screen.say(LONG)
        await reader.press("t", *"banjir")
        line = reader.screen.prompt.line
        await reader.pilot.pause()
        assert line.region.bottom < reader.screen.bottom.region.y + 1
        assert any("banjir" in shown for shown in lines_of(reader))
        assert lines_of(reader)[-1] == " browser."


async def test_what_lies_over_the_panes_goes_with_the_next_key_once_it_can_be_read(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(news, size=(40, 12)) as reader:
        reader.screen.say(LONG)
        await reader.press("j")
        assert said(reader) == LONG, "nobody can have read that"
        monkeypatch.setattr(status, "READ_IN", 0.0)
        await reader.press("j")
        assert not said(reader)
        reader.screen.say(LONG, lasting=True)
        await reader.press("j")
        assert said(reader) == LONG, "it goes on"
        reader.screen.say("Starred.")
        await reader.press("j")
        assert said(reader) == "Starred.", "it is in the way of nothing"


async def test_a_click_puts_it_away(reading: Opens, news: Library) -> None:
    async with reading(news, size=(40, 12)) as reader:
        reader.screen.say(LONG)
        await reader.pilot.pause()
        await reader.pilot.click(reader.screen.bottom, offset=(3, 0))
        assert not reader.screen.bottom.said


async def test_what_went_wrong_has_all_the_width_it_needs(news: Library) -> None:
    app = ReaderApp(news, now)
    async with app.run_test(size=(40, 12), notifications=True) as pilot:
        reader = Reader(app, pilot)
        app.tell(UsageError(LONG))
        await reader.until(lambda: any("it is busy. o" in line for line in reader.lines()))
