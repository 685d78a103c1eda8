"""A note as the lines of the reading pane: the Markdown that one writes in a hurry.

Headings, lists, quotes, code, **strong**, *emphasis*, ``code`` and links; anything else stands as
it was typed, each line on its own.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.document import Block, Code, Heading, ListBlock, Paragraph, Quote, Span
from kaltimtui.ui.setting.blocks import block_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.document import Spans
    from kaltimtui.ui.setting.lines import Line

_FENCE: Final = "```"
_LINE = re.compile(
    r"(?P<heading>\#{1,6})[ ]+(?P<title>.*)|(?P<bullet>[-*+])[ ]+(?P<item>.*)"
    r"|(?P<number>\d{1,4})[.)][ ]+(?P<step>.*)|(?P<quote>>)[ ]?(?P<quoted>.*)"
)
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|(?<!\w)(?P<mark>[*_])(?P<emphasis>[^*_\s](?:[^*_]*[^*_\s])?)(?P=mark)(?!\w)"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<href>[^()\s]+)\)"
)


def note_lines(note: str, width: int) -> Iterator[Line]:
    """All of a note."""
    return block_lines(tuple(note_blocks(note)), width)


def note_blocks(note: str) -> Iterator[Block]:
    """What a note is made of. What stands between two fences is code."""
    for place, part in enumerate(re.split(rf"(?m)^{_FENCE}.*$", note)):
        if place % 2:
            yield Code(part.strip("\n"))
        else:
            yield from _plain_blocks(part.split("\n"))


def _plain_blocks(lines: Iterable[str]) -> Iterator[Block]:
    for kind, group in groupby(map(str.strip, lines), _kind):
        rows = list(group)
        match kind:
            case "":
                continue
            case "heading":
                for row in rows:
                    yield Heading(len(_said(row, "heading")), _spans(_said(row, "title")))
            case "bullet":
                yield _list([_said(row, "item") for row in rows])
            case "number":
                start = int(_said(rows[0], "number"))
                yield _list([_said(row, "step") for row in rows], start)
            case "quote":
                yield Quote((Paragraph(_spans("\n".join(_said(row, "quoted") for row in rows))),))
            case _:
                yield Paragraph(_spans("\n".join(rows)))


def _kind(line: str) -> str:
    """What a line begins; empty for a blank one."""
    found = _LINE.fullmatch(line)
    if found is None:
        return "text" if line else ""
    return next(name for name in ("heading", "bullet", "number", "quote") if found[name])


def _said(line: str, name: str) -> str:
    found = _LINE.fullmatch(line)
    return found[name] if found else ""


def _list(items: Sequence[str], start: int | None = None) -> ListBlock:
    blocks = tuple((Paragraph(_spans(item)),) for item in items)
    return ListBlock(blocks, start is not None, start or 1)


def _spans(said: str) -> Spans:
    spans: list[Span] = []
    at = 0
    for found in _INLINE.finditer(said):
        spans.append(Span(said[at : found.start()]))
        at = found.end()
        if found["code"]:
            spans.append(Span(found["code"], code=True))
        elif found["strong"]:
            spans.append(Span(found["strong"], strong=True))
        elif found["emphasis"]:
            spans.append(Span(found["emphasis"], emphasis=True))
        else:
            spans.append(Span(found["label"], href=text.link(found["href"])))
    spans.append(Span(said[at:]))
    return tuple(span for span in spans if span.text)
