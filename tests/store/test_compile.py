from __future__ import annotations

import random
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaltimtui.dates import Stamp
from kaltimtui.document import Document, Image, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.query import Query, Subject, matches, parse, printed, tree
from kaltimtui.query.syntax import DEEPEST, LONGEST, MOST_TERMS
from kaltimtui.query.tree import Aged, And, Dated, Field, In, Is, Not, Or, State, Term, Text
from kaltimtui.store import codec, compile, held, keys, search, views  # noqa: A004 - the module

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

SAID = ("Banjir", "banjir-rob", "hargá beras", "beras", "harga", "Gubernur", "ibu kota", "IBU")
PLACES = ("Samarinda", "Kutai Barat", "Balikpapan", None)
BYLINES = ("Rina", "Bu Rina", None)
CATEGORIES = ("Sosial", "sosiál", "Agama", None)
SOURCES = ("Warta Kota", "warta kóta", "Kabar", "Contoh", "Lama")
TAGS = ("kliping", "a", "a/b", "A", "ab")
NOTES = ("Cek harga beras", "ibu")
ROWS = 240


class Filled(NamedTuple):
    """A store, and all that is in it."""

    connection: sqlite3.Connection
    now: datetime
    articles: dict[int, Subject]
    """By their keys."""
    asides: dict[int, int]
    library: Library

    def __repr__(self) -> str:
        return "filled"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Articles of five sources, with any mark; one source is the sample, one was removed."""
    from datetime import datetime

    from kaltimtui.dates import WITA

    now = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
    library = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=lambda: now)
    chance = random.Random(4)
    for place, name in enumerate(SOURCES):
        kind: Any = "sample" if name == "Contoh" else "feed"
        url = f"https://{place}.example/rss"
        library.store_articles(
            SourceData(name, kind, url),
            [_made(chance, now, number) for number in range(place, ROWS, 5)],
        )
    for number in range(0, ROWS, 6):  # some of them change
        library.store_articles(
            SourceData(SOURCES[number % 5], "feed", f"https://{number % 5}.example/rss"),
            [_made(chance, now, number)],
        )
    ids = [row.id for row in library.rows(View(), limit=ROWS)]
    ids += [row.id for row in library.rows(View(ViewKind.SOURCE, source=5), limit=ROWS)]
    for marking in (
        *(Marking("tag", tag) for tag in TAGS),
        *(Marking("note", note) for note in NOTES),
        *(Marking(field, True) for field in ("starred", "later", "read", "hidden")),
    ):
        library.mark(chance.sample(ids, len(ids) // 5), [marking])
    library.remove_source(6)
    with library._database.reading() as connection:
        articles, asides = _contents(connection)
        yield Filled(connection, now, articles, asides, library)
    library.close()


def _made(chance: random.Random, now: datetime, number: int) -> ArticleData:
    ago = chance.choice(
        [timedelta(minutes=number), timedelta(days=number), timedelta(days=9 * number)]
    )
    return ArticleData(
        " ".join(chance.choices(SAID, k=2)) + f" {number}",
        guid=str(number),
        category=chance.choice(CATEGORIES),
        dateline=chance.choice(PLACES),
        byline=chance.choice(BYLINES),
        image=chance.choice((None, "https://x.example/a.jpg")),
        published=Stamp(now - ago, "time"),
        document=Document(
            (
                *chance.choice(((), (Image("https://x.example/b.jpg"),))),
                paragraph(" ".join(chance.choices(SAID, k=4))),
            )
        ),
    )


def _contents(connection: sqlite3.Connection) -> tuple[dict[int, Subject], dict[int, int]]:
    """What tables hold, without a look at the indexes of words and of tags."""
    articles: dict[int, Subject] = {}
    asides: dict[int, int] = {}
    found = connection.execute(
        "SELECT article.id, article.uid, title, dateline, category.name, source.name, unread,"
        " article.starred, article.later, versions, article.aside, data, note"
        " FROM article JOIN body ON article_id = article.id JOIN source ON source.id = source_id"
        " LEFT JOIN category ON category.id = category_id LEFT JOIN mark ON mark.uid = article.uid"
    ).fetchall()
    for id_, uid, title, place, category, source, unread, starred, later, *rest in found:
        versions, aside, data, note = rest
        said = codec.unpack(data)
        tags = [
            tag for (tag,) in connection.execute("SELECT tag FROM mark_tag WHERE uid = ?", (uid,))
        ]
        hidden = connection.execute("SELECT 1 FROM hidden WHERE uid = ?", (uid,)).fetchone()
        states = {
            State.UNREAD: unread,
            State.READ: not unread,
            State.STARRED: starred,
            State.LATER: later,
            State.EDITED: versions > 1,
            State.IMAGE: "image" in said,
            State.NOTE: note is not None,
            State.TAG: tags,
            State.CLIPPED: "kliping" in tags,
            State.HIDDEN: hidden,
        }
        articles[id_] = Subject(
            keys.moment_at(id_ >> keys.ORDER_BITS),
            title,
            codec.document(said).plain(),
            place or "",
            said.get("byline", ""),
            note or "",
            category or "",
            source,
            tuple(tags),
            frozenset(state for state, has in states.items() if has),
        )
        # What is hidden of a source that was removed is in no list.
        asides[id_] = 9 if hidden and source == "Lama" else aside
    return articles, asides


def _meant(filled: Filled, query: Query) -> list[int]:
    """What a search finds, told without SQL."""
    conjuncts = query.root.terms if isinstance(query.root, tree.And) else (query.root,)
    hidden = _asks(conjuncts, lambda term: term == Is(State.HIDDEN))
    marked = _asks(conjuncts, _is_of_marks)
    return sorted(
        (
            id_
            for id_, subject in filled.articles.items()
            if (
                State.HIDDEN in subject.states and filled.asides[id_] < 9
                if hidden
                else filled.asides[id_] < 2
                if marked
                else filled.asides[id_] == 0
            )
            and matches(query, subject, filled.now)
        ),
        reverse=True,
    )


def _asks(terms: Any, holds: Any) -> bool:
    return any(
        holds(term)
        or (
            isinstance(term, Or)
            and all(
                _asks(part.terms if isinstance(part, tree.And) else (part,), holds)
                for part in term.terms
            )
        )
        for term in terms
    )


def _is_of_marks(term: Term) -> bool:
    states = {State.STARRED, State.LATER, State.CLIPPED, State.NOTE, State.TAG}
    fields = {Field.TAG, Field.NOTE, Field.SOURCE}
    if isinstance(term, Is):
        return term.state in states
    return isinstance(term, In) and term.field in fields


def _found(filled: Filled, query: Query) -> list[int]:
    """What SQL finds, list by list."""
    ids: list[int] = []
    for scope in compile.plan(filled.connection, query, filled.now).scopes:
        asked, bounds = views.ids_query(scope)
        own = [id_ for (id_,) in filled.connection.execute(asked, (*scope.parameters, *bounds))]
        assert own == sorted(own, reverse=True)
        ids += own
    return sorted(ids, reverse=True)


_WORDS = st.builds(
    Text,
    st.sampled_from([*SAID, "ban", "bani", "tidakada", "harga ber", "cek"]),
    st.booleans(),
)
_NAMES = st.builds(
    Text,
    st.sampled_from(["sosial", "warta kota", "contoh", "lama", "a", "kab", "tidakada"]),
    st.booleans(),
)
_PLACES = st.builds(Text, st.sampled_from(["samarinda", "kutai", "barat", "rina"]), st.booleans())
_DAYS = st.sampled_from(
    ["today", "this-week", "this-month", "2026", "2025", "2024-03", "2026-11-01"]
)
_LEAVES: st.SearchStrategy[Term] = st.one_of(
    _WORDS,
    st.builds(In, st.sampled_from([Field.TITLE, Field.BODY, Field.NOTE]), _WORDS),
    st.builds(In, st.sampled_from([Field.PLACE, Field.BYLINE]), _PLACES),
    st.builds(In, st.sampled_from([Field.CATEGORY, Field.SOURCE, Field.TAG]), _NAMES),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Dated, _DAYS, _DAYS | st.none()) | st.builds(Dated, st.none(), _DAYS),
    st.builds(Aged, st.booleans(), st.integers(0, 40), st.sampled_from("hdwm")),
)


def _joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(st.builds(Not, inner), several.map(tree.both), several.map(tree.either))


_QUERIES = st.builds(Query, st.none() | st.recursive(_LEAVES, _joined, max_leaves=8))


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_QUERIES, st.sampled_from([0, 10, compile.PROBED]))
@example(Query(), 0)
def test_what_sql_finds_is_what_is_meant(filled: Filled, query: Query, probed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compile, "PROBED", probed)
        assert _found(filled, query) == _meant(filled, query), printed(query, "id")


ASKED = (
    "gubernur",
    "harga beras",
    "tempat:samarinda is:unread",
    "sejak:2020 sampai:2025 banjir",
    "kategori:sosial",
    'sumber:"warta kota" banjir',
    "gubernur or is:starred",
    "is:starred or is:later or kategori:agama",
    "-gubernur",
    "is:unread",
    "is:read",
    "-is:unread",
    "-is:read banjir",
    "has:image is:read",
    "has:image or is:later",
    "is:later -banjir",
    "is:hidden",
    "is:hidden banjir",
    "is:clipped",
    "tag:a",
    "tag:a*",
    "has:note",
    "catatan:harga",
    "has:image",
    "is:edited",
    "umur:<7hari",
    "(banjir or tag:a) (is:later or sumber:kabar)",
    "-(banjir or is:starred)",
    "",
)


@pytest.mark.parametrize("typed", ASKED)
@pytest.mark.parametrize("probed", [0, compile.PROBED])
def test_no_list_is_sorted_or_read_without_an_index(
    filled: Filled, typed: str, probed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compile, "PROBED", probed)
    query = parse(typed)
    assert _found(filled, query) == _meant(filled, query)
    scopes = compile.plan(filled.connection, query, filled.now).scopes
    assert scopes
    for scope in scopes:
        for anchor in ({}, {"after": 1 << 40}, {"before": 1 << 20}):
            asked, bounds = views.page_query(scope, **anchor)
            values = (*scope.parameters, *bounds, 9, 0)
            plan = filled.connection.execute(f"EXPLAIN QUERY PLAN {asked}", values)
            steps = [step for *_numbers, step in plan]
            allowed = r"SCAN (chosen|fts VIRTUAL|note_fts VIRTUAL|json_each VIRTUAL|CONSTANT ROW)"
            assert not [s for s in steps if "SCAN" in s and not re.match(allowed, s)], steps
            assert not [step for step in steps if "B-TREE" in step], steps


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(ViewKind.UNREAD),
        View(ViewKind.STARRED),
        View(ViewKind.WEEK),
        View(ViewKind.NOTES),
        View(ViewKind.TAG, tag="a"),
        View(ViewKind.HIDDEN),
        View(ViewKind.SOURCE, source=4),
        View(ViewKind.CATEGORY, source=2, category=1),
    ],
    ids=lambda view: view.kind,
)
@pytest.mark.parametrize("typed", ["banjir", "is:later", "banjir or is:later", "-banjir", "tag:a"])
@pytest.mark.parametrize("probed", [0, compile.PROBED])
def test_a_search_in_a_list_finds_what_of_it_is_meant(
    filled: Filled, view: View, typed: str, probed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compile, "PROBED", probed)
    query = parse(typed)
    found: list[int] = []
    whole: list[int] = []
    for base in held.base(filled.connection, view, filled.now):
        asked, bounds = views.ids_query(base)
        whole += [i for (i,) in filled.connection.execute(asked, (*base.parameters, *bounds))]
        for scope in compile.plan(filled.connection, query, filled.now, base).scopes:
            asked, bounds = views.ids_query(scope)
            found += [i for (i,) in filled.connection.execute(asked, (*scope.parameters, *bounds))]
    assert whole
    meant = [id_ for id_ in whole if matches(query, filled.articles[id_], filled.now)]
    assert sorted(found, reverse=True) == meant


def test_what_a_search_is_about_is_what_it_does_not_deny(filled: Filled) -> None:
    def about(typed: str) -> str | None:
        return compile.plan(filled.connection, parse(typed), filled.now).match

    assert about("banjir -beras is:read") == '"banjir"'
    assert about('banjir or judul:"harga beras" -(a b)') == '"banjir" OR {title} : "harga beras"'
    assert about("pem*") == '"pem" *'
    assert about("is:read -banjir") is None


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("has:image", "article_pictured"),
        ("is:read", "article_unread"),
        ("-is:unread", "article_unread"),
        ("-is:read", "article_unread"),
        ("is:dibaca -kategori:sosial", "article_unread"),
        ("is:edited -is:read", "article_edited"),
    ],
)
def test_what_holds_little_is_gone_through(filled: Filled, typed: str, index: str) -> None:
    (scope,) = compile.plan(filled.connection, parse(typed), filled.now).scopes
    assert scope.tables == f"article INDEXED BY {index}"


def test_a_time_without_a_moment_holds_nothing(filled: Filled) -> None:
    query = Query(And((Dated(since="2025"), Dated(until="2024"), Text("banjir"))))
    assert compile.plan(filled.connection, query, filled.now).scopes == ()


def test_beginnings_that_are_too_common_are_looked_for_in_headlines(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WORDS", 0)
    monkeypatch.setattr(search, "too_common", lambda _connection, _beginning: True)
    for typed, field in (("ban*", "title"), ("isi:ban*", "title"), ("tempat:kut*", "place")):
        beginning = typed.rpartition(":")[2].rstrip("*")
        meant = [
            id_
            for id_, subject in filled.articles.items()
            if filled.asides[id_] == 0 and f" {beginning}" in f" {getattr(subject, field)}".lower()
        ]
        assert _found(filled, parse(typed)) == sorted(meant, reverse=True)


def test_the_longest_and_deepest_searches_are_answered(filled: Filled) -> None:
    for typed in (
        "(" * DEEPEST + "banjir" + ")" * DEEPEST,
        "-(banjir " * (DEEPEST // 2) + ")" * (DEEPEST // 2),
        "(is:read or (banjir " * (DEEPEST // 2) + "))" * (DEEPEST // 2),
        "(is:read (is:later or -(banjir " * (DEEPEST // 4) + ")))" * (DEEPEST // 4),
        " or ".join(f"kata{number}" for number in range(MOST_TERMS)),
        " ".join(f"banjir -kata{number}" for number in range(MOST_TERMS // 2)),
        " or ".join(f"kata{number} is:read" for number in range(MOST_TERMS // 2)),
        " ".join(f"-tag:kata{number}" for number in range(MOST_TERMS)),
        " ".join(f"-kata{number}" for number in range(MOST_TERMS)),
        " ".join(f"(is:read or is:later or tag:{number})" for number in range(MOST_TERMS // 3)),
        "ab" * (LONGEST // 2),
        "a" * LONGEST,
    ):
        query = parse(typed)
        assert _found(filled, query) == _meant(filled, query)
