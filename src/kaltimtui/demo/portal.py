"""The demo portal: a news site on the loopback address, with feeds, pictures and bad days.

The reader is shown on it, and the tests fetch from it::

    with Portal(articles=30) as portal:
        fetch(portal.at("/rss.xml"))
        portal.publish(2)
        portal.fault("/rss.xml", "busy", times=1)
        assert portal.count("/rss.xml") == 1

Everything is made up from the seed and the clock, so that two portals with the same are the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Condition, Event, Lock
from typing import TYPE_CHECKING, Final, Self

from kaltimtui.demo import faults
from kaltimtui.demo.looks import DESIGNS, SITE
from kaltimtui.demo.server import LOOPBACK, Request, Server
from kaltimtui.demo.site import BROKEN, FEEDS, SLOW, Site
from kaltimtui.demo.stories import Story, Writer, edition
from kaltimtui.document import Document, paragraph
from kaltimtui.models import SourceData

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kaltimtui.demo.answers import Answer
    from kaltimtui.demo.faults import Fault, Play
    from kaltimtui.demo.looks import DesignName
    from kaltimtui.models import ArticleData

ARTICLES: Final = 120
PACE: Final = 0.25
FOLDER: Final = "Contoh"
_PATIENCE: Final = 10.0
_OF_A_FEED: Final = 8
"""Articles that each feed with articles of its own begins with."""
_CLOSED: Final = "tertutup-untuk-robot"
_ADDED: Final = "Keterangan pada berita ini ditambah sesudah terbit."


def utc_now() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Planned:
    """A fault, and how often it is still played; None: until it is healed."""

    fault: Fault
    times: int | None = None


class Portal:
    """The portal as a context: it answers from its beginning to its end.

    ``articles`` it begins with, the newest of the sample edition among them. ``origins``: what
    the links of its pages begin with, one after the other, such as the four forms of the
    provincial portal's host; the first is then what whole addresses begin with. ``pace``: seconds
    between the pieces of slow answers.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = utc_now,
        seed: int = 0,
        articles: int = ARTICLES,
        design: DesignName = "kaltimprov",
        origins: Sequence[str] = (),
        pace: float = PACE,
        port: int = 0,
    ) -> None:
        self.pace = pace
        self.gate = Event()
        self.requests: list[Request] = []
        self._clock = clock
        self._design = DESIGNS[design]
        self._writer = Writer(Random(seed))  # noqa: S311 - made-up news, no secret
        self._asked = Condition()
        self._changing = Lock()
        self._faults = {
            SLOW: _Planned(faults.FAULTS["slow"]),
            BROKEN: _Planned(faults.FAULTS["error"]),
        }
        self._server = Server(self, port)
        self.url = f"http://{LOOPBACK}:{self._server.port}"
        self._home = origins[0] if origins else self.url
        self._origins = tuple(origins) or ("", self.url)
        now = clock()
        self._closed = replace(self._writer.write(now), slug=_CLOSED)
        feeds = {path: self._past(_OF_A_FEED, now) for path in FEEDS}
        self._site = self._site_of(self._beginning(articles, now), feeds)

    def __enter__(self) -> Self:
        self._site.prepare()
        self._server.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.gate.set()
        self._server.stop()

    # --- What is on it ------------------------------------------------------------------------

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.url + path

    @property
    def articles(self) -> tuple[ArticleData, ...]:
        """Every article, newest first, with all that is true of it."""
        site = self._site
        return tuple(site.article(story) for story in site.stories)

    @property
    def closed(self) -> str:
        """The path of the article that robots are asked to leave alone."""
        return self._site.path(self._closed)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the addresses of articles, as a site profile writes them."""
        return self._design.forms

    @property
    def profile(self) -> str:
        """The site profile of the portal, a TOML file."""
        host = self.url.removeprefix("http://")
        said = {"name": SITE, "hosts": [host], "articles": list(self.forms), "scheme": "http"}
        lines = [f"{key} = {json.dumps(value)}" for key, value in {**said, "delay": 0}.items()]
        return "\n".join((*lines, ""))

    @property
    def sources(self) -> tuple[SourceData, ...]:
        """What one can subscribe to: the portal and ``FEEDS``, which share no article.

        Besides these, /rss.xml, /atom.xml and /feed/ have the newest articles of the portal.
        """
        feeds = (SourceData(name, "feed", self.at(path), FOLDER) for path, name in FEEDS.items())
        return SourceData(SITE, "portal", self.at("/")), *feeds

    def publish(self, count: int = 1, *, feed: str | None = None) -> tuple[ArticleData, ...]:
        """Publish new articles, a second apart, the last of them now; newest first.

        They appear on the portal, or in the one of ``FEEDS`` whose path is given.
        """
        with self._changing:
            now, site = self._clock(), self._site
            new = [self._writer.write(now - timedelta(seconds=n)) for n in range(count)]
            if feed is None:
                self._site = self._site_of([*new, *site.stories], site.feeds)
            else:
                changed = {**site.feeds, feed: [*new, *site.feeds[feed]]}
                self._site = self._site_of(site.stories, changed)
            return tuple(map(self._site.article, new))

    def revise(self, number: int = 0) -> ArticleData:
        """Add a paragraph to an article, counted from the newest."""
        with self._changing:
            stories = list(self._site.stories)
            old = stories[number]
            first, *rest = old.article.document.blocks
            document = Document((first, paragraph(_ADDED), *rest))
            stories[number] = replace(old, article=replace(old.article, document=document))
            self._site = self._site_of(stories, self._site.feeds)
            return self._site.article(stories[number])

    # --- What was asked of it -----------------------------------------------------------------

    def count(self, path: str | None = None) -> int:
        """How many requests there were, or those for one path with its query."""
        with self._asked:
            return self._count(path)

    def forget(self) -> None:
        """Begin to count anew."""
        with self._asked:
            self.requests.clear()

    def wait_for(self, path: str | None = None, count: int = 1) -> None:
        """Wait until so many requests have come in. Raises TimeoutError after ten seconds."""
        with self._asked:
            if not self._asked.wait_for(lambda: self._count(path) >= count, _PATIENCE):
                raise TimeoutError(f"{path}: {self._count(path)} of {count} requests")

    @property
    def unforeseen(self) -> tuple[BaseException, ...]:
        """What went wrong in answering; nothing should."""
        return tuple(self._server.unforeseen)

    # --- Its bad days -------------------------------------------------------------------------

    def fault(self, path: str, fault: str | Fault, *, times: int | None = None) -> None:
        """Let a path fail from now on, or the next ``times``; a name is one of ``FAULTS``."""
        played = faults.FAULTS[fault] if isinstance(fault, str) else fault
        with self._changing:
            self._faults[path] = _Planned(played, times)

    def heal(self, path: str) -> None:
        """Let a path be answered rightly again, also those that fail from the beginning."""
        with self._changing:
            self._faults.pop(path, None)

    # --- What the server asks -----------------------------------------------------------------

    def reply(self, path: str) -> tuple[Answer | Play, bool]:
        """The answer to a path with its query, and whether validators hold for it."""
        fault = self._due(path)
        if fault is not None:
            return fault(self._site.answer(path), path), False
        if path.startswith(f"{faults.MOVED}/"):
            _empty, _moved, code, hops, target = path.split("/", 4)
            if hops != "0":
                return faults.moved(int(code), int(hops), f"/{target}"), False
            path = f"/{target}"
        return self._site.answer(path), True

    def note(self, request: Request) -> None:
        """Keep what was asked."""
        with self._asked:
            self.requests.append(request)
            self._asked.notify_all()

    def _due(self, path: str) -> Fault | None:
        with self._changing:
            for known in (path, path.partition("?")[0]):
                planned = self._faults.get(known)
                if planned is not None and planned.times != 0:
                    planned.times = planned.times - 1 if planned.times else None
                    return planned.fault
            return None

    def _count(self, path: str | None) -> int:
        return sum(path in (None, request.path) for request in self.requests)

    def _beginning(self, count: int, now: datetime) -> list[Story]:
        """The articles the portal begins with: none is of the future."""
        shown = [story for story in edition() if story.moment <= now]
        shown += self._past(max(0, count - len(shown)), now)
        return sorted(shown, key=_moment, reverse=True)[:count]

    def _past(self, count: int, now: datetime) -> list[Story]:
        return sorted(self._writer.past(count, now), key=_moment, reverse=True)

    def _site_of(self, stories: Sequence[Story], feeds: Mapping[str, Sequence[Story]]) -> Site:
        return Site(
            stories,
            self._design,
            home=self._home,
            origins=self._origins,
            feeds=feeds,
            closed=self._closed,
            modified=self._clock().astimezone(UTC),
        )


def _moment(story: Story) -> datetime:
    return story.moment
