"""The way back and ahead through articles one has opened."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.ui.trail import LIMIT, Trail, Visit


def opened(*articles: str) -> Trail:
    trail = Trail()
    for article in articles:
        trail.open(article)
    return trail


def names(*visits: Visit | None) -> list[str | None]:
    return [visit.article if visit else None for visit in visits]


def back(trail: Trail, shown: str | None) -> str | None:
    visit = trail.before(shown)
    if visit is not None:
        trail.go(visit)
    return visit.article if visit else None


def test_it_leads_back_and_ahead_again() -> None:
    trail = opened("a", "b", "c")
    assert [back(trail, "c"), back(trail, "b"), back(trail, "a")] == ["b", "a", None]
    assert names(trail.here, trail.ahead()) == ["a", "b"]


def test_what_is_opened_after_going_back_takes_the_place_of_what_was_ahead() -> None:
    trail = opened("a", "b", "c")
    back(trail, "c")
    trail.open("d")
    assert names(trail.before("d"), trail.here, trail.ahead()) == ["b", "d", None]


def test_what_was_shown_but_not_opened_leads_back_to_where_one_was() -> None:
    trail = opened("a", "b")
    assert names(trail.before("x"), trail.before(None)) == ["b", "b"]
    assert names(Trail().before("x"), Trail().ahead(), Trail().here) == [None, None, None]


def test_the_same_article_is_no_step() -> None:
    assert names(opened("a", "a").before("a")) == [None]


def test_it_knows_who_came_by_a_link() -> None:
    trail = opened("a")
    assert not trail.came_by_link("a")
    trail.open("b", followed=True)
    assert trail.came_by_link("b")
    assert not trail.came_by_link("x")


def test_it_keeps_how_far_one_was_where_one_left() -> None:
    trail = opened("a")
    trail.leave("a", 120, 3)
    trail.leave("x", 5, None)
    trail.open("b")
    visit = trail.before("b")
    assert visit is not None
    assert (visit.place, visit.related) == (120, 3)


def test_an_article_that_is_gone_is_left_out() -> None:
    trail = opened("a", "b", "c")
    gone = trail.before("c")
    assert gone is not None
    trail.forget(gone)
    trail.forget(gone)
    assert names(trail.here, trail.before("c")) == ["c", "a"]
    only = opened("a")
    assert only.here is not None
    only.forget(only.here)
    assert names(only.here, only.before("a"), only.ahead()) == [None, None, None]


def test_only_the_last_are_kept() -> None:
    trail = opened(*map(str, range(LIMIT + 5)))
    count, shown = 0, str(LIMIT + 4)
    while (before := back(trail, shown)) is not None:
        count, shown = count + 1, before
    assert (count, shown) == (LIMIT - 1, "5")


@given(st.lists(st.sampled_from(["back", "ahead", "gone", "a", "b", "c"]), max_size=30))
def test_one_is_always_at_a_visit_that_is_known(steps: list[str]) -> None:
    trail = Trail()
    for step in steps:
        here = trail.here
        shown = here.article if here else None
        match step:
            case "back":
                back(trail, shown)
            case "ahead":
                if (visit := trail.ahead()) is not None:
                    trail.go(visit)
                    assert trail.here is visit
            case "gone":
                if here is not None:
                    trail.forget(here)
            case _:
                trail.open(step)
                assert names(trail.here) == [step]
        assert trail.ahead() is None or trail.here is not None
