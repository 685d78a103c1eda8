"""How long it takes to start: the reader until its first picture, and the commands."""

from __future__ import annotations

import contextlib
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import process, reader
from bench.process import BARE, PROGRAM, PYTHON, ratio, rounds
from bench.table import Row, ms, times
from bench.terminal import LAST_LINE, Cost, Terminal
from kaltimtui.models import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EMPTY: Final = (PYTHON, str(Path(__file__).with_name("floor_empty.py")))


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """The floors of the machine, then P1 and P8."""
    with contextlib.ExitStack() as stack:
        homes = {name: stack.enter_context(reader.visiting(folder, name)) for name in names}
        works = _works(homes, stack, folder, names[-1])
        found = rounds(works, repeats)
    walls = {name: [used.wall for used in costs] for name, costs in found.items()}
    cpus = {name: [used.cpu for used in costs] for name, costs in found.items()}

    def row(goal: str, work: str, name: str, beside: str, most: float | None = None) -> Row:
        wall, cpu = ratio(walls[name], walls[beside]), ratio(cpus[name], cpus[beside])
        wanted = "" if most is None else f"at most {most:g} x"
        met = None if most is None else wall <= most
        return Row(
            goal,
            work,
            _took(walls[name], cpus[name]),
            f"{beside}: {_took(walls[beside], cpus[beside])}",
            f"{times(wall)} (CPU {times(cpu)})",
            wanted,
            met,
        )

    first, last = names[0], names[-1]
    yield row("floor", "`import textual.app`", "import", "bare")
    yield row("floor", "empty Textual app, first paint", "empty", "bare")
    for name in names:
        most = 1.6 if name == last else None
        yield row("P1", f"first paint, {int(name):,} articles", name, "empty", most)
    yield row("P1", f"the same against {int(first):,} articles", last, first, 1.1)
    yield row("", "the same, begun again halfway down the list", "halfway", last)
    yield row("P8", "`--help`", "help", "bare", 4)
    for name in names:
        most = 8 if name == last else None
        yield row("P8", f"`list --limit 20`, {int(name):,} articles", f"list {name}", "bare", most)


def _took(wall: Sequence[float], cpu: Sequence[float]) -> str:
    return f"{ms(statistics.median(wall))} (CPU {ms(statistics.median(cpu))})"


def _works(
    homes: dict[str, Path], stack: contextlib.ExitStack, folder: Path, last: str
) -> dict[str, Callable[[], Cost]]:
    bare_home = next(iter(homes.values()))
    around = process.environment(bare_home)
    works: dict[str, Callable[[], Cost]] = {
        "bare": lambda: process.run(BARE, around),
        "import": lambda: process.run((PYTHON, "-c", "import textual.app"), around),
        "empty": lambda: first_picture(Terminal(EMPTY, around), LAST_LINE),
        "help": lambda: process.run((PROGRAM, "--help"), around),
    }
    for name, home in homes.items():
        works[name] = _start(home, reader.headline(home))
        works[f"list {name}"] = _list(home)
    with reader.library(homes[last]) as library:
        (middle,) = library.rows(View(), skip=int(last) // 2, limit=1)
    home = stack.enter_context(reader.visiting(folder, last, {"article": middle.id}))
    works["halfway"] = _start(home, middle.title[: reader.HEADLINE].encode())
    return works


def _start(home: Path, headline: bytes) -> Callable[[], Cost]:
    return lambda: first_picture(reader.terminal(home), headline)


def _list(home: Path) -> Callable[[], Cost]:
    return lambda: process.run((PROGRAM, "list", "--limit", "20"), process.environment(home))


def first_picture(terminal: Terminal, text: bytes) -> Cost:
    """The cost until the first picture with this text in it is whole."""
    with terminal:
        came = terminal.wait_for(text)
        used = terminal.end()
    return Cost(came - terminal.started, used.cpu, used.memory)
