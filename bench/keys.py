"""P6: how long it takes from a key to the picture that answers it."""

from __future__ import annotations

import contextlib
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bench import process, reader
from bench.process import PYTHON, p95
from bench.table import Row, ms, times
from bench.terminal import LAST_LINE, Terminal
from kaltimtui.models import View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINES: Final = (PYTHON, str(Path(__file__).with_name("floor_lines.py")))
_REPEAT: Final = 1 / 30
"""Seconds between the keys that a keyboard sends while one is held down."""
_BURST: Final = 100
_ALL: Final = "in All, {count:,} articles"
_SOURCE: Final = "in a source of {count:,}"


class Keys(NamedTuple):
    """What one list took."""

    held: list[float]
    """Seconds from each key to its picture, while ``j`` is held down."""
    floor: list[float]
    """The same where there is nothing but lines, each key sent just before one of ``held``."""
    cpu: float
    """Seconds of computing for each of these keys."""
    burst: list[float]
    """Seconds from a hundred keys at once to the last of their pictures."""
    preview: list[float]
    """Seconds from one key to the text of the article it leads to."""


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """Held down, a hundred at once, and with the text of the article."""
    bare = statistics.median(
        process.run(process.BARE, process.environment(folder)).cpu for _ in range(repeats)
    )
    for name in names:
        found = _list(folder, name, View(), repeats)
        yield from _rows(_ALL.format(count=int(name)), found, bare, judged=name == names[-1])
    with reader.visiting(folder, names[-1]) as home, reader.library(home) as library:
        source = max(library.navigation().sources, key=lambda source: source.count.total)
    found = _list(folder, names[-1], View(ViewKind.SOURCE, source=source.id), repeats)
    where = _SOURCE.format(count=source.count.total)
    yield from _rows(where, found, bare, judged=True)


def _rows(where: str, found: Keys, bare: float, *, judged: bool) -> Iterator[Row]:
    low, high = statistics.median(found.held), p95(found.held)
    floor_low, floor_high = statistics.median(found.floor), p95(found.floor)
    yield Row(
        "P6",
        f"key to picture, `j` held down, {where}",
        f"p50 {ms(low)}, p95 {ms(high)}",
        f"lines alone: p50 {ms(floor_low)}, p95 {ms(floor_high)}",
        f"{times(low / floor_low)}, {times(high / floor_high)}",
        "p95 under 20 ms" if judged else "",
        high < 0.020 if judged else None,
    )
    yield Row(
        "P6",
        f"computing for a key, {where}",
        f"CPU {ms(found.cpu)}",
        f"bare: CPU {ms(bare)}",
        times(found.cpu / bare),
        "at most 1 x" if judged else "",
        found.cpu <= bare if judged else None,
    )
    burst = statistics.median(found.burst)
    yield Row(
        "P6",
        f"{_BURST} keys at once, {where}",
        f"p50 {ms(burst)}, worst {ms(max(found.burst))}",
        "",
        "",
        "under 150 ms" if judged else "",
        burst < 0.150 if judged else None,
    )
    preview = statistics.median(found.preview)
    yield Row(
        "",
        f"key to the article's text, {where}",
        f"p50 {ms(preview)}, p95 {ms(p95(found.preview))}",
        "the pause before a preview: 90 ms",
        "",
        "",
    )


def _list(folder: Path, name: str, view: View, repeats: int) -> Keys:
    state = {"view": view.kind.value, "source": view.source}
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(reader.visiting(folder, name, state))
        with reader.library(home) as library:
            total = library.count(view).total
        lines = stack.enter_context(Terminal(_LINES, process.environment(home)))
        lines.wait_for(LAST_LINE)
        lines.settle()
        terminal = stack.enter_context(reader.reading(home, view))
        before = terminal.cpu()
        count = repeats * 20
        floor, held = _held(lines, terminal, count)
        cpu = (terminal.cpu() - before) / count
        terminal.settle(reader.PREVIEW)
        burst = []
        for _ in range(repeats):
            terminal.send(b"g")
            terminal.settle(reader.PREVIEW)
            started = terminal.send(b"j" * _BURST)
            burst.append(terminal.wait_for(reader.place(_BURST + 1, total)) - started)
            terminal.settle(reader.PREVIEW)
        preview = []
        for _ in range(repeats * 2):
            started = terminal.send(b"j")
            preview.append(terminal.settle(reader.PREVIEW) - started)
        return Keys(held, floor, cpu, burst, preview)


def _held(lines: Terminal, terminal: Terminal, count: int) -> tuple[list[float], list[float]]:
    """Seconds from each of so many keys, sent as by a key held down, to the picture of each."""
    floor, held = [], []
    for _ in range(count):
        started = lines.send(b"j")
        floor.append(lines.wait_picture() - started)
        sent = terminal.send(b"j")
        held.append(terminal.wait_picture() - sent)
        terminal.settle_until(started + _REPEAT)
    return floor, held
