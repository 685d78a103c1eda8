"""What the screen remembers, and what a broken memory does not break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import View, ViewKind
from kaltimtui.ui.state import ScreenState, StateFile, load

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    state = ScreenState(
        theme="kertas", measure=60, view="source", source=3, article="abc", folded=[2, 5]
    )
    state.remember_place("abc", 25)
    state.tag, state.drafts["abc"] = "air/hulu", "Tanya dinas."
    state.unfolded.append("/Air")
    StateFile(tmp_path / "deep" / "screen.json").writing(state)()
    assert load(tmp_path / "deep" / "screen.json") == state
    assert (tmp_path / "deep" / "screen.json").stat().st_mode & 0o777 == 0o600


def test_what_was_taken_earlier_is_not_written_over_what_is_newer(tmp_path: Path) -> None:
    state, file = ScreenState(theme="kertas"), StateFile(tmp_path / "screen.json")
    earlier = file.writing(state)
    state.theme = "mahakam"
    file.writing(state)()
    earlier()
    assert load(tmp_path / "screen.json").theme == "mahakam"


def test_the_list_one_stands_in_is_kept(tmp_path: Path) -> None:
    state = ScreenState()
    state.remember_view(View(ViewKind.CATEGORY, source=3, category=7))
    assert (state.view, state.source, state.category) == ("category", 3, 7)
    state.remember_view(View(ViewKind.SAVED, saved=5))
    StateFile(tmp_path / "screen.json").writing(state)()
    kept = load(tmp_path / "screen.json")
    assert (kept.view, kept.source, kept.category, kept.saved) == ("saved", None, None, 5)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"measure": "wide", "places": [1], "theme": 7}',
        b"null",
        b'{"searches": ["a", 5]}',
        b'{"drafts": {"a": 5}, "tag": []}',
        b'{"saved": "5", "unfolded": [5]}',
        b'{"article": 5, "source": "x", "two_line": 1, "folded": ["a", 1.5], "places": {"a": "b"}}',
        b"[" * 99_999,
    ],
)
def test_a_broken_memory_is_a_first_day(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "screen.json"
    path.write_bytes(content)
    assert load(path) == ScreenState()


def test_a_missing_memory_is_a_first_day(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == ScreenState()


def test_only_so_many_places_are_kept_and_the_top_is_no_place() -> None:
    state = ScreenState()
    for number in range(700):
        state.remember_place(f"a{number}", 5)
    state.remember_place("a699", 0)
    assert len(state.places) == 499
    assert "a0" not in state.places
    assert "a699" not in state.places


def test_searches_are_kept_once_each_the_latest_last(tmp_path: Path) -> None:
    state = ScreenState()
    for number in range(150):
        state.remember_search(f"kata {number}")
    for typed in ("kata 100", " ", "x" * 2_000):
        state.remember_search(typed)
    assert len(state.searches) == 100
    assert state.searches[-2:] == ["kata 149", "kata 100"]
    assert state.searches.count("kata 100") == 1
    StateFile(tmp_path / "screen.json").writing(state)()
    assert load(tmp_path / "screen.json").searches == state.searches
