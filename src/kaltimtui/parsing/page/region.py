"""Where in a page of HTML its article stands: headline, first and last block, further items.

The page is seen twice: as lines, in which headline, dateline and items are found, and as blocks,
of which the body is made. Readability's choice is the ground; the grammar of the news mends it,
and stands alone where it tells the whole text, from dateline to byline.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.document import Block, Cut, Heading, Image, Paragraph, Rule, block_text
from kaltimtui.parsing import sites
from kaltimtui.parsing.html.walk import Piece, blocks_and_lines
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.dateline import dateline_of
from kaltimtui.parsing.news.facts import is_fact
from kaltimtui.parsing.news.furniture import is_furniture, is_legal
from kaltimtui.parsing.news.grammar import PARAGRAPH, PROSE, is_office_byline
from kaltimtui.parsing.news.lines import SENTENCE_ENDS, Item, Line
from kaltimtui.parsing.page import headline
from kaltimtui.parsing.page.ancestry import (
    ancestry,
    article_around,
    container_of,
    is_within,
    path_below,
)
from kaltimtui.parsing.page.extract import main_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kaltimtui.parsing.html.elements import Element
    from kaltimtui.parsing.news.tail import Reader
    from kaltimtui.parsing.page.meta import Meta

_HEAD_REACH: Final = 15
"""Lines between a headline and the text below it."""
_PICTURE_REACH: Final = 2
_TIMES: Final = 100
"""Times of a page that are looked at."""
_WRAPPERS: Final = 4
"""Elements around a paragraph that may hold nothing else."""
_CAPTION_REACH: Final = 4
_TIME_REACH: Final = 3
_SPACES_LEAST: Final = 2
"""Spaces of a line from which it may be a sentence."""
_CATEGORY_REACH: Final = 3
"""Lines above a headline among which its category is looked for."""
_LONG: Final = 400
"""Characters from which a text is no junk, whatever its element is called."""
_JUNK_NAMES = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)|social|sosmed|related|terkait|comments?|komentar|cookies?|consent"
    r"|breadcrumbs?|newsletter|subscribe|sidebar|tags?|promo|advert\w*|ads?|iklan|recommend\w*"
    r"|rekomendasi|pagination|popup|modal|navbar|menu|author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_JUNK_TAGS: Final = frozenset({"nav", "footer", "aside"})
_OF_THE_SITE = re.compile(
    r"logo|i[ck]on|banner|header|avatar|brand|spacer|blank|loading|\bdot\b|nav",
    re.IGNORECASE,
)
_LEADS_AWAY = re.compile(r"(?:baca|lihat|simak) (?:juga|pula)\b|read more|see also", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """What a page holds of its article."""

    title: str | None
    confirmed: bool
    """Whether the visible page has the headline as its title has it."""
    cards: int
    """Headings from the headline to the last block that are links."""
    kicker: str | None
    head: tuple[str, ...]
    """The lines between headline and body."""
    category: str | None
    """A known category that stands by itself near the headline."""
    blocks: tuple[Block, ...]
    stated: str | None
    """The date of a ``time`` that stands with the headline."""
    own: Item | None
    """The stamp that stands with the headline."""
    items: tuple[Item, ...]
    others: tuple[Line, ...]
    """The lines outside the article."""


class _Time(NamedTuple):
    """A ``time`` of the page, and the elements that it stands in."""

    stated: str
    words: str
    within: frozenset[Element]


def _times(root: Element) -> Iterator[_Time]:
    for node in islice(root.iter("time"), _TIMES):
        words = " ".join("".join(node.itertext()).split())
        if node.get("datetime") and words:
            yield _Time(node.get("datetime"), words, frozenset(ancestry(node)))


def find_region(
    root: Element, meta: Meta, reader: Reader, is_article: Callable[[str], bool]
) -> Region:
    """Find the article in a page. The tree is used up."""
    page = _Page(root, meta, reader, is_article)
    lead, named = page.lead()
    top, confirmed = page.headline(lead, named)
    return page.region(lead, top, confirmed=confirmed)


class _Page:
    """The lines and blocks of a page, and what can be told of them."""

    def __init__(
        self, root: Element, meta: Meta, reader: Reader, is_article: Callable[[str], bool]
    ) -> None:
        self.said = headline.names_of(meta)
        self.site = meta.site
        self.is_article = is_article
        self.pieces, self.flat = blocks_and_lines(root, meta.base)
        self.lines = list(map(_line, self.flat))
        self.names = headline.repeated(self.said, self.lines)
        self.items = reader.items(self.lines)
        self.in_items = {
            number for item in self.items for number in range(item.first, item.last + 1)
        }
        self.times = list(_times(root))
        self.ends = [piece.at for piece in self.pieces]
        self.root = root
        self.placed = False
        """Whether the body begins at a dateline below the headline."""

    @cached_property
    def main(self) -> list[bool]:
        """For each block whether readability takes it for main text; asked only if need be."""
        return main_blocks(self.root, self.pieces)

    # Lines

    def piece_of(self, line: int) -> int:
        """The block that a line is in."""
        return min(bisect_left(self.ends, self.flat[line].at), len(self.pieces) - 1)

    def _may_be_text(self, line: int, least: int) -> bool:
        said = self.lines[line].text
        return (
            len(said) >= least
            and not self._is_drawn(line)
            and line not in self.in_items
            and not is_furniture(said)
            and not is_fact(said)
        )

    def lead(self) -> tuple[int, list[int]]:
        """The line that the body begins with, and those that have the headline's words."""
        matching = headline.matching(self.lines, self.names)
        named = [n for n in matching if not self._is_drawn(n)]
        lines = set(range(len(self.lines))).difference(named)
        texts = [n for n in sorted(lines) if self._may_be_text(n, PARAGRAPH)]
        placed = [n for n in texts if self._is_placed(n)]
        heads = headline.headings(self.flat)
        tops = named or heads
        near = [n for n in placed if _follows(n, tops)]
        sure = next((n for n in near if _nearest(n, heads) in named), None)
        if sure is not None:
            self.placed = True
            return sure, named
        main = [n for n in texts if self.main[self.piece_of(n)]]
        top = headline.best(named, self.flat, self.lines) if named else -1
        below = [n for n in main if n > top]
        prose = [n for n in texts if len(self.lines[n].text) >= PROSE]
        placed_main = sorted(set(main).intersection(placed))
        for found in (placed_main, near, below, main, prose, texts):
            if found:
                return self._begun(found[0], named), named
        return 0, named

    def _begun(self, lead: int, named: Sequence[int]) -> int:
        """Where a text begins: short sentences right above its first paragraph belong to it."""
        beside = self.flat[lead].node.getparent()
        while (
            lead
            and lead - 1 not in named
            and self.flat[lead - 1].node.getparent() is beside
            and self._may_be_text(lead - 1, 1)
            and _is_short_sentence(self.flat[lead - 1])
        ):
            lead -= 1
        return lead

    def _is_drawn(self, line: int) -> bool:
        """Whether a line is the words that stand for a picture, often the headline once more."""
        return isinstance(self.flat[line].block, Image)

    def _is_placed(self, line: int) -> bool:
        return isinstance(self.flat[line].block, Paragraph) and bool(
            dateline_of(self.lines[line].text)
        )

    def headline(self, lead: int, named: Sequence[int]) -> tuple[int | None, bool]:
        """The line of the headline, and whether the page's title confirms it."""
        above = [number for number in named if number < lead]
        if above:
            return headline.best(above, self.flat, self.lines), True
        found = headline.heading_above(self.flat, self.lines, lead)
        if found is None and not self.names:
            found = headline.line_above(self.lines, lead)
        return found, False

    # The article

    def region(self, lead: int, top: int | None, *, confirmed: bool) -> Region:
        start = lead if top is None else top
        further = [item for item in self.items if item.first > lead]
        own = [item for item in self.items if start <= item.first < lead]
        blocks, end = self._blocks(lead, top, further[0].first if further else len(self.lines))
        outside = {n for n in range(len(self.lines)) if n < start or self.flat[n].at > end}
        return Region(
            title=self._title(top),
            confirmed=confirmed,
            cards=sum(self._is_card(n) for n in range(start, len(self.lines)) if n not in outside),
            kicker=headline.kicker_above(self.flat, self.lines, top) if top is not None else None,
            head=tuple(line.text for line in self.lines[start + (top is not None) : lead]),
            category=self._category(start, lead),
            blocks=tuple(blocks),
            stated=self._stated(start, lead),
            own=own[0] if own else None,
            items=tuple(item for item in self.items if not start <= item.first < lead),
            others=tuple(self.lines[number] for number in sorted(outside)),
        )

    def _is_card(self, line: int) -> bool:
        piece = self.flat[line]
        return isinstance(piece.block, Heading) and piece.linked > 0.9

    def _title(self, top: int | None) -> str | None:
        if top is not None:
            return self.lines[top].text
        return headline.without_site(self.said[0], self.site) if self.said else None

    def _stated(self, start: int, lead: int) -> str | None:
        near = range(max(0, start - _TIME_REACH), lead)
        placed = [(self.flat[number].node, self.lines[number].text) for number in near]
        for time in self.times:
            if any(node in time.within and time.words in line for node, line in placed):
                return time.stated
        return None

    def _category(self, start: int, lead: int) -> str | None:
        near = self.lines[max(0, start - _CATEGORY_REACH) : lead]
        known = sites.categories()
        return next((line.text for line in near if line.text.lower() in known), None)

    def _blocks(self, lead: int, top: int | None, stop: int) -> tuple[list[Block], int]:
        """The blocks of the article, and where in the page they end."""
        if not self.flat:
            return [], 0
        floor = self.flat[top].at if top is not None else -1
        ceiling = self.flat[stop].at if stop < len(self.flat) else self.ends[-1] + 1
        span = [n for n, end in enumerate(self.ends) if floor < end < ceiling]
        first = self.piece_of(lead)
        own = article_around(self.pieces[first].node)
        span = [n for n in span if n <= first or not self._is_of_another(n, own)]
        told = self._is_told(span, first)
        main = [] if told else [n for n in span if n >= first and self._is_main(n)]
        last = self._last(span, first, main)
        anchors = {self.pieces[n].node for n in (*main, first, last) if first <= n <= last}
        container = container_of(list(anchors))
        above = [self.flat[top].node] if top is not None else []
        outer = container_of([*above, self.pieces[first].node])
        head = [n for n in span if n < first and self._is_picture(n, outer)]
        sure = frozenset(main)
        body = [n for n in span if first <= n <= last and self._belongs(n, container, sure)]
        if top is not None and not head:
            head = self._picture_above(self.piece_of(top))
        text = [n for n in body if not is_furniture(block_text(self.pieces[n].block))]
        end = max(text, default=last)
        kept = [self.pieces[n].block for n in (*head, *body, *_cuts_below(self.pieces, end, span))]
        return kept, self.ends[end]

    def _is_main(self, number: int) -> bool:
        return self.main[number] and not isinstance(self.pieces[number].block, Cut)

    def _is_told(self, span: Sequence[int], first: int) -> bool:
        """Whether the grammar alone tells the text: from dateline to byline, nothing else below.

        Readability takes longer than all the rest and could add nothing.
        """
        text = [n for n in span if n >= first]
        signed = next((n for n in text if is_office_byline(self.pieces[n].block)), None)
        if signed is None or not self.placed:
            return False
        container = container_of([self.pieces[first].node, self.pieces[signed].node])
        return all(
            self._is_caption(n) or is_furniture(block_text(self.pieces[n].block))
            if n > signed
            else self._is_part(n, container)
            for n in text
        )

    def _last(self, span: Sequence[int], first: int, main: Sequence[int]) -> int:
        """The last block: past the main text there may be the byline and a caption."""
        last = max(main, default=first)
        signed = [n for n in span if n >= first and is_office_byline(self.pieces[n].block)]
        if signed and signed[0] > last:
            last = signed[0]
        elif not signed and (not main or dateline_of(block_text(self.pieces[first].block))):
            last = self._last_alike(span, first, last)
        below = [n for n in span if last < n <= last + _CAPTION_REACH]
        return max((n for n in below if self._is_caption(n) or self._is_signature(n)), default=last)

    def _last_alike(self, span: Sequence[int], first: int, last: int) -> int:
        """The last paragraph that is built as the first: beside it, or alone in a wrapper as it."""
        prose = [n for n in span if n >= first and self._is_paragraph(n)]
        wrapper = self.pieces[first].node
        for _level in range(_WRAPPERS):
            parent = wrapper.getparent()
            if parent is None:
                break
            inside = [n for n in prose if is_within(self.pieces[n].node, parent)]
            if len(inside) > 1:
                path = path_below(self.pieces[first].node, parent)
                alike = [n for n in inside if path_below(self.pieces[n].node, parent) == path]
                return max((last, *alike))
            wrapper = parent
        return last

    def _is_paragraph(self, number: int) -> bool:
        piece = self.pieces[number]
        line = block_text(piece.block)
        return len(line) >= PARAGRAPH and piece.linked < 0.2 and not is_furniture(line)

    def _is_signature(self, number: int) -> bool:
        """Whether a block is a byline on a line of its own."""
        line = block_text(self.pieces[number].block)
        byline = bylines.byline_at_end(line)
        return bylines.source_line(line) is not None or (byline is not None and byline.end == 0)

    def _is_caption(self, number: int) -> bool:
        block = self.pieces[number].block
        if isinstance(block, Image):
            caption = bylines.top_caption_of(block.caption) if block.caption else None
            return caption is not None and caption.credit is not None
        return bylines.caption_of(block_text(block)) is not None

    def _is_picture(self, number: int, container: Element) -> bool:
        """Whether a block above the body is a picture or the caption of one."""
        piece = self.pieces[number]
        if isinstance(piece.block, Image):
            captioned = bool(piece.block.caption) and not piece.linked
            return captioned or not _is_junk(piece, container)
        if not isinstance(piece.block, Paragraph):
            return False
        line = block_text(piece.block)
        return bylines.top_caption_of(line) is not None and not is_furniture(line)

    def _picture_above(self, top: int) -> list[int]:
        """The picture above the headline and its caption, unless it is that of the site."""
        captions: list[int] = []
        others = 0
        for number in range(top - 1, max(-1, top - 1 - _CAPTION_REACH - _PICTURE_REACH), -1):
            piece = self.pieces[number]
            if isinstance(piece.block, Image):
                own = f"{piece.block.url} {piece.block.alt}"
                site = _OF_THE_SITE.search(own) or any(map(_is_of_the_site, ancestry(piece.node)))
                return [] if site or piece.href else [number, *reversed(captions)]
            line = block_text(piece.block)
            if bylines.top_caption_of(line) is not None and not is_furniture(line):
                captions.append(number)
            elif not is_fact(line):
                others += 1
            if others == _PICTURE_REACH:
                break
        return []

    def _is_of_another(self, number: int, own: Element | None) -> bool:
        """Whether a block stands in another ``article`` than the first, as on endless pages."""
        if own is None:
            return False
        other = article_around(self.pieces[number].node)
        return other is not None and not is_within(other, own)

    def _belongs(self, number: int, container: Element, main: frozenset[int]) -> bool:
        """Whether a block between the first and the last is part of the article."""
        piece = self.pieces[number]
        if isinstance(piece.block, Cut):
            return self._belongs(number - 1, container, main)
        if is_legal(block_text(piece.block)):
            return False
        if self._leads_away(number) or _is_junk(piece, container):
            return False
        return number in main or self._is_part(number, container)

    def _is_part(self, number: int, container: Element) -> bool:
        """Whether a block stands in the element of the text, and is no box of links."""
        piece = self.pieces[number]
        return piece.linked < 0.5 and is_within(piece.node, container)

    def _leads_away(self, number: int) -> bool:
        """Whether a block is nothing but links to other articles."""
        piece = self.pieces[number]
        if not isinstance(piece.block, Rule | Image) and piece.linked > 0.9:
            before = block_text(self.pieces[number - 1].block) if number else ""
            return self.is_article(piece.href or "") or bool(_LEADS_AWAY.match(before))
        return False


