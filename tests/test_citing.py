"""Citations: each style by example, and what holds of all of them whatever an article says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.citing import STYLES, citations, csl_item
from kaltimtui.dates import WIB, WITA, Stamp
from kaltimtui.document import Document, Heading, Quote, Span, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.models import Article

    Make = Callable[..., Article]

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
URL = "https://www.kaltimprov.go.id/berita/posyandu"
NIGHT = Stamp(datetime(2019, 8, 12, 23, 30, tzinfo=WIB), "time")
"""Already the thirteenth in East Kalimantan."""
DAY = Stamp(datetime(2015, 3, 5, tzinfo=WITA), "day")
LATEX = "50% {Air} & Tanah_Kita #1 \\o/ ~^$"
ESTIMATED = Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated")


@pytest.fixture
def make(article: Make) -> Make:
    def made(**changed: Any) -> Article:
        said = {"title": "Jadwal Posyandu", "url": URL, "byline": None, "published": DAY}
        return article(**(said | changed))

    return made


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            {},
            (
                "Portal Kaltim. (2015, 5 Maret). Jadwal Posyandu. "
                f"Diakses tanggal 24 November 2026, dari {URL}"
            ),
        ),
        (
            {"byline": "jay/hmsprov", "published": ESTIMATED},
            (
                "jay/hmsprov. (2013, 26 Februari, perkiraan). Jadwal Posyandu. Portal Kaltim. "
                f"Diakses tanggal 24 November 2026, dari {URL}"
            ),
        ),
        (
            {"byline": "Oleh: Dewi Ayu Lestari, S.Sos.", "published": NIGHT, "url": None},
            "Lestari, Dewi Ayu. (2019, 13 Agustus). Jadwal Posyandu. Portal Kaltim.",
        ),
        (
            {"byline": "Ani Rahma dan Budi Santoso", "published": None, "url": None},
            "Rahma, Ani, & Santoso, Budi. (t.t.). Jadwal Posyandu. Portal Kaltim.",
        ),
        (
            {"title": "Kapan Posyandu Buka?", "sample": True, "url": None},
            "Portal Kaltim. (2015, 5 Maret). Kapan Posyandu Buka? [berita contoh].",
        ),
        (
            {"title": 'Warga: "Sudah Dibuka!"', "url": None},
            'Portal Kaltim. (2015, 5 Maret). Warga: "Sudah Dibuka!"',
        ),
    ],
)
def test_a_line_of_a_daftar_pustaka(make: Make, said: dict[str, Any], line: str) -> None:
    assert citations([make(**said)], "pustaka", NOW) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, f"Portal Kaltim. (2015, March 5). Jadwal Posyandu. {URL}"),
        (
            {"byline": "jay/hmsprov", "published": ESTIMATED},
            f"jay/hmsprov. (ca. 2013, February 26). Jadwal Posyandu. Portal Kaltim. {URL}",
        ),
        (
            {"byline": "Dewi Ayu Lestari", "published": NIGHT},
            f"Lestari, D. A. (2019, August 13). Jadwal Posyandu. Portal Kaltim. {URL}",
        ),
        (
            {"byline": "Ani Rahma, Budi Santoso & Siti Nur-Aini", "published": None},
            (
                "Rahma, A., Santoso, B., & Nur-Aini, S. (n.d.). Jadwal Posyandu. Portal Kaltim. "
                f"Retrieved November 24, 2026, from {URL}"
            ),
        ),
        (
            {"title": "Kapan Buka?", "sample": True, "url": None, "published": None},
            "Portal Kaltim. (n.d.). Kapan Buka? [Sample article].",
        ),
    ],
)
def test_apa(make: Make, said: dict[str, Any], line: str) -> None:
    assert citations([make(**said)], "apa", NOW) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, f"Portal Kaltim. “Jadwal Posyandu.” March 5, 2015. {URL}."),
        (
            {"byline": "jay/hmsprov", "published": ESTIMATED},
            f"jay/hmsprov. “Jadwal Posyandu.” Portal Kaltim, ca. February 26, 2013. {URL}.",
        ),
        (
            {"byline": "Ani Rahma; Budi Santoso", "published": None},
            (
                "Rahma, Ani, and Budi Santoso. “Jadwal Posyandu.” Portal Kaltim, n.d. "
                f"Accessed November 24, 2026. {URL}."
            ),
        ),
        (
            {"title": '"Jangan Panik," kata “Pak RT”: 7" Air?', "url": None, "sample": True},
            (
                "Portal Kaltim. “‘Jangan Panik,’ kata ‘Pak RT’: 7’ Air?” March 5, 2015. "
                "Sample article."
            ),
        ),
    ],
)
def test_chicago(make: Make, said: dict[str, Any], line: str) -> None:
    assert citations([make(**said)], "chicago", NOW) == line


def test_bibtex(make: Make) -> None:
    article = make(
        byline="Dewi Lestari", published=NIGHT, title="50% {Air} & Tanah_Kita #1 \\o/ ~^$"
    )
    assert citations([article], "bibtex", NOW) == (
        "@online{kaltimprov-a1,\n"
        "  author = {Lestari, Dewi},\n"
        "  title = {{50\\% \\textbraceleft{}Air\\textbraceright{} \\& Tanah\\_Kita \\#1 "
        "\\textbackslash{}o/ \\textasciitilde{}\\textasciicircum{}\\$}},\n"
        "  organization = {Portal Kaltim},\n"
        "  date = {2019-08-13},\n"
        f"  url = {{{URL}}},\n"
        "  urldate = {2026-11-24},\n"
        "  langid = {indonesian}\n"
        "}"
    )


def test_bibtex_of_what_is_little_known(make: Make) -> None:
    article = make(byline="jay/hms_prov", published=ESTIMATED, url=None, sample=True)
    assert citations([article], "bibtex", NOW) == (
        "@misc{berita-a1,\n"
        "  author = {{jay/hms\\_prov}},\n"
        "  title = {{Jadwal Posyandu}},\n"
        "  howpublished = {Portal Kaltim},\n"
        "  date = {2013-02-26},\n"
        "  langid = {indonesian},\n"
        "  note = {Sample article; Date estimated}\n"
        "}"
    )


def test_the_key_stays_whatever_becomes_of_title_date_and_source(make: Make) -> None:
    first = make()
    second = make(title="Lain", published=None, source="Lain", byline="Ani Rahma")
    keys = [csl_item(one, NOW)["id"] for one in (first, second)]
    assert keys == ["kaltimprov-a1", "kaltimprov-a1"]


def test_csl_json(make: Make) -> None:
    article = make(byline="Dewi Lestari", published=ESTIMATED)
    assert csl_item(article, NOW) == {
        "id": "kaltimprov-a1",
        "type": "article-newspaper",
        "title": "Jadwal Posyandu",
        "container-title": "Portal Kaltim",
        "author": [{"family": "Lestari", "given": "Dewi"}],
        "issued": {"date-parts": [[2013, 2, 26]], "circa": True},
        "section": "Kesehatan",
        "accessed": {"date-parts": [[2026, 11, 24]]},
        "URL": URL,
        "language": "id",
    }
    bare = csl_item(make(published=None, url=None, category=None, sample=True), NOW)
    assert bare == {
        "id": "berita-a1",
        "type": "article-newspaper",
        "title": "Jadwal Posyandu",
        "container-title": "Portal Kaltim",
        "language": "id",
        "note": "Sample article",
    }


def test_a_text_in_english_is_said_to_be_english(make: Make) -> None:
    body = Document((paragraph("The flood has receded and the people of the city are at home."),))
    assert csl_item(make(document=body), NOW)["language"] == "en"
    assert "langid = {english}" in citations([make(document=body)], "bibtex", NOW)


def test_a_message_for_a_chat_group(make: Make) -> None:
    blocks = (
        Heading(2, (Span("Judul Bagian. Bukan isi."),)),
        paragraph("Air surut sejak pukul 05.30 WITA."),
        Quote((paragraph('"Kami pulang. Semua," kata H. Budi. Posko ditutup.'),)),
    )
    article = make(published=NIGHT, document=Document(blocks))
    assert citations([article], "chat", NOW) == (
        "Jadwal Posyandu\n"
        "Portal Kaltim · Selasa, 13 Agustus 2019 00.30 WITA\n"
        "\n"
        'Air surut sejak pukul 05.30 WITA. "Kami pulang. Semua," kata H. Budi.\n'
        "\n"
        f"{URL}"
    )


def test_a_message_without_what_is_not_known(make: Make) -> None:
    article = make(published=None, url=None, document=Document(), sample=True)
    assert citations([article], "chat", NOW) == "[Contoh] Jadwal Posyandu\nPortal Kaltim"


def test_a_message_is_short_whatever_the_article(make: Make) -> None:
    long = make(title="kata " * 300, document=Document((paragraph("tanpa titik " * 5_000),)))
    said = citations([long], "chat", NOW)
    assert len(said) < 800
    assert said.count("…") == 2


def test_a_long_title_is_whole_in_a_list_of_references(make: Make) -> None:
    title = ("Kata " * 150).strip()
    for style in ("pustaka", "apa", "chicago", "bibtex"):
        assert title in citations([make(title=title)], style, NOW)


@pytest.mark.parametrize(
    ("byline", "shown"),
    [
        ("Dewi Lestari", "Lestari, Dewi"),
        ("M. Yusuf", "Yusuf, M."),
        ("Pewarta: Ahmad bin Umar, Editor: Ani Rahma", "Umar, Ahmad bin"),
        ("Dewi Lestari, S.H., M.Si.", "Lestari, Dewi"),
        ("Sukarno", "Sukarno"),
        ("ani", "ani"),
        ("jay/hmsprov", "jay/hmsprov"),
        ("Tim Redaksi", "Tim Redaksi"),
        ("Diskominfo Kaltim", "Diskominfo Kaltim"),
        ("Ani Rahma, Diskominfo", "Ani Rahma, Diskominfo"),
        ("Oleh:", "Oleh:"),
    ],
)
def test_who_a_byline_names(make: Make, byline: str, shown: str) -> None:
    said = citations([make(byline=byline, url=None)], "pustaka", NOW)
    assert said.startswith(shown)
    assert said.removeprefix(shown).lstrip(".").startswith(" (2015")


def test_several_are_parted_as_their_style_needs(make: Make) -> None:
    pair = [make(), make(id="b2")]
    for style in ("pustaka", "apa", "chicago"):
        assert len(citations(pair, style, NOW).split("\n")) == 2
    assert citations(pair, "bibtex", NOW).count("\n\n@online") == 1
    assert [item["id"] for item in json.loads(citations(pair, "csl-json", NOW))] == [
        "kaltimprov-a1",
        "kaltimprov-b2",
    ]
    assert json.loads(citations([], "csl-json", NOW)) == []


def test_the_months_are_those_of_the_style_in_any_language(make: Make) -> None:
    before = {style: citations([make()], style, NOW) for style in ("pustaka", "apa", "chicago")}
    i18n.set_language("en")
    assert before == {style: citations([make()], style, NOW) for style in before}
    assert "Thursday, 5 March 2015" in citations([make()], "chat", NOW)


ANYTHING = st.text(max_size=60) | st.text('{}\\%&$#_~^"“”?!.… aB\x1b\x9b\n', max_size=40)
STAMPS = st.none() | st.builds(
    Stamp,
    st.datetimes(timezones=st.just(UTC) | st.just(WITA)),
    st.sampled_from(["time", "day", "estimated"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, STAMPS, st.booleans(), st.booleans())
def test_what_holds_of_every_article(
    make: Make, title: str, byline: str, body: str, stamp: Stamp | None, sample: bool, known: bool
) -> None:
    article = make(
        title=title,
        byline=byline,
        source=body,
        document=Document((paragraph(body), paragraph(title))),
        published=stamp,
        sample=sample,
        url=f"https://a.example/x?{{y={title}" if known else None,
    )
    for style in STYLES:
        said = citations([article], style, NOW)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
        if style in ("pustaka", "apa", "chicago"):
            assert "\n" not in said
        if style == "bibtex":
            depth = 0
            for sign in said:
                depth += (sign == "{") - (sign == "}")
                assert depth >= 0
            assert depth == 0
        if style == "csl-json":
            assert json.loads(said) == [csl_item(article, NOW)]
        assert not sample or "ample" in said or "ontoh" in said


def test_the_day_of_the_visit_is_that_of_wita(make: Make) -> None:
    late = datetime(2026, 11, 24, 17, 0, tzinfo=UTC) + timedelta(hours=1)
    assert "Diakses tanggal 25 November 2026" in citations([make()], "pustaka", late)
