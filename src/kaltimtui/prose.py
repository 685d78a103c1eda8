"""An article set in lines for reading in a terminal or a plain text file."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias

from kaltimtui import dates, text
from kaltimtui.document import (
    Block,
    Code,
    Cut,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    spans_text,
)
from kaltimtui.i18n import _
from kaltimtui.styled import Styled
from kaltimtui.wording import (
    EDITED,
    LATER,
    SEPARATOR,
    STAR,
    alt_line,
    attached,
    by_group,
    caption_line,
    cut_here,
    is_in_body,
    rows_left_out,
    texts_had,
    when_and_where,
    whence,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kaltimtui.models import Article, Related
    from kaltimtui.styled import Piece

Line: TypeAlias = tuple["Piece", ...]

MEASURE: Final = 72
"""Cells that running text takes at most."""
SHORT_ID: Final = 8
"""Characters of an id that tell it from a million others; all commands take them."""
_NARROWEST: Final = 16
_BAR: Final = "▎ "


def article_lines(article: Article, *, now: datetime, width: int) -> Iterator[Line]:
    """The article whole: headline, what is known of it, body, caption, related items."""
    yield from _head(article, now, width)
    for block in article.document.blocks:
        if lines := list(block_lines(block, width)):
            yield ()
            yield from lines
    yield from _caption(article, width)
    if files := attached(article):
        yield ()
        yield from ((Styled(enclosure.url, "dim"),) for enclosure in files)
    for title, items in by_group(article.related):
        yield ()
        yield (Styled(title.upper(), "accent"),)
        yield from _timeline([item for _at, item in items], now)


def wrap(words: str, width: int) -> Iterator[str]:
    """Clean text in lines of at most ``width`` cells; an address is never broken."""
    for paragraph in words.split("\n"):
        line = ""
        for word in _pieces(paragraph.split(), width):
            longer = f"{line} {word}" if line else word
            if line and _cells(longer) > width:
                yield line
                line = word
            else:
                line = longer
        yield line


def block_lines(block: Block, width: int) -> Iterator[Line]:
    """One block of a body in lines."""
    width = max(width, _NARROWEST)
    match block:
        case Paragraph(spans):
            yield from _plain(spans_text(spans), width)
        case Heading(_level, spans):
            yield from ((Styled(line, "bold"),) for line in wrap(spans_text(spans), width))
        case Quote(blocks):
            yield from ((_BAR, *line) for line in _stack(blocks, width - len(_BAR)))
        case ListBlock():
            yield from _list(block, width)
        case Table():
            yield from _table(block, width)
        case Image():
            yield from _image(block, width)
        case Code(code):
            yield from (("    " + line,) for line in code.split("\n"))
        case Rule():
            yield ("─" * width,)
        case Cut():
            yield from _dim(cut_here(), width)


def _head(article: Article, now: datetime, width: int) -> Iterator[Line]:
    if article.kicker:
        yield from _dim(article.kicker, width)
    yield from ((Styled(line, "bold"),) for line in wrap(article.title, width))
    about = (*whose(article), *texts_had(article))
    for said in (when_and_where(article, now), about, whence(article)):
        if said:
            yield from _dim(SEPARATOR.join(said), width)
    if article.url:
        yield (Styled(article.url, "dim"),)
    marks = [
        STAR + " " + _("starred") if article.starred else "",
        LATER + " " + _("later") if article.later else "",
        EDITED + " " + _("changed since you read it") if article.edited else "",
    ]
    if marked := SEPARATOR.join(filter(None, marks)):
        yield from ((Styled(line, "warm"),) for line in wrap(marked, width))
    if article.note:
        yield from _plain(_("Note: {note}").format(note=article.note), width)


def _caption(article: Article, width: int) -> Iterator[Line]:
    said = caption_line(article.caption, article.photo_credit)
    if said and not is_in_body(article):
        yield ()
        yield from _photo(said, width)


def _photo(said: str, width: int) -> Iterator[Line]:
    photo = _("Photo: {caption}").format(caption=said)
    return ((Styled(_BAR + line, "dim"),) for line in wrap(photo, width - len(_BAR)))


def _timeline(items: Sequence[Related], now: datetime) -> Iterator[Line]:
    times = [dates.compact(item.published) if item.published else "" for item in items]
    ages = [dates.ago_short(item.published, now) if item.published else "" for item in items]
    time_column = max(map(len, times)) + 2
    age_column = max(map(len, ages)) + 2
    for item, time, age in zip(items, times, ages, strict=True):
        what = SEPARATOR.join(filter(None, (item.category, item.title))) or item.url or ""
        known = (Styled(f"  {item.article[:SHORT_ID]}", "dim"),) if item.article else ()
        yield time.ljust(time_column), Styled(age.ljust(age_column), "dim"), what, *known


def _cells(words: str) -> int:
    return len(words) if words.isascii() else text.width(words)


def _pieces(words: Iterable[str], width: int) -> Iterator[str]:
    """The words, those wider than a line in pieces."""
    for word in words:
        rest = word
        while _cells(rest) > width and not rest.startswith(("http://", "https://")):
            piece = text.fit(rest, width, ellipsis="") or rest[0]
            yield piece
            rest = rest[len(piece) :]
        if rest:
            yield rest


def _plain(words: str, width: int) -> Iterator[Line]:
    return ((line,) for line in wrap(words, width))


def _dim(words: str, width: int) -> Iterator[Line]:
    return ((Styled(line, "dim"),) for line in wrap(words, width))


def _stack(blocks: Iterable[Block], width: int) -> Iterator[Line]:
    """Blocks one below the other, a blank line between them."""
    for place, block in enumerate(blocks):
        if place:
            yield ()
        yield from block_lines(block, width)


def _list(block: ListBlock, width: int) -> Iterator[Line]:
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "• "
        for line in _stack(item, width - len(marker)):
            yield marker, *line
            marker = " " * len(marker)


def _table(block: Table, width: int) -> Iterator[Line]:
    """Rows in columns where they fit, else each row as running text."""
    rows = [[spans_text(cell).replace("\n", " ") for cell in row] for row in block.rows]
    columns = [max(map(_cells, column)) for column in zip_longest(*rows, fillvalue="")]
    for place, row in enumerate(rows):
        if sum(columns) + 2 * len(columns) <= width + 2:
            padded = zip(row, columns, strict=False)
            said = ["  ".join(cell + " " * (size - _cells(cell)) for cell, size in padded)]
        else:
            said = list(wrap(SEPARATOR.join(row), width))
        heading = block.header and place == 0
        yield from ((Styled(line, "bold") if heading else line,) for line in said)
    if block.left_out:
        yield from _dim(rows_left_out(block.left_out), width)


def _image(block: Image, width: int) -> Iterator[Line]:
    if alt := "" if block.caption else block.alt or block.url:
        yield from _dim(alt_line(alt), width)
    if said := caption_line(block.caption, block.credit):
        yield from _photo(said, width)
