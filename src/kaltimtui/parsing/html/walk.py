"""The walk over a tree of HTML that gives the blocks of its text.

It takes step by step (``steps.py``) on a stack, so depth costs nothing, and it spends a budget of
characters and blocks, so that no page takes more than linear time. Scripts, forms, frames and
hidden parts are passed over; of attributes only addresses (through ``text.address``), ``alt`` and
``start`` are kept.

A table or list that holds headings, sections or other tables is there for its looks: its content
is read as running text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias, TypeVar

from kaltimtui import text
from kaltimtui.document import (
    Block,
    Code,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    block_text,
)
from kaltimtui.parsing.html.elements import (
    BLOCK_TAGS,
    HEADING_TAGS,
    Element,
    arranging,
    is_caption,
    is_layout,
    list_start,
    picture_address,
)
from kaltimtui.parsing.html.line import RunningLine
from kaltimtui.parsing.html.steps import Step, steps

FRAME_LIMIT: Final = 24
"""Quotes, lists and tables nested deeper than this are read as running text."""
BLOCK_LIMIT: Final = 20_000
"""Blocks and table cells that are read of one page."""


class Piece(NamedTuple):
    """A block, the element it stood in, and the address it led to where it was a link."""

    block: Block
    node: Element
    href: str | None
    linked: float
    """The share of its text that is links, whether their addresses are of use or not."""
    at: int
    """How many tags came before its end: an order that holds across walks."""


def flow(root: Element, base: str | None = None) -> list[Piece]:
    """The blocks below an element in reading order, each with where it stood."""
    return _walked(root, base, _Walk(root, base))[0]


def blocks_and_lines(root: Element, base: str | None = None) -> tuple[list[Piece], list[Piece]]:
    """The blocks below an element, and its lines: quotes, lists, tables and figures taken apart."""
    blocks, lines = _walked(root, base, _Walk(root, base), _Walk(root, base, flat=True))
    return blocks, lines


def _walked(root: Element, base: str | None, *walks: _Walk) -> list[list[Piece]]:
    for step in steps(root, base):
        for walk in walks:
            walk.take(step)
    return [walk.pieces() for walk in walks]


# --- What is open during the walk -----------------------------------------------------------


_Letters: TypeAlias = tuple[int, int]
"""Characters read so far, and how many of them in links."""


@dataclass(slots=True)
class _Flow:
    """Blocks one after the other: the page, a quote, a list item, a cell, a figure."""

    node: Element
    since: _Letters
    pieces: list[Piece] = field(default_factory=list)
    caption: str = ""

    def take(self, piece: Piece) -> None:
        self.pieces.append(piece)

    def blocks(self) -> tuple[Block, ...]:
        return tuple(piece.block for piece in self.pieces)


@dataclass(slots=True)
class _Items:
    """A list under way; what stands outside an item is an item."""

    node: Element
    since: _Letters
    items: list[tuple[Block, ...]] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        self.items.append((piece.block,))


@dataclass(slots=True)
class _Rows:
    """A table under way; what stands outside a cell is a row."""

    node: Element
    since: _Letters
    rows: list[list[Spans]] = field(default_factory=list)
    header: bool = False

    def take(self, piece: Piece) -> None:
        self.rows.append([_cell_spans((piece.block,))])


_Frame: TypeAlias = _Flow | _Items | _Rows
_FrameT = TypeVar("_FrameT", _Flow, _Items, _Rows)
_Closer: TypeAlias = Callable[[Element], object]


class _Walk:
    """One walk. Each open element has an entry on the stack, with the function that closes it."""

    def __init__(self, root: Element, base: str | None, *, flat: bool = False) -> None:
        self.root = root
        self.base = base
        self.flat = flat
        self.arranging: set[Element] | None = None
        self.letters: _Letters = (0, 0)
        self.frames: list[_Frame] = [_Flow(root, self.letters)]
        self.open: list[tuple[Element, bool, _Closer | None]] = []
        """Each element, whether it is a block, and what closes it."""
        self.nodes = [root]
        self.line = RunningLine(apart=flat)
        self.line_since = self.letters
        self.links = 0
        self.pictures: list[Piece] = []
        self.style = Span("")
        self.heading = 0
        self.code: list[str] | None = None
        self.events = 0
        self.blocks = BLOCK_LIMIT

    def _is_arranging(self, node: Element) -> bool:
        """Whether a list or table is there for its looks."""
        if self.arranging is None:
            self.arranging = arranging(self.root)
        return node in self.arranging

    def take(self, step: Step) -> None:
        """Take one step; past the budget only what is open is closed."""
        node, begins, self.style, self.links, raw, words = step
        if self.letters[0] >= text.BLOCK_LIMIT or self.blocks <= 0:
            if not begins and self.open and self.open[-1][0] is node:
                self._end()
            return
        self.events += 1
        if node is not None:
            if begins:
                self._start(node)
            else:
                self._end()
        if raw:
            self._text(raw, words)

    def pieces(self) -> list[Piece]:
        """What was found, once all steps were taken."""
        return self._pop(_Flow).pieces

    def _start(self, node: Element) -> None:
        tag = node.tag
        is_block = tag in BLOCK_TAGS
        if is_block:
            self._flush()
            self.nodes.append(node)
        opener = _OPENERS.get(tag)
        if opener is None and is_block and is_caption(node):
            opener = _Walk.start_caption
        self.open.append((node, is_block, opener(self, node) if opener else None))

    def _end(self) -> None:
        node, is_block, closer = self.open.pop()
        if is_block:
            self._flush()
        if closer is not None:
            closer(node)
        if is_block:
            self.nodes.pop()

    # Running text

    def _text(self, raw: str, words: str) -> None:
        if self.code is not None:
            self.code.append(raw)
            count = len(raw)
        else:
            self.line.add(raw, words, self.style)
            count = len(words)
        if count:
            read, linked = self.letters
            self.letters = (read + count, linked + count if self.links else linked)

    def _flush(self) -> None:
        """End the paragraph under way; pictures within it follow it."""
        if self.line.runs:
            spans = self.line.end()
            self._add(Heading(self.heading, spans) if self.heading else Paragraph(spans))
            if self.pictures:
                for picture in self.pictures:
                    self.frames[-1].take(picture)
                self.pictures.clear()
        self.line_since = self.letters

    def _add(self, block: Block, since: _Letters | None = None) -> None:
        href = text.web(self.style.href) or _first_address(block)
        linked = _share(since or self.line_since, self.letters)
        self.frames[-1].take(Piece(block, self.nodes[-1], href, linked, self.events))
        self.blocks -= 1

    def start_break(self, _node: Element) -> None:
        if self.code is not None:
            self.code.append("\n")
        elif self.line.broken or self.flat:
            self._flush()
        else:
            self.line.break_here()

    def start_quotation(self, _node: Element) -> _Closer:
        self._text("“", "“")
        return lambda _node: self._text("”", "”")

    def start_picture(self, node: Element) -> None:
        alt = text.inline(node.get("alt") or "")
        if 0 < len(alt) <= 4 and not any(map(str.isalnum, alt)):
            self._text(alt, alt)  # an emoji drawn as a picture
            return
        url = picture_address(node, self.base)
        if url is not None or self._in_figure():
            linked = 1.0 if self.links else 0.0
            href = text.web(self.style.href)
            piece = Piece(Image(url, alt), self.nodes[-1], href, linked, self.events)
            self.blocks -= 1
            if self.line.runs:
                self.pictures.append(piece)
            else:
                self.frames[-1].take(piece)

    def _in_figure(self) -> bool:
        """Whether a picture is of use without its address: it may have a caption."""
        node = self.frames[-1].node
        return node.tag == "figure" or is_caption(node)

    # Blocks of one element

    def start_heading(self, node: Element) -> _Closer:
        self.heading = int(node.tag[1])
        return self.end_heading

    def end_heading(self, _node: Element) -> None:
        self.heading = 0

    def start_code(self, _node: Element) -> _Closer | None:
        if self.code is not None:
            return None
        self.code = []
        return self.end_code

    def end_code(self, _node: Element) -> None:
        words = text.verbatim("".join(self.code or ()).replace("\r\n", "\n")).strip("\n")
        self.code = None
        if words.strip():
            self._add(Code(words))

    def start_rule(self, _node: Element) -> None:
        self._add(Rule())

    # Blocks that hold blocks

    def _push(self, frame: _Frame) -> bool:
        if self.flat or len(self.frames) >= FRAME_LIMIT:
            return False
        self.frames.append(frame)
        return True

    def _pop(self, kind: type[_FrameT]) -> _FrameT:
        self._flush()
        frame = self.frames.pop()
        assert isinstance(frame, kind), "each element closes the frame it opened"
        return frame

    def start_quote(self, node: Element) -> _Closer | None:
        return self.end_quote if self._push(_Flow(node, self.letters)) else None

    def end_quote(self, _node: Element) -> None:
        quote = self._pop(_Flow)
        if quote.pieces:
            self._add(Quote(quote.blocks()), quote.since)

    def start_list(self, node: Element) -> _Closer | None:
        if self.flat or self._is_arranging(node):
            return None
        return self.end_list if self._push(_Items(node, self.letters)) else None

    def end_list(self, node: Element) -> None:
        listed = self._pop(_Items)
        if listed.items:
            block = ListBlock(tuple(listed.items), node.tag == "ol", list_start(node))
            self._add(block, listed.since)

    def start_item(self, node: Element) -> _Closer | None:
        if not isinstance(self.frames[-1], _Items):
            return None
        return self.end_item if self._push(_Flow(node, self.letters)) else None

    def end_item(self, _node: Element) -> None:
        blocks = self._pop(_Flow).blocks()
        parent = self.frames[-1]
        if blocks and isinstance(parent, _Items):
            parent.items.append(blocks)

    def start_table(self, node: Element) -> _Closer | None:
        if self.flat or self._is_arranging(node) or is_layout(node):
            return None
        return self.end_table if self._push(_Rows(node, self.letters)) else None

    def end_table(self, _node: Element) -> None:
        table = self._pop(_Rows)
        rows = tuple(tuple(row) for row in table.rows if any(row))
        if rows:
            self._add(Table(rows, table.header), table.since)

    def start_table_caption(self, node: Element) -> _Closer | None:
        within = isinstance(self.frames[-1], _Rows) and self._push(_Flow(node, self.letters))
        return self.end_table_caption if within else None

    def end_table_caption(self, _node: Element) -> None:
        for piece in self._pop(_Flow).pieces:
            self.frames[-2].take(piece)  # what the table stands in, and so above it

    def start_row(self, node: Element) -> None:
        table = self.frames[-1]
        if isinstance(table, _Rows):
            if not any(table.rows):
                table.header = len(node) > 0 and all(cell.tag == "th" for cell in node)
            table.rows.append([])

    def start_cell(self, node: Element) -> _Closer | None:
        if not isinstance(self.frames[-1], _Rows):
            return None
        self.blocks -= 1
        return self.end_cell if self._push(_Flow(node, self.letters)) else None

    def end_cell(self, _node: Element) -> None:
        spans = _cell_spans(self._pop(_Flow).blocks())
        table = self.frames[-1]
        if isinstance(table, _Rows):
            table.rows = table.rows or [[]]
            table.rows[-1].append(spans)

    def start_figure(self, node: Element) -> _Closer | None:
        return self.end_figure if self._push(_Flow(node, self.letters)) else None

    def end_figure(self, _node: Element) -> None:
        figure = self._pop(_Flow)
        caption, pieces = figure.caption, figure.pieces
        if not caption and len(pieces) == 2 and _is_captioned(*figure.blocks()):
            caption = text.inline(block_text(pieces.pop().block))
        for piece in pieces:
            block = piece.block
            if caption and isinstance(block, Image) and not block.caption:
                block, caption = replace(block, caption=caption), ""
            if not isinstance(block, Image) or block.url or block.caption:
                self.frames[-1].take(piece._replace(block=block))
        if caption:
            self._add(Paragraph((Span(caption),)))

    def start_caption(self, node: Element) -> _Closer | None:
        return self.end_caption if self._push(_Flow(node, self.letters)) else None

    def end_caption(self, _node: Element) -> None:
        """Give a caption to its figure or to the picture before it, else keep it as text."""
        pieces = self._pop(_Flow).pieces
        parent = self.frames[-1]
        if all(isinstance(piece.block, Paragraph) for piece in pieces) and isinstance(
            parent, _Flow
        ):
            words = text.inline(" ".join(block_text(piece.block) for piece in pieces))
            last = parent.pieces[-1] if parent.pieces else None
            if last is not None and isinstance(last.block, Image) and not last.block.caption:
                captioned = replace(last.block, caption=words)
                parent.pieces[-1] = last._replace(block=captioned)
                return
            if parent.node.tag == "figure" and not parent.caption:
                parent.caption = words
                return
        for piece in pieces:
            parent.take(piece)


_OPENERS: Final[dict[str, Callable[[_Walk, Element], _Closer | None]]] = {
    **dict.fromkeys(HEADING_TAGS, _Walk.start_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Walk.start_list),
    **dict.fromkeys(("td", "th"), _Walk.start_cell),
    "blockquote": _Walk.start_quote,
    "br": _Walk.start_break,
    "caption": _Walk.start_table_caption,
    "figcaption": _Walk.start_caption,
    "figure": _Walk.start_figure,
    "hr": _Walk.start_rule,
    "img": _Walk.start_picture,
    "li": _Walk.start_item,
    "pre": _Walk.start_code,
    "q": _Walk.start_quotation,
    "table": _Walk.start_table,
    "tr": _Walk.start_row,
}


_RUNNING: Final = (Paragraph, Heading)


def _is_captioned(picture: Block, words: Block) -> bool:
    """Whether a figure with these blocks is a picture and its caption, though not called so."""
    return isinstance(picture, Image) and not picture.caption and isinstance(words, Paragraph)


def _spans_in(block: Block) -> Iterable[Span]:
    return block.spans if isinstance(block, _RUNNING) else (Span(block_text(block)),)


def _cell_spans(blocks: tuple[Block, ...]) -> Spans:
    """The blocks of a cell, one below the other."""
    return tuple(_joined(filter(block_text, blocks)))


def _joined(blocks: Iterable[Block]) -> Iterator[Span]:
    for number, block in enumerate(blocks):
        if number:
            yield Span("\n")
        yield from _spans_in(block)


def _share(since: _Letters, now: _Letters) -> float:
    """The share of links in what was read since."""
    linked = now[1] - since[1]
    return linked / (now[0] - since[0]) if linked else 0.0


def _first_address(block: Block) -> str | None:
    if isinstance(block, _RUNNING):
        for span in block.spans:
            if url := text.web(span.href):
                return url
    return None
