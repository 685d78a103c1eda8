"""Where the words of a search stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.query import parse
from kaltimtui.query.marking import marker, placed
from kaltimtui.query.tree import Field
from kaltimtui.query.words import tokens

LINE = "Wali kota: harga\nberas kenaikan NAIKNYA, hárga beras."


def found(query: str, text: str, field: Field = Field.BODY) -> list[str]:
    return [text[start:end] for start, end in marker(parse(query)).places(text, field)]


@given(st.text(alphabet=st.characters(), max_size=40))
def test_words_stand_where_the_tokenizer_finds_them(text: str) -> None:
    there = list(placed(text))
    assert [token for token, _place in there] == tokens(text)
    assert all(tokens(text[start:end]) == [token] for token, (start, end) in there)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("harga", ["harga", "hárga"]),
        ('"harga beras"', ["harga\nberas", "hárga beras"]),
        ("naik*", ["NAIKNYA"]),
        ("wali kota", ["Wali", "kota"]),
        ('wali "wali kota"', ["Wali kota"]),
        ("-harga wali", ["Wali"]),
        ("judul:wali", []),
        ("isi:wali or (kota and is:unread)", ["Wali", "kota"]),
        ("sumber:wali tanggal:2023", []),
        ("wal", []),
    ],
)
def test_what_a_search_asks_for_is_marked(query: str, expected: list[str]) -> None:
    assert found(query, LINE) == expected


def test_words_of_a_field_are_marked_in_that_field_alone() -> None:
    assert found("judul:wali", LINE, Field.TITLE) == ["Wali"]
    assert found("isi:wali", LINE, Field.TITLE) == []


def test_a_search_for_no_words_marks_nothing() -> None:
    assert not marker(parse("is:unread"))
    assert marker(parse("banjir"))
    assert found("", LINE) == []


def test_a_snippet_stands_round_the_first_hit() -> None:
    text = "kata " * 100 + LINE + " lagi" * 100
    said = marker(parse("naik*")).snippet(text)
    assert said.startswith("…kata kata")
    assert "harga beras kenaikan NAIKNYA" in said
    assert said.endswith("…")
    assert len(said) < 300


def test_a_short_text_is_its_own_snippet_and_one_without_a_hit_has_none() -> None:
    assert marker(parse("wali")).snippet(LINE) == " ".join(LINE.split())
    assert marker(parse("mahakam")).snippet(LINE) == ""
    assert marker(parse("b")).snippet("a" * 500 + ".b").endswith(".b")
