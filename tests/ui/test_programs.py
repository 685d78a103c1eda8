"""Other programs: started, given something to read, ended in time, and told of in clean words."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import UsageError
from kaltimtui.ui import programs
from kaltimtui.ui.programs import Ended

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("english")
PYTHON = os.path.basename(sys.executable)  # noqa: PTH119 - as it is told


def python(code: str, *given: str) -> list[str]:
    return [sys.executable, "-c", code, *given]


async def run(code: str, data: bytes = b"", seconds: float = 30.0, most: int = 1_000) -> Ended:
    return await programs.run(python(code), data, seconds=seconds, most=most)


async def test_a_program_reads_what_it_is_given_and_is_heard() -> None:
    ended = await run(
        "import sys; print(sys.stdin.read().upper()); print('x', file=sys.stderr)", b"air"
    )
    assert ended == Ended(PYTHON, 0, "AIR", "x", 30.0)
    assert ended.trouble == ""


async def test_much_is_taken_in_and_only_the_beginning_of_what_is_said_is_kept() -> None:
    code = "import sys; d = sys.stdin.read(); print(len(d)); print('a' * 3_000_000)"
    ended = await run(code, b"b" * 3_000_000, most=100)
    assert ended.status == 0
    assert ended.out == "3000000\n" + "a" * 92


async def test_a_program_need_not_read() -> None:
    assert (await run("print(1)", b"b" * 3_000_000)).out == "1"


async def test_how_it_failed_is_told() -> None:
    ended = await run("import sys; print('bingung', file=sys.stderr); sys.exit(2)")
    assert ended.trouble == f"{PYTHON} ended with 2"
    assert ended.errors == "bingung"
    killed = await run("import os; os.kill(os.getpid(), 9)")
    assert killed.trouble == f"{PYTHON} was ended by signal 9"


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """Who reads it learns when all are gone that have it open for writing."""
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


def holding(fifo: Path) -> str:
    return f"import time; f = open({str(fifo)!r}, 'wb', 0); f.write(b'x'); time.sleep(600)"


async def test_at_its_time_limit_it_is_ended_with_what_it_started(fifo: Path) -> None:
    code = (
        "import subprocess, sys, time; print('mulai', flush=True);"
        f"subprocess.Popen([sys.executable, '-c', {holding(fifo)!r}]); time.sleep(600)"
    )
    gone = asyncio.create_task(asyncio.to_thread(fifo.read_bytes))
    ended = await run(code, seconds=5.0)
    assert (ended.status, ended.out) == (None, "mulai")
    assert ended.trouble == f"{PYTHON} took longer than 5 seconds and was ended"
    assert await gone == b"x"


async def test_it_is_ended_when_nobody_waits_any_more(fifo: Path) -> None:
    waiting = asyncio.create_task(run(holding(fifo), seconds=600.0))
    with await asyncio.to_thread(fifo.open, "rb", 0) as stream:
        assert await asyncio.to_thread(stream.read, 1) == b"x"
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.to_thread(stream.read) == b""


async def test_what_it_leaves_running_is_not_waited_for(fifo: Path) -> None:
    left = f"open({str(fifo)!r}).read()"
    code = (
        "import subprocess, sys; print('selesai', flush=True);"
        f"subprocess.Popen([sys.executable, '-c', {left!r}])"
    )
    ended = await run(code)
    assert (ended.status, ended.out) == (0, "selesai")
    await asyncio.to_thread(fifo.write_bytes, b"")


@pytest.mark.parametrize(
    "words", [["/none/\x1b[31mprogram"], ["/"], ["a\0b"], ["/etc/hostname"]], ids=range(4)
)
async def test_what_cannot_be_started_is_told_in_one_line(words: list[str]) -> None:
    for starting in (programs.start(words), programs.run(words, b"", seconds=1, most=1)):
        with pytest.raises(UsageError, match="cannot be started: ") as raised:
            await starting
        assert raised.value.message.isprintable()


async def test_a_program_that_goes_on_has_not_failed(fifo: Path) -> None:
    ended = await programs.start(python(f"open({str(fifo)!r}).read()"))
    assert await programs.failure(ended, within=0.2) == ""
    await asyncio.to_thread(fifo.write_bytes, b"")
    assert (await ended).status == 0


async def test_one_that_fails_at_once_says_why() -> None:
    ended = await programs.start(python("import sys; sys.exit('tidak ada \\x1b[1mlayar\\nlagi')"))
    assert await programs.failure(ended) == f"{PYTHON} ended with 1: tidak ada layar"


def test_colours_leave_nothing_behind() -> None:
    assert (
        programs.readable(b"\x1b[1;31mmerah\x1b[0m \x1b]8;;http://a\x1b\\b\x1b]8;;\x07\r\n")
        == "merah b"
    )
    assert programs.readable(b"\xff\x9b2J") == "\ufffd\ufffd2J"
