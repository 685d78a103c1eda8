"""What the demo portal answers at each of its addresses, at one moment of its news."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Final

from kaltimtui.demo import feeds, media
from kaltimtui.demo.answers import HTML, TEXT, XML, Answer
from kaltimtui.demo.looks import CLOSED, LISTING, SITE, Listing, category_path
from kaltimtui.models import ArticleData, RelatedData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from kaltimtui.demo.looks import Around, Design
    from kaltimtui.demo.stories import Story
    from kaltimtui.models import RelatedGroup

VILLAGE: Final = "/warta/rss.xml"
COAST: Final = "/pesisir/atom.xml"
SLOW: Final = "/lambat/rss.xml"
BROKEN: Final = "/rusak/rss.xml"
FEEDS: Final = {
    VILLAGE: "Warta Kampung",
    COAST: "Suara Pesisir",
    SLOW: "Umpan Lambat",
    BROKEN: "Umpan Rusak",
}
"""Feeds with articles of their own, which no list of the portal names, and what they are called."""
PER_PAGE: Final = 20
"""Articles of a page that lists them, and of a feed."""
_RELATED: Final = 6
_LATEST: Final = 5
_POPULAR: Final = 10
_EDITION: Final = "https://contoh.kaltimtui.example"
"""Where the texts of the sample edition believe they stand."""


class Site:
    """The pages, feeds and pictures of the portal; each is made once.

    ``stories`` are newest first. ``origins``, such as ``http://127.0.0.1:8000``: links are written
    with one after the other, an empty one leaving them relative; ``home`` begins the whole
    addresses. ``feeds`` are the articles of each of ``FEEDS``, ``closed`` is one that robots are
    asked to leave alone.
    """

    def __init__(
        self,
        stories: Sequence[Story],
        design: Design,
        *,
        home: str,
        origins: Sequence[str],
        feeds: Mapping[str, Sequence[Story]],
        closed: Story,
        modified: datetime,
    ) -> None:
        self.stories = stories
        self.feeds = feeds
        self.modified = modified
        self._design = design
        self._home = home
        self._origins = origins
        self._by_slug = {story.slug: number for number, story in enumerate(stories)}
        self._categories: dict[str, list[Story]] = {}
        for story in stories:
            self._categories.setdefault(story.category, []).append(story)
        self._popular = sorted(stories, key=_fame)[: _POPULAR + 1]
        self._closed = closed
        self._routes = dict(chain(self._pages(), self._files()))
        self._made: dict[str, Answer] = {}

    def answer(self, target: str) -> Answer:
        """What is found at a path with its query; 404 where there is nothing."""
        made = self._made.get(target)
        if made is None:
            make = self._routes.get(target) or self._routes.get(target.partition("?")[0])
            made = make() if make else NOT_FOUND
            if make:
                self._made[target] = made
        return made

    def prepare(self) -> None:
        """Make the page of every article, so that none has to be made when it is asked for."""
        for story in self.stories:
            self.answer(self.path(story))

    # --- What is known of an article ----------------------------------------------------------

    def around(self, story: Story) -> Around:
        """The further articles that the page of one names."""
        kin = self._categories.get(story.category, [])
        place = kin.index(story) + 1 if story in kin else 0
        others = [other for other in (*kin[place:], *kin[:place]) if other is not story]
        latest = [other for other in self.stories[: _LATEST + 1] if other is not story]
        popular = [other for other in self._popular if other is not story]
        return {
            "related": tuple(others[:_RELATED]),
            "latest": tuple(latest[:_LATEST]),
            "popular": tuple(popular[:_POPULAR]),
        }

    def article(self, story: Story) -> ArticleData:
        """All that is true of an article, whatever of it its page shows."""
        related = tuple(
            self._related(group, other)
            for group, stories in self.around(story).items()
            for other in stories
        )
        image = self.whole(self.picture(story)) if story.pictured else None
        return replace(story.article, url=self.canonical(story), image=image, related=related)

    def _related(self, group: RelatedGroup, story: Story) -> RelatedData:
        return RelatedData(
            group, story.article.title, self.canonical(story), story.category, story.published
        )

    # --- Where things are ---------------------------------------------------------------------

    def path(self, story: Story) -> str:
        """The path of an article."""
        return self._design.look(story).path(story)

    def link(self, story: Story) -> str:
        """The address of an article, as one of the links to it says it."""
        number = self._by_slug.get(story.slug, 0)
        return self._origins[number % len(self._origins)] + self.path(story)

    def canonical(self, story: Story) -> str:
        """The whole address that an article is kept by."""
        return self.whole(self.path(story))

    def whole(self, path: str) -> str:
        """The whole address of a path."""
        return self._home + path

    def picture(self, story: Story) -> str:
        """The path of an article's picture."""
        return f"/storage/berita/{story.slug}.png"

    def sound(self, story: Story) -> str | None:
        """The path of the recording that goes with one of five articles."""
        return f"/suara/{story.slug}.wav" if _fame(story)[0] % 5 == 0 else None

    def inner(self, address: str) -> str:
        """Where a link or a picture within a text of the sample edition is found here."""
        path = address.removeprefix(_EDITION)
        if path == address:
            return address
        name = path.rpartition("/")[2]
        if path.startswith("/gambar/"):
            return f"/gambar/{name.partition('.')[0]}.png"
        number = self._by_slug.get(name)
        return self.link(self.stories[number]) if number is not None else "/"

    def _all(self) -> Iterator[Story]:
        """Every article that has a page, but the closed one."""
        return chain(self.stories, *self.feeds.values())

    # --- What there is ------------------------------------------------------------------------

    def _pages(self) -> Iterator[tuple[str, Callable[[], Answer]]]:
        highlights = [stories[0] for stories in self._categories.values()]
        shown = [*highlights, self._closed]
        yield from self._lists("/", SITE, self.stories, LISTING, highlights=shown)
        yield from self._lists(LISTING, "Berita", self.stories, LISTING)
        yield from self._lists("/kategori", "Kategori", (), LISTING, highlights=highlights)
        for category, stories in self._categories.items():
            path = category_path(category)
            yield from self._lists(path, category, stories, path)
        yield from self._lists(CLOSED, "Arsip Tertutup", (self._closed,), CLOSED)
        for story in (*self._all(), self._closed):
            yield self.path(story), partial(self._article_page, story)

    def _lists(
        self,
        path: str,
        heading: str,
        stories: Sequence[Story],
        further: str,
        *,
        highlights: Sequence[Story] = (),
    ) -> Iterator[tuple[str, Callable[[], Answer]]]:
        """The pages of a list; the second and those behind it stand at ``further``."""
        count = max(1, -(-len(stories) // PER_PAGE))
        pages = [(str(number), f"{further}?halaman={number}") for number in range(1, count + 1)]
        for number in range(count):
            shown = stories[number * PER_PAGE : (number + 1) * PER_PAGE]
            onward = [("Selanjutnya", pages[number + 1][1])] if number + 1 < count else []
            target = path if number == 0 else f"{path}?halaman={number + 1}"
            listing = Listing(target, heading, shown, highlights, (*pages, *onward))
            yield target, partial(self._listing_page, listing)

    def _files(self) -> Iterator[tuple[str, Callable[[], Answer]]]:
        yield "/rss.xml", partial(self._rss, "/rss.xml", SITE, self.stories)
        yield "/feed/", partial(self._rss, "/feed/", SITE, self.stories, whole=True)
        yield "/atom.xml", partial(self._atom, "/atom.xml", SITE, self.stories)
        for path, stories in self.feeds.items():
            make = self._atom if path == COAST else self._rss
            yield path, partial(make, path, FEEDS[path], stories)
        yield "/sitemap.xml", partial(self._text, partial(feeds.sitemap, self.stories, self), XML)
        closed = self.path(self._closed)
        yield "/robots.txt", partial(self._text, partial(feeds.robots, self, closed), TEXT)
        for story in self._all():
            yield self.picture(story), partial(self._picture, story.slug)
            for block in story.article.document.images():
                name = self.inner(block.url or "")
                yield name, partial(self._picture, name)
            if sound := self.sound(story):
                yield sound, partial(self._sound, story.slug)
        yield "/gambar/logo.png", partial(self._picture, "logo")

    # --- Making it ----------------------------------------------------------------------------

    def _article_page(self, story: Story) -> Answer:
        look = self._design.look(story)
        return self._text(partial(look.article, story, self.around(story), self))

    def _listing_page(self, listing: Listing) -> Answer:
        return self._text(partial(self._design.now.listing, listing, self._popular, self))

    def _text(self, make: Callable[[], str], kind: str = HTML) -> Answer:
        return Answer(make().encode(), kind, modified=self.modified)

    def _rss(
        self, path: str, title: str, stories: Sequence[Story], *, whole: bool = False
    ) -> Answer:
        newest = stories[:PER_PAGE]
        make = partial(feeds.rss, newest, self, path=path, title=title, whole=whole)
        return self._text(make, "application/rss+xml; charset=utf-8")

    def _atom(self, path: str, title: str, stories: Sequence[Story]) -> Answer:
        newest = stories[:PER_PAGE]
        make = partial(feeds.atom, newest, self, path=path, title=title)
        return self._text(make, "application/atom+xml; charset=utf-8")

    def _picture(self, seed: str) -> Answer:
        return Answer(media.picture(seed), "image/png", modified=self.modified)

    def _sound(self, seed: str) -> Answer:
        return Answer(media.sound(seed), "audio/x-wav", modified=self.modified)


NOT_FOUND: Final = Answer(
    b"<!doctype html><html lang=id><title>404 - Halaman tidak ditemukan</title>"
    b"<h1>Halaman tidak ditemukan</h1><p>Halaman yang Anda cari tidak ada.</p>",
    status=404,
)


def _fame(story: Story) -> bytes:
    """What the list of the most read is ordered by: by chance, but always the same."""
    return blake2b(story.slug.encode(), digest_size=8).digest()
