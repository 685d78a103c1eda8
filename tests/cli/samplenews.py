"""A small store of sample news: made up for these tests, of no place that is and nobody who lives.

It holds what a search may be about once or twice, and its time is ``conftest.NOW``: noon of
Tuesday, the second of June 2020, in East Kalimantan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import dates
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData
from kaltimtui.paths import Paths
from kaltimtui.store import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

_PORTAL: Final = SourceData("Portal Contoh", "portal", "https://portal.example/")
_PAPER: Final = SourceData("Warta Contoh", "feed", "https://warta.example/feed")
_COAST: Final = SourceData("Radar Pesisir", "feed", "https://radar.example/feed")
_GONE: Final = SourceData("Kabar Lama", "feed", "https://lama.example/feed")
_SAMPLE: Final = SourceData("Edisi Contoh", "sample")


class _Said(NamedTuple):
    """An article, as short as it can be said: byline and picture where there are any."""

    source: SourceData
    published: str | None
    category: str | None
    dateline: str | None
    title: str
    body: str
    byline: str | None = None
    image: str | None = None

    def data(self, name: str) -> ArticleData:
        return ArticleData(
            self.title,
            guid=name,
            kicker="Contoh",
            category=self.category,
            dateline=self.dateline,
            published=dates.parse(self.published),
            byline=self.byline,
            image=self.image,
            document=Document((paragraph(self.body),)),
        )


ARTICLES: Final[Mapping[str, _Said]] = {
    "undated": _Said(
        _COAST, None, None, None,
        "Tanpa Tanggal", "Kiriman pembaca tentang layang-layang.",
    ),
    "flood": _Said(
        _PORTAL, "2020-06-02T10:30:00+08:00", "Sosial", "SAMARINDA",
        "Banjir Surut di Samarinda", "Air Sungai Mahakam surut sejak pagi. Warga pulang.",
        "ani/humas", "https://portal.example/banjir.jpg",
    ),
    "slide": _Said(
        _PORTAL, "2020-06-02T01:00:00+08:00", "Sosial", "BALIKPAPAN",
        "Longsor Tutup Jalan Poros", "Hujan memicu longsor dan banjir kecil di kilometer lima.",
        "budi",
    ),
    "rice": _Said(
        _PAPER, "2020-06-01T23:59:59+08:00", "Ekonomi", "BONTANG",
        "Stok Beras Aman", "Beras harga lama masih dijual. Pemerintah menjamin stok.",
    ),
    "market": _Said(
        _PORTAL, "2020-06-01T08:00:00+08:00", "Ekonomi", "SAMARINDA",
        "Pasar Murah Dibuka", "Harga beras turun setelah gubernur membuka pasar.", "citra/humas",
    ),
    "inflation": _Said(
        _PAPER, "2020-05-31T20:00:00+08:00", "Ekonomi", "SAMARINDA",
        "Inflasi Nasional Terkendali", "Inflasi tercatat 0,2 persen.", "ani",
    ),
    "team": _Said(
        _PAPER, "2020-05-30", "Olahraga", "BALIKPAPAN",
        "Tim Voli Menang", "Pembinaan atlet berbuah.", "dewi lestari",
    ),
    "cafe": _Said(
        _PAPER, "2020-05-28", "Gaya Hidup", "TENGGARONG",
        "Café Baru di Tepian", "Kedai naïf menyajikan kopi Kutai.",
    ),
    "vote": _Said(
        _PAPER, "2020-05-26", "Sosial Budaya", None,
        "Pemilihan Ketua RT", "Pemungutan suara berlangsung tenang.",
    ),
    "meeting": _Said(
        _PORTAL, "2020-05-20", "Pemerintahan", "SAMARINDA",
        "Rapat Anti-Korupsi Digelar", "Gubernur membuka rapat. Janji anti korupsi dibacakan.",
    ),
    "advert": _Said(
        _COAST, "2020-05-15", "Iklan", None, "Iklan Obat Gosok", "Obat untuk banjir keringat.",
    ),
    "ship": _Said(
        _COAST, "2020-05-12", "Perhubungan", "BONTANG",
        "Jadwal Kapal Berubah", "Kapal berangkat pukul 08:30.",
    ),
    "capital": _Said(
        _PORTAL, "2020-05-10", "Pemerintahan", "PENAJAM",
        "Ibu Kota Nusantara Dibahas", "Kawasan inti disiapkan.", "jay/hmsprov",
        "https://portal.example/ikn.jpg",
    ),
    "dance": _Said(
        _COAST, "2020-05-05", "Budaya", "KUTAI BARAT",
        "Festival Budaya 🎉 Digelar", "Penari dari 中国 tampil bersama sanggar Straße.",
    ),
    "mothers": _Said(
        _PAPER, "2020-04-15", "Sosial", None,
        "Kota Ibu dan Anak", "Taman kota untuk ibu menyusui.",
    ),
    "signs": _Said(
        _COAST, "2020-04-01", "Teknologi", None,
        'Kode NEAR(a b) OR "x" a*b^2 {kolom}', "AND, OR dan NOT hanyalah kata; judul:rahasia pun.",
    ),
    "forest": _Said(
        _PORTAL, "2019-08-12T23:30:45+08:00", "Lingkungan", "BERAU",
        "Hutan Kota Ditanami", "Bibit ulin ditanam warga.", "eko-prasetyo",
    ),
    "dolphin": _Said(
        _COAST, "2019-03-05", "Lingkungan", "KUTAI KARTANEGARA",
        "Pesut Mahakam Terlihat", "Dua ekor pesut muncul di Mahakam.",
    ),
    "dawn": _Said(
        _COAST, "2014-01-01T00:10:00+08:00", "Budaya", None, "Fajar Pertama", "Awal tahun.",
    ),
    "fireworks": _Said(
        _COAST, "2013-12-31T23:30:00+08:00", "Budaya", None, "Kembang Api", "Akhir tahun.",
    ),
    "harbour": _Said(
        _PORTAL, "2013-11-30", "Pembangunan", "BALIKPAPAN",
        "Pelabuhan Diresmikan", "Gubernur meresmikan pelabuhan.", "jay/hmsprov",
    ),
    "oath": _Said(
        _PORTAL, "2013-02-14T09:00:00+08:00", "Pemerintahan", "SAMARINDA",
        "Gubernur Lantik Pejabat", "Pelantikan di Pendopo.", "jay/hmsprov",
    ),
    "example": _Said(_SAMPLE, "2020-05-01", "Sosial", None, "Contoh Banjir", "Sebuah contoh."),
    "kept": _Said(_SAMPLE, "2020-04-30", "Sosial", None, "Contoh Panen", "Contoh yang disimpan."),
    "old": _Said(_GONE, "2018-01-02", "Sosial", None, "Kabar Banjir Lama", "Arsip."),
    "starred": _Said(_GONE, "2018-01-01", "Sosial", None, "Kabar Panen Lama", "Arsip."),
}  # fmt: skip
"""By the names the tests call them; newest first, but for what is set aside: the last four."""

_MARKS: Final = (
    (Marking("read", True), ("flood", "market", "capital")),
    (Marking("starred", True), ("market", "capital", "kept", "starred")),
    (Marking("later", True), ("slide", "forest")),
    (Marking("hidden", True), ("advert",)),
    (Marking("tag", "kliping"), ("capital",)),
    (Marking("tag", "liputan/banjir"), ("flood",)),
    (Marking("tag", "liputan"), ("slide",)),
    (Marking("tag", "Rapat Kerja"), ("meeting",)),
    (Marking("note", "cek angka anggaran"), ("meeting",)),
)


def fill(home: Path, clock: Callable[[], datetime]) -> dict[str, str]:
    """Make the store in a home; the names of the articles by their ids."""
    library = Library.open(Paths.find(str(home)), clock=clock)
    names: dict[str, str] = {}
    for source in (_SAMPLE, _PORTAL, _PAPER, _COAST, _GONE):
        said = {name: one for name, one in ARTICLES.items() if one.source is source}
        kept = library.store_articles(source, [one.data(name) for name, one in said.items()])
        names |= dict(zip(map(keys.public_id, kept.stored.uids), said, strict=True))
    ship = ARTICLES["ship"]._replace(body="Kapal berangkat pukul 09:15.")
    library.store_articles(_COAST, [ship.data("ship")])
    ids = {name: id_ for id_, name in names.items()}
    for marking, marked in _MARKS:
        library.mark([ids[name] for name in marked], [marking])
    gone = next(one for one in library.navigation().sources if one.name == _GONE.name)
    library.remove_source(gone.id)
    library.close()
    return names
