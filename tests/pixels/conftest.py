"""Pictures to be drawn, made by what reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


class Paints(Protocol):
    """Makes a file with a picture of one colour."""

    def __call__(
        self, name: str, mode: str, size: tuple[int, int], colour: Any = 0, **saved: Any
    ) -> Path: ...


@pytest.fixture
def paint(tmp_path: Path) -> Paints:
    def painted(name: str, mode: str, size: tuple[int, int], colour: Any = 0, **saved: Any) -> Path:
        file = tmp_path / name
        Image.new(mode, size, colour).save(file, **saved)
        return file

    return painted
