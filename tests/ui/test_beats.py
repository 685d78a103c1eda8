from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("said", "beats"), [({}, "120"), ({"TEXTUAL_FPS": "30"}, "30")])
def test_a_key_waits_for_no_slow_beat_unless_the_user_wants_one(
    said: dict[str, str], beats: str
) -> None:
    around = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    code = "import kaltimtui.ui.app, textual.screen as s; print(round(1 / s.UPDATE_PERIOD))"
    done = subprocess.run(
        (sys.executable, "-c", code), env=around | said, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == beats
