"""The names of offices of the government in East Kalimantan, and where a text has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_OFFICES: Final = """
Dinas Kesehatan: dinkes
Dinas Pendidikan dan Kebudayaan: dinas pendidikan, disdikbud, disdik
Dinas Sosial: dinsos
Dinas Perhubungan: dishub
Dinas Kehutanan: dishut
Dinas Perkebunan: disbun
Dinas Pangan, Tanaman Pangan dan Hortikultura: dinas pangan, dptph
Dinas Peternakan dan Kesehatan Hewan: dinas peternakan, dpkh
Dinas Kelautan dan Perikanan: dinas perikanan
Dinas Energi dan Sumber Daya Mineral: dinas esdm
Dinas Lingkungan Hidup: dlh
Dinas Pekerjaan Umum: dinas pu, dinas pupr, dpupr, disperkim
Dinas Komunikasi dan Informatika: dinas kominfo, diskominfo
Dinas Pariwisata: dispar
Dinas Pemuda dan Olahraga: dispora
Dinas Tenaga Kerja dan Transmigrasi: dinas tenaga kerja, disnakertrans, disnaker
Dinas Perindustrian, Perdagangan, Koperasi dan UKM: dinas perindustrian, dinas perdagangan, \
dinas koperasi, disperindagkop, disperindag, disdag
Dinas Penanaman Modal dan PTSP: dinas penanaman modal, dpmptsp
Dinas Pemberdayaan Masyarakat dan Desa: dinas pemberdayaan masyarakat, dpmpd, dpmd
Dinas Pemberdayaan Perempuan: dkp3a, dp3a
Dinas Kependudukan dan Pencatatan Sipil: dinas kependudukan, disdukcapil
Dinas Perpustakaan dan Kearsipan: dinas perpustakaan
Dinas Pemadam Kebakaran: disdamkar, damkar
Badan Perencanaan Pembangunan Daerah: bappeda, bapperida
Badan Penanggulangan Bencana Daerah: bpbd
Badan Pendapatan Daerah: bapenda
Badan Pengelola Keuangan dan Aset Daerah: bpkad
Badan Kepegawaian Daerah: bkd
Badan Pengembangan SDM: badan pengembangan sumber daya manusia, bpsdm
Badan Kesatuan Bangsa dan Politik: kesbangpol
Badan Pusat Statistik: bps
Badan Narkotika Nasional: bnn, bnnp, bnnk
BMKG: badan meteorologi
Otorita Ibu Kota Nusantara: otorita ikn, oikn
Biro Administrasi Pimpinan: biro adpim, biro humas
Biro Kesejahteraan Rakyat: biro kesra
Biro Organisasi:
Biro Hukum:
Biro Umum:
Biro Perekonomian: biro ekonomi
Sekretariat Daerah: setda
Sekretariat DPRD: setwan
Inspektorat:
Satpol PP: satuan polisi pamong praja
DPRD: dewan perwakilan rakyat daerah
Pemprov: pemerintah provinsi
Pemkab: pemerintah kabupaten
Pemkot: pemerintah kota
Polda: kepolisian daerah
Polres: polresta, kepolisian resor
Kejaksaan: kejati, kejari
Kodam VI/Mulawarman: kodam
Korem 091/ASN: korem
KPU: komisi pemilihan umum
Bawaslu: badan pengawas pemilu
RSUD: rumah sakit umum daerah
Basarnas: badan sar nasional
"""
"""Offices of the province and its regencies, each with what else it is called."""


def _forms() -> dict[str, str]:
    """Every form of a name, in small letters, with the name."""
    found: dict[str, str] = {}
    for line in _OFFICES.strip().splitlines():
        name, _colon, others = line.partition(":")
        forms = [name.lower(), *(other.strip() for other in others.split(","))]
        found.update((form, name) for form in forms if form)
    return found


_NAME_OF: Final = _forms()


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds the longest of the forms that stands as a word of its own.

    Opening with a set of letters, it is found three times as fast as opening with a word's edge.
    """
    longest_first = sorted(forms, key=len, reverse=True)
    letters = "".join(sorted({form[0] for form in longest_first}))
    rest = "|".join(re.escape(form[1:]) for form in longest_first)
    return re.compile(rf"[{letters}](?<!\w.)(?:{rest})\b")


_OFFICE: Final = _pattern(_NAME_OF)


def offices_in(words: str) -> set[str]:
    """The offices that a text names."""
    return {_NAME_OF[form] for form in _OFFICE.findall(words.lower()) if form in _NAME_OF}
