"""Words as the index has them: SQLite's tokenizer ``unicode61 remove_diacritics 2`` told again.

Its tables are those of Unicode 6.1: signs that are younger, as many emoji are, it takes for
letters, and this does not.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_ACCENTS: Final = frozenset(
    {*range(0x300, 0x305), *range(0x306, 0x30D), 0x30F, 0x311, 0x31B}
    | {*range(0x323, 0x329), 0x32D, 0x32E, 0x330, 0x331}
)
"""The combining accents that are left out; any other one parts words."""
_LATIN: Final = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
"""Only letters of these lose their accents."""
_LONG_S, _MICRO, _FINAL_SIGMA = "ſ", "µ", "ς"
_FOLDED: Final = str.maketrans({_LONG_S: "s", _MICRO: "μ", _FINAL_SIGMA: "σ"})


def is_part(character: str) -> bool:
    """Whether the tokenizer takes a character for part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category in {"Co", "Cn"}


def has_words(text: str) -> bool:
    """Whether there is anything in a text to look for."""
    return any(map(is_part, text))


def tokens(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    found: list[str] = []
    word: list[str] = []
    for character in text:
        if is_part(character) or (word and ord(character) in _ACCENTS):
            word.append(character)
        elif word:
            found.append(fold("".join(word)))
            word.clear()
    if word:
        found.append(fold("".join(word)))
    return found


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold, text))


def _fold(letter: str) -> str:
    if ord(letter) in _ACCENTS:
        return ""
    lower = letter.lower()
    letter = lower if len(lower) == 1 else lower[0]
    if any(ord(letter) in script for script in _LATIN):
        base = unicodedata.normalize("NFD", letter)[0]
        letter = base if base.isascii() else letter
    return letter.translate(_FOLDED)


def name(text: str) -> str:
    """A name of a source, a category or a tag, as it is compared."""
    return " ".join(fold(text).split())
