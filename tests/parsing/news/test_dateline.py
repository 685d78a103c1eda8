from __future__ import annotations

import pytest

from kaltimtui.parsing.news.dateline import dateline_of, is_place


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("SAMARINDA - Warga menanam", "SAMARINDA"),
        ("SAMARINDA – Warga menanam", "SAMARINDA"),
        ("BALIKPAPAN-Warga menanam", "BALIKPAPAN"),
        ("Balikpapan- Warga menanam", "Balikpapan"),
        ("JAKARTA–Warga menanam", "JAKARTA"),
        ("BERAU  – Warga menanam", "BERAU"),
        ("SANGKULIRANG. Warga menanam", "SANGKULIRANG"),
        ("SAMARINDA, Warga menanam", "SAMARINDA"),
        ("SAMARINDA Warga menanam", "SAMARINDA"),
        ("SAMARIDNA - Warga menanam", "SAMARIDNA"),
        ("Tana Paser — Warga menanam", "Tana Paser"),
        ("Tenggarong—Warga menanam", "Tenggarong"),
        ("Tenggarong —- Warga menanam", "Tenggarong"),
        ("Tenggarong -- Warga menanam", "Tenggarong"),
        ("Tenggarong --- Warga menanam", "Tenggarong"),
        ("TENGGARONG, Kamis 5/9/13. Warga menanam", "TENGGARONG"),
        ("Samarinda, Senin (5/9) - Warga menanam", "Samarinda"),
        ("Jakarta, 26 Februari 2013 – Warga menanam", "Jakarta"),
        ("MUARA LAWA - Warga menanam", "MUARA LAWA"),
        ("SANGATTA - “Warga menanam", "SANGATTA"),
        ("SAMARINDA - sebanyak 20 warga", "SAMARINDA"),
        ("SAMARINDA -", "SAMARINDA"),
    ],
)
def test_every_separator_is_cut_off(line: str, place: str) -> None:
    found = dateline_of(line)
    assert found is not None
    assert found.place == place
    assert line[found.start :].lstrip("“") in ("Warga menanam", "sebanyak 20 warga", "")


@pytest.mark.parametrize(
    "line",
    [
        "Samarinda, ibu kota provinsi, ramai.",
        "Samarinda menjadi tuan rumah.",
        "Pemprov Kaltim – Melalui dinas – menanam.",
        "Gubernur - Wakil Gubernur hadir.",
        "KALTIM BERDUKA. Warga melayat.",
        "KALTIM Berduka",
        "DPRD Kaltim menggelar rapat.",
        "COVID-19 masih ada.",
        "JANGAN MANGKIR. Warga diminta datang.",
        "Anak-anak bermain.",
        "PT ABC - Perusahaan itu hadir.",
        "",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert dateline_of(line) is None


def test_a_date_beside_the_place_is_kept_apart() -> None:
    found = dateline_of("TENGGARONG, Kamis 5/9/13. Warga menanam")
    assert found is not None
    assert found.date == "Kamis 5/9/13"


@pytest.mark.parametrize("before", ["RAKOR TEKNIS.", "Warga Hulu Sungai Tanam Bibit"])
def test_a_kicker_or_the_headline_may_stand_before_the_place(before: str) -> None:
    line = f"{before} SAMARINDA - Warga menanam"
    found = dateline_of(line)
    assert found is not None
    assert (found.before, found.place) == (before.rstrip("."), "SAMARINDA")
    assert line[found.start :] == "Warga menanam"


def test_places_are_known_also_where_misspelt() -> None:
    assert is_place("Samarinda")
    assert is_place("SAMARIDNA")
    assert not is_place("Rapat")
    assert not is_place("Bala")
