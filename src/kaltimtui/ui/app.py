"""The reader as an application."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import App
from textual.scrollbar import ScrollBar

from kaltimtui import text
from kaltimtui.config import Config
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.ui import state as screen_state
from kaltimtui.ui import themes
from kaltimtui.ui.loading import opening
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.main import MainScreen
from kaltimtui.ui.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.screen import Screen

    from kaltimtui.library import Library
    from kaltimtui.ui.loading import Opening
    from kaltimtui.ui.state import ScreenState

_TOLD_FOR: Final = 12.0
_ALL_HAVE_ASKED: Final = 0.02
"""Seconds after a change of theme in which every widget has asked to be drawn."""
_THREADS: Final = 3
"""That ask the library; each keeps memory of its own, so more would cost more than they give."""


def _reader_commands() -> type[Provider]:
    from kaltimtui.ui.commands import ReaderCommands  # loaded when the palette is first opened

    return ReaderCommands


class ReaderApp(App[None], inherit_css=False):
    """The reader over a library that is open already.

    Of the stylesheet of ``App`` nothing holds here; it would be read at each change of theme.
    """

    CSS_PATH = "app.tcss"
    TITLE = "kaltimtui"
    ENABLE_COMMAND_PALETTE = False  # by Textual's own key: ours opens it where it has something
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_reader_commands}

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        *,
        state_file: Path | None = None,
        network: Network | None = None,
        config: Config | None = None,
        complaints: Sequence[str] = (),
    ) -> None:
        """``complaints``: what of the settings cannot be taken; it is told once."""
        super().__init__()
        ScrollBar.renderer = ScrollColumn
        self._complaints = complaints
        self._network = network or Network()
        self._config = config or Config()
        self.library = library
        library.together = self._config.stories_together
        library.read_together = self._config.stories_read_together
        self.clock = clock
        self.unforeseen: list[BaseException] = []
        """What went wrong that nobody had foreseen, and was told of."""
        self._state_file = screen_state.StateFile(state_file) if state_file else None
        self.state: ScreenState = (
            screen_state.load(state_file) if state_file else screen_state.ScreenState()
        )
        self._opening: Opening = opening(library, self.state)
        for theme in themes.OURS:
            self.register_theme(theme)
        known = self.state.theme in self.available_themes
        self._begin_in(self.state.theme if known else themes.DARK)
        self.animation_level = "none"

    def _begin_in(self, theme: str) -> None:
        """Set the theme without its watcher, which would have every stylesheet read twice."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.add_class(f"-theme-{theme}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, ours with those that stand in for them."""
        return themes.filled(super().get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the theme: what has other colours then asks to be drawn, and is drawn once.

        Textual's own draws the whole screen besides, and then a second time what asked.
        """
        self.delay_update(_ALL_HAVE_ASKED)
        self.stylesheet.set_variables(self.get_css_variables())
        self.stylesheet.reparse()
        for screen in self.screen_stack:
            self.stylesheet.update(screen, animate=animate)

    def get_default_screen(self) -> Screen[None]:
        """The three panes."""
        return MainScreen(
            *(self.library, self.clock, self.state, self._opening), self._network, self._config
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None: the palette shows our own actions."""
        return ()

    def on_mount(self) -> None:
        """Say what is wrong with the store, if anything; end well when told to end."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="library"))
        if self.library.trouble is not None:
            self.tell(self.library.trouble)
        if self._complaints:
            self.tell(KaltimtuiError("\n".join(self._complaints)))
        for name in ("SIGHUP", "SIGTERM"):
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                # Not every system has them, and only the main thread may listen.
                loop.add_signal_handler(getattr(signal, name), self.exit)

    def on_ready(self) -> None:
        """Look after garbage and the news from the first picture on; the start goes without."""
        gc.enable()
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.refresher.wake()
            screen.counting.wake()
            screen.picturing.wake()
            if self._state_file is not None and self._network.usable and not self.state.offered:
                from kaltimtui.ui.controllers.offering import offer_sources  # the first days' alone

                screen.begin(partial(offer_sources, screen), group="offer")

    def tell(self, error: BaseException) -> None:
        """Tell of something that went wrong: the one thing that is laid over the panes."""
        if isinstance(error, KaltimtuiError):
            said = str(error)
        else:
            self.unforeseen.append(error)
            said = _("Something went wrong: {error}").format(error=repr(error))
        self.notify(text.block(said), severity="error", timeout=_TOLD_FOR, markup=False)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open an address in the browser, off the event loop; where that fails it is said."""
        screen = self.screen_stack[0]
        if self.is_web or not isinstance(screen, MainScreen):
            super().open_url(url, new_tab=new_tab)
            return
        from kaltimtui.ui.controllers.browsing import browse  # when it is first asked for

        async def opened() -> None:
            await browse(screen, url)

        screen.begin(opened, group="browser", replacing=False)

    def send(self, sequence: str) -> None:
        """Send the terminal a sequence that draws nothing."""
        if self._driver is not None:
            self._driver.write(sequence)

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until it is left, however that comes about.

        The thread that reads keys is let go of, too: where the terminal went before it was told to
        end, it would read nothing from it for ever, and be waited for.
        """
        try:
            super().run(*args, **kwargs)
        finally:
            event = getattr(self._driver, "exit_event", None)
            if event is not None:
                event.set()

    def _fatal_error(self) -> None:
        """End without Textual's traceback on the terminal; ``crash`` keeps what happened."""
        self._close_messages_no_wait()

    @property
    def crash(self) -> Exception | None:
        """What ended the reader without anybody having foreseen it."""
        return self._exception

    def save_state(self) -> None:
        """Write down what the screen should remember, where that can be written."""
        if self._state_file is None:
            return
        for screen in self.screen_stack[:1]:
            if isinstance(screen, MainScreen):
                screen.opened.leave()
                screen.noting.draft()
        self.state.theme = self.theme
        with contextlib.suppress(OSError):
            self._state_file.writing(self.state)()

    async def remember(self) -> None:
        """Write down now what should be remembered: what kills the reader tells nobody."""
        if self._state_file is not None:
            write = self._state_file.writing(self.state)
            with contextlib.suppress(OSError):
                await asyncio.to_thread(write)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Remember where one was while the screen is still there to ask, and end."""
        self.save_state()
        super().exit(*args, **kwargs)

    def on_unmount(self) -> None:
        """Remember where one was, whatever ended the reader."""
        self.save_state()
