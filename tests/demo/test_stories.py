from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import resources
from random import Random
from typing import TYPE_CHECKING

import pytest

from kaltimtui.dates import WITA, Stamp
from kaltimtui.demo.stories import NEW_DESIGN, Writer, edition, slug_of
from kaltimtui.document import Paragraph

if TYPE_CHECKING:
    from kaltimtui.demo.stories import Story

SEATS = (
    *("Samarinda", "Balikpapan", "Bontang", "Tenggarong", "Sangatta", "Sendawar"),
    *("Tanjung Redeb", "Tana Paser", "Penajam", "Ujoh Bilang"),
)


@pytest.fixture
def written(now: datetime) -> list[Story]:
    """Six hundred articles."""
    return list(Writer(Random(3)).past(600, now))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rakor Pembangunan ke-59", "rakor-pembangunan-ke-59"),
        ("Agama/Adat: Rembuk Kampung!", "agamaadat-rembuk-kampung"),
        ("“Bola” Voli, 12 Tim", "bola-voli-12-tim"),
        ("kata " * 40, "kata-" * 20),
    ],
)
def test_a_slug_has_no_punctuation_and_no_more_than_a_hundred_characters(
    title: str, slug: str
) -> None:
    assert slug_of(title) == slug


def test_the_edition_is_all_there() -> None:
    folder = resources.files("kaltimtui.demo") / "edition"
    slugs = {page.name.partition(".")[0] for page in folder.iterdir()}
    assert {story.slug for story in edition()} == slugs
    for story in edition():
        assert story.published.precision in ("time", "day")
        assert (story.article.kicker or "").startswith("Contoh")
        assert isinstance(story.article.document.blocks[0], Paragraph)


def test_the_same_seed_makes_the_same_news(now: datetime) -> None:
    one, other = (list(Writer(Random(5)).past(40, now)) for _again in range(2))
    assert one == other
    assert one != list(Writer(Random(6)).past(40, now))


def test_no_two_articles_have_one_address(written: list[Story]) -> None:
    assert len({story.slug for story in written}) == len(written)


def test_news_comes_from_every_part_of_the_province(written: list[Story]) -> None:
    places = {(story.article.dateline or "").title() for story in written}
    assert places == set(SEATS)


def test_news_is_of_the_past_in_both_designs(written: list[Story], now: datetime) -> None:
    assert all(story.moment <= now for story in written)
    years = {story.moment.year for story in written}
    assert years == set(range(2013, 2027))
    recent = sum(story.moment > now - timedelta(days=600) for story in written)
    assert 300 < recent < 500


def test_every_phrase_is_filled(written: list[Story]) -> None:
    for story in written:
        article = story.article
        said = f"{article.title} {article.caption} {article.document.plain()}"
        assert "{" not in said, said
        assert "  " not in said, said
        assert 4 <= len(article.document.blocks) <= 9
        assert len(article.document.plain()) > 400


def test_the_text_tells_the_day_it_was_published(written: list[Story]) -> None:
    for story in written:
        day = f"({story.moment.day}/{story.moment.month}/{story.moment.year})"
        assert day in story.article.document.plain()


def test_the_portal_knows_no_times_before_the_middle_of_2017(written: list[Story]) -> None:
    for story in written:
        known = story.moment >= datetime(2017, 7, 22, tzinfo=WITA)
        assert story.published.precision == ("time" if known else "day")


def test_bylines_change_with_the_name_of_the_office(written: list[Story]) -> None:
    for story in written:
        office = "adpimprov contoh" if story.moment.year >= 2022 else "humasprov contoh"
        assert (story.article.byline or "").endswith(f"/{office}")
        assert bool(story.article.caption) == bool(story.article.photo_credit)
        assert story.pictured or not story.article.caption


def test_places_are_in_capitals_in_the_old_design(written: list[Story]) -> None:
    for story in written:
        assert (story.article.dateline or "").isupper() == (story.moment < NEW_DESIGN)


def test_midnight_is_a_time_that_is_not_known() -> None:
    story = Writer(Random(1)).write(datetime(2026, 11, 23, 16, 0, 0, 5, tzinfo=UTC))
    assert story.published == Stamp(datetime(2026, 11, 24, tzinfo=WITA), "day")
