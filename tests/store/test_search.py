from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.query import QueryError
from kaltimtui.query.tree import Text
from kaltimtui.store import expressions, search, views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))))
    texts = {
        "Banjir di Samarinda": "Sungai Mahakam meluap.",
        "Rapat Anti-Korupsi": "Ibu kota baru, kata gubernur. Café buka.",
        "Kota Ibu": "Banjiran kecil; title:rahasia OR NEAR",
    }
    library.store_articles(
        SourceData("Warta", "feed"),
        [_said(title, words, number) for number, (title, words) in enumerate(texts.items())],
    )
    yield library
    library.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.find(str(tmp_path)))
    yield library
    library.close()


def _said(title: str, words: str, number: int) -> ArticleData:
    from kaltimtui.document import Document, paragraph

    return ArticleData(title, guid=str(number), document=Document((paragraph(words),)))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("banjir", ["Banjir di Samarinda"]),
        ("BANJIR mahakam", ["Banjir di Samarinda"]),
        ("banjir*", ["Banjir di Samarinda", "Kota Ibu"]),
        ("ibu kota", ["Rapat Anti-Korupsi", "Kota Ibu"]),
        ('"ibu kota"', ["Rapat Anti-Korupsi"]),
        ("anti-korupsi", ["Rapat Anti-Korupsi"]),
        ("cafe", ["Rapat Anti-Korupsi"]),
        ('"title:rahasia"', ["Kota Ibu"]),
        ("title:rahasia", []),
        ("banjir NOT mahakam", []),
        ("mahakam OR gubernur", ["Banjir di Samarinda", "Rapat Anti-Korupsi"]),
        ("tidakada", []),
        ("", []),
        (" . ", []),
    ],
)
def test_a_search_finds_the_articles_that_hold_all_the_words(
    library: Library, query: str, titles: list[str]
) -> None:
    view = View(ViewKind.SEARCH, query=query)
    assert [row.title for row in library.rows(view)] == titles
    assert library.count(view) == Count(len(titles), len(titles))


@given(
    st.text(alphabet=st.characters(), max_size=30)
    | st.text(alphabet='ab"*^:()-+{} AND', max_size=30)
)
def test_a_query_is_answered_or_refused_at_a_place_in_it(library: Library, query: str) -> None:
    view = View(ViewKind.SEARCH, query=query)
    refused = None
    try:
        found = library.rows(view)
    except QueryError as error:
        refused = error
    if refused is None:
        assert len(found) == library.count(view).total
    else:
        assert 0 <= refused.start <= refused.end <= len(query)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("banjir*", ["Banjir di Samarinda"]),
        ("KOT*", ["Kota Ibu"]),
        ("kecil ib*", ["Kota Ibu"]),
        ('"di sam"*', ["Banjir di Samarinda"]),
        ("mahak*", []),
        ("%*", []),
        ("b_njir*", []),
        ("banjir", ["Banjir di Samarinda"]),
    ],
)
def test_a_beginning_that_is_too_common_is_looked_for_in_headlines(
    library: Library, monkeypatch: pytest.MonkeyPatch, query: str, titles: list[str]
) -> None:
    monkeypatch.setattr(search, "WORDS", 0)
    monkeypatch.setattr(search, "too_common", lambda _connection, _beginning: True)
    view = View(ViewKind.SEARCH, query=query)
    rows = library.rows(view)
    assert [row.title for row in rows] == titles
    assert library.count(view).total == len(titles)
    assert [library.position(view, row.key) for row in rows] == list(range(len(rows)))


def test_a_beginning_is_taken_apart_into_the_words_that_begin_so(
    fresh: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.store_articles(
        SourceData("Warta", "feed"), [_said("Méja mejan mejar", "mej emeja MEJA", 7)]
    )
    with fresh._database.reading() as connection:
        assert search.words(connection, "mej") == ("mej", "meja", "mejan", "mejar")
        assert search.words(connection, "MÉJA") == ("meja", "mejan", "mejar")
        assert search.words(connection, "di atas mejan") == ("di atas mejan",)
        assert search.words(connection, "xyz") == ()
        for beginning in ("", "mej-", "ßme"):
            assert search.words(connection, beginning) is None
        monkeypatch.setattr(search, "WORDS", 3)
        assert search.words(connection, "mej") is None
        assert search.words(connection, "meja") == ("meja", "mejan", "mejar")


def test_beginnings_find_what_is_kept_later_too(fresh: Library) -> None:
    view = View(ViewKind.SEARCH, query="mej* mejak*")
    assert fresh.rows(view) == []
    fresh.store_articles(SourceData("Warta", "feed"), [_said("Mejaku", "mejakmu", 7)])
    assert [row.title for row in fresh.rows(view)] == ["Mejaku"]


def test_a_search_of_many_beginnings_names_so_many_words_and_no_more(
    fresh: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expressions, "_WORDS", 1)
    fresh.store_articles(SourceData("Warta", "feed"), [_said("Meja", "mejan kursi", 7)])
    with fresh._database.reading() as connection:
        made = expressions.Expressions(connection)
        assert made.expression(Text("mej", prefix=True)) == '("meja" OR "mejan")'
        assert made.expression(Text("kur", prefix=True)) == '"kur" *'
    (row,) = fresh.rows(View(ViewKind.SEARCH, query="mej* kur*"))
    assert row.title == "Meja"


def test_how_common_a_beginning_is_is_told_by_its_part_of_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library.open(Paths.find(str(tmp_path)))
    for batch in range(3):
        library.store_articles(
            SourceData("Warta", "feed"),
            [
                _said(f"Judul {number}", f"{'sama ' * 30} méja{number:05} zaman{number}", number)
                for number in range(batch * 1_000, batch * 1_000 + 1_000)
            ],
        )
    monkeypatch.setattr(search, "COMMON", 4)
    with library._database.reading() as connection:
        common = [
            beginning
            for beginning in ("meja", "MÉJ", "besar-me", "sama", "meja00001", "x", "zam", "")
            if search.too_common(connection, beginning)
        ]
    assert common == ["meja", "MÉJ", "besar-me", "zam", ""]
    library.close()


def test_hits_are_counted_up_to_a_bound(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "COUNTED", 1)
    assert library.count(View(ViewKind.SEARCH, query="ibu kota")) == Count(1, 1)
