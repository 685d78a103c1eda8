"""A terminal that a program runs in and that notes when each picture was complete.

It is a pty of 120 x 40 cells that says, as modern terminals do, that it understands synchronised
output (mode 2026): Textual then puts each of its pictures between two marks, so that the moment
when the last byte of a picture has arrived is known, whatever is in it.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import resource
    from collections.abc import Mapping, Sequence
    from typing import Self

COLUMNS: Final = 120
ROWS: Final = 40
_ASKED: Final = b"\x1b[?2026$p"
_ANSWER: Final = b"\x1b[?2026;2$y"
_PICTURE_ENDS: Final = b"\x1b[?2026l"
LAST_LINE: Final = b"\x1b[40;1H"
"""What comes before the last line of a picture of the whole screen."""
_PATIENCE: Final = 240.0
_QUIET: Final = 0.05
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has used, in seconds and MiB."""

    wall: float
    cpu: float
    """Of all its threads, user and system."""
    memory: float = 0.0
    """At its peak; 0 where that was not watched."""


class Terminal:
    """One program in a terminal; use as a context manager, which ends the program."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        self.output = bytearray()
        """All that it wrote since ``forget``."""
        self.pictures = 0
        """Pictures completed since ``forget``."""
        self.last = 0.0
        """When the last byte came."""
        self._seen = 0
        self._cost: Cost | None = None
        self._master, side = os.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self.process = _spawn(argv, environment, side)
        os.close(side)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def forget(self) -> None:
        """Start to look at the output anew."""
        self.output.clear()
        self.pictures = 0
        self._seen = 0

    def send(self, keys: bytes) -> float:
        """Type; the moment when that was done."""
        self.forget()
        now = time.perf_counter()
        os.write(self._master, keys)
        return now

    def wait_for(self, text: bytes) -> float:
        """The moment when the picture with this text in it was complete."""
        deadline = time.perf_counter() + _PATIENCE
        while (at := self.output.find(text)) < 0:
            self._read(deadline, f"{text!r} did not come")
        while self.output.find(_PICTURE_ENDS, at) < 0:
            # The first picture may have been begun before the answer about its marks was heard.
            if not select.select([self._master], [], [], _QUIET)[0]:
                break
            self._take()
        return self.last

    def wait_picture(self) -> float:
        """The moment when the next picture was complete."""
        deadline = time.perf_counter() + _PATIENCE
        while not self.pictures:
            self._read(deadline, "no picture came")
        return self.last

    def settle(self, quiet: float = 0.25) -> float:
        """The moment of the last byte before nothing came for so long (seconds)."""
        while select.select([self._master], [], [], quiet)[0]:
            self._take()
        return self.last

    def settle_until(self, moment: float) -> None:
        """Take what comes until then."""
        while (left := moment - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self._take()

    def cpu(self) -> float:
        """Seconds that the program's threads have computed so far."""
        total = 0
        for task in Path(f"/proc/{self.process}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def peak(self) -> float:
        """MiB that the program had resident at most so far.

        What wait4 tells of a process counts in what its parent had before it began.
        """
        return self._memory("VmHWM")

    def resident(self) -> float:
        """MiB that the program has resident now."""
        return self._memory("VmRSS")

    def _memory(self, name: str) -> float:
        for line in Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError(self.process)

    def end(self) -> Cost:
        """Stop the program where it is; what it has used until then."""
        if self._cost is None:
            wall = time.perf_counter() - self.started
            memory = self.peak()
            os.kill(self.process, signal.SIGKILL)
            _pid, _status, usage = os.wait4(self.process, 0)
            os.close(self._master)
            self._cost = Cost(wall, computing(usage), memory)
        return self._cost

    def _read(self, deadline: float, complaint: str) -> None:
        left = deadline - time.perf_counter()
        if left <= 0 or not select.select([self._master], [], [], left)[0]:
            raise TimeoutError(f"{complaint}: {bytes(self.output[-2000:])!r}")
        self._take()

    def _take(self) -> None:
        try:
            said = os.read(self._master, _CHUNK)
        except OSError as error:  # Linux says so when the other side is closed
            raise ProcessLookupError(f"it ended: {bytes(self.output[-2000:])!r}") from error
        self.last = time.perf_counter()
        self.output += said
        if _ASKED in self.output[self._seen :]:
            os.write(self._master, _ANSWER)
        self.pictures += self.output.count(_PICTURE_ENDS, self._seen)
        # A mark may come in two parts.
        self._seen = max(0, len(self.output) - len(_PICTURE_ENDS) + 1)


def computing(usage: resource.struct_rusage) -> float:
    """Seconds that a process which has ended has computed."""
    return usage.ru_utime + usage.ru_stime


def _spawn(argv: Sequence[str], environment: Mapping[str, str], side: int) -> int:
    """Start a program whose terminal is the other side of the pty."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.login_tty(side)
        os.execve(argv[0], list(argv), dict(environment))
    finally:
        os._exit(127)
