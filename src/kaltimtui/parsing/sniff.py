"""What kind of file bytes are, by their content and never by their name."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from kaltimtui import text
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.parsing import charset

Kind: TypeAlias = Literal["html", "text", "feed", "opml"]

_HEAD: Final = 64 * 1024
"""Bytes that are looked at, except of JSON."""
_SIGNATURES: Final = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "ELF"),
)
_TOLERATED: Final = 0.01
"""The share of control characters that text may have."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_JSON_START = re.compile(r'\{\s*(?:"|\})|\[\s*[\[{"]')

_PROLOGUE = re.compile(
    r"(?: \s+ | <\?.*?\?> | <!--.*?--> | <!DOCTYPE [^\[>]* (?:\[ .*? \]\s*)? > )*",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ELEMENT = re.compile(r"<(?:[\w.-]{1,100}:)?([A-Za-z_][\w.-]{0,100})(?=[\s/>])")
_FEED_ROOTS: Final = frozenset(("rss", "feed", "rdf", "channel", "entry"))
_FEED_WITHIN = re.compile(
    r"<(?:rss\s[^<>]{0,500}\bversion|feed\s[^<>]{0,500}\bxmlns|rdf:rdf)\b", re.IGNORECASE
)
_RSS_IN_RDF = re.compile(
    r"xmlns=[\"'][^\"'<>]{0,200}(?:purl\.org/(?:rss|net/rss)|netscape\.com/rdf)|<(?:\w+:)?items?\b",
    re.IGNORECASE,
)
_PAGE_ROOTS: Final = frozenset(
    (
        *("html", "head", "body", "title", "meta", "link", "base", "script", "style", "noscript"),
        *("div", "p", "article", "main", "section", "header", "footer", "nav", "aside", "figure"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "pre"),
        *("a", "b", "i", "em", "strong", "span", "font", "center", "br", "hr", "img", "iframe"),
    )
)
_PAGE_WITHIN = re.compile(
    r"</(?:html|body|head|div|p|article|h[1-6]|td|span|a|li)\s*>", re.IGNORECASE
)


def kind_of(data: bytes) -> Kind:
    """The kind of a file. Raises ParseError, with a plain reason, where it is none of them."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ParseError(
                _("This is a {name} file, not an article, feed or subscription list.").format(
                    name=name
                )
            )
    head = charset.decode(data[:_HEAD]).strip()
    if not head:
        raise ParseError(_("The file is empty."))
    if len(_CONTROLS.findall(head)) > len(head) * _TOLERATED:
        raise ParseError(_("This is not text."))
    if head.startswith(("{", "[")) and (kind := _kind_of_json(data, head)):
        return kind
    return _kind_of_markup(head)


def _kind_of_json(data: bytes, head: str) -> Kind | None:
    from kaltimtui.parsing.feed.jsonfeed import is_feed, load

    try:
        value = load(charset.decode(data))
    except ValueError:
        if _JSON_START.match(head):
            raise ParseError(
                _("This JSON is broken."), hint=_("It may be cut off; fetch or save it again.")
            ) from None
        return None  # text that begins with a bracket
    if is_feed(value):
        return "feed"
    if isinstance(value, dict) and value.get("format") == "kaltimtui-userdata":
        raise ParseError(
            _("This is what “kaltimtui userdata export” wrote."),
            hint=_("“kaltimtui userdata import” takes it in."),
        )
    raise ParseError(_("This JSON is not a feed."))


def _kind_of_markup(head: str) -> Kind:
    prologue = _PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    first = _ELEMENT.match(head, start)
    if first is None:
        return _kind_of_mixture(head)
    root = first[1].lower()
    if root in ("opml", "outlinedocument"):
        return "opml"
    if root in _FEED_ROOTS and (root != "rdf" or _RSS_IN_RDF.search(head)):
        return "feed"
    if root in _PAGE_ROOTS:
        return "feed" if root != "html" and _FEED_WITHIN.search(head) else "html"
    raise ParseError(
        _("This XML is neither a feed nor a subscription list: its root is “{root}”.").format(
            root=text.inline(first[1], 40)
        )
    )


def _kind_of_mixture(head: str) -> Kind:
    """Text with markup after it, such as a feed below the complaints of a server."""
    if _FEED_WITHIN.search(head):
        return "feed"
    if _PAGE_WITHIN.search(head):
        return "html"
    if head.startswith(("<?", "<!")):
        raise ParseError(_("This XML has no content."))
    return "text"
