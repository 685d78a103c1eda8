"""What changed from one text of an article to another: word by word, within bounds.

A text is taken as passages: headline, byline, each paragraph, item or row, caption. Passages that
are the same are found first, then those that are alike, and words are compared in these alone.
However long the texts and however different, it takes so much work at most; what is left then is
told as removed and added as a whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kaltimtui.differing import CHECKED_EVERY, Differ
from kaltimtui.document import (
    Code,
    Cut,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    Table,
    spans_text,
)
from kaltimtui.wording import SEPARATOR, caption_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kaltimtui.differing import Opcode
    from kaltimtui.document import Block, Spans
    from kaltimtui.models import ArticleData

_WINDOW: Final = 12
"""Passages of either text that are looked through at once for those alike."""
_ALIKE: Final = 0.4
"""Share of their words that two passages have in common to be one that changed."""
_COMPARED: Final = 20_000
"""Characters of a passage by which it is told how alike it is."""
_SHORT: Final = 1
"""Words that stay between two longer changes and would only part them."""
_BETWEEN: Final = Span(SEPARATOR)
"""Stands between the cells of a row."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LETTER = re.compile(r"\w")


class Kind(StrEnum):
    """What a passage is."""

    KICKER = "kicker"
    TITLE = "title"
    DATELINE = "dateline"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    IMAGE = "image"
    RULE = "rule"
    CAPTION = "caption"


HEAD: Final = frozenset({Kind.KICKER, Kind.TITLE, Kind.DATELINE, Kind.BYLINE})
"""What stands above the body."""
TOGETHER: Final = (HEAD, frozenset({Kind.ITEM}), frozenset({Kind.ROW}))
"""Kinds of passages with no blank line between them."""


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


_KEPT: Final = 1
"""Passages that stay in sight beside one that changed."""
_FOLDED: Final = 3
"""The least that are folded: fewer take hardly more room than what would stand for them."""
SIGNS: Final = {Change.SAME: ("", ""), Change.REMOVED: ("[-", "-]"), Change.ADDED: ("{+", "+}")}
"""What stands round words where no colour tells what became of them."""


class Part(NamedTuple):
    """Words in a row that the same became of."""

    text: str
    change: Change = Change.SAME
    spans: Spans = ()
    """The same words with their styles, where they have any."""


