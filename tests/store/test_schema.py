from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kaltimtui import importing, subscriptions
from kaltimtui.errors import StoreError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import make_private
from kaltimtui.store import keys, schema, wishes
from kaltimtui.store.connection import _fresh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kaltimtui.paths import Paths

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


def test_starred_articles_of_an_old_store_wait_for_their_pictures(
    paths: Paths, library: Library, portal: SourceData, make: Callable[..., ArticleData]
) -> None:
    library.store_articles(portal, [make(1), make(2)])
    library.mark([library.rows(View())[0].id], [Marking("starred", True)])
    rows = library.rows(View())
    library.close()
    _back_to_the_first_format(paths.store)
    library = Library.open(paths)
    assert library.rows(View()) == rows
    with library.database.reading() as connection:
        found = wishes.due(connection, "pictures", 0, 9)
    assert [keys.public_id(wish.uid) for wish in found] == [rows[0].id]
    assert library.doctor().ok
    library.close()


def _back_to_the_first_format(path: Path) -> None:
    made = re.findall(r"CREATE (TABLE|INDEX|TRIGGER) (\w+)", schema.MIGRATIONS[1])
    with closing(sqlite3.connect(path)) as connection:
        for kind, name in reversed(made):
            connection.execute(f"DROP {kind} IF EXISTS {name}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


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
