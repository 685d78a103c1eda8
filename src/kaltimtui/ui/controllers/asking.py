"""Asking for one thing in the line below, and doing something with the answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from kaltimtui.models import Change
    from kaltimtui.ui.screens.main import MainScreen


class Asking:
    """The question of the main screen; it stays until there is an answer that can be taken."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def ask(
        self,
        question: str,
        then: Callable[[str], None],
        value: str = "",
        suggest: Callable[[str], Sequence[str]] | None = None,
        history: Sequence[str] = (),
    ) -> None:
        """Ask, with ``value`` as the answer to begin with; ``history`` as the prompt takes it."""
        self._screen.prompt.ask(question, then, value, suggest, history)
        self._screen.status.hint()

    def close(self) -> bool:
        """Take the question back; False where there is none."""
        screen = self._screen
        if not screen.prompt.display:
            return False
        screen.prompt.close()
        screen.go(screen.at)
        return True

    def change(self, call: Callable[[], Change], said: str = "") -> None:
        """Make a change that the answer asks for, and tell of it."""
        carry_out = self._screen.marking.carry_out
        tell = (lambda _what: said) if said else "{what}".format_map
        self.do(partial(carry_out, call, tell=tell))

    def do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do what was asked for; where it is refused, the question stays."""

        async def guarded() -> None:
            try:
                await work()
            except KaltimtuiError as error:
                self._refused(error)
            else:
                self.close()

        self._screen.marking.begin(guarded)

    def _refused(self, error: KaltimtuiError) -> None:
        """Say what is wrong with an answer, of a search also where."""
        if isinstance(error, QueryError) and self._screen.prompt.display:
            self._screen.prompt.complain(str(error), (error.start, error.end))
        else:
            self._screen.say(text.inline(str(error)))
