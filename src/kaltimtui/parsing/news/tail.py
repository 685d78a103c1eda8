"""The items that a page names beside its article: related, latest, most read.

On the portal an item is a stamp, ``12 Agustus 2019 Jam 23:30:45``, with its category on the next
line, or before it; a title, often said twice (the picture's words and the link's), may stand
above, or below (``below.py``). Which of these a page has is told once, from the ends of its lists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kaltimtui import dates
from kaltimtui.models import RelatedData, RelatedGroup
from kaltimtui.parsing.news.below import items_above_titles
from kaltimtui.parsing.news.furniture import group_of
from kaltimtui.parsing.news.lines import (
    BETWEEN,
    GAP,
    SENTENCE_ENDS,
    TITLE_MOST,
    TITLE_REACH,
    Item,
    Line,
    Signs,
    Token,
    below_heading,
    is_of_the_text,
    is_sentence,
    tokens_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.dates import Stamp

_SENTENCES: Final = 2
_DATE: Final = 40
"""Characters of a date beside a link."""


@dataclass(frozen=True, slots=True)
class Reader(Signs):
    """Reads items."""

    def items(self, lines: Sequence[Line]) -> list[Item]:
        """Every item of a page, in its order."""
        tokens = tokens_of(lines)
        stamps = [index for index, token in enumerate(tokens) if token.stamp]
        found = items_above_titles(self, tokens, stamps)
        return self._items_below_titles(tokens, stamps, lines) if found is None else found

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
                title = words.strip(BETWEEN)
                if group and since < GAP and href and self.is_article(href):
                    since = 0
                    if href not in found or len(title) > len(found[href].title or ""):
                        said = line.text.replace(words, "") or following.text
                        found[href] = RelatedData(group, title, href, None, _short_date(said))
        return [item for item in found.values() if item.title]

    # Titles above their stamps

    def _items_below_titles(
        self, tokens: Sequence[Token], stamps: Sequence[int], lines: Sequence[Line]
    ) -> list[Item]:
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
        if len(line.text) > TITLE_MOST or line.text.endswith(SENTENCE_ENDS):
            return item
        if is_of_the_text(line.text):
            return item
        return replace(item, first=place, title=line.text, url=line.href)

    def _category_stands_behind(self, tokens: Sequence[Token], stamps: Sequence[int]) -> bool:
        """Whether known categories stand behind the stamps at least as often as before them."""
        behind = before = 0
        start = 0
        for index in stamps:
            behind += self.know(tokens[index + 1 : index + 2])
            before += self.know(tokens[max(start, index - TITLE_REACH) : index])
            start = index + 1
        return behind >= before

    def _item(
        self, tokens: Sequence[Token], start: int, index: int, *, behind: bool
    ) -> tuple[Item, int]:
        """The item of one stamp, from the tokens since the item before; and where it ends."""
        above = list(tokens[max(start, index - TITLE_REACH) : index])
        end = index + 1
        category: str | None = None
        if behind and self.is_category(tokens, end):
            category = tokens[end].text
            end += 1
        elif not behind:
            category, above = self._category_above(above)
        heading, above = below_heading(tokens[start:index], above)
        fresh = heading is not None or index - start > GAP
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
            url=self.address(title, tokens[index]),
            heading=heading,
            fresh=fresh,
        )
        return item, end

    def _category_above(self, above: list[Token]) -> tuple[str | None, list[Token]]:
        for token in reversed(above):
            if token.text.lower() in self.categories:
                return token.text, [other for other in above if other is not token]
        return None, above

    def _title(self, above: Sequence[Token], line: int, *, within: bool) -> Token | None:
        """The title among what is above a stamp; plain text only in its line or among items."""
        for token in reversed(above):
            if self.leads_on(token) and not is_of_the_text(token.text):
                return token
        above = [token for token in above if not is_of_the_text(token.text)]
        for one, other in reversed(list(pairwise(above))):
            if one.text == other.text:
                return one
        plain = [token for token in above if not token.text.endswith(SENTENCE_ENDS)]
        plain = [token for token in plain if len(token.text) <= TITLE_MOST]
        if plain and (within or plain[-1].line == line):
            return plain[-1]
        return None


def _short_date(words: str) -> Stamp | None:
    return dates.parse(words) if len(words) < _DATE else None


def tail_start(lines: Sequence[Line], items: Sequence[Item]) -> int:
    """The first of the items that end a page: no text of the article stands among or after them."""
    start = len(items)
    end = len(lines)
    while start > 0 and not _has_prose(lines[items[start - 1].last + 1 : end]):
        start -= 1
        end = items[start].first
    return start


def _has_prose(lines: Sequence[Line]) -> bool:
    """Whether there is text: a long line, or several sentences; one alone may be a teaser."""
    if any(len(line.text) > TITLE_MOST for line in lines):
        return True
    return sum(is_sentence(line.text) for line in lines) >= _SENTENCES
