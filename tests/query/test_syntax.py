from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.query import QueryError, parse, printed
from kaltimtui.query.syntax import DEEPEST, LONGEST, MOST_TERMS
from kaltimtui.query.tree import (
    Aged,
    And,
    Dated,
    Field,
    In,
    Is,
    Not,
    Or,
    Query,
    Sort,
    State,
    Term,
    Text,
)

if TYPE_CHECKING:
    from kaltimtui.i18n import Language

A, B, C = Text("a"), Text("b"), Text("c")


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", None),
        ("  ", None),
        ("-- !", None),
        ("a", A),
        ("a b", And((A, B))),
        ("a and b AND c", And((A, B, C))),
        ("a or b c", Or((A, And((B, C))))),
        ("(a or b) c", And((Or((A, B)), C))),
        ("(a b) c", And((A, B, C))),
        ("a or (b or c)", Or((A, B, C))),
        ("-a", Not(A)),
        ("not a b", And((Not(A), B))),
        ("-(a b)", Not(And((A, B)))),
        ("not not a", Not(Not(A))),
        ("a - b", And((A, B))),
        ("a-b", Text("a-b")),
        ("pem*", Text("pem", prefix=True)),
        ("harga*-beras", Text("harga*-beras")),
        ('"harga beras"', Text("harga beras")),
        ('"harga ber"*', Text("harga ber", prefix=True)),
        ('"and"', Text("and")),
        ("and*", Text("and", prefix=True)),
        ("dan atau bukan", And((Text("dan"), Text("atau"), Text("bukan")))),
        ("NEAR(a b)", And((Text("NEAR"), A, B))),
        ("{a}:b^2 + c", And((Text("{a}:b^2"), C))),
        ("http://a.id/b", Text("http://a.id/b")),
        ("08:30", Text("08:30")),
        ("bukanfield:a", Text("bukanfield:a")),
        ("judul:a", In(Field.TITLE, A)),
        ("TITLE:a", In(Field.TITLE, A)),
        ('isi:"a b"', In(Field.BODY, Text("a b"))),
        ("kategori:a*", In(Field.CATEGORY, Text("a", prefix=True))),
        ("sumber:a:b", In(Field.SOURCE, Text("a:b"))),
        ("tag:a/b-c", In(Field.TAG, Text("a/b-c"))),
        ("dateline:a author:b note:c", None),
        ("is:unread", Is(State.UNREAD)),
        ("is:belum-dibaca", Is(State.UNREAD)),
        ("-ada:gambar", Not(Is(State.IMAGE))),
        ("sejak:2023-1", Dated(since="2023-01")),
        ("until:2023-06-30", Dated(until="2023-06-30")),
        ("tanggal:kemarin", Dated("yesterday", "yesterday")),
        ("year:2013", Dated("2013", "2013")),
        ("date:2013..2014-02", Dated("2013", "2014-02")),
        ("umur:<7d", Aged(younger=True, amount=7, unit="d")),
        ("age:>2minggu", Aged(younger=False, amount=2, unit="w")),
    ],
)
def test_what_is_written_means(typed: str, root: Term | None) -> None:
    if typed.startswith("dateline"):
        root = And((In(Field.PLACE, A), In(Field.BYLINE, B), In(Field.NOTE, C)))
    assert parse(typed) == Query(root)


