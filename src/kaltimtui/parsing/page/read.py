"""A page of news, as plain text or as HTML of any template, as one article.

Both kinds come down to the same two things: the lines of the page, from which its further items
are read (``news/tail.py``), and the blocks between its headline and those items, which the grammar
takes apart (``grammar.py``). Plain text has its lines. For HTML no class name is needed
(``region.py``):

1. The page is read as lines and as blocks. Readability tells which blocks are main text, unless
   dateline and byline do.
2. The headline is the line that the page's title, OpenGraph or JSON-LD repeats, else the nearest
   heading above the text.
3. The body begins at the dateline, if one follows the headline, else at the first block of main
   text; it ends at the byline, else at the last such block, and before the items in any case.
4. Between them, what readability left out is taken back if it stands in the same container and is
   no menu, share bar, box of links or the like.
5. A page whose visible text is short or does not hold its title is looked into for JSON
   (``embedded.py``).

What a page states about date and category is believed, then what stands near its headline; else
the date is worked out from the text, and the category is that of the related items.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kaltimtui import dates, text
from kaltimtui.document import Cut, Document, Image, block_text, paragraph
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _
from kaltimtui.models import ArticleData, RelatedData
from kaltimtui.parsing import charset, sites
from kaltimtui.parsing.lengths import kept
from kaltimtui.parsing.news import bylines, lists, tail
from kaltimtui.parsing.news.facts import Facts, facts_of
from kaltimtui.parsing.news.furniture import is_furniture
from kaltimtui.parsing.news.grammar import Story, is_prose, read_story, same_words, words_of
from kaltimtui.parsing.news.lines import Item, Line
from kaltimtui.parsing.page.floor import holds_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.dates import Stamp
    from kaltimtui.parsing.page.embedded import Embedded
    from kaltimtui.parsing.page.meta import Meta

_VISIBLE_LEAST: Final = 500
"""Characters of visible text below which a page is looked into for JSON."""
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ALT_LEAST: Final = 3
"""Words from which those that stand for a picture may say what it shows."""
_HEAD_LINES: Final = 8
_NOTED = re.compile(
    r"(?:(?:sumber|source|url|tautan|link|alamat)(?: berita| artikel)?\s*:?\s*)?(https?://\S+)",
    re.IGNORECASE,
)
_A_DAY: Final = timedelta(days=1)


def read_page(data: bytes, *, html: bool, url: str | None, now: datetime) -> ArticleData:
    """The article of a saved page. ``url`` is where it came from. Raises ParseError."""
    read = read_html_page if html else read_text_page
    return read(charset.decode(data), url=url, now=now)


def is_portals(article: ArticleData) -> bool:
    """Whether an article without an address is told as the portal tells them.

    It has further items with a date, the byline of an office, or a dateline.
    """
    stamped = any(item.published for item in article.related)
    return stamped or bylines.has_office_word(article.byline or "") or bool(article.dateline)


def read_text_page(source: str, *, url: str | None, now: datetime) -> ArticleData:
    """The article of a page's plain text, one paragraph a line. Raises ParseError."""
    found = kept(text.inline(raw[0], len(raw[0])) for raw in _LINE.finditer(source))
    lines = list(map(Line, found.lines))
    noted = [address for line in lines if (address := _noted(line.text))]
    lines = [line for line in lines if not _noted(line.text)]
    address = text.address(url) or next(iter(noted), None)
    address = sites.canonical(address) if address else None
    reader = tail.Reader(sites.is_article, sites.categories())
    items = reader.items(lines)
    own = _own(lines, items)
    start = max(tail.tail_start(lines, items), int(own is not None))
    end = items[start].first if start < len(items) else len(lines)
    apart = _apart(items[:start], own)
    body = [line.text for number, line in enumerate(lines[:end]) if number not in apart]
    cut = (Cut(),) if found.cut and end == len(lines) else ()
    story = read_story([*map(paragraph, body), *cut])
    _require(holds_article(story))
    facts = _with_own(facts_of(_head_lines(body)), own)
    return _article(story, facts, lists.related(items[start:]), address, now)


def _own(lines: Sequence[Line], items: Sequence[Item]) -> Item | None:
    """The stamp that stands with the headline: the text of the article is all below it."""
    if not items:
        return None
    first, end = items[0], items[1].first if len(items) > 1 else len(lines)
    text_above = any(is_prose(line.text) for line in lines[1 : first.first])
    text_below = any(is_prose(line.text) for line in lines[first.last + 1 : end])
    return first if text_below and not text_above else None


def _apart(items: Sequence[Item], own: Item | None) -> set[int]:
    """The lines of items amid a text; a stamp with nothing that makes it one is text."""
    known = sites.categories()
    return {
        number
        for item in items
        if item is own or item.title or (item.category or "").lower() in known
        for number in range(item.first, item.last + 1)
    }


def _noted(line: str) -> str | None:
    """The address of an article that is all a line says, as print views note their own."""
    found = _NOTED.fullmatch(line)
    address = text.address(found[1]) if found else None
    return address if address and sites.is_article(address) else None


def _without_address(story: Story) -> tuple[str | None, Story]:
    """The address that a line of the text notes, and the story without such lines."""
    noted = [_noted(block_text(block)) for block in story.blocks]
    kept = (block for block, address in zip(story.blocks, noted, strict=True) if not address)
    address = next(filter(None, noted), None)
    return sites.canonical(address) if address else None, replace(story, blocks=tuple(kept))


