from __future__ import annotations

import subprocess
import sys
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.store import journal, keys, marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import Article
    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]

NOTE = Marking("note", "Cek angka")


@pytest.fixture
def ids(library: Library, portal: SourceData, make: Make) -> list[str]:
    library.store_articles(portal, [make(number) for number in range(5)])
    return [row.id for row in library.rows(View())]


def _marks(article: Article) -> tuple[Any, ...]:
    return article.read, article.starred, article.later, article.tags, article.note


@pytest.mark.parametrize(
    ("marking", "marks", "told"),
    [
        (Marking("read", True), (True, False, False, (), None), "read"),
        (Marking("starred", True), (False, True, False, (), None), "starred"),
        (Marking("later", True), (False, False, True, (), None), "later"),
        (Marking("hidden", True), (False, False, False, (), None), "hidden"),
        (Marking("tag", "kaji"), (False, False, False, ("kaji",), None), "tagged"),
        (NOTE, (False, False, False, (), "Cek angka"), "noted"),
    ],
)
def test_a_mark_is_set_told_of_taken_back_and_set_again(
    library: Library, ids: list[str], marking: Marking, marks: tuple[Any, ...], told: str
) -> None:
    nothing = _marks(library.article(ids[1]))
    change = library.mark([ids[1]], [marking])
    assert (change.articles, change.count) == ((ids[1],), 1)
    assert change.description == journal.describe(told, 1)
    assert _marks(library.article(ids[1])) == marks
    assert library.undo() == change
    assert _marks(library.article(ids[1])) == nothing
    assert library.redo() == change
    assert _marks(library.article(ids[1])) == marks
    assert _marks(library.article(ids[0])) == nothing


@pytest.mark.parametrize(
    ("given", "taken", "told"),
    [
        (Marking("read", True), Marking("read", False), "unread"),
        (Marking("starred", True), Marking("starred", False), "unstarred"),
        (Marking("later", True), Marking("later", False), "not-later"),
        (Marking("hidden", True), Marking("hidden", False), "unhidden"),
        (Marking("tag", "kaji"), Marking("tag", "kaji", remove=True), "untagged"),
        (NOTE, Marking("note", None), "unnoted"),
    ],
)
def test_a_mark_is_taken_away(
    library: Library, ids: list[str], given: Marking, taken: Marking, told: str
) -> None:
    nothing = _marks(library.article(ids[0]))
    library.mark(ids[:2], [given])
    marked = _marks(library.article(ids[0]))
    change = library.mark(ids, [taken])
    assert (change.count, set(change.articles)) == (2, set(ids[:2]))
    assert change.description == journal.describe(told, 2)
    assert _marks(library.article(ids[0])) == nothing
    library.undo()
    assert _marks(library.article(ids[0])) == marked


def test_what_is_so_already_is_no_step(library: Library, ids: list[str]) -> None:
    library.mark(ids, [Marking("read", True)])
    again = library.mark(ids[:2], [Marking("read", True), Marking("tag", "x", remove=True)])
    assert (again.count, again.articles) == (0, ())
    assert library.mark([], [Marking("read", True)]).count == 0
    undone = library.undo()
    assert undone is not None
    assert undone.count == 5
    assert library.undo() is None


def test_several_marks_at_once_are_one_step(library: Library, ids: list[str]) -> None:
    change = library.mark(ids[:2], [Marking("starred", True), NOTE, Marking("tag", "a")])
    assert (change.count, change.description) == (2, journal.describe("several", 2))
    library.undo()
    assert _marks(library.article(ids[0])) == (False, False, False, (), None)
    library.redo()
    assert _marks(library.article(ids[0])) == (False, True, False, ("a",), "Cek angka")


def test_each_note_comes_back_as_it_was(library: Library, ids: list[str]) -> None:
    for number, id_ in enumerate(ids[:3]):
        library.mark([id_], [Marking("note", f"Catatan {number}")])
    library.mark(ids, [Marking("note", "Sama")])
    library.undo()
    notes = [library.article(id_).note for id_ in ids]
    assert notes == ["Catatan 0", "Catatan 1", "Catatan 2", None, None]


def test_a_new_step_ends_what_could_be_done_again(library: Library, ids: list[str]) -> None:
    library.mark(ids[:1], [Marking("read", True)])
    library.undo()
    library.mark(ids[1:2], [Marking("starred", True)])
    assert library.redo() is None
    assert library.undo() is not None
    assert library.undo() is None


def test_steps_are_taken_back_across_restarts(
    library: Library, ids: list[str], paths: Paths, clock: Any
) -> None:
    library.mark(ids[:1], [Marking("read", True)])
    library.mark(ids[1:2], [Marking("starred", True)])
    library.undo()
    library.close()
    again = Library.open(paths, clock=clock)
    assert again.undo() is not None
    assert not again.article(ids[0]).read
    assert again.redo() is not None
    assert again.redo() is not None
    assert again.article(ids[0]).read
    assert again.article(ids[1]).starred
    again.close()


