"""Bytes to text: by the byte order mark, as UTF-8 where they are valid, else as they declare.

A browser saves in UTF-8 and leaves the page's old declaration in it. Where neither fits, it is
UTF-8 with some bytes broken, else a guess, else windows-1252. Labels mean what they mean on the
web: latin-1 and ASCII are windows-1252, GB 2312 is GB 18030. Only codecs of a fixed table are
used, since Python has others under such names that are no charset (``undefined``, ``zip``,
``rot13``, ``idna``).
"""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"))
_EBCDIC: Final = frozenset(("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"))
_ON_THE_WEB: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ksc5601": "cp949",
    "big5": "big5hkscs",
}
_NAMES: Final = """
    utf-8 utf-7 hz johab kz1048 ptcp154 koi8-r koi8-t koi8-u hp-roman8 big5hkscs gb18030
    euc_jp euc_jis_2004 euc_jisx0213 shift_jis_2004 shift_jisx0213
    iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr
    mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman mac-turkish mac-croatian mac-romanian
    cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864
    cp865 cp866 cp869 cp874 cp932 cp949 cp950 cp1006 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254
    cp1255 cp1256 cp1257 cp1258
"""
_TEXT: Final = (
    frozenset(_NAMES.split())
    | {f"iso8859-{part}" for part in (*range(1, 12), 13, 14, 15, 16)}
    | _WIDE
    | _EBCDIC
    | _ON_THE_WEB.keys()
)

_HEAD: Final = 4096
"""Bytes in which a declaration is looked for."""
_LABEL = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_XML_DECLARATION = re.compile(
    rb"\s{0,100}<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}[\"']\s{0,9}([\w.:-]{1,40})"
)
_META_DECLARATION = re.compile(
    rb"<meta\s[^>]{0,1000}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE
)
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_EBCDIC_XML: Final = b"\x4c\x6f\xa7\x94"
"""``<?xm`` in every EBCDIC code page."""
_SAMPLE: Final = 8 * 1024
"""Bytes that are looked at for a guess."""
_CONFIDENT: Final = 0.9
_WESTERN: Final = frozenset(
    ("ascii", "iso-8859-1", "windows-1252", "iso-8859-9", "windows-1254", "macroman")
)
_FIRST_OF_LETTER: Final = bytes(range(0xC2, 0xF5))
"""Bytes that begin a letter beyond ASCII in UTF-8."""
_TOLERATED: Final = 0.1
"""The share of letters beyond ASCII that may be broken in what is still read as UTF-8."""


def decode(data: bytes) -> str:
    """The text of bytes. What cannot be decoded becomes U+FFFD. Never raises."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    if known := _codec(_wide_without_mark(data)):
        return data.decode(known, "replace")
    if not data.isascii():  # ASCII may be a charset that shifts, such as ISO-2022-JP
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8")
    known = _codec(_declaration(data))
    if known and known != "utf-8" and _plausible(known, data):
        return data.decode(known, "replace")
    return _utf8_or_guessed(data)


def settled(data: bytes, stated: str | None) -> bytes:
    """The bytes as UTF-8 with its mark, where the charset is one that only their server stated.

    A mark of their own and bytes that are plainly UTF-8 say more than a server does, which in turn
    knows more than a declaration: the bytes may have been encoded anew on their way.
    """
    known = _codec(stated)
    if known is None or data.isascii() or data.startswith(tuple(mark for mark, _codec in _MARKS)):
        return data
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return data
    if not _plausible(known, data):
        return data
    return codecs.BOM_UTF8 + data.decode(known, "replace").encode("utf-8")


def without_declaration(document: str) -> str:
    """An XML document without its first line, which names a charset that is of no more use."""
    # Looking for one that is not there would take as long as reading the feed.
    return _DECLARED.sub("", document, count=1) if "<?xml" in document else document


def _codec(label: str | None) -> str | None:
    if not label or not _LABEL.fullmatch(label.strip()):
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return None
    name = name.replace("_", "-") if name.startswith("utf") else name
    return _ON_THE_WEB.get(name, name) if name in _TEXT else None


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 and UTF-32 of mostly western text, told by where their zero bytes stand."""
    head = data[:512]
    if head.startswith(_EBCDIC_XML):
        return _declaration(head.decode("cp037").encode("ascii", "replace")) or "cp037"
    width = len(head) // 4 or 1
    zeros = [head[place::4].count(0) / width for place in range(4)]
    match [share > 0.5 for share in zeros]:
        case [False, True, True, True]:
            return "utf-32-le"
        case [True, True, True, False]:
            return "utf-32-be"
        case [False, True, False, True]:
            return "utf-16-le"
        case [True, False, True, False]:
            return "utf-16-be"
        case _:
            return None


def _declaration(data: bytes) -> str | None:
    head = data[:_HEAD]
    found = _XML_DECLARATION.match(head) or _META_DECLARATION.search(head)
    return found[1].decode("ascii", "replace") if found else None


def _plausible(codec: str, data: bytes) -> bool:
    """Whether the bytes can be in the codec at all: many that say UTF-16 are not."""
    if codec in _WIDE:
        return 0 in data[:512]
    if codec in _EBCDIC:
        return b"<" not in data[:512]
    return True


def _utf8_or_guessed(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return text
    beyond = len(data) - len(data.translate(None, _FIRST_OF_LETTER))
    return text if broken <= beyond * _TOLERATED else data.decode(_guess(data), "replace")


def _guess(data: bytes) -> str:
    """The codec that the letters beyond ASCII look like; windows-1252 where that is not clear."""
    import chardet  # slow to load, and seldom needed

    start = next(place for place, byte in enumerate(data) if byte >= 0x80)
    said = chardet.detect(data[start : start + _SAMPLE])
    label = said["encoding"] or ""
    if said["confidence"] < _CONFIDENT or label.lower() in _WESTERN:
        return "cp1252"
    return _codec(label) or "cp1252"
