"""What a search that is being typed may go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.query import Query, parse
from kaltimtui.query.completing import complete, with_sort
from kaltimtui.query.tree import Field, Sort, leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = {
    Field.SOURCE: ("Portal Kaltim", "Pos", "-30-"),
    Field.TAG: ("air/bersih", 'dua "kata"'),
    Field.PLACE: ("Samarinda",),
}


def values(field: Field, beginning: str) -> Sequence[str]:
    return [name for name in NAMES.get(field, ()) if name.lower().startswith(beginning.lower())]


def offered(typed: str, language: str = "id") -> tuple[str, ...]:
    found = complete(typed, len(typed), values, "en" if language == "en" else "id")
    assert 0 <= found.start <= found.end == len(typed)
    return tuple(typed[: found.start] + option for option in found.options)


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("ju", ("judul:",)),
        ("banjir ka", ("banjir kategori:",)),
        ("-su", ("-sumber:",)),
        ("(banjir or su", ("(banjir or sumber:",)),
        ("ti", ("title:",)),
        ("banjir", ()),
        ("judul:banjir", ()),
        ("sumber:", ('sumber:"Portal Kaltim"', "sumber:Pos", 'sumber:"-30-"')),
        ("sumber:PO", ('sumber:"Portal Kaltim"', "sumber:Pos")),
        ('-sumber:"portal k', ('-sumber:"Portal Kaltim"',)),
        ('sumber:"Pos"', ()),
        ("sumber:Pos", ()),
        ('"ju', ()),
        ("tag:a", ("tag:air/bersih",)),
        ("label:d", ('label:"dua  kata"',)),
        ("tempat:sa", ("tempat:Samarinda",)),
        ("is:b", ("is:belum", "is:bintang", "is:berubah")),
        ("is:un", ("is:unread",)),
        ("ada:", ("ada:gambar", "ada:catatan", "ada:tag")),
        ("tanggal:ke", ("tanggal:kemarin",)),
        ("tanggal:2023..h", ("tanggal:2023..hari-ini",)),
        ("umur:", ("umur:<24jam", "umur:<7hari", "umur:<30hari", "umur:<1tahun")),
        ("umur:>3m", ("umur:>3minggu",)),
        ("umur:x", ()),
        ("urut:r", ("urut:relevansi",)),
        ("https://x", ()),
    ],
)
def test_names_and_values_are_offered(typed: str, options: tuple[str, ...]) -> None:
    assert offered(typed) == options


def test_in_english_the_english_names_are_offered() -> None:
    assert offered("s", "en") == ("source:", "since:", "sort:")
    assert offered("is:", "en")[0] == "is:unread"
    assert offered("sort:re", "en") == ("sort:relevance",)


def test_where_a_word_may_begin_every_field_is_offered() -> None:
    assert offered("") == offered("banjir ")[:0] + tuple(
        option.removeprefix("banjir ") for option in offered("banjir ")
    )
    assert {"judul:", "is:", "umur:", "urut:"} <= set(offered(""))


def test_what_stands_behind_the_cursor_is_left_alone() -> None:
    found = complete("su banjir", 2, values, "id")
    assert (found.start, found.end, found.options) == (0, 2, ("sumber:",))


def test_what_is_offered_can_be_read() -> None:
    begun = ("sumber:", "tag:", "is:", "has:", "tanggal:", "sejak:", "umur:", "umur:9", "urut:")
    for typed in begun:
        assert offered(typed)
        for option in offered(typed):
            query = parse(option)
            assert query.sort or len(list(leaves(query.root))) == 1


@given(st.text(alphabet='ab:"()-.*<>7 sumber', max_size=30), st.integers(0, 30))
def test_it_never_fails_and_replaces_only_what_stands_before_the_cursor(
    typed: str, cursor: int
) -> None:
    cursor = min(cursor, len(typed))
    found = complete(typed, cursor, values, "id")
    assert found.start <= found.end == cursor


@pytest.mark.parametrize(
    ("typed", "sort", "expected"),
    [
        ("banjir", Sort.RELEVANCE, "banjir urut:relevansi"),
        ("banjir urut:terlama air", Sort.RELEVANCE, "banjir air urut:relevansi"),
        ("sort:relevance", None, ""),
        ("banjir  sort:relevance", None, "banjir"),
        ('"urut:a" b', None, '"urut:a" b'),
    ],
)
def test_another_order_is_asked_for_in_the_words_one_typed(
    typed: str, sort: Sort | None, expected: str
) -> None:
    assert with_sort(typed, sort, "id") == expected
    assert parse(expected).sort is sort


def test_an_order_alone_is_a_search() -> None:
    assert parse(with_sort("", Sort.OLDEST, "en")) == Query(None, Sort.OLDEST)
