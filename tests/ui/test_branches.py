"""How the tree is built: sources in their folders, with the numbers of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.i18n import _
from kaltimtui.models import (
    CategoryNode,
    Count,
    FolderCount,
    SavedSearch,
    SourceNode,
    TagNode,
    View,
    ViewKind,
)
from kaltimtui.ui.branches import (
    PLACES,
    SEARCHES,
    TAGS,
    Branch,
    search_branches,
    source_branches,
    tag_branches,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.models import SourceKind


def node(
    id_: int, name: str, unread: int, folder: str | None = None, *, failing: bool = False
) -> SourceNode:
    kind: SourceKind = "portal" if id_ == 1 else "feed"
    categories = (CategoryNode(7, "Sosial", Count(unread, unread)),) if kind == "portal" else ()
    return SourceNode(id_, name, kind, Count(unread, unread), categories, folder, failing)


def drawn(branches: Iterable[Branch], depth: int = 0) -> list[str]:
    lines: list[str] = []
    for branch in branches:
        entry = branch.entry
        mark = " !" if entry.failing else ""
        number = f"{entry.number}+" if entry.more else entry.number
        lines.append(f"{'  ' * depth}{entry.name} {number}{mark}")
        lines += drawn(branch.inner, depth + 1)
    return lines


def test_folders_stand_within_folders_and_sum_what_is_in_them() -> None:
    nodes = [
        node(1, "Portal", 5),
        node(2, "Lepas", 1),
        node(3, "Dalam", 2, "A/B/C", failing=True),
        node(4, "Atas", 3, "A"),
        node(5, "Lain", 4, "A/B"),
        node(6, "Sendiri", 0, "D"),
    ]
    assert drawn(source_branches(nodes)) == [
        "Portal 5",
        "  Sosial 5",
        "Lepas 1",
        "A 9 !",
        "  B 6 !",
        "    C 2 !",
        "      Dalam 2 !",
        "    Lain 4",
        "  Atas 3",
        "D 0",
        "  Sendiri 0",
    ]


def test_a_folder_is_a_list_of_its_own_and_unfolded_at_first() -> None:
    (folder,) = source_branches([node(2, "Satu", 1, "A/B")])
    assert folder.entry.view == View(ViewKind.FOLDER, folder="A")
    assert folder.unfolded
    assert folder.inner[0].entry.view == View(ViewKind.FOLDER, folder="A/B")
    assert not folder.inner[0].inner[0].unfolded


def tags(*names: str) -> list[TagNode]:
    return [TagNode(name, None, Count(5, place)) for place, name in enumerate(names)]


def test_tags_stand_below_the_one_they_belong_to() -> None:
    assert drawn(tag_branches(tags("air", "air/hilir", "air/hilir/sungai", "dinas/pu"))) == [
        f"{_('Tags')} 0",
        "  air 0",
        "    hilir 1",
        "      sungai 2",
        "  dinas/pu 3",
    ]


def test_the_heading_of_the_tags_is_no_list_and_is_not_there_without_any() -> None:
    assert tag_branches([]) == []
    (heading,) = tag_branches(tags("a"))
    assert heading.entry.view == TAGS
    assert not heading.entry.is_list
    assert heading.inner[0].entry.is_list
    assert heading.inner[0].entry.view == View(ViewKind.TAG, tag="a")


def test_many_tags_are_folded_away_at_first() -> None:
    assert tag_branches(tags("a", "b"))[0].unfolded
    assert not tag_branches(tags(*map(str, range(41))))[0].unfolded


def test_searches_stand_in_folders_that_sum_them_and_places_below() -> None:
    searches = [
        SavedSearch(1, "Samarinda", "x", place=True, unread=7),
        SavedSearch(2, "Lepas", "x", unread=1),
        SavedSearch(3, "Dalam", "x", "A/B", unread=2, trouble="Rusak."),
        SavedSearch(4, "Atas", "x", "A", unread=3),
        SavedSearch(5, "Berau", "x", "A", place=True, unread=4),
        SavedSearch(6, "Paser", "x", place=True),
    ]
    counted = {"A": FolderCount(7, more=True), "A/B": FolderCount(2)}
    assert drawn(search_branches(searches, counted)) == [
        f"{_('Searches')} 0",
        "  Lepas 1",
        "  A 7+ !",
        "    B 2 !",
        "      Dalam 2 !",
        "    Atas 3",
        "    Berau 4",
        f"{_('Places')} 0",
        "  Samarinda 7",
        "  Paser 0",
    ]


def test_headings_and_folders_of_searches_are_no_lists() -> None:
    searches = [SavedSearch(1, "a", "x", "A"), SavedSearch(2, "b", "x", place=True)]
    own, places = search_branches(searches, {})
    assert (own.entry.view, places.entry.view) == (SEARCHES, PLACES)
    (folder,) = own.inner
    assert folder.entry.view == View(ViewKind.SAVED, folder="A")
    lines = [entry for branch in (own, places) for entry, _above in branch.lines()]
    assert [entry.name for entry in lines if entry.is_list] == ["a", "b"]
    assert search_branches([], {}) == []


def test_many_searches_are_folded_away_at_first() -> None:
    few, many = ([SavedSearch(n, f"{n}", "x", "A") for n in range(count)] for count in (40, 41))
    (heading,) = search_branches(few, {})
    assert heading.unfolded
    assert heading.inner[0].unfolded
    (heading,) = search_branches(many, {})
    assert not heading.unfolded
    assert not heading.inner[0].unfolded
