"""Opening the reader: the one door from the commands to the screen."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from kaltimtui.errors import StoreError, UsageError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.cli.context import Context


def run(context: Context) -> int:
    """Open the reader and stay until it is left."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):  # the two that Textual draws and reads on
        raise UsageError(
            _("The reader needs a terminal."),
            hint=_("kaltimtui list prints articles; kaltimtui --help tells of the rest."),
        )
    # Nothing that loading makes is garbage; to look through it again and again takes a tenth of
    # the start, and once frozen it does not hold up a key either. The reader enables it again.
    gc.disable()
    from kaltimtui.library import Library
    from kaltimtui.ui.app import ReaderApp

    library = Library.open_anyway(context.paths, clock=context.clock)
    try:
        try:
            reader = ReaderApp(library, context.clock, state_file=context.paths.screen_state)
        except StoreError as error:  # damage that shows only when the store is read
            library.close()
            library = Library.in_memory(context.paths, error, clock=context.clock)
            reader = ReaderApp(library, context.clock, state_file=context.paths.screen_state)
        gc.freeze()
        reader.run()
    finally:
        library.close()
    if reader.crash is not None:
        raise reader.crash
    return reader.return_code or 0
