from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import dates, i18n
from kaltimtui.almanac import WORDS
from kaltimtui.dates import WIB, WIT, WITA, Stamp

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


def at(*parts: int, zone: timezone = WITA) -> Stamp:
    return Stamp(datetime(*parts, tzinfo=zone), "time")  # type: ignore[misc,arg-type]  # year to second


def on(year: int, month: int, day: int, zone: timezone = WITA) -> Stamp:
    return Stamp(datetime(year, month, day, tzinfo=zone), "day")


# --- stamps ---


def test_json_states_no_more_than_is_known() -> None:
    assert at(2019, 8, 12, 23, 30, 45).json() == "2019-08-12T23:30:45+08:00"
    assert on(2015, 3, 5).json() == "2015-03-05"
    assert Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated").json() == "2013-02-26"


def test_portal_stamp() -> None:
    assert dates.portal_stamp("12 Agustus 2019 Jam 23:30:45") == at(2019, 8, 12, 23, 30, 45)
    assert dates.portal_stamp(" 05 Maret 2015 Jam 00:00:00\n") == on(2015, 3, 5)
    assert dates.portal_stamp("30 Mei 2017 Jam 00:00:01") == at(2017, 5, 30, 0, 0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jam Operasional : 08:00",
        "12 Agustus 2019",
        "5 Maret 2015 Jam 00:00:00",
        "31 Februari 2015 Jam 10:00:00",
        "12 August 2019 Jam 23:30:45",
        "12 Agustus 2019 Jam 24:30:45",
        "Terbit 12 Agustus 2019 Jam 23:30:45",
        "12 Agustus 0000 Jam 23:30:45",
    ],
)
def test_what_is_no_portal_stamp(text: str) -> None:
    assert dates.portal_stamp(text) is None


# --- reading one date ---

