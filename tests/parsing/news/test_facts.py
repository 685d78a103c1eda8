from __future__ import annotations

import pytest

from kaltimtui.parsing.news.facts import facts_of, is_fact


def stated(*lines: str) -> tuple[str | None, str | None, str | None]:
    facts = facts_of(lines)
    return facts.published.json() if facts.published else None, facts.author, facts.category


def test_one_head_line_of_an_office() -> None:
    assert stated("16 April 2014 Admin Website Berita Daerah 4442") == (
        "2014-04-16",
        "Admin Website",
        "Berita Daerah",
    )


def test_an_administrator_and_an_impossible_day() -> None:
    assert stated("Super Admin", "31 Februari 2019", "10:15") == (None, "Super Admin", None)


def test_head_lines_one_below_the_other() -> None:
    lines = ("rizky", "11 Oktober 2021", "5:03pm", "Teknologi", "221 kali dilihat")
    assert stated(*lines) == ("2021-10-11T17:03:00+08:00", "rizky", "Teknologi")


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Kamis, 20 Juni 2019 | Oleh Admin | Dilihat 22 kali", ("2019-06-20", "Admin", None)),
        (
            "Dipublikasikan pada Kamis, 20 Juni 2019 10:15 WITA oleh Humas",
            ("2019-06-20T10:15:00+08:00", "Humas", None),
        ),
        ("Kategori: Sosial", (None, None, "Sosial")),
        ("Posted on June 1, 2020", ("2020-06-01", None, None)),
        ("2020-06-01", ("2020-06-01", None, None)),
        ("By admin on Mei 6, 2020 in Berita", ("2020-05-06", "admin", "Berita")),
        ("Mei 6, 2020 oleh Redaksi dalam Sosial 0 Komentar", ("2020-05-06", "Redaksi", "Sosial")),
        ("20 Juni 2019 oleh humas setda kaltim", ("2019-06-20", "humas setda kaltim", None)),
        ("Oleh Kementerian Dalam Negeri", (None, "Kementerian Dalam Negeri", None)),
    ],
)
def test_lines_with_labels(line: str, facts: tuple[str | None, ...]) -> None:
    assert stated(line) == facts
    assert is_fact(line)


def test_a_known_category_before_the_date_is_no_author() -> None:
    assert stated("Sosial | 6 Mei 2020 | 1.204 views") == ("2020-05-06", None, "Sosial")
    assert stated("rizky | 6 Mei 2020 | 1.204 views") == ("2020-05-06", "rizky", None)


@pytest.mark.parametrize(
    "line",
    [
        "Jam Operasional : 08:00 - 16:00",
        "Warga menanam bibit pada 20 Juni 2019 di hulu sungai.",
        "20 Juni 2019 menjadi hari yang diingat warga.",
        "12 Agustus 2019 Jam 23:30:45 menjadi batas akhir.",
        "Warga Tanam Bibit",
        "kata " * 60,
    ],
)
def test_lines_that_state_nothing(line: str) -> None:
    assert stated(line) == (None, None, None)
    assert not is_fact(line)
