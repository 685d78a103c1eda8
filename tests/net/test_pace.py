from __future__ import annotations

import asyncio
import contextlib

import pytest

from kaltimtui.net.pace import Pace


class Clock:
    """A clock that goes on only as far as is slept."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + seconds, waiting))
        await waiting

    async def go_on(self, seconds: float) -> None:
        until = self.now + seconds
        await settled()
        while due := sorted(s for s in self.sleepers if s[0] <= until and not s[1].done()):
            self.now, waiting = due[0]
            waiting.set_result(None)
            await settled()
        self.now = until


async def settled() -> None:
    """Everything that can go on has gone on."""
    for _round in range(30):
        await asyncio.sleep(0)


class Runs:
    """Requests that hold their turn until they are let go."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self.pace = pace
        self.clock = clock
        self.begun: list[tuple[str, float]] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, host: str, gap: float = 0.0) -> asyncio.Task[None]:
        self.gates[name] = asyncio.Event()

        async def run() -> None:
            async with self.pace.turn(host, gap):
                self.begun.append((name, self.clock.now))
                await self.gates[name].wait()

        task = asyncio.create_task(run())
        self.tasks.append(task)
        return task

    @property
    def names(self) -> list[str]:
        return [name for name, _when in self.begun]

    async def end(self) -> None:
        for gate in self.gates.values():
            gate.set()
        await self.clock.go_on(1000.0)
        for task in self.tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


@pytest.fixture
def clock() -> Clock:
    return Clock()


def runs(clock: Clock, at_once: int = 3, per_host: int = 2) -> Runs:
    return Runs(Pace(at_once, per_host, clock, clock.sleep), clock)


async def test_so_many_in_all_and_to_one_host(clock: Clock) -> None:
    run = runs(clock)
    for name in ("a1", "a2", "a3", "b1", "c1"):
        run.start(name, name[0])
    await settled()
    assert run.names == ["a1", "a2", "b1"]
    run.gates["b1"].set()
    await settled()
    assert run.names == ["a1", "a2", "b1", "c1"]
    run.gates["a1"].set()
    await settled()
    assert run.names[-1] == "a3"
    await run.end()


async def test_a_host_that_is_waited_for_holds_no_place(clock: Clock) -> None:
    run = runs(clock, at_once=2, per_host=1)
    for number in range(5):
        run.start(f"slow{number}", "slow.example")
    run.start("other", "other.example")
    await settled()
    assert run.names == ["slow0", "other"]
    await run.end()


async def test_a_gap_is_kept_between_beginnings(clock: Clock) -> None:
    run = runs(clock)
    for number in range(4):
        run.gates.setdefault(str(number), asyncio.Event())
        run.start(str(number), "portal.example", gap=1.0)
        run.gates[str(number)].set()
    run.start("other", "other.example")
    await clock.go_on(10.0)
    assert [when for name, when in run.begun if name != "other"] == [100.0, 101.0, 102.0, 103.0]
    assert ("other", 100.0) in run.begun
    await run.end()


async def test_a_gap_counts_from_when_the_last_one_really_began(clock: Clock) -> None:
    run = runs(clock, at_once=1)
    run.start("busy", "other.example")
    await settled()
    run.start("1", "portal.example", gap=1.0)
    run.start("2", "portal.example", gap=1.0)
    await clock.go_on(5.0)
    assert run.names == ["busy"]
    for gate in run.gates.values():
        gate.set()
    await clock.go_on(5.0)
    assert run.begun[1:] == [("1", 105.0), ("2", 106.0)]
    await run.end()


async def test_a_gap_outlasts_the_request(clock: Clock) -> None:
    run = runs(clock)
    run.start("1", "portal.example", gap=2.0)
    run.gates["1"].set()
    await clock.go_on(0.5)
    run.start("2", "portal.example", gap=2.0)
    await clock.go_on(5.0)
    assert run.begun == [("1", 100.0), ("2", 102.0)]
    await run.end()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
async def test_ones_own_machine_is_not_spared(clock: Clock, host: str) -> None:
    run = runs(clock, at_once=5)
    for number in range(5):
        run.start(str(number), host, gap=9.0)
    await settled()
    assert [when for _name, when in run.begun] == [100.0] * 5
    await run.end()


async def test_who_is_stopped_while_waiting_stands_in_nobodys_way(clock: Clock) -> None:
    run = runs(clock, at_once=1, per_host=1)
    run.start("1", "portal.example", gap=1.0)
    await settled()
    for name in ("2", "3"):
        run.start(name, "portal.example", gap=1.0).cancel()
    run.start("4", "portal.example", gap=1.0)
    waiting = run.start("5", "other.example")
    await settled()
    waiting.cancel()
    run.gates["1"].set()
    await clock.go_on(0.5)
    stopped = run.start("6", "portal.example", gap=1.0)
    await clock.go_on(0.1)
    stopped.cancel()
    await clock.go_on(5.0)
    assert run.begun == [("1", 100.0), ("4", 101.0)]
    await run.end()


async def test_hosts_that_are_done_with_are_forgotten(clock: Clock) -> None:
    run = runs(clock)
    for number in range(20):
        run.start(str(number), f"{number}.example")
    await run.end()
    assert run.pace._lanes == {}
