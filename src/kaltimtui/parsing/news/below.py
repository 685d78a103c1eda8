"""Lists of further items whose titles stand below their stamps.

Whether a page has such lists is told by their ends: they begin with a stamp, or its category, and
end in a title. The titles are links to articles, or plain lines where the page has no links. Of
plain lines the first item's title might as well be text of the article, and what stands behind the
last item a part of the page, so that both ends have to say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Literal

from kaltimtui.parsing.news.lines import (
    GAP,
    TITLE_REACH,
    Item,
    Signs,
    Token,
    below_heading,
    parts_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Place = Literal["before", "between", "after"]
"""Where a category stands: before the stamp, between stamp and title, or after the title."""


def items_above_titles(
    signs: Signs, tokens: Sequence[Token], stamps: Sequence[int]
) -> list[Item] | None:
    """Every item of a page whose titles stand below their stamps; None of any other page."""
    if not stamps:
        return None
    reach = None
    if not _links_stand_below(signs, tokens, stamps):
        near = tokens[max(0, stamps[0] - TITLE_REACH) : stamps[-1] + TITLE_REACH]
        if any(map(signs.is_linked_title, near)):
            return None
        reach = _reach_of_lines(signs, tokens, stamps)
        if reach is None:
            return None
    return _Reading(signs, tokens, stamps, reach).items()


# --- Which pages these are --------------------------------------------------------------------


def _links_stand_below(signs: Signs, tokens: Sequence[Token], stamps: Sequence[int]) -> bool:
    """Whether lists rather end in a link to an article than begin with one.

    Between two stamps a title could belong to either.
    """
    below = above = 0
    for run in _runs(tokens, stamps):
        first = any(map(signs.is_linked_title, _near_above(tokens, run[0])))
        last = any(map(signs.is_linked_title, _near_below(tokens, run[-1])))
        below += last and not first
        above += first and not last
    return below > above


def _reach_of_lines(signs: Signs, tokens: Sequence[Token], stamps: Sequence[int]) -> int | None:
    """How far below its stamp a title that is no link stands; None where titles do not.

    Between the stamps of a list stand a title and a category, and as many lines behind the last.
    """
    below = above = reach = 0
    for run in _runs(tokens, stamps):
        between = [tokens[one + 1 : other] for one, other in pairwise(run)]
        titled = [lines for lines in between if len(lines) > 1]
        if 2 * len(titled) <= len(between):
            continue
        least = max(1, min(_titles(signs, lines) for lines in titled))
        within = max(map(len, titled))
        last = _titles(signs, list(_near_below(tokens, run[-1]))[:within]) >= least
        first = _begins_with_title(signs, tokens, run[0])
        below += last and not first
        above += first
        reach = max(reach, within)
    return reach if below > above else None


def _titles(signs: Signs, tokens: Sequence[Token]) -> int:
    return sum(map(signs.is_plain_title, tokens))


def _begins_with_title(signs: Signs, tokens: Sequence[Token], stamp: int) -> bool:
    """Whether the first line of a list, but for a category, is a title and no stamp."""
    above = next((t for t in _near_above(tokens, stamp) if not signs.is_known(t)), None)
    return above is not None and signs.is_plain_title(above)


def _runs(tokens: Sequence[Token], stamps: Sequence[int]) -> Iterator[list[int]]:
    """The stamps of each list by itself."""
    run: list[int] = []
    for stamp in stamps:
        between = tokens[run[-1] + 1 : stamp] if run else ()
        if run and (len(between) > GAP or any(map(parts_lists, between))):
            yield run
            run = []
        run.append(stamp)
    if run:
        yield run


def _near_above(tokens: Sequence[Token], stamp: int) -> Iterator[Token]:
    """The lines above the first stamp of a list, from it upwards, as far as they belong to it."""
    above = reversed(tokens[max(0, stamp - TITLE_REACH) : stamp])
    return takewhile(lambda token: not parts_lists(token), above)


def _near_below(tokens: Sequence[Token], stamp: int) -> Iterator[Token]:
    """The lines below a stamp, as far as they belong to its list and to no other stamp."""
    below = tokens[stamp + 1 : stamp + 1 + TITLE_REACH]
    return takewhile(lambda token: not (parts_lists(token) or token.stamp), below)


# --- Their items ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one such page; titles are links where ``reach`` is None."""

    signs: Signs
    tokens: Sequence[Token]
    stamps: Sequence[int]
    reach: int | None

    def items(self) -> list[Item]:
        titles = [self._title(stamp) for stamp in self.stamps]
        place = self._place_of_categories(titles)
        found: list[Item] = []
        end = 0
        for stamp, title in zip(self.stamps, titles, strict=True):
            item, end = self._item(end, stamp, title, place)
            found.append(item)
        return found

    def _title(self, stamp: int) -> int | None:
        """Where the title below a stamp stands: the first link, or the longest of plain lines."""
        below = list(enumerate(_near_below(self.tokens, stamp), stamp + 1))
        if self.reach is None:
            return next((n for n, token in below if self.signs.is_linked_title(token)), None)
        lines = [(n, t) for n, t in below[: self.reach] if self.signs.is_plain_title(t)]
        longest = max(lines, key=lambda line: len(line[1].text), default=None)
        return longest[0] if longest else None

    def _title_end(self, title: int) -> int:
        """The last of the tokens that say a title, which may be said twice."""
        end = title
        while end + 1 < len(self.tokens) and self._says_again(self.tokens[end + 1], title):
            end += 1
        return end

    def _says_again(self, token: Token, title: int) -> bool:
        if self.reach is not None:
            return token.text == self.tokens[title].text
        return token.href == self.tokens[title].href and self.signs.is_linked_title(token)

    def _place_of_categories(self, titles: Sequence[int | None]) -> _Place:
        """Where known categories stand most often; else on the side that the titles leave."""
        tokens, know = self.tokens, self.signs.know
        counts: dict[_Place, int] = {"between": 0, "after": 0, "before": 0}
        apart = 0
        for stamp, title in zip(self.stamps, titles, strict=True):
            last = stamp if title is None else self._title_end(title)
            counts["before"] += know(tokens[max(0, stamp - 1) : stamp])
            counts["between"] += know(tokens[stamp + 1 : title or stamp + 1])
            counts["after"] += know(tokens[last + 1 : last + 2])
            apart += title is not None and title > stamp + 1
        if self.reach is not None and not any(counts.values()) and 2 * apart <= len(self.stamps):
            return "after"
        return max(counts, key=lambda place: counts[place])

    def _item(self, start: int, index: int, title: int | None, place: _Place) -> tuple[Item, int]:
        """The item of one stamp; and where it ends."""
        tokens = self.tokens
        stamp = tokens[index]
        assert stamp.stamp is not None, "a stamp was found here"
        last = index if title is None else self._title_end(title)
        beside = {"before": index - 1, "between": index + 1, "after": last + 1}[place]
        category = tokens[beside] if self._has_category(start, beside, index, title) else None
        heading, _above = below_heading(tokens[start:index], [])
        taken = [index, last, *([beside] if category else [])]
        item = Item(
            first=tokens[min(taken)].line,
            last=tokens[max(taken)].line,
            published=stamp.stamp,
            category=category.text if category else None,
            title=tokens[title].text if title is not None else None,
            url=self.signs.address(tokens[title] if title is not None else None, stamp),
            heading=heading,
            fresh=heading is not None or index - start > GAP,
        )
        return item, max(taken) + 1

    def _has_category(self, start: int, place: int, stamp: int, title: int | None) -> bool:
        """Whether a category stands there; before a stamp, text may stand that is none."""
        if not start <= place < len(self.tokens) or place == title:
            return False
        if place < stamp and self.tokens[place].line != self.tokens[stamp].line:
            return self.signs.is_known(self.tokens[place])
        return self.signs.is_category(self.tokens, place)
