"""The process that draws: asked again and again, hung, dead, and ended."""

from __future__ import annotations

import io
import json
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from kaltimtui.pixels import can_draw, worker
from kaltimtui.pixels import drawer as drawing
from kaltimtui.pixels.drawer import Drawer
from kaltimtui.pixels.fit import Size
from kaltimtui.pixels.order import Order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pixels.conftest import Paints

ROOM = Size(20, 10)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    made = Drawer()
    yield made
    made.close()


def order(file: Path) -> Order:
    return Order(str(file), ROOM, (0, 0, 0))


def test_one_process_draws_one_picture_after_the_other(drawer: Drawer, paint: Paints) -> None:
    wide, high = paint("a.png", "RGB", (200, 50), (1, 2, 3)), paint("b.png", "L", (5, 10), 9)
    assert drawer.draw(order(wide))[1:] == (Size(20, 5), b"\1\2\3" * 100, "")
    process = drawer._process
    assert drawer.draw(order(high))[1:] == (Size(5, 10), b"\t" * 150, "")
    assert drawer._process is process


def test_a_process_that_ended_is_followed_by_another(drawer: Drawer, paint: Paints) -> None:
    file = paint("a.png", "RGB", (200, 50), (1, 2, 3))
    drawer.draw(order(file))
    assert drawer._process is not None
    drawer._process.kill()
    drawer._process.wait()
    assert drawer.draw(order(file)).size == Size(20, 5)


def test_a_process_that_hangs_is_killed(
    drawer: Drawer, paint: Paints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "TIME_LIMIT", 0.1)
    monkeypatch.setattr(drawing, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(100)"))
    assert drawer.draw(order(paint("a.png", "RGB", (2, 2)))).trouble == "broken"
    assert drawer._process is None


@pytest.mark.parametrize("code", ["pass", "print('[')", "print('[[1,1],[1,1],9,\"\"]')"])
def test_an_answer_that_is_none_is_no_picture(
    drawer: Drawer, paint: Paints, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(drawing, "_COMMAND", (sys.executable, "-c", code))
    assert drawer.draw(order(paint("a.png", "RGB", (2, 2)))).trouble == "broken"


def test_closing_ends_what_is_being_drawn(
    drawer: Drawer, paint: Paints, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import time; print('[', flush=True, end=''); time.sleep(100)"
    monkeypatch.setattr(drawing, "_COMMAND", (sys.executable, "-c", code))
    file = paint("a.png", "RGB", (2, 2))
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(drawer.draw(order(file)).trouble))
    thread.start()
    while drawer._process is None:
        threading.Event().wait(0.001)
    drawer.close()
    thread.join()
    assert found == ["broken"]
    assert drawer.draw(order(file)).trouble == "broken"


def test_the_process_answers_until_its_input_ends(
    paint: Paints, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That of the tests must not end itself.
    monkeypatch.setattr(worker, "end_in", lambda seconds: seconds)
    file = paint("a.png", "RGB", (2, 2), (7, 7, 7))
    asked = io.BytesIO((json.dumps(order(file)) + "\n").encode() * 2)
    answers = io.BytesIO()
    worker.serve(asked, answers)
    assert answers.getvalue() == (b'[[2, 2], [2, 2], 12, ""]\n' + b"\7" * 12) * 2


def test_without_pillow_nothing_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_draw()
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert not can_draw()
