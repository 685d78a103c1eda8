"""The blocks of a body laid out in lines, one after the other, for a given width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from rich.cells import chop_cells

from kaltimtui import text
from kaltimtui.document import (
    Code,
    Cut,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    leaves,
)
from kaltimtui.i18n import _
from kaltimtui.ui.setting.lines import (
    BLANK,
    NO_INK,
    Flow,
    Line,
    Look,
    Role,
    Run,
    indented,
    inkless,
    span_lines,
    span_pieces,
    wrap,
)
from kaltimtui.ui.setting.pictures import CAPTION_BAR, picture_lines
from kaltimtui.ui.setting.tables import table_lines
from kaltimtui.wording import alt_line, caption_line, cut_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.document import Block, Spans
    from kaltimtui.ui.setting.lines import Runs
    from kaltimtui.ui.setting.pictures import Figures

Lines: TypeAlias = "Iterator[Line]"

_DEEPEST: Final = 8
"""Quotes and lists within each other that are set in further; deeper ones stay at that edge."""
_NARROWEST: Final = 10
"""Cells that a text keeps for itself; what would leave it fewer is not set in."""
_BULLETS: Final = ("•", "–", "▪")
_RULE: Final = "─" * 9
_QUOTE_BAR: Final = Run("│ ", Look((Role.BAR,)))
_ROOMY: Final = 48
"""From this width on a quotation stands two cells in."""
_TAB: Final = 4
_ROW = re.compile("[^\r\n]{1,32768}(?:\r\n?|\n)?|\r\n?|\n")


class _Way(NamedTuple):
    """How blocks are set that stand within others."""

    role: Role = Role.BODY
    depth: int = 0
    figures: Figures | None = None
    original: str = ""
    """How to come to the original, where something is missing."""

    def deeper(self, role: Role) -> _Way:
        return self._replace(role=role, depth=self.depth + 1)


def bar(lines: Iterable[Line]) -> Lines:
    """Lines with the bar of a caption before them."""
    before = (CAPTION_BAR,)
    return indented(lines, before, before)


def block_lines(
    blocks: Iterable[Block], width: int, figures: Figures | None = None, original: str = ""
) -> Lines:
    """Blocks with a blank line between them; with ``figures``, pictures where they stand.

    ``original`` says how to come to the original, where something is missing.
    """
    return _blocks(blocks, width, _Way(figures=figures, original=original))


def caption_lines(label: str, said: str, credit: str, width: int, href: str | None = None) -> Lines:
    """What is said of a picture, and whose it is, beside a bar; the label leads to the picture.

    None where nothing is said of it.
    """
    look = Look((Role.CAPTION,))
    label_look = Look((Role.ADDRESS,), href) if href else look
    line = caption_line(said, credit)
    if not line:
        return iter(())
    return bar(Flow(((label, label_look), (f": {line}", look))).lines(width - 2))


def _blocks(blocks: Iterable[Block], width: int, way: _Way) -> Lines:
    if way.depth >= _DEEPEST:
        blocks = leaves(blocks)
    apart = lasting = False
    for block in blocks:
        lines = _block(block, width, way)
        first = next(lines, None)
        if first is None:
            continue
        lasts = not _comes_and_goes(block)
        if apart:
            yield BLANK if lasting and lasts else NO_INK
        yield first
        yield from lines
        apart, lasting = True, lasting or lasts


def _comes_and_goes(block: Block) -> bool:
    """Whether a block is a picture of which nothing is said: without it nothing stands there."""
    return isinstance(block, Image) and not caption_line(block.caption or block.alt, block.credit)


def _block(block: Block, width: int, way: _Way) -> Lines:
    match block:
        case Paragraph(spans):
            return span_lines(spans, way.role, width)
        case Heading(_, spans):
            return _heading(spans, width)
        case Quote(blocks):
            return _quote(blocks, width, way.deeper(Role.QUOTE))
        case ListBlock():
            return _list(block, width, way)
        case Table():
            return table_lines(block, width, way.original)
        case Image():
            return figure_lines(block, width, way.figures)
        case Code(said):
            return _code(said, width)
        case Rule():
            return iter((_rule(width),))
        case Cut():
            return wrap(f"{cut_here()} {way.original}", Look((Role.META,)), width)


def _quote(blocks: Sequence[Block], width: int, within: _Way) -> Lines:
    if width - 2 < _NARROWEST:
        return _blocks(blocks, width, within)
    before: Runs = (_QUOTE_BAR,)
    if width >= _ROOMY:
        before = (Run("  ", _QUOTE_BAR.look), *before)
    room = width - 2 * len(before)
    return indented(_blocks(blocks, room, within), before, before)


def _list(block: ListBlock, width: int, way: _Way) -> Lines:
    loose = any(_is_long(item) for item in block.items)
    last = block.start + len(block.items) - 1
    digits = max(len(str(block.start)), len(str(last)))
    apart = False
    for number, item in enumerate(block.items, block.start):
        if apart and loose:
            yield BLANK
        marker = f"{number:>{digits}}. " if block.ordered else f"{_BULLETS[way.depth % 3]} "
        for line in _item(item, marker, width, way, loose):
            yield line
            apart = True


def _is_long(item: Sequence[Block]) -> bool:
    return sum(not isinstance(block, ListBlock) for block in item) > 1


def _item(item: Sequence[Block], marker: str, width: int, way: _Way, loose: bool) -> Lines:
    indent = len(marker) if width - len(marker) >= _NARROWEST else 0
    look = Look((Role.MARKER,))
    room = width - indent
    inner = _blocks(item, room, way.deeper(way.role))
    if not loose:
        inner = (line for line in inner if line.runs)
    first: Runs = (Run(marker, look),) if indent else ()
    return indented(inner, first, (Run(" " * indent, look),) if indent else ())


def _heading(spans: Spans, width: int) -> Lines:
    return Flow(span_pieces(spans, Role.HEADING)).balanced(width)


def figure_lines(image: Image, width: int, figures: Figures | None) -> Lines:
    """A picture and what is said of it; where it is not to be seen, the words that stand for it."""
    url = text.address(image.url)
    figure = figures(url, width) if figures and url else None
    said = image.caption
    if figure is not None:
        yield from picture_lines(url or "", figure)
        said = caption_line(said, figure.trouble)
    if image.alt and not image.caption and (figure is None or figure.trouble):
        yield from inkless(_alt_lines(image.alt, width, url))
    yield from caption_lines(_("Photo"), said, image.credit, width, url)


def _alt_lines(alt: str, width: int, href: str | None) -> Lines:
    """The words that stand for a picture, in brackets, which lead to it."""
    look = Look((Role.ADDRESS,), href) if href else Look((Role.CAPTION,))
    return bar(wrap(alt_line(alt), look, width - 2))


def _code(said: str, width: int) -> Lines:
    look = Look((Role.BLOCK_CODE,))
    room = max(1, width - 2)
    for row in _rows(said.strip("\r\n")):
        for part in chop_cells(row.expandtabs(_TAB).rstrip(), room) or [""]:
            shown = f" {part}{' ' * (room - text.width(part))} "
            yield Line((Run(shown, look),), max(1, len(part) - part.count(" ")))


def _rows(said: str) -> Iterator[str]:
    """The clean rows of a code, one by one; a very long one in pieces."""
    for row in _ROW.finditer(said):
        yield from text.verbatim(row.group()).removesuffix("\n").split("\n")


def _rule(width: int) -> Line:
    short = _RULE[: max(1, width)]
    before = " " * ((width - len(short)) // 2)
    return Line((Run(before + short, Look((Role.BAR,))),))
