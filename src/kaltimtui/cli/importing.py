"""Taking in saved files: ``import``."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.document import Json
    from kaltimtui.library import Library
    from kaltimtui.models import Imported

STANDARD_INPUT: Final = "-"


class _Tally:
    """What became of all the files together."""

    def __init__(self) -> None:
        self.files = 0
        self.made = 0
        """How many of them tell of the user's own doings, and not of articles."""
        self.articles = 0
        self.new = 0
        self.changed = 0
        self.sources = 0
        self.tags: set[str] = set()
        self.failed = 0

    def add(self, imported: Imported) -> None:
        """Count one file in."""
        self.files += 1
        self.failed += imported.error is not None or bool(imported.refused)
        if imported.kind == "userdata":
            self.made += 1
            return
        self.articles += len(imported.parsed.articles if imported.parsed else imported.articles)
        self.new += imported.new
        self.changed += imported.changed
        self.sources += len(imported.parsed.sources if imported.parsed else imported.sources)
        self.tags.update(imported.tags)

    def told(self, *, dry_run: bool) -> str:
        """The sum in words."""
        parts = []
        if self.articles or not self.sources:  # a list of sources has no articles
            found = ngettext("{count} article found", "{count} articles found", self.articles)
            new = ngettext("{count} new", "{count} new", self.new)
            parts += [found] if dry_run else [found, new]
        if self.changed:
            parts.append(ngettext("{count} changed", "{count} changed", self.changed))
        if self.sources and dry_run:
            parts.append(ngettext("{count} source found", "{count} sources found", self.sources))
        elif self.sources:
            parts.append(ngettext("{count} source added", "{count} sources added", self.sources))
        if self.tags:
            parts.append(ngettext("{count} tag", "{count} tags", len(self.tags)))
        if dry_run:
            return _("{read}; nothing was kept.").format(read=", ".join(parts))
        return ", ".join(parts) + "."


def run(context: Context) -> int:
    """Take in every path; what cannot be read is told and the rest goes on."""
    out = context.out
    dry_run: bool = context.values.dry_run
    tally = _Tally()
    source, bring = _source(context), _wanted(context)
    with context.library(to_change=not dry_run) as library:
        for imported in bring(library):
            tally.add(imported)
            if imported.kind != "userdata":  # told of as it was taken in
                _tell_failures(out, imported)
            if out.json:
                out.data(_object(imported, source))
            elif dry_run:
                _tell_articles(out, imported)
            out.progress(ngettext("{count} file read", "{count} files read", tally.files))
    if tally.files > tally.made:
        out.tell(tally.told(dry_run=dry_run))
    return 1 if tally.failed else 0


def _wanted(context: Context) -> Callable[[Library], Iterator[Imported]]:
    """What brings in what was asked for. Raises UsageError."""
    values, dry_run = context.values, context.values.dry_run
    if values.newsboat:
        folder = _folder(context)
        return lambda library: library.import_newsboat(folder, dry_run=dry_run)
    if not values.path:
        raise UsageError(
            _("Missing: {what}.").format(what="PATH"), hint=_("Name a file, a folder or -.")
        )
    source, url = _source(context), _url(context)

    def bring(library: Library) -> Iterator[Imported]:
        for path in values.path:
            if path == STANDARD_INPUT:
                yield _from_stdin(library, context, source, url)
            elif library.is_userdata(Path(path)):
                yield _made(library, context, path, Path(path))
            else:
                found = library.import_path(Path(path), source=source, url=url, dry_run=dry_run)
                yield next(found, _nothing_at(path))
                yield from found

    return bring


def _from_stdin(
    library: Library, context: Context, source: str | None, url: str | None
) -> Imported:
    from kaltimtui.library import SIZE_LIMIT

    data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    if library.is_userdata(data):
        # Whatever follows is read where the file is.
        stream = io.BytesIO(data + sys.stdin.buffer.read())
        return _made(library, context, STANDARD_INPUT, stream)
    dry_run: bool = context.values.dry_run
    return library.import_bytes(data, path=STANDARD_INPUT, source=source, url=url, dry_run=dry_run)


