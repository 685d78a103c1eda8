from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.store import journal, records, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.paths import Paths
    from kaltimtui.store.journal import Step
    from kaltimtui.store.steps import RowTable

    Make = Callable[..., ArticleData]

SAVED = {"name": "Banjir", "query": "banjir", "folder": "Alam", "position": 11}
RULE = {"name": "Iklan", "query": "judul:promo", "actions": '["read"]', "position": 1}
ROWS: list[tuple[RowTable, dict[str, Any], str]] = [
    ("saved", SAVED, "search"),
    ("rule", RULE, "rule"),
]


def rows(library: Library, table: str) -> dict[int, dict[str, Any] | None]:
    with library.database.reading() as connection:
        ids = [id_ for (id_,) in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
        return {id_: records.read(connection, table, id_) for id_ in ids}


def do(library: Library, change: Callable[..., Any], *said: Any) -> Any:
    with library.database.writing() as connection:
        return change(connection, *said, 7)


def test_two_programs_on_one_store_share_what_can_be_taken_back(
    library: Library, paths: Paths, feed: SourceData, make: Make
) -> None:
    library.store_articles(feed, [make(1), make(2)])
    one, other = (row.id for row in library.rows(View()))
    with closing(Library.open(paths, clock=library.now)) as beside:
        library.mark([one], [Marking("starred", True)])
        beside.mark([other], [Marking("later", True)])
        taken = library.undo()
        assert taken is not None
        assert taken.articles == (other,)
        taken = beside.undo()
        assert taken is not None
        assert taken.articles == (one,)
        library.mark([one], [Marking("read", True)])
        assert beside.redo() is None


@pytest.mark.parametrize(("table", "values", "called"), ROWS)
def test_a_row_is_made_changed_and_removed_and_all_is_taken_back(
    library: Library, table: RowTable, values: dict[str, Any], called: str
) -> None:
    before = [rows(library, table)]
    id_, step = do(library, steps.add_row, table, values)
    assert step.change().description == journal.describe(f"{called}-added", 1)
    before.append(rows(library, table))
    assert before[-1] == before[0] | {id_: before[-1][id_]}
    assert values.items() <= (before[-1][id_] or {}).items()
    for change, said in (
        (steps.change_rows, {id_: {"name": "Lain", "query": "lain"}}),
        (steps.remove_rows, [id_]),
    ):
        changed: Step = do(library, change, table, said)
        assert changed.change().articles == ()
        before.append(rows(library, table))
    assert before[-1] == before[0]
    for wanted in reversed(before[:-1]):
        assert library.undo() is not None
        assert rows(library, table) == wanted
    for wanted in before[1:]:
        assert library.redo() is not None
        assert rows(library, table) == wanted


def test_several_rows_are_one_step(library: Library) -> None:
    before = rows(library, "saved")
    first, second, *_others = before
    step = do(
        library, steps.change_rows, "saved", {first: {"position": 2}, second: {"position": 1}}
    )
    assert (step.what, step.articles) == ("search-changed", 2)
    assert do(library, steps.remove_rows, "saved", [first, second, 999]).articles == 2
    library.undo()
    library.undo()
    assert rows(library, "saved") == before


def test_what_is_so_already_is_no_step(library: Library) -> None:
    (first, values), *_others = rows(library, "saved").items()
    assert do(library, steps.change_rows, "saved", {first: values, 999: {"name": "x"}}) is None
    assert do(library, steps.remove_rows, "saved", [999]) is None
    assert do(library, steps.sources_added, []) is None
    assert library.undo() is None


def test_what_a_source_keeps_is_set_and_taken_back(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1)])

    def kept() -> list[Any]:
        with library.database.reading() as connection:
            return connection.execute("SELECT * FROM keeping").fetchall()

    do(library, steps.set_source, 1, {"days": 90, "articles": 500})
    assert kept() == [(1, 90, 500)]
    do(library, steps.set_source, 1, {"days": None})
    assert kept() == [(1, None, 500)]
    library.undo()
    assert kept() == [(1, 90, 500)]
    library.undo()
    assert kept() == [(1, None, None)]


def test_a_name_in_use_is_refused(library: Library, portal: SourceData, feed: SourceData) -> None:
    library.add_sources([portal, feed])
    with pytest.raises(UsageError):
        do(library, steps.rename_source, 1, feed.name.upper())
    step = library.undo()
    assert step is not None
    assert step.description == journal.describe("source-added", 1)


def test_a_name_that_another_source_took_is_given_back_with_a_number(
    library: Library, portal: SourceData, feed: SourceData
) -> None:
    library.add_sources([portal])
    do(library, steps.rename_source, 1, "Gubernur")
    # as a refresh does it, which is no step
    library.store_articles(SourceData(portal.name, "feed", feed.url), [])

    def names() -> list[str]:
        with library.database.reading() as connection:
            found = connection.execute("SELECT name FROM source WHERE kind <> 'sample' ORDER BY id")
            return [name for (name,) in found]

    assert names() == ["Gubernur", portal.name]
    library.undo()
    assert names() == [f"{portal.name} (2)", portal.name]
    library.redo()
    assert names() == ["Gubernur", portal.name]


def test_a_step_of_a_later_format_harms_nothing(
    library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(1)])
    library.mark([library.rows(View())[0].id], [Marking("starred", True)])
    before = rows(library, "source"), rows(library, "saved")
    entries = [
        journal.Entry("row:unheard", None, {"id": 1}, [1]),
        journal.Entry("row:source", {"key": "a", "name": 5}, {"key": "b"}, [999]),
        journal.Entry("row:saved", {"unheard": 1}, {"unheard": 2}, [1]),
    ]
    with library.database.writing() as connection:
        journal.record(connection, "source-set", 1, entries, 7)
    assert library.undo() is not None
    assert library.redo() is not None
    assert (rows(library, "source"), rows(library, "saved")) == before


def test_the_ten_places_of_the_province_are_there(library: Library) -> None:
    with library.database.reading() as connection:
        found = connection.execute("SELECT name, query, stale FROM saved WHERE place = 1")
        places = found.fetchall()
    assert len(places) == 10
    assert all(query and stale for _name, query, stale in places)
