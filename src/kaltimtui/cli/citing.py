"""Citing articles: ``cite``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.citing import csl_item, pieces
from kaltimtui.cli.marking import resolved
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.cli.context import Context
    from kaltimtui.library import Library
    from kaltimtui.models import Article

_PAGE: Final = 200


def run(context: Context) -> int:
    """Print citations: of the articles of some ids, or of all that a search finds."""
    values = context.values
    if values.query is not None and values.id:
        raise UsageError(
            _("{name} and {what} exclude each other.").format(name="--query", what="ID"),
            hint=_("Put a query of several words into quotes."),
        )
    if values.query is None and not values.id:
        raise UsageError(
            _("Missing: {what}.").format(what="ID | --query"),
            hint=_("“kaltimtui list” shows the ids."),
        )
    with context.library() as library:
        if values.query is None:
            return _cite_named(context, library)
        _print(context, map(library.article, _found(library, values.query)))
        return 0


def _cite_named(context: Context, library: Library) -> int:
    """Cite what has the ids, in their order; those that name nothing are told, and go without."""
    ids, failed = resolved(library, context.values.id)
    if ids:
        _print(context, map(library.article, dict.fromkeys(ids)))
    for name, reason in failed:
        context.out.fail(f"{name}: {reason}")
        if context.out.json:
            context.out.data({"id": name, "error": reason})
    if not failed:
        return 0
    return 1 if ids else 2


def _found(library: Library, query: str) -> Iterator[str]:
    """The ids of all that a search finds, in its order. Raises UsageError, QueryError."""
    if not query.strip():
        raise UsageError(_("There is nothing to search for."), hint=_("Give a word or a phrase."))
    view = View(ViewKind.SEARCH, query=query)
    after = None
    while rows := library.rows(view, after=after, limit=_PAGE):
        yield from (row.id for row in rows)
        after = rows[-1].key


def _print(context: Context, articles: Iterable[Article]) -> None:
    now, out = context.clock(), context.out
    if out.json:
        for article in articles:
            out.data(csl_item(article, now))
        return
    style = context.values.style or context.settings[0].citation_style
    for piece in pieces(articles, style, now):
        out.verbatim(piece)