RANGES = [
    "tanggal 3 s/d 5 Maret 2015",
    "tanggal 3 s / d 5 Maret 2015",
    "3 s/d. 5 Maret 2015",
    "tanggal 3 s/d tanggal 5 Maret 2015",
    "3 sampai dengan tanggal 5 Maret 2015",
    "dari 3/3/2015 s/d 5/3/2015",
    "Selasa (3/3/2015) s/d Kamis (5/3/2015)",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # as feeds write it
        ("Thu, 01 Jan 2004 19:48:21 GMT", at(2004, 1, 1, 19, 48, 21, zone=UTC)),
        ("Fri, 28 Apr 2017 10:05:00 +0700", at(2017, 4, 28, 10, 5, zone=WIB)),
        ("Fri, 28 Apr 17 10:05 +0700", at(2017, 4, 28, 10, 5, zone=WIB)),
        ("01 Jan 2004 19:48:21 EST", at(2004, 1, 2, 0, 48, 21, zone=UTC)),
        ("Thu,01-Jan-2004 19:48:21 GMT+0100", at(2004, 1, 1, 18, 48, 21, zone=UTC)),
        ("Thu Jan  1 19:48:21 2004", at(2004, 1, 1, 19, 48, 21)),
        ("Thu Jan  1 19:48:21 EST 2004", at(2004, 1, 2, 0, 48, 21, zone=UTC)),
        ("Fri, 2006/09/15 08:19:53 EDT", at(2006, 9, 15, 12, 19, 53, zone=UTC)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", at(2017, 1, 1, 0, 0, 0, zone=UTC)),
        # ISO 8601
        ("2019-08-12T23:30:45+08:00", at(2019, 8, 12, 23, 30, 45)),
        ("2019-08-12T15:30:45Z", at(2019, 8, 12, 23, 30, 45)),
        ("2019-08-12T15:30:45.123456789Z", at(2019, 8, 12, 23, 30, 45)),
        ("2019-08-12 23:30", at(2019, 8, 12, 23, 30)),
        ("2019-08-12 23:30:45 +0800", at(2019, 8, 12, 23, 30, 45)),
        ("20190812T233045+0800", at(2019, 8, 12, 23, 30, 45)),
        ("2019-8-12T09:30:45+08:00", at(2019, 8, 12, 9, 30, 45)),
        ("2003-12-31T24:00:00Z", at(2004, 1, 1, 0, 0, zone=UTC)),
        ("2019-08-12", on(2019, 8, 12)),
        ("20190812", on(2019, 8, 12)),
        # as the offices write it
        ("16 April 2014", on(2014, 4, 16)),
        ("16 April 2014 Admin Website Berita Daerah 4442", on(2014, 4, 16)),
        ("Jumat, 22 September 2017, pukul 06.45 WIB", at(2017, 9, 22, 6, 45, zone=WIB)),
        ("Senin, 02 Juni 2025 08:00 WITA", at(2025, 6, 2, 8)),
        ("Senin - 02 Juni 2025 08.00 WIT", at(2025, 6, 2, 8, zone=WIT)),
        ("11 Oktober 2021", on(2021, 10, 11)),
        ("11 Oktober 2021 5:03pm", at(2021, 10, 11, 17, 3)),
        ("11 Oktober 2021 12:03 a.m.", at(2021, 10, 11, 0, 3)),
        ("20 Des 2020 | 08:00 WIB", at(2020, 12, 20, 8, zone=WIB)),
        ("Jum’at, 3 Nopember 2017", on(2017, 11, 3)),
        ("3 Pebruari 2012", on(2012, 2, 3)),
        ("17 agu 2014", on(2014, 8, 17)),
        ("17-Agt-2014", on(2014, 8, 17)),
        ("17 Ags. 2014", on(2014, 8, 17)),
        ("Ahad, 5 Mei 2019", on(2019, 5, 5)),
        ("Rabu, 21 April 2021", on(2021, 4, 21)),
        ("Sabtu (08/02/2020)", on(2020, 2, 8)),
        ("5/9/13", on(2013, 9, 5)),
        ("5.9.2013", on(2013, 9, 5)),
        ("25/11/2020 14:00", at(2020, 11, 25, 14)),
        ("11/25/2020", on(2020, 11, 25)),
        ("1 June 2020", on(2020, 6, 1)),
        ("June 1st, 2020 at 5:03 PM", at(2020, 6, 1, 17, 3)),
        ("Oct 9, 1998", on(1998, 10, 9)),
        ("12 Januari 1969", on(1969, 1, 12)),
        # as the portal writes it, where midnight is a time that is not known
        ("12 Agustus 2019 Jam 23:30:45", at(2019, 8, 12, 23, 30, 45)),
        ("05 Maret 2015 Jam 00:00:00", on(2015, 3, 5)),
        ("Kamis, 5 Maret 2015 jam 00:00:00 WITA", on(2015, 3, 5)),
        ("5 Maret 2015 00:00:00", at(2015, 3, 5, 0, 0)),
    ],
)
def test_parse(text: str, expected: Stamp) -> None:
    stamp = dates.parse(text)
    assert stamp
    assert stamp.moment.replace(microsecond=0) == expected.moment
    assert stamp.precision == expected.precision


def test_parse_keeps_the_zone_it_was_written_in() -> None:
    stamp = dates.parse("Fri, 28 Apr 2017 10:05:00 +0700")
    assert stamp
    assert stamp.json() == "2017-04-28T10:05:00+07:00"
    named = dates.parse("Senin, 02 Juni 2025 08:00 WIT")
    assert named
    assert named.moment.tzinfo is WIT


def test_parse_takes_the_zone_it_is_told_where_none_is_written() -> None:
    stamp = dates.parse("2017-04-28 10:05:00", zone=UTC)
    assert stamp == at(2017, 4, 28, 10, 5, zone=UTC)
    assert dates.parse("28 Apr 2017", zone=UTC) == on(2017, 4, 28, zone=UTC)


@pytest.mark.parametrize(("text", "day"), [("2003", (2003, 1, 1)), ("2003-12", (2003, 12, 1))])
def test_a_bare_year_or_month_is_its_first_day_and_says_so(
    text: str, day: tuple[int, int, int]
) -> None:
    stamp = dates.parse(text)
    assert stamp == Stamp(datetime(*day, tzinfo=WITA), "estimated")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "   ",
        "kemarin",
        "Jam Operasional : 08.00 - 16.00",
        "24-28 Juni 2014",
        "30 April-3 Mei 2019",
        "30 April 2019 - 3 Mei 2019",
        "28 s.d 31 Maret 2016",
        *RANGES,
        "Selasa (26/2)",
        "17 Ramadhan 1434 H",
        "0000-01-01",
        "0000-00-00 00:00:00",
        "2003-13-45",
        "10000-01-01",
        "10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "31 Februari 2019",
        "١٢ أغسطس ٢٠١٩",
        "๒๖/๐๒/๒๕๕๖",
        "9" * 5_000,
        "1" * 5_000 + " Januari 2019",
    ],
)
def test_what_is_no_date(text: str | None) -> None:
    assert dates.parse(text) is None


