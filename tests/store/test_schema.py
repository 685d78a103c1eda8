from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kaltimtui import importing, subscriptions
from kaltimtui.errors import StoreError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.paths import make_private
from kaltimtui.store import articles, keys, schema, wishes
from kaltimtui.store.connection import _fresh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kaltimtui.models import ArticleRow
    from kaltimtui.paths import Paths
    from kaltimtui.store.wishes import WishKind

TODAY = len(schema.MIGRATIONS)
SECOND = "ALTER TABLE source ADD COLUMN weight INTEGER; CREATE TABLE extra(a);"
BROKEN = "ALTER TABLE source ADD COLUMN weight INTEGER;\nINSERT INTO nowhere VALUES(1);"


def _shape(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        found: list[tuple[str, ...]] = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
        ).fetchall()
    return found


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return schema.version(connection)


def _make(path: Path, migrations: tuple[str, ...]) -> None:
    """A store as the program made it when these were all the migrations."""
    make_private(path.parent)
    with closing(_fresh(path)) as connection:
        schema.migrate(connection, migrations)
    path.chmod(0o600)


def test_a_script_falls_into_its_statements_with_triggers_whole() -> None:
    script = """
    CREATE TABLE a(b);
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
      DELETE FROM a;
      DELETE FROM a;
    END;
    DROP TABLE a;
    """
    found = schema.statements(script)
    assert [statement.split()[0] for statement in found] == ["CREATE", "CREATE", "DROP"]
    assert found[1].endswith("END;")
    assert schema.statements(SECOND) == [SECOND] or len(schema.statements(SECOND)) == 2


@pytest.mark.parametrize("number", range(1, len(schema.MIGRATIONS) + 1))
def test_a_store_of_every_version_becomes_one_of_today(
    paths: Paths, portal: SourceData, make: Callable[..., ArticleData], number: int, tmp_path: Path
) -> None:
    _make(paths.store, schema.MIGRATIONS[:number])
    _make(tmp_path / "fresh.db", schema.MIGRATIONS)
    library = Library.open(paths)
    library.store_articles(portal, [make(1)])
    assert len(library.rows(View())) == 1
    assert library.doctor().ok
    library.close()
    assert _shape(paths.store) == _shape(tmp_path / "fresh.db")


def test_a_migration_leaves_a_copy_of_what_was(
    paths: Paths,
    library: Library,
    portal: SourceData,
    make: Callable[..., ArticleData],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library.store_articles(portal, [make(1)])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("starred", True)])
    library.close()
    before = _shape(paths.store)
    second = tuple(part + ";" for part in SECOND.split(";") if part.strip())
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "\n".join(second)))
    migrated = Library.open(paths)
    assert migrated.article(row.id).starred
    migrated.close()
    assert _version(paths.store) == TODAY + 1
    copy = paths.store.with_name(f"kaltimtui.db.format-{TODAY}")
    assert (_version(copy), _shape(copy)) == (TODAY, before)
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM mark WHERE starred").fetchone() == (1,)


