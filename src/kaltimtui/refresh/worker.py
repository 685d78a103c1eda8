"""The process of a reader: works come in, what became of them goes out.

``worker.py LANGUAGE FOLDER``: the language that failures are told in, the folder of the user's
profiles of sites. On standard input works, on standard output what became of them, each a pickle
behind eight bytes of length; before the first one, ``READY``. Ends with its input.
"""

from __future__ import annotations

import gc
import pickle
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kaltimtui import i18n, parsing
from kaltimtui.errors import KaltimtuiError, ParseError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH: Final = struct.Struct(">Q")
READY: Final = b"\x06"
UNTIL_GARBAGE: Final = 100_000
"""Objects that are made before a look for garbage, of which there is hardly any."""


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the input ends."""
    answers.write(READY)
    answers.flush()
    while len(head := asked.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(head)
        answer = _done(asked.read(length))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _done(asked: bytes) -> bytes:
    """What became of a work: whether it was done, and its result or why not."""
    try:
        work: Callable[[], object] = pickle.loads(asked)  # noqa: S301 - from the program itself
        return pickle.dumps((True, work()), pickle.HIGHEST_PROTOCOL)
    except KaltimtuiError as error:
        return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - whatever a parser fails of
        return pickle.dumps((False, ParseError(_("it cannot be read"))), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    i18n.set_language("en" if sys.argv[1] == "en" else "id")
    parsing.use_profiles(Path(sys.argv[2]))
    gc.set_threshold(UNTIL_GARBAGE)
    serve(sys.stdin.buffer, sys.stdout.buffer)
