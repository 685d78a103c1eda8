"""The index of words: what is put into it, and what of it is too much to look through."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeAlias

from kaltimtui.store import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

IndexTexts: TypeAlias = tuple[str, str, str, str]
"""Body, title, dateline and byline."""

WORDS: Final = 250
"""Words that a beginning is taken apart into at most: to name one takes 0.04 ms, to ask for it as
much. Joined by "or" they are looked through from the newest article on; a beginning is read whole,
0.03 ms a page, before its first hit."""
COMMON: Final = 2_500
"""Pages of the index that a beginning of words may take up that is looked up as such."""

_NO_WORD: Final = re.compile(r"[\W_]+")
# The index of words keeps, for each segment, the first term of each of its pages. Terms stand
# there behind a digit: 0 for whole words. The last bit of a page number is a flag. What the last
# term that begins so takes up is not counted: a single term is read fast enough. It is the index
# of all articles that is asked, whatever is looked through (``probing.apart``).
_PAGES: Final = """
WITH RECURSIVE segment(id) AS (
  SELECT min(segid) FROM main.fts_idx
  UNION ALL
  SELECT (SELECT min(segid) FROM main.fts_idx WHERE segid > id) FROM segment WHERE id IS NOT NULL
)
SELECT sum(coalesce(
  (SELECT pgno FROM main.fts_idx
    WHERE segid = id AND term < :end ORDER BY term DESC LIMIT 1)
  - (SELECT pgno FROM main.fts_idx
    WHERE segid = id AND term <= :start ORDER BY term DESC LIMIT 1), 0
) >> 1) FROM segment WHERE id IS NOT NULL
"""


_AFTER: Final = "\x01"
"""Stands in no word, and before whatever a longer one goes on with."""


def words(connection: sqlite3.Connection, beginning: str) -> tuple[str, ...] | None:
    """The words that may be meant by a beginning, in the index of all articles.

    A phrase comes with each word its last one may be. None where they are more than ``WORDS``, or
    where the letters are not those that the index is sure to have put in their place.
    """
    folded = _folded(beginning)
    last = _NO_WORD.split(folded)[-1]
    if not last or not folded.isascii():
        return None
    before, start = folded[: -len(last)], last
    found: list[str] = []
    while word := _first_word(connection, start):
        if not word.startswith(last):
            break
        if len(found) == WORDS:
            return None
        found.append(before + word)
        start = word + _AFTER
    return tuple(found)


def _first_word(connection: sqlite3.Connection, start: str) -> str | None:
    """The first word from a place in the alphabet on; the index has a way to it."""
    query = "SELECT term FROM temp.word WHERE term >= ? LIMIT 1"
    found: tuple[str] | None = connection.execute(query, (start,)).fetchone()
    return found and found[0]


def too_common(connection: sqlite3.Connection, beginning: str) -> bool:
    """Whether so much in the index begins so that to look for it takes too long."""
    start = b"0" + _NO_WORD.split(_folded(beginning))[-1].encode("utf-8", "replace")
    bounds = {"start": start, "end": start + b"\xff"}
    (pages,) = connection.execute(_PAGES, bounds).fetchone()
    return (pages or 0) > COMMON


def _folded(said: str) -> str:
    """Letters as the index has them."""
    taken_apart = unicodedata.normalize("NFD", said.lower())
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter)).strip()


def headline_pattern(beginning: str) -> str:
    """The beginning of a word as a pattern of LIKE, for a headline with a space before it."""
    escaped = re.sub(r"([\\%_])", r"\\\1", beginning)
    return f"% {escaped}%"


class Indexing:
    """What one transaction puts into the index and takes out of it, written all at its end.

    Any statement between two writes of the index, within a transaction, makes it write what it
    has gathered so far: this way articles are kept twice as fast.
    """

    def __init__(self) -> None:
        self._in: dict[int, IndexTexts] = {}
        self._out: dict[int, IndexTexts] = {}
        self._sketches: dict[int, bytes | None] = {}

    def put(self, id_: int, texts: IndexTexts, sketch: bytes | None = None) -> None:
        """Put in the texts of an article, by ``codec.index_texts``, and its sketch."""
        self._in[id_] = texts
        self._sketches[id_] = sketch

    def take(self, id_: int, texts: IndexTexts) -> None:
        """Take an article out, by the very texts that were put in."""
        if self._in.pop(id_, None) is None:
            self._out[id_] = texts

    def gathered(self) -> Iterator[tuple[int, IndexTexts, bytes | None]]:
        """The articles that are put in, with their texts and sketches."""
        for id_, texts in self._in.items():
            yield id_, texts, self._sketches[id_]

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was gathered. The index works best in ascending order."""
        taken = [("delete", id_, *texts) for id_, texts in sorted(self._out.items())]
        rows.insert(connection, "INSERT INTO fts(fts, rowid, body, title, dateline, byline)", taken)
        put = [(id_, *texts) for id_, texts in sorted(self._in.items())]
        rows.insert(connection, "INSERT INTO fts(rowid, body, title, dateline, byline)", put)
        self._in.clear()
        self._out.clear()
        self._sketches.clear()
