"""The counters, the marks' working copies and the index stay right whatever is done."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kaltimtui import importing
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, Outcome, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.store import incoming, keys, steps

SOURCES = (
    SourceData("Portal", "portal"),
    SourceData("Warta", "feed", "https://warta.example/rss"),
    SourceData("Contoh", "sample"),
)
TAGS = st.sampled_from(("a", "b", "a/b", "a/b/c", "A", "a b"))
MARKINGS = st.one_of(
    st.builds(Marking, st.sampled_from(("read", "starred", "later", "hidden")), st.booleans()),
    st.builds(Marking, st.just("tag"), TAGS, st.booleans()),
    st.builds(Marking, st.just("note"), st.sampled_from((None, "isi x", "isi y"))),
)
VIEWS = st.sampled_from(
    [
        View(),
        View(ViewKind.UNREAD),
        View(ViewKind.STARRED),
        View(ViewKind.SOURCE, source=1),
        View(ViewKind.CATEGORY, source=1, category=1),
        View(ViewKind.SEARCH, query="isi"),
        View(ViewKind.TODAY),
        View(ViewKind.WEEK),
        View(ViewKind.NOTES),
        View(ViewKind.HIDDEN),
        View(ViewKind.TAG, tag="a"),
    ]
)
TAGGED = """
SELECT DISTINCT tag.name, article.id FROM mark_tag JOIN article USING(uid)
JOIN tag ON tag.name IN (mark_tag.tag, substr(mark_tag.tag, 1, length(tag.name)))
  AND substr(mark_tag.tag || '/', length(tag.name) + 1, 1) = '/'
