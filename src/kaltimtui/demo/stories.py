"""The news of the demo portal: the sample edition, and any number of further made-up articles.

Every article says in its kicker that it is a sample. Further ones are put together from
``phrases.toml``; the same random numbers give the same articles.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.almanac import WORDS
from kaltimtui.dates import WITA, Stamp
from kaltimtui.demo import sample
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import KaltimtuiError
from kaltimtui.models import ArticleData

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

NEW_DESIGN: Final = datetime(2025, 1, 1, tzinfo=WITA)
"""Since when articles of the portal stand in its new design."""
_FIRST: Final = datetime(2013, 1, 22, tzinfo=WITA)
"""The day of the oldest article of the portal that is known."""
_TIMES_KNOWN: Final = datetime(2017, 7, 22, tzinfo=WITA)
"""Since when the portal knows the time of day of its articles."""
_NEW_OFFICE: Final = 2022
"""The year in which the office of the bylines changed its name."""
_RECENT: Final = timedelta(days=600)
_AFTER_ALL: Final = datetime(2100, 1, 1, tzinfo=UTC)
_NUMBERS: Final = ("tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sebelas")
_WRITERS: Final = ("rin", "nur", "gus", "bay", "dhe", "ika", "len", "ang", "tami", "wid")
_COUNTS: Final = (12, 480)
_PICTURED: Final = 0.8
"""The part of the articles that have a picture, and of those the part with a caption."""
_SLUG_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the demo portal, whose address depends on the design it is shown in."""

    slug: str
    article: ArticleData
    """Without its address, its picture and its related items."""
    published: Stamp
    pictured: bool

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return self.published.moment

    @property
    def category(self) -> str:
        """The one that it is filed under."""
        return self.article.category or "Pemerintahan"


class Occasion(NamedTuple):
    """What an article is made from; places and numbers stand in braces."""

    category: str
    kicker: str
    title: str
    lead: str
    details: list[str]
    quotes: list[str]
    end: str
    caption: str
    regions: tuple[str, ...] = ()
    """The only ones that it fits; none where it fits all."""


def slug_of(title: str) -> str:
    """A title as the portal puts it in an address: punctuation dropped, not replaced."""
    return "-".join(re.sub(r"[^a-z0-9\s-]", "", title.lower()).split())[:_SLUG_MOST]


# --- The sample edition -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def edition() -> tuple[Story, ...]:
    """The sample edition, as the program itself reads it."""
    from kaltimtui.library import Library
    from kaltimtui.paths import Paths

    nowhere = Paths.find(".")
    library = Library.in_memory(nowhere, KaltimtuiError(""), clock=lambda: _AFTER_ALL)
    try:
        return tuple(
            _of_edition(url.rpartition("/")[2], article)
            for path, url, page in sample.pages()
            if (parsed := library.import_bytes(page, path=path, url=url, dry_run=True).parsed)
            for article in parsed.articles
        )
    finally:
        library.close()


def _of_edition(slug: str, article: ArticleData) -> Story:
    published = article.published
    assert published is not None, "every page of the edition tells its date"
    if published.precision == "estimated":
        published = replace(published, precision="day")
    pictured = bool(article.image or article.caption)
    bare = replace(article, url=None, image=None, related=(), published=published)
    return Story(slug, bare, published, pictured)


# --- Made from phrases ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], tuple[Occasion, ...]]:
    """The seats of the regions by their names, and what may be the news."""
    said = tomllib.loads((resources.files(__package__) / "phrases.toml").read_text("utf-8"))
    return said["seats"], tuple(Occasion(**occasion) for occasion in said["occasions"])


class Writer:
    """Makes up articles, no two with the same headline."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._slugs: set[str] = set()

    def past(self, count: int, now: datetime) -> Iterator[Story]:
        """Articles of the years up to ``now``, two of three from the last six hundred days."""
        now = now.astimezone(WITA)
        for number in range(count):
            if number % 3:
                since, until = max(_FIRST, now - _RECENT), now
            else:
                since, until = _FIRST, min(NEW_DESIGN, now)
            days = self._random.randrange(max(1, (until - since).days))
            second = self._random.randrange(7 * 3600, 20 * 3600)
            day = (since + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
            yield self.write(day + timedelta(seconds=second))

    def write(self, moment: datetime) -> Story:
        """An article published at a moment."""
        moment = moment.astimezone(WITA).replace(microsecond=0)
        occasion, values, title = self._occasion(moment)
        stamp = _stamp(moment)
        pictured = self._random.random() < _PICTURED
        captioned = pictured and self._random.random() < _PICTURED
        article = ArticleData(
            title=title,
            kicker=f"Contoh · {occasion.kicker}",
            category=occasion.category,
            dateline=values["seat"] if moment >= NEW_DESIGN else values["seat"].upper(),
            published=stamp,
            byline=self._signature(moment, self._random.randint(1, 2)),
            caption=occasion.caption.format_map(values) if captioned else None,
            photo_credit=self._signature(moment, 1) if captioned else None,
            document=Document(tuple(map(paragraph, self._text(occasion, values)))),
        )
        return Story(slug_of(title), article, stamp, pictured)

    def _occasion(self, moment: datetime) -> tuple[Occasion, dict[str, str], str]:
        """What happened, where and when, and a headline that no other article has."""
        seats, occasions = _phrases()
        weekday = WORDS["id"].weekdays[moment.weekday()]
        day = f"{weekday} ({moment.day}/{moment.month}/{moment.year})"
        while True:  # every headline holds a number, so there are always others
            occasion = self._random.choice(occasions)
            region = self._random.choice(occasion.regions or tuple(seats))
            few, count = self._random.choice(_NUMBERS), self._random.randint(*_COUNTS)
            values = {"region": region, "seat": seats[region], "day": day, "few": few}
            values["count"] = str(count)
            title = occasion.title.format_map({**values, "few": few.capitalize()})
            if slug_of(title) not in self._slugs:
                self._slugs.add(slug_of(title))
                return occasion, values, title

    def _text(self, occasion: Occasion, values: dict[str, str]) -> list[str]:
        first, *others = self._random.sample(occasion.details, self._random.randint(2, 4))
        quotes = self._random.sample(occasion.quotes, self._random.randint(1, 2))
        lines = [occasion.lead, first, quotes[0], *others, *quotes[1:], occasion.end]
        return [line.format_map(values) for line in lines]

    def _signature(self, moment: datetime, initials: int) -> str:
        office = "adpimprov" if moment.year >= _NEW_OFFICE else "humasprov"
        return "/".join((*self._random.sample(_WRITERS, initials), f"{office} contoh"))


def _stamp(moment: datetime) -> Stamp:
    midnight = moment.replace(hour=0, minute=0, second=0)
    known = moment >= _TIMES_KNOWN and moment != midnight
    return Stamp(moment, "time") if known else Stamp(midnight, "day")
