from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.dates import WITA, Stamp
from kaltimtui.models import ArticleData, Count, Marking, SourceData, View, ViewKind
from kaltimtui.store import sources, stories, views
from kaltimtui.store.held import held

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow

    Make = Callable[..., ArticleData]

NUMBERS = 57
MARKED = (ViewKind.STARRED, ViewKind.LATER)
BY_TAG = (ViewKind.NOTES, ViewKind.TAG)
ONCE = (ViewKind.ALL, ViewKind.UNREAD, ViewKind.TODAY, ViewKind.WEEK)
EVERY_VIEW = [
    View(),
    View(ViewKind.UNREAD),
    View(ViewKind.TODAY),
    View(ViewKind.WEEK),
    View(ViewKind.STARRED),
    View(ViewKind.LATER),
    View(ViewKind.NOTES),
    View(ViewKind.HIDDEN),
    View(ViewKind.TAG, tag="a"),
    View(ViewKind.SOURCE, source=1),
    View(ViewKind.CATEGORY, source=1, category=1),
    View(ViewKind.SEARCH, query="isi"),
    *(View(kind, together=True) for kind in ONCE),
    *(View(kind, query="isi", together=True) for kind in ONCE),
]


def _name(view: View) -> str:
    return f"{view.kind}{'-once' * view.together}{'-searched' * bool(view.query)}"


@pytest.fixture
def filled(
    library: Library, portal: SourceData, feed: SourceData, make: Make, clock: Any
) -> Library:
    """Two sources of as many articles, every view with a good part of them.

    Both tell every other story, as if they told the same.
    """
    for source in (portal, feed):
        said = []
        for number in range(NUMBERS):
            today = Stamp(clock() - timedelta(minutes=number), "time")
            category = ("Sosial", "Agama", None)[number % 3]
            published = today if number % 2 else make(number).published
            said.append(make(number, category=category, published=published))
        library.store_articles(source, said)
    ids = [row.id for row in library.rows(View())]
    library.mark(ids[::3], [Marking("starred", True)])
    library.mark(ids[::4], [Marking("later", True), Marking("read", True)])
    library.mark(ids[::5], [Marking("tag", "a/b"), Marking("note", "Cek")])
    library.mark(ids[::6], [Marking("tag", "a")])
    library.mark(ids[5::7], [Marking("hidden", True)])
    with library.database.writing() as connection:
        pairs = "SELECT min(id), max(id) FROM article GROUP BY title HAVING count(*) = 2"
        for one, other in connection.execute(pairs).fetchall()[::2]:
            stories._unite(connection, one, other)
    return library


def _everything(library: Library, view: View) -> list[ArticleRow]:
    return library.rows(view, limit=10_000)


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
def test_a_list_is_newest_first_and_as_long_as_it_says(filled: Library, view: View) -> None:
    rows = _everything(filled, view)
    assert len(rows) > 10
    assert [row.key for row in rows] == sorted((row.key for row in rows), reverse=True)
    assert [row.listed for row in rows] == sorted((row.listed for row in rows), reverse=True)
    assert filled.count(view) == Count(len(rows), sum(not row.read for row in rows))


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_paging_meets_every_row_once_in_both_directions(
    filled: Library, view: View, limit: int
) -> None:
    rows = _everything(filled, view)
    down: list[ArticleRow] = []
    while page := filled.rows(view, after=down[-1].key if down else None, limit=limit):
        down += page
    assert down == rows
    up = rows[-1:]
    while page := filled.rows(view, before=up[0].key, limit=limit):
        up = page + up
    assert up == rows


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
def test_rows_next_to_the_anchor_can_be_passed_over(filled: Library, view: View) -> None:
    rows = _everything(filled, view)
    assert filled.rows(view, skip=3, limit=4) == rows[3:7]
    assert filled.rows(view, after=rows[1].key, skip=2, limit=4) == rows[4:8]
    assert filled.rows(view, before=rows[9].key, skip=2, limit=4) == rows[3:7]
    assert filled.rows(view, before=rows[2].key, skip=5) == []
    assert filled.rows(view, skip=len(rows)) == []


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
def test_a_position_is_the_number_of_rows_above(filled: Library, view: View) -> None:
    rows = _everything(filled, view)
    assert [filled.position(view, row.key) for row in rows] == list(range(len(rows)))
    missing = {row.key for row in _everything(filled, View())} - {row.key for row in rows}
    assert {filled.position(view, key) for key in missing} <= {None}
    assert filled.position(view, rows[0].key + 10_000) is None


