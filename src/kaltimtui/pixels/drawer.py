"""The one who draws pictures, at arm's length: in a process that is killed when it hangs.

The process is started with the first picture, and ends by itself when nobody asks.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Final

from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.order import BROKEN, Drawn, troubled

if TYPE_CHECKING:
    from kaltimtui.pixels.order import Order

TIME_LIMIT: Final = 5.0
"""Seconds for one picture."""
_ANSWER_LIMIT: Final = 64 * 1024 * 1024
_COMMAND: Final = (sys.executable, "-P", "-m", "kaltimtui.pixels.worker")


class _Ended(Exception):  # noqa: N818 - an outcome, caught in this module
    """The process gave no answer: it was killed, or died."""


class Drawer:
    """Draws one picture after the other; any thread may order one, and any may ``close``."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._expired = False
        self._closed = False
        self._turn = threading.Lock()

    def draw(self, order: Order) -> Drawn:
        """A picture as it was ordered, or what is wrong with it. Nothing is raised."""
        with self._turn:
            kept = self._process is not None
            try:
                return self._ask(order)
            except (_Ended, OSError, ValueError):
                if not kept or self._expired or self._closed:
                    return troubled(BROKEN)
            try:  # it had ended for want of work, or died: a fresh one shall try
                return self._ask(order)
            except (_Ended, OSError, ValueError):
                return troubled(BROKEN)

    def close(self) -> None:
        """End the process, also while it draws; nothing is drawn any more."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._turn:
            self._end()

    def _ask(self, order: Order) -> Drawn:
        if self._closed:
            raise _Ended
        self._expired = False
        process = self._process = self._process or self._started()
        clock = threading.Timer(TIME_LIMIT, self._expire, (process,))
        clock.daemon = True
        clock.start()
        try:
            return self._answer(process, order)
        except BaseException:
            self._end()
            raise
        finally:
            clock.cancel()

    def _answer(self, process: subprocess.Popen[bytes], order: Order) -> Drawn:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line.endswith(b"\n"):
            raise _Ended
        natural, size, length, trouble = json.loads(line)
        pixels = process.stdout.read(min(length, _ANSWER_LIMIT))
        if len(pixels) < length:
            raise _Ended
        return Drawn(Size(*natural), Size(*size), pixels, trouble)

    def _expire(self, process: subprocess.Popen[bytes]) -> None:
        self._expired = True
        process.kill()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own module, no outside text
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
