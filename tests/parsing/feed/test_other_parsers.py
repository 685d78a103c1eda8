"""What gofeed and feed-rs read in their own test files, read as a refresh reads it.

Compared: the title of the feed; the number of entries; of each entry its title, link, id and
time. Beside each file lies what that parser made of it, as JSON. Left out, because it is that
parser's own making:

- an id that feed-rs works out for an entry that has none: one not to be found in the file;
- what a parser leaves out: gofeed omits empty values, feed-rs says null.

Met, where the forms differ:

- A title is compared as the one line that it reads as: HTML, unless its type says that it is text.
- A link is joined to the address of the feed. It is the one that gofeed calls so; where only a list
  is given, the first whose relation is none or ``alternate``.
- A time is the same instant: that of publication, else of the last change.
"""

from __future__ import annotations

import html
import json
from collections import Counter, defaultdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import urljoin

import pytest

from kaltimtui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.models import ArticleData, Parsed

ORIGIN: Final = "https://contoh.example/"
ENOUGH: Final = 0.98

Meant: TypeAlias = "Callable[[str, str], tuple[str, frozenset[str], frozenset[str]]]"
StatesText: TypeAlias = "Callable[[str, str], bool]"


class Pair(NamedTuple):
    """A feed, and what another parser makes of it."""

    path: str
    data: bytes
    wanted: dict[str, Any]

    @property
    def url(self) -> str:
        return ORIGIN + self.path

    @property
    def document(self) -> str:
        return self.data.decode("utf-8", "replace")


class Wanted(NamedTuple):
    """What is expected of an entry; None where nothing is."""

    title: str | None = None
    link: str | None = None
    id: str | None = None
    moment: datetime | None = None


def _pairs(folder: Path, ending: str) -> list[Pair]:
    """The feeds of a folder with an answer of that ending beside them."""
    found = []
    for answer in sorted(folder.rglob(f"*{ending}")):
        stem = answer.name.removesuffix(ending)
        for feed in (answer.with_name(f"{stem}.xml"), answer.with_name(f"{stem}.json")):
            if feed.is_file() and feed != answer:
                path = feed.relative_to(folder).as_posix()
                found.append(Pair(path, feed.read_bytes(), json.loads(answer.read_bytes())))
    return found


def _moment(*stated: str | None) -> datetime | None:
    return next((datetime.fromisoformat(one) for one in stated if one), None)


# --- gofeed -------------------------------------------------------------------------------


def _gofeed_entry(said: dict[str, Any]) -> Wanted:
    guid = said.get("guid") or said.get("id")
    links = said.get("links") or []
    pages = [link for link in links if isinstance(link, dict)]
    page = next((one for one in pages if one.get("rel", "alternate") == "alternate"), {})
    return Wanted(
        said.get("title"),
        said.get("link") or page.get("href"),
        guid.get("value") if isinstance(guid, dict) else guid,
        _moment(said.get("publishedParsed"), said.get("pubDateParsed"), said.get("updatedParsed")),
    )


def _gofeed(said: dict[str, Any]) -> tuple[str | None, list[Wanted]]:
    entries = said.get("items") or said.get("entries") or []
    return said.get("title"), [_gofeed_entry(entry) for entry in entries]


# --- feed-rs ------------------------------------------------------------------------------


def _feed_rs_entry(said: dict[str, Any], document: str) -> Wanted:
    links = [one["href"] for one in said["links"] if one["rel"] in (None, "alternate")]
    return Wanted(
        _feed_rs_text(said["title"]),
        next(iter(links), None),
        said["id"] if html.escape(said["id"], quote=False) in document else None,
        _moment(said["published"], said["updated"]),
    )


def _feed_rs_text(said: dict[str, Any] | None) -> str | None:
    if said is None:
        return None
    is_text = said["content_type"] == "text/plain"
    return html.escape(said["content"], quote=False) if is_text else said["content"]


