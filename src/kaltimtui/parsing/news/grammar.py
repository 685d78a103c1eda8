"""The grammar of the portal's articles: kicker, headline, caption, dateline, byline.

Plain text gives its lines here, a page of HTML the blocks that stand between its headline and
its list of further items; from here on both are one. What is found is taken out of the body, so
that it holds the text of the article alone, as typed.

The order is: [kicker] headline, [caption], body with its dateline first and its byline last,
[caption]. Captions on lines of their own become those of pictures (``pictures.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

from kaltimtui.document import (
    Block,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Rule,
    block_text,
    spans_text,
)
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.dateline import Dateline, dateline_of
from kaltimtui.parsing.news.facts import is_fact
from kaltimtui.parsing.news.furniture import (
    are_hours,
    ends_article,
    group_of,
    is_furniture,
    is_legal,
)
from kaltimtui.parsing.news.parts import cut, line_of
from kaltimtui.parsing.news.pictures import beside, lifted_from, picture_of, pictured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS: Final = (".", "!", "?", "”", '"', "’", ":", ";", "…")
_HEAD_MOST: Final = 8
"""Lines among which the first paragraph is looked for."""
_FULL_STOPS: Final = (".", "!", "?", "…", ":")
PARAGRAPH: Final = 60
"""Characters from which a line is a paragraph rather than a part of one."""
PROSE: Final = 120
"""Characters from which a line is running text, however it ends."""
KICKER_MOST: Final = 7
"""Words of a kicker."""
_CAPTION_LEAST: Final = 10
"""Words from which a sentence above the dateline is a caption."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article taken apart."""

    title: str | None
    kicker: str | None
    dateline: str | None
    dated: str
    """The date that stood with the dateline."""
    byline: str | None
    caption: str | None
    photo_credit: str | None
    picture: str | None
    """The address of the picture that the caption belongs to."""
    alt: str
    """The words that stand for that picture."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    title: str | None
    kicker: str | None
    pictures: list[Block]


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, spaces and punctuation."""
    return words_of(one) == words_of(other)


def words_of(line: str) -> list[str]:
    """The words of a text in lower case."""
    if line.isascii():
        return _WORD.findall(line.lower())
    return [word.casefold() for word in _WORD.findall(line)]


def first_word(line: str) -> str | None:
    """The first word of a text in lower case."""
    found = _WORD.search(line)
    return found[0].casefold() if found else None


def read_story(blocks: Sequence[Block], title: str | None = None) -> Story:
    """Take an article apart. Without a title the first lines are kicker and headline."""
    parts = [part for block in blocks for part in _parted(block)]
    parts = _without_furniture(_above_end(parts), title)
    start, dateline = _opening(parts, title)
    head = _head(parts[:start], title, dateline)
    body = parts[start:]
    if dateline:
        body = [*_without_dateline(body[0], dateline), *body[1:]]
    byline, body = _without_byline(body)
    lifted, rest = lifted_from(beside([*head.pictures, *map(pictured, body)]))
    return Story(
        title=head.title,
        kicker=head.kicker,
        dateline=dateline.place if dateline else None,
        dated=dateline.date if dateline else "",
        byline=byline,
        caption=lifted.caption or None,
        photo_credit=lifted.credit or None,
        picture=lifted.url,
        alt=lifted.alt,
        blocks=_trimmed(rest),
    )


# --- Lines ------------------------------------------------------------------------------------


