from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import organising
from kaltimtui.dates import Stamp
from kaltimtui.errors import UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.paths import Paths
from kaltimtui.query import QueryError
from kaltimtui.rule import RuleAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.models import SavedSearch
    from kaltimtui.organising import Organising

PLACES = (
    "Samarinda",
    "Balikpapan",
    "Bontang",
    "Kutai Kartanegara",
    "Kutai Timur",
    "Kutai Barat",
    "Paser",
    "Penajam Paser Utara",
    "Berau",
    "Mahakam Ulu",
)


@pytest.fixture
def library(tmp_path: Path, now: datetime) -> Iterator[Library]:
    library = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    yield library
    library.close()


@pytest.fixture
def organised(library: Library) -> Organising:
    return organising.of(library)


def _own(organised: Organising) -> list[SavedSearch]:
    return [one for one in organised.searches() if not one.place]


def _names(organised: Organising) -> list[str]:
    return [one.name for one in _own(organised)]


# --- saved searches ------------------------------------------------------------------------------


def test_a_new_library_has_the_ten_places(organised: Organising) -> None:
    searches = organised.searches()
    assert tuple(one.name for one in searches) == PLACES
    assert all(one.place and one.trouble is None for one in searches)


def test_a_search_is_kept_as_it_was_written(organised: Organising) -> None:
    number, change = organised.add_search("  Banjir \n besar ", " judul:banjir   -is:starred ")
    (one,) = _own(organised)
    assert (one.id, one.name, one.query) == (number, "Banjir besar", "judul:banjir -is:starred")
    assert (one.folder, one.place, one.unread, one.stale) == (None, False, 0, True)
    assert organised.search(number) == one
    assert organised.search(number + 1) is None
    assert change.what == "search-added"


@pytest.mark.parametrize("name", ["", "  ", "\x1b", "\u200b"])
def test_a_search_needs_a_name(organised: Organising, name: str) -> None:
    with pytest.raises(UsageError):
        organised.add_search(name, "banjir")


@pytest.mark.parametrize("name", ["Banjir", "BANJIR", " banjir ", "samarinda"])
def test_a_name_is_given_once_whatever_its_case(organised: Organising, name: str) -> None:
    organised.add_search("Banjir", "banjir")
    other, _change = organised.add_search("Lain", "lain")
    with pytest.raises(UsageError):
        organised.add_search(name, "air")
    with pytest.raises(UsageError):
        organised.change_search(other, name=name)
    assert _names(organised) == ["Banjir", "Lain"]


def test_a_search_may_change_the_case_of_its_own_name(organised: Organising) -> None:
    number, _change = organised.add_search("banjir", "banjir")
    organised.change_search(number, name="BANJIR")
    assert _names(organised) == ["BANJIR"]


@pytest.mark.parametrize("query", ["", "   ", "sort:judul"])
def test_a_search_asks_for_something(organised: Organising, query: str) -> None:
    number, _change = organised.add_search("Banjir", "banjir")
    with pytest.raises(UsageError):
        organised.add_search("Lain", query)
    with pytest.raises(UsageError):
        organised.change_search(number, query=query)
    assert [one.query for one in _own(organised)] == ["banjir"]


@pytest.mark.parametrize("query", ["(banjir", '"banjir', "is:apa", "umur:<7x", "a" * 10_001])
def test_a_search_that_cannot_be_read_is_not_kept(organised: Organising, query: str) -> None:
    with pytest.raises(QueryError):
        organised.add_search("Banjir", query)
    assert _own(organised) == []


def test_folders_are_named_as_those_of_sources(organised: Organising) -> None:
    number, _change = organised.add_search("Banjir", "banjir", " Cuaca / / Air ")
    assert organised.find_search("Banjir").folder == "Cuaca/Air"
    organised.change_search(number, folder=None)
    assert organised.find_search("Banjir").folder is None


def test_searches_of_a_folder_stand_together(organised: Organising) -> None:
    for name, folder in (("a", "X"), ("b", None), ("c", "X"), ("d", "Y")):
        organised.add_search(name, "kata", folder)
    assert [one.name for one in organised.searches()] == [*PLACES, "b", "a", "c", "d"]


