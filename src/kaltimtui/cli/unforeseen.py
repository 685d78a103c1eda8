"""An error nobody foresaw: one line for the user, the details into a file."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kaltimtui import __version__, text
from kaltimtui.cli import parser
from kaltimtui.cli.context import find_paths
from kaltimtui.cli.output import PROGRAM
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.paths import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LOG_NAME: Final = "errors.log"
_KEPT: Final = 64 * 1024
"""Bytes of the file that are kept, the newest."""


def report(error: Exception, words: Sequence[str]) -> str:
    """Write the details down; what to tell the user comes back.

    ``words`` is the command line, of which only the home is used: it may hold private text.
    """
    name = type(error).__name__
    said = _("Something went wrong that was not foreseen: {error}.").format(
        error=text.inline(f"{name}: {error}").rstrip(".")
    )
    try:
        log = find_paths(parser.value_of(words, "--home")).state / LOG_NAME
        _append(log, error)
    except (OSError, UsageError) as trouble:
        return f"{said} " + _("The details could not be kept: {reason}.").format(
            reason=text.inline(str(trouble)).rstrip(".")
        )
    return f"{said} " + _("Please report it, with the details in {path}.").format(path=log)


def _append(log: Path, error: Exception) -> None:
    details = "".join(traceback.format_exception(error))
    entry = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%SZ} {PROGRAM} {__version__}\n"
    entry += text.block(details) + "\n\n"
    former = log.read_bytes() if log.exists() else b""
    write_atomically(log, (former + entry.encode())[-_KEPT:])
