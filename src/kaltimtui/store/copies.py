"""The copies of a store that were made before it was brought to a newer format.

Each is as large as the store was. For a week nothing removes one; then it is given up where room is
asked for, and after a month it goes by itself, after a refresh. Either way the store has to be
sound: where it is not, a copy may be the best there is, and stays as long again.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import StoreError, refusal
from kaltimtui.i18n import _
from kaltimtui.store import keys, schema
from kaltimtui.store.reports import Copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kaltimtui.store.connection import Database

KEPT_AT_LEAST: Final = 7 * keys.DAY
KEPT: Final = 30 * keys.DAY
"""Seconds after the upgrade."""


def path_of(store: Path, number: int) -> Path:
    """Where the copy of a store of some format lies."""
    return store.with_name(f"{store.name}.format-{number}")


def of(store: Path) -> tuple[Copy, ...]:
    """The copies of formats older than the one this program writes, the oldest format first."""
    return tuple(
        filter(None, (_copy(store, number) for number in range(1, len(schema.MIGRATIONS))))
    )


def _copy(store: Path, number: int) -> Copy | None:
    file = path_of(store, number)
    try:
        status = file.lstat()
    except OSError:  # there is none, or none that one may look at
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    made = int(status.st_mtime)
    times = (keys.moment_at(made + kept) for kept in (KEPT_AT_LEAST, KEPT))
    return Copy(file, number, status.st_size, *times)


def let_go(database: Database, now: int) -> Iterator[None]:
    """Remove the copies that were kept long enough, where that can be. Raises StoreError."""
    from kaltimtui.store import health  # looks through all of the store, once in a month if ever

    outlived = [copy for copy in _copies(database) if keys.seconds_of(copy.until) <= now]
    if not outlived:
        return
    damaged = health.damaged(database)
    for copy in outlived:
        with suppress(OSError):
            if damaged:
                os.utime(copy.file, (now, now))
            else:
                copy.file.unlink()
    yield


def give_up(database: Database, now: int) -> tuple[Copy, ...]:
    """Remove the copies that need not be kept where room is asked for; these.

    The store is known to be sound. Raises StoreError where one cannot be removed.
    """
    given = tuple(copy for copy in _copies(database) if keys.seconds_of(copy.kept) <= now)
    for copy in given:
        try:
            copy.file.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                _("The copy {path} cannot be removed: {reason}.").format(
                    path=text.inline(str(copy.file)),
                    reason=text.inline(refusal(error)),
                )
            ) from error
    return given


def _copies(database: Database) -> tuple[Copy, ...]:
    return of(database.path) if database.path is not None and database.writable else ()
