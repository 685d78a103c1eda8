"""The items that a page names beside its article: related, latest, most read.

On the portal an item is a stamp, ``12 Agustus 2019 Jam 23:30:45``, with its category on the next
line, or before it; a title, often said twice (the picture's words and the link's), may stand
above, or as a link below. Which of these a page has is told once, from the ends of its lists.
Which list an item belongs to is said by the heading above it, or else by the portal's
order: up to six of one category, then four or five newest first, then up to ten most read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from kaltimtui import dates
from kaltimtui.models import RelatedData, RelatedGroup
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.furniture import group_of, is_furniture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kaltimtui.dates import Stamp

RELATED_MOST: Final = 6
LATEST: Final = (4, 5)
POPULAR_MOST: Final = 10

_STAMP = re.compile(r"[0-9]{2} [A-Z][a-z]+ [0-9]{4} Jam [0-9]{2}:[0-9]{2}:[0-9]{2}")
_GOES_ON = re.compile(r",? [a-z]")
"""How a sentence goes on behind a stamp that it quotes."""
_STAMP_LINE: Final = 200
"""Characters of a line up to which a stamp in it is not one that a text quotes."""
_SENTENCE_ENDS: Final = (".", "”", '"')
"""What a sentence ends in, and a title hardly ever."""
_BETWEEN = " \t|•·,;/-–—»"
_CATEGORY: Final = 80
_DATE: Final = 40
"""Characters of a date beside a link."""
_GAP: Final = 12
"""Lines between two items from which they belong to different lists."""
_TITLE_REACH: Final = 6
"""Lines above a stamp among which its title is looked for."""
_SAME_TIME: Final = timedelta(days=31)
"""How far apart the fourth and the fifth of the latest items are at most."""


_Place = Literal["before", "between", "after"]
"""Where a category stands: before the stamp, between stamp and title, or after the title."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and the address it leads to."""

    text: str
    href: str | None = None
    parts: tuple[tuple[str, str | None], ...] = ()
    """Its runs of text with the address of each, where it has several."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stamp with what belongs to it; ``first`` and ``last`` are the lines it takes up."""

    first: int
    last: int
    published: Stamp
    category: str | None
    title: str | None
    url: str | None
    heading: RelatedGroup | None
    fresh: bool
    """Whether a list begins here: a heading or other text stands before it."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A line, or a part of one that holds a stamp."""

    line: int
    text: str
    href: str | None
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads items; ``is_article`` tells addresses of articles, ``categories`` are in lower case."""

    is_article: Callable[[str], bool] = field(default=lambda _url: False)
    categories: frozenset[str] = frozenset()

    def items(self, lines: Sequence[Line]) -> list[Item]:
        """Every item of a page, in its order."""
        tokens = [token for number, line in enumerate(lines) for token in _tokens(number, line)]
        stamps = [index for index, token in enumerate(tokens) if token.stamp]
        if self._titles_stand_below(tokens, stamps):
            return self._items_above_titles(tokens, stamps)
        behind = self._category_stands_behind(tokens, stamps)
        found: list[Item] = []
        end = 0
        for index in stamps:
            item, end = self._item(tokens, end, index, behind=behind)
            found.append(item)
        if len(found) > 1 and not found[0].title:
            found[0] = self._titled_as(found[1], found[0], lines)
        return found

    def _titled_as(self, model: Item, item: Item, lines: Sequence[Line]) -> Item:
        """The first item of all, whose title nothing marks, with a title where the next has it."""
        place = item.first - (model.last - model.first) + (item.last - item.first)
        if model.title is None or not 0 < place < item.first:
            return item
        line = lines[place]
        if len(line.text) > _STAMP_LINE or line.text.endswith(_SENTENCE_ENDS):
            return item
        if _is_of_the_text(line.text):
            return item
        return replace(item, first=place, title=line.text, url=line.href)

    # Titles below their stamps

    def _titles_stand_below(self, tokens: Sequence[_Token], stamps: Sequence[int]) -> bool:
        """Whether lists rather end in a link to an article than begin with one.

        Between two stamps a title could belong to either.
        """
        below = above = 0
        for run in _runs(tokens, stamps):
            first = any(map(self._is_title, _near_above(tokens, run[0])))
            last = self._title_below(tokens, run[-1]) is not None
            below += last and not first
            above += first and not last
        return below > above

    def _is_title(self, token: _Token) -> bool:
        linked = token.href is not None and self.is_article(token.href)
        known = token.text.lower() in self.categories
        return linked and not token.stamp and not known and not is_furniture(token.text)

    def _title_below(self, tokens: Sequence[_Token], stamp: int) -> int | None:
        """Where the title of a stamp stands that is a link below it."""
        for index in range(stamp + 1, min(stamp + 1 + _TITLE_REACH, len(tokens))):
            if _parts_lists(tokens[index]) or tokens[index].stamp:
                return None
            if self._is_title(tokens[index]):
                return index
        return None

    def _items_above_titles(self, tokens: Sequence[_Token], stamps: Sequence[int]) -> list[Item]:
        titles = [self._title_below(tokens, stamp) for stamp in stamps]
        place = self._place_of_categories(tokens, stamps, titles)
        found: list[Item] = []
        end = 0
        for stamp, title in zip(stamps, titles, strict=True):
            item, end = self._item_above(tokens, end, stamp, title, place)
            found.append(item)
        return found

    def _place_of_categories(
        self, tokens: Sequence[_Token], stamps: Sequence[int], titles: Sequence[int | None]
    ) -> _Place:
        """Where known categories stand most often."""
        counts: dict[_Place, int] = {"between": 0, "after": 0, "before": 0}
        for stamp, title in zip(stamps, titles, strict=True):
            last = stamp if title is None else self._title_end(tokens, title)
            counts["before"] += self._knows(tokens[max(0, stamp - 1) : stamp])
            counts["between"] += self._knows(tokens[stamp + 1 : title or stamp + 1])
            counts["after"] += self._knows(tokens[last + 1 : last + 2])
        return max(counts, key=lambda place: counts[place])

    def _title_end(self, tokens: Sequence[_Token], title: int) -> int:
        """The last of the tokens that say a title, which may be said twice."""
        end = title
        while end + 1 < len(tokens) and tokens[end + 1].href == tokens[title].href:
            if not self._is_title(tokens[end + 1]):
                break
            end += 1
        return end

    def _item_above(
        self, tokens: Sequence[_Token], start: int, index: int, title: int | None, place: _Place
    ) -> tuple[Item, int]:
        """The item of one stamp whose title stands below it; and where it ends."""
        stamp = tokens[index]
        assert stamp.stamp is not None, "a stamp was found here"
        last = index if title is None else self._title_end(tokens, title)
        beside = {"before": index - 1, "between": index + 1, "after": last + 1}[place]
        category = tokens[beside] if self._has_category(tokens, start, beside, index) else None
        heading, _above = _below_heading(tokens[start:index], [])
        taken = [index, last, *([beside] if category else [])]
        item = Item(
            first=tokens[min(taken)].line,
            last=tokens[max(taken)].line,
            published=stamp.stamp,
            category=category.text if category else None,
            title=tokens[title].text if title is not None else None,
            url=self._address(tokens[title] if title is not None else None, stamp),
            heading=heading,
            fresh=heading is not None or index - start > _GAP,
        )
        return item, max(taken) + 1

    def _has_category(self, tokens: Sequence[_Token], start: int, place: int, stamp: int) -> bool:
        """Whether a category stands there; before a stamp, text may stand that is none."""
        if not start <= place < len(tokens):
            return False
        if place < stamp and tokens[place].line != tokens[stamp].line:
            return self._knows(tokens[place : place + 1])
        return self._is_category(tokens, place)

    # Pages without stamps

    def linked(self, lines: Sequence[Line]) -> list[RelatedData]:
        """Items of pages without stamps: links to articles below a heading that names the list."""
        found: dict[str, RelatedData] = {}
        group: RelatedGroup | None = None
        since = 0
        for line, following in pairwise((*lines, Line(""))):
            heading = group_of(line.text)
            group, since = (heading, 0) if heading else (group, since + 1)
            for words, href in line.parts or ((line.text, line.href),):
                title = words.strip(_BETWEEN)
                if group and since < _GAP and href and self.is_article(href):
                    since = 0
                    if href not in found or len(title) > len(found[href].title or ""):
                        said = line.text.replace(words, "") or following.text
                        found[href] = RelatedData(group, title, href, None, _short_date(said))
        return [item for item in found.values() if item.title]

    # Titles above their stamps

    def _category_stands_behind(self, tokens: Sequence[_Token], stamps: Sequence[int]) -> bool:
        """Whether known categories stand behind the stamps at least as often as before them."""
        behind = before = 0
        start = 0
        for index in stamps:
            behind += self._knows(tokens[index + 1 : index + 2])
            before += self._knows(tokens[max(start, index - _TITLE_REACH) : index])
            start = index + 1
        return behind >= before

    def _knows(self, tokens: Sequence[_Token]) -> bool:
        return any(token.text.lower() in self.categories for token in tokens)

    def _item(
        self, tokens: Sequence[_Token], start: int, index: int, *, behind: bool
    ) -> tuple[Item, int]:
        """The item of one stamp, from the tokens since the item before; and where it ends."""
        above = list(tokens[max(start, index - _TITLE_REACH) : index])
        end = index + 1
        category: str | None = None
        if behind and self._is_category(tokens, end):
            category = tokens[end].text
            end += 1
        elif not behind:
            category, above = self._category_above(above)
        heading, above = _below_heading(tokens[start:index], above)
        fresh = heading is not None or index - start > _GAP
        within = start > 0 and not fresh  # above the first item stands the article
        title = self._title(above, tokens[index].line, within=within)
        stamp = tokens[index].stamp
        assert stamp is not None, "a stamp was found here"
        first = title.line if title else tokens[index].line
        item = Item(
            first=min(first, above[0].line) if title and within and above else first,
            last=tokens[end - 1].line,
            published=stamp,
            category=category,
            title=title.text if title else None,
            url=self._address(title, tokens[index]),
            heading=heading,
            fresh=fresh,
        )
        return item, end

    def _is_category(self, tokens: Sequence[_Token], index: int) -> bool:
        if index >= len(tokens):
            return False
        token = tokens[index]
        if token.text.lower() in self.categories:
            return True
        if token.stamp or (token.href and self.is_article(token.href)):
            return False
        repeated = index + 1 < len(tokens) and tokens[index + 1].text == token.text
        short = len(token.text) <= _CATEGORY and not token.text.endswith(_SENTENCE_ENDS)
        return short and not repeated and not is_furniture(token.text)

    def _category_above(self, above: list[_Token]) -> tuple[str | None, list[_Token]]:
        for token in reversed(above):
            if token.text.lower() in self.categories:
                return token.text, [other for other in above if other is not token]
        return None, above

    def _title(self, above: Sequence[_Token], line: int, *, within: bool) -> _Token | None:
        """The title among what is above a stamp; plain text only in its line or among items."""
        above = [token for token in above if not _is_of_the_text(token.text)]
        linked = [token for token in above if token.href and self.is_article(token.href)]
        if linked:
            return linked[-1]
        for one, other in reversed(list(pairwise(above))):
            if one.text == other.text:
                return one
        plain = [token for token in above if not token.text.endswith(_SENTENCE_ENDS)]
        plain = [token for token in plain if len(token.text) <= _STAMP_LINE]
        if plain and (within or plain[-1].line == line):
            return plain[-1]
        return None

    def _address(self, title: _Token | None, stamp: _Token) -> str | None:
        for token in filter(None, (title, stamp)):
            if token.href and (token is title or self.is_article(token.href)):
                return token.href
        return None


def _is_of_the_text(line: str) -> bool:
    """Whether a line is no title: a caption or byline, which end an article, or furniture."""
    return (
        is_furniture(line)
        or bylines.caption_of(line) is not None
        or bylines.byline_at_end(line) is not None
    )


def _parts_lists(token: _Token) -> bool:
    """Whether lists end at a line: a heading of another, or text."""
    return group_of(token.text) is not None or len(token.text) > _STAMP_LINE


def _runs(tokens: Sequence[_Token], stamps: Sequence[int]) -> Iterator[list[int]]:
    """The stamps of each list by itself."""
    run: list[int] = []
    for stamp in stamps:
        between = tokens[run[-1] + 1 : stamp] if run else ()
        if run and (len(between) > _GAP or any(map(_parts_lists, between))):
            yield run
            run = []
        run.append(stamp)
    if run:
        yield run


def _near_above(tokens: Sequence[_Token], stamp: int) -> Iterator[_Token]:
    """The lines above the first stamp of a list, from it upwards, as far as they belong to it."""
    for index in range(stamp - 1, max(-1, stamp - 1 - _TITLE_REACH), -1):
        if _parts_lists(tokens[index]):
            return
        yield tokens[index]


def _short_date(words: str) -> Stamp | None:
    return dates.parse(words) if len(words) < _DATE else None


def _is_quoted(line: Line, found: re.Match[str]) -> bool:
    """Whether the stamp of a line is one that a sentence quotes."""
    if len(line.text) > _STAMP_LINE or _GOES_ON.match(line.text, found.end()):
        return True
    return line.text.rstrip('”"’ ').endswith(".") and line.text[: found.start()].strip() != ""


def _tokens(number: int, line: Line) -> Iterator[_Token]:
    stamped = _STAMP.search(line.text)
    if stamped is None or _is_quoted(line, stamped):
        if line.text:
            yield _Token(number, line.text, line.href)
        return
    for part, href in line.parts or ((line.text, line.href),):
        at = 0
        for found in _STAMP.finditer(part):
            stamp = dates.portal_stamp(found[0])
            if stamp:
                yield from _plain_token(number, part[at : found.start()], href)
                yield _Token(number, found[0], href, stamp)
                at = found.end()
        yield from _plain_token(number, part[at:], href)


def _plain_token(number: int, words: str, href: str | None) -> Iterator[_Token]:
    words = words.strip(_BETWEEN)
    if words:
        yield _Token(number, words, href)


def _below_heading(
    since: Sequence[_Token], above: list[_Token]
) -> tuple[RelatedGroup | None, list[_Token]]:
    """The last heading of a list since the item before, and what stands below it."""
    for token in reversed(since):
        group = group_of(token.text)
        if group:
            return group, [other for other in above if other.line > token.line]
    return None, above


def tail_start(lines: Sequence[Line], items: Sequence[Item]) -> int:
    """The first of the items that end a page: no text of the article stands among or after them."""
    start = len(items)
    end = len(lines)
    while start > 0 and not _has_prose(lines[items[start - 1].last + 1 : end]):
        start -= 1
        end = items[start].first
    return start


def _has_prose(lines: Sequence[Line]) -> bool:
    return any(len(line.text) > _STAMP_LINE for line in lines)


def related(items: Sequence[Item]) -> list[RelatedData]:
    """The items of a page, each with the list it belongs to."""
    lists: list[list[Item]] = []
    for item in items:
        if item.fresh or not lists:
            lists.append([])
        lists[-1].append(item)
    return [
        RelatedData(group, item.title, item.url, item.category, item.published)
        for listed in lists
        for item, group in zip(listed, _groups(listed), strict=True)
    ]


def _groups(items: Sequence[Item]) -> list[RelatedGroup]:
    heading = items[0].heading
    if heading is None or (heading == "related" and len(items) > POPULAR_MOST):
        return _by_order(items)
    return [heading] * len(items)


def _by_order(items: Sequence[Item]) -> list[RelatedGroup]:
    count = len(items)
    same = _leading(items)
    if same < 2 and count in [latest + POPULAR_MOST for latest in LATEST]:
        same = 0  # both other lists are complete without it
    latest = _latest(items[same:])
    ends: tuple[tuple[int, RelatedGroup], ...]
    ends = ((same, "related"), (same + latest, "latest"), (count, "popular"))
    return [next(group for end, group in ends if number < end) for number in range(count)]


def _leading(items: Sequence[Item]) -> int:
    """How many items at the beginning are of one category; at most six."""
    count = 0
    for item in items[:RELATED_MOST]:
        if item.category != items[0].category:
            break
        count += 1
    return count


def _latest(items: Sequence[Item]) -> int:
    """How many items at the beginning are the latest ones."""
    falling = 1 if items else 0
    for newer, older in pairwise(items):
        if older.published.moment > newer.published.moment:
            break
        falling += 1
    few, many = LATEST
    if falling < many or len(items) - few == POPULAR_MOST:
        return min(falling, few)
    close = items[few - 1].published.moment - items[few].published.moment <= _SAME_TIME
    return many if close or len(items) - many == POPULAR_MOST else few
