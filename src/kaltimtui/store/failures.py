"""What is said where the store, or a file, cannot be used as it should be."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.errors import StoreDamagedError, StoreError, StoreReadOnlyError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path


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


def reason_of(error: OSError) -> str:
    """Why a file cannot be read, as the end of a sentence."""
    match error:
        case FileNotFoundError():
            return _("there is no such file.")
        case PermissionError():
            return _("you may not read it.")
        case IsADirectoryError():
            return _("it is a folder.")
        case OSError(errno=errno.ELOOP):
            return _("it is a link that leads in a circle.")
        case _:
            return error.strerror or str(error)
