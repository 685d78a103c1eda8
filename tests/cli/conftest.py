"""A home for the commands to work in, and a way to run them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

from kaltimtui import cli, dates
from kaltimtui.document import Document, Paragraph, Span, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, RelatedData, SourceData, View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2020, 6, 2, 4, 0, tzinfo=UTC)


class Said(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects it printed, a line each."""
        return [json.loads(line) for line in self.out.splitlines()]


class Run(Protocol):
    """Runs one command in the home of the test."""

    def __call__(self, *words: str) -> Said: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home the commands work in."""
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in English, in the home, at a fixed time."""

    def in_home(*words: str) -> Said:
        status = cli.main(["--home", str(home), "--lang", "en", *words], clock=lambda: NOW)
        return Said(status, *capsys.readouterr())

    return in_home


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard output pass for a terminal of 60 columns."""
    monkeypatch.setattr("kaltimtui.cli.output.Output.terminal", property(lambda _self: True))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")


def _data(title: str, published: str | None, **more: Any) -> ArticleData:
    return ArticleData(
        title=title,
        url=f"https://portal.example/berita/{title.casefold().replace(' ', '-')}",
        published=dates.parse(published),
        **more,
    )


@pytest.fixture
def news(home: Path) -> dict[str, str]:
    """Five articles in the home; their ids by their titles, newest first."""
    flood = _data(
        "Banjir Surut di Samarinda",
        "2020-06-02T10:30:00+08:00",
        category="Sosial",
        dateline="SAMARINDA",
        byline="ani/humas",
        kicker="Kabar Sungai",
        caption="Warga membersihkan rumah",
        photo_credit="budi/humas",
        document=Document(
            (
                paragraph("Air sungai surut sejak pagi di tiga kelurahan."),
                Paragraph((Span("Warga "), Span("tetap waspada", strong=True), Span("."))),
            )
        ),
        related=(
            RelatedData("related", "Posko Dibuka", category="Sosial",
                        published=dates.portal_stamp("12 Agustus 2019 Jam 23:30:45")),
            RelatedData("latest", None, category="Kesehatan",
                        published=dates.portal_stamp("05 Maret 2015 Jam 00:00:00")),
        ),
    )  # fmt: skip
    articles = [
        flood,
        _data("Pasar Murah Dibuka", "2020-06-01T08:00:00+08:00", category="Ekonomi"),
        _data("Jembatan Selesai", "2020-05-20", category="Pembangunan"),
        _data("Posko Dibuka", "2019-08-12T23:30:45+08:00", category="Sosial"),
        _data("Hutan Kota Ditanami", "2015-03-05"),
    ]
    library = Library.open(Paths.find(str(home)), clock=lambda: NOW)
    library.store_articles(SourceData("Portal Kaltim", "portal"), articles)
    rows = library.rows(View())
    library.close()
    return {row.title: row.id for row in rows}
