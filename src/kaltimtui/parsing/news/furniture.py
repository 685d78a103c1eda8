"""Lines of a page that are no part of an article: menus, share bars, counters, file names.

Each is told by its words alone, so that it makes no difference how a page is built.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kaltimtui.models import RelatedGroup


def _any_of(*patterns: str) -> re.Pattern[str]:
    """Several patterns as one, which takes a third of the time."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_WORDS = re.compile(r"[^\W_]+")
_SHARE_WORDS: Final = frozenset(
    {
        *("bagikan", "share", "sebarkan", "tweet", "facebook", "twitter", "whatsapp", "telegram"),
        *("pinterest", "linkedin", "email", "print", "cetak", "instagram", "messenger", "youtube"),
        *("tumblr", "reddit", "threads", "tiktok", "salin", "simpan", "fb", "wa", "line"),
    }
)
_SHARE_LINKS: Final = rf"(?:{'|'.join(_SHARE_WORDS)}|[\W_])+"
_SMALL_WORDS: Final = frozenset(
    {
        *("ke", "di", "via", "berita", "ini", "artikel", "on", "this", "to", "post", "link", "x"),
        *("tautan", "copy", "e", "mail", "it", "pin", "dan", "kirim", "ikuti", "kami", "follow"),
        *("us", "suka", "like", "com", "halaman", "page", "google", "media", "sosial"),
    }
)
_NAVIGATION: Final = frozenset(
    {
        *("beranda", "home", "kembali", "sebelumnya", "selanjutnya", "berikutnya", "next", "menu"),
        *("previous", "prev", "selengkapnya", "cari", "search", "login", "masuk", "daftar"),
        *("kalimantan timur", "government public relation", "komentar", "comments", "iklan"),
        *("advertisement", "kirim komentar", "skip to content", "lewati ke konten", "loading"),
        *("ke atas", "back to top", "setuju", "saya setuju", "terima", "tolak", "tutup", "close"),
    }
)
_MENU_WORDS: Final = frozenset(
    {
        *("beranda", "home", "profil", "berita", "galeri", "kontak", "layanan", "ppid", "agenda"),
        *("pengumuman", "menu", "artikel", "download", "unduhan", "video", "foto", "publikasi"),
    }
)
_HOURS: Final = (
    r"jam (?:operasional|kerja|layanan|pelayanan|buka)(?: (?:kantor|layanan))?"
    r"(?:\s*[:\d(–-].{0,200})?"
)
_OPEN = re.compile(_HOURS, re.IGNORECASE)
_COPYRIGHT: Final = (
    r"(?:©|\(c\)).{0,200}|(?:copyright|hak cipta)\b(?=.{0,100}(?:©|\(c\)|all rights)).{0,200}"
    r"|hak cipta dilindungi(?: oleh)?(?: undang[- ]undang)?\.?"
)
_SIGNED = re.compile(_COPYRIGHT, re.IGNORECASE)
_UNLESS_SENTENCES = _any_of(
    r"(?:baca|lihat|simak) (?:juga|pula|selengkapnya|berita lain\w*)\b.{0,200}",
    r"(?:read more|see also|continue reading|related articles?)\b.{0,200}",
    r"(?:[\d.,]+|tidak ada|belum ada|tinggalkan|tulis|beri|kirim|leave an?|no)"
    r"\s+(?:komentar|comments?|reply|balasan)\b.{0,80}",
    _HOURS,
    r"(?:tags?|label|topik|kata kunci)\s*:.{0,200}",
    r"(?:copyright|hak cipta)\b(?=.{0,100}\b(?:19|20)\d\d\b).{0,200}",
)
_PATTERNS = _any_of(
    _SHARE_LINKS,
    r"(?:baca|lihat|simak) (?:juga|pula)\s*:.{0,200}",
    r"scroll to continue\b.{0,40}",
    r"(?:(?:dilihat|dibaca|views?|hits?|pengunjung)\s*:?\s*)?[\d.,]+\s*(?:x|kali|orang)?\s*"
    r"(?:dilihat|dibaca|views?|hits?|pembaca|pengunjung)\b"
    r"(?:[\W\d]|\b(?:hari ini|kali|orang|online|total|views?|komentar|comments?)\b)*",
    r"(?:telah )?(?:dilihat|dibaca|views?|hits?)\s*:?\s*[\d.,]+\s*(?:kali|x|orang|times)?",
    _COPYRIGHT,
    r"(?:beranda|home)\s*[/»›>|].{0,200}",
    r"(?:image|img|dsc[nf]?|pict?)[ _-]?\d{3,}(?: ?\(\d+\))?(?:\.\w{3,4})?",
    r"whatsapp image \d{4}.{0,60}",
    r"\S{1,200}\.(?:jpe?g|png|gif|webp)",
    r"\W{1,20}",
)
_ENDS = re.compile(
    r"(?:[\d.,]+ )?(?:komentar|comments?)(?: \([\d.,]+\)|:)?|(?:tinggalkan|tulis|leave an?)"
    r" (?:komentar|balasan|comment|reply)\b.{0,80}|(?:tags?|label|kata kunci)\s*:.{0,200}"
    r"|(?:copyright|hak cipta)\b(?=.{0,100}\b(?:19|20)\d\d\b).{0,200}",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\bdilarang (?:keras )?me.{0,200}\bredaksi\b|hak cipta dilindungi|\ball rights reserved",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?=.{0,400}\bcookies?\b)(?=.{0,400}\b(?:setuju|menyetujui|pengalaman|accept|agree|"
    r"experience|kebijakan|policy)\b).{0,400}",
    re.IGNORECASE,
)
_GROUP_WORDS: Final[dict[RelatedGroup, str]] = {
    "related": "terkait|terhubung|serupa|related",
    "popular": r"ter-?populer|populer|popular|trending|most read|(?:paling )?(?:banyak )?dibaca",
    "latest": "terbaru|terkini|terakhir|latest|recent",
}
_BESIDE: Final = (
    r"(?:(?:berita|artikel|informasi|info|kabar|tulisan|pos|yang|lainnya|minggu ini|hari ini|news"
    r"|posts?|articles?|stories|items?|list|data) ?)*"
)
_GROUPS: Final = tuple(
    (re.compile(rf"{_BESIDE}(?:{words}) ?{_BESIDE}", re.IGNORECASE), group)
    for group, words in _GROUP_WORDS.items()
)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page around an article, not to the article."""
    return _is_known_furniture(line) if len(line) <= _SHORT else _is_furniture(line)


def _is_furniture(line: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(line[:400])]
    if " ".join(words) in _NAVIGATION or _is_share_bar(words) or _is_menu(words):
        return True
    if _PATTERNS.fullmatch(line):
        return True
    if _UNLESS_SENTENCES.fullmatch(line) and not _is_sentence(line):
        return True
    return _COOKIES.fullmatch(line) is not None or group_of(line) is not None


_SHORT: Final = 200
"""Characters of a line up to which the answer is remembered: menus stand on page after page."""
_is_known_furniture = lru_cache(maxsize=2_048)(_is_furniture)


def ends_article(line: str) -> bool:
    """Whether a line stands below an article: tags, the heading of comments, a copyright."""
    if _SIGNED.fullmatch(line):
        return True
    return _ENDS.fullmatch(line) is not None and not _is_sentence(line)


def are_hours(line: str) -> bool:
    """Whether a line tells when an office is open."""
    return _OPEN.fullmatch(line) is not None


def is_legal(line: str) -> bool:
    """Whether a line says who may do what with the text above it."""
    return _LEGAL.search(line) is not None


def _is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence and is long enough for one."""
    return line.rstrip().endswith((".", ".”", '."', ".’", ".'", ".)")) and len(line.split()) > 3


def _is_share_bar(words: list[str]) -> bool:
    if not words or len(words) > 15 or _SHARE_WORDS.isdisjoint(words):
        return False
    return all(word in _SHARE_WORDS or word in _SMALL_WORDS for word in words)


def _is_menu(words: list[str]) -> bool:
    return 1 < len(words) <= 15 and all(word in _MENU_WORDS for word in words)


def group_of(line: str) -> RelatedGroup | None:
    """The list of further items that a line is the heading of, such as "Berita Terkait"."""
    if len(line) > 40:
        return None
    heading = line.strip(" :.-–—|»")
    return next((group for pattern, group in _GROUPS if pattern.fullmatch(heading)), None)
