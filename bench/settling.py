"""Keeping the counts of saved searches current. Nothing is painted; it runs beside the reader."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Final

from bench import reader
from bench.news import SOURCES, News
from bench.table import Row, ms, times
from kaltimtui import organising

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kaltimtui.library import Library

_NEW: Final = 300
_TIMES: Final = 5
_MOST: Final = 1.2


def measure(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    """Nothing new, three hundred new articles, and all in full, in the two biggest stores."""
    took: dict[str, dict[str, float]] = {}
    for name in names[-2:]:
        with reader.changing(folder, name) as home, reader.library(home) as library:
            took[name] = _works(library)
    small, big = (took[name] for name in names[-2:])
    least, most = names[-2:]
    for work, seconds in big.items():
        flat = not work.startswith("all")
        yield Row(
            "saved",
            f"{work}, {int(most):,} articles",
            f"CPU {ms(seconds)}",
            f"{int(least):,}: CPU {ms(small[work])}",
            times(seconds / small[work]),
            f"at most {_MOST:g} x" if flat else "",
            seconds <= _MOST * small[work] if flat else None,
        )


def _works(library: Library) -> dict[str, float]:
    organised = organising.of(library)
    organised.settle()
    saved = len(organised.searches())
    found = {f"{saved} counts, nothing new": _middle([_settled(library) for _ in range(_TIMES)])}
    news = News(seed=11)
    after = []
    for _ in range(_TIMES):
        for number, said in enumerate(next(news.rounds(_NEW, _NEW // SOURCES))):
            library.store_articles(News.source(number), said)
        after.append(_settled(library))
    found[f"{saved} counts, {_NEW} new articles"] = _middle(after)
    with library.database.writing() as connection:
        connection.execute("UPDATE saved SET stale = 1")
    found[f"all {saved} run in full"] = _settled(library)
    return found


def _settled(library: Library) -> float:
    """Seconds of computing until all counts are right."""
    started = time.thread_time()
    organising.of(library).settle()
    return time.thread_time() - started


def _middle(took: Sequence[float]) -> float:
    return statistics.median(took)
