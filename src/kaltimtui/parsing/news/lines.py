"""Lines of a page cut at the stamps they hold, and what can be told of each by itself.

A stamp is ``12 Agustus 2019 Jam 23:30:45``, as the portal prints it beside each further item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kaltimtui import dates
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.furniture import group_of, is_furniture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kaltimtui.dates import Stamp
    from kaltimtui.models import RelatedGroup

TITLE_MOST: Final = 200
"""Characters of a line up to which it may be a title, and a stamp in it is not quoted by a text."""
TITLE_REACH: Final = 6
"""Lines beside a stamp among which its title is looked for."""
GAP: Final = 12
"""Lines between two items from which they belong to different lists."""
BETWEEN: Final = " \t|•·,;/-–—»"
"""What parts the title, stamp and category of one line."""
SENTENCE_ENDS: Final = (".", "”", '"')
"""What a sentence ends in, and a title hardly ever."""
_CLOCK: Final = " Jam "
_STAMP = re.compile(rf"[0-9]{{2}} [A-Z][a-z]+ [0-9]{{4}}{_CLOCK}[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}")
_GOES_ON = re.compile(r"[\"'”’)\]]*,? [a-z]")
"""How a sentence goes on behind a stamp that it quotes."""
_FULL_STOPS: Final = (".", "!", "?", "…")
_SENTENCE_LEAST: Final = 60
"""Characters from which a line with a full stop is text, in which a list ends."""
_CATEGORY: Final = 80


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
class Token:
    """A line, or a part of one that holds a stamp."""

    line: int
    text: str
    href: str | None
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """What titles and categories are told by.

    ``is_article`` tells addresses of articles, ``categories`` are in lower case.
    """

    is_article: Callable[[str], bool] = field(default=lambda _url: False)
    categories: frozenset[str] = frozenset()

    def is_known(self, token: Token) -> bool:
        """Whether a line is a category that is known."""
        return token.text.lower() in self.categories

    def know(self, tokens: Sequence[Token]) -> bool:
        """Whether there is a known category among these."""
        return any(map(self.is_known, tokens))

    def leads_on(self, token: Token) -> bool:
        """Whether a line is a link to an article."""
        return token.href is not None and self.is_article(token.href)

    def is_linked_title(self, token: Token) -> bool:
        """Whether a line is a title by its link."""
        said = not token.stamp and not self.is_known(token) and not is_furniture(token.text)
        return said and self.leads_on(token)

    def is_plain_title(self, token: Token) -> bool:
        """Whether a line may be a title though it is no link."""
        if token.stamp or self.is_known(token) or is_of_the_text(token.text):
            return False
        return len(token.text) <= TITLE_MOST and not token.text.endswith(SENTENCE_ENDS)

    def is_category(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a category stands there: one that is known, or any short line said once."""
        if index >= len(tokens):
            return False
        token = tokens[index]
        if self.is_known(token):
            return True
        if token.stamp or self.leads_on(token):
            return False
        repeated = index + 1 < len(tokens) and tokens[index + 1].text == token.text
        short = len(token.text) <= _CATEGORY and not token.text.endswith(SENTENCE_ENDS)
        return short and not repeated and not is_furniture(token.text)

    def address(self, title: Token | None, stamp: Token) -> str | None:
        """Where an item leads to."""
        if title and title.href:
            return title.href
        return stamp.href if self.leads_on(stamp) else None


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """The lines of a page, those with stamps in parts."""
    return [token for number, line in enumerate(lines) for token in _tokens(number, line)]


def _tokens(number: int, line: Line) -> Iterator[Token]:
    stamped = _STAMP.search(line.text) if _CLOCK in line.text else None
    if stamped is None or _is_quoted(line.text, stamped):
        if line.text:
            yield Token(number, line.text, line.href)
        return
    for part, href in line.parts or ((line.text, line.href),):
        at = 0
        for found in _STAMP.finditer(part):
            stamp = dates.portal_stamp(found[0])
            if stamp:
                yield from _plain_token(number, part[at : found.start()], href)
                yield Token(number, found[0], href, stamp)
                at = found.end()
        yield from _plain_token(number, part[at:], href)


def _plain_token(number: int, words: str, href: str | None) -> Iterator[Token]:
    words = words.strip(BETWEEN)
    if words:
        yield Token(number, words, href)


def _is_quoted(line: str, found: re.Match[str]) -> bool:
    """Whether the stamp of a line is one that a sentence or a caption quotes."""
    if len(line) > TITLE_MOST or _GOES_ON.match(line, found.end()):
        return True
    if bylines.caption_of(line) is not None:
        return True
    before, after = line[: found.start()].strip(), line[found.end() :].split()
    return line.rstrip("”\"’)' ").endswith(_FULL_STOPS) and (before != "" or len(after) > 1)


def is_of_the_text(line: str) -> bool:
    """Whether a line is no title: a caption or byline, which end an article, or furniture."""
    return (
        is_furniture(line)
        or bylines.caption_of(line) is not None
        or bylines.byline_at_end(line) is not None
    )


def parts_lists(token: Token) -> bool:
    """Whether lists end at a line: a heading of another, or text."""
    text = len(token.text) > TITLE_MOST or is_sentence(token.text)
    return text or group_of(token.text) is not None


def is_sentence(line: str) -> bool:
    """Whether a line is long enough for a sentence of a text, and ends as one."""
    if len(line) < _SENTENCE_LEAST or is_furniture(line):
        return False
    return line.rstrip("”\"'’").endswith(".")


def below_heading(
    since: Sequence[Token], above: list[Token]
) -> tuple[RelatedGroup | None, list[Token]]:
    """The last heading of a list since the item before, and what stands below it."""
    for token in reversed(since):
        group = group_of(token.text)
        if group:
            return group, [other for other in above if other.line > token.line]
    return None, above
