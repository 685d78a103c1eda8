from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kaltimtui.document import Span
from kaltimtui.ui.setting.lines import (
    BLANK,
    Flow,
    Look,
    Role,
    Run,
    balanced_width,
    clean,
    indented,
    span_lines,
    span_look,
    wrap,
)

BODY = Look((Role.BODY,))
CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
WRITTEN = st.text(
    st.sampled_from("abc  \n-/日本한🙂👩ñé\u0301\u200d\ufe0f\u200c❤☎بِسْم\t\u00ad\x1b\x9b\u202e"),
    max_size=120,
)


def told(value: str, width: int) -> list[str]:
    return [line.text for line in wrap(value, BODY, width)]


@pytest.mark.parametrize(
    ("value", "width", "lines"),
    [
        ("harga beras turun", 12, ["harga beras", "turun"]),
        ("harga beras turun", 11, ["harga beras", "turun"]),
        ("harga  beras \t turun ", 40, ["harga beras turun"]),
        ("harga\nberas", 40, ["harga", "beras"]),
        ("harga \n\n beras", 40, ["harga", "", "beras"]),
        ("", 40, []),
        (" \n ", 40, []),
        ("menjagapasokan", 5, ["menja", "gapas", "okan"]),
        ("di menjagapasokan", 8, ["di", "menjagap", "asokan"]),
        ("日本放送協会", 5, ["日本", "放送", "協会"]),
        ("di 日本放送協会", 8, ["di 日本", "放送協会"]),
        ("👩‍👩‍👧👩‍👩‍👧", 3, ["👩‍👩‍👧", "👩‍👩‍👧"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("日", 1, ["日"]),
        ("\u200d\u200daaa", 2, ["aa", "a"]),
        ("naik Rp\u00a05.000", 8, ["naik", "Rp\u00a05.000"]),
    ],
)
def test_lines_break_at_spaces_and_between_graphemes(
    value: str, width: int, lines: list[str]
) -> None:
    assert told(value, width) == lines


def test_letters_with_many_marks_are_one_cell_each() -> None:
    letter = "e" + "\u0301" * 8
    assert told(letter * 90, 40) == [letter * 40, letter * 40, letter * 10]


def test_a_hyphen_parts_longer_words_only() -> None:
    assert told("perbatasan Indonesia-Malaysia", 24) == ["perbatasan Indonesia-", "Malaysia"]
    assert told("semua Dinas Sosial se-Kaltim", 24) == ["semua Dinas Sosial", "se-Kaltim"]
    assert told("tahun anggaran 2013-2018", 21) == ["tahun anggaran", "2013-2018"]


@pytest.mark.parametrize("doubled", ["Detik-detik", "batu-batu", "anak-anaknya"])
def test_a_doubled_word_is_not_parted(doubled: str) -> None:
    for room in range(6, len(doubled)):
        assert told(f"jelang {doubled}", room + 7) == ["jelang", doubled]


def test_a_doubled_word_wider_than_a_line_is_parted_at_its_hyphen() -> None:
    assert told("perusahaan-perusahaan", 16) == ["perusahaan-", "perusahaan"]


def test_an_address_breaks_after_its_marks() -> None:
    said = told("https://example.org/berita/posyandu", 26)
    assert said == ["https://example.org/", "berita/posyandu"]


@given(st.text(" ab-/.", max_size=60), st.integers(-1, 9))
def test_the_narrowest_room_is_enough(value: str, width: int) -> None:
    assert all(len(line) <= max(1, width) for line in told(value, width))


@given(WRITTEN, st.integers(2, 40))
def test_no_line_is_too_wide_and_no_letter_is_lost(value: str, width: int) -> None:
    lines = told(value, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == re.sub(r"[ \n]", "", clean(value))
    assert not CONTROL.search("".join(lines))


@given(st.lists(WRITTEN, max_size=6), st.integers(2, 40), st.integers(2, 40))
def test_the_ink_is_the_same_at_any_width(values: list[str], width: int, other: int) -> None:
    flow = Flow((value, Look((Role.BODY,), str(at))) for at, value in enumerate(values))
    inks = [
        sum(line.ink for line in flow.lines(cells) if line is not BLANK) for cells in (width, other)
    ]
    assert inks[0] == inks[1] == len(re.sub(r"[ \n]", "", flow.text))


@given(st.lists(WRITTEN, max_size=6), st.integers(2, 40))
def test_runs_keep_their_looks(values: list[str], width: int) -> None:
    flow = Flow((value, Look((Role.BODY,), str(at))) for at, value in enumerate(values))
    letters: dict[str, str] = {}
    for line in flow.lines(width):
        for run in line.runs:
            assert run.text
            letters[str(run.look.href)] = letters.get(str(run.look.href), "") + run.text
    for at, value in enumerate(values):
        expected = re.sub(r"[ \n]", "", clean(value))
        assert letters.get(str(at), "").replace(" ", "") == expected


def test_spaces_of_two_spans_are_one() -> None:
    (line,) = Flow((("beras ", BODY), (" medium", BODY), (" ", BODY))).lines(40)
    assert line.text == "beras medium"


@given(st.text("abc def", min_size=1, max_size=80), st.integers(4, 30))
def test_balanced_takes_no_more_lines(value: str, width: int) -> None:
    flow = Flow(((value, BODY),))
    assert len(list(flow.balanced(width))) == len(list(flow.lines(width)))


def test_balanced_leaves_no_word_alone() -> None:
    said = "Rakor Teknis Pembangunan Kesejahteraan Sosial"
    lines = [line.text for line in Flow(((said, BODY),)).balanced(40)]
    assert lines == ["Rakor Teknis Pembangunan", "Kesejahteraan Sosial"]
    assert balanced_width("satu", 40) == 40


def test_a_heading_as_long_as_a_book_is_not_balanced() -> None:
    lines = list(Flow((("kata " * 5000, BODY),)).balanced(40))
    assert {len(line.text) for line in lines} == {39}


def test_a_very_long_paragraph_comes_in_lots() -> None:
    spans = (Span("kata " * 20_000), Span("akhir", strong=True))
    lines = list(span_lines(spans, Role.BODY, 40))
    said = " ".join(line.text for line in lines)
    assert said == "kata " * 20_000 + "akhir"
    assert lines[-1].runs[-1].look.roles == (Role.BODY, Role.STRONG)


def test_a_very_long_word_comes_in_lots() -> None:
    lines = list(span_lines((Span("x" * 100_000),), Role.BODY, 50))
    assert sum(len(line.text) for line in lines) == 100_000


def test_a_lead_stands_before_the_first_line_only() -> None:
    lines = list(span_lines((Span("turun " * 4),), Role.BODY, 12, (("Harga: ", BODY),)))
    assert [line.text for line in lines] == ["Harga: turun", "turun turun", "turun"]


def test_only_web_addresses_are_links() -> None:
    link = span_look(Span("x", strong=True, href="https://example.org/"), Role.QUOTE)
    assert link == Look((Role.QUOTE, Role.STRONG, Role.LINK), "https://example.org/")
    for href in ("javascript:alert(1)", "file:///etc/passwd", "", None):
        assert span_look(Span("x", href=href), Role.BODY) == BODY


def test_an_indent_stands_before_every_line() -> None:
    first, rest = (Run("1. ", BODY),), (Run("   ", BODY),)
    lines = indented(wrap("satu dua", BODY, 5), first, rest)
    assert [line.text for line in lines] == ["1. satu", "   dua"]
