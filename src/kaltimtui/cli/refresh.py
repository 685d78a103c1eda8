"""Fetching what is due: ``refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.i18n import _, ngettext
from kaltimtui.wording import noticed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.cli.context import Context
    from kaltimtui.cli.output import Output
    from kaltimtui.document import Json
    from kaltimtui.fetching import Fetching, Refreshing
    from kaltimtui.library import Library
    from kaltimtui.models import Progress, Refreshed, Source

_BAR: Final = 24
"""Cells of the bar."""


def run(context: Context) -> int:
    """Fetch what is due, or the sources that are named; each that fails is told of."""
    from kaltimtui.fetching import Fetching

    values, out = context.values, context.out
    with context.library(to_change=True) as library:
        fetching = Fetching(library, context.settings[0])
        named = [fetching.sources.find(name) for name in values.source]
        ids = [source.id for source in named]
        if values.offline:
            return _offline(out, fetching.due(ids, everything=values.all))
        kept = _articles(library)
        try:
            found = _fetched(fetching, ids, context)
        except KeyboardInterrupt:
            _tell_kept(out, _articles(library) - kept)
            raise
    return _told(out, found)


def _articles(library: Library) -> int:
    """How many articles are kept; the sample edition steps aside and is left out."""
    known = library.navigation().sources
    return sum(source.count.total for source in known if source.kind != "sample")


def _tell_kept(out: Output, new: int) -> None:
    """What a refresh came to that was stopped."""
    kept = ngettext("{count} new article was kept", "{count} new articles were kept", new)
    out.tell(_("Stopped: {kept}. The next refresh goes on from there.").format(kept=kept))


def _offline(out: Output, due: Sequence[Source]) -> int:
    """What is due stays so."""
    from kaltimtui.models import Refreshed

    for source in due:
        if out.json:
            out.data(json_of(Refreshed(source.name, "skipped")))
    out.tell(_("Offline: nothing was fetched."))
    return 0


def _fetched(fetching: Fetching, ids: Sequence[int], context: Context) -> Refreshing:
    import asyncio

    from kaltimtui.fetching import garbage_left

    values, out = context.values, context.out

    def report(progress: Progress) -> None:
        if progress.last is not None:
            _tell(out, progress.last)
        out.progress(_progress(progress))

    refresh = fetching.refresh(ids, everything=values.all, backfill=values.backfill, report=report)
    with garbage_left():
        return asyncio.run(refresh)


def _tell(out: Output, refreshed: Refreshed) -> None:
    """One source that is done: an object, which pages failed, and its news or why it failed."""
    if out.json:
        out.data(json_of(refreshed))
        out.flush()
    for page in refreshed.missed:
        out.fail(f"{refreshed.source}: {page}")
    if refreshed.error is not None:
        out.fail(f"{refreshed.source}: {refreshed.error}")
    elif (refreshed.new or refreshed.changed) and not out.json:
        out.tell(f"{refreshed.source}: {_news(refreshed.new, refreshed.changed)}")


def _told(out: Output, found: Refreshing) -> int:
    """The sum in words, and the exit status."""
    failed = sum(one.status == "failed" for one in found.sources)
    if found.lost:
        out.fail(_("There is no network: nobody could be reached."))
    elif not found.sources:
        out.tell(_("Nothing is due. --all fetches everything now."))
    else:
        asked = ngettext("{count} source asked", "{count} sources asked", len(found.sources))
        new = sum(one.new for one in found.sources)
        changed = sum(one.changed for one in found.sources)
        parts = [asked, _news(new, changed)]
        if failed:
            parts.append(ngettext("{count} failed", "{count} failed", failed))
        out.tell(", ".join(parts) + ".")
    for notice in found.notices:
        out.tell(noticed(notice))
    return 1 if failed else 0


def _news(new: int, changed: int) -> str:
    parts = [ngettext("{count} new", "{count} new", new)]
    if changed:
        parts.append(ngettext("{count} changed", "{count} changed", changed))
    return ", ".join(parts)


def _progress(progress: Progress) -> str:
    """A bar, and what is behind it."""
    full = _BAR * progress.done // max(1, progress.total)
    bar = "━" * full + "╌" * (_BAR - full)
    parts = [f"{bar} {progress.done}/{progress.total}"]
    if progress.pages:
        parts.append(ngettext("{count} page", "{count} pages", progress.pages))
    parts.append(ngettext("{count} new", "{count} new", progress.new))
    if progress.under_way:
        parts.append(progress.under_way)
    return "  ".join(parts)


def json_of(refreshed: Refreshed) -> Json:
    """A source that is done, as other programs get it."""
    return {
        "source": refreshed.source,
        "status": refreshed.status,
        "new": refreshed.new,
        "changed": refreshed.changed,
        "http_status": refreshed.http_status,
        "bytes": refreshed.bytes,
        "seconds": round(refreshed.seconds, 3),
        "error": refreshed.error,
        "missed": list(refreshed.missed),
    }
