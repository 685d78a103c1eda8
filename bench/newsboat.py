"""The same news in newsboat, where that is installed: another reader, written in C++."""

from __future__ import annotations

import html
import shutil
import sqlite3
import statistics
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Final

from bench import process, reader, searches, stores
from bench.news import SOURCES, News
from bench.process import p95
from bench.starts import first_picture
from bench.table import Row, mib, ms, times
from bench.terminal import Terminal
from kaltimtui.paths import Paths
from kaltimtui.store import codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bench.terminal import Cost

_INSERT: Final = """
INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url,
  enclosure_type, flags) VALUES(?, ?, '', ?, ?, ?, ?, 1, '', '', '')
"""
_OURS: Final = """
SELECT source.url, title, article.url, published_at, data
FROM article JOIN body ON article_id = article.id JOIN source ON source.id = source_id
"""
_LIST: Final = b"Kabar"
_FOUND: Final = b"Search"
_WORDS: Final = 5
"""Words that are searched for; each takes it seconds."""


def command() -> str | None:
    """Where newsboat is, if it is installed."""
    return shutil.which("newsboat")


def build(folder: Path, name: str) -> None:
    """Give newsboat the articles of a store, unless it has them."""
    home = _home(folder, name)
    if command() is None or home.exists():
        return
    temporary = home.with_name(f"{home.name}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    (temporary / "config").touch()
    feeds = [News.source(number) for number in range(SOURCES)]
    (temporary / "urls").write_text("".join(f"{feed.url}\n" for feed in feeds))
    # Asked for a number, it makes its tables and goes.
    subprocess.run([*argv(temporary), "-x", "print-unread"], check=True, capture_output=True)
    store = Paths.find(str(stores.home(folder, name))).store
    with (
        closing(sqlite3.connect(temporary / "cache.db")) as cache,
        closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as ours,
        cache,
    ):
        cache.executemany(
            "INSERT OR REPLACE INTO rss_feed(rssurl, url, title) VALUES(?, ?, ?)",
            [(feed.url, feed.url, feed.name) for feed in feeds],
        )
        cache.executemany(_INSERT, map(_item, ours.execute(_OURS)))
        cache.execute("ANALYZE")  # as newsboat does itself now and then; else it takes ages
    temporary.rename(home)


def measure(folder: Path, names: Sequence[str], repeats: int) -> Iterator[Row]:
    """Start, memory and search, each beside ours in the same run."""
    if command() is None:
        return
    for name in names:
        if _home(folder, name).exists():
            yield from _beside(folder, name, repeats)


def _beside(folder: Path, name: str, repeats: int) -> Iterator[Row]:
    with reader.visiting(folder, name) as home:
        headline = reader.headline(home)
        found = process.rounds(
            {
                "ours": lambda: first_picture(reader.terminal(home), headline),
                "theirs": lambda: _start(folder, name),
            },
            max(3, repeats // 4),
        )
        with reader.reading(home) as terminal:
            words = searches.words()[4 : 4 + _WORDS]
            ours = [searches.search(terminal, f"{word} ", b"\r") for word in words]
    theirs = _searches(folder, name, words)
    starts = {who: statistics.median(cost.wall for cost in costs) for who, costs in found.items()}
    peaks = {who: statistics.median(cost.memory for cost in costs) for who, costs in found.items()}
    count = f"{int(name):,} articles"
    yield _row(f"newsboat: start, {count}", ms, starts["theirs"], starts["ours"])
    yield _row(f"newsboat: memory at the start, {count}", mib, peaks["theirs"], peaks["ours"])
    yield _row(f"newsboat: search a word, p95, {count}", ms, p95(theirs), p95(ours))


def _row(work: str, shown: Callable[[float], str], theirs: float, ours: float) -> Row:
    return Row("", work, shown(theirs), f"kaltimtui: {shown(ours)}", times(theirs / ours), "")


def _home(folder: Path, name: str) -> Path:
    return folder / f"newsboat-{name}"


def argv(home: Path) -> list[str]:
    """How newsboat is called for a home; only where it is installed."""
    program = command()
    assert program is not None
    files = (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))
    return [program, *(word for flag, file in files for word in (flag, str(home / file)))]


def _item(row: tuple[str, str, str, int, bytes]) -> tuple[object, ...]:
    feed, title, url, published, packed = row
    text = codec.document(codec.unpack(packed)).plain()
    content = "".join(f"<p>{html.escape(block)}</p>\n" for block in text.split("\n\n"))
    return url, title, url, feed, published, content


def _terminal(folder: Path, name: str) -> Terminal:
    home = _home(folder, name)
    return Terminal(argv(home), process.environment(home))


def _start(folder: Path, name: str) -> Cost:
    return first_picture(_terminal(folder, name), _LIST)


def _searches(folder: Path, name: str, words: Sequence[str]) -> list[float]:
    found = []
    with _terminal(folder, name) as terminal:
        terminal.wait_for(_LIST)
        terminal.settle()
        for word in words:
            terminal.send(b"/")
            terminal.settle()
            terminal.send(word.encode())
            terminal.settle()
            started = terminal.send(b"\r")
            found.append(terminal.wait_for(_FOUND) - started)
            terminal.settle()
            terminal.send(b"q")
            terminal.settle()
    return found
