"""Readers: threads, and processes where much is to be read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.errors import FetchError, ParseError
from kaltimtui.refresh import readers as module
from kaltimtui.refresh import reading
from kaltimtui.refresh.readers import MANY, PROCESSES, Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="looks for processes by their numbers")
NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
URL = "https://kabar.example/umpan"
FEED = b"""<rss version="2.0"><channel><title>Kabar</title><link>https://kabar.example/</link>
<item><title>Satu</title><guid>1</guid><link>https://kabar.example/1</link>
<pubDate>Tue, 24 Nov 2026 07:00:00 +0800</pubDate><category>Kota</category>
<description>&lt;p&gt;Air &lt;b&gt;naik&lt;/b&gt; di hulu.&lt;/p&gt;
&lt;ul&gt;&lt;li&gt;satu&lt;/li&gt;&lt;/ul&gt;</description>
<enclosure url="https://kabar.example/1.mp3" type="audio/mpeg"/></item>
<item><title>Dua</title><guid>2</guid><description>Teks.</description></item></channel></rss>"""
LOGIN = b"<html><title>Login</title><form><input type=password></form></html>"
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may be busy with other tests."""
    monkeypatch.setattr(module, "has_room", lambda: True)


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Readers]:
    made = Readers(tmp_path / "sites")
    yield made
    made.shutdown(wait=False, cancel_futures=True)


@pytest.fixture
def apart(readers: Readers) -> Readers:
    """Readers whose processes are there."""
    readers.expect(MANY)
    assert until(lambda: len(readers._idle) == PROCESSES)
    return readers


def until(true: Callable[[], bool]) -> bool:
    """Whether something comes true before patience ends."""
    ends = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < ends:
        time.sleep(0.01)
    return true()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def done(future: Future[int]) -> int:
    return future.result(PATIENCE)


def test_a_few_works_are_done_here(readers: Readers) -> None:
    readers.expect(MANY - 1)
    assert {done(readers.submit(os.getpid)) for _ in range(MANY)} == {os.getpid()}


def test_many_are_done_by_others(readers: Readers) -> None:
    begun = [readers.submit(time.sleep, 0.1) for _ in range(3 * MANY)]
    for future in begun:
        future.result(PATIENCE)
    assert until(lambda: len(readers._idle) == PROCESSES)
    assert done(readers.submit(os.getpid)) != os.getpid()


def test_what_they_read_is_the_same(apart: Readers) -> None:
    work = partial(reading.feed, FEED, URL, None, NOW)
    here = work()
    there = apart.submit(work).result(PATIENCE)
    assert there == here
    assert [item.whole() for item in there.ready] == [item.whole() for item in here.ready]
    assert len(here.ready[0].whole().document.blocks) == 2


def test_failures_come_back_as_they_are(apart: Readers) -> None:
    with pytest.raises(FetchError) as found:
        apart.submit(reading.wanted, LOGIN, URL, NOW).result(PATIENCE)
    assert found.value.reason == "content"
    said = found.value.message
    i18n.set_language("en")
    assert i18n.told(i18n.keepable(said)) == "kabar.example wants a login."


def test_what_is_no_failure_of_ours_comes_as_one_that_is(apart: Readers) -> None:
    with pytest.raises(ParseError):
        apart.submit(int, "x").result(PATIENCE)


def test_a_process_that_dies_fails_one_work(apart: Readers) -> None:
    pid = done(apart.submit(os.getpid))
    with pytest.raises(ParseError):
        apart.submit(os.kill, pid, signal.SIGKILL).result(PATIENCE)
    assert done(apart.submit(os.getpid)) not in (pid, os.getpid())
    for future in [apart.submit(time.sleep, 0.1) for _ in range(3 * MANY)]:
        future.result(PATIENCE)
    assert until(lambda: len(apart._idle) == PROCESSES)


def test_a_crowded_machine_gets_no_more_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "has_room", lambda: False)
    readers = Readers(tmp_path)
    readers.expect(MANY)
    works = [readers.submit(os.getpid) for _ in range(3 * MANY)]
    assert {done(work) for work in works} == {os.getpid()}
    readers.shutdown()


@pytest.mark.parametrize("load", [(0.5, True), (64.0, False)])
def test_a_machine_is_crowded_where_many_want_its_processors(
    load: tuple[float, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (load[0], 0.0, 0.0))
    assert module.has_room() is load[1]


@pytest.mark.parametrize(
    "command", [("/nowhere/python",), (sys.executable, "-c", "print('usage')")]
)
def test_where_there_can_be_no_process_threads_do(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_COMMAND", command)
    readers = Readers(tmp_path)
    readers.expect(MANY)
    works = [readers.submit(os.getpid) for _ in range(MANY)]
    assert {done(work) for work in works} == {os.getpid()}
    readers.shutdown()


def test_shutting_down_ends_processes_that_work_too(apart: Readers) -> None:
    pids = {process._process.pid for process in apart._alive}
    asked = apart.submit(time.sleep, 60)
    assert until(lambda: len(apart._idle) < PROCESSES)
    apart.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(ParseError):
        asked.result(PATIENCE)
    assert until(lambda: not any(map(is_alive, pids)))


def test_processes_end_with_the_program_that_is_killed(tmp_path: Path) -> None:
    said = (
        "import os, sys, time; from pathlib import Path\n"
        "from kaltimtui.refresh import readers as module\n"
        "from kaltimtui.refresh.readers import MANY, Readers\n"
        "module.has_room = lambda: True\n"
        "readers = Readers(Path(sys.argv[1])); readers.expect(MANY)\n"
        "while not readers._idle: time.sleep(0.01)\n"
        "print(readers.submit(os.getpid).result(), flush=True); time.sleep(60)"
    )
    argv = [sys.executable, "-c", said, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        assert pid != program.pid
        program.kill()
    assert until(lambda: not is_alive(pid))
