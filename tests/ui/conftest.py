"""What the tests of the reader may ask for: articles, and pictures of them in plain text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SNAPSHOTS = Path(__file__).with_name("snapshots")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where ``tests/ui`` is named on the command line."""
    parser.addoption(
        "--snapshot-update", action="store_true", help="take what is drawn now as right"
    )


@pytest.fixture
def now() -> datetime:
    """The moment all tests of the reader are at."""
    return datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


@pytest.fixture
def article(now: datetime) -> Callable[..., Article]:
    """Makes an article; what is given replaces what it has by itself."""

    def make(**changed: Any) -> Article:
        said: dict[str, Any] = {
            "key": 1,
            "id": "a1",
            "title": "Posyandu Tambah Jadwal Malam bagi Ibu Pekerja",
            "url": "https://www.kaltimprov.go.id/berita/posyandu-tambah-jadwal-malam",
            "source": "Portal Kaltim",
            "sample": False,
            "kicker": None,
            "category": "Kesehatan",
            "dateline": "PENAJAM",
            "published": Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated"),
            "byline": "rin/contoh",
            "caption": None,
            "photo_credit": None,
            "image": None,
            "document": Document((paragraph("Posyandu di tepi teluk kini buka sampai malam."),)),
            "related": (),
            "enclosures": (),
            "read": False,
            "starred": False,
            "later": False,
            "tags": (),
            "note": None,
            "first_seen": now,
            "updated": now,
            "versions": 1,
        }
        return Article(**(said | changed))

    return make


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
