"""P2, P3 and P7: a refresh of a hundred feeds as a whole process, from network to index."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import newsboat, process, reader
from bench.news import SOURCES
from bench.process import PROGRAM, PYTHON, ratio
from bench.table import Row, mib, ms, times
from kaltimtui import subscriptions
from kaltimtui.importing import Fetched, keep_fetched
from kaltimtui.library import Library
from kaltimtui.models import Outcome, SourceData, View, ViewKind
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.terminal import Cost, Terminal

_FLOOR: Final = str(Path(__file__).with_name("floor_gather.py"))
_PEAK: Final = str(Path(__file__).with_name("peak.py"))
_BAD: Final = 10
"""Sources of the hundred that never answer, for P7."""
_MORE: Final = 120.0
_KEYS: Final = 90
_REPEAT: Final = 1 / 30


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """Cold, then unchanged; then with a tenth of the sources silent; then how much memory."""
    with served() as port, tempfile.TemporaryDirectory(prefix="kaltimtui-bench-") as made:
        root = Path(made)
        rounds = [_round(root / str(number), port) for number in range(repeats + 1)]
        # The first round goes before, as all meet a cold disk in it.
        cold, same = ([found[which] for found in rounds[1:]] for which in (0, 1))
        yield from _rows(
            "P2", "refresh of 100 feeds, cold", cold, {"gather": 1.75, "newsboat": 0.7}
        )
        yield from _rows("P3", "the same, unchanged", same, {"gather": 1.3})
        yield _faults(root, port, repeats)
        yield _memory(root, port)
        yield _keys(folder, names[-1], port)


@contextlib.contextmanager
def served() -> Iterator[int]:
    """The server of the feeds; its port."""
    command = (PYTHON, "-m", "bench.feedserver")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.communicate()


# --- how long ----------------------------------------------------------------------------------


def _round(root: Path, port: int) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """Everyone once without any news yet, and once more."""
    root.mkdir()
    ours = home(root / "ours", [f"http://127.0.0.1:{port}/{number}" for number in range(SOURCES)])
    commands: dict[str, tuple[str, ...]] = {
        "gather": (PYTHON, _FLOOR, str(port), str(root / "tags.json")),
        "ours": (PROGRAM, "--quiet", "refresh", "--all"),
    }
    if newsboat.command() is not None:
        for name, threads in (("newsboat", 1), ("newsboat, 8 threads", 8)):
            commands[name] = _newsboat(root / name, port, threads)
    around = process.environment(ours)
    cold = {name: process.run(command, around) for name, command in commands.items()}
    return cold, {name: process.run(command, around) for name, command in commands.items()}


def home(folder: Path, urls: Sequence[str]) -> Path:
    """A home with these feeds as its sources, and no news yet."""
    library = Library.open(Paths.find(str(folder)))
    kept = subscriptions.of(library)
    for source in kept.all():
        kept.remove(source.id)
    for number, url in enumerate(urls):
        kept.add(SourceData(f"Kabar {number:03}", "feed", url), private=True)
    library.close()
    return folder


def _newsboat(folder: Path, port: int, threads: int) -> tuple[str, ...]:
    folder.mkdir()
    urls = "".join(f"http://127.0.0.1:{port}/{number}\n" for number in range(SOURCES))
    (folder / "urls").write_text(urls)
    (folder / "config").write_text(f"reload-threads {threads}\n")
    return (*newsboat.argv(folder), "-x", "reload")


def _rows(
    goal: str, work: str, rounds: Sequence[Mapping[str, Cost]], most: Mapping[str, float]
) -> Iterator[Row]:
    """Ours beside each of the others."""

    def walls(name: str) -> list[float]:
        return [found[name].wall for found in rounds]

    for beside in rounds[0]:
        if beside == "ours":
            continue
        found, wanted = ratio(walls("ours"), walls(beside)), most.get(beside)
        yield Row(
            goal,
            f"{work}, beside {beside}",
            ms(statistics.median(walls("ours"))),
            f"{beside}: {ms(statistics.median(walls(beside)))}",
            times(found),
            "" if wanted is None else f"at most {wanted:g} x",
            None if wanted is None else found <= wanted,
        )


# --- faults ------------------------------------------------------------------------------------


def _faults(root: Path, port: int, repeats: int) -> Row:
    """How much later the good sources are done where a tenth of all never answers."""
    good = [f"http://127.0.0.1:{port}/{number}" for number in range(_BAD, SOURCES)]
    bad = [f"http://127.0.0.1:{port}/bad/{number}" for number in range(_BAD)]
    alone, among = [], []
    for number in range(repeats):
        alone.append(_until(home(root / f"alone-{number}", good), len(good)))
        among.append(_until(home(root / f"among-{number}", bad + good), len(good)))
    found = ratio(among, alone)
    return Row(
        "P7",
        "90 feeds are done, 10 of 100 never answering",
        ms(statistics.median(among)),
        f"without those: {ms(statistics.median(alone))}",
        times(found),
        "less than 1.1 x",
        found < 1.1,
    )


def _until(folder: Path, count: int) -> float:
    """Seconds until so many sources are done well; the rest is not waited for."""
    begun = time.perf_counter()
    with subprocess.Popen(
        (PROGRAM, "--quiet", "--json", "refresh", "--all"),
        env=process.environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            count -= json.loads(line)["status"] == "ok"
            if not count:
                break
        took = time.perf_counter() - begun
        program.kill()
    return took


# --- memory ------------------------------------------------------------------------------------


def _memory(root: Path, port: int) -> Row:
    """What a refresh takes above a start that finds nothing due."""
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(SOURCES)]
    folder = home(root / "memory", urls)
    refreshed = _peak(folder, root, "refresh", "--all")
    start = _peak(folder, root, "refresh")
    return Row(
        "",
        "memory of a refresh of 100 feeds, cold",
        mib(refreshed),
        f"nothing due: {mib(start)}",
        f"{mib(refreshed - start)} more",
        f"at most {mib(_MORE)} more",
        refreshed - start <= _MORE,
    )


def _peak(folder: Path, root: Path, *words: str) -> float:
    said = root / "peak"
    process.run((PYTHON, _PEAK, str(said), "--quiet", *words), process.environment(folder))
    return int(said.read_text()) / 1024


# --- keys --------------------------------------------------------------------------------------


def _keys(folder: Path, name: str, port: int) -> Row:
    """P6 while the reader refreshes: each key is waited for by the place it leads to.

    The list is one that nothing new comes into, so that its places stay what they are.
    """
    with reader.changing(folder, name) as place:
        with reader.library(place) as library:
            source, total = _busy(library, port)
        (Paths.find(str(place)).config / "config.toml").unlink()
        state = Paths.find(str(place)).screen_state
        state.parent.mkdir(exist_ok=True)
        state.write_text(json.dumps({"view": "source", "source": source, "offered": True}))
        view = View(ViewKind.SOURCE, source=source)
        first = reader.headline(place, view)
        with reader.terminal(place) as terminal:
            terminal.wait_for(first)
            held = _held(terminal, total)
    return Row(
        "P6",
        f"key to picture during a refresh of 100 feeds, {int(name):,} articles",
        f"p50 {ms(statistics.median(held))}, p95 {ms(process.p95(held))}, worst {ms(max(held))}",
        "",
        "",
        "p95 under 33 ms",
        process.p95(held) < 0.033,
    )


def _busy(library: Library, port: int) -> tuple[int, int]:
    """Make a hundred feeds due, and only these; a source that none of them touches, its size."""
    kept, now = subscriptions.of(library), library.now()
    later = now + timedelta(days=1)
    quiet = [Fetched(source.id, (), Outcome(source.id, now, later)) for source in kept.all()]
    keep_fetched(library.database, quiet, now)
    for number in range(SOURCES):
        url = f"http://127.0.0.1:{port}/{number}"
        kept.add(SourceData(f"Baru {number:03}", "feed", url), private=True)
    node = max(library.navigation().sources, key=lambda node: node.count.total)
    return node.id, node.count.total


def _held(terminal: Terminal, total: int) -> list[float]:
    """Seconds from each key to its picture, thirty keys a second while a refresh goes on."""
    held = []
    for number in range(_KEYS):
        sent = terminal.send(b"j")
        held.append(terminal.wait_for(reader.place(number + 2, total)) - sent)
        terminal.settle_until(sent + _REPEAT)
    return held