def _parted(block: Block) -> Iterator[Block]:
    """A paragraph whose lines are paragraphs as these; anything else as it is."""
    if not isinstance(block, Paragraph):
        yield block
        return
    whole = spans_text(block.spans)
    cuts = [0]
    if "\n" in whole and _are_paragraphs(whole.split("\n")):
        cuts += [found.end() for found in re.finditer("\n", whole)]
    caption = bylines.caption_start(whole)
    if caption is not None:
        cuts = sorted({*cuts, caption})
    for begin, end in zip(cuts, (*cuts[1:], len(whole)), strict=True):
        spans = cut(block.spans, begin, end)
        if spans:
            yield Paragraph(spans)


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether line breaks part paragraphs, as on pages that know no others."""
    if any(bylines.caption_of(line) or bylines.byline_at_end(line) for line in lines):
        return True
    return sum(map(len, lines)) >= PARAGRAPH * len(lines)


def _above_end(parts: Sequence[Block]) -> Sequence[Block]:
    """The blocks above the tags, comments or the like that stand below most of the text."""
    above = list(accumulate((len(block_text(part)) for part in parts), initial=0))
    for number, part in enumerate(parts):
        if ends_article(line_of(part)) and 2 * above[number] >= above[-1]:
            return parts[:number]
    return parts


def _without_furniture(parts: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks that are the article's, among them a headline with the words of a list's."""
    kept = [
        part
        for number, part in enumerate(parts)
        if not _is_furniture(part) or _tells_hours(parts, number)
    ]
    if title or not kept or not isinstance(kept[0], Paragraph) or not dateline_of(line_of(kept[0])):
        return kept
    if len(line_of(kept[0])) < PARAGRAPH:
        return kept  # a headline with a place in it
    above = parts[: next(number for number, part in enumerate(parts) if part is kept[0])]
    headings = [part for part in above if group_of(line_of(part))]
    return [*headings[-1:], *kept]


def _tells_hours(parts: Sequence[Block], number: int) -> bool:
    """Whether opening hours are those a text tells of: they stand between its paragraphs."""
    if not 0 < number < len(parts) - 1 or not are_hours(line_of(parts[number])):
        return False
    return all(is_prose(line_of(parts[beside])) for beside in (number - 1, number + 1))


def _is_furniture(block: Block) -> bool:
    match block:
        case Paragraph() | Heading():
            return is_furniture(block_text(block))
        case ListBlock():
            return all(map(is_furniture, block_text(block).split("\n")))
        case _:
            return False


# --- The head ---------------------------------------------------------------------------------


def _opening(parts: Sequence[Block], title: str | None) -> tuple[int, Dateline | None]:
    """Where the body begins, and the dateline it begins with."""
    first = 0 if title else 1
    for number, part in enumerate(parts[:_HEAD_MOST]):
        line = line_of(part)
        if number < first or not isinstance(part, Paragraph) or bylines.caption_of(line):
            continue
        dateline = dateline_of(line)
        if dateline and (len(line) >= PARAGRAPH or dateline.start >= len(line)):
            return number, dateline
    return _first_paragraph(parts, title), None


def _first_paragraph(parts: Sequence[Block], title: str | None) -> int:
    """Where the body begins if no place tells it: past headline, captions and short lines."""
    if not title:
        start = 1
        while start < min(len(parts), 4) and not is_prose(line_of(parts[start])):
            start += 1
        if start < len(parts) and is_prose(line_of(parts[start])):
            return start
        return min(1, len(parts))
    start = 0
    while start < len(parts) - 1 and _stands_above(parts[start], title):
        start += 1
    return start


def _stands_above(part: Block, title: str) -> bool:
    line = line_of(part)
    if not line:
        return isinstance(part, Image)
    return same_words(line, title) or is_fact(line) or _is_credited(line)


def is_prose(line: str) -> bool:
    """Whether a line is running text of an article."""
    if not line or bylines.caption_of(line) or is_fact(line):
        return False
    return len(line) >= PROSE or (
        len(line) >= PARAGRAPH and line.endswith(_SENTENCE_ENDS) and not _is_credited(line)
    )


def _is_credited(line: str) -> bool:
    caption = bylines.top_caption_of(line)
    return caption is not None and caption.credit is not None and not bylines.inner_credits(line)


def _head(parts: Sequence[Block], title: str | None, dateline: Dateline | None) -> _Head:
    """Headline, kicker and pictures of what stands above the body."""
    names: list[str] = []
    pictures: list[Block] = []
    for number, part in enumerate(parts):
        line = line_of(part)
        caption = bylines.top_caption_of(line) if number or title else bylines.caption_of(line)
        if isinstance(part, Image):
            pictures.append(pictured(part))
        elif caption:
            pictures.append(picture_of(caption))
        elif line and not is_fact(line) and not any(same_words(line, name) for name in names):
            names.append(line)
    if dateline and dateline.before:
        names.append(dateline.before)
    if title:
        kicker = dateline.before if dateline and not same_words(dateline.before, title) else None
        return _Head(title, kicker or None, pictures)
    if len(names) > 1 and names[-1].endswith(".") and len(names[-1].split()) >= _CAPTION_LEAST:
        pictures.append(Image(None, caption=names.pop()))
    headline, kicker = _named(names)
    return _Head(headline, kicker, pictures)


