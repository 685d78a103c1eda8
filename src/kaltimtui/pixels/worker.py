"""The process that draws pictures: orders come in, pixels go out.

On standard input a line of JSON for each order, on standard output one for each picture, and as
many bytes after it as it says. Ends with its input, when it runs out of memory or time, or when it
is idle.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, BinaryIO, Final

from kaltimtui.bounds import bound_memory, end_in
from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.order import BROKEN, Order, troubled

if TYPE_CHECKING:
    from kaltimtui.pixels.order import Drawn

BUSY_LIMIT: Final = 10
"""Seconds after which it ends itself; whoever asks has killed it by then, unless it died."""
IDLE_LIMIT: Final = 60
MEMORY_LIMIT: Final = 1024 * 1024 * 1024
"""Bytes of address space."""


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Draw until the input ends."""
    from kaltimtui.pixels.draw import draw

    while True:
        end_in(IDLE_LIMIT)
        line = asked.readline()
        if not line:
            return
        end_in(BUSY_LIMIT)
        file, room, ground, packed = json.loads(line)
        order = Order(file, Size(*room), ground, packed)
        try:
            drawn = draw(order)
        except MemoryError:
            drawn = troubled(BROKEN)
        answers.write(_said_of(drawn) + drawn.pixels)
        answers.flush()


def _said_of(drawn: Drawn) -> bytes:
    said = (drawn.natural, drawn.size, len(drawn.pixels), drawn.trouble)
    return json.dumps(said).encode("ascii") + b"\n"


if __name__ == "__main__":
    bound_memory(MEMORY_LIMIT)
    serve(sys.stdin.buffer, sys.stdout.buffer)
