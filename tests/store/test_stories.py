"""The same story in several sources: what is joined, what the lists leave out, what is counted."""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kaltimtui import sketch
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.store import articles, incoming, keys, marks, search, sources, stories
from kaltimtui.store import telling as clauses
from kaltimtui.store.keys import DAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
SECONDS = keys.seconds_of(NOW)
SOURCES = [SourceData(f"Warta {n}", "feed", f"https://warta-{n}.example/rss") for n in range(5)]
WORDS = [
    f"{a}{b}{c}" for a in ("ba", "ke", "di", "se") for b in ("la", "ngu", "ri") for c in "aiuo"
]

CHOSEN = "(SELECT id FROM article ORDER BY uid LIMIT 1 OFFSET ?)"
LEFT_OUT = f"SELECT count(*), coalesce(sum(unread), 0) FROM telling WHERE {clauses.LEFT_OUT}"


def text_of(story: int, words: int = 120) -> str:
    return " ".join(random.Random(story).choices(WORDS, k=words))


def telling(story: int, hours: float = 0, *, name: str = "") -> ArticleData:
    """An article that tells a story, so many hours ago."""
    return ArticleData(
        f"Judul {name}",
        guid=f"{story} {name}",
        published=Stamp(NOW - timedelta(hours=hours), "time"),
        document=Document((paragraph(text_of(story)),)),
    )


def written(words: list[str], **said: str) -> ArticleData:
    """An article of these words, of now."""
    stamp = Stamp(NOW, "time")
    text = Document((paragraph(" ".join(words)),))
    return ArticleData("Judul", published=stamp, document=text, **said)  # type: ignore[arg-type] # texts alone


def keep(library: Library, source: int, *said: ArticleData, at: int = SECONDS) -> list[int]:
    """Keep articles of a source and join their stories; their uids."""
    with library._database.writing() as connection:
        owner, _new = sources.add(connection, SOURCES[source], at)
        indexing = search.Indexing()
        stored = articles.store(connection, owner, incoming.ready(said, at), indexing, at)
        stories.finish(connection, indexing, at)
    return list(stored.uids)


def join(connection: sqlite3.Connection, uids: Iterable[int], at: int = SECONDS) -> int:
    return stories.join(connection, [fresh(connection, place(connection, uid)) for uid in uids], at)


def fresh(connection: sqlite3.Connection, id_: int) -> tuple[int, search.IndexTexts, bytes | None]:
    """What is told of an article that was kept."""
    texts = articles.indexed_texts(connection, id_)
    return id_, texts, sketch.sketch(texts[1], texts[0])


def place(connection: sqlite3.Connection, uid: int) -> Any:
    return connection.execute("SELECT id FROM article WHERE uid = ?", (uid,)).fetchone()[0]


def ask(library: Library, query: str, *parameters: object) -> list[Any]:
    with library._database.reading() as connection:
        return connection.execute(query, parameters).fetchall()


def change(library: Library, query: str, *parameters: object) -> None:
    with library._database.writing() as connection:
        connection.execute(query, parameters)


def firsts(library: Library) -> set[int]:
    query = "SELECT uid FROM telling JOIN article ON article.id = article_id WHERE first = 1"
    return {uid for (uid,) in ask(library, query)}


def told_with(library: Library, uid: int) -> list[int]:
    with library._database.reading() as connection:
        return stories.told_with(connection, uid)


def others(library: Library, *uids: int) -> list[int]:
    shown = {row.id: row.others for row in library.rows(View(), limit=1_000)}
    for id_, count in shown.items():
        assert (library.row(id_).others, library.article(id_).others) == (count, count)
    return [shown[keys.public_id(uid)] for uid in uids]


# --- what is joined --------------------------------------------------------------------------


def test_a_story_in_three_sources_is_one(library: Library) -> None:
    (one,) = keep(library, 0, telling(1, 5))
    assert told_with(library, one) == []
    assert others(library, one) == [0]
    (two,) = keep(library, 1, telling(1, 4), at=SECONDS + 1)
    (three,) = keep(library, 2, telling(1, 6), at=SECONDS + 2)
    (other,) = keep(library, 3, telling(2, 5), at=SECONDS + 3)
    assert told_with(library, one) == [two, three]
    assert told_with(library, three) == [one, two]
    assert told_with(library, other) == []
    assert others(library, one, two, three, other) == [2, 2, 2, 0]
    assert firsts(library) == {one}


