"""P5: how much memory the reader takes after a while of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bench import process, reader, searches
from bench.starts import EMPTY
from bench.table import Row, mib, times
from bench.terminal import LAST_LINE, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_KEYS: Final = 500
_ARTICLES: Final = 50
_MOST: Final = 64.0


def measure(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    """500 keys, 20 searches, 50 articles opened; and the floors."""
    around = process.environment(folder)
    with Terminal(EMPTY, around) as terminal:
        terminal.wait_for(LAST_LINE)
        empty = terminal.resident()
    yield Row("floor", "memory of an empty Textual app", mib(empty), "", "", "")
    taken = {}
    for name in names:
        with reader.changing(folder, name) as home:
            taken[name], peak = _used(home)
        against = taken[names[0]]
        judged = name == names[-1]
        yield Row(
            "P5",
            f"memory after use, {int(name):,} articles",
            f"{mib(taken[name])}, at its peak {mib(peak)}",
            f"{names[0]}: {mib(against)}; empty: {mib(empty)}",
            f"{times(taken[name] / against)}; {times(taken[name] / empty)}",
            f"at most 1.15 x, under {mib(_MOST)}" if judged else "",
            taken[name] < min(_MOST, 1.15 * against) if judged else None,
        )


def _used(home: Path) -> tuple[float, float]:
    """MiB resident at the end, and at most."""
    with reader.reading(home) as terminal:
        for _ in range(_KEYS // 10):
            terminal.send(b"j" * 10)
            terminal.settle(reader.PREVIEW)
        for word in searches.words():
            searches.search(terminal, word, b"\r")
        for _ in range(_ARTICLES):
            terminal.send(b"j")
            terminal.settle(reader.PREVIEW)
            terminal.send(b"\r")
            terminal.settle(reader.PREVIEW)
            terminal.send(b"q")  # from the text back to the list
            terminal.settle()
        return terminal.resident(), terminal.peak()
