"""Every kind of list in a big store beside the same in a small one: a page, the count, the place.

The library is asked in this process, for as many rows as both lists have, the stores in turns.
What counts is the time that the asking thread computes, which other work on the machine does not
lengthen. Nothing is painted here.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from bench import dressing, reader
from bench.news import News
from bench.table import Row, ms, times
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.loading import searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kaltimtui.library import Library

_PAGE: Final = 100
_TIMES: Final = 3
"""Calls of each work for every repeat that is asked for."""
_MOST: Final = 1.2
_NEAR: Final = 50
"""The place of an article near the top of a list."""
_FLAT: Final = ("page", "halfway", "count")
_SEARCHED: Final = _FLAT[:2]
"""Works that are to take no longer among a million articles than among ten thousand. How many
a search finds is counted once they are shown, for as long as that takes."""


class _Stand(NamedTuple):
    """A list in one store, and where in it the works are done."""

    library: Library
    view: View
    total: int
    near: int
    """Key of an article near the top."""
    middle: int
    """Key of the article halfway."""


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """Each list in the biggest store beside the next smaller one of ten thousand."""
    small, big = names[-2:]
    with contextlib.ExitStack() as stack:
        libraries = [
            stack.enter_context(reader.library(stack.enter_context(reader.visiting(folder, name))))
            for name in (small, big)
        ]
        yield from _tree(libraries, small, repeats)
        views = [dict(_views(library)) for library in libraries]
        for name in views[0]:
            yield _row(name, small, _took([v[name] for v in views], libraries, repeats))
        yield _saved(libraries, small, repeats)


def _views(library: Library) -> Iterator[tuple[str, View]]:
    """A list of every kind, by what to call it."""
    yield "All", View()
    yield "Unread", View(ViewKind.UNREAD)
    yield "Today", View(ViewKind.TODAY)
    yield "Week", View(ViewKind.WEEK)
    yield "Starred", View(ViewKind.STARRED)
    yield "Later", View(ViewKind.LATER)
    yield "Notes", View(ViewKind.NOTES)
    yield "Hidden", View(ViewKind.HIDDEN)
    tags = dressing.tags()
    yield "a tag with those below it", View(ViewKind.TAG, tag=tags[0])
    yield "a tag below another", View(ViewKind.TAG, tag=tags[1])
    source = max(library.navigation().sources, key=lambda source: source.count.total)
    category = max(source.categories, key=lambda category: category.count.total)
    yield "a source", View(ViewKind.SOURCE, source=source.id)
    yield "a category", View(ViewKind.CATEGORY, source=source.id, category=category.id)
    yield "a folder of 20 sources", View(ViewKind.FOLDER, folder="Folder 1")
    words = News().words.by_rank
    three = f"{words[60]} {words[100]} {words[150]}"
    yield "a search of three words", View(ViewKind.SEARCH, query=three)
    yield "Unread, three words in it", View(ViewKind.UNREAD, query=three)


def _tree(libraries: Sequence[Library], small: str, repeats: int) -> Iterator[Row]:
    works: dict[str, Callable[[Library], object]] = {
        "the tree with its counts": lambda library: library.navigation(),
        "all tags with their counts": lambda library: library.tags(),
    }
    for name, work in works.items():
        little, much = _in_turns([partial(work, one) for one in libraries], repeats)
        yield Row(
            "flat",
            name,
            ms(much),
            f"{int(small):,}: {ms(little)}",
            times(much / little),
            f"at most {_MOST:g} x",
            much <= _MOST * little,
        )


class _Took(NamedTuple):
    """What the works of one list took in both stores."""

    totals: tuple[int, ...]
    limit: int
    works: Mapping[str, tuple[float, float]]
    flat: tuple[str, ...]

    def ratio(self, work: str) -> float:
        """How many times as long it takes in the big store."""
        little, much = self.works[work]
        return much / little


def _took(views: Sequence[View], libraries: Sequence[Library], repeats: int) -> _Took:
    stands = [_stand(*both) for both in zip(libraries, views, strict=True)]
    totals = tuple(stand.total for stand in stands)
    limit, half = max(1, min(_PAGE, *totals)), max(1, min(_PAGE, min(totals) // 2))
    works = [_works(stand, limit, half) for stand in stands]
    took = {work: _in_turns([of_store[work] for of_store in works], repeats) for work in works[0]}
    return _Took(totals, limit, took, _SEARCHED if searched(views[0]) else _FLAT)


def _row(name: str, small: str, took: _Took) -> Row:
    totals = " and ".join(f"{total:,}" for total in reversed(took.totals))
    judged = all(took.totals)  # nothing takes less time than one article
    return Row(
        "flat",
        f"{name}: {totals} articles, {took.limit} a page",
        ", ".join(f"{work} {ms(much)}" for work, (_little, much) in took.works.items()),
        f"{int(small):,}: {', '.join(ms(little) for little, _much in took.works.values())}",
        ", ".join(times(took.ratio(work)) for work in took.works),
        f"{', '.join(took.flat)}: at most {_MOST:g} x" if judged else "",
        all(took.ratio(work) <= _MOST for work in took.flat) if judged else None,
    )


def _saved(libraries: Sequence[Library], small: str, repeats: int) -> Row:
    """All saved searches in one row: the middle one and the worst of their ratios."""
    with libraries[0].database.reading() as connection:
        found = connection.execute("SELECT id, query FROM saved ORDER BY position").fetchall()
    took = {
        query: _took([View(ViewKind.SAVED, saved=id_)] * 2, libraries, max(1, repeats // 2))
        for id_, query in found
    }
    worst = max(took, key=lambda query: took[query].ratio("page"))
    pages = [one.works["page"] for one in took.values()]
    ratios = [one.ratio("page") for one in took.values()]
    return Row(
        "flat",
        f"{len(found)} saved searches: page",
        f"middle {ms(statistics.median(much for _, much in pages))},"
        f" worst {ms(max(much for _, much in pages))}",
        f"{int(small):,}: {ms(statistics.median(little for little, _ in pages))},"
        f" {ms(max(little for little, _ in pages))}",
        f"middle {times(statistics.median(ratios))}, worst {times(max(ratios))} ({worst})",
        f"at most {_MOST:g} x",
        max(ratios) <= _MOST,
    )


def _stand(library: Library, view: View) -> _Stand:
    total = library.count(view).total
    rows = library.rows(view, limit=_NEAR)
    middle = library.rows(view, skip=max(0, total // 2 - 1), limit=1)
    near = rows[-1].key if rows else 0
    return _Stand(library, view, total, near, middle[0].key if middle else near)


def _works(stand: _Stand, limit: int, half: int) -> Mapping[str, Callable[[], object]]:
    library, view = stand.library, stand.view
    return {
        "page": lambda: library.rows(view, limit=limit),
        "halfway": lambda: library.rows(view, after=stand.middle, limit=half),
        "count": lambda: library.count(view),
        "place near the top": lambda: library.position(view, stand.near),
        "place halfway": lambda: library.position(view, stand.middle),
    }


def _in_turns(works: Sequence[Callable[[], object]], repeats: int) -> tuple[float, float]:
    """Medians in seconds of two works that are done by turns, so that both meet the same load."""
    took: list[list[float]] = [[], []]
    for number in range(repeats * _TIMES + 1):
        for which, work in enumerate(works):
            started = time.thread_time()
            work()
            seconds = time.thread_time() - started
            if number:  # the first time warms up
                took[which].append(seconds)
    return statistics.median(took[0]), statistics.median(took[1])
