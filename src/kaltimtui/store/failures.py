"""What is said where the store, or a file, cannot be used as it should be."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import StoreDamagedError, StoreError, StoreReadOnlyError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAILURES: Final = (sqlite3.Error, UnicodeDecodeError)
"""What reading may raise; the second where even SQLite's own message is made of broken text."""
_DAMAGE: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA", "SQLITE_FORMAT")
_READ_ONLY: Final = ("SQLITE_READONLY", "SQLITE_PERM")


def read_only(path: Path | None) -> StoreReadOnlyError:
    """What is said where nothing can be written."""
    return StoreReadOnlyError(
        _("{path} cannot be written to.").format(path=text.inline(str(path))),
        hint=_("Reading goes on, but nothing new is kept: no articles, no marks."),
    )


def full(path: Path) -> StoreReadOnlyError:
    """What is said where the disk has no room for what reading and writing at once takes."""
    return StoreReadOnlyError(
        _("There is no room left on the disk of {path}.").format(path=text.inline(str(path))),
        hint=_("Reading goes on, but nothing new is kept: no articles, no marks."),
    )


def index_damaged(path: Path) -> StoreDamagedError:
    """What is said where articles can be read, but not by an index."""
    return StoreDamagedError(
        _("An index of the store {path} is damaged; reading goes on without it, slowly.").format(
            path=text.inline(str(path))
        ),
        hint=_("Run “kaltimtui doctor --repair”: it saves what can be read into a new store."),
    )


def closed() -> StoreError:
    """What is said to work that comes after the end."""
    return StoreError(_("The store is closed."))


@contextlib.contextmanager
def plainly(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors into ours, with the path and what it means."""
    try:
        yield
    except FAILURES as error:
        raise _explained(error, text.inline(str(path or ":memory:"))) from error


@contextlib.contextmanager
def sensible() -> Iterator[None]:
    """Take a value that no store writes for what it is: damage that SQLite did not see."""
    try:
        yield
    except (ValueError, OverflowError, LookupError, TypeError, AttributeError) as error:
        raise sqlite3.DatabaseError(f"{type(error).__name__}: {error}") from error


def _explained(error: sqlite3.Error | UnicodeError, path: str) -> StoreError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(_DAMAGE) or type(error) in (sqlite3.DatabaseError, UnicodeDecodeError):
        return StoreDamagedError(
            _("The store {path} is damaged.").format(path=path),
            hint=_("Run “kaltimtui doctor --repair”: it saves what can be read into a new store."),
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            _("The store {path} has been in use by another program for too long.").format(
                path=path
            ),
            hint=_("Try again when it is done; nothing was changed."),
        )
    if code.startswith("SQLITE_FULL"):
        return StoreError(
            _("There is no room left on the disk of {path}.").format(path=path),
            hint=_("Nothing of the last step was saved; make room and repeat it."),
        )
    if code.startswith(_READ_ONLY):
        return StoreReadOnlyError(
            _("The store {path} cannot be written to.").format(path=path),
            hint=_("Check who may write to the file and its folder."),
        )
    if code.startswith("SQLITE_IOERR"):
        return StoreError(
            _("The disk of {path} failed while the store was read or written.").format(path=path),
            hint=_("See whether it has room left and is in order, and try again."),
        )
    if code.startswith("SQLITE_CANTOPEN"):
        return StoreError(
            _("The store {path} cannot be opened.").format(path=path),
            hint=_("Check who may write to the file and its folder."),
        )
    return StoreError(
        _("The store {path} cannot be used: {reason}.").format(
            path=path, reason=text.inline(str(error))
        )
    )


def roomless(error: StoreError) -> bool:
    """Whether there was no room for the files beside the store."""
    name = getattr(error.__cause__, "sqlite_errorname", "")
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR"))


def damaged(path: Path, reason: str) -> StoreDamagedError:
    """What is said of a file that is no store."""
    return StoreDamagedError(
        _("{path} is no store of this program: {reason}.").format(
            path=text.inline(str(path)), reason=reason
        ),
        hint=_(
            "It was left as it is. “kaltimtui doctor --repair” moves it aside, saving what it can."
        ),
    )
