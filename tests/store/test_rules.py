from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kaltimtui import importing, organising, subscriptions
from kaltimtui.importing import Fetched
from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.query import QueryError
from kaltimtui.rule import Notice, RuleAction
from kaltimtui.store import incoming, keys, rules, wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData, ArticleRow, SourceData
    from kaltimtui.organising import Organising
    from kaltimtui.paths import Paths
    from kaltimtui.rule import RuleKind
    from kaltimtui.store.wishes import WishKind

    from .conftest import Clock

READ, STAR, LATER = RuleAction("read"), RuleAction("star"), RuleAction("later")
HIDE, NOTIFY, WHOLE = RuleAction("hide"), RuleAction("notify"), RuleAction("full_text")


def tag(name: str) -> RuleAction:
    return RuleAction("tag", name)


@pytest.fixture
def organised(library: Library) -> Organising:
    return organising.of(library)


@pytest.fixture
def come(library: Library, feed: SourceData) -> Callable[..., list[Notice]]:
    """Keeps articles as a refresh does; what rules have to tell of them."""
    source, _new = subscriptions.of(library).add(feed)

    def come(*said: ArticleData) -> list[Notice]:
        notices: list[Notice] = []
        ready = incoming.ready(said, keys.seconds_of(library.now()))
        batch = [Fetched(source.id, ready)]
        importing.keep_fetched(library.database, batch, library.now(), notices.extend)
        return notices

    return come


def rows(library: Library, kind: ViewKind = ViewKind.ALL) -> list[ArticleRow]:
    return library.rows(View(kind))


def titles(library: Library, kind: ViewKind) -> list[str]:
    return [row.title for row in rows(library, kind)]


def steps(library: Library) -> list[tuple[str, int]]:
    with library.database.reading() as connection:
        return connection.execute("SELECT what, count FROM journal ORDER BY id").fetchall()


def wished(library: Library, kind: WishKind) -> int:
    with library.database.reading() as connection:
        return wishes.waiting(connection, kind)


# --- what they do --------------------------------------------------------------------------------