def _old_store(paths: Paths, *statements: str) -> None:
    """A store of the first format with what these statements put into it."""
    _make(paths.store, schema.MIGRATIONS[:1])
    with closing(sqlite3.connect(paths.store)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _portals(library: Library) -> list[tuple[str, str | None]]:
    known = subscriptions.of(library).all()
    return [(source.name, source.url) for source in known if source.kind == "portal"]


PORTAL = ("Portal Kaltim", "https://www.kaltimprov.go.id/")
INSERT = "INSERT INTO source(key, kind, name, url, added_at, aside) VALUES"


@pytest.mark.parametrize(
    ("inserted", "portals"),
    [
        ([], [PORTAL]),
        (["('portal:portal kaltim', 'portal', 'Portal Kaltim', NULL, 5, 0)"], [PORTAL]),
        (
            ["('portal:portal kaltim', 'portal', 'Provinsi', 'https://kaltimprov.go.id/', 5, 0)"],
            [("Provinsi", "https://kaltimprov.go.id/")],
        ),
        (["('portal:portal kaltim', 'portal', 'Portal Kaltim', NULL, 5, 2)"], []),
        (
            ["('url:a.example/rss', 'feed', 'PORTAL kaltim', 'https://a.example/rss', 5, 0)"],
            [("www.kaltimprov.go.id", PORTAL[1])],
        ),
    ],
)
def test_an_old_store_has_the_portal_afterwards_unless_it_was_left(
    paths: Paths, inserted: list[str], portals: list[tuple[str, str]]
) -> None:
    _old_store(paths, *(f"{INSERT}{values}" for values in inserted))
    library = Library.open(paths)
    assert _portals(library) == portals
    assert library.sample_wanted()
    library.close()


def test_the_portal_is_there_from_the_first_start_and_can_be_left_for_good(
    paths: Paths, portal: SourceData, make: Callable[..., ArticleData]
) -> None:
    library = Library.open(paths)
    assert _portals(library) == [PORTAL]
    assert library.add_sources([importing.PORTAL]) == ()
    library.store_articles(portal, [make(1)])
    assert [node.count.total for node in library.navigation().sources] == [1]
    library.remove_source(library.navigation().sources[0].id)
    library.close()
    library = Library.open(paths)
    assert _portals(library) == []
    library.close()


@pytest.fixture(params=range(1, TODAY))
def older(
    request: pytest.FixtureRequest,
    paths: Paths,
    library: Library,
    portal: SourceData,
    feed: SourceData,
    make: Callable[..., ArticleData],
) -> list[ArticleRow]:
    """A store of an older format with articles that are starred, tagged and noted; its rows."""
    library.store_articles(portal, [make(1, image="https://a.example/a.jpg")])
    library.store_articles(feed, [make(number, words="Isi") for number in range(2, 6)])
    ids = [row.id for row in library.rows(View())]
    library.mark(ids[:2], [Marking("starred", True), Marking("tag", "arsip/2026")])
    library.mark(ids[1:3], [Marking("tag", "arsip"), Marking("note", "Cek angka")])
    library.mark(ids[:3], [Marking("read", True)])
    rows = library.rows(View())
    library.close()
    today = paths.store.rename(paths.data / "today.db")
    _make(paths.store, schema.MIGRATIONS[: request.param])
    with closing(sqlite3.connect(paths.store)) as connection:
        connection.execute("ATTACH ? AS today", (str(today),))
        connection.execute("DELETE FROM source")
        if request.param > 2:
            connection.execute("INSERT INTO tag(id, name) SELECT id, name FROM today.tag WHERE id")
            connection.execute("INSERT INTO above SELECT * FROM today.above")
        for table in ("source", "category", "body", "identity", "mark", "mark_tag", "article"):
            names = f"SELECT group_concat(name) FROM pragma_table_info('{table}')"
            (columns,) = connection.execute(names).fetchone()
            connection.execute(f"INSERT INTO {table} SELECT {columns} FROM today.{table}")
        if request.param > 1:
            kinds = "kind = 'pictures'" if request.param == 2 else "true"
            connection.execute(f"INSERT INTO wish SELECT * FROM today.wish WHERE {kinds}")
        for (id_,) in connection.execute("SELECT id FROM article ORDER BY id").fetchall():
            connection.execute(
                "INSERT INTO fts(rowid, body, title, dateline, byline) VALUES(?, ?, ?, ?, ?)",
                (id_, *articles.indexed_texts(connection, id_)),
            )
        connection.commit()
    today.unlink()
    return rows


def test_what_a_user_made_in_an_older_store_is_all_there(
    paths: Paths, older: list[ArticleRow]
) -> None:
    library = Library.open(paths)
    assert library.rows(View()) == older
    navigation = library.navigation()
    assert (navigation.all, navigation.starred) == (Count(5, 2), Count(2, 0))
    assert (navigation.notes, navigation.later) == (Count(2, 0), Count())
    assert [(node.name, node.count) for node in navigation.tags] == [
        ("arsip", Count(3, 0)),
        ("arsip/2026", Count(2, 0)),
    ]
    assert library.rows(View(ViewKind.TAG, tag="arsip")) == older[:3]
    assert library.rows(View(ViewKind.NOTES)) == older[1:3]
    assert library.rows(View(ViewKind.SEARCH, query="has:image")) == older[4:]
    assert library.rows(View(ViewKind.SEARCH, query="is:read")) == older[:3]
    with library.database.reading() as connection:
        kinds: tuple[WishKind, ...] = ("pictures", "text")
        for kind in kinds:
            found = wishes.due(connection, kind, 0, 9)
            assert {keys.public_id(wish.uid) for wish in found} == {row.id for row in older[:2]}
        noted = connection.execute("SELECT count(*) FROM note_fts WHERE note_fts MATCH 'angka'")
        assert noted.fetchone() == (2,)
    assert library.doctor().ok
    library.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    paths: Paths, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    before = _shape(paths.store)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, BROKEN))
        with pytest.raises(StoreError):
            Library.open(paths)
    assert (_version(paths.store), _shape(paths.store)) == (TODAY, before)
    Library.open(paths).close()


def test_a_migration_that_is_killed_leaves_the_store_as_it_was(
    paths: Paths, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    before = _shape(paths.store)
    child = subprocess.Popen(
        [sys.executable, "-c", _STOPPING, str(paths.data.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "in the middle\n"
        child.kill()
    assert (_version(paths.store), _shape(paths.store)) == (TODAY, before)
    monkeypatch.setattr(
        schema, "MIGRATIONS", (*schema.MIGRATIONS, "ALTER TABLE source ADD COLUMN weight INTEGER;")
    )
    library = Library.open(paths)
    assert library.doctor().ok
    library.close()
    assert _version(paths.store) == TODAY + 1


_STOPPING = """
import sys
from kaltimtui.library import Library
from kaltimtui.paths import Paths
from kaltimtui.paths import make_private
from kaltimtui.store import schema

def statements(script):
    yield "ALTER TABLE source ADD COLUMN weight INTEGER"
    print("in the middle", flush=True)
    sys.stdin.read()

schema.MIGRATIONS = (*schema.MIGRATIONS, "")
schema.statements = statements
Library.open(Paths.find(sys.argv[1]))
"""
