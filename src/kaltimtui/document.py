"""The body of an article as blocks and spans, and its form in JSON.

Everything here is clean text already: whoever builds a block passes outside text through
``text.py`` first. Quotes and lists stand within each other to a bounded depth, so that whoever
goes through a body may call itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Json: TypeAlias = dict[str, Any]
"""An object as the json module reads and writes it."""
DEPTH_LIMIT: Final = 24
"""Quotes and lists within each other; what stands deeper stands at that depth."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; a newline in it is a line break within the block."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str | None = None


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the body; levels go from 1 to 6."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage set apart as a quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is blocks of its own. ``start`` numbers the first item when ordered."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; with ``header`` the first row names the columns."""

    rows: tuple[tuple[Spans, ...], ...]
    header: bool = False
    left_out: int = 0
    """How many more rows the original has, which were too many to be kept."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with what is said of it."""

    url: str | None
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose line breaks and spaces are meant."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two parts of the text."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the original goes on: the text was too long to be kept whole."""


Block: TypeAlias = Paragraph | Heading | Quote | ListBlock | Table | Image | Code | Rule | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """A body, in reading order."""

    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if _depth(self.blocks) > DEPTH_LIMIT:
            object.__setattr__(self, "blocks", _flattened(self.blocks, DEPTH_LIMIT))

    def plain(self) -> str:
        """The text alone: blocks parted by one blank line, cells by a tab, list items by a line."""
        return "\n\n".join(filter(None, map(block_text, self.blocks)))

    def spans(self) -> Iterator[Span]:
        """Every span of the body, in reading order."""
        return _spans(self.blocks)

    def images(self) -> Iterator[Image]:
        """Every picture of the body, in reading order."""
        return (block for block in leaves(self.blocks) if isinstance(block, Image))


def leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without the quotes and lists they stand in, however deep."""
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        match block:
            case None:
                stack.pop()
            case Quote(inner):
                stack.append(iter(inner))
            case ListBlock(items):
                stack.append(chain.from_iterable(items))
            case _:
                yield block


def _depth(blocks: Iterable[Block]) -> int:
    """How deep quotes and lists stand within each other, as far as that matters."""
    depth, level = 0, _holding(blocks)
    while level and depth <= DEPTH_LIMIT:
        depth += 1
        level = _holding(chain.from_iterable(chain.from_iterable(map(_children, level))))
    return depth


def _holding(blocks: Iterable[Block]) -> list[Block]:
    """Those that hold blocks."""
    return [block for block in blocks if isinstance(block, Quote | ListBlock)]


def _flattened(blocks: Iterable[Block], depth: int) -> tuple[Block, ...]:
    """Blocks with so many quotes and lists within each other."""
    if not depth:
        return tuple(leaves(blocks))
    found: list[Block] = []
    for block in blocks:
        match block:
            case Quote(inner):
                found.append(Quote(_flattened(inner, depth - 1)))
            case ListBlock(items):
                flat = tuple([_flattened(item, depth - 1) for item in items])
                found.append(replace(block, items=flat))
            case _:
                found.append(block)
    return tuple(found)


def spans_text(spans: Iterable[Span]) -> str:
    """The text of spans, without their styles."""
    return "".join([span.text for span in spans])


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Span(text),))


def block_text(block: Block) -> str:
    """The text of one block; pictures, rules and cuts have none."""
    match block:
        case Paragraph(spans) | Heading(_, spans):
            return spans_text(spans)
        case Quote(blocks):
            return "\n\n".join(filter(None, map(block_text, blocks)))
        case ListBlock(items):
            return "\n".join("\n".join(filter(None, map(block_text, item))) for item in items)
        case Table(rows):
            return "\n".join("\t".join(map(spans_text, row)) for row in rows)
        case Code(text):
            return text
        case _:
            return ""


def _children(block: Block) -> Iterator[tuple[Block, ...]]:
    match block:
        case Quote(blocks):
            yield blocks
        case ListBlock(items):
            yield from items


def _spans(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield from spans
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield from cell
        for inner in _children(block):
            yield from _spans(inner)


def _span_json(span: Span) -> Json:
    said: Json = {"text": span.text}
    for style in ("strong", "emphasis", "code"):
        if getattr(span, style):
            said[style] = True
    if span.href is not None:
        said["href"] = span.href
    return said


def _spans_json(spans: Spans) -> list[Json]:
    return [_span_json(span) for span in spans]


def block_json(block: Block) -> Json:
    """One block as JSON; ``kind`` names it."""
    match block:
        case Paragraph(spans):
            return {"kind": "paragraph", "spans": _spans_json(spans)}
        case Heading(level, spans):
            return {"kind": "heading", "level": level, "spans": _spans_json(spans)}
        case Quote(blocks):
            return {"kind": "quote", "blocks": [block_json(b) for b in blocks]}
        case ListBlock(items, ordered, start):
            inner = [[block_json(b) for b in item] for item in items]
            return {"kind": "list", "ordered": ordered, "start": start, "items": inner}
        case Table(rows, header, left_out):
            cells = [[_spans_json(cell) for cell in row] for row in rows]
            return {"kind": "table", "header": header, "rows": cells, "left_out": left_out}
        case Image(url, alt, caption, credit):
            return {"kind": "image", "url": url, "alt": alt, "caption": caption, "credit": credit}
        case Code(text):
            return {"kind": "code", "text": text}
        case Rule():
            return {"kind": "rule"}
        case Cut():
            return {"kind": "cut"}


def _spans_from(data: Iterable[Mapping[str, Any]]) -> Spans:
    return tuple(
        Span(
            d["text"],
            d.get("strong", False),
            d.get("emphasis", False),
            d.get("code", False),
            d.get("href"),
        )
        for d in data
    )


def _blocks_from(data: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    return tuple(map(block_from, data))


def block_from(data: Mapping[str, Any]) -> Block:
    """The block that ``block_json`` wrote. Raises KeyError on anything else."""
    match data["kind"]:
        case "paragraph":
            return Paragraph(_spans_from(data["spans"]))
        case "heading":
            return Heading(data["level"], _spans_from(data["spans"]))
        case "quote":
            return Quote(_blocks_from(data["blocks"]))
        case "list":
            items = tuple(map(_blocks_from, data["items"]))
            return ListBlock(items, data["ordered"], data["start"])
        case "table":
            rows = tuple(tuple(map(_spans_from, row)) for row in data["rows"])
            return Table(rows, data["header"], data.get("left_out", 0))
        case "image":
            return Image(data["url"], data["alt"], data["caption"], data["credit"])
        case "code":
            return Code(data["text"])
        case "rule":
            return Rule()
        case "cut":
            return Cut()
        case kind:
            raise KeyError(kind)


def document_json(document: Document) -> list[Json]:
    """A body as JSON."""
    return [block_json(block) for block in document.blocks]