def test_each_view_holds_what_it_says(filled: Library) -> None:
    everything = _everything(filled, View())

    def keys(kind: ViewKind, **where: Any) -> list[int]:
        return [row.key for row in _everything(filled, View(kind, **where))]

    midnight = datetime(2026, 11, 24, tzinfo=WITA)
    week = [row.key for row in everything if row.listed >= midnight - timedelta(days=6)]
    assert keys(ViewKind.WEEK) == week
    for kind, tags in ((ViewKind.TAG, {"a", "a/b"}), (ViewKind.NOTES, {"a/b"})):
        tagged = [row for row in everything if tags & set(filled.article(row.id).tags)]
        assert keys(kind, tag="a") == [row.key for row in tagged]
    assert not set(keys(ViewKind.HIDDEN)) & {row.key for row in everything}
    assert len(keys(ViewKind.HIDDEN)) + len(everything) == 2 * NUMBERS
    assert keys(ViewKind.UNREAD) == [row.key for row in everything if not row.read]
    assert keys(ViewKind.STARRED) == [row.key for row in everything if row.starred]
    assert keys(ViewKind.LATER) == [row.key for row in everything if row.later]
    assert keys(ViewKind.TODAY) == [row.key for row in everything if row.listed >= midnight]
    with filled.database.reading() as connection:
        again = {
            id_ for (id_,) in connection.execute("SELECT article_id FROM telling WHERE first = 0")
        }
    for kind in ONCE:
        for query in ("", "isi"):
            found = keys(kind, query=query, together=True)
            assert found == [key for key in keys(kind, query=query) if key not in again]
    for node in filled.navigation().sources:
        own = [row for row in everything if row.source == node.name]
        assert keys(ViewKind.SOURCE, source=node.id) == [row.key for row in own]
        for category in node.categories:
            found = keys(ViewKind.CATEGORY, source=node.id, category=category.id)
            assert found == [row.key for row in own if row.category == category.name]
            assert category.count.total == len(found)


def test_a_story_is_a_list_of_all_that_tell_it(filled: Library, clock: Any) -> None:
    rows = _everything(filled, View())
    told = [row for row in rows if row.others]
    assert len(told) > 10
    for row in told:
        view = View(ViewKind.STORY, story=row.id)
        found = _everything(filled, view)
        assert row in found
        assert {shown.title for shown in found} == {row.title}
        assert len(found) == 1 + row.others == 2
        assert filled.count(view).total == 2
        assert [filled.position(view, shown.key) for shown in found] == [0, 1]
        assert _everything(filled, View(ViewKind.STORY, story=row.id, query="isi")) == found
    alone = next(row for row in rows if not row.others)
    assert _everything(filled, View(ViewKind.STORY, story=alone.id)) == [alone]
    assert _everything(filled, View(ViewKind.STORY, story="nowhere")) == []
    with filled.database.reading() as connection:
        (part,) = held(connection, View(ViewKind.STORY, story=told[0].id), clock())
        asked = ((views.page_query(part)[0], (0, 1, 9, 0)), (views.count_query(part), (0, 1)))
        for query, bounds in asked:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", (*part.parameters, *bounds))
            assert not [step for *_numbers, step in plan if step.startswith("SCAN article")]


def test_today_begins_at_midnight_in_east_kalimantan(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    def today() -> list[str]:
        return [row.title for row in library.rows(View(ViewKind.TODAY))]

    midnight = datetime(2026, 11, 24, tzinfo=WITA)
    last = make(1, published=Stamp(midnight - timedelta(seconds=1), "time"))
    first = make(2, published=Stamp(midnight, "day"))
    library.store_articles(portal, [last, first])
    assert today() == ["Judul 2"]
    assert library.navigation().today == Count(1, 1)
    clock.go(hours=24)
    assert today() == []
    assert library.navigation().today == Count()


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
@pytest.mark.parametrize("anchor", [{}, {"after": 1 << 40}, {"before": 1 << 20}])
def test_a_page_is_a_range_of_an_index_without_a_sort(
    filled: Library, view: View, anchor: dict[str, int], clock: Any
) -> None:
    with filled._database.reading() as connection:
        steps = []
        for part in held(connection, view, clock()):
            query, bounds = views.page_query(part, **anchor)
            values = (*part.parameters, *bounds, 9, 0)
            steps += [
                step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)
            ]
    scanned = [step for step in steps if "SCAN" in step]
    # The page itself, chosen by the index, and the index of words, which has no other name for it.
    assert all(step.startswith(("SCAN chosen", "SCAN fts VIRTUAL TABLE")) for step in scanned)
    assert not [step for step in steps if "B-TREE" in step]
    # An index on what is marked alone is small, and need not hold the column that chose its rows.
    marked = "USING INDEX" if view.kind in MARKED else "USING COVERING INDEX"
    if view.kind in BY_TAG:
        marked = "SEARCH tagged USING PRIMARY KEY (tag_id=? AND article_id>? AND article_id<?)"
    # Words are looked for in their own index, which takes the bounds of a list by time as well.
    by_words = bool(view.query) and view.kind is not ViewKind.UNREAD
    wanted = "SCAN fts" if by_words else marked
    assert [step for step in steps if wanted in step]


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
def test_a_position_and_a_count_are_ranges_of_an_index(
    filled: Library, view: View, clock: Any
) -> None:
    with filled._database.reading() as connection:
        (part,) = held(connection, view, clock())
        query = views.count_query(part)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}", (*part.parameters, 0, 1))
        steps = [step for *_numbers, step in plan]
    if view.kind in BY_TAG:
        assert steps[0].startswith("SEARCH tagged USING PRIMARY KEY (tag_id=? AND article_id>?")
    elif not view.query:
        assert not [step for step in steps if "SCAN" in step and "CONSTANT" not in step]
        assert [step for step in steps if "INDEX" in step]
        assert view.kind in MARKED or [step for step in steps if "COVERING" in step]


