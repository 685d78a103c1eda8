"""Finding and reading articles: ``list``, ``search`` and ``show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import dates
from kaltimtui.cli.output import Styled
from kaltimtui.cli.prose import MEASURE, SHORT_ID, article_lines
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.models import BELOW_ALL, View, ViewKind
from kaltimtui.wording import LATER, SEPARATOR, STAR, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.library import Library
    from kaltimtui.models import ArticleRow

_PAGE: Final = 200


def run_list(context: Context) -> int:
    """Print articles, of a search where there are words."""
    query = " ".join(context.values.query).strip()
    return _print(context, View(ViewKind.SEARCH, query=query) if query else View())


def run_search(context: Context) -> int:
    """Print the articles that hold all the words."""
    query = " ".join(context.values.query).strip()
    if not query:
        raise UsageError(_("There is nothing to search for."), hint=_("Give a word or a phrase."))
    return _print(context, View(ViewKind.SEARCH, query=query))


def run_show(context: Context) -> int:
    """Print one article, as text, Markdown or JSON."""
    out = context.out
    with context.library() as library:
        article = library.article(library.resolve(context.values.id))
        if out.json:
            out.data(library.json(article))
        elif context.values.markdown:
            from kaltimtui.cli.markdown import article_markdown

            out.verbatim(article_markdown(article))
        else:
            width = min(out.width, MEASURE)
            for line in article_lines(article, now=context.clock(), width=width):
                out.line(*line)
    return 0


def _print(context: Context, view: View) -> int:
    out = context.out
    found = False
    with context.library() as library:
        for page in _pages(library, view, context):
            found = True
            if out.json:
                for row in page:
                    out.data(library.json(row))
            elif out.terminal:
                _table(page, context)
            else:
                _cells(out, page)
    if not found:
        out.tell(_("No articles."))
    return 0


def _pages(library: Library, view: View, context: Context) -> Iterator[list[ArticleRow]]:
    """The articles asked for, page by page, in the order asked for."""
    values = context.values
    oldest_first = values.sort == "oldest"
    edge = BELOW_ALL if oldest_first else None
    if values.after is not None:
        edge = library.row(library.resolve(values.after)).key
    left = values.limit
    while left > 0:
        size = min(left, _PAGE)
        if oldest_first:
            rows = library.rows(view, before=edge, limit=size)[::-1]
        else:
            rows = library.rows(view, after=edge, limit=size)
        if rows:
            yield rows
            edge = rows[-1].key
        left = left - size if len(rows) == size else 0


def _marks(row: ArticleRow) -> tuple[str, str, str]:
    return (
        " " if row.read else UNREAD,
        STAR if row.starred else " ",
        LATER if row.later else " ",
    )


def _cells(out: Output, rows: list[ArticleRow]) -> None:
    for row in rows:
        time = row.published.json() if row.published else ""
        marks = "".join(_marks(row)).replace(" ", "")
        out.row(row.id, time, marks, row.source, row.category or "", row.title)


def _table(rows: list[ArticleRow], context: Context) -> None:
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
