"""Where sentences end: what Indonesian news writes with full stops, and what it does not end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.sentences import sentences

PIECES = st.sampled_from(
    [
        *("Dr.", "H.", "No.", "5", "Rp.", "20.04", "WITA.", "Warga", "pulang.", '"', "“", "”", "("),
        *(
            ")",
            "!",
            "?",
            "…",
            "Kami",
            "siap.",
            "M.Si.",
            "A.",
            "dll.",
            "1.",
            "tgl.",
            "\n",
            "  ",
            "'",
        ),
    ]
)


@pytest.mark.parametrize(
    "whole",
    [
        "Gubernur Dr. H. Isran Noor, M.Si. Datang ke Jl. Sudirman No. 5 tadi pagi.",
        "Rapat dimulai tgl. 5 Maret pukul 20.04 WITA di Gedung A. Rahman.",
        "Harganya Rp. 5.000 per kilogram, naik dari Rp. 4.500 sebulan lalu.",
        'Ia berkata, "Kami siap. Warga tenang," lalu pergi.',
        "Ia berkata, “Kami siap. Warga tenang,” lalu pergi.",
        '"Benarkah?" tanya Budi.',
        "Kolonel Inf. Budi (Purn. TNI. Kodam) hadir bersama Prof. Ani.",
        "1. Pertama, warga melapor.",
        "Bupati Kutai Kartanegara Drs. Edi dan Kec. Samboja sepakat.",
        "Aplikasi Kaltim.id dibuka.",
        "Mereka menanam ulin ... dan meranti.",
        "tanpa tanda baca",
    ],
)
def test_these_are_one_sentence(whole: str) -> None:
    assert list(sentences(whole)) == [whole]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Air surut. Warga pulang.", ["Air surut.", "Warga pulang."]),
        ("Air surut!  Benarkah?\nYa.", ["Air surut!", "Benarkah?", "Ya."]),
        ("Selesai pukul 20.04 WITA. Warga pulang.", ["Selesai pukul 20.04 WITA.", "Warga pulang."]),
        (
            '"Kami siap. Warga tenang." Budi pulang.',
            ['"Kami siap. Warga tenang."', "Budi pulang."],
        ),
        ("“Kami siap.” Budi pulang.", ["“Kami siap.”", "Budi pulang."]),
        ("Air surut (kecuali di hilir.) Warga pulang.",
         ["Air surut (kecuali di hilir.)", "Warga pulang."]),
        ('Tanda " tunggal. Warga pulang.', ['Tanda " tunggal.', "Warga pulang."]),
        ("Ada beras, gula, dll. Harga turun.", ["Ada beras, gula, dll.", "Harga turun."]),
        ("Luasnya 5 ha. 20 rumah rusak.", ["Luasnya 5 ha.", "20 rumah rusak."]),
        ("Begitulah… Warga pulang.", ["Begitulah…", "Warga pulang."]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_these_are_several(words: str, found: list[str]) -> None:
    assert list(sentences(words)) == found


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_nothing_is_lost_and_no_word_is_cut(words: str) -> None:
    found = list(sentences(words))
    assert " ".join(found) == " ".join(words.split())
    assert all(found)


@given(st.lists(st.sampled_from(["Air surut.", "Warga pulang!", "Benarkah?"]), max_size=20))
def test_plain_sentences_are_found_as_they_were_put_together(said: list[str]) -> None:
    assert list(sentences(" ".join(said))) == said


def test_long_text_takes_no_longer_than_its_length() -> None:
    hostile = ('"' * 5_000) + ("(" * 5_000) + ("a." * 20_000) + "“" * 5_000
    assert "".join(sentences(hostile)) == hostile
