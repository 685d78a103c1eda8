"""Other programs: each an argument vector without a shell, never on the event loop, within bounds.

``start`` is for what then goes on by itself, such as a browser, ``run`` for what is given
something to read and is waited for. What a program says is outside text: it is cleaned here.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import threading
from functools import partial
from subprocess import DEVNULL, PIPE
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.errors import UsageError, unstarted
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AT_ONCE: Final = 5.0
"""Seconds within which a program that goes on by itself is told of where it fails."""
_GRACE: Final = 0.3
"""Seconds that what a program left running may go on writing after its end."""
_PIECE: Final = 65_536
_COMPLAINT: Final = 4_096
_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""Colours and the like, which would leave their letters behind."""


class Ended(NamedTuple):
    """How a program ended, and the beginning of what it said."""

    name: str
    status: int | None
    """None: it was ended at its time limit."""
    out: str = ""
    errors: str = ""
    seconds: float = 0.0
    """The time limit it had."""

    @property
    def trouble(self) -> str:
        """What went wrong, in a few words; empty where nothing did."""
        if self.status == 0:
            return ""
        if self.status is None:
            said = _("{program} took longer than {seconds} seconds and was ended")
            return said.format(program=self.name, seconds=round(self.seconds))
        if self.status < 0:
            said = _("{program} was ended by signal {number}")
            return said.format(program=self.name, number=-self.status)
        return _("{program} ended with {status}").format(program=self.name, status=self.status)


def called(words: Sequence[str]) -> str:
    """A program as one names it: without the folders it lies in."""
    return text.inline(os.path.basename(words[0]))  # noqa: PTH119 - a word, not a path


def readable(said: bytes) -> str:
    """What a program said, without what a terminal would obey."""
    return text.block(_ESCAPES.sub("", said.decode("utf-8", "replace").replace("\r\n", "\n")))


async def start(words: Sequence[str]) -> asyncio.Future[Ended]:
    """Start a program that goes on by itself, even when the reader is left; its end, once known.

    Raises UsageError where it cannot be started.
    """
    process, complaints = await asyncio.to_thread(_launch_alone, words)

    def tell(status: int) -> Ended:
        with complaints:
            complaints.seek(0)
            return Ended(called(words), status, errors=readable(complaints.read(_COMPLAINT)))

    return _end_of(process, tell)


async def failure(ended: asyncio.Future[Ended], within: float = AT_ONCE) -> str:
    """Why a program that was started has failed already, if it has; else empty."""
    try:
        found = await asyncio.wait_for(asyncio.shield(ended), within)
    except TimeoutError:
        return ""
    said = found.errors.partition("\n")[0]
    return ": ".join(filter(None, (found.trouble, said))) if found.trouble else ""


async def run(words: Sequence[str], data: bytes, *, seconds: float, most: int) -> Ended:
    """Give a program something to read, and wait for its end; ``most``: bytes kept of what it says.

    It is ended, with all that it started, at the time limit and when nobody waits any more.
    Raises UsageError where it cannot be started.
    """
    process = await asyncio.to_thread(_launch, words, PIPE, PIPE if most else DEVNULL)
    kept = bytearray(), bytearray()
    taps = [
        _thread(_drain, stream, sink, most)
        for stream, sink in zip((process.stdout, process.stderr), kept, strict=True)
        if stream is not None
    ]
    _thread(_feed, process.stdin, data)
    ended = _end_of(process, partial(Ended, called(words)))
    status = None
    try:
        with contextlib.suppress(TimeoutError):
            status = (await asyncio.wait_for(asyncio.shield(ended), seconds)).status
    finally:
        if status is None:
            _kill(process)
    for tap in taps:
        await asyncio.to_thread(tap.join, _GRACE)
    out, errors = (readable(bytes(said)) for said in kept)
    return Ended(called(words), status, out, errors, seconds)


# --- in threads ----------------------------------------------------------------------------


def _launch_alone(words: Sequence[str]) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """A program whose complaints go into a file: a pipe would break when the reader is left."""
    import tempfile

    complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the program has ended
    try:
        return _launch(words, DEVNULL, DEVNULL, complaints), complaints
    except UsageError:
        complaints.close()
        raise


def _launch(
    words: Sequence[str], stdin: int, stdout: int, stderr: int | IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            list(words),
            stdin=stdin,
            stdout=stdout,
            stderr=stdout if stderr is None else stderr,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        said = _("{program} cannot be started: {why}.")
        why = unstarted(error) if isinstance(error, OSError) else _("a word of it cannot be given")
        raise UsageError(said.format(program=called(words), why=text.inline(why))) from None


def _end_of(
    process: subprocess.Popen[bytes], tell: Callable[[int], Ended]
) -> asyncio.Future[Ended]:
    """What a program comes to; it is waited for by a thread, so that nothing is left of it."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[Ended] = loop.create_future()

    def settle(found: Ended) -> None:
        if not ended.done():
            ended.set_result(found)

    def wait() -> None:
        found = tell(process.wait())
        with contextlib.suppress(RuntimeError):  # the reader was left before
            loop.call_soon_threadsafe(settle, found)

    _thread(wait)
    return ended


def _thread(work: Callable[..., None], *given: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=given, name="program", daemon=True)
    thread.start()
    return thread


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # a program need not read what it is given
        stream.write(data)


def _drain(stream: IO[bytes], kept: bytearray, most: int) -> None:
    """Read to the end, so that nothing waits for a reader, and keep the beginning."""
    with contextlib.suppress(OSError, ValueError), stream:
        while piece := os.read(stream.fileno(), _PIECE):
            kept += piece[: most - len(kept)]


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
