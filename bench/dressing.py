"""What a reader makes of a store in some years: marks, tags, notes, saved searches, rules.

It is done through the library, so that all is counted, indexed and in the journal as it would be.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from bench.news import News
from bench.words import PLACES
from kaltimtui import organising
from kaltimtui.models import Marking, View
from kaltimtui.rule import RuleAction
from kaltimtui.store import wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow

READ: Final = 0.60
STARRED: Final = 0.02
LATER: Final = 0.01
HIDDEN: Final = 0.001
TAGGED: Final = 0.05
NOTED: Final = 0.001
"""Shares of the articles."""
TOP_TAGS: Final = 6
BELOW_EACH: Final = 4
"""Tags of the first level, and below each of them."""
_AT_ONCE: Final = 50_000
_FOLDERS: Final = ("Ekonomi", "Hukum", None)
_ACTIONS: Final = (
    RuleAction("read"),
    RuleAction("star"),
    RuleAction("later"),
    RuleAction("tag", "Aturan"),
    RuleAction("hide"),
)
_SEED: Final = 4


def dress(library: Library, tell: Callable[[str], None]) -> None:
    """Mark the articles of a store, and save twenty searches; each store is dressed once."""
    news = News()
    words = news.words.by_rank
    chance = Random(_SEED)
    done = 0
    for page in _pages(library):
        _mark(library, page, chance)
        for row in page:
            if chance.random() < NOTED:
                note = " ".join(news.words.draw(chance, chance.randint(5, 60)))
                library.mark([row.id], [Marking("note", note)])
        done += len(page)
        tell(f"{done:,} articles marked")
    _fetched(library)
    _save(library, searches(words, news.categories))


def tags() -> list[str]:
    """The names of all tags."""
    top = [place.title() for place in PLACES[:TOP_TAGS]]
    below = ("banjir", "harga", "jalan", "sekolah")[:BELOW_EACH]
    return [name for tag in top for name in (tag, *(f"{tag}/{low}" for low in below))]


def searches(words: Sequence[str], categories: Sequence[str]) -> list[str]:
    """Twenty searches as people save them, from what is in nearly all articles to what is rare."""
    often, some, seldom, rare = words[10], words[250], words[2_000], words[20_000]
    return [
        often,
        some,
        seldom,
        rare,
        f"{words[60]} {words[100]} {words[150]}",
        f"{words[300]} or {words[400]} or {words[500]}",
        f'"{words[0]} {words[3]}"',
        f"{words[700][:4]}*",
        f"judul:{words[120]}",
        f"judul:{words[900]} or judul:{words[901]}",
        f"kategori:{categories[0]}",
        f"kategori:{categories[1]} {words[80]}",
        'sumber:"Kabar Samarinda 000" is:unread',
        f"tempat:bontang -{words[30]}",
        f"{words[200]} -{words[40]} sejak:2020",
        "tag:Balikpapan",
        "is:starred",
        f"is:unread {words[1_500]}",
        "has:note",
        f"(judul:{words[600]} or isi:{words[5_000]}) and not kategori:{categories[2]}",
    ]


def _pages(library: Library) -> Iterator[list[ArticleRow]]:
    after = None
    while page := library.rows(View(), after=after, limit=_AT_ONCE):
        # What is hidden leaves the list, but the next page is asked for by its key.
        after = page[-1].key
        yield page


def _mark(library: Library, page: Sequence[ArticleRow], chance: Random) -> None:
    def some(share: float) -> list[str]:
        return [row.id for row in page if chance.random() < share]

    markings = {
        Marking("read", value=True): READ,
        Marking("starred", value=True): STARRED,
        Marking("later", value=True): LATER,
        Marking("hidden", value=True): HIDDEN,
    }
    names = tags()
    for marking, share in markings.items():
        library.mark(some(share), [marking])
    for name in names:
        library.mark(some(TAGGED / len(names)), [Marking("tag", name)])


def _fetched(library: Library) -> None:
    """What was starred is kept for offline by now: nothing of it waits to be fetched."""
    with library.database.writing() as connection:
        uids = [uid for (uid,) in connection.execute("SELECT DISTINCT uid FROM wish")]
        for kind in ("text", "pictures"):
            wishes.done(connection, uids, kind)


def _save(library: Library, queries: Sequence[str]) -> None:
    """Save the searches, with their counts, and some rules that are put out of use."""
    organised = organising.of(library)
    for number, query in enumerate(queries, start=1):
        folder = _FOLDERS[number % len(_FOLDERS)]
        organised.add_search(f"Pencarian {number:02}", query, folder)
    for number, query in enumerate(queries[: len(_ACTIONS)], start=1):
        id_, _change = organised.add_rule(f"Aturan {number}", query, [_ACTIONS[number - 1]])
        organised.change_rule(id_, enabled=False)
    organised.settle()