def test_an_empty_library_has_empty_lists(library: Library) -> None:
    for view in EVERY_VIEW:
        assert library.rows(view) == []
        assert library.count(view) == Count()
        assert library.position(view, 0) is None
    assert library.position(View(ViewKind.SEARCH, query="."), 0) is None


@pytest.mark.parametrize("view", EVERY_VIEW, ids=_name)
def test_the_unread_rows_of_a_list_are_those_of_all_its_rows(filled: Library, view: View) -> None:
    ids = [row.id for row in _everything(filled, View())]
    filled.mark(ids[1::5], [Marking("read", True)])
    unread = [row for row in _everything(filled, view) if not row.read]
    assert filled.rows(view, limit=10_000, unread=True) == unread
    assert filled.rows(view, skip=1, limit=3, unread=True) == unread[1:4]
    if unread:
        assert filled.rows(view, after=unread[0].key, limit=3, unread=True) == unread[1:4]


def test_marked_articles_of_the_sample_stay_when_it_steps_aside(
    library: Library, feed: SourceData, make: Make
) -> None:
    library.store_articles(SourceData("Contoh", "sample"), [make(1), make(2)])
    marked = library.rows(View())[0].id
    library.mark([marked], [Marking("starred", True), Marking("later", True)])
    library.store_articles(feed, [make(3)])
    for kind in MARKED:
        assert [row.id for row in library.rows(View(kind))] == [marked]
        assert library.count(View(kind)) == Count(1, 1)
    assert library.navigation().starred == library.navigation().later == Count(1, 1)
    assert library.navigation().all == Count(1, 1)


def test_what_is_hidden_is_in_no_other_list(filled: Library) -> None:
    hidden = {row.key for row in _everything(filled, View(ViewKind.HIDDEN))}
    for view in EVERY_VIEW:
        if view.kind is not ViewKind.HIDDEN:
            assert not hidden & {row.key for row in _everything(filled, view)}
            assert filled.count(view).total == len(_everything(filled, view))
    filled.mark_view(View(ViewKind.HIDDEN), Marking("hidden", False))
    assert filled.count(View(ViewKind.HIDDEN)) == Count()
    assert filled.count(View()).total == 2 * NUMBERS


def test_the_week_begins_six_days_before_today(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    midnight = datetime(2026, 11, 18, tzinfo=WITA)
    last = make(1, published=Stamp(midnight - timedelta(seconds=1), "time"))
    first = make(2, published=Stamp(midnight, "day"))
    library.store_articles(portal, [last, first])
    assert [row.title for row in library.rows(View(ViewKind.WEEK))] == ["Judul 2"]
    assert library.navigation().week == Count(1, 1)


def test_what_is_hidden_of_a_removed_source_is_in_no_list(
    filled: Library,
) -> None:
    hidden = filled.count(View(ViewKind.HIDDEN)).total
    filled.remove_source(1)
    left = _everything(filled, View(ViewKind.HIDDEN))
    assert 0 < len(left) < hidden
    assert filled.count(View(ViewKind.HIDDEN)).total == len(left)
    filled.undo()
    assert filled.count(View(ViewKind.HIDDEN)).total == hidden


def test_the_tree_counts_without_a_look_at_articles(filled: Library, clock: Any) -> None:
    asked: list[str] = []
    with filled._database.reading() as connection:
        connection.set_trace_callback(asked.append)
        sources.navigation(connection, clock())
        connection.set_trace_callback(None)
        plans = [
            step
            for query in asked
            for *_numbers, step in connection.execute(f"EXPLAIN QUERY PLAN {query}")
            if "article" in step
        ]
    assert plans
    assert all("COVERING INDEX" in step and "rowid>?" in step for step in plans)
