"""Dates as news writes them: read, worked out from running text, and shown.

Names of months and weekdays are known in Indonesian (old spellings and short forms too) and in
English (``almanac.py``). Numbers are day first, as Indonesia writes them. What is shown is shown
in WITA, the time of East Kalimantan.

Reading never raises, whatever the text: what is no date is ``None``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kaltimtui import i18n
from kaltimtui.almanac import MONTHS, WEEKDAYS, WORDS, ZONES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

WIB: Final = timezone(timedelta(hours=7), "WIB")
WITA: Final = timezone(timedelta(hours=8), "WITA")
WIT: Final = timezone(timedelta(hours=9), "WIT")

Precision = Literal["time", "day", "estimated"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment, and how much of it is known.

    ``moment`` is aware, in the zone it was written in; with a precision other than ``time`` it
    is midnight and only its date counts.
    """

    moment: datetime
    precision: Precision

    def json(self) -> str:
        """``2019-08-12T23:30:45+08:00`` where the time is known, else ``2015-03-05``."""
        if self.precision == "time":
            return self.moment.isoformat(timespec="seconds")
        return self.moment.date().isoformat()


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True)).replace(" ", r"\s")


_MONTH = _either(MONTHS)
_WEEKDAY = _either(WEEKDAYS)
_APOSTROPHES: Final = str.maketrans("’‘`´ʼ", "'''''")


def _simple(text: str) -> str:
    return text.translate(_APOSTROPHES).lower()


# --- reading one date ---------------------------------------------------------------------

_YEARS: Final = range(1000, 9999)
"""Years that stay within datetime's bounds in any time zone."""
_LONGEST: Final = 200
"""Characters of a single date that are looked at."""

_PORTAL = (
    rf"([0-9]{{2}}) ({'|'.join(WORDS['id'].months)}) ([0-9]{{4}})"
    r" Jam ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])"
)
_TIME = (
    r"(?<![0-9.:])(?P<hour>2[0-4]|[01]?[0-9])[:.](?P<minute>[0-5][0-9])"
    r"(?:[:.](?P<second>[0-5][0-9]|60)(?:[.,][0-9]+)?)?(?![0-9:])"
)
_ZONE = (
    r"\s*\(?(?:(?:gmt|utc?)?(?P<sign>[+-])(?P<hours>[01]?[0-9]|2[0-3]):?(?P<minutes>[0-5][0-9])?"
    r"(?![0-9])|(?P<name>[a-z]{1,4})\b)"
)
_CLOCK = rf"{_TIME}\s?(?P<half>[ap]\.?m\b\.?)?(?:{_ZONE})?"
_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})(?![0-9:])"
_NTH = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR_FIRST = r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])"
_DAY_FIRST = rf"{_NTH}[\s.,/-]{{0,3}}(?P<m>{_MONTH})\b[\s.,/'-]{{1,3}}{_YEAR}"
_MONTH_FIRST = (
    rf"\b(?P<m>{_MONTH})\b[\s.]{{1,3}}{_NTH}\b[\s,]{{1,3}}"
    rf"(?P<clock>[0-9:]{{4,8}}\s(?:[a-z]{{1,4}}\s)?)?{_YEAR}"
)
_NUMBERS = rf"(?P<d>[0-9]{{1,2}})(?P<mark>[/.-])(?P<m>[0-9]{{1,2}})(?P=mark){_YEAR}"
_DATES: Final = tuple(
    rf"(?<![0-9])(?:{form})" for form in (_YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST, _NUMBERS)
)
_ISO = r"[0-9]{4}-?(?:[0-9]{2}-?[0-9]{2}|W[0-9]{2}-?[1-7])(?:[T ].*)?"
_RFC_822 = (
    r"(?:[a-z]{3}, )?(?P<d>[0-9]{2}) (?P<m>[a-z]{3}) (?P<y>[0-9]{4})"
    r" (?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])"
    r" (?:(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3])(?P<minutes>[0-5][0-9])|(?P<name>[a-z]{3,4}))"
)
_PART_OF_ISO = r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?"
_TO = r"(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\sdengan)?|hingga)"
_ENDING = rf"(?:(?:{_WEEKDAY}|tanggal|tgl\.?)[\s,(]{{0,3}}){{0,2}}"
_RANGE_BEFORE = (
    rf"(?:(?:(?<![0-9:.])[0-9]{{1,2}}|(?<=/)[0-9]{{4}})\)?|\b(?:{_MONTH})(?:\s[0-9]{{4}})?)"
    rf"\s?{_TO}\s?{_ENDING}$|\b(?:{_WEEKDAY})\s?{_TO}\s?(?:{_WEEKDAY})[\s,(]{{0,3}}$"
    r"|(?<![0-9:./])[0-9]{1,2}\s?(?:dan|&)\s?$"
)
_RANGE_AFTER = rf"\)?\s?{_TO}\s?{_ENDING}[0-9]{{1,2}}(?:/|\s(?:{_MONTH})\b)"
_NO_TIME = r"\bjam 00:00:00\b"
"""How the portal writes that it does not know the time."""


