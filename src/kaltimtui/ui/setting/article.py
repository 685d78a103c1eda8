"""An article as the lines of the reading pane: head, body, picture, related items, foot."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kaltimtui import dates, text
from kaltimtui.document import Heading, Paragraph
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui.setting.blocks import bar, block_lines, caption_lines, leaves
from kaltimtui.ui.setting.lines import BLANK, Flow, Line, Look, Role, wrap
from kaltimtui.ui.setting.timeline import timeline
from kaltimtui.wording import SEPARATOR, place_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kaltimtui.document import Block
    from kaltimtui.models import Article

LINE_LIMIT: Final = 100_000
"""Lines of a body that are laid out; the page itself has the rest."""
_CHARACTERS_A_MINUTE: Final = 1_400
"""Read quietly: 200 words, of seven letters with their space."""
_FRESH_DAYS: Final = 31
"""So long the head says how long ago, beside the date."""
_META = Look((Role.META,))


def article_lines(article: Article, width: int, now: datetime) -> Iterator[Line]:
    """All of an article, part by part with a blank line between them."""
    parts = (
        _head(article, width, now),
        _body(article, width),
        _picture(article, width),
        _enclosures(article, width),
        _note(article, width),
        timeline(article.related, width, now),
        _foot(article, width),
    )
    apart = False
    for part in parts:
        for line in part:
            if apart:
                yield BLANK
                apart = False
            yield line
        apart = True


def heading(article: Article) -> str:
    """The name of the pane while it shows an article: its category, else its source."""
    return text.inline(article.category or article.source)


def notice_lines(message: str, width: int) -> Iterator[Line]:
    """A word of the program's own in place of an article."""
    yield BLANK
    yield from wrap(message, _META, width)


def _head(article: Article, width: int, now: datetime) -> Iterator[Line]:
    if kicker := text.optional(article.kicker):
        yield from wrap(kicker.upper(), Look((Role.KICKER,)), width)
    title = text.inline(article.title) or _("Untitled")
    yield from Flow(((title, Look((Role.TITLE,))),)).balanced(width)
    for said in (_when_and_where(article, now), _whose(article), _whence(article)):
        yield from _items(said, width)


def _when_and_where(article: Article, now: datetime) -> list[str]:
    said: list[str] = []
    if stamp := article.published:
        said.append(dates.long(stamp))
        if abs((now - stamp.moment).days) <= _FRESH_DAYS:
            said.append(dates.ago(stamp, now))
    else:
        said.append(dates.listed(None, article.first_seen, now))
    if place := text.optional(article.dateline):
        said.append(place_name(place))
    return said


def _whose(article: Article) -> list[str]:
    said = [byline] if (byline := text.optional(article.byline)) else []
    if length := _length(article.document.blocks):
        minutes = -(-length // _CHARACTERS_A_MINUTE)
        said.append(ngettext("{count} minute read", "{count} minutes read", minutes))
    return said


def _length(blocks: Sequence[Block]) -> int:
    """Characters of running text; tables are looked at, not read."""
    running = (block for block in leaves(blocks) if isinstance(block, Paragraph | Heading))
    return sum(len(span.text) for block in running for span in block.spans)


def _whence(article: Article) -> list[str]:
    said = [text.inline(article.source)]
    if category := text.optional(article.category):
        said[0] += f" › {category}"
    if article.sample:
        said.append(_("Sample"))
    return said + [f"#{text.inline(tag)}" for tag in article.tags]


def _items(said: Sequence[str], width: int) -> Iterator[Line]:
    """Short items in a row, as many in a line as there is room for."""
    rows: list[str] = []
    for item in filter(None, said):
        longer = f"{rows[-1]}{SEPARATOR}{item}" if rows else item
        if rows and text.width(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(item)
    for row in rows:
        for line in wrap(row, _META, width):
            # Separators are no ink: how many there are depends on the width.
            yield Line(line.runs, max(1, line.ink - line.text.count(SEPARATOR.strip())))


def _body(article: Article, width: int) -> Iterator[Line]:
    if not article.document.blocks:
        yield from wrap(_("The source gave no text; the page itself may have it."), _META, width)
    lines = block_lines(article.document.blocks, width)
    yield from islice(lines, LINE_LIMIT)
    if next(lines, None):
        yield BLANK
        yield from wrap(_("The rest of this text is too long to show here."), _META, width)


def _picture(article: Article, width: int) -> Iterator[Line]:
    """What is said of the lead picture."""
    url = text.address(article.image)
    caption, credit = article.caption or "", article.photo_credit or ""
    if caption or credit:
        yield from caption_lines(_("Photo"), caption, credit, width, url)


def _enclosures(article: Article, width: int) -> Iterator[Line]:
    """Files that go with the article, one a line; pictures are no such files."""
    for enclosure in article.enclosures:
        url = text.address(enclosure.url)
        picture = (enclosure.type or "").startswith("image/") or enclosure.url == article.image
        if url and not picture:
            kind = f" ({text.inline(enclosure.type)})" if enclosure.type else ""
            label = _("Attached:") + " "
            room = width - text.width(label + kind)
            pieces = (
                (label, _META),
                (_short(url, room), Look((Role.ADDRESS,), url)),
                (kind, _META),
            )
            yield from Flow(pieces).lines(width)


def _short(url: str, cells: int) -> str:
    """An address in one line: its host, and the end of what follows."""
    shown = text.inline(url, len(url)).removeprefix("https://").removeprefix("http://")
    host = text.host(url)
    tail = cells - len(host) - 2
    return shown if len(shown) <= cells or tail < 1 else f"{host}/…{shown[-tail:]}"


def _note(article: Article, width: int) -> Iterator[Line]:
    if article.note:
        said = _("Note: {note}").format(note=text.block(article.note))
        yield from bar(wrap(said, Look((Role.BODY,)), width - 2))


def _foot(article: Article, width: int) -> Iterator[Line]:
    if url := text.address(article.url):
        yield from wrap(url, Look((Role.ADDRESS,), url), width)
    if article.versions > 1:
        seen = dates.long(dates.Stamp(article.first_seen, "time"))
        versions = ngettext("{count} version", "{count} versions", article.versions)
        said = _("First seen {time}").format(time=seen)
        yield from _items((said, versions), width)
