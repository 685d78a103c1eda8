"""Which blocks of a page are its main text, by readability.

Readability takes a tree and gives back the part it chose. The elements of the page's blocks are
marked before, so that its choice can be told as a choice among those blocks.
"""

from __future__ import annotations

import logging
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from readability import Document
from readability.readability import Unparseable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.html.elements import Element
    from kaltimtui.parsing.html.walk import Piece

ELEMENTS_LIMIT: Final = 12_000
LETTERS_LIMIT: Final = 1_000_000
"""Elements and characters past which a page is not given to the extractor, which is slow then."""

_MARK: Final = "data-kaltimtui"

logging.getLogger("readability").setLevel(logging.CRITICAL)  # its failures are seen to here


class Chooser(Document):  # type: ignore[misc]  # the library has no types
    """Readability that keeps the tree it chose instead of tidying its markup."""

    def get_clean_html(self) -> str:
        """What readability measures its choice by; called whenever it has chosen."""
        self.chosen = {node.get(_MARK) for node in self.html.iter(etree.Element)}
        return str(etree.tostring(self.html, encoding="unicode", method="html"))


def main_blocks(root: Element, pieces: Sequence[Piece]) -> list[bool]:
    """For each block of a page whether it belongs to the main text. The tree is used up."""
    if _is_large(root):
        return [False] * len(pieces)
    marks: dict[Any, str] = {}
    for piece in pieces:
        mark = marks.setdefault(piece.node, str(len(marks)))
        piece.node.set(_MARK, mark)
    chooser = Chooser(root)
    try:
        chooser.summary()
    except Unparseable:
        return [False] * len(pieces)
    return [marks[piece.node] in chooser.chosen for piece in pieces]


def _is_large(root: Element) -> bool:
    elements = sum(1 for _node in islice(root.iter(), ELEMENTS_LIMIT + 1))
    return elements > ELEMENTS_LIMIT or sum(map(len, root.itertext())) > LETTERS_LIMIT
