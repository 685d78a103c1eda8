"""Where pictures are drawn: in half blocks, or as a terminal holds them that shows them better.

Loaded in a thread once a picture is first wanted, which is after the first picture of the screen.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.console import COLOR_SYSTEMS

from kaltimtui.pixels.drawer import Drawer
from kaltimtui.pixels.fit import Size, rows
from kaltimtui.pixels.order import Order
from kaltimtui.ui.gallery import Gallery
from kaltimtui.ui.kitty import Kitty, column_pixels, held_line

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Callable
    from pathlib import Path

    from kaltimtui.pixels.order import Drawn
    from kaltimtui.ui.app import ReaderApp
    from kaltimtui.ui.gallery import Lines, Wanted
    from kaltimtui.ui.screens.main import MainScreen


class Studio:
    """Draws what the gallery is asked for, one picture after the other."""

    def __init__(
        self, screen: MainScreen, drawn: Callable[[str, bool], object], *, finely: bool
    ) -> None:
        """``drawn`` hears of each picture by its address, and whether it takes another room.

        ``finely``: the terminal shows pictures better than in half blocks.
        """
        self._screen = screen
        self._tell = drawn
        self._drawer = Drawer()
        self._hand: ThreadPoolExecutor | None = None
        self._ordered: dict[Wanted, Future[tuple[Drawn, Lines]]] = {}
        app = cast("ReaderApp", screen.app)
        self._kitty = Kitty(app.send, column_pixels()) if finely else None
        self._sent: dict[Wanted, int] = {}
        """Pictures that the terminal has, with their numbers."""
        self.gallery = Gallery(self._draw)

    def forget(self) -> None:
        """Draw nothing of what was asked for so far."""
        for ordered in self._ordered.values():
            ordered.cancel()
        self._ordered.clear()

    def close(self) -> None:
        """End what draws; nobody will see it."""
        self.gallery.shown = False
        self.forget()
        if self._kitty is not None:
            self._kitty.close()
        self._drawer.close()
        if self._hand is not None:
            self._hand.shutdown(wait=False, cancel_futures=True)

    def _draw(self, wanted: Wanted, file: Path) -> None:
        if wanted in self._ordered:
            return
        if self._hand is None:
            self._hand = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        loop = asyncio.get_running_loop()
        draw = self._in_blocks if self._kitty is None else self._packed
        self._ordered[wanted] = loop.run_in_executor(self._hand, draw, wanted, file)
        self._ordered[wanted].add_done_callback(partial(self._hang, wanted))

    def _in_blocks(self, wanted: Wanted, file: Path) -> tuple[Drawn, Lines]:
        """A picture in half blocks; in a thread."""
        from kaltimtui.ui.widgets.halfblocks import half_blocks  # with the first picture

        drawn = self._drawer.draw(Order(str(file), wanted.size, wanted.ground))
        colours = COLOR_SYSTEMS[self._screen.app.console.color_system or "truecolor"]
        lines = half_blocks(drawn, wanted.ground, colours)
        return drawn, lambda line: lines[line] if line < len(lines) else []

    def _packed(self, wanted: Wanted, file: Path) -> tuple[Drawn, Lines]:
        """A picture for a terminal that holds it; in a thread."""
        assert self._kitty is not None
        room = Size(*(side * self._kitty.pixels for side in wanted.size))
        drawn = self._drawer.draw(Order(str(file), room, wanted.ground, packed=True))
        return drawn, lambda _line: []

    def _hang(self, wanted: Wanted, ordered: Future[tuple[Drawn, Lines]]) -> None:
        if self._ordered.get(wanted) is ordered:
            del self._ordered[wanted]
        if ordered.cancelled() or not self._screen.is_attached:
            return
        drawn, lines = ordered.result()
        if self._kitty is not None and not drawn.trouble:
            lines = self._send(self._kitty, wanted, drawn)
        self._tell(wanted.url, self.gallery.hang(wanted, drawn, lines))

    def _send(self, kitty: Kitty, wanted: Wanted, drawn: Drawn) -> Lines:
        """Have the terminal hold a picture, and forget those that it holds no more."""
        number = kitty.put(drawn.pixels, wanted.size.width, rows(wanted.size))
        self._sent[wanted] = number
        for earlier, sent in list(self._sent.items()):
            if not kitty.holds(sent):
                self.gallery.take_down(earlier)
                del self._sent[earlier]
        return partial(held_line, number, wanted.size.width)