def _made(library: Library, context: Context, path: str, file: Path | io.BytesIO) -> Imported:
    """Take in what “userdata export” wrote, and tell of it."""
    from kaltimtui import text
    from kaltimtui.cli import userdata
    from kaltimtui.errors import ParseError
    from kaltimtui.models import Imported

    dry_run: bool = context.values.dry_run
    shown = text.inline(path)
    try:
        report = library.import_userdata(file, dry_run=dry_run)
    except ParseError as error:
        return Imported(shown, None, error=text.inline(str(error)))
    userdata.tell(context.out, report, dry_run=dry_run, before=f"{shown}: ")
    return Imported(shown, "userdata", sources=report.sources, refused=report.refused)


def _nothing_at(path: str) -> Imported:
    from kaltimtui import text
    from kaltimtui.models import Imported

    return Imported(text.inline(path), None, error=_("No file of a known kind is there."))


def _source(context: Context) -> str | None:
    from kaltimtui import text

    given: str | None = context.values.source
    if given is None:
        return None
    name = text.inline(given)
    if not name:
        raise UsageError(_("The name of the source is empty."))
    return name


def _folder(context: Context) -> Path | None:
    """The folder that newsboat's files are in; None where it is to be looked for."""
    values = context.values
    if len(values.path) > 1 or values.source is not None or values.url is not None:
        raise UsageError(
            _("--newsboat takes one folder at most, and neither --source nor --url."),
            hint=_("Import it by itself."),
        )
    return Path(values.path[0]) if values.path else None


def _url(context: Context) -> str | None:
    from kaltimtui import text
    from kaltimtui.subscriptions import not_an_address

    given: str | None = context.values.url
    if given is None:
        return None
    paths: list[str] = context.values.path
    if len(paths) > 1 or Path(paths[0]).is_dir():
        raise UsageError(_("An address is that of one file."), hint=_("Import it by itself."))
    url = text.address(given)
    if url is None:
        raise not_an_address(given)
    return url


def _tell_failures(out: Output, imported: Imported) -> None:
    """A line for a file that cannot be read, or else one for each of its entries not taken."""
    from kaltimtui.cli.opml import tell_entries

    before = f"{imported.path}: "
    tell_entries(out, imported.refused, imported.repeated, before)
    if imported.error is not None and not imported.refused:
        error = imported.error
        out.fail(error if error.startswith(imported.path) else before + error)


def _bare_error(imported: Imported) -> str | None:
    """The error without the path, which stands beside it."""
    return imported.error and imported.error.removeprefix(f"{imported.path}: ")


def _object(imported: Imported, source: str | None) -> Json:
    from kaltimtui.library import data_json

    articles: list[str] | list[Json] = list(imported.articles)
    names = list(imported.sources)
    if imported.parsed is not None:
        parsed = imported.parsed
        name = source or (parsed.source.name if parsed.source else None)
        articles = [data_json(article, name) for article in parsed.articles]
        names = [found.name for found in parsed.sources]
    return {
        "path": imported.path,
        "kind": imported.kind,
        "articles": articles,
        "new": imported.new,
        "sources": names,
        "refused": list(imported.refused),
        "repeated": list(imported.repeated),
        "tags": list(imported.tags),
        "error": _bare_error(imported),
    }


def _tell_articles(out: Output, imported: Imported) -> None:
    """What a file holds, for a dry run: a line an article or source."""
    if imported.parsed is None:
        return
    for article in imported.parsed.articles:
        time = article.published.json() if article.published else ""
        out.row(imported.path, time, article.category or "", article.title)
    for source in imported.parsed.sources:
        out.row(imported.path, source.url or "", source.folder or "", source.name)
