from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.request import urlopen

import pytest

from kaltimtui.cli import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.cli.context import Context


class Said(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def out(self) -> str: ...
    @property
    def err(self) -> str: ...


class Run(Protocol):
    def __call__(self, *words: str) -> Said: ...


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was in the home each time that the reader was to be opened."""
    seen: list[dict[str, Any]] = []

    def look(context: Context, *, every: float) -> int:
        profile = (context.paths.config / "sites" / "contoh.toml").read_text()
        with context.library() as library:
            tree = library.navigation().sources
        with urlopen(
            f"http://{json.loads(profile.split('hosts = ')[1].splitlines()[0])[0]}/"
        ) as got:
            front = got.read().decode()
        state = json.loads(context.paths.screen_state.read_bytes())
        seen.append(
            {
                "home": Path(context.values.home),
                "sources": {source.name for source in tree},
                "front": front,
                "every": every,
                "state": state,
            }
        )
        return 7

    monkeypatch.setattr(read, "require_terminal", lambda: None)
    monkeypatch.setattr(read, "show", look)
    return seen


def test_the_reader_is_opened_on_the_portal_in_a_home_that_is_gone_afterwards(
    run: Run, home: Path, shown: list[dict[str, Any]]
) -> None:
    assert run("demo", "--articles", "20").status == 7
    (seen,) = shown
    assert seen["home"] != home
    assert not seen["home"].exists()
    assert not home.exists()
    assert seen["sources"] == {
        *("Portal Contoh", "Warta Kampung", "Suara Pesisir", "Umpan Lambat", "Umpan Rusak")
    }
    assert "Portal Contoh" in seen["front"]
    assert seen["every"] == 10.0
    assert seen["state"] == {"offered": True}


def test_it_wants_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    said = run("demo")
    assert (said.status, said.out) == (2, "")
    assert "needs a terminal" in said.err


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run("demo", "--serve", "--port", str(port))
    assert said.status == 2
    assert f"Nothing can be served at port {port}" in said.err
    assert run("demo", "--serve", "--port", "70000").status == 2
    assert "-1" in run("demo", "--serve", "--port", "-1").err


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Programs begun now hear Ctrl+C, also where the tests run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_portal_alone_is_served_until_it_is_interrupted(options: list[str]) -> None:
    words = [sys.executable, "-m", "kaltimtui", "demo", "--serve", "--articles=5", *options]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        assert served.stderr is not None
        line = served.stdout.readline()
        url = json.loads(line)["url"] if options else line.strip()
        with urlopen(f"{url}rss.xml") as got:
            assert b"<rss" in got.read()
        served.send_signal(signal.SIGINT)
        try:
            assert served.wait(10) == 0
        finally:
            served.kill()
        assert "Traceback" not in served.stderr.read()
