"""The body of an article as HTML, as any content system writes it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Markup:
    """Writes blocks; ``address`` tells where a link or a picture is found on the site."""

    address: Callable[[str], str]

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks, one a line."""
        return "\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        """One block with all that is in it."""
        match block:
            case Paragraph(spans):
                return f"<p>{self.spans(spans)}</p>"
            case Heading(level, spans):
                return f"<h{level}>{self.spans(spans)}</h{level}>"
            case Quote(blocks):
                return f"<blockquote>{self.blocks(blocks)}</blockquote>"
            case ListBlock():
                return self._list(block)
            case Table(rows, header):
                return self._table(rows, header=header)
            case Image():
                return self.picture(block)
            case Code(words):
                return f"<pre>{escape(words)}</pre>"
            case Rule():
                return "<hr>"
            case Cut():
                return ""

    def spans(self, spans: Spans) -> str:
        """Runs of text with their styles and links."""
        return "".join(map(self._span, spans))

    def picture(self, image: Image) -> str:
        """A picture; with what is said of it, if anything is."""
        credit = f" ({image.credit})" if image.credit else ""
        words = f"{image.caption}{credit}".strip()
        shown = (
            f'<img src="{escape(self.address(image.url or ""))}" alt="{escape(image.alt)}"'
            ' width="640" height="360">'
        )
        caption = f"<figcaption>{escape(words, quote=False)}</figcaption>" if words else ""
        return f"<figure>{shown}{caption}</figure>"

    def _span(self, span: Span) -> str:
        said = escape(span.text, quote=False).replace("\n", "<br>")
        for wanted, tag in ((span.code, "code"), (span.emphasis, "em"), (span.strong, "strong")):
            if wanted:
                said = f"<{tag}>{said}</{tag}>"
        return f'<a href="{escape(self.address(span.href))}">{said}</a>' if span.href else said

    def _list(self, listed: ListBlock) -> str:
        items = "".join(f"<li>{self._item(item)}</li>" for item in listed.items)
        if not listed.ordered:
            return f"<ul>{items}</ul>"
        start = f' start="{listed.start}"' if listed.start != 1 else ""
        return f"<ol{start}>{items}</ol>"

    def _item(self, item: Sequence[Block]) -> str:
        """An item, which is a bare text where it is one paragraph."""
        match item:
            case [Paragraph(spans)]:
                return self.spans(spans)
            case _:
                return self.blocks(item)

    def _table(self, rows: Sequence[Sequence[Spans]], *, header: bool) -> str:
        said = ""
        for number, row in enumerate(rows):
            tag = "th" if header and number == 0 else "td"
            cells = "".join(f"<{tag}>{self.spans(cell)}</{tag}>" for cell in row)
            said += f"<tr>{cells}</tr>"
        return f"<table>{said}</table>"


def signed(blocks: Sequence[Block], opening: str, signature: str) -> tuple[Block, ...]:
    """The text with its place before the first paragraph and its byline behind the last.

    A text that does not end in a paragraph has its byline in one of its own.
    """
    first, *rest = blocks
    assert isinstance(first, Paragraph), "every article opens with a paragraph"
    whole: list[Block] = [Paragraph((Span(opening), *first.spans)), *rest]
    last = whole[-1]
    if isinstance(last, Paragraph):
        whole[-1] = Paragraph((*last.spans, Span(f" {signature}")))
    else:
        whole.append(Paragraph((Span(signature),)))
    return tuple(whole)