WORDS_OF_DATES = """
    Selasa Jum'at (26/2) 26 2 31 Februari Nopember 0000 9999 10000 2013 - s.d. hingga T 24:00:60
    25:61 +2359 -12:00 +99:99 WITA EST pm lalu lahir ٣ ٢٠١٣ ² İ
"""
HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="0123456789-/.:, TZ+()"),
    st.lists(st.sampled_from(WORDS_OF_DATES.split())).map(" ".join),
    st.datetimes().map(str),
    st.datetimes(timezones=st.timezones()).map(datetime.isoformat),
)


@given(HOSTILE, HOSTILE)
def test_reading_never_raises_and_every_moment_can_be_shown(text: str, extra: str) -> None:
    for stamp in (dates.parse(text), dates.portal_stamp(text), dates.estimate(text, extra)):
        if stamp:
            assert stamp.moment.tzinfo is not None
            stamp.moment.astimezone(timezone(timedelta(hours=14)))
            stamp.moment.astimezone(timezone(timedelta(hours=-14)))
            assert stamp.json()
            assert dates.long(stamp)
            assert dates.compact(stamp)
            assert dates.listed(stamp, NOW, NOW)


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)).map(  # noqa: DTZ001 - bounds
        lambda moment: moment.replace(microsecond=0)
    ),
    st.integers(-14 * 60, 14 * 60),
)
def test_parse_reads_back_what_a_stamp_says(moment: datetime, offset: int) -> None:
    stamp = Stamp(moment.replace(tzinfo=timezone(timedelta(minutes=offset))), "time")
    assert dates.parse(stamp.json()) == stamp


@given(
    st.sampled_from(("", "Tue, ", "Jam, ", "Sen, ", "Dan, ", "Jan, ")),
    st.tuples(st.integers(0, 40), st.integers(0, 26), st.integers(0, 61), st.integers(0, 61)),
    st.sampled_from(("Jan", "Aug", "Mei", "Peb", "sep", "xyz")),
    st.sampled_from((2025, 999, 1000, 9998, 9999)),
    st.sampled_from(("", "GMT", "EST", "WITA", "xyz", "PM", "+0800", "-0330", "+2400", "+0860")),
)
def test_the_usual_form_of_feeds_is_read_as_within_other_text(
    weekday: str, numbers: tuple[int, int, int, int], month: str, year: int, zone: str
) -> None:
    day, *clock = numbers
    line = f"{weekday}{day:02} {month} {year} {':'.join(f'{part:02}' for part in clock)} {zone}"
    plain, within = dates.parse(line), dates.parse(f"{line} .")
    assert plain == within
    if plain and within:
        assert plain.json() == within.json()


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(("id", "en")))
def test_parse_reads_every_day_in_both_languages(day: date, language: i18n.Language) -> None:
    words = WORDS[language]
    month, weekday = words.months[day.month - 1], words.weekdays[day.weekday()]
    expected = on(day.year, day.month, day.day)
    assert dates.parse(f"{weekday}, {day.day} {month} {day.year}") == expected
    assert dates.parse(f"{day.day:02} {month[:3]} {day.year}") == expected
    assert dates.parse(f"{day:%d/%m/%Y}") == dates.parse(f"{day:%d-%m-%y}") == expected


# --- working out the date of a text ---