def test_of_those_that_came_at_once_the_oldest_is_first(library: Library) -> None:
    (newer,) = keep(library, 0, telling(1, 4))
    (older,) = keep(library, 1, telling(1, 5))
    assert firsts(library) == {older}
    assert told_with(library, newer) == [older]


def test_one_source_has_one_article_in_a_story(library: Library) -> None:
    one, again = keep(library, 0, telling(1, 5, name="a"), telling(1, 4, name="b"))
    assert ask(library, "SELECT * FROM telling") == []
    (two,) = keep(library, 1, telling(1, 5))
    assert len(told_with(library, two)) == 1
    assert sorted(len(told_with(library, uid)) for uid in (one, again)) == [0, 1]


@pytest.mark.parametrize(("hours", "joined"), [(119, True), (121, False)])
def test_days_apart_they_are_two_stories(library: Library, hours: int, joined: bool) -> None:
    (one,) = keep(library, 0, telling(1, 0))
    (two,) = keep(library, 1, telling(1, hours))
    assert told_with(library, one) == ([two] if joined else [])


def test_old_articles_have_no_sketch(library: Library) -> None:
    keep(library, 0, telling(1, 24 * 61))
    keep(library, 1, telling(1, 24 * 61))
    assert ask(library, "SELECT count(*) FROM sketch") == [(0,)]
    assert ask(library, "SELECT count(*) FROM telling") == [(0,)]


def test_two_stories_become_one_where_one_tells_both(library: Library) -> None:
    first, second = text_of(1, 100).split(), text_of(2, 100).split()
    both = written(first[:70] + second + first[70:], guid="both")
    tellers = [
        *keep(library, 0, written(first, guid="a"), at=SECONDS + 1),
        *keep(library, 1, written(first, guid="a"), at=SECONDS + 2),
        *keep(library, 2, written(second, guid="b")),
        *keep(library, 3, written(second, guid="b"), at=SECONDS + 3),
    ]
    assert len(ask(library, "SELECT DISTINCT story FROM telling")) == 2
    (last,) = keep(library, 4, both, at=SECONDS + 4)
    assert set(told_with(library, last)) == set(tellers)
    assert len(ask(library, "SELECT DISTINCT story FROM telling")) == 1
    assert firsts(library) == {tellers[2]}


def test_two_stories_stay_two_where_a_source_has_both(library: Library) -> None:
    first, second = text_of(1, 100).split(), text_of(2, 100).split()
    both = written(first[:70] + second + first[70:], guid="both")
    keep(library, 0, written(first, guid="a"), written(second, guid="b"))
    keep(library, 1, written(first, guid="a"))
    keep(library, 2, written(second, guid="b"))
    (last,) = keep(library, 3, both)
    assert len(told_with(library, last)) == 2
    assert len(ask(library, "SELECT DISTINCT story FROM telling")) == 2


def test_a_foot_that_stands_everywhere_finds_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "COMMON", 3)
    keep(library, 0, *(telling(1, n, name=str(n)) for n in range(3)))
    (other,) = keep(library, 1, telling(1))
    assert told_with(library, other) == []


def test_to_join_again_changes_nothing(library: Library) -> None:
    uids = keep(library, 0, telling(1, 5)) + keep(library, 1, telling(1, 4))
    before = ask(library, "SELECT * FROM telling"), ask(library, "SELECT * FROM shingle")
    with library._database.writing() as connection:
        assert join(connection, uids) == 0
    assert before == (ask(library, "SELECT * FROM telling"), ask(library, "SELECT * FROM shingle"))


def test_an_article_that_is_gone_already_joins_nothing(library: Library) -> None:
    keep(library, 0, telling(1))
    with library._database.writing() as connection:
        (found,) = connection.execute("SELECT id FROM article")
        id_, texts, made = fresh(connection, *found)
        assert stories.join(connection, [(id_ + 3, texts, made)], SECONDS) == 0