class Passage(NamedTuple):
    """A passage of both texts, or of one."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        """Whether anything became of it."""
        return any(part.change is not Change.SAME for part in self.parts)

    @property
    def old(self) -> str | None:
        """What the old text has here; None where it has nothing."""
        return _said(self.parts, Change.ADDED)

    @property
    def new(self) -> str | None:
        """What the new text has here; None where it has nothing."""
        return _said(self.parts, Change.REMOVED)


class Unit(NamedTuple):
    """A passage of one text."""

    kind: Kind
    text: str
    spans: Spans = ()

    @property
    def key(self) -> tuple[Kind, str]:
        """By which two are the same."""
        return self.kind, self.text


def signed(said: str, change: Change) -> str:
    """Words with signs round them that say, without any colour, what became of them."""
    if not said:
        return said
    core = said.strip() or said
    before, _core, after = said.partition(core)
    opening, closing = SIGNS[change]
    return f"{before}{opening}{core}{closing}{after}"


def counted(passages: Iterable[Passage]) -> dict[Change, int]:
    """How many words became what."""
    found = dict.fromkeys(Change, 0)
    for passage in passages:
        for part in passage.parts:
            found[part.change] += len(part.text.split())
    return found


def _said(parts: Iterable[Part], without: Change) -> str | None:
    said = [part.text for part in parts if part.change is not without]
    return "".join(said) if said else None


def compare(
    old: ArticleData, new: ArticleData, check: Callable[[], None] = lambda: None
) -> list[Passage]:
    """Both texts as one, with what became of each word.

    ``check`` is called every few milliseconds; what it raises ends the comparison.
    """
    return _Comparing(check).passages(list(units(old)), list(units(new)))


# --- a text as passages --------------------------------------------------------------------------


def units(said: ArticleData) -> Iterator[Unit]:
    """The passages of a text that say anything, in the order they are read."""
    head = (
        (Kind.KICKER, said.kicker),
        (Kind.TITLE, said.title),
        (Kind.DATELINE, said.dateline),
        (Kind.BYLINE, said.byline),
    )
    for kind, text in head:
        if text:
            yield Unit(kind, text)
    for unit in _of_blocks(said.document.blocks):
        if unit.text or unit.kind is Kind.RULE:
            yield unit
    if caption := caption_line(said.caption, said.photo_credit):
        yield Unit(Kind.CAPTION, caption)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[Unit]:
    """The passages of blocks, however deep they stand in one another."""
    stack = [(iter(blocks), Kind.PARAGRAPH)]
    while stack:
        left, within = stack[-1]
        block = next(left, None)
        match block:
            case None:
                stack.pop()
            case Cut():
                continue
            case Quote(inner):
                stack.append((iter(inner), Kind.QUOTE))
            case ListBlock(items):
                stack.append((chain.from_iterable(items), Kind.ITEM))
            case Table(rows):
                yield from map(_row, rows)
            case _:
                yield _unit(block, within)


def _row(row: Sequence[Spans]) -> Unit:
    spans = tuple(chain.from_iterable((_BETWEEN, *cell) for cell in row))[1:]
    return Unit(Kind.ROW, spans_text(spans), spans)


def _unit(block: Block, within: Kind) -> Unit:
    match block:
        case Paragraph(spans):
            return Unit(within, spans_text(spans), spans)
        case Heading(_level, spans):
            return Unit(Kind.HEADING, spans_text(spans), spans)
        case Code(said):
            return Unit(Kind.CODE, said)
        case Image():
            said = caption_line(block.caption or block.alt, block.credit)
            return Unit(Kind.IMAGE, said)
        case _:
            return Unit(Kind.RULE, "")


# --- comparing -----------------------------------------------------------------------------------


class _Comparing:
    """One comparison."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._differ = Differ(check)

    # Passages

    def passages(self, old: Sequence[Unit], new: Sequence[Unit]) -> list[Passage]:
        """Two texts as one."""
        found: list[Passage] = []
        at = 0
        gaps = self._differ.gaps([unit.key for unit in old], [unit.key for unit in new])
        for gap in (*gaps, (len(old), len(old), len(new), len(new))):
            start, end, new_start, new_end = gap
            same = new[new_start - (start - at) : new_start]
            found += [Passage(unit.kind, (_part(unit, Change.SAME),)) for unit in same]
            found += self._alike(old[start:end], new[new_start:new_end])
            at = end
        return found

    def _alike(self, old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Passage]:
        """Passages of a stretch that differs: those alike as one, word by word."""
        i = j = 0
        words = [_words(unit) for unit in old], [_words(unit) for unit in new]
        while i < len(old) and j < len(new):
            ends = min(i + _WINDOW, len(old)), min(j + _WINDOW, len(new))
            pairs = self._pairs(old[i : ends[0]], new[j : ends[1]], words[0][i:], words[1][j:])
            start, new_start = i, j
            for a, b in pairs:
                yield from _whole(old[i : start + a], new[j : new_start + b])
                before, after = old[start + a], new[new_start + b]
                yield Passage(after.kind, tuple(self._parts(before, after)))
                i, j = start + a + 1, new_start + b + 1
            if not pairs:
                yield from _whole(old[i : ends[0]], new[j : ends[1]])
                i, j = ends
        yield from _whole(old[i:], new[j:])

    def _pairs(
        self,
        old: Sequence[Unit],
        new: Sequence[Unit],
        old_words: Sequence[frozenset[str]],
        new_words: Sequence[frozenset[str]],
    ) -> list[tuple[int, int]]:
        """Which passages of two short stretches are one that changed: most alike, in order."""
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        alike: dict[tuple[int, int], float] = {}
        for i in reversed(range(len(old))):
            for j in reversed(range(len(new))):
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
                if old[i].kind is new[j].kind and self._differ.spend(1 + len(old_words[i]) // 16):
                    share = _share(old[i], old_words[i], new_words[j])
                    if share >= _ALIKE and share + best[i + 1][j + 1] > best[i][j]:
                        best[i][j] = share + best[i + 1][j + 1]
                        alike[i, j] = best[i][j]
        pairs: list[tuple[int, int]] = []
        i = j = 0
        while i < len(old) and j < len(new):
            if alike.get((i, j)) == best[i][j]:
                pairs.append((i, j))
                i, j = i + 1, j + 1
            elif best[i + 1][j] == best[i][j]:
                i += 1
            else:
                j += 1
        return pairs

    # Words

    def _parts(self, old: Unit, new: Unit) -> Iterator[Part]:
        """Two passages as one, word by word; what is the same has the styles of the new one."""
        a, b = self._tokens(old.text), self._tokens(new.text)
        before, after = _Styles(old.spans), _Styles(new.spans)
        at = 0
        gaps = _joined(self._differ.gaps(a, b), a)
        for start, end, new_start, new_end in (*gaps, (len(a), len(a), len(b), len(b))):
            same, removed, added = map("".join, (a[at:start], a[start:end], b[new_start:new_end]))
            before.take(len(same))
            for said, change, styles in (
                (same, Change.SAME, after),
                (removed, Change.REMOVED, before),
                (added, Change.ADDED, after),
            ):
                if said:
                    yield Part(said, change, styles.take(len(said)))
            at = end

    def _tokens(self, said: str) -> list[str]:
        found = []
        for token in _WORD.finditer(said):
            found.append(token.group())
            if not len(found) % CHECKED_EVERY:
                self._check()
        return found


class _Styles:
    """The styles of a text, from its beginning to its end."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans if _is_styled(spans) else ()
        self._at = self._used = 0

    def take(self, size: int) -> Spans:
        """The next so many characters in their styles; none where they have none."""
        found: list[Span] = []
        while size and self._at < len(self._spans):
            span = self._spans[self._at]
            said = span.text[self._used : self._used + size]
            size -= len(said)
            self._used += len(said)
            if self._used == len(span.text):
                self._at, self._used = self._at + 1, 0
            found.append(replace(span, text=said))
        return tuple(found) if _is_styled(found) else ()


def _is_styled(spans: Iterable[Span]) -> bool:
    return any(span.strong or span.emphasis or span.code for span in spans)


def _part(unit: Unit, change: Change) -> Part:
    """A passage whole, of which the same became."""
    return Part(unit.text, change, unit.spans if _is_styled(unit.spans) else ())


def _whole(old: Iterable[Unit], new: Iterable[Unit]) -> Iterator[Passage]:
    """Passages that are of one text alone."""
    for units_of, change in ((old, Change.REMOVED), (new, Change.ADDED)):
        for unit in units_of:
            yield Passage(unit.kind, (_part(unit, change),))


def _words(unit: Unit) -> frozenset[str]:
    """The words by which it is told how alike a passage is to another."""
    return frozenset(re.findall(r"\w+", unit.text[:_COMPARED].lower()))


def _share(unit: Unit, words: frozenset[str], others: frozenset[str]) -> float:
    """How much two passages of a kind have in common, from 0 to 1; all, where there is but one."""
    if unit.kind in HEAD or unit.kind is Kind.CAPTION:
        return 1.0
    return 2 * len(words & others) / (len(words) + len(others) or 1)


def _joined(gaps: Sequence[Opcode], a: Sequence[str]) -> list[Opcode]:
    """Stretches as a reader takes them in: what stays between two and says nothing parts none."""
    found: list[Opcode] = []
    for gap in gaps:
        if found and _says_nothing(a, found[-1], gap):
            gap = (found[-1][0], gap[1], found[-1][2], gap[3])
            found.pop()
        found.append(gap)
    return found


def _says_nothing(a: Sequence[str], before: Opcode, after: Opcode) -> bool:
    between = sum(1 for token in a[before[1] : after[0]] if _LETTER.match(token))
    sizes = (max(gap[1] - gap[0], gap[3] - gap[2]) for gap in (before, after))
    return between == 0 or (between <= _SHORT and min(sizes) > 2)


# --- what is shown of it -------------------------------------------------------------------------


class Folded(NamedTuple):
    """Some passages that are the same, told of in one line."""

    first: int
    size: int


Entry: TypeAlias = "int | Folded"
"""The place of a passage, or what stands for several."""


def folded(passages: Sequence[Passage]) -> list[Entry]:
    """The passages that are shown, and what stands for the others."""
    entries: list[Entry] = []
    last = len(passages)
    runs = groupby(range(last), key=lambda at: _foldable(passages[at]))
    for foldable, places in runs:
        run = list(places)
        before = _KEPT if run[0] and _telling(passages[run[0] - 1]) else 0
        after = _KEPT if run[-1] + 1 < last and _telling(passages[run[-1] + 1]) else 0
        count = len(run) - before - after
        if foldable and count >= _FOLDED:
            end = before + count
            entries += [*run[:before], Folded(run[before], count), *run[end:]]
        else:
            entries += run
    return entries


def _telling(passage: Passage) -> bool:
    return passage.changed and passage.kind not in HEAD


def _foldable(passage: Passage) -> bool:
    return not passage.changed and passage.kind not in HEAD
