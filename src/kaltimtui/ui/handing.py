"""How an article is handed to another program: as which words, in which form. Pure."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import text
from kaltimtui.config import ADDRESS, PIPE_FORMS
from kaltimtui.errors import UsageError
from kaltimtui.i18n import N_, _
from kaltimtui.library import article_json
from kaltimtui.markdown import article_markdown
from kaltimtui.prose import MEASURE, article_lines
from kaltimtui.styled import Styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kaltimtui.models import Article

FORMS: Final = {"markdown": "Markdown", "text": N_("text"), "json": "JSON"}
"""The forms as a person calls them (message ids), by their names in the settings."""
_PLACES: Final = re.compile(r"\{(url|title)\}")


class CommandLine(NamedTuple):
    """What the user typed to hand an article over: a form, and a command."""

    form: str
    words: list[str]


def share_words(words: Sequence[str], article: Article) -> list[str]:
    """The arguments of a command that shares an article. Raises UsageError where it has no address.

    Each word stays one word, whatever the title holds, and none becomes an option by it.
    """
    url = text.address(article.url)
    if url is None and any(ADDRESS in word for word in words):
        raise UsageError(_("This article has no address."))
    said = {"url": url or "", "title": text.inline(article.title)}
    return [_filled(word, said) for word in words]


def _filled(word: str, said: dict[str, str]) -> str:
    filled = _PLACES.sub(lambda place: said[place[1]], word)
    return f" {filled}" if filled.startswith("-") and not word.startswith("-") else filled


def command_line(typed: str, form: str) -> CommandLine:
    """A command line taken apart; ``text:`` and the like before it ask for another form.

    Raises UsageError for what cannot be read as one.
    """
    first, colon, rest = typed.strip().partition(":")
    if colon and first.strip().lower() in PIPE_FORMS:
        form, typed = first.strip().lower(), rest
    try:
        words = shlex.split(typed)
    except ValueError:
        raise UsageError(_("A quotation mark in this command line is not closed.")) from None
    if not words or not words[0] or "\0" in typed:
        raise UsageError(_("There is no command to hand it to."))
    return CommandLine(form, words)


def formed(articles: Iterable[Article], form: str, now: datetime) -> bytes:
    """Articles in a form: one JSON object a line; in the others a rule stands between two."""
    if form == "json":
        lines = (
            json.dumps(text.verbatim_json(article_json(article)), ensure_ascii=False)
            for article in articles
        )
        return "".join(f"{line}\n" for line in lines).encode()
    if form == "markdown":
        return "\n---\n\n".join(map(article_markdown, articles)).encode()
    rule = f"\n{'─' * MEASURE}\n\n"
    return rule.join(_plain(article, now) for article in articles).encode()


def _plain(article: Article, now: datetime) -> str:
    """As ``kaltimtui show`` prints it into a file."""
    lines = (
        "".join(piece.text if isinstance(piece, Styled) else piece for piece in line).rstrip()
        for line in article_lines(article, now=now, width=MEASURE)
    )
    return "".join(f"{text.verbatim(line)}\n" for line in lines)
