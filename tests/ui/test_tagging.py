"""Tags: asked for, completed, shown in rows, text and tree, renamed, coloured, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.store import tags
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.tagging import markings, suggested

if TYPE_CHECKING:
    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")


def tag(library: Library, place: int, *names: str) -> None:
    row = library.rows(View())[place]
    library.mark([row.id], [Marking("tag", name) for name in names])


def names(library: Library) -> list[str]:
    return [node.name for node in library.tags()]


def tree(reader: Reader) -> list[str]:
    lines = [line[:26].strip(" ▏▌") for line in reader.lines()[2:]]
    return [" ".join(line.split()) for line in lines if "#" in line or "Tags" in line]


def asking(reader: Reader) -> bool:
    return reader.screen.prompt.display


def shown(reader: Reader) -> tuple[str, ...]:
    article = reader.screen.reading.article
    return article.tags if article else ()


async def to(reader: Reader, name: str) -> None:
    """Put the cursor of the tree on a tag."""
    reader.screen.go(Pane.TREE)
    assert reader.screen.categories.select(View(ViewKind.TAG, tag=name))


def test_an_answer_adds_and_takes_away() -> None:
    assert markings("banjir, -lama ,, #a/b,- #c") == (
        Marking("tag", "banjir"),
        Marking("tag", "lama", remove=True),
        Marking("tag", "a/b"),
        Marking("tag", "c", remove=True),
    )
    assert markings(" , ") == ()


def test_the_last_tag_is_completed_and_no_tag_twice() -> None:
    known = ["banjir", "Bantuan", "mahakam"]
    assert suggested("ba", known) == ["banjir", "Bantuan"]
    assert suggested("banjir, BAN", known) == ["banjir, Bantuan"]
    assert suggested("mahakam, -b", known) == ["mahakam, -banjir", "mahakam, -Bantuan"]
    assert suggested("banjir", known) == []
    assert suggested("x", known) == []


async def test_tags_are_asked_for_and_shown(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("space", "space", "t", *"banjir,air")
        assert reader.screen.typing
        await reader.press("enter")
        await reader.until(lambda: names(news) == ["air", "banjir"])
        await reader.until(lambda: not reader.screen.prompt.display)
        await reader.until(lambda: tree(reader) == ["▾ Tags", "#air 2", "#banjir 2"])
        assert reader.at() is Pane.LIST
        lines = "\n".join(reader.lines())
        assert lines.count("#air #banjir") == 2
        await reader.press("escape", "k")
        await reader.until(lambda: reader.title() == "Kabar 1")
        assert "· #air · #banjir" in "\n".join(reader.lines())
        await reader.press("t")
        assert "Now: #air #banjir" in "\n".join(reader.lines())
        await reader.press(*"-a", "tab", "enter")
        await reader.until(lambda: shown(reader) == ("banjir",))
        await reader.press("u")
        await reader.until(lambda: reader.current().tags == ("air", "banjir"))


async def test_where_there_is_no_article_no_tag_is_asked_for(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("3")
        await reader.until(lambda: not reader.screen.list_pane.articles.window)
        await reader.press("t")
        assert not asking(reader)
        assert reader.screen.bottom.said == "No article is selected."
        reader.screen.tagging.tag_all()
        assert not asking(reader)
        assert reader.screen.bottom.said == "There is nothing in this list."


async def test_a_tag_that_cannot_be_leaves_the_question(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("t", "minus", "enter")
        await reader.until(lambda: "empty" in reader.screen.bottom.said)
        assert asking(reader)
        await reader.press("escape")
        assert not asking(reader)
        assert not reader.screen.typing
        await reader.press("t", "enter")
        assert not asking(reader)
        assert names(news) == []


async def test_a_whole_list_has_one_tag_at_once(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        reader.screen.action_do("tag_all")
        await reader.press(*"a,b", "enter")
        await reader.until(lambda: "one tag" in reader.screen.bottom.said)
        await reader.press("backspace", "enter")
        await reader.until(lambda: names(news) == ["a"])
        assert news.count(View(ViewKind.TAG, tag="a")).total == 250


async def test_tags_stand_below_each_other_and_hold_what_is_below(
    reading: Opens, news: Library
) -> None:
    tag(news, 0, "air/hulu")
    tag(news, 1, "air", "dinas/pu")
    async with reading(news) as reader:
        assert tree(reader) == ["▾ Tags", "▸ #air 2", "▸ #dinas 1"]
        await to(reader, "air/hulu")
        assert tree(reader) == ["▾ Tags", "▾ #air 2", "#hulu 1", "▸ #dinas 1"]
        await reader.press("k")
        await reader.until(lambda: reader.screen.list_pane.view.tag == "air")
        await reader.until(lambda: "2 unread" in reader.screen.list_pane.heading.detail)
        await reader.press("k")
        await reader.until(lambda: reader.screen.categories.cursor_node is not None)
        await reader.press("enter")
        await reader.until(lambda: tree(reader) == ["▸ Tags"])
        assert reader.screen.list_pane.view.tag == "air"


async def test_a_library_without_tags_has_no_line_for_them(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        assert tree(reader) == []
        await reader.press("h", "e")
        assert "a tag first" in reader.screen.bottom.said
        await reader.press("D")
        assert "saved search or a tag first" in reader.screen.bottom.said


async def test_a_tag_is_renamed_and_its_list_goes_along(reading: Opens, news: Library) -> None:
    tag(news, 0, "air/hulu")
    async with reading(news) as reader:
        await to(reader, "air/hulu")
        reader.screen.open_view(View(ViewKind.TAG, tag="air/hulu"))
        await to(reader, "air")
        await reader.until(lambda: reader.screen.list_pane.view.tag == "air/hulu")
        await reader.press("e", "ctrl+u", *"sungai", "enter")
        await reader.until(lambda: reader.screen.list_pane.view.tag == "sungai/hulu")
        assert names(news) == ["sungai", "sungai/hulu"]
        await reader.press("u")
        await reader.until(lambda: names(news) == ["air", "air/hulu"])
        await reader.until(lambda: reader.screen.list_pane.view == View())


async def test_a_tag_has_a_colour_wherever_it_stands(reading: Opens, news: Library) -> None:
    tag(news, 0, "air")
    async with reading(news) as reader:
        await to(reader, "air")
        await reader.press("c", *"re", "tab", "enter")
        await reader.until(lambda: reader.screen.categories.colours == {"air": "red"})
        drawn = [
            {segment.style.color for segment in strip if "#air" in segment.text and segment.style}
            for strip in reader.app.screen._compositor.render_strips()
        ]
        reds = [c for colours in drawn for c in colours if c and c.triplet]
        assert len(reds) == 3
        assert all(c.triplet.red > c.triplet.green + 60 for c in reds if c.triplet)
        await reader.press("c", "ctrl+u", *"ku", "enter")
        await reader.until(lambda: "no colour" in reader.screen.bottom.said)
        await reader.press("escape", "u")
        await reader.until(lambda: reader.screen.categories.colours == {})
        assert "Undone: colour of a tag changed" in reader.screen.bottom.said


async def test_a_tag_is_removed_and_brought_back(reading: Opens, news: Library) -> None:
    tag(news, 0, "air")
    async with reading(news) as reader:
        await to(reader, "air")
        await reader.press("D")
        await reader.until(lambda: tree(reader) == [])
        await reader.until(lambda: reader.screen.list_pane.view == View())
        await reader.press("u")
        await reader.until(lambda: tree(reader) == ["▾ Tags", "#air 1"])
        assert "Undone: tag of 1 article removed" in reader.screen.bottom.said


async def test_a_tag_that_the_tree_has_no_room_for_is_not_left(
    reading: Opens,
    news: Library,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    state = tmp_path_factory.mktemp("state") / "state.json"
    wanted = View(ViewKind.TAG, tag="zeta")
    tag(news, 3, "zeta")
    async with reading(news, state_file=state) as reader:
        reader.screen.open_view(wanted)
        await reader.until(lambda: reader.current().title == "Kabar 3")
        monkeypatch.setattr(tags, "SHOWN", 1)
        await reader.press("t", *"air", "enter")
        await reader.until(lambda: tree(reader) == ["▾ Tags", "#air 1"])
        assert reader.screen.list_pane.wanted == wanted
        assert reader.screen.list_pane.heading.name_shown == "zeta"
        assert reader.screen.top.path == ("Tags", "zeta")
    async with reading(news, state_file=state) as reader:
        assert reader.screen.list_pane.view == wanted
        await reader.press("t", *"-zeta", "enter")
        await reader.until(lambda: reader.screen.list_pane.view == View())


async def test_the_list_of_a_tag_is_come_back_to(
    reading: Opens, news: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tag(news, 3, "air")
    state = tmp_path_factory.mktemp("state") / "state.json"
    async with reading(news, state_file=state) as reader:
        reader.screen.open_view(View(ViewKind.TAG, tag="air"))
        await reader.until(lambda: reader.current().title == "Kabar 3")
    async with reading(news, state_file=state) as reader:
        assert reader.screen.list_pane.view == View(ViewKind.TAG, tag="air")