def test_the_seed_article(shared: Path) -> None:
    page = (shared / "seed/rakor-teknis.txt").read_text(encoding="utf-8")
    body, _, rest = page.partition("////")
    stamp = dates.estimate(body, rest.partition("\n")[0])
    assert stamp == Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated")
    assert dates.estimate(body) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kata Awang di Balikpapan, Selasa (26/2). Rakor 2013.", "2013-02-26"),
        ("kata Awang, Selasa (26/2), pada Rakor 2019", "2019-02-26"),
        ("pada Jum’at(22/12) tahun 2017", "2017-12-22"),
        ("Jum'at (22/12). RPJMD 2017-2021.", "2017-12-22"),
        ("ujarnya, Rabu (8/5) malam di Lamin Etam. Kaltim 2013.", "2013-05-08"),
        ("ujarnya, Rabu malam (8/5). Kaltim 2013.", "2013-05-08"),
        ("Rabu dini hari (8/5), ujar dia. Kaltim 2013.", "2013-05-08"),
        ("Jum at (22/12). Kaltim 2017.", "2017-12-22"),
        ("Selasa, 26 Februari, tahun anggaran 2013", "2013-02-26"),
        ("Sabtu (08/02/2020)", "2020-02-08"),
        ("BALIKPAPAN, Kamis 5/9/13.", "2013-09-05"),
        ("Rabu, 21 April 2021", "2021-04-21"),
        ("Jumat, 22 September 2017, pukul 06.45 WIB", "2017-09-22"),
        ("Minggu, 4 Nopember 2018", "2018-11-04"),
        ("Ahad (4/11/2018)", "2018-11-04"),
        ("Tuesday (26/2), said the governor in 2013", "2013-02-26"),
        ("Gubernur hadir (25/11/2020) di Samarinda", "2020-11-25"),
        ("Gubernur hadir (2/8/24) di Samarinda", "2024-08-02"),
        ("Gubernur hadir pada 21 April 2021", "2021-04-21"),
        ("Selasa tanggal 26 Februari 2013/15 Rabiul Akhir 1434 H", "2013-02-26"),
        ("Senin (21/9/2026), lalu dirayakan di kantor gubernur", "2026-09-21"),
        ("Senin 21 September 2026 lalu dirayakan bersama", "2026-09-21"),
        ("Selasa (26/2), lalu ke Samarinda. Kaltim 2013.", "2013-02-26"),
        # the first that fits, in text order
        ("Senin (25/2) dan Selasa (26/2) 2013", "2013-02-25"),
        ("24 dan 25 Juni 2014; Rabu (25/6/2014)", "2014-06-25"),
        ("Rabu (26/2) salah ketik; Selasa (26/2) benar, 2013", "2013-02-26"),
        # news before bare dates
        ("Tokoh kelahiran 12 Maret 1990 itu hadir, Selasa (26/2). Tahun 2013.", "2013-02-26"),
        ("UU Desa terbit 15 Januari 2014. Rapat digelar Selasa (4/3/2014).", "2014-03-04"),
    ],
)
def test_estimate(text: str, expected: str) -> None:
    stamp = dates.estimate(text)
    assert stamp
    assert stamp.json() == expected
    assert stamp.precision == "estimated"


@pytest.mark.parametrize(
    "text",
    [
        "Selasa (26/2)",
        "Selasa (26/2), tahun 2014",
        "Selasa (26/2): dari 2013 sampai 2019",
        "Selasa (26/2), nomor 12013 dan 20.134 orang, Rp2.013,5",
        "26 Februari di tahun 2013",
        "(26/2) tahun 2013",
        "Selasa (26/2): UU 3 Maret 2014 berlaku",
        "Minggu(8/9)pekan lalu 2013",
        "Minggu (8/9) lalu, 2013",
        "Minggu pekan lalu (8/9), 2013",
        "Minggu (8/9) mendatang, 2013",
        "Minggu (8/9/2013), pekan lalu",
        "Minggu (8/9/2013) yang lalu",
        "Minggu (8/9) yang akan datang, 2013",
        "Selasa (26/2) tahun lalu; 2013",
        "24-28 Juni 2014",
        "Senin-Rabu (24-26/6/2013)",
        "Senin (24/6) hingga Rabu (26/6) 2013",
        "30 April-3 Mei 2019",
        "30 April 2019 s.d. 3 Mei 2019",
        "28 s.d 31 Maret 2016",
        *RANGES,
        "lahir di Samarinda, 3 Maret 1992",
        "lahir di Samarinda, Selasa 3 Maret 1965",
        "akan digelar pada 27 November 2024",
        "Peraturan Nomor 5/9/13",
        "Proklamasi Jumat, 17 Agustus 1945",
        "12 Rabiul Awal 1434 H",
        "skor 2-3-13, pukul 10.30, naik 6,68 persen",
        "Rabu, 21 April 2020",
        "Selasa (31/2) 2013",
        "",
    ],
)
def test_estimate_leaves_open_what_the_text_does_not_settle(text: str) -> None:
    assert dates.estimate(text) is None


