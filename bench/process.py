"""Programs that run to their end, and how two are held against each other."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.terminal import Cost, computing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PYTHON: Final = sys.executable
BARE: Final = (PYTHON, "-c", "pass")
PROGRAM: Final = str(Path(sys.executable).with_name("kaltimtui"))


def environment(home: Path) -> dict[str, str]:
    """What a program finds around it: nothing of the machine's own settings.

    Where this code itself was found by PYTHONPATH, so is that of the program.
    """
    code = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    return code | {
        "PATH": os.defpath,
        "HOME": str(home),
        "KALTIMTUI_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "id_ID.UTF-8",
    }


def run(argv: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a program that says nothing we want to hear. Raises CalledProcessError."""
    started = time.perf_counter()
    with Path(os.devnull).open("r+b") as nothing:
        # posix_spawn, as subprocess would fork this whole process first
        actions = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), number) for number in (0, 1, 2)]
        pid = os.posix_spawn(argv[0], list(argv), environment, file_actions=actions)
    _pid, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), argv)
    return Cost(wall, computing(usage))


def rounds(works: Mapping[str, Callable[[], Cost]], times: int) -> dict[str, list[Cost]]:
    """Each work once in every round, so that all meet the same load; one round goes before."""
    found: dict[str, list[Cost]] = {name: [] for name in works}
    for number in range(times + 1):
        for name, work in works.items():
            used = work()
            if number:
                found[name].append(used)
    return found


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def p95(values: Sequence[float]) -> float:
    """The value that 95 of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
