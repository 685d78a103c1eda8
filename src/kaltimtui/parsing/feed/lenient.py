"""The lenient reader of feeds, at arm's length: in processes that are killed when they hang.

A process that has answered is kept for the next feed; it ends by itself when nobody asks.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Final

from kaltimtui.parsing.feed.raw import feed_from_json
from kaltimtui.parsing.feed.worker import FAST, HEADER, LENGTH, LENIENT

if TYPE_CHECKING:
    from kaltimtui.parsing.feed.raw import RawFeed

TIME_LIMIT: Final = 5.0
"""Seconds for one feed."""
_KEPT: Final = 2
_ANSWER_LIMIT: Final = 128 * 1024 * 1024
_COMMAND: Final = (sys.executable, "-P", "-m", "kaltimtui.parsing.feed.worker")


class _Hung(Exception):  # noqa: N818 - an outcome, caught in this module
    """The process gave no answer: it was killed at the time limit, or died."""


def read_leniently(document: bytes) -> RawFeed | None:
    """A feed in UTF-8, read as well as may be; None where it is none or cannot be read in time."""
    for reader in (LENIENT, FAST):
        try:
            answer = _ask(reader, document)
        except _Stopped:
            return None
        except (_Hung, OSError):  # no answer, or no process to be had
            continue
        return feed_from_json(json.loads(answer)) if answer else None
    return None


_idle: list[_Worker] = []
_alive: set[_Worker] = set()
"""Those that are asked, too."""
_keeping = threading.Lock()


def _ask(reader: bytes, document: bytes) -> bytes:
    while worker := _kept():
        try:
            return worker.ask(reader, document)
        except _Hung:
            if worker.expired:
                raise
            # It had ended for want of work, or died: a fresh one shall try.
    return _Worker().ask(reader, document)


def _kept() -> _Worker | None:
    with _keeping:
        return _idle.pop() if _idle else None


@atexit.register
def close_workers() -> None:
    """End the processes, those that are kept and those that are being asked."""
    with _keeping:
        idle = list(_idle)
        _idle.clear()
        busy = _alive.difference(idle)
    for worker in idle:
        worker.close()
    for worker in busy:
        worker.stop()  # whoever asks it closes it


class _Stopped(Exception):  # noqa: N818 - an outcome, caught in this module
    """The process was ended because nobody wants its answer any more."""


class _Worker:
    """A process of ``worker.py``; one thread asks it at a time."""

    def __init__(self) -> None:
        self.expired = False
        self._stopped = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no outside text
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with _keeping:
            _alive.add(self)

    def ask(self, reader: bytes, document: bytes) -> bytes:
        """What it answers; then it waits for the next. Raises _Hung, and then it is no more."""
        clock = threading.Timer(TIME_LIMIT, self._expire)
        clock.daemon = True
        clock.start()
        try:
            self._send(HEADER.pack(reader, len(document)) + document)
            (length,) = LENGTH.unpack(self._receive(LENGTH.size))
            answer = self._receive(length)
        except BaseException as error:
            self.close()
            if self._stopped:
                raise _Stopped from error
            raise
        finally:
            clock.cancel()
        with _keeping:
            kept = not self.expired and len(_idle) < _KEPT
            if kept:
                _idle.append(self)
        if not kept:
            self.close()
        return answer

    def stop(self) -> None:
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        with _keeping:
            _alive.discard(self)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError as error:
            raise _Hung from error

    def _receive(self, length: int) -> bytes:
        assert self._process.stdout is not None
        if length > _ANSWER_LIMIT:
            raise _Hung
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise _Hung
        return data
