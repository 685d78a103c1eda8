from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.document import Cut, paragraph
from kaltimtui.parsing import lengths

WORDS = st.lists(st.text("ab", min_size=1, max_size=6), max_size=8).map(" ".join)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "LETTERS_LIMIT", 30)
    monkeypatch.setattr(lengths, "LINES_LIMIT", 4)


def test_a_body_of_lines_is_whole_or_ends_in_a_cut() -> None:
    few = ["satu dua", "", "tiga"]
    assert lengths.paragraphs(few) == (paragraph("satu dua"), paragraph("tiga"))
    assert lengths.paragraphs(["a"] * 4) == (paragraph("a"),) * 4
    assert lengths.paragraphs(["a"] * 5) == (*(paragraph("a"),) * 4, Cut())
    long = ["satu dua tiga empat", "lima enam tujuh", "delapan"]
    assert lengths.paragraphs(long) == (paragraph(long[0]), paragraph("lima enam"), Cut())
    assert lengths.paragraphs([]) == ()


def test_empty_lines_behind_the_last_are_not_missed() -> None:
    assert not lengths.kept(["a"] * 4 + [""] * 9).cut


@given(st.lists(WORDS, max_size=8))
def test_what_is_kept_is_how_the_text_begins(lines: list[str]) -> None:
    found = lengths.kept(lines)
    whole = list(filter(None, lines))
    assert "\n".join(whole).startswith("\n".join(found.lines))
    assert sum(map(len, found.lines)) <= 30
    assert len(found.lines) <= 4
    assert found.cut == (found.lines != whole)


@given(WORDS, st.integers(0, 40))
def test_a_text_is_shortened_at_a_word(words: str, most: int) -> None:
    found = lengths.shortened(words, most)
    assert len(found) <= most
    assert words.startswith(found)
    if found != words:
        assert most < len(words)
        assert words[len(found)] == " " or " " not in words[: most + 1]
