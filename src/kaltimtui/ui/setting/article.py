"""An article as the lines of the reading pane: head, body, picture, related items, foot."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.document import Image
from kaltimtui.i18n import _
from kaltimtui.ui.actions import BY_NAME, labels
from kaltimtui.ui.setting import addresses
from kaltimtui.ui.setting.blocks import bar, block_lines, figure_lines
from kaltimtui.ui.setting.lines import BLANK, NO_INK, Flow, Line, Look, Role, inkless, wrap
from kaltimtui.ui.setting.notes import note_lines
from kaltimtui.ui.setting.timeline import timeline
from kaltimtui.wording import (
    EDITED,
    SEPARATOR,
    TAG,
    attached,
    first_seen,
    is_in_body,
    texts_had,
    when_and_where,
    whence,
    whose,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kaltimtui.models import Article
    from kaltimtui.ui.setting.lines import Piece
    from kaltimtui.ui.setting.pictures import Figures

LINE_LIMIT: Final = 150_000
"""Lines of a body that are laid out; the page itself has the rest."""
_META = Look((Role.META,))


def article_lines(
    article: Article, width: int, now: datetime, figures: Figures | None = None
) -> Iterator[Line]:
    """All of an article, part by part with a blank line between them.

    With ``figures``, pictures are where they stand, the lead picture below the head. What is said
    of a picture stands at the same place without them.
    """
    lead, above = _lead(article)
    figure = inkless(figure_lines(lead, width, figures if above else None))
    parts = (
        head_lines(article, width, now),
        figure if above else (),
        _body(article, width, figures),
        () if above else figure,
        _enclosures(article, width),
        _note(article, width),
        timeline(article.related, width, now),
        _foot(article, width),
    )
    apart = False
    for part in parts:
        for line in part:
            if apart:
                yield NO_INK if part is figure else BLANK
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


def head_lines(article: Article, width: int, now: datetime) -> Iterator[Line]:
    """What stands above the text: the headline, and what is known of the article."""
    if kicker := text.optional(article.kicker):
        yield from wrap(kicker.upper(), Look((Role.KICKER,)), width)
    title = text.inline(article.title) or _("Untitled")
    yield from Flow(((title, Look((Role.TITLE,))),)).balanced(width)
    yield from _items(when_and_where(article, now), width)
    for said in ((*whose(article), *texts_had(article)), whence(article)):
        yield from _steady(_items(said, width, article.tags))
    if article.edited:
        yield from inkless(_edited(width))


def _steady(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines that hold as much of the text whatever they say: tags come and go while one reads."""
    yield from (line._replace(ink=1) for line in islice(lines, 1))
    yield from inkless(lines)


def _edited(width: int) -> Iterator[Line]:
    """That there is another text than the user knows, and the key that shows how it differs."""
    told = f"{EDITED} " + _("changed since you read it")
    offered = _("{key} changes").format(key=labels(BY_NAME["changes"])[0])
    pieces = ((told, Look((Role.UNREAD,))), (SEPARATOR + offered, _META))
    return Flow(pieces).lines(width)


def _items(said: Sequence[str], width: int, tags: Sequence[str] = ()) -> Iterator[Line]:
    """Short items in a row, as many in a line as there is room for; tags in their colours."""
    looks = {f"{TAG}{text.inline(tag)}": Look((Role.META,), tag=tag) for tag in tags}
    rows: list[list[str]] = []
    for item in filter(None, said):
        longer = SEPARATOR.join((*rows[-1], item)) if rows else item
        if rows and text.width(longer) <= width:
            rows[-1].append(item)
        else:
            rows.append([item])
    for row in rows:
        pieces: list[Piece] = []
        for item in row:
            pieces += [(SEPARATOR, _META), (item, looks.get(item, _META))]
        for line in Flow(pieces[1:]).lines(width):
            # Separators are no ink: how many there are depends on the width.
            yield Line(line.runs, max(1, line.ink - line.text.count(SEPARATOR.strip())))


def _body(article: Article, width: int, figures: Figures | None) -> Iterator[Line]:
    if not article.document.blocks:
        yield from wrap(_("The source gave no text; the page itself may have it."), _META, width)
    key = labels(BY_NAME["open_browser"])[0]
    way = _("{key} opens it.").format(key=key) if text.address(article.url) else ""
    lines = block_lines(article.document.blocks, width, figures, way)
    yield from islice(lines, LINE_LIMIT)
    if next(lines, None):
        yield BLANK
        said = _("Cut here: the text is too long to show. The original has the rest.")
        yield from wrap(f"{said} {way}", _META, width)


def _lead(article: Article) -> tuple[Image, bool]:
    """The picture that goes before all others, and whether it stands above the text."""
    url = text.address(article.image)
    caption, credit = article.caption or "", article.photo_credit or ""
    if is_in_body(article):
        return Image(None), False
    in_body = any(image.url == article.image for image in article.document.images())
    return Image(url, "", caption, credit), url is not None and not in_body


def _enclosures(article: Article, width: int) -> Iterator[Line]:
    """Files that go with the article, one a line."""
    for enclosure in attached(article):
        if url := text.address(enclosure.url):
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
    shown = addresses.shown(url).removeprefix("https://").removeprefix("http://")
    host = text.host(url)
    tail = cells - len(host) - 2
    return shown if len(shown) <= cells or tail < 1 else f"{host}/…{shown[-tail:]}"


def _note(article: Article, width: int) -> Iterator[Line]:
    """What the user wrote of the article, below a heading of its own."""
    if article.note:
        yield from wrap(_("Note").upper(), Look((Role.GROUP,)), width)
        yield from bar(note_lines(text.block(article.note, len(article.note)), width - 2))


def _foot(article: Article, width: int) -> Iterator[Line]:
    if url := text.address(article.url):
        yield from wrap(addresses.shown(url), Look((Role.ADDRESS,), url), width)
    if article.versions > 1:
        yield from wrap(first_seen(article), _META, width)
