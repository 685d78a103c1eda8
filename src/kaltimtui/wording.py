"""How the screen and the commands word the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import dates, i18n, text
from kaltimtui.document import Heading, Paragraph, leaves, spans_text
from kaltimtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kaltimtui.document import Block
    from kaltimtui.models import Article, Enclosure, Related, RelatedGroup, Source
    from kaltimtui.rule import Notice, RuleAction, RuleKind

SEPARATOR: Final = " · "
STAR: Final = "★"
LATER: Final = "◷"
UNREAD: Final = "●"
CHOSEN: Final = "✓"
EDITED: Final = "✎"
TAG: Final = "#"
"""Stands before the name of a tag, so that it is told as one without colour."""
TAG_COLOURS: Final = {
    "red": N_("red"),
    "orange": N_("orange"),
    "yellow": N_("yellow"),
    "green": N_("green"),
    "cyan": N_("cyan"),
    "blue": N_("blue"),
    "purple": N_("purple"),
    "pink": N_("pink"),
}
"""The colours that are offered for tags: names as they are kept, and as message ids."""
RULE_KINDS: Final[dict[RuleKind, str]] = {
    "notify": N_("tell of it"),
    "star": N_("star"),
    "later": N_("for later"),
    "read": N_("mark read"),
    "hide": N_("hide"),
    "full_text": N_("whole text"),
}
"""What a rule may do, but for tags, as message ids."""
_GROUPS: Final[tuple[tuple[RelatedGroup, str], ...]] = (
    ("related", N_("Related news")),
    ("latest", N_("Latest")),
    ("popular", N_("Most read")),
)
_INITIALS: Final = 3
_ENDS: Final = (".", "!", "?", "…", "”", '"', ":")
_CHARACTERS_A_MINUTE: Final = 1_400
"""Read quietly: 200 words, of seven letters with their space."""
_FRESH_DAYS: Final = 31
"""So long it is said how long ago, beside the date."""


def place_name(dateline: str) -> str:
    """A dateline as it reads within a line: ``BALIKPAPAN`` is Balikpapan, ``IKN`` stays."""
    return dateline.title() if dateline.isupper() and len(dateline) > _INITIALS else dateline


def colour(kept: str | None) -> str:
    """A colour of a tag as the user calls it."""
    return "" if kept is None else _(TAG_COLOURS.get(kept, kept))


def kept_colour(said: str) -> str:
    """A colour as it is kept, from what the user calls it; what is unknown stays, in lower case."""
    wanted = said.strip().casefold()
    ours = {_(word).casefold(): name for name, word in TAG_COLOURS.items()}
    return ours.get(wanted, wanted)


def meant(said: str, known: Iterable[str]) -> str:
    """The known name most like what was said as a question, with a space before it, if one is."""
    from difflib import get_close_matches  # needed only when something is wrong

    names = {name.casefold(): name for name in known}
    near = get_close_matches(text.inline(said).casefold(), names, n=1)
    return " " + _("Did you mean {word}?").format(word=names[near[0]]) if near else ""


def caption_line(caption: str | None, credit: str | None) -> str:
    """A caption and its credit, with a full stop between them where there is none."""
    said, owed = text.inline(caption or "", text.BLOCK_LIMIT), text.inline(credit or "")
    if said and owed and not said.endswith(_ENDS):
        said += "."
    return " ".join(filter(None, (said, owed)))


def alt_line(alt: str) -> str:
    """The words that stand for a picture, which are no caption: in brackets."""
    return _("[Picture: {what}]").format(what=text.inline(alt))


def is_in_body(article: Article) -> bool:
    """Whether the lead picture stands in the body too, with all that is said of it."""
    said = (article.caption or "", article.photo_credit or "")
    return any(
        image.url == article.image and (image.caption, image.credit) == said
        for image in article.document.images()
    )


def cut_here() -> str:
    """What is said where a text was too long to be kept whole."""
    return _("Cut here: the text is longer than what is kept. The original has the rest.")


def rows_left_out(count: int) -> str:
    """What is said below a table of which so many rows were too many."""
    return ngettext(
        "Cut here: {count} more row of the table. The original has it.",
        "Cut here: {count} more rows of the table. The original has them.",
        count,
    )


def when_and_where(article: Article, now: datetime | None = None) -> tuple[str, ...]:
    """When an article came out, or else was saved, and from where it tells.

    Without ``now``, nothing is said that will not be true tomorrow.
    """
    stamp = article.published
    said: list[str] = []
    if stamp:
        said.append(dates.long(stamp))
        if now and abs((now - stamp.moment).days) <= _FRESH_DAYS:
            said.append(dates.ago(stamp, now))
    elif now:
        said.append(dates.listed(None, article.first_seen, now))
    else:
        said.append(first_seen(article))
    if place := text.optional(article.dateline):
        said.append(place_name(place))
    return tuple(said)


def first_seen(article: Article) -> str:
    """When it was saved first."""
    seen = dates.long(dates.Stamp(article.first_seen, "time"))
    return _("First seen {time}").format(time=seen)


def texts_had(article: Article) -> tuple[str, ...]:
    """How many texts it has had, where it had another one before."""
    if article.versions < 2:
        return ()
    return (ngettext("{count} version", "{count} versions", article.versions),)


def version_name(number: int, total: int) -> str:
    """Which of the texts of an article it is."""
    return _("Version {number} of {total}").format(
        number=i18n.number(number), total=i18n.number(total)
    )


def version_time(since: datetime, now: datetime) -> str:
    """When a text of an article was seen first."""
    stamp = dates.Stamp(since.astimezone(dates.WITA), "time")
    return f"{dates.compact(stamp)} WITA, {dates.ago(stamp, now)}"


def same_words(count: int) -> str:
    """What stands for paragraphs that are the same in two texts."""
    return ngettext("… {count} paragraph the same …", "… {count} paragraphs the same …", count)


def words_removed(count: int) -> str:
    """How many words are gone from one text of an article to another."""
    return ngettext("{count} word removed", "{count} words removed", count)


def words_added(count: int) -> str:
    """How many words have come."""
    return ngettext("{count} word added", "{count} words added", count)


def whose(article: Article) -> tuple[str, ...]:
    """Who wrote it, and how long it takes to read."""
    said = [byline] if (byline := text.optional(article.byline)) else []
    if length := _length(article.document.blocks):
        minutes = -(-length // _CHARACTERS_A_MINUTE)
        said.append(ngettext("{count} minute read", "{count} minutes read", minutes))
    return tuple(said)


def _length(blocks: Sequence[Block]) -> int:
    """Characters of running text; tables are looked at, not read."""
    running = (block for block in leaves(blocks) if isinstance(block, Paragraph | Heading))
    return sum(len(spans_text(block.spans)) for block in running)


def whence(article: Article) -> tuple[str, ...]:
    """Its source and category, whether it is a sample, and its tags."""
    category = text.optional(article.category)
    source = text.inline(article.source) + (f" › {category}" if category else "")
    sample = (_("Sample"),) if article.sample else ()
    return (source, *sample, *(f"#{text.inline(tag)}" for tag in article.tags))


def attached(article: Article) -> list[Enclosure]:
    """The files that go with an article; pictures are no such files."""
    return [
        enclosure
        for enclosure in article.enclosures
        if enclosure.url != article.image and not (enclosure.type or "").startswith("image/")
    ]


def by_group(related: Sequence[Related]) -> Iterator[tuple[str, list[tuple[int, Related]]]]:
    """The groups that have items, in the order they are shown.

    Each with its name and its items, and these with their places in ``related``.
    """
    for group, name in _GROUPS:
        items = [(at, item) for at, item in enumerate(related) if item.group == group]
        if items:
            yield _(name), items


def noticed(notice: Notice) -> str:
    """What a rule has to tell of new articles."""
    news = ngettext("{count} new article", "{count} new articles", notice.count)
    return f"{news}: {text.inline(notice.rule)}"


def done(actions: Iterable[RuleAction]) -> str:
    """What a rule does, in a few words, in the order of ``RULE_KINDS``."""
    order = [*RULE_KINDS, "tag"]
    by_kind = sorted(actions, key=lambda action: order.index(action.kind))
    return SEPARATOR.join(map(_action, by_kind))


def _action(action: RuleAction) -> str:
    if action.kind == "tag":
        return f"{TAG}{text.inline(action.value or '')}"
    return _(RULE_KINDS[action.kind])


# --- how fetching a source has gone --------------------------------------------------------------


def trouble(source: Source) -> str | None:
    """What is wrong with fetching a source, if anything."""
    health = source.health
    if health.gone:
        said = _("It is gone for good, says its server, and is asked no more.")
        return f"{health.error} {said}" if health.error else said
    if health.error is None:
        return None
    times = ngettext("{count} failure in a row", "{count} failures in a row", health.failures)
    return f"{health.error} ({times})"


def last_success(source: Source, now: datetime) -> str:
    """When a source was fetched last."""
    succeeded = source.health.succeeded
    return dates.relative(succeeded, now) if succeeded else _("never yet")


def next_try(source: Source, now: datetime) -> str:
    """When a source will be asked again."""
    health = source.health
    if health.gone:
        return _("asked no more")
    if health.next_try is None or health.next_try <= now:
        return _("at the next refresh")
    return dates.relative(health.next_try, now)


def weekly(articles: float) -> str:
    """How much a source writes."""
    number = f"{articles:.1f}".removesuffix(".0")
    if i18n.language() == "id":
        number = number.replace(".", ",")
    return _("{number} a week").format(number=number)
