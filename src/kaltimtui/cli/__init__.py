"""The commands: what a shell, a script or a cron job says to the program.

Nothing here imports more than its command needs: the help loads neither the library nor the
reader.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kaltimtui import __version__, i18n
from kaltimtui.cli import parser
from kaltimtui.cli.output import PROGRAM, Output, OutputError
from kaltimtui.errors import KaltimtuiError, QueryError, UsageError, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

DONE = 0
PART_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
_WITHOUT_WARNING = frozenset({"", "demo", "doctor", "completion"})
"""Commands that tell of broken settings in their own way, or have nothing to do with them."""
_NARROWEST, _WIDEST = 20, 200
"""Cells in which a search is shown at least and at most, whatever the terminal says."""
_MARGIN = "  "


def main(argv: Sequence[str] | None = None, *, clock: Callable[[], datetime] | None = None) -> int:
    """Do what a command line asks for and return the exit status; nothing is raised.

    ``argv`` is the command line without the program's name, else that of this process.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    i18n.set_language(parser.language(words, i18n.language_from(os.environ)))
    out = Output(json=parser.asks_for(words, "--json"), quiet=parser.asks_for(words, "--quiet"))
    try:
        status = _guarded(words, out, clock)
        out.flush()
    except BrokenPipeError:
        out.abandon()
        return DONE
    except OutputError as error:  # such as a full disk behind a redirection
        out.abandon()
        out.fail(_unprinted(error))
        out.abandon()
        return PART_FAILED
    return status


def _unprinted(error: OutputError) -> str:
    return i18n._("The output could not be written: {reason}.").format(reason=refusal(error))


def _guarded(words: list[str], out: Output, clock: Callable[[], datetime] | None) -> int:
    """Run the command; whatever goes wrong is told in one line and becomes an exit status."""
    try:
        return _run(words, out, clock)
    except (BrokenPipeError, OutputError):
        raise
    except KeyboardInterrupt:
        out.fail(i18n._("Interrupted."))
        return INTERRUPTED
    except QueryError as error:
        _point(out, error)
        return WRONG_USE
    except KaltimtuiError as error:
        _tell(out, str(error))
        return WRONG_USE if isinstance(error, UsageError) else PART_FAILED
    except Exception as error:  # noqa: BLE001 - the last net: no traceback ever meets a user
        from kaltimtui.cli.unforeseen import report

        _tell(out, report(error, words))
        return PART_FAILED


def _tell(out: Output, message: str, **more: object) -> None:
    out.fail(message)
    if out.json:
        out.data({"error": message, **more})


def _point(out: Output, error: QueryError) -> None:
    """Tell what of a search cannot be read, and show where."""
    from kaltimtui.cli.pointing import pointed

    _tell(out, str(error), position=error.start)
    room = min(max(out.width, _NARROWEST), _WIDEST) - len(_MARGIN)
    out.point(*(_MARGIN + line for line in pointed(error, room)))


def _run(words: list[str], out: Output, clock: Callable[[], datetime] | None) -> int:
    if parser.asks_for(words, "--version"):
        out.own(f"{PROGRAM} {__version__}\n")
        return DONE
    name, rest = parser.split(words)
    if parser.asks_for(words, "--help", "-h"):
        from kaltimtui.cli import helptext

        out.own(helptext.help_of(name, min(out.width, 100)))
        return DONE
    command = parser.find(name)
    values = parser.parse(command, rest)

    from importlib import import_module

    from kaltimtui.cli.context import Context

    module, function = command.runs.split(":")
    run: Callable[[Context], int] = getattr(import_module(f"{__name__}.{module}"), function)
    context = Context(values, out, clock or _utc_now)
    if command.name not in _WITHOUT_WARNING:
        context.tell_of_settings()
    return run(context)


def _utc_now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)