def test_the_journal_keeps_so_many_steps(
    library: Library, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEPT", 3)
    for value in (True, False, True, False, True):
        library.mark(ids[:1], [Marking("read", value)])
    steps = 0
    while library.undo():
        steps += 1
    assert steps == 3
    assert not library.article(ids[0]).read


@pytest.mark.parametrize(
    "marking",
    [
        Marking("read", "ya"),
        Marking("starred", None),
        Marking("note", True),
        Marking("note", "é" * (marks.NOTE_LIMIT // 2) + "x"),
        Marking("hidden", None),
        Marking("tag", None),
        Marking("tag", "\x1b\u202e "),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused_and_nothing_is_marked(
    library: Library, ids: list[str], marking: Marking
) -> None:
    with pytest.raises(UsageError):
        library.mark(ids, [Marking("later", True), marking])
    assert library.count(View(ViewKind.LATER)) == Count()
    assert library.undo() is None


def test_what_a_user_writes_is_cleaned(library: Library, ids: list[str]) -> None:
    library.mark(ids[:1], [Marking("note", "a\x1b[31m\r\nb "), Marking("tag", " x\x07\ny ")])
    kept = library.article(ids[0])
    assert (kept.note, kept.tags) == ("a[31m\nb", ("x y",))
    library.mark(ids[:1], [Marking("note", " \x1b ")])
    assert library.article(ids[0]).note is None


@pytest.mark.parametrize(
    "view",
    [
        View(ViewKind.SOURCE, source=1),
        View(ViewKind.SEARCH, query="isi"),
        View(ViewKind.UNREAD),
        View(ViewKind.CATEGORY, source=1, category=1),
    ],
)
def test_a_whole_list_is_marked_as_one_step(library: Library, ids: list[str], view: View) -> None:
    library.mark(ids[:2], [Marking("starred", True)])
    change = library.mark_view(view, Marking("read", True))
    assert (change.count, set(change.articles)) == (5, set(ids))
    assert library.navigation().all == Count(5, 0)
    library.undo()
    assert library.navigation().all == Count(5, 5)
    assert library.count(View(ViewKind.STARRED)) == Count(2, 2)


def test_every_marking_of_a_step_is_for_all_that_was_chosen(
    library: Library, ids: list[str]
) -> None:
    library.mark(ids[:2], [Marking("read", True)])
    change = library.mark(ids, [Marking("read", True), Marking("starred", True)])
    assert (change.count, library.count(View(ViewKind.STARRED)).total) == (5, 5)
    library.undo()
    assert library.count(View(ViewKind.STARRED)).total == 0
    assert library.navigation().all == Count(5, 3)


def test_a_list_is_settled_before_the_first_marking(library: Library, ids: list[str]) -> None:
    unread = View(ViewKind.SEARCH, query="is:unread")
    library.mark(ids[:1], [Marking("read", True)])
    wanted = [Marking("read", True), Marking("tag", "a"), Marking("hidden", True)]
    change = library.mark_view(unread, *wanted)
    assert (change.count, set(change.articles)) == (4, set(ids[1:]))
    assert library.count(View(ViewKind.HIDDEN)) == Count(4, 0)
    assert all(library.article(id_).tags == ("a",) for id_ in ids[1:])
    assert not library.article(ids[0]).tags
    library.undo()
    assert library.navigation().all == Count(5, 4)
    assert library.redo() == change


def test_opposite_markings_are_made_one_after_the_other(library: Library, ids: list[str]) -> None:
    library.mark(ids[:2], [Marking("tag", "a")])
    library.mark(ids, [Marking("tag", "a"), Marking("tag", "A", remove=True)])
    assert not any(library.article(id_).tags for id_ in ids)
    library.undo()
    assert [library.article(id_).tags for id_ in ids] == [("a",), ("a",), (), (), ()]


@pytest.mark.parametrize("several", [False, True])
def test_what_marking_would_change_is_told_beforehand(
    library: Library, ids: list[str], several: bool
) -> None:
    library.mark(ids[:2], [Marking("starred", True)])
    before = library.undo(), library.redo()
    markings = [Marking("starred", True), *[Marking("later", True)] * several]
    told = library.would_mark(View(), *markings)
    assert told == library.would_mark(ids, *markings)
    assert library.count(View(ViewKind.STARRED)).total == 2
    made = library.mark_view(View(), *markings)
    assert (told.count, told.description) == (made.count, made.description)
    assert set(told.articles) == set(made.articles)
    library.undo()
    assert (library.undo(), library.redo()) == before
    assert library.would_mark(ids[:2], Marking("starred", True)).count == 0
    with pytest.raises(UsageError):
        library.would_mark(["0" * 13], *markings)


def test_a_list_of_nothing_is_marked_without_a_step(library: Library, ids: list[str]) -> None:
    assert ids
    assert library.mark_view(View(ViewKind.SEARCH, query="-"), Marking("read", True)).count == 0
    assert library.undo() is None


def test_a_change_names_a_bounded_number_of_articles(
    library: Library, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "NAMED", 2)
    change = library.mark(ids, [Marking("read", True)])
    assert (change.count, len(change.articles)) == (5, 2)


def test_marks_meet_their_article_again_when_it_comes_back(
    library: Library, ids: list[str], portal: SourceData, make: Make
) -> None:
    library.mark(ids[:1], [Marking("starred", True), Marking("read", True)])
    with library._database.writing() as connection:
        for table in ("article", "body", "identity"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO fts(fts) VALUES('delete-all')")
    library.undo()
    library.redo()
    library.store_articles(portal, [make(number) for number in range(5)])
    kept = library.article(ids[0])
    assert (kept.starred, kept.read) == (True, True)
    assert library.navigation().all == Count(5, 4)


@pytest.mark.parametrize("changes", [b"", b"rubbish", zlib.compress(b"[[1]]"), zlib.compress(b"7")])
def test_a_step_that_cannot_be_read_is_passed_over(
    library: Library, portal: SourceData, make: Make, changes: bytes
) -> None:
    library.store_articles(portal, [make(1)])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("starred", True)])
    library.mark([row.id], [Marking("later", True)])
    with library._database.writing() as connection:
        connection.execute(
            "UPDATE journal SET changes = ? WHERE id = (SELECT max(id) FROM journal)", (changes,)
        )
    assert library.undo() is not None
    assert not library.article(row.id).starred
    assert library.undo() is None
    assert library.redo() is not None
    assert library.article(row.id).starred


def _noted(library: Library, words: str) -> list[str]:
    with library._database.reading() as connection:
        found = connection.execute("SELECT rowid FROM note_fts WHERE note_fts MATCH ?", (words,))
        return [keys.public_id(uid) for (uid,) in found]


def test_a_note_is_found_by_its_words_whatever_becomes_of_it(
    library: Library, ids: list[str]
) -> None:
    library.mark(ids[:2], [Marking("note", "# Judul\n\nCék *angka* banjir")])
    library.mark(ids[:1], [Marking("note", "Tanya dinas")])
    assert (_noted(library, "cek angka"), _noted(library, "dinas")) == ([ids[1]], [ids[0]])
    library.undo()
    assert sorted(_noted(library, "banjir")) == sorted(ids[:2])
    assert _noted(library, "dinas") == []
    library.mark(ids[:2], [Marking("note", None)])
    assert _noted(library, "banjir") == []


def test_a_note_of_a_megabyte_is_kept_as_it_is(library: Library, ids: list[str]) -> None:
    note = "\n\n".join(["* Cek **angka** tahun lalu"] * (marks.NOTE_LIMIT // 40))
    library.mark(ids[:1], [Marking("note", note)])
    assert library.article(ids[0]).note == note
    library.mark(ids[:1], [Marking("note", "x" * marks.NOTE_LIMIT)])
    library.undo()
    assert library.article(ids[0]).note == note


def test_what_is_hidden_is_hidden_again_when_it_comes_back(
    library: Library, ids: list[str], portal: SourceData, make: Make
) -> None:
    library.mark(ids[:2], [Marking("hidden", True), Marking("tag", "a"), Marking("starred", True)])
    with library._database.writing() as connection:
        for table in ("article", "body", "identity"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO fts(fts) VALUES('delete-all')")
    assert library.count(View(ViewKind.HIDDEN)) == Count()
    library.store_articles(portal, [make(number) for number in range(5)])
    assert {row.id for row in library.rows(View(ViewKind.HIDDEN))} == set(ids[:2])
    assert library.navigation().all == Count(3, 3)
    assert library.navigation().starred == library.count(View(ViewKind.TAG, tag="a")) == Count()
    library.undo()
    assert library.navigation().all == Count(5, 5)


def test_two_programs_mark_at_once_and_nothing_is_lost(
    library: Library, ids: list[str], paths: Paths
) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _MARKING, str(paths.data.parent), name, *ids],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("satu", "dua")
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.communicate()[0] for program in programs] == ["done\n"] * 2
    assert [program.returncode for program in programs] == [0, 0]
    for id_ in ids:
        wanted = sorted(f"{name}/{turn}" for name in ("satu", "dua") for turn in range(_TURNS))
        assert library.article(id_).tags == tuple(wanted)
    for name in ("satu", "dua"):
        assert library.count(View(ViewKind.TAG, tag=name)) == Count(5, 5)
    assert library.doctor().ok
    steps = 0
    while library.undo():
        steps += 1
    assert steps == 2 * _TURNS * len(ids)
    assert library.tags() == ()


_TURNS = 8
_MARKING = f"""
import sys
from kaltimtui.library import Library
from kaltimtui.models import Marking
from kaltimtui.paths import Paths

home, name, *ids = sys.argv[1:]
library = Library.open(Paths.find(home))
print("ready", flush=True)
sys.stdin.readline()
for turn in range({_TURNS}):
    for id_ in ids:
        library.mark([id_], [Marking("tag", f"{{name}}/{{turn}}")])
library.close()
print("done", flush=True)
"""
