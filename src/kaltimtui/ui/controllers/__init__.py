"""What the actions of the registry do, by kind; each module's class is given the main screen.

A handler is a method named as its action; ``handlers`` collects them, and a test holds the
registry and the handlers against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.ui.actions import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable


def handlers(*controllers: object) -> dict[str, Callable[[], None]]:
    """The method for each action that one of the controllers has."""
    return {
        name: getattr(controller, name)
        for controller in controllers
        for name in BY_NAME
        if hasattr(controller, name)
    }