def _head_lines(lines: Sequence[str]) -> list[str]:
    """The lines between headline and text."""
    head: list[str] = []
    for line in lines[1 : _HEAD_LINES + 1]:
        if is_prose(line):
            break
        head.append(line)
    return head


def read_html_page(markup: str, *, url: str | None, now: datetime) -> ArticleData:
    """The article of a page of HTML. Raises ParseError."""
    # Loaded here, because readability is heavy and plain text needs none of it.
    from kaltimtui.parsing.html.tree import parse_html
    from kaltimtui.parsing.page.embedded import find_article
    from kaltimtui.parsing.page.headline import names_of
    from kaltimtui.parsing.page.meta import read_meta
    from kaltimtui.parsing.page.region import find_region

    root = parse_html(markup)
    said = read_meta(root, markup, url)
    is_article = sites.article_test(said.url)
    reader = tail.Reader(is_article, sites.categories())
    found = find_region(root, said, reader, is_article)
    del root  # a second tree may be needed, and a tree is large
    story = read_story(found.blocks, found.title)
    visible = len(Document(story.blocks).plain())
    if visible < _VISIBLE_LEAST or not found.confirmed:
        inside = find_article(parse_html(markup), names_of(said), said.base, is_article)
        if inside and inside.size > visible:
            told = _embedded_story(inside)
            if holds_article(told, said.names, stated=said.is_article):
                others = inside.related or lists.related(found.items)
                return _embedded_article(told, inside, said, others, now)
    _require(
        holds_article(story, said.names, head=found.head, stated=said.is_article, cards=found.cards)
    )
    near = _with_own(facts_of(found.head), found.own)
    facts = Facts(
        published=said.published or dates.parse(found.stated) or near.published,
        author=near.author or said.author,
        category=said.category or near.category or found.category,
    )
    items = lists.related(found.items) or reader.linked(found.others)
    noted, story = _without_address(replace(story, kicker=story.kicker or found.kicker))
    return _article(story, facts, items, said.url or noted, now, image=said.image)


def _embedded_story(inside: Embedded) -> Story:
    """The text of an article that a page holds as JSON, with the caption beside it."""
    story = read_story(inside.blocks, inside.title)
    caption = bylines.top_caption_of(inside.caption) if inside.caption else None
    if caption is None or story.caption is not None:
        return story
    return replace(story, caption=caption.words, photo_credit=caption.credit or story.photo_credit)


def _embedded_article(
    story: Story, inside: Embedded, said: Meta, others: Sequence[RelatedData], now: datetime
) -> ArticleData:
    facts = Facts(
        published=inside.published or said.published,
        author=inside.author or said.author,
        category=inside.category or said.category,
    )
    image = inside.image or said.image
    return _article(story, facts, others, said.url, now, image=image)


def _with_own(facts: Facts, own: Item | None) -> Facts:
    """What the lines near a headline state, with the stamp among them."""
    if own is None:
        return facts
    return replace(facts, published=own.published, category=own.category or facts.category)


def _article(
    story: Story,
    facts: Facts,
    items: Sequence[RelatedData],
    url: str | None,
    now: datetime,
    image: str | None = None,
) -> ArticleData:
    """Put together what was read. Raises ParseError where there is no article."""
    alt = "" if story.caption else _said_of_picture(story.alt, text.inline(story.title or ""))
    credit = story.photo_credit or ""
    drawn = (Image(story.picture, alt, credit=credit),) if story.picture and alt else ()
    document = Document((*drawn, *story.blocks))
    title = text.inline(story.title or "")
    _require(bool(title and (story.blocks or story.caption)))
    related = tuple(item for item in map(_canonical, items) if not item.url or item.url != url)
    category = facts.category or _category_of(related)
    pictures = (picture.url for picture in document.images() if picture.url)
    return ArticleData(
        title=title,
        url=url,
        kicker=None if same_words(story.kicker or "", category or "") else story.kicker,
        category=category,
        dateline=story.dateline,
        published=facts.published or _estimated(story, document, now),
        byline=story.byline or facts.author,
        caption=story.caption,
        photo_credit=story.photo_credit,
        image=story.picture or image or next(pictures, None),
        document=document,
        related=related,
    )


def _said_of_picture(alt: str, title: str) -> str:
    """The words that stand for the article's picture, where they say more than the headline."""
    words, said = words_of(alt), f" {' '.join(words_of(title))} "
    if len(words) < _ALT_LEAST or is_furniture(alt):
        return ""
    alike = f" {' '.join(words)} " in said or said in f" {' '.join(words)} "
    return "" if alike else alt


def _require(found: bool) -> None:
    """Raise ParseError where a page turned out to hold no article."""
    if not found:
        raise ParseError(
            _("The page holds no article."), hint=_("Save the page of one article and try again.")
        )


def _canonical(item: RelatedData) -> RelatedData:
    return replace(item, url=sites.canonical(item.url)) if item.url else item


def _category_of(related: Sequence[RelatedData]) -> str | None:
    """The category of the related items, if it is one."""
    named = {item.category for item in related if item.group == "related"}
    return named.pop() if len(named) == 1 else None


def _estimated(story: Story, document: Document, now: datetime) -> Stamp | None:
    """The date that the text tells of; news is not from the future."""
    body = f"{story.dated}\n{document.plain()}"
    stamp = dates.estimate(body, story.caption or "", story.title or "")
    return stamp if stamp and stamp.moment <= now + _A_DAY else None
