"""Notes: written below the article, kept when they are left, and never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from kaltimtui.errors import StoreError
from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.ui import state
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers import noting

if TYPE_CHECKING:
    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")
NOTES = View(ViewKind.NOTES)


def note(library: Library, place: int = 0) -> str | None:
    return library.article(library.rows(View())[place].id).note


def shown(reader: Reader) -> str:
    return "\n".join(reader.lines())


def written(reader: Reader) -> str:
    box = reader.screen.noting.box
    return box.text if isinstance(box, TextArea) else ""


async def write(reader: Reader, words: str) -> None:
    await reader.press("E")
    await reader.until(lambda: reader.screen.noting.box is not None)
    await reader.until(
        lambda: bool(reader.screen.noting.box and reader.screen.noting.box.has_focus)
    )
    await reader.press(*words)


async def test_a_note_is_kept_when_it_is_left_and_shown_below_its_article(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await write(reader, "Ads")
        assert reader.at() is Pane.READING
        assert "Isi kabar 0." in shown(reader)
        assert "Ctrl+S keep" in shown(reader)
        await reader.press("enter", "q", "escape")
        await reader.until(lambda: reader.screen.noting.box is None)
        assert note(news) == "Ads\nq"
        assert reader.at() is Pane.READING
        lines = [line.strip() for line in reader.lines()]
        assert any(line.endswith("NOTE") for line in lines)
        assert any(line.endswith("▎ Ads") for line in lines)
        await reader.until(lambda: news.navigation().notes.total == 1)
        await reader.press("u")
        await reader.until(lambda: "Undone: 1 note written" in reader.screen.bottom.said)
        assert note(news) is None
        assert "NOTE" not in shown(reader)


async def test_where_there_is_no_article_no_note_is_begun(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("3")
        await reader.until(lambda: not reader.screen.list_pane.articles.window)
        await reader.press("E")
        assert reader.screen.bottom.said == "No article is selected."
        assert not reader.screen.typing


async def test_ctrl_s_keeps_it_and_goes_on(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await write(reader, "a")
        await reader.press("ctrl+s")
        await reader.until(lambda: note(news) == "a")
        assert reader.screen.typing
        await reader.press("b", "escape")
        await reader.until(lambda: note(news) == "ab")


async def test_a_note_that_was_emptied_is_none(reading: Opens, news: Library) -> None:
    news.mark([news.rows(View())[0].id], [Marking("note", "x")])
    async with reading(news) as reader:
        await write(reader, "")
        await reader.press("backspace", "escape")
        await reader.until(lambda: note(news) is None)
        assert news.count(NOTES).total == 0


async def test_leaving_a_note_as_it_was_is_no_step(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await write(reader, "")
        await reader.press("escape")
        await reader.until(lambda: reader.screen.noting.box is None)
        assert news.undo() is None


async def test_what_is_typed_right_after_the_key_is_in_the_note(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press_at_once("E", "A", "d", "enter", "H")
        await reader.until(lambda: reader.screen.noting.box is not None)
        await reader.until(lambda: written(reader) == "Ad\nH")
        assert news.count(View(ViewKind.UNREAD)).total == 250
        assert news.count(View()).total == 250


async def test_a_note_is_kept_when_another_article_is_shown(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await write(reader, "a")
        await reader.pilot.click(reader.screen.list_pane.articles, offset=(5, 6))
        await reader.until(lambda: reader.title() == "Kabar 3")
        await reader.until(lambda: reader.screen.noting.box is None)
        assert (note(news, 0), note(news, 3)) == ("a", None)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_note_stands_over_the_article_where_there_is_no_room(
    reading: Opens, news: Library, size: tuple[int, int]
) -> None:
    async with reading(news, size=size) as reader:
        await write(reader, "Tanya")
        assert "Tanya" in shown(reader)
        assert ("Isi kabar 0." in shown(reader)) is (size[1] >= 24)
        await reader.press("escape")
        await reader.until(lambda: reader.screen.noting.box is None)
        assert "Isi kabar 0." in shown(reader)


async def test_what_could_not_be_kept_stays_and_is_kept_the_next_time(
    reading: Opens,
    news: Library,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise StoreError("The disk is full.")

    file = tmp_path_factory.mktemp("state") / "state.json"
    async with reading(news, state_file=file) as reader:
        await write(reader, "penting")
        with monkeypatch.context() as patched:
            patched.setattr(news, "mark", full)
            await reader.press("escape")
            await reader.until(lambda: "disk is full" in reader.screen.bottom.said)
        assert reader.screen.noting.box is not None
        await reader.press("ctrl+q")
    assert list(state.load(file).drafts.values()) == ["penting"]
    async with reading(news, state_file=file) as reader:
        await reader.until(lambda: note(news) == "penting")
        await reader.until(lambda: not reader.screen.state.drafts)


async def test_what_is_being_written_outlasts_an_end_from_outside(
    reading: Opens, news: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("state") / "state.json"
    async with reading(news, state_file=file) as reader:
        await write(reader, "setengah")
        reader.app.exit()
    assert list(state.load(file).drafts.values()) == ["setengah"]


async def test_what_is_being_written_outlasts_being_killed(
    reading: Opens,
    news: Library,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(noting, "_DRAFTED_EVERY", 0.01)
    file = tmp_path_factory.mktemp("state") / "state.json"
    left = file.with_name("left.json")
    async with reading(news, state_file=file) as reader:
        await write(reader, "setengah")
        await reader.until(lambda: list(state.load(file).drafts.values()) == ["setengah"])
        left.write_bytes(file.read_bytes())
        assert note(news) is None
        await reader.press("backspace", "escape")
        await reader.until(lambda: note(news) == "setenga")
        await reader.until(lambda: not state.load(file).drafts)
    news.undo()
    async with reading(news, state_file=left) as reader:
        await reader.until(lambda: note(news) == "setengah")
        await reader.until(lambda: not state.load(left).drafts)


async def test_a_draft_that_says_what_is_kept_is_none(
    reading: Opens,
    news: Library,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(noting, "_DRAFTED_EVERY", 0.01)
    file = tmp_path_factory.mktemp("state") / "state.json"
    async with reading(news, state_file=file) as reader:
        await write(reader, "a")
        await reader.until(lambda: bool(state.load(file).drafts))
        await reader.press("backspace")
        await reader.until(lambda: not state.load(file).drafts)
        assert reader.screen.typing


async def test_articles_with_notes_are_a_list(reading: Opens, news: Library) -> None:
    news.mark([news.rows(View())[4].id], [Marking("note", "x")])
    async with reading(news) as reader:
        assert "With notes" in shown(reader)
        assert "This week" in shown(reader)
        reader.screen.open_view(NOTES)
        await reader.until(lambda: reader.current().title == "Kabar 4")