def test_a_stamp_that_the_text_quotes_tells_neither_day_nor_year() -> None:
    quoted = "Pada laman itu tertulis 12 Agustus 2019 Jam 23:30:45."
    assert dates.estimate(quoted) is None
    assert dates.estimate(f"{quoted} Kata dia, Selasa (26/2).") is None
    stamp = dates.estimate(f"{quoted} Kata dia, Selasa (26/2). Rakor 2013.")
    assert stamp
    assert stamp.json() == "2013-02-26"


def test_estimate_takes_years_from_caption_and_title_but_dates_from_the_body_first() -> None:
    body = "kata Awang, Selasa (26/2)"
    assert dates.estimate(body, "Foto: Rakor 2013", "Judul") == dates.estimate(body, "", "2013")
    stamp = dates.estimate(body, "Foto: Rabu (27/2/2013)")
    assert stamp
    assert stamp.json() == "2013-02-26"


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_weekday_and_its_year_settle_every_day(day: date) -> None:
    weekday = WORDS["id"].weekdays[day.weekday()]
    stamp = dates.estimate(f"kata dia, {weekday} ({day.day}/{day.month}).", f"Rakor {day.year}")
    assert stamp
    assert stamp.json() == day.isoformat()


def test_a_long_text_is_read_in_one_pass() -> None:
    text = "Selasa Selasa ( 26 / Senin, " * 20_000
    assert dates.estimate(text) is None


# --- showing ---


@pytest.mark.parametrize(
    ("ago", "indonesian", "short", "english"),
    [
        (timedelta(seconds=30), "baru saja", "baru saja", "just now"),
        (timedelta(seconds=-30), "baru saja", "baru saja", "just now"),
        (timedelta(minutes=1), "1 menit yang lalu", "1 menit lalu", "1 minute ago"),
        (timedelta(hours=3), "3 jam yang lalu", "3 jam lalu", "3 hours ago"),
        (timedelta(hours=23, minutes=59), "23 jam yang lalu", "23 jam lalu", "23 hours ago"),
        (timedelta(hours=25), "kemarin", "kemarin", "yesterday"),
        (timedelta(hours=36), "2 hari yang lalu", "2 hari lalu", "2 days ago"),
        (timedelta(days=6), "6 hari yang lalu", "6 hari lalu", "6 days ago"),
        (timedelta(days=8), "1 minggu yang lalu", "1 minggu lalu", "1 week ago"),
        (timedelta(days=65), "2 bulan yang lalu", "2 bulan lalu", "2 months ago"),
        (timedelta(days=7 * 365 + 40), "7 tahun yang lalu", "7 tahun lalu", "7 years ago"),
        (timedelta(hours=-5), "5 jam lagi", "5 jam lagi", "in 5 hours"),
        (timedelta(hours=-26), "besok", "besok", "tomorrow"),
        (timedelta(days=-2), "2 hari lagi", "2 hari lagi", "in 2 days"),
    ],
)
def test_relative(ago: timedelta, indonesian: str, short: str, english: str) -> None:
    moment = NOW - ago
    stamp = dates.Stamp(moment, "time")
    assert dates.relative(moment, NOW) == indonesian
    assert dates.ago_short(stamp, NOW) == short
    i18n.set_language("en")
    assert dates.relative(moment, NOW) == dates.ago_short(stamp, NOW) == english


def test_yesterday_is_that_of_wita() -> None:
    now = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # already the 25th in WITA
    assert dates.relative(datetime(2026, 11, 23, 16, 30, tzinfo=UTC), now) == "kemarin"


