"""Work that runs beside the screen, and what becomes of it when it fails."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual.widget import Widget
from textual.worker import Worker, WorkerState

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

_T = TypeVar("_T")


async def in_thread(call: Callable[[Callable[[], bool]], _T]) -> _T:
    """What a call gives that may take long, done in a thread.

    A thread does not end with who waits for it: the call gets a function that says whether it is
    given up by then, and may raise whatever it likes once it is.
    """
    given_up = Event()
    try:
        return await asyncio.to_thread(call, given_up.is_set)
    finally:
        given_up.set()


class Teller(Protocol):
    """Who has a user to tell."""

    def tell(self, error: BaseException) -> None:
        """Tell the user what went wrong."""


class Background(Widget):
    """A widget that starts work. A worker's end is told to the widget that started it alone.

    To stand behind the widget's class in the bases: Textual takes the styles of the first alone.
    """

    def begin(
        self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str, replacing: bool = True
    ) -> None:
        """Start work of a group; with ``replacing`` what the group did before is given up.

        The work is given as a callable: a coroutine that is given up before its first step would
        complain that nobody waited for it.
        """
        _worker: Worker[None] = self.run_worker(
            work, group=group, exclusive=replacing, exit_on_error=False
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of work that failed; the reader goes on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            cast("Teller", self.app).tell(event.worker.error)
