"""Readers of what was fetched: threads, and behind them processes once much waits to be read.

Threads share one interpreter, which is also the one that fetches and keeps; but a process takes
a moment to begin and memory of its own, which a few pages or feeds are not worth. Nobody else
knows which it is: a reader is an ``Executor``. What it is given must be made of functions and
values that can be pickled.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

from kaltimtui import i18n
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.refresh.worker import LENGTH, READY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_T = TypeVar("_T")
_P = ParamSpec("_P")
THREADS: Final = 3
"""Works that are done at once; each may wait for a process that reads a sloppy feed."""
PROCESSES: Final = 2
MANY: Final = 6
"""Works that wait or are done, from which on processes are begun."""
_CROWDED: Final = 2.0
"""Programs that want one processor, on average."""
_COMMAND: Final = (sys.executable, "-P", "-m", "kaltimtui.refresh.worker")
_PATIENCE: Final = 2.0
"""Seconds to wait for a process that is free; all of them may have met with sloppy feeds."""


def has_room() -> bool:
    """Whether the processors are not wanted by many others: then more processes take longer."""
    cores = os.cpu_count() or 1
    try:
        return cores > 1 and os.getloadavg()[0] < _CROWDED * cores
    except (AttributeError, OSError):  # not every system can tell
        return cores > 1


class Readers(Executor):
    """Does works in threads, or in processes where these are many.

    ``sites`` is the folder of the profiles of sites that the user wrote.
    """

    def __init__(self, sites: Path) -> None:
        self._argv = (*_COMMAND, i18n.language(), str(sites))
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="reading")
        self._changing = threading.Condition()
        self._works = 0
        self._places = PROCESSES if has_room() else 0
        """Processes that may still be begun."""
        self._alive: set[_Process] = set()
        self._idle: list[_Process] = []
        self._closed = False

    def expect(self, works: int) -> None:
        """Say how many works are to come for certain: where these are many, get ready."""
        if works >= MANY:
            for _place in range(PROCESSES):
                self._threads.submit(self._begin)

    def submit(self, work: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a work done; where its process dies, it raises ParseError."""
        with self._changing:
            self._works += 1
        future = self._threads.submit(self._do, partial(work, *args, **kwargs))
        future.add_done_callback(self._count_off)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more works, and end the processes; a work that one of them does fails."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        with self._changing:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = self._alive.difference(idle)
            self._changing.notify_all()
        for process in busy:
            process.kill()  # whoever asks it closes it
        for process in idle:
            self._lose(process)

    def _count_off(self, _done: Future[Any]) -> None:
        with self._changing:
            self._works -= 1

    def _do(self, work: Callable[[], _T]) -> _T:
        process = self._process()
        if process is None:
            return work()
        try:
            done, result = process.ask(work)
        except Exception as error:
            self._lose(process)
            raise ParseError(_("it cannot be read")) from error
        self._release(process)
        if not done:
            raise result
        return cast("_T", result)

    # --- Processes ------------------------------------------------------------------------------

    def _process(self) -> _Process | None:
        """One that is free, or will be soon, or a new one where that is worth it."""
        with self._changing:
            if not self._idle and not self._places:
                self._changing.wait_for(self._is_settled, _PATIENCE)
            if self._idle:
                return self._idle.pop()
            worth = self._works >= MANY
        return self._new() if worth else None

    def _is_settled(self) -> bool:
        """Whether it is no use to wait for a process: one is there, or none is alive."""
        return bool(self._idle or self._closed or not self._alive)

    def _begin(self) -> None:
        process = self._new()
        if process is not None:
            self._release(process)

    def _new(self) -> _Process | None:
        """A new one, if there is a place for it and it can be had."""
        with self._changing:
            if self._closed or not self._places:
                return None
            self._places -= 1
        try:
            process = _Process(self._argv)
        except OSError:
            return None
        if self._take_in(process) and process.is_ready():
            return process
        self._lose(process)
        return None

    def _take_in(self, process: _Process) -> bool:
        """Count a process in; whether there is still work for it."""
        with self._changing:
            self._alive.add(process)
            return not self._closed

    def _release(self, process: _Process) -> None:
        """Let others have a process."""
        with self._changing:
            closed = self._closed
            if not closed:
                self._idle.append(process)
                self._changing.notify()
        if closed:
            self._lose(process)

    def _lose(self, process: _Process) -> None:
        """Be rid of a process; another may come in its place, unless it never was ready."""
        with self._changing:
            self._alive.discard(process)
            self._places += process.ready
            self._changing.notify_all()
        process.close()


class _Process:
    """A process of ``worker.py``; one thread asks it at a time."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.ready = False
        """Whether it has ever been."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no outside text
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl+C is for the program alone, which ends this one
        )

    def is_ready(self) -> bool:
        """Wait until it takes works; whether it ever will."""
        assert self._process.stdout is not None
        self.ready = self._process.stdout.read(len(READY)) == READY
        return self.ready

    def ask(self, work: Callable[[], object]) -> tuple[bool, Any]:
        """Whether a work was done, and its result or why not. Raises whatever where it died."""
        assert self._process.stdin is not None
        asked = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.write(LENGTH.pack(len(asked)) + asked)
        self._process.stdin.flush()
        (length,) = LENGTH.unpack(self._receive(LENGTH.size))
        answer: tuple[bool, Any] = pickle.loads(self._receive(length))  # noqa: S301 - our own
        return answer

    def kill(self) -> None:
        """End it, whatever it does, and what it has begun itself."""
        if self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def close(self) -> None:
        """End it, and leave nothing of it."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    def _receive(self, length: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise BrokenPipeError
        return data
