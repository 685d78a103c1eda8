"""What the least is that makes a page an article: no error, list, form, note or source code.

A dateline, a byline or a caption is sign enough; else there has to be prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kaltimtui.document import Document, block_text
from kaltimtui.parsing.news.grammar import PARAGRAPH
from kaltimtui.parsing.page.notices import is_failure, is_notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kaltimtui.document import Block
    from kaltimtui.parsing.news.grammar import Story

_SENTENCE = re.compile(r"\w{2}[\"'”’)]*[.!?…](?:[\"'”’)]|\s|$)|[。！？]")
_SIGNS = re.compile(r"[{}\[\]<>=_\\|;#~^`]+")
_SIGNS_LEAST: Final = 10
_SIGNS_MOST: Final = 0.02
"""The part of a text that brackets, underscores and the like have at most; in code it is more."""
_CARDS: Final = 3
_LINKED_MOST: Final = 0.6


def holds_article(
    story: Story,
    names: Iterable[str] = (),
    *,
    head: Iterable[str] = (),
    stated: bool = False,
    cards: int = 0,
) -> bool:
    """Whether what was read is an article.

    ``names`` are the titles that the page has, ``head`` the lines between headline and text;
    ``stated`` is whether it says that it is one, ``cards`` how many headings in it are links.
    """
    titles = (story.title or "", *names)
    if any(map(is_failure, titles)):
        return bool(story.dateline)
    lines = [*head, *_lines(story.blocks)]
    if not (story.dateline or story.byline) and is_notice(titles, lines, stated=stated):
        return False
    if stated or story.dateline or story.caption:
        return True
    document = Document(story.blocks)
    if _is_listing(document, cards) or _is_code(document.plain()):
        return False
    return bool(story.byline) or _has_prose(story.blocks)


def _has_prose(blocks: Iterable[Block]) -> bool:
    return sum(len(line) for line in _lines(blocks) if _SENTENCE.search(line)) >= PARAGRAPH


def _lines(blocks: Iterable[Block]) -> list[str]:
    return [line for block in blocks for line in block_text(block).splitlines() if line]


def _is_listing(document: Document, cards: int) -> bool:
    """Whether most of a text leads elsewhere, or each of its parts has a linked heading."""
    linked = sum(len(span.text) for span in document.spans() if span.href)
    whole = sum(len(span.text) for span in document.spans())
    return cards >= _CARDS or linked > _LINKED_MOST * whole


def _is_code(words: str) -> bool:
    return len(_SIGNS.findall(words)) > max(_SIGNS_LEAST, _SIGNS_MOST * len(words))
