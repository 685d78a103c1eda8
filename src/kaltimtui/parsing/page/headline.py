"""The headline of a page of HTML: what its title, OpenGraph and JSON-LD have in common with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kaltimtui.document import Heading
from kaltimtui.parsing import sites
from kaltimtui.parsing.html.elements import is_caption
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.facts import is_fact
from kaltimtui.parsing.news.furniture import is_furniture
from kaltimtui.parsing.news.grammar import KICKER_MOST, first_word, same_words, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.html.walk import Piece
    from kaltimtui.parsing.news.lines import Line
    from kaltimtui.parsing.page.meta import Meta

_REACH: Final = 15
"""Lines above the text among which its heading is looked for."""
_WORDS_MOST: Final = 40
_SHARE: Final = 0.4
"""The part of a page's title below which a line is the name of the site in it."""
_WORDS_LEAST: Final = 3
"""Words of a line that is more likely a headline than the name of a site or section."""
_PARTED = re.compile(r"\s+(?:[|»·•–—-]|::)\s+")
_BARE = re.compile(
    r"[\W_]*(?:(?:situs|portal|website|berita|humas) )?"
    r"(?:pemprov|pemerintah provinsi|provinsi|portal) (?:kaltim|kalimantan timur)[\W_]*",
    re.IGNORECASE,
)
"""The name of the portal's own site, which its pages may repeat."""
_SITE = re.compile(
    r"\b(?:website|situs|portal|laman) resmi\b|\bpemerintah provinsi\b|^portal\b|\bofficial\b"
    r"|^(?:beranda|home|detail|berita|artikel|detail berita)$",
    re.IGNORECASE,
)


def names_of(meta: Meta) -> list[str]:
    """What may be the headline: not the name of the site, which some pages give for it."""
    known = sites.profile_of(meta.url) if meta.url else None
    owners = list(filter(None, (meta.site, known.name if known else None)))
    return [
        name
        for name in meta.names
        if not _SITE.search(name) or len(words_of(name)) > 6
        if not any(same_words(name, owner) for owner in owners) and not _BARE.fullmatch(name)
    ]


def repeated(names: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """The names without those of few words that no line repeats: likely the name of the site."""
    return [name for name in names if len(words_of(name)) > _WORDS_LEAST or matching(lines, [name])]


def matching(lines: Sequence[Line], names: Sequence[str]) -> list[int]:
    """The lines that a name repeats, whole or with something before or behind it."""
    said = [f" {' '.join(words_of(name))} " for name in names]
    known = {word for name in said for word in name.split()}
    return [
        number
        for number, line in enumerate(lines)
        if first_word(line.text) in known and _is_named(line.text, said)
    ]


def _is_named(line: str, names: Sequence[str]) -> bool:
    words = words_of(line[:400])
    if not 1 <= len(words) <= _WORDS_MOST:
        return False
    return _repeats(words, names) and not _SITE.search(line)


def _repeats(words: Sequence[str], names: Sequence[str]) -> bool:
    said = f" {' '.join(words)} "
    for name in names:
        if said == name:
            return True
        long = len(words) > 1 and len(said) >= _SHARE * len(name)
        if long and (name.startswith(said) or name.endswith(said)):
            return True
        if len(words) > 3 and name.count(" ") > 4 and said.startswith(name):
            return True  # a name that was cut short
    return False


def best(matched: Sequence[int], flat: Sequence[Piece], lines: Sequence[Line]) -> int:
    """Of the lines that match, the longest; then a heading, else no caption; then the lowest."""
    return max(
        matched,
        key=lambda number: (
            len("".join(words_of(lines[number].text))),
            isinstance(flat[number].block, Heading),
            not is_caption(flat[number].node),
            number,
        ),
    )


def headings(flat: Sequence[Piece]) -> list[int]:
    """The lines that are headings."""
    return [number for number, piece in enumerate(flat) if isinstance(piece.block, Heading)]


def heading_above(flat: Sequence[Piece], lines: Sequence[Line], lead: int) -> int | None:
    """The heading nearest above the text, the first rank before others."""
    near = range(lead - 1, max(-1, lead - 1 - _REACH), -1)
    found = [number for number in near if isinstance(flat[number].block, Heading)]
    found = [number for number in found if _may_be_headline(lines[number].text)]
    full = [number for number in found if len(words_of(lines[number].text)) >= _WORDS_LEAST]
    return min(full or found, key=lambda number: _rank(flat[number]), default=None)


def _rank(piece: Piece) -> int:
    return piece.block.level if isinstance(piece.block, Heading) else 0


def line_above(lines: Sequence[Line], lead: int) -> int | None:
    """The line nearest above the text that may be a headline, where there is no heading."""
    for number in range(lead - 1, max(-1, lead - 1 - _REACH), -1):
        line = lines[number]
        if (
            len(words_of(line.text)) >= _WORDS_LEAST
            and not line.href
            and _may_be_headline(line.text)
        ):
            return number
    return None


def _may_be_headline(line: str) -> bool:
    if not 1 <= len(words_of(line)) <= _WORDS_MOST or is_furniture(line) or is_fact(line):
        return False
    caption = bylines.top_caption_of(line)
    return not (caption and (caption.credit or caption.words != line))


def without_site(name: str, site: str | None) -> str:
    """A page's title without the name of the site before or behind it."""
    parts = _PARTED.split(name)
    kept = [part for part in parts if not _SITE.search(part) and part != site]
    if len(kept) == len(parts) > 1 and len(words_of(parts[-1])) <= 4 < len(words_of(parts[0])):
        return name[: name.rindex(parts[-1])].rstrip(" |»·•–—-:")
    if not kept or len(kept) == len(parts):
        return name
    start = name.index(kept[0])
    return name[start : name.rindex(kept[-1]) + len(kept[-1])]


def kicker_above(flat: Sequence[Piece], lines: Sequence[Line], headline: int) -> str | None:
    """The short line right above a headline, in the same element, that is neither link nor fact.

    It is a block beside the headline, or runs on in what holds it: ``<span>…</span><h1>…</h1>``.
    """
    if headline == 0:
        return None
    above, line = flat[headline - 1], lines[headline - 1]
    parent = flat[headline].node.getparent()
    siblings = above.node.getparent() is parent or (above.node is parent and parent.tag != "body")
    words = words_of(line.text)
    if not siblings or line.href or not 1 <= len(words) <= KICKER_MOST:
        return None
    if line.text.lower() in sites.categories() or _SITE.search(line.text):
        return None
    return line.text if _may_be_headline(line.text) else None
