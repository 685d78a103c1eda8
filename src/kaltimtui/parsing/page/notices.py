"""What pages say in the place of an article: that there is none, or that one has to do something.

Errors, logins, checks for robots, maintenance and domains for sale, in Indonesian and English, as
servers, frameworks and content delivery networks word them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


_STATUS = r"(?:error|http|galat|kesalahan)?[\s:-]*(?:40[0-9]|410|429|50[0-4]|52[0-6])"
_PAGE = r"(?:halaman|laman|page|konten|artikel|berita)"
_SITE = r"(?:situs|website|web|laman|portal|sistem|aplikasi|layanan)"
_UPKEEP = r"(?:perbaikan|pemeliharaan)"
_FAILURE = _any(
    r"not found|page not found|(?:bad|invalid) (?:gateway|request)|forbidden|access denied",
    r"unauthorized|(?:internal )?server error|service (?:temporarily )?unavailable",
    r"gateway time-?out|too many requests|just a moment|attention required|redirecting",
    rf"{_PAGE} (?:yang anda cari )?tidak (?:dapat |bisa )?(?:ditemukan|ada|tersedia)|akses ditolak",
    rf"(?:problem loading|this) page|{_SITE} (?:sedang )?dalam {_UPKEEP}",
    r"account suspended|one moment,? please|checking your browser|ddos-guard|are you a robot\?",
    r"verify (?:that )?you are (?:a )?human",
)
_FAILS = re.compile(
    rf"\W*(?:{_STATUS}|(?:{_STATUS})?[\s:–—|-]*{_FAILURE})\s*(?:$|[^\w\s].*)", re.IGNORECASE
)
_LOGIN = _any(
    r"(?:halaman |form(?:ulir)? )?(?:log ?in|sign ?in|masuk)(?: (?:admin|anggota|akun))?",
    r"register|registrasi|daftar akun|(?:lupa|reset|forgot) (?:kata sandi|password)|captcha",
)
_SALE = _any(
    r"(?:(?:the |this )?domain(?: name)?(?: \S{3,60}| ini)?|\S{1,60}\.\w{2,10})"
    r" (?:is |may be |sedang )?(?:for sale|dijual)",
    r"(?:buy|beli) (?:this )?domain(?: ini)?|domain (?:parking|parked)|parked domain",
)
_CLOSED = _any(
    r"(?:(?:web)?site |we are )?(?:is )?(?:under|down for) (?:scheduled )?"
    r"(?:maintenance|construction)",
    rf"(?:kami )?(?:sedang )?dalam {_UPKEEP}|maintenance(?: mode)?",
)
_ASKS = re.compile(rf"\W*{_any(_LOGIN, _SALE, _CLOSED)}\W*", re.IGNORECASE)
"""What is all of a title, or of one part of it."""
_PARTED = re.compile(r"\s+[|»«›‹·•–—:-]\s+")
_NO_PAGE = _any(
    rf"{_PAGE} (?:yang )?(?:anda|kamu) (?:cari|tuju|minta|maksud|buka|akses)",
    rf"{_PAGE} (?:ini |yang diminta )?tidak (?:dapat |bisa )?(?:ditemukan|tersedia)\b",
    r"(?:the|this) (?:requested )?(?:page|content|url)"
    r" (?:(?:that )?you (?:are|were|requested)|was not|could not|cannot|is not|does not)",
    r"we (?:can(?:’|')t|cannot|could not|couldn(?:’|')t) find",
)
_DO_LOG_IN = _any(
    r"(?:silakan|silahkan|please) (?:log ?in|sign ?in|masuk|masukkan|enter|daftar)\b",
    r"(?:log|sign) ?in (?:to|with)\b|masuk (?:ke|dengan|menggunakan) (?:akun|email|nama pengguna)",
    r"(?:anda|you) (?:harus|perlu|must|need to|have to) (?:masuk|log ?in|sign ?in|be logged)\b",
    r"(?:masukkan|enter) (?:your )?(?:username|nama pengguna|email|kata sandi|password)",
)
_DO_WAIT = _any(
    rf"{_SITE} (?:ini |kami )?(?:sedang )?dalam (?:tahap |proses |masa )?{_UPKEEP}\s*[.!]",
    rf"{_SITE} (?:ini|kami) sedang (?:dalam |menjalani )?(?:{_UPKEEP}|diperbaiki)",
    rf"kami sedang (?:melakukan |dalam ){_UPKEEP}",
    r"(?:our|this) (?:web)?site is (?:currently |temporarily )?(?:under|down|unavailable)",
    r"we(?: are|(?:’|')re) (?:currently )?(?:performing|down|undergoing)\b",
)
_PROVE = _any(
    r"(?:checking|verifying)\b.{0,60}\b(?:your browser|connection|human)\b",
    r"(?:silakan|please) (?:verify|enable|complete|turn on|stand by|wait|tunggu|aktifkan)\b",
    r"enable javascript|javascript is (?:disabled|required)|ddos protection by",
    r"(?:memeriksa|memverifikasi) (?:browser|peramban|koneksi|bahwa anda)",
    r"why (?:have i been blocked|do i have to complete)|you have been blocked",
)
_NOTICE = re.compile(
    r"(?:(?:mohon )?maaf|oops|ups|sorry|we(?:’|')?re sorry)?[\s,.!:–—-]*"
    + _any(_NO_PAGE, _DO_LOG_IN, _DO_WAIT, _PROVE, rf"{_SALE}\s*(?:[.!]|by\b|$)"),
    re.IGNORECASE,
)
"""How a line begins that speaks to whoever came, as news does not."""
_LINES: Final = 6
_SHORT: Final = 1_000
"""Characters of text up to which a page may be nothing but such a notice."""


def is_failure(name: str) -> bool:
    """Whether a title is that of an error, or of what stands before a page."""
    return _FAILS.match(name) is not None


def is_notice(names: Iterable[str], lines: list[str], *, stated: bool) -> bool:
    """Whether a page of little text, and no byline or place, asks for something or excuses itself.

    ``names`` are its titles, ``lines`` those below them. An article by its own statement may ask
    its readers to log in below its first paragraph.
    """
    if sum(map(len, lines)) > _SHORT:
        return False
    parts = [part for name in names for part in _PARTED.split(name)]
    said = parts if stated else [*parts, *lines[:_LINES]]
    return any(map(_ASKS.fullmatch, parts)) or any(map(_NOTICE.match, said))
