"""Who wrote an article and who took its picture, as the portal prints it.

A byline stands in brackets at the end of the last paragraph or on its own line: up to three
initials and the office's word, ``(jay/sul/humasprov kaltim)``. Initials without an office,
``(sul)``, ``(Rzk/ty)`` or ``(RW/TY)``, count only after a finished sentence, because a text may
end in a remark in brackets too; a single one in capitals, which are mostly abbreviations, only on
its own line. A picture's credit has the same form at the end of its caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OFFICE = re.compile(
    r"(?:hms|humas|adpim|adpem|diskominfo|kominfo|biro(?= ?(?:hum|adp)))[a-z]*"
    r"(?:[ .]{1,2}[a-z]{2,15}){0,4}\.?",
    re.IGNORECASE,
)
_PROVINCE = re.compile(r"prov|kaltim", re.IGNORECASE)
_INITIALS = re.compile(r"[a-z][a-z.'’]{0,11}(?: [a-z]{1,11})?", re.IGNORECASE)
_SHORT_INITIALS = re.compile(r"[A-Z]?[a-z]{1,4}|[A-Z]{2,4}")
_BRACKETS = re.compile(r"[\s/–-]*\(\s*([^()]{2,60}?)\s*\)\s*(\.?)[\s*.]*$")
_END: Final = 120
"""Characters at the end of a line in which brackets are looked for."""
_SOURCE_LINE = re.compile(
    r"\(?(?:sumber|source)(?: berita)?\s*:\s*([^:()]{3,60}?)\)?\.?", re.IGNORECASE
)
_FINISHED = (".", "!", "?", "”", '"', "’", "'", "…")
_NO_INITIALS: Final = frozenset(
    {
        *("ist", "dok", "foto", "dll", "dsb", "dst", "tgl", "jam", "wib", "wita", "wit", "ha"),
        *("apbd", "apbn", "asn", "pns", "umkm", "ukm", "bumn", "bumd", "dprd", "dpr", "opd"),
        *("skpd", "smp", "mts", "sma", "smk", "ktp", "bpjs", "npwp", "ikn", "tni", "lsm", "pkk"),
        *("tpid", "km", "kg", "ton", "m", "hari", "bulan", "tahun", "dan", "atau", "orang", "unit"),
    }
)
_ABBREVIATIONS: Final = frozenset(
    {
        *("IKM", "PAD", "DAU", "DAK", "CSR", "UU", "PP", "SK", "RT", "KPU", "KPK", "BPK", "SDM"),
        *("PAUD", "TK", "SD", "MI", "MA", "SLB", "KK", "NIK", "AD", "AL", "AU", "HIV", "AIDS"),
        *("ASI", "ODP", "PDP", "WFH", "WFO", "BBM", "LPG", "PLN", "PDAM", "CPO", "HAM", "HUT"),
        *("RI", "KB", "NKRI", "PHK", "UMK", "UMP", "UMR", "PPU", "USA"),
    }
)
"""What is none only in capitals."""
_MARK = re.compile(
    r"(?:/{2,}\s*(?:ket(?:erangan|\.)?\s*)?(?:foto|photo|gambar|caption)\b\s*[:.-]?|/{3,}"
    r"|(?:ket(?:erangan|\.)?\s*)?(?:foto|photo|gambar|caption)\s*:)\s*",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"(?:ist|istimewa|dok|dokumentasi)\.?|(?:dok\b|dokumentasi|foto|photo)\s*[./: ]\s*.{2,40}",
    re.IGNORECASE,
)
_LABEL_SENTENCE = re.compile(r"([A-Z][A-Z' -]{4,40})\.\s?(?=[A-Z])")
_INSIDE = re.compile(r"\s*\(\s*(?:foto|photo)\s*:\s*([^()]{2,60}?)\s*\)", re.IGNORECASE)
_BEGINS_LATER = re.compile(r"\s*(?<!/)(?=/{2,8}\s?(?:foto|photo|ket)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline without its brackets, and where the text before it ends."""

    name: str
    end: int
    full_stop: bool
    """Whether the full stop after the brackets is that of the sentence before them."""
    office: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said of a picture, and whose it is."""

    words: str | None
    credit: str | None


def byline_at_end(line: str) -> Byline | None:
    """The byline that a paragraph ends with, or is."""
    found = _BRACKETS.search(line, max(0, len(line) - _END))
    if found is None:
        return None
    before = line[: found.start()].rstrip()
    name = found[1]
    finished = not before or before.endswith(_FINISHED)
    office = has_office(name)
    initials = _are_initials(name) or (not before and _is_capital_initial(name))
    if not _is_sure(name) and not (finished and (office or initials)):
        return None
    return Byline(name, len(before), bool(found[2]) and not finished, office)


def has_office(name: str) -> bool:
    """Whether one part of a name is an office's word and the others could be initials."""
    parts = [part.strip() for part in re.split(r"[/,&]", name)]
    offices = [part for part in parts if _OFFICE.fullmatch(part)]
    rest = [part for part in parts if not _OFFICE.fullmatch(part)]
    return bool(offices) and all(_INITIALS.fullmatch(part) for part in rest)


