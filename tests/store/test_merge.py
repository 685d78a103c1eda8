from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.dates import WITA, Precision, Stamp
from kaltimtui.document import Document, Image, Paragraph, Span, paragraph
from kaltimtui.models import ArticleData, Enclosure, RelatedData
from kaltimtui.store.merge import merged, text_hash

if TYPE_CHECKING:
    from collections.abc import Callable

BARE = ArticleData("Judul", document=Document((paragraph("Isi satu"), paragraph("Isi dua"))))
TIME = datetime(2019, 8, 12, 23, 30, 45, tzinfo=WITA)


def test_what_the_new_one_leaves_unsaid_stays() -> None:
    full: dict[str, Any] = {
        "url": "https://a.example/a",
        "kicker": "Kilas",
        "category": "Sosial",
        "dateline": "SAMARINDA",
        "published": Stamp(TIME, "time"),
        "byline": "jay",
        "caption": "Gubernur",
        "photo_credit": "norjaya",
        "image": "https://a.example/a.jpg",
        "related": (RelatedData("latest", "Lain"),),
        "enclosures": (Enclosure("https://a.example/a.mp3"),),
    }
    known = replace(BARE, **full)
    assert merged(known, BARE) == known
    assert merged(BARE, known) == known
    assert merged(known, replace(BARE, document=Document())) == known


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("time", "day", "time"),
        ("time", "estimated", "time"),
        ("day", "estimated", "day"),
        ("estimated", "day", "day"),
        ("day", "time", "time"),
    ],
)
def test_the_stamp_that_knows_more_is_kept(old: Precision, new: Precision, kept: Precision) -> None:
    both = merged(
        replace(BARE, published=Stamp(TIME, old)), replace(BARE, published=Stamp(TIME, new))
    )
    assert both.published is not None
    assert both.published.precision == kept


def test_of_two_stamps_that_know_as_much_the_new_one_is_kept() -> None:
    later = Stamp(TIME.replace(day=20), "day")
    assert merged(
        replace(BARE, published=Stamp(TIME, "day")), replace(BARE, published=later)
    ) == replace(BARE, published=later)


def test_of_two_ways_to_write_one_text_the_richer_is_kept() -> None:
    styled = (Paragraph((Span("Isi "), Span("satu", strong=True))), paragraph("Isi dua"))
    rich = replace(BARE, document=Document((*styled, Image("https://a.example/a.jpg"))))
    assert text_hash(rich) == text_hash(BARE)
    assert merged(rich, BARE) == rich
    assert merged(BARE, rich) == rich


def test_a_new_text_is_taken_however_plain() -> None:
    rich = replace(BARE, document=Document((Paragraph((Span("Isi", strong=True),)),)))
    assert merged(rich, BARE).document == BARE.document


def test_a_page_read_twice_keeps_its_title_and_address_while_the_text_is_the_same() -> None:
    known = replace(BARE, url="https://a.example/a")
    again = replace(BARE, title="JUDUL", url="https://a.example/b")
    assert merged(known, again) == known


def test_a_feed_may_move_and_rename_its_entry() -> None:
    known = replace(BARE, url="https://a.example/a")
    again = replace(BARE, guid="7", title="JUDUL", url="https://a.example/b")
    assert merged(known, again) == replace(again, guid=None)


def _item(number: int, **said: Any) -> RelatedData:
    return RelatedData(
        "related", category="Sosial", published=Stamp(TIME.replace(minute=number), "time"), **said
    )


def test_related_items_that_lost_their_titles_get_them_back() -> None:
    titled = replace(BARE, related=(_item(1, title="Satu", url="https://a.example/1"), _item(2)))
    bare = replace(BARE, related=(_item(1), _item(2)))
    assert merged(titled, bare) == titled
    assert merged(bare, titled) == titled


def test_another_item_of_the_same_moment_keeps_its_own_title() -> None:
    known = replace(BARE, related=(_item(1, title="Satu", url="https://a.example/1"),))
    other = replace(BARE, related=(_item(1, title="Dua"),))
    assert merged(known, other) == other


def test_reading_two_pages_in_turn_comes_to_rest(make: Callable[..., ArticleData]) -> None:
    text = replace(make(1), url=None, category=None, published=None)
    page = replace(make(1), byline="jay", related=(_item(1, title="Satu"),))
    once = merged(merged(text, page), text)
    assert merged(once, page) == once
    assert merged(once, text) == once