def _named(names: Sequence[str]) -> tuple[str | None, str | None]:
    """Headline and kicker: a short line above a longer one is the kicker."""
    if len(names) < 2:
        return (names[0] if names else None), None
    first, second, *_others = names
    short = len(first.split()) <= KICKER_MOST and len(first.split()) < len(second.split())
    if short and not second.endswith("."):
        return second, first
    return first, None


def _without_dateline(part: Block, dateline: Dateline) -> list[Block]:
    assert isinstance(part, Paragraph), "nothing else has a dateline"
    spans = cut(part.spans, dateline.start, len(line_of(part)))
    return [Paragraph(spans)] if spans else []


# --- The end ----------------------------------------------------------------------------------


def _without_byline(body: list[Block]) -> tuple[str | None, list[Block]]:
    """The byline, and the body without it and without what stands below it."""
    end = byline_place(body)
    if end is None:
        return _without_source(body)
    line = line_of(body[end])
    byline = bylines.byline_at_end(line)
    assert byline is not None, "it was found there"
    last = body[end]
    kept: list[Block] = []
    if isinstance(last, Paragraph | Heading) and byline.end:
        spans = cut(last.spans, 0, byline.end)
        if byline.full_stop:
            spans = (*spans[:-1], replace(spans[-1], text=spans[-1].text + "."))
        kept.append(Paragraph(spans))
    goes_on = end + 1 + _continued(body[end + 1 :])
    kept += body[end + 1 : goes_on]
    below = [_below(part) for part in body[goes_on:]]
    return byline.name, [*body[:end], *kept, *(part for part in below if part is not None)]


def _continued(below: Sequence[Block]) -> int:
    """How many blocks right below the byline are text: whole sentences, some length each."""
    return sum(1 for _part in takewhile(_is_taken_up, below))


def _is_taken_up(part: Block) -> bool:
    line = line_of(part)
    ends = line.rstrip("”\"’')").endswith(_FULL_STOPS)
    return ends and len(line) >= PARAGRAPH and _goes_on(part) and not is_legal(line)


def byline_place(body: Sequence[Block]) -> int | None:
    """Which block ends in the byline: an office's with less text below than above, or the last."""
    sizes = (len(block_text(part)) if _goes_on(part) else 0 for part in body)
    above = list(accumulate(sizes, initial=0))
    for number, part in enumerate(body):
        if is_office_byline(part) and 2 * above[number + 1] >= above[-1]:
            return number
    lines = [number for number, part in enumerate(body) if _is_text(part)]
    if lines and bylines.byline_at_end(line_of(body[lines[-1]])):
        return lines[-1]
    return None


def _is_text(part: Block) -> bool:
    line = line_of(part)
    return bool(line) and bylines.caption_of(line) is None and bylines.source_line(line) is None


def is_office_byline(part: Block) -> bool:
    """Whether a block ends in a byline with an office's word."""
    line = line_of(part)
    if not line or bylines.caption_of(line):
        return False
    byline = bylines.byline_at_end(line)
    return byline is not None and byline.office


def _goes_on(part: Block) -> bool:
    """Whether a block is text of the article, and no caption."""
    line = line_of(part)
    if not line:
        return bool(block_text(part))
    return is_prose(line) and not _is_credited(line)


def _below(part: Block) -> Block | None:
    """What is kept of a block below the byline: pictures and their captions."""
    line = line_of(part)
    caption = bylines.top_caption_of(line) if line else None
    if caption:
        return picture_of(caption)
    return None if line else part


def _without_source(body: list[Block]) -> tuple[str | None, list[Block]]:
    """A line that names the source stands for a byline."""
    for number in range(len(body) - 1, max(-1, len(body) - 4), -1):
        name = bylines.source_line(line_of(body[number]))
        if name:
            return name, [*body[:number], *body[number + 1 :]]
    return None, body


def _trimmed(parts: Sequence[Block]) -> tuple[Block, ...]:
    """Without rules at the ends, rules in a row, and pictures of which nothing is left."""
    kept: list[Block] = []
    for part in parts:
        if isinstance(part, Image) and not (part.url or part.caption):
            continue
        if isinstance(part, Rule) and (not kept or isinstance(kept[-1], Rule)):
            continue
        kept.append(part)
    while kept and isinstance(kept[-1], Rule):
        kept.pop()
    return tuple(kept)
