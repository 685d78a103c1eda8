from __future__ import annotations

import pytest

from kaltimtui.parsing.news.lines import Line, Token, is_sentence, tokens_of

STAMP = "12 Agustus 2019 Jam 23:30:45"


def told(*lines: Line) -> list[tuple[str, bool]]:
    return [(token.text, token.stamp is not None) for token in tokens_of(lines)]


def test_lines_are_cut_at_their_stamps() -> None:
    assert told(Line("Judul"), Line(f"Sosial • {STAMP} | Judul dua"), Line("")) == [
        ("Judul", False),
        ("Sosial", False),
        (STAMP, True),
        ("Judul dua", False),
    ]


def test_parts_keep_their_addresses() -> None:
    parts = ((f"{STAMP} ", None), ("Judul", "https://contoh.go.id/a"))
    stamp, title = tokens_of([Line(f"{STAMP} Judul", None, parts)])
    assert (stamp.href, title) == (None, Token(0, "Judul", "https://contoh.go.id/a"))


@pytest.mark.parametrize(
    "line",
    [
        f"Jadwal yang benar adalah {STAMP} sesuai surat.",
        f"Jadwal yang benar adalah {STAMP}, sesuai surat",
        f"Surat itu tiba pada {STAMP}.",
        f"“Surat itu tiba pada {STAMP}.”",
        f"Surat itu tiba pada {STAMP}!",
        f"Benarkah surat itu tiba pada {STAMP}?",
        f"{STAMP} WITA menjadi batas akhir.",
        f"“{STAMP}” menjadi batas akhir",
        f"Di laman ({STAMP}) masih terbaca",
        f"Foto: Surat bertanggal {STAMP}",
        f"{STAMP} {'kata ' * 40}",
    ],
)
def test_a_stamp_that_a_sentence_or_caption_quotes_is_none(line: str) -> None:
    assert told(Line(line)) == [(line, False)]


def test_sentences_of_some_length_are_text() -> None:
    line = "Warga tiga desa menanam seribu bibit di lahan bekas kebun yang lama"
    assert is_sentence(f"{line}.")
    assert is_sentence(f"“{line}.”")
    assert not is_sentence(line)
    assert not is_sentence("Warga menanam bibit.")
