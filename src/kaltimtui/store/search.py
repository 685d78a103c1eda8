"""The index of words: what is put into it, and a user's words as a query of it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeAlias

from kaltimtui import text

if TYPE_CHECKING:
    import sqlite3

IndexTexts: TypeAlias = tuple[str, str, str, str]
"""Body, title, dateline and byline."""

WORD_LIMIT: Final = 32
_PARTS: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')


def match_expression(query: str) -> str | None:
    """The query for FTS5: words and ``"phrases"`` that must all be there; None for no words.

    Whatever a word holds is data. A query that ends in ``*`` takes its last word as the
    beginning of one.
    """
    query = text.inline(query)
    beginning = query.endswith("*")
    parts = (quoted or bare for quoted, bare in _PARTS.findall(query.rstrip("*")))
    words = [part for part in parts if any(map(_in_word, part))][:WORD_LIMIT]
    if not words:
        return None
    quoted = [f'"{word}"' for word in words]
    return " AND ".join(quoted) + (" *" if beginning else "")


def _in_word(character: str) -> bool:
    """Whether the tokenizer ``unicode61`` takes a character for part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"


class Indexing:
    """What one transaction puts into the index and takes out of it, written all at its end.

    Any statement between two writes of the index, within a transaction, makes it write what it
    has gathered so far: this way articles are kept twice as fast.
    """

    def __init__(self) -> None:
        self._in: dict[int, IndexTexts] = {}
        self._out: dict[int, IndexTexts] = {}

    def put(self, id_: int, texts: IndexTexts) -> None:
        """Put in the texts of an article, by ``codec.index_texts``."""
        self._in[id_] = texts

    def take(self, id_: int, texts: IndexTexts) -> None:
        """Take an article out, by the very texts that were put in."""
        if self._in.pop(id_, None) is None:
            self._out[id_] = texts

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was gathered. The index works best in ascending order."""
        connection.executemany(
            "INSERT INTO fts(fts, rowid, body, title, dateline, byline)"
            " VALUES('delete', ?, ?, ?, ?, ?)",
            [(id_, *texts) for id_, texts in sorted(self._out.items())],
        )
        connection.executemany(
            "INSERT INTO fts(rowid, body, title, dateline, byline) VALUES(?, ?, ?, ?, ?)",
            [(id_, *texts) for id_, texts in sorted(self._in.items())],
        )
        self._in.clear()
        self._out.clear()
