"""Where the program keeps its files."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APP = "kaltimtui"
HOME_VARIABLE = "KALTIMTUI_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders of one home; none is made until something is written to it."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def store(self) -> Path:
        """The file that holds the articles and marks."""
        return self.data / "kaltimtui.db"

    @property
    def screen_state(self) -> Path:
        """The file that remembers widths, selection and reading places."""
        return self.state / "screen.json"

    @classmethod
    def find(cls, home: str | None = None) -> Paths:
        """The folders below ``home``, else below ``KALTIMTUI_HOME``, else those of the platform."""
        chosen = home or os.environ.get(HOME_VARIABLE)
        if chosen:
            root = Path(chosen).expanduser().absolute()
            return cls(root / "config", root / "data", root / "cache", root / "state")
        import platformdirs  # costs as much as the rest of the module; not needed with a home given

        dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
        return cls(
            Path(dirs.user_config_dir),
            Path(dirs.user_data_dir),
            Path(dirs.user_cache_dir),
            Path(dirs.user_state_dir),
        )


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the user alone."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def write_atomically(target: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file of mode 0600, or all the pieces of one, whole or not at all.

    Raises OSError, and what the pieces raise; the former content is then untouched.
    """
    make_private(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.new")
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
