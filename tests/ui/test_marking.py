"""Marking what is selected and whole lists, hiding, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.ui.actions import Pane

if TYPE_CHECKING:
    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")
STARRED, HIDDEN = View(ViewKind.STARRED), View(ViewKind.HIDDEN)


def titles(library: Library, view: View) -> list[str]:
    return [row.title for row in library.rows(view, limit=400)]


async def said(reader: Reader, word: str) -> None:
    await reader.until(lambda: word in reader.screen.bottom.said, word)


def detail(reader: Reader) -> str:
    return reader.screen.list_pane.heading.detail


async def test_space_selects_a_row_and_goes_on(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("space", "j", "space")
        assert reader.screen.list_pane.articles.cursor == 3
        assert detail(reader).startswith("2 selected · 250 articles")
        lines = reader.lines()
        rows = [line for line in lines if "Kabar" in line and "✓" in line]
        assert [row.split("✓")[1].split()[1] for row in rows] == ["0", "2"]
        await reader.press("k", "space")
        assert detail(reader).startswith("1 selected")
        await reader.press("escape")
        assert detail(reader).startswith("250 articles")


async def test_what_is_selected_is_starred_in_one_step_and_taken_back(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("space", "space", "j", "v", "j", "j")
        assert detail(reader).startswith("5 selected")
        await reader.press("s")
        await said(reader, "5 articles starred")
        starred = ["Kabar 0", "Kabar 1", "Kabar 3", "Kabar 4", "Kabar 5"]
        assert titles(news, STARRED) == starred
        await reader.press("s")
        await said(reader, "5 stars removed")
        await reader.press("u")
        await said(reader, "Undone: 5 stars removed")
        assert titles(news, STARRED) == starred
        assert reader.screen.list_pane.articles.current is not None
        assert reader.screen.list_pane.articles.current.starred
        await reader.press("u")
        await said(reader, "Undone: 5 articles starred")
        assert titles(news, STARRED) == []


async def test_a_range_may_reach_over_rows_that_are_not_here(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("j", "v", "G")
        await reader.until(lambda: reader.current().title == "Kabar 249")
        await reader.press("v")
        await reader.until(lambda: len(reader.screen.list_pane.articles.selection.ids) == 249)
        assert detail(reader).startswith("249 selected")
        await reader.press("m")
        await reader.until(lambda: news.count(View()).unread == 1)
        assert titles(news, View(ViewKind.UNREAD)) == ["Kabar 0"]


async def test_the_range_is_as_it_was_when_the_key_came(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("v", "j", "s", "j", "j")
        await reader.until(lambda: news.count(STARRED).total == 2)
        assert titles(news, STARRED) == ["Kabar 0", "Kabar 1"]


async def test_a_selection_stays_with_its_list(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("space", "space")
        reader.screen.list_pane.reload()
        await reader.until(lambda: not reader.screen.workers._workers)
        assert len(reader.screen.list_pane.articles.selection.ids) == 2
        await reader.press("2")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.UNREAD)
        assert not reader.screen.list_pane.articles.selection


async def test_in_the_text_a_mark_is_for_what_is_read(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("space", "space", "enter")
        await reader.until(lambda: reader.title() == "Kabar 2")
        await reader.press("s")
        await reader.until(lambda: news.count(STARRED).total == 1)
        assert titles(news, STARRED) == ["Kabar 2"]


async def test_what_is_hidden_leaves_every_list_and_comes_back(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("j", "j", "H")
        await said(reader, "1 article hidden")
        await reader.until(lambda: reader.current().title == "Kabar 3")
        assert reader.screen.list_pane.articles.cursor == 2
        assert titles(news, HIDDEN) == ["Kabar 2"]
        await reader.press("space", "space", "H")
        await reader.until(lambda: len(titles(news, HIDDEN)) == 3)
        await reader.until(lambda: reader.screen.list_pane.articles.window.total == 247)
        assert reader.current().title == "Kabar 5"
        assert not reader.screen.list_pane.articles.selection
        await reader.press("u")
        await said(reader, "Undone: 2 articles hidden")
        await reader.until(lambda: reader.screen.list_pane.articles.window.total == 249)
        reader.screen.action_do("show_hidden")
        await reader.until(lambda: reader.screen.list_pane.view == HIDDEN)
        await reader.until(lambda: "HIDDEN" in "\n".join(reader.lines()))
        await reader.press("H")
        await said(reader, "no longer hidden")
        await reader.until(lambda: "No article is hidden." in "\n".join(reader.lines()))
        assert news.count(View()).total == 250


async def test_hiding_what_one_reads_goes_back_to_the_list(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("enter")
        await reader.until(lambda: reader.at() is Pane.READING)
        await reader.press("H")
        await reader.until(lambda: reader.title() == "Kabar 1")
        assert reader.at() is Pane.LIST


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("star_all", ViewKind.STARRED),
        ("later_all", ViewKind.LATER),
        ("hide_all", ViewKind.HIDDEN),
    ],
)
async def test_a_whole_list_is_marked_at_once(
    reading: Opens, news: Library, action: str, kind: ViewKind
) -> None:
    async with reading(news) as reader:
        reader.screen.action_do(action)
        await reader.until(lambda: news.count(View(kind)).total == 250)
        await reader.press("u")
        await reader.until(lambda: news.count(View(kind)).total == 0)


async def test_undo_brings_a_row_back_to_the_list_it_belongs_in(
    reading: Opens, news: Library
) -> None:
    news.mark([news.rows(View())[0].id, news.rows(View())[1].id], [Marking("starred", True)])
    async with reading(news) as reader:
        await reader.press("3")
        await reader.until(lambda: reader.screen.list_pane.articles.window.total == 2)
        await reader.press("s")
        await said(reader, "1 star removed")
        await reader.press("2", "3")
        await reader.until(lambda: reader.screen.list_pane.articles.window.total == 1)
        await reader.press("u")
        await reader.until(lambda: reader.screen.list_pane.articles.window.total == 2)
