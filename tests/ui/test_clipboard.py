"""The clipboard: what a terminal takes, and which program of the desktop is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kaltimtui.ui import clipboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tools = "Callable[..., dict[str, str]]"


@pytest.fixture
def tools(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """An environment in whose path some programs lie, each of which writes down what it reads."""

    def make(*names: str, **environment: str) -> dict[str, str]:
        for name in names:
            file = tmp_path / name
            file.write_text(f"#!/bin/sh\nexec cat > '{tmp_path}/heard'\n")
            file.chmod(0o755)
        return {"PATH": str(tmp_path), **environment}

    return make


@pytest.mark.parametrize(
    ("installed", "environment", "platform", "chosen"),
    [
        ("wl-copy xclip", {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ("wl-copy xclip xsel", {"DISPLAY": ":0"}, "linux", "xclip"),
        ("xsel", {"DISPLAY": ":0"}, "linux", "xsel"),
        ("wl-copy xclip xsel pbcopy clip.exe", {}, "linux", None),
        ("", {"DISPLAY": ":0"}, "linux", None),
        ("clip.exe", {"WSL_DISTRO_NAME": "Debian"}, "linux", "clip.exe"),
        ("pbcopy", {}, "darwin", "pbcopy"),
        ("xclip", {"DISPLAY": ":0", "SSH_CONNECTION": "a b c d"}, "linux", None),
        ("pbcopy", {"SSH_TTY": "/dev/pts/1"}, "darwin", None),
    ],
)
def test_the_program_is_that_of_the_desktop_one_sits_at(
    tools: Callable[..., dict[str, str]],
    installed: str,
    environment: dict[str, str],
    platform: str,
    chosen: str | None,
) -> None:
    found = clipboard.command(tools(*installed.split(), **environment), platform)
    assert (found[0] if found else None) == chosen


def test_so_much_a_terminal_takes_and_no_more() -> None:
    assert clipboard.fits("a" * clipboard.MOST)
    assert not clipboard.fits("a" * (clipboard.MOST + 1))
    assert not clipboard.fits("é" * (clipboard.MOST // 2 + 1))


@pytest.mark.skipif(sys.platform == "win32", reason="runs a shell script")
@pytest.mark.parametrize(("name", "encoding"), [("wl-copy", "utf-8"), ("clip.exe", "utf-16")])
async def test_it_reads_what_is_copied(
    tools: Callable[..., dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    encoding: str,
) -> None:
    tools(name)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert await clipboard.put([name], "Café\nbaru")
    assert (tmp_path / "heard").read_bytes().decode(encoding) == "Café\nbaru"


async def test_a_program_that_fails_or_is_not_there_has_copied_nothing() -> None:
    assert not await clipboard.put(["/none/wl-copy"], "a")
    assert not await clipboard.put([sys.executable, "-c", "raise SystemExit(1)"], "a")
