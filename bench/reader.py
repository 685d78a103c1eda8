"""The reader in a terminal, over a store that was made."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import process, stores
from bench.news import END
from bench.terminal import Terminal
from kaltimtui import i18n
from kaltimtui.i18n import _
from kaltimtui.library import Library
from kaltimtui.models import View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEADLINE: Final = 12
"""Bytes of a headline that are looked for on the screen; the list cuts what is long."""
PREVIEW: Final = 0.35
"""Seconds of silence after which the text that a key led to is shown for certain."""


@contextlib.contextmanager
def visiting(folder: Path, name: str, state: Mapping[str, object] | None = None) -> Iterator[Path]:
    """A home of one's own whose articles are those of a store; nothing is to be changed in it.

    ``state`` is what the screen remembers of the last time.
    """
    with tempfile.TemporaryDirectory(prefix="kaltimtui-bench-") as made:
        home = Path(made)
        (home / "data").symlink_to(stores.home(folder, name) / "data")
        keep_quiet(home)
        if state is not None:
            target = Paths.find(made).screen_state
            target.parent.mkdir()
            target.write_text(json.dumps(dict(state)))
        yield home


@contextlib.contextmanager
def changing(folder: Path, name: str) -> Iterator[Path]:
    """A home with a copy of a store, on the same disk, to change as one likes."""
    with tempfile.TemporaryDirectory(prefix="copy-", dir=folder) as made:
        shutil.copytree(stores.home(folder, name) / "data", Path(made, "data"))
        keep_quiet(Path(made))
        yield Path(made)


def keep_quiet(home: Path) -> None:
    """Let nothing be fetched in a home: the feeds of the stores are nowhere."""
    config = Paths.find(str(home)).config
    config.mkdir()
    (config / "config.toml").write_text("[refresh]\non_start = false\nminutes = 0\n")


@contextlib.contextmanager
def library(home: Path) -> Iterator[Library]:
    """The library of a home, on the day on which its news ends."""
    opened = Library.open(Paths.find(str(home)), clock=lambda: END)
    try:
        yield opened
    finally:
        opened.close()


def headline(home: Path, view: View | None = None) -> bytes:
    """How the headline at the top of a list begins."""
    with library(home) as opened:
        return opened.rows(view or View(), limit=1)[0].title[:HEADLINE].encode()


def terminal(home: Path) -> Terminal:
    """The reader, just started."""
    return Terminal((process.PROGRAM,), process.environment(home))


@contextlib.contextmanager
def reading(home: Path, view: View | None = None) -> Iterator[Terminal]:
    """The reader, with its first list shown and at rest."""
    first = headline(home, view)
    with terminal(home) as opened:
        opened.wait_for(first)
        opened.settle(PREVIEW)
        yield opened


def place(number: int, total: int) -> bytes:
    """What the bottom line says where the cursor is on this row, the first one being 1."""
    said = _("{place} of {total}").format(place=i18n.number(number), total=i18n.number(total))
    return said.encode()


def paste(text: str) -> bytes:
    """A text as a terminal hands over what is pasted."""
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"
