"""P4: how long it takes from Enter, or from a letter, to the picture with what was found.

That picture has the rows that are in sight, with their headlines, the words found in these lit,
and the name of the search. What comes after it: how many there are where that is more than a
hundred, what stands round the words in the texts, and the text of the first article.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

from bench import reader
from bench.news import News
from bench.process import p95
from bench.table import Row, ms, times
from kaltimtui.i18n import _

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
_RANKED: Final = " sort:relevance "
_LISTS: Final = 10
_NAMES: Final = {b"1": f"  {_('All')}".encode(), b"2": f"  {_('Unread')}".encode()}
"""What the line at the top says where these keys lead to."""


def words() -> list[str]:
    """Twenty words, from one in nearly every article to one in hardly any."""
    by_rank = News().words.by_rank
    return [by_rank[rank - 1] for rank in RANKS]


def beginnings() -> list[str]:
    """How these words begin; many words begin so."""
    return list(dict.fromkeys(word[:_BEGINNING] for word in words()))


def threes() -> list[str]:
    """Twenty searches of three words each."""
    found = words()
    return [f"{found[n]} {found[n - 3]} {found[n - 7]}" for n in range(len(found))]


def measure(folder: Path, names: Sequence[str]) -> Iterator[Row]:
    """Words, ranked too, three at once, beginnings; beside what it takes to open a list."""
    for name in names:
        with reader.visiting(folder, name) as home, reader.reading(home) as terminal:
            lists = [opened(terminal, key) for _ in range(_LISTS) for key in (b"2", b"1")]
            # A space at the end says that the word is whole.
            whole = [search(terminal, f"{word} ", _ENTER) for _ in range(2) for word in words()]
            three = [search(terminal, f"{said} ", _ENTER) for said in threes()]
            ranked = [search(terminal, f"{word}{_RANKED}", _ENTER, word) for word in words()]
            begun = [search(terminal, word, _ENTER) for word in beginnings()]
            typed = [letter(terminal, word) for word in words() if len(word) > _BEGINNING]
        count, judged = f"{int(name):,} articles", name == names[-1]
        floor = statistics.median(lists)

        def row(
            work: str,
            found: list[float],
            most: float,
            count: str = count,
            floor: float = floor,
            judged: bool = judged,
        ) -> Row:
            return _row(f"{work}, {count}", found, floor, most if judged else None)

        yield row("open All or Unread, key to picture", lists, 0.050)
        yield row("search a word, Enter to picture", whole, 0.050)
        yield row("search three words, Enter to picture", three, 0.050)
        yield row("search a word, by relevance, Enter to picture", ranked, 0.200)
        yield row("search a beginning, Enter to picture", begun, 0.200)
        yield row("a letter more, key to picture", typed, 0.050)


def _row(work: str, found: list[float], floor: float, most: float | None) -> Row:
    low, high = statistics.median(found), p95(found)
    return Row(
        "P4",
        work,
        f"p50 {ms(low)}, p95 {ms(high)}, worst {ms(max(found))}",
        f"open a list: p50 {ms(floor)}",
        times(low / floor),
        f"p95 under {ms(most)}" if most else "",
        high < most if most else None,
    )


def opened(terminal: Terminal, key: bytes) -> float:
    """Open a list by its key; seconds until its rows were shown."""
    started = terminal.send(key)
    found = terminal.wait_for(_NAMES[key]) - started
    terminal.settle(reader.PREVIEW)
    return found


def letter(terminal: Terminal, word: str) -> float:
    """Type a word whose beginning was found already to its next letter.

    Seconds from the end of the pause that is waited for after a letter until there is what was
    found.
    """
    begun, typed = word[:_BEGINNING], word[: _BEGINNING + 1]
    terminal.send(b"/")
    terminal.settle()
    terminal.send(reader.paste(begun))
    terminal.settle(reader.PREVIEW)
    started = terminal.send(typed[-1].encode())
    found = terminal.wait_for(f"› {typed}".encode()) - started
    terminal.settle(reader.PREVIEW)
    terminal.send(b"\x1b")
    terminal.settle(reader.PREVIEW)
    return found


def search(terminal: Terminal, word: str, then: bytes = b"", shown: str = "") -> float:
    """Search for a word and come back to the list; seconds until the results were shown.

    ``shown``: how what is searched for begins where it is named, if not as it is typed.
    """
    terminal.send(b"/")
    terminal.settle()
    # The line at the top names what is searched for as soon as its results are there.
    started = terminal.send(reader.paste(word) + then)
    found = terminal.wait_for(f"› {shown or word}".rstrip().encode()) - started
    terminal.settle(reader.PREVIEW)
    terminal.send(b"\x1b")
    terminal.settle(reader.PREVIEW)
    return found
