"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaltimtui import i18n

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def shared() -> Path:
    """The folder of test data beside the project; a test that asks for it skips without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared test data")
    return folder


@pytest.fixture(autouse=True)
def _indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts in Indonesian, in a home of nobody's."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KALTIMTUI_HOME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    i18n.set_language("id")
