"""The names of offices: which are found, and what is none."""

from __future__ import annotations

import pytest

from kaltimtui.offices import offices_in


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Kepala Dinas Kesehatan membuka posyandu", {"Dinas Kesehatan"}),
        ("DINKES dan Disdikbud bertemu", {"Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan"}),
        ("Dinas Pendidikan dan Kebudayaan", {"Dinas Pendidikan dan Kebudayaan"}),
        ("BPBD, BPSDM; BPS.", {"Badan Penanggulangan Bencana Daerah", "Badan Pengembangan SDM",
                               "Badan Pusat Statistik"}),
        ("Polda\nPemprov", {"Polda", "Pemprov"}),
        ("Biro Administrasi Pimpinan Setda", {"Biro Administrasi Pimpinan", "Sekretariat Daerah"}),
        ("Dinas luar kota", set()),
        ("xkpu kpus e-bpbdx binas kesehatan", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_offices_are_known_by_their_names_and_short_forms(words: str, named: set[str]) -> None:
    assert offices_in(words) == named