def _feed_rs(said: dict[str, Any], document: str) -> tuple[str | None, list[Wanted]]:
    entries = [_feed_rs_entry(entry, document) for entry in said["entries"]]
    return _feed_rs_text(said["title"]), entries


# --- comparing ----------------------------------------------------------------------------


class Checked(NamedTuple):
    """One value that is expected, and what there is."""

    name: str
    wanted: object
    found: object


def _checked(
    pair: Pair, title: str | None, entries: list[Wanted], said: Parsed, line: Callable[[str], str]
) -> Iterator[Checked]:
    """Everything that is expected of a feed; ``line`` makes a title the line it reads as."""
    yield Checked("count", len(entries), len(said.articles))
    if title:
        yield Checked("feed title", line(title), said.source and said.source.name)
    for wanted, article in zip(entries, said.articles, strict=False):
        yield from _checked_entry(pair, wanted, article, line)


def _checked_entry(
    pair: Pair, wanted: Wanted, article: ArticleData, line: Callable[[str], str]
) -> Iterator[Checked]:
    if wanted.title and line(wanted.title):
        yield Checked("title", line(wanted.title), article.title)
    if wanted.link:
        yield Checked("link", urljoin(pair.url, wanted.link), article.url)
    if wanted.id:
        yield Checked("id", wanted.id, article.guid)
    if wanted.moment:
        yield Checked("time", wanted.moment, article.published and article.published.moment)


def _share(checks: Iterator[tuple[Pair, Checked]]) -> float:
    """How many of the checks are met, told by field."""
    met: Counter[str] = Counter()
    unmet: defaultdict[str, list[str]] = defaultdict(list)
    for pair, (name, wanted, found) in checks:
        if wanted == found:
            met[name] += 1
        else:
            unmet[name].append(f"{pair.path}: {name} {wanted!r} is {found!r}")
    for name in sorted(met.keys() | unmet.keys()):
        print(f"{name:12}{met[name]:4} met{len(unmet[name]):4} not")
    print(*(line for lines in unmet.values() for line in lines), sep="\n")
    assert met.keys() == {"count", "feed title", "title", "link", "id", "time"}
    return met.total() / (met.total() + sum(map(len, unmet.values())))


@pytest.fixture
def corpus(shared: Path) -> Path:
    folder = shared / "corpus"
    if not folder.is_dir():
        pytest.skip("needs the corpus of feeds")
    return folder


def _read(pairs: list[Pair], read_all: Any) -> Iterator[tuple[Pair, Parsed]]:
    run = read_all([(pair.data, pair.url, "") for pair in pairs])
    print(f"{run.fast} read by the fast reader, {run.lenient} by the worker, {run.json} as JSON")
    assert None not in run.said
    return zip(pairs, run.said, strict=True)


def test_what_gofeed_reads(
    corpus: Path, read_all: Any, meant: Meant, states_text: StatesText
) -> None:
    pairs = [*_pairs(corpus / "gofeed", "_expected.json"), *_pairs(corpus / "gofeed", ".json")]

    def checks() -> Iterator[tuple[Pair, Checked]]:
        for pair, said in _read(pairs, read_all):
            is_text = states_text(pair.document, "title")
            line = partial(_line, meant, is_text=is_text)
            for check in _checked(pair, *_gofeed(pair.wanted), said, line):
                yield pair, check

    assert _share(checks()) >= ENOUGH


def test_what_feed_rs_reads(corpus: Path, read_all: Any, meant: Meant) -> None:
    pairs = _pairs(corpus / "feed-rs", ".serde.json")

    def checks() -> Iterator[tuple[Pair, Checked]]:
        for pair, said in _read(pairs, read_all):
            line = partial(_line, meant, is_text=False)
            for check in _checked(pair, *_feed_rs(pair.wanted, pair.document), said, line):
                yield pair, check

    assert _share(checks()) >= ENOUGH


def _line(meant: Meant, title: str, *, is_text: bool) -> str:
    return text.inline(meant(html.escape(title) if is_text else title, "")[0])