def test_what_is_not_given_stays(organised: Organising, library: Library) -> None:
    number, _change = organised.add_search("Banjir", "banjir", "Cuaca")
    changed = organised.change_search(number, query="banjir or rob")
    (one,) = _own(organised)
    assert (one.name, one.query, one.folder) == ("Banjir", "banjir or rob", "Cuaca")
    assert (changed.what, changed.count) == ("search-changed", 1)
    assert organised.change_search(number, name="Banjir").count == 0
    assert organised.change_search(number).count == 0
    library.undo()
    assert [one.query for one in _own(organised)] == ["banjir"]


def test_a_search_moves_among_those_of_its_folder(organised: Organising) -> None:
    numbers = {}
    for name, folder in (("a", None), ("x", "F"), ("b", None), ("y", "F"), ("c", None)):
        numbers[name], _change = organised.add_search(name, "kata", folder)
    organised.move_search(numbers["c"], -1)
    assert _names(organised) == ["a", "c", "b", "x", "y"]
    organised.move_search(numbers["a"], 1)
    assert _names(organised) == ["c", "a", "b", "x", "y"]
    organised.move_search(numbers["b"], -99)
    assert _names(organised) == ["b", "c", "a", "x", "y"]
    assert organised.move_search(numbers["b"], -1).count == 0
    assert organised.move_search(numbers["y"], 99).count == 0
    assert [one.name for one in organised.searches() if one.place] == list(PLACES)


def test_a_place_moves_among_the_places(organised: Organising) -> None:
    organised.add_search("a", "kata")
    organised.move_search(organised.find_search("Mahakam Ulu").id, 1)
    organised.move_search(organised.find_search("Berau").id, -99)
    names = [one.name for one in organised.searches()]
    assert names == ["Berau", *(name for name in PLACES if name != "Berau"), "a"]


def test_each_change_is_a_step(organised: Organising, library: Library) -> None:
    number, _change = organised.add_search("a", "kata")
    organised.add_search("b", "kata")
    organised.move_search(number, 1)
    removed = organised.remove_search(number)
    assert (removed.what, _names(organised)) == ("search-removed", ["b"])
    for expected in (["b", "a"], ["a", "b"], ["a"], []):
        library.undo()
        assert _names(organised) == expected
    for expected in (["a"], ["a", "b"], ["b", "a"], ["b"]):
        library.redo()
        assert _names(organised) == expected


def test_a_place_may_be_mended_and_removed(organised: Organising, library: Library) -> None:
    number = organised.find_search("samarinda").id
    organised.change_search(number, query="samarinda")
    organised.remove_search(number)
    assert organised.search(number) is None
    library.undo()
    back = organised.search(number)
    assert back is not None
    assert (back.name, back.query, back.place) == ("Samarinda", "samarinda", True)


def test_what_is_not_there_cannot_be_changed(organised: Organising) -> None:
    changes: list[Callable[[], object]] = [
        lambda: organised.change_search(99, name="a"),
        lambda: organised.move_search(99, 1),
        lambda: organised.remove_search(99),
    ]
    for change in changes:
        with pytest.raises(UsageError):
            change()


def test_a_search_is_found_by_its_name(organised: Organising) -> None:
    organised.add_search("Banjir", "banjir")
    organised.add_search("Banjir rob", "rob")
    assert organised.find_search("banjir").query == "banjir"
    assert organised.find_search("banjir r").query == "rob"
    assert organised.find_search("BALIK").name == "Balikpapan"
    with pytest.raises(UsageError, match="Kutai Barat"):
        organised.find_search("Kutai")
    with pytest.raises(UsageError, match="Samarinda"):
        organised.find_search("Samarnda")
    with pytest.raises(UsageError):
        organised.find_search("")


def test_two_readers_give_a_name_once(organised: Organising, library: Library) -> None:
    other = Library.open(library.paths)

    def add(one: Organising) -> int:
        made = 0
        for number in range(30):
            with suppress(UsageError):
                one.add_search(f"Cari {number}", "kata")
                made += 1
        return made

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(add, one) for one in (organised, organising.of(other))]
        made = [one.result() for one in both]
    other.close()
    assert sum(made) == 30
    assert sorted(_names(organised)) == sorted(f"Cari {number}" for number in range(30))


# --- rules ---------------------------------------------------------------------------------------

READ, STAR = RuleAction("read"), RuleAction("star")


def _rules(organised: Organising) -> list[tuple[str, str, tuple[RuleAction, ...], bool]]:
    return [(one.name, one.query, one.actions, one.enabled) for one in organised.rules()]


