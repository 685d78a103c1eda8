"""What every test may ask for."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import i18n
from kaltimtui.dates import WITA, Stamp
from kaltimtui.demo.portal import Portal
from kaltimtui.document import Document, paragraph
from kaltimtui.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@pytest.fixture
def now() -> datetime:
    """The moment the tests of what is shown are at."""
    return datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


@pytest.fixture
def demo_portal(now: datetime) -> Iterator[Callable[..., Portal]]:
    """Starts a demo portal of thirty articles; what is given replaces what it has by itself.

    Its slow answers wait a hundredth of a second between two pieces.
    """
    with ExitStack() as stack:
        started: list[Portal] = []

        def start(**changed: Any) -> Portal:
            said: dict[str, Any] = {"clock": lambda: now, "articles": 30, "pace": 0.01}
            started.append(stack.enter_context(Portal(**(said | changed))))
            return started[-1]

        yield start
        assert not [error for portal in started for error in portal.unforeseen]


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
