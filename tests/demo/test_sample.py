from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from kaltimtui.demo import sample
from kaltimtui.document import Heading, ListBlock, Quote, Table
from kaltimtui.library import Library
from kaltimtui.models import Article, View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
REAL_PAGE = (
    b"Rapat Persiapan Tanam\n"
    b"SAMARINDA - Rapat persiapan tanam berlangsung di balai penyuluhan, Senin (2/3/2026).\n"
    b"Peserta rapat menyepakati jadwal tanam serempak. (jay/hmsprov).\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path)), clock=lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def edition(library: Library) -> list[Article]:
    sample.load(library)
    return _articles(library)


def _articles(library: Library) -> list[Article]:
    return [library.article(row.id) for row in library.rows(View())]


def _with_block(edition: list[Article], kind: type[object]) -> list[Article]:
    return [a for a in edition if any(isinstance(block, kind) for block in a.document.blocks)]


def test_edition_is_large_and_varied(edition: list[Article]) -> None:
    assert len(edition) >= 48
    assert len({article.category for article in edition}) >= 20
    assert len({article.dateline for article in edition}) >= 12


def test_every_page_of_the_edition_goes_in(library: Library) -> None:
    pages = list((resources.files("kaltimtui.demo") / "edition").iterdir())
    assert sample.load(library) == library.count(View()).total == len(pages)


def test_every_article_is_marked_as_a_sample(edition: list[Article]) -> None:
    for article in edition:
        assert article.sample, article.title
        assert article.source == "Edisi Contoh", article.title
        assert article.kicker == "Contoh" or (article.kicker or "").startswith("Contoh · ")


def test_every_article_says_what_it_is(edition: list[Article]) -> None:
    for article in edition:
        assert article.category, article.title
        assert article.dateline, article.title
        assert article.byline, article.title
        assert article.published, article.title
        assert len(article.document.plain()) > 300, article.title


def test_headlines_are_headlines(edition: list[Article]) -> None:
    titles = [article.title for article in edition]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if "Contoh" in title or len(title) > 90]


def test_bylines_captions_and_tails_are_taken_out_of_the_text(edition: list[Article]) -> None:
    for article in edition:
        body = article.document.plain()
        for trace in ("humasprov", "////", " Jam ", "Berita Terkait", "Terpopuler", "Beranda"):
            assert trace not in body, (article.title, trace)
        assert not body.startswith(article.dateline or ""), article.title


def test_publication_dates_are_recent_first_and_none_is_to_come(edition: list[Article]) -> None:
    days = [article.published.json()[:10] for article in edition if article.published]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2026-11-24"
    assert days[-1] >= "2025-01"
    assert sum(day >= "2026-08-24" for day in days) > len(days) / 2
    precisions = {article.published.precision for article in edition if article.published}
    assert precisions == {"time", "estimated"}


def test_there_is_something_of_every_kind_to_look_at(edition: list[Article]) -> None:
    assert len(_with_block(edition, Table)) >= 10
    assert len(_with_block(edition, ListBlock)) >= 6
    assert len(_with_block(edition, Heading)) >= 6
    assert len(_with_block(edition, Quote)) >= 2
    assert sum(bool(article.caption) for article in edition) >= 20
    assert sum(any(article.document.images()) for article in edition) >= 3
    assert sum(any(s.href for s in article.document.spans()) for article in edition) >= 4


def test_tables_name_their_columns(edition: list[Article]) -> None:
    for article in _with_block(edition, Table):
        for block in article.document.blocks:
            if isinstance(block, Table):
                assert block.header, article.title
                assert len({len(row) for row in block.rows}) == 1, article.title


def test_related_items_lead_to_articles_of_the_edition(edition: list[Article]) -> None:
    ids = {article.id for article in edition}
    leading = [a for a in edition if any(item.article in ids for item in a.related)]
    assert len(leading) == len(edition)
    groups = {item.group for article in edition for item in article.related}
    assert groups == {"related", "latest", "popular"}
    for article in edition:
        kin = {item.category for item in article.related if item.group == "related"}
        assert kin <= {article.category}, article.title


def test_no_control_characters(edition: list[Article]) -> None:
    for article in edition:
        text = article.document.plain() + article.title + (article.caption or "")
        assert not [c for c in text if c not in "\n\t" and unicodedata.category(c)[0] == "C"]


def test_loading_twice_changes_nothing(library: Library, edition: list[Article]) -> None:
    assert sample.load(library) == 0
    assert _articles(library) == edition


def test_removed_edition_stays_away(library: Library, edition: list[Article]) -> None:
    source = library.navigation().sources[-1]
    assert source.count.total == len(edition)
    library.remove_source(source.id)
    assert library.count(View()).total == 0
    assert sample.load(library) == 0


def test_edition_does_not_join_real_articles(library: Library) -> None:
    library.import_bytes(REAL_PAGE, path="rapat.txt")
    assert sample.load(library) == 0
    assert [article.title for article in _articles(library)] == ["Rapat Persiapan Tanam"]
