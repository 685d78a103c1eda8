"""Feeds read as a refresh reads them, and what other parsers mean by a text."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

import pytest

from kaltimtui import parsing
from kaltimtui.errors import ParseError
from kaltimtui.parsing.feed import fast, lenient
from kaltimtui.refresh import feeds, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kaltimtui.models import Parsed
    from kaltimtui.parsing.feed.raw import RawFeed
    from kaltimtui.parsing.feed.survey import Survey

NOW = datetime(2026, 1, 10, 3, tzinfo=UTC)


class Wire(NamedTuple):
    """A feed as a server sends it."""

    data: bytes
    url: str
    content_type: str = ""


@dataclass(slots=True)
class Refreshing:
    """What feeds said, None for those that are refused, and by which reader each was read."""

    said: list[Parsed | None]
    fast: int = 0
    lenient: int = 0

    @property
    def json(self) -> int:
        """Those read by neither, that were not refused."""
        return sum(one is not None for one in self.said) - self.fast - self.lenient


def _read_all(wires: Sequence[Wire]) -> Refreshing:
    """Read feeds through ``refresh.reading.feed``, which must keep all that parsing gave it."""
    run = Refreshing([])
    parsed: list[Parsed] = []
    read, read_fast, read_leniently = parsing.read, fast.read_fast, lenient.read_leniently

    def note_parsed(
        data: bytes, *, url: str | None = None, charset: str | None = None, now: datetime
    ) -> Parsed:
        parsed.append(read(data, url=url, charset=charset, now=now))
        return parsed[-1]

    def count_fast(document: bytes, survey: Survey | None) -> RawFeed | None:
        raw = read_fast(document, survey)
        run.fast += raw is not None
        return raw

    def count_lenient(document: bytes) -> RawFeed | None:
        raw = read_leniently(document)
        run.lenient += raw is not None
        return raw

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "read", note_parsed)
        patch.setattr(fast, "read_fast", count_fast)
        patch.setattr(lenient, "read_leniently", count_lenient)
        for data, url, content_type in wires:
            parsed.clear()
            with contextlib.suppress(ParseError):
                ready = reading.feed(data, url, feeds._charset(content_type), NOW).ready
                ready.sort(key=lambda item: item.position)
                kept = [replace(item.whole(), guid=None, published=None) for item in ready]
                said = [replace(one, guid=None, published=None) for one in parsed[0].articles]
                assert kept == said  # ids that entries share, and fractions of seconds, are not
            run.said.append(parsed[0] if parsed else None)
    lenient.close_workers()
    return run


_ELEMENTS: Final = {
    "title": "title",
    "content": "summary|content|description|body|fullitem|abstract|content:encoded",
}


class Meant(NamedTuple):
    """What there is to read in a piece of HTML, and the addresses in it."""

    text: str
    links: frozenset[str]
    pictures: frozenset[str]


class _Meaning(HTMLParser):
    """The parser of the standard library, so that no reader judges itself."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.text: list[str] = []
        self.links: set[str] = set()
        self.pictures: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.add(urljoin(self.base, said["href"] or ""))
        if tag == "img" and said.get("src"):
            self.pictures.add(urljoin(self.base, said["src"] or ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:  # neither in a script nor in a style sheet
            self.text.append(data)


def _meant(html: str, base: str) -> Meant:
    meaning = _Meaning(base)
    meaning.feed(html)
    meaning.close()
    return Meant("".join(meaning.text), frozenset(meaning.links), frozenset(meaning.pictures))


@pytest.fixture(scope="session")
def meant() -> Callable[[str, str], Meant]:
    """What a piece of HTML means, its addresses resolved."""
    return _meant


@pytest.fixture(scope="session")
def read_all() -> Callable[[Sequence[Wire]], Refreshing]:
    """Reads feeds as a refresh does."""
    return _read_all


def _states_text(markup: str, name: str) -> bool:
    begin = re.search(r"-->|<(?:rss|feed|rdf:RDF)\b", markup)
    element = re.compile(
        rf"<({_ELEMENTS[name]})(\s[^>]*)?>(?:[^<]|<!\[CDATA\[.*?\]\]>)*</\1", re.DOTALL
    ).search(markup, begin.end() if begin else 0)
    stated = re.search(r"\stype=[\"'](.*?)[\"']", (element and element[2]) or "")
    if element and stated is None:
        return "<feed" in markup
    return stated is not None and stated[1] in ("text", "text/plain")


@pytest.fixture(scope="session")
def states_text() -> Callable[[str, str], bool]:
    """Whether the first element of a field holds text by its type, and no element."""
    return _states_text
