from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import text
from kaltimtui.cli.pointing import pointed
from kaltimtui.errors import QueryError

_WRITTEN = st.text(st.characters() | st.sampled_from("中é ̀\t👩\u200d🌾"), max_size=120)


def _pointed(typed: str, start: int, end: int, room: int = 30) -> tuple[str, str]:
    return pointed(QueryError("", start, end, typed=typed), room)


def test_carets_stand_under_the_cells_of_the_place() -> None:
    assert _pointed("satu dua", 5, 8) == ("satu dua", "     ^^^")
    assert _pointed("中国 é国", 3, 5) == ("中国 é国", "     ^^^")
    assert _pointed("e\u0301e\u0301 x", 5, 6) == ("e\u0301e\u0301 x", "   ^")
    assert _pointed("satu", 4, 4) == ("satu", "    ^")
    assert _pointed("", 0, 0) == ("", "^")


def test_a_query_is_cut_where_there_is_no_room() -> None:
    typed = "satu dua tiga empat lima enam tujuh"
    assert _pointed(typed, 0, 4, 20) == ("satu dua tiga empa…", "^^^^")
    assert _pointed(typed, 14, 19, 20) == ("…tiga empat lima e…", "      ^^^^^")
    assert _pointed(typed, 30, 35, 20) == ("…at lima enam tujuh", "              ^^^^^")
    assert _pointed(typed, 5, 35, 20) == ("satu dua tiga empa…", "     ^^^^^^^^^^^^^^")


def test_an_accent_does_not_outlast_its_letter() -> None:
    shown, _carets = _pointed("e\u0301" * 40 + "x", 80, 81, 20)
    assert shown[:2] == "…e"


@given(_WRITTEN, st.integers(0, 120), st.integers(0, 120), st.integers(18, 80))
def test_both_lines_fit_whatever_is_written(typed: str, first: int, other: int, room: int) -> None:
    start, end = sorted((min(first, len(typed)), min(other, len(typed))))
    shown, carets = _pointed(typed, start, end, room)
    assert text.width(shown) <= room
    assert text.width(carets) <= room
    assert set(carets.lstrip(" ")) == {"^"}
    assert "\n" not in shown
    assert "\t" not in shown
