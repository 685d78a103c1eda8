"""How the tree is built: sources in their folders, with the numbers of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.models import CategoryNode, Count, SourceNode, View, ViewKind
from kaltimtui.ui.branches import Branch, source_branches

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
        lines.append(f"{'  ' * depth}{entry.name} {entry.number}{mark}")
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
