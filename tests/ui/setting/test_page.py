from __future__ import annotations

from itertools import count

from kaltimtui.ui.setting.lines import BLANK, Line, Look, Role, Run
from kaltimtui.ui.setting.page import Page

BODY = Look((Role.BODY,))


def line(said: str, item: int | None = None) -> Line:
    return Line((Run(said, BODY),), len(said), item)


def test_lines_come_by_the_slice() -> None:
    page = Page(line("x") for _ in range(5))
    page.grow(3)
    assert (len(page), page.complete) == (3, False)
    page.grow(3)
    assert (len(page), page.complete) == (5, True)


def test_no_more_is_laid_out_than_asked_for() -> None:
    page = Page(line(str(number)) for number in count())
    page.grow(2)
    assert page.text() == "0\n1"


def test_a_place_is_the_ink_above_a_line() -> None:
    page = Page([line("abc"), BLANK, line("de"), line("f")])
    page.grow(10)
    assert [page.place(at) for at in range(5)] == [0, 3, 4, 6, 7]
    assert [page.line(page.place(at)) for at in range(4)] == [0, 1, 2, 3]
    assert page.line(5) == 2
    assert page.place(99) == 7
    assert page.line(-5) == 0


def test_what_comes_and_goes_leaves_the_places_below_it_as_they_are() -> None:
    picture = line("    ")._replace(ink=0)
    page = Page([line("abc"), picture, picture, BLANK, line("de")])
    page.grow(10)
    assert [page.place(at) for at in range(5)] == [0, 3, 3, 3, 4]
    assert [page.line(place) for place in (2, 3, 4)] == [0, 1, 4]


def test_a_place_below_what_is_laid_out_is_not_known_yet() -> None:
    page = Page([line("abc"), line("de")])
    page.grow(1)
    assert page.line(4) is None
    page.grow(5)
    assert page.line(4) == 1
    assert page.line(400) == 2


def test_an_item_has_its_rows() -> None:
    page = Page([line("x"), line("a", 3), line("b", 3), line("c", 0)])
    page.grow(10)
    assert page.rows(3) == range(1, 3)
    assert page.rows(0) == range(3, 4)
    assert not page.rows(7)
    assert not page.rows(None)
