"""What the store itself takes for the work behind the screen, and what a bare SQLite takes."""

from __future__ import annotations

import random
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from bench import floor_store, process, reader, searches, stores
from bench.news import SOURCES, News
from bench.table import Row, ms, times
from kaltimtui.models import View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData

_PAGE: Final = 100
_ADDED: Final = 5_000
_GIGABYTE: Final = 1e9


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """Reading in the biggest store beside the next smaller one, then adding to the biggest."""
    yield from _building(folder, names)
    reading: dict[str, dict[str, list[float]]] = {}
    least_name, most_name = names[-2:]
    for name in (least_name, most_name):
        with reader.visiting(folder, name) as home, reader.library(home) as library:
            reading[name] = _reading(library, repeats)
    for work, took in reading[most_name].items():
        least = reading[least_name][work]
        yield Row(
            "",
            f"store: {work}, {int(most_name):,} articles",
            _spread(took),
            f"{int(least_name):,}: {_spread(least)}",
            times(statistics.median(took) / statistics.median(least)),
            "",
        )
    with reader.changing(folder, names[-1]) as home, reader.library(home) as library:
        yield from _adding(library, int(names[-1]))


def _building(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        made = stores.built(folder, name)
        rate = made.articles / made.seconds
        judged = name == names[-1]
        size = made.bytes / _GIGABYTE
        yield Row(
            "P9",
            f"building a store of {made.articles:,} articles",
            f"{rate:,.0f} articles a second",
            f"bare SQLite and zlib: {made.bare:,.0f} a second" if made.bare else "",
            times(made.bare / rate) if made.bare else "",
            "2,500 a second or more" if judged else "",
            rate >= 2_500 if judged else None,
        )
        yield Row(
            "P9",
            f"size of a store of {made.articles:,} articles",
            f"{size:.3f} GB, {made.bytes / made.articles:,.0f} bytes an article",
            "",
            "",
            "at most 3.0 GB for 1,000,000" if judged else "",
            made.bytes / made.articles <= 3_000 if judged else None,
        )
        if made.dressed:
            yield Row(
                "P9",
                "the same with marks, tags, notes, saved searches and the journal",
                f"{made.dressed / _GIGABYTE:.3f} GB",
                f"without: {size:.3f} GB",
                times(made.dressed / made.bytes),
                "",
            )


def _spread(took: Sequence[float]) -> str:
    return f"p50 {ms(statistics.median(took))}, p95 {ms(process.p95(took))}"


def _computing(work: Callable[[], object]) -> float:
    """Seconds that this thread computes, whatever else the machine does."""
    started = time.thread_time()
    work()
    return time.thread_time() - started


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _reading(library: Library, repeats: int) -> dict[str, list[float]]:
    chance = random.Random(repeats)
    words = [View(ViewKind.SEARCH, query=word) for word in searches.words()]
    begun = [View(ViewKind.SEARCH, query=f"{word}*") for word in searches.beginnings()]
    listed = library.count(View()).total
    places = [chance.randrange(listed) for _ in range(repeats)]
    ids = [library.rows(View(), skip=place, limit=1)[0].id for place in places]
    works: dict[str, list[Callable[[], object]]] = {
        "an article": [_article(library, id_) for id_ in ids],
        "search a word, newest first": [_page(library, view) for view in words],
        "search a beginning": [_page(library, view) for view in begun],
        "count the hits of a word": [_count(library, view) for view in words],
    }
    return {work: [_computing(call) for call in calls] for work, calls in works.items()}


def _page(library: Library, view: View) -> Callable[[], object]:
    return lambda: library.rows(view, limit=_PAGE)


def _article(library: Library, id_: str) -> Callable[[], object]:
    return lambda: library.article(id_)


def _count(library: Library, view: View) -> Callable[[], object]:
    return lambda: library.count(view)


def _adding(library: Library, count: int) -> Iterator[Row]:
    (feeds,) = News(seed=7).rounds(_ADDED, _ADDED // SOURCES)
    bare = floor_store.seconds(library.paths.data / "floor.db", feeds)
    beside = f"bare SQLite and zlib: {ms(bare)}"
    for work in ("store 5,000 new articles of 100 feeds", "store them again, unchanged"):
        took = _seconds(partial(_add, library, feeds))
        where = f"store: {work}, {count:,} articles"
        yield Row("", where, ms(took), beside, times(took / bare), "")


def _add(library: Library, feeds: Sequence[Sequence[ArticleData]]) -> None:
    for number, said in enumerate(feeds):
        library.store_articles(News.source(number), said)
