"""An article as Markdown (CommonMark, with the tables of GitHub's), its text safe in it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kaltimtui import dates
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
    Table,
)
from kaltimtui.i18n import _
from kaltimtui.wording import (
    SEPARATOR,
    attached,
    by_group,
    caption_line,
    cut_here,
    is_in_body,
    rows_left_out,
    when_and_where,
    whence,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.models import Article, Related

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_LINE_START: Final = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_HARD_BREAK: Final = "\\\n"
_LAST_NUMBER: Final = 999_999_999
"""The highest that CommonMark takes for the number of an item."""


def article_markdown(article: Article) -> str:
    """The article whole; ends with a line break."""
    parts = [
        f"*{escape(article.kicker)}*" if article.kicker else "",
        _heading(1, escape(article.title)),
        _facts(article),
        blocks_markdown(article.document.blocks),
        *_caption(article),
        "\n".join(f"- {address(enclosure.url)}" for enclosure in attached(article)),
    ]
    for title, items in by_group(article.related):
        parts += [f"## {escape(title)}", "\n".join(_related(item) for _at, item in items)]
    return "\n\n".join(filter(None, parts)) + "\n"


def escape(words: str) -> str:
    """Text that reads in Markdown as it stands; line breaks stay."""
    return "\n".join(map(_line, _inline(words).split("\n")))


def spans_markdown(spans: Sequence[Span]) -> str:
    """Running text with its styles; a line break within it is a hard one."""
    said = ""
    runs = [(style, list(run)) for style, run in groupby(spans, _style)]
    for place, ((strong, emphasis), run) in enumerate(runs):
        inner = "".join(map(_span, run))
        following = runs[place + 1][1][0].text[:1] if place + 1 < len(runs) else ""
        marker = "**" * strong + "*" * emphasis
        said += _marked(inner, marker, said[-1:], following)
    return _HARD_BREAK.join(filter(None, map(_line, said.strip().split("\n"))))


def address(url: str) -> str:
    """An address as the target of a link."""
    return f"<{url.translate({ord('<'): '%3C', ord('>'): '%3E', ord(chr(92)): '%5C'})}>"


def _inline(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words)


def _line(line: str) -> str:
    """A line whose beginning opens no heading, list or underline."""
    return _LINE_START.sub(_escape_start, line.strip(), count=1)


def _escape_start(found: re.Match[str]) -> str:
    sign, number, point = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{point}"


def _style(span: Span) -> tuple[bool, bool]:
    return span.strong, span.emphasis


def _span(span: Span) -> str:
    words = _code(span.text) if span.code else _inline(span.text)
    return f"[{words}]({address(span.href)})" if span.href else words


def _code(words: str) -> str:
    fence = _longer_than_any("`", words, least=1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _longer_than_any(sign: str, words: str, least: int) -> str:
    runs = re.findall(re.escape(sign) + "+", words)
    return sign * max(least, max(map(len, runs), default=0) + 1)


def _marked(inner: str, marker: str, before: str, after: str) -> str:
    """Text between emphasis markers, where CommonMark would see them as such; else as it is."""
    core = inner.strip()
    if not marker or not core:
        return inner
    start = inner.index(core)
    opens = start > 0 or _opens(core[0], before)
    closes = len(inner) > start + len(core) or _opens(core[-1], after)
    if not (opens and closes):
        return inner
    return f"{inner[:start]}{marker}{core}{marker}{inner[start + len(core) :]}"


def _opens(edge: str, outside: str) -> bool:
    if outside == "*":
        return False
    return edge.isalnum() or not outside or not outside.isalnum()


def blocks_markdown(blocks: Iterable[Block]) -> str:
    """A body, its blocks parted by blank lines."""
    return "\n\n".join(_blocks(blocks))


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    former: str | None = None
    for block in blocks:
        marker = _list_marker(block, former)
        if said := _block(block, marker):
            former = marker
            yield said


def _list_marker(block: Block, former: str | None) -> str | None:
    """The sign of a list's items: another than that of a list just above, which it would join."""
    if not isinstance(block, ListBlock):
        return None
    first, second = (".", ")") if block.ordered else ("-", "+")
    return second if former == first else first


def _block(block: Block, marker: str | None) -> str:
    match block:
        case Paragraph(spans):
            return spans_markdown(spans)
        case Heading(level, spans):
            return _heading(level + 1, spans_markdown(spans).replace(_HARD_BREAK, " "))
        case Quote(blocks):
            inner = blocks_markdown(blocks)
            return _indented(inner, "> ", "> ") if inner else ""
        case ListBlock():
            return _list(block, marker or "-")
        case Table():
            return _table(block)
        case Image():
            return _image(block)
        case Code(code):
            fence = _longer_than_any("`", code, least=3)
            return f"{fence}\n{code}\n{fence}"
        case Rule():
            return "---"
        case Cut():
            return f"*{cut_here()}*"


def _heading(level: int, words: str) -> str:
    """A heading whose last signs are not taken for its end."""
    safe = re.sub(r"(?<= )(#+)$", r"\\\1", words)
    return f"{'#' * min(level, 6)} {safe}" if words else ""


def _indented(words: str, first: str, others: str) -> str:
    lines = words.split("\n")
    return "\n".join([first + lines[0], *(f"{others}{line}".rstrip() for line in lines[1:])])


def _list(block: ListBlock, marker: str) -> str:
    said = []
    for number, item in enumerate(block.items, block.start):
        sign = f"{min(max(number, 0), _LAST_NUMBER)}{marker} " if block.ordered else f"{marker} "
        said.append(_indented(blocks_markdown(item), sign, " " * len(sign)))
    return "\n".join(said)


def _table(block: Table) -> str:
    columns = max((len(row) for row in block.rows), default=0)
    if not columns:
        return ""
    rows = [[_cell(cell) for cell in row] + [""] * (columns - len(row)) for row in block.rows]
    header, body = (rows[0], rows[1:]) if block.header else ([""] * columns, rows)
    rows = [header, ["---"] * columns, *body]
    said = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{said}\n\n*{rows_left_out(block.left_out)}*" if block.left_out else said


def _cell(spans: Sequence[Span]) -> str:
    # A code span in a cell needs its bars escaped too, which the other escapes have done already.
    said = spans_markdown(spans).replace(_HARD_BREAK, " ")
    return re.sub(r"(?<!\\)\|", r"\\|", said)


def _image(block: Image) -> str:
    said = caption_line(block.caption or block.alt, block.credit)
    if not block.url:
        return f"*{escape(said)}*" if said else ""
    return f"![{escape(said).replace(chr(10), ' ')}]({address(block.url)})"


def _facts(article: Article) -> str:
    said = (when_and_where(article), whose(article), whence(article))
    lines = [SEPARATOR.join(map(escape, facts)) for facts in said]
    if article.url:
        lines.append(address(article.url))
    return _HARD_BREAK.join(filter(None, lines))


def _caption(article: Article) -> Iterator[str]:
    if is_in_body(article):
        return
    said = caption_line(article.caption, article.photo_credit)
    if article.image:
        yield f"![{escape(said).replace(chr(10), ' ')}]({address(article.image)})"
    if said:
        photo = escape(_("Photo: {caption}").format(caption=said))
        yield _indented(photo.replace("\n", _HARD_BREAK), "> ", "> ")


def _related(item: Related) -> str:
    title = escape(item.title or item.url or "")
    if item.url:
        title = f"[{title}]({address(item.url)})"
    said = [
        dates.long(item.published) if item.published else "",
        escape(item.category or ""),
        title,
    ]
    return "- " + SEPARATOR.join(filter(None, said))
