"""A user's words as a query of the index."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORD_LIMIT: Final = 32
_PARTS: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')


def match_expression(query: str) -> str | None:
    """The query for FTS5: words and ``"phrases"`` that must all be there; None where there are none.

    Whatever a word holds is data. A query that ends in ``*`` takes its last word as the
    beginning of one.
    """
    query = query.strip()
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
