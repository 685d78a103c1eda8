"""Finding and reading articles: ``list``, ``search`` and ``show``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kaltimtui import dates
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import View, ViewKind
from kaltimtui.prose import MEASURE, SHORT_ID, article_lines
from kaltimtui.styled import Styled
from kaltimtui.wording import LATER, SEPARATOR, STAR, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow

_PAGE: Final = 200
_OF_TIME: Final = frozenset({"newest", "oldest"})


def run_list(context: Context) -> int:
    """Print the articles of the list of all, or what a search finds where one is written.

    Of a saved search, what it finds; a search besides is made within that.
    """
    query = _written(context)
    kind = ViewKind.SEARCH if query else ViewKind.ALL
    return _print(context, View(kind, query=query, sort=context.values.sort))


def run_search(context: Context) -> int:
    """Print the articles that a search finds."""
    query = _written(context)
    if not query:
        raise UsageError(_("There is nothing to search for."), hint=_("Give a word or a phrase."))
    return _print(context, View(ViewKind.SEARCH, query=query, sort=context.values.sort))


def run_show(context: Context) -> int:
    """Print one article, as text, Markdown or JSON."""
    out = context.out
    with context.library() as library:
        article = library.article(library.resolve(context.values.id))
        if out.json:
            out.data(library.json(article))
        elif context.values.markdown:
            from kaltimtui.markdown import article_markdown

            out.verbatim(article_markdown(article))
        else:
            width = min(out.width, MEASURE)
            for line in article_lines(article, now=context.clock(), width=width):
                out.line(*line)
    return 0


def _print(context: Context, view: View) -> int:
    found = False
    with context.library() as library:
        if saved := getattr(context.values, "saved", None):
            from kaltimtui import organising  # most lists are no saved search

            number = organising.of(library).find_search(saved).id
            view = replace(view, kind=ViewKind.SAVED, saved=number)
        for page in _pages(library, view, context):
            found = True
            print_rows(context, library, page)
    if not found:
        context.out.tell(_("No articles."))
    return 0


def print_rows(context: Context, library: Library, rows: Sequence[ArticleRow]) -> None:
    """Print some articles, a line each."""
    out = context.out
    if out.json:
        for row in rows:
            out.data(library.json(row))
    elif out.terminal:
        _table(rows, context)
    else:
        _cells(out, rows)


def _written(context: Context) -> str:
    """The search: what a shell gave as several words is one, with blanks between them."""
    query = " ".join(context.values.query)
    return query if query.strip() else ""


def _pages(library: Library, view: View, context: Context) -> Iterator[list[ArticleRow]]:
    """The articles asked for, page by page, in the order asked for."""
    left: int = context.values.limit
    edge = _edge(library, view, context.values.after)
    while left > 0:
        size = min(left, _PAGE)
        rows = library.rows(view, after=edge, limit=size)
        if rows:
            yield rows
            edge = rows[-1].key
        left = left - size if len(rows) == size else 0


def _edge(library: Library, view: View, after: str | None) -> int | None:
    """The key behind which the list goes on. Raises UsageError.

    In the order of time any article has a place, in others only one that is found.
    """
    if after is None:
        return None
    from kaltimtui.query import parse  # most lists begin at their beginning

    row = library.row(library.resolve(after))
    order = view.sort or parse(view.query).sort or "newest"
    if order not in _OF_TIME and library.position(view, row.key) is None:
        raise UsageError(
            _("“{id}” is not among these articles.").format(id=row.id),
            hint=_("In this order, give --after one that is listed."),
        )
    return row.key


def _marks(row: ArticleRow) -> tuple[str, str, str]:
    return (
        " " if row.read else UNREAD,
        STAR if row.starred else " ",
        LATER if row.later else " ",
    )


def _cells(out: Output, rows: Sequence[ArticleRow]) -> None:
    for row in rows:
        time = row.published.json() if row.published else ""
        marks = "".join(_marks(row)).replace(" ", "")
        out.row(row.id, time, marks, row.source, row.category or "", row.title)


def _table(rows: Sequence[ArticleRow], context: Context) -> None:
    """Rows as wide as the terminal: id, time, marks, headline."""
    from kaltimtui import text

    now = context.clock()
    times = [dates.listed(row.published, row.listed, now) for row in rows]
    column = max(map(len, times))
    for row, time in zip(rows, times, strict=True):
        unread, star, later = _marks(row)
        sample = _("Sample") + SEPARATOR if row.sample else ""
        room = context.out.width - SHORT_ID - column - len("  ") * 2 - len("●★◷ ")
        title = text.fit(sample + text.inline(row.title), max(room, len("…")))
        context.out.line(
            Styled(row.id[:SHORT_ID], "dim"),
            "  ",
            Styled(time.ljust(column), "dim"),
            "  ",
            Styled(unread + star + later, "warm"),
            " ",
            title if row.read else Styled(title, "bold"),
        )
