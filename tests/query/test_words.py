from __future__ import annotations

import sqlite3
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.query import words

# Scripts whose letters the tables of SQLite and of Python know alike.
_ALIKE = st.characters(min_codepoint=1, max_codepoint=0x36F, exclude_characters="ǠǡͰ") | (
    st.sampled_from("ЁёйҐ ש ع ة الأ हिन्दी 漢字 한국 ẾếḀỹ № ½ ² … — “ ” ’ € 🌊 \u200b\u200d\u00ad")
)


def _indexed(texts: list[str]) -> list[list[str]]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE fts USING fts5"
        "(said, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(fts, 'instance')")
    connection.executemany("INSERT INTO fts(rowid, said) VALUES(?, ?)", enumerate(texts))
    found: list[list[str]] = [[] for _text in texts]
    for term, row in connection.execute("SELECT term, doc FROM seen ORDER BY doc, offset"):
        found[row].append(term)
    connection.close()
    return found


@given(st.lists(st.text(_ALIKE, max_size=30), max_size=8))
def test_words_are_those_of_the_index(texts: list[str]) -> None:
    assert list(map(words.tokens, texts)) == _indexed(texts)


def test_letters_of_every_script_are_those_of_the_index() -> None:
    letters = [
        f"x{letter}y"
        for letter in map(chr, range(0x100, 0x3000))
        if unicodedata.ucd_3_2_0.category(letter)[0] in "LNPSZ"
    ]
    other = [
        letter
        for letter, indexed in zip(letters, _indexed(letters), strict=True)
        if words.tokens(letter) != indexed
    ]
    assert len(other) < 0.03 * len(letters)


def test_names_are_compared_without_case_accents_and_blanks() -> None:
    assert words.name(" Portal  KALTIM ") == words.name("portal kaltím") == "portal kaltim"
