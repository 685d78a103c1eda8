"""Not too often, and the last time always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.ui.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Callable


def test_it_acts_at_once_then_once_a_while_and_the_last_is_never_lost() -> None:
    acts: list[int] = []
    waits: list[Callable[[], None]] = []
    asked: list[int] = []

    def act() -> None:
        acts.append(len(asked))

    throttle = Throttle(act, 1.0, lambda _seconds, over: waits.append(over))
    for turn in range(5):
        asked.append(turn)
        throttle()
    assert acts == [1]
    assert len(waits) == 1
    waits.pop()()
    assert acts == [1, 5]
    waits.pop()()
    assert acts == [1, 5]
    assert not waits
    throttle()
    assert acts == [1, 5, 5]


def test_it_outlives_what_fails() -> None:
    acts: list[int] = []
    waits: list[Callable[[], None]] = []

    def act() -> None:
        acts.append(1)
        if len(acts) < 3:
            raise OSError

    throttle = Throttle(act, 1.0, lambda _seconds, over: waits.append(over))
    with pytest.raises(OSError, match=r"^$"):
        throttle()
    throttle()
    with pytest.raises(OSError, match=r"^$"):
        waits.pop()()
    waits.pop()()
    throttle()
    assert len(acts) == 3
