from __future__ import annotations

import pytest

from kaltimtui.parsing.news.furniture import ends_article, group_of, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Kalimantan Timur",
            "Government Public Relation",
            "Berita Terkait",
            "Beranda",
            "Komentar",
        ),
        *("Bagikan:", "Facebook Twitter WhatsApp", "FacebookTwitterWhatsApp", "Share on Facebook"),
        *("Baca juga: Judul Lain", "Baca Selengkapnya", "221 kali dilihat", "Dilihat: 1.204 kali"),
        *(
            "Views : 12",
            "Dibaca 20 kali",
            "2 komentar",
            "Tinggalkan Balasan",
            "Tags: hutan, sungai",
        ),
        *("Jam Operasional : Senin - Jumat 08.00", "Copyright 2019 Dinas", "© 2020", "Home Profil"),
        *(
            "Beranda / Berita / Detail",
            "Img 4809",
            "IMG_4809.JPG",
            "DSC0012",
            "foto-rapat.jpg",
            "|",
        ),
        "Situs ini menggunakan cookie untuk meningkatkan pengalaman Anda.",
        "WhatsApp Image 2025-03-01 at 10.20.30",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Baca juga: Warga Hulu Tanam Bibit.",
        "© Dinas Kominfo. Semua hak dilindungi.",
        "Hak Cipta © Dinas Kominfo",
        "Hak Cipta Dilindungi Undang-Undang",
        "1.204 views | 3 komentar",
        "Jam Kerja",
    ],
)
def test_lines_around_an_article(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Rapat Terkait Banjir",
        "Bupati Bagikan Seribu Bibit ke Warga Hulu",
        "Warga membagikan foto lewat WhatsApp dan Facebook kepada kami.",
        "Komentar warga atas rencana itu beragam.",
        "Cookie buatan rumah ini disukai anak-anak.",
        "Jam tangan itu sudah dilihat warga.",
        "Sekitar 200 orang hadir.",
        "Berita itu populer di kalangan petani.",
        "Jam Kerja ASN Selama Ramadan Diatur",
        "Jam kerja pegawai dikurangi menjadi 32,5 jam per minggu.",
        "Hak Cipta Lagu Daerah Dilindungi",
        "Hak cipta lagu daerah kini dicatat secara daring, kata dia.",
        "Hak cipta lagu daerah dicatat sejak 2019, kata dia.",
        "1.200 Pengunjung Padati Expo",
        "5.000 pengunjung padati lokasi.",
        "Topik: pengelolaan lahan gambut menjadi bahasan utama.",
        "Baca juga menjadi kebiasaan baik bila dimulai sejak dini.",
    ],
)
def test_lines_of_an_article(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("Berita Terkait", "related"),
        ("Artikel Terkait:", "related"),
        ("Related Posts", "related"),
        ("BERITA TERBARU", "latest"),
        ("Terkini", "latest"),
        ("latest news", "latest"),
        ("Terpopuler", "popular"),
        ("Berita Populer Minggu Ini", "popular"),
        ("Paling Banyak Dibaca", "popular"),
        ("Kabar Sungai", None),
        ("Rapat Terkait Banjir", None),
    ],
)
def test_headings_of_lists(heading: str, group: str | None) -> None:
    assert group_of(heading) == group


@pytest.mark.parametrize(
    "line",
    [
        *("3 Komentar", "Comments", "Tinggalkan Balasan", "Tags: a, b", "Copyright 2019 Dinas"),
        *("© Dinas Kominfo. Semua hak dilindungi.", "Hak Cipta © Dinas"),
    ],
)
def test_lines_below_an_article(line: str) -> None:
    assert ends_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "Komentar warga atas rencana itu beragam.",
        "Hak cipta lagu daerah kini dicatat secara daring, kata dia.",
        "Hak Cipta Lagu Daerah Dilindungi",
        "Label: hijau untuk sayur yang ditanam tanpa pupuk buatan.",
    ],
)
def test_a_sentence_ends_no_article(line: str) -> None:
    assert not ends_article(line)
