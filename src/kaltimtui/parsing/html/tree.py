"""HTML as a tree of bounded depth, and as the body of an article.

Pages, bodies of feed entries and titles with markup all come through here. What becomes of each
element is said in ``walk.py``.
"""

from __future__ import annotations

import html as _entities
import re
from itertools import islice
from typing import Final

import lxml.html
from lxml import etree

from kaltimtui import text
from kaltimtui.document import Document
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.parsing.html.elements import BLOCK_TAGS, CUT, VOID_TAGS, Element
from kaltimtui.parsing.html.rows import with_fewer_rows
from kaltimtui.parsing.html.walk import flow

DEPTH_LIMIT: Final = 200
"""Tags nested deeper than this are taken out before the tree is built, their text stays."""
TAGS_LIMIT: Final = 200_000
"""Tags that are read of one page; tables that have most of them give their last rows first."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>")
_ATTRIBUTE: Final = r"""\s++[^\s=<>/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+"""
_MANY_ATTRIBUTES = re.compile(rf"(<[A-Za-z][\w:-]*+(?:{_ATTRIBUTE}){{100}})(?:{_ATTRIBUTE})++")
"""More attributes than any tag needs; the parser's time grows with their square."""
_MARKUP = re.compile(r"[<&]")
_ELEMENTS: Final = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""One class for all; lxml's own look-up is a function of Python, called at every look."""


def parse_html(markup: str) -> Element:
    """The tree of a page or fragment; its root is ``html``. Raises ParseError where there is none.

    Comments and processing instructions are gone. Where the page goes on, the root is marked.
    """
    whole = with_fewer_rows(markup, TAGS_LIMIT)
    kept = _cut(whole)
    markup = _MANY_ATTRIBUTES.sub(r"\1", kept.replace("\0", ""))
    root, complaint = _tree(markup, huge=False)
    if "HUGE" in complaint:  # too deep or too long for the parser, which stopped there
        root, _complaint = _tree(_flattened(markup), huge=True)
    if root is None:
        raise ParseError(_("The page is empty."))
    if len(kept) < len(whole):
        root.set(CUT, "")
    return root


def _cut(markup: str) -> str:
    """Markup up to ``TAGS_LIMIT``."""
    if markup.count("<") <= TAGS_LIMIT:
        return markup
    last = next(islice(re.finditer("<", markup), TAGS_LIMIT, None))
    return markup[: last.start()]


def _tree(markup: str, *, huge: bool) -> tuple[Element | None, str]:
    """The tree, and the last thing that the parser complained about."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    last = parser.error_log.last_error
    return root, last.message if last is not None else ""


def _flattened(markup: str) -> str:
    """Markup without the tags past ``DEPTH_LIMIT``; a block's edge stays an edge."""
    names: list[str] = []

    def kept(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in VOID_TAGS:
            return tag[0]
        if tag[1] and name in names:
            while names.pop() != name:
                pass
            return tag[0]
        if not tag[1] and len(names) < DEPTH_LIMIT:
            names.append(name)
            return tag[0]
        return "<br><br>" if name in BLOCK_TAGS else ""

    return _TAG.sub(kept, markup)


def fragment(markup: str, base: str | None = None) -> Document:
    """The blocks of markup that is part of a page, with addresses joined to ``base``."""
    if not markup.strip():
        return Document()
    root = parse_html(f"<div>{markup}</div>")
    return Document(tuple(piece.block for piece in flow(root, base)))


def plain(markup: str) -> str:
    """The text of markup as one line, such as a title with emphasis or entities in it."""
    if not _MARKUP.search(markup):
        return text.inline(markup)
    if "<" not in markup:
        return text.inline(_entities.unescape(markup))
    return text.inline(fragment(markup).plain())
