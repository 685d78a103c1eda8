"""The one cleaner of outside text.

Text from a feed, a page, a file name, a server or an exception passes through here when it
enters (when a model is built) and again before it leaves (a widget, a line of output, a title,
the clipboard). Terminals obey control characters and Textual passes them on, so what is let
through is what can be read, and nothing is escaped or blacklisted by sequence.

Dropped: C0 but newline and tab, DEL, C1, bidi overrides and isolates, byte order marks, line
and paragraph separators, interlinear annotations, noncharacters, tag characters outside a flag.
Lone surrogates become U+FFFD. Kept: joiners, so that Arabic, Javanese and emoji stay whole; in a
line only those that stand between letters or signs beyond Latin.
"""

from __future__ import annotations

import re
import unicodedata
from string import punctuation
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

INLINE_LIMIT: Final = 1_000
BLOCK_LIMIT: Final = 8 * 1024 * 1024
ADDRESS_LIMIT: Final = 8 * 1024
MARKS_PER_BASE: Final = 8

_PLANE_ENDS = "".join(
    chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    f"\U000e0000-\U000e001f\U000e0080-\U000e00ff{_PLANE_ENDS}]"
)
_STRAY_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    f"\ud800-\udfff\U000e0000-\U000e00ff{_PLANE_ENDS}]"
)
# What a class leaves out compiles in no time; spelt as what it holds, it costs milliseconds.
_LONG_NON_LATIN_RUN = re.compile(f"[^\x00-\u02ff]{{{MARKS_PER_BASE + 1},}}")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064]")
_BEYOND_LATIN = "[^\x00-\u02ff\u200c-\u200f]"
_IDLE_JOINERS = re.compile(
    f"(?<!{_BEYOND_LATIN})[\u200c\u200d]+|[\u200c\u200d]+(?!{_BEYOND_LATIN}|[\u200c\u200d])"
)
# It starts where a run of spaces does, and takes the run whole: one pass over any text.
_TRAILING_SPACE = re.compile(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_ORIGIN: Final = r"https?://[a-z0-9.-]*[a-z0-9](?::[0-5]?[0-9]{1,4})?"
_TIDY_QUERY: Final = r"(?:\?[A-Za-z0-9/%:&=+,;~._-]+)?"
_TIDY_ADDRESS = re.compile(rf"{_ORIGIN}(?:/[A-Za-z0-9/%:@!$&'()*+,;=~._-]*{_TIDY_QUERY})?")
"""Most addresses: nothing in them would be changed or refused."""
_TIDY_PATH = re.compile(rf"/(?![/.])(?:[A-Za-z0-9%:@!$&'()*+,=~_-]|[./](?![./]))*{_TIDY_QUERY}")
"""Most addresses within a site: they are joined to its host and that is all."""
_TIDY_BASE = re.compile(rf"{_ORIGIN}(?=[/?#]|\Z)")
MAIL: Final = "mailto:"
_MAIL = re.compile(
    r"\s*mailto:([a-z0-9](?:[a-z0-9._+-]{0,63})@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63})(?=[?,;\s]|\Z)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(
    '[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff<>"]'
)


def _cap_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run.group():
        kind = unicodedata.category(character)
        if kind[0] == "M":
            marks += 1
            if marks > MARKS_PER_BASE:
                continue
        elif kind != "Cf":  # a joiner starts no new letter
            marks = 0
        kept.append(character)
    return "".join(kept)


def _printable(value: str) -> str:
    # Nearly all text is printable but for its line breaks, which is far quicker to find out.
    printable = value.isprintable() or value.replace("\n", "").replace("\t", "").isprintable()
    if not printable and _SUSPECT.search(value):
        value = _BREAKS.sub("\n", value)
        value = _DROPPED.sub("", value)
        value = _STRAY_TAGS.sub("", value)
        value = _SURROGATES.sub("\ufffd", value)
    return _capped(value)


def _capped(value: str) -> str:
    return value if value.isascii() else _LONG_NON_LATIN_RUN.sub(_cap_marks, value)


def _folded(value: str) -> str:
    return " ".join(value.split())


def inline(value: str, limit: int = INLINE_LIMIT) -> str:
    """Clean text as one line: white space folded, ends stripped, at most ``limit`` characters.

    Zero-width characters that no script needs are dropped. Idempotent.
    """
    value = value[: limit * 16]
    if value.isprintable():  # so no joiner is in it, and no white space but the space
        value = _capped(value)
        value = _folded(value) if "  " in value else value.strip(" ")
    else:
        if not value.isascii():
            value = _INVISIBLE.sub("", value)
        value = _folded(_printable(value))
        if "\u200c" in value or "\u200d" in value:
            value = _folded(_IDLE_JOINERS.sub("", value))
    return value if len(value) <= limit else value[:limit].rstrip(" \u200c\u200d")


def block(value: str, limit: int = BLOCK_LIMIT) -> str:
    """Clean text of several lines: breaks and tabs kept, blank ends cut, blank lines never two.

    At most ``limit`` characters. Idempotent.
    """
    value = _TRAILING_SPACE.sub("", _printable(value[: limit * 2]))
    value = _MANY_BLANK_LINES.sub("\n\n", value).strip()
    return value if len(value) <= limit else value[:limit].rstrip()


def verbatim(value: str, limit: int = BLOCK_LIMIT) -> str:
    """Clean text in which spaces and blank lines are meant, such as code. Idempotent."""
    return _printable(value[: limit * 2])[:limit]


def verbatim_json(value: Any) -> Any:
    """A JSON value with every text in it clean, but for the names in objects."""
    match value:
        case str():
            return verbatim(value)
        case dict():
            return {key: verbatim_json(inner) for key, inner in value.items()}
        case list() | tuple():
            return [verbatim_json(inner) for inner in value]
        case _:
            return value


def optional(value: str | None, limit: int = INLINE_LIMIT) -> str | None:
    """Clean text as one line, or None where nothing is left of it."""
    return (inline(value, limit) or None) if value else None


def address(value: str | None, base: str | None = None) -> str | None:
    """A web address that is safe to keep, show and open, else None.

    Joined to ``base`` where relative. Only http and https with a host and no user name; no
    control, bidi or space character survives; at most 8 KiB.
    """
    if not value or len(value) > ADDRESS_LIMIT:
        return None
    if _TIDY_ADDRESS.fullmatch(value):
        return value
    if base and _TIDY_PATH.fullmatch(value) and (origin := _TIDY_BASE.match(base)):
        return origin[0] + value
    value = value.strip().replace(" ", "%20")
    if _IN_ADDRESS.search(value):
        return None
    try:
        joined = urljoin(base, value) if base else value
        parts = urlsplit(joined)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        if "@" in parts.netloc or "\\" in parts.netloc:
            return None
        _ = parts.port  # raises where it is no port
    except ValueError:
        return None
    netloc = parts.netloc.lower()
    if not (netloc.isascii() or (inline(netloc) == netloc and host(f"//{netloc}").isascii())):
        return None
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query, fragment = quote(parts.query, punctuation), quote(parts.fragment, punctuation)
    tidy = urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))
    return tidy if len(tidy) <= ADDRESS_LIMIT and not _IN_ADDRESS.search(tidy) else None


