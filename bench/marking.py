"""Marking many articles as one step, taking it back and doing it again, in the store itself.

Nothing is painted here; each step is on disk when it is over.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from bench import floor_store, reader
from bench.table import Row, ms, times
from kaltimtui.models import Marking, View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kaltimtui.library import Library

_MARKED: Final = 100_000
_MOST: Final = 2.0
_MARKINGS: Final = {
    "read": Marking("read", value=True),
    "starred": Marking("starred", value=True),
    "later": Marking("later", value=True),
    "tagged `a/b`": Marking("tag", "Bagian/Baru"),
    "hidden": Marking("hidden", value=True),
}


class _Took(NamedTuple):
    """Seconds of one work: until it was on disk, and of computing."""

    wall: float
    cpu: float


def measure(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    """Each mark, undone and done again, in the biggest store, beside a bare SQLite."""
    name = names[-1]
    with reader.changing(folder, name) as home:
        count = min(_MARKED, int(name) // 4)
        floor = _Took(*floor_store.marking(home / "floor.db", int(name), count))
        (home / "floor.db").unlink()
        with reader.library(home) as library:
            # Of what is unread: for each mark that is as many changes as there are articles.
            ids = [row.id for row in library.rows(View(ViewKind.UNREAD), limit=count)]
            for said, marking in _MARKINGS.items():
                mark = partial(library.mark, ids, [marking])
                yield _row(f"{count:,} articles {said}", _steps(library, mark), floor)
            view = View(ViewKind.SEARCH, query="is:unread sejak:2024")
            found = library.count(view).total
            mark = partial(library.mark_view, view, Marking("later", value=True))
            yield _row(f"all that a search finds, {found:,}, later", _steps(library, mark), floor)


def _steps(library: Library, mark: Callable[[], object]) -> dict[str, _Took]:
    """What it takes to mark, to take that back and to do it again; it is taken back once more."""
    works = {"done": mark, "undone": library.undo, "again": library.redo}
    took = {name: _timed(work) for name, work in works.items()}
    library.undo()
    return took


def _timed(work: Callable[[], object]) -> _Took:
    started, computed = time.perf_counter(), time.thread_time()
    work()
    return _Took(time.perf_counter() - started, time.thread_time() - computed)


def _row(work: str, took: dict[str, _Took], floor: _Took) -> Row:
    worst = max(took.values())
    return Row(
        "marks",
        work,
        ", ".join(f"{name} {ms(one.wall)} (CPU {ms(one.cpu)})" for name, one in took.items()),
        f"bare SQLite: {ms(floor.wall)} (CPU {ms(floor.cpu)})",
        f"{times(worst.wall / floor.wall)} (CPU {times(worst.cpu / floor.cpu)})",
        f"each under {_MOST:g} s",
        worst.wall < _MOST,
    )
