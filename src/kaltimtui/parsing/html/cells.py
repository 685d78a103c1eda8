"""Blocks that become one run of text: those of a cell, and those of a caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.document import Heading, Image, Paragraph, Span, block_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.document import Block, Spans

RUNNING: Final = (Paragraph, Heading)


def is_captioned(picture: Block, words: Block) -> bool:
    """Whether a figure with these blocks is a picture and its caption, though not called so."""
    return isinstance(picture, Image) and not picture.caption and bool(caption_of((words,)))


def caption_of(blocks: Sequence[Block]) -> str:
    """The blocks of a caption in one line; nothing where they are more than that, and so text."""
    if not all(isinstance(block, Paragraph) for block in blocks):
        return ""
    words = " ".join(map(block_text, blocks))
    line = text.inline(words, len(words))
    return line if len(line) <= text.INLINE_LIMIT else ""


def _spans_in(block: Block) -> Iterable[Span]:
    return block.spans if isinstance(block, RUNNING) else (Span(block_text(block)),)


def cell_spans(blocks: tuple[Block, ...]) -> Spans:
    """The blocks of a cell, one below the other; of pictures, their captions."""
    captions = (Paragraph((Span(b.caption),)) if isinstance(b, Image) else b for b in blocks)
    return tuple(_joined(filter(block_text, captions)))


def _joined(blocks: Iterable[Block]) -> Iterator[Span]:
    for number, block in enumerate(blocks):
        if number:
            yield Span("\n")
        yield from _spans_in(block)
