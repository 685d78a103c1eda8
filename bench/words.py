"""Words that look Indonesian and are used as often as words of a language are.

The common ones are a short list written here; the others are roots with the affixes of the
language, and roots put together from its syllables.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

VOCABULARY: Final = 50_000
_STEEPNESS: Final = 1.05
_FLATTENING: Final = 2.7
"""Of Zipf's law as Mandelbrot wrote it: weight = 1 / (rank + flattening) ** steepness."""

_TOPIC: Final = 20
_TOPIC_EVERY: Final = 3
"""One word in so many is one of the article's few topic words: with these two, words repeat
within an article as often as they do in a release of the portal."""

_COMMON: Final = """
yang dan di untuk dengan ini dari dalam pada itu akan tidak kepada oleh juga sebagai karena
adalah telah agar serta bisa dapat para lebih sudah harus ada saat kami kita masih bagi tersebut
setiap antara hingga sebelum setelah ketika namun sehingga secara atas bahwa seluruh mereka
"""
_ROOTS: Final = """
warga daerah kota desa sungai banjir jalan jembatan sekolah guru siswa pasar harga beras ikan
kebun sawit hutan tambang air listrik rumah sehat dokter obat ibu anak muda tani nelayan kapal
pelabuhan bandara terbang angkut bangun rencana program anggaran dana bantu latih kerja usaha
dagang produk pajak lapor periksa awasi jaga polisi sidang hukum aturan rapat kunjung sambut buka
tutup mulai jalan-jalan resmi gubernur bupati wali camat lurah dinas kantor pegawai layan cepat
mudah murah baik baru lama besar kecil tinggi rendah jauh dekat panjang lebar luas padat sepi
ramai hujan panas angin laut pantai pulau gunung danau teluk muara hulu hilir tepi tengah utara
selatan timur barat pagi siang sore malam hari minggu bulan tahun jam menit ribu juta miliar
persen orang keluarga kelompok lembaga yayasan kampus mahasiswa ajar didik baca tulis hitung uji
lomba juara tanding main latihan seni budaya tari lagu adat upacara doa ibadah masjid gereja
puasa lebaran libur wisata tamu hotel makan minum masak jual beli bayar simpan pinjam bank koperasi
modal pasok kirim terima cari temu kenal tahu ingat lupa pikir rasa lihat dengar bicara tanya jawab
harap janji yakin dukung setuju tolak pilih suara partai dewan wakil ketua anggota sekretaris
tanam panen pupuk bibit lahan sawah ladang ternak sapi ayam telur susu buah sayur padi jagung
kedelai kelapa karet kayu rotan batu bara minyak gas energi surya turbin mesin alat mobil motor
truk bus kereta tumpang parkir macet tabrak selamat bahaya darurat api padam asap kabut gempa
longsor rob pompa saluran sumur bendung irigasi sampah limbah bersih kotor hijau lindung satwa
burung orangutan pesut bekantan bakau terumbu
"""
_PREFIXES: Final = ("", "me", "di", "ber", "ter", "pe", "ke", "se", "memper", "keter")
_SUFFIXES: Final = ("", "kan", "an", "i", "nya", "annya", "kannya")
_ONSETS: Final = ("", *"bcdfghjklmnprstwy", "ng", "ny", "kh", "sy", "pr", "tr", "kl")
_VOWELS: Final = (*"aiueo", "ai", "au")
_CODAS: Final = ("", "", "", *"nrkstlmpth", "ng", "h")
PLACES: Final = (
    *("SAMARINDA", "BALIKPAPAN", "BONTANG", "TENGGARONG", "SANGATTA", "TANJUNG REDEB"),
    *("PENAJAM", "TANA PASER", "SENDAWAR", "UJOH BILANG", "SEPAKU", "MUARA BADAK"),
)


class Words:
    """A vocabulary in order of frequency, and runs of words drawn from it."""

    def __init__(self, random: Random, size: int = VOCABULARY) -> None:
        self.by_rank: list[str] = _vocabulary(random, size)
        weights = ((rank + _FLATTENING) ** -_STEEPNESS for rank in range(1, size + 1))
        self._cumulated = list(accumulate(weights))

    def draw(self, random: Random, count: int) -> list[str]:
        """So many words, each as often as its rank says."""
        return random.choices(self.by_rank, cum_weights=self._cumulated, k=count)


class Story:
    """The words of one article: the language's own, and every few words one of its topic."""

    def __init__(self, words: Words, random: Random) -> None:
        self._words = words
        self._random = random
        self._topic = words.draw(random, _TOPIC)

    def words(self, count: int) -> list[str]:
        """So many words."""
        found = self._words.draw(self._random, count)
        of_topic = range(_TOPIC_EVERY - 1, count, _TOPIC_EVERY)
        found[_TOPIC_EVERY - 1 :: _TOPIC_EVERY] = self._random.choices(self._topic, k=len(of_topic))
        return found

    def sentence(self, words: int) -> str:
        """A sentence of so many words."""
        return " ".join(self.words(words)).capitalize() + "."

    def sentences(self, words: int) -> str:
        """Sentences of so many words in all."""
        found = []
        while words > 0:
            length = min(words, self._random.randint(8, 18))
            found.append(self.sentence(length))
            words -= length
        return " ".join(found)


def _vocabulary(random: Random, size: int) -> list[str]:
    roots = _ROOTS.split()
    found = dict.fromkeys([*_COMMON.split(), *roots])
    derived = [
        f"{prefix}{root}{suffix}"
        for root in roots
        for prefix in _PREFIXES
        for suffix in _SUFFIXES
        if prefix or suffix
    ]
    random.shuffle(derived)
    for word in derived[: size // 4]:
        found[word] = None
        for _ in range(3):
            found[_composed(random)] = None
    while len(found) < size:
        found[_composed(random)] = None
    return list(found)[:size]


def _composed(random: Random) -> str:
    return "".join(
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
        for _ in range(random.choice((2, 2, 2, 3, 3, 4)))
    )
