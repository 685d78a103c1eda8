from __future__ import annotations

import pytest

from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.bylines import Caption


@pytest.mark.parametrize(
    ("line", "name", "before"),
    [
        ("harapnya. (jay/hmsprov)", "jay/hmsprov", "harapnya."),
        ("harapnya. (jay/sul/humasprov).", "jay/sul/humasprov", "harapnya."),
        ("harapnya.  (yans/sul/es/humasprov).", "yans/sul/es/humasprov", "harapnya."),
        ("jelasnya.(mar/her/yan/humasprov kaltim)", "mar/her/yan/humasprov kaltim", "jelasnya."),
        ("ujarnya (ky/her/yans/humasprovkaltim).", "ky/her/yans/humasprovkaltim", "ujarnya"),
        ("ujarnya (humasprovkaltim)", "humasprovkaltim", "ujarnya"),
        ("ujarnya.” (adpimprovkaltim/RW)", "adpimprovkaltim/RW", "ujarnya.”"),
        ("ujarnya. (adpimprov kaltim)", "adpimprov kaltim", "ujarnya."),
        ("ujarnya. (sul)", "sul", "ujarnya."),
        ("ujarnya. (diskominfo/ris).", "diskominfo/ris", "ujarnya."),
        ("ujarnya. (Rzk/ty).", "Rzk/ty", "ujarnya."),
        ("ujarnya. (HumasDinsosKaltim)", "HumasDinsosKaltim", "ujarnya."),
        ("(jay/hmsprov)", "jay/hmsprov", ""),
        ("(sul)", "sul", ""),
        ("ujarnya. (RW/TY)", "RW/TY", "ujarnya."),
        ("ujarnya.” (JAY/YANS/SUL).", "JAY/YANS/SUL", "ujarnya.”"),
        ("ujarnya. (HMS/SET)", "HMS/SET", "ujarnya."),
        ("(RW/TY)", "RW/TY", ""),
        ("(SUL)", "SUL", ""),
        ("ujarnya. (ri)", "ri", "ujarnya."),
    ],
)
def test_bylines_in_all_their_forms(line: str, name: str, before: str) -> None:
    found = bylines.byline_at_end(line)
    assert found is not None
    assert (found.name, line[: found.end]) == (name, before)


@pytest.mark.parametrize(
    "line",
    [
        "memanfaatkan energi (sumber daya terbarukan).",
        "dengan disiplin (protokol kesehatan, dan menjaga jarak",
        "bertambah lima orang (57)",
        "sembuh. (22)",
        "melayani warga. (government)",
        "pada pembukaan. (ist)",
        "pembangkit listrik (plts).",
        "oleh Dinas Komunikasi dan Informatika (Diskominfo).",
        "kecepatan 60. (km/jam)",
        "oleh aparat. (TNI/Polri)",
        "oleh pemerintah. (apbd)",
        "murid sekolah. (SD/MI)",
        "dibahas dalam rancangan anggaran (APBD).",
        "dibahas dalam rancangan anggaran. (APBD)",
        "(APBD)",
        "perangkat desa dan warga (RW/TY)",
        "perangkat desa dan warga. (RT/RW)",
        "kata dia. (SUL)",
        "kata dia. (TNI/AD)",
        "(jay/hmsprov) ikut hadir.",
        "",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert bylines.byline_at_end(line) is None


def test_the_full_stop_after_the_brackets_is_the_sentences_where_it_has_none() -> None:
    unfinished = bylines.byline_at_end("ujarnya (jay/hmsprov).")
    finished = bylines.byline_at_end("ujarnya. (jay/hmsprov).")
    assert unfinished is not None
    assert unfinished.full_stop
    assert finished is not None
    assert not finished.full_stop


def test_a_line_can_name_the_source() -> None:
    assert bylines.source_line("SUMBER : HUMAS PROV. KALTIM") == "HUMAS PROV. KALTIM"
    assert bylines.source_line("Sumber : catatan warga desa") is None
    assert bylines.source_line("(sumber daya terbarukan)") is None


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        (
            "//// Foto : Kepala dinas saat membuka rapat 2013.(nor/humasprov kaltim)",
            Caption("Kepala dinas saat membuka rapat 2013.", "nor/humasprov kaltim"),
        ),
        (
            "//Foto: JANGAN MANGKIR. Warga antre. (dok/humasprov kaltim).",
            Caption("JANGAN MANGKIR. Warga antre.", "dok/humasprov kaltim"),
        ),
        ("Foto: Warga antre.", Caption("Warga antre.", None)),
        ("Ket. Foto : Warga antre (ist)", Caption("Warga antre", "ist")),
        ("foto:yuvi/humasprovkaltim", Caption(None, "yuvi/humasprovkaltim")),
        ("dok.humasprovkaltim", Caption(None, "dok.humasprovkaltim")),
    ],
)
def test_captions_by_their_mark(line: str, caption: Caption) -> None:
    assert bylines.caption_of(line) == caption


@pytest.mark.parametrize(
    "line",
    ["Foto bersama menutup acara.", "// Oleh seorang warga", "Dokumen itu sudah siap.", "Rapat."],
)
def test_what_is_no_caption(line: str) -> None:
    assert bylines.caption_of(line) is None


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Warga antre. (sya/humasprov kaltim)", Caption("Warga antre.", "sya/humasprov kaltim")),
        ("Warga antre (ri/humasprovkaltim)", Caption("Warga antre", "ri/humasprovkaltim")),
        ("Warga antre. (DOK/HUMASPROV)", Caption("Warga antre.", "DOK/HUMASPROV")),
        ("Warga antre.(ist)", Caption("Warga antre.", "ist")),
        ("KALTIM BERDUKA.Warga melayat.", Caption("KALTIM BERDUKA.Warga melayat.", None)),
    ],
)
def test_captions_above_the_text_by_their_credit_or_label(line: str, caption: Caption) -> None:
    assert bylines.top_caption_of(line) == caption


@pytest.mark.parametrize("line", ["Warga antre sejak pagi.", "Dibuka Dinas Kominfo (Diskominfo)."])
def test_a_sentence_above_the_text_is_no_caption_by_itself(line: str) -> None:
    assert bylines.top_caption_of(line) is None


def test_credits_within_a_paragraph() -> None:
    line = "Warga antre (foto : istimewa) sejak pagi."
    ((start, end, name),) = bylines.inner_credits(line)
    assert (line[:start] + line[end:], name) == ("Warga antre sejak pagi.", "istimewa")


def test_a_caption_may_begin_behind_the_text() -> None:
    line = "harapnya. (jay/hmsprov)//// Foto : Warga antre."
    start = bylines.caption_start(line)
    assert start is not None
    assert line[start:] == "//// Foto : Warga antre."
    assert bylines.caption_start("//// Foto : Warga antre.") is None
    assert bylines.caption_start("Lihat https://contoh.go.id/foto/1") is None


def test_long_lines_of_one_sign_are_judged_at_once() -> None:
    for sign in ("/", "-", "(", "–", "//foto "):
        line = sign * 100_000
        assert bylines.byline_at_end(line) is None
        assert bylines.top_caption_of(f"x{line}") is None
        bylines.caption_start(line)
