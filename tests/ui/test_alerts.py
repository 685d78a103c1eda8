"""What the desktop and the bell tell of a refresh, and that they do so once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.config import Config
from kaltimtui.fetching import Refreshing
from kaltimtui.models import Refreshed
from kaltimtui.rule import Notice
from kaltimtui.ui import alerts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import FakeFetching, Opens

    from kaltimtui.library import Library
    from kaltimtui.ui.network import Network

pytestmark = pytest.mark.usefixtures("english")
CAME = Refreshing([Refreshed("Satu", "ok", new=3), Refreshed("Dua", "ok", new=2)], lost=False)
FLOOD = Notice("Banjir\x1b]0;x\x07", 2, ())
TOLD = CAME._replace(notices=(FLOOD,))


@pytest.mark.parametrize(
    ("came", "asked", "said"),
    [
        (CAME, False, "5 new articles"),
        (CAME, True, ""),
        (TOLD, False, "5 new articles · 2 new articles: Banjir]0;x"),
        (TOLD, True, "2 new articles: Banjir]0;x"),
        (Refreshing([Refreshed("Satu", "ok")], lost=False), False, ""),
        (Refreshing([], lost=True), False, ""),
    ],
)
def test_what_is_said_of_a_refresh(came: Refreshing, asked: bool, said: str) -> None:
    assert alerts.said_of(came, asked=asked) == said


def test_it_is_one_short_line_however_many_rules_tell_of_it() -> None:
    many = Refreshing([], lost=False, notices=(Notice("aturan " * 99, 1, ()),) * 50)
    assert len(alerts.said_of(many, asked=True)) <= 200


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        ({}, "\x1b]9;kaltimtui: 5 a, b\a"),
        ({"TERM": "xterm-kitty"}, "\x1b]9;kaltimtui: 5 a, b\a"),
        ({"TERM": "rxvt-unicode"}, "\x1b]777;notify;kaltimtui;5 a, b\a"),
        ({"VTE_VERSION": "7600"}, "\x1b]777;notify;kaltimtui;5 a, b\a"),
        ({"TMUX": "/tmp/x"}, "\x1bPtmux;\x1b\x1b]9;kaltimtui: 5 a, b\a\x1b\\"),
    ],
)
def test_what_the_terminal_is_sent(environment: dict[str, str], sent: str) -> None:
    assert alerts.sequence("5 a; b", environment) == sent
    assert alerts.sequence("5 \x07a;\x1b\x9c b\n", environment) == sent


def test_the_desktop_is_asked_where_one_sits_at_it(tmp_path: Path) -> None:
    file = tmp_path / "notify-send"
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    here = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    assert alerts.command("-5 baru", here) == [
        "notify-send",
        "--app-name=kaltimtui",
        "--",
        "-5 baru",
    ]
    assert alerts.command("5", here | {"SSH_TTY": "x"}) is None
    assert alerts.command("5", here | {"DISPLAY": ""}) is None
    assert alerts.command("5", here | {"PATH": "/none"}) is None


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_refresh_is_told_of_once_where_that_is_set(
    reading: Opens,
    news: Library,
    network: Network,
    fetching: FakeFetching,
    monkeypatch: pytest.MonkeyPatch,
    wanted: bool,
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("kaltimtui.ui.app.ReaderApp.send", lambda _app, said: sent.append(said))
    monkeypatch.setattr("kaltimtui.ui.app.ReaderApp.bell", lambda _app: sent.append("bell"))
    monkeypatch.setenv("TERM", "xterm")
    fetching.came = TOLD
    config = Config(notify_desktop=wanted, notify_bell=wanted)
    async with reading(news, network=network, config=config) as reader:
        refresher = reader.screen.refresher
        refresher.start(everything=True, asked=False)
        await reader.until(lambda: bool(fetching.asked))
        assert not sent
        fetching.gate.set()
        await reader.until(lambda: bool(refresher.glance.told))
        await reader.until(lambda: len(sent) == 2 * wanted)
        await reader.press("R")
        await reader.until(lambda: len(fetching.asked) == 2)
        fetching.gate.set()
        await reader.until(lambda: "new articles; 0 shows" in reader.screen.bottom.said)
        await reader.until(lambda: len(sent) == 4 * wanted)
    by_itself = "\x1b]9;kaltimtui: 5 new articles · 2 new articles: Banjir]0,x\a"
    asked = "\x1b]9;kaltimtui: 2 new articles: Banjir]0,x\a"
    assert sent == ["bell", by_itself, "bell", asked] * wanted


@pytest.mark.parametrize("status", [0, 1])
async def test_the_desktops_own_program_tells_it_and_else_the_terminal(
    reading: Opens,
    news: Library,
    network: Network,
    fetching: FakeFetching,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    status: int,
) -> None:
    heard, file = tmp_path / "heard", tmp_path / "notify-send"
    file.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" > '{heard}'\nexit {status}\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    sent: list[str] = []
    monkeypatch.setattr("kaltimtui.ui.app.ReaderApp.send", lambda _app, said: sent.append(said))
    fetching.came = CAME
    async with reading(news, network=network, config=Config(notify_desktop=True)) as reader:
        reader.screen.refresher.start(everything=True, asked=False)
        await reader.until(lambda: bool(fetching.asked))
        fetching.gate.set()
        await reader.until(lambda: heard.exists() and heard.read_text().endswith("|"))
        await reader.until(lambda: len(sent) == status)
        await reader.until(
            lambda: all(
                worker.is_finished for worker in reader.screen.workers if worker.group == "alert"
            )
        )
        assert len(sent) == status
    assert heard.read_text() == "--app-name=kaltimtui|--|5 new articles|"
