"""Marking very many articles leaves behind what marking them one by one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from kaltimtui import organising
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.store import bulk, keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TABLES: Final = {
    "article": "uid, unread, starred, later, aside",
    "mark": "uid, read, starred, later",
    "mark_tag": "uid, tag",
    "hidden": "uid, article_id",
    "tag": "name, total, unread",
    "tagged": "tag_id, article_id",
    "hit": "saved_id, article_id",
    "saved": "id, unread",
    "counter": "source_id, category_id, total, unread",
    "tally": "name, total, unread",
    "bulk": "running",
}


def _all_of(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables hold that marking changes; which articles are fresh, however often."""
    with library.database.reading() as connection:
        found = {
            table: connection.execute(f"SELECT {names} FROM {table} ORDER BY {names}").fetchall()
            for table, names in _TABLES.items()
        }
        found["fresh"] = connection.execute(
            "SELECT DISTINCT uid, marked FROM fresh ORDER BY 1, 2"
        ).fetchall()
    return found


@pytest.fixture
def both(
    tmp_path: Path, portal: SourceData, make: Callable[..., ArticleData]
) -> tuple[Library, Library]:
    """Two libraries with the same articles, some of them marked, and counts of a saved search."""
    made = []
    for name in ("few", "many"):
        library = Library.open(Paths.find(str(tmp_path / name)))
        library.store_articles(portal, [make(number) for number in range(12)])
        ids = [row.id for row in library.rows(View())]
        library.mark(ids[:3], [Marking("read", True)])
        library.mark(ids[2:5], [Marking("tag", "arsip/kaji")])
        library.mark(ids[3:6], [Marking("tag", "arsip")])
        library.mark(ids[4:7], [Marking("hidden", True)])
        organising.of(library).add_search("Semua", "is:unread")
        organising.of(library).settle()
        made.append(library)
    return made[0], made[1]


@pytest.mark.parametrize(
    "marking",
    [
        Marking("read", True),
        Marking("read", False),
        Marking("starred", True),
        Marking("later", True),
        Marking("hidden", True),
        Marking("hidden", False),
        Marking("tag", "arsip/kaji"),
        Marking("tag", "arsip"),
        Marking("tag", "arsip/kaji", remove=True),
        Marking("tag", "arsip", remove=True),
        Marking("tag", "baru/satu"),
    ],
    ids=lambda marking: f"{marking.field}-{marking.value}{'-off' * marking.remove}",
)
def test_many_articles_are_marked_as_few_are(
    both: tuple[Library, Library], marking: Marking, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = both
    states: list[list[dict[str, list[tuple[Any, ...]]]]] = []
    for library, least in ((few, 1_000), (many, 1)):
        monkeypatch.setattr(bulk, "LEAST", least)
        with library.database.reading() as connection:
            uids = [uid for (uid,) in connection.execute("SELECT uid FROM article ORDER BY id")]
        before = _all_of(library)
        assert before["hit"]
        library.mark([keys.public_id(uid) for uid in uids[2:]], [marking])
        seen = [before, _all_of(library)]
        assert seen[0] != seen[1]
        library.undo()
        seen.append(_all_of(library))
        library.redo()
        seen.append(_all_of(library))
        assert library.doctor().ok
        organising.of(library).settle()
        seen.append(_all_of(library))
        states.append(seen)
        library.close()
    assert states[0] == states[1]