def test_an_order_may_stand_anywhere() -> None:
    for typed in ("urut:terlama a b", "a sort:oldest b", "a b urut:oldest"):
        assert parse(typed) == Query(And((A, B)), Sort.OLDEST)
    assert parse("sort:title") == Query(None, Sort.TITLE)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("()", ")"),
        ("(a", "("),
        ("a)", ")"),
        ('a "b', '"b'),
        ("a or", ""),
        ("or a", "or"),
        ("a or or b", "or"),
        ("and a", "and"),
        ("a and", ""),
        ("not", ""),
        ("a not or b", "or"),
        ("judul:", "judul:"),
        ("judul: a", "judul:"),
        ("judul:-", "-"),
        ("judull:a", "judull:"),
        ("is:bagus", "bagus"),
        ("a is:", "is:"),
        ("sejak:besok", "besok"),
        ("sejak:2023-13", "2023-13"),
        ("date:2013..besok", "besok"),
        ("sampai:2023-02-30", "2023-02-30"),
        ("tanggal:2024..2023", "2024..2023"),
        ("a tanggal:2024-02-01..2024-01 b", "2024-02-01..2024-01"),
        ("date:today..yesterday", "today..yesterday"),
        ("sejak:2024 a sampai:2023", "sampai:2023"),
        ("sampai:2023 and (sejak:2024)", "(sejak:2024)"),
        ("a or tahun:2023 tahun:2024", "tahun:2024"),
        ("(sejak:2024 a) sampai:2023 b", "sampai:2023"),
        ("sampai:2023 (b (sejak:2024 a))", "(b (sejak:2024 a))"),
        ("umur:7", "7"),
        ("umur:<7x", "<7x"),
        ("sort:acak", "acak"),
        ("(" * (DEEPEST + 1) + "a", "("),
        ("a " * (MOST_TERMS + 1), "a"),
        ("a" * (LONGEST + 1), "a"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(typed: str, wrong: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    error = caught.value
    assert typed[error.start : error.end] == wrong
    assert error.message


def test_an_error_says_what_is_expected() -> None:
    for typed, expected in (
        ("judull:a", "judul"),
        ("is:bagus", "belum, dibaca, bintang"),
        ("sejak:besok", "kemarin"),
        ("sort:acak", "terbaru, terlama"),
        ("umur:7", "<7hari, >2minggu, <12jam, >1tahun."),
        ("tanggal:2024..2023", "tanggal:2023..2024."),
        ("sampai:kemarin sejak:hari-ini", "tanggal:kemarin..hari-ini."),
        ("a or", "inflasi"),
    ):
        with pytest.raises(QueryError) as caught:
            parse(typed)
        assert expected in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "expected", "other"),
    [
        ("is:bagus", "unread, read, starred", "belum"),
        ("has:bagus", "image, note, tag", "gambar"),
        ("sejak:besok", "today, yesterday", "kemarin"),
        ("sort:acak", "newest, oldest", "terbaru"),
        ("umur:7", "<7d, >2w, <12h, >1y.", "hari"),
        ("tanggal:hari-ini..kemarin", "date:yesterday..today.", "tanggal"),
    ],
)
def test_what_is_expected_is_named_in_the_language_spoken(
    typed: str, expected: str, other: str
) -> None:
    i18n.set_language("en")
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert expected in caught.value.hint
    assert other not in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("inf", Text("inf", prefix=True)),
        ("inf ", Text("inf")),
        ('"inf"', Text("inf")),
        ('"harga ber', Text("harga ber")),
        ("a (b", And((A, Text("b", prefix=True)))),
        ("a or", A),
        ("or", Text("or", prefix=True)),
        ("a not", And((A, Text("not", prefix=True)))),
        ("a or ", A),
        ("a not ", A),
        ("a -", A),
        ("a judul:", A),
        ("judul:a", In(Field.TITLE, Text("a", prefix=True))),
        ("a is:un", A),
        ("a sejak:20", A),
        ("a umur:<", A),
        ("a tanggal:2024-05..2024-1", A),
    ],
)
def test_what_is_being_typed_means_what_it_may_become(typed: str, root: Term) -> None:
    assert parse(typed, live=True) == Query(root)


@pytest.mark.parametrize(
    "typed",
    [
        "tanggal:2024..2024-01",
        "tanggal:2024-06..2024",
        "sejak:2024 or sampai:2023",
        "sejak:2024 -sampai:2023",
        "sejak:2024 -(tahun:2023)",
        "tanggal:minggu-ini..bulan-lalu",
        "sejak:2030 sampai:hari-ini",
    ],
)
def test_a_time_that_some_day_may_have_is_none_that_ends_before_it_begins(typed: str) -> None:
    assert parse(typed).root


def test_a_time_that_is_being_typed_may_still_come_to_end_after_it_begins() -> None:
    assert parse("sejak:2024-05 sampai:2024-1", live=True) == parse("sejak:2024-05")
    with pytest.raises(QueryError):
        parse("sejak:2024-05 sampai:2024-1 ", live=True)


@given(data=st.data())
def test_what_is_printed_means_the_same(data: st.DataObject, queries: object) -> None:
    assert isinstance(queries, st.SearchStrategy)
    query = data.draw(queries)
    languages: tuple[Language, Language] = ("id", "en")
    for language in languages:
        assert parse(printed(query, language)) == query


_ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='ab:-()"* <>./', max_size=40),
    st.lists(
        st.sampled_from(
            ["a", "or", "and", "not", "-", "(", ")", '"', "judul:", "is:", "unread", "umur:", "*"]
        )
        | st.sampled_from(["<7d", "sejak:", "2023", "..", "kemarin", ":", "/", "tanggal:", " "]),
        max_size=14,
    ).map("".join),
)


@given(_ANYTHING)
def test_any_text_is_read_or_refused_by_an_error_that_points_into_it(typed: str) -> None:
    for live in (False, True):
        try:
            query = parse(typed, live=live)
        except QueryError as error:
            assert 0 <= error.start <= error.end <= len(typed)  # noqa: PT017 - what a refusal holds
        else:
            assert parse(printed(query, "id")) == query


def test_the_longest_and_deepest_searches_are_read() -> None:
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == Query(A)
    assert parse("-(" * (DEEPEST // 2) + "a" + ")" * (DEEPEST // 2))
    each = [f"a{number}" for number in range(MOST_TERMS)]
    assert parse(" or ".join(each)) == Query(Or(tuple(map(Text, each))))
    assert parse(" or ".join(["a"] * MOST_TERMS)) == Query(A)
    assert parse("a" * LONGEST) == Query(Text("a" * LONGEST))
