from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.store import journal, tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library

    Make = Callable[..., ArticleData]


@pytest.fixture
def ids(library: Library, portal: SourceData, make: Make) -> list[str]:
    library.store_articles(portal, [make(number) for number in range(6)])
    return [row.id for row in library.rows(View())]


def tag(library: Library, *ids: str, name: str) -> None:
    library.mark(ids, [Marking("tag", name)])


def tree(library: Library) -> dict[str, int]:
    return {node.name: node.count.total for node in library.tags()}


def held(library: Library, name: str) -> list[str]:
    return [row.id for row in library.rows(View(ViewKind.TAG, tag=name))]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("kaji", "kaji"),
        ("  perlu   dibaca ", "perlu dibaca"),
        ("/arsip/2026/", "arsip/2026"),
        (" a / b //c", "a/b/c"),
        ("x\x1b[31m\ny", "x[31m y"),
        ("b" * tags.NAME_LIMIT, "b" * tags.NAME_LIMIT),
    ],
)
def test_the_name_of_a_tag_is_cleaned(
    library: Library, ids: list[str], said: str, kept: str
) -> None:
    tag(library, ids[0], name=said)
    assert library.article(ids[0]).tags == (kept,)
    library.mark(ids[:1], [Marking("tag", said, remove=True)])
    assert library.article(ids[0]).tags == ()


@pytest.mark.parametrize("said", ["", " / ", "///", "\u202e", "b" * (tags.NAME_LIMIT + 1)])
def test_a_name_that_cannot_be_is_refused(library: Library, ids: list[str], said: str) -> None:
    with pytest.raises(UsageError):
        tag(library, ids[0], name=said)
    tag(library, ids[0], name="a")
    with pytest.raises(UsageError):
        library.rename_tag("a", said)
    assert tree(library) == {"a": 1}


def test_the_spelling_of_a_tag_in_use_holds_on_every_level(
    library: Library, ids: list[str]
) -> None:
    tag(library, ids[0], name="Arsip/Banjir")
    tag(library, ids[1], name="ARSIP/banjir/2026")
    assert tree(library) == {"Arsip": 2, "Arsip/Banjir": 2, "Arsip/Banjir/2026": 1}
    library.remove_tag("Arsip")
    tag(library, ids[0], name="arsip")
    assert tree(library) == {"arsip": 1}


def test_a_tag_holds_what_is_tagged_below_it_once(library: Library, ids: list[str]) -> None:
    tag(library, ids[0], ids[2], name="a/b")
    tag(library, ids[0], ids[1], name="a/c")
    tag(library, ids[3], name="ab")
    library.mark(ids[:1], [Marking("read", True)])
    assert held(library, "a") == ids[:3]
    assert library.count(View(ViewKind.TAG, tag="a")) == Count(3, 2)
    assert library.article(ids[0]).tags == ("a/b", "a/c")
    library.mark(ids[:1], [Marking("tag", "a/b", remove=True)])
    assert held(library, "a") == ids[:3]
    library.mark(ids[:1], [Marking("tag", "a/c", remove=True)])
    assert held(library, "a") == ids[1:3]
    assert held(library, "b") == []
    assert library.count(View(ViewKind.TAG, tag="b")) == Count()


def test_tags_stand_below_what_they_belong_to(library: Library, ids: list[str]) -> None:
    for name in ("b", "a c", "a/z", "A2", "a", "a-1", "a/b/c"):
        tag(library, ids[0], name=name)
    names = [node.name for node in library.navigation().tags]
    assert names == ["a", "a/b", "a/b/c", "a/z", "a c", "a-1", "A2", "b"]


def test_the_tree_holds_so_many_tags(
    library: Library, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "SHOWN", 3)
    for number in range(5):
        tag(library, ids[0], name=f"t{number}")
    assert [node.name for node in library.navigation().tags] == ["t0", "t1", "t2"]
    assert len(library.tags()) == 5


def test_an_emptied_tag_is_gone_unless_it_has_a_colour(library: Library, ids: list[str]) -> None:
    tag(library, ids[0], name="a")
    library.mark(ids[:1], [Marking("tag", "a", remove=True)])
    assert library.tags() == ()
    library.undo()
    library.colour_tag("a", "#10a0ff")
    library.mark(ids[:1], [Marking("tag", "a", remove=True)])
    (node,) = library.tags()
    assert (node.name, node.colour, node.count) == ("a", "#10a0ff", Count())


# --- what is done to a tag ----------------------------------------------------------------------