def test_each_action_is_done_to_what_is_found(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    actions = (READ, STAR, LATER, tag("kota/air"))
    organised.add_rule("Banjir", "banjir", actions)
    come(make(1, words="banjir besar"), make(2, words="pasar"))
    other, found = rows(library)
    assert (found.read, found.starred, found.later, found.tags) == (True, True, True, ("kota/air",))
    assert (other.read, other.starred, other.later, other.tags) == (False, False, False, ())
    assert steps(library)[-1] == ("rule-applied:Banjir", 1)


def test_what_is_hidden_is_in_its_own_list(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Iklan", "judul:judul iklan", [HIDE])
    come(make(1, words="iklan"), make(2, words="pasar"))
    assert titles(library, ViewKind.ALL) == ["Judul 2"]
    assert titles(library, ViewKind.HIDDEN) == ["Judul 1"]
    assert library.navigation().all.total == 1


def test_what_a_rule_did_is_told_of_and_taken_back(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [STAR, tag("air"), HIDE])
    organised.add_rule("Pasar", "pasar", [READ])
    come(*(make(n, words=word) for n, word in enumerate(["banjir", "pasar", "lain"])))
    undone = library.undo()
    assert undone is not None
    assert (undone.what, undone.count) == ("rule-applied", 2)
    assert undone.description.endswith(": Air, Pasar")
    assert len(undone.articles) == 2
    assert not any(row.read or row.starred or row.tags for row in rows(library))
    assert titles(library, ViewKind.HIDDEN) == []
    redone = library.redo()
    assert redone is not None
    assert redone.description == undone.description
    assert titles(library, ViewKind.HIDDEN) == ["Judul 0"]
    assert [row.read for row in rows(library)] == [False, True]


def test_rules_are_run_in_their_order(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    first, _change = organised.add_rule("Bintang", "tag:air", [STAR])
    organised.add_rule("Air", "banjir", [tag("air")])
    come(make(1, words="banjir"))
    organised.move_rule(first, 1)
    come(make(2, words="banjir"))
    assert [row.starred for row in rows(library)] == [True, False]
    assert [row.tags for row in rows(library)] == [("air",), ("air",)]


def test_only_what_is_new_is_marked(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    come(make(1, words="banjir"))
    organised.add_rule("Air", "banjir", [STAR])
    come(make(1, words="banjir"), make(2, words="banjir"))
    come(make(1, words="banjir dan rob"), make(2, words="banjir"))
    assert [row.starred for row in rows(library)] == [True, False]


def test_a_rule_that_is_off_or_cannot_be_read_does_nothing(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    off, _change = organised.add_rule("Mati", "banjir", [READ])
    organised.add_rule("Rusak", "banjir", [LATER])
    organised.add_rule("Kosong", "banjir", [STAR])
    organised.add_rule("Baik", "banjir", [tag("air")])
    organised.change_rule(off, enabled=False)
    with library.database.writing() as connection:
        connection.execute("UPDATE rule SET query = 'is:apa' WHERE name = 'Rusak'")
        connection.execute("UPDATE rule SET actions = '[[' WHERE name = 'Kosong'")
    come(make(1, words="banjir"))
    (row,) = rows(library)
    assert (row.read, row.starred, row.later, row.tags) == (False, False, False, ("air",))
    assert [bool(rule.trouble) for rule in organised.rules()] == [False, True, False, False]
    organised.change_rule(off, enabled=True)
    come(make(2, words="banjir"))
    assert rows(library)[0].read


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{}",
        "3",
        "null",
        '["read"]',
        '[["terbang", null]]',
        '[["tag", null]]',
        '[["a","b","c"]]',
    ],
)
def test_actions_that_are_not_known_are_left(kept: str) -> None:
    assert rules._actions(kept) == ()


def test_actions_come_back_as_they_were_given() -> None:
    given = [NOTIFY, tag(" kota  / air "), READ, NOTIFY, RuleAction("star", "lain")]
    assert rules._actions(rules.packed(given)) == (READ, STAR, tag("kota/air"), NOTIFY)


def test_what_the_user_marked_before_stays(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    come(make(1, words="banjir"))
    (row,) = rows(library)
    library.mark([row.id], [Marking("later", True)])
    with library.database.writing() as connection:
        connection.execute("DELETE FROM article")
        connection.execute("DELETE FROM body")
        connection.execute("DELETE FROM identity")
        connection.execute("INSERT INTO fts(fts) VALUES('delete-all')")
    organised.add_rule("Air", "banjir", [READ, tag("air")])
    come(make(1, words="banjir"), make(2, words="banjir"))
    new, back = rows(library)
    assert (new.read, new.tags) == (True, ("air",))
    assert (back.read, back.later, back.tags) == (False, True, ("air",))


def test_what_is_starred_and_cut_is_fetched(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [STAR])
    organised.add_rule("Utuh", "pasar", [WHOLE])
    come(make(1, words="banjir"), make(2, words="pasar"), make(3, words="pasar", url=None))
    assert (wished(library, "pictures"), wished(library, "text")) == (1, 2)
    assert steps(library)[-1] == ("rule-applied:Air", 1)


def test_files_that_are_taken_in_go_through_the_rules(
    library: Library, organised: Organising
) -> None:
    organised.add_rule("Air", "banjir", [STAR, NOTIFY])
    feed = (
        "<rss version='2.0'><channel><title>Warta</title><item><title>Banjir di kota</title>"
        "<link>https://warta.example/1</link></item></channel></rss>"
    )
    library.import_bytes(feed.encode(), path="warta.xml")
    assert [row.starred for row in rows(library)] == [True]


# --- what they tell ------------------------------------------------------------------------------


def test_a_notice_tells_how_many_and_which(
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [NOTIFY])
    organised.add_rule("Pasar", "pasar", [NOTIFY])
    organised.add_rule("Diam", "banjir", [READ])
    said = [make(n, words="banjir") for n in range(7)]
    (notice,) = come(*said)
    newest = tuple(f"Judul {n}" for n in (6, 5, 4, 3, 2))
    assert notice == Notice("Air", 7, newest)
    assert come(*said) == []


# --- the journal ---------------------------------------------------------------------------------


def test_what_one_refresh_did_is_one_step(
    library: Library,
    organised: Organising,
    clock: Clock,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [STAR])
    organised.add_rule("Pasar", "pasar", [READ])
    before = len(steps(library))
    come(make(1, words="banjir"))
    clock.go(minutes=1)
    come(make(2, words="pasar"), make(3, words="banjir"))
    assert steps(library)[before:] == [("rule-applied:Air\nPasar", 3)]
    clock.go(hours=1)
    come(make(4, words="banjir"))
    assert steps(library)[before + 1 :] == [("rule-applied:Air", 1)]
    library.undo()
    library.undo()
    assert not any(row.starred or row.read for row in rows(library))
    library.redo()
    assert [row.starred for row in rows(library)] == [False, True, False, True]


def test_a_step_of_the_user_stays_one_of_its_own(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [STAR])
    come(make(1, words="banjir"))
    library.mark([rows(library)[0].id], [Marking("later", True)])
    come(make(2, words="banjir"))
    assert [what for what, _count in steps(library)][-3:] == [
        "rule-applied:Air",
        "later",
        "rule-applied:Air",
    ]


def test_what_was_undone_can_be_done_again_after_a_refresh(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    organised.add_rule("Air", "banjir", [STAR])
    come(make(1, words="pasar"))
    library.mark([rows(library)[0].id], [Marking("later", True)])
    library.undo()
    come(make(2, words="banjir"))
    redone = library.redo()
    assert redone is not None
    assert redone.what == "later"
    assert titles(library, ViewKind.LATER) == ["Judul 1"]
    assert titles(library, ViewKind.STARRED) == ["Judul 2"]


# --- the past ------------------------------------------------------------------------------------


def test_a_rule_is_applied_to_the_past_in_one_step(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    come(*(make(n, words=("banjir", "pasar")[n % 2]) for n in range(6)))
    library.mark([rows(library)[1].id], [Marking("read", True)])
    number, _change = organised.add_rule("Air", "banjir", [READ, STAR, tag("air"), NOTIFY])
    assert titles(library, ViewKind.STARRED) == []
    change = organised.apply_to_past(number)
    assert (change.what, change.count) == ("rule-applied", 3)
    assert change.description.endswith(": Air")
    found = [row for row in rows(library) if row.starred]
    assert [row.title for row in found] == ["Judul 4", "Judul 2", "Judul 0"]
    assert all(row.read and row.tags == ("air",) for row in found)
    assert organised.apply_to_past(number).count == 0
    library.undo()
    assert [row.read for row in rows(library)] == [False, True, False, False, False, False]
    assert titles(library, ViewKind.STARRED) == []


def test_whole_texts_of_the_past_are_wished_for(
    library: Library,
    organised: Organising,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
) -> None:
    come(*(make(n, words="banjir") for n in range(3)))
    number, _change = organised.add_rule("Utuh", "banjir", [WHOLE])
    change = organised.apply_to_past(number)
    assert (change.id, change.what, change.count) == (0, "text-wished", 3)
    assert wished(library, "text") == 3


def test_a_rule_that_cannot_be_read_cannot_be_applied(
    library: Library, organised: Organising
) -> None:
    number, _change = organised.add_rule("Air", "banjir", [READ])
    with library.database.writing() as connection:
        connection.execute("UPDATE rule SET query = 'is:apa'")
    with pytest.raises(QueryError):
        organised.apply_to_past(number)


@pytest.mark.parametrize("kind", rules._KINDS)
def test_no_rule_removes_anything(
    library: Library,
    organised: Organising,
    paths: Paths,
    come: Callable[..., list[Notice]],
    make: Callable[..., ArticleData],
    kind: RuleKind,
) -> None:
    come(make(1, words="banjir"))
    library.mark([rows(library)[0].id], [Marking("tag", "lama"), Marking("note", "cek")])
    number, _change = organised.add_rule("Air", "banjir", [RuleAction(kind, "baru")])
    come(make(2, words="banjir"))
    organised.apply_to_past(number)
    with closing(sqlite3.connect(paths.store)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (2,)
        assert connection.execute("SELECT note FROM mark WHERE note <> ''").fetchall() == [("cek",)]
        assert ("lama",) in connection.execute("SELECT tag FROM mark_tag").fetchall()
        (kept,) = connection.execute("SELECT actions FROM rule").fetchone()
    assert json.loads(kept) == [[kind, "baru" if kind == "tag" else None]]
