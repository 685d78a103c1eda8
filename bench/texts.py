"""What it costs to open an article, by its length, and to change the theme."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

from bench import process, reader, stores
from bench.process import BARE
from bench.table import Row, ms, times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.terminal import Terminal

_MOST: Final = {44_000: 10.0}
_THEMES: Final = 8


def measure(folder: Path) -> Iterator[Row]:
    """Each article once, none of them seen before; a bare interpreter between any two."""
    with reader.visiting(folder, stores.LONG) as home, reader.reading(home) as terminal:
        around = process.environment(home)
        for size in stores.SIZES:
            costs, bare = [], []
            for number in range(stores.OF_EACH_SIZE):
                if number or size != stores.SIZES[0]:  # the reader starts on the first short one
                    _cpu(terminal, b"j")
                costs.append(_cpu(terminal, b"j"))
                bare.append(process.run(BARE, around).cpu)
            yield _row(f"open an article of {size / 1000:g} kB", costs, bare, _MOST.get(size))
        costs, bare = [], []
        for _ in range(_THEMES):
            costs.append(_cpu(terminal, b"T"))
            bare.append(process.run(BARE, around).cpu)
        yield _row("change the theme, an article of 175 kB shown", costs, bare, None)
    with reader.visiting(folder, "1000") as home, reader.reading(home) as terminal:
        costs, bare = [], []
        for _ in range(_THEMES):
            costs.append(_cpu(terminal, b"T"))
            bare.append(process.run(BARE, around).cpu)
        yield _row("change the theme", costs, bare, 5.0)


def _cpu(terminal: Terminal, key: bytes) -> float:
    """Seconds of computing from a key until nothing more is drawn."""
    before = terminal.cpu()
    terminal.send(key)
    terminal.settle(reader.PREVIEW)
    return terminal.cpu() - before


def _row(work: str, costs: list[float], bare: list[float], most: float | None) -> Row:
    found = process.ratio(costs, bare)
    return Row(
        "",
        work,
        f"CPU {ms(statistics.median(costs))}",
        f"bare: CPU {ms(statistics.median(bare))}",
        times(found),
        "" if most is None else f"at most {most:g} x",
        None if most is None else found <= most,
    )
