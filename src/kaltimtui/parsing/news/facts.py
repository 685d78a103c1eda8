"""What the lines around a headline state: date, author, category.

Offices print them as one line, ``16 April 2014 Admin Website Berita Daerah 4442``, or one below
the other: author, date, time, category, ``221 kali dilihat``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kaltimtui import dates
from kaltimtui.parsing import sites
from kaltimtui.parsing.news.furniture import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.dates import Stamp

_LONGEST: Final = 120
_LABEL = (
    r"(?:(?:di)?(?:terbit|publikasi|posting|post|buat|rilis|tulis|unggah)(?:kan)?|tanggal|tgl"
    r"|publish(?:ed)?|posted|on|pada|last updated?)"
)
_DAY = (
    r"(?:(?:sen|sel|rab|kam|jum|sab|min|ahad|mon|tue|wed|thu|fri|sat|sun)\S{0,6},?\s*)?"
    r"(?:[0-9]{1,2}[ /.-](?:[0-9]{1,2}|[a-z]{3,9})[ /.,-]{1,2}[0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}|[a-z]{3,9}\.? [0-9]{1,2},? [0-9]{4})"
)
_BEHIND = (
    r"(?:\s+(?-i:in|dalam)\s+(?P<category>\D{2,60}?))?"
    r"(?:\s+[0-9.,]+\s+(?:komentar|comments?))?"
)
"""What may stand behind an author: category and count; ``Dalam Negeri`` belongs to a name."""
_ALL_IN_ONE = re.compile(
    rf"(?P<day>{_DAY})\s+(?P<author>admin\w*(?: (?:website|web|portal|dinas))?)\s+"
    r"(?P<category>\D{3,60}?)\s+[0-9.,]+",
    re.IGNORECASE,
)
_RUNS_ON = r"(?:(?!\b(?:oleh|by)\b).){0,25}(?-i:\b(?!(?:oleh|by)\b)[a-z]{3,} [a-z]{3,} [a-z]{3,}\b)"
"""How a sentence goes on that a date begins: ``20 Juni 2019 menjadi hari yang …``."""
_DATE_LINE = re.compile(
    rf"(?:{_LABEL}\s*:?\s*){{0,3}}(?P<day>{_DAY}\b(?!{_RUNS_ON}).{{0,40}}?)"
    rf"(?:[\s,–-]+(?:oleh|by)\s*:?\s*(?P<author>.{{2,40}}?){_BEHIND})?",
    re.IGNORECASE,
)
_CLOCK_LINE = re.compile(
    r"(?:(?:jam|pukul)\s*:?\s*)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?\s*(?:[ap]m|wib|wita|wit)?",
    re.IGNORECASE,
)
_AUTHOR_LINE = re.compile(
    r"(?:oleh|penulis|by|author|diposting oleh|posted by)\s*:?\s+(?P<author>.{2,60}?)"
    rf"(?:\s+(?:on|pada)\s+(?P<day>{_DAY}))?{_BEHIND}",
    re.IGNORECASE,
)
_ADMIN = re.compile(r"(?:super ?)?admin(?:istrator)?\b.{0,30}", re.IGNORECASE)
_CATEGORY_LINE = re.compile(r"(?:kategori|category|rubrik)\s*:?\s+(.{2,60})", re.IGNORECASE)
_PARTED = re.compile(r"\s*[|•·]\s*|\s+/\s+")


@dataclass(slots=True)
class Facts:
    """What was stated; filled while the lines are read."""

    published: Stamp | None = None
    author: str | None = None
    category: str | None = None


def facts_of(lines: Iterable[str]) -> Facts:
    """What the lines between a headline and the text state."""
    facts = Facts()
    before = ""
    day = ""
    parts = [part for line in lines if len(line) <= _LONGEST for part in _PARTED.split(line)]
    for part in filter(None, parts):
        if is_furniture(part):
            _take_category(facts, before, day)
        elif found := _ALL_IN_ONE.fullmatch(part):
            facts.author = facts.author or found["author"]
            facts.category = facts.category or found["category"]
            day = _take_day(facts, found["day"])
        elif found := _DATE_LINE.fullmatch(part):
            _take_before(facts, before, named=found["author"])
            facts.category = facts.category or found["category"]
            day = _take_day(facts, found["day"]) or day
            before = ""
            continue
        elif _CLOCK_LINE.fullmatch(part):
            if day:
                _take_day(facts, f"{day} {part}")
            continue
        else:
            _take_named(facts, part)
        before = part
    return facts


def is_fact(line: str) -> bool:
    """Whether a line does nothing but state a date, a time, an author or a category."""
    if len(line) > _LONGEST:
        return False
    patterns = (_ALL_IN_ONE, _DATE_LINE, _CLOCK_LINE, _AUTHOR_LINE, _CATEGORY_LINE, _ADMIN)
    parts = list(filter(None, _PARTED.split(line)))
    return bool(parts) and any(
        pattern.fullmatch(part) for part in (line, parts[0]) for pattern in patterns
    )


def _take_day(facts: Facts, day: str) -> str:
    stamp = dates.parse(day)
    if stamp is None:
        return ""
    if facts.published is None or facts.published.precision == "day":
        facts.published = stamp
    return day


def _take_named(facts: Facts, part: str) -> None:
    author = _AUTHOR_LINE.fullmatch(part)
    category = _CATEGORY_LINE.fullmatch(part)
    if category:
        facts.category = facts.category or category[1]
    elif author:
        facts.author = facts.author or author["author"]
        facts.category = facts.category or author["category"]
        if author["day"]:
            _take_day(facts, author["day"])
    elif _ADMIN.fullmatch(part):
        facts.author = facts.author or part


def _take_before(facts: Facts, before: str, *, named: str | None) -> None:
    """Before the date stands who wrote, unless it is a known category."""
    if before.lower() in sites.categories():
        facts.category = facts.category or before
        before = ""
    facts.author = facts.author or named or _short_name(before)


def _take_category(facts: Facts, before: str, day: str) -> None:
    """Between the date and the count of views stands the category."""
    if day and facts.category is None and before != facts.author:
        facts.category = _short_name(before)


def _short_name(line: str) -> str | None:
    return line if 2 <= len(line) <= 60 and len(line.split()) <= 8 and not is_fact(line) else None