WHERE aside < 2 AND tag.name <> ''
UNION SELECT '', article.id FROM mark JOIN article USING(uid) WHERE note IS NOT NULL AND aside < 2
"""
"""What the tags must hold, worked out from the marks alone."""
TALLIED = """
SELECT 'later', count(*), coalesce(sum(unread), 0) FROM article WHERE later = 1 AND aside < 2
UNION SELECT 'starred', count(*), coalesce(sum(unread), 0) FROM article
WHERE starred = 1 AND aside < 2
"""
ARTICLES = st.builds(
    lambda number, words, category, day, image: ArticleData(
        f"Judul {number}",
        url=f"https://a.example/{number}",
        guid=str(number) if number % 2 else None,
        category=category,
        image=image,
        published=day and Stamp(datetime(2026, 11, day, tzinfo=WITA), "day"),
        document=Document((paragraph(words),)),
    ),
    st.integers(0, 6),
    st.sampled_from(("isi", "isi lain", "teks")),
    st.sampled_from((None, "Sosial", "Agama")),
    st.sampled_from((None, 3, 24)),
    st.sampled_from((None, "https://a.example/a.jpg")),
)


class Machine(RuleBasedStateMachine):
    """Does to a library, in any order, all that can be done to it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.now = datetime(2026, 11, 24, tzinfo=UTC)
        self.library = self._open()

    def _open(self) -> Library:
        return Library.open(Paths.find(self.folder), clock=lambda: self.now)

    @rule(source=st.sampled_from(SOURCES), said=st.lists(ARTICLES, min_size=1, max_size=4))
    def store(self, source: SourceData, said: list[ArticleData]) -> None:
        self.now += timedelta(minutes=1)
        self.library.store_articles(source, said)

    @rule(
        batch=st.lists(
            st.tuples(st.integers(1, 4), st.lists(ARTICLES, max_size=4), st.booleans()), max_size=4
        )
    )
    def fetch(self, batch: list[tuple[int, list[ArticleData], bool]]) -> None:
        self.now += timedelta(minutes=1)
        fetched = [
            importing.Fetched(
                source,
                incoming.ready(said, keys.seconds_of(self.now)),
                Outcome(source, self.now, None) if over else None,
            )
            for source, said, over in batch
        ]
        before = self.library.count(View()).total
        kept = importing.keep_fetched(self.library.database, fetched, self.now)
        new = sum(one.stored.new for one in kept)
        known = {node.id: node.kind for node in self.library.navigation().sources}
        assert all(
            not one.stored.uids
            for one, f in zip(kept, fetched, strict=True)
            if f.source not in known
        )
        if "sample" not in known.values():
            assert self.library.count(View()).total == before + new

    @rule(view=VIEWS, markings=st.lists(MARKINGS, min_size=1, max_size=3), skip=st.integers(0, 3))
    def mark(self, view: View, markings: list[Marking], skip: int) -> None:
        rows = self.library.rows(view, skip=skip, limit=2)
        self.library.mark([row.id for row in rows], markings)

    @rule(view=VIEWS, marking=MARKINGS)
    def mark_all(self, view: View, marking: Marking) -> None:
        self.library.mark_view(view, marking)

    @rule()
    def undo(self) -> None:
        self.library.undo()

    @rule()
    def redo(self) -> None:
        self.library.redo()

    @rule()
    def there_and_back(self) -> None:
        """A source that was fetched anew is back without a step: the first time there differs."""
        steps = self._undo_all()
        start = self._state()
        self._redo(steps)
        end = self._state()
        assert self._undo_all() == steps
        assert self._state() == start
        self._redo(steps)
        assert self._state() == end

    def _undo_all(self) -> int:
        steps = 0
        while self.library.undo():
            steps += 1
        return steps

    def _redo(self, steps: int) -> None:
        for _ in range(steps):
            assert self.library.redo()

    @rule(tag=TAGS, new=TAGS)
    def rename_tag(self, tag: str, new: str) -> None:
        if tag in {node.name for node in self.library.tags()}:
            self.library.rename_tag(tag, new)

    @rule(tag=TAGS)
    def remove_tag(self, tag: str) -> None:
        if tag in {node.name for node in self.library.tags()}:
            self.library.remove_tag(tag)

    @rule(tag=TAGS, colour=st.sampled_from(("red", "#0a0b0c", None)))
    def colour_tag(self, tag: str, colour: str | None) -> None:
        if tag in {node.name for node in self.library.tags()}:
            self.library.colour_tag(tag, colour)

    @precondition(lambda self: self.library.navigation().sources)
    @rule(choice=st.integers(0, 2), name=st.sampled_from(("Satu", "Dua")))
    def change_source(self, choice: int, name: str) -> None:
        nodes = self.library.navigation().sources
        if name not in {node.name for node in nodes}:
            with self.library._database.writing() as connection:
                now = keys.seconds_of(self.now)
                source = nodes[choice % len(nodes)].id
                steps.rename_source(connection, source, name, now)
                steps.set_source(connection, source, {"folder": name, "minutes": 9}, now)

    @precondition(lambda self: self.library.navigation().sources)
    @rule(choice=st.integers(0, 2))
    def remove_source(self, choice: int) -> None:
        nodes = self.library.navigation().sources
        self.library.remove_source(nodes[choice % len(nodes)].id)

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = self._open()

    def _state(self) -> list[Any]:
        with self.library._database.reading() as connection:
            return [
                connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                for table in ("article", "counter", "source", "mark_tag", "hidden", "tagged")
            ] + [
                connection.execute("SELECT name, colour, total, unread FROM tag").fetchall(),
                connection.execute("SELECT source_id, minutes FROM fetching").fetchall(),
                connection.execute(
                    "SELECT uid, read, starred, later, note FROM mark"
                    " WHERE read OR starred OR later OR note IS NOT NULL ORDER BY uid"
                ).fetchall(),
            ]

    @invariant()
    def nothing_is_wrong(self) -> None:
        report = self.library.doctor()
        assert report.ok, report

    @invariant()
    def every_list_is_as_long_as_it_says(self) -> None:
        navigation = self.library.navigation()
        for view, count in (
            (View(), navigation.all),
            (View(ViewKind.TODAY), navigation.today),
            (View(ViewKind.STARRED), navigation.starred),
            (View(ViewKind.LATER), navigation.later),
            (View(ViewKind.WEEK), navigation.week),
            (View(ViewKind.NOTES), navigation.notes),
            (View(ViewKind.HIDDEN), self.library.count(View(ViewKind.HIDDEN))),
            *((View(ViewKind.TAG, tag=node.name), node.count) for node in navigation.tags),
            *((View(ViewKind.SOURCE, source=node.id), node.count) for node in navigation.sources),
        ):
            rows = self.library.rows(view)
            assert (len(rows), sum(not row.read for row in rows)) == (count.total, count.unread)

    @invariant()
    def tags_and_tallies_are_what_the_marks_say(self) -> None:
        with self.library._database.reading() as connection:
            wanted = set(connection.execute(TAGGED))
            unread = dict(connection.execute("SELECT id, unread FROM article"))
            query = "SELECT name, article_id FROM tagged JOIN tag ON tag.id = tag_id"
            assert sorted(connection.execute(query)) == sorted(wanted)
            for name, *counted in connection.execute("SELECT name, total, unread FROM tag"):
                ids = [id_ for tag, id_ in wanted if tag == name]
                assert counted == [len(ids), sum(unread[id_] for id_ in ids)]
            query = "SELECT name, total, unread FROM tally"
            assert sorted(connection.execute(query)) == sorted(connection.execute(TALLIED))

    @invariant()
    def what_is_hidden_is_where_it_belongs(self) -> None:
        with self.library._database.reading() as connection:
            wrong = connection.execute(
                "SELECT count(*) FROM article JOIN source ON source.id = source_id"
                " LEFT JOIN hidden ON hidden.uid = article.uid"
                " WHERE article.aside <> iif("
                "  source.aside >= 2 AND starred = 1 AND hidden.uid IS NULL, 1,"
                "  source.aside | 2 * (hidden.uid IS NOT NULL))"
                " OR hidden.article_id <> article.id"
            )
            assert wrong.fetchone() == (0,)

    @invariant()
    def notes_are_found_by_their_words(self) -> None:
        with self.library._database.reading() as connection:
            noted = connection.execute("SELECT uid FROM mark WHERE note IS NOT NULL").fetchall()
            found = "SELECT rowid FROM note_fts WHERE note_fts MATCH ?"
            assert set(connection.execute(found, ("isi",))) == set(noted)

    def teardown(self) -> None:
        with self.library._database.writing() as connection:
            connection.execute("INSERT INTO fts(fts) VALUES('integrity-check')")
            connection.execute("INSERT INTO note_fts(note_fts) VALUES('integrity-check')")
        self.library.close()
        shutil.rmtree(self.folder)


Machine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestMachine = Machine.TestCase
