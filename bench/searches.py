"""P4: how long it takes from Enter in the search box to the picture with what was found."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

from bench import reader
from bench.news import News
from bench.process import p95
from bench.table import Row, ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.terminal import Terminal

RANKS: Final = (
    *(1, 2, 4, 8, 15, 30, 60, 100, 150, 250),
    *(400, 700, 1_000, 2_000, 4_000, 7_000, 12_000, 20_000, 30_000, 45_000),
)
"""Places of the words that are searched for, in the order of how often they are used."""
_BEGINNING: Final = 3
"""Letters of a word that is not typed to its end."""
_ENTER: Final = b"\r"


def words() -> list[str]:
    """Twenty words, from one in nearly every article to one in hardly any."""
    by_rank = News().words.by_rank
    return [by_rank[rank - 1] for rank in RANKS]


def beginnings() -> list[str]:
    """How these words begin; many words begin so."""
    return list(dict.fromkeys(word[:_BEGINNING] for word in words()))


def measure(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    """Each word twice: as it was never searched for, and once more; then beginnings of words."""
    for name in names:
        with reader.visiting(folder, name) as home, reader.reading(home) as terminal:
            # A space at the end says that the word is whole.
            whole = [search(terminal, f"{word} ", _ENTER) for _ in range(2) for word in words()]
            begun = [search(terminal, word, _ENTER) for word in beginnings()]
            typed = [search(terminal, word) for word in beginnings()]
        count, judged = f"{int(name):,} articles", name == names[-1]
        yield _row(f"search a word, Enter to picture, {count}", whole, 0.050, judged=judged)
        yield _row(f"search a beginning, Enter to picture, {count}", begun, 0.200, judged=judged)
        yield _row(f"the same without Enter, a pause of 80 ms in it, {count}", typed, None)


def _row(work: str, found: list[float], most: float | None, *, judged: bool = False) -> Row:
    high = p95(found)
    return Row(
        "P4",
        work,
        f"p50 {ms(statistics.median(found))}, p95 {ms(high)}, worst {ms(max(found))}",
        "",
        "",
        f"p95 under {ms(most)}" if judged and most else "",
        high < most if judged and most else None,
    )


def search(terminal: Terminal, word: str, then: bytes = b"") -> float:
    """Search for a word and come back to the list; seconds until the results were shown."""
    terminal.send(b"/")
    terminal.settle()
    # The line at the top names what is searched for as soon as its results are there.
    started = terminal.send(reader.paste(word) + then)
    found = terminal.wait_for(f"› {word}".rstrip().encode()) - started
    terminal.settle(reader.PREVIEW)
    terminal.send(b"\x1b")
    terminal.settle(reader.PREVIEW)
    return found