def test_a_tag_is_renamed_with_those_below_it(library: Library, ids: list[str]) -> None:
    tag(library, ids[0], name="a")
    tag(library, ids[1], name="a/b")
    tag(library, ids[2], name="ab")
    library.colour_tag("a/b", "red")
    change = library.rename_tag("a", "x/y")
    assert (change.count, set(change.articles)) == (2, set(ids[:2]))
    assert change.description == journal.describe("tag-renamed", 2)
    assert tree(library) == {"ab": 1, "x": 2, "x/y": 2, "x/y/b": 1}
    assert {node.name: node.colour for node in library.tags()}["x/y/b"] == "red"
    library.undo()
    assert tree(library) == {"a": 2, "a/b": 1, "ab": 1}
    assert {node.name: node.colour for node in library.tags()}["a/b"] == "red"
    library.redo()
    assert tree(library) == {"ab": 1, "x": 2, "x/y": 2, "x/y/b": 1}


def test_two_tags_become_one_and_two_again(library: Library, ids: list[str]) -> None:
    tag(library, *ids[:3], name="a")
    tag(library, *ids[2:5], name="b")
    library.colour_tag("a", "red")
    library.colour_tag("b", "blue")
    assert library.rename_tag("a", "B").count == 3
    assert tree(library) == {"b": 5}
    assert library.tags()[0].colour == "blue"
    assert library.article(ids[2]).tags == ("b",)
    library.undo()
    assert tree(library) == {"a": 3, "b": 3}
    assert [node.colour for node in library.tags()] == ["red", "blue"]
    assert library.article(ids[2]).tags == ("a", "b")


@pytest.mark.parametrize(
    ("name", "new", "wanted"),
    [
        ("a", "A", {"A": 3, "A/b": 2, "A/b/b": 1}),
        ("a", "a/b", {"a": 3, "a/b": 3, "a/b/b": 2, "a/b/b/b": 1}),
        ("a/b", "a", {"a": 3, "a/b": 1}),
        ("a/b", "b", {"a": 1, "b": 2, "b/b": 1}),
    ],
)
def test_a_tag_moves_up_and_down(
    library: Library, ids: list[str], name: str, new: str, wanted: dict[str, int]
) -> None:
    for id_, said in zip(ids, ("a", "a/b", "a/b/b"), strict=False):
        tag(library, id_, name=said)
    before = tree(library)
    library.rename_tag(name, new)
    assert tree(library) == wanted
    library.undo()
    assert tree(library) == before


def test_a_name_that_grows_too_long_below_is_refused_whole(
    library: Library, ids: list[str]
) -> None:
    tag(library, ids[0], name="a")
    tag(library, ids[1], name="a/" + "b" * 90)
    before = tree(library)
    with pytest.raises(UsageError):
        library.rename_tag("a", "c" * 20)
    assert tree(library) == before


def test_a_tag_is_removed_with_those_below_it(library: Library, ids: list[str]) -> None:
    tag(library, ids[0], name="a")
    tag(library, ids[1], name="a/b")
    library.colour_tag("a", "dark-green")
    change = library.remove_tag("a")
    assert (change.count, change.description) == (2, journal.describe("tag-removed", 2))
    assert library.tags() == ()
    library.undo()
    assert tree(library) == {"a": 2, "a/b": 1}
    assert library.tags()[0].colour == "dark-green"


def test_to_leave_a_tag_as_it_is_is_no_step(library: Library, ids: list[str]) -> None:
    tag(library, ids[0], name="a")
    assert library.rename_tag("a", " a/ ").count == 0
    assert library.colour_tag("a", None).count == 0
    library.undo()
    assert library.undo() is None


@pytest.mark.parametrize("name", ["", "b", "A", "a/b"])
def test_a_tag_that_is_none_is_told_of(library: Library, ids: list[str], name: str) -> None:
    tag(library, ids[0], name="a")
    changes: tuple[Callable[[], object], ...] = (
        lambda: library.rename_tag(name, "x"),
        lambda: library.remove_tag(name),
        lambda: library.colour_tag(name, "red"),
    )
    for change in changes:
        with pytest.raises(UsageError):
            change()


@pytest.mark.parametrize("colour", ["", "#fff", "#GGGGGG", "red;", "[red]", "a" * 30])
def test_what_is_no_colour_is_refused(library: Library, ids: list[str], colour: str) -> None:
    tag(library, ids[0], name="a")
    with pytest.raises(UsageError):
        library.colour_tag("a", colour)


def test_ten_thousand_tags_are_kept_and_shown(library: Library, ids: list[str]) -> None:
    names = [f"t{number // 100}/{number}" for number in range(10_000)]
    library.mark(ids[:1], [Marking("tag", name) for name in names])
    assert library.count(View(ViewKind.TAG, tag="t7")) == Count(1, 1)
    assert len(library.tags()) == 10_100
    assert len(library.navigation().tags) == tags.SHOWN
    assert library.article(ids[0]).tags == tuple(sorted(names))
    library.undo()
    assert library.tags() == ()