def test_a_new_library_has_no_rules(organised: Organising) -> None:
    assert organised.rules() == ()


def test_a_rule_is_kept_changed_and_removed(organised: Organising, library: Library) -> None:
    number, change = organised.add_rule(" Air  bah ", " banjir   or rob", [STAR, READ])
    assert change.what == "rule-added"
    assert _rules(organised) == [("Air bah", "banjir or rob", (READ, STAR), True)]
    assert organised.rule(number) == organised.find_rule("air")
    organised.change_rule(number, enabled=False)
    organised.change_rule(number, actions=[RuleAction("tag", "air")], query="banjir")
    assert _rules(organised) == [("Air bah", "banjir", (RuleAction("tag", "air"),), False)]
    assert organised.change_rule(number, name="Air bah", enabled=False).count == 0
    assert organised.remove_rule(number).what == "rule-removed"
    assert (organised.rules(), organised.rule(number)) == ((), None)
    library.undo()
    library.undo()
    library.undo()
    assert _rules(organised) == [("Air bah", "banjir or rob", (READ, STAR), True)]
    library.redo()
    assert _rules(organised) == [("Air bah", "banjir or rob", (READ, STAR), False)]


def test_rules_have_an_order(organised: Organising, library: Library) -> None:
    numbers = [organised.add_rule(name, "kata", [READ])[0] for name in "abc"]
    organised.move_rule(numbers[2], -1)
    organised.move_rule(numbers[0], 9)
    assert [one.name for one in organised.rules()] == ["c", "b", "a"]
    assert organised.move_rule(numbers[0], 1).count == 0
    library.undo()
    assert [one.name for one in organised.rules()] == ["a", "c", "b"]


def test_a_rule_that_makes_no_sense_is_not_kept(organised: Organising) -> None:
    number, _change = organised.add_rule("Air", "banjir", [READ])
    organised.add_rule("Lain", "lain", [READ])
    changes: list[Callable[[], object]] = [
        lambda: organised.add_rule("", "banjir", [READ]),
        lambda: organised.add_rule("AIR", "banjir", [READ]),
        lambda: organised.add_rule("Baru", "", [READ]),
        lambda: organised.add_rule("Baru", "banjir", []),
        lambda: organised.add_rule("Baru", "banjir", [RuleAction("tag", " / ")]),
        lambda: organised.add_rule("Baru", "banjir", [RuleAction("tag")]),
        lambda: organised.change_rule(number, name="lain"),
        lambda: organised.change_rule(number, query="sort:judul"),
        lambda: organised.change_rule(number, actions=[]),
        lambda: organised.change_rule(99, name="Baru"),
        lambda: organised.move_rule(99, 1),
        lambda: organised.remove_rule(99),
        lambda: organised.apply_to_past(99),
        lambda: organised.find_rule("Arus"),
    ]
    for change in changes:
        with pytest.raises(UsageError):
            change()
    for query in ("(banjir", "is:apa"):
        with pytest.raises(QueryError):
            organised.add_rule("Baru", query, [READ])
        with pytest.raises(QueryError):
            organised.trial(query)
    assert [one[0] for one in _rules(organised)] == ["Air", "Lain"]


def test_a_search_and_a_rule_may_have_one_name(organised: Organising) -> None:
    organised.add_search("Air", "banjir")
    organised.add_rule("Air", "banjir", [READ])
    assert organised.find_search("air").query == organised.find_rule("air").query


def test_a_trial_tells_what_would_have_been_found(
    organised: Organising, library: Library, now: datetime
) -> None:
    said = [
        ArticleData(
            f"Banjir {number}" if number % 2 else f"Pasar {number}",
            url=f"https://warta.example/{number}",
            published=Stamp(now - timedelta(days=number, minutes=1), "time"),
        )
        for number in range(90)
    ]
    library.store_articles(SourceData("Warta", "feed", "https://warta.example/rss"), said)
    trial = organised.trial("banjir sort:judul")
    assert (trial.count, trial.days, len(trial.samples)) == (15, 30, 15)
    assert [row.title for row in trial.samples[:2]] == ["Banjir 1", "Banjir 3"]
    long = organised.trial("banjir or pasar", days=60)
    assert (long.count, len(long.samples)) == (60, 20)
    assert organised.trial("umur:>10hari", days=20).count == 10
    assert organised.trial("tidakada").count == 0
