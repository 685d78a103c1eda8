"""Where the sentences of Indonesian news end.

A full stop also stands behind abbreviations, initials and degrees, within clock times and
amounts, and in what somebody is quoted with; a sentence that holds a quotation is one sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING: Final = "“‘\"'(["
_CLOSING: Final = "”’\"')]"
_END: Final = re.compile(rf"(?<![.!?…])(?P<mark>[.!?…]+)[{re.escape(_CLOSING)}]*(?= (?P<next>\S+))")
_INITIALS: Final = re.compile(r"(?:[A-Z][a-z]?\.)*[A-Z]")
"""``A``, ``M.S`` and the like, before their last full stop."""
_DEGREE: Final = re.compile(r"(?:[SM]|Dr|Ph|A\.Md|Sp)\.[A-Za-z.]{1,8}")
_NUMBER: Final = re.compile(r"\(?\d{1,3}")
_PAIRS: Final = (("“", "”"), ("(", ")"))
_REACH: Final = 1_500
"""So far behind an opening quotation mark its end is looked for."""
_NEVER_LAST: Final = frozenset(
    {
        *("dr", "drs", "dra", "drg", "drh", "ir", "h", "hj", "prof", "kh", "k.h", "ust", "tgk"),
        *("bpk", "sdr", "sdri", "tn", "ny", "nn", "yth", "st", "mr", "mrs", "ms", "jr"),
        *("jend", "letjen", "mayjen", "brigjen", "kol", "letkol", "may", "kapt", "lettu", "letda"),
        *("irjen", "kombes", "kompol", "pol", "inf", "kav", "laks", "marsda", "marsma", "serka"),
        *("no", "nomor", "rp", "tgl", "jl", "jln", "gg", "kel", "kec", "kab", "prov", "ds", "rt"),
        *("hlm", "hal", "ps", "vol", "ed", "ayat", "vs", "a.n", "u.p", "s.d", "d.a", "c.q", "a.l"),
        *("tlp", "telp", "hp", "km", "pt", "cv", "ud", "fa", "jan", "feb", "agt", "sept", "okt"),
        *("nov", "des", "bin", "alm", "almh", "red"),
    }
)
"""Abbreviations behind which a sentence goes on, whatever follows."""


def sentences(words: str) -> Iterator[str]:
    """The sentences of one paragraph, in order; white space is folded, nothing else changes."""
    line = " ".join(words.split())
    begun = 0
    held = _held(line)
    for found in _END.finditer(line):
        inside = any(start <= found.start("mark") < end for start, end in held)
        if not inside and _ends(found, line[begun : found.start("mark")]):
            yield line[begun : found.end()]
            begun = found.end() + 1
    if line[begun:]:
        yield line[begun:]


def _ends(found: re.Match[str], said: str) -> bool:
    """Whether a full stop or another such mark ends what was ``said`` since the last one."""
    following = found["next"].lstrip(_OPENING)
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return False
    if found["mark"] != ".":
        return True
    word = said.rpartition(" ")[2].strip(_OPENING + _CLOSING)
    if not word:
        return False
    abbreviated = (
        word.lower() in _NEVER_LAST
        or _INITIALS.fullmatch(word) is not None
        or _DEGREE.fullmatch(word) is not None
    )
    return not abbreviated and _NUMBER.fullmatch(said) is None


def _held(line: str) -> list[tuple[int, int]]:
    """What stands within quotation marks and brackets that are closed, but for the last mark in it.

    A mark that nothing closes holds nothing. ``"Benar." Ia pergi`` ends behind the quotation.
    """
    spans = [
        (found.start(), found.end() - 2)
        for opening, closing in _PAIRS
        for found in re.finditer(
            rf"{re.escape(opening)}[^{re.escape(opening + closing)}]{{0,{_REACH}}}"
            rf"{re.escape(closing)}",
            line,
        )
    ]
    straight = [found.start() for found in re.finditer('"', line)]
    pairs = zip(straight[::2], straight[1::2], strict=False)
    return spans + [(start, end - 1) for start, end in pairs if end - start <= _REACH]
