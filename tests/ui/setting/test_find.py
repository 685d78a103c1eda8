"""What one looks for in a text that is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.document import Paragraph, Quote, Span
from kaltimtui.ui.setting.blocks import block_lines
from kaltimtui.ui.setting.find import MOST, Search
from kaltimtui.ui.setting.lines import Line, Look, Role, Run, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = Look((Role.BODY,))


def laid_out(said: str, width: int = 72) -> list[Line]:
    return list(wrap(said, BODY, width))


def looked(lines: Sequence[Line], sought: str) -> Search:
    search = Search(sought)
    while search.look(lines, complete=True):
        pass
    return search


def hits(lines: Sequence[Line], sought: str) -> list[list[str]]:
    """What each hit says, line by line."""
    return [
        [lines[line].text[start:end] for line, start, end in hit]
        for hit in looked(lines, sought).hits
    ]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("banjir", ["Banjir", "banjir"]),
        ("BANJIR", ["Banjir", "banjir"]),
        ("njir di", ["njir di"]),
        ("pembangun", ["Pembangun"]),
        ("cafe", ["Café", "cafe\u0301"]),
        ("CAFÉ", ["Café", "cafe\u0301"]),
        ("1.5 (", ["1.5 ("]),
        ("tidak ada", []),
        ("  ", []),
        ("", []),
    ],
)
def test_letters_as_they_stand_whatever_case_and_accents(sought: str, found: list[str]) -> None:
    said = "Banjir di Café, sebuah cafe\u0301 Pembangunan; banjir 1.5 (m)."
    assert hits(laid_out(said), sought) == [[one] for one in found]


def test_a_phrase_runs_over_the_end_of_a_line() -> None:
    lines = laid_out("Posyandu buka sampai malam", 13)
    assert [line.text for line in lines] == ["Posyandu buka", "sampai malam"]
    assert hits(lines, "buka sampai") == [["buka", "sampai"]]
    assert hits(lines, "a s") == [["a", "s"]]


def test_a_word_that_is_cut_is_found_whole() -> None:
    lines = laid_out("kaltimprov.go.id/berita/panen", 17)
    assert len(lines) == 2
    assert hits(lines, "go.id/berita/panen") == [["go.id/", "berita/panen"]]


def test_the_bar_of_a_quote_is_no_part_of_it() -> None:
    quote = Quote((Paragraph((Span("Kita harus optimis dapat maju"),)),))
    lines = list(block_lines((quote,), 20))
    assert all(line.text.startswith("│ ") for line in lines)
    assert hits(lines, "optimis dapat maju") == [["optimis", "dapat maju"]]


def test_nothing_runs_from_one_paragraph_into_the_next() -> None:
    lines = [*laid_out("satu"), Line(), *laid_out("dua")]
    assert hits(lines, "satu dua") == []


def test_hits_are_told_line_by_line() -> None:
    search = looked(laid_out("Posyandu buka sampai malam", 13), "buka sampai")
    assert list(search.on(0)) == [(9, 13, 0)]
    assert list(search.on(1)) == [(0, 6, 0)]
    assert list(search.on(2)) == []


def test_hits_do_not_overlap() -> None:
    assert len(looked([Line((Run("aaaaa", BODY),))], "aa").hits) == 2


@pytest.mark.parametrize("width", [9, 10, 11, 12, 13, 14])
def test_a_text_that_comes_by_the_slice_has_the_same_hits(width: int) -> None:
    lines = laid_out("satu dua tiga empat lima enam tujuh " * 400, width)
    search, coming = Search("tujuh satu dua"), []
    for start in range(0, len(lines), 7):
        coming += lines[start : start + 7]
        while search.look(coming, complete=len(coming) == len(lines)):
            pass
    assert len(search.hits) == 399
    assert search.hits == looked(lines, "tujuh satu dua").hits


def test_no_more_hits_are_told_apart_than_anybody_goes_through() -> None:
    search = looked([Line((Run("a b " * 200, BODY),))] * 200, "a")
    assert search.full
    assert len(search.hits) == MOST


def test_two_megabytes_are_looked_through_in_short_slices() -> None:
    lines = laid_out("Warga kampung memanen padi, café pun ramai sejak pagi hari. " * 36_000)
    search, looks = Search("pagi hari"), 1
    while search.look(lines, complete=True):
        looks += 1
    assert search.full
    assert looks > 20
