"""The reader in a real pseudo-terminal: what reaches it, and how it is left."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Pillow

from kaltimtui.document import Document, Image, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, RelatedData, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.store import pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEADLINE = 60.0
PAYLOADS = (
    "\x1b]0;PWNED\x07", "\x1b]52;c;UFdORUQ=\x07", "\x1b[21t", "\x1bc", "\x9d0;PWNED\x9c",
    "\x1bP$qPWNED\x1b\\", "\x1b]8;;http://pwned.example/\x07link\x1b]8;;\x07",
    "[@click=app.quit]x[/]",
)  # fmt: skip
HOSTILE = re.compile(
    rb"\x1b\]0;PWNED|\x1b\]52|\x1b\[21t|\x1bc|\x1bP\$q|\xc2\x9d|\x1b\]8;;http://pwned"
)


class Terminal:
    """A program in a pseudo-terminal of 120 by 40."""

    def __init__(self, home: Path, *, code: str = "", **variables: str) -> None:
        """``code`` is run instead of the program, and to run it; ``variables``: what is set."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {
            **{k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            **variables,
        }
        program = ["-c", code] if code else ["-m", "kaltimtui"]
        self.process = subprocess.Popen(
            [sys.executable, *program, "--offline", "--home", str(home)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.stream = b""

    def until(self, pattern: str) -> None:
        """Read until the stream, colours left out, holds something."""
        end = time.monotonic() + DEADLINE
        wanted = pattern.encode()
        while wanted not in re.sub(rb"\x1b\[[0-9;]*m", b"", self.stream):
            assert time.monotonic() < end, f"never came: {pattern}"
            self._read(0.2)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Read what is left once the program is done."""
        end = time.monotonic() + DEADLINE
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        while self._read(0.1):
            pass
        return self.process.wait(1)

    def _read(self, wait: float) -> bool:
        if not select.select([self._ours], [], [], wait)[0]:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.stream += piece
        return bool(piece)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    library = Library.open(Paths.find(str(tmp_path)))
    said = "Awal " + " ".join(PAYLOADS) + " akhir"
    article = ArticleData(
        title=said,
        kicker=said,
        category=said,
        byline=said,
        caption=said,
        document=Document((paragraph(said),)),
        related=(RelatedData("related", title=said, category=said),),
    )
    library.store_articles(SourceData(said, "feed"), [article])
    library.close()
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


def test_nothing_of_an_article_reaches_the_terminal_and_it_is_left_as_it_was(
    terminal: Terminal,
) -> None:
    terminal.until("KALTIM")
    terminal.until("Awal")
    terminal.press("\r")
    terminal.until("BERITA TERKAIT")
    terminal.press("s/awal\r")
    terminal.until("PENCARIAN")
    terminal.press("\x1b")
    terminal.until("SEMUA")
    terminal.press("\x11")
    assert terminal.end() == 0
    assert not HOSTILE.search(terminal.stream)
    tail = terminal.stream[-400:]
    assert b"\x1b[?1049l" in tail
    assert b"\x1b[?25h" in tail


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_is_closed_loses_no_place(
    terminal: Terminal, tmp_path: Path, sent: signal.Signals
) -> None:
    terminal.until("Awal")
    terminal.press("\rT")
    terminal.until("BERITA TERKAIT")
    terminal.process.send_signal(sent)
    assert terminal.end() == 0
    remembered = json.loads((tmp_path / "state" / "screen.json").read_bytes())
    assert remembered["theme"] == "kertas"
    assert remembered["article"]
    assert b"\x1b[?1049l" in terminal.stream[-400:]


def test_what_is_copied_goes_through_the_terminal_and_is_clean(terminal: Terminal) -> None:
    terminal.until("Awal")
    terminal.press("Y")
    terminal.until("\x1b]52;c;")
    terminal.press("\x11")
    assert terminal.end() == 0
    sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", terminal.stream)
    (copied,) = (base64.b64decode(one).decode() for one in sent)
    assert copied.startswith("Awal ")
    assert "(t.t.)." in copied
    assert copied.isprintable()
    assert not re.search(rb"PWNED\x07|\x1b\[21t|\x1bc", terminal.stream)


# --- pictures that the terminal holds ----------------------------------------------------------

_KITTY = {"TERM": "xterm-kitty", "TMUX": "", "SSH_TTY": "", "SSH_CONNECTION": "", "SSH_CLIENT": ""}
_FAILING = """
import sys
from kaltimtui.cli import main
from kaltimtui.ui.controllers.movement import Motion

def fail(_motion):
    raise RuntimeError("tidak terduga")

Motion.last = fail
sys.exit(main(sys.argv[1:]))
"""
_SENT = re.compile(rb"\x1b_Ga=t,[^;]*\bi=(\d+)")
_TAKEN = re.compile(rb"\x1b_Ga=d,d=I,i=(\d+),q=2\x1b\\")


@pytest.fixture
def pictured(tmp_path: Path) -> Path:
    """A home with an article whose three pictures are kept."""
    urls = [f"https://kabar.example/{number}.png" for number in range(3)]
    library = Library.open(Paths.find(str(tmp_path)))
    body = Document((paragraph("Panen raya."), Image(urls[1]), Image(urls[2])))
    article = ArticleData(title="Panen", image=urls[0], document=body)
    library.store_articles(SourceData("Kabar", "feed"), [article])
    (row,) = library.rows(View())
    folder = library.paths.data / "pictures"
    folder.mkdir()
    with library.database.writing() as connection:
        for url in urls:
            file = folder / url.rpartition("/")[2]
            Pillow.new("RGB", (40, 20), (200, 0, 0)).save(file)
            picture = pictures.Picture(url, file.name, file.stat().st_size)
            pictures.keep(connection, library.uid(row.id), picture, 0)
    library.close()
    return tmp_path


@pytest.mark.parametrize(
    ("leave", "status"),
    [
        ("q", 0),
        ("\x11", 0),
        ("G", 1),
        (signal.SIGTERM, 0),
        (signal.SIGHUP, 0),
        (signal.SIGINT, 0),
    ],
    ids=["q", "ctrl+q", "an error", "SIGTERM", "SIGHUP", "SIGINT"],
)
def test_a_terminal_keeps_no_picture_whatever_way_one_leaves(
    pictured: Path, leave: str | signal.Signals, status: int | None
) -> None:
    terminal = Terminal(pictured, code=_FAILING, **_KITTY)
    try:
        terminal.until("Panen raya.")
        while len(_SENT.findall(terminal.stream)) < 3:
            terminal.until("\x1b_Ga=p,U=1")
            terminal._read(0.2)
        assert not _TAKEN.findall(terminal.stream)
        if isinstance(leave, str):
            terminal.press(leave)
        else:
            terminal.process.send_signal(leave)
        assert terminal.end() == status
        sent = _SENT.findall(terminal.stream)
        assert sorted(_TAKEN.findall(terminal.stream)) == sorted(sent)
        assert terminal.stream.rindex(b"a=t,") < terminal.stream.index(b"a=d,")
    finally:
        terminal.close()
