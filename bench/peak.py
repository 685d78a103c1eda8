"""A command of ours, and the most memory it had with its processes: ``peak.py FILE ARGUMENT...``.

What processes share, as the pages of the same libraries, is counted once: proportional set sizes,
looked at every few milliseconds. Needs ``/proc``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERY: Final = 0.005


def tree(pid: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from tree(int(child))


def proportional(pid: int) -> int:
    """KiB of a process, its part of what it shares with others included."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def now(pid: int) -> int:
    """KiB of a process and all that came of it; 0 where one has just ended."""
    try:
        return sum(map(proportional, tree(pid)))
    except OSError:
        return 0


if __name__ == "__main__":
    most = 0
    with subprocess.Popen((sys.executable, "-m", "kaltimtui", *sys.argv[2:])) as program:
        while program.poll() is None:
            most = max(most, now(program.pid))
            time.sleep(_EVERY)
    Path(sys.argv[1]).write_text(str(most))
    sys.exit(program.returncode)