@lru_cache(maxsize=2_048)
def portal_stamp(text: str) -> Stamp | None:
    """The stamp of the portal's lists, ``DD Bulan YYYY Jam HH:MM:SS``, in WITA.

    The portal writes 00:00:00 where it does not know the time.
    """
    said = re.fullmatch(_PORTAL, text.strip())
    if not said:
        return None
    day, month, year, *clock = said.groups()
    midnight = _midnight(int(year), MONTHS[month.lower()], int(day), WITA)
    if midnight is None:
        return None
    hour, minute, second = map(int, clock)
    if hour == minute == second == 0:
        return Stamp(midnight, "day")
    return Stamp(midnight.replace(hour=hour, minute=minute, second=second), "time")


def parse(text: str | None, *, zone: tzinfo = WITA) -> Stamp | None:
    """The one date that a text states, as feeds, pages and people write it.

    ISO 8601, RFC 822 and its sloppy kin, and the written forms of Indonesian and English; a
    weekday is not checked. ``zone`` holds where the text names none. A bare year or year and
    month is its first day, estimated. A range of days is no date.
    """
    if not text:
        return None
    line = " ".join(text[:_LONGEST].split())
    simple = _simple(line)
    return _rfc_822(simple, zone) or _iso(line, zone) or _written(simple, zone)


def _midnight(year: int, month: int, day: int, zone: tzinfo) -> datetime | None:
    if year not in _YEARS:
        return None
    try:
        return datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None


def _rfc_822(line: str, zone: tzinfo) -> Stamp | None:
    """What ``_written`` finds too, but at one go: nearly all feeds write their dates so."""
    found = re.fullmatch(_RFC_822, line)
    if not found or found["m"] not in MONTHS:
        return None
    midnight = _midnight(int(found["y"]), MONTHS[found["m"]], int(found["d"]), zone)
    if midnight is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    written = _zone(found) or zone
    return Stamp(midnight.replace(hour=hour, minute=minute, second=second, tzinfo=written), "time")


def _iso(line: str, zone: tzinfo) -> Stamp | None:
    if part := re.fullmatch(_PART_OF_ISO, line):
        first = _midnight(int(part[1]), int(part[2] or 1), 1, zone)
        return Stamp(first, "estimated") if first else None
    if not re.fullmatch(_ISO, line):
        return None
    try:
        moment = datetime.fromisoformat(line)
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return Stamp(moment, "time" if ":" in line or "T" in line else "day")


def _written(line: str, zone: tzinfo) -> Stamp | None:
    for form in _DATES:
        for found in re.finditer(form, line):
            before, after = line[: found.start()], line[found.end() :]
            if re.search(_RANGE_BEFORE, before) or re.match(_RANGE_AFTER, after):
                continue
            midnight = _found_day(found, zone)
            if midnight:
                clock = found.groupdict().get("clock") or ""
                return _at_clock(midnight, f"{before} {clock} {after}")
    return None


