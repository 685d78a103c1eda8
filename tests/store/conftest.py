"""A library in a home of its own, with a clock that stands still, and articles to put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: datetime = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)

    def __call__(self) -> datetime:
        return self.now

    def go(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(str(tmp_path / "home"))


@pytest.fixture
def library(paths: Paths, clock: Clock) -> Iterator[Library]:
    library = Library.open(paths, clock=clock)
    yield library
    library.close()


@pytest.fixture
def portal() -> SourceData:
    return SourceData("Portal Kaltim", "portal", "https://www.kaltimprov.go.id/")


@pytest.fixture
def feed() -> SourceData:
    return SourceData("Warta", "feed", "https://warta.example/rss")


@pytest.fixture
def make() -> Callable[..., ArticleData]:
    """An article with a title, an address, a body and a time that follow from its number."""

    def make(number: int = 0, *, words: str | None = None, **said: Any) -> ArticleData:
        body = f"Isi berita nomor {number}." if words is None else words
        base: dict[str, Any] = {
            "title": f"Judul {number}",
            "url": f"https://www.kaltimprov.go.id/berita/judul-{number}",
            "category": "Sosial",
            "published": Stamp(datetime(2020, 1, 1, tzinfo=WITA) + timedelta(hours=number), "time"),
            "document": Document((paragraph(body),) if body else ()),
        }
        return ArticleData(**(base | said))

    return make
