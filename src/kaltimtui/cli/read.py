"""Opening the reader: the one door from the commands to the screen."""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import StoreError, UsageError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.apart import Apart
    from kaltimtui.cli.context import Context
    from kaltimtui.library import Library
    from kaltimtui.ui.app import ReaderApp

_READERS: Final = "reading"
"""How the threads are named that read what was fetched."""


def run(context: Context) -> int:
    """Open the reader and stay until it is left."""
    status = show(context)
    leave_readers(status)
    return status


def require_terminal() -> None:
    """Raise UsageError where the reader cannot be shown."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):  # the two that Textual draws and reads on
        raise UsageError(
            _("The reader needs a terminal."),
            hint=_("kaltimtui list prints articles; kaltimtui --help tells of the rest."),
        )


def show(context: Context, *, every: float | None = None) -> int:
    """The reader, until it is left. What it fetched may still be read by a thread.

    ``every``: seconds between two refreshes of all sources, due or not; None: as the user set it.
    """
    require_terminal()
    # Nothing that loading makes is garbage; to look through it again and again takes a tenth of
    # the start, and once frozen it does not hold up a key either. The reader enables it again.
    gc.disable()
    from kaltimtui.library import Library

    library = Library.open_anyway(
        context.paths, clock=context.clock, upgrading=context.tell_of_upgrade
    )
    try:
        try:
            reader = _reader(library, context, every)
        except StoreError as error:  # damage that shows only when the store is read
            library.close()
            library = Library.in_memory(context.paths, error, clock=context.clock)
            reader = _reader(library, context, every)
        gc.freeze()
        reader.run()
    finally:
        library.close()
    if reader.crash is not None:
        raise reader.crash
    return reader.return_code or 0


def _reader(library: Library, context: Context, every: float | None) -> ReaderApp:
    from kaltimtui.ui.app import ReaderApp
    from kaltimtui.ui.network import Network

    config, complaints = context.settings

    def fetching() -> Apart:
        from kaltimtui.apart import Apart  # loaded once there is something to fetch

        return Apart(library, config)

    network = Network.of(config, fetching, offline=context.values.offline)
    if every is not None:
        network.on_start, network.every, network.everything = True, every, True
    return ReaderApp(
        library,
        context.clock,
        state_file=context.paths.screen_state,
        network=network,
        config=config,
        complaints=complaints,
    )


def leave_readers(status: int) -> None:
    """End now where a thread still reads what was fetched.

    Nobody waits for what it will say, but the interpreter would: for seconds, where a feed is bad.
    """
    if any(thread.name.startswith(_READERS) for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