def _found_day(found: re.Match[str], zone: tzinfo) -> datetime | None:
    month = MONTHS.get(found["m"]) or int(found["m"])
    day, year = int(found["d"]), _year(found["y"])
    if month > 12 and "mark" in found.groupdict():
        day, month = month, day  # written month first: no other reading is possible
    return _midnight(year, month, day, zone)


def _year(written: str) -> int:
    """A year in four digits, or in two, which reach from 1970 to 2069."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def _at_clock(midnight: datetime, rest: str) -> Stamp:
    clock = re.search(_CLOCK, rest)
    if not clock or re.search(_NO_TIME, rest):
        return Stamp(midnight, "day")
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].startswith("p") else 0)
    moment = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    written = _zone(clock)
    return Stamp(moment.replace(tzinfo=written) if written else moment, "time")


def _zone(clock: re.Match[str]) -> tzinfo | None:
    name = clock["name"]
    if clock["sign"]:
        ahead = timedelta(hours=int(clock["hours"]), minutes=int(clock["minutes"] or 0))
        return timezone(ahead if clock["sign"] == "+" else -ahead)
    for known in (WIB, WITA, WIT):
        if name == str(known).lower():
            return known
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else None


# --- working out the date of a text -------------------------------------------------------

_NEWS_YEARS: Final = range(1990, 2100)
_NAMED_YEAR = r"(?<![0-9])(?<![0-9][.,])(199[0-9]|20[0-9]{2})(?![0-9]|[.,][0-9])"
_PART_OF_DAY = r"pagi|siang|sore|petang|malam|dini\shari"
_ELSEWHEN = (
    r"(?:(?:pekan|minggu|bulan|tahun)\s(?:yang\s)?(?:lalu|kemarin|silam|depan|mendatang)"
    r"|(?:yang\s)?(?:lalu|silam|akan\sdatang)|mendatang|depan|nanti|besok|lusa)\b"
)
_MENTION = rf"""
    (?: \b(?P<weekday>{_WEEKDAY})\b
        (?: [\s,]{{0,3}} (?:{_PART_OF_DAY}|tanggal|tgl\.?|(?P<elsewhen>{_ELSEWHEN})) )? [\s,]{{0,3}}
    )?
    (?P<open>[(\[]\s?)? (?<![0-9/.,-]) (?:
        (?P<d>[0-9]{{1,2}}) (?P<mark>[/.-]) (?P<m>[0-9]{{1,2}})
        (?: (?P=mark)(?P<y>[0-9]{{4}}|[0-9]{{2}}) )? (?![0-9]|[/.-][0-9])
      | (?P<wd>[0-9]{{1,2}}) \s{{1,2}} (?P<wm>{_MONTH})\b \.?
        (?: [\s,]{{1,2}}(?P<wy>[0-9]{{4}})(?![0-9]) )?
    )
    """

_ELSEWHEN_AFTER = (
    rf"\s?[)\]]?(?P<gap>[\s,]{{0,2}})(?:(?:{_PART_OF_DAY})\s)?(?P<elsewhen>{_ELSEWHEN})"
)
_NO_NEWS_BEFORE = (
    r"\b(?:lahir|kelahiran|wafat|born|akan|rencana\w*|dijadwalkan|hingga|sampai|sejak|mulai"
    r"|paling\slambat|berlaku|nomor|no)\b[^;!?\n]{0,40}$"
)
_QUOTED = rf"[0-9]{{2}} (?:{_MONTH}) [0-9]{{4}} jam [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}"
_CONTEXT: Final = 80
"""Characters before and after a date that are looked at."""


class _Mention(NamedTuple):
    """A date in running text: with its weekday or in brackets it tells of news."""

    year: int | None
    month: int
    day: int
    weekday: int | None
    news: bool

    def settle(self, years: list[int]) -> date | None:
        """The day it means, if the year that is written, or just one that is named, fits."""
        fitting = [
            day
            for year in ([self.year] if self.year else years)
            if (day := _day(year, self.month, self.day)) and self.weekday in (None, day.weekday())
        ]
        return fitting[0] if len(fitting) == 1 else None


def estimate(text: str, *extra: str) -> Stamp | None:
    """The day an article tells of, worked out from its body and, after it, its caption and title.

    The first date that fits wins. One without a year needs its weekday, and the one named year
    (1990 to 2099, in any of the texts) in which it falls on that weekday; where none or several
    do, it stays open. One with a year must agree with its weekday, if it has one.

    A bare date, with neither weekday nor brackets, counts only where the text has no news date
    such as ``Selasa (26/2)`` at all, not even one left open: it may be a birthday or the date
    of a law. Ranges, and days that are said to lie in another week, month or year, or to be
    still to come, never count; neither does a stamp of the portal that the text quotes.
    """
    texts = [re.sub(_QUOTED, " ", _simple(part)) for part in (text, *extra)]
    years = sorted({int(year) for part in texts for year in re.findall(_NAMED_YEAR, part)})
    mentions = [mention for part in texts for mention in _mentions(part)]
    news = [mention for mention in mentions if mention.news]
    for mention in news or mentions:
        day = mention.settle(years)
        if day:
            return Stamp(datetime(day.year, day.month, day.day, tzinfo=WITA), "estimated")
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _mentions(text: str) -> Iterator[_Mention]:
    for found in re.finditer(_MENTION, text, re.VERBOSE):
        mention = _read_mention(found)
        if mention and not _misleads(found, text, dated=mention.weekday is not None):
            yield mention


def _read_mention(found: re.Match[str]) -> _Mention | None:
    weekday = WEEKDAYS.get(found["weekday"] or "")
    written = found["y"] or found["wy"]
    year = _year(written) if written else None
    if weekday is None and year is None:
        return None
    if year is not None and year not in _NEWS_YEARS:
        return None
    if found["d"] and found["mark"] != "/" and len(written or "") < 4:
        return None  # 10.30 and 2-3 are clock times, amounts and scores
    month = int(found["m"]) if found["d"] else MONTHS[found["wm"]]
    day = int(found["d"] or found["wd"])
    return _Mention(year, month, day, weekday, weekday is not None or bool(found["open"]))


def _misleads(found: re.Match[str], text: str, *, dated: bool) -> bool:
    start = max(found.start("d"), found.start("wd"))
    before = text[max(0, start - _CONTEXT) : start]
    after = text[found.end() : found.end() + _CONTEXT]
    return bool(
        found["elsewhen"]
        or re.search(_RANGE_BEFORE, before)
        or re.match(_RANGE_AFTER, after)
        or _is_elsewhen(found, after)
        or (not dated and re.search(_NO_NEWS_BEFORE, before))
    )


def _is_elsewhen(found: re.Match[str], after: str) -> bool:
    """Whether the words after a date say that it lies in another week, month or year."""
    said = re.match(_ELSEWHEN_AFTER, after)
    if said is None:
        return False
    # "lalu" is "last" right after a day; past a comma, or where the year is told, it is "then".
    return said["elsewhen"] != "lalu" or not ("," in said["gap"] or found["y"] or found["wy"])


# --- showing ------------------------------------------------------------------------------

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_STEPS: Final = (
    (365 * _DAY, "year"),
    (30 * _DAY, "month"),
    (7 * _DAY, "week"),
    (_DAY, "day"),
    (_HOUR, "hour"),
    (_MINUTE, "minute"),
)


def _words() -> Words:
    return WORDS[i18n.language()]


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone(WITA)
    except (OverflowError, ValueError):
        return moment


def _amount(seconds: int) -> str:
    """A minute or more as whole years, months, weeks, days, hours or minutes."""
    length, unit = next((step for step in _STEPS if seconds >= step[0]), _STEPS[-1])
    count = max(1, seconds // length)
    one, more = _words().units[unit]
    return f"{count} {one if count == 1 else more}"


def _distance(moment: datetime, now: datetime, ago: str) -> str:
    words = _words()
    seconds = int((now - moment).total_seconds())
    if abs(seconds) < _MINUTE:
        return words.now
    if abs(seconds) >= _DAY:  # from here on days of the calendar count
        return _days_apart((_local(now).date() - _local(moment).date()).days, ago)
    return (ago if seconds > 0 else words.ahead).format(_amount(abs(seconds)))


def _days_apart(days: int, ago: str) -> str:
    words = _words()
    if days in (1, -1):
        return words.yesterday if days == 1 else words.tomorrow
    return (ago if days > 0 else words.ahead).format(_amount(abs(days) * _DAY))


def relative(moment: datetime, now: datetime) -> str:
    """How long ago, or how far ahead: "3 jam yang lalu", "kemarin", "2 hari lagi"."""
    return _distance(moment, now, _words().ago)


def ago(stamp: Stamp, now: datetime) -> str:
    """How long ago, by days where the time of day is not known: "hari ini", "3 hari yang lalu"."""
    return _ago(stamp, now, _words().ago)


def ago_short(stamp: Stamp, now: datetime) -> str:
    """The same for a column."""
    return _ago(stamp, now, _words().ago_short)


def _ago(stamp: Stamp, now: datetime, form: str) -> str:
    if stamp.precision == "time":
        return _distance(stamp.moment, now, form)
    days = (_local(now).date() - stamp.moment.date()).days
    return _days_apart(days, form) if days else _words().today


def listed(stamp: Stamp | None, fallback: datetime, now: datetime) -> str:
    """The time of a row: relative within a day, then "kemarin", "Sel 24 Nov", "26 Feb 2013".

    ``fallback`` is when the article was first seen; where its own time is not known, the row says
    that this is when it was saved.
    """
    said = _listed(stamp, fallback, now)
    return said if stamp else _words().saved.format(said)


def _listed(stamp: Stamp | None, fallback: datetime, now: datetime) -> str:
    timed = stamp is None or stamp.precision == "time"
    moment = stamp.moment if stamp else fallback
    if timed and abs((now - moment).total_seconds()) < _DAY:
        return relative(moment, now)
    day = (_local(moment) if timed else moment).date()
    days = (_local(now).date() - day).days
    words = _words()
    if days in (0, 1):
        return words.yesterday if days else words.today
    short_month = words.months[day.month - 1][:3]
    if 0 < days < 7:
        return f"{words.weekdays[day.weekday()][:3]} {day.day} {short_month}"
    return f"{day.day} {short_month} {day.year}"


def long(stamp: Stamp) -> str:
    """In full: "Senin, 12 Agustus 2019 23.30 WITA", "Kamis, 5 Maret 2015", "... (perkiraan)"."""
    words = _words()
    moment = _local(stamp.moment) if stamp.precision == "time" else stamp.moment
    day = f"{moment.day} {words.months[moment.month - 1]} {moment.year}"
    if stamp.precision == "estimated":
        return words.estimated.format(day)
    full = f"{words.weekdays[moment.weekday()]}, {day}"
    return f"{full} {clock(moment)}" if stamp.precision == "time" else full


def compact(stamp: Stamp) -> str:
    """For a column: "12 Agu 2019 23.30", "05 Mar 2015"."""
    moment = _local(stamp.moment) if stamp.precision == "time" else stamp.moment
    day = f"{moment.day:02} {_words().months[moment.month - 1][:3]} {moment.year}"
    return f"{day} {_words().clock.format(moment)}" if stamp.precision == "time" else day


def clock(moment: datetime) -> str:
    """The time of day: "08.15 WITA", or "08:15 WITA" in English."""
    return f"{_words().clock.format(_local(moment))} WITA"
