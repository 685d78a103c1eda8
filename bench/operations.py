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
    """Reading at each size beside the smallest store, then changing the biggest."""
    yield from _building(folder, names)
    reading: dict[str, dict[str, list[float]]] = {}
    for name in names:
        with reader.visiting(folder, name) as home, reader.library(home) as library:
            reading[name] = _reading(library, int(name), repeats)
    for work, took in reading[names[-1]].items():
        least = reading[names[0]][work]
        yield Row(
            "",
            f"store: {work}, {int(names[-1]):,} articles",
            _spread(took),
            f"{names[0]}: {_spread(least)}",
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
            "",
            "",
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


def _spread(took: Sequence[float]) -> str:
    return f"p50 {ms(statistics.median(took))}, p95 {ms(process.p95(took))}"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _reading(library: Library, count: int, repeats: int) -> dict[str, list[float]]:
    chance = random.Random(count)
    keys = [_key_at(library, chance.randrange(count)) for _ in range(repeats)]
    source = library.navigation().sources[0].id
    by_source = View(ViewKind.SOURCE, source=source)
    words = [View(ViewKind.SEARCH, query=word) for word in searches.words()]
    begun = [View(ViewKind.SEARCH, query=f"{word}*") for word in searches.beginnings()]
    ids = [library.rows(View(), after=key, limit=1)[0].id for key in keys]
    works: dict[str, list[Callable[[], object]]] = {
        "navigation": [library.navigation] * repeats,
        "a page of All, anywhere": [_page(library, View(), key) for key in keys],
        "a page of a source, anywhere": [_page(library, by_source, key) for key in keys],
        "an article": [_article(library, id_) for id_ in ids],
        "the place of an article in All": [_position(library, key) for key in keys],
        "search a word, newest first": [_page(library, view, None) for view in words],
        "search a beginning": [_page(library, view, None) for view in begun],
        "count the hits of a word": [_count(library, view) for view in words],
    }
    return {work: [_seconds(call) for call in calls] for work, calls in works.items()}


def _key_at(library: Library, place: int) -> int:
    """The key of the row at a place that has a row below it."""
    return library.rows(View(), skip=max(0, place - 1), limit=1)[0].key


def _page(library: Library, view: View, after: int | None) -> Callable[[], object]:
    return lambda: library.rows(view, after=after, limit=_PAGE)


def _article(library: Library, id_: str) -> Callable[[], object]:
    return lambda: library.article(id_)


def _position(library: Library, key: int) -> Callable[[], object]:
    return lambda: library.position(View(), key)


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
