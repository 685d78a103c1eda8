"""Saved searches: kept by a key, shown in the tree, opened, changed, sorted, removed, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import organising
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.saving import placed, proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")


def save(library: Library, *names: str, query: str = "kabar", folder: str | None = None) -> int:
    """Keep searches; the number of the last one."""
    searches = organising.of(library)
    return [searches.add_search(name, query, folder)[0] for name in names][-1]


def spoil(library: Library, search: int, query: str) -> None:
    """Have a search say what cannot be read, as after a change of the language."""
    with library.database.writing() as connection:
        connection.execute(
            "UPDATE saved SET query = ?, unreadable = 1 WHERE id = ?", (query, search)
        )


def own(library: Library) -> list[tuple[str, str, str | None]]:
    return [(s.name, s.query, s.folder) for s in library.searches() if not s.place]


def names(library: Library) -> list[str]:
    return [name for name, _query, _folder in own(library)]


def tree(reader: Reader) -> list[str]:
    """The lines of the tree from the searches to the places, without their numbers."""
    lines = [" ".join(line[:26].strip(" ▏▌0123456789").split()) for line in reader.lines()[2:]]
    starts = [place for place, line in enumerate(lines) if line[2:] == "Searches"]
    return lines[starts[0] : lines.index("▾ Places")] if starts else []


def at(reader: Reader, search: int) -> View:
    """The list of a search, with the cursor of the tree on it."""
    view = View(ViewKind.SAVED, saved=search)
    reader.screen.go(Pane.TREE)
    assert reader.screen.categories.select(view)
    return view


def shows(reader: Reader, search: int) -> bool:
    return reader.screen.list_pane.view == View(ViewKind.SAVED, saved=search)


def said(reader: Reader) -> str:
    return reader.screen.bottom.said


def asking(reader: Reader) -> bool:
    return reader.screen.prompt.display


def text(reader: Reader) -> str:
    return "\n".join(reader.lines())


# --- names ---------------------------------------------------------------------------------------


def test_an_answer_gives_a_folder_and_a_name() -> None:
    assert placed("banjir") == (None, "banjir")
    assert placed(" Air / Sungai/ banjir ") == ("Air / Sungai", "banjir")
    assert placed("/x") == (None, "x")
    assert placed("a/") == ("a", "")


def test_a_search_is_proposed_as_its_name_without_what_would_be_a_folder() -> None:
    assert proposed("tag:air/hulu  banjir") == "tag:air hulu banjir"
    assert len(proposed("panjang " * 50)) <= 40


# --- saving --------------------------------------------------------------------------------------


async def test_results_are_saved_by_one_key(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("slash", *'"kabar 7"', "enter")
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 1)
        assert "save search" in reader.lines()[-1]
        await reader.press("W")
        assert reader.screen.prompt.line.value == '"kabar 7"'
        await reader.press("ctrl+u", *"Air/Tujuh", "enter")
        await reader.until(lambda: own(news) == [("Tujuh", '"kabar 7"', "Air")])
        await reader.until(lambda: tree(reader) == ["▾ Searches", "▾ Air", "Tujuh"])
        assert "Saved as “Tujuh”" in said(reader)
        assert reader.at() is Pane.LIST
        assert reader.screen.list_pane.view.kind is ViewKind.SEARCH
        await reader.press("u")
        await reader.until(lambda: tree(reader) == [])
        assert own(news) == []
        assert reader.screen.list_pane.view.kind is ViewKind.SEARCH
        await reader.press("ctrl+r")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "▾ Air", "Tujuh"])


async def test_a_filtered_list_is_saved_with_what_the_list_is(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("2", "equals_sign", *"kabar or isi", "enter")
        await reader.until(lambda: bool(reader.screen.list_pane.view.query))
        await reader.press("W", "ctrl+u", *"baru", "enter")
        await reader.until(lambda: own(news) == [("baru", "is:unread (kabar or isi)", None)])


async def test_there_is_nothing_to_save_where_nothing_is_searched_for(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("W")
        assert "Search for something first" in said(reader)
        assert not asking(reader)


async def test_what_cannot_be_read_is_not_saved_and_pointed_at(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("slash", *"kabar", "enter")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.SEARCH)
        reader.screen.list_pane.search.box.value = 'kabar "tujuh'
        await reader.press("W")
        assert "quote" in reader.screen.list_pane.search.note.message
        assert not asking(reader)


async def test_a_taken_name_leaves_the_question(reading: Opens, news: Library) -> None:
    save(news, "Kabar")
    async with reading(news) as reader:
        await reader.press("slash", *"isi", "enter")
        await reader.until(lambda: reader.screen.list_pane.view.kind is ViewKind.SEARCH)
        await reader.press("W", "ctrl+u", *"kabar", "enter")
        await reader.until(lambda: "already" in said(reader))
        assert asking(reader)
        await reader.press("escape")
        assert not asking(reader)
        assert names(news) == ["Kabar"]


# --- opening -------------------------------------------------------------------------------------


async def test_a_saved_search_is_opened_with_its_hits_marked(reading: Opens, news: Library) -> None:
    search = save(news, "Tujuh", query='"kabar 7" or "kabar 17" sort:oldest')
    async with reading(news) as reader:
        at(reader, search)
        await reader.press("k", "j", "enter")
        await reader.until(lambda: shows(reader, search))
        pane = reader.screen.list_pane
        assert pane.heading.name_shown == "Tujuh"
        assert "2 articles · oldest first" in pane.heading.detail
        assert " Searches › Tujuh " in reader.lines()[0]
        assert pane.marker is not None
        assert pane.articles._snippets.marker == pane.marker
        await reader.until(lambda: "Isi kabar 17" in text(reader))
        assert reader.at() is Pane.LIST
        await reader.press("n")
        await reader.until(lambda: reader.title() == "Kabar 7")
        await reader.press("p")
        await reader.until(lambda: reader.title() == "Kabar 17")
        assert reader.screen.reading._marker == pane.marker


async def test_it_is_filtered_as_any_list(reading: Opens, news: Library) -> None:
    search = save(news, "Tujuh", query='"kabar 7" or "kabar 17"')
    async with reading(news) as reader:
        at(reader, search)
        reader.screen.open_view(View(ViewKind.SAVED, saved=search))
        await reader.press("equals_sign", *"17 or 99", "enter")
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 1)
        assert reader.current().title == "Kabar 17"
        assert "= 17 or 99" in reader.screen.list_pane.heading.detail
        await reader.press("W", "ctrl+u", *"Sempit", "enter")
        await reader.until(lambda: names(news) == ["Tujuh", "Sempit"])
        narrow = news.searches()[-1]
        assert news.count(View(ViewKind.SAVED, saved=narrow.id)).total == 1
        await reader.press("escape")
        await reader.until(lambda: shows(reader, search))


async def test_a_filter_that_contradicts_it_is_refused(reading: Opens, news: Library) -> None:
    saved = save(news, "Baru", query="sejak:2026")
    async with reading(news) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=saved))
        pane = reader.screen.list_pane
        await reader.until(lambda: pane.view.saved == saved)
        await reader.press("equals_sign", *"sampai:2020 ")
        await reader.until(lambda: bool(pane.search.note.message))
        assert pane.view == View(ViewKind.SAVED, saved=saved)
        assert len(pane.articles.window)


async def test_one_that_cannot_be_read_says_why_in_place_of_its_articles(
    reading: Opens, news: Library, tmp_path: Path
) -> None:
    search = save(news, "Rusak", folder="Air")
    spoil(news, search, "(kabar")
    state = tmp_path / "state.json"
    async with reading(news, state_file=state) as reader:
        assert tree(reader) == ["▾ Searches", "▾ Air !", "Rusak !"]
        reader.screen.open_view(View(ViewKind.SAVED, saved=search))
        await reader.until(lambda: shows(reader, search))
        notice = reader.screen.list_pane.notice
        assert "bracket" in notice.message
        assert "E changes this search" in notice.message
        assert notice.display
    async with reading(news, state_file=state) as reader:
        assert shows(reader, search)
        assert "bracket" in reader.screen.list_pane.notice.message
        at(reader, search)
        await reader.press("E", "ctrl+u", *"kabar", "enter")
        await reader.until(lambda: tree(reader)[1:] == ["▾ Air", "Rusak"])
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 250)


async def test_it_is_come_back_to(reading: Opens, news: Library, tmp_path: Path) -> None:
    search = save(news, "Tujuh", query='"kabar 7"')
    state = tmp_path / "state.json"
    async with reading(news, state_file=state) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=search))
        await reader.until(lambda: reader.current().title == "Kabar 7")
    async with reading(news, state_file=state) as reader:
        assert shows(reader, search)
        assert reader.current().title == "Kabar 7"
    organising.of(news).remove_search(search)
    async with reading(news, state_file=state) as reader:
        assert reader.screen.list_pane.view == View()


# --- in the tree ---------------------------------------------------------------------------------


async def test_it_is_renamed_and_put_into_a_folder(reading: Opens, news: Library) -> None:
    search = save(news, "Satu")
    async with reading(news) as reader:
        at(reader, search)
        await reader.press("e")
        assert reader.screen.prompt.line.value == "Satu"
        await reader.press("ctrl+u", *"A/B/Dua", "enter")
        await reader.until(lambda: own(news) == [("Dua", "kabar", "A/B")])
        await reader.until(lambda: tree(reader) == ["▾ Searches", "▾ A", "▾ B", "Dua"])
        assert reader.screen.categories.view == View(ViewKind.SAVED, saved=search)
        await reader.press("m", "ctrl+u", *"A", "enter")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "▾ A", "Dua"])
        await reader.press("m", "ctrl+u", "enter")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "Dua"])
        await reader.press("u", "u", "u")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "Satu"])


async def test_folders_that_there_are_are_completed(reading: Opens, news: Library) -> None:
    save(news, "Satu", folder="Air/Sungai")
    search = save(news, "Dua")
    async with reading(news) as reader:
        at(reader, search)
        await reader.press("m", *"ai", "tab")
        await reader.until(lambda: reader.screen.prompt._note.options == ("Air/Sungai",))
        await reader.until(lambda: reader.screen.prompt.line.value == "Air/Sungai")


async def test_what_it_looks_for_is_changed_or_refused_at_its_place(
    reading: Opens, news: Library
) -> None:
    search = save(news, "Satu", query='"kabar 1"')
    async with reading(news) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=search))
        await reader.until(lambda: shows(reader, search))
        at(reader, search)
        await reader.press("E")
        assert reader.screen.prompt.line.value == '"kabar 1"'
        await reader.press("ctrl+u", *"a  (b", "enter")
        await reader.until(lambda: bool(reader.screen.prompt._note.message))
        line = next(n for n, line in enumerate(reader.lines()) if line.startswith(" a (b"))
        assert reader.lines()[line + 1].rstrip() == "   ^"
        assert asking(reader)
        await reader.press("ctrl+u", *'"kabar 2"')
        assert not reader.screen.prompt._note.message
        await reader.press("enter")
        await reader.until(lambda: own(news) == [("Satu", '"kabar 2"', None)])
        await reader.until(lambda: reader.current().title == "Kabar 2")
        await reader.press("u")
        await reader.until(lambda: reader.current().title == "Kabar 1")


async def test_searches_are_moved_and_sorted_by_name(reading: Opens, news: Library) -> None:
    search = save(news, "b", "C", "a")
    async with reading(news) as reader:
        at(reader, search)
        await reader.press("{")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "b", "a", "C"])
        assert reader.screen.categories.view == View(ViewKind.SAVED, saved=search)
        await reader.press("{", "{")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "a", "b", "C"])
        await reader.press("}")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "b", "a", "C"])
        await reader.press("O")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "a", "b", "C"])
        await reader.press("u")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "b", "a", "C"])


async def test_searches_are_removed_one_after_the_other_and_come_back(
    reading: Opens, news: Library
) -> None:
    save(news, "a", "b", "c")
    first, second, third = (one.id for one in news.searches() if not one.place)
    async with reading(news) as reader:
        at(reader, second)
        await reader.press("D")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "a", "c"])
        assert "b removed; u brings it back" in said(reader)
        assert reader.screen.categories.view == View(ViewKind.SAVED, saved=third)
        await reader.until(lambda: shows(reader, third))
        await reader.press("D")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "a"])
        await reader.until(lambda: shows(reader, first))
        await reader.press("D")
        await reader.until(lambda: tree(reader) == [])
        await reader.until(lambda: reader.screen.list_pane.view == View())
        await reader.press("u", "u", "u")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "a", "b", "c"])


async def test_places_are_edited_as_any_other(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        place = next(one for one in news.searches() if one.name == "Bontang")
        at(reader, place.id)
        await reader.press("E", *" or lng", "enter")
        await reader.until(lambda: news.searches()[2].query == f"{place.query} or lng")
        await reader.press("m", *"Kota", "enter")
        await reader.until(lambda: tree(reader) == ["▾ Searches", "▾ Kota", "Bontang"])
        await reader.press("m", "ctrl+u", "enter")
        await reader.until(lambda: tree(reader) == [])
        assert reader.screen.categories.view == View(ViewKind.SAVED, saved=place.id)


async def test_keys_of_searches_say_so_where_there_is_none(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        reader.screen.go(Pane.TREE)
        for key in ("E", "m", "{", "}", "O"):
            reader.screen.say("")
            await reader.press(key)
            assert "saved search first" in said(reader)


async def test_headings_and_folders_are_folded_and_remembered(
    reading: Opens, news: Library, tmp_path: Path
) -> None:
    save(news, "Satu", folder="A")
    state = tmp_path / "state.json"
    async with reading(news, state_file=state) as reader:
        at(reader, 1)
        await reader.press("space")
        await reader.until(lambda: "▸ Places" in text(reader))
        await reader.press("k", "k")
        await reader.press("space")
        await reader.until(lambda: "▸ A" in text(reader))
        await reader.press("1")
    async with reading(news, state_file=state) as reader:
        assert "▸ Places" in text(reader)
        assert "▸ A" in text(reader)


async def test_what_starts_folded_stays_unfolded_once_it_was(
    reading: Opens, news: Library, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    async with reading(news, state_file=state, size=(80, 24)) as reader:
        reader.screen.go(Pane.TREE)
        await reader.until(lambda: "▸ Places" in text(reader))
        await reader.press(*"jjjjjjj", "enter")
        await reader.until(lambda: "▾ Places" in text(reader))
    async with reading(news, state_file=state, size=(80, 24)) as reader:
        reader.screen.go(Pane.TREE)
        await reader.until(lambda: "▾ Places" in text(reader))


async def test_many_are_folded_away(reading: Opens, news: Library) -> None:
    save(news, *(f"Cari {n}" for n in range(500)))
    async with reading(news) as reader:
        assert "▸ Searches" in text(reader)
        assert "▸ Places" in text(reader)
        assert len(list(reader.screen.categories._made())) < 20


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_the_tree_looks_like_this(
    reading: Opens,
    news: Library,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    save(news, "Harga beras dan minyak goreng di pasar", query="kabar")
    save(news, "Sungai", "Laut", query='"kabar 7" or "kabar 8"', folder="Air/Banjir")
    spoil(news, save(news, "Rusak", folder="Air"), "kabar (")
    organising.of(news).settle()
    async with reading(news, size=size) as reader:
        laut = next(one.id for one in news.searches() if one.name == "Laut")
        reader.screen.open_view(View(ViewKind.SAVED, saved=laut))
        reader.screen.go(Pane.TREE)
        await reader.until(lambda: reader.title() == "Kabar 7")
        snapshot(f"searches-{size[0]}x{size[1]}", reader.lines())


async def test_a_name_that_is_cut_is_said_in_full_while_one_stands_on_it(
    reading: Opens, news: Library
) -> None:
    name = "Harga [red]beras[/red] dan minyak goreng"
    saved = save(news, name, query="kabar")
    save(news, "Sungai", query="kabar", folder="Air bersih dan air limbah di hulu")
    organising.of(news).settle()
    async with reading(news) as reader:
        reader.screen.open_view(View(ViewKind.SAVED, saved=saved))
        reader.screen.go(Pane.TREE)
        await reader.press("k", "j")
        bottom = reader.screen.bottom
        await reader.until(lambda: bottom.said == name)
        assert name in reader.lines()[-1]
        assert any("Harga [red]b" in line and "… 250" in line for line in reader.lines())
        await reader.press("j")
        await reader.until(lambda: bottom.said == "Air bersih dan air limbah di hulu")
        await reader.press("j")
        await reader.until(lambda: not bottom.said)
