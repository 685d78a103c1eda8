"""Which blocks of a page are its main text, by readability; of a large page, by where most text is.

Readability takes a tree and gives back the part it chose. The elements of the page's blocks are
marked before, so that its choice can be told as a choice among those blocks.
"""

from __future__ import annotations

import copy
import logging
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from readability import Document
from readability.readability import REGEXES, Unparseable, text_length

from kaltimtui.document import Paragraph, block_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.html.elements import Element
    from kaltimtui.parsing.html.walk import Piece

ELEMENTS_LIMIT: Final = 12_000
LETTERS_LIMIT: Final = 1_000_000
"""Elements and characters past which a page is not given to readability, which is slow then."""

_MOST: Final = 0.6
"""The part of an element's running text that one within it holds, if all the rest is around it."""
_WEIGHED: Final = 200
"""Characters of a paragraph that count there, so that one very long one is not most of a text."""

MARK: Final = "data-kaltimtui"

logging.getLogger("readability").setLevel(logging.CRITICAL)  # its failures are seen to here


class Chooser(Document):  # type: ignore[misc]  # the library has no types
    """Readability that keeps the tree it chose instead of tidying its markup."""

    chosen: set[str | None]

    def get_clean_html(self) -> str:
        """What readability measures its choice by; called whenever it has chosen."""
        self.chosen = _marks_in(self.html)
        return str(etree.tostring(self.html, encoding="unicode", method="html"))


class QuickChooser(Chooser):
    """The same without the work that only makes markup fit to be shown.

    It chooses the same, except perhaps on pages on which it was not ``sure``: whether a choice is
    long enough is told by its text here, and by its markup there.
    """

    sure = True

    def _parse(self, source: Element) -> Element:
        """A copy without what the library takes out of the tree: the hidden, links and base."""
        for node in source.xpath("//*[@hidden]"):
            node.drop_tree()
        for node in source.xpath("//*[@style]"):
            if REGEXES["displayNoneRe"].search(node.get("style")):
                node.drop_tree()
        tree = copy.deepcopy(source)
        self._alive = list(tree.iter())
        for node in tree.iter("image"):
            node.tag = "img"
        for node in (*tree.iter("link"), *tree.xpath("//base[@href]")):
            node.drop_tree()
        return tree

    def get_clean_html(self) -> str:
        """The text, which is never longer than the markup."""
        self.chosen = _marks_in(self.html)
        words = str(self.html.text_content())
        self.sure = self.sure and len(words) >= self.retry_length
        return words

    def get_link_density(self, elem: Element) -> float:
        """The share of links in a text; that of none needs no measuring."""
        links = elem.findall(".//a")
        return sum(map(length, links)) / max(length(elem), 1) if links else 0.0


def length(node: Element) -> int:
    """The length of a text as the library has it: a run of white space counts once.

    Of tabs and the like it counts some twice, so these are left to it.
    """
    words: str = node.text_content()
    plain = words.replace("\n", "").isprintable()
    return len(" ".join(words.split())) if plain else int(text_length(node))


def main_blocks(root: Element, pieces: Sequence[Piece]) -> list[bool]:
    """For each block of a page whether it belongs to the main text. The tree is used up."""
    if _is_large(root):
        return _in_fullest(root, pieces)
    marks: dict[Any, str] = {}
    for piece in pieces:
        mark = marks.setdefault(piece.node, str(len(marks)))
        piece.node.set(MARK, mark)
    chosen = _chosen(root)
    return [marks[piece.node] in chosen for piece in pieces]


def _in_fullest(root: Element, pieces: Sequence[Piece]) -> list[bool]:
    """Whether each block stands in the innermost element that holds most of the running text."""
    letters: Counter[Element] = Counter()
    paragraphs: Counter[Element] = Counter()
    for piece in pieces:
        if isinstance(piece.block, Paragraph):
            weight = min(len(block_text(piece.block)), _WEIGHED)
            letters[piece.node] += round(weight * (1 - piece.linked))
            paragraphs[piece.node] += 1
    for node in reversed(list(root.iter())):
        if node is not root:
            letters[node.getparent()] += letters[node]
            paragraphs[node.getparent()] += paragraphs[node]
    fullest = root
    while (inner := max(fullest, key=letters.__getitem__, default=None)) is not None:
        if paragraphs[inner] < 2 or letters[inner] < _MOST * letters[fullest]:
            break
        fullest = inner
    inside = set(fullest.iter())
    return [piece.node in inside for piece in pieces]


def _chosen(root: Element) -> set[str | None]:
    """The marks in the part of a page that is its main text."""
    try:
        quick = QuickChooser(root)
        quick.summary()
        if quick.sure:
            return quick.chosen
        chooser = Chooser(root)
        chooser.summary()
    except Unparseable:
        return set()
    return chooser.chosen


def _marks_in(tree: Element) -> set[str | None]:
    return {node.get(MARK) for node in tree.iter(etree.Element)}


def _is_large(root: Element) -> bool:
    elements, letters = root.xpath("count(//*)"), root.xpath("string-length(/)")
    return bool(elements > ELEMENTS_LIMIT or letters > LETTERS_LIMIT)
