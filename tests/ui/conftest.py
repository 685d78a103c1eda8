"""What the tests of the reader may ask for: pictures in plain text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SNAPSHOTS = Path(__file__).with_name("snapshots")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where ``tests/ui`` is named on the command line."""
    parser.addoption(
        "--snapshot-update", action="store_true", help="take what is drawn now as right"
    )


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, Iterable[str]], None]:
    """Compares lines with the file of that name, or writes it with ``--snapshot-update``."""
    update: bool = request.config.getoption("--snapshot-update", default=False)

    def compare(name: str, lines: Iterable[str]) -> None:
        file = SNAPSHOTS / f"{name}.txt"
        drawn = "".join(f"{line.rstrip()}\n" for line in lines)
        if update:
            file.write_text(drawn, encoding="utf-8")
        assert file.is_file(), f"no {file.name}; look at it, then use --snapshot-update"
        assert drawn == file.read_text(encoding="utf-8")

    return compare