@pytest.mark.parametrize(
    ("stamp", "indonesian", "english"),
    [
        (at(2026, 11, 24, 5, 15), "3 jam yang lalu", "3 hours ago"),
        (at(2026, 11, 23, 7, 0), "kemarin", "yesterday"),
        (at(2026, 11, 22, 7, 0), "Min 22 Nov", "Sun 22 Nov"),
        (at(2026, 11, 17, 9, 0), "17 Nov 2026", "17 Nov 2026"),
        (on(2026, 11, 24), "hari ini", "today"),
        (on(2026, 11, 23), "kemarin", "yesterday"),
        (on(2026, 11, 18), "Rab 18 Nov", "Wed 18 Nov"),
        (on(2026, 11, 23, zone=WIT), "kemarin", "yesterday"),
        (on(2026, 8, 5), "5 Agu 2026", "5 Aug 2026"),
        (Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated"), "26 Feb 2013", "26 Feb 2013"),
        (on(2026, 11, 26), "26 Nov 2026", "26 Nov 2026"),
        (None, "disimpan 2 jam yang lalu", "saved 2 hours ago"),
    ],
)
def test_listed(stamp: Stamp | None, indonesian: str, english: str) -> None:
    fallback = NOW - timedelta(hours=2)
    assert dates.listed(stamp, fallback, NOW) == indonesian
    i18n.set_language("en")
    assert dates.listed(stamp, fallback, NOW) == english


@pytest.mark.parametrize(
    ("stamp", "indonesian", "english"),
    [
        (
            at(2019, 8, 12, 23, 30, 45),
            "Senin, 12 Agustus 2019 23.30 WITA",
            "Monday, 12 August 2019 23:30 WITA",
        ),
        (
            at(2019, 8, 12, 23, 30, zone=WIB),
            "Selasa, 13 Agustus 2019 00.30 WITA",
            "Tuesday, 13 August 2019 00:30 WITA",
        ),
        (on(2015, 3, 5), "Kamis, 5 Maret 2015", "Thursday, 5 March 2015"),
        (on(2015, 3, 5, zone=WIT), "Kamis, 5 Maret 2015", "Thursday, 5 March 2015"),
        (
            Stamp(datetime(2013, 2, 26, tzinfo=WITA), "estimated"),
            "26 Februari 2013 (perkiraan)",
            "26 February 2013 (estimated)",
        ),
    ],
)
def test_long(stamp: Stamp, indonesian: str, english: str) -> None:
    assert dates.long(stamp) == indonesian
    i18n.set_language("en")
    assert dates.long(stamp) == english


def test_compact_and_clock() -> None:
    assert dates.compact(at(2019, 8, 12, 23, 30, 45)) == "12 Agu 2019 23.30"
    assert dates.compact(on(2015, 3, 5)) == "05 Mar 2015"
    assert dates.clock(NOW) == "08.15 WITA"
    assert dates.clock(NOW.astimezone(UTC)) == "08.15 WITA"
    i18n.set_language("en")
    assert dates.compact(at(2019, 8, 12, 23, 30, 45)) == "12 Aug 2019 23:30"
    assert dates.clock(NOW) == "08:15 WITA"


def test_a_moment_at_the_end_of_time_is_shown_as_written() -> None:
    last = Stamp(datetime.max.replace(tzinfo=UTC), "time")
    assert dates.compact(last) == "31 Des 9999 23.59"


@pytest.mark.parametrize(
    ("precision", "back", "indonesian", "short"),
    [
        ("time", timedelta(hours=5), "5 jam yang lalu", "5 jam lalu"),
        ("day", timedelta(hours=5), "hari ini", "hari ini"),
        ("day", timedelta(days=-1), "besok", "besok"),
        ("day", timedelta(days=-3), "3 hari lagi", "3 hari lagi"),
        ("estimated", timedelta(days=1), "kemarin", "kemarin"),
        ("day", timedelta(days=3), "3 hari yang lalu", "3 hari lalu"),
        ("day", timedelta(days=800), "2 tahun yang lalu", "2 tahun lalu"),
    ],
)
def test_no_hours_are_told_where_the_hour_is_not_known(
    precision: dates.Precision, back: timedelta, indonesian: str, short: str
) -> None:
    now = datetime(2026, 11, 24, 8, 15, tzinfo=dates.WITA)
    moment = now - back
    if precision != "time":
        moment = moment.replace(hour=0, minute=0)
    stamp = dates.Stamp(moment, precision)
    assert dates.ago(stamp, now) == indonesian
    assert dates.ago_short(stamp, now) == short


@pytest.mark.parametrize("hours", range(-11, 13))
def test_a_day_is_told_by_the_calendar_whatever_its_zone(hours: int) -> None:
    day = datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=hours)))
    for hour in range(24):
        now = datetime(2026, 11, 24, hour, 40, tzinfo=WITA)
        assert dates.ago(Stamp(day, "day"), now) == "kemarin"