def mail(value: str | None) -> str | None:
    """A link that writes to a mail address, ``mailto:`` with that address alone, else None.

    What else such a link would put into the letter is left out. Idempotent.
    """
    found = _MAIL.match(unquote(value[:ADDRESS_LIMIT])) if value else None
    return f"{MAIL}{found[1]}" if found else None


def link(value: str | None) -> str | None:
    """What is safe to follow of a link, whether it leads to a page or to a mail address."""
    return address(value) or mail(value)


def web(href: str | None) -> str | None:
    """A link that ``address`` or ``mail`` gave, if it leads to a page."""
    return None if href is None or href.startswith(MAIL) else href


def host(url: str) -> str:
    """The host of a safe address as it really is: punycode where it is not plain ASCII."""
    name = urlsplit(url).hostname or ""
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return inline(name)


def width(value: str) -> int:
    """Cells that clean text takes in a terminal."""
    from rich.cells import cell_len  # Textual's own measure; loaded only where something is drawn

    return cell_len(value)


def fit(value: str, cells: int, ellipsis: str = "…") -> str:
    """Clean text cut to so many cells, with an ellipsis where it was cut.

    A character of two cells is never halved.
    """
    if value.isascii() and len(value) <= cells:
        return value
    if width(value) <= cells:
        return value
    from rich.cells import set_cell_size

    room = cells - width(ellipsis)
    if room < 0:
        return ""
    return set_cell_size(value, room).rstrip() + ellipsis
