"""A screen whose keys are those of the registry of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.binding import Binding
from textual.reactive import Reactive
from textual.screen import Screen

from kaltimtui.ui.actions import ACTIONS, BY_NAME, Pane
from kaltimtui.ui.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.binding import BindingType
    from textual.widget import Widget


class PaneWidget(Protocol):
    """What every pane can do with its cursor."""

    def move(self, rows: int) -> None:
        """By so many rows or lines."""

    def page(self, share: float) -> None:
        """By a share of the screen."""

    def first(self) -> None:
        """To the top."""

    def last(self) -> None:
        """To the bottom."""

    def activate(self) -> None:
        """Open what the cursor is on."""


def bindings(panes: Collection[Pane]) -> list[BindingType]:
    """The keys of all that can be done in one of these places.

    With priority, so that keys that arrive together act in their order: without it each would go
    to the widget that had the focus when it arrived. ``works`` leaves them to where one types.
    """
    return [
        Binding(
            key,
            f"do({action.name!r}, {key!r})",
            id=f"{action.name}:{key}",
            show=False,
            priority=True,
        )
        for action in ACTIONS
        if not action.where.isdisjoint(panes)
        for key in action.keys
    ]


class ActionScreen(Screen[None], Background):
    """What the screens with actions have in common."""

    at: Pane
    """Where the cursor is."""
    pressed = ""
    """The key of what is being done; empty where it was chosen without one."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus. Only what gains or loses it looks different; Textual draws all anew."""
    _handlers: dict[str, Callable[[], None]]
    typing_keeps: frozenset[str] = frozenset()
    """Actions whose keys a line that one types in leaves to the screen."""

    @property
    def pane(self) -> PaneWidget:
        """What the cursor is in."""
        raise NotImplementedError

    @property
    def typing(self) -> bool:
        """Whether one is typing."""
        raise NotImplementedError

    def say(self, message: str, *, lasting: bool = False) -> None:
        """Tell what was just done; ``lasting`` for what goes on until something else is told."""
        raise NotImplementedError

    def leave(self) -> bool:
        """Go back a step, as ``q`` does; False where there is none but to quit."""
        raise NotImplementedError

    def action_do(self, name: str, key: str = "") -> None:
        """Carry out an action of the registry."""
        self.pressed = key
        self._handlers[name]()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works where the cursor is."""
        if action != "do":
            return True
        return self.works(str(parameters[0]))

    def works(self, name: str) -> bool:
        """Whether an action of the registry works where the cursor is."""
        if self.typing:
            return name in self.typing_keeps
        return self.at in BY_NAME[name].where