def test_a_text_that_changed_is_looked_at_again(library: Library) -> None:
    (one,) = keep(library, 0, telling(1, 5))
    (two,) = keep(library, 1, telling(2, 5, name="x"))
    assert told_with(library, one) == []
    said = replace(telling(1, 5, name="x"), guid="2 x")
    (same,) = keep(library, 1, said, at=SECONDS + 9)
    assert same == two
    assert told_with(library, one) == [two]
    assert ask(library, "SELECT count(*) FROM sketch") == [(2,)]
    assert ask(library, "SELECT count(*) FROM shingle") == [(2 * stories.LOOKED_UP,)]


def test_a_text_cut_short_gives_its_sketch_up(library: Library) -> None:
    keep(library, 0, telling(1, 5, name="x"))
    short = Document((paragraph("Ralat."),))
    said = ArticleData("Judul x", guid="1 x", published=Stamp(NOW, "time"), document=short)
    keep(library, 0, said)
    assert ask(library, "SELECT count(*) FROM shingle") in ([(0,)], [(stories.LOOKED_UP,)])
    with library._database.writing() as connection:
        stories.prune(connection, SECONDS + incoming.SKETCHED + DAY)
    assert ask(library, "SELECT count(*) FROM shingle") == [(0,)]


# --- what leaves a story -----------------------------------------------------------------------


@pytest.fixture
def three(library: Library) -> list[int]:
    """A story in three sources, in the order they were kept."""
    return [keep(library, n, telling(1, 5 - n), at=SECONDS + n)[0] for n in range(3)]


def test_where_the_first_is_deleted_the_next_is_first(library: Library, three: list[int]) -> None:
    change(library, "DELETE FROM article WHERE uid = ?", three[0])
    assert firsts(library) == {three[1]}
    assert told_with(library, three[1]) == [three[2]]


def test_where_one_is_left_there_is_no_story(library: Library, three: list[int]) -> None:
    change(library, "DELETE FROM article WHERE uid IN (?, ?)", three[0], three[2])
    assert ask(library, "SELECT * FROM telling") == []
    assert ask(library, "SELECT * FROM retold") == [(0, 0)]


def test_where_the_first_is_put_aside_the_next_is_first_until_it_is_back(
    library: Library, three: list[int]
) -> None:
    change(library, "UPDATE article SET aside = 2 WHERE uid = ?", three[0])
    assert firsts(library) == {three[1]}
    assert told_with(library, three[1]) == [three[2]]
    assert others(library, three[1]) == [1]
    assert ask(library, LEFT_OUT) == [(1, 1)]
    change(library, "UPDATE article SET aside = 0 WHERE uid = ?", three[0])
    assert firsts(library) == {three[0]}
    assert ask(library, "SELECT * FROM retold") == [(2, 2)]


def test_where_a_source_is_removed_the_next_is_first(library: Library, three: list[int]) -> None:
    (source,) = ask(library, "SELECT source_id FROM article WHERE uid = ?", three[0])[0]
    library.remove_source(source)
    assert firsts(library) == {three[1]}
    library.undo()
    assert firsts(library) == {three[0]}


def test_a_story_of_which_all_is_aside_has_no_first(library: Library, three: list[int]) -> None:
    change(library, "UPDATE article SET aside = 2")
    assert firsts(library) == set()
    assert ask(library, "SELECT * FROM retold") == [(0, 0)]
    assert told_with(library, three[0]) == []


def test_an_article_that_moves_stays_in_its_story(library: Library, three: list[int]) -> None:
    moved = ArticleData(
        "Judul ",
        guid="1 ",
        published=Stamp(NOW - timedelta(hours=50), "time"),
        document=telling(1).document,
    )
    assert keep(library, 0, moved, at=SECONDS + 9) == [three[0]]
    assert told_with(library, three[0]) == three[1:]
    assert ask(library, "SELECT count(*) FROM telling JOIN article ON id = article_id") == [(3,)]
    assert firsts(library) == {three[0]}


