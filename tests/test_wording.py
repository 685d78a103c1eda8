from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, Table, paragraph
from kaltimtui.models import Enclosure, Related
from kaltimtui.rule import Notice, RuleAction
from kaltimtui.wording import (
    attached,
    by_group,
    caption_line,
    done,
    noticed,
    place_name,
    when_and_where,
    whence,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kaltimtui.models import Article

    Make = Callable[..., Article]


def test_a_shouted_place_is_set_as_a_name() -> None:
    assert place_name("BALIKPAPAN") == "Balikpapan"
    assert place_name("IKN") == "IKN"
    assert place_name("Tana Paser") == "Tana Paser"


@pytest.mark.parametrize(
    ("caption", "credit", "said"),
    [
        ("Pasar Pagi", "ani/humas", "Pasar Pagi. ani/humas"),
        ("Pasar Pagi", None, "Pasar Pagi"),
        (None, "ani/humas", "ani/humas"),
        (None, None, ""),
        *((f"Pasar{end}", "ani", f"Pasar{end} ani") for end in ".!?…”:"),
    ],
)
def test_a_caption_and_its_credit_are_two_sentences(
    caption: str | None, credit: str | None, said: str
) -> None:
    assert caption_line(caption, credit) == said


def test_fresh_news_say_how_long_ago_where_one_may(article: Make, now: datetime) -> None:
    fresh = article(published=Stamp(now - timedelta(hours=5), "time"))
    said = ("Selasa, 24 November 2026 03.15 WITA", "5 jam yang lalu", "Penajam")
    assert when_and_where(fresh, now) == said
    assert when_and_where(fresh) == (said[0], said[2])
    assert when_and_where(article(), now) == ("26 Februari 2013 (perkiraan)", "Penajam")


def test_the_time_of_saving_is_called_that(article: Make, now: datetime) -> None:
    unknown = article(published=None, dateline=None, first_seen=now - timedelta(minutes=13))
    assert when_and_where(unknown, now) == ("disimpan 13 menit yang lalu",)
    i18n.set_language("en")
    assert when_and_where(unknown, now) == ("saved 13 minutes ago",)
    assert when_and_where(unknown) == ("First seen Tuesday, 24 November 2026 08:02 WITA",)


def test_whose_and_whence(article: Make) -> None:
    table = Table((((paragraph("x" * 9999).spans),),))
    long = article(document=Document((paragraph("kata " * 1000), table)), sample=True, tags=("a",))
    assert whose(long) == ("rin/contoh", "4 menit baca")
    assert whose(article(byline=None, document=Document())) == ()
    assert whence(long) == ("Portal Kaltim › Kesehatan", "Contoh", "#a")
    assert whence(article(category=None)) == ("Portal Kaltim",)


def test_pictures_are_no_attached_files(article: Make) -> None:
    sound = Enclosure("https://example.org/suara.mp3", "audio/mpeg")
    pictured = article(
        image="https://example.org/a",
        enclosures=(
            Enclosure("https://example.org/a"),
            sound,
            Enclosure("https://example.org/b", "image/png"),
        ),
    )
    assert attached(pictured) == [sound]


def test_related_items_come_by_group_with_their_places() -> None:
    popular, related = (Related(group, None, None, None, None) for group in ("popular", "related"))
    assert list(by_group([popular, related, popular])) == [
        ("Berita terkait", [(1, related)]),
        ("Terpopuler", [(0, popular), (2, popular)]),
    ]


def test_a_rule_tells_how_many_came() -> None:
    i18n.set_language("en")
    assert noticed(Notice("Air", 1, ("Banjir",))) == "1 new article: Air"
    assert noticed(Notice("Air\x1b[2J", 3, ())) == "3 new articles: Air[2J"


def test_what_a_rule_does_is_said_in_one_order_and_its_tags_last() -> None:
    i18n.set_language("en")
    actions = (RuleAction("read"), RuleAction("tag", "a/b"), RuleAction("notify"))
    assert done(actions) == "tell of it · mark read · #a/b"
