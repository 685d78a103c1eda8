"""News that nobody wrote: the same for the same seed, as much as is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from bench.words import PLACES, Story, Words
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import (
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    paragraph,
)
from kaltimtui.models import ArticleData, SourceData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.document import Block

SEED: Final = 1957
SOURCES: Final = 100
CATEGORIES: Final = 30
TEXT_SIZE: Final = 2_500
"""Bytes of text that an article has, about."""
END: Final = datetime(2025, 12, 31, 18, tzinfo=WITA)
"""When the news ends; fixed, so that a store is the same whenever it is made."""
YEARS: Final = 10
_SPAN: Final = timedelta(days=365.25 * YEARS)
_WORD_SIZE: Final = 8.05
"""Bytes of a word with the space after it, about."""


class News:
    """A hundred feeds over ten years."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)
        self.words = Words(self._random)
        names = self._random.sample(self.words.by_rank[100:600], CATEGORIES)
        self.categories = tuple(name.capitalize() for name in names)
        self._of_source = [
            self._random.sample(self.categories, self._random.randint(3, 12))
            for _ in range(SOURCES)
        ]

    @staticmethod
    def source(number: int) -> SourceData:
        """One of the feeds."""
        place = PLACES[number % len(PLACES)].title()
        url = f"https://kabar-{number:03}.example/feed"
        return SourceData(f"Kabar {place} {number:03}", "feed", url, f"Folder {number // 20 + 1}")

    def rounds(self, count: int, per_source: int) -> Iterator[list[list[ArticleData]]]:
        """``count`` articles; each round is one refresh of all feeds.

        What a feed sends at once, ``per_source`` entries with the newest first, is of one stretch
        of time; which stretch comes when is a matter of chance, and of each feed's own: articles
        arrive in no order of their dates, as where archives are read.
        """
        each = max(1, count // SOURCES)
        rounds = -(-each // per_source)
        span = _SPAN / rounds
        start = END - _SPAN
        stretches = [self._random.sample(range(rounds), rounds) for _ in range(SOURCES)]
        for number in range(rounds):
            found = []
            for source, order in enumerate(stretches):
                stretch = order[number]
                entries = min(per_source, each - stretch * per_source)
                found.append(self._entries(source, entries, start + span * stretch, span))
            yield found

    def _entries(
        self, source: int, count: int, start: datetime, span: timedelta
    ) -> list[ArticleData]:
        seconds = int(span.total_seconds())
        moments = sorted((self._random.randrange(seconds) for _ in range(count)), reverse=True)
        return [self.article(source, start + timedelta(seconds=moment)) for moment in moments]

    def article(self, source: int, moment: datetime, size: int = TEXT_SIZE) -> ArticleData:
        """One entry of a feed, with about so many bytes of text."""
        random = self._random
        moment = moment.replace(microsecond=0)
        number = random.randrange(10**9)
        story = Story(self.words, random)
        host = f"https://kabar-{source:03}.example"
        return ArticleData(
            title=" ".join(story.words(random.randint(6, 11))).title(),
            url=f"{host}/{moment:%Y/%m/%d}/berita-{number}",
            guid=f"{host}/?p={number}-{moment:%H%M%S}",
            category=random.choice(self._of_source[source]),
            dateline=random.choice(PLACES),
            published=Stamp(moment, "time"),
            byline=f"{random.choice(self.words.by_rank[:400])}/kabar{source:03}",
            caption=story.sentence(random.randint(8, 16)) if random.random() < 0.5 else None,
            document=Document(tuple(self._blocks(story, size))),
        )

    def _blocks(self, story: Story, size: int) -> Iterator[Block]:
        """Paragraphs, with now and then a heading, a quote, a list or a link."""
        left = int(size / _WORD_SIZE)
        while left > 0:
            words = min(left, self._random.randint(30, 60))
            left -= words
            kind = self._random.random()
            if kind < 0.03:
                yield Heading(2, (Span(story.sentence(5).rstrip(".")),))
            if kind < 0.9:
                yield paragraph(story.sentences(words))
            elif kind < 0.94:
                yield Quote((paragraph(story.sentences(words)),))
            elif kind < 0.97:
                yield ListBlock(tuple((paragraph(story.sentence(words // 4 + 1)),) for _ in "1234"))
            else:
                yield self._linked(story, words // 2 + 1)

    def _linked(self, story: Story, words: int) -> Paragraph:
        link = Span("baca juga", href=f"https://kabar.example/{self._random.randrange(10**6)}")
        before = Span(f"{story.sentence(words)} ")
        return Paragraph((before, link, Span(f" {story.sentence(words)}", strong=True)))
