"""What nobody should do to a store, and what then happens: it is defined, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import importing, organising, subscriptions
from kaltimtui.importing import Fetched
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.rule import RuleAction
from kaltimtui.store import incoming, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaltimtui.organising import Organising
    from kaltimtui.paths import Paths

    from .conftest import Clock

    Make = Callable[..., ArticleData]

STARRED, LATER = Marking("starred", True), Marking("later", True)


@pytest.fixture
def organised(library: Library) -> Organising:
    return organising.of(library)


@pytest.fixture
def ids(library: Library, portal: SourceData, make: Make) -> list[str]:
    library.store_articles(portal, [make(number) for number in range(6)])
    return [row.id for row in library.rows(View())]


@pytest.fixture
def other(library: Library, paths: Paths, clock: Clock) -> Iterator[Library]:
    """The same store, as another program has it open."""
    opened = Library.open(paths, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def come(library: Library, feed: SourceData) -> Callable[..., None]:
    """Keeps articles as a refresh does."""
    source, _new = subscriptions.of(library).add(feed)

    def come(*said: ArticleData) -> None:
        batch = [Fetched(source.id, incoming.ready(said, keys.seconds_of(library.now())))]
        importing.keep_fetched(library.database, batch, library.now(), lambda _notices: None)

    return come


# --- two programs at once ------------------------------------------------------------------------


def test_the_steps_of_two_programs_are_one_journal(
    library: Library, other: Library, ids: list[str]
) -> None:
    """Undo takes back what was done last, whoever did it: in one order, each once."""
    library.mark(ids[:2], [STARRED])
    other.mark(ids[1:3], [STARRED])
    library.mark(ids[:1], [LATER])
    change = other.undo()
    assert change is not None
    assert change.articles == (ids[0],)
    assert not library.article(ids[0]).later
    change = library.undo()
    assert change is not None
    assert change.articles == (ids[2],)  # the other one was starred already
    assert [library.article(id_).starred for id_ in ids[:3]] == [True, True, False]
    assert other.redo() is not None
    assert library.article(ids[2]).starred
    other.mark(ids[:1], [Marking("read", True)])
    assert library.redo() is None  # a new step of the other ends what could be done again
    assert [library.undo() is not None for _step in range(4)] == [True, True, True, False]
    assert other.count(View(ViewKind.STARRED)) == Count()


def test_what_another_program_removed_is_told_of_and_left(
    library: Library, other: Library, ids: list[str]
) -> None:
    library.mark(ids[:1], [Marking("tag", "air")])
    other.rename_tag("air", "AIR")
    assert library.article(ids[0]).tags == ("AIR",)
    library.mark(ids[1:2], [Marking("tag", "air")])
    assert [node.name for node in other.tags()] == ["AIR"]
    other.remove_tag("AIR")
    assert library.tags() == ()
    library.undo()
    assert [node.count.total for node in other.tags()] == [2]


# --- what searches and rules name that is gone ---------------------------------------------------


def test_a_search_for_a_tag_or_source_that_is_gone_finds_nothing_until_it_is_back(
    library: Library, organised: Organising, portal: SourceData, ids: list[str]
) -> None:
    library.mark(ids[:2], [Marking("tag", "air")])
    tagged, _step = organised.add_search("Air", "tag:air")
    of_source, _step = organised.add_search("Sumber", f'source:"{portal.name}"')

    def counts() -> list[tuple[int, int]]:
        organised.settle()
        found = [organised.search(number) for number in (tagged, of_source)]
        assert all(one is not None and one.trouble is None for one in found)
        totals = [library.count(View(ViewKind.SAVED, saved=n)).total for n in (tagged, of_source)]
        return [(one.unread, total) for one, total in zip(found, totals, strict=True) if one]

    assert counts() == [(2, 2), (6, 6)]
    library.mark(ids[:2], [Marking("tag", "air", remove=True)])
    assert counts() == [(0, 0), (6, 6)]
    library.undo()
    library.remove_source(library.navigation().sources[0].id)
    assert counts() == [(0, 0), (0, 0)]
    library.undo()
    assert counts() == [(2, 2), (6, 6)]


def test_a_rule_that_names_what_is_gone_does_nothing(
    library: Library, organised: Organising, come: Callable[..., None], make: Make
) -> None:
    organised.add_rule("Lama", 'tag:tiada or source:"Tiada"', [RuleAction("star")])
    come(make(1))
    assert library.count(View(ViewKind.STARRED)) == Count()
    assert library.undo() is not None  # that the rule was added


# --- rules ---------------------------------------------------------------------------------------


def test_rules_that_contradict_each_other_are_run_in_their_order(
    library: Library, organised: Organising, come: Callable[..., None], make: Make
) -> None:
    """What one hides no later one finds; what one read is unread for no later one."""
    organised.add_rule("Bintang", "judul:1", [RuleAction("star")])
    organised.add_rule("Sembunyi", "is:starred", [RuleAction("hide")])
    organised.add_rule("Baca", "is:unread", [RuleAction("read")])
    organised.add_rule("Tunggu", "is:unread", [RuleAction("later")])
    come(make(1), make(2))
    (hidden,) = library.rows(View(ViewKind.HIDDEN))
    assert (hidden.starred, hidden.read, hidden.later) == (True, False, False)
    (other,) = library.rows(View())
    assert (other.starred, other.read, other.later) == (False, True, False)
    library.undo()
    assert library.count(View()) == Count(2, 2)
    assert library.count(View(ViewKind.STARRED)) == Count()


def test_200_rules_over_500_new_articles(
    library: Library, organised: Organising, come: Callable[..., None], make: Make
) -> None:
    for number in range(200):
        organised.add_rule(f"R{number}", f"nomor {number}", [RuleAction("tag", f"t{number}")])
    come(*(make(number) for number in range(500)))
    assert len(library.tags()) == 200
    assert all(node.count.total == 1 for node in library.tags())
    change = library.undo()
    assert change is not None
    assert change.count == 200
    assert library.tags() == ()


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("\u200b\u200ba\u200d", "a"),
        ("n" * 500, "n" * organising.NAME_LIMIT),
        ("a\nb\x1b[31m", "a b[31m"),
    ],
)
def test_names_of_searches_and_rules_are_cleaned(
    organised: Organising, name: str, kept: str
) -> None:
    search, _step = organised.add_search(name, "air")
    rule, _step = organised.add_rule(name, "air", [RuleAction("star")])
    found = organised.search(search), organised.rule(rule)
    assert [one.name for one in found if one] == [kept, kept]
    assert organised.find_search(name).id == search


@pytest.mark.parametrize(
    ("folder", "kept"),
    [
        ("/a//b/", "a/b"),
        ("///", None),
        ("a\x1b[31m/\n/b", "a[31m/b"),
        ("\u202e/x", "x"),
        ("../..", "../.."),
        ("f" * 500, "f" * 200),
    ],
)
def test_folders_of_searches_are_cleaned(
    organised: Organising, folder: str, kept: str | None
) -> None:
    search, _step = organised.add_search("Air", "air", folder)
    found = organised.search(search)
    assert found is not None
    assert found.folder == kept