def test_what_is_read_counts_as_read(library: Library, three: list[int]) -> None:
    assert ask(library, "SELECT * FROM retold") == [(2, 2)]
    library.mark([keys.public_id(three[1])], [Marking("read", True)])
    assert ask(library, "SELECT * FROM retold") == [(2, 1)]
    library.undo()
    assert ask(library, "SELECT * FROM retold") == [(2, 2)]


def test_to_choose_one_may_choose_all_that_tell_the_same(
    library: Library, three: list[int]
) -> None:
    (alone,) = keep(library, 0, telling(2))
    with library._database.writing() as connection:
        marks.choose(connection, [three[1], alone])
        stories.choose_others(connection)
        chosen = {uid for (uid,) in connection.execute("SELECT uid FROM chosen")}
    assert chosen == {*three, alone}


# --- pruning -----------------------------------------------------------------------------------


def test_old_sketches_go_and_stories_stay(
    library: Library, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "PRUNED", 2)
    later = SECONDS + incoming.SKETCHED - 3 * 3600 + 1
    with library._database.writing() as connection:
        assert not stories.prunable(connection, SECONDS)
        for left in (True, False):
            assert stories.prunable(connection, later + DAY)
            stories.prune(connection, later + DAY)
            assert stories.prunable(connection, later + DAY) is left
    assert ask(library, "SELECT count(*) FROM sketch") == [(0,)]
    assert ask(library, "SELECT count(*) FROM shingle") == [(0,)]
    assert len(told_with(library, three[0])) == 2


def test_pruning_leaves_what_is_recent(library: Library) -> None:
    keep(library, 0, telling(1, 0), telling(2, 240))
    with library._database.writing() as connection:
        stories.prune(connection, SECONDS + incoming.SKETCHED - 5 * DAY)
    assert ask(library, "SELECT count(*) FROM sketch") == [(1,)]
    assert ask(library, "SELECT count(*) FROM shingle") == [(stories.LOOKED_UP,)]


# --- how it is asked ---------------------------------------------------------------------------


HELD = (
    ("article_aside", "aside & 2 = 0 AND aside = 0"),
    ("article_unread", "unread = 1 AND aside & 2 = 0 AND aside = 0"),
)
LISTS = [
    f"FROM article INDEXED BY {index} WHERE {where} AND {clauses.NOT_LEFT_OUT}"
    for index, where in HELD
]
OUT = f"SELECT count(*) FROM telling WHERE {clauses.LEFT_OUT} AND article_id BETWEEN 1 AND 9"


@pytest.mark.parametrize(
    "query",
    [
        *(f"SELECT id {held} AND id BETWEEN 1 AND 9 ORDER BY id DESC LIMIT 200" for held in LISTS),
        *(f"SELECT id {held} AND id BETWEEN 1 AND 9 ORDER BY id ASC LIMIT 200" for held in LISTS),
        f"{OUT} AND unread IN (0, 1)",
        f"{OUT} AND unread = 1",
    ],
)
def test_no_list_is_scanned_or_sorted(library: Library, query: str) -> None:
    plan = [row[-1] for row in ask(library, f"EXPLAIN QUERY PLAN {query}")]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step], plan


def test_what_joining_asks_is_found_by_keys(library: Library, three: list[int]) -> None:
    asked: list[str] = []
    with library._database.writing() as connection:
        connection.set_trace_callback(asked.append)
        stories.told_with(connection, three[0])
        connection.execute("DELETE FROM sketch")
        join(connection, three)
        connection.set_trace_callback(None)
        for query in {query for query in asked if query.startswith(("SELECT", "INSERT", "UPDATE"))}:
            plan = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
            assert not [step for step in plan if step.startswith("SCAN article")], (query, plan)


# --- whatever is done --------------------------------------------------------------------------


