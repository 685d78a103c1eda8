"""The place that an article opens with, in all the ways the portal and its offices part it off.

``BALIKPAPAN - Gubernur …``, ``Balikpapan- …``, ``SAMARINDA. …``, ``TENGGARONG, Kamis 5/9/13. …``.
A dash is enough after a place in capitals; weaker separators need a place that is known, and a
misspelt one is known by its likeness.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PLACES: Final = frozenset(
    place
    for line in (
        "samarinda, balikpapan, bontang, tenggarong, sangatta, sendawar, penajam, paser, berau",
        "tana paser, tanah paser, tanah grogot, tana grogot, tanjung redeb, kutai kartanegara",
        "kutai timur, kutai barat, penajam paser utara, mahakam ulu, mahakam hulu, ujoh bilang",
        "kukar, kutim, kubar, mahulu, ppu, long bagun, long apari, long iram, sangkulirang",
        "muara badak, muara jawa, muara wahau, muara ancalong, muara muntai, muara kaman, anggana",
        "samboja, sepaku, loa janan, loa kulu, kota bangun, tabang, kembang janggut, sebulu, melak",
        "barong tongkok, bengalon, kaliorang, kongbeng, talisayan, maratua, derawan, batu putih",
        "tarakan, nunukan, malinau, tanjung selor, bulungan, tana tidung, kalimantan timur, kaltim",
        "jakarta, surabaya, bandung, yogyakarta, jogjakarta, semarang, solo, surakarta, malang",
        "makassar, banjarmasin, banjarbaru, martapura, palangkaraya, palangka raya, pontianak",
        "singkawang, denpasar, nusa dua, badung, bali, mataram, lombok, medan, padang, pekanbaru",
        "palembang, batam, jambi, bengkulu, bandar lampung, lampung, serang, bogor, depok, bekasi",
        "tangerang, cirebon, manado, palu, kendari, gorontalo, mamuju, ambon, ternate, sorong",
        "jayapura, merauke, kupang, labuan bajo, banda aceh, pangkal pinang, tanjung pinang",
        "nusantara, ikn, ikn nusantara, singapura, kuala lumpur, tawau, kota kinabalu, kuching",
        "bangkok, beijing, tokyo, seoul, mekkah, makkah, madinah, jeddah, indramayu, sukabumi",
    )
    for place in line.split(", ")
)
_LIKENESS: Final = 0.85
_LONGEST: Final = 160
"""Characters of a paragraph in which its place is looked for."""

_CAPITALS = r"[A-Z][A-Z'’]+(?: [A-Z][A-Z'’]+){0,3}?"
_TITLE = r"[A-Z][a-z'’]+(?: [A-Z][a-z'’]+){0,2}?"
_PLACE = rf"(?P<place>{_CAPITALS}|{_TITLE})"
_DASH = r"[-–—−]{1,3}(?:\s?-)?"
_TEXT = r"(?=[A-Z0-9“”\"‘’'(]|$)"
_DAY = (
    r"\(?(?:(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu)\b[\s,]*)?"
    r"\(?\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?|\s+[A-Z][a-z]+(?:\s+\d{4})?)\)?"
)
_DATED = re.compile(rf"{_PLACE},?\s*(?P<date>{_DAY})\s*(?:{_DASH}|[.:,])\s*{_TEXT}")
_DASHED = re.compile(rf"{_PLACE}\s*{_DASH}\s*(?=\S|$)")
_TEXT_FOLLOWS = re.compile(_TEXT)
_TIGHT = re.compile(r"\S-\S")
_STOPPED = re.compile(rf"{_PLACE}\s?[.:]\s*{_TEXT}")
_PLAIN = re.compile(rf"(?P<place>{_CAPITALS})(?:,\s*|\s+)(?=[“”\"]|[A-Z][a-z])")
_WITHIN = re.compile(
    rf"(?P<before>[^\n]{{2,{_LONGEST}}}?[\s.:])(?P<place>{_CAPITALS})\s*{_DASH}\s*{_TEXT}"
)
_NO_PLACE: Final = frozenset(
    {
        *("pemprov", "gubernur", "wakil", "dinas", "badan", "kepala", "bupati", "wali", "presiden"),
        *("menteri", "sekretaris", "ketua", "tim", "pt", "kata", "rapat", "biro", "anggota"),
    }
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A place as printed, where the text after it begins, and what else stood with it."""

    place: str
    start: int
    before: str = ""
    """A kicker, or the headline once more, on the same line before the place."""
    date: str = ""


def dateline_of(paragraph: str) -> Dateline | None:
    """The place that a paragraph opens with."""
    line = paragraph[:_LONGEST]
    for pattern, fits in ((_DATED, _is_placelike), (_DASHED, _is_dashed), (_STOPPED, _is_known)):
        found = pattern.match(line)
        if found and fits(found):
            day = found.groupdict().get("date") or ""
            return Dateline(found["place"], found.end(), date=day)
    found = _PLAIN.match(line)
    if found and _is_known(found) and found["place"].lower() != "kaltim":
        return Dateline(found["place"], found.end())
    return _within(line)


def _within(line: str) -> Dateline | None:
    found = _WITHIN.match(line)
    if found and _is_known(found):
        return Dateline(found["place"], found.end(), before=found["before"].strip(" .:-–—"))
    return None


def _is_known(found: re.Match[str]) -> bool:
    return is_place(found["place"])


def _is_dashed(found: re.Match[str]) -> bool:
    """A hyphen between letters joins a word, unless a place comes before it and a text after it."""
    tight = _TIGHT.search(found.string[: found.end() + 1], len(found["place"]) - 1)
    begins = _TEXT_FOLLOWS.match(found.string, found.end())
    if _is_known(found):
        return not tight or begins is not None
    return not tight and begins is not None and _is_placelike(found)


def _is_placelike(found: re.Match[str]) -> bool:
    first = re.split(r"[ .]", found["place"], maxsplit=1)[0].lower()
    return first not in _NO_PLACE and len(found["place"]) <= 30


@lru_cache(maxsize=1_000)
def is_place(name: str) -> bool:
    """Whether a name is that of a place in the news of the province, also where misspelt."""
    simple = " ".join(name.lower().replace(".", "").split())
    if simple in _PLACES:
        return True
    alike = [place for place in _PLACES if place[0] == simple[:1] and _near(place, simple)]
    return len(simple) > 5 and bool(difflib.get_close_matches(simple, alike, 1, _LIKENESS))


def _near(place: str, name: str) -> bool:
    return abs(len(place) - len(name)) <= 2
