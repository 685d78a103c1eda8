"""Pages that stand where another was asked for: a login, an error in plain words, a parked domain.

They are told by what they say and hold, since servers often answer them with success.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from kaltimtui.parsing.html.elements import Element

Barrier: TypeAlias = Literal["login", "missing", "parked"]

_SHORT: Final = 3_000
"""Characters of visible text that such a page has at most; a page of news has more."""
_BARE: Final = 800
"""Characters of visible text beside a field for a password that make a page a login."""
_HEADLINE: Final = 4
"""Words from which a link may be a headline."""
_HEADLINES: Final = 3
_LOGIN = re.compile(
    r"\W*(?:halaman\s+|silakan\s+|please\s+)?"
    r"(?:log[\s-]?in|log[\s-]?on|masuk|sign[\s-]?in|autentikasi|authentication)\b"
    r"(?!\s+(?:ke|dalam|daftar|angin|akal)\b)",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\W*(?:error|galat|kesalahan)?[\s:–—-]*(?:(?:404|410)\b(?!\s*(?:orang|warga|ribu|unit|desa))"
    r"|(?:404\W+)?(?:(?:page|file|content|artikel|halaman|berita|konten)\b[^.]{0,40}?"
    r"(?:not (?:be )?found|tidak (?:dapat )?(?:ditemukan|tersedia)|does not exist)"
    r"|not found|oops|ups[!,. ]))",
    re.IGNORECASE,
)
PARKED = re.compile(
    r"domain(?:\s+name)?\s+(?:\S+\s+)?(?:is|may be|ini)?\s*(?:for sale|dijual|parked|expired"
    r"|telah kedaluwarsa|has expired|is available)|buy this domain|beli domain ini"
    r"|parked (?:free|domain|page|by)|domain parking|(?:sedo|hugedomains|afternic|dan)\.com"
    r"|inquire about this domain|domain (?:ini )?(?:sudah )?(?:kedaluwarsa|kadaluarsa|habis masa)",
    re.IGNORECASE,
)
PARKED_WORDS: Final = ("domain", "parked", "sedo.com", "afternic.com", "dan.com")
"""One of these, in lower case, is in all that ``PARKED`` finds."""


def barrier(root: Element) -> Barrier | None:
    """What stands in the way of the page that was asked for, if anything."""
    title = " ".join((root.findtext(".//title") or "").split())
    words = _visible(root)
    if len(words) > _SHORT:
        return None
    first = next(root.iter("h1"), None)
    heading = words if first is None else " ".join("".join(first.itertext())[:300].split())
    names = (title, heading)
    if _is_login(root, names, words):
        return "login"
    if any(map(_MISSING.match, names)):
        return "missing"
    return "parked" if PARKED.search(f"{title} {words}") else None


def _is_login(root: Element, names: tuple[str, ...], words: str) -> bool:
    asks = any((field.get("type") or "").lower() == "password" for field in root.iter("input"))
    if any(map(_LOGIN.match, names)):
        return asks or next(root.iter("form"), None) is not None
    return asks and len(words) <= _BARE and not _names_news(root)


def _names_news(root: Element) -> bool:
    """Whether several links read like headlines."""
    lengths = (len("".join(node.itertext())[:500].split()) for node in root.iter("a"))
    return sum(length >= _HEADLINE for length in islice(lengths, 5_000)) >= _HEADLINES


def _visible(root: Element) -> str:
    """The first text that a page shows, one character more than a short one has at most."""
    body = root.find("body")
    kept: list[str] = []
    size = 0
    for node in islice((root if body is None else body).iter(), 20_000):
        said = () if node.tag in ("script", "style", "noscript", "template") else (node.text,)
        for part in (*said, node.tail):
            words = " ".join((part or "").split())
            if words:
                kept.append(words)
                size += len(words) + 1
        if size > _SHORT:
            break
    return " ".join(kept)
