"""Blocks as lines of a page, and stretches of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kaltimtui.document import Heading, Paragraph, spans_text

if TYPE_CHECKING:
    from kaltimtui.document import Block, Span, Spans


def line_of(block: Block) -> str:
    """The text of a block that is a line; nothing of others."""
    return spans_text(block.spans) if isinstance(block, Paragraph | Heading) else ""


def cut(spans: Spans, start: int, stop: int) -> Spans:
    """The spans of a stretch of text, without white space at its ends."""
    whole = spans_text(spans)[start:stop]
    start += len(whole) - len(whole.lstrip())
    stop = start + len(whole.strip())
    kept: list[Span] = []
    at = 0
    for span in spans:
        words = span.text[max(0, start - at) : max(0, stop - at)]
        if words:
            kept.append(replace(span, text=words))
        at += len(span.text)
    return tuple(kept)
