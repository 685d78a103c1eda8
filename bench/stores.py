"""Stores of news, made through the library as a refresh makes them, and what that took."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import dressing, floor_store
from bench.news import END, SOURCES, News
from kaltimtui.library import Library
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = Path(__file__).parent / "stores"
PER_FEED: Final = 50
"""Entries that a feed has at each refresh; each feed is stored in a transaction of its own."""
LONG: Final = "long"
"""Name of the store that holds long articles."""
SIZES: Final = (2_500, 9_000, 44_000, 175_000)
"""Bytes of the articles in it, newest first, each size several times with short ones between."""
OF_EACH_SIZE: Final = 7
_FLOOR: Final = 5_000
"""Articles that a bare SQLite is given."""


@dataclass(frozen=True, slots=True)
class Built:
    """What it took to make a store."""

    articles: int
    seconds: float
    """Within the library alone; putting the articles together is not counted."""
    bytes: int
    """Of the file, once all articles are in it and nothing beside it."""
    dressed: int = 0
    """Of the file with what ``dressing`` makes of it; 0 until that was done."""
    bare: float = 0.0
    """Articles a second that a bare SQLite takes in just afterwards; 0 where that was not asked."""


def home(folder: Path, name: str) -> Path:
    """The home of a store that was made. Raises SystemExit where there is none."""
    found = folder / name
    if not (found / "built.json").exists():
        raise SystemExit(f"There is no store {found}; make it: python -m bench stores {name}")
    return found


def built(folder: Path, name: str) -> Built:
    """What was noted when a store was made."""
    return Built(**json.loads((home(folder, name) / "built.json").read_text()))


def build(folder: Path, count: int, tell: Callable[[str], None]) -> Built:
    """Make the store of so many articles, unless it is there."""
    name = str(count)
    if (folder / name / "built.json").exists():
        tell(f"{folder / name} is there already")
    else:
        _made(folder, name, lambda library: _fill(library, count, tell))
    return dress(folder, name, tell)


def dress(folder: Path, name: str, tell: Callable[[str], None]) -> Built:
    """Let a store that was built have what a reader makes of one, unless it has."""
    found = built(folder, name)
    if found.dressed:
        return found
    temporary = folder / f"{name}.new"
    shutil.rmtree(temporary, ignore_errors=True)
    shutil.copytree(folder / name, temporary)
    paths = Paths.find(str(temporary))
    library = Library.open(paths, clock=lambda: END)
    try:
        dressing.dress(library, tell)
    finally:
        library.close()
    return _kept(folder, name, replace(found, dressed=paths.store.stat().st_size))


def build_long(folder: Path) -> Built:
    """Make the store of long articles, unless it is there."""
    if (folder / LONG / "built.json").exists():
        return built(folder, LONG)
    return _made(folder, LONG, _fill_long)


def _made(folder: Path, name: str, fill: Callable[[Library], tuple[int, float]]) -> Built:
    """A store appears under its name only when it is whole."""
    temporary = folder / f"{name}.new"
    shutil.rmtree(temporary, ignore_errors=True)
    paths = Paths.find(str(temporary))
    library = Library.open(paths, clock=lambda: END)
    try:
        count, seconds = fill(library)
    finally:
        library.close()
    size, bare = paths.store.stat().st_size, _bare(temporary / "floor.db")
    return _kept(folder, name, Built(count, seconds, size, bare=bare))


def _bare(file: Path) -> float:
    """Articles a second that SQLite alone takes in."""
    (feeds,) = News(seed=7).rounds(_FLOOR, _FLOOR // SOURCES)
    seconds = floor_store.seconds(file, feeds)
    file.unlink()
    return _FLOOR / seconds


def _kept(folder: Path, name: str, found: Built) -> Built:
    """Put what was made in its place; whoever has the old one open keeps it."""
    made, old = folder / f"{name}.new", folder / f"{name}.old"
    (made / "built.json").write_text(json.dumps(asdict(found)))
    shutil.rmtree(old, ignore_errors=True)
    if (folder / name).exists():
        (folder / name).rename(old)
    made.rename(folder / name)
    shutil.rmtree(old, ignore_errors=True)
    return found


def _fill(library: Library, count: int, tell: Callable[[str], None]) -> tuple[int, float]:
    stored, seconds = 0, 0.0
    for entries in News().rounds(count, PER_FEED):
        started = time.perf_counter()
        for number, said in enumerate(entries):
            library.store_articles(News.source(number), said)
        seconds += time.perf_counter() - started
        stored += sum(map(len, entries))
        tell(f"{stored:,} articles, {stored / seconds:,.0f} a second")
    return stored, seconds


def _fill_long(library: Library) -> tuple[int, float]:
    news = News()
    moment = END
    articles = []
    for size in SIZES:
        for _ in range(OF_EACH_SIZE):
            for length in (SIZES[0], size):
                articles.append(news.article(0, moment, length))
                moment -= timedelta(hours=1)
    started = time.perf_counter()
    library.store_articles(News.source(0), articles)
    return len(articles), time.perf_counter() - started