def _is_sure(name: str) -> bool:
    """Whether a name is no mere abbreviation of an office, such as ``(Diskominfo)``."""
    return has_office(name) and ("/" in name or _PROVINCE.search(name) is not None)


def _are_initials(name: str) -> bool:
    parts = [part.strip() for part in name.split("/")]
    if any(map(_is_abbreviation, parts)):
        return False
    if len(parts) == 1:
        return re.fullmatch(r"[a-z]{2,4}", name) is not None
    return len(parts) <= 4 and all(_SHORT_INITIALS.fullmatch(part) for part in parts)


def _is_capital_initial(name: str) -> bool:
    return re.fullmatch(r"[A-Z]{2,3}", name) is not None and not _is_abbreviation(name)


def _is_abbreviation(part: str) -> bool:
    return part in _ABBREVIATIONS or part.lower() in _NO_INITIALS


def source_line(line: str) -> str | None:
    """The name in a line such as ``SUMBER : HUMAS PROV. KALTIM``."""
    found = _SOURCE_LINE.fullmatch(line.strip())
    return found[1].strip() if found and has_office_word(found[1]) else None


def caption_of(line: str) -> Caption | None:
    """The caption that a line is by its mark, ``//// Foto : …`` or ``foto:…``, or by its form."""
    line = line.strip()
    mark = _MARK.match(line)
    if mark:
        return _credited(line[mark.end() :])
    return Caption(None, line) if _is_stock(line) and has_office_word(line) else None


def top_caption_of(line: str) -> Caption | None:
    """The caption that a line above the first paragraph is: it ends in a credit or has a label."""
    marked = caption_of(line)
    if marked is not None:
        return marked
    found = _credited(line)
    if found.credit is not None and (_is_sure(found.credit) or _is_stock(found.credit)):
        return found
    found = Caption(line, None)
    return found if _LABEL_SENTENCE.match(line) else None


def _credited(line: str) -> Caption:
    """A caption parted from the credit in brackets at its end; a credit alone is one too."""
    line = line.strip()
    found = _BRACKETS.search(line, max(0, len(line) - _END))
    if found and is_credit(found[1]):
        return Caption(line[: found.start()].rstrip() or None, found[1])
    bare = line.rstrip(".")
    if len(bare.split()) <= 3 and is_credit(bare):
        return Caption(None, bare)
    return Caption(line or None, None)


def is_credit(name: str) -> bool:
    """Whether words in brackets below a picture tell whose it is."""
    return has_office(name) or _is_stock(name) or has_office_word(name) or _are_initials(name)


def _is_stock(name: str) -> bool:
    return len(name) <= 60 and _STOCK.fullmatch(name) is not None


def has_office_word(name: str) -> bool:
    """Whether an office's word stands anywhere in a short text."""
    return len(name) <= 60 and _OFFICE.search(name) is not None


def inner_credits(line: str) -> list[tuple[int, int, str]]:
    """Credits such as ``(foto : istimewa)`` within a paragraph: where each stands, and its name."""
    return [(found.start(), found.end(), found[1]) for found in _INSIDE.finditer(line)]


def caption_start(line: str) -> int | None:
    """Where a caption begins that stands on the same line as the text before it."""
    found = _BEGINS_LATER.search(line, 1)
    return found.start() if found else None
