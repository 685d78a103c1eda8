"""The earlier texts of articles: ``versions`` and ``diff``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kaltimtui import i18n, versions
from kaltimtui.comparing import TOGETHER, Change, Folded, Kind, compare, counted, folded, signed
from kaltimtui.dates import WITA
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.prose import MEASURE, wrap
from kaltimtui.styled import Styled
from kaltimtui.wording import (
    SEPARATOR,
    same_words,
    version_name,
    version_time,
    words_added,
    words_removed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kaltimtui.cli.context import Context
    from kaltimtui.comparing import Passage
    from kaltimtui.document import Json
    from kaltimtui.styled import Piece, Style
    from kaltimtui.versions import History, Version

_SIGNED = re.compile(r"(\[-|-\]|\{\+|\+\})")
_OPENS: Final[dict[str, Style]] = {"[-": "error", "{+": "accent"}
_CLOSES: Final = frozenset({"-]", "+}"})
_MARKS: Final = {Kind.ITEM: "• ", Kind.QUOTE: "▎ ", Kind.IMAGE: "▎ ", Kind.CAPTION: "▎ "}
_PHOTOS: Final = frozenset({Kind.IMAGE, Kind.CAPTION})


def run_versions(context: Context) -> int:
    """Print the texts that an article had, a line each."""
    out, now = context.out, context.clock()
    with context.library() as library:
        article = library.resolve(context.values.id)
        texts = versions.of(library)
        history = texts.history(article)
        total = len(history.versions)
        for place, version in enumerate(history.versions):
            title = texts.text(article, version).title
            known = place == history.read
            if out.json:
                said = {"article": article, **_version_json(place, version), "title": title}
                out.data({**said, "known": known, "current": place == total - 1})
            elif out.terminal:
                mark = (SEPARATOR, Styled(_("the one you know"), "accent")) if known else ()
                time = version_time(version.since, now)
                out.line(version_name(place + 1, total), SEPARATOR, Styled(time, "dim"), *mark)
                out.line("  ", title)
            else:
                time = _json_time(version.since)
                out.row(str(place + 1), time, "known" if known else "", title)
    return 0


def run_diff(context: Context) -> int:
    """Print what changed from one text of an article to another."""
    with context.library() as library:
        article = library.resolve(context.values.id)
        texts = versions.of(library)
        history = texts.history(article)
        pair = _pair(history, getattr(context.values, "from"), context.values.to)
        old, new = (texts.text(article, history.versions[place]) for place in pair)
    passages = compare(old, new)
    if context.out.json:
        context.out.data(_json(article, history, pair, passages))
        return 0
    if len(history.versions) == 1:
        context.out.tell(_("No other text of this article is known than this one."))
        return 0
    if pair == versions.since_read(history) and versions.knows_last(history):
        context.out.tell(_("Nothing has changed since you read it; this is what changed last."))
    for line in _lines(context, history, pair, passages):
        context.out.line(*line)
    return 0


def _pair(history: History, old: int | None, new: int | None) -> tuple[int, int]:
    """Places of the two that are asked for. Raises UsageError."""
    total = len(history.versions)
    for number in (old, new):
        if number is not None and number > total:
            said = _("There is no version {number}; the article has {count}.")
            raise UsageError(
                said.format(number=i18n.number(number), count=i18n.number(total)),
                hint=_("“kaltimtui versions ID” lists them."),
            )
    read, last = versions.since_read(history)
    to = last if new is None else new - 1
    if old is not None:
        return old - 1, to
    return (read if new is None else max(0, to - 1)), to


def _json(
    article: str, history: History, pair: tuple[int, int], passages: Sequence[Passage]
) -> Json:
    count = counted(passages)
    old, new = (_version_json(place, history.versions[place]) for place in pair)
    return {
        "article": article,
        "from": old,
        "to": new,
        "removed": count[Change.REMOVED],
        "added": count[Change.ADDED],
        "passages": [
            {
                "kind": passage.kind.value,
                "changed": passage.changed,
                "parts": [
                    {"text": part.text, "change": part.change.value} for part in passage.parts
                ],
            }
            for passage in passages
        ],
    }


def _version_json(place: int, version: Version) -> Json:
    return {"version": place + 1, "since": _json_time(version.since)}


def _json_time(moment: datetime) -> str:
    return moment.astimezone(WITA).isoformat(timespec="seconds")


def _lines(
    context: Context, history: History, pair: tuple[int, int], passages: Sequence[Passage]
) -> Iterator[Sequence[Piece]]:
    width, now = min(context.out.width, MEASURE), context.clock()
    total = len(history.versions)
    for place in pair:
        when = version_time(history.versions[place].since, now)
        yield (Styled(version_name(place + 1, total) + SEPARATOR + when, "dim"),)
    count = counted(passages)
    yield (
        Styled(words_removed(count[Change.REMOVED]), "error"),
        SEPARATOR,
        Styled(words_added(count[Change.ADDED]), "accent"),
    )
    before: Kind | None = None
    for entry in range(len(passages)) if context.values.whole else folded(passages):
        kind = None if isinstance(entry, Folded) else passages[entry].kind
        if not any(before in kinds and kind in kinds for kinds in TOGETHER):
            yield ()
        before = kind
        if isinstance(entry, Folded):
            yield (Styled(same_words(entry.size), "dim"),)
        else:
            yield from _passage_lines(passages[entry], width)


def _passage_lines(passage: Passage, width: int) -> Iterator[Sequence[Piece]]:
    """A passage in lines; on a terminal, what is between signs has a colour besides."""
    said = "".join(signed(part.text, part.change) for part in passage.parts)
    if passage.kind in _PHOTOS:
        said = _("Photo: {caption}").format(caption=said)
    mark = _MARKS.get(passage.kind, "")
    style: Style | None = None
    for line in wrap(said, width - len(mark)):
        pieces: list[Piece] = [mark]
        mark = mark if passage.kind is not Kind.ITEM else " " * len(mark)
        for piece in filter(None, _SIGNED.split(line) if passage.changed else [line]):
            style = _OPENS.get(piece, style)
            pieces.append(piece if style is None else Styled(piece, style))
            if piece in _CLOSES:
                style = None
        yield pieces
