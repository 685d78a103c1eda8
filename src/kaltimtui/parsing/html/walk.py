"""The walk over a tree of HTML that gives the blocks of its text.

It takes step by step (``steps.py``) on a stack, so depth costs nothing. Where the characters or
blocks of a body are spent it stops, and says so by a ``Cut`` at the end; how many tags there are is
bounded by the tree. Scripts, forms, frames and hidden parts are passed over; of attributes only
addresses (through ``text.address``), ``alt`` and ``start`` are kept.

A table or list that holds headings, sections or other tables is there for its looks: its content
is read as running text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeAlias, TypeVar

from kaltimtui import text
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
    Span,
    Spans,
    Table,
)
from kaltimtui.parsing.html.cells import RUNNING, caption_of, cell_spans, is_captioned
from kaltimtui.parsing.html.elements import (
    BLOCK_TAGS,
    CUT,
    HEADING_TAGS,
    Element,
    arranging,
    is_caption,
    is_layout,
    list_start,
    picture_address,
    rows_left_out,
)
from kaltimtui.parsing.html.line import RunningLine
from kaltimtui.parsing.html.steps import Step, steps
from kaltimtui.parsing.lengths import LETTERS_LIMIT, shortened

FRAME_LIMIT: Final = 24
"""Quotes, lists and tables nested deeper than this are read as running text."""
BLOCK_LIMIT: Final = 60_000
"""Blocks that are read of one page, but for the cells of its tables."""


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
    """The blocks below an element in reading order, each with where it stood.

    A ``Cut`` is the last of them where the page goes on.
    """
    return _walked(root, base, _Walk(root, base))[0]


def blocks_and_lines(root: Element, base: str | None = None) -> tuple[list[Piece], list[Piece]]:
    """The blocks below an element, and its lines: quotes, lists, tables and figures taken apart."""
    blocks, lines = _walked(root, base, _Walk(root, base), _Walk(root, base, flat=True))
    return blocks, lines


def _walked(root: Element, base: str | None, *walks: _Walk) -> list[list[Piece]]:
    leading = walks[0]
    for step in steps(root, base):
        for walk in walks:
            walk.take(step)
        if leading.is_cut:
            break
    found = [walk.pieces() for walk in walks]
    if leading.is_cut or root.get(CUT) is not None:
        found[0].append(Piece(Cut(), root, None, 0.0, leading.events + 1))
    return found


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
    left_out: int = 0

    def take(self, piece: Piece) -> None:
        self.rows.append([cell_spans((piece.block,))])


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
        self.blocks = 0
        self.is_spent = False
        """Whether there were more characters than a body may have."""

    def _is_arranging(self, node: Element) -> bool:
        """Whether a list or table is there for its looks."""
        if self.arranging is None:
            self.arranging = arranging(self.root)
        return node in self.arranging

    @property
    def is_cut(self) -> bool:
        """Whether the body has all that it may have."""
        return self.is_spent or self.blocks > BLOCK_LIMIT

    def take(self, step: Step) -> None:
        """Take one step."""
        node, begins, self.style, self.links, raw, words = step
        self.events += 1
        if node is not None:
            if begins:
                self._start(node)
            else:
                self._end()
        if raw:
            self._text(raw, words)

    def pieces(self) -> list[Piece]:
        """What was found, once all steps were taken; what is open is closed."""
        while self.open:
            self._end()
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
        count = len(words if self.code is None else raw)
        if self.letters[0] + count > LETTERS_LIMIT:
            left = 0 if self.is_spent else LETTERS_LIMIT - self.letters[0]
            raw, words = _first_words(raw, words, left, kept=self.code is not None)
            count, self.is_spent = len(words or raw), True
        if self.code is not None:
            self.code.append(raw)
        elif raw:
            self.line.add(raw, words, self.style)
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
        self.blocks += 1

    def _add_cut(self) -> None:
        """Say that something is missing here, unless that was said just now."""
        frame = self.frames[-1]
        if not (isinstance(frame, _Flow) and frame.pieces and frame.pieces[-1].block == Cut()):
            self._add(Cut())

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
            self.blocks += 1
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
            self._add(Table(rows, table.header, table.left_out), table.since)
        elif table.left_out:
            self._add_cut()

    def start_table_caption(self, node: Element) -> _Closer | None:
        within = isinstance(self.frames[-1], _Rows) and self._push(_Flow(node, self.letters))
        return self.end_table_caption if within else None

    def end_table_caption(self, _node: Element) -> None:
        for piece in self._pop(_Flow).pieces:
            self.frames[-2].take(piece)  # what the table stands in, and so above it

    def start_row(self, node: Element) -> None:
        table = self.frames[-1]
        left_out = rows_left_out(node)
        if left_out and not self.flat:
            if isinstance(table, _Rows):
                table.left_out += left_out
            else:
                self._add_cut()
        elif isinstance(table, _Rows):
            if not any(table.rows):
                table.header = len(node) > 0 and all(cell.tag == "th" for cell in node)
            if not table.rows or table.rows[-1]:
                table.rows.append([])

    def start_cell(self, node: Element) -> _Closer | None:
        if not isinstance(self.frames[-1], _Rows):
            return None
        return self.end_cell if self._push(_Flow(node, self.letters)) else None

    def end_cell(self, _node: Element) -> None:
        blocks = self._pop(_Flow).blocks()
        self.blocks -= len(blocks)
        spans = cell_spans(blocks)
        table = self.frames[-1]
        if isinstance(table, _Rows):
            table.rows = table.rows or [[]]
            table.rows[-1].append(spans)

    def start_figure(self, node: Element) -> _Closer | None:
        return self.end_figure if self._push(_Flow(node, self.letters)) else None

    def end_figure(self, _node: Element) -> None:
        figure = self._pop(_Flow)
        caption, pieces = figure.caption, figure.pieces
        if not caption and len(pieces) == 2 and is_captioned(*figure.blocks()):
            caption = caption_of((pieces.pop().block,))
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
        words = caption_of([piece.block for piece in pieces])
        if words and isinstance(parent, _Flow):
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


def _first_words(raw: str, words: str, left: int, *, kept: bool) -> tuple[str, str]:
    """What of a text there is room for; with ``kept`` it is one whose white space is meant."""
    if kept:
        return raw[:left], ""
    words = shortened(words, left)
    return words and f"{raw[: raw[0].isspace()]}{words}", words


def _share(since: _Letters, now: _Letters) -> float:
    """The share of links in what was read since."""
    linked = now[1] - since[1]
    return linked / (now[0] - since[0]) if linked else 0.0


def _first_address(block: Block) -> str | None:
    if isinstance(block, RUNNING):
        for span in block.spans:
            if url := text.web(span.href):
                return url
    return None