def _is_of_the_site(node: Element) -> bool:
    """Whether an element is the banner of the page or a menu, by its name."""
    named = f"{node.get('class')} {node.get('id')}"
    return node.tag in {"header", *_JUNK_TAGS} or bool(_OF_THE_SITE.search(named))


def _nearest(line: int, tops: Sequence[int]) -> int | None:
    """The last of the lines, which are in order, above a line."""
    before = bisect_left(tops, line)
    return tops[before - 1] if before else None


def _follows(line: int, tops: Sequence[int]) -> bool:
    """Whether one of the lines, which are in order, stands close above a line."""
    above = _nearest(line, tops)
    return above is not None and line - above <= _HEAD_REACH


def _line(piece: Piece) -> Line:
    """A line of the page; of a picture, the words that stand for it."""
    if isinstance(piece.block, Image):
        return Line(piece.block.alt, piece.href)
    if isinstance(piece.block, Paragraph | Heading):
        parts = tuple([(span.text, text.web(span.href)) for span in piece.block.spans])
        return Line("".join([words for words, _href in parts]), piece.href, parts)
    return Line(block_text(piece.block), piece.href)


def _is_junk(piece: Piece, container: Element) -> bool:
    """Whether a short block stands in an element within the article that is called junk."""
    if len(block_text(piece.block)) >= _LONG and piece.linked < 0.2:
        return False
    node = piece.node
    while node is not None and node is not container:
        if node.tag in _JUNK_TAGS or _JUNK_NAMES.search(f"{node.get('class')} {node.get('id')}"):
            return True
        node = node.getparent()
    return False


def _cuts_below(pieces: Sequence[Piece], last: int, span: Sequence[int]) -> list[int]:
    """What is missing right below the last block: there the article itself was cut."""
    cuts: list[int] = []
    for number in span[bisect_right(span, last) :]:
        block = pieces[number].block
        if isinstance(block, Cut):
            cuts.append(number)
        elif (line := block_text(block)) and not is_furniture(line):
            break
    return cuts


def _is_short_sentence(piece: Piece) -> bool:
    """Whether a line is no link or caption, and ends as a sentence of a few words."""
    said = block_text(piece.block)
    return (
        isinstance(piece.block, Paragraph)
        and said.endswith(SENTENCE_ENDS)
        and said.count(" ") >= _SPACES_LEAST
        and not piece.linked
        and bylines.top_caption_of(said) is None
    )
