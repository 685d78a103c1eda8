"""What elements of HTML say of themselves: block or not, shown or not, there for looks or not."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final, TypeAlias

from kaltimtui import text
from kaltimtui.document import Span

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

HEADING_TAGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCK_TAGS: Final = frozenset(
    {
        *("html", "body", "address", "article", "aside", "center", "details", "dir", "div", "dl"),
        *("dt", "dd", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup"),
        *("hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section"),
        *("summary", "blockquote", "caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
        *("ul", *HEADING_TAGS),
    }
)
VOID_TAGS: Final = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    }
)
STYLE_TAGS: Final = frozenset(
    {"a", "b", "strong", "i", "em", "cite", "dfn", "var", "code", "kbd", "samp", "tt"}
)
_DROPPED_TAGS: Final = frozenset(
    {
        *("head", "title", "base", "basefont", "link", "meta", "script", "style", "noscript"),
        *("template", "button", "datalist", "input", "keygen", "label", "optgroup", "option"),
        *("select", "textarea", "meter", "progress", "applet", "audio", "bgsound", "canvas"),
        *("embed", "frame", "frameset", "iframe", "map", "noembed", "noframes", "object", "param"),
        *("svg", "track", "video", "dialog", "rp"),
    }
)
_ARRANGING_TAGS: Final = (
    *("table", "article", "section", "main", "nav", "aside", "header", "footer", "form", "figure"),
    *HEADING_TAGS,
)
_HIDDEN_CLASSES: Final = frozenset({"sr-only", "visually-hidden", "screen-reader-text"})
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE
)
_LAZY_SOURCES: Final = ("data-src", "data-original", "data-lazy-src", "data-lazy")
CUT: Final = "data-kaltimtui-cut"
"""The mark on a root whose page goes on, and on a row that stands for so many others."""
_PROSE_CELL: Final = 600
"""Characters from which a cell is a part of the page rather than of a table."""
_LOOKED_AT: Final = 50
"""Rows and columns by which a table is judged."""


def classes(node: Element) -> list[str]:
    """The class names of an element, in lower case."""
    return (node.get("class") or "").lower().split()


def is_dropped(node: Element, tag: str) -> bool:
    """Whether an element is passed over: no part of the text, or hidden."""
    if tag in _DROPPED_TAGS:
        return True
    said = node.keys()
    if not said or tag == "body":
        return False
    if "hidden" in said or ("style" in said and _HIDDEN_STYLE.search(node.get("style"))):
        return True
    # A page saved with a dialog open has aria-hidden on all the rest: trust it on inline parts.
    if tag not in BLOCK_TAGS and "aria-hidden" in said and node.get("aria-hidden") == "true":
        return True
    return "class" in said and not _HIDDEN_CLASSES.isdisjoint(classes(node))


def is_caption(node: Element) -> bool:
    """Whether an element calls itself a caption."""
    tag = node.tag
    if tag == "figcaption":
        return True
    said = node.get("class") if tag in BLOCK_TAGS else None
    return said is not None and "caption" in said.lower()


def styled(style: Span, node: Element, base: str | None) -> Span:
    """The style of text within an element that stands in text of this style."""
    href = style.href
    if node.tag == "a":
        said = node.get("href")
        href = text.address(said, base) or text.mail(said)
    return Span(
        "",
        strong=style.strong or node.tag in ("b", "strong"),
        emphasis=style.emphasis or node.tag in ("i", "em", "cite", "dfn", "var"),
        code=style.code or node.tag in ("code", "kbd", "samp", "tt"),
        href=href,
    )


def arranging(root: Element) -> set[Element]:
    """The elements above a heading, section, table or the like: lists and tables for looks."""
    above: set[Element] = set()
    for node in root.iter(*_ARRANGING_TAGS):
        parent = node.getparent() if node is not root else None
        while parent is not None and parent is not root and parent not in above:
            above.add(parent)
            parent = parent.getparent()
    return above


def is_layout(table: Element) -> bool:
    """Whether a table without any element inside that tells so is there for its looks."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iter("th"), None) is not None:
        return False
    rows = [row.findall("td")[:_LOOKED_AT] for row in islice(table.iter("tr"), _LOOKED_AT)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return True
    return any(sum(map(len, cell.itertext())) > _PROSE_CELL for row in rows for cell in row)


def picture_address(node: Element, base: str | None) -> str | None:
    """The address of a picture, also of one that is loaded late; none of a tracking pixel."""
    if {node.get("width"), node.get("height")} & {"0", "1", "2"}:
        return None
    said = [node.get(name) for name in (*_LAZY_SOURCES, "src")]
    said += [_first_of_set(node.get(name)) for name in ("data-srcset", "srcset")]
    return next(filter(None, (text.address(value, base) for value in said)), None)


def _first_of_set(sources: str | None) -> str | None:
    words = (sources or "").split(None, 1)
    return words[0].rstrip(",") if words else None


def rows_left_out(row: Element) -> int:
    """How many rows of its table a row stands for, which were too many."""
    said = row.get(CUT) or ""
    return int(said) if re.fullmatch(r"[0-9]{1,7}", said) else 0


def list_start(node: Element) -> int:
    """The number of a list's first item; 1 where none, or none that is sensible, is given."""
    value = (node.get("start") or "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,6}", value) else 1