class Machine(RuleBasedStateMachine):
    """Does to a library, in any order, what may befall the articles of a story."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.library = Library.open(Paths.find(self.folder), clock=lambda: NOW)
        self.at = SECONDS

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)

    @rule(
        source=st.integers(0, 4),
        said=st.lists(
            st.builds(
                lambda story, hours, name: telling(story, hours, name=name),
                st.integers(1, 3),
                st.sampled_from((0, 30, 100, 200)),
                st.sampled_from(("a", "b")),
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda article: article.guid,
        ),
        seconds=st.integers(-5, 5),
    )
    def arrive(self, source: int, said: list[ArticleData], seconds: int) -> None:
        keep(self.library, source, *said, at=self.at + seconds)

    @rule(which=st.integers(0, 20), aside=st.sampled_from((0, 1, 2)))
    def put_aside(self, which: int, aside: int) -> None:
        change(self.library, f"UPDATE article SET aside = ? WHERE id = {CHOSEN}", aside, which)

    @rule(which=st.integers(0, 20), unread=st.booleans())
    def read(self, which: int, unread: bool) -> None:
        change(self.library, f"UPDATE article SET unread = ? WHERE id = {CHOSEN}", unread, which)

    @rule(which=st.integers(0, 20))
    def delete(self, which: int) -> None:
        """As retention does, which leaves the sketch for pruning."""
        with self.library._database.writing() as connection:
            query = "SELECT id, uid FROM article ORDER BY uid LIMIT 1 OFFSET ?"
            for id_, uid in connection.execute(query, (which,)).fetchall():
                connection.execute("DELETE FROM body WHERE article_id = ?", (id_,))
                connection.execute("DELETE FROM identity WHERE uid = ?", (uid,))
                connection.execute("DELETE FROM article WHERE id = ?", (id_,))

    @rule(days=st.integers(50, 70))
    def prune(self, days: int) -> None:
        with self.library._database.writing() as connection:
            stories.prune(connection, self.at + days * DAY)

    @invariant()
    def stories_have_articles_of_several_sources(self) -> None:
        stray = (
            "SELECT * FROM telling LEFT JOIN article ON article.id = article_id WHERE id IS NULL"
        )
        assert ask(self.library, stray) == []
        for total, apart in ask(
            self.library,
            "SELECT count(*), count(DISTINCT source_id)"
            " FROM telling JOIN article ON article.id = article_id GROUP BY story",
        ):
            assert total == apart >= 2

    @invariant()
    def the_first_is_that_which_was_kept_first(self) -> None:
        elected = ask(
            self.library,
            "SELECT story, article.id FROM telling JOIN article ON article.id = article_id"
            " WHERE article.aside = 0 ORDER BY first_seen DESC, article.id DESC",
        )
        firsts = ask(self.library, "SELECT story, article_id FROM telling WHERE first = 1")
        assert dict(elected) == dict(firsts)
        assert len(firsts) == len(dict(firsts))

    @invariant()
    def copies_are_as_the_articles_are(self) -> None:
        assert ask(
            self.library,
            "SELECT count(*) FROM telling JOIN article ON article.id = article_id"
            " WHERE telling.unread <> article.unread OR telling.aside <> article.aside"
            " OR telling.kept <> article.first_seen",
        ) == [(0,)]

    @invariant()
    def pages_and_counts_are_what_is_not_told_again(self) -> None:
        """By definition: of each story, the lists show what was kept first of it."""
        shown = {
            id_: unread
            for id_, unread, first in ask(
                self.library,
                "SELECT id, article.unread, coalesce(first, 1) FROM article"
                " LEFT JOIN telling ON article_id = id WHERE article.aside = 0 ORDER BY id DESC",
            )
            if first
        }
        page = ask(
            self.library,
            f"SELECT id FROM article WHERE aside = 0 AND {clauses.NOT_LEFT_OUT} ORDER BY id DESC",
        )
        assert [id_ for (id_,) in page] == list(shown)
        kept = "SELECT count(*), coalesce(sum(unread), 0) FROM article WHERE aside = 0"
        (total, unread), (left, left_unread) = (
            *ask(self.library, kept),
            *ask(self.library, LEFT_OUT),
        )
        assert ask(self.library, "SELECT * FROM retold") == [(left, left_unread)]
        assert (total - left, unread - left_unread) == (len(shown), sum(shown.values()))
        for position, id_ in enumerate(shown):
            above = f"{kept} AND id > ?"
            ((all_, _),) = ask(self.library, above, id_)
            ((out, _),) = ask(self.library, f"{LEFT_OUT} AND article_id > ?", id_)
            assert all_ - out == position


TestStories = Machine.TestCase
TestStories.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
