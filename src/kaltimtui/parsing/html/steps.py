"""A tree of HTML as steps: each tag of what is shown, with the text behind it and its style.

The loop over the tree is the same whatever blocks are made of it, so one page is gone through once
for several walks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from lxml import etree

from kaltimtui import text
from kaltimtui.document import Span
from kaltimtui.parsing.html.elements import (
    BLOCK_TAGS,
    STYLE_TAGS,
    Element,
    is_dropped,
    styled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


_BUILDING_TAGS: Final = BLOCK_TAGS | {"br", "img", "q"}


Step: TypeAlias = tuple[Element | None, bool, Span, int, str | None, str]
"""One tag, and the text between it and the next:

its element, or None where the tag changes no more than the style; whether it begins; the style;
how many links are open, whether their addresses are of use or not; the text as it stands there,
and what is left of it without its outer white space.
"""


def steps(root: Element, base: str | None) -> Iterator[Step]:
    """The steps below an element, itself included, but those that neither tell nor change a thing.

    What is not shown is left out; the text behind it counts.
    """
    style, styles, links = Span(""), [Span("")], 0
    tags = etree.iterwalk(root, events=("start", "end"))
    dropped: Element | None = None
    for event, node in tags:
        begins = event == "start"
        tag = node.tag
        builds = tag in _BUILDING_TAGS
        if begins:
            if node is not root and is_dropped(node, tag):
                tags.skip_subtree()
                dropped = node
                continue
            raw = node.text
        else:
            raw = node.tail if node is not root else None
        if node is dropped:
            builds = False
        elif tag in STYLE_TAGS:
            links += (tag == "a") * (1 if begins else -1)
            if begins:
                styles.append(style)
                style = styled(style, node, base)
            else:
                style = styles.pop()
        if raw:
            words = "" if raw.isspace() else text.inline(raw, len(raw))
            yield node if builds else None, begins, style, links, raw, words
        elif builds:
            yield node, begins, style, links, raw, ""
